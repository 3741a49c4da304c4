/** A comparison that grows: first a few replications, then more until it is precise enough, asked to stop, or full. */
import { REPLICATIONS_AT_MOST } from '../../measure/comparison.ts';
import type { ReplicationRecord } from '../../measure/record.ts';
import type { RunResult } from '../../measure/result.ts';
import type { Executor, Task } from '../replicate.ts';
import { buildResult, type ExperimentPlan } from '../run.ts';
import { DEFAULT_QUANTILE } from './compare.ts';

export interface CompareOptions {
  /** Quantile of time to recovery to look at; default 0.99. */
  readonly quantile?: number;
  /**
   * Go on in rounds of `plan.replications` until `comparison.precision` is at most this, or cannot be had at all.
   * Stopping when the interval looks narrow makes it slightly too narrow; rounds of 10 or more keep that small.
   */
  readonly untilPrecision?: number;
  /** Replications at most with `untilPrecision`; default 1000. */
  readonly atMost?: number;
  /** Told after every replication that has finished under all strategies. */
  readonly onUpdate?: (update: CompareUpdate) => void;
  /** Asks to stop early. */
  readonly stop?: AbortSignal;
}

/** How far a comparison is. */
export interface CompareUpdate {
  /** Replications finished under every strategy, and asked for so far. */
  readonly finished: number;
  readonly asked: number;
  /** The result of what has finished by now, computed when called. */
  readonly result: () => RunResult;
}

/**
 * Compares the strategies of the plan. The result depends on the plan and the options alone, not on the order in
 * which tasks finish: precision is looked at only between rounds. Stopped early, it is marked partial and
 * covers the replications that had finished under every strategy.
 */
export async function compareProgressively(
  plan: ExperimentPlan,
  execute: Executor,
  options: CompareOptions = {},
): Promise<RunResult> {
  const { untilPrecision, atMost = REPLICATIONS_AT_MOST } = options;
  const stop = options.stop ?? new AbortController().signal;
  const growing = new Growing(plan, options);
  const limit = untilPrecision === undefined ? plan.replications : Math.max(plan.replications, atMost);
  for (;;) {
    const asked = Math.min(limit, growing.asked + plan.replications);
    await execute(growing.ask(asked), (task, record) => growing.add(task, record), stop);
    const result = growing.result(growing.finished < asked);
    if (asked === limit || result.partial || untilPrecision === undefined) return result;
    const precision = result.comparison?.precision ?? null;
    if (precision === null ? growing.finished > 1 : precision <= untilPrecision) return result;
  }
}

/** The replications so far. */
class Growing {
  readonly #plan: ExperimentPlan;
  readonly #options: CompareOptions;
  /** By replication, then by strategy. */
  readonly #records: (ReplicationRecord | undefined)[][] = [];
  asked = 0;
  finished = 0;

  constructor(plan: ExperimentPlan, options: CompareOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** Tasks up to so many replications, replication by replication, so that early stops leave whole ones. */
  ask(replications: number): Task[] {
    const tasks: Task[] = [];
    for (let replication = this.asked; replication < replications; replication++) {
      this.#records[replication] = this.#plan.strategies.map(() => undefined);
      for (const strategy of this.#plan.strategies.keys()) tasks.push({ strategy, replication });
    }
    this.asked = replications;
    return tasks;
  }

  /** Records cut off by a stop are no use: the others saw more of the drill. */
  add({ strategy, replication }: Task, record: ReplicationRecord): void {
    if (record.reached < this.#plan.duration) return;
    const row = this.#records[replication]!;
    row[strategy] = record;
    if (row.includes(undefined)) return;
    this.finished += 1;
    this.#options.onUpdate?.({
      finished: this.finished,
      asked: this.asked,
      result: () => this.result(false),
    });
  }

  result(partial: boolean): RunResult {
    const whole = this.#records.filter((row) => !row.includes(undefined));
    const records = this.#plan.strategies.map((_, strategy) => whole.map((row) => row[strategy]!));
    return buildResult(this.#plan, records, partial, this.#options.quantile ?? DEFAULT_QUANTILE);
  }
}
