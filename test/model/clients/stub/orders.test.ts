import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../src/base/time.ts';
import { serverOrder } from '../../../../src/model/clients/stub/orders.ts';
import { PenaltyOrder } from '../../../../src/model/clients/stub/penalty-order.ts';
import { RotatingOrder } from '../../../../src/model/clients/stub/rotating-order.ts';
import { ScoreOrder } from '../../../../src/model/clients/stub/score-order.ts';
import type { Disappointment, ServerOrder } from '../../../../src/model/clients/stub/server-order.ts';
import { StickyOrder } from '../../../../src/model/clients/stub/sticky-order.ts';
import { stub } from '../population-world.ts';

/** The order of a look-up, places counted from 1: `2 3 1`. */
function orderOf(order: ServerOrder, client: number, now = 0): string {
  return order
    .begin(client, now, false)
    .map((resolver) => resolver + 1)
    .join(' ');
}

describe('rotate', () => {
  it('each look-up begins one resolver further on, AAAA where A began, clients at different places', () => {
    const order = new RotatingOrder(4, 3);
    expect([orderOf(order, 0), orderOf(order, 0), orderOf(order, 0), orderOf(order, 0)]).toEqual([
      '1 2 3',
      '2 3 1',
      '3 1 2',
      '1 2 3',
    ]);
    expect(orderOf(order, 1)).toBe('2 3 1');
    expect([...order.begin(1, 0, true)]).toEqual([1, 2, 0]);
    expect(orderOf(order, 1)).toBe('3 1 2');
  });

  it('loads the resolvers alike', () => {
    const counts = [0, 0, 0];
    const order = new RotatingOrder(7, 3);
    for (let lookup = 0; lookup < 210; lookup++) counts[order.begin(lookup % 7, 0, false)[0]!]! += 1;
    expect(counts).toEqual([70, 70, 70]);
  });
});

describe('sticky', () => {
  it('stays with a resolver until it fails, and does not go back by itself', () => {
    const order = new StickyOrder(2, 3);
    expect([order.isPlain(), orderOf(order, 0)]).toEqual([true, '1 2 3']);
    order.disappointed(0, 0, 'silent');
    expect([order.isPlain(), orderOf(order, 0), orderOf(order, 1)]).toEqual([false, '2 3 1', '1 2 3']);
    order.answered();
    expect(orderOf(order, 0)).toBe('2 3 1');
    order.disappointed(0, 1, 'failed');
    order.disappointed(0, 2, 'silent');
    expect([order.isPlain(), orderOf(order, 0)]).toEqual([true, '1 2 3']);
  });

  test.each<[why: Disappointment, resolver: number, moved: boolean]>([
    ['silent', 0, true],
    ['failed', 0, true],
    ['final', 0, false], // nobody else is left
    ['silent', 1, false], // another look-up has moved on already
  ])('%s of resolver %d: moves %s', (why, resolver, moved) => {
    const order = new StickyOrder(1, 2);
    order.disappointed(0, resolver, why);
    expect(orderOf(order, 0)).toBe(moved ? '2 1' : '1 2');
  });
});

describe('penalty', () => {
  const AFTER = { duration: 60 * SECOND, ends: 'after' } as const;
  const CLOCK = { duration: 15 * MINUTE, ends: 'clock' } as const;

  test.each<[why: Disappointment, now: number, expected: string]>([
    ['silent', 10, '2 3 1'],
    ['silent', 69, '2 3 1'],
    ['silent', 70, '1 2 3'],
    ['failed', 10, '1 2 3'],
    ['final', 10, '1 2 3'],
  ])('Apple, 60 s from the failure: %s at 10 s, at %d s asks %s', (why, now, expected) => {
    const order = new PenaltyOrder(1, 3, AFTER);
    order.disappointed(0, 0, why, false, 10 * SECOND);
    expect(orderOf(order, 0, now * SECOND)).toBe(expected);
    expect(order.isPlain(now * SECOND)).toBe(expected === '1 2 3');
  });

  it('with everybody penalised the listed order holds', () => {
    const order = new PenaltyOrder(1, 2, AFTER);
    order.disappointed(0, 0, 'silent', false, 0);
    order.disappointed(0, 1, 'silent', false, 0);
    expect(orderOf(order, 0, SECOND)).toBe('1 2');
    expect(order.isPlain(SECOND)).toBe(false);
  });

  it('Windows: set back every 15 minutes, at a moment of the host', () => {
    const order = new PenaltyOrder(3, 2, CLOCK);
    for (const client of [0, 1, 2]) order.disappointed(client, 0, 'silent', false, 16 * MINUTE);
    const ends = [30, 20, 25];
    for (const [client, end] of ends.entries()) {
      expect(orderOf(order, client, end * MINUTE - SECOND)).toBe('2 1');
      expect(orderOf(order, client, end * MINUTE)).toBe('1 2');
    }
  });
});

