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
import type { Resolver } from '../../src/dns/resolve/resolver.ts';
import type { ChangeSpec, EffectSpec, WorldSpec } from '../../src/model/spec.ts';
import type { World } from '../../src/model/world.ts';
import { drill, observe, playWorld, population, resolver } from '../model/clients/population-world.ts';
import { fault, name, provider, question, rrset } from '../model/world.ts';
import { expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;
const COUNT = 160;
const LIE: EffectSpec = { kind: 'wrong-record', rrset: rrset('app.example.com. 300 A 192.0.2.66') };
const EMPTY: EffectSpec = { kind: 'empty-zone' };

const [TTL, ASKED] = [300, 0.6];

/** Resolvers asked 0.6 times a second, their servers spoiled for the first `length` seconds. */
function spoiled(length: number, effect: EffectSpec, more: readonly ChangeSpec[] = []): WorldSpec {
  return drill({
    start: 'warm',
    duration: (length + 320) * SECOND,
    resolvers: [resolver({ count: COUNT, backgroundRate: ASKED - 0.1 })],
    populations: [population({ count: COUNT, workload: { kind: 'poisson', every: 10 * SECOND } })],
    timeline: [fault(EDGE, effect, { at: 0, until: length * SECOND }), ...more],
  });
}

/** Share of the resolvers that hold bad data so many seconds after the end of the fault. */
function poisoned(spec: WorldSpec, length: number, times: readonly number[]): ReturnType<typeof replicate> {
  return replicate(20, (replication) => {
    const world = playWorld(spec, 6, replication, 0);
    return times.map((time) => {
      const now = (length + time) * SECOND;
      world.runUntil(now);
      const bad = world.cells.filter(({ pools }) => isBad(pools[0]!.fragments[0]!, now));
      return bad.length / COUNT;
    });
  });
}

/** Whether a resolver would answer with the lie, or that there is no such name. */
function isBad(cache: Resolver, now: number): boolean {
  const answer = cache.peek(question('app.example.com. A'), now);
  const [first] = answer?.answer[0]?.rdata ?? [];
  return answer?.rcode === 'NXDOMAIN' || first?.text === '192.0.2.66';
}

describe('bad data', () => {
  /** A resolver learns the bad data 1/λ after its entry has expired. */
  const fresh = (length: number, t: number): number => Math.min(length - 1 / ASKED, TTL - t) / TTL;

  test.each([100, 200])('served for %d s', (length) => {
    const times = [10, 90, 150, 250];
    const seen = poisoned(spoiled(length, LIE), length, times);
    times.forEach((t, at) => {
      expectAgreement(`F9 poisoned(${t}), b=${length}`, seen[at]!, fresh(length, t));
    });
    expectDisagreement('F9 as if it had lasted 300 s', seen[0]!, fresh(TTL, 10));
  });

  it('breaks the requests of that share of the clients', () => {
    const [early, late] = replicate(20, (replication) => {
      const { seen } = observe(spoiled(200, LIE), 2, replication);
      return [50, 200].map((time) => {
        const near = seen.filter(({ at }) => Math.abs(at / SECOND - 200 - time) < 30);
        return near.filter(({ outcome }) => outcome === 'hijacked').length / near.length;
      });
    });
    expectAgreement('F9 requests hijacked at 50, b=200', early!, fresh(200, 50), 0.03);
    expectAgreement('F9 requests hijacked at 200, b=200', late!, fresh(200, 200), 0.03);
  });

  it('ends at T', () => {
    expect(poisoned(spoiled(100, LIE), 100, [301])[0]!.mean).toBe(0);
  });

  it('flushed in 40 % of the resolvers', () => {
    const change = { kind: 'flush', share: 0.4 } as const;
    const flush: ChangeSpec = { kind: 'change', label: 'flush', at: 130 * SECOND, change };
    const [before, after, late] = poisoned(spoiled(100, LIE, [flush]), 100, [20, 100, 250]);
    expectAgreement('F9 before the flush', before!, fresh(100, 20));
    expectAgreement('F9 after a flush of 40 %', after!, 0.6 * fresh(100, 100), 0.03);
    expectAgreement('F9 long after it', late!, 0.6 * fresh(100, 250), 0.05);
  });

  it('asked now and then: min(b, T-t)/(T+1/λ)', () => {
    const [from, length, idle] = [1800, 100, TTL];
    const spec = drill({
      duration: (from + length + 300) * SECOND,
      resolvers: [resolver({ count: COUNT })],
      populations: [population({ count: COUNT, workload: { kind: 'poisson', every: idle * SECOND } })],
      timeline: [fault(EDGE, LIE, { at: from * SECOND, until: (from + length) * SECOND })],
    });
    const [early, late] = poisoned(spec, from + length, [50, 250]);
    expectAgreement('F9 poisoned(50), λT=1', early!, length / (TTL + idle), 0.06);
    expectAgreement('F9 poisoned(250), λT=1', late!, (TTL - 250) / (TTL + idle), 0.1);
    expectDisagreement('F9 as if always active', early!, length / TTL);
  });

  it('a negative answer of 30 s', () => {
    const [early, middle, late] = poisoned(spoiled(20, EMPTY), 20, [5, 20, 31]);
    expectAgreement('F9 NXDOMAIN, poisoned(5)', early!, fresh(20, 5), 0.05);
    expectAgreement('F9 NXDOMAIN, poisoned(20)', middle!, (30 - 20) / TTL, 0.1);
    expectDisagreement('F9 with the TTL of the data', middle!, fresh(20, 20));
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
