/** Every shipped scenario loads without a word, is played, and meets its own expectations. */
import { describe, expect, it, test } from 'vitest';
import { readDocument } from '../../src/scenario/document/read.ts';
import { toPlain } from '../../src/scenario/document/tree.ts';
import { jsonSchema } from '../../src/scenario/json-schema.ts';
import { line } from './base.ts';
import { offences } from './json-schema-check.ts';
import { loadShipped, SHIPPED, shippedFile } from './shipped.ts';

describe('shipped scenarios', () => {
  it('are the ones the gallery names', () => {
    const gallery = shippedFile('README.md')!;
    const named = [...gallery.matchAll(/\]\(([\w-]+\.yaml)\)/g)].map(([, name]) => name);
    expect([...named].sort((a, b) => (a! < b! ? -1 : 1))).toEqual(
      SHIPPED.map(([name]) => name).filter((name) => name !== 'starter'),
    );
  });

  test.each(SHIPPED)('%s loads without issues', (name, text) => {
    const { scenario, issues } = loadShipped(name, text);
    expect(issues.map(line)).toEqual([]);
    expect(scenario!.strategies.length).toBeGreaterThan(0);
    expect(scenario!.strategies.some(({ expectations }) => expectations.length > 0)).toBe(true);
  });

  test.each(SHIPPED)('%s fits the JSON Schema', (_, text) => {
    expect(offences(jsonSchema(), toPlain(readDocument(text, 'x').tree!))).toEqual([]);
  });
});
