/**
 * `options rotate` of resolv.conf: every look-up of a name (A and AAAA in one) begins one resolver
 * further on.
 *
 * Clients begin at different places of the list, as processes with a random first place do (glibc
 * resolv/res_send.c). Not modelled: several processes of one host with a place of their own each.
 */
import type { Micros } from '../../../base/time.ts';
import { goRoundFrom, type ServerOrder } from './server-order.ts';

export class RotatingOrder implements ServerOrder {
  readonly #next: Uint8Array;
  readonly #order: number[];

  constructor(clients: number, resolvers: number) {
    this.#next = Uint8Array.from({ length: clients }, (_, client) => client % resolvers);
    this.#order = Array.from({ length: resolvers }, (_, place) => place);
  }

  isPlain(): boolean {
    return false;
  }

  begin(client: number, _now: Micros, further: boolean): readonly number[] {
    const { length } = this.#order;
    const first = (this.#next[client]! + (further ? length - 1 : 0)) % length;
    this.#next[client] = (first + 1) % length;
    return goRoundFrom(first, this.#order);
  }

  answered(): void {}

  disappointed(): void {}

  reason(): string {
    return 'rotate: each look-up begins one resolver further on';
  }
}
