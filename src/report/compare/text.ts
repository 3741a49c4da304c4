/** The report of a comparison: verdict, strategies, paired differences, the front, expectations; 80 columns. */
import { type ComparisonResult, differencesBetween, quantileMetric } from '../../measure/comparison.ts';
import type { RunResult } from '../../measure/result.ts';
import { clean, clip, padEnd, wrap } from '../layout.ts';
import { formatShare, NO_BREAK } from '../numbers.ts';
import { availabilitiesSection } from '../sections/availability.ts';
import { comparisonSection } from '../sections/comparison.ts';
import { heading, type SectionContext } from '../sections/context.ts';
import { layOut, type TextOptions } from '../text.ts';
import { badgesSection } from './badges.ts';
import { differenceSentence, differenceText } from './difference.ts';
import { costFrontSection, frontSection } from './front.ts';
import { wordsFor } from './metrics.ts';

export interface ComparisonTextOptions extends TextOptions {
  /** Name of the strategy that the others are held against; default: the first. */
  readonly baseline?: string;
}

const LABEL = 10;
const FINDING = 24;

/** The text, ending in a newline. The same result and options give the same bytes. */
export function renderComparison(result: RunResult, options: ComparisonTextOptions = {}): string {
  const { strategies, comparison } = result;
  return layOut(result, options, (context) => {
    if (comparison === undefined) return [];
    return [
      badgesSection(strategies, context),
      comparisonSection(strategies, context),
      availabilitiesSection(strategies, context),
      differencesSection(comparison, options.baseline ?? strategies[0]!.name, context),
      frontSection(comparison, context),
      costFrontSection(comparison, context),
    ];
  });
}

/** A sentence and a few rows for every strategy but the baseline. */
function differencesSection(
  comparison: ComparisonResult,
  baseline: string,
  context: SectionContext,
): string[] {
  context.shown.add('difference').add('user-minutes').add('availability.min').add('load');
  const { replications } = comparison;
  const runs = `${replications} ${replications === 1 ? 'run' : 'runs'}, same random draws`;
  return [
    heading(context, `Against ${clip(clean(baseline), 34)}`, runs),
    ...comparison.strategies
      .filter(({ name }) => name !== baseline)
      .flatMap(({ name }) => strategyLines(comparison, baseline, name, context)),
    ...precisionLine(comparison, context),
  ];
}

function precisionLine({ precision, quantile }: ComparisonResult, context: SectionContext): string[] {
  if (precision === null) return [];
  context.shown.add('precision');
  const label = wordsFor(quantileMetric(quantile)).label;
  return [context.style.dim(`  Precision of ${label}: ${formatShare(precision)}`)];
}

function strategyLines(
  comparison: ComparisonResult,
  baseline: string,
  name: string,
  { style }: SectionContext,
): string[] {
  const chosen = quantileMetric(comparison.quantile);
  const quantiles = [...new Set(['recovery.p50', chosen])];
  const pairs = new Map(differencesBetween(comparison, baseline, name).map((pair) => [pair.metric, pair]));
  return [
    ...wrap(differenceSentence(pairs.get(chosen)!, baseline, name), '    ', '  ').map(style.strong),
    ...[...quantiles, 'user-minutes', 'availability.min', 'load.authorities', 'cost.month'].flatMap(
      (metric) => {
        const pair = pairs.get(metric);
        if (pair === undefined) return [];
        const { finding, detail } = differenceText(pair);
        const room = padEnd(finding.replaceAll(' ', NO_BREAK), FINDING);
        const lead = `    ${padEnd(wordsFor(metric).label, LABEL)}${room} `;
        return wrap(detail, ' '.repeat(LABEL + FINDING + 5), lead);
      },
    ),
  ];
}
