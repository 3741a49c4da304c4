/** Expectations with what was observed. */
import type { ExpectationResult } from '../../measure/result.ts';
import { COLUMNS, clean, clip, padEnd, width } from '../layout.ts';
import { formatObserved } from '../observed.ts';
import { heading, type SectionContext } from './context.ts';

const TEXT_AT_MOST = 44;

export function expectationsSection(
  expectations: readonly ExpectationResult[],
  context: SectionContext,
): string[] {
  if (expectations.length === 0) return [];
  const missed = expectations.filter((expectation) => !expectation.passed).length;
  const aside = missed === 0 ? 'all met' : `${missed} of ${expectations.length} missed`;
  const room = Math.max(...expectations.map(({ text }) => Math.min(TEXT_AT_MOST, width(clean(text)))));
  return [
    heading(context, 'Expectations', aside),
    ...expectations.map((expectation) => expectationLine(expectation, room, context)),
  ];
}

function expectationLine(expectation: ExpectationResult, room: number, { style }: SectionContext): string {
  const text = padEnd(clip(clean(expectation.text), room), room);
  const observed = clip(`observed ${formatObserved(expectation)}`, COLUMNS - room - 6);
  return expectation.passed
    ? `  ${style.good('✓')} ${text}  ${style.dim(observed)}`
    : `  ${style.bad('✗')} ${text}  ${style.bad(observed)}`;
}
