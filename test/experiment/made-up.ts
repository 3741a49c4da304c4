/** Made-up replication records: small, complete, and overridable field by field. */
import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { PopulationRecord, RecoveryRecord, ReplicationRecord } from '../../src/measure/record.ts';
import { OUTCOMES, type Outcome } from '../../src/measure/result.ts';

export function outcomes(counts: Partial<Record<Outcome, number>> = {}): Record<Outcome, number> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts[outcome] ?? 0])) as Record<
    Outcome,
    number
  >;
}

export function recovery(override: Partial<RecoveryRecord> = {}): RecoveryRecord {
  return {
    affected: 40,
    censored: 0,
    p50: 60 * SECOND,
    p90: 90 * SECOND,
    p95: 100 * SECOND,
    p99: 120 * SECOND,
    max: 130 * SECOND,
    population: 110 * SECOND,
    curve: [
      [60 * SECOND, 0.5],
      [130 * SECOND, 1],
    ],
    phases: {
      detect: 30 * SECOND,
      decide: 0,
      publish: 10 * SECOND,
      drain: 60 * SECOND,
      reconnect: 30 * SECOND,
    },
    ...override,
  };
}

export function population(override: Partial<PopulationRecord> = {}): PopulationRecord {
  return {
    name: 'overall',
    clients: 100,
    represents: 1000,
    bucket: 10 * SECOND,
    served: [10, 5, 0, 10],
    total: [10, 10, 0, 10],
    outcomes: outcomes({ served: 25, 'connection-failed': 5 }),
    recovery: recovery(),
    lostUserMicros: 500 * MINUTE,
    causes: [{ cause: 'dead-address/resolver-cache', requests: 5, userMicros: 500 * MINUTE }],
    latencyBins: [0, 0, 30],
    answered: 30,
    stale: 5,
    ...override,
  };
}

export function replication(override: Partial<ReplicationRecord> = {}): ReplicationRecord {
  const overall = population();
  return {
    replication: 0,
    digest: '00000000000000ff',
    events: 1000,
    requests: 30,
    reached: 40 * SECOND,
    populations: [overall, { ...overall, name: 'browsers' }],
    hops: [{ hop: 'resolver isp', queries: 80, peakPerSecond: 4, hits: 60, scale: 10 }],
    reactions: [{ at: 20 * SECOND, stage: 'detect', label: 'health check marks us-east unhealthy' }],
    ...override,
  };
}
