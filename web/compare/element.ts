/** The place where the strategies of a scenario are compared on the same random draws, more precisely by the minute. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RunResult } from '../../src/measure/result.ts';
import { verdict } from '../../src/report/verdict.ts';
import type { Play } from '../engine/play.ts';
import { type Source, StateEvent, type ViewState } from '../share/contract.ts';
import { copy } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { PLACE_FRAME } from '../share/place.ts';
import { AnnounceEvent } from '../shell/announcer.ts';
import type { Command, Commands } from '../shell/commands.ts';
import { FoundEvent, GoEvent } from '../shell/events.ts';
import { badges } from './badges.ts';
import type { ChartElement } from './chart-element.ts';
import { Comparing, ROUND } from './comparing.ts';
import type { PairEvent } from './differences.ts';
import './differences.ts';
import type { PinEvent } from './front.ts';
import './front.ts';
import { exportCommands, type Handed, lineFor, workflowFor } from './hand-out.ts';
import { moreCharts } from './more.ts';
import './more.ts';
import type { StretchEvent } from './over-time.ts';
import './over-time.ts';
import { PLACE } from './place-styles.ts';
import { progressPart } from './progress.ts';
import type { QuantileEvent } from './recovery.ts';
import './recovery.ts';
import { FIRST_VIEW, pairOf, stateOf, type View, viewOf } from './view.ts';

/** Typing stops this long before the comparison begins anew. */
const DELAY_MILLISECONDS = 400;

@customElement('dnsdrill-compare')
export class CompareElement extends LitElement {
  static override styles = [LOOK, PLACE_FRAME, PLACE];

  @property({ attribute: false }) accessor source: Source = { text: '', file: '', files: {} };
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @property({ attribute: false }) accessor state: ViewState = {};
  @property({ attribute: false }) accessor commands: Commands | undefined;
  @property({ attribute: false }) accessor active = true;
  @state() accessor view: View = FIRST_VIEW;
  @state() accessor copied = '';
  @state() accessor hasMore = false;
  @query('dnsdrill-over-time') accessor overTime!: ChartElement | null;
  @query('dnsdrill-recovery') accessor recovery!: ChartElement | null;
  @query('dnsdrill-front') accessor front!: ChartElement | null;

