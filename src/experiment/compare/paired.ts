/**
 * Paired differences of one metric between two strategies.
 *
 * Where every value is known, the mean difference has a 95 % interval from the paired t test. It takes the
 * differences of the replications as independent and roughly normal, which their averaging over many clients
 * favours. As soon as one value lies beyond the horizon there is no mean: the pair with it is a sign (beyond the
 * horizon is more than anything before it), a pair with two such values is nothing, and the sign test decides.
 * The sign test also decides where all differences are the same, as happens with values that move in steps.
 */
import { type PairedDifference, SIGNIFICANCE } from '../../measure/comparison.ts';
import { AMOUNT, estimate, mean, tidy } from '../estimate.ts';
import { pairsForSigns, pairsForStudent } from './sample-size.ts';
import { signPValue, studentPValue } from './tests.ts';

const ANY = { from: -AMOUNT.to, to: AMOUNT.to };
/** Differences closer together than this, relative to the values, differ only by rounding. */
const ROUNDING = 1e-12;

type Values = readonly (number | null)[];

/**
 * @param reference one value per replication; `null` = beyond the horizon
 * @param other the values of the same replications in the same order
 */
export function pairedDifference(metric: string, reference: Values, other: Values): PairedDifference {
  if (reference.length !== other.length) throw new RangeError(`${metric}: values do not come in pairs`);
  const signs = countSigns(reference, other);
  const numbers = differencesOf(reference, other);
  const verdict =
    numbers === undefined ? judgeSigns(signs) : judgeNumbers(numbers, signs, scaleOf(reference));
  return {
    metric,
    ...signs,
    beyondReference: reference.filter((value) => value === null).length,
    beyondOther: other.filter((value) => value === null).length,
    ...(numbers !== undefined && numbers.length > 0 && { difference: estimate(numbers, ANY) }),
    ...verdict,
  };
}

type Signs = Pick<PairedDifference, 'pairs' | 'lower' | 'higher' | 'equal' | 'unknown'>;
type Verdict = Pick<PairedDifference, 'pValue' | 'evidence' | 'moreRuns'>;

function countSigns(reference: Values, other: Values): Signs {
  const counts = { pairs: reference.length, lower: 0, higher: 0, equal: 0, unknown: 0 };
  for (const [index, before] of reference.entries()) {
    const after = other[index]!;
    if (before === null && after === null) counts.unknown += 1;
    else if (before === after) counts.equal += 1;
    else if (before === null || (after !== null && after < before)) counts.lower += 1;
    else counts.higher += 1;
  }
  return counts;
}

/** `undefined` as soon as one value is unknown. */
function differencesOf(reference: Values, other: Values): number[] | undefined {
  const known = reference.flatMap((before, index) => {
    const after = other[index]!;
    return before === null || after === null ? [] : [after - before];
  });
  return known.length === reference.length ? known : undefined;
}

function scaleOf(values: Values): number {
  return values.reduce<number>((largest, value) => Math.max(largest, Math.abs(value ?? 0)), 0);
}

function judgeNumbers(differences: readonly number[], signs: Signs, scale: number): Verdict {
  const count = differences.length;
  if (count < 2) return { evidence: 'none' };
  const centre = mean(differences);
  const squares = differences.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  if (deviation <= scale * ROUNDING) return judgeSigns(signs);
  const pValue = studentPValue((centre * Math.sqrt(count)) / deviation, count - 1);
  return decide(pValue, centre < 0, count, pairsForStudent(centre, deviation));
}

function judgeSigns({ pairs, lower, higher }: Signs): Verdict {
  if (lower + higher === 0 || pairs < 2) return { evidence: 'none' };
  return decide(signPValue(lower, higher), lower > higher, pairs, pairsForSigns(lower, higher, pairs));
}

function decide(pValue: number, isLower: boolean, pairs: number, needed: number | undefined): Verdict {
  const rounded = tidy(pValue);
  if (pValue < SIGNIFICANCE) return { pValue: rounded, evidence: isLower ? 'lower' : 'higher' };
  return {
    pValue: rounded,
    evidence: 'none',
    ...(needed !== undefined && { moreRuns: Math.max(1, needed - pairs) }),
  };
}
