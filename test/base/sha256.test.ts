import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sha256 } from '../../src/base/sha256.ts';

describe('sha256', () => {
  // FIPS 180-4 examples (NIST, SHA256.pdf) and the empty message.
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('%j', (text, hash) => {
    expect(sha256(text)).toBe(hash);
  });

  it('agrees with another implementation at every length around a block, and beyond ASCII', () => {
    const other = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
    for (let length = 0; length < 200; length++) {
      const text = 'é'.repeat(length % 7) + 'x'.repeat(length);
      expect(sha256(text)).toBe(other(text));
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(other(text));
      }),
      { seed: 2 },
    );
  });
});
