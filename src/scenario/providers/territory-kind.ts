/** Parts of the world in a scenario: `continent NA`, `country US`, `state US-VA`, `default`. */
import type { Territory } from '../../model/authority/steering/places.ts';
import { type Kind, Problem, quote } from '../kinds.ts';

const FORMS: readonly (readonly [Territory['level'], RegExp])[] = [
  ['continent', /^continent\s+(AF|AN|AS|EU|NA|OC|SA)$/],
  ['country', /^country\s+([A-Z]{2})$/],
  ['subdivision', /^state\s+([A-Z]{2}-[A-Z0-9]{1,3})$/],
  ['world', /^(?:default|\*)()$/],
];

export const territoryKind: Kind<Territory> = {
  noun: 'a part of the world',
  json: { type: 'string' },
  read(raw) {
    const text = String(raw).trim();
    for (const [level, form] of FORMS) {
      const code = form.exec(text)?.[1];
      if (code !== undefined) return { level, code };
    }
    const hint = 'write continent NA, country US, state US-VA or default';
    return new Problem('scenario-bad-territory', `${quote(raw)} is not a part of the world`, hint);
  },
  show: ({ level, code }) =>
    level === 'world' ? 'default' : `${level === 'subdivision' ? 'state' : level} ${code}`,
};

/** An address block, `198.51.100.0/24`, or `default`. */
export const BLOCK_HINT = 'write a block such as 198.51.100.0/24, or default';
