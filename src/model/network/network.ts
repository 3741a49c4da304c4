/**
 * Round-trip times and losses between regions, and which site of an anycast address a region reaches.
 *
 * The round-trip time between two regions is log-normal about a given median, one uniform per draw. Losses are
 * independent, one chance per direction. An anycast query goes to the site with the smallest median.
 *
 * Not modelled:
 * - bandwidth and queues on paths: a flood fills servers, never links, so collateral damage on shared links is
 *   missing and floods look milder to bystanders than they are;
 * - routing: a dead anycast site keeps its catchment instead of being withdrawn, and catchments follow delay
 *   instead of policy (RFC 9199 §3.3 asks operators to measure them), so partial outages of anycast last longer
 *   and are cut more sharply by region than in practice;
 * - correlation of successive delays and losses: bursts of loss, which defeat retries, are missing;
 * - packet size, fragmentation and retransmission inside TCP: a lost exchange over TCP is lost for good.
 */
import type { Micros } from '../../base/time.ts';
import { normalQuantile } from '../../kernel/variates.ts';
import type { Draw } from '../outside.ts';
import type { NetworkSpec } from '../spec.ts';

export class Network {
  readonly regionCount: number;
  /** Chance that a query or its response is lost without any fault, 0 to 1. */
  readonly exchangeLoss: number;

  readonly #medians: readonly (readonly Micros[])[];
  /** Standard deviation of the logarithm of the round-trip time; 0 = constant. */
  readonly #sigma: number;

  constructor(spec: NetworkSpec) {
    this.regionCount = spec.regions.length;
    this.exchangeLoss = bothWays(spec.loss);
    this.#medians = spec.roundTrip;
    this.#sigma = Math.log(spec.spread) / normalQuantile(0.95);
  }

  /** Median round-trip time between two regions, or inside one. */
  median(from: number, to: number): Micros {
    return this.#medians[from]![to]!;
  }

  /** One round-trip time: the median when the spread is 1, else one draw. */
  draw(from: number, to: number, draw: Draw): Micros {
    const median = this.#medians[from]![to]!;
    if (this.#sigma === 0) return median;
    return Math.round(median * Math.exp(this.#sigma * normalQuantile(draw())));
  }

  /** Position in `regions` of the one nearest to `from` by median; the first of equals. */
  nearest(from: number, regions: readonly number[]): number {
    let best = 0;
    for (let at = 1; at < regions.length; at++) {
      if (this.median(from, regions[at]!) < this.median(from, regions[best]!)) best = at;
    }
    return best;
  }
}

/** Chance that an exchange fails when each direction loses packets with chance `loss`. */
export function bothWays(loss: number): number {
  return 1 - (1 - loss) ** 2;
}
