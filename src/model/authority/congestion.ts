/**
 * Load of the sites and what it does to queries.
 *
 * Queries are counted over feedback windows. The rate of the last closed window plus the floods in force is the
 * offered load; what exceeds the capacity is lost at random, p = max(0, 1 - C/offered), and what is answered
 * waits. The wait is that of an M/M/1 queue, 1/C · r/(1 - r) at a load r = offered/C, at most a full queue of
 * `QUEUE_PLACES` (all of it from r = 1 on) and at most `LONGEST_WAIT`. Counts are sums, so the order in which
 * cells ask within a window does not matter.
 *
 * Not modelled: bursts inside a window, response rate limiting, filtering of attack traffic by prefix, the
 * first window of a load that was not there before (it is answered in full), congestion on links (network.ts).
 * A flood is spread evenly over the sites it hits, where a real one follows the attackers' catchments.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import { capacityUnder } from '../timeline/condition.ts';
import { type FaultBoard, hitsSite } from '../timeline/fault-board.ts';
import type { Site } from './sites.ts';

/**
 * Length of a feedback window. Assumption: a resolver's first retry comes 0.4 to 2 s after the loss, so loss and
 * retries settle within seconds; a shorter window only adds sampling noise.
 */
export const FEEDBACK_WINDOW: Micros = SECOND;

/**
 * Queries a site holds while all its workers are busy. Assumption: the default receive buffer of a Linux socket
 * (net.core.rmem_default 212,992 octets) with 768 octets accounted for a small datagram.
 */
export const QUEUE_PLACES = 277;

/** No query waits longer, however small the capacity. Assumption: by then its sender has given up. */
export const LONGEST_WAIT: Micros = SECOND;

/** What load does to a query: chance of being lost, and the wait of those that are not. */
export interface Congestion {
  readonly loss: number;
  readonly wait: Micros;
}

const FREE: Congestion = { loss: 0, wait: 0 };

/** Congestion at a capacity (0 to Infinity) under an offered load, both in queries per second. */
export function congestionOf(capacity: number, offered: number): Congestion {
  if (capacity === 0) return { loss: 1, wait: 0 };
  if (capacity === Number.POSITIVE_INFINITY || offered === 0) return FREE;
  const load = offered / capacity;
  const full = Math.min(QUEUE_PLACES / capacity, LONGEST_WAIT / SECOND);
  const waitSeconds = load < 1 ? Math.min(full, load / (1 - load) / capacity) : full;
  return { loss: Math.max(0, 1 - 1 / load), wait: Math.round(waitSeconds * SECOND) };
}

export class SiteLoads {
  readonly #sites: readonly Site[];
  readonly #board: FaultBoard;
  /** Queries represented by one that is asked. */
  readonly #scale: number;
  /** Queries asked in the open window, by site. */
  readonly #asked: Float64Array;
  /** Queries per second of the last closed window, scaled. */
  readonly #rates: Float64Array;
  #states: readonly Congestion[] = [];
  #version = -1;

  constructor(sites: readonly Site[], board: FaultBoard, scale: number) {
    this.#sites = sites;
    this.#board = board;
    this.#scale = scale;
    this.#asked = new Float64Array(sites.length);
    this.#rates = new Float64Array(sites.length);
  }

  /** Whether windows are needed now: some site can be overloaded. */
  get finite(): boolean {
    return (
      this.#board.has('capacity') || this.#sites.some((site) => site.capacity < Number.POSITIVE_INFINITY)
    );
  }

  count(site: number): void {
    this.#asked[site]!++;
  }

  /** What load does at the site now. */
  at(site: number): Congestion {
    if (this.#version !== this.#board.version) this.#recompute();
    return this.#states[site]!;
  }

  /** Ends a window of this length; its counts decide from now on. Returns the number of queries counted. */
  close(length: Micros): number {
    const perSecond = this.#scale / (length / SECOND);
    const total = this.#asked.reduce((sum, asked) => sum + asked, 0);
    this.#asked.forEach((asked, site) => {
      this.#rates[site] = asked * perSecond;
    });
    this.#asked.fill(0);
    this.#recompute();
    return total;
  }

  /** Forgets what was counted: a first window begins. */
  open(): void {
    this.#asked.fill(0);
    this.#rates.fill(0);
    this.#recompute();
  }

  #recompute(): void {
    const floods = this.#board.floods().map(({ target, perSecond }) => {
      const hit = this.#sites.filter((site) => hitsSite(target, keyOf(site)));
      return { target, perSite: perSecond / hit.length };
    });
    this.#states = this.#sites.map((site) => {
      const { capacities } = this.#board.site(keyOf(site));
      const flood = floods.reduce((sum, { target, perSite }) => {
        return hitsSite(target, keyOf(site)) ? sum + perSite : sum;
      }, 0);
      return congestionOf(capacityUnder(site.capacity, capacities), this.#rates[site.index]! + flood);
    });
    this.#version = this.#board.version;
  }
}

function keyOf({ provider, server, site }: Site): { provider: number; server: number; site: number } {
  return { provider, server, site };
}
