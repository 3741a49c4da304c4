/** The populations beside one another. */
import type { PopulationResult } from '../../measure/result.ts';
import { type Column, clean, table } from '../layout.ts';
import { formatCount, formatShare, formatWait } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'population', align: 'left', atMost: 28, whole: true },
  { heading: 'users', align: 'right', atMost: 12 },
  { heading: 'affected', align: 'right', atMost: 8 },
  { heading: 'p50', align: 'right', atMost: 12 },
  { heading: 'p99', align: 'right', atMost: 12 },
  { heading: 'user-min', align: 'right', atMost: 12 },
];

/** Nothing for a single population, which is the same as all together. Parts stand below what they are part of. */
export function populationsSection(
  populations: readonly PopulationResult[],
  context: SectionContext,
): string[] {
  if (populations.length < 2) return [];
  context.shown.add('recovery.affected').add('recovery').add('recovery.quantiles').add('user-minutes');
  const rows = populations.map(({ name, within, represents, recovery, userMinutesLost }) => [
    within === undefined ? clean(name) : `  ${clean(name.slice(within.length + 1))}`,
    formatCount(represents),
    formatShare(recovery.affected.mean),
    formatWait(recovery, recovery.quantiles.p50),
    formatWait(recovery, recovery.quantiles.p99),
    formatCount(userMinutesLost.mean),
  ]);
  return [heading(context, 'Populations'), ...table(COLUMNS, rows, context.style)];
}
