/** The replications of one strategy, turned into its part of the result document. */
import { combineDigests } from '../kernel/digest.ts';
import type { ReplicationRecord } from '../measure/record.ts';
import type { StrategyResult } from '../measure/result.ts';
import type { RecoverySpec, TimelineSpec } from '../model/spec.ts';
import { aggregateCost } from './cost.ts';
import { aggregateLoad } from './load.ts';
import { aggregatePopulation } from './population.ts';
import { aggregateTimeline } from './timeline.ts';

/** What aggregation needs to know of a strategy's world. */
export interface StrategyFrame {
  readonly name: string;
  readonly timeline: readonly TimelineSpec[];
  readonly recovery: RecoverySpec;
}

/**
 * Aggregates the replications of one strategy; their order does not matter. Expectations are left empty: they
 * are judged on the finished result.
 * @param records at least one, each with the same populations in the same order
 */
export function aggregateStrategy(
  frame: StrategyFrame,
  records: readonly ReplicationRecord[],
): StrategyResult {
  if (records.length === 0) throw new RangeError(`no replication of strategy ${frame.name} to aggregate`);
  const ordered = [...records].sort((one, other) => one.replication - other.replication);
  const [overall, ...populations] = ordered[0]!.populations.map((_, index) =>
    aggregatePopulation(
      ordered.map((record) => record.populations[index]!),
      frame.recovery,
    ),
  );
  const cost = aggregateCost(ordered);
  return {
    name: frame.name,
    digest: combineDigests(ordered.map((record) => record.digest)),
    events: add(ordered, 'events'),
    requests: add(ordered, 'requests'),
    timeline: aggregateTimeline(frame.timeline, ordered),
    overall: overall!,
    populations,
    load: aggregateLoad(ordered),
    ...(cost && { cost }),
    expectations: [],
  };
}

function add(records: readonly ReplicationRecord[], field: 'events' | 'requests'): number {
  return records.reduce((sum, record) => sum + record[field], 0);
}
