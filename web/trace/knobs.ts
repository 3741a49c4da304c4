/** The form that chooses a request: who asks, for what, and when. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { describeDuration, formatDuration, parseDuration } from '../../src/base/time.ts';
import type { TraceChoices } from '../engine/trace-messages.ts';
import { LOOK } from '../share/look.ts';
import type { Choice } from './choice.ts';
import { momentsOf } from './moments.ts';

/** Fired when something else is chosen. */
export class ChoiceEvent extends Event {
  readonly change: Partial<Choice>;

  constructor(change: Partial<Choice>) {
    super('dnsdrill-choice');
    this.change = change;
  }
}

const SECOND = 1_000_000;

@customElement('dnsdrill-trace-knobs')
export class TraceKnobsElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
        gap: 0.75rem;
        align-items: end;
        padding: 0.75rem;
      }
      label {
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
      input[type='range'] {
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
    `,
  ];

  @property({ attribute: false }) accessor choices!: TraceChoices;
  @property({ attribute: false }) accessor choice!: Choice;
  @property({ attribute: false }) accessor busy = false;

  protected override render(): TemplateResult {
    const { choices, choice } = this;
    const { strategies, populations } = choices;
    const population = populations.find(({ name }) => name === choice.population)!;
    const names = populations.map(({ name }) => name);
    return html`
      ${this.#select('Strategy', strategies, strategies[choice.strategy]!, (word) => ({ strategy: strategies.indexOf(word) }))}
      ${this.#select('Clients', names, choice.population, (word) => this.#population(word))}
      <label
        >Client, 0 to ${population.clients - 1}
        <input
          type="number"
          min="0"
          max=${population.clients - 1}
          .value=${String(choice.client)}
          @change=${(event: Event) => this.#client((event.target as HTMLInputElement).valueAsNumber, population.clients)}
      /></label>
      ${this.#select('Name', population.names, choice.name, (name) => ({ name }))}
      <button type="button" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new Event('dnsdrill-find'))}>
        Find one led astray
      </button>
      ${this.#time()}
    `;
  }

  /** Nothing where there is nothing to choose from. */
  #select(
    label: string,
    words: readonly string[],
    chosen: string,
    change: (word: string) => Partial<Choice>,
  ): TemplateResult | typeof nothing {
    if (words.length < 2) return nothing;
    return html`<label
      >${label}
      <select @change=${(event: Event) => this.#choose(change((event.target as HTMLSelectElement).value))}>
        ${words.map((word) => html`<option value=${word} ?selected=${word === chosen}>${word}</option>`)}
      </select></label
    >`;
  }

  #time(): TemplateResult {
    const { durationMicros, marks } = this.choices;
    const { at, strategy } = this.choice;
    const planned = marks[strategy] ?? [];
    const fault = planned.find(({ kind }) => kind === 'fault') ?? planned[0];
    const note = fault ? ` (${fault.label} at ${describeDuration(fault.atSeconds * SECOND)})` : '';
    return html`<div class="time">
      <label
        >When the request is made${note}
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
          autocomplete="off"
          .value=${formatDuration(at)}
          @change=${(event: Event) => this.#written(event.target as HTMLInputElement)}
      /></label>
      ${fault ? this.#moments() : nothing}
    </div>`;
  }

  #moments(): TemplateResult {
    const { durationMicros, marks } = this.choices;
    const { at, strategy } = this.choice;
    return html`<div class="row moments" role="group" aria-label="Times around the fault">
      ${momentsOf(marks[strategy] ?? [], durationMicros / SECOND).map(
        ({ label, seconds }) =>
          html`<button
            type="button"
            aria-pressed=${seconds * SECOND === at ? 'true' : 'false'}
            @click=${() => this.#choose({ at: seconds * SECOND })}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }

  #choose(change: Partial<Choice>): void {
    this.dispatchEvent(new ChoiceEvent(change));
  }

  #population(population: string): Partial<Choice> {
    const { names } = this.choices.populations.find(({ name }) => name === population)!;
    return { population, client: 0, name: names[0]! };
  }

  #client(client: number, clients: number): void {
    if (Number.isInteger(client) && client >= 0 && client < clients) this.#choose({ client });
  }

  #written(input: HTMLInputElement): void {
    const at = parseDuration(input.value);
    if (at !== undefined && at < this.choices.durationMicros) this.#choose({ at });
    else input.value = formatDuration(this.choice.at);
  }
}
