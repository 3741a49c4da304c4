/** Generic policies: how candidates are arranged, what health leaves of them, and what is answered when it leaves none. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { GENERIC_LOGIC } from '../../../../src/model/authority/providers/generic/logic.ts';
import type {
  Arrangement,
  GenericRule,
  UnhealthyRule,
} from '../../../../src/model/authority/providers/generic/rule.ts';
import type { Territory } from '../../../../src/model/authority/steering/places.ts';
import type { CandidateSpec, PolicySpec } from '../../../../src/model/spec.ts';
import {
  AP,
  alias,
  answers,
  answerText,
  EU,
  endpoint,
  NOWHERE,
  policy,
  query,
  shares,
  surroundings,
  text,
  US,
} from './worlds.ts';

const LOGICS = { generic: GENERIC_LOGIC };
const TOGETHER: Arrangement = { kind: 'together' };
const LISTED: Arrangement = { kind: 'listed' };

function made(
  arrange: Arrangement,
  candidates: readonly (CandidateSpec | string)[],
  parts: Partial<GenericRule> = {},
): PolicySpec {
  const rule: GenericRule = {
    kind: 'generic',
    arrange,
    take: 1,
    shuffle: false,
    unhealthy: { kind: 'ignore-health' },
    ...parts,
  };
  return policy(
    rule,
    candidates.map((one) => (typeof one === 'string' ? endpoint(one) : one)),
  );
}

describe('arrangements', () => {
  const territory = (level: Territory['level'], code: string): readonly Territory[] => [{ level, code }];
  const geo: Arrangement = {
    kind: 'territory',
    territories: [territory('country', 'US'), territory('continent', 'EU'), territory('world', '')],
    climb: true,
  };
  const blocks: Arrangement = {
    kind: 'network',
    blocks: [['192.0.0.0/16'], ['192.0.2.0/24', '2001:db8::/32'], []],
    climb: true,
  };
  const regions: Arrangement = { kind: 'region', regions: [[US], [EU, AP], []], climb: true };
  const rows: [what: string, arrange: Arrangement, region: number, unhealthy: string[], answer: string][] = [
    ['listed', LISTED, US, [], 'us'],
    ['listed, the first two unhealthy', LISTED, US, ['us', 'eu'], 'ap'],
    ['latency', { kind: 'latency' }, EU, [], 'eu'],
    ['latency, the next one', { kind: 'latency' }, EU, ['eu'], 'us'],
    ['distance', { kind: 'distance', biases: [0, 0, 0] }, AP, [], 'ap'],
    [
      'distance with a bias: 11155 (1 - 0.9) < 5463',
      { kind: 'distance', biases: [0, 0, 90] },
      EU,
      ['eu'],
      'ap',
    ],
    [
      'distance from a place nobody knows: all alike',
      { kind: 'distance', biases: [0, 0, 0] },
      NOWHERE,
      [],
      'us | eu | ap',
    ],
    ['territory', geo, EU, [], 'eu'],
    ['territory, unhealthy: the larger one', geo, EU, ['eu'], 'ap'],
    ['territory, elsewhere', geo, AP, [], 'ap'],
    ['territory without climbing', { ...geo, climb: false }, EU, ['eu'], 'eu'],
    ['network, the longest block', blocks, US, [], 'eu'],
    ['network, unhealthy: the shorter one', blocks, US, ['eu'], 'us'],
    ['network, IPv6', blocks, AP, [], 'eu'],
    ['network, elsewhere', blocks, EU, [], 'ap'],
    ['region', regions, US, [], 'us'],
    ['region, one of two', regions, AP, [], 'eu'],
    ['region, unhealthy: the default', regions, US, ['us'], 'ap'],
    ['region, elsewhere: the default', regions, NOWHERE, [], 'ap'],
  ];
  test.each(rows)('%s', (_, arrange, region, unhealthy, wanted) => {
    expect(answers(LOGICS, made(arrange, ['us', 'eu', 'ap']), surroundings(unhealthy), region)).toBe(wanted);
  });

  it('answers NODATA where no candidate is in reach', () => {
    const one = made({ kind: 'region', regions: [[US]], climb: true }, ['us']);
    expect(answers(LOGICS, one, surroundings([]), EU)).toBe('NODATA');
  });

  it('takes a candidate to stand where it says', () => {
    const one = made({ kind: 'latency' }, [endpoint('us', { region: AP }), 'eu']);
    expect(answers(LOGICS, one, surroundings([]), AP)).toBe('us');
  });
});

describe('weights', () => {
  const rows: [what: string, weights: number[], unhealthy: string[], shares: string][] = [
    ['by weight', [70, 20, 10], [], 'us 70, eu 20, ap 10'],
    ['healthy ones share', [70, 20, 20], ['us'], 'eu 50, ap 50'],
    ['weight 0 not at all', [1, 0, 0], [], 'us 100'],
    ['weight 0 when nothing else is left', [1, 0, 0], ['us'], 'eu 50, ap 50'],
    ['fractions of weights', [0.25, 0.25, 0.5], [], 'us 25, eu 25, ap 50'],
  ];
  test.each(rows)('%s', (_, weights, unhealthy, wanted) => {
    const one = made(TOGETHER, ['us', 'eu', 'ap'], { weights });
    expect(shares(LOGICS, one, surroundings(unhealthy))).toBe(wanted);
  });
});

describe('when nothing is healthy', () => {
  const all = ['us', 'eu'];
  const rows: [what: string, arrange: Arrangement, unhealthy: UnhealthyRule, answer: string][] = [
    ['as though all were: failover', LISTED, { kind: 'ignore-health' }, 'us'],
    ['as though all were: together', TOGETHER, { kind: 'ignore-health' }, 'us | eu'],
    ['everything at once', LISTED, { kind: 'all' }, 'us+eu'],
    ['nothing', LISTED, { kind: 'none' }, 'NODATA'],
    ['the fallback', LISTED, { kind: 'fallback', candidate: 1 }, 'eu'],
  ];
  test.each(rows)('%s', (_, arrange, unhealthy, wanted) => {
    expect(answers(LOGICS, made(arrange, all, { unhealthy }), surroundings(all))).toBe(wanted);
    expect(answers(LOGICS, made(arrange, all, { unhealthy }), surroundings(['us']))).toBe('eu');
  });
});

describe('several in one answer', () => {
  const several = (take: number, shuffle: boolean): PolicySpec =>
    made(TOGETHER, ['us', 'eu', 'ap'], { take, shuffle });
  const rows: [what: string, policy: PolicySpec, answer: string][] = [
    ['all, in order', several(Number.POSITIVE_INFINITY, false), 'us+eu+ap'],
    ['all, the order rotated', several(Number.POSITIVE_INFINITY, true), 'us+eu+ap | eu+ap+us | ap+us+eu'],
    ['two of three', several(2, true), 'us+eu | eu+ap | ap+us'],
  ];
  test.each(rows)('%s', (_, one, wanted) => {
    expect(answers(LOGICS, one, surroundings([]))).toBe(wanted);
  });
});

describe('data', () => {
  it('may be records of any type, and aliases', () => {
    const texts = policy(made(LISTED, []).rule, [text('"a"', 16)], { type: 16 });
    expect(answers(LOGICS, texts, surroundings([]))).toBe('"a"');
    expect(answers(LOGICS, made(LISTED, [alias('lb.example.net.')]), surroundings([]))).toBe(
      'alias lb.example.net.',
    );
  });
  it('of endpoints without an address of the family are NODATA', () => {
    const six = policy(made(LISTED, []).rule, [endpoint('us')], { type: 28 });
    expect(answers(LOGICS, six, surroundings([]))).toBe('NODATA');
  });
  it('may have a TTL of their own: the smallest counts', () => {
    const one = made(TOGETHER, [endpoint('us', { ttl: 30 }), 'eu'], { take: 2 });
    const answer = GENERIC_LOGIC.prepare(one, surroundings([])).decide(query(US, () => 0));
    expect(answer).toMatchObject({ ttl: 30 });
  });
});

describe('in words', () => {
  const rows: [policy: PolicySpec, unhealthy: string[], choice: string][] = [
    [made(LISTED, ['us', 'eu']), ['us'], 'eu'],
    [made({ kind: 'latency' }, ['us', 'eu']), [], 'us or eu'],
    [made({ kind: 'latency' }, ['us', 'eu']), ['us'], 'eu'],
    [made(TOGETHER, ['us', 'eu'], { take: 2 }), [], 'us and eu'],
    [made(LISTED, ['us'], { unhealthy: { kind: 'none' } }), ['us'], 'no address'],
  ];
  test.each(rows)('%#', (one, unhealthy, choice) => {
    expect(GENERIC_LOGIC.prepare(one, surroundings(unhealthy)).choice).toBe(choice);
  });
});

describe('any policy, any health, any draw', () => {
  const labels = ['us', 'eu', 'ap'];
  const arrangement = fc.constantFrom<Arrangement>(
    TOGETHER,
    LISTED,
    { kind: 'latency' },
    { kind: 'distance', biases: [10, -20, 0] },
    { kind: 'region', regions: [[US], [EU], []], climb: true },
  );
  it('answers what it calls possible, and never an unhealthy candidate beside a healthy one', () => {
    const chosen = fc.record({
      arrange: arrangement,
      take: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      unhealthy: fc.subarray(labels),
      region: fc.constantFrom(US, EU, AP, NOWHERE),
      draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(chosen, ({ arrange, take, unhealthy, region, draw }) => {
        const one = made(arrange, labels, { take, shuffle: true });
        const decider = GENERIC_LOGIC.prepare(one, surroundings(unhealthy));
        const answered = answerText(decider.decide(query(region, () => draw))).split('+');
        const possible = decider.possible(region).flatMap((answer) => answerText(answer).split('+'));
        expect(possible).toEqual(expect.arrayContaining(answered));
        const dead = answered.filter((label) => unhealthy.includes(label));
        if (dead.length > 0) expect(dead).toEqual(answered);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
