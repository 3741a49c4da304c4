/** The form: clients and the resolvers they ask. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Vocabulary } from '../language/vocabulary.ts';
import { type Form, knobField, section } from './form.ts';

export function clientsPart(form: Form, words: Vocabulary): TemplateResult {
  const names = form.keys('clients');
  return section(
    'Clients',
    names.length,
    true,
    names.map((name) => population(form, name, words)),
  );
}

function population(form: Form, name: string, { applications, systems }: Vocabulary): TemplateResult {
  const path = ['clients', name];
  const isWord = (key: string): boolean => typeof form.value([...path, key]) !== 'object';
  const resolvers = form.keys('resolvers');
  return html`<fieldset>
    <legend>${name}</legend>
    <div class="grid">
      ${knobField(form, { path: [...path, 'count'], label: 'Simulated clients' })}
      ${knobField(form, { path: [...path, 'represents'], label: 'People they stand for' })}
      ${isWord('app') ? knobField(form, { path: [...path, 'app'], label: 'Application', words: applications }) : inText(form, [...path, 'app', 'profile'], 'Application', applications)}
      ${isWord('os') ? knobField(form, { path: [...path, 'os'], label: 'Operating system', words: systems }) : inText(form, [...path, 'os', 'profile'], 'Operating system', systems)}
      ${isWord('resolvers') && resolvers.length > 0 ? knobField(form, { path: [...path, 'resolvers'], label: 'Resolver', words: resolvers }) : nothing}
      ${knobField(form, { path: [...path, 'requests', 'every'], label: 'Time between requests' })}
    </div>
  </fieldset>`;
}

/** A profile with changes: its name can be chosen, the changes stay in the text. */
function inText(
  form: Form,
  path: readonly string[],
  label: string,
  words: readonly string[],
): TemplateResult | typeof nothing {
  return form.text(path) === ''
    ? nothing
    : knobField(form, { path, label: `${label} (with changes)`, words, needed: true });
}

export function resolversPart(form: Form, { resolvers }: Vocabulary): TemplateResult {
  const names = form.keys('resolvers');
  return section(
    'Resolvers',
    names.length,
    false,
    names.map(
      (name) =>
        html`<fieldset>
          <legend>${name}</legend>
          <div class="grid">
            ${knobField(form, { path: ['resolvers', name, 'profile'], label: 'Profile', words: resolvers })}
            ${knobField(form, { path: ['resolvers', name, 'count'], label: 'Instances' })}
          </div>
        </fieldset>`,
    ),
  );
}
