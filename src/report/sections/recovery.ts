/** How long affected clients wait, and where the time goes. */
import type { CensoredEstimate, RecoveryResult, StrategyResult } from '../../measure/result.ts';
import { bar, type Column, clean, padEnd, padStart, table, wrap } from '../layout.ts';
import { formatCensored, formatInterval, formatSeconds, formatShare } from '../numbers.ts';
import { heading, type SectionContext } from './context.ts';

const BAR = 20;
const BEYOND = 'beyond the end';

/** Quantiles with intervals and bars; nothing where nobody was affected. */
export function recoverySection(recovery: RecoveryResult, context: SectionContext): string[] {
  if (recovery.affected.mean === 0) return [];
  context.shown.add('recovery.affected').add('recovery').add('recovery.quantiles');
  if (recovery.affected.low !== undefined) context.shown.add('interval');
  const { p50, p90, p95, p99, max } = recovery.quantiles;
  const longest = Math.max(...[p50, p90, p95, p99, max].map((value) => value?.mean ?? 0));
  const line = (label: string, value: CensoredEstimate): string =>
    quantileLine(label, value, longest, context);
  return [
    heading(context, 'Time to recovery', affectedText(recovery)),
    line('half of them', p50),
    line('90 %', p90),
    line('95 %', p95),
    line('99 %', p99),
    line('the last', max),
    ...populationLine(recovery, context),
    ...censoredLine(recovery, context),
  ];
}

function affectedText({ affected }: RecoveryResult): string {
  const spread = formatInterval(affected, formatShare);
  return `of the ${formatShare(affected.mean)} of clients affected${spread && ` ${spread}`}`;
}

function quantileLine(
  label: string,
  value: CensoredEstimate,
  longest: number,
  { style }: SectionContext,
): string {
  const time = padStart(formatCensored(value, BEYOND), 14);
  const share = value === null || longest === 0 ? 0 : value.mean / longest;
  const interval = padEnd(formatInterval(value, formatSeconds), 27);
  return `  ${padEnd(label, 12)}  ${style.strong(time)}  ${style.dim(interval)} ${style.accent(bar(share, BAR))}`.trimEnd();
}

function populationLine(
  { population, target, holdSeconds }: RecoveryResult,
  context: SectionContext,
): string[] {
  if (population?.mean === 0) return [];
  context.shown.add('recovery.population');
  const goal = formatShare(target);
  return [
    population === null
      ? `  Availability was not back at ${goal} by the end.`
      : `  After ${formatSeconds(population.mean)}, availability is back at ${goal} for at least ${formatSeconds(holdSeconds)}.`,
  ];
}

function censoredLine({ censored }: RecoveryResult, context: SectionContext): string[] {
  if (censored.mean === 0) return [];
  context.shown.add('recovery.censored');
  return [context.style.bad(`  ${formatShare(censored.mean)} of them had not recovered by the end.`)];
}

const PHASES = ['detect', 'decide', 'publish', 'drain', 'reconnect'] as const;
const PHASE_TEXTS: Readonly<Record<(typeof PHASES)[number], string>> = {
  detect: 'until the fault is noticed',
  decide: 'until the answer is changed',
  publish: 'until every edge has the change',
  drain: 'until caches have let go',
  reconnect: 'until the client asks again',
};

const PHASE_COLUMNS: readonly Column[] = [
  { heading: 'strategy', align: 'left', atMost: 30, whole: true },
  ...[...PHASES, 'total'].map((heading): Column => ({ heading, align: 'right', atMost: 11 })),
];

/** Strategies beside one another: the phases of the last client, and their sum. */
export function phasesTable(strategies: readonly StrategyResult[], context: SectionContext): string[] {
  if (strategies.every(({ overall }) => overall.recovery.phases === undefined)) return [];
  context.shown.add('phases');
  const rows = strategies.map(({ name, overall: { recovery } }) => {
    const { phases } = recovery;
    if (phases === undefined)
      return [clean(name), ...PHASES.map(() => '–'), formatCensored(recovery.quantiles.max, '> end')];
    const total = PHASES.reduce((sum, phase) => sum + phases[phase], 0);
    return [clean(name), ...PHASES.map((phase) => formatSeconds(phases[phase])), formatSeconds(total)];
  });
  return [
    heading(context, 'Where the time goes', 'for the client that recovered last'),
    ...table(PHASE_COLUMNS, rows, context.style),
  ];
}

/** Said of a strategy in which clients recovered though no provider did anything about it. */
export function untouchedLine({ overall: { recovery }, timeline }: StrategyResult): string[] {
  const isBack = recovery.affected.mean > 0 && recovery.quantiles.max !== null;
  if (!isBack || timeline.some(({ kind }) => kind === 'reaction')) return [];
  return ['  No provider noticed anything: it is over when the fault is.'];
}

/** What ended each of the first phases, and by which rule; publications that took no time are left out. */
export function reasonLines({ phases, because }: RecoveryResult): string[] {
  if (phases === undefined || because === undefined) return [];
  return (['detect', 'decide', 'publish'] as const).flatMap((phase) => {
    const text = because[phase];
    if (text === undefined || (phase === 'publish' && phases.publish === 0)) return [];
    return wrap(`${phase}: ${clean(text)}`, '    ', '  ');
  });
}

/** Detect + decide + publish + drain + reconnect = total, for the last client. */
export function phasesSection(recovery: RecoveryResult, context: SectionContext): string[] {
  const { phases } = recovery;
  if (phases === undefined) return [];
  context.shown.add('phases');
  const total = PHASES.reduce((sum, phase) => sum + phases[phase], 0);
  const { style } = context;
  const line = (phase: (typeof PHASES)[number]): string => {
    const time = padStart(formatSeconds(phases[phase]), 12);
    const length = style.accent(bar(total === 0 ? 0 : phases[phase] / total, BAR));
    return `  ${padEnd(phase, 10)}${style.strong(time)}  ${style.dim(padEnd(PHASE_TEXTS[phase], 32))} ${length}`.trimEnd();
  };
  return [
    heading(context, 'Where the time goes', 'for the client that recovered last'),
    ...PHASES.map(line),
    `  ${padEnd('total', 10)}${style.strong(padStart(formatSeconds(total), 12))}`,
    ...reasonLines(recovery),
  ];
}
