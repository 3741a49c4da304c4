import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import { availabilityBand } from '../../../src/experiment/compare/availability-band.ts';
import { compareStrategies } from '../../../src/experiment/compare/compare.ts';
import { type CompareUpdate, compareProgressively } from '../../../src/experiment/compare/progressive.ts';
import type { Executor, Task } from '../../../src/experiment/replicate.ts';
import type { ExperimentPlan } from '../../../src/experiment/run.ts';
import { sequentialExecutor } from '../../../src/experiment/sequential.ts';
import { differencesBetween, estimateOf, quantileMetric } from '../../../src/measure/comparison.ts';
import type { ReplicationRecord } from '../../../src/measure/record.ts';
import { population, recovery, replication } from '../made-up.ts';
import { uniforms } from './draws.ts';

const FRAME = { timeline: [], recovery: { target: 0.99, hold: 60 * SECOND } };
const FRAMES = ['short', 'long'].map((name) => ({ name, ...FRAME }));

/** Replication n of a strategy whose recovery takes so many seconds and whose servers get so many queries. */
function record(number: number, p99: number | null, queries: number): ReplicationRecord {
  const times = recovery({ p99: p99 === null ? null : p99 * SECOND });
  return replication({
    replication: number,
    populations: [population({ recovery: times, lostUserMicros: (p99 ?? 1000) * MINUTE })],
    hops: [
      { hop: 'resolver isp', queries: 1e9, peakPerSecond: 1, scale: 1 },
      { hop: 'endpoint us-east', queries: 1e9, peakPerSecond: 1, scale: 1 },
      { hop: 'com.', queries: 40, peakPerSecond: 1, scale: 2 },
      { hop: 'main', queries, peakPerSecond: 1, scale: 2 },
    ],
  });
}

/** Noise that both strategies share. */
const luck = uniforms('luck');
const SHARED = Array.from({ length: 50 }, () => luck() * 50);
const short = (number: number): ReplicationRecord => record(number, 100 + SHARED[number]!, 400);
const long = (number: number): ReplicationRecord => record(number, 300 + SHARED[number]! + (number % 3), 40);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a comparison', () => {
  const result = compareStrategies(FRAMES, [numbers(6).map(short), numbers(6).map(long)])!;

  it('pairs replications, so that shared noise cancels', () => {
    const [pair] = result.differences;
    const p99 = pair!.metrics.find(({ metric }) => metric === 'recovery.p99')!;
    expect([pair!.reference, pair!.other]).toEqual(['short', 'long']);
    expect(p99).toMatchObject({ pairs: 6, higher: 6, evidence: 'higher' });
    expect(p99.difference!.mean).toBeCloseTo(201, 6);
    expect(p99.difference!.high! - p99.difference!.low!).toBeLessThan(2);
    const own = estimateOf(result.strategies[0]!, 'recovery.p99').estimate!;
    expect(own.high! - own.low!).toBeGreaterThan(10);
  });

  it('counts authoritative servers only', () => {
    const rate = (index: number): number =>
      estimateOf(result.strategies[index]!, 'load.authorities').estimate!.mean;
    expect([rate(0), rate(1)]).toEqual([22, 4]);
  });

  it('puts both on the front when one is faster and the other cheaper', () => {
    expect(result.strategies.map(({ dominatedBy }) => dominatedBy)).toEqual([[], []]);
    const dearer = compareStrategies(FRAMES, [
      numbers(2).map(short),
      [record(0, 900, 900), record(1, 900, 900)],
    ])!;
    expect(dearer.strategies.map(({ dominatedBy }) => dominatedBy)).toEqual([[], ['short']]);
  });

  it('can be read either way round', () => {
    const [there] = differencesBetween(result, 'short', 'long').filter(
      ({ metric }) => metric === 'user-minutes',
    );
    const [back] = differencesBetween(result, 'long', 'short').filter(
      ({ metric }) => metric === 'user-minutes',
    );
    expect([there!.evidence, back!.evidence]).toEqual(['higher', 'lower']);
    expect(back!.difference!.mean).toBe(-there!.difference!.mean);
    expect(back!.difference!.low).toBe(-there!.difference!.high!);
    expect(differencesBetween(result, 'short', 'nobody')).toEqual([]);
  });

  it('does not depend on the order of records, and leaves out what only one side has', () => {
    const shuffled = [[3, 0, 5, 1, 4, 2, 9].map(short), [5, 4, 3, 2, 1, 0, 7].map(long)];
    expect(compareStrategies(FRAMES, shuffled)).toEqual(result);
    expect(compareStrategies(FRAMES, [[short(0)], [long(1)]])).toBeUndefined();
  });

  it('never averages over the horizon', () => {
    const cut = compareStrategies(FRAMES, [numbers(3).map(short), [long(0), record(1, null, 40), long(2)]])!;
    expect(estimateOf(cut.strategies[1]!, 'recovery.p99')).toEqual({
      metric: 'recovery.p99',
      estimate: null,
      beyond: 1,
    });
    const p99 = cut.differences[0]!.metrics.find(({ metric }) => metric === 'recovery.p99')!;
    expect(p99.difference).toBeUndefined();
    expect(p99).toMatchObject({ higher: 3, beyondOther: 1 });
    expect(cut.precision).not.toBeNull();
  });

  it('looks at any quantile, read from the curve where the record does not keep it', () => {
    const other = compareStrategies(FRAMES, [numbers(2).map(short), numbers(2).map(long)], 0.75)!;
    expect(estimateOf(other.strategies[0]!, 'recovery.p75').estimate!.mean).toBe(130);
    expect([quantileMetric(0.999), quantileMetric(1), quantileMetric(0.5)]).toEqual([
      'recovery.p99.9',
      'recovery.max',
      'recovery.p50',
    ]);
    expect(() => compareStrategies(FRAMES, [[short(0)], [long(0)]], 0)).toThrow(RangeError);
  });

  it('of a single replication has no precision', () => {
    expect(compareStrategies(FRAMES, [[short(0)], [long(0)]])!.precision).toBeNull();
  });
});

