import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { type Executor, replicate, type Task } from '../../src/experiment/replicate.ts';
import { type ExperimentPlan, runExperiment } from '../../src/experiment/run.ts';
import { sequentialExecutor } from '../../src/experiment/sequential.ts';
import { replication } from './made-up.ts';

function simulate(task: Task) {
  const digest = `000000000000${task.strategy}${task.replication}00`;
  return replication({ replication: task.replication, digest, events: task.strategy * 10 });
}

const backwards: Executor = async (tasks, report) => {
  for (const task of [...tasks].reverse()) report(task, simulate(task));
};

/** Finishes the given number of tasks, then stops. */
function interrupted(count: number): Executor {
  return async (tasks, report) => {
    for (const task of tasks.slice(0, count)) report(task, simulate(task));
  };
}

const PLAN: ExperimentPlan = {
  version: '1.2.3',
  title: 'two ways',
  sha256: 'ab',
  duration: 40 * SECOND,
  seed: 7,
  replications: 3,
  strategies: ['short', 'long'].map((name) => ({
    name,
    timeline: [],
    recovery: { target: 0.99, hold: MINUTE },
    judge: (result) => [{ text: 'x', passed: result.name === 'short', observed: 1 }],
  })),
};

describe('replicate', () => {
  it('runs every strategy under every replication, replication by replication', async () => {
    const seen: Task[] = [];
    await replicate(
      2,
      2,
      sequentialExecutor((task) => {
        seen.push(task);
        return simulate(task);
      }),
    );
    expect(seen.map(({ strategy, replication }) => `${strategy}/${replication}`)).toEqual([
      '0/0',
      '1/0',
      '0/1',
      '1/1',
    ]);
  });

  it('does not depend on the order of finishing', async () => {
    const forwards = await replicate(2, 3, sequentialExecutor(simulate));
    expect(await replicate(2, 3, backwards)).toEqual(forwards);
  });

  it('reports progress after each task', async () => {
    const steps: string[] = [];
    const progress = (finished: number, total: number): void => void steps.push(`${finished}/${total}`);
    await replicate(1, 3, sequentialExecutor(simulate), { progress });
    expect(steps).toEqual(['1/3', '2/3', '3/3']);
  });

  it('keeps only replications finished under every strategy when stopped', async () => {
    const { records, partial } = await replicate(2, 3, interrupted(3));
    expect(partial).toBe(true);
    expect(records.map((list) => list.map((record) => record.replication))).toEqual([[0], [0]]);
  });

  it('keeps what there is when no replication is complete', async () => {
    const { records } = await replicate(2, 3, interrupted(1));
    expect(records.map((list) => list.length)).toEqual([1, 0]);
  });

  it('passes a failing simulation on', async () => {
    const broken = sequentialExecutor(() => {
      throw new Error('livelock');
    });
    await expect(replicate(1, 1, broken)).rejects.toThrow('livelock');
  });
});

describe('the sequential executor', () => {
  it('stops between tasks when asked to', async () => {
    const stopping = new AbortController();
    const executor = sequentialExecutor((task) => {
      if (task.replication === 1) stopping.abort();
      return simulate(task);
    });
    const { records, partial } = await replicate(1, 5, executor, { stop: stopping.signal });
    expect(records[0]).toHaveLength(2);
    expect(partial).toBe(true);
  });
});

describe('an experiment', () => {
  it('gives one document with every strategy judged', async () => {
    const result = await runExperiment(PLAN, backwards);
    expect(result).toMatchObject({
      schemaVersion: 1,
      program: { name: 'dnsdrill', version: '1.2.3' },
      scenario: { title: 'two ways', sha256: 'ab', durationSeconds: 40 },
      seed: 7,
      replications: 3,
      partial: false,
    });
    expect(result.strategies.map(({ name, expectations }) => [name, expectations[0]!.passed])).toEqual([
      ['short', true],
      ['long', false],
    ]);
  });

  it('is partial when interrupted, and leaves out strategies that never finished', async () => {
    const result = await runExperiment(PLAN, interrupted(1));
    expect(result).toMatchObject({ partial: true, replications: 1 });
    expect(result.strategies.map(({ name }) => name)).toEqual(['short']);
  });

  it('is empty when nothing finished', async () => {
    expect(await runExperiment(PLAN, interrupted(0))).toMatchObject({
      partial: true,
      replications: 0,
      strategies: [],
    });
  });

  it('is partial when a replication did not reach the horizon', async () => {
    const early = sequentialExecutor((task) => ({ ...simulate(task), reached: 39 * SECOND }));
    expect((await runExperiment(PLAN, early)).partial).toBe(true);
  });
});
