/**
 * Runs every strategy under every replication through an injected executor. What comes out does not depend on
 * the executor, on the order in which tasks finish, or on the number of workers.
 */
import type { Micros } from '../base/time.ts';
import type { ReplicationRecord } from '../measure/record.ts';

/** One run of one strategy. The same replication number means the same random draws in every strategy. */
export interface Task {
  /** Index into the strategies of the plan. */
  readonly strategy: number;
  /** Counts from 0. */
  readonly replication: number;
}

/**
 * Runs tasks in any order and reports each record once. Resolves when all are done, or soon after `stop`;
 * rejects on a failure of a simulation.
 */
export type Executor = (
  tasks: readonly Task[],
  report: (task: Task, record: ReplicationRecord) => void,
  stop: AbortSignal,
) => Promise<void>;

/** Called after each finished task. */
export type Progress = (finished: number, total: number) => void;

export interface ReplicateOptions {
  readonly progress?: Progress;
  /** Asks to stop early. */
  readonly stop?: AbortSignal;
  /** Virtual time a whole replication reaches; a record that stops short of it was cut off. Default 0. */
  readonly duration?: Micros;
}

/** Records by strategy, each list ordered by replication. */
export interface Replications {
  readonly records: readonly (readonly ReplicationRecord[])[];
  /** True when stopped before every task had finished. */
  readonly partial: boolean;
}

/**
 * Tasks go replication by replication, so that an interrupted run has compared the strategies on the same
 * draws: of a partial run only replications finished under every strategy are kept, unless there are none; then
 * all that finished, or else all that was cut off.
 */
export async function replicate(
  strategies: number,
  replications: number,
  execute: Executor,
  options: ReplicateOptions = {},
): Promise<Replications> {
  const tasks = listTasks(strategies, replications);
  const finished = new Map<number, ReplicationRecord>();
  const report = (task: Task, record: ReplicationRecord): void => {
    finished.set(task.replication * strategies + task.strategy, record);
    options.progress?.(finished.size, tasks.length);
  };
  await execute(tasks, report, options.stop ?? new AbortController().signal);
  const duration = options.duration ?? 0;
  const whole = new Map([...finished].filter(([, record]) => record.reached >= duration));
  const usable = whole.size > 0 ? whole : finished;
  const partial = whole.size < tasks.length;
  const kept = partial ? comparable(tasks, strategies, usable) : tasks;
  const records = Array.from({ length: strategies }, (_, strategy) =>
    kept
      .filter((task) => task.strategy === strategy)
      .flatMap((task) => usable.get(task.replication * strategies + strategy) ?? []),
  );
  return { records, partial };
}

function listTasks(strategies: number, replications: number): Task[] {
  return Array.from({ length: strategies * replications }, (_, index) => ({
    strategy: index % strategies,
    replication: Math.floor(index / strategies),
  }));
}

function comparable(
  tasks: readonly Task[],
  strategies: number,
  finished: ReadonlyMap<number, ReplicationRecord>,
): readonly Task[] {
  const complete = tasks.filter(({ replication }) =>
    Array.from({ length: strategies }, (_, strategy) => replication * strategies + strategy).every((key) =>
      finished.has(key),
    ),
  );
  return complete.length > 0 ? complete : tasks;
}
