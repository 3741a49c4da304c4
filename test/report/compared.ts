/** Results of comparisons, built from made-up records by the project's own code. */
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { buildResult, type ExperimentPlan } from '../../src/experiment/run.ts';
import type { ReplicationRecord } from '../../src/measure/record.ts';
import type { RunResult } from '../../src/measure/result.ts';
import { population, recovery, replication } from '../experiment/made-up.ts';

/** What a strategy does in every replication. */
export interface MadeUp {
  readonly name: string;
  /** Seconds until half and 99 % are back; `null`: the last tenth never is. */
  readonly p50: number;
  readonly p99: number | null;
  /** Queries to the provider in the whole run. */
  readonly queries: number;
}

export const FOUR: readonly MadeUp[] = [
  { name: 'ttl 30', p50: 60, p99: 120, queries: 12_000 },
  { name: 'ttl 300', p50: 150, p99: 420, queries: 1200 },
  { name: 'ttl 300, two providers', p50: 150, p99: 440, queries: 2400 },
  { name: 'pinned', p50: 600, p99: null, queries: 120 },
];

/** Names that try to break out of markup. */
export const HOSTILE: readonly MadeUp[] = [
  { name: '<script>alert(1)</script>', p50: 60, p99: 120, queries: 100 },
  { name: `"'&amp; | ** [x](javascript:y) \u202e${'wide '.repeat(30)}`, p50: 61, p99: 130, queries: 90 },
  { name: '日本語の戦略はとても長い名前を持つことがあるので切られる', p50: 62, p99: 140, queries: 80 },
];

const BUCKETS = 40;
const BUCKET = 30;
const FAULT = 300;
/** Replications differ by this many seconds each, about the same under every strategy. */
const SPREAD = 3;

function record({ p50, p99, queries }: MadeUp, number: number): ReplicationRecord {
  const shift = number * SPREAD + ((number % 3) * p50) / 100;
  const at = (seconds: number): number => (seconds + shift) * SECOND;
  const last = p99 === null ? 0.9 : 1;
  const end = p99 ?? p50 * 1.3;
  const curve = Array.from({ length: 20 }, (_, index) => {
    const part = (index + 1) / 20;
    return [at(p50 / 2 + (end - p50 / 2) * part), last * part ** 0.5] as const;
  });
  const broken = (bucket: number): boolean => {
    const since = bucket * BUCKET - FAULT;
    return since >= 0 && since < p50 + shift;
  };
  const times = recovery({
    affected: 40,
    censored: 40 * (1 - last),
    p50: at(p50),
    p90: p99 === null ? null : at((p50 + p99) / 2),
    p95: p99 === null ? null : at(p99 - 5),
    p99: p99 === null ? null : at(p99),
    max: p99 === null ? null : at(p99 + 10),
    population: at(p50),
    curve,
  });
  const whole = population({
    bucket: BUCKET * SECOND,
    total: Array.from({ length: BUCKETS }, () => 100),
    served: Array.from({ length: BUCKETS }, (_, bucket) => (broken(bucket) ? 10 + (number % 5) : 100)),
    recovery: times,
    lostUserMicros: (p99 ?? 1000) * MINUTE * (1 + number / 100),
    causes: [
      { cause: 'dead-address/resolver-cache', requests: 50, userMicros: (p99 ?? 1000) * 0.8 * MINUTE },
      { cause: 'dead-address/authority', requests: 10, userMicros: (p99 ?? 1000) * 0.2 * MINUTE },
    ],
  });
  return replication({
    replication: number,
    reached: BUCKETS * BUCKET * SECOND,
    populations: [whole, { ...whole, name: 'browsers' }, { ...whole, name: 'phones' }],
    hops: [
      { hop: 'OS cache', queries: 100_000, peakPerSecond: 200, hits: 60_000, scale: 10 },
      { hop: 'resolver isp', queries: 40_000, peakPerSecond: 90, hits: 30_000, scale: 10 },
      { hop: 'com.', queries: 12, peakPerSecond: 1, scale: 10 },
      {
        hop: 'main',
        queries: queries + number + (number % 3) * Math.sqrt(queries),
        peakPerSecond: queries / 100,
        scale: 10,
      },
    ],
  });
}

/** The result of so many replications of made-up strategies. */
export function comparedResult(
  strategies: readonly MadeUp[] = FOUR,
  replications: number = 5,
  override: Partial<ExperimentPlan> = {},
): RunResult {
  const plan: ExperimentPlan = {
    version: '0.1.0',
    title: 'Primary region dies',
    sha256: 'c0ffee',
    duration: BUCKETS * BUCKET * SECOND,
    seed: 7,
    replications,
    strategies: strategies.map(({ name }) => ({
      name,
      timeline: [
        {
          kind: 'fault',
          label: 'endpoint us-east fails',
          at: FAULT * SECOND,
          until: 900 * SECOND,
          ramp: 0,
          target: { kind: 'endpoint', endpoint: 0 },
          effect: { kind: 'down', mode: 'silent' },
        } as never,
      ],
      recovery: { target: 0.99, hold: 60 * SECOND },
      judge: (result) => [
        {
          text: 'recovery.p99 < 5m',
          passed: (result.overall.recovery.quantiles.p99?.mean ?? 1e9) < 300,
          observed: result.overall.recovery.quantiles.p99?.mean ?? null,
        },
      ],
    })),
    ...override,
  };
  const numbers = Array.from({ length: replications }, (_, number) => number);
  return buildResult(
    plan,
    strategies.map((strategy) => numbers.map((number) => record(strategy, number))),
    false,
  );
}
