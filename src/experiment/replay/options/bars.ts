/**
 * Addresses that a script's configuration bars: servers that are not asked, and data that are not believed. They are
 * rules of one network rather than of a resolver, so the player keeps to them: a query to such a server cannot be
 * sent, and such data are as if the reply had not held them.
 */
import { isSubdomain, type Name, parseName, ROOT } from '../../../dns/data/name.ts';
import type { AddressRdata } from '../../../dns/data/rdata.ts';
import type { RRset } from '../../../dns/data/rrset.ts';
import { A, AAAA } from '../../../dns/data/rrtype.ts';
import { TextError } from '../../../dns/data/text-error.ts';
import { holds, type Prefix, parsePrefix } from '../../../model/authority/steering/networks.ts';
import type { Findings } from '../read/lines.ts';
import type { ConfigOption } from '../script.ts';

export interface Bars {
  /** Whether a server is never asked (`do-not-query-address`, `do-not-query-localhost`). */
  readonly isUnasked: (address: string) => boolean;
  /** What of a reply's section is believed (`private-address`, `private-domain`). */
  readonly believed: (section: readonly RRset[]) => readonly RRset[];
}

/** Unbound does not ask itself unless it is told to (unbound.conf(5), do-not-query-localhost). */
const LOCALHOST = ['127.0.0.0/8', '::1/128'];

/** Reads the bars of a configuration; what cannot be read is noted. */
export function barsOf(config: readonly ConfigOption[], findings: Findings): Bars {
  const asksItself = config.some(
    ({ key, value }) => key === 'do-not-query-localhost' && /^(?:no|off)$/.test(value),
  );
  const unasked = [
    ...(asksItself ? [] : LOCALHOST.map((text) => parsePrefix(text)!)),
    ...valuesOf(config, 'do-not-query-address', findings, parsePrefix),
  ];
  const hidden = valuesOf(config, 'private-address', findings, parsePrefix);
  const exempt = valuesOf(config, 'private-domain', findings, nameOf);
  return {
    isUnasked: (address) => isIn(unasked, address),
    believed: (section) =>
      hidden.length === 0 ? section : section.flatMap((set) => seen(set, hidden, exempt)),
  };
}

/** An RRset without hidden addresses; none when nothing is left. */
function seen(set: RRset, hidden: readonly Prefix[], exempt: readonly Name[]): RRset[] {
  if (set.type !== A && set.type !== AAAA) return [set];
  if (exempt.some((name) => isSubdomain(set.name, name))) return [set];
  const rdata = set.rdata.filter((one) => !isIn(hidden, (one as AddressRdata).address));
  return rdata.length === 0 ? [] : [{ ...set, rdata }];
}

function valuesOf<T>(
  config: readonly ConfigOption[],
  wanted: string,
  findings: Findings,
  read: (text: string) => T | undefined,
): T[] {
  return config.flatMap(({ key, value, line: number, column }) => {
    if (key !== wanted) return [];
    const given = read(value);
    if (given !== undefined) return [given];
    findings.add({ number, column }, 'bad-option', `'${value}' is no value of ${wanted}`);
    return [];
  });
}

function isIn(networks: readonly Prefix[], address: string): boolean {
  return networks.some((network) => holds(network, parsePrefix(address)!));
}

function nameOf(text: string): Name | undefined {
  try {
    return parseName(text, ROOT);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return undefined;
  }
}
