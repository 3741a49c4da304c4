/** Places in a scenario: parts of the world, codes, degrees, address blocks. */
import { parsePrefix } from '../model/authority/steering/networks.ts';
import type { Territory } from '../model/authority/steering/places.ts';
import { type Kind, Problem, quote } from './kinds.ts';

const FORMS: readonly (readonly [Territory['level'], RegExp])[] = [
  ['continent', /^continent\s+(AF|AN|AS|EU|NA|OC|SA)$/],
  ['country', /^country\s+([A-Z]{2})$/],
  ['subdivision', /^state\s+([A-Z]{2}-[A-Z0-9]{1,3})$/],
  ['world', /^(?:default|[Ww]orld|\*)()$/],
];

/** `continent NA`, `country US`, `state US-VA` (ISO 3166), `default`, `*` (Route 53) or `World` (Azure) for the world. */
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

/** An address block in CIDR notation (RFC 4632 §3.1). */
export const blockKind: Kind<string> = {
  noun: 'an address block',
  json: { type: 'string' },
  read(raw) {
    if (typeof raw === 'string' && parsePrefix(raw)) return raw;
    const message = `${quote(raw)} is not an address block`;
    return new Problem('scenario-bad-block', message, 'write a block such as 198.51.100.0/24');
  },
  show: (value) => value,
};

/** A code of ISO 3166: one to three capital letters or digits. */
export const codeKind: Kind<string> = {
  noun: 'a code',
  json: { type: 'string', pattern: '^[A-Z0-9]{1,3}$' },
  read(raw) {
    if (typeof raw === 'string' && /^[A-Z0-9]{1,3}$/.test(raw)) return raw;
    return new Problem(
      'scenario-bad-code',
      `${quote(raw)} is not a code of ISO 3166`,
      'write for example US',
    );
  },
  show: (value) => value,
};

/** A number of degrees from -`most` to `most`. */
export function degreesKind(most: number): Kind<number> {
  return {
    noun: 'degrees',
    json: { type: 'number', minimum: -most, maximum: most },
    read(raw) {
      if (typeof raw === 'number' && Math.abs(raw) <= most) return raw;
      return new Problem('scenario-bad-number', `${quote(raw)} is not a number from -${most} to ${most}`);
    },
    show: String,
  };
}
