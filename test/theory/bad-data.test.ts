/**
 * Wrong answers that were cached, and servers that lie or choke.
 *
 * Bad data served for b <= T: share poisoned a time t after the end min(b, T-t)/T, after a flush of a share x times
 * 1-x; bad negative data of TTL N: min(b, N-t)/T for b <= N. One of n servers wrong, picked with chance q: broken in
 * the long run qN/(qN+(1-q)T), per request q(1+λN)/(q(1+λN)+(1-q)(1+λT)). Capacity C under a flood A and λ0 look-ups
 * of at most n sends: p = 1 - C/(A+λ0 E(p)), E(p) = (1-p^n)/(1-p).
 */
import { describe, expect, it, test } from 'vitest';
import { HOUR, SECOND } from '../../src/base/time.ts';
import type { ChangeSpec, EffectSpec, WorldSpec } from '../../src/model/spec.ts';
import type { World } from '../../src/model/world.ts';
import { drill, observe, playWorld, population, resolver } from '../model/clients/population-world.ts';
import { fault, name, provider, rrset } from '../model/world.ts';
import { expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;
const COUNT = 160;
const LIE: EffectSpec = { kind: 'wrong-record', rrset: rrset('app.example.com. 300 A 192.0.2.66') };
const EMPTY: EffectSpec = { kind: 'empty-zone' };

/** Share of broken requests around each time (seconds after the end of the fault), the fault lasting `length`. */
function poisoned(
  length: number,
  effect: EffectSpec,
  times: readonly number[],
  parts: Parameters<typeof drill>[0] = {},
): ReturnType<typeof replicate> {
  const spec = drill({
    start: 'warm',
    duration: (length + 320) * SECOND,
    resolvers: [resolver({ count: COUNT, backgroundRate: 0.5 })],
    populations: [population({ count: COUNT, workload: { kind: 'poisson', every: 10 * SECOND } })],
    timeline: [fault(EDGE, effect, { at: 0, until: length * SECOND })],
    ...parts,
  });
  return replicate(20, (replication) => {
    const { seen } = observe(spec, 1, replication);
    return times.map((time) => {
      const near = seen.filter(({ at }) => Math.abs(at / SECOND - length - time) < 5);
      return near.filter(({ cause }) => cause !== '').length / near.length;
    });
  });
}

describe('bad data', () => {
  const TTL = 300;
  /** A resolver is asked 0.6 times a second, so it learns the bad data 1/0.6 s after its entry has expired. */
  const fresh = (length: number, t: number): number => Math.min(length - 1 / 0.6, TTL - t) / TTL;

  test.each([100, 200])('served for %d s', (length) => {
    const times = [10, 90, 150, 250];
    const seen = poisoned(length, LIE, times);
    times.forEach((t, at) => {
      expectAgreement(`F9 poisoned(${t}), b=${length}`, seen[at]!, fresh(length, t), 0.1);
    });
    expectDisagreement('F9 as if it had lasted 300 s', seen[0]!, fresh(TTL, 10));
  });

  it('ends at T', () => {
    expect(poisoned(100, LIE, [310])[0]!.mean).toBe(0);
  });

  it('flushed in 40 % of the resolvers', () => {
    const flush: ChangeSpec = {
      kind: 'change',
      label: 'flush',
      at: 130 * SECOND,
      change: { kind: 'flush', share: 0.4 },
    };
    const timeline = [fault(EDGE, LIE, { at: 0, until: 100 * SECOND }), flush];
    const [before, after, late] = poisoned(100, LIE, [20, 100, 250], { timeline });
    expectAgreement('F9 before the flush', before!, fresh(100, 20), 0.1);
    expectAgreement('F9 after a flush of 40 %', after!, 0.6 * fresh(100, 100), 0.1);
    expectAgreement('F9 long after it', late!, 0.6 * fresh(100, 250), 0.15);
  });

  it('a negative answer of 30 s', () => {
    const [early, middle, late] = poisoned(20, EMPTY, [0, 20, 60]);
    expectAgreement('F9 NXDOMAIN, poisoned(20)', middle!, (30 - 20) / TTL, 0.2);
    expectDisagreement('F9 with the TTL of the data', middle!, fresh(20, 20));
    expect(early!.mean).toBeGreaterThan(middle!.mean);
    expect(late!.mean).toBe(0);
  });
});

describe('one wrong server of many', () => {
  const [ttl, negative] = [300, 30];
  function broken(servers: number, lambda: number): ReturnType<typeof replicate> {
    const addresses = Array.from({ length: servers }, (_, at) => `192.0.2.${at + 1}`);
    const spec = drill({
      ttl,
      duration: 25 * HOUR,
      providers: [provider({ count: servers })],
      resolvers: [
        resolver({
          count: 4,
          options: {
            configuredZones: [{ zone: name('example.com.'), mode: 'stub', addresses, fallback: false }],
            selection: { id: 'uniform' },
          },
        }),
      ],
      populations: [population({ count: 4, workload: { kind: 'poisson', every: SECOND / lambda } })],
      timeline: [fault({ kind: 'server', provider: 0, server: 1 }, EMPTY, { at: 0 })],
    });
    return replicate(16, (replication) => {
      const { served, failed } = playWorld(spec, 2, replication).populations[0]!.tally;
      const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
      return [sum(failed) / (sum(failed) + sum(served))];
    });
  }
  const share = (q: number, lambda: number): number => {
    const [no, yes] = [q * (1 + lambda * negative), (1 - q) * (1 + lambda * ttl)];
    return no / (no + yes);
  };

  test.each([2, 4])('of %d', (servers) => {
    const [seen] = broken(servers, 0.2);
    const q = 1 / servers;
    expectAgreement(`F10 one of ${servers} wrong, λN=6`, seen!, share(q, 0.2), 0.05);
    // The form for λN large, where the extra request of each fetch does not matter, is within a twentieth.
    const long = (q * negative) / (q * negative + (1 - q) * ttl);
    expect(Math.abs(share(q, 0.2) / long - 1)).toBeLessThan(0.2);
    expectDisagreement('F10 as the share of servers', seen!, q);
  });
});

describe('too much load for the capacity', () => {
  const [capacity, lookups, sends] = [200, 100, 3];
  const spent = (p: number): number => (1 - p ** sends) / (1 - p);
  function fixedPoint(flood: number): number {
    let p = 0.9;
    for (let round = 0; round < 1000; round++) p = Math.max(0, 1 - capacity / (flood + lookups * spent(p)));
    return p;
  }
  function flooded(flood: number): WorldSpec {
    const [server] = provider().servers;
    const servers = [{ ...server!, sites: [{ region: 0, capacity }] }];
    return drill({
      ttl: 0,
      duration: 60 * SECOND,
      providers: [provider({ servers })],
      resolvers: [
        resolver({
          count: 20,
          options: {
            joinQueries: false,
            firstTimeoutMicros: 2 * SECOND,
            sendsPerServer: sends,
            failureSeconds: { first: 0, factor: 1, maximum: 0 },
          },
        }),
      ],
      populations: [population({ count: 20, workload: { kind: 'poisson', every: (20 * SECOND) / lookups } })],
      timeline: [fault(EDGE, { kind: 'flood', perSecond: flood }, { at: 0 })],
    });
  }

  /** Requests made from `from` on up to `to`, seconds: how many failed, and how many there were. */
  function count(world: World, from: number, to: number): { readonly failed: number; readonly all: number } {
    const { failed, served } = world.populations[0]!.tally;
    const sum = (counts: Float64Array): number =>
      counts.subarray(from, to).reduce((total, one) => total + one, 0);
    return { failed: sum(failed), all: sum(failed) + sum(served) };
  }

  test.each([500, 900])('flood of %d/s at a capacity of 200/s', (flood) => {
    const [lost, sent] = replicate(16, (replication) => {
      const world = playWorld(flooded(flood), 3, replication, 20 * SECOND);
      const before = world.outside.load()[0]!.queries;
      world.runUntil(50 * SECOND);
      const queries = world.outside.load()[0]!.queries - before;
      world.runUntil(60 * SECOND); // to the end of those made before
      const { failed, all } = count(world, 20, 50);
      return [failed / all, queries / all];
    });
    const p = fixedPoint(flood);
    expectAgreement(`F12 look-ups lost, A=${flood}`, lost!, p ** sends);
    expectAgreement(`F12 sends per look-up, A=${flood}`, sent!, spent(p));
    expectDisagreement('F12 without retries', lost!, 1 - capacity / (flood + lookups));
  });

  it('without a flood nothing is lost (negative control)', () => {
    const { tally } = playWorld(flooded(0), 3).populations[0]!;
    expect(tally.failed.every((count) => count === 0)).toBe(true);
  });
});
