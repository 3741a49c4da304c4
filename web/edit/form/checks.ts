/** The form: endpoints and their health checks. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Form, knobField, removeButton, section } from './form.ts';

const KNOBS = [
  ['interval', 'Interval'],
  ['timeout', 'Time-out'],
  ['failures', 'Failures until unhealthy'],
  ['successes', 'Successes until healthy'],
] as const;

export function checksPart(form: Form): TemplateResult | typeof nothing {
  const names = form.keys('endpoints');
  if (names.length === 0) return nothing;
  return section(
    'Endpoints and checks',
    names.length,
    false,
    names.map((name) => endpoint(form, name)),
  );
}

function endpoint(form: Form, name: string): TemplateResult {
  const path = ['endpoints', name, 'check'];
  const has = form.value(path) !== undefined;
  return html`<fieldset>
    <legend>${name}</legend>
    ${
      has
        ? html`<div class="grid">${KNOBS.map(([key, label]) => knobField(form, { path: [...path, key], label }))}</div>
            ${removeButton(`Take the check of ${name} away`, () => form.remove(path, `${name} is not checked any more.`))}`
        : html`<button
            type="button"
            @click=${() => form.set(path, { https: '/health', interval: '10s', failures: 3 })}
          >
            Check ${name}
          </button>`
    }
  </fieldset>`;
}
