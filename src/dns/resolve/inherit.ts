/**
 * What the cache says of a name by what surrounds it: DNAME (RFC 6672 §3.4) and NXDOMAIN (RFC 8020 §2) of its
 * ancestors, and proofs (RFC 8198).
 */
import type { CacheEntry } from '../cache/entry.ts';
import { EVERY_TYPE, makeEntry, remainingSeconds } from '../cache/entry.ts';
import type { Name } from '../data/name.ts';
import { parent } from '../data/name.ts';
import { CNAME, DNAME } from '../data/rrtype.ts';
import { synthesiseCname } from './sanitise.ts';
import type { Core, Lookup } from './state.ts';
import { synthesised } from './synthesis.ts';

/** The live entry that answers what a look-up looks for now, by the name itself or by what surrounds it. */
export function known(core: Core, { name, question: { type }, owner }: Lookup): CacheEntry | undefined {
  const held = core.cache.answer(name, type, core.now) ?? inherited(core, name);
  if (held !== undefined || core.denials === undefined) return held;
  const made = synthesised(core, { name, type });
  // The resolver's own look-ups leave it in the cache, where servers' addresses are looked for.
  return made === undefined || owner.kind === 'client' ? made : core.cache.put(made, core.now);
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
