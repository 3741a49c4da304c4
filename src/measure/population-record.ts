/** From the counts of one or several populations to their record. */
import type { Micros } from '../base/time.ts';
import type { Population } from '../model/clients/population.ts';
import { OUTCOMES, type Outcome } from '../model/outcome.ts';
import type { World } from '../model/world.ts';
import { phasesOf } from './phases.ts';
import type { CauseRecord, PopulationRecord, RecoveryRecord } from './record.ts';
import {
  affectedWeight,
  censoredWeight,
  populationRecovery,
  type RecoveryGroup,
  recoveryCurve,
  recoveryGroup,
  recoveryQuantile,
} from './recovery.ts';

const CURVE_POINTS = 200;

/** One population with the weight its counts get: 1 by itself, relative to the others when added up. */
export interface Weighted {
  readonly population: Population;
  readonly weight: number;
  readonly losses: Losses;
}

/** What a population's clients went through, worked out once for all records it is part of. */
export interface Losses {
  /** Recovery times, at weight 1. */
  readonly recovery: RecoveryGroup;
  /** By cause code: client time without service that has not ended yet, in microseconds. */
  readonly open: Float64Array;
}

export function lossesOf(population: Population, world: World): Losses {
  return {
    recovery: recoveryGroup(population, world.firstFaultAt, 1),
    open: openLosses(population, world.now),
  };
}

export function populationRecord(name: string, members: readonly Weighted[], world: World): PopulationRecord {
  const tallies = members.map(({ population, weight }) => ({ tally: population.tally, weight }));
  const add = (pick: (tally: Population['tally']) => Float64Array): number[] =>
    sumSeries(tallies.map(({ tally, weight }) => [pick(tally), weight]));
  const served = add((tally) => tally.served);
  const failed = add((tally) => tally.failed);
  const total = served.map((count, at) => count + failed[at]!);
  const outcomes = add((tally) => tally.outcomes);
  const causes = causesOf(members, world);
  const bucket = members[0]!.population.tally.bucket;
  const far = tallies.reduce((sum, { tally, weight }) => sum + weight * tally.far, 0);
  return {
    name,
    clients: members.reduce((sum, { population }) => sum + population.spec.count, 0),
    represents: members.reduce((sum, { population }) => sum + population.spec.represents, 0),
    bucket,
    served,
    total,
    outcomes: Object.fromEntries(OUTCOMES.map((key, at) => [key, outcomes[at]!])) as Record<Outcome, number>,
    recovery: recoveryRecord(members, served, total, bucket, world),
    lostUserMicros: causes.reduce((sum, cause) => sum + cause.userMicros, 0),
    causes,
    latencyBins: trimmed(add((tally) => tally.latencies)),
    answered: tallies.reduce((sum, { tally, weight }) => sum + weight * tally.answered, 0),
    stale: tallies.reduce((sum, { tally, weight }) => sum + weight * tally.stale, 0),
    ...(far > 0 ? { far } : {}),
  };
}

function sumSeries(series: readonly (readonly [Float64Array, number])[]): number[] {
  const sums = new Array<number>(series[0]![0].length).fill(0);
  for (const [counts, weight] of series) {
    for (let at = 0; at < sums.length; at++) sums[at]! += weight * counts[at]!;
  }
  return sums;
}

/** Without the zeros at the end. */
function trimmed(counts: number[]): number[] {
  let length = counts.length;
  while (length > 0 && counts[length - 1] === 0) length -= 1;
  return counts.slice(0, length);
}

function recoveryRecord(
  members: readonly Weighted[],
  served: readonly number[],
  total: readonly number[],
  bucket: Micros,
  world: World,
): RecoveryRecord {
  const { firstFaultAt, spec } = world;
  const groups: readonly RecoveryGroup[] = members.map(({ losses, weight }) => ({
    ...losses.recovery,
    weight,
  }));
  const censored = censoredWeight(groups);
  const max = recoveryQuantile(groups, 1);
  const lastFailureAt = Math.max(...members.map(({ population }) => population.lastFailureAt));
  const phased = phasesOf(world.outside.reactions, firstFaultAt, lastFailureAt, max);
  const { target, hold } = spec.recovery;
  return {
    affected: affectedWeight(groups),
    censored,
    p50: recoveryQuantile(groups, 0.5),
    p90: recoveryQuantile(groups, 0.9),
    p95: recoveryQuantile(groups, 0.95),
    p99: recoveryQuantile(groups, 0.99),
    max,
    population: populationRecovery(served, total, bucket, firstFaultAt, target, hold),
    curve: recoveryCurve(groups, CURVE_POINTS),
    ...(phased ?? {}),
  };
}

/** Every cause that occurred, in alphabetical order; time still being lost at the end is added up to there. */
function causesOf(members: readonly Weighted[], world: World): readonly CauseRecord[] {
  const requests = new Map<string, number>();
  const userMicros = new Map<string, number>();
  for (const { population, weight, losses } of members) {
    const scale = population.spec.represents / population.spec.count;
    world.causes.texts.forEach((cause, code) => {
      const count = population.tally.causeRequests[code]!;
      if (count === 0) return;
      requests.set(cause, (requests.get(cause) ?? 0) + weight * count);
      const micros = population.tally.causeMicros[code]! + losses.open[code]!;
      userMicros.set(cause, (userMicros.get(cause) ?? 0) + scale * micros);
    });
  }
  return [...requests]
    .map(([cause, count]) => ({ cause, requests: count, userMicros: userMicros.get(cause)! }))
    .sort((a, b) => (a.cause < b.cause ? -1 : 1));
}

function openLosses({ brokenSince, cause }: Population, end: Micros): Float64Array {
  const open = new Float64Array(256);
  for (let client = 0; client < brokenSince.length; client++) {
    const since = brokenSince[client]!;
    if (since > 0) open[cause[client]!]! += Math.max(0, end - since);
  }
  return open;
}
