/**
 * A resolver with W places for look-ups under way, each held for τ seconds: of Poisson requests at rate λ the share
 * that finds no place is Erlang's B(λτ, W) = (a^W/W!) / Σ a^k/k!, a = λτ, whatever the distribution of τ.
 */
import { describe, expect, it, test } from 'vitest';
import { HOUR, SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { drill, observe, population, resolver } from '../model/clients/population-world.ts';
import { fault } from '../model/world.ts';
import { expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const [HOLDS, SENDS] = [4, 2];
const RESOLVERS = 4;

/** Silent servers: each look-up takes two sends of two seconds. */
function busy(load: number, places: number | undefined, hours: number): WorldSpec {
  return drill({
    duration: hours * HOUR,
    resolvers: [
      resolver({
        count: RESOLVERS,
        options: {
          firstTimeoutMicros: (HOLDS / SENDS) * SECOND,
          sendsPerServer: SENDS,
          joinQueries: false,
          failureSeconds: { first: 0, factor: 1, maximum: 0 },
          maximumOutstanding: places,
        },
      }),
    ],
    populations: [
      population({ count: RESOLVERS, workload: { kind: 'poisson', every: (HOLDS / load) * SECOND } }),
    ],
    timeline: [
      fault({ kind: 'plane', provider: 0, plane: 'edge' }, { kind: 'down', mode: 'silent' }, { at: 0 }),
    ],
  });
}

function erlangB(load: number, places: number): number {
  let blocked = 1;
  for (let place = 1; place <= places; place++) blocked = (load * blocked) / (place + load * blocked);
  return blocked;
}

/** Share of requests that were turned away at once. */
function turnedAway(spec: WorldSpec): ReturnType<typeof replicate> {
  return replicate(16, (replication) => {
    const { seen } = observe(spec, 19, replication);
    return [seen.filter(({ latency }) => latency < SECOND).length / seen.length];
  });
}

describe('more look-ups than places', () => {
  test.each([
    [2, 3, 1],
    [6, 4, 0.25],
  ])('λτ = %d, %d places', (load, places, hours) => {
    const [share] = turnedAway(busy(load, places, hours));
    expectAgreement(`F19 turned away, a=${load} W=${places}`, share!, erlangB(load, places));
    expectDisagreement('F19 with one place more', share!, erlangB(load, places + 1));
  });

  it('with places for all nobody is turned away (negative control)', () => {
    expect(turnedAway(busy(2, undefined, 0.05))[0]!.mean).toBe(0);
  });
});
