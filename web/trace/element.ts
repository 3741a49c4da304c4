/** The place where one request is followed through every cache and server. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { describeDuration } from '../../src/base/time.ts';
import { formatExact } from '../../src/report/numbers.ts';
import { type Desk, Ended } from '../engine/compare.ts';
import { openDesk } from '../engine/compare-open.ts';
import type { Play } from '../engine/play.ts';
import type { TraceChoices, TraceStory } from '../engine/trace-messages.ts';
import { type Source, StateEvent, type ViewState } from '../share/contract.ts';
import { copy } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { PLACE_FRAME } from '../share/place.ts';
import { AnnounceEvent } from '../shell/announcer.ts';
import type { Command, Commands } from '../shell/commands.ts';
import { FoundEvent } from '../shell/events.ts';
import type { CardEvent } from './cards.ts';
import './cards.ts';
import { cardFor, cardsAt } from './cards-at.ts';
import { type Choice, choiceOf, stateOf, verdictOf } from './choice.ts';
import { Clock } from './clock.ts';
import { digOf } from './dig.ts';
import { type Hop, hopsOf } from './hops.ts';
import type { ChoiceEvent } from './knobs.ts';
import './knobs.ts';
import { PLACE } from './place-styles.ts';
import { saveTrace } from './save-trace.ts';
import { timeBar } from './time-bar.ts';
import type { HopEvent, WaterfallElement } from './waterfall.ts';
import './waterfall.ts';

const SECOND = 1_000_000;
/** Turning a knob stops this long before the request is traced anew. */
const DELAY_MILLISECONDS = 250;

@customElement('dnsdrill-trace')
export class TraceElement extends LitElement {
  static override styles = [LOOK, PLACE_FRAME, PLACE];

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

  #ownCommands(): readonly Command[] {
    const available = (): boolean => this.story !== undefined;
    return [
      {
        id: 'trace.astray',
        title: 'Find a client that is led astray',
        run: () => void this.#find(),
        available,
      },
      { id: 'trace.dig', title: 'Copy the chosen hop as dig', run: () => void this.#copyDig(), available },
      {
        id: 'export.trace.svg',
        title: 'Waterfall (SVG)',
        run: () => saveTrace('svg', this.story!, this.choice!),
        available,
      },
      {
        id: 'export.trace.csv',
        title: 'Steps (CSV)',
        run: () => saveTrace('csv', this.story!, this.choice!),
        available,
      },
    ];
  }

  protected override render(): TemplateResult {
    const { choices, choice, story } = this;
    return html`<div class="stack">
      <h1>Trace one request</h1>
      ${this.problem ? html`<p class="bad" role="alert">${this.problem}</p>` : nothing}
      ${
        choices && choice
          ? html`<dnsdrill-trace-knobs
              class="card"
              .choices=${choices}
              .choice=${choice}
              .busy=${this.busy}
              @dnsdrill-choice=${({ change }: ChoiceEvent) => this.#choose(change)}
              @dnsdrill-find=${() => void this.#find()}
            ></dnsdrill-trace-knobs>`
          : nothing
      }
      ${story && choice ? this.#story(story, choice) : this.problem ? nothing : html`<p class="quiet">Playing the run up to the request …</p>`}
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
          ${timeBar({
            isRunning: this.running,
            speed: this.speed,
            toggle: () => (this.running ? this.#pause() : this.#run()),
            advance: (micros) => this.#clock.set(this.#clock.now + micros),
            setSpeed: (speed) => this.#setSpeed(speed),
          })}
        </div>
        <dnsdrill-cache-cards
          .cards=${cardsAt(story, hops, this.now)}
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

  #clockText({ at }: TraceStory): string {
    const since = Math.max(0, this.now - at);
    return since < SECOND
      ? 'at the request'
      : `${describeDuration(Math.floor(since / SECOND) * SECOND)} later`;
  }

  #choicesSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#loadChoices(), DELAY_MILLISECONDS);
  }

  #play(): Play {
    const { source, sets, seed } = this;
    return { source, sets, ...(seed === undefined ? {} : { seed }) };
  }

  async #loadChoices(): Promise<void> {
    try {
      this.choices = await this.#desk.ask('choices', this.#play());
      this.problem = '';
      // Who comes without a wish is shown a request worth looking at.
      const isOpen = this.choice === undefined && this.state['client'] === undefined;
      this.choice = choiceOf(this.choices, this.choice, this.state);
      await (isOpen ? this.#find() : this.#trace());
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Ended) return;
    this.problem = error instanceof Error ? error.message : String(error);
    this.busy = false;
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
    this.dispatchEvent(new StateEvent(stateOf(choice)));
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
    this.#clock.set(story.at);
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#run();
    const verdict = verdictOf(story, this.choice!);
    this.dispatchEvent(new AnnounceEvent(verdict));
    this.dispatchEvent(new FoundEvent(verdict));
  }

  async #find(): Promise<void> {
    const { choice } = this;
    if (!choice) return;
    // What was about to be traced would end the search.
    clearTimeout(this.#timer);
    this.busy = true;
    try {
      const { client, affected, clients } = await this.#desk.ask('find', { ...this.#play(), ...choice });
      this.busy = false;
      this.said =
        client === undefined
          ? `None of ${formatExact(clients)} clients would be led astray at that time.`
          : `${formatExact(affected)} of ${formatExact(clients)} clients would be led astray; this is client ${client}.`;
      if (client !== undefined) this.choice = { ...choice, client };
      await this.#trace();
    } catch (error) {
      this.#fail(error);
    }
  }

  #tick(micros: number): void {
    // The digits change once a second; the ring needs no more than a few frames of that.
    const step = this.running ? SECOND / 8 : 1;
    const shown = Math.floor(micros / step) * step;
    if (shown !== this.now) this.now = shown;
    if (this.running && micros > this.#lastChange) this.#pause();
  }

  /** When the last TTL has run out and the request is over. */
  get #lastChange(): number {
    const { at = 0, before = [], after = [] } = this.story ?? {};
    const ends = this.#hops.map(({ to }) => at + to);
    return Math.max(0, ...ends, ...[...before, ...after].map(({ until }) => until));
  }

  #run(): void {
    this.running = true;
    this.#clock.run(this.speed);
  }

  #pause(): void {
    this.running = false;
    this.#clock.stop();
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
}
