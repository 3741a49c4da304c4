/**
 * Random variates by inversion of exactly ONE uniform each, so that paired runs stay in step.
 *
 * Times are rounded to whole microseconds at once, which also hides the last bit in which engines' logarithms
 * and exponentials may differ.
 */
import type { Micros } from '../base/time.ts';
import type { UniformSource } from './random-streams.ts';

/** An exponential time; with the 53 bits of a named stream at most 37 means. */
export function exponential(source: UniformSource, meanMicros: Micros): Micros {
  return Math.round(-meanMicros * Math.log(1 - source.uniform()));
}

/** A whole number from `low` to `high`, both included, each equally likely. */
export function between(source: UniformSource, low: Micros, high: Micros): Micros {
  return low + Math.floor(source.uniform() * (high - low + 1));
}

/** True with the given probability, 0 to 1. */
export function bernoulli(source: UniformSource, probability: number): boolean {
  return source.uniform() < probability;
}

/** Number of failures before the first success, for a probability of success in (0, 1]. */
export function geometric(source: UniformSource, probability: number): number {
  return Math.floor(Math.log(1 - source.uniform()) / Math.log1p(-probability)) + 0;
}

/** A lognormal time, prepared from its median and 95th percentile (0 < median <= p95). */
export class Lognormal {
  readonly #median: Micros;
  readonly #sigma: number;

  constructor(medianMicros: Micros, p95Micros: Micros) {
    if (!(medianMicros > 0 && p95Micros >= medianMicros && p95Micros < Infinity)) {
      throw new RangeError(`a lognormal needs 0 < median <= p95, not ${medianMicros} and ${p95Micros}`);
    }
    this.#median = medianMicros;
    this.#sigma = Math.log(p95Micros / medianMicros) / normalQuantile(0.95);
  }

  draw(source: UniformSource): Micros {
    return Math.round(this.#median * Math.exp(this.#sigma * normalQuantile(source.uniform())));
  }
}

/** Indices 0, 1, ... with given weights (not negative, not all zero), by bisection of their running sums. */
export class WeightedChoice {
  readonly #sums: Float64Array;

  constructor(weights: readonly number[]) {
    let sum = 0;
    this.#sums = Float64Array.from(weights, (weight) => (sum += weight));
    if (!(sum > 0 && sum < Infinity && weights.every((weight) => weight >= 0))) {
      throw new RangeError('weights must be finite, not negative, and not all zero');
    }
  }

  draw(source: UniformSource): number {
    const point = source.uniform() * this.#sums[this.#sums.length - 1]!;
    let low = 0;
    for (let high = this.#sums.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle]! > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * Poisson count of mean >= 0. Up to a mean of 30 by search; above, the Cornish-Fisher expansion of the Poisson
 * quantile in the normal one to order 1/mean (M. B. Giles, Algorithm 955, ACM Trans. Math. Softw. 42(1), 2016).
 */
export function poisson(source: UniformSource, mean: number): number {
  const uniform = source.uniform();
  if (mean > 30) return poissonQuantileOfLargeMean(normalQuantile(uniform), mean);
  let count = 0;
  let rest = uniform;
  for (let mass = Math.exp(-mean); rest >= mass && mass > 0; mass *= mean / count) {
    rest -= mass;
    count++;
  }
  return count;
}

function poissonQuantileOfLargeMean(z: number, mean: number): number {
  const square = z * z;
  const second = (z * (-1 / 36 - square / 72)) / Math.sqrt(mean);
  const third = (-8 / 405 + square * (7 / 810 + square / 270)) / mean;
  return Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + 1 / 3 + square / 6 + second + third));
}

/**
 * The z with P(Z <= z) = p for a standard normal Z. Routine PPND7 of M. J. Wichura, Algorithm AS 241, Appl.
 * Statist. 37(3), 1988: relative error below 1.2e-7. p = 0 gives what p = 2^-54 would, -8.3.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const above = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    return (q * above) / (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }
  const tail = Math.sqrt(-Math.log(Math.max(q < 0 ? p : 1 - p, 2 ** -54)));
  return q < 0 ? -upperTail(tail) : upperTail(tail);
}

function upperTail(tail: number): number {
  if (tail <= 5) {
    const r = tail - 1.6;
    const above = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
    return above / ((0.12021132975 * r + 0.7370016425) * r + 1);
  }
  const r = tail - 5;
  const above = ((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115;
  return above / ((0.012258202635 * r + 0.24197894225) * r + 1);
}

const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * `count` points in [0, 1) that fill it evenly however many are taken: multiples of the golden ratio, with one
 * random shift, so each is uniform by itself and replications are independent.
 */
export function stratifiedPhases(count: number, source: UniformSource): Float64Array {
  const shift = source.uniform();
  return Float64Array.from({ length: count }, (_, index) => (shift + index * GOLDEN_RATIO) % 1);
}
