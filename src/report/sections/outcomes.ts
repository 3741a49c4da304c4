/** How requests ended. */
import { OUTCOMES, type Outcome, type PopulationResult } from '../../measure/result.ts';
import { type Column, table } from '../layout.ts';
import { formatExact, formatSeconds, formatShare } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const TEXTS: Readonly<Record<Outcome, string>> = {
  served: 'served',
  'served-old': 'served by an endpoint no longer named',
  'connection-failed': 'connection failed',
  servfail: 'SERVFAIL',
  nxdomain: 'NXDOMAIN',
  nodata: 'NODATA',
  'timed-out': 'timed out',
  bogus: 'bogus (DNSSEC)',
  hijacked: 'hijacked',
  'too-slow': 'too slow',
};

const COLUMNS: readonly Column[] = [
  { heading: 'outcome', align: 'left', atMost: 40 },
  { heading: 'requests', align: 'right', atMost: 20 },
  { heading: 'share', align: 'right', atMost: 8 },
];

/** Outcomes that happened, with latency and the share of stale answers. */
export function outcomesSection(population: PopulationResult, context: SectionContext): string[] {
  const total = OUTCOMES.reduce((sum, outcome) => sum + population.outcomes[outcome], 0);
  if (total === 0) return [];
  context.shown.add('outcome').add('latency');
  const rows = OUTCOMES.filter((outcome) => population.outcomes[outcome] > 0).map((outcome) => {
    const count = population.outcomes[outcome];
    return [TEXTS[outcome], formatExact(count), formatShare(count / total)];
  });
  return [
    heading(context, 'Requests', latencyText(population)),
    ...table(COLUMNS, rows, context.style),
    ...staleLine(population, context),
    ...farLine(population, context),
  ];
}

function latencyText({ latency }: PopulationResult): string {
  if (latency.p99 === 0) return '';
  return `half ${within(latency.p50)}, 95 % ${within(latency.p95)}, 99 % ${within(latency.p99)}`;
}

function within(seconds: number): string {
  return seconds === 0 ? 'at once' : `within ${formatSeconds(seconds)}`;
}

function staleLine({ staleShare }: PopulationResult, context: SectionContext): string[] {
  if (staleShare === 0) return [];
  context.shown.add('stale.share');
  return [`  ${formatShare(staleShare)} of answers held an address that was no longer current.`];
}

function farLine({ farShare }: PopulationResult, context: SectionContext): string[] {
  if (farShare === undefined) return [];
  context.shown.add('far.share');
  return [`  ${formatShare(farShare)} of answers held an address meant for clients of another region.`];
}
