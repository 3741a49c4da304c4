/** Handing things on: a link to what is seen, the command that repeats it, files. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { encodeShared, type Shared } from '../share/codec.ts';
import type { Source } from '../share/contract.ts';
import { copy, save } from '../share/files.ts';
import { commandLine } from '../share/shell-words.ts';
import { sizeAdvice } from '../share/size.ts';
import { AnnounceEvent } from './announcer.ts';
import type { Commands } from './commands.ts';
import type { DialogElement } from './dialog.ts';
import './dialog.ts';
import { usedFiles } from './drill.ts';
import { BASE, BUTTONS } from './styles.ts';

interface Link {
  readonly url: string;
  readonly advice: string;
  readonly command: string;
}

@customElement('dnsdrill-hand-over')
export class HandOverElement extends LitElement {
  static override styles = [
    BASE,
    BUTTONS,
    css`
      label {
        display: block;
        margin: 0.75rem 0 0.25rem;
        font-size: 0.875rem;
        font-weight: 600;
      }
      .row {
        display: flex;
        gap: 0.5rem;
      }
      .row input {
        flex: 1;
        min-width: 0;
        font: 0.8125rem var(--mono);
      }
      .finding {
        flex-wrap: wrap;
      }
      textarea {
        flex: 1 1 14rem;
        min-width: 0;
        padding: 0.375rem 0.5rem;
        border: 1px solid var(--field-line);
        border-radius: var(--radius);
        background: var(--panel);
        color: var(--ink);
        font: inherit;
        font-size: 0.875rem;
        resize: vertical;
      }
      .files {
        display: flex;
        flex-direction: column;
        gap: 0.5rem;
      }
      .files button {
        justify-content: start;
      }
      p {
        margin-top: 0.375rem;
        font-size: 0.875rem;
      }
    `,
  ];

  @property({ attribute: false }) accessor commands!: Commands;
  /** What the view has come to, in a sentence; empty while it has come to nothing. */
  @property() accessor finding = '';
  @state() accessor link: Link | undefined;
  @state() accessor source: Source | undefined;
  @state() accessor copied = '';
  @query('dnsdrill-dialog') accessor dialog!: DialogElement;

  protected override render(): TemplateResult {
    return html`<dnsdrill-dialog heading=${this.link ? 'Share this view' : 'Export'}>
      ${this.link ? this.#links(this.link) : this.#files()}
      <p>${this.copied}</p>
    </dnsdrill-dialog>`;
  }

  /**
   * @param shared everything the link shall hold
   * @param repeat settings with which the command line plays the very world that is shown
   */
  async showLink(shared: Shared, repeat?: readonly string[]): Promise<void> {
    const payload = await encodeShared({ ...shared, files: usedFiles(shared.text, shared.files) });
    const url = `${location.href.replace(/#.*$/s, '')}#/${shared.view}?link=${payload}`;
    const command = repeat
      ? commandLine('run', { ...shared, sets: repeat }, ['--reps', '1'])
      : commandLine('run', shared);
    this.link = { url, advice: sizeAdvice(url.length).text, command };
    this.copied = '';
    await this.updateComplete;
    await this.dialog.show();
  }

  async showExports(source: Source): Promise<void> {
    this.link = undefined;
    this.source = source;
    this.copied = '';
    await this.updateComplete;
    await this.dialog.show();
  }

  #links({ url, advice, command }: Link): TemplateResult {
    const finding = this.finding.replaceAll('\u00a0', ' ');
    return html`
      <p>The link holds the whole scenario with everything you changed. Nothing is stored anywhere else.</p>
      ${this.#field('link', 'Link', url)}
      <p class="quiet">${advice}</p>
      ${finding === '' ? nothing : this.#finding(finding, url)}
      ${this.#field('command', 'The same in a terminal', command)}
    `;
  }

  #field(id: string, label: string, text: string): TemplateResult {
    return html`<label for=${id}>${label}</label>
      <div class="row">
        <input id=${id} type="text" readonly .value=${text} @focus=${({ target }: Event) => (target as HTMLInputElement).select()} />
        <button type="button" class="primary" aria-label=${`Copy: ${label}`} @click=${() => void this.#copy(label, text)}>
          Copy
        </button>
      </div>`;
  }

  /** Ready to be pasted where the argument is. */
  #finding(finding: string, url: string): TemplateResult {
    const copyBoth = (): void => void this.#copy('Sentence and link', `${finding}\n${url}`);
    return html`<label for="finding">What it shows</label>
      <div class="row finding">
        <textarea id="finding" readonly rows="4" .value=${finding}></textarea>
        <button type="button" @click=${copyBoth}>Copy with link</button>
      </div>`;
  }

  #files(): TemplateResult {
    const exports =
      this.commands?.list.filter(({ id }) => id.startsWith('export.') && id !== 'export.open') ?? [];
    return html`<div class="files">
      <button type="button" @click=${() => this.#saveScenario()}>Scenario as it is now (YAML)</button>
      ${exports.map(({ id, title }) => html`<button type="button" @click=${() => this.commands.run(id)}>${title}</button>`)}
      ${exports.length === 0 ? html`<p class="quiet">This place has nothing else to save yet.</p>` : nothing}
    </div>`;
  }

  #saveScenario(): void {
    if (this.source) save(this.source.file, this.source.text, 'application/yaml');
  }

  async #copy(what: string, text: string): Promise<void> {
    const done = await copy(text);
    this.copied = done
      ? `${what} copied.`
      : 'The browser does not allow copying. Select the text and copy it yourself.';
    this.dispatchEvent(new AnnounceEvent(this.copied));
  }
}
