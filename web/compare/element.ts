/** The place where the strategies of a scenario are compared on the same random draws, more precisely by the minute. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RunResult } from '../../src/measure/result.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderJson } from '../../src/report/json.ts';
import { formatShare } from '../../src/report/numbers.ts';
import { verdict } from '../../src/report/verdict.ts';
import { type Desk, Ended } from '../engine/compare.ts';
import type { CompareAsk, CompareProgress, Play } from '../engine/compare-messages.ts';
import { openDesk } from '../engine/compare-open.ts';
import { ciJob } from '../share/ci-job.ts';
import { type Source, StateEvent, type ViewState } from '../share/contract.ts';
import { copy, fileNameOf, save } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { commandLine } from '../share/shell-words.ts';
import { AnnounceEvent } from '../shell/announcer.ts';
import type { Commands } from '../shell/commands.ts';
import { GoEvent } from '../shell/events.ts';
import { badges } from './badges.ts';
import type { ChartElement } from './chart-element.ts';
import './differences.ts';
import type { PairEvent } from './differences.ts';
import './front.ts';
import type { PinEvent } from './front.ts';
import { moreCharts } from './more.ts';
import './more.ts';
import './over-time.ts';
import type { Stretch, StretchEvent } from './over-time.ts';
import './recovery.ts';
import type { QuantileEvent } from './recovery.ts';

/** More strategies than this cannot be told apart. */
const AT_MOST = 8;
/** Replications of the first look, and of every further round. */
const ROUND = 20;
/** Good enough to stop refining. */
const PRECISE = 0.02;
const RUNS_AT_MOST = 1000;
/** Typing stops this long before the comparison begins anew. */
const DELAY_MILLISECONDS = 400;

type Phase = 'loading' | 'running' | 'finished' | 'stopped' | 'failed';

