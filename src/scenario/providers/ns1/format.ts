/**
 * NS1 (IBM NS1 Connect) in the scenario format. The rules behind it, with their sources, are described in
 * src/model/authority/providers/ns1/README.md.
 */
import { SECOND } from '../../../base/time.ts';
import type { Name } from '../../../dns/data/name.ts';
import { cited } from '../../../profiles/cited.ts';
import { candidateReferences } from '../candidate.ts';
import type { CheckersFormat, ProviderFormat } from '../format.ts';
import { type MonitorPolicy, OPTIONS, type OptionsDoc } from './options.ts';
import { RECORD } from './record.ts';
import { DOCUMENTS, FREQUENCY, ONCE, POLICY, RECHECK, SCHEDULE, TIMEOUT } from './sources.ts';

const VOTES: Readonly<
  Record<MonitorPolicy, (regions: number) => { readonly quorum: number; readonly why: string }>
> = {
  quorum: (regions) => ({
    quorum: Math.floor(regions / 2) + 1,
    why: 'policy quorum: a majority of the regions',
  }),
  all: (regions) => ({ quorum: regions, why: 'policy all: every region' }),
  one: () => ({ quorum: 1, why: 'policy one: any region' }),
};

function monitors({ policy = POLICY.value }: OptionsDoc): CheckersFormat {
  return {
    interval: FREQUENCY,
    timeout: TIMEOUT,
    failures: ONCE,
    successes: ONCE,
    intervalFrom: SCHEDULE,
    recheck: RECHECK,
    regions: (regions) => ({ indexes: [...regions.keys()], why: 'a monitor in every region' }),
    quorum: (regions) => VOTES[policy](regions.length),
  };
}

/** Clusters of name servers are numbered; which one a customer gets is of no consequence here. */
const CLUSTERS = 9;

/** `dns1.p07.nsone.net.` to `dns4.p07.nsone.net.` */
function serverNames(provider: string, count: number): Name[] {
  const seed = [...provider].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % CLUSTERS, 3);
  const cluster = String(seed + 1).padStart(2, '0');
  return Array.from({ length: count }, (_, index) => `dns${index + 1}.p${cluster}.nsone.net.` as Name);
}

export const NS1: ProviderFormat = {
  kind: 'ns1',
  title: 'NS1 (IBM NS1 Connect)',
  defaults: {
    servers: cited(4, 'documentation', 'dns1 to dns4.pNN.nsone.net, all anycast (terraform-provider-ns1)'),
    propagation: cited(5 * SECOND, 'assumption', 'NS1 speaks of seconds; not published'),
    policyTtl: cited(
      3600,
      'documentation',
      'terraform-provider-ns1, ns1_record: ttl 3600 as the zone has it',
    ),
    readsClientSubnet: cited(
      true,
      'documentation',
      `${DOCUMENTS}, shuffle filters: where the record uses it`,
    ),
    soa: {
      ttl: 3600,
      times: '1 43200 7200 1209600 3600',
      source: 'SOA of zones at nsone.net; terraform-provider-ns1, ns1_zone',
    },
  },
  serverNames,
  options: OPTIONS,
  policies: { ns1: RECORD },
  checkers: monitors({}),
  checkersFor: monitors as never,
  references: [
    ['endpoint', 'policies.*.ns1.answers.#'],
    ...candidateReferences('policies.*.ns1.answers.#'),
    ['check', 'policies.*.ns1.answers.#.meta.*.monitor'],
    ['check', 'policies.*.ns1.groups.*.*.monitor'],
    ['check', 'policies.*.ns1.meta.*.monitor'],
  ],
};
