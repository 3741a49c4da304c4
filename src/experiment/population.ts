/** One population over replications. */
import { MINUTE } from '../base/time.ts';
import type { PopulationRecord } from '../measure/record.ts';
import { OUTCOMES, type Outcome, type PopulationResult } from '../measure/result.ts';
import type { RecoverySpec } from '../model/spec.ts';
import { aggregateAvailability } from './availability.ts';
import { mergeCauses } from './causes.ts';
import { AMOUNT, estimate, share, tidy } from './estimate.ts';
import { latencyQuantile, mergeBins } from './latency.ts';
import { aggregateRecovery } from './recovery.ts';

/** @param records the same population in each replication, at least one */
export function aggregatePopulation(
  records: readonly PopulationRecord[],
  recovery: RecoverySpec,
): PopulationResult {
  const first = records[0]!;
  const far = add(records, 'far');
  const bins = mergeBins(records.map((record) => record.latencyBins));
  return {
    name: first.name,
    ...(first.within === undefined ? {} : { within: first.within }),
    clients: first.clients,
    represents: first.represents,
    outcomes: addOutcomes(records),
    availability: aggregateAvailability(records, recovery.target),
    recovery: aggregateRecovery(
      records.map((record) => record.recovery),
      first.clients,
      recovery,
    ),
    userMinutesLost: estimate(
      records.map((record) => record.lostUserMicros / MINUTE),
      AMOUNT,
    ),
    causes: mergeCauses(records.map((record) => record.causes)),
    latency: {
      p50: latencyQuantile(bins, 0.5),
      p95: latencyQuantile(bins, 0.95),
      p99: latencyQuantile(bins, 0.99),
    },
    staleShare: tidy(share(add(records, 'stale'), add(records, 'answered'))),
    ...(far > 0 ? { farShare: tidy(share(far, add(records, 'answered'))) } : {}),
  };
}

function addOutcomes(records: readonly PopulationRecord[]): Record<Outcome, number> {
  const entries = OUTCOMES.map((outcome) => [
    outcome,
    records.reduce((sum, record) => sum + (record.outcomes[outcome] ?? 0), 0),
  ]);
  return Object.fromEntries(entries) as Record<Outcome, number>;
}

function add(records: readonly PopulationRecord[], field: 'stale' | 'answered' | 'far'): number {
  return records.reduce((sum, record) => sum + (record[field] ?? 0), 0);
}
