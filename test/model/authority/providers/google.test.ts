/** The rules of Google Cloud DNS, each from the page or reference named in brackets. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { GOOGLE_LOGIC } from '../../../../src/model/authority/providers/google/logic.ts';
import type { GoogleRule, Routing } from '../../../../src/model/authority/providers/google/rule.ts';
import type { CandidateSpec, PolicySpec } from '../../../../src/model/spec.ts';
import {
  AP,
  answers,
  answerText,
  EU,
  endpoint,
  NOWHERE,
  PLACED,
  policy,
  query,
  shares,
  surroundings,
  text,
  US,
} from './worlds.ts';

const LOGICS = { google: GOOGLE_LOGIC };
const OVERVIEW = 'routing policies overview';
const API = 'API reference, RRSetRoutingPolicy';

/** `us eu!`: endpoints of one item, those with `!` without a check; `192.0.2.99` is data. */
type Item = string;

/** Puts items into one list of candidates. */
class Candidates {
  readonly list: CandidateSpec[] = [];

  add(item: Item): number[] {
    return item.split(' ').map((word) => this.list.push(candidate(word)) - 1);
  }
}

function candidate(word: string): CandidateSpec {
  if (word.startsWith('192.')) return text(word);
  const { health, ...bare } = endpoint(word.replace('!', ''));
  return word.endsWith('!') || !health ? bare : { ...bare, health };
}

function made(routing: (items: Candidates) => Routing, more: Partial<GoogleRule> = {}): PolicySpec {
  const items = new Candidates();
  const rule: GoogleRule = {
    kind: 'google',
    routing: routing(items),
    backends: items.list.map(() => undefined),
    backendShare: 0.2,
    nearest: 'distance',
    shuffle: false,
    ...more,
  };
  return policy(rule, items.list);
}

type Places = Readonly<Record<number, Item>>;

const geoItems = (items: Candidates, places: Places): { addresses: number[]; region: number }[] =>
  Object.entries(places).map(([region, item]) => ({ addresses: items.add(item), region: Number(region) }));

const wrr = (...rows: readonly (readonly [Item, number])[]): PolicySpec =>
  made((items) => ({
    kind: 'wrr',
    items: rows.map(([item, weight]) => ({ addresses: items.add(item), weight })),
  }));

const geo = (places: Places, fenced = false, more: Partial<GoogleRule> = {}): PolicySpec =>
  made((items) => ({ kind: 'geo', items: geoItems(items, places), fenced }), more);

type Failover = Extract<Routing, { kind: 'failover' }>;

const failover = (primary: Item, places: Places, fenced = false, more: Partial<Failover> = {}): PolicySpec =>
  made((items) => ({
    kind: 'failover',
    primary: items.add(primary),
    backup: { items: geoItems(items, places), fenced },
    trickle: 0,
    trickleToUnhealthy: true,
    allUnhealthy: 'primary',
    ...more,
  }));

describe(`weighted round robin [${OVERVIEW}, WRR]`, () => {
  const three = wrr(['us', 50], ['eu', 30], ['ap', 20]);
  const rows: [what: string, policy: PolicySpec, unhealthy: string[], shares: string][] = [
    ['by weight', wrr(['us', 70], ['eu', 30]), [], 'us 70, eu 30'],
    ['weights need not add up to anything', wrr(['us', 0.5], ['eu', 1.5]), [], 'us 25, eu 75'],
    ['an unhealthy item drops out, the rest share', three, ['us'], 'eu 60, ap 40'],
    ['all unhealthy: as though all were healthy', three, ['us', 'eu', 'ap'], 'us 50, eu 30, ap 20'],
    ['an item answers all its addresses', wrr(['us x4', 1], ['eu', 1]), [], 'us+x4 50, eu 50'],
    ['an unhealthy address leaves its item', wrr(['us x4', 1], ['eu', 1]), ['us'], 'x4 50, eu 50'],
    ['weight 0 is not answered', wrr(['us', 1], ['eu', 0]), [], 'us 100'],
    ['weight 0 when nothing else is left [assumption]', wrr(['us', 1], ['eu', 0]), ['us'], 'eu 100'],
    ['no check: always answered', wrr(['us!', 70], ['eu', 30]), ['us', 'eu'], 'us 100'],
  ];
  test.each(rows)('%s', (_, one, unhealthy, wanted) => {
    expect(shares(LOGICS, one, surroundings(unhealthy))).toBe(wanted);
  });
});

