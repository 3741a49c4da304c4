/** RFC 4034 §6.1: canonical order of names, with the example of the RFC. */
import { expect, test } from 'vitest';
import { compareNames, parseName } from '../../src/dns/data/name.ts';

const SORTED = [
  'example.',
  'a.example.',
  'yljkjljk.a.example.',
  'Z.a.example.',
  'zABC.a.EXAMPLE.',
  'z.example.',
  '\\001.z.example.',
  '*.z.example.',
  '\\200.z.example.',
].map((text) => parseName(text));

test('§6.1', () => {
  expect([...SORTED].reverse().sort(compareNames)).toEqual(SORTED);
  for (const [i, a] of SORTED.entries()) {
    for (const [j, b] of SORTED.entries()) expect(Math.sign(compareNames(a, b))).toBe(Math.sign(i - j));
  }
});