describe('availability over replications', () => {
  const bucketed = (served: readonly number[]) => population({ served, total: [10, 10, 0, 10] });

  it('is median and 5 and 95 % quantiles per bucket, and nothing without requests', () => {
    const band = availabilityBand([
      bucketed([10, 0, 0, 5]),
      bucketed([10, 4, 0, 5]),
      bucketed([10, 8, 0, 5]),
    ]);
    expect(band.median).toEqual([1, 0.4, null, 0.5]);
    expect(band.low).toEqual([1, 0.04, null, 0.5]);
    expect(band.high).toEqual([1, 0.76, null, 0.5]);
    expect(band.bucketSeconds).toBe(10);
  });
});

const PLAN: ExperimentPlan = {
  version: '0.1.0',
  title: 'Two',
  sha256: 'c0ffee',
  duration: 40 * SECOND,
  seed: 1,
  replications: 5,
  strategies: FRAMES.map((frame) => ({ ...frame, judge: () => [] })),
};

const play = ({ strategy, replication: number }: Task): ReplicationRecord =>
  (strategy === 0 ? short : long)(number);

/** Reports tasks in an order drawn from the seed. */
function shufflingExecutor(seed: string): Executor {
  const draw = uniforms(seed);
  return async (tasks, report) => {
    const order = tasks.map((task) => ({ task, key: draw() })).sort((one, other) => one.key - other.key);
    for (const { task } of order) report(task, play(task));
  };
}

describe('a progressive comparison', () => {
  it('gives the same bytes whatever the order', async () => {
    const straight = JSON.stringify(await compareProgressively(PLAN, sequentialExecutor(play)));
    for (const seed of ['a', 'b', 'c']) {
      expect(JSON.stringify(await compareProgressively(PLAN, shufflingExecutor(seed)))).toBe(straight);
    }
    expect(JSON.parse(straight)).toMatchObject({
      replications: 5,
      partial: false,
      comparison: { replications: 5 },
    });
  });

  it('tells of every replication, with a result to look at', async () => {
    const seen: CompareUpdate[] = [];
    const counts: number[] = [];
    await compareProgressively(PLAN, sequentialExecutor(play), {
      onUpdate: (update) => {
        seen.push(update);
        counts.push(update.result().comparison!.replications);
      },
    });
    expect(seen.map(({ finished, asked }) => [finished, asked])).toEqual(numbers(5).map((n) => [n + 1, 5]));
    expect(counts).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on in rounds until it is precise enough', async () => {
    const rounds: number[] = [];
    const execute: Executor = (tasks, report, stop) => {
      rounds.push(tasks.length / 2);
      return sequentialExecutor(play)(tasks, report, stop);
    };
    const precise = await compareProgressively(PLAN, execute, { untilPrecision: 0.06, atMost: 50 });
    expect(precise.comparison!.precision).toBeLessThanOrEqual(0.06);
    expect(rounds.length).toBeGreaterThan(1);
    expect(precise.replications).toBe(5 * rounds.length);
    const before = await compareProgressively({ ...PLAN, replications: precise.replications - 5 }, execute);
    expect(before.comparison!.precision).toBeGreaterThan(0.06);
  });

  it('ends at the limit when it never becomes precise', async () => {
    const result = await compareProgressively(PLAN, sequentialExecutor(play), {
      untilPrecision: 1e-9,
      atMost: 12,
    });
    expect([result.replications, result.partial]).toEqual([12, false]);
  });

  it('does not go on for a quantile that lies beyond the horizon everywhere', async () => {
    const never = sequentialExecutor(({ replication: number }) => record(number, null, 1));
    const result = await compareProgressively(PLAN, never, { untilPrecision: 0.01 });
    expect([result.replications, result.comparison!.precision]).toEqual([5, null]);
  });

  it('stopped early covers the replications finished under every strategy', async () => {
    const stopping = new AbortController();
    const execute = sequentialExecutor((task) => {
      if (task.replication === 2 && task.strategy === 0) stopping.abort();
      return play(task);
    });
    const result = await compareProgressively(PLAN, execute, { stop: stopping.signal });
    expect(result).toMatchObject({ partial: true, replications: 2, comparison: { replications: 2 } });
  });

  it('stopped at once has nothing to compare', async () => {
    const result = await compareProgressively(PLAN, sequentialExecutor(play), { stop: AbortSignal.abort() });
    expect(result).toMatchObject({ partial: true, replications: 0, strategies: [] });
    expect(result.comparison).toBeUndefined();
  });

  it('passes on a failure of a simulation', async () => {
    const broken: Executor = () => Promise.reject(new Error('broken'));
    await expect(compareProgressively(PLAN, broken)).rejects.toThrow('broken');
  });
});
