/**
 * Search lists: the names a name without its final dot may mean, in the order a system asks for them.
 *
 * A name with fewer dots than `ndots` goes through the list first (resolv.conf(5)); what systems do with the name
 * as it stands differs. Not modelled: names of the hosts file, and single labels on LLMNR, mDNS or NetBIOS.
 */
import { type Name, parseName } from '../../../dns/data/name.ts';
import type { SearchRule } from '../../../profiles/client-behaviour.ts';
import type { SearchSpec } from '../../spec.ts';

/** Longest name on the wire, RFC 1035 §2.3.4; candidates beyond it are left out. */
const LONGEST_OCTETS = 255;

/**
 * The candidates for a name written without its final dot.
 * @param name the name as if it were complete
 * @param list domains in the order of resolv.conf
 */
export function searchFor(name: Name, list: readonly Name[], ndots: number, rule: SearchRule): SearchSpec {
  const asked = name.slice(0, -1);
  const dots = asked.split('.').length - 1;
  const searched = list.flatMap((domain) => under(asked, domain));
  const hasMany = dots >= ndots;
  const asIsFirst = hasMany;
  const usesList = !hasMany || rule.manyDots === 'as-is-then-list';
  const usesAsIs = hasMany || rule.fewDots === 'list-then-as-is';
  const candidates = [
    ...(asIsFirst ? [name] : []),
    ...(usesList ? searched : []),
    ...(usesAsIs && !asIsFirst ? [name] : []),
  ];
  return { asked, candidates, asIs: usesAsIs ? (asIsFirst ? 0 : candidates.length - 1) : -1 };
}

function under(asked: string, domain: Name): readonly Name[] {
  const text = domain === '.' ? `${asked}.` : `${asked}.${domain}`;
  return text.length + 1 > LONGEST_OCTETS ? [] : [parseName(text)];
}