  readonly #comparing: Comparing = new Comparing(this, (text) => {
    this.dispatchEvent(new AnnounceEvent(text));
    const { result } = this.#comparing;
    if (result) this.dispatchEvent(new FoundEvent(verdict(result)));
  });
  #timer = 0;
  /** Whether the scenario has changed since it was last looked at. */
  #isNew = false;
  #stopCommands: () => void = () => {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#stopCommands();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source') || changed.has('sets') || changed.has('seed')) this.#isNew = true;
    if (changed.has('state')) {
      this.view = viewOf(this.state);
      const { quantile } = this.view;
      if (quantile !== this.#comparing.quantile) {
        this.#comparing.lookAt(quantile, this.#comparing.result !== undefined);
      }
    }
    if (!this.active) this.#comparing.stop();
    else if (this.#isNew) this.#beginSoon();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('commands') && !changed.has('active')) return;
    this.#stopCommands();
    this.#stopCommands = this.active && this.commands ? this.commands.add(this.#ownCommands()) : () => {};
  }

  #beginSoon(): void {
    this.#isNew = false;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#comparing.begin(this.#play()), DELAY_MILLISECONDS);
  }

  #play(): Play {
    const { source, sets, seed } = this;
    return { source, sets, ...(seed === undefined ? {} : { seed }) };
  }

  #handed(): Handed {
    const { result, names } = this.#comparing;
    return { play: this.#play(), result, isComparison: names.length > 1 };
  }

  #ownCommands(): readonly Command[] {
    const comparing = this.#comparing;
    return [
      {
        id: 'compare.stop',
        title: 'Stop the comparison',
        run: () => comparing.stop(),
        available: () => comparing.isRunning,
      },
      {
        id: 'compare.more',
        title: `Play ${ROUND} more runs`,
        run: () => void comparing.more(comparing.done + ROUND),
        available: () => comparing.result !== undefined,
      },
      { id: 'compare.ci', title: 'Copy the comparison as a CI job', run: () => void this.#copyJob() },
      {
        id: 'compare.command',
        title: 'Copy the command line of the comparison',
        run: () => void this.#copyLine(),
      },
      ...exportCommands(
        () => this.#handed(),
        [
          ['availability', 'Availability', () => this.overTime],
          ['recovery', 'Time to recovery', () => this.recovery],
          ['pareto', 'Load against recovery', () => this.front],
        ],
      ),
    ];
  }

  protected override render(): TemplateResult {
    const { problem, result } = this.#comparing;
    return html`<div class="stack">
      <h1>Compare strategies</h1>
      ${problem ? this.#failed(problem) : progressPart(this.#comparing)}
      ${result ? this.#results(result) : problem ? nothing : html`<p class="quiet">The first runs are on their way …</p>`}
    </div>`;
  }

  #failed(problem: string): TemplateResult {
    return html`<p class="bad" role="alert">${problem}</p>
      <div class="row">
        <button type="button" @click=${() => this.dispatchEvent(new GoEvent('edit'))}>Go to Edit</button>
      </div>`;
  }

  #results(result: RunResult): TemplateResult {
    return html`
      <p class="verdict">${verdict(result)}</p>
      <div class="grid">
        <dnsdrill-over-time
          class="card wide"
          .result=${result}
          .stretch=${this.view.stretch}
          @dnsdrill-stretch=${({ stretch }: StretchEvent) => this.#look({ stretch })}
        ></dnsdrill-over-time>
        ${this.#compared(result)}
        <div class="card">${badges(result.strategies, this.#actions())}</div>
      </div>
      ${this.#others(result)}
    `;
  }

  #compared(result: RunResult): TemplateResult | typeof nothing {
    const { comparison } = result;
    if (!comparison) return nothing;
    const [a, b] = pairOf(this.view, result);
    return html`<dnsdrill-recovery
        class="card"
        .comparison=${comparison}
        .quantile=${this.view.quantile}
        @dnsdrill-quantile=${({ quantile, final }: QuantileEvent) => this.#lookAt(quantile, final)}
      ></dnsdrill-recovery>
      <dnsdrill-front
        class="card"
        .comparison=${comparison}
        .pins=${[a, b]}
        @dnsdrill-pin=${({ strategy }: PinEvent) => strategy !== b && this.#look({ pair: [b, strategy] })}
      ></dnsdrill-front>
      ${
        comparison.strategies.length < 2
          ? this.#alone()
          : html`<dnsdrill-differences
              class="card"
              .comparison=${comparison}
              .a=${a}
              .b=${b}
              @dnsdrill-pair=${(event: PairEvent) => this.#look({ pair: [event.a, event.b] })}
            ></dnsdrill-differences>`
      }`;
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
        <button type="button" @click=${() => void this.#copyLine()}>Copy command line</button>
      </div>
      <p class="small quiet" role="status">${this.copied}</p>`;
  }

  #others(result: RunResult): TemplateResult {
    const toggled = (event: Event): void => {
      this.hasMore = (event.target as HTMLDetailsElement).open;
    };
    const charts = this.hasMore ? moreCharts(result) : [];
    return html`<details class="others" @toggle=${toggled}>
      <summary>More charts: causes, phases, load</summary>
      <div class="grid">
        ${charts.map((name) => html`<dnsdrill-more-charts class="card" .result=${result} .name=${name}></dnsdrill-more-charts>`)}
      </div>
    </details>`;
  }

  /** Looks at something else, and lets the address know. */
  #look(change: { readonly [K in keyof View]?: View[K] | undefined }): void {
    const changed = { ...this.view, ...change };
    this.view = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== undefined),
    ) as unknown as View;
    this.dispatchEvent(new StateEvent(stateOf(this.view)));
  }

  #lookAt(quantile: number, final: boolean): void {
    this.#comparing.lookAt(quantile, final);
    if (final) this.#look({ quantile });
    else this.view = { ...this.view, quantile };
  }

  async #copyJob(): Promise<void> {
    const done = await copy(workflowFor(this.#handed()));
    const { file } = this.source;
    this.copied = done
      ? `Copied. Put ${file} into the repository, too.`
      : 'The browser does not allow copying.';
  }

  async #copyLine(): Promise<void> {
    const line = lineFor(this.#handed());
    this.copied = (await copy(line)) ? `Copied: ${line}` : line;
  }
}
