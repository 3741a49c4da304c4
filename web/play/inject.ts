/** The menu of a component: how it stands, and what can be done to it now. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { filledIn, type Move } from '../../src/experiment/session/move.ts';
import type { Part } from '../../src/experiment/session/topology.ts';
import type { InjectedEntry, PartStatus } from '../engine/session-messages.ts';
import type { DialogElement } from '../shell/dialog.ts';
import '../shell/dialog.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import { BASE, BUTTONS } from '../shell/styles.ts';
import { membersOf } from '../topology/groups.ts';
import { LEVEL_GLYPH } from '../topology/picture.ts';
import { choicesFor, faultEntry, instant, LENGTHS, restoreEntry } from './faults.ts';

/** Fired when a fault or a repair is chosen. */
export class InjectEvent extends Event {
  readonly entry: InjectedEntry;
  readonly said: string;

  constructor(entry: InjectedEntry, said: string) {
    super('inject');
    this.entry = entry;
    this.said = said;
  }
}

@customElement('dnsdrill-inject')
export class InjectElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
        gap: 0.5rem;
        margin-top: 0.75rem;
      }
      .choices button {
        justify-content: start;
      }
      h3 {
        margin: 1rem 0 0;
        font-size: 0.9375rem;
      }
      form {
        display: flex;
        align-items: end;
        gap: 0.5rem;
        flex-wrap: wrap;
      }
      form input {
        width: 6rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        margin-top: 0.75rem;
        font-size: 0.875rem;
      }
      .strikes {
        margin-top: 0.75rem;
        font-size: 0.875rem;
      }
      .repair {
        margin-top: 0.75rem;
      }
    `,
  ];

  @property({ type: Number }) accessor now = 0;
  /** Of all parts; undefined while they are not known. */
  @property({ attribute: false }) accessor moves: readonly Move[] | undefined;
  @state() accessor subject: Part | undefined;
  @state() accessor status: PartStatus | undefined;
  @state() accessor length = '';
  @query('dnsdrill-dialog') accessor dialog!: DialogElement;

  protected override render(): TemplateResult {
    const { subject: part, status } = this;
    return html`<dnsdrill-dialog heading=${part ? `${part.kind} ${part.name}` : ''}>
      ${part ? this.#body(part, status) : nothing}
    </dnsdrill-dialog>`;
  }

  async show(part: Part, status: PartStatus | undefined): Promise<void> {
    this.subject = part;
    this.status = status;
    await this.updateComplete;
    await this.dialog.show();
  }

  #body(part: Part, status: PartStatus | undefined): TemplateResult {
    const level = status?.level ?? 'works';
    const members = membersOf(part);
    return html`
      <p>${LEVEL_GLYPH[level]} ${status?.text ?? 'works'} <span class="quiet">· ${part.detail}</span></p>
      ${members.length > 1 ? this.#members(members) : html`${this.#faults(part, level)} ${this.#moves(part)}`}
    `;
  }

  #members(members: readonly Part[]): TemplateResult {
    return html`<div class="choices">
      ${members.map(
        (part) =>
          html`<button type="button" @click=${() => this.show(part, undefined)}>${part.name}</button>`,
      )}
    </div>`;
  }

  #faults(part: Part, level: PartStatus['level']): TemplateResult {
    const choices = choicesFor(part);
    if (choices.length === 0) {
      const other = this.#movesOf(part).length > 0 ? '' : ' Point at what it depends on.';
      return html`<p class="quiet">Nothing can break it directly.${other}</p>`;
    }
    return html`<div class="choices">
        ${choices.map(
          (choice) =>
            html`<button type="button" @click=${() => this.#inject(part, choice)}>${choice.title}</button>`,
        )}
      </div>
      <p class="quiet strikes">What you choose strikes at the moment shown: ${formatSeconds(Math.round(this.now))}.</p>
      <label
        >The fault lasts
        <select @change=${({ target }: Event) => this.#setLength(target)}>
          ${LENGTHS.map(([value, text]) => html`<option value=${value} ?selected=${value === this.length}>${text}</option>`)}
        </select></label
      >
      <button
        type="button"
        class="primary repair"
        ?disabled=${level === 'works' || level === 'affected'}
        @click=${() => this.#send(restoreEntry(part.target!, this.now), `${part.name} repaired`)}
      >
        Repair it now
      </button>`;
  }

  #movesOf({ id }: Part): readonly Move[] {
    return this.moves?.filter(({ about }) => about.includes(id)) ?? [];
  }

  /** What operators can do about it at their providers. */
  #moves(part: Part): TemplateResult | typeof nothing {
    const moves = this.#movesOf(part);
    if (moves.length === 0) return nothing;
    return html`<h3>What operators can move</h3>
      ${moves.filter(({ asks }) => asks !== undefined).map((move) => this.#asking(move))}
      <div class="choices">
        ${moves
          .filter(({ asks }) => asks === undefined)
          .map(
            (move) => html`<button type="button" @click=${() => this.#move(move, '')}>${move.title}</button>`,
          )}
      </div>`;
  }

  #asking(move: Move): TemplateResult {
    const number = move.asks !== 'value';
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        const { value } = (event.target as HTMLFormElement).querySelector('input')!;
        if (value !== '') this.#move(move, value);
      }}
    >
      <label
        >${move.title}
        <input type=${number ? 'number' : 'text'} min="0" step="any" value="0" required
      /></label>
      <button type="submit">Set</button>
    </form>`;
  }

  #move(move: Move, value: string): void {
    const said = value === '' ? move.title : `${move.title}: ${value}`;
    this.#send({ at: instant(this.now), ...filledIn(move, value) }, said);
  }

  #setLength(target: EventTarget | null): void {
    this.length = (target as HTMLSelectElement).value;
  }

  #inject(part: Part, choice: ReturnType<typeof choicesFor>[number]): void {
    this.#send(faultEntry(choice, part.target!, this.now, this.length), `${part.name}: ${choice.title}`);
  }

  #send(entry: InjectedEntry, said: string): void {
    this.dialog.close();
    this.dispatchEvent(new InjectEvent(entry, said));
  }
}