describe('geolocation', () => {
  const plain = { [US]: 'us x4', [EU]: 'eu', [AP]: 'ap' };
  // From EU: us 5463 km, ap 11155 km. From AP: eu 11155 km, us 15533 km.
  const rows: [
    what: string,
    fenced: boolean,
    places: Places,
    region: number,
    unhealthy: string[],
    answer: string,
  ][] = [
    [`[${OVERVIEW}, GEO] the nearest item, all its addresses`, false, plain, US, [], 'us+x4'],
    [`[${OVERVIEW}, GEO] no item there: the nearest match`, false, { [US]: 'us', [AP]: 'ap' }, EU, [], 'us'],
    [`[${API}] of an item only healthy addresses`, false, plain, US, ['us'], 'x4'],
    [`[${OVERVIEW}, GEO] all of it unhealthy: the next nearest`, false, plain, US, ['us', 'x4'], 'eu'],
    [`[${OVERVIEW}, GEO] and the one after that`, false, plain, EU, ['eu', 'us', 'x4'], 'ap'],
    [
      `[${OVERVIEW}, health checks] all unhealthy anywhere: as though all were healthy`,
      false,
      plain,
      US,
      ['us', 'x4', 'eu', 'ap'],
      'us+x4',
    ],
    [`[${OVERVIEW}, geofence] fenced: the nearest item`, true, plain, US, [], 'us+x4'],
    [`[${API}, enableFencing] fenced: still only healthy addresses`, true, plain, US, ['us'], 'x4'],
    [
      `[${OVERVIEW}, geofence] all of it unhealthy: its dead addresses`,
      true,
      plain,
      US,
      ['us', 'x4'],
      'us+x4',
    ],
    [`[${OVERVIEW}, geofence] others are not concerned`, true, plain, EU, ['us', 'x4'], 'eu'],
    [
      `[${OVERVIEW}, geofence] no item there: fenced into the nearest`,
      true,
      { [US]: 'us', [AP]: 'ap' },
      EU,
      ['us'],
      'us',
    ],
    [
      `[${OVERVIEW}, health checks] unchecked addresses beside unhealthy ones: those alone, no jump`,
      false,
      { [US]: 'us x4!', [EU]: 'eu' },
      US,
      ['us'],
      'x4',
    ],
    [
      `[${OVERVIEW}, health checks] unchecked and healthy ones: both`,
      false,
      { [US]: 'us x4!', [EU]: 'eu' },
      US,
      [],
      'us+x4',
    ],
    [`no place known: by round trip, the first of equals [assumption]`, false, plain, NOWHERE, [], 'us+x4'],
  ];
  test.each(rows)('%s', (_, fenced, places, region, unhealthy, wanted) => {
    expect(answers(LOGICS, geo(places, fenced), surroundings(unhealthy), region)).toBe(wanted);
  });

  it('can measure nearness by round trip [assumption: not documented]', () => {
    // In km US is nearer to EU than AP is; here the way to AP is the faster one.
    const around = surroundings([]);
    const roundTrip = PLACED.roundTrip.map((row, from) => (from === EU ? [80, 10, 20, 300] : row));
    const detour = { ...around, spec: { ...around.spec, network: { ...PLACED, roundTrip } } };
    const near = (nearest: GoogleRule['nearest']): string =>
      answers(LOGICS, geo({ [US]: 'us', [AP]: 'ap' }, false, { nearest }), detour, EU);
    expect(near('distance')).toBe('us');
    expect(near('round-trip')).toBe('ap');
  });

  it('goes by the client where the resolver sends it, else by the resolver [overview, GEO]', () => {
    const decider = GOOGLE_LOGIC.prepare(geo(plain), surroundings([]));
    expect(answerText(decider.decide(query(EU, () => 0)))).toBe('eu');
    expect(answerText(decider.decide(query(EU, () => 0, AP)))).toBe('ap');
    expect(GOOGLE_LOGIC.isScoped(geo(plain))).toBe(true);
    expect(GOOGLE_LOGIC.isScoped(geo({ [US]: 'us' }))).toBe(false);
    expect(GOOGLE_LOGIC.isScoped(wrr(['us', 1], ['eu', 1]))).toBe(false);
  });
});

