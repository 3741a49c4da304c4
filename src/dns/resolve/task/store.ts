/** From replies to cache entries: ranks, TTL floors and caps, negative TTLs. */
import type { Seconds } from '../../../base/time.ts';
import type { CacheEntry, Rank } from '../../cache/entry.ts';
import {
  EVERY_TYPE,
  makeEntry,
  RANK_ANSWER,
  RANK_AUTHORITY,
  RANK_GLUE,
  RANK_NON_AUTHORITATIVE,
} from '../../cache/entry.ts';
import type { Question } from '../../data/message.ts';
import type { SoaRdata } from '../../data/rdata.ts';
import type { RRset } from '../../data/rrset.ts';
import type { Delegation } from '../classify.ts';
import type { ResolverOptions } from '../options.ts';
import type { Core } from '../state.ts';

/** TTL of cached data: received value within floor and cap. */
export function dataTtl(received: Seconds, options: ResolverOptions): Seconds {
  return Math.max(Math.min(received, options.ttlCapSeconds), options.ttlFloorSeconds);
}

/** Negative TTL: the smaller of the SOA's TTL and MINIMUM (RFC 2308 §5), within floor and cap; none without SOA. */
export function negativeTtl(soa: RRset | undefined, options: ResolverOptions): Seconds {
  if (soa === undefined) return 0;
  const received = Math.min(soa.ttl, (soa.rdata[0] as SoaRdata).minimum);
  return Math.max(Math.min(received, options.negativeCapSeconds), options.negativeFloorSeconds);
}

/** Caches the links of an answer. @param authoritative AA: it speaks for the first owner name only */
export function storeAnswer(
  core: Core,
  links: readonly RRset[],
  authoritative: boolean,
  from: string,
): CacheEntry[] {
  const first = links[0]!.name;
  return links.map((rrset, index) => {
    const speaks = authoritative && (index === 0 || rrset.name === first);
    const rank = speaks ? RANK_ANSWER : RANK_NON_AUTHORITATIVE;
    const entry = dataEntry(core, rrset, rank, from, false);
    core.cache.put(entry, core.now);
    return entry;
  });
}

/** Caches the absence of a type or of a name (RFC 2308 §5). */
export function storeNegative(
  core: Core,
  kind: 'nodata' | 'nxdomain',
  question: Question,
  soa: RRset | undefined,
  authoritative: boolean,
  from: string,
): CacheEntry {
  const { name } = question;
  const type = kind === 'nxdomain' ? EVERY_TYPE : question.type;
  const rank = authoritative ? RANK_ANSWER : RANK_NON_AUTHORITATIVE;
  const ttlSeconds = negativeTtl(soa, core.options);
  const entry = makeEntry({ kind, name, type, rrset: soa, rank, ttlSeconds, from }, core.now);
  core.cache.put(entry, core.now);
  return entry;
}

/** Caches a referral. @param renewal it was asked for on purpose and replaces what the child said */
export function storeReferral(core: Core, { ns, glue }: Delegation, from: string, renewal: boolean): void {
  for (const rrset of [ns, ...glue]) {
    core.delegations.put(dataEntry(core, rrset, RANK_GLUE, from, true), core.now, renewal);
  }
}

/** Caches the NS set an authority volunteered, with its addresses. */
export function storeVolunteered(core: Core, { ns, glue }: Delegation, from: string): void {
  core.cache.put(dataEntry(core, ns, RANK_AUTHORITY, from, false), core.now);
  storeAddresses(core, glue, from);
}

/** Caches server addresses that came with an NS set from the zone itself. */
export function storeAddresses(core: Core, sets: readonly RRset[], from: string): void {
  for (const rrset of sets) core.cache.put(dataEntry(core, rrset, RANK_GLUE, from, false), core.now);
}

function dataEntry(core: Core, rrset: RRset, rank: Rank, from: string, delegated: boolean): CacheEntry {
  const { name, type } = rrset;
  const ttlSeconds = dataTtl(rrset.ttl, core.options);
  return makeEntry({ kind: 'data', name, type, rrset, rank, ttlSeconds, from, delegated }, core.now);
}
