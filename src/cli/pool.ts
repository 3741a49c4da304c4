/** The executor of the command line: one task at a time per worker thread. */
import { Worker } from 'node:worker_threads';
import type { Executor, Task } from '../experiment/replicate.ts';
import type { ReplicationRecord } from '../measure/record.ts';

/** What a worker starts with: its data, and a flag the pool raises to end the task under way. */
export interface WorkerStart<Data> {
  readonly data: Data;
  readonly stop: SharedArrayBuffer;
}

/** What a worker tells its pool. */
export type WorkerMessage =
  /** Share of the current task that is done, 0 to 1. */
  | { readonly kind: 'progress'; readonly fraction: number }
  /** The record of the whole task, or of as much as was played when the flag went up. */
  | { readonly kind: 'record'; readonly record: ReplicationRecord };

/**
 * Room for young objects in a worker, three times its semi-space; Node's default is half of it. The objects of a
 * world live as long as its replication, and each collection before that copies them: 6 % of the processor time of
 * 200,000 clients behind 1,000 resolvers, for 15 MiB more at the peak. Twice as much again: 6 % more for 150 MiB.
 */
const YOUNG_GENERATION_MEBIBYTES = 96;

export interface PoolOptions {
  /** Module of the worker. */
  readonly module: URL;
  /** Plain data every worker starts with. */
  readonly data: unknown;
  /** Worker threads at most. */
  readonly jobs: number;
  /** Told the share of all tasks that is done. */
  readonly onProgress?: (fraction: number) => void;
}

/** An executor whose records do not depend on `jobs`: workers share nothing and tasks are told apart by number. */
export function poolExecutor(options: PoolOptions): Executor {
  return (tasks, report, stop) => new Pool(options, tasks, report, stop).finished;
}

class Pool {
  readonly finished: Promise<void>;
  readonly #options: PoolOptions;
  readonly #tasks: readonly Task[];
  readonly #report: (task: Task, record: ReplicationRecord) => void;
  readonly #workers: Worker[] = [];
  readonly #fractions: number[];
  readonly #stop: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  #stopping = false;
  #started = 0;
  #running = 0;
  #resolve: () => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor(
    options: PoolOptions,
    tasks: readonly Task[],
    report: (task: Task, record: ReplicationRecord) => void,
    stop: AbortSignal,
  ) {
    this.#options = options;
    this.#tasks = tasks;
    this.#report = report;
    this.#fractions = tasks.map(() => 0);
    const settled = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.finished = settled.finally(() => this.#endWorkers());
    stop.addEventListener('abort', () => this.#endSoon());
    if (tasks.length === 0 || stop.aborted) this.#resolve();
    else this.#startWorkers();
  }

  /** Tasks under way report what they have; no other is begun. */
  #endSoon(): void {
    this.#stopping = true;
    Atomics.store(new Int32Array(this.#stop), 0, 1);
  }

  #startWorkers(): void {
    const count = Math.min(this.#options.jobs, this.#tasks.length);
    for (let index = 0; index < count; index++) {
      const start: WorkerStart<unknown> = { data: this.#options.data, stop: this.#stop };
      const worker = new Worker(this.#options.module, {
        workerData: start,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEBIBYTES },
      });
      this.#workers.push(worker);
      worker.on('error', this.#reject);
      worker.on('exit', () => this.#reject(new Error('a worker ended before its work was done')));
      this.#giveNext(worker);
    }
  }

  #giveNext(worker: Worker): void {
    const index = this.#started;
    const task = this.#tasks[index];
    if (task === undefined || this.#stopping) return;
    this.#started += 1;
    this.#running += 1;
    const listen = (message: WorkerMessage): void => {
      this.#advance(index, message.kind === 'record' ? 1 : message.fraction);
      if (message.kind === 'progress') return;
      worker.off('message', listen);
      this.#finish(task, message.record, worker);
    };
    worker.on('message', listen);
    worker.postMessage(task);
  }

  #advance(index: number, fraction: number): void {
    this.#fractions[index] = fraction;
    const sum = this.#fractions.reduce((before, part) => before + part, 0);
    this.#options.onProgress?.(sum / this.#tasks.length);
  }

  #finish(task: Task, record: ReplicationRecord, worker: Worker): void {
    this.#report(task, record);
    this.#running -= 1;
    this.#giveNext(worker);
    if (this.#running === 0) this.#resolve();
  }

  async #endWorkers(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
