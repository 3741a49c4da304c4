/** The place where a scenario is edited: its text, and a form beside it that edits the same text. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Place } from '../../src/index.ts';
import type { Desk } from '../engine/compare.ts';
import { openDesk } from '../engine/compare-open.ts';
import { ChangeEvent, type Source } from '../share/contract.ts';
import { save } from '../share/files.ts';
import { LOOK } from '../share/look.ts';
import { PLACE_FRAME } from '../share/place.ts';
import { SetsEvent } from '../shell/events.ts';
import type { Checked } from './check.ts';
import { withSets } from './document/sets.ts';
import './form.ts';
import type { FormEvent } from './form.ts';
import { isScenario, withZone, zonesOf } from './incoming.ts';
import { PLACE } from './place-styles.ts';
import { problemList, summaryOf } from './problems.ts';
import type { Code } from './text/code.ts';
import './zone-dialog.ts';
import type { ZoneDialogElement, ZoneEvent } from './zone-dialog.ts';

/** Typing stops this long before the text is checked. */
const CHECK_MILLISECONDS = 250;
/** From this width on the text can be written in; below, the form edits it. */
const WIDE = '(min-width: 48rem)';
const EMPTY: Checked = { issues: [], effective: [], strategies: [] };

@customElement('dnsdrill-edit')
export class EditElement extends LitElement {
  static override styles = [LOOK, PLACE_FRAME, PLACE];

  @property({ attribute: false }) accessor source: Source = { text: '', file: 'drill.yaml', files: {} };
  @property({ attribute: false }) accessor sets: readonly string[] = [];
  @property({ attribute: false }) accessor seed: number | undefined;
  @state() accessor checked: Checked = EMPTY;
  @state() accessor wide = matchMedia(WIDE).matches;
  @state() accessor said = '';
  @state() accessor dropping = false;
  @query('.code') accessor codeParent!: HTMLElement | null;
  @query('input[type=file]') accessor picker!: HTMLInputElement;
  @query('dnsdrill-zone-dialog') accessor zoneDialog!: ZoneDialogElement;

  readonly #desk: Desk = openDesk();
  readonly #width = matchMedia(WIDE);
  #code: Code | undefined;
  #checkTimer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#width.addEventListener('change', this.#resize);
    for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      window.addEventListener(kind, this.#drag);
    }
    this.#checkSoon(0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.removeEventListener('change', this.#resize);
    for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      window.removeEventListener(kind, this.#drag);
    }
    clearTimeout(this.#checkTimer);
    this.#desk.end();
    this.#code?.destroy();
    this.#code = undefined;
  }

  protected override render(): TemplateResult {
    const { source, checked, wide } = this;
    return html`
      <h1 class="hidden">Edit</h1>
      ${this.#bar()} ${this.sets.length > 0 ? this.#turned() : nothing}
      <div class="panes">
        <div class="text">
          ${wide ? html`<div class="code"></div>` : nothing}
          ${problemList(checked.issues, source.file, wide ? (place) => this.#lead(place) : undefined)}
          ${wide ? nothing : this.#readOnly()}
        </div>
        <dnsdrill-edit-form
          class="card"
          .text=${source.text}
          .checked=${checked}
          @dnsdrill-form=${({ text, said }: FormEvent) => this.#formed(text, said)}
        ></dnsdrill-edit-form>
      </div>
      <dnsdrill-zone-dialog
        .desk=${this.#desk}
        .known=${zonesOf(source.text)}
        @dnsdrill-zone=${({ file, text, origin }: ZoneEvent) => this.#addZone(file, text, origin)}
      ></dnsdrill-zone-dialog>
      ${this.dropping ? html`<div class="drop"><p>Drop a scenario or a zone file</p></div>` : nothing}
    `;
  }

