/** The form: faults and changes on the timeline. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Plain } from '../document/outline.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import { type Form, knobField, removeButton, section } from './form.ts';

/** Kinds of faults that can be added here, with what each needs besides a target. */
const FAULTS: readonly {
  readonly key: string;
  readonly label: string;
  readonly needs: Record<string, Plain>;
}[] = [
  { key: 'fail', label: 'stops working', needs: {} },
  { key: 'slow', label: 'answers late', needs: { extra: '300ms' } },
  { key: 'lossy', label: 'loses packets', needs: { loss: '50%' } },
  { key: 'wrong', label: 'answers wrongly', needs: { answer: 'servfail' } },
  { key: 'flood', label: 'is flooded', needs: { rate: 50_000 } },
  { key: 'errors', label: 'fails requests', needs: { share: '100%' } },
  { key: 'false-alarm', label: 'is called unhealthy', needs: {} },
];

/** Values of a fault that the form shows, where it has them. */
const DETAILS: readonly (readonly [key: string, label: string])[] = [
  ['extra', 'Extra round trip'],
  ['loss', 'Packets lost'],
  ['answer', 'Answers'],
  ['rate', 'Queries per second'],
  ['share', 'Requests that fail'],
  ['to', 'To'],
];

export function eventsPart(form: Form, targets: Vocabulary['targets']): TemplateResult {
  const count = form.outline.lengthAt(['timeline']);
  const items = Array.from({ length: count }, (_, index) => event(form, index, targets));
  return section('Faults and changes', count, true, html`${items} ${adder(form, targets)}`);
}

function event(form: Form, index: number, targets: Vocabulary['targets']): TemplateResult {
  const path = ['timeline', index];
  const keys = form.keys(...path);
  const fault = FAULTS.find(({ key }) => keys.includes(key));
  const title = titleOf(form, index, keys);
  return html`<fieldset>
    <legend>${title}</legend>
    <div class="grid">
      ${knobField(form, { path: [...path, 'at'], label: 'At', needed: true })}
      ${fault ? knobField(form, { path: [...path, fault.key], label: 'What', words: targets[fault.key] ?? [], needed: true }) : nothing}
      ${fault ? knobField(form, { path: [...path, 'for'], label: 'For', example: 'to the end' }) : nothing}
      ${DETAILS.filter(([key]) => keys.includes(key)).map(([key, label]) => knobField(form, { path: [...path, key], label, needed: true }))}
    </div>
    ${removeButton(`Remove: ${title}`, () => form.remove(path, `Removed: ${title}.`))}
  </fieldset>`;
}

function titleOf(form: Form, index: number, keys: readonly string[]): string {
  const written = form.text(['timeline', index, 'label']);
  if (written !== '') return written;
  const fault = FAULTS.find(({ key }) => keys.includes(key));
  if (fault) return `${form.text(['timeline', index, fault.key])} ${fault.label}`;
  const key = keys.find((one) => one !== 'at') ?? 'entry';
  return `${key} ${form.text(['timeline', index, key])}`;
}

function adder(form: Form, targets: Vocabulary['targets']): TemplateResult {
  const add = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const data = new FormData(submitted.target as HTMLFormElement);
    const fault = FAULTS.find(({ key }) => key === data.get('kind'))!;
    const [target] = targets[fault.key] ?? [];
    if (target === undefined) return;
    const entry = { at: '10m', [fault.key]: target, ...fault.needs, for: '20m' };
    form.append(['timeline'], entry, `Added: ${target} ${fault.label}, at 10m for 20m.`);
  };
  return html`<form class="row adder" @submit=${add}>
    <label for="new-fault">Add</label>
    <select id="new-fault" name="kind">
      ${FAULTS.map(({ key, label }) => html`<option value=${key}>something ${label}</option>`)}
    </select>
    <button>Add</button>
  </form>`;
}
