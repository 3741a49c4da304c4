/**
 * Earlier states of the zones that a CoreDNS serves, for as long as a cache in front of them may still hold answers
 * from then.
 *
 * Faults of the edge (empty zones, wrong records) are no states of the zones: they show at once.
 */
import { type Micros, SECOND } from '../../../../base/time.ts';
import type { CachePlugin, Corefile } from '../../../../dns/corefile/plugins.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';

interface State {
  /** When it was replaced. */
  readonly until: Micros;
  readonly zones: ReadonlyMap<Name, Zone>;
}

export class Past {
  readonly #longest: Micros;
  #states: readonly State[] = [];

  constructor({ blocks }: Corefile) {
    const lives = blocks.flatMap(({ plugins }) =>
      plugins.flatMap((one) => (one.plugin === 'cache' ? [longestLife(one)] : [])),
    );
    this.#longest = Math.max(0, ...lives);
  }

  /** Whether any block has a cache. */
  get matters(): boolean {
    return this.#longest > 0;
  }

  /** The zones were these until now. */
  replaced(zones: Iterable<Zone>, now: Micros): void {
    const old = new Map([...zones].map((zone) => [zone.origin, zone]));
    const kept = this.#states.filter(({ until }) => until + this.#longest > now);
    this.#states = [...kept, { until: now, zones: old }];
  }

  /** Ends of the states, the oldest first, the present one last. */
  get eras(): readonly Micros[] {
    return [...this.#states.map(({ until }) => until), Number.POSITIVE_INFINITY];
  }

  /** A zone as it was in an era; undefined in the present one, and where there was none. */
  zone(era: number, origin: Name): Zone | undefined {
    return this.#states[era]?.zones.get(origin);
  }
}

/** From when an entry was made to when it is served last, stale or not. */
function longestLife({ success, denial, servfailSeconds, serveStale }: CachePlugin): Micros {
  const seconds = Math.max(success.ttlSeconds, denial.ttlSeconds, servfailSeconds);
  return seconds * SECOND + (serveStale?.upTo ?? 0);
}