  #bar(): TemplateResult {
    const { file } = this.source;
    const beside = Object.keys(this.source.files).filter((path) => this.source.text.includes(path));
    return html`<div class="row bar">
      <button type="button" @click=${() => this.picker.click()}>Open …</button>
      <input type="file" hidden accept=".yaml,.yml,.zone,.db,.txt" multiple @change=${this.#choose} />
      <button type="button" @click=${() => save(file, this.source.text, 'application/yaml')}>Save ${file}</button>
      <span class="quiet small grows">${beside.length > 0 ? `with ${beside.join(', ')}` : ''}</span>
      <span role="status" class="small ${checkedClass(this.checked)}">${this.said} ${summaryOf(this.checked.issues)}</span>
    </div>`;
  }

  /** What Play has set on top of the text. */
  #turned(): TemplateResult {
    return html`<div class="row card turned">
      <p class="small grows">
        On top of the text: ${this.sets.map((set, index) => html`${index > 0 ? ', ' : ''}<code>${set}</code>`)}
      </p>
      <button type="button" @click=${this.#writeSets}>Write into the text</button>
      <button type="button" @click=${() => this.dispatchEvent(new SetsEvent([], []))}>Take back</button>
    </div>`;
  }

  readonly #writeSets = (): void => {
    this.#become({ ...this.source, text: withSets(this.source.text, this.sets) }, 'Written into the text.');
    this.dispatchEvent(new SetsEvent([], []));
  };

  #readOnly(): TemplateResult {
    return html`<details class="card read">
      <summary>Text (read only on a narrow screen)</summary>
      <pre tabindex="0" aria-label="Scenario">${this.source.text}</pre>
    </details>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('wide') || !this.#code) void this.#showCode();
    if (changed.has('source') || changed.has('sets')) {
      if (this.#code) this.#code.text = this.source.text;
      this.#checkSoon(CHECK_MILLISECONDS);
    }
    if (changed.has('checked')) this.#code?.mark(this.checked.issues, this.source.file);
  }

  async #showCode(): Promise<void> {
    if (!this.wide) {
      this.#code?.destroy();
      this.#code = undefined;
      return;
    }
    const { Code } = await import('./text/code.ts');
    const parent = this.codeParent;
    if (this.#code || !parent || !this.isConnected) return;
    const desk = this.#desk;
    this.#code = new Code({
      parent,
      root: this.shadowRoot!,
      text: this.source.text,
      onText: (text) => this.#become({ ...this.source, text }),
      complete: (text, offset) => desk.ask('complete', { text, offset }).catch(() => undefined),
      hover: (text, offset) => desk.ask('hover', { text, offset }).catch(() => undefined),
    });
    this.#code.mark(this.checked.issues, this.source.file);
  }

  /** Takes a changed scenario over and tells the shell. */
  #become(source: Source, said = ''): void {
    this.source = source;
    this.said = said;
    this.dispatchEvent(new ChangeEvent(source));
  }

  #formed(text: string, said: string): void {
    this.#become({ ...this.source, text }, said);
  }

  #lead(place: Place): void {
    this.#code?.show(place);
  }

  #checkSoon(milliseconds: number): void {
    clearTimeout(this.#checkTimer);
    this.#checkTimer = window.setTimeout(() => void this.#check(), milliseconds);
  }

  async #check(): Promise<void> {
    const { source, sets } = this;
    try {
      const checked = await this.#desk.ask('check', { source, sets });
      if (source !== this.source) return;
      // While there are errors, what was in force before still says most about the fields.
      const effective = checked.effective.length > 0 ? checked.effective : this.checked.effective;
      const words = checked.words ?? this.checked.words;
      this.checked = { ...checked, effective, ...(words ? { words } : {}) };
    } catch {
      // The place was left, or a newer check has taken over.
    }
  }

  readonly #resize = (): void => {
    this.wide = this.#width.matches;
  };

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void this.#take([...(input.files ?? [])]);
    input.value = '';
  };

  readonly #drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = event.type === 'dragover' || event.type === 'dragenter';
    if (event.type === 'drop') void this.#take([...event.dataTransfer.files]);
  };

  /** Scenarios take the place of this one, zones are shown first. */
  async #take(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const text = (await file.text()).replaceAll('\r\n', '\n');
      if (isScenario(file.name, text)) {
        this.#become({ file: file.name, text, files: this.source.files }, `Opened ${file.name}.`);
      } else await this.zoneDialog.open(file.name, text);
    }
  }

  #addZone(file: string, text: string, origin: string): void {
    const { source } = this;
    const files = { ...source.files, [file]: text };
    this.#become(
      { ...source, text: withZone(source.text, file, origin), files },
      `Zone ${origin} is read from ${file}.`,
    );
  }
}

function checkedClass({ issues }: Checked): string {
  return issues.some(({ severity }) => severity === 'error') ? 'bad' : 'quiet';
}
