/** The tables of a report as data, for HTML and Markdown. */

import { differencesBetween, quantileMetric } from '../measure/comparison.ts';
import type { CensoredEstimate } from '../measure/estimate.ts';
import type { PopulationResult, RunResult } from '../measure/result.ts';
import { isAuthoritative } from '../model/authoritative-hop.ts';
import type { Cell, ChartTable, TableColumn } from './charts/chart.ts';
import { differenceText } from './compare/difference.ts';
import { wordsFor } from './compare/metrics.ts';
import { formatInterval, formatSeconds } from './numbers.ts';
import { formatObserved } from './observed.ts';
import { costText } from './sections/cost.ts';

/** Expectations of all strategies; empty without any. */
export function expectationsTable({ strategies }: RunResult): ChartTable {
  return {
    columns: ['result', 'strategy', 'expected', 'observed'].map((heading) => ({ heading })),
    rows: strategies.flatMap(({ name, expectations }) =>
      expectations.map((one): Cell[] => [
        one.passed ? '✓ met' : '✗ missed',
        name,
        one.text,
        formatObserved(one),
      ]),
    ),
  };
}

const WAITS: readonly TableColumn[] = ['p50', 'p99'].map((heading) => ({ heading, format: 'seconds' }));

/** One row per strategy. */
export function strategiesTable({ strategies }: RunResult): ChartTable {
  return {
    columns: [
      { heading: 'strategy' },
      { heading: 'affected', format: 'share' },
      ...WAITS,
      { heading: 'not back by the end', format: 'share' },
      { heading: 'user-minutes', format: 'count' },
      { heading: 'worst stretch', format: 'share' },
      { heading: 'authoritative servers', format: 'rate' },
      { heading: 'USD a month', format: 'money' },
    ],
    rows: strategies.map(({ name, overall, load, cost }): Cell[] => [
      name,
      ...personal(overall),
      overall.recovery.censored.mean,
      overall.userMinutesLost.mean,
      overall.availability.min.mean,
      load
        .filter(({ hop }) => isAuthoritative(hop))
        .reduce((sum, { queriesPerSecond }) => sum + queriesPerSecond.mean, 0),
      costText(cost),
    ]),
  };
}

/** Affected share and waits; dashes where nobody waited. */
function personal({ recovery }: PopulationResult): Cell[] {
  const { affected, quantiles } = recovery;
  const wait = (estimate: CensoredEstimate): Cell => (affected.mean === 0 ? '–' : (estimate?.mean ?? null));
  return [affected.mean, wait(quantiles.p50), wait(quantiles.p99)];
}

/** One row per population and strategy. */
export function populationsTable({ strategies }: RunResult): ChartTable {
  return {
    columns: [
      { heading: 'population' },
      { heading: 'strategy' },
      { heading: 'users', format: 'count' },
      { heading: 'affected', format: 'share' },
      ...WAITS,
      { heading: 'user-minutes', format: 'count' },
    ],
    rows: (strategies[0]?.populations ?? []).flatMap((_, index) =>
      strategies.map(({ name, populations }): Cell[] => {
        const population = populations[index]!;
        return [
          population.name,
          name,
          population.represents,
          ...personal(population),
          population.userMinutesLost.mean,
        ];
      }),
    ),
  };
}

const QUANTILES = ['p50', 'p90', 'p95', 'p99', 'max'] as const;

/** Quantiles of time to recovery with their intervals, per strategy. */
export function recoveryTable({ strategies }: RunResult): ChartTable {
  return {
    columns: ['strategy', ...QUANTILES].map((heading) => ({ heading })),
    rows: strategies.map(({ name, overall }) => [
      name,
      ...QUANTILES.map((quantile) => {
        const estimate = overall.recovery.quantiles[quantile];
        if (estimate === null) return 'beyond the end';
        return `${formatSeconds(estimate.mean)} ${formatInterval(estimate, formatSeconds)}`.trim();
      }),
    ]),
  };
}

const COMPARED: readonly string[] = [
  'user-minutes',
  'availability.mean',
  'availability.min',
  'load.authorities',
  'cost.month',
];

/** Paired differences of every strategy against the baseline; empty without two strategies. */
export function differencesTable({ comparison }: RunResult, baseline: string): ChartTable {
  const chosen = comparison ? quantileMetric(comparison.quantile) : '';
  const metrics = [
    ...new Set(['recovery.p50', 'recovery.p90', 'recovery.p99', chosen, 'recovery.max', ...COMPARED]),
  ];
  const others = comparison?.strategies.filter(({ name }) => name !== baseline) ?? [];
  return {
    columns: ['strategy', 'measure', 'difference', 'with 95\u00a0% confidence'].map((heading) => ({
      heading,
    })),
    rows: others.flatMap(({ name }) => {
      const pairs = differencesBetween(comparison!, baseline, name);
      return metrics.flatMap((metric): Cell[][] => {
        const pair = pairs.find((one) => one.metric === metric);
        if (pair === undefined) return [];
        const { finding, detail } = differenceText(pair);
        return [[name, wordsFor(metric).label, finding, detail]];
      });
    }),
  };
}
