/**
 * Plays the replications of a comparison in workers of their own and keeps every record, so that a comparison can
 * be stopped at once and gone on with later.
 */
import { version } from '../../package.json';
import { compareProgressively } from '../../src/experiment/compare/progressive.ts';
import {
  type Executor,
  type ExperimentPlan,
  planScenario,
  type ReplicationRecord,
  type RunResult,
  type Scenario,
  type Task,
} from '../../src/index.ts';
import type { CompareAsk, CompareProgress, PlayAsk } from './compare-messages.ts';

/** A worker that plays one task at a time. */
export interface Player {
  play(ask: PlayAsk, onProgress: (fraction: number) => void): Promise<ReplicationRecord>;
  end(): void;
}

/** Results are worked out anew at most this often. */
const UPDATE_MILLISECONDS = 300;

export class Comparisons {
  readonly #begin: () => Player;
  readonly #lanes: number;
  #players: Player[] = [];
  /** Records of one scenario, by strategy of the scenario and replication. */
  #records = new Map<string, ReplicationRecord>();
  #key = '';
  #stop = new AbortController();

  /** @param lanes players at most */
  constructor(begin: () => Player, lanes: number) {
    this.#begin = begin;
    this.#lanes = lanes;
  }

  /** Stops what is under way; its job is answered with what had finished. */
  stop(): void {
    this.#stop.abort();
    for (const player of this.#players) player.end();
    this.#players = [];
  }

  async compare(
    scenario: Scenario,
    ask: CompareAsk,
    tell: (progress: CompareProgress) => void,
  ): Promise<RunResult | undefined> {
    this.stop();
    this.#stop = new AbortController();
    this.#keepRecordsOf(ask);
    const plan: ExperimentPlan = {
      ...planScenario(scenario, version, ask.chosen),
      replications: ask.replications,
    };
    const total = plan.strategies.length * ask.replications;
    const meter = new Meter(total, tell);
    const result = await compareProgressively(plan, this.#executor(ask, meter), {
      quantile: ask.quantile,
      stop: this.#stop.signal,
      onUpdate: ({ result: soFar }) => meter.news(soFar),
    });
    return result.strategies.length > 0 ? result : undefined;
  }

  /** Records of another scenario, or of other draws, are of no use. */
  #keepRecordsOf({ source, sets, seed }: CompareAsk): void {
    const key = JSON.stringify([source, sets, seed]);
    if (key !== this.#key) this.#records = new Map();
    this.#key = key;
  }

  #executor(ask: CompareAsk, meter: Meter): Executor {
    return async (tasks, report, stop) => {
      const open: Task[] = [];
      const records = this.#records;
      const keyOf = ({ strategy, replication }: Task): string => `${ask.chosen[strategy]} ${replication}`;
      for (const task of tasks) {
        const known = records.get(keyOf(task));
        if (known) meter.finished(() => report(task, known));
        else open.push(task);
      }
      const aborted = new Promise<undefined>((resolve) => {
        stop.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      const lane = async (player: Player): Promise<void> => {
        for (let task = open.shift(); task && !stop.aborted; task = open.shift()) {
          const { source, sets, seed, chosen } = ask;
          const strategy = chosen[task.strategy]!;
          const job = {
            source,
            sets,
            strategy,
            replication: task.replication,
            ...(seed === undefined ? {} : { seed }),
          };
          const bar = meter.bar();
          const record = await Promise.race([player.play(job, bar.move), aborted]);
          if (!record) return;
          records.set(keyOf(task), record);
          const now = task;
          bar.end();
          meter.finished(() => report(now, record));
        }
      };
      await Promise.all(this.#crew(open.length).map(lane));
    };
  }

  #crew(tasks: number): readonly Player[] {
    while (this.#players.length < Math.min(this.#lanes, tasks)) this.#players.push(this.#begin());
    return this.#players;
  }
}

/** Says how far a comparison is: often for the bar, seldom for the numbers. */
class Meter {
  readonly #total: number;
  readonly #tell: (progress: CompareProgress) => void;
  readonly #moving = new Set<{ fraction: number }>();
  #done = 0;
  #lastNews = Number.NEGATIVE_INFINITY;

  constructor(total: number, tell: (progress: CompareProgress) => void) {
    this.#total = total;
    this.#tell = tell;
  }

  get #fraction(): number {
    const moving = [...this.#moving].reduce((sum, { fraction }) => sum + fraction, 0);
    return Math.min(1, (this.#done + moving) / this.#total);
  }

  /** A task that begins. */
  bar(): { readonly move: (fraction: number) => void; readonly end: () => void } {
    const bar = { fraction: 0 };
    this.#moving.add(bar);
    return {
      move: (fraction) => {
        bar.fraction = fraction;
        this.#tell({ fraction: this.#fraction });
      },
      end: () => this.#moving.delete(bar),
    };
  }

  finished(report: () => void): void {
    this.#done += 1;
    report();
  }

  news(result: () => RunResult): void {
    const now = performance.now();
    if (now - this.#lastNews < UPDATE_MILLISECONDS) return;
    this.#tell({ fraction: this.#fraction, result: result() });
    this.#lastNews = performance.now();
  }
}
