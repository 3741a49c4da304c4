/**
 * Attempts to connect to several addresses, and which of them comes through first (RFC 8305 §5).
 *
 * Only what faults add to a round trip counts in a race: distance alone never loses one, except against a
 * time-out. The cost: an address farther away than the attempt delay is preferred a little too often.
 */
import type { Micros } from '../../base/time.ts';
import type { AddressStyle, ApplicationBehaviour } from '../../profiles/client-behaviour.ts';
import { type Candidate, leadingFamily } from './address-order.ts';

/** How one address answers a connection attempt. */
export interface Reply {
  /** `blocked` and `barred`: the client's own path swallows or refuses packets of this family. */
  readonly kind: 'up' | 'silent' | 'lost' | 'refused' | 'blocked' | 'barred';
  /** Added to the round trip by faults, and the round trip. */
  readonly extra: Micros;
  readonly roundTrip: Micros;
}

export interface Outcome {
  /** The address that connected, or the one tried last. */
  readonly candidate: Candidate;
  /** When it connected (not counting its round trip), or when the last attempt was given up. */
  readonly at: Micros;
  /** Empty when it connected; of several causes the weightiest. */
  readonly cause: string;
  /** The latest address that failed, if any did. */
  readonly failed: Candidate | undefined;
}

/** What a failed attempt of each kind is put down to, and how much that weighs beside others. */
const CAUSES: Readonly<Record<Reply['kind'], readonly [cause: string, weight: number]>> = {
  lost: ['endpoint-loss', 1],
  up: ['abandoned', 2],
  blocked: ['dead-family', 3],
  barred: ['dead-family', 3],
  silent: ['dead-address', 4],
  refused: ['dead-address', 4],
};
const SEQUENTIAL: ReadonlySet<AddressStyle> = new Set(['family-race', 'in-order', 'balanced']);

export class Attempts {
  readonly #candidates: readonly Candidate[];
  readonly #ask: (candidate: Candidate) => Reply;
  /** From one attempt to the next, and to its end. */
  readonly #step: Micros;
  readonly #timeout: Micros;
  readonly #abandons: boolean;
  #connectedAt: Micros = Number.POSITIVE_INFINITY;
  #connected: Candidate | undefined;
  #last: Candidate;
  #failed: Candidate | undefined;
  #endedAt: Micros = 0;
  #cause = '';
  #weight = 0;

  /** @param candidates at least one @param first what that one replies */
  constructor(
    candidates: readonly Candidate[],
    { addresses, attemptDelay, connectTimeout }: ApplicationBehaviour,
    first: Reply,
    ask: (candidate: Candidate) => Reply,
  ) {
    const style = addresses?.style ?? 'staggered';
    this.#candidates = candidates;
    this.#ask = (candidate) => (candidate === candidates[0] ? first : ask(candidate));
    this.#timeout = connectTimeout;
    this.#step = SEQUENTIAL.has(style) ? connectTimeout : Math.min(attemptDelay, connectTimeout);
    this.#abandons = style === 'abandoning';
    this.#last = candidates[0]!;
    this.#play(style, attemptDelay);
  }

  get outcome(): Outcome {
    const failed = this.#failed;
    return this.#connected === undefined
      ? { candidate: this.#last, at: this.#endedAt, cause: this.#cause, failed }
      : { candidate: this.#connected, at: this.#connectedAt, cause: '', failed };
  }

  #play(style: AddressStyle, attemptDelay: Micros): void {
    const all = this.#candidates.length;
    const first = style === 'family-race' ? leadingFamily(this.#candidates) : all;
    this.#chain(0, first, 0);
    if (first === all || this.#connectedAt <= attemptDelay) return;
    this.#chain(first, all, this.#connected ? attemptDelay : Math.min(attemptDelay, this.#endedAt));
  }

  /** Tries candidates `from` to `to` one after the other until one has connected before the next begins. */
  #chain(from: number, to: number, start: Micros): void {
    let at = start;
    for (let index = from; index < to && at < this.#connectedAt; index++) {
      this.#last = this.#candidates[index]!;
      const reply = this.#ask(this.#last);
      at = this.#begin(reply, at, this.#abandons && index < to - 1);
    }
  }

  /** One attempt begun at `at`. @returns when the next one begins */
  #begin({ kind, extra, roundTrip }: Reply, at: Micros, abandoned: boolean): Micros {
    const limit = abandoned ? this.#step : this.#timeout;
    if (kind === 'up' && (!abandoned || extra + roundTrip <= limit)) {
      if (at + extra < this.#connectedAt) {
        this.#connectedAt = at + extra;
        this.#connected = this.#last;
      }
      return at + this.#step;
    }
    this.#failed = this.#last;
    const [cause, weight] = CAUSES[kind];
    if (weight > this.#weight) [this.#cause, this.#weight] = [cause, weight];
    const refused = kind === 'refused' || kind === 'barred';
    const end = at + (refused ? extra + roundTrip : limit);
    this.#endedAt = Math.max(this.#endedAt, end);
    return refused ? end : at + this.#step;
  }
}