describe('failover', () => {
  const backup = { [EU]: 'eu', [AP]: 'ap' };
  const trickled = failover('us', backup, false, { trickle: 0.1 });
  const rows: [what: string, policy: PolicySpec, region: number, unhealthy: string[], shares: string][] = [
    [`[${OVERVIEW}, failover] the primary set`, failover('us x4', backup), EU, [], 'us+x4 100'],
    [`[${API}] of the primary set only healthy addresses`, failover('us x4', backup), EU, ['us'], 'x4 100'],
    [
      `[${OVERVIEW}, failover] all primaries unhealthy: the backups by place`,
      failover('us', backup),
      EU,
      ['us'],
      'eu 100',
    ],
    [`[${OVERVIEW}, failover] elsewhere`, failover('us', backup), AP, ['us'], 'ap 100'],
    [`[${OVERVIEW}, GEO] backups: the next nearest`, failover('us', backup), AP, ['us', 'ap'], 'eu 100'],
    [
      `[terraform, enable_geo_fencing_for_backups] fenced backups`,
      failover('us', backup, true),
      AP,
      ['us', 'ap'],
      'ap 100',
    ],
    [`[${OVERVIEW}, failover] trickle`, trickled, EU, [], 'us 90, eu 10'],
    [`[${API}, trickleTraffic] no trickle while the backups serve`, trickled, EU, ['us'], 'eu 100'],
    [
      `[${OVERVIEW}, failover] a trickle of all of it is a manual failover`,
      failover('us', backup, false, { trickle: 1 }),
      EU,
      [],
      'eu 100',
    ],
    [`a trickle into dead backups [assumption]`, trickled, EU, ['eu', 'ap'], 'us 90, eu 10'],
    [
      `or held back, as the option says`,
      failover('us', backup, false, { trickle: 0.1, trickleToUnhealthy: false }),
      EU,
      ['eu', 'ap'],
      'us 100',
    ],
    [
      `[${OVERVIEW}, health checks] all unhealthy: as though all were healthy`,
      trickled,
      EU,
      ['us', 'eu', 'ap'],
      'us 90, eu 10',
    ],
    [
      `[${API}, primaryTargets] all unhealthy, the other reading: the backups`,
      failover('us', backup, false, { trickle: 0.1, allUnhealthy: 'backup' }),
      EU,
      ['us', 'eu', 'ap'],
      'eu 100',
    ],
    [`an unchecked primary never fails over [${API}]`, failover('us!', backup), EU, ['us'], 'us 100'],
  ];
  test.each(rows)('%s', (_, one, region, unhealthy, wanted) => {
    expect(shares(LOGICS, one, surroundings(unhealthy), region)).toBe(wanted);
  });

  it('depends on the place only through several backups', () => {
    expect(GOOGLE_LOGIC.isScoped(failover('us', backup))).toBe(true);
    expect(GOOGLE_LOGIC.isScoped(failover('us', { [EU]: 'eu' }))).toBe(false);
  });
});

describe(`internal passthrough load balancers [${OVERVIEW}, health checks: 20 % of the backends]`, () => {
  const names = ['x4', 'x5', 'x6', 'x7', 'x8', 'x9', 'x10', 'x11', 'x12', 'ap'];
  const backends = names.flatMap((name) => endpoint(name).health ?? []);
  const balanced = (share: number): PolicySpec =>
    geo({ [US]: 'us!', [EU]: 'eu' }, false, { backends: [backends, undefined], backendShare: share });
  const rows: [what: string, share: number, unhealthy: string[], answer: string][] = [
    ['all of ten healthy', 0.2, [], 'us'],
    ['two of ten', 0.2, names.slice(2), 'us'],
    ['one of ten', 0.2, names.slice(1), 'eu'],
    ['none', 0.2, names, 'eu'],
    ['another share: four of ten', 0.5, names.slice(4), 'eu'],
    ['another share: five of ten', 0.5, names.slice(5), 'us'],
    ['a share of nothing still needs one', 0, names, 'eu'],
  ];
  test.each(rows)('%s', (_, share, unhealthy, wanted) => {
    expect(answers(LOGICS, balanced(share), surroundings(unhealthy))).toBe(wanted);
  });
});

