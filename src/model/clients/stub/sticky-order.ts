/**
 * The current server of systemd-resolved: the one that worked is asked until it fails, then the next of the list
 * takes its place (systemd 257 src/resolve/resolved-dns-scope.c dns_scope_next_dns_server()). It does not go back
 * by itself: after an outage of the first resolver the second stays in use.
 */
import { type Disappointment, goRoundFrom, type ServerOrder } from './server-order.ts';

export class StickyOrder implements ServerOrder {
  readonly #current: Uint8Array;
  readonly #order: number[];
  /** Clients whose current server is not the first of the list. */
  #moved = 0;

  constructor(clients: number, resolvers: number) {
    this.#current = new Uint8Array(clients);
    this.#order = Array.from({ length: resolvers }, (_, place) => place);
  }

  isPlain(): boolean {
    return this.#moved === 0;
  }

  begin(client: number): readonly number[] {
    return goRoundFrom(this.#current[client]!, this.#order);
  }

  answered(): void {}

  /** Moves on, unless another look-up of the client has done so already or there is nobody left to ask. */
  disappointed(client: number, resolver: number, why: Disappointment): void {
    if (why === 'final' || this.#current[client] !== resolver) return;
    const next = (resolver + 1) % this.#order.length;
    this.#moved += Number(resolver === 0) - Number(next === 0);
    this.#current[client] = next;
  }

  reason(client: number, names: readonly string[]): string {
    return `${names[this.#current[client]!]} is the current server, and stays so until it fails`;
  }
}
