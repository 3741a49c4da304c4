/** Stubs that remember their resolvers take the fast path only while nobody deviates from the listed order. */
import { describe, expect, test } from 'vitest';
import { World } from '../../../../src/model/world.ts';
import { fault } from '../../world.ts';
import { drill, population, resolver, SECOND, schedule, stub } from '../population-world.ts';

const ONE_AFTER_THE_OTHER = schedule('1 at 0s, 2 at 1s, give up at 5s');

/** Queries of each resolver: the first is silent for ten seconds, and both know the answer throughout. */
function queries(order: 'listed' | 'sticky' | 'penalty', observed: boolean): readonly number[] {
  const spec = drill({
    start: 'warm',
    ttl: 10_000,
    duration: 100 * SECOND,
    resolvers: [resolver({ name: 'first' }), resolver({ name: 'second' })],
    populations: [
      population({
        count: 50,
        stub: stub({ order, schedules: [ONE_AFTER_THE_OTHER, ONE_AFTER_THE_OTHER, ONE_AFTER_THE_OTHER] }),
        resolvers: [{ share: 1, resolvers: [0, 1] }],
        workload: { kind: 'poisson', every: SECOND },
      }),
    ],
    timeline: [
      fault(
        { kind: 'resolver', resolver: 0 },
        { kind: 'down', mode: 'silent' },
        { at: 10 * SECOND, until: 20 * SECOND },
      ),
    ],
  });
  const world = new World(spec, 1, 0, observed ? { observer: () => {} } : {});
  world.runUntil(spec.duration);
  return world.loads.map((load) => load.queries.reduce((sum, count) => sum + count, 0));
}

describe('counted or played one by one, the queries are the same', () => {
  test.each(['listed', 'sticky', 'penalty'] as const)('%s', (order) => {
    expect(queries(order, false)).toEqual(queries(order, true));
  });

  // About 5000 requests, 500 of them during the outage.
  test.each([
    ['listed', [4300, 4800], [400, 700]],
    ['penalty', [1200, 2000], [3000, 3800]], // 60 s behind the other
    ['sticky', [400, 700], [4300, 4800]], // for good
  ] as const)('%s: the first resolver gets %j of them, the second %j', (order, first, second) => {
    const counts = queries(order, false);
    for (const [at, [least, most]] of [first, second].entries()) {
      expect(counts[at]).toBeGreaterThanOrEqual(least);
      expect(counts[at]).toBeLessThanOrEqual(most);
    }
  });
});
