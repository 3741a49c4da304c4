/** A comparison under way: what is asked of the worker, what came back, and how to go on, stop and start anew. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RunResult } from '../../src/measure/result.ts';
import { formatShare } from '../../src/report/numbers.ts';
import { verdict } from '../../src/report/verdict.ts';
import { type Desk, Ended } from '../engine/compare.ts';
import type { CompareAsk, CompareProgress } from '../engine/compare-messages.ts';
import { openDesk } from '../engine/compare-open.ts';
import type { Play } from '../engine/play.ts';

/** More strategies than this cannot be told apart. */
export const STRATEGIES_AT_MOST = 8;
/** Replications of the first look, and of every further round. */
export const ROUND = 20;
/** Good enough to stop refining. */
export const PRECISE = 0.02;
const RUNS_AT_MOST = 1000;

export type Phase = 'loading' | 'running' | 'finished' | 'stopped' | 'failed';

/** An interval wider than the value itself says hardly anything. */
function precisionText(precision: number): string {
  return precision > 1 ? 'hardly known yet' : `known to ±${formatShare(precision)}`;
}

export class Comparing implements ReactiveController {
  phase: Phase = 'loading';
  /** What keeps the scenario from being played; empty when nothing does. */
  problem = '';
  /** Every strategy of the scenario. */
  names: readonly string[] = [];
  /** Indexes of those compared. */
  chosen: readonly number[] = [];
  /** Of the runs asked for. */
  fraction = 0;
  /** Replications asked for. */
  asked: number = ROUND;
  result: RunResult | undefined;
  /** Of time to recovery. */
  quantile = 0.99;
  readonly #host: ReactiveControllerHost;
  readonly #say: (text: string) => void;
  readonly #desk: Desk = openDesk();
  #play: Play | undefined;
  #job = 0;

  /** @param say tells news to those who do not see them */
  constructor(host: ReactiveControllerHost, say: (text: string) => void) {
    this.#host = host;
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#job += 1;
    this.#desk.end();
  }

  /** Replications that are in the result. */
  get done(): number {
    return this.result?.replications ?? 0;
  }

  get isRunning(): boolean {
    return this.phase === 'running' || this.phase === 'loading';
  }

  get isPrecise(): boolean {
    const precision = this.result?.comparison?.precision;
    return typeof precision === 'number' && precision <= PRECISE;
  }

  /** How far it is, and how precise. */
  get progressText(): string {
    const precision = this.result?.comparison?.precision;
    const runs = `${this.done} of ${this.asked} runs of each strategy`;
    const level = Math.round(this.quantile * 1000) / 10;
    const known = typeof precision === 'number' ? ` · ${level} % time ${precisionText(precision)}` : '';
    return `${runs}${known}${this.phase === 'stopped' ? ' · stopped' : ''}`;
  }

  /** Compares the strategies of another scenario. */
  async begin(play: Play): Promise<void> {
    this.#play = play;
    this.#become({ result: undefined, problem: '', phase: 'loading', fraction: 0 });
    try {
      const { strategies } = await this.#desk.ask('choices', play);
      if (play !== this.#play) return;
      const chosen = strategies.map((_, index) => index).slice(0, STRATEGIES_AT_MOST);
      this.#become({ names: strategies, chosen });
      await this.more(ROUND);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Plays up to so many replications; those played before are kept. */
  async more(replications: number): Promise<void> {
    if (!this.#play) return;
    this.#job += 1;
    const job = this.#job;
    this.#become({ asked: replications, phase: 'running' });
    const ask: CompareAsk = { ...this.#play, chosen: this.chosen, replications, quantile: this.quantile };
    try {
      const result = await this.#desk.ask('compare', ask, (progress) => {
        if (job === this.#job) this.#hear(progress);
      });
      if (job === this.#job) this.#finish(result);
    } catch (error) {
      if (job === this.#job) this.#fail(error);
    }
  }

  /** Goes on in rounds until the quantile is known well. */
  async untilPrecise(): Promise<void> {
    while (!this.isPrecise && this.done < RUNS_AT_MOST) {
      await this.more(this.done + ROUND);
      if (this.phase !== 'finished') return;
    }
  }

  /** Keeps what has finished. */
  stop(): void {
    if (!this.isRunning) return;
    this.#become({ phase: 'stopped' });
    void this.#desk.ask('stop', null);
  }

  /** Takes a strategy in or out. */
  toggle(index: number): void {
    const chosen = this.chosen.includes(index)
      ? this.chosen.filter((one) => one !== index)
      : [...this.chosen, index].sort((one, other) => one - other);
    this.#become({ chosen });
    void this.more(Math.max(ROUND, this.done));
  }

  /** Looks at another quantile; differences and the front follow when it is final. */
  lookAt(quantile: number, final: boolean): void {
    this.#become({ quantile });
    if (final) void this.more(this.isRunning ? this.asked : Math.max(1, this.done));
  }

  #hear({ fraction, result }: CompareProgress): void {
    this.#become({ fraction, ...(result ? { result } : {}) });
    if (result) this.#say(this.progressText);
  }

  #finish(result: RunResult | undefined): void {
    if (result) this.result = result;
    const fraction = this.done / this.asked;
    this.#become({ fraction, phase: fraction < 1 ? 'stopped' : 'finished' });
    if (this.result) this.#say(verdict(this.result));
  }

  #fail(error: unknown): void {
    if (error instanceof Ended) return;
    this.#become({ phase: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }

  #become(
    change: Partial<
      Pick<Comparing, 'phase' | 'problem' | 'names' | 'chosen' | 'fraction' | 'asked' | 'result' | 'quantile'>
    >,
  ): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}
