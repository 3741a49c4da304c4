/**
 * Closed forms for the time until a health check notices, and for false trips.
 *
 * Interval I, k consecutive failures, time-out t, phase of each checker uniform: with a fixed schedule detection
 * takes U(0, I) + (k-1)I + t; with the interval counted from the response U(0, I) + (k-1)(I + t) + t; for r of n
 * checkers U(0, I) becomes its r-th order statistic, with mean Ir/(n+1) and the variance of I·Beta(r, n+1-r).
 * With probes lost at chance p, n probes hold p^k (1 + (n-k)(1-p)) runs of at least k losses on average; for small
 * p that is the familiar p^k per probe. Every bound below is three standard errors.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { CheckSpec, EffectSpec, FaultSpec, WorldSpec } from '../../src/model/spec.ts';
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

const REPLICATIONS = 4000;
const INTERVAL = 30;
const TIMEOUT = 4;
const BEGIN = 100;

const BASE = world({ network: { ...NETWORK, roundTrip: [[0, 0], [0, 0]] } }); // biome-ignore format: a matrix

function checked(check: Partial<CheckSpec>, timeline: readonly FaultSpec[]): WorldSpec {
  const { phase: _, ...drawn } = CHECK;
  const timing = { interval: INTERVAL * SECOND, timeout: TIMEOUT * SECOND, ...check };
  const endpoints = [{ ...PRIMARY, check: { ...drawn, ...timing } }, SECONDARY];
  return { ...BASE, endpoints, policies: [FAILOVER], timeline };
}

const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const EAST = { kind: 'endpoint', endpoint: 0 } as const;

/** Seconds from the beginning (or the end) of a fault until the check says so, over all replications. */
function delays(check: Partial<CheckSpec>, stage: 'failure' | 'recovery' = 'failure'): number[] {
  const until = stage === 'failure' ? Number.POSITIVE_INFINITY : BEGIN * SECOND;
  const at = stage === 'failure' ? BEGIN * SECOND : 0;
  const spec = checked(check, [fault(EAST, SILENT, { at, until })]);
  return Array.from({ length: REPLICATIONS }, (_, replication) => {
    const { reactions } = play(outside(spec, 14, replication), 2 * BEGIN * SECOND + 200 * SECOND);
    const detections = reactions.filter((reaction) => reaction.stage === 'detect');
    return detections[stage === 'failure' ? 0 : 1]!.at / SECOND - BEGIN;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const UNIFORM_DEVIATION = INTERVAL / Math.sqrt(12);
const threeErrors = (deviation: number): number => (3 * deviation) / Math.sqrt(REPLICATIONS);

describe('one checker', () => {
  const rows: [mode: CheckSpec['intervalFrom'], k: number, fixed: number][] = [
    ['schedule', 1, TIMEOUT],
    ['schedule', 3, 2 * INTERVAL + TIMEOUT],
    ['response', 1, TIMEOUT],
    ['response', 3, 2 * (INTERVAL + TIMEOUT) + TIMEOUT],
  ];
  test.each(rows)('interval from %s, %d failures: U(0, I) + %d s', (intervalFrom, failures, fixed) => {
    const seen = delays({ intervalFrom, failures });
    expect(Math.abs(mean(seen) - (fixed + INTERVAL / 2))).toBeLessThan(threeErrors(UNIFORM_DEVIATION));
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(fixed);
    expect(Math.max(...seen)).toBeLessThanOrEqual(fixed + INTERVAL);
    const late = seen.filter((delay) => delay > fixed + 0.9 * INTERVAL).length / REPLICATIONS;
    expect(Math.abs(late - 0.1)).toBeLessThan(threeErrors(Math.sqrt(0.1 * 0.9)));
  });

  it('tells the modes apart (negative control)', () => {
    const wrong = 2 * INTERVAL + TIMEOUT + INTERVAL / 2;
    const seen = delays({ intervalFrom: 'response' });
    expect(Math.abs(mean(seen) - wrong)).toBeGreaterThan(threeErrors(UNIFORM_DEVIATION));
  });

  it('recovers after U(0, I) + (s-1)I with s successes', () => {
    const seen = delays({ successes: 2 }, 'recovery');
    expect(Math.abs(mean(seen) - 1.5 * INTERVAL)).toBeLessThan(threeErrors(UNIFORM_DEVIATION));
  });
});

describe('r of n independent checkers', () => {
  const rows: [r: number, n: number][] = [
    [1, 3],
    [2, 3],
    [3, 3],
    [5, 16],
  ];
  test.each(rows)('%d of %d', (r, n) => {
    const seen = delays({ regions: Array.from({ length: n }, () => HERE), quorum: r });
    const expected = (INTERVAL * r) / (n + 1) + 2 * INTERVAL + TIMEOUT;
    const deviation = (INTERVAL / (n + 1)) * Math.sqrt((r * (n + 1 - r)) / (n + 2));
    expect(Math.abs(mean(seen) - expected)).toBeLessThan(threeErrors(deviation));
    const single = 2.5 * INTERVAL + TIMEOUT;
    // Negative control: the form for one checker does not fit, except at the median of an odd number.
    if (2 * r !== n + 1) expect(Math.abs(mean(seen) - single)).toBeGreaterThan(threeErrors(deviation));
  });
});

describe('false trips of one checker under probe loss', () => {
  const PROBES = 360;

  /** Trips in an hour of probes every 10 s from 0 s on, over all replications. */
  function trips(loss: number, failures: number): number {
    const timeline = loss > 0 ? [fault(EAST, { kind: 'lossy', loss }, { at: 0 })] : [];
    const spec = checked({ phase: 0, interval: 10 * SECOND, failures, successes: 1 }, timeline);
    let total = 0;
    for (let replication = 0; replication < REPLICATIONS; replication++) {
      const { reactions } = play(outside(spec, 15, replication), PROBES * 10 * SECOND - SECOND);
      total += reactions.filter(({ label }) => label.endsWith('unhealthy')).length;
    }
    return total;
  }

  const rows: [loss: number, k: number][] = [
    [0.05, 2],
    [0.1, 3],
  ];
  test.each(rows)('loss %d, %d failures', (p, k) => {
    const seen = trips(p, k);
    const expected = REPLICATIONS * p ** k * (1 + (PROBES - k) * (1 - p));
    expect(Math.abs(seen - expected)).toBeLessThan(3 * Math.sqrt(expected));
    // Negative control: one failure more or less does not fit.
    expect(Math.abs(seen - expected * p)).toBeGreaterThan(3 * Math.sqrt(expected));
  });

  it('has none without loss (negative control)', () => {
    expect(trips(0, 1)).toBe(0);
  });
});
