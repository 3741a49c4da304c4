/**
 * From the death of an endpoint to the last client that has moved, and faults that grow until a probe meets them.
 *
 * Fixed schedule of interval I, k failures, time-out τ, publication d, TTL T, clients always active: a client moves
 * after U(0,I) + (k-1)I + τ + d + U(0,T); the detection is one for all, the rest is each client's own. I = 30, k = 3,
 * τ = 4, d = 10, T = 60 s: mean 119, 95 % by 150.6, all by 164 s. m checkers probe once a round each; a round loses a
 * probe with chance f_i: seen after h rounds with chance 1 - Π (1-f_i)^m.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { CheckSpec, WorldSpec } from '../../src/model/spec.ts';
import { application, drill, observe, population, resolver } from '../model/clients/population-world.ts';
import {
  CHECK,
  FAILOVER,
  fault,
  HERE,
  NETWORK,
  outside,
  PRIMARY,
  play,
  SECONDARY,
  world,
} from '../model/world.ts';
import { agrees, estimate, expectAgreement, expectNear } from './estimate.ts';

const EAST = { kind: 'endpoint', endpoint: 0 } as const;
const SILENT = { kind: 'down', mode: 'silent' } as const;
const { phase: _, ...DRAWN } = CHECK;

describe('a failover as a whole', () => {
  const [interval, timeout, publish, ttl, death, every] = [30, 4, 10, 60, 100, 0.5];
  const least = 2 * interval + timeout + publish;

  function dying(parts: { readonly publish?: number } = {}): WorldSpec {
    const aggregation = (parts.publish ?? publish) * SECOND;
    const timing = { interval: interval * SECOND, timeout: timeout * SECOND, aggregation };
    const check: CheckSpec = { ...DRAWN, ...timing };
    return drill({
      start: 'warm',
      duration: (death + least + interval + ttl + 10) * SECOND,
      network: { ...NETWORK, roundTrip: [[0, 0], [0, 0]] }, // biome-ignore format: a matrix
      endpoints: [{ ...PRIMARY, check }, SECONDARY],
      policies: [{ ...FAILOVER, ttl }],
      resolvers: [resolver({ count: 20 })],
      populations: [
        population({
          count: 20,
          application: application({ connectTimeout: 0.2 * SECOND }),
          workload: { kind: 'periodic', every: every * SECOND },
        }),
      ],
      timeline: [fault(EAST, SILENT, { at: death * SECOND })],
    });
  }

  /** Seconds from the death until each client has moved, one list for each replication. */
  function moves(spec: WorldSpec, replications: number): number[][] {
    return Array.from({ length: replications }, (_unused, replication) => {
      const last = new Map<number, number>();
      for (const { at, client, cause } of observe(spec, 21, replication).seen) {
        if (cause !== '') last.set(client, at);
      }
      expect(last.size).toBe(20);
      // The first request that went well came half a period after the move, on average, the last failed one before it.
      return [...last.values()].map((at) => at / SECOND + every / 2 - death);
    });
  }

  const seen = moves(dying(), 400);
  const all = seen.flat().sort((a, b) => a - b);
  const means = (lists: readonly number[][]): number[] => lists.map((times) => estimate(times).mean);

  it('mean 119 s, of which the check takes 79 and the TTL 30', () => {
    expectAgreement('F14 failover, mean', estimate(means(seen)), least + interval / 2 + ttl / 2);
    const atOnce = estimate(means(moves(dying({ publish: 0 }), 60)));
    expectAgreement('F14 failover, published at once', atOnce, least - publish + interval / 2 + ttl / 2);
    expect(agrees(atOnce, 119)).toBe(false);
  });

  it('nobody before 74 s, 95 % by 150.6 s, all by 164 s', () => {
    expect(all[0]).toBeGreaterThan(least - 1);
    expect(all[all.length - 1]).toBeLessThan(least + interval + ttl + 1);
    // The sum of U(0,30) and U(0,60) leaves 5 % above 90 - √(0.1·30·60). Clients share the detection: 400 samples.
    const late = least + interval + ttl - Math.sqrt(0.1 * interval * ttl);
    expectNear('F14 failover, 95 %', all[Math.ceil(0.95 * all.length) - 1]!, late, 2);
  });
});

describe('a fault that grows', () => {
  const [round, replications] = [10, 3000];
  const growing = [0.02, 0.05, 0.1, 0.2];

  function seenBy(checkers: number, rounds: number, losses: readonly number[]): number {
    const timeline = losses.map((loss, at) =>
      fault(EAST, { kind: 'lossy', loss }, { at: at * round * SECOND, until: (at + 1) * round * SECOND }),
    );
    const regions = Array.from({ length: checkers }, () => HERE);
    const check = { ...DRAWN, interval: round * SECOND, timeout: SECOND, failures: 1, regions };
    const spec = world({
      network: { ...NETWORK, roundTrip: [[0, 0], [0, 0]] }, // biome-ignore format: a matrix
      endpoints: [{ ...PRIMARY, check }, SECONDARY],
      policies: [FAILOVER],
      timeline,
    });
    let found = 0;
    for (let replication = 0; replication < replications; replication++) {
      const { reactions } = play(outside(spec, 20, replication), rounds * round * SECOND + SECOND);
      if (reactions.some(({ stage }) => stage === 'detect')) found++;
    }
    return found / replications;
  }

  const expected = (checkers: number, losses: readonly number[]): number =>
    1 - losses.reduce((unseen, loss) => unseen * (1 - loss) ** checkers, 1);

  test.each([
    [1, 4],
    [3, 2],
    [3, 4],
  ])('%d checkers, %d rounds', (checkers, rounds) => {
    const losses = growing.slice(0, rounds);
    const share = expected(checkers, losses);
    const error = 3 * Math.sqrt((share * (1 - share)) / replications);
    expectNear(`F20 seen, m=${checkers} h=${rounds}`, seenBy(checkers, rounds, losses), share, error);
    // Negative control: one checker more or less does not fit.
    expect(Math.abs(expected(checkers + 1, losses) - share)).toBeGreaterThan(error);
  });

  it('without a fault nothing is seen (negative control)', () => {
    expect(seenBy(3, 4, [])).toBe(0);
  });
});
