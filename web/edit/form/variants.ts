/** The form: strategies, each a set of values by path, and expectations. */
import { html, nothing, type TemplateResult } from 'lit';
import { parse } from 'yaml';
import type { Path, Plain } from '../document/outline.ts';
import { flow } from '../document/write.ts';
import { type Form, idOf, removeButton, section } from './form.ts';

export function strategiesPart(form: Form): TemplateResult {
  return section(
    'Strategies',
    form.strategies.length,
    false,
    html`<p class="quiet small">What is compared: each strategy changes a few values, everything else stays the same.</p>
      ${form.strategies.map((name) => strategy(form, name))}
      ${adder('strategy', 'New strategy', 'name', 'ttl 30', (name) => form.set(['strategies', name], {}))}`,
  );
}

function strategy(form: Form, name: string): TemplateResult {
  const path = ['strategies', name];
  return html`<fieldset>
    <legend>${name}</legend>
    ${form.keys(...path).map((key) => change(form, [...path, key], key))}
    <form class="row adder" @submit=${(event: SubmitEvent) => addChange(event, form, path)}>
      <label class="grows"
        ><span class="hidden">Value that ${name} changes</span
        ><input name="path" list="paths" placeholder="path, for example duration" autocomplete="off" required
      /></label>
      <button>Change it</button>
    </form>
    <datalist id="paths">
      ${form.effective.map((value) => html`<option value=${value.path}>${value.value}</option>`)}
    </datalist>
    ${removeButton(`Remove the strategy ${name}`, () => form.remove(path, `Removed the strategy ${name}.`))}
  </fieldset>`;
}

function change(form: Form, path: Path, key: string): TemplateResult {
  const value = form.value(path);
  const id = idOf(path);
  const problem = form.problem(path);
  const shown = value === undefined ? '' : typeof value === 'string' ? value : flow(value);
  const isLong = shown.includes('\n');
  const set = (event: Event): void => form.set(path, read((event.target as HTMLInputElement).value));
  return html`<div class="field">
    <label for=${id} class="path">${key}</label>
    <div class="row nowrap">
      ${
        isLong
          ? html`<span class="quiet small">${shown.split('\n').length} lines, in the text</span>`
          : html`<input id=${id} .value=${shown} autocomplete="off" spellcheck="false" aria-invalid=${problem ? 'true' : nothing} @change=${set} />`
      }
      ${removeButton(`Leave ${key} as it is`, () => form.remove(path, `Removed ${key}.`))}
    </div>
    ${problem ? html`<p class="bad small">${problem}</p>` : nothing}
  </div>`;
}

/** A value as it would be written in the file. */
function read(text: string): Plain {
  try {
    return parse(text) as Plain;
  } catch {
    return text;
  }
}

function addChange(event: SubmitEvent, form: Form, path: Path): void {
  event.preventDefault();
  const target = event.target as HTMLFormElement;
  const key = String(new FormData(target).get('path')).trim();
  const inForce = form.effective.find((value) => value.path === key)?.value;
  if (key !== '') form.set([...path, key], read(inForce ?? '1'));
  target.reset();
}

export function expectationsPart(form: Form, metrics: readonly string[]): TemplateResult {
  const lists = Array.isArray(form.value(['expect']))
    ? [['expect']]
    : form.keys('expect').map((name) => ['expect', name]);
  const paths: readonly Path[] = lists.length > 0 ? lists : [['expect']];
  const count = paths.reduce((sum, path) => sum + form.outline.lengthAt(path), 0);
  return section(
    'Expectations',
    count,
    false,
    html`${paths.map((path) => expectations(form, path))}
    <datalist id="metrics">${metrics.map((metric) => html`<option value="${metric} < "></option>`)}</datalist>`,
  );
}

function expectations(form: Form, path: Path): TemplateResult {
  const name = path[1];
  const items = Array.from({ length: form.outline.lengthAt(path) }, (_, index) =>
    expectation(form, [...path, index]),
  );
  return html`<fieldset>
    <legend>${name === undefined ? 'For every strategy' : `For ${name}`}</legend>
    ${items}
    ${adder(idOf(['expectation', ...path]), 'New expectation', 'text', 'recovery.p99 < 5m', (text) =>
      form.append(path, text, `Added the expectation ${text}.`),
    )}
  </fieldset>`;
}

function expectation(form: Form, path: Path): TemplateResult {
  const text = form.text(path);
  const problem = form.problem(path);
  const set = (event: Event): void => form.set(path, (event.target as HTMLInputElement).value.trim());
  return html`<div class="field">
    <div class="row nowrap">
      <input aria-label="Expectation" list="metrics" .value=${text} autocomplete="off" spellcheck="false" aria-invalid=${problem ? 'true' : nothing} @change=${set} />
      ${removeButton(`Remove the expectation ${text}`, () => form.remove(path, `Removed the expectation ${text}.`))}
    </div>
    ${problem ? html`<p class="bad small">${problem}</p>` : nothing}
  </div>`;
}

/** One field and a button that adds what is in it. */
function adder(
  id: string,
  label: string,
  name: string,
  example: string,
  add: (text: string) => void,
): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const target = event.target as HTMLFormElement;
    const text = String(new FormData(target).get(name)).trim();
    if (text !== '') add(text);
    target.reset();
  };
  return html`<form class="row adder" @submit=${submit}>
    <label class="grows" for="new-${id}"><span class="hidden">${label}</span>
      <input id="new-${id}" name=${name} placeholder=${example} list=${name === 'text' ? 'metrics' : nothing} autocomplete="off" required
    /></label>
    <button>Add</button>
  </form>`;
}
