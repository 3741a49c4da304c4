/** What a paired difference says, and what it does not. */
import type { PairedDifference } from '../../measure/comparison.ts';
import type { Estimate } from '../../measure/estimate.ts';
import { clean } from '../layout.ts';
import { formatExact, NO_BREAK } from '../numbers.ts';
import { type MetricWords, wordsFor } from './metrics.ts';

/** Numbers of runs above this are not named: nobody would play them. */
const RUNS_AT_MOST = 10_000;

const NO_EVIDENCE = 'no evidence';
const SAME = 'the same';

/** For a row of a table: the finding, and what to know about it. */
export interface DifferenceText {
  readonly finding: string;
  readonly detail: string;
}

/** `41 s sooner` and `33 s – 50 s`; `no evidence` and what would decide; signs where values are unknown. */
export function differenceText(pair: PairedDifference): DifferenceText {
  const { difference, pairs } = pair;
  const words = wordsFor(pair.metric);
  if (pair.unknown === pairs) return { finding: 'unknown', detail: 'beyond the end in every run' };
  if (pair.equal === pairs) return { finding: SAME, detail: 'in every run' };
  if (difference === undefined) return signsText(pair, words);
  const finding = amount(difference.mean, words);
  if (pairs === 1) return { finding, detail: 'one run, so perhaps chance' };
  if (pair.evidence === 'none') {
    const isSame = difference.low === difference.high;
    return { finding: isSame ? finding : NO_EVIDENCE, detail: doubtText(pair, difference, words) };
  }
  return { finding, detail: magnitudes(difference, words) || 'to within rounding' };
}

/** One sentence: `B recovers 41 s sooner at p99 than A (95 % CI 33 s – 50 s).`, or plainly what is not known. */
export function differenceSentence(pair: PairedDifference, reference: string, other: string): string {
  const { pairs, difference } = pair;
  const { verb, matter, format, ...words } = wordsFor(pair.metric);
  const [before, after] = [clean(reference), clean(other)];
  const { finding, detail } = differenceText(pair);
  if (pair.unknown === pairs) return `Nothing is known${matter}: ${after} and ${before} are ${detail}.`;
  if (finding === SAME) return `${after} and ${before} are the same${matter} ${detail}.`;
  if (difference === undefined) return `${after} ${verb} ${finding}${matter} than ${before}; ${detail}.`;
  if (finding === NO_EVIDENCE) return `No evidence that ${after} and ${before} differ${matter}: ${detail}.`;
  const size = format(Math.abs(difference.mean));
  const direction = difference.mean < 0 ? words.lower : words.higher;
  const isInterval = pairs > 1 && magnitudes(difference, wordsFor(pair.metric)) !== '';
  const aside = isInterval ? `95${NO_BREAK}% CI ${detail}` : detail;
  return `${after} ${verb} ${size} ${direction}${matter} than ${before} (${aside}).`;
}

function amount(value: number, words: MetricWords): string {
  return `${words.format(Math.abs(value))} ${value < 0 ? words.lower : words.higher}`;
}

/** The interval without signs, smaller end first; empty where both ends read the same. */
function magnitudes({ low, high }: Estimate, words: MetricWords): string {
  const ends = [Math.abs(low ?? 0), Math.abs(high ?? 0)].sort((one, other) => one - other);
  const [near, far] = ends.map(words.format);
  return near === far ? '' : `${near}${NO_BREAK}–${NO_BREAK}${far}`;
}

function doubtText(pair: PairedDifference, { low, high }: Estimate, words: MetricWords): string {
  const range =
    low === high ? `in each of only ${pair.pairs} runs` : `${amount(low!, words)} to ${amount(high!, words)}`;
  return `${range}; ${moreRunsText(pair)}`;
}

/** `about 40 more runs would decide`, two digits of it. */
export function moreRunsText({ moreRuns }: PairedDifference): string {
  if (moreRuns === undefined) return 'no number of runs can be named that would decide';
  if (moreRuns > RUNS_AT_MOST)
    return `more than ${formatExact(RUNS_AT_MOST)} more runs would be needed to decide`;
  const count = Number(moreRuns.toPrecision(2));
  return `about ${formatExact(count)} more ${count === 1 ? 'run' : 'runs'} would decide`;
}

/** Where a value is beyond the end a pair is a sign, not a number. */
function signsText(pair: PairedDifference, words: MetricWords): DifferenceText {
  const { lower, higher, equal, pairs, evidence } = pair;
  if (lower + higher === 0) {
    return { finding: SAME, detail: `in ${equal} of ${pairs} runs, and beyond the end in the others` };
  }
  const beyond = [
    beyondText(pair.beyondOther, pairs, ''),
    beyondText(pair.beyondReference, pairs, ' for the other'),
  ]
    .filter((text) => text !== '')
    .join(', ');
  const detail = evidence === 'none' && pairs > 1 ? `${beyond}; no evidence, ${moreRunsText(pair)}` : beyond;
  const counts = [
    [lower, words.lower],
    [higher, words.higher],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${word} in ${count}`);
  return { finding: `${parts.join(' and ')} of ${pairs}`, detail };
}

function beyondText(count: number, pairs: number, whose: string): string {
  return count === 0 ? '' : `beyond the end in ${count} of ${pairs} runs${whose}`;
}
