/**
 * Penalties: a resolver that let a look-up wait goes behind the others for some time (Apple mDNSResponder: 60 s
 * from the failure; Windows: until the priorities are set back, every 15 minutes). A failure that was answered
 * brings no penalty. With everyone penalised the listed order holds.
 *
 * Not modelled: which moment of the quarter of an hour Windows sets priorities back at; it is spread evenly over
 * the clients.
 */
import { MILLISECOND, type Micros } from '../../../base/time.ts';
import type { PenaltyRule } from '../../../profiles/client-behaviour.ts';
import type { Disappointment, ServerOrder } from './server-order.ts';

/** Ends of penalties are kept in tenths of a second, rounded up: four bytes reach beyond ten years. */
const TICK: Micros = 100 * MILLISECOND;

export class PenaltyOrder implements ServerOrder {
  readonly #rule: PenaltyRule;
  readonly #clients: number;
  readonly #resolvers: number;
  /** By client · resolvers + resolver: end of the penalty in ticks. */
  readonly #ends: Uint32Array;
  readonly #order: number[];
  #lastEnd = 0;

  constructor(clients: number, resolvers: number, rule: PenaltyRule) {
    this.#rule = rule;
    this.#clients = clients;
    this.#resolvers = resolvers;
    this.#ends = new Uint32Array(clients * resolvers);
    this.#order = Array.from({ length: resolvers }, (_, place) => place);
  }

  isPlain(now: Micros): boolean {
    return now >= this.#lastEnd * TICK;
  }

  begin(client: number, now: Micros): readonly number[] {
    let filled = 0;
    for (const penalised of [false, true]) {
      for (let resolver = 0; resolver < this.#resolvers; resolver++) {
        if (this.isPenalised(client, resolver, now) === penalised) this.#order[filled++] = resolver;
      }
    }
    return this.#order;
  }

  /** Whether the client passes the resolver over at `now`. */
  isPenalised(client: number, resolver: number, now: Micros): boolean {
    return this.#ends[client * this.#resolvers + resolver]! * TICK > now;
  }

  answered(): void {}

  disappointed(client: number, resolver: number, why: Disappointment, _again: boolean, now: Micros): void {
    if (why !== 'silent') return;
    const end = Math.ceil(this.#endOf(client, now) / TICK);
    this.#ends[client * this.#resolvers + resolver] = end;
    this.#lastEnd = Math.max(this.#lastEnd, end);
  }

  reason(client: number, names: readonly string[], now: Micros): string {
    const passed = names.filter((_, resolver) => this.isPenalised(client, resolver, now));
    const verb = passed.length === 1 ? 'does' : 'do';
    return `${passed.join(', ')} did not answer lately and ${verb} not come first until the penalty ends`;
  }

  #endOf(client: number, now: Micros): Micros {
    const { duration, ends } = this.#rule;
    if (ends === 'after') return now + duration;
    const phase = (client / this.#clients) * duration;
    return (Math.floor((now - phase) / duration) + 1) * duration + phase;
  }
}