describe('score', () => {
  const ANDROID = { samples: 64, fewest: 8, threshold: 0.25, validSeconds: 1800 };

  it('8 silent samples leave a resolver out, 7 do not', () => {
    const order = new ScoreOrder(1, 2, ANDROID);
    for (let sample = 0; sample < 7; sample++) order.disappointed(0, 0, 'silent', false, sample * SECOND);
    expect(orderOf(order, 0, 10 * SECOND)).toBe('1 2');
    order.disappointed(0, 0, 'silent', false, 7 * SECOND);
    expect(orderOf(order, 0, 10 * SECOND)).toBe('2');
  });

  it('samples of later rounds of a look-up do not count', () => {
    const order = new ScoreOrder(1, 2, ANDROID);
    for (let sample = 0; sample < 50; sample++) order.disappointed(0, 0, 'silent', true, 0);
    expect(orderOf(order, 0)).toBe('1 2');
  });

  it('is forgiven 30 minutes after the latest sample, wholly', () => {
    const order = new ScoreOrder(1, 2, ANDROID);
    for (let sample = 0; sample < 8; sample++) order.disappointed(0, 0, 'silent', false, 0);
    expect(orderOf(order, 0, 1800 * SECOND)).toBe('2');
    expect(orderOf(order, 0, 1801 * SECOND)).toBe('1 2');
    for (let sample = 0; sample < 7; sample++) order.disappointed(0, 0, 'failed', false, 1802 * SECOND);
    expect(orderOf(order, 0, 1803 * SECOND)).toBe('1 2');
  });

  it('one that was content for long is left out after 49 bad look-ups of 64', () => {
    const order = new ScoreOrder(1, 2, ANDROID);
    for (let sample = 0; sample < 200; sample++) order.answered(0, 0, false, 0);
    let bad = 0;
    while (orderOf(order, 0, SECOND) === '1 2') {
      order.disappointed(0, 0, 'silent', false, SECOND);
      bad += 1;
    }
    expect(bad).toBe(49);
  });

  it('with nobody usable everybody is asked', () => {
    const order = new ScoreOrder(1, 2, ANDROID);
    for (const resolver of [0, 1])
      for (let sample = 0; sample < 8; sample++) order.disappointed(0, resolver, 'silent', false, 0);
    expect(orderOf(order, 0, SECOND)).toBe('1 2');
  });

  it('agrees with a plain list of samples', () => {
    const rule = { samples: 5, fewest: 3, threshold: 0.5, validSeconds: 1800 };
    const steps = fc.array(fc.tuple(fc.nat(1), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (samples) => {
        const order = new ScoreOrder(2, 2, rule);
        const kept: boolean[][] = [[], []];
        for (const [resolver, good] of samples) {
          if (good) order.answered(1, resolver, false, 0);
          else order.disappointed(1, resolver, 'failed', false, 0);
          kept[resolver] = [...kept[resolver]!, good].slice(-rule.samples);
        }
        const bad = kept.map((list) => list.length >= 3 && list.filter(Boolean).length < 0.5 * list.length);
        const usable = [0, 1].filter((resolver) => !bad[resolver]);
        expect([...order.begin(1, 0)]).toEqual(usable.length > 0 ? usable : [0, 1]);
        expect([...order.begin(0, 0)]).toEqual([0, 1]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('memory', () => {
  test.each(['listed', 'rotate', 'sticky', 'penalty', 'score'] as const)(
    '%s: a single resolver needs none',
    (order) => {
      expect(serverOrder(stub({ order }), 10, 1)).toBeUndefined();
      expect(serverOrder(stub({ order }), 10, 2) === undefined).toBe(order === 'listed');
    },
  );

  it('every order is one of the resolvers, each at most once, whatever has happened', () => {
    const event = fc.record({
      resolver: fc.nat(3),
      client: fc.nat(2),
      what: fc.constantFrom('answered', 'silent', 'failed', 'final'),
      seconds: fc.nat(4000),
    });
    const orders = fc.constantFrom('rotate', 'sticky', 'penalty', 'score');
    fc.assert(
      fc.property(orders, fc.array(event, { maxLength: 80 }), (kind, events) => {
        const order = serverOrder(stub({ order: kind as 'sticky' }), 3, 4)!;
        let now = 0;
        for (const { resolver, client, what, seconds } of events) {
          now += seconds * SECOND;
          if (what === 'answered') order.answered(client, resolver, false, now);
          else order.disappointed(client, resolver, what as Disappointment, false, now);
          const list = [...order.begin(client, now, false)];
          expect(new Set(list).size).toBe(list.length);
          expect(list.length).toBeGreaterThan(0);
          expect(list.every((one) => one >= 0 && one < 4)).toBe(true);
          if (kind !== 'rotate' && order.isPlain(now)) expect(list).toEqual([0, 1, 2, 3]);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
