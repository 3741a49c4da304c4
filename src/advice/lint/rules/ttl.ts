/** Rules about TTLs that do not do what they say. */

import type { Issue } from '../../../base/issue.ts';
import { describeDuration, SECOND } from '../../../base/time.ts';
import {
  A,
  AAAA,
  CNAME,
  NSEC,
  NSEC3,
  NSEC3PARAM,
  RRSIG,
  type RrType,
  typeToText,
} from '../../../dns/data/rrtype.ts';
import type { PopulationSpec } from '../../../model/spec.ts';
import { askedSets } from '../asked.ts';
import { isInside } from '../inside.ts';
import { type Found, type Rule, zoneRule } from '../rule.ts';
import type { LintZone, ScenarioSubject } from '../subject.ts';
import { listed, type PlacedSet, plain, setsOf } from '../zone.ts';

/** Chrome and the browsers made of it (Chromium, kMinimumTTLSeconds). */
const BROWSER_FLOOR = 60;

const BELOW_FLOOR: Rule = {
  code: 'ttl-below-floor',
  severity: 'note',
  title: 'A TTL below what clients honour',
  why: 'Chrome keeps answers for 60 s at least, Firefox for 60 s, the JVM for 30 s: a shorter TTL only costs queries.',
  source:
    'Chromium host_resolver_manager_job.cc; Firefox network.dnsCacheExpiration; JDK networkaddress.cache.ttl',
  check: ({ scenario, zones }) => (scenario ? belowInScenario(scenario) : zones.flatMap(belowInZone)),
};

/** Nobody browses what is inside; there, programs ask that obey the TTL. */
function belowInZone(zone: LintZone): Found[] {
  if (isInside(zone)) return [];
  const short = setsOf(zone, A, AAAA, CNAME).filter(({ ttl }) => ttl < BROWSER_FLOOR);
  return gathered(short, 'count on a minute at least, or use 60 s', (what, ttl) => {
    return `${what} of ${ttl} s, browsers keep it for ${BROWSER_FLOOR} s`;
  });
}

/** One finding for all sets of one TTL, at the first. */
function gathered(
  sets: readonly PlacedSet[],
  fix: string,
  says: (what: string, ttl: number) => string,
): Found[] {
  return [...new Set(sets.map(({ ttl }) => ttl))].map((ttl): Found => {
    const same = sets.filter((one) => one.ttl === ttl);
    const names = listed(same.map(({ name, type }) => `${plain(name)} ${typeToText(type)}`));
    const message = says(`${names} ${same.length === 1 ? 'has' : 'have'} a TTL`, ttl);
    return { message, place: same[0]!.place, fix };
  });
}

/** How long an application keeps an answer of this TTL, at least. */
function floorOf({ application, stub }: PopulationSpec, ttl: number): number {
  const caches = [application.cache, stub.cache];
  return caches.reduce((most, { mode, floorSeconds, fixedSeconds }) => {
    if (mode === 'ttl') return Math.max(most, floorSeconds);
    return mode === 'fixed' ? Math.max(most, fixedSeconds) : most;
  }, ttl);
}

function belowInScenario(scenario: ScenarioSubject): Found[] {
  const sets = askedSets(scenario);
  return sets.flatMap((set): Found[] => {
    const policy = scenario.spec.policies.find(({ name, type }) => name === set.name && type === set.type);
    const ttl = policy?.ttl ?? set.ttl;
    const who = scenario.spec.populations.filter((one) => floorOf(one, ttl) > ttl);
    if (who.length === 0) return [];
    const most = who.reduce((longest, one) => Math.max(longest, floorOf(one, ttl)), 0);
    const place = policy ? scenario.keyPlace(['policies', scenario.policyKey(policy)]) : set.place;
    const names = who
      .map(({ name }) => name)
      .slice(0, 3)
      .join(', ');
    const message = `${plain(set.name)} has a TTL of ${ttl} s, ${names} keep it for ${most} s`;
    return [{ message, place, fix: `plan for ${most} s, whatever the TTL says` }];
  });
}

/** Caches cap what is longer (RFC 8767 §4: about a week), and nobody can change such data in a hurry. */
const LONGEST = 604_800;
const LONG_ADDRESS = 86_400;
/** Written by signers, who choose the TTL: that of what is signed, or 0 for what nobody asks for. */
const SIGNERS: readonly RrType[] = [RRSIG, NSEC, NSEC3, NSEC3PARAM];

const EXTREMES: Rule = zoneRule(
  {
    code: 'ttl-extreme',
    severity: 'note',
    title: 'A TTL at the ends of the scale',
    why: 'At 0 every request is a look-up; beyond a day nothing can be changed in a hurry, and caches cap it anyway.',
    source: 'RFC 1912 §2.2; RFC 8767 §4; caches cap at an hour (OpenDNS) to a week (BIND)',
  },
  (zone) => {
    const sets = setsOf(zone).filter(({ type }) => !SIGNERS.includes(type));
    const isLong = ({ type, ttl }: PlacedSet): boolean =>
      (type === A || type === AAAA || type === CNAME) && ttl > LONG_ADDRESS && ttl <= LONGEST;
    const says = (what: string, ttl: number): string => `${what} of ${describeDuration(ttl * SECOND)}`;
    return [
      ...gathered(
        sets.filter(({ ttl }) => ttl === 0),
        'use 30 to 60 s',
        (what) => `${what} of 0`,
      ),
      ...gathered(
        sets.filter(({ ttl }) => ttl > LONGEST),
        'use a day or two',
        says,
      ),
      ...gathered(sets.filter(isLong), 'use an hour for what is stable, minutes for services', says),
    ];
  },
);

/** What the reader of master files says that no other rule does. */
const READER_CODES: Readonly<Record<string, string>> = {
  'zone-differing-ttl': 'give them one TTL',
  'zone-duplicate-record': 'keep one of them',
  'zone-out-of-zone': 'check the origin, and the final dot',
  'zone-ttl-from-soa': 'write a $TTL at the top of the file',
  'zone-ttl-from-before': 'write a $TTL at the top of the file',
  'zone-below-dname': 'move it, or drop the DNAME',
  'zone-dname-at-cut': 'keep the DNAME or the NS set',
  'zone-soa-not-at-apex': 'keep one SOA, at the apex',
  'zone-several-records': 'keep one of them',
  'zone-no-ns': 'add NS records at the apex',
  'zone-no-soa': 'add an SOA at the apex',
};

const READER: Rule = zoneRule(
  {
    code: 'zone-data',
    severity: 'warning',
    title: 'Records that do not make a good zone',
    why: 'Servers drop such records, change them, or refuse the zone.',
    source: 'RFC 1035 §5.2; RFC 2181 §5; RFC 6672 §2',
  },
  ({ issues }) =>
    issues.flatMap((issue: Issue): Found[] => {
      const fix = READER_CODES[issue.code];
      if (fix === undefined || !issue.place) return [];
      const aboutAlias = issue.code === 'zone-several-records' && issue.message.endsWith('CNAME');
      if (aboutAlias) return [];
      return [
        { severity: issue.severity, message: issue.message, place: issue.place, fix: issue.hint ?? fix },
      ];
    }),
);

export const TTL_RULES: readonly Rule[] = [BELOW_FLOOR, EXTREMES, READER];
