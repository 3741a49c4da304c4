/** Defaults of the format: each with a source and a confidence, like every value of a preset. */
import { expect, test } from 'vitest';
import { CONFIDENCE_MEANINGS } from '../../src/profiles/cited.ts';
import { DEFAULTS } from '../../src/scenario/defaults.ts';

function* citations(node: object, path: string): Generator<[path: string, node: Record<string, unknown>]> {
  if ('source' in node) yield [path, node as Record<string, unknown>];
  else for (const [key, child] of Object.entries(node)) yield* citations(child as object, `${path}.${key}`);
}

const ALL = [...citations(DEFAULTS, 'defaults')];

test.each(ALL)('%s', (_, { source, confidence }) => {
  expect(String(source).length).toBeGreaterThan(5);
  expect(Object.keys(CONFIDENCE_MEANINGS)).toContain(confidence);
});

test('are more than a few', () => {
  expect(ALL.length).toBeGreaterThan(30);
});
