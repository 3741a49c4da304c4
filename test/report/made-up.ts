/** Hand-made results for reports. */
import type { PopulationResult, RunResult, StrategyResult, TimelineMark } from '../../src/measure/result.ts';
import { outcomes } from '../experiment/made-up.ts';

/** One hour in buckets of 30 s; drops to `floor` at 10 min and comes back over the given minutes. */
export function dip(floor: number, minutes: number): number[] {
  return Array.from({ length: 120 }, (_, bucket) => {
    const since = bucket - 20;
    if (since < 0) return 1;
    return Math.min(1, Math.round((floor + ((1 - floor) * since) / (minutes * 2)) * 1000) / 1000);
  });
}

export const TIMELINE: readonly TimelineMark[] = [
  { atSeconds: 600, untilSeconds: 2400, kind: 'fault', label: 'endpoint us-east fails' },
  { atSeconds: 631.2, kind: 'reaction', label: 'health check marks us-east unhealthy' },
  { atSeconds: 641.5, kind: 'reaction', label: 'every edge of main answers with eu-west' },
  { atSeconds: 2400, kind: 'change', label: 'app.example.com A gets TTL 300' },
];

export function populationResult(override: Partial<PopulationResult> = {}): PopulationResult {
  return {
    name: 'overall',
    clients: 10000,
    represents: 1_000_000,
    outcomes: outcomes({ served: 2_948_211, 'connection-failed': 48_120, servfail: 3_669 }),
    availability: {
      bucketSeconds: 30,
      series: dip(0.02, 4),
      mean: { mean: 0.98274, low: 0.98198, high: 0.98351 },
      min: { mean: 0.0213, low: 0.0188, high: 0.0238 },
      budgetBurnt: { mean: 2 },
    },
    recovery: {
      affected: { mean: 0.412, low: 0.401, high: 0.423 },
      censored: { mean: 0 },
      quantiles: {
        p50: { mean: 91.4, low: 88.2, high: 94.6 },
        p90: { mean: 128.1, low: 125, high: 131.2 },
        p95: { mean: 141.9, low: 137.3, high: 146.5 },
        p99: { mean: 160.2, low: 152.1, high: 168.3 },
        max: { mean: 245.7, low: 201.4, high: 290 },
      },
      population: { mean: 150, low: 141.2, high: 158.8 },
      target: 0.99,
      holdSeconds: 60,
      phases: { detect: 31.2, decide: 0.3, publish: 10, drain: 168.2, reconnect: 36 },
      curve: [
        [31, 0.01],
        [91, 0.5],
        [160, 0.99],
        [245.7, 1],
      ],
    },
    userMinutesLost: { mean: 12_413.2, low: 12_007.5, high: 12_818.9 },
    causes: [
      {
        cause: 'dead-address/resolver-cache',
        text: 'The cache of the recursive resolver held a dead address.',
        requests: 30_120,
        userMinutes: 8_003.1,
        share: 0.6447,
      },
      {
        cause: 'dead-address/authority',
        text: 'The authoritative servers still published a dead address.',
        requests: 18_000,
        userMinutes: 4_410,
        share: 0.3553,
      },
      { cause: 'servfail/odd', text: 'servfail/odd', requests: 3_669, userMinutes: 0.1, share: 0.000008 },
    ],
    latency: { p50: 0.0271, p95: 0.0443, p99: 3.21 },
    staleShare: 0.0161,
    ...override,
  };
}

export function strategyResult(override: Partial<StrategyResult> = {}): StrategyResult {
  return {
    name: 'as written',
    digest: '0123456789abcdef',
    events: 41_200_311,
    requests: 3_000_000,
    timeline: TIMELINE,
    overall: populationResult(),
    populations: [populationResult({ name: 'browsers' })],
    load: [
      { hop: 'OS cache', queriesPerSecond: { mean: 16_666.7, peak: 18_211 }, hitRatio: 0.812 },
      { hop: 'resolver isp', queriesPerSecond: { mean: 3_133.3, peak: 9_120 }, hitRatio: 0.9971 },
      { hop: 'root', queriesPerSecond: { mean: 0.0002, peak: 1 } },
      { hop: 'com.', queriesPerSecond: { mean: 0.006, peak: 2 } },
      { hop: 'main', queriesPerSecond: { mean: 9.1, peak: 42 } },
    ],
    expectations: [
      { text: 'recovery.p99 < 5m', passed: true, observed: 160.2 },
      { text: 'availability.min >= 50%', passed: false, observed: 0.0213 },
    ],
    ...override,
  };
}

export function runResult(override: Partial<RunResult> = {}): RunResult {
  return {
    schemaVersion: 1,
    program: { name: 'dnsdrill', version: '0.1.0' },
    scenario: {
      title: 'Primary region dies behind health-checked failover',
      sha256: 'c0ffee',
      durationSeconds: 3600,
    },
    seed: 7,
    replications: 5,
    partial: false,
    definitions: { availability: 'Share of requests that were served.' },
    strategies: [strategyResult()],
    ...override,
  };
}
