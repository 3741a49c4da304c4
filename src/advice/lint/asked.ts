/** The address records that the clients of a scenario end at, aliases followed. */
import type { Place } from '../../base/issue.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { A, AAAA, CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { isLocalName } from './inside.ts';
import type { LintZone, ScenarioSubject } from './subject.ts';

export interface AskedSet {
  readonly name: Name;
  readonly type: RrType;
  readonly ttl: number;
  /** Empty where a policy or something else than addresses decides. */
  readonly addresses: readonly string[];
  /** Where the record stands, or else the zone. */
  readonly place: Place;
  /** Whether a policy decides the answer. */
  readonly decided: boolean;
}

/** Aliases followed before they are taken for a loop. */
const MOST_ALIASES = 16;

/** Each name and type once, in the order of the populations. */
export function askedSets(scenario: ScenarioSubject): AskedSet[] {
  const found = new Map<string, AskedSet>();
  for (const { questions } of scenario.spec.populations) {
    for (const { name, types } of questions) {
      for (const type of types.filter((one) => one === A || one === AAAA)) {
        const set = follow(scenario, name, type);
        if (set) found.set(`${set.name} ${type}`, set);
      }
    }
  }
  return [...found.values()];
}

/** The closest public zone that holds a name. */
export function zoneOf(scenario: ScenarioSubject, name: Name): LintZone | undefined {
  const holding = scenario.zones.filter(
    ({ origin, isPrivate }) => !isPrivate && !isLocalName(origin) && isSubdomain(name, origin),
  );
  return holding.reduce<LintZone | undefined>(
    (best, one) => (best === undefined || one.origin.length > best.origin.length ? one : best),
    undefined,
  );
}

function follow(scenario: ScenarioSubject, asked: Name, type: RrType): AskedSet | undefined {
  let name = asked;
  for (let steps = 0; steps < MOST_ALIASES; steps++) {
    const zone = zoneOf(scenario, name);
    const alias = zone?.zone.get(name, CNAME)?.rdata[0];
    if (alias?.kind === 'name') name = alias.target;
    else return zone && setAt(scenario, zone, name, type);
  }
  return undefined;
}

function setAt(scenario: ScenarioSubject, zone: LintZone, name: Name, type: RrType): AskedSet | undefined {
  const rrset = zone.zone.get(name, type);
  const decided = scenario.spec.policies.some((one) => one.name === name && one.type === type);
  if (!rrset) return undefined;
  const addresses = rrset.rdata.flatMap((one) => (one.kind === 'address' ? [one.address] : []));
  const place = zone.records.find((one) => one.name === name && one.type === type)?.place ?? zone.place;
  return { name, type, ttl: rrset.ttl, addresses, place, decided };
}
