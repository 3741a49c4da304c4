import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ComparisonResult, PairedDifference } from '../../../src/measure/comparison.ts';
import type { RunResult } from '../../../src/measure/result.ts';
import { differenceSentence, differenceText } from '../../../src/report/compare/difference.ts';
import { doubtBetween } from '../../../src/report/compare/doubt.ts';
import { renderComparison } from '../../../src/report/compare/text.ts';
import { COLUMNS, width } from '../../../src/report/layout.ts';
import { NO_BREAK } from '../../../src/report/numbers.ts';
import { renderText } from '../../../src/report/text.ts';
import { verdict } from '../../../src/report/verdict.ts';
import { comparedResult, FOUR, HOSTILE } from '../compared.ts';

const spaced = (text: string): string => text.replaceAll(NO_BREAK, ' ');

function pair(override: Partial<PairedDifference> = {}): PairedDifference {
  return {
    metric: 'recovery.p99',
    pairs: 20,
    lower: 20,
    higher: 0,
    equal: 0,
    unknown: 0,
    beyondReference: 0,
    beyondOther: 0,
    difference: { mean: -41.2, low: -50.3, high: -33.1 },
    pValue: 0.0001,
    evidence: 'lower',
    ...override,
  };
}

/** As `exactOptionalPropertyTypes` has it: without the number. */
function unnumbered(override: Partial<PairedDifference>): PairedDifference {
  const { difference: _, ...rest } = pair(override);
  return rest;
}

describe('a paired difference in words', () => {
  test.each<[string, PairedDifference]>([
    ['B recovers 41 s sooner at p99 than A (95 % CI 33 s – 50 s).', pair()],
    [
      'B recovers 41 s later for the last client than A (95 % CI 33 s – 50 s).',
      pair({ metric: 'recovery.max', difference: { mean: 41, low: 33, high: 50 }, evidence: 'higher' }),
    ],
    [
      'B loses 2,000 more user-minutes than A (95 % CI 1,000 – 3,000).',
      pair({ metric: 'user-minutes', difference: { mean: 2000, low: 1000, high: 3000 }, evidence: 'higher' }),
    ],
    [
      'B serves 12 points less in the worst stretch than A (95 % CI 10 points – 14 points).',
      pair({ metric: 'availability.min', difference: { mean: -0.12, low: -0.14, high: -0.1 } }),
    ],
    [
      'B sends 300 q/s less to the authoritative servers than A (to within rounding).',
      pair({ metric: 'load.authorities', difference: { mean: -300, low: -300.01, high: -299.99 } }),
    ],
    [
      'No evidence that B and A differ at p99: 50 s sooner to 30 s later; about 410 more runs would decide.',
      pair({ difference: { mean: -10, low: -50, high: 30 }, evidence: 'none', moreRuns: 413 }),
    ],
    [
      'No evidence that B and A differ at p99: 50 s sooner to 30 s later; more than 10,000 more runs would be needed to decide.',
      pair({ difference: { mean: -10, low: -50, high: 30 }, evidence: 'none', moreRuns: 2e6 }),
    ],
    [
      'B recovers 30 s sooner at p99 than A (in each of only 3 runs; about 5 more runs would decide).',
      pair({ pairs: 3, difference: { mean: -30, low: -30, high: -30 }, evidence: 'none', moreRuns: 5 }),
    ],
    [
      'B recovers 41 s sooner at p99 than A (one run, so perhaps chance).',
      pair({ pairs: 1, difference: { mean: -41 }, evidence: 'none' }),
    ],
    [
      'B and A are the same at p99 in every run.',
      pair({ equal: 20, difference: { mean: 0, low: 0, high: 0 }, evidence: 'none' }),
    ],
    [
      'B and A are the same at p99 in 9 of 20 runs, and beyond the end in the others.',
      unnumbered({ lower: 0, equal: 9, unknown: 11, beyondReference: 11, beyondOther: 11, evidence: 'none' }),
    ],
    [
      'B recovers later in 20 of 20 at p99 than A; beyond the end in 12 of 20 runs.',
      unnumbered({ lower: 0, higher: 20, beyondOther: 12, evidence: 'higher' }),
    ],
    [
      'B recovers sooner in 3 and later in 5 of 20 at p99 than A; beyond the end in 12 of 20 runs, beyond the end in 14 of 20 runs for the other; no evidence, about 25 more runs would decide.',
      unnumbered({
        lower: 3,
        higher: 5,
        unknown: 12,
        beyondOther: 12,
        beyondReference: 14,
        evidence: 'none',
        moreRuns: 25,
      }),
    ],
    [
      'Nothing is known at p99: B and A are beyond the end in every run.',
      unnumbered({ lower: 0, unknown: 20, beyondOther: 20, beyondReference: 20, evidence: 'none' }),
    ],
  ])('%s', (sentence, difference) => {
    expect(spaced(differenceSentence(difference, 'A', 'B'))).toBe(sentence);
  });

  it('in a row of a table', () => {
    expect(differenceText(pair())).toEqual({
      finding: `41${NO_BREAK}s sooner`,
      detail: spaced50('33 s – 50 s'),
    });
  });
});

