/** The text report: verdict first, then the evidence, at most 80 columns. */
import { DEFINITIONS, type Measure } from '../measure/definitions.ts';
import type { RunResult, StrategyResult } from '../measure/result.ts';
import { toAscii } from './ascii.ts';
import { COLUMNS, clean, clip, finish, width, wrap } from './layout.ts';
import { formatSeconds } from './numbers.ts';
import { availabilitiesSection, availabilitySection } from './sections/availability.ts';
import { causesSection } from './sections/causes.ts';
import { comparisonSection } from './sections/comparison.ts';
import type { SectionContext } from './sections/context.ts';
import { costSection } from './sections/cost.ts';
import { expectationsSection } from './sections/expectations.ts';
import { loadSection } from './sections/load.ts';
import { outcomesSection } from './sections/outcomes.ts';
import { populationsSection } from './sections/populations.ts';
import {
  phasesSection,
  phasesTable,
  reasonLines,
  recoverySection,
  untouchedLine,
} from './sections/recovery.ts';
import { PLAIN, type Style } from './style.ts';
import { verdict } from './verdict.ts';

export interface TextOptions {
  readonly style?: Style;
  /** False: ASCII only. Default true. */
  readonly unicode?: boolean;
  /** Instead of the verdict on recovery. */
  readonly headline?: string;
}

/** The report of a run, ending in a newline. The same result gives the same bytes. */
export function renderText(result: RunResult, options: TextOptions = {}): string {
  return layOut(result, options, (context) => bodySections(result.strategies, context));
}

/**
 * A whole report around its body: verdict first, then the definitions of the measures that the body showed, and
 * what it takes to get the same numbers again.
 * @param body sections of lines; empty ones are left out
 */
export function layOut(
  result: RunResult,
  options: TextOptions,
  body: (context: SectionContext) => string[][],
): string {
  const style = options.style ?? PLAIN;
  const context: SectionContext = {
    style,
    durationSeconds: result.scenario.durationSeconds,
    shown: new Set(),
  };
  const sections = [
    head(result, options.headline ?? verdict(result), style),
    ...body(context),
    footnotes(context),
    closing(result, style),
  ];
  const text = finish(
    sections
      .filter((section) => section.length > 0)
      .flatMap((section) => [...section, ''])
      .slice(0, -1),
  );
  return options.unicode === false ? toAscii(text) : text;
}

function head(result: RunResult, headline: string, style: Style): string[] {
  const title = clip(clean(result.scenario.title), COLUMNS);
  const cut =
    result.partial && result.strategies.length > 0
      ? [style.bad('  Interrupted: this covers only what had finished.')]
      : [];
  return [style.title(title), '', ...wrap(headline, '  ').map(style.strong), ...cut];
}

function bodySections(strategies: readonly StrategyResult[], context: SectionContext): string[][] {
  if (strategies.length > 1) {
    return [
      comparisonSection(strategies, context),
      phasesTable(strategies, context),
      availabilitiesSection(strategies, context),
      ...strategies.map((strategy) => compact(strategy, context)),
    ];
  }
  return strategies.flatMap((strategy) => full(strategy, context));
}

function full(strategy: StrategyResult, context: SectionContext): string[][] {
  const { overall } = strategy;
  return [
    availabilitySection(strategy, context),
    recoverySection(overall.recovery, context),
    phasesSection(overall.recovery, context),
    causesSection(overall, 8, context),
    outcomesSection(overall, context),
    populationsSection(strategy.populations, context),
    loadSection(strategy.load, context),
    costSection(strategy, context),
    expectationsSection(strategy.expectations, context),
  ];
}

/** What tells one strategy from the others; nothing when there is nothing to tell. */
function compact(strategy: StrategyResult, context: SectionContext): string[] {
  const { style } = context;
  const name = clip(clean(strategy.name), COLUMNS - 6);
  const rule = '─'.repeat(Math.max(0, COLUMNS - 6 - width(name)));
  const evidence = [
    ...reasonLines(strategy.overall.recovery),
    ...untouchedLine(strategy),
    ...causesSection(strategy.overall, 3, context),
    ...expectationsSection(strategy.expectations, context),
  ];
  if (evidence.length === 0) return [];
  return [`${style.dim('──')} ${style.title(name)} ${style.dim(rule)}`, ...evidence];
}

function footnotes({ shown, style }: SectionContext): string[] {
  const measures = (Object.keys(DEFINITIONS) as Measure[]).filter((measure) => shown.has(measure));
  if (measures.length === 0) return [];
  const lines = measures.flatMap((measure) => wrap(`${measure}: ${DEFINITIONS[measure]}`, '    ', '  '));
  return [style.heading('What the measures mean'), ...lines.map(style.dim)];
}

/** Everything needed to get the same numbers again. */
function closing(result: RunResult, style: Style): string[] {
  const replications = `${result.replications} ${result.replications === 1 ? 'replication' : 'replications'}`;
  const run = [
    `${formatSeconds(result.scenario.durationSeconds)} simulated`,
    replications,
    `seed ${result.seed}`,
    `dnsdrill ${result.program.version}`,
  ];
  const digests = result.strategies.map((strategy) => strategy.digest.slice(0, 16));
  const proof = [`scenario ${result.scenario.sha256.slice(0, 16)}`, `digest ${digests.join(' ')}`];
  return [run, proof].flatMap((parts) => wrap(clean(parts.join(' · ')))).map(style.dim);
}
