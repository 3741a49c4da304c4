/** A zone file before it is taken into the scenario: its apex, its records, what is wrong with it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Desk } from '../engine/compare.ts';
import { LOOK } from '../share/look.ts';
import { problemList } from './problems.ts';
import type { ZonePreview } from './zone-preview.ts';

/** Fired when the zone is to be taken. */
export class ZoneEvent extends Event {
  readonly file: string;
  readonly text: string;
  /** Apex without the final dot. */
  readonly origin: string;

  constructor(file: string, text: string, origin: string) {
    super('dnsdrill-zone');
    this.file = file;
    this.text = text;
    this.origin = origin;
  }
}

@customElement('dnsdrill-zone-dialog')
export class ZoneDialogElement extends LitElement {
  static override styles = [
    LOOK,
    css`
      dialog {
        width: min(44rem, calc(100cqi - 2rem));
        max-height: calc(100vh / var(--zoom) - 2rem);
        padding: 0;
        border: 1px solid var(--field-line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--ink);
      }
      dialog::backdrop {
        background: #0008;
      }
      form {
        display: grid;
        gap: 0.75rem;
        padding: 1rem;
      }
      pre {
        max-height: 16rem;
        margin: 0;
        padding: 0.5rem 0.75rem;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--sunk);
        font: 0.8125rem / 1.5 var(--mono);
      }
      ul {
        max-height: 8rem;
        margin: 0;
        padding: 0;
        overflow: auto;
        list-style: none;
        font-size: 0.875rem;
      }
      .error {
        color: var(--bad);
      }
      .end {
        justify-content: end;
      }
      label {
        display: grid;
        gap: 0.125rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor desk: Desk | undefined;
  /** Apexes of the scenario's zones, which a new one would take the place of. */
  @property({ attribute: false }) accessor known: readonly string[] = [];
  @state() accessor preview: ZonePreview | undefined;
  @query('dialog') accessor dialog!: HTMLDialogElement;

  #file = '';
  #text = '';

  /** Shows a file. */
  async open(file: string, text: string): Promise<void> {
    this.#file = file;
    this.#text = text;
    this.preview = undefined;
    await this.#read();
    await this.updateComplete;
    this.dialog.showModal();
  }

  async #read(origin?: string): Promise<void> {
    const ask = { text: this.#text, file: this.#file, ...(origin === undefined ? {} : { origin }) };
    this.preview = await this.desk?.ask('zone', ask);
  }

  protected override render(): TemplateResult {
    const { preview } = this;
    return html`<dialog aria-labelledby="title">
      <form method="dialog" @submit=${this.#take}>
        <h1 id="title">Zone file ${this.#file}</h1>
        ${preview ? this.#body(preview) : nothing}
      </form>
    </dialog>`;
  }

  #body(preview: ZonePreview): TemplateResult {
    const { records, types, lines, issues, usable } = preview;
    const origin = preview.origin.replace(/\.$/, '');
    const counts = types.map(({ type, count }) => `${count} ${type}`).join(', ');
    const replaces = this.known.includes(origin);
    return html`
      <label>Zone<input .value=${origin} autocomplete="off" spellcheck="false" @change=${this.#rename} /></label>
      <p role="status">${usable ? `${records} records: ${counts}.` : 'The file cannot be used as it is.'}</p>
      ${lines.length > 0 ? html`<pre tabindex="0" aria-label="Records">${lines.join('\n')}</pre>` : nothing}
      ${problemList(issues, '')}
      <div class="row end">
        <button type="button" @click=${() => this.dialog.close()}>Cancel</button>
        <button class="main" ?disabled=${!usable}>${replaces ? `Replace the zone ${origin}` : 'Add to the scenario'}</button>
      </div>
    `;
  }

  readonly #rename = (event: Event): void => {
    void this.#read((event.target as HTMLInputElement).value.trim());
  };

  readonly #take = (): void => {
    const origin = this.preview?.origin.replace(/\.$/, '') ?? '';
    this.dispatchEvent(new ZoneEvent(this.#file, this.#text, origin));
  };
}