describe('order', () => {
  const two = { [US]: 'us x4' };
  it('changes from query to query, or does not [assumption]', () => {
    expect(answers(LOGICS, geo(two, false, { shuffle: true }), surroundings([]))).toBe('us+x4 | x4+us');
    expect(answers(LOGICS, geo(two), surroundings([]))).toBe('us+x4');
  });
});

describe('in words', () => {
  const places = { [US]: 'us', [EU]: 'eu' };
  const rows: [policy: PolicySpec, unhealthy: string[], choice: string][] = [
    [geo(places), [], 'us or eu'],
    [geo(places), ['eu'], 'us or us (next nearest to eu)'],
    [geo(places, true), ['eu'], 'us or eu (unhealthy, but fenced in)'],
    [geo(places), ['us', 'eu'], 'us (as though all were healthy) or eu (as though all were healthy)'],
    [wrr(['us', 1], ['eu', 0]), [], 'us'],
    [failover('us', { [EU]: 'eu' }, false, { trickle: 0.1 }), [], 'us or eu (trickle of 10 % to the backup)'],
    [failover('us', { [EU]: 'eu' }), ['us'], 'eu (backup, as no primary is healthy)'],
  ];
  test.each(rows)('%#', (one, unhealthy, choice) => {
    expect(GOOGLE_LOGIC.prepare(one, surroundings(unhealthy)).choice).toBe(choice);
  });
});

describe('why, for clients of a region', () => {
  const rows: [policy: PolicySpec, region: number | undefined, reason: string][] = [
    [geo({ [US]: 'us', [EU]: 'eu' }, true), EU, 'here eu (unhealthy, but fenced in)'],
    [geo({ [US]: 'us', [EU]: 'eu' }, true), US, 'here us'],
    [geo({ [US]: 'us', [EU]: 'eu' }, true), undefined, ''],
    [wrr(['us', 1], ['eu', 1]), US, ''],
  ];
  test.each(rows)('%#', (one, region, reason) => {
    expect(GOOGLE_LOGIC.prepare(one, surroundings(['eu'])).reason!(region)).toBe(reason);
  });
});

describe('any policy, any health, any draw', () => {
  const item = fc.constantFrom('us', 'eu', 'ap', 'us x4', 'eu x5');
  const places = fc.record({ [US]: item, [EU]: item, [AP]: item });
  const any = fc.oneof(
    fc.array(fc.tuple(item, fc.nat(3)), { minLength: 1, maxLength: 3 }).map((rows) => wrr(...rows)),
    places.map((of) => geo(of)),
    fc
      .tuple(item, places, fc.constantFrom(0, 0.1, 1))
      .map(([first, of, trickle]) => failover(first, of, false, { trickle, trickleToUnhealthy: false })),
  );
  it('answers what it calls possible, and behind no fence nothing unhealthy while anything is healthy', () => {
    const given = fc.record({
      one: any,
      unhealthy: fc.subarray(['us', 'eu', 'ap', 'x4', 'x5']),
      region: fc.constantFrom(US, EU, AP, NOWHERE),
      draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(given, ({ one, unhealthy, region, draw }) => {
        const decider = GOOGLE_LOGIC.prepare(one, surroundings(unhealthy));
        const answer = answerText(decider.decide(query(region, () => draw)));
        expect(decider.possible(region).map(answerText)).toContain(answer);
        const dead = answer.split('+').filter((label) => unhealthy.includes(label));
        const isAllDead = one.candidates.every(({ label }) => unhealthy.includes(label));
        if (!isAllDead) expect(dead).toEqual([]);
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});
