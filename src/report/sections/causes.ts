/** Why requests failed, ranked by what that cost. */
import type { CauseResult, PopulationResult } from '../../measure/result.ts';
import { bar, clean, padStart, width, wrap } from '../layout.ts';
import { formatCount, formatShare } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const BAR = 12;

/** @param atMost causes to list; the rest is summed up in a line */
export function causesSection(
  population: PopulationResult,
  atMost: number,
  context: SectionContext,
): string[] {
  const { causes } = population;
  if (causes.length === 0) return [];
  context.shown.add('causes').add('user-minutes').add('availability.budget');
  const listed = causes.slice(0, atMost);
  const rest = causes.slice(atMost);
  const minutes = `${formatCount(population.userMinutesLost.mean)} user-minutes lost`;
  const budget = `${formatCount(population.availability.budgetBurnt.mean)} x the error budget`;
  const room = Math.max(...listed.map((cause) => width(formatCount(cause.userMinutes))));
  return [
    heading(context, 'Causes', `${minutes}, ${budget}`),
    ...listed.flatMap((cause) => causeLines(cause, room, context)),
    ...(rest.length > 0 ? [restLine(rest)] : []),
  ];
}

function causeLines(cause: CauseResult, room: number, { style }: SectionContext): string[] {
  const minutes = padStart(formatCount(cause.userMinutes), room);
  const share = padStart(formatShare(cause.share), 7);
  const length = bar(cause.share, BAR);
  const lead = `  ${minutes}  ${share}  ${length}${' '.repeat(BAR - width(length))}  `;
  const lines = wrap(clean(cause.text), ' '.repeat(width(lead)), lead);
  const painted = `  ${style.strong(minutes)}  ${share}  ${style.bad(length)}`;
  return [painted + lines[0]!.slice(`  ${minutes}  ${share}  ${length}`.length), ...lines.slice(1)];
}

function restLine(rest: readonly CauseResult[]): string {
  const minutes = rest.reduce((sum, cause) => sum + cause.userMinutes, 0);
  return `  and ${rest.length} more with ${formatCount(minutes)} user-minutes`;
}
