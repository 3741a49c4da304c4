/**
 * Expectations as JUnit XML, which CI systems read: the suite is the scenario, a case is an expectation under a
 * strategy. No times are written, since the same run gives the same bytes.
 */
import type { ExpectationResult, RunResult, StrategyResult } from '../measure/result.ts';
import { clean } from './layout.ts';
import { formatObserved } from './observed.ts';
import { provenance, type ReportContext, replayCommand } from './replay.ts';
import { element, escapeXml } from './svg/markup.ts';
import { verdict } from './verdict.ts';

/** The document, ending in a newline. An interrupted run adds a case that is an error. */
export function renderJunit(result: RunResult, context: ReportContext = {}): string {
  const { strategies, scenario, partial } = result;
  const all = strategies.flatMap(({ expectations }) => expectations);
  const counts = {
    name: clean(scenario.title),
    tests: all.length + (partial ? 1 : 0),
    failures: all.filter(({ passed }) => !passed).length,
    errors: partial ? 1 : 0,
  };
  const cases = strategies.flatMap((strategy) => strategy.expectations.map((one) => caseOf(strategy, one)));
  const suite = element(
    'testsuite',
    { ...counts, skipped: 0 },
    element('properties', {}, element('property', { name: 'seed', value: result.seed })),
    ...cases,
    ...(partial ? [interrupted(scenario.title)] : []),
    element('system-out', {}, escapeXml(outputOf(result, context))),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, suite)}\n`;
}

function caseOf({ name }: StrategyResult, expectation: ExpectationResult): string {
  const text = clean(expectation.text);
  const attributes = { classname: clean(name), name: text };
  if (expectation.passed) return element('testcase', attributes);
  const message = `expected ${text}, observed ${formatObserved(expectation)}`;
  const failure = { message, type: 'expectation' };
  return element(
    'testcase',
    attributes,
    element('failure', failure, escapeXml(`${clean(name)}: ${message}`)),
  );
}

function interrupted(title: string): string {
  const message = 'interrupted: only what had finished was judged';
  return element(
    'testcase',
    { classname: clean(title), name: 'the run reaches its end' },
    element('error', { message, type: 'interrupted' }),
  );
}

function outputOf(result: RunResult, context: ReportContext): string {
  return `${[verdict(result), replayCommand(result, context), ...provenance(result)].map(clean).join('\n')}\n`;
}
