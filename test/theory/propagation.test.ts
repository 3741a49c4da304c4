/**
 * How long an old address lives on after a record change, T its TTL, t the time since.
 *
 * One cache, clients always active: stale(t) = 1 - t/T, mean T/2, 95 % by 0.95 T. Asked with rate λ: λ(T-t)/(1+λT);
 * the first query is stale with probability h (1 - (1-e^-λT)/λT), h = λT/(1+λT). Layers that restart the TTL add up:
 * U(0,T1) + U(0,T2), so with equal T 1 - t²/2T² and then (2T-t)²/2T², mean (T1+T2)/2, 95 % by T1+T2-√(0.1 T1 T2).
 * Layers that pass on what is left never exceed T, a floor m adds at most m. A TTL lowered from T0 a time w before
 * leaves max(0, 1 - w/T0) of the caches with the old TTL.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import type { World } from '../../src/model/world.ts';
import {
  application,
  cacheRule,
  drill,
  FOLLOWS_TTL,
  fixedCache,
  moveAddress,
  OLD_ENDPOINT,
  observe,
  playWorld,
  population,
  resolver,
  stub,
} from '../model/clients/population-world.ts';
import { change, fault, rrset } from '../model/world.ts';
import { expectAgreement, expectDisagreement, expectNear, replicate } from './estimate.ts';

/** Share of requests answered with the old address, in `bins` equal parts of the time after the change. */
function staleShares(
  spec: WorldSpec,
  changeAt: number,
  width: number,
  bins: number,
  replication: number,
): number[] {
  const stale = new Array<number>(bins).fill(0);
  const all = new Array<number>(bins).fill(0);
  for (const { at, outcome } of observe(spec, 1, replication).seen) {
    const bin = Math.floor((at / SECOND - changeAt) / width);
    if (bin < 0 || bin >= bins) continue;
    all[bin]! += 1;
    if (outcome === 'served-old') stale[bin]! += 1;
  }
  return stale.map((count, bin) => count / all[bin]!);
}

const TTL = 300;

describe('one cache, always active', () => {
  const spec = drill({
    start: 'warm',
    duration: 320 * SECOND,
    resolvers: [resolver({ count: 200 })],
    populations: [population({ count: 200, workload: { kind: 'poisson', every: 10 * SECOND } })],
    timeline: [moveAddress(0)],
  });

  it('stale(t) = 1 - t/T', () => {
    const shares = replicate(20, (replication) => staleShares(spec, 0, 50, 6, replication));
    shares.forEach((share, bin) => {
      expectAgreement(`F5a stale(${bin * 50 + 25})`, share, 1 - (bin * 50 + 25) / TTL, 0.1);
      expectDisagreement('F5a with T = 400', share, 1 - (bin * 50 + 25) / 400);
    });
  });

  it('mean T/2, 95 % by 0.95 T', () => {
    const { populations } = playWorld(switched(spec, 10, { kind: 'periodic', every: SECOND }), 2);
    const times = recoveries(populations[0]!, 10);
    // The next of the polls, one a second: up to a second later, and those quickest of all notice nothing.
    expectNear('F5a mean', mean(times), TTL / 2 + 0.75, 0.005 * TTL);
    expectNear('F5a 95 %', quantile(times, 0.95), 0.95 * TTL + 0.5, 0.005 * TTL);
    expect(Math.max(...times)).toBeLessThanOrEqual(TTL + 1.1);
  });
});

/** The same world with the old address dead from the change on. */
function switched(
  spec: WorldSpec,
  at: number,
  workload: WorldSpec['populations'][number]['workload'],
): WorldSpec {
  const dead = fault(OLD_ENDPOINT, { kind: 'down', mode: 'refused' }, { at: at * SECOND });
  const populations = spec.populations.map((one) => ({ ...one, workload }));
  return { ...spec, populations, timeline: [dead, moveAddress(at * SECOND)] };
}

/** Seconds from the fault to recovery, of all clients that noticed. */
function recoveries({ recoveredAt, brokenSince }: World['populations'][number], at: number): number[] {
  expect(brokenSince.every((since) => since === 0)).toBe(true);
  return [...recoveredAt].filter((time) => time > 0).map((time) => time / SECOND - at);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;
}

describe('one cache, asked now and then', () => {
  const at = 1800;
  const lambda = 1 / TTL;
  const count = 700;
  const spec = drill({
    duration: 2100 * SECOND,
    resolvers: [resolver({ count })],
    populations: [population({ count, workload: { kind: 'poisson', every: TTL * SECOND } })],
    timeline: [moveAddress(at * SECOND)],
  });

  it('stale(t) = λ(T-t)/(1+λT); the first query h (1 - (1-e^-λT)/λT)', () => {
    const [early, middle, late, first] = replicate(20, (replication) => {
      const asked = new Set<number>();
      let stale = 0;
      for (const { at: madeAt, client, outcome } of observe(spec, 3, replication).seen) {
        if (madeAt < at * SECOND || asked.has(client)) continue;
        asked.add(client);
        if (outcome === 'served-old') stale += 1;
      }
      return [...staleShares(spec, at, 100, 3, replication), stale / count];
    });
    const expected = (t: number): number => (lambda * (TTL - t)) / (1 + lambda * TTL);
    expectAgreement('F5b stale(50), λT=1', early!, expected(50), 0.03);
    expectAgreement('F5b stale(150)', middle!, expected(150), 0.06);
    expectAgreement('F5b stale(250)', late!, expected(250), 0.1);
    expectAgreement('F5b first query stale', first!, 0.5 * Math.exp(-1), 0.03);
    expectDisagreement('F5b as if always active', early!, 1 - 50 / TTL);
  });
});

