/** Expectations of all strategies: met or missed, with what was observed. */
import type { StrategyResult } from '../../measure/result.ts';
import { COLUMNS, clean, clip, padEnd, width } from '../layout.ts';
import { formatObserved } from '../observed.ts';
import { heading, type SectionContext } from '../sections/context.ts';

const NAME = 20;
const TEXT = 34;

/** One line per expectation and strategy; nothing where nothing is expected. */
export function badgesSection(
  strategies: readonly StrategyResult[],
  { style, ...rest }: SectionContext,
): string[] {
  const badges = strategies.flatMap(({ name, expectations }) =>
    expectations.map((expectation) => ({ name: clean(name), text: clean(expectation.text), expectation })),
  );
  if (badges.length === 0) return [];
  const missed = badges.filter(({ expectation }) => !expectation.passed).length;
  const aside = missed === 0 ? 'all met' : `${missed} of ${badges.length} missed`;
  const nameRoom = Math.min(NAME, Math.max(...badges.map(({ name }) => width(name))));
  const textRoom = Math.min(TEXT, Math.max(...badges.map(({ text }) => width(text))));
  const lines = badges.map(({ name, text, expectation }) => {
    const what = `${padEnd(clip(name, nameRoom), nameRoom)}  ${padEnd(clip(text, textRoom), textRoom)}`;
    const observed = clip(`observed ${formatObserved(expectation)}`, COLUMNS - 6 - nameRoom - 2 - textRoom);
    return expectation.passed
      ? `  ${style.good('✓')} ${what}  ${style.dim(observed)}`
      : `  ${style.bad('✗')} ${what}  ${style.bad(observed)}`;
  });
  return [heading({ style, ...rest }, 'Expectations', aside), ...lines];
}
