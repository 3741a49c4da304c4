/** Rules about NS sets: at the apex, at zone cuts, and between parent and child. */
import { addressFamily } from '../../../base/address.ts';
import { isSubdomain, labels, type Name } from '../../../dns/data/name.ts';
import { A, AAAA, CNAME, DS, NS, NSEC, RRSIG, type RrType, typeToText } from '../../../dns/data/rrtype.ts';
import { isCut, isTold } from '../../../dns/zone/dnssec/types.ts';
import { isInside } from '../inside.ts';
import { type Found, type Rule, scenarioRule, zoneRule } from '../rule.ts';
import type { LintZone } from '../subject.ts';
import { listed, plain, recordsOf, setsOf, targetState } from '../zone.ts';
import { networkOf } from './providers.ts';

const targetsOf = (zone: LintZone, name: Name): Name[] =>
  recordsOf(zone, NS).flatMap((one) =>
    one.name === name && one.rdata.kind === 'name' ? [one.rdata.target] : [],
  );

const FEW: Rule = zoneRule(
  {
    code: 'few-name-servers',
    severity: 'warning',
    title: 'Fewer than two name servers',
    why: 'While the one server is away nobody answers for the zone.',
    source: 'RFC 1034 §4.1; RFC 2182 §5: at least two, better three',
  },
  (zone) =>
    setsOf(zone, NS).flatMap(({ name, place, records }): Found[] => {
      if (new Set(records.map(({ rdata }) => rdata.text)).size > 1) return [];
      const severity = name === zone.origin && !isInside(zone) ? 'warning' : 'note';
      return [
        {
          severity,
          message: `${plain(name)} has one name server`,
          place,
          fix: 'name at least two, far from each other',
        },
      ];
    }),
);

const LAME: Rule = zoneRule(
  {
    code: 'lame-delegation',
    severity: 'error',
    title: 'A delegation that cannot be followed',
    why: 'Resolvers try the server, fail or time out, and try another: slow at best, no answer at worst.',
    source: 'RFC 1034 §4.2.1 (glue); RFC 2181 §10.3 (no alias); RFC 1912 §2.8 (lame)',
  },
  (zone) =>
    recordsOf(zone, NS).flatMap(({ name, rdata, place }): Found[] => {
      if (rdata.kind !== 'name') return [];
      const problem = problemOf(zone, name, rdata.target);
      return problem ? [{ ...problem, place }] : [];
    }),
);

function problemOf(zone: LintZone, owner: Name, target: Name): Omit<Found, 'place'> | undefined {
  if (isLiteral(target)) {
    return {
      message: `the name server of ${plain(owner)} is the address ${plain(target)}`,
      fix: 'name a host that has that address',
    };
  }
  if (!isSubdomain(target, zone.origin)) return undefined;
  const has = zone.zone.get(target, A) ?? zone.zone.get(target, AAAA);
  const who = `the name server ${plain(target)} of ${plain(owner)}`;
  if (owner !== zone.origin && isSubdomain(target, owner)) {
    return has
      ? undefined
      : { message: `${who} has no glue`, fix: `add its address here: it cannot be asked for it` };
  }
  if (zone.zone.get(target, CNAME))
    return { message: `${who} is an alias`, fix: 'name the host that has the address' };
  const state = targetState(zone, target);
  if (state === 'absent' || state === 'no-address') {
    // In a scenario the provider that runs the server may fill its address in.
    return { message: `${who} has no address`, fix: `add A or AAAA for ${plain(target)}` };
  }
  return undefined;
}

/** Whether a name is an address in disguise: `192.0.2.1.` or `192.0.2.1.example.com.` */
export function isLiteral(name: Name): boolean {
  return addressFamily(labels(name).slice(0, 4).join('.')) === 4;
}

const ONE_NETWORK: Rule = zoneRule(
  {
    code: 'name-servers-in-one-network',
    severity: 'warning',
    title: 'All name servers in one network',
    why: 'One lost route, or one flood, takes all of them away.',
    source: 'RFC 2182 §3.1',
  },
  (zone) => {
    const targets = targetsOf(zone, zone.origin);
    const sets = targets.map((name) => [
      ...(zone.zone.get(name, A)?.rdata ?? []),
      ...(zone.zone.get(name, AAAA)?.rdata ?? []),
    ]);
    if (targets.length < 2 || sets.some((one) => one.length === 0)) return [];
    const networks = new Set(
      sets.flat().flatMap((one) => (one.kind === 'address' ? [networkOf(one.address)] : [])),
    );
    const place = recordsOf(zone, NS).find(({ name }) => name === zone.origin)?.place;
    if (networks.size !== 1 || !place) return [];
    const message = `all name servers of ${plain(zone.origin)} have addresses in ${[...networks][0]}`;
    return [{ message, place, fix: 'use networks that are announced and connected independently' }];
  },
);

/** Shorter, and every look-up depends on the parent being there. */
const NS_TTL_AT_LEAST = 3600;

