/** From replies to cache entries: ranks, TTL floors and caps, negative TTLs. */
import type { Micros, Seconds } from '../../../base/time.ts';
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
import type { RRset } from '../../data/rrset.ts';
import { SOA } from '../../data/rrtype.ts';
import type { Delegation } from '../classify.ts';
import type { TtlBounds } from '../options.ts';
import type { Core } from '../state.ts';
import { countsFrom, dataTtl, negativeTtl } from '../ttl.ts';

/** Caches the links of an answer. @param authoritative AA: it speaks for the first owner name only */
export function storeAnswer(
  core: Core,
  links: readonly RRset[],
  authoritative: boolean,
  from: string,
  bounds: TtlBounds = core.options,
): CacheEntry[] {
  const first = links[0]!.name;
  return links.map((rrset, index) => {
    const speaks = authoritative && (index === 0 || rrset.name === first);
    const rank = speaks ? RANK_ANSWER : RANK_NON_AUTHORITATIVE;
    const entry = dataEntry(core, rrset, rank, from, false, bounds);
    const kept = core.cache.put(entry, core.now);
    return core.options.cacheRules.freshShown === 'kept' && kept.rrset === rrset ? kept : entry;
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
  bounds: TtlBounds = core.options,
): CacheEntry {
  const { name } = question;
  const whole = kind === 'nxdomain' && core.options.cacheRules.nxdomainScope === 'name';
  const type = whole ? EVERY_TYPE : question.type;
  const rank = authoritative ? RANK_ANSWER : RANK_NON_AUTHORITATIVE;
  const ttlSeconds = negativeTtl(soa, core.options, bounds);
  const until = soa && sharedEnd(core, soa, ttlSeconds, from);
  const entry = makeEntry(
    { kind, name, type, rrset: soa, rank, ttlSeconds, from, until },
    core.now,
    countsFrom(core),
  );
  core.cache.put(entry, core.now);
  return entry;
}

/** Where one cached SOA serves all negative answers of its zone, they end with it; a changed SOA begins anew. */
function sharedEnd(core: Core, soa: RRset, ttlSeconds: Seconds, from: string): Micros | undefined {
  if (!core.options.cacheRules.sharedSoa) return undefined;
  const known = core.cache.exact(soa.name, SOA, core.now);
  const same = known?.kind === 'data' && known.rrset!.rdata[0]!.text === soa.rdata[0]!.text;
  if (same && known.expiresAt > core.now) return known.expiresAt;
  const facts = {
    kind: 'data',
    name: soa.name,
    type: SOA,
    rrset: soa,
    rank: RANK_GLUE,
    ttlSeconds,
    from,
  } as const;
  core.cache.put(makeEntry(facts, core.now, countsFrom(core)), core.now);
  return undefined;
}

/** Caches a referral. @param renewal it was asked for on purpose and replaces what the child said */
export function storeReferral(core: Core, { ns, glue }: Delegation, from: string, renewal: boolean): void {
  for (const rrset of [ns, ...glue]) {
    core.delegations.put(dataEntry(core, rrset, RANK_GLUE, from, true), core.now, renewal);
    core.parentSide.put(dataEntry(core, rrset, RANK_GLUE, from, true), core.now, true);
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

function dataEntry(
  core: Core,
  rrset: RRset,
  rank: Rank,
  from: string,
  delegated: boolean,
  bounds: TtlBounds = core.options,
): CacheEntry {
  const { name, type } = rrset;
  const ttlSeconds = dataTtl(rrset.ttl, bounds);
  return makeEntry(
    { kind: 'data', name, type, rrset, rank, ttlSeconds, from, delegated },
    core.now,
    countsFrom(core),
  );
}
