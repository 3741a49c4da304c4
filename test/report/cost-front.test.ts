/** Cost in reports and on the front: known, bounded from below, or said to be unknown. */
import { describe, expect, it } from 'vitest';
import { planScenario, playTask } from '../../src/experiment/plan.ts';
import { runExperiment } from '../../src/experiment/run.ts';
import { sequentialExecutor } from '../../src/experiment/sequential.ts';
import { differencesBetween } from '../../src/measure/comparison.ts';
import type { RunResult } from '../../src/measure/result.ts';
import { chartsOf } from '../../src/report/charts/from-result.ts';
import { renderComparison } from '../../src/report/compare/text.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderHtml } from '../../src/report/html/report.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import { mustLoad } from '../scenario/base.ts';

const DRILL = (strategies: string): string => `duration: 20m
replications: 2
providers: { main: { kind: route53, propagation: 60s } }
zones: [{ name: example.com, records: "app 300 A 203.0.113.10" }]
clients: { users: { count: 20, requests: { name: app.example.com, every: 30s } } }
timeline: [{ at: 10m, fail: provider main, for: 5m }]
strategies: ${strategies}
`;

async function play(strategies: string): Promise<RunResult> {
  const scenario = mustLoad(DRILL(strategies));
  return runExperiment(
    planScenario(scenario, '0'),
    sequentialExecutor((task) => playTask(scenario, task)),
  );
}

const TTL = (ttl: number): string => `{ zones.0.records: "app ${ttl} A 203.0.113.10" }`;

describe('prices that are known for some strategies', async () => {
  const result = await play(`{ short: ${TTL(30)}, long: ${TTL(600)}, nobody: { providers.main.kind: ns1 } }`);
  const text = renderComparison(result);

  it('weigh those on a front of their own, and say of the others that they are unknown', () => {
    const front = text.slice(text.indexOf('Cost against recovery'));
    expect(front).toMatch(/^Cost against recovery {2}USD a month by price lists, p99\n/);
    expect(front).toMatch(/\n {2}long +[\d.]+ /);
    expect(front).toMatch(/\n {2}short +[\d.]+ /);
    expect(front).toMatch(/\n {2}nobody +unknown\n/);
    expect(text).toContain('Some costs are lower bounds: not every price of main is known.');
  });

  it('give differences in cost between those two only', () => {
    const metrics = (one: string, other: string): string[] =>
      differencesBetween(result.comparison!, one, other).map(({ metric }) => metric);
    expect(metrics('short', 'long')).toContain('cost.month');
    expect(metrics('short', 'nobody')).not.toContain('cost.month');
  });

  it('draw a second front', () => {
    const charts = chartsOf(result);
    expect(charts.map(({ name }) => name)).toEqual(expect.arrayContaining(['pareto', 'pareto-cost']));
    const chart = charts.find(({ name }) => name === 'pareto-cost')!;
    expect(chart.table.rows.map(([name]) => name)).toEqual(['short', 'long']);
    expect(renderHtml(result)).toContain('Cost a month against time to recovery (p99)');
  });

  it('have a column in every report', () => {
    expect(text).toContain('USD/month');
    expect(renderMarkdown(result)).toMatch(/\| nobody .*\| unknown \|/);
    expect(renderHtml(result)).toContain('USD a month');
    const rows = renderCsv(result)
      .split('\n')
      .filter((line) => line.includes(',cost.month,'))
      .map((line) => line.split(','))
      .map(([, strategy, , , , value]) => [strategy, value !== '']);
    expect(rows).toEqual([
      ['short', true],
      ['long', true],
      ['nobody', false],
    ]);
  });
});

it('says in the report of a single strategy that nothing is known', async () => {
  const result = await play('{ nobody: { providers.main.kind: ns1 } }');
  expect(renderText(result)).toContain('Cost  unknown: no price of main is known');
});