const NS_TTL: Rule = zoneRule(
  {
    code: 'ns-ttl',
    severity: 'note',
    title: 'A short TTL of the NS set',
    why: 'Resolvers must come back to the parent all the time, and forget the servers during its outages.',
    source: 'RFC 1912 §2.2: days; TLDs delegate with one to two days',
  },
  (zone) =>
    setsOf(zone, NS)
      .filter(({ name, ttl }) => name === zone.origin && ttl < NS_TTL_AT_LEAST && !isInside(zone))
      .map(({ ttl, place }): Found => {
        const message = `the NS set of ${plain(zone.origin)} lives ${ttl} s`;
        return { message, place, fix: 'give it a day, except while it is being changed' };
      }),
);

const MISMATCH: Rule = scenarioRule(
  {
    code: 'parent-child-mismatch',
    severity: 'warning',
    title: 'Parent and child disagree about the NS set',
    why: 'Some resolvers believe the parent and some the child: each group depends on other servers, for other times.',
    source: 'RFC 1034 §4.2.2: they must be the same; draft-ietf-dnsop-ns-revalidation',
  },
  (scenario) =>
    scenario.zones.flatMap((zone): Found[] => {
      const parents = scenario.spec.zones.filter(
        ({ origin }) => origin !== zone.origin && isSubdomain(zone.origin, origin),
      );
      const parent = parents.reduce<(typeof parents)[number] | undefined>(
        (best, one) => (best && best.origin.length >= one.origin.length ? best : one),
        undefined,
      );
      const above = parent?.zone.get(zone.origin, NS);
      const own = zone.zone.get(zone.origin, NS);
      if (zone.isPrivate || !above || !own) return [];
      const [named, child] = [above, own].map((set) => new Set(set.rdata.map(({ text }) => text)));
      const missing = [...child!].filter((one) => !named!.has(one));
      const place = scenario.place(['zones', zone.index!, 'delegation']);
      const found: Found[] = [];
      if (missing.length > 0) {
        found.push({
          message: `the parent of ${plain(zone.origin)} does not name ${missing.map((one) => plain(one as Name)).join(', ')}`,
          place,
          fix: 'keep both sets alike, or change them together',
        });
      }
      const written = recordsOf(zone, NS).some(({ name }) => name === zone.origin);
      if (written && own.ttl !== above.ttl) {
        const message = `the NS set of ${plain(zone.origin)} lives ${above.ttl} s at the parent and ${own.ttl} s in the zone`;
        found.push({
          severity: 'note',
          message,
          place,
          fix: 'plan changes of servers for the longer of the two',
        });
      }
      return found;
    }),
);

const DS_WITHOUT_NS: Rule = zoneRule(
  {
    code: 'ds-without-delegation',
    severity: 'error',
    title: 'A DS record where nothing is delegated',
    why: 'It vouches for a zone that is not there; at the apex it is never found at all.',
    source: 'RFC 4035 §2.4',
  },
  (zone) =>
    setsOf(zone, DS).flatMap(({ name, place }): Found[] => {
      if (name !== zone.origin && zone.zone.get(name, NS)) return [];
      const message = name === zone.origin ? 'a DS stands at the apex' : `${plain(name)} has a DS and no NS`;
      return [{ message, place, fix: 'put the DS beside the NS set in the parent zone' }];
    }),
);

const OCCLUDED: Rule = zoneRule(
  {
    code: 'occluded-data',
    severity: 'warning',
    title: 'Records below a zone cut',
    why: 'From a cut on another zone answers: what stands below it here is never seen, unless it is glue.',
    source: 'RFC 1034 §4.2.1; RFC 9499 §7 (occluded name)',
  },
  (zone) => {
    const servers = new Set<string>(
      recordsOf(zone, NS).flatMap(({ rdata }) => (rdata.kind === 'name' ? [rdata.target] : [])),
    );
    const hidden = setsOf(zone).filter(({ name, type }) => {
      if (isTold(zone.zone, name))
        return isCut(zone.zone, name) && !AT_CUT.includes(type) && !isGlue(name, type);
      return !isGlue(name, type);
    });
    function isGlue(name: Name, type: RrType): boolean {
      return (type === A || type === AAAA) && servers.has(name);
    }
    const [first] = hidden;
    if (!first) return [];
    const names = listed(hidden.map(({ name, type }) => `${plain(name)} ${typeToText(type)}`));
    const message = `${names} ${hidden.length === 1 ? 'stands' : 'stand'} below a zone cut and ${hidden.length === 1 ? 'is' : 'are'} no glue`;
    return [
      { message, place: first.place, fix: 'put them into the zone that is delegated, or take them out' },
    ];
  },
);

/** What the parent itself holds at a cut (RFC 4035 §2.6, RFC 5155 §7.1, RFC 9615 apart). */
const AT_CUT: readonly RrType[] = [NS, DS, NSEC, RRSIG];

export const DELEGATION_RULES: readonly Rule[] = [
  FEW,
  LAME,
  ONE_NETWORK,
  NS_TTL,
  MISMATCH,
  DS_WITHOUT_NS,
  OCCLUDED,
];
