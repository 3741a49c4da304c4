/** The charts of a result document. */
import type { ComparisonResult } from '../../measure/comparison.ts';
import type { RunResult, StrategyResult } from '../../measure/result.ts';
import { commonTimeline } from '../timeline.ts';
import { type AvailabilityData, type AvailabilitySeries, availabilityChart } from './availability.ts';
import { causesChart } from './causes.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { loadChart } from './load.ts';
import { paretoChart, paretoData } from './pareto.ts';
import { phasesChart } from './phases.ts';
import { recoveryChart } from './recovery.ts';
import { timelineChart } from './timeline.ts';

/** What the availability chart shows of a result: medians and bands where runs were compared, else means. */
export function availabilityData({ strategies, comparison, scenario }: RunResult): AvailabilityData {
  return {
    durationSeconds: scenario.durationSeconds,
    target: strategies[0]?.overall.recovery.target ?? 0.99,
    marks: commonTimeline(strategies).filter(({ kind }) => kind !== 'reaction'),
    strategies: strategies.map((strategy) => {
      const band = comparison?.strategies.find(({ name }) => name === strategy.name)?.availability;
      return band ? { ...band, name: strategy.name, middle: band.median } : meanSeries(strategy);
    }),
  };
}

function meanSeries({ name, overall }: StrategyResult): AvailabilitySeries {
  const { bucketSeconds, series } = overall.availability;
  return { name, bucketSeconds, middle: series };
}

/** Against load, and against cost where two strategies at least have one. */
function fronts(comparison: ComparisonResult, named: (name: string) => ChartOptions): Chart[] {
  const data = paretoData(comparison);
  const priced = data.points.filter(({ cost }) => cost !== undefined);
  const byCost = { ...data, across: 'cost' } as const;
  return [
    paretoChart(data, named('pareto')),
    ...(priced.length > 1 ? [paretoChart(byCost, named('pareto-cost'))] : []),
  ];
}

/** Every chart the result has data for, in the order of a report. Ids are prefixed by `options.id` and the name. */
export function chartsOf(result: RunResult, options: ChartOptions = {}): Chart[] {
  const { strategies, comparison, scenario } = result;
  if (strategies.length === 0) return [];
  const named = (name: string): ChartOptions => ({
    ...options,
    ...(options.id !== undefined && { id: `${options.id}-${name}` }),
  });
  const overall = strategies.map((strategy) => ({ ...strategy.overall, name: strategy.name }));
  const phases = overall.map(({ name, recovery }) => ({
    name,
    ...(recovery.phases && { phases: recovery.phases }),
  }));
  const marks = commonTimeline(strategies);
  return [
    availabilityChart(availabilityData(result), named('availability')),
    ...(comparison ? [recoveryChart(comparison, named('recovery'))] : []),
    ...(comparison && strategies.length > 1 ? fronts(comparison, named) : []),
    causesChart({ strategies: overall }, named('causes')),
    ...(phases.some((strategy) => strategy.phases)
      ? [phasesChart({ strategies: phases }, named('phases'))]
      : []),
    loadChart({ strategies }, named('load')),
    ...(marks.length > 0
      ? [timelineChart({ durationSeconds: scenario.durationSeconds, marks }, named('timeline'))]
      : []),
  ];
}
