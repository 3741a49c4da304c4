/** The table of checklists beside the rules: every rule stands in it, and none that does not exist. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lintRules } from '../../src/index.ts';

const README = readFileSync(new URL('../../src/advice/lint/README.md', import.meta.url), 'utf8');

it('names each rule, and no other', () => {
  const tables = README.slice(README.indexOf('## The checklists'));
  const named = [...tables.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code!);
  const codes = lintRules().map(({ code }) => code);
  expect([...new Set(named)].sort((a, b) => (a < b ? -1 : 1))).toEqual(codes);
});
