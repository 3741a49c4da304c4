/**
 * What one or several played worlds of one scenario came to, small enough to be drawn at once: the strategy's
 * part of a result document, with the time to recovery and the load in a resolution fit for pictures.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import { scaleOf } from '../../measure/hops.ts';
import {
  affectedWeight,
  type RecoveryGroup,
  recoveredBy,
  recoveryGroup,
  recoveryQuantile,
} from '../../measure/recovery.ts';
import type { StrategyResult } from '../../measure/result.ts';
import { measure, type simulateReplication } from '../../measure/simulate.ts';
import type { World } from '../../model/world.ts';
import { aggregateStrategy } from '../aggregate.ts';
import { LoadSeries, type RatePoint } from './load-series.ts';

export interface SessionOutcome {
  readonly result: StrategyResult;
  /** Simulated clients and the users they stand for. */
  readonly clients: number;
  readonly represents: number;
  readonly replications: number;
  readonly durationSeconds: number;
  /** From the first fault: [seconds, share of the affected who are back], equally spaced in the logarithm. */
  readonly recovery: readonly (readonly [number, number])[];
  /** Over the affected of all replications, seconds; `null` beyond the horizon, 0 when nobody was affected. */
  readonly half: number | null;
  readonly nearlyAll: number | null;
  /** Start of the first fault, seconds. */
  readonly faultAtSeconds: number;
  /** Represented queries per second at the servers of the scenario's providers, by bucket. */
  readonly load: readonly RatePoint[];
}

const CURVE_POINTS = 160;
const NEARLY_ALL = 0.99;

/** Plays worlds slice by slice and puts together what they came to. */
export class OutcomeBuilder {
  readonly #worlds: World[] = [];
  readonly #records: ReturnType<typeof simulateReplication>[] = [];
  readonly #load: LoadSeries = new LoadSeries();

  /** Takes note of the load so far; call it often while a world is played. */
  sample(world: World): void {
    this.#load.sample(world, this.#worlds.length);
  }

  /** Takes a world that has been played to its end. @param skipped as `withoutPrelude` gave it */
  add(world: World): void {
    this.#load.sample(world, this.#worlds.length);
    this.#records.push(measure(world, this.#worlds.length));
    this.#worlds.push(world);
  }

  /** @param skipped time left out before the world began. @throws RangeError before any world was added */
  build(name: string, skipped: Micros = 0): SessionOutcome {
    const first = this.#worlds[0];
    if (!first) throw new RangeError('no world was played');
    const { timeline, recovery, duration, populations } = first.spec;
    const groups = this.#worlds.flatMap(groupsOf);
    const affected = affectedWeight(groups);
    const horizon = (duration - first.firstFaultAt) / SECOND;
    return {
      result: aggregateStrategy({ name, timeline, recovery }, this.#records),
      clients: sum(populations.map(({ count }) => count)),
      represents: sum(populations.map(({ represents }) => represents)),
      replications: this.#worlds.length,
      durationSeconds: (duration + skipped) / SECOND,
      recovery: affected === 0 ? [] : curveOf(groups, affected, horizon),
      half: quantile(groups, affected, 0.5),
      nearlyAll: quantile(groups, affected, NEARLY_ALL),
      faultAtSeconds: (first.firstFaultAt + skipped) / SECOND,
      load: this.#load.points(skipped / SECOND),
    };
  }
}

function groupsOf(world: World): readonly RecoveryGroup[] {
  const scale = scaleOf(world);
  return world.populations.map((population) => {
    const { represents, count } = population.spec;
    return recoveryGroup(population, world.firstFaultAt, represents / count / scale);
  });
}

function curveOf(
  groups: readonly RecoveryGroup[],
  affected: number,
  horizon: number,
): readonly (readonly [number, number])[] {
  const ratio = Math.max(horizon, 1) ** (1 / CURVE_POINTS);
  return Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const seconds = ratio ** index;
    return [seconds, recoveredBy(groups, seconds * SECOND) / affected] as const;
  });
}

function quantile(groups: readonly RecoveryGroup[], affected: number, share: number): number | null {
  if (affected === 0) return 0;
  const micros = recoveryQuantile(groups, share);
  return micros === null ? null : micros / SECOND;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
