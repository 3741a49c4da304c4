/** The menu of a component: how it stands, and what can be done to it now. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Part } from '../../src/experiment/session/topology.ts';
import type { InjectedEntry, PartStatus } from '../engine/session-messages.ts';
import type { DialogElement } from '../shell/dialog.ts';
import '../shell/dialog.ts';
import { formatSeconds } from '../../src/report/numbers.ts';
import { BASE, BUTTONS } from '../shell/styles.ts';
import { LEVEL_GLYPH } from '../topology/picture.ts';
import { choicesFor, faultEntry, LENGTHS, restoreEntry } from './faults.ts';

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
    const choices = choicesFor(part);
    const level = status?.level ?? 'works';
    return html`
      <p>${LEVEL_GLYPH[level]} ${status?.text ?? 'works'} <span class="quiet">· ${part.detail}</span></p>
      ${
        choices.length === 0
          ? html`<p class="quiet">Nothing can be done to it directly. Point at what it depends on.</p>`
          : html`<div class="choices">
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
            </button>`
      }
    `;
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
