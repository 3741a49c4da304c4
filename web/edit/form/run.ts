/** The form: what holds for the whole run. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { type Form, knobField, section } from './form.ts';

export function runPart(form: Form): TemplateResult {
  return section(
    'Run',
    undefined,
    true,
    html`${knobField(form, { path: ['title'], label: 'Title', example: 'What is drilled' })}
      <div class="grid">
        ${knobField(form, { path: ['duration'], label: 'Duration', needed: true, example: '1h' })}
        ${knobField(form, { path: ['replications'], label: 'Replications' })}
        ${knobField(form, { path: ['seed'], label: 'Seed' })}
        ${knobField(form, { path: ['start'], label: 'Caches at the start', words: ['warm', 'cold'] })}
      </div>`,
  );
}
