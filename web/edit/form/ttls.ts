/** The form: TTLs, of policies, of records written in the scenario, and of delegations. */
import { html, type TemplateResult } from 'lit';
import { type Form, knobField, section } from './form.ts';
import { recordTtls, withTtl } from './record-ttls.ts';

export function ttlsPart(form: Form): TemplateResult {
  const policies = form.keys('policies').map((name) => policyTtl(form, name));
  const zones = Array.from({ length: form.outline.lengthAt(['zones']) }, (_, index) =>
    zoneTtls(form, index),
  ).flat();
  return section(
    'TTLs',
    policies.length + zones.length,
    true,
    html`<div class="grid">${policies}${zones}</div>`,
  );
}

/** A failover written as a pair has its TTL inside; every other policy beside its rule. */
function policyTtl(form: Form, name: string): TemplateResult {
  const isPair = form.text(['policies', name, 'failover', 'primary']) !== '';
  const path = isPair ? ['policies', name, 'failover', 'ttl'] : ['policies', name, 'ttl'];
  return knobField(form, { path, label: `Policy ${name}` });
}

function zoneTtls(form: Form, index: number): TemplateResult[] {
  const path = ['zones', index];
  const zone = form.text([...path, 'name']);
  const records = form.text([...path, 'records']);
  const fields = recordTtls(records).map(({ line, label, ttl }) => {
    const id = `${path.join('.')}.records.${line}`;
    const set = (event: Event): void => {
      const { value } = event.target as HTMLInputElement;
      if (/^\d[\dsmhdw]*$/i.test(value.trim()))
        form.set([...path, 'records'], withTtl(records, line, value.trim()));
    };
    return html`<div class="field">
      <label for=${id}>${label} <span class="quiet">in ${zone}</span></label>
      <input id=${id} .value=${ttl} autocomplete="off" spellcheck="false" @change=${set} />
    </div>`;
  });
  return [
    ...fields,
    knobField(form, {
      path: [...path, 'delegation', 'ttl'],
      label: `Delegation of ${zone || form.text([...path, 'file'])}`,
    }),
  ];
}
