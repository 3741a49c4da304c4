/** What the parts of the form share: reading the document, changing it, and one way to draw a field. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Issue } from '../../../src/index.ts';
import type { Effective } from '../check.ts';
import { appendAt, removeAt, setAt } from '../document/edit.ts';
import { Outline, type Path, type Plain } from '../document/outline.ts';

/** One state of a document, and the way to the next. */
export class Form {
  readonly outline: Outline;
  readonly strategies: readonly string[];
  readonly effective: readonly Effective[];
  readonly #inForce: ReadonlyMap<string, Effective>;
  readonly #problems: ReadonlyMap<string, string>;
  readonly #change: (text: string, said: string) => void;

  constructor(
    text: string,
    effective: readonly Effective[],
    issues: readonly Issue[],
    change: (text: string, said: string) => void,
  ) {
    this.outline = new Outline(text);
    this.effective = effective;
    this.strategies = this.outline.keysAt(['strategies']);
    this.#inForce = new Map(effective.map((value) => [value.path, value]));
    this.#problems = new Map(issues.flatMap(({ path, message }) => (path ? [[path, message] as const] : [])));
    this.#change = change;
  }

  keys(...path: Path): string[] {
    return this.outline.keysAt(path);
  }

  value(path: Path): Plain | undefined {
    return this.outline.valueAt(path);
  }

  /** The value of a scalar as text; empty when there is none. */
  text(path: Path): string {
    const value = this.value(path);
    return typeof value === 'object' || value === undefined ? '' : String(value);
  }

  /** What is in force at a path, written there or not. */
  inForce(path: Path): Effective | undefined {
    return this.#inForce.get(path.join('.'));
  }

  problem(path: Path): string | undefined {
    return this.#problems.get(path.join('.'));
  }

  set(path: Path, value: Plain): void {
    this.#change(setAt(this.outline.text, path, value), '');
  }

  /** @param said for those who do not see the form change */
  append(path: Path, value: Plain, said: string): void {
    this.#change(appendAt(this.outline.text, path, value), said);
  }

  remove(path: Path, said: string): void {
    this.#change(removeAt(this.outline.text, path), said);
  }

  /** Any other change of the text. */
  rewrite(text: string): void {
    this.#change(text, '');
  }
}

/** A value of the document that can be changed in the form. */
export interface Knob {
  readonly path: Path;
  readonly label: string;
  /** Words to choose from; with `open` others may be written too. */
  readonly words?: readonly string[];
  readonly open?: boolean;
  /** A value that must stay: an empty field changes nothing. */
  readonly needed?: boolean;
  readonly example?: string;
}

/** An id without blank space, which would end a reference to it. */
export function idOf(path: Path): string {
  return path.join('.').replaceAll(/\s/g, '_');
}

/** A label with its field. */
export function knobField(form: Form, knob: Knob): TemplateResult {
  const id = idOf(knob.path);
  const problem = form.problem(knob.path);
  const notes = [problem ? `${id}:problem` : '', sourceNote(form, knob) ? `${id}:note` : '']
    .filter(Boolean)
    .join(' ');
  const field = knob.words && !knob.open ? choice(form, knob, id, notes) : entry(form, knob, id, notes);
  return html`<div class="field">
    <label for=${id}>${knob.label}</label>
    ${field}
    ${problem ? html`<p class="bad small" id="${id}:problem">${problem}</p>` : nothing}
    ${sourceNote(form, knob)}
  </div>`;
}

/** Where a value that is not written here comes from. */
function sourceNote(form: Form, { path }: Knob): TemplateResult | undefined {
  const inForce = form.inForce(path);
  if (!inForce || form.value(path) !== undefined) return undefined;
  return html`<p class="note" id="${idOf(path)}:note">${inForce.source}</p>`;
}

function choice(form: Form, knob: Knob, id: string, notes: string): TemplateResult {
  const value = form.text(knob.path);
  const words = knob.words!;
  const inForce = form.inForce(knob.path)?.value;
  const free = value !== '' && !words.includes(value) ? [value] : [];
  return html`<select
    id=${id}
    aria-describedby=${notes || nothing}
    aria-invalid=${form.problem(knob.path) ? 'true' : nothing}
    @change=${(event: Event) => put(form, knob, (event.target as HTMLSelectElement).value)}
  >
    ${
      knob.needed
        ? nothing
        : html`<option value="" ?selected=${value === ''}>${inForce === undefined ? '–' : `${inForce} (not written)`}</option>`
    }
    ${[...free, ...words].map((word) => html`<option value=${word} ?selected=${word === value}>${word}</option>`)}
  </select>`;
}

function entry(form: Form, knob: Knob, id: string, notes: string): TemplateResult {
  const value = form.text(knob.path);
  const shown = form.inForce(knob.path)?.value ?? knob.example ?? '';
  return html`<input
      id=${id}
      .value=${value}
      placeholder=${shown}
      autocomplete="off"
      spellcheck="false"
      list=${knob.words ? `${id}:words` : nothing}
      aria-describedby=${notes || nothing}
      aria-invalid=${form.problem(knob.path) ? 'true' : nothing}
      @change=${(event: Event) => put(form, knob, (event.target as HTMLInputElement).value)}
    />${
      knob.words
        ? html`<datalist id="${id}:words">${knob.words.map((word) => html`<option value=${word}></option>`)}</datalist>`
        : nothing
    }`;
}

/** Writes what was entered; an empty field takes the value out of the document. */
function put(form: Form, { path, needed }: Knob, entered: string): void {
  const text = entered.trim();
  if (text === form.text(path)) return;
  if (text !== '') form.set(path, plainOf(text));
  else if (!needed) form.remove(path, '');
}

/** Numbers and flags as such, as a person would write them in the file. */
export function plainOf(text: string): Plain {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** A button that takes something out of the document. */
export function removeButton(label: string, remove: () => void): TemplateResult {
  return html`<button type="button" class="plain square" aria-label=${label} title=${label} @click=${remove}>
    <span aria-hidden="true">✕</span>
  </button>`;
}

/** A part of the form that opens and closes. */
export function section(
  title: string,
  count: number | undefined,
  open: boolean,
  body: unknown,
): TemplateResult {
  return html`<details class="part" ?open=${open}>
    <summary>
      <h2>${title}</h2>
      ${count === undefined ? nothing : html`<span class="quiet small">${count}</span>`}
    </summary>
    <div class="body">${body}</div>
  </details>`;
}
