/** The place where one request is followed through every cache and server. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { describeDuration, formatDuration, parseDuration } from '../../src/base/time.ts';
import { tableToCsv } from '../../src/report/charts/format.ts';
import { waterfallChart } from '../../src/report/charts/waterfall.ts';
import { type Desk, Ended } from '../engine/compare.ts';
import { openDesk } from '../engine/compare-open.ts';
import type { CacheCard, TraceAsk, TraceChoices, TraceStory } from '../engine/trace-messages.ts';
import { type Source, StateEvent, type ViewState } from '../share/contract.ts';
import { copy, fileNameOf, save } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { AnnounceEvent } from '../shell/announcer.ts';
import type { Commands } from '../shell/commands.ts';
import type { CardEvent } from './cards.ts';
import './cards.ts';
import { Clock } from './clock.ts';
import { digOf } from './dig.ts';
import { type Hop, hopsOf } from './hops.ts';
import { momentsOf } from './moments.ts';
import type { HopEvent, WaterfallElement } from './waterfall.ts';
import './waterfall.ts';

const SECOND = 1_000_000;
/** Turning a knob stops this long before the request is traced anew. */
const DELAY_MILLISECONDS = 250;
const SPEEDS = [1, 10, 60] as const;

/** The request that is asked for. */
interface Choice {
  readonly strategy: number;
  readonly population: string;
  readonly client: number;
  readonly name: string;
  /** Microseconds. */
  readonly at: number;
}

