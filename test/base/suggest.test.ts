import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { didYouMean, suggest } from '../../src/base/suggest.ts';

describe('suggest', () => {
  test.each([
    ['timelime', ['title', 'timeline'], 'timeline'], // one substitution
    ['cuont', ['count', 'region'], 'count'], // one swap
    ['ttlfloor', ['ttl-floor', 'ttl-cap'], 'ttl-floor'], // one insertion
    ['UNBOUND', ['bind', 'unbound'], 'unbound'], // case does not count
    ['x', ['y', 'z'], 'y'], // the first of equals
    ['apple', ['orange', 'pear'], undefined],
    ['', [], undefined],
    ['a'.repeat(81), ['a'.repeat(80)], undefined], // too long to have been mistyped
  ])('%s of %s is %s', (word, candidates, wanted) => {
    expect(suggest(word, candidates)).toBe(wanted);
  });

  it('finds a word after any one slip of the finger', () => {
    const word = 'availability';
    const slip = fc.tuple(fc.nat({ max: word.length - 1 }), fc.constantFrom('drop', 'double', 'swap', 'q'));
    fc.assert(
      fc.property(slip, ([at, how]) => {
        const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
        const typed = {
          drop: before + after,
          double: before + letter + letter + after,
          swap: before + (after[0] ?? '') + letter + after.slice(1),
          q: `${before}q${after}`,
        }[how]!;
        expect(suggest(typed, ['recovery', word, 'outcome'])).toBe(word);
      }),
      { seed: 1 },
    );
  });
});

describe('didYouMean', () => {
  test.each([
    ['eats', ['east', 'west'], "did you mean 'east'?"],
    ['mars', ['us', 'eu'], 'known are us, eu'],
    ['mars', ['us'], 'known is us'],
    ['mars', [], undefined],
    ['nodelocaldns', ['dnsmasq', 'nodelocal-dnscache'], "did you mean 'nodelocal-dnscache'?"], // part of one
    ['google', ['google-dns', 'bind', 'google-cloud'], 'perhaps google-dns, google-cloud'], // part of several
    ['ind', ['unbind', 'us'], 'known are unbind, us'], // too short to be a part
    ['mars', ['us', 'eu', 'us'], 'known are us, eu'], // each once
  ])('%s of %s', (word, known, wanted) => {
    expect(didYouMean(word, known)).toBe(wanted);
  });

  it('shows a dozen words at most', () => {
    const known = Array.from({ length: 20 }, (_, index) => `name${index}`);
    expect(didYouMean('other', known)).toMatch(/name11, \.\.\.$/);
  });
});
