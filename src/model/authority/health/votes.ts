/**
 * What the checkers of one endpoint agree upon.
 *
 * Either their votes are counted (unhealthy from a quorum on), or each region first comes to a vote of its own and
 * regions are counted (Google Cloud DNS, Cloudflare). Rules in shares become quorums: see `quorumForShare`.
 */
import type { CheckSpec } from '../../spec.ts';

export class Votes {
  /** What they agree upon now. */
  healthy: boolean;
  readonly #check: CheckSpec;
  readonly #unhealthy: boolean[];

  constructor(check: CheckSpec) {
    this.#check = check;
    this.#unhealthy = check.regions.map(() => check.initial === 'unhealthy');
    this.healthy = this.#agree();
  }

  /** A checker has changed its mind. Returns whether the agreement turned. */
  cast(checker: number, healthy: boolean): boolean {
    this.#unhealthy[checker] = !healthy;
    const before = this.healthy;
    this.healthy = this.#agree();
    return this.healthy !== before;
  }

  #agree(): boolean {
    const { quorum, regionQuorum, regions } = this.#check;
    if (regionQuorum === undefined) return count(this.#unhealthy) < quorum;
    const distinct = [...new Set(regions)];
    const against = distinct.map((region) => {
      return count(this.#unhealthy.filter((_, at) => regions[at] === region)) >= regionQuorum;
    });
    return count(against) < quorum;
  }
}

function count(flags: readonly boolean[]): number {
  return flags.reduce((sum, flag) => sum + (flag ? 1 : 0), 0);
}

/**
 * The quorum of unhealthy votes that means "healthy while more than this share of the checkers say so".
 * @param share 0 to 1, exclusive
 */
export function quorumForShare(checkers: number, share: number): number {
  return checkers - Math.floor(checkers * share);
}