describe('layers that restart the TTL', () => {
  const STRATA = 16;

  /** Clients fill their cache within their first period; the change is put at every phase of it in turn. */
  function layered(t1: number, t2: number): { times: number[]; failing: (t: number) => number } {
    const every = t2 / STRATA;
    const runs = Array.from({ length: STRATA }, (_, stratum) => {
      const at = every * (stratum + 1);
      const base = drill({
        ttl: t1,
        start: 'warm',
        duration: (at + t1 + t2 + 20) * SECOND,
        resolvers: [resolver({ count: 250, backgroundRate: 2 })],
        populations: [population({ count: 250, application: application({ cache: fixedCache(t2) }) })],
      });
      const spec = switched(base, at, { kind: 'periodic', every: every * SECOND });
      const { world, seen } = observe(spec, 4, stratum);
      const requests = seen.map(({ at: madeAt, cause }) => [madeAt / SECOND - at, cause !== ''] as const);
      return { requests, times: recoveries(world.populations[0]!, at) };
    });
    const requests = runs.flatMap((run) => run.requests);
    // What a client's last poll gave it is what it holds at t.
    const failing = (t: number): number => {
      const last = requests.filter(([after]) => after > t - every && after <= t);
      return last.filter(([, failed]) => failed).length / last.length;
    };
    return { times: runs.flatMap(({ times }) => times), failing };
  }

  it('two of 100 s: 1 - t²/2T², then (2T-t)²/2T²; mean T, 95 % by 2T - T√0.1', () => {
    const { times, failing } = layered(100, 100);
    // A resolver that is asked twice a second is without an entry for 0.5 % of the time.
    for (const t of [25, 50, 75, 100])
      expectNear(`F5c stale(${t})`, failing(t), 1 - (t / 100) ** 2 / 2, 0.008);
    for (const t of [125, 150, 175]) expectNear(`F5c stale(${t})`, failing(t), (2 - t / 100) ** 2 / 2, 0.008);
    expect(Math.abs(failing(50) - 0.5)).toBeGreaterThan(0.3);
    expectNear('F5c mean, 100 and 100', mean(times), 100, 1);
    expectNear('F5c 95 %, 100 and 100', quantile(times, 0.95), 200 - 100 * Math.sqrt(0.1), 1.5);
    expect(Math.max(...times)).toBeLessThanOrEqual(201);
  });

  it('50 s and 100 s: mean 75 s, 95 % by 150 - √500 s', () => {
    const { times } = layered(50, 100);
    expectNear('F5c mean, 50 and 100', mean(times), 75, 0.75);
    expectNear('F5c 95 %, 50 and 100', quantile(times, 0.95), 150 - Math.sqrt(500), 1.5);
    expect(Math.max(...times)).toBeLessThanOrEqual(151);
  });
});

describe('layers that pass on what is left', () => {
  /** When the last of the requests that failed was made, seconds after the change. */
  function lastFailure(parts: Parameters<typeof population>[0]): number {
    const base = drill({
      ttl: 100,
      start: 'warm',
      duration: 320 * SECOND,
      resolvers: [resolver({ count: 300, backgroundRate: 2 })],
      populations: [population({ count: 300, ...parts })],
    });
    const { populations } = playWorld(switched(base, 50, { kind: 'poisson', every: 10 * SECOND }), 5);
    return populations[0]!.lastFailureAt / SECOND - 50;
  }
  const honest = application({ cache: FOLLOWS_TTL });
  const floor = application({ cache: cacheRule({ mode: 'ttl', floorSeconds: 60 }) });
  const fixed = application({ cache: fixedCache(100) });
  // TTLs are whole seconds, rounded up by the resolver.
  const rows: [what: string, parts: Parameters<typeof population>[0], from: number, to: number][] = [
    ['none', {}, 90, 100],
    ['operating system', { stub: stub({ cache: FOLLOWS_TTL }) }, 90, 101],
    ['operating system, application', { stub: stub({ cache: FOLLOWS_TTL }), application: honest }, 90, 101],
    ['an application with a floor of 60 s', { application: floor }, 130, 160],
    ['a fixed application cache of 100 s (negative control)', { application: fixed }, 160, 200],
  ];
  test.each(rows)('%s', (what, parts, from, to) => {
    expectNear(`F5d last, ${what}`, lastFailure(parts), (from + to) / 2, (to - from) / 2);
  });
});

describe('a TTL lowered before the change', () => {
  const [longer, shorter, lowerAt] = [300, 30, 60];
  test.each([0, 100, 200, 300])('%d s before', (wait) => {
    const at = lowerAt + wait;
    const spec = drill({
      ttl: longer,
      start: 'warm',
      duration: (at + 100) * SECOND,
      resolvers: [resolver({ count: 500, backgroundRate: 0.5 })],
      populations: [population({ count: 500, workload: { kind: 'poisson', every: 5 * SECOND } })],
      timeline: [
        change(lowerAt * SECOND, { put: [rrset(`app.example.com. ${shorter} A 203.0.113.10`)] }, 'lower'),
        moveAddress(at * SECOND, shorter),
      ],
    });
    const world = playWorld(spec, 6, 0, at * SECOND);
    const old = world.cells.filter(({ pools }) => {
      const entries = [...pools[0]!.fragments[0]!.state.cache.entries()];
      return entries.some((entry) => entry.ttlSeconds === longer && entry.expiresAt > at * SECOND);
    });
    expectNear(`F5f old TTL, w=${wait}`, old.length / 500, Math.max(0, 1 - wait / longer), 0.02);
    const stale = staleShares(spec, at + shorter, 30, 1, 0)[0]!;
    expectNear(`F5f stale, w=${wait}`, stale, Math.max(0, 1 - (wait + 45) / longer), 0.02);
    if (wait === longer) expect(stale).toBe(0);
  });
});
