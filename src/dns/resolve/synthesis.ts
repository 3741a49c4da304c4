/**
 * Aggressive use of the validated cache (RFC 8198) on both ends: what replies leave in it, and what it answers.
 *
 * Nothing synthesised is cached for clients: the proofs answer each time, so that random names cannot fill the cache.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { CacheEntry } from '../cache/entry.ts';
import { makeEntry, RANK_ANSWER } from '../cache/entry.ts';
import type { Message, Question } from '../data/message.ts';
import { depth, isWildcard, labels, type Name, parseName } from '../data/name.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { NSEC, NSEC3 } from '../data/rrtype.ts';
import { noteSynthesis } from './notes.ts';
import type { Core } from './state.ts';
import { dataTtl, negativeTtl } from './ttl.ts';
import { validated } from './validation.ts';

/** What cached proofs say of a question, as an entry of the cache that it need not enter. */
export function synthesised(core: Core, question: Question): CacheEntry | undefined {
  const { name, type } = question;
  const found = core.denials?.synthesise(name, type, core.now);
  if (found === undefined) return undefined;
  noteSynthesis(core, question, found);
  const { kind, rrset, expiresAt: until } = found;
  const ttlSeconds = Math.ceil((until - core.now) / SECOND);
  const facts = { kind, name, type: kind === 'data' ? rrset.type : type, rrset, rank: RANK_ANSWER };
  return makeEntry({ ...facts, ttlSeconds, until }, core.now);
}

/**
 * Keeps what a negative answer proves: its NSEC or NSEC3 sets, no longer than the answer itself (RFC 8198 §5.4, RFC 9077 §3).
 * @param soa of the zone @param end of the answer in the cache
 */
export function learnDenial(core: Core, soa: RRset, { authority }: Message, end: Micros): void {
  if (validated(core, soa, authority)?.zone !== soa.name) return;
  core.denials!.storeSoa(soa, Math.min(end, core.now + negativeTtl(soa, core.options) * SECOND));
  learnGaps(core, soa.name, authority, end);
}

/** Keeps the wildcards that an answer was made of, and the proofs that came with them (RFC 8198 §5.3). */
export function learnWildcards(core: Core, { answer, authority }: Message): void {
  for (const set of answer) {
    const signed = isWildcard(set.name) ? undefined : validated(core, set, answer);
    if (signed === undefined || signed.labels >= depth(set.name)) continue;
    const { zone } = signed;
    const end = core.now + dataTtl(set.ttl, core.options) * SECOND;
    core.denials!.storeWildcard(zone, renamed(set, wildcardOf(set.name, signed.labels)), end, core.now);
    // Without an SOA beside them: one that is known, or the cap of negative answers, bounds the gaps.
    const bound = core.denials!.soaEnd(zone, core.now) ?? Number.POSITIVE_INFINITY;
    learnGaps(core, zone, authority, Math.min(bound, core.now + core.options.negativeCapSeconds * SECOND));
  }
}

function learnGaps(core: Core, zone: Name, authority: readonly RRset[], end: Micros): void {
  const { aggressiveNsec3 } = core.options.cacheRules;
  for (const set of authority) {
    const isProof = set.type === NSEC || (aggressiveNsec3 && set.type === NSEC3);
    if (!isProof || validated(core, set, authority)?.zone !== zone) continue;
    const own = core.now + dataTtl(set.ttl, core.options) * SECOND;
    core.denials!.store(zone, set, Math.min(own, end), core.now);
  }
}

/** The wildcard with as many labels below the root as the signature says (RFC 4035 §5.3.2). */
function wildcardOf(name: Name, count: number): Name {
  return parseName(['*', ...labels(name).slice(-count || Number.POSITIVE_INFINITY), ''].join('.'));
}
