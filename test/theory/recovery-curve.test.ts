/**
 * The reference model: clients with a browser cache of at most 60 s over a cache of the operating system behind
 * resolvers with a TTL of 300 s; the primary endpoint dies at 1200 s, its record moves at 1225 s.
 *
 * Every cache passes on what is left, so a client holds the old address exactly as long as its resolver does, and a
 * request fails a time t after the move when the resolver's last fetch before the move lies less than T - t before
 * it. Fetches are a renewal process: a TTL, the query of 40 ms and its repeats, and the wait for the next of n
 * clients, exponential with mean 60 s/n; the first wait begins when the entry of the warm start expires, U(0, T). Its
 * density m(s) gives the share still failing: the integral of m from 1225 + t - T to 1225. In a resolver's long run
 * that is (T - t)/c, c the mean cycle, and the failed requests per client are λ(D + T²/2c).
 */
import { describe, expect, it } from 'vitest';
import { HOUR, MILLISECOND, SECOND } from '../../src/base/time.ts';
import type { PolicySpec, WorldSpec } from '../../src/model/spec.ts';
import {
  application,
  cacheRule,
  drill,
  FOLLOWS_TTL,
  playWorld,
  population,
  resolver,
  stub,
} from '../model/clients/population-world.ts';
import { CHECK, FAILOVER, fault, NETWORK, PRIMARY, SECONDARY } from '../model/world.ts';
import { expectNear, replicate } from './estimate.ts';

const [RESOLVERS, CLIENTS] = [1000, 20];
const [TTL, MEAN, DEATH, MOVE] = [300, 60, 1200, 1225];
const LOSS = 1 - 0.99 ** 2;
/** Mean length of a fetch: its round trip, and time-outs of 0.4 s before. */
const FETCH = 0.04 + (0.4 * LOSS) / (1 - LOSS);

function reference(parts: { readonly ttl?: number; readonly restarts?: boolean } = {}): WorldSpec {
  const { ttl = TTL, restarts = false } = parts;
  const capped = cacheRule({ mode: 'ttl', capSeconds: 60 });
  const policy: PolicySpec = { ...FAILOVER, ttl };
  const check = { ...CHECK, phase: 5 * SECOND };
  return drill({
    start: 'warm',
    duration: HOUR,
    network: { ...NETWORK, loss: 0.01, stubRoundTrip: 0, roundTrip: [[40, 40], [40, 40]].map((row) => row.map((ms) => ms * MILLISECOND)) }, // biome-ignore format: a matrix
    endpoints: [{ ...PRIMARY, check }, SECONDARY],
    policies: [policy],
    resolvers: [resolver({ count: RESOLVERS, options: { firstTimeoutMicros: 400 * MILLISECOND } })],
    populations: [
      population({
        count: RESOLVERS * CLIENTS,
        application: application({
          cache: restarts ? cacheRule({ mode: 'fixed', fixedSeconds: 60 }) : capped,
        }),
        stub: stub({ cache: FOLLOWS_TTL }),
      }),
    ],
    timeline: [
      fault({ kind: 'endpoint', endpoint: 0 }, { kind: 'down', mode: 'refused' }, { at: DEATH * SECOND }),
    ],
  });
}

/** Steps of a tenth of a second. */
const STEP = 0.1;

/** Fetches in each step, per resolver, by the renewal equation: each comes a wait after an expiry. */
function fetches(): Float64Array {
  const begins = 1 - Math.exp((-CLIENTS / MEAN) * STEP);
  const cycle = Math.round((TTL + FETCH) / STEP);
  const fetched = new Float64Array(Math.round(MOVE / STEP));
  let waiting = 0;
  for (let step = 0; step < fetched.length; step++) {
    waiting += step * STEP < TTL ? STEP / TTL : 0; // expiries of the warm start
    waiting += step >= cycle ? fetched[step - cycle]! : 0;
    fetched[step] = waiting * begins;
    waiting -= fetched[step]!;
  }
  return fetched;
}

/** Share of requests that fail in the ten seconds after DEATH + 10·bin. */
function expectedBins(bins: number): number[] {
  const density = fetches();
  const total = (from: number): number =>
    density.subarray(Math.max(0, Math.round(from / STEP))).reduce((sum, one) => sum + one, 0);
  const stale = (t: number): number => (t < 0 ? 1 : t >= TTL ? 0 : Math.min(1, total(MOVE + t - TTL)));
  // What clients hold is rounded up to whole seconds: half a second more.
  const failing = (at: number): number => stale(at - MOVE - 0.5);
  return Array.from({ length: bins }, (_, bin) => {
    const points = Array.from({ length: 20 }, (_, at) => failing(DEATH + 10 * bin + (at + 0.5) / 2));
    return points.reduce((sum, share) => sum + share, 0) / points.length;
  });
}

const BINS = 34;

/** Failing share by ten seconds after the death, then failed requests per client. */
function measured(spec: WorldSpec, seed: number, replications = 4): ReturnType<typeof replicate> {
  return replicate(replications, (replication) => {
    const { tally } = playWorld(spec, seed, replication).populations[0]!;
    expect(tally.bucket).toBe(10 * SECOND);
    const shares = Array.from({ length: BINS }, (_, bin) => {
      const [failed, served] = [tally.failed[DEATH / 10 + bin]!, tally.served[DEATH / 10 + bin]!];
      return failed / (failed + served);
    });
    const lost = tally.failed.reduce((sum, count) => sum + count, 0);
    return [...shares, lost / (RESOLVERS * CLIENTS)];
  });
}

describe('the recovery curve of the reference model', () => {
  it('agrees in every ten seconds, and in the failed requests per client', () => {
    const expected = expectedBins(BINS);
    const seen = measured(reference(), 1);
    for (let bin = 0; bin < BINS; bin++) {
      // Three standard errors of the 13,000 requests made in the ten seconds of four replications.
      expectNear(`ref-1 failing at +${10 * bin} s`, seen[bin]!.mean, expected[bin]!, 0.013);
    }
    const perClient = expected.reduce((sum, share) => sum + share, 0) * (10 / MEAN);
    expectNear('ref-1 failed requests per client', seen[BINS]!.mean, perClient, 0.01 * perClient);
  });

  it('is what the long run says: λ(D + T²/2c)', () => {
    const cycle = TTL + FETCH + MEAN / CLIENTS;
    const longRun = (MOVE - DEATH + TTL ** 2 / 2 / cycle) / MEAN;
    const perClient = expectedBins(BINS).reduce((sum, share) => sum + share, 0) * (10 / MEAN);
    expect(Math.abs(perClient / longRun - 1)).toBeLessThan(0.02);
  });

  it('is not that of half the TTL, nor of browsers that restart it (negative controls)', () => {
    const expected = expectedBins(BINS);
    const worst = (seen: ReturnType<typeof replicate>): number =>
      Math.max(...expected.map((share, bin) => Math.abs(seen[bin]!.mean - share)));
    expect(worst(measured(reference({ ttl: TTL / 2 }), 2, 1))).toBeGreaterThan(0.3);
    expect(worst(measured(reference({ restarts: true }), 3, 1))).toBeGreaterThan(0.05);
  });
});
