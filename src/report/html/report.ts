/**
 * The report as one HTML file: no requests, no scripts, a strict content security policy. Verdict first, then
 * expectations, comparison, charts each with a sentence and a table, definitions, and how to play it again.
 */
import { differencesBetween, quantileMetric } from '../../measure/comparison.ts';
import type { RunResult } from '../../measure/result.ts';
import type { Chart } from '../charts/chart.ts';
import { chartsOf } from '../charts/from-result.ts';
import { differenceSentence } from '../compare/difference.ts';
import { provenance, type ReportContext, replayCommand } from '../replay.ts';
import { element } from '../svg/markup.ts';
import {
  differencesTable,
  expectationsTable,
  populationsTable,
  recoveryTable,
  strategiesTable,
} from '../tables.ts';
import { verdict } from '../verdict.ts';
import { chartPart, details, type Part, part, tableMarkup, text } from './parts.ts';
import { contentPolicy } from './policy.ts';
import { REPORT_STYLE } from './style.ts';

const WIDE = 896;
const NARROW = 340;

/** The page, ending in a newline. The same result and context give the same bytes. */
export function renderHtml(result: RunResult, context: ReportContext = {}): string {
  const parts = [
    ...expectationsPart(result),
    ...strategiesPart(result),
    ...differencesPart(result),
    ...chartParts(result),
    ...populationsPart(result),
    definitionsPart(result),
    replayPart(result, context),
  ];
  const body = element(
    'body',
    {},
    header(result),
    contents(parts),
    element('main', {}, ...parts.map(({ markup }) => markup)),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head(result), body)}\n`;
}

function head({ scenario, program }: RunResult): string {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy(REPORT_STYLE) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'generator', content: `${program.name} ${program.version}` }),
    element('title', {}, text(scenario.title)),
    element('style', {}, REPORT_STYLE),
  );
}

function header(result: RunResult): string {
  const warning = result.partial
    ? element('p', { class: 'verdict warning' }, 'Interrupted: this covers only what had finished.')
    : '';
  return element(
    'header',
    {},
    element('p', { class: 'kind' }, `${result.program.name} report`),
    element('h1', {}, text(result.scenario.title)),
    element('p', { class: 'verdict' }, text(verdict(result))),
    warning,
  );
}

function contents(parts: readonly Part[]): string {
  const links = parts.map(({ id, title }) =>
    element('li', {}, element('a', { href: `#${id}` }, text(title))),
  );
  return element('nav', { 'aria-label': 'Contents' }, element('ul', {}, ...links));
}

function expectationsPart(result: RunResult): Part[] {
  const table = expectationsTable(result);
  if (table.rows.length === 0) return [];
  const missed = result.strategies
    .flatMap(({ expectations }) => expectations)
    .filter(({ passed }) => !passed);
  const finding =
    missed.length === 0 ? 'All are met.' : `${missed.length} of ${table.rows.length} are missed.`;
  return [part('expectations', 'Expectations', finding, tableMarkup(table, 'Expected and observed'))];
}

function strategiesPart(result: RunResult): Part[] {
  const { strategies } = result;
  if (strategies.length === 0) return [];
  const title = strategies.length > 1 ? 'Strategies compared' : 'In numbers';
  const waits = tableMarkup(
    recoveryTable(result),
    'Time to recovery: mean over replications (95\u00a0% interval)',
  );
  return [
    part(
      'strategies',
      title,
      '',
      tableMarkup(strategiesTable(result), 'Strategies, means over replications'),
      details('Table: quantiles of time to recovery', waits),
    ),
  ];
}

/** Sentences at the chosen quantile, and a table of the other measures, against the first strategy. */
function differencesPart(result: RunResult): Part[] {
  const { comparison } = result;
  const [baseline, ...others] = comparison?.strategies ?? [];
  if (comparison === undefined || baseline === undefined || others.length === 0) return [];
  const metric = quantileMetric(comparison.quantile);
  const sentences = others.flatMap(({ name }) =>
    differencesBetween(comparison, baseline.name, name)
      .filter((pair) => pair.metric === metric)
      .map((pair) => element('li', {}, text(differenceSentence(pair, baseline.name, name)))),
  );
  const runs = comparison.replications === 1 ? '1 run' : `${comparison.replications} runs`;
  const table = tableMarkup(differencesTable(result, baseline.name), `Differences to ${baseline.name}`);
  return [
    part(
      'differences',
      `Against ${baseline.name}`,
      `Paired differences over ${runs} with the same random draws.`,
      element('ul', { class: 'plain' }, ...sentences),
      details('Table: differences in every measure', table),
    ),
  ];
}

function chartParts(result: RunResult): Part[] {
  const narrow: readonly Chart[] = chartsOf(result, { width: NARROW, id: 'narrow' });
  return chartsOf(result, { width: WIDE, id: 'wide' }).map((wide, index) => chartPart(wide, narrow[index]!));
}

function populationsPart(result: RunResult): Part[] {
  if ((result.strategies[0]?.populations.length ?? 0) < 2) return [];
  return [
    part(
      'populations',
      'Populations',
      '',
      tableMarkup(populationsTable(result), 'Populations, means over replications'),
    ),
  ];
}

function definitionsPart({ definitions }: RunResult): Part {
  const entries = Object.entries(definitions).map(
    ([measure, meaning]) => element('dt', {}, text(measure)) + element('dd', {}, text(meaning)),
  );
  return part('definitions', 'What the measures mean', '', element('dl', {}, ...entries));
}

function replayPart(result: RunResult, context: ReportContext): Part {
  const facts = provenance(result).map((fact) => element('li', {}, text(fact)));
  return part(
    'replay',
    'Play it again',
    'The same scenario, seed and version give the same numbers.',
    element('pre', {}, element('code', {}, text(replayCommand(result, context)))),
    element('ul', { class: 'plain' }, ...facts),
  );
}
