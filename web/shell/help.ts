/** What the page is, and which keys it has; single keys can be switched off here (WCAG 2.2, 2.1.4). */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type Command, type Commands, keyText } from './commands.ts';
import type { DialogElement } from './dialog.ts';
import './dialog.ts';
import { readKeysOn, rememberKeysOn } from './preferences.ts';
import { BASE, BUTTONS, TABLES } from './styles.ts';

type Row = Pick<Command, 'title'> & { readonly keys: readonly string[] };

/** One row for a command, or for all of a group with its first and its last key. */
function rowsOf(commands: readonly Command[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { keys = [], title, group } of commands) {
    const before = group === undefined ? undefined : rows.get(group);
    const shown = before ? [before.keys[0]!, '…', ...keys] : keys;
    rows.set(group ?? title, { title: group ?? title, keys: shown });
  }
  return [...rows.values()];
}

@customElement('dnsdrill-help')
export class HelpElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    TABLES,
    css`
      p {
        margin-bottom: 0.75rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2rem;
        margin-bottom: 0.5rem;
      }
      input {
        width: 1.125rem;
        height: 1.125rem;
        accent-color: var(--accent);
      }
      kbd {
        padding: 0.0625rem 0.375rem;
        border: 1px solid var(--field-line);
        border-radius: 4px;
        font: 0.75rem var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) accessor commands!: Commands;
  @state() accessor keysOn = readKeysOn();
  @query('dnsdrill-dialog') accessor dialog!: DialogElement;

  protected override render(): TemplateResult {
    return html`<dnsdrill-dialog heading="Help and keys">
      <p>
        dnsdrill plays outages of DNS: clients, their caches, recursive resolvers and authoritative servers, request by
        request, in this browser. Turn a knob and everything follows; point at a component to break it; point at a
        square to ask why it still has the old address. Nothing leaves your computer.
      </p>
      <label>
        <input type="checkbox" .checked=${this.keysOn} @change=${this.#toggle} />
        Single keys act while the simulation has the focus
      </label>
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td><kbd>Ctrl K</kbd></td>
            <td>Show all commands, anywhere</td>
          </tr>
          ${rowsOf(this.commands?.keyed ?? []).map(
            ({ keys, title }) =>
              html`<tr>
                <td>${keys.map((key) => (key === '…' ? '… ' : html`<kbd>${keyText(key)}</kbd> `))}</td>
                <td>${title}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </dnsdrill-dialog>`;
  }

  async show(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    await this.dialog.show();
  }

  #toggle({ target }: Event): void {
    this.keysOn = (target as HTMLInputElement).checked;
    rememberKeysOn(this.keysOn);
  }
}
