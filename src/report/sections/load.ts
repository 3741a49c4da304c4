/** Load at each hop. */
import type { HopLoad } from '../../measure/result.ts';
import { type Column, clean, table } from '../layout.ts';
import { formatRate, formatShare } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'hop', align: 'left', atMost: 34 },
  { heading: 'mean', align: 'right', atMost: 14 },
  { heading: 'peak', align: 'right', atMost: 14 },
  { heading: 'from cache', align: 'right', atMost: 10 },
];
const AMPLIFICATION: Column = { heading: 'in faults', align: 'right', atMost: 10 };

/** Hops that saw no query are left out. */
export function loadSection(load: readonly HopLoad[], context: SectionContext): string[] {
  const busy = load.filter((hop) => hop.queriesPerSecond.mean > 0);
  if (busy.length === 0) return [];
  context.shown.add('load');
  if (busy.some((hop) => hop.hitRatio !== undefined)) context.shown.add('hitRatio');
  const amplified = busy.some((hop) => hop.amplification !== undefined);
  if (amplified) context.shown.add('amplification');
  const rows = busy.map((hop) => [...cells(hop), ...(amplified ? [amplificationCell(hop)] : [])]);
  const columns = amplified ? [...COLUMNS, AMPLIFICATION] : COLUMNS;
  return [heading(context, 'Load'), ...table(columns, rows, context.style)];
}

function cells({ hop, queriesPerSecond, hitRatio }: HopLoad): string[] {
  return [
    clean(hop),
    formatRate(queriesPerSecond.mean),
    formatRate(queriesPerSecond.peak),
    hitRatio === undefined ? '' : formatShare(hitRatio),
  ];
}

function amplificationCell({ amplification }: HopLoad): string {
  return amplification === undefined ? '' : `x ${amplification.toFixed(amplification < 10 ? 1 : 0)}`;
}
