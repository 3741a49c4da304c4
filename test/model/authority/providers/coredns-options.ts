/** Settings of a CoreDNS provider as scenarios make them, out of a Corefile. */
import { expect } from 'vitest';
import type { PluginOrder } from '../../../../src/dns/corefile/order.ts';
import { readCorefile } from '../../../../src/dns/corefile/read.ts';
import type { CorednsOptions } from '../../../../src/model/authority/providers/coredns/rule.ts';
import { searchListsOf } from '../../../../src/scenario/corefile/autopath.ts';
import { clusterZones, type ServicesDoc } from '../../../../src/scenario/corefile/cluster.ts';

export interface CorednsParts extends Partial<Pick<CorednsOptions, 'holds' | 'isCluster' | 'restarts'>> {
  readonly order?: PluginOrder;
  /** Beside the Corefile. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Without a memory of its cache unless told otherwise. */
export function corednsOptions(
  text: string,
  services: ServicesDoc,
  { order = 'current', files = {}, ...parts }: CorednsParts = {},
): CorednsOptions {
  const { corefile, issues } = readCorefile(text, {
    file: 'Corefile',
    order,
    readFile: (path) => files[path],
  });
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return {
    kind: 'coredns',
    corefile,
    port: 53,
    clusterZones: clusterZones(corefile, services),
    pods: new Map([['shop', new Set(['10.244.1.7'])]]),
    searchLists: corefile.blocks.flatMap((block) => searchListsOf(block, ['shop'])),
    holds: false,
    isCluster: false,
    restarts: true,
    ...parts,
  };
}