function spaced50(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

describe('the verdict on several strategies', () => {
  const best = 'ttl 30';
  const minutes = (result: RunResult): ComparisonResult => result.comparison!;

  it('names best and worst where their difference is beyond chance', () => {
    const result = comparedResult(FOUR, 6);
    expect(doubtBetween(minutes(result), best, 'pinned')).toBeUndefined();
    expect(spaced(verdict(result))).toMatch(
      /^Best is ttl 30: 99 % of affected users back after .*; worst is pinned: /,
    );
  });

  it('holds the pair picked from many against a stricter level', () => {
    const result = comparedResult(FOUR, 6);
    const weak = {
      ...minutes(result),
      differences: minutes(result).differences.map((one) => ({
        ...one,
        metrics: one.metrics.map((metric) => ({ ...metric, pValue: 0.02 })),
      })),
    };
    expect(doubtBetween(weak, best, 'pinned')).toBe(
      'with 6 runs that may be chance, the best of 4 being picked',
    );
    const two = {
      ...weak,
      differences: weak.differences.slice(2, 3),
      strategies: weak.strategies.slice(0, 2),
    };
    expect(doubtBetween(two, best, 'pinned')).toBeUndefined();
  });

  it('of a single run says that one run tells little, with the numbers', () => {
    expect(spaced(verdict(comparedResult(FOUR, 1)))).toBe(
      'No evidence of a difference: ttl 30 lost least, 120 user-minutes, and pinned most, 1,000 user-minutes, but one run each cannot tell that from chance.',
    );
  });

  it('without evidence says how many runs would give it', () => {
    const result = comparedResult(FOUR.slice(0, 2), 4);
    const undecided = {
      ...result,
      comparison: {
        ...minutes(result),
        differences: minutes(result).differences.map((one) => ({
          ...one,
          metrics: one.metrics.map((metric) => ({
            ...metric,
            evidence: 'none' as const,
            pValue: 0.3,
            moreRuns: 17,
          })),
        })),
      },
    };
    expect(spaced(verdict(undecided))).toMatch(
      /^No evidence of a difference: .*, but with 4 runs that may be chance, about 17 more runs would decide\.$/,
    );
    expect(renderText(undecided)).toContain('No evidence of a difference');
  });

  it('of two equal strategies says so', () => {
    const result = comparedResult([FOUR[0]!, { ...FOUR[0]!, name: 'copy' }], 3);
    expect(spaced(verdict(result))).toMatch(
      /^No evidence of a difference: each strategy lost [\d.]+ user-minutes, but they are the same in every run\.$/,
    );
  });
});

describe('the comparison as text', () => {
  it('is the golden text', async () => {
    await expect(renderComparison(comparedResult())).toMatchFileSnapshot('golden/four-strategies.txt');
  });

  it('is held against the baseline asked for', () => {
    const text = renderComparison(comparedResult(FOUR, 6), { baseline: 'pinned' });
    expect(text).toContain('Against pinned');
    expect(text).toMatch(
      /ttl 30 recovers sooner in 6 of 6 at p99 than pinned; beyond the end in 6 of 6\n?\s+runs for the other\./,
    );
  });

  test.each([
    ['plain', FOUR],
    ['hostile', HOSTILE],
  ])('with %s names has at most 80 columns, in ASCII too', (_, strategies) => {
    for (const unicode of [true, false]) {
      const text = renderComparison(comparedResult(strategies, 3), { unicode });
      for (const line of text.split('\n')) expect(width(line)).toBeLessThanOrEqual(COLUMNS);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is meant
      if (!unicode) expect(text).toMatch(/^[\u0000-\u007f]*$/);
    }
  });

  it('has at most 80 columns whatever the numbers', () => {
    const speed = fc.integer({ min: 1, max: 100_000 });
    const strategy = fc.record({
      name: fc.string({ minLength: 1, maxLength: 60 }),
      p50: speed,
      p99: fc.option(speed),
      queries: fc.integer({ min: 0, max: 1e9 }),
    });
    const lists = fc.uniqueArray(strategy, { minLength: 2, maxLength: 8, selector: ({ name }) => name });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 3 }), (strategies, replications) => {
        const text = renderComparison(comparedResult(strategies, replications));
        for (const line of text.split('\n')) expect(width(line)).toBeLessThanOrEqual(COLUMNS);
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
