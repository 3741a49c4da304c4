/** Whatever stands in a Corefile, the reader ends, and tells places that exist. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PLUGIN_ORDER } from '../../../src/dns/corefile/order.ts';
import { readCorefile } from '../../../src/dns/corefile/read.ts';

const WORDS = [
  ...PLUGIN_ORDER,
  '{',
  '}',
  '\n',
  '.',
  'example.org',
  '10.0.0.0/8:53',
  'import',
  '(snippet)',
  'snippet',
  '"',
  '#',
  '{$HOME}',
  '{args[0]}',
  '30',
  '5s',
  'fallthrough',
  'match',
  'answer',
  'policy',
  'success',
  '',
];

const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 8 })), {
    maxLength: 60,
  })
  .map((words) => words.join(' '));

it('never throws, and places every problem inside the text', () => {
  fc.assert(
    fc.property(text, (corefile) => {
      const lines = corefile.split('\n').length;
      const { issues } = readCorefile(corefile, { file: 'Corefile', readFile: () => undefined });
      for (const { place } of issues) {
        expect(place!.line).toBeGreaterThanOrEqual(1);
        expect(place!.line).toBeLessThanOrEqual(lines);
      }
    }),
    { seed: 20_260_820, numRuns: 500 },
  );
});

it('reads the same text the same way, in the compiled order', () => {
  fc.assert(
    fc.property(text, (corefile) => {
      const first = readCorefile(corefile, { file: 'Corefile' });
      expect(readCorefile(corefile, { file: 'Corefile' })).toEqual(first);
      for (const { plugins } of first.corefile.blocks) {
        const ranks = plugins.map(({ plugin }) => PLUGIN_ORDER.indexOf(plugin));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});
