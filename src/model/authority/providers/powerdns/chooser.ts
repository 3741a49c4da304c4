/** Who picks where a record leaves something open: chance and hashes for an answer, everybody in turn for the truth. */
import type { Draw } from '../../../outside.ts';
import { hash32 } from '../../steering/hash.ts';

/** What decides a pick: chance, the client's address, the name asked for, or points on a ring (consistent hashing). */
export type PickBy = 'chance' | 'client' | 'name' | 'ring';

export interface Chooser {
  /**
   * One of several places.
   * @param weights at least 0, their sum above 0
   * @param labels what is picked from, for the ring
   */
  pick(weights: readonly number[], by: PickBy, labels: readonly string[]): number;
}

/** Picks for one query. */
export class Deciding implements Chooser {
  readonly #draw: Draw;
  readonly #client: string;
  readonly #name: string;

  /** @param client address that hashes go by @param name that was asked for */
  constructor(draw: Draw, client: string, name: string) {
    this.#draw = draw;
    this.#client = client;
    this.#name = name;
  }

  pick(weights: readonly number[], by: PickBy, labels: readonly string[]): number {
    if (weights.length === 1) return 0;
    if (by === 'ring') return onRing(weights, labels, hash32(this.#client));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (by === 'chance') return slotOf(weights, Math.floor(this.#draw() * sum));
    return slotOf(weights, hash32(by === 'client' ? this.#client : this.#name) % sum);
  }
}

/** The place whose share of the sum holds the point. */
function slotOf(weights: readonly number[], point: number): number {
  let left = point;
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}

/** The owner of the first point at or behind the client's; each item has as many points as its weight. */
function onRing(weights: readonly number[], labels: readonly string[], client: number): number {
  let best = { at: 0, distance: Number.POSITIVE_INFINITY };
  weights.forEach((weight, at) => {
    for (let point = 0; point < weight; point++) {
      const distance = (hash32(`${labels[at]}-${point}`) - client + 2 ** 32) % 2 ** 32;
      if (distance < best.distance) best = { at, distance };
    }
  });
  return best.at;
}

/** Ways through one record that are looked at; what lies beyond is not part of the truth. */
const MOST_WAYS = 256;

/** What comes of every way of picking, in the order of the places. @param most ways to be tried */
export function explore<T>(run: (chooser: Chooser) => T, most: number = MOST_WAYS): T[] {
  const outcomes: T[] = [];
  let way: number[] = [];
  while (outcomes.length < most) {
    const widths: number[] = [];
    const taken: number[] = [];
    const pick: Chooser['pick'] = (weights) => {
      const open = weights.flatMap((weight, at) => (weight > 0 ? [at] : []));
      const step = way[taken.length] ?? 0;
      taken.push(step);
      widths.push(open.length);
      return open[step]!;
    };
    outcomes.push(run({ pick }));
    while (taken.length > 0 && taken.at(-1)! + 1 >= widths[taken.length - 1]!) taken.pop();
    if (taken.length === 0) break;
    way = [...taken.slice(0, -1), taken.at(-1)! + 1];
  }
  return outcomes;
}
