/**
 * What the cache says of a name by what surrounds it: DNAME (RFC 6672 §3.4) and NXDOMAIN (RFC 8020 §2) of its
 * ancestors, and proofs of absence (RFC 8198).
 */
import { SECOND } from '../../base/time.ts';
import type { CacheEntry } from '../cache/entry.ts';
import { EVERY_TYPE, makeEntry, RANK_ANSWER, remainingSeconds } from '../cache/entry.ts';
import type { Name } from '../data/name.ts';
import { parent } from '../data/name.ts';
import { CNAME, DNAME } from '../data/rrtype.ts';
import { noteDenial } from './notes.ts';
import { synthesiseCname } from './sanitise.ts';
import type { Core } from './state.ts';

/** The live entry that answers (name, type), by the name itself or by its ancestors. */
export function known(core: Core, name: Name, type: number): CacheEntry | undefined {
  return core.cache.answer(name, type, core.now) ?? inherited(core, name) ?? denied(core, name, type);
}

/** Absence that cached proofs tell (RFC 8198). The result is cached at the name. */
function denied(core: Core, name: Name, type: number): CacheEntry | undefined {
  const denial = core.denials?.deny(name, type, core.now);
  if (denial === undefined) return undefined;
  noteDenial(core, { name, type }, denial.kind);
  const { kind, soa: rrset, expiresAt: until } = denial;
  const whole = kind === 'nxdomain' && core.options.cacheRules.nxdomainScope === 'name';
  const ttlSeconds = Math.ceil((until - core.now) / SECOND);
  const facts = { kind, name, type: whole ? EVERY_TYPE : type, rrset, rank: RANK_ANSWER, ttlSeconds, until };
  return core.cache.put(makeEntry(facts, core.now), core.now);
}

/** An ancestor's DNAME (RFC 6672 §3.4), or its NXDOMAIN (RFC 8020 §2). The result is cached at the name. */
function inherited(core: Core, name: Name): CacheEntry | undefined {
  for (let above = parent(name); above !== undefined; above = parent(above)) {
    const dname = core.cache.answer(above, DNAME, core.now);
    if (!core.options.ignoreCachedDname && dname?.kind === 'data' && dname.type === DNAME) {
      return storeCname(core, dname, name);
    }
    const gone = core.options.nxdomainCut && core.cache.exact(above, EVERY_TYPE, core.now);
    if (gone) return core.cache.put({ ...gone, name, next: undefined }, core.now);
  }
  return undefined;
}

function storeCname(core: Core, dname: CacheEntry, name: Name): CacheEntry | undefined {
  const rrset = synthesiseCname(dname.rrset!, name);
  if (rrset === undefined) return undefined;
  const ttlSeconds = remainingSeconds(dname, core.now);
  const { rank, from, expiresAt: until } = dname;
  return core.cache.put(
    makeEntry({ kind: 'data', name, type: CNAME, rrset, rank, ttlSeconds, from, until }, core.now),
    core.now,
  );
}
