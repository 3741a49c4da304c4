/**
 * Google Cloud DNS as a whole: what goes on while changes are refused (12 June 2025), while the health plane is down,
 * and what its three source regions make of a fault that only some of them see.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import type { GoogleRule } from '../../../../src/model/authority/providers/google/rule.ts';
import type { CheckSpec, FaultSpec, PolicySpec, WorldSpec } from '../../../../src/model/spec.ts';
import { CHECK, FAILOVER, fault, HERE, PRIMARY, provider, SECONDARY, THERE, world } from '../../world.ts';
import { added, at, dead, NEW, NEW_QUERY, ON_EAST, ON_WEST, planeDown, QUERY, SILENT } from './course.ts';

const RULE: GoogleRule = {
  kind: 'google',
  routing: {
    kind: 'geo',
    items: [
      { addresses: [0], region: HERE },
      { addresses: [1], region: THERE },
    ],
    fenced: false,
  },
  backends: [undefined, undefined],
  backendShare: 0.2,
  nearest: 'round-trip',
  shuffle: false,
};
const POLICY: PolicySpec = { ...FAILOVER, word: 'google geo', rule: RULE };
const FENCED: PolicySpec = {
  ...POLICY,
  rule: { ...RULE, routing: { ...RULE.routing, fenced: true } } as GoogleRule,
};

/** Three probers in each of these regions; two agreeing regions, two failures, every 30 s. */
function sources(...regions: readonly number[]): CheckSpec {
  const timing = { interval: 30 * SECOND, timeout: 5 * SECOND, failures: 2, successes: 2 };
  const probers = regions.flatMap((region) => [region, region, region]);
  return { ...CHECK, ...timing, regions: probers, quorum: 2, regionQuorum: 2 };
}

const THIRD = 2;
const NETWORK: WorldSpec['network'] = {
  regions: ['here', 'there', 'third'],
  roundTrip: [
    [10, 80, 80],
    [80, 10, 80],
    [80, 80, 10],
  ].map((row) => row.map((value) => value * 1000)),
  spread: 1,
  loss: 0,
  stubRoundTrip: 5000,
};

function google(timeline: WorldSpec['timeline'], policy = POLICY): WorldSpec {
  const endpoints = [{ ...PRIMARY, check: sources(HERE, THERE, THIRD) }, SECONDARY];
  const providers = [provider({ kind: 'google', propagation: 120 * SECOND })];
  return world({ network: NETWORK, endpoints, providers, policies: [policy], timeline });
}

const DEAD = dead(11);

describe('changes refused, as on 12 June 2025 [incident report]', () => {
  const refused = planeDown('control', 5, 900);
  const changed = added(20);
  const spec = google([refused, DEAD, changed]);
  const rows: [what: string, seconds: number, query: string, answer: string][] = [
    ['answers go on', 10, QUERY, ON_EAST],
    ['checks and steering go on', 100, QUERY, ON_WEST],
    ['the change waits', 899, NEW_QUERY, 'NXDOMAIN aa'],
    ['it is taken when that is over, and not in force yet', 1019, NEW_QUERY, 'NXDOMAIN aa'],
    ['two minutes later it is', 1020, NEW_QUERY, NEW],
  ];
  test.each(rows)('%s', (_, seconds, query, answer) => expect(at(spec, seconds, query)).toBe(answer));

  it('would have taken it at once otherwise', () => {
    expect(at(google([changed]), 140, NEW_QUERY)).toBe(NEW);
  });
});

describe('the health plane down [assumption: frozen]', () => {
  const plane = planeDown('health', 0, 500);
  const rows: [seconds: number, answer: string][] = [
    [499, ON_EAST],
    [500, ON_WEST],
  ];
  test.each(rows)('after %d s', (seconds, answer) => expect(at(google([plane, DEAD]), seconds)).toBe(answer));
});

describe('a dead endpoint [overview: interval x threshold, then the TTL]', () => {
  it('is left within two intervals and a timeout', () => {
    expect(at(google([DEAD]), 30)).toBe(ON_EAST);
    expect(at(google([DEAD]), 11 + 65)).toBe(ON_WEST);
  });
  it('is answered behind a fence', () => expect(at(google([DEAD], FENCED), 300)).toBe(ON_EAST));
});

describe('an endpoint that some source regions cannot reach [overview: two of three agree]', () => {
  const cut = (from: number): FaultSpec =>
    fault({ kind: 'path', from, to: HERE }, SILENT, { at: 11 * SECOND });
  const rows: [what: string, faults: FaultSpec[], answer: string][] = [
    ['none', [], ON_EAST],
    ['one of three', [cut(THIRD)], ON_EAST],
    ['two of three', [cut(THIRD), cut(THERE)], ON_WEST],
  ];
  test.each(rows)('%s', (_, faults, answer) => expect(at(google(faults), 300)).toBe(answer));
});