@customElement('dnsdrill-trace')
export class TraceElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      :host {
        padding: 1rem clamp(0.5rem, 2vw, 1.25rem) 2rem;
      }
      .stack {
        display: grid;
        gap: 1rem;
        max-width: 80rem;
        margin: 0 auto;
      }
      .knobs {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
        gap: 0.75rem;
        align-items: end;
        padding: 0.75rem;
        background: var(--panel);
      }
      .knobs label {
        display: grid;
        gap: 0.125rem;
        color: var(--quiet);
        font-size: 0.8125rem;
      }
      .time {
        grid-column: 1 / -1;
        display: grid;
        grid-template-columns: minmax(8rem, 1fr) auto;
        gap: 0.5rem 0.75rem;
        align-items: end;
      }
      .time input[type='range'] {
        width: 100%;
        min-height: 1.75rem;
        margin: 0;
        accent-color: var(--accent);
      }
      .time .written {
        width: 7rem;
      }
      .moments {
        grid-column: 1 / -1;
      }
      .verdict {
        font-size: 1.125rem;
        font-weight: 600;
      }
      .panel {
        overflow: hidden;
        background: var(--panel);
      }
      .bar {
        justify-content: space-between;
        margin-bottom: 0.5rem;
      }
      .bar select {
        width: auto;
      }
      .verdict::before {
        content: '✓ ';
        color: var(--good);
      }
      .verdict.failed::before {
        content: '✗ ';
        color: var(--bad);
      }
      .clock {
        font-variant-numeric: tabular-nums;
      }
      .busy {
        opacity: 0.6;
      }
    `,
  ];

  @property({ attribute: false }) accessor source: Source = { text: '', file: '', files: {} };
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @property({ attribute: false }) accessor state: ViewState = {};
  @property({ attribute: false }) accessor commands: Commands | undefined;
  @property({ attribute: false }) accessor active = true;
  @state() accessor choices: TraceChoices | undefined;
  @state() accessor choice: Choice | undefined;
  @state() accessor story: TraceStory | undefined;
  @state() accessor problem = '';
  @state() accessor said = '';
  @state() accessor busy = false;
  @state() accessor selected = -1;
  @state() accessor now = 0;
  @state() accessor speed = 1;
  @state() accessor running = false;
  @query('dnsdrill-waterfall') accessor waterfall!: WaterfallElement | null;

  #desk: Desk = openDesk();
  #hops: readonly Hop[] = [];
  #timer = 0;
  #question = 0;
  #stopCommands: () => void = () => {};
  readonly #clock: Clock = new Clock((micros) => this.#tick(micros));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#clock.stop();
    this.#desk.end();
    this.#stopCommands();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source') || changed.has('sets') || changed.has('seed')) this.#choicesSoon();
    if (changed.has('active') && !this.active) this.#pause();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('commands') && !changed.has('active')) return;
    this.#stopCommands();
    this.#stopCommands = this.active && this.commands ? this.commands.add(this.#ownCommands()) : () => {};
  }

  #ownCommands(): Parameters<Commands['add']>[0] {
    const available = (): boolean => this.story !== undefined;
    return [
      {
        id: 'trace.astray',
        title: 'Find a client that is led astray',
        run: () => void this.#find(),
        available,
      },
      { id: 'trace.dig', title: 'Copy the chosen hop as dig', run: () => void this.#copyDig(), available },
      { id: 'export.trace.svg', title: 'Waterfall (SVG)', run: () => this.#save('svg'), available },
      { id: 'export.trace.csv', title: 'Steps (CSV)', run: () => this.#save('csv'), available },
    ];
  }

  protected override render(): TemplateResult {
    const { choices, choice, story } = this;
    return html`<div class="stack">
      <h1>Trace one request</h1>
      ${this.problem ? html`<p class="bad" role="alert">${this.problem}</p>` : nothing}
      ${choices && choice ? this.#knobs(choices, choice) : nothing}
      ${story && choice ? this.#story(story, choice) : this.problem ? nothing : html`<p class="quiet">Playing the run up to the request …</p>`}
    </div>`;
  }

  #knobs(choices: TraceChoices, choice: Choice): TemplateResult {
    const { strategies, populations } = choices;
    const population = populations.find(({ name }) => name === choice.population)!;
    return html`<div class="card knobs">
      ${strategies.length > 1 ? this.#select('Strategy', strategies, strategies[choice.strategy]!, (value) => this.#choose({ strategy: strategies.indexOf(value) })) : nothing}
      ${
        populations.length > 1
          ? this.#select(
              'Clients',
              populations.map(({ name }) => name),
              choice.population,
              (value) => this.#choosePopulation(value),
            )
          : nothing
      }
      <label
        >Client, 0 to ${population.clients - 1}
        <input
          type="number"
          min="0"
          max=${population.clients - 1}
          .value=${String(choice.client)}
          @change=${(event: Event) => this.#chooseClient((event.target as HTMLInputElement).valueAsNumber, population.clients)}
      /></label>
      ${population.names.length > 1 ? this.#select('Name', population.names, choice.name, (name) => this.#choose({ name })) : nothing}
      <button type="button" ?disabled=${this.busy} @click=${() => void this.#find()}>Find one led astray</button>
      ${this.#time(choices, choice)}
    </div>`;
  }

  #select(
    label: string,
    words: readonly string[],
    chosen: string,
    choose: (word: string) => void,
  ): TemplateResult {
    return html`<label
      >${label}
      <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${words.map((word) => html`<option value=${word} ?selected=${word === chosen}>${word}</option>`)}
      </select></label
    >`;
  }

  #time({ durationMicros, marks }: TraceChoices, { at, strategy }: Choice): TemplateResult {
    const planned = marks[strategy] ?? [];
    const fault = planned.find(({ kind }) => kind === 'fault') ?? planned[0];
    return html`<div class="time">
      <label
        >When the request is made${fault ? html` <span>(${fault.label} at ${formatDuration(fault.atSeconds * SECOND)})</span>` : nothing}
        <input
          type="range"
          min="0"
          max=${durationMicros / SECOND - 1}
          step="1"
          .value=${String(at / SECOND)}
          aria-valuetext=${describeDuration(at)}
          @input=${(event: Event) => this.#choose({ at: (event.target as HTMLInputElement).valueAsNumber * SECOND })}
      /></label>
      <label
        >Time
        <input
          class="written"
          .value=${formatDuration(at)}
          @change=${(event: Event) => this.#chooseTime(event.target as HTMLInputElement, durationMicros)}
      /></label>
      ${
        fault
          ? html`<div class="row moments" role="group" aria-label="Times around the fault">
              ${momentsOf(planned, durationMicros / SECOND).map(
                ({ label, seconds }) =>
                  html`<button type="button" aria-pressed=${seconds * SECOND === at ? 'true' : 'false'} @click=${() => this.#choose({ at: seconds * SECOND })}>${label}</button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #story(story: TraceStory, choice: Choice): TemplateResult {
    const hops = this.#hops;
    const selected = hops[this.selected];
    return html`
      <p class="verdict ${this.busy ? 'busy' : ''} ${hops.at(-1)?.outcome === 'bad' ? 'failed' : ''}">${verdictOf(story, choice)}</p>
      <section aria-label="Caches">
        <div class="row bar">
          <h2>What each cache holds <span class="quiet clock">${this.#clockText(story)}</span></h2>
          ${this.#transport()}
        </div>
        <dnsdrill-cache-cards
          .cards=${this.#cards(story)}
          .now=${this.now}
          .selected=${selected ? cardFor(selected.where) : ''}
          @dnsdrill-card=${({ where }: CardEvent) => this.#selectCard(where)}
        ></dnsdrill-cache-cards>
      </section>
      <section aria-label="Hops">
        <div class="row bar">
          <h2>Hops</h2>
          <div class="row">
            <span class="small quiet" role="status">${this.said}</span>
            <button type="button" @click=${() => void this.#copyDig()}>Copy as dig</button>
          </div>
        </div>
        <div class="card panel">
          <dnsdrill-waterfall
            .hops=${hops}
            .selected=${this.selected}
            @dnsdrill-hop=${({ index }: HopEvent) => this.#selectHop(index)}
          ></dnsdrill-waterfall>
        </div>
      </section>
    `;
  }

  #transport(): TemplateResult {
    return html`<div class="row" role="group" aria-label="Let time pass">
      <button type="button" @click=${() => (this.running ? this.#pause() : this.#run())}>
        ${this.running ? 'Pause' : 'Let time pass'}
      </button>
      <button type="button" @click=${() => this.#advance(10 * SECOND)}>+10 s</button>
      <label class="row small"
        >Speed
        <select @change=${(event: Event) => this.#setSpeed(Number((event.target as HTMLSelectElement).value))}>
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>×${speed}</option>`)}
        </select></label
      >
    </div>`;
  }

  #clockText({ at }: TraceStory): string {
    const since = Math.max(0, this.now - at);
    return since < SECOND
      ? 'at the request'
      : `${describeDuration(Math.floor(since / SECOND) * SECOND)} later`;
  }

  /** What each cache held before its own part in the request, and what it holds since. */
  #cards({ at, before, after }: TraceStory): readonly CacheCard[] {
    const byPlace = new Map(after.map((card) => [card.where, card]));
    return before.map((card) => {
      const done = this.#hops.filter(({ where }) => cardFor(where) === card.where).at(-1);
      const isPast = done !== undefined && this.now >= at + done.to;
      return isPast ? (byPlace.get(card.where) ?? card) : card;
    });
  }

  #choicesSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#loadChoices(), DELAY_MILLISECONDS);
  }

  #play(): Pick<TraceAsk, 'source' | 'sets' | 'seed'> {
    const { source, sets, seed } = this;
    return { source, sets, ...(seed === undefined ? {} : { seed }) };
  }

  async #loadChoices(): Promise<void> {
    try {
      this.choices = await this.#desk.ask('choices', this.#play());
      this.problem = '';
      this.choice = choiceOf(this.choices, this.choice, this.state);
      await this.#trace();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Ended) return;
    this.problem = error instanceof Error ? error.message : String(error);
    this.busy = false;
  }

  #choosePopulation(name: string): void {
    const found = this.choices!.populations.find((one) => one.name === name)!;
    this.#choose({ population: name, client: 0, name: found.names[0]! });
  }

  #chooseClient(client: number, clients: number): void {
    if (Number.isInteger(client) && client >= 0 && client < clients) this.#choose({ client });
  }

  #chooseTime(input: HTMLInputElement, duration: number): void {
    const at = parseDuration(input.value);
    if (at !== undefined && at < duration) this.#choose({ at });
    else input.value = formatDuration(this.choice!.at);
  }

  #choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice!, ...change };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#trace(), DELAY_MILLISECONDS);
  }

  async #trace(): Promise<void> {
    const { choice } = this;
    if (!choice) return;
    this.#question += 1;
    const question = this.#question;
    this.busy = true;
    const { at, client, strategy, population } = choice;
    this.dispatchEvent(new StateEvent({ at: at / SECOND, client, strategy, population }));
    try {
      const story = await this.#desk.ask('trace', { ...this.#play(), ...choice });
      if (question !== this.#question) return;
      this.#show(story);
    } catch (error) {
      this.#fail(error);
    }
  }

  #show(story: TraceStory): void {
    this.problem = '';
    this.busy = false;
    this.story = story;
    this.#hops = hopsOf(story.steps);
    this.selected = -1;
    const last = Math.max(0, ...this.#hops.map(({ to }) => to));
    this.#clock.set(story.at + last);
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#run();
    this.dispatchEvent(new AnnounceEvent(verdictOf(story, this.choice!)));
  }

  async #find(): Promise<void> {
    const { choice } = this;
    if (!choice) return;
    this.busy = true;
    try {
      const { client, affected, clients } = await this.#desk.ask('find', { ...this.#play(), ...choice });
      this.busy = false;
      if (client === undefined) this.said = `None of ${clients} clients would be led astray at that time.`;
      else {
        this.said = `${affected} of ${clients} clients would be led astray; this is client ${client}.`;
        this.choice = { ...choice, client };
        await this.#trace();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #tick(micros: number): void {
    // The digits change once a second; the ring needs no more than a few frames of that.
    const step = this.running ? SECOND / 8 : 1;
    const shown = Math.floor(micros / step) * step;
    if (shown !== this.now) this.now = shown;
    const latest = Math.max(0, ...(this.story?.after ?? []).map(({ until }) => until));
    if (this.running && micros > latest) this.#pause();
  }

  #run(): void {
    this.running = true;
    this.#clock.run(this.speed);
  }

  #pause(): void {
    this.running = false;
    this.#clock.stop();
  }

  #advance(micros: number): void {
    this.#clock.set(this.#clock.now + micros);
  }

  #setSpeed(speed: number): void {
    this.speed = speed;
    if (this.running) this.#clock.run(speed);
  }

  #selectCard(where: string): void {
    const index = this.#hops.findLastIndex((hop) => cardFor(hop.where) === where);
    this.#selectHop(index);
    this.waterfall?.focusRow(index);
  }

  /** Chooses a hop, and shows the caches as they were when it ended. */
  #selectHop(index: number): void {
    this.selected = index === this.selected ? -1 : index;
    const hop = this.#hops[this.selected];
    if (!hop || !this.story) return;
    this.#pause();
    this.#clock.set(this.story.at + hop.to);
  }

  async #copyDig(): Promise<void> {
    const { choice, story } = this;
    if (!choice || !story) return;
    const hop = this.#hops[this.selected] ?? this.#hops[0];
    if (!hop) return;
    const line = digOf(hop, choice.name, story.types[0] ?? 'A');
    this.said = (await copy(line)) ? `Copied: ${line}` : line;
  }

  #save(format: 'svg' | 'csv'): void {
    const { story, choice } = this;
    if (!story || !choice) return;
    const chart = waterfallChart({ steps: story.steps }, { standalone: true });
    const name = `${fileNameOf(`trace ${choice.population} ${choice.client}`)}.${format}`;
    if (format === 'svg') save(name, chart.svg, 'image/svg+xml');
    else save(name, tableToCsv(chart.table), 'text/csv');
  }
}

/** The card a hop belongs to: those of servers belong to the authorities, the look into both client caches to the first. */
function cardFor(where: string): string {
  if (where === 'client caches' || where === 'connection' || where === 'application')
    return 'application cache';
  return where === 'stub resolver' ? 'OS cache' : where;
}

/** What was chosen before where it still exists, else what the link says, else a minute after the first fault. */
function choiceOf(
  { populations, durationMicros, marks, strategies }: TraceChoices,
  before: Choice | undefined,
  state: ViewState,
): Choice {
  const population =
    populations.find(({ name }) => name === (before?.population ?? state['population'])) ?? populations[0]!;
  const strategy = Math.min(before?.strategy ?? number(state['strategy'], 0), strategies.length - 1);
  const fault = marks[strategy]?.find(({ kind }) => kind === 'fault') ?? marks[strategy]?.[0];
  const at = before?.at ?? number(state['at'], (fault?.atSeconds ?? 0) + 60) * SECOND;
  return {
    strategy,
    population: population.name,
    client: Math.min(before?.client ?? number(state['client'], 0), population.clients - 1),
    name: population.names.find((name) => name === before?.name) ?? population.names[0]!,
    at: Math.max(0, Math.min(at, durationMicros - SECOND)),
  };
}

function number(value: string | number | undefined, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}

/** How the request ended, in a sentence. */
function verdictOf({ steps, at }: TraceStory, { population, client, name }: Choice): string {
  const start = steps[0]?.at ?? at;
  const last = steps.findLast(({ code }) => code === 'outcome') ?? steps.at(-1);
  const who = `Client ${client} of ${population}`;
  if (!last) return `${who} has nothing to tell.`;
  const took = describeDuration(last.at - start);
  return `${who} asks for ${name.replace(/\.$/, '')} at ${describeDuration(at)}: ${last.text} (${took}).`;
}