@customElement('dnsdrill-compare')
export class CompareElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      :host {
        padding: 1rem clamp(0.5rem, 2vw, 1.25rem) 2rem;
      }
      .stack {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        max-width: 100rem;
        margin: 0 auto;
      }
      .verdict {
        font-size: 1.125rem;
        font-weight: 600;
      }
      .progress {
        display: grid;
        gap: 0.5rem 1rem;
        align-items: center;
        padding: 0.625rem 0.75rem;
      }
      .progress progress {
        width: 100%;
        height: 0.5rem;
        accent-color: var(--accent);
      }
      .strategies {
        grid-column: 1 / -1;
      }
      .strategies label {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        min-height: 1.75rem;
        padding-inline-end: 0.5rem;
      }
      input[type='checkbox'] {
        width: 1rem;
        height: 1rem;
        margin: 0;
        accent-color: var(--accent);
      }
      .grid {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        align-items: start;
      }
      .grid > * {
        padding: 0.75rem;
      }
      .badges {
        display: grid;
        gap: 0.5rem;
      }
      .badges ul {
        display: grid;
        gap: 0.25rem;
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 0.875rem;
      }
      .badges li {
        display: flex;
        gap: 0.5rem;
        overflow-wrap: anywhere;
      }
      .met > :first-child {
        color: var(--good);
        font-weight: 700;
      }
      .missed > :first-child {
        color: var(--bad);
        font-weight: 700;
      }
      .others > summary {
        padding: 0.5rem 0;
        font-weight: 600;
      }
      @media (min-width: 40rem) {
        .progress {
          grid-template-columns: minmax(0, 1fr) auto;
        }
      }
      @media (min-width: 68rem) {
        .grid {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .wide {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor source: Source = { text: '', file: '', files: {} };
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @property({ attribute: false }) accessor state: ViewState = {};
  @property({ attribute: false }) accessor commands: Commands | undefined;
  @property({ attribute: false }) accessor active = true;
  @state() accessor phase: Phase = 'loading';
  @state() accessor problem = '';
  /** Every strategy of the scenario. */
  @state() accessor names: readonly string[] = [];
  /** Indexes of those compared. */
  @state() accessor chosen: readonly number[] = [];
  @state() accessor fraction = 0;
  /** Replications asked for. */
  @state() accessor asked = ROUND;
  @state() accessor result: RunResult | undefined;
  @state() accessor quantile = 0.99;
  @state() accessor pair: readonly [string, string] | undefined;
  @state() accessor stretch: Stretch | undefined;
  @state() accessor copied = '';
  @query('dnsdrill-over-time') accessor overTime!: ChartElement | null;
  @query('dnsdrill-recovery') accessor recovery!: ChartElement | null;
  @query('dnsdrill-front') accessor front!: ChartElement | null;

  readonly #desk: Desk = openDesk();
  #timer = 0;
  #job = 0;
  /** Whether the scenario has changed since it was last looked at. */
  #isNew = false;
  #stopCommands: () => void = () => {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#desk.end();
    this.#stopCommands();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source') || changed.has('sets') || changed.has('seed')) this.#isNew = true;
    if (changed.has('state')) this.#readState();
    if (!this.active) this.#stop();
    else if (this.#isNew) this.#beginSoon();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('commands') && !changed.has('active')) return;
    this.#stopCommands();
    this.#stopCommands = this.active && this.commands ? this.commands.add(this.#ownCommands()) : () => {};
  }

  #ownCommands(): Parameters<Commands['add']>[0] {
    const available = (): boolean => this.result !== undefined;
    const chart = (
      name: string,
      title: string,
      find: () => ChartElement | null,
    ): Parameters<Commands['add']>[0] =>
      (['svg', 'png', 'csv'] as const).map((format) => ({
        id: `export.compare.${name}-${format}`,
        title: `${title} (${format.toUpperCase()})`,
        run: () => void find()?.save(format),
        available,
      }));
    return [
      {
        id: 'compare.stop',
        title: 'Stop the comparison',
        run: () => this.#stop(),
        available: () => this.phase === 'running',
      },
      {
        id: 'compare.more',
        title: `Play ${ROUND} more runs`,
        run: () => void this.#more(this.#done + ROUND),
        available,
      },
      { id: 'compare.ci', title: 'Copy the comparison as a CI job', run: () => void this.#copyJob() },
      {
        id: 'compare.command',
        title: 'Copy the command line of the comparison',
        run: () => void this.#copyCommand(),
      },
      { id: 'export.compare.json', title: 'Result (JSON)', run: () => this.#save('json'), available },
      {
        id: 'export.compare.html',
        title: 'Report of the comparison (HTML, one file)',
        run: () => void this.#saveReport(),
        available,
      },
      { id: 'export.compare.csv', title: 'Result (CSV)', run: () => this.#save('csv'), available },
      { id: 'export.compare.ci', title: 'CI job (YAML)', run: () => this.#save('yaml') },
      ...chart('availability', 'Availability', () => this.overTime),
      ...chart('recovery', 'Time to recovery', () => this.recovery),
      ...chart('pareto', 'Load against recovery', () => this.front),
    ];
  }

  protected override render(): TemplateResult {
    const { problem, result } = this;
    return html`<div class="stack">
      <h1>Compare strategies</h1>
      ${problem ? this.#failed() : this.#progress()}
      ${result ? this.#results(result) : problem ? nothing : html`<p class="quiet">The first runs are on their way …</p>`}
    </div>`;
  }

  #failed(): TemplateResult {
    return html`<p class="bad" role="alert">${this.problem}</p>
      <div class="row">
        <button type="button" @click=${() => this.dispatchEvent(new GoEvent('edit'))}>Go to Edit</button>
      </div>`;
  }

  /** Replications that are in what is shown. */
  get #done(): number {
    return this.result?.replications ?? 0;
  }

  #progress(): TemplateResult {
    const { phase, fraction } = this;
    const isRunning = phase === 'running' || phase === 'loading';
    return html`<div class="card progress">
      <div>
        <p class="small">${this.#progressText()}</p>
        <progress max="1" .value=${fraction} aria-label="Runs played"></progress>
      </div>
      <div class="row">
        ${
          isRunning
            ? html`<button type="button" @click=${() => this.#stop()}>Stop</button>`
            : html`<button type="button" @click=${() => void this.#more(this.#done < ROUND ? ROUND : this.#done + ROUND)}>
                  ${phase === 'stopped' ? 'Go on' : `${ROUND} more runs`}
                </button>
                <button type="button" ?disabled=${this.#isPrecise} @click=${() => void this.#untilPrecise()}>
                  Until ±${formatShare(PRECISE)}
                </button>`
        }
      </div>
      ${this.names.length > 1 ? this.#strategies() : nothing}
    </div>`;
  }

  #progressText(): string {
    const precision = this.result?.comparison?.precision;
    const runs = `${this.#done} of ${this.asked} runs of each strategy`;
    const known =
      typeof precision === 'number'
        ? ` · p${Math.round(this.quantile * 1000) / 10} known to ±${formatShare(precision)}`
        : '';
    return `${runs}${known}${this.phase === 'stopped' ? ' · stopped' : ''}`;
  }

  get #isPrecise(): boolean {
    const precision = this.result?.comparison?.precision;
    return typeof precision === 'number' && precision <= PRECISE;
  }

  #strategies(): TemplateResult {
    const isFull = this.chosen.length >= AT_MOST;
    return html`<div class="row strategies" role="group" aria-label="Strategies compared, at most ${AT_MOST}">
      ${this.names.map((name, index) => {
        const isChosen = this.chosen.includes(index);
        const isLast = isChosen && this.chosen.length === 1;
        return html`<label
          ><input
            type="checkbox"
            .checked=${isChosen}
            ?disabled=${isLast || (!isChosen && isFull)}
            @change=${() => this.#toggle(index)}
          />${name}</label
        >`;
      })}
    </div>`;
  }

  #results(result: RunResult): TemplateResult {
    const { comparison } = result;
    const [a, b] = this.#pairOf(result);
    return html`
      <p class="verdict">${verdict(result)}</p>
      <div class="grid">
        <dnsdrill-over-time
          class="card wide"
          .result=${result}
          .stretch=${this.stretch}
          @dnsdrill-stretch=${({ stretch }: StretchEvent) => this.#look(stretch)}
        ></dnsdrill-over-time>
        ${
          comparison
            ? html`<dnsdrill-recovery
                  class="card"
                  .comparison=${comparison}
                  .quantile=${this.quantile}
                  @dnsdrill-quantile=${({ quantile, final }: QuantileEvent) => this.#setQuantile(quantile, final)}
                ></dnsdrill-recovery>
                <dnsdrill-front
                  class="card"
                  .comparison=${comparison}
                  .pins=${[a, b]}
                  @dnsdrill-pin=${({ strategy }: PinEvent) => this.#pin(strategy)}
                ></dnsdrill-front>
                ${
                  comparison.strategies.length > 1
                    ? html`<dnsdrill-differences
                        class="card"
                        .comparison=${comparison}
                        .a=${a}
                        .b=${b}
                        @dnsdrill-pair=${(event: PairEvent) => this.#setPair(event.a, event.b)}
                      ></dnsdrill-differences>`
                    : this.#alone()
                }`
            : nothing
        }
        <div class="card">${badges(result.strategies, this.#actions())}</div>
      </div>
      ${this.#others(result)}
    `;
  }

  #alone(): TemplateResult {
    return html`<div class="card">
      <h2>Nothing to compare with</h2>
      <p class="small">The scenario has one strategy. Others are a few changed values each.</p>
      <p><button type="button" @click=${() => this.dispatchEvent(new GoEvent('edit'))}>Add one in Edit</button></p>
    </div>`;
  }

  #actions(): TemplateResult {
    return html`<div class="row">
        <button type="button" @click=${() => void this.#copyJob()}>Copy as CI job</button>
        <button type="button" @click=${() => void this.#copyCommand()}>Copy command line</button>
      </div>
      <p class="small quiet" role="status">${this.copied}</p>`;
  }

  #others(result: RunResult): TemplateResult {
    return html`<details class="others" @toggle=${() => this.requestUpdate()}>
      <summary>More charts: causes, phases, load</summary>
      <div class="grid">
        ${
          this.renderRoot.querySelector('.others')?.hasAttribute('open')
            ? moreCharts(result).map(
                (name) =>
                  html`<dnsdrill-more-charts class="card" .result=${result} .name=${name}></dnsdrill-more-charts>`,
              )
            : nothing
        }
      </div>
    </details>`;
  }

  /** Pinned strategies that are still compared, else the first and the last. */
  #pairOf({ strategies }: RunResult): readonly [string, string] {
    const names = strategies.map(({ name }) => name);
    const [a, b] = this.pair ?? [];
    const first = a !== undefined && names.includes(a) ? a : names[0]!;
    const second =
      b !== undefined && b !== first && names.includes(b) ? b : names.findLast((name) => name !== first);
    return [first, second ?? first];
  }

  #readState(): void {
    const { quantile, a, b, from, to } = this.state;
    if (typeof quantile === 'number' && quantile > 0 && quantile <= 1) this.quantile = quantile;
    if (a !== undefined && b !== undefined) this.pair = [String(a), String(b)];
    this.stretch = typeof from === 'number' && typeof to === 'number' && to > from ? { from, to } : undefined;
  }

  #tellState(): void {
    const { quantile, pair, stretch } = this;
    const state: ViewState = {
      ...(quantile === 0.99 ? {} : { quantile }),
      ...(pair ? { a: pair[0], b: pair[1] } : {}),
      ...(stretch ? { from: Math.round(stretch.from), to: Math.round(stretch.to) } : {}),
    };
    this.dispatchEvent(new StateEvent(state));
  }

  #look(stretch: Stretch | undefined): void {
    this.stretch = stretch;
    this.#tellState();
  }

  #setPair(a: string, b: string): void {
    this.pair = [a, b];
    this.#tellState();
  }

  /** The two strategies pinned last are compared. */
  #pin(strategy: string): void {
    const [, b] = this.#pairOf(this.result!);
    if (strategy !== b) this.#setPair(b, strategy);
  }

  #setQuantile(quantile: number, final: boolean): void {
    this.quantile = quantile;
    if (!final) return;
    this.#tellState();
    // Differences and the front are worked out anew from the runs there are.
    void this.#more(this.phase === 'running' ? this.asked : Math.max(1, this.#done));
  }

  #toggle(index: number): void {
    const chosen = this.chosen.includes(index)
      ? this.chosen.filter((one) => one !== index)
      : [...this.chosen, index].sort((one, other) => one - other);
    this.chosen = chosen;
    void this.#more(Math.max(ROUND, this.#done));
  }

  #play(): Play {
    const { source, sets, seed } = this;
    return { source, sets, ...(seed === undefined ? {} : { seed }) };
  }

  #beginSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#begin(), DELAY_MILLISECONDS);
  }

  async #begin(): Promise<void> {
    this.#isNew = false;
    this.result = undefined;
    this.problem = '';
    this.phase = 'loading';
    this.fraction = 0;
    try {
      const { strategies } = await this.#desk.ask('choices', this.#play());
      this.names = strategies;
      this.chosen = strategies.map((_, index) => index).slice(0, AT_MOST);
      await this.#more(ROUND);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Plays up to so many replications; those played before are kept. */
  async #more(replications: number): Promise<void> {
    this.#job += 1;
    const job = this.#job;
    this.asked = replications;
    this.phase = 'running';
    const ask: CompareAsk = { ...this.#play(), chosen: this.chosen, replications, quantile: this.quantile };
    try {
      const result = await this.#desk.ask('compare', ask, (progress) => {
        if (job === this.#job) this.#hear(progress);
      });
      if (job !== this.#job) return;
      if (result) this.result = result;
      this.fraction = this.#done / replications;
      this.phase = this.fraction < 1 ? 'stopped' : 'finished';
      if (this.result) this.#say(verdict(this.result));
    } catch (error) {
      if (job === this.#job) this.#fail(error);
    }
  }

  #hear({ fraction, result }: CompareProgress): void {
    this.fraction = fraction;
    if (!result) return;
    this.result = result;
    this.#say(this.#progressText());
  }

  async #untilPrecise(): Promise<void> {
    while (!this.#isPrecise && this.#done < RUNS_AT_MOST) {
      await this.#more(this.#done + ROUND);
      if (this.phase !== 'finished') return;
    }
  }

  #stop(): void {
    if (this.phase !== 'running' && this.phase !== 'loading') return;
    this.phase = 'stopped';
    void this.#desk.ask('stop', null);
  }

  #fail(error: unknown): void {
    if (error instanceof Ended) return;
    this.phase = 'failed';
    this.problem = error instanceof Error ? error.message : String(error);
  }

  #say(text: string): void {
    this.dispatchEvent(new AnnounceEvent(text));
  }

  get #command(): string {
    return this.names.length > 1 ? 'compare' : 'run';
  }

  async #copyJob(): Promise<void> {
    const { file } = this.source;
    const done = await copy(this.#workflow());
    this.copied = done
      ? `Copied. Put ${file} beside it, in the repository.`
      : 'The browser does not allow copying.';
  }

  #workflow(): string {
    const version = this.result?.program.version ?? 'latest';
    return ciJob(this.#command, { ...this.#play(), file: this.source.file }, version);
  }

  async #copyCommand(): Promise<void> {
    const line = this.#line(this.asked);
    this.copied = (await copy(line)) ? `Copied: ${line}` : line;
  }

  /** The command that repeats what is shown. */
  #line(replications: number): string {
    const what = { ...this.#play(), file: this.source.file };
    return commandLine(this.#command, what, ['--reps', String(replications)]);
  }

  async #saveReport(): Promise<void> {
    const { renderHtml } = await import('../../src/report/html/report.ts');
    const { result } = this;
    if (result)
      save(`${this.#fileName}.html`, renderHtml(result, { command: this.#line(this.#done) }), 'text/html');
  }

  get #fileName(): string {
    return fileNameOf(this.source.file.replace(/\.ya?ml$/, ''));
  }

  #save(format: 'json' | 'csv' | 'yaml'): void {
    const { result } = this;
    const name = this.#fileName;
    if (format === 'yaml') save(`${name}-ci.yaml`, this.#workflow(), 'application/yaml');
    else if (result && format === 'json') save(`${name}.json`, renderJson(result), 'application/json');
    else if (result) save(`${name}.csv`, renderCsv(result), 'text/csv');
  }
}
