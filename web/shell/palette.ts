/** The command palette: type a few letters, choose with the arrow keys, run with Enter. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type Command, type Commands, keyText } from './commands.ts';
import type { DialogElement } from './dialog.ts';
import './dialog.ts';
import { BASE, BUTTONS } from './styles.ts';

@customElement('dnsdrill-palette')
export class PaletteElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      input {
        width: 100%;
      }
      ul {
        max-height: calc(50vh / var(--zoom));
        margin: 0.5rem 0 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        min-height: 2.25rem;
        padding: 0.25rem 0.75rem;
        border-radius: 6px;
        font-size: 0.875rem;
        cursor: pointer;
      }
      li[aria-selected='true'] {
        background: var(--accent-soft);
        outline: 1px solid var(--accent);
        outline-offset: -1px;
      }
      li span:last-child {
        color: var(--quiet);
        font: 0.75rem var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) accessor commands!: Commands;
  @state() accessor text = '';
  @state() accessor chosen = 0;
  @query('dnsdrill-dialog') accessor dialog!: DialogElement;
  @query('input') accessor input!: HTMLInputElement;

  protected override render(): TemplateResult {
    const found = this.#found();
    return html`<dnsdrill-dialog heading="Commands" placement="top">
      <input
        type="search"
        role="combobox"
        aria-label="Find a command"
        aria-controls="list"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-activedescendant=${found.length > 0 ? `command-${this.chosen}` : ''}
        autocomplete="off"
        placeholder="Type to find a command"
        .value=${this.text}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      />
      <ul id="list" role="listbox" aria-label="Commands">
        ${found.map((command, index) => this.#item(command, index))}
      </ul>
      ${found.length === 0 ? html`<p class="quiet">No command has these letters.</p>` : ''}
    </dnsdrill-dialog>`;
  }

  async show(): Promise<void> {
    this.text = '';
    this.chosen = 0;
    this.requestUpdate();
    await this.updateComplete;
    await this.dialog.show();
    this.input.focus();
  }

  #item(command: Command, index: number): TemplateResult {
    const keys = command.keys?.map(keyText).join(' ') ?? '';
    return html`<li
      id=${`command-${index}`}
      role="option"
      aria-selected=${index === this.chosen}
      @click=${() => this.#run(command)}
      @pointermove=${() => {
        this.chosen = index;
      }}
    >
      <span>${command.title}</span><span>${keys || command.id}</span>
    </li>`;
  }

  #found(): readonly Command[] {
    const words = this.text.toLowerCase().split(/\s+/);
    return this.commands.list.filter(({ id, title }) => {
      const text = `${title} ${id}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  #onInput(): void {
    this.text = this.input.value;
    this.chosen = 0;
  }

  #onKey(event: KeyboardEvent): void {
    const found = this.#found();
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      this.chosen = (this.chosen + move + found.length) % Math.max(1, found.length);
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
      });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const command = found[this.chosen];
      if (command) this.#run(command);
    }
  }

  #run(command: Command): void {
    this.dialog.close();
    command.run();
  }
}
