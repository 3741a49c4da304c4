/** Time to recovery over replications. */
import { type Micros, SECOND } from '../base/time.ts';
import type { PhaseRecord, RecoveryRecord } from '../measure/record.ts';
import type { CensoredEstimate, PhaseReasons, RecoveryResult } from '../measure/result.ts';
import type { RecoverySpec } from '../model/spec.ts';
import { poolCurves } from './curve.ts';
import { AMOUNT, censoredEstimate, estimate, mean, SHARE, share, tidy } from './estimate.ts';

type Quantile = 'p50' | 'p90' | 'p95' | 'p99' | 'max';

/**
 * @param records one per replication, of one population
 * @param clients simulated clients of the population
 */
export function aggregateRecovery(
  records: readonly RecoveryRecord[],
  clients: number,
  spec: RecoverySpec,
): RecoveryResult {
  const quantile = (name: Quantile): CensoredEstimate =>
    seconds(records.map((record) => waited(record, name)));
  const phases = meanPhases(records);
  return {
    affected: estimate(
      records.map((record) => share(record.affected, clients)),
      SHARE,
    ),
    censored: estimate(
      records.map((record) => share(record.censored, record.affected)),
      SHARE,
    ),
    quantiles: {
      p50: quantile('p50'),
      p90: quantile('p90'),
      p95: quantile('p95'),
      p99: quantile('p99'),
      max: quantile('max'),
    },
    population: seconds(records.map((record) => record.population)),
    target: spec.target,
    holdSeconds: tidy(spec.hold / SECOND),
    ...(phases && { phases }),
    ...(phases && usualReasons(records)),
    curve: poolCurves(records),
  };
}

/** A replication in which nobody was affected has nobody who waited. */
function waited(record: RecoveryRecord, name: Quantile): Micros | null {
  return record.affected === 0 ? 0 : record[name];
}

function seconds(values: readonly (Micros | null)[]): CensoredEstimate {
  return censoredEstimate(
    values.map((value) => (value === null ? null : value / SECOND)),
    AMOUNT,
  );
}

const NO_PHASES: PhaseRecord = { detect: 0, decide: 0, publish: 0, drain: 0, reconnect: 0 };

/** Means over replications, so that they add up to the mean of `max`; absent where that is unknown or 0. */
function meanPhases(records: readonly RecoveryRecord[]): RecoveryResult['phases'] {
  if (records.every((record) => record.affected === 0)) return undefined;
  const phases = records.map((record) => (record.affected === 0 ? NO_PHASES : record.phases));
  const known = phases.filter((phase) => phase !== undefined);
  if (known.length < phases.length) return undefined;
  const part = (name: keyof PhaseRecord): number => tidy(mean(known.map((phase) => phase[name])) / SECOND);
  return {
    detect: part('detect'),
    decide: part('decide'),
    publish: part('publish'),
    drain: part('drain'),
    reconnect: part('reconnect'),
  };
}

/** What was said at the end of each phase in the most replications; of equals the first. */
function usualReasons(records: readonly RecoveryRecord[]): { readonly because?: PhaseReasons } {
  const known = records.flatMap(({ because }) => because ?? []);
  if (known.length === 0) return {};
  const usual = (phase: keyof PhaseReasons): PhaseReasons => {
    const counts = new Map<string, number>();
    for (const { [phase]: text } of known)
      if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    const found = [...counts].find(([, count]) => count === most);
    return found ? { [phase]: found[0] } : {};
  };
  return { because: { ...usual('detect'), ...usual('decide'), ...usual('publish') } };
}
