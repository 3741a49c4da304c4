/**
 * Names that other records lead to: name servers without glue (RFC 1034 §4.2.1), targets that are aliases
 * (RFC 2181 §10.3) or have no address. All of it loads, and is worth a warning.
 */
import { isSubdomain, type Name } from '../../data/name.ts';
import type { Rdata } from '../../data/rdata.ts';
import { A, AAAA, ALIAS, CNAME, LUA, NS, type RrType, typeToText } from '../../data/rrtype.ts';
import { find } from '../find.ts';
import { hostedZones, View } from '../view.ts';
import type { Zone } from '../zone.ts';
import type { PlacedRRset } from './check-records.ts';
import type { IssueLog } from './issue-log.ts';

export function checkTargets(zone: Zone, sets: readonly PlacedRRset[], log: IssueLog): void {
  const view = new View(hostedZones([zone]), undefined);
  for (const { rrset, place } of sets) {
    for (const rdata of rrset.rdata) {
      const target = targetOf(rdata, rrset.type);
      if (target === undefined || !isSubdomain(target, zone.origin)) continue;
      const problem = problemOf(view, zone, rrset.name, rrset.type, target);
      if (problem) log.warn(problem.code, problem.message, { place, hint: problem.hint });
    }
  }
}

/** The host a record leads to; undefined for types that lead nowhere. */
function targetOf(rdata: Rdata, type: RrType): Name | undefined {
  if (rdata.kind === 'name') return type === NS ? rdata.target : undefined;
  if (rdata.kind === 'mx') return rdata.exchange;
  return rdata.kind === 'srv' && rdata.target !== '.' ? rdata.target : undefined;
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Types that give a name addresses, or may do so. */
const ADDRESSED: readonly RrType[] = [A, AAAA, ALIAS, LUA];

function problemOf(view: View, zone: Zone, owner: Name, type: RrType, target: Name): Problem | undefined {
  const what = typeToText(type);
  const found = find(view, zone, target, A);
  const at = found.kind === 'node' ? found.owner : target;
  const has = (wanted: RrType): boolean => zone.get(at, wanted) !== undefined;
  if (ADDRESSED.some(has) || found.kind === 'dname') return undefined;
  if (found.kind === 'cut') {
    if (type !== NS || !isSubdomain(target, owner) || owner === zone.origin) return undefined;
    const hint = `add an address record for ${target}: resolvers cannot ask the server itself for it`;
    return { code: 'missing-glue', message: `the name server ${target} of ${owner} has no glue`, hint };
  }
  if (has(CNAME)) {
    const hint = 'name the host that has the address (RFC 2181 §10.3)';
    return { code: 'target-is-alias', message: `the ${what} of ${owner} leads to the alias ${target}`, hint };
  }
  const hint = `add an address record for ${target}`;
  return {
    code: 'target-without-address',
    message: `the ${what} of ${owner} leads to ${target}, which has no address`,
    hint,
  };
}
