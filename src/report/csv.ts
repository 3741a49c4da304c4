/**
 * The result as one tidy table (RFC 4180, with line feeds): one value per row, so that filtering by `metric`, named as
 * expectations name it, gives a data frame. Series rows carry the time in `at`, seconds from the start (`availability.series`) or
 * from the first fault (`recovery.curve`). A value beyond the horizon, or of a bucket without requests, is empty.
 */
import {
  type CensoredEstimate,
  OUTCOMES,
  type PopulationResult,
  type RunResult,
  type StrategyResult,
} from '../measure/result.ts';
import { hasKnownPrice } from './sections/cost.ts';

const HEADER = ['scenario', 'strategy', 'population', 'metric', 'at', 'value', 'low', 'high'] as const;

interface Row {
  readonly metric: string;
  readonly at?: number;
  readonly value: number | null;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** The table with its header, ending in a newline. */
export function renderCsv(result: RunResult): string {
  const lines = result.strategies.flatMap((strategy) =>
    strategyRows(strategy).map(({ population, row }) =>
      line([
        result.scenario.title,
        strategy.name,
        population,
        row.metric,
        row.at,
        row.value,
        row.low,
        row.high,
      ]),
    ),
  );
  return [line(HEADER), ...lines].map((text) => `${text}\n`).join('');
}

function line(fields: readonly (string | number | null | undefined)[]): string {
  return fields.map(field).join(',');
}

function field(value: string | number | null | undefined): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value + 0) : '';
  const text = value ?? '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function strategyRows(strategy: StrategyResult): { population: string; row: Row }[] {
  const populations = [strategy.overall, ...strategy.populations];
  return [
    ...populations.flatMap((population) =>
      populationRows(population).map((row) => ({ population: population.name, row })),
    ),
    ...[...loadRows(strategy), ...costRows(strategy)].map((row) => ({ population: '', row })),
  ];
}

function populationRows(population: PopulationResult): Row[] {
  const { availability, recovery } = population;
  return [
    estimateRow('availability.mean', availability.mean),
    estimateRow('availability.min', availability.min),
    estimateRow('availability.budget', availability.budgetBurnt),
    estimateRow('recovery.affected', recovery.affected),
    estimateRow('recovery.censored', recovery.censored),
    ...Object.entries(recovery.quantiles).map(([name, value]) => estimateRow(`recovery.${name}`, value)),
    estimateRow('recovery.population', recovery.population),
    ...Object.entries(recovery.phases ?? {}).map(([name, value]) => ({ metric: `phases.${name}`, value })),
    estimateRow('user-minutes', population.userMinutesLost),
    ...OUTCOMES.map((outcome) => ({ metric: `outcome.${outcome}`, value: population.outcomes[outcome] })),
    ...population.causes.map(({ cause, userMinutes }) => ({ metric: `cause.${cause}`, value: userMinutes })),
    ...Object.entries(population.latency).map(([name, value]) => ({ metric: `latency.${name}`, value })),
    { metric: 'stale.share', value: population.staleShare },
    ...(population.farShare === undefined ? [] : [{ metric: 'far.share', value: population.farShare }]),
    ...availability.series.map((value, bucket) => ({
      metric: 'availability.series',
      at: bucket * availability.bucketSeconds,
      value,
    })),
    ...recovery.curve.map(([at, value]) => ({ metric: 'recovery.curve', at, value })),
  ];
}

function estimateRow(metric: string, estimate: CensoredEstimate): Row {
  return { metric, value: estimate?.mean ?? null, low: estimate?.low, high: estimate?.high };
}

function loadRows({ load }: StrategyResult): Row[] {
  return load.flatMap(({ hop, queriesPerSecond, hitRatio, amplification }) => [
    { metric: `load.${hop}.mean`, value: queriesPerSecond.mean },
    { metric: `load.${hop}.peak`, value: queriesPerSecond.peak },
    ...(hitRatio === undefined ? [] : [{ metric: `load.${hop}.hit-ratio`, value: hitRatio }]),
    ...(amplification === undefined ? [] : [{ metric: `load.${hop}.amplification`, value: amplification }]),
  ]);
}

/** Unknown prices, and sums of nothing else, are empty; sums with one are lower bounds, and `cost.complete` is 0. */
function costRows({ cost }: StrategyResult): Row[] {
  if (cost === undefined) return [{ metric: 'cost.month', value: null }];
  return [
    hasKnownPrice(cost) ? estimateRow('cost.month', cost.month) : { metric: 'cost.month', value: null },
    { metric: 'cost.complete', value: cost.complete ? 1 : 0 },
    ...(cost.outage ? [estimateRow('cost.outage', cost.outage)] : []),
    ...cost.providers.flatMap(({ provider, month, items }) => [
      estimateRow(`cost.${provider}.month`, month),
      ...items.flatMap((item) => [
        { metric: `cost.${provider}.${item.key}.quantity`, value: item.quantity },
        { metric: `cost.${provider}.${item.key}.month`, value: item.month },
      ]),
    ]),
  ];
}
