/** The kinds of memory a stub may have of its resolvers, by the word a profile uses. */
import type { StubBehaviour } from '../../../profiles/client-behaviour.ts';
import { PenaltyOrder } from './penalty-order.ts';
import { RotatingOrder } from './rotating-order.ts';
import { ScoreOrder } from './score-order.ts';
import type { ServerOrder } from './server-order.ts';
import { StickyOrder } from './sticky-order.ts';

/** The memory a system needs for `clients` clients with `resolvers` resolvers each; `undefined` = none. */
export function serverOrder(
  stub: StubBehaviour,
  clients: number,
  resolvers: number,
): ServerOrder | undefined {
  if (resolvers < 2) return undefined;
  switch (stub.order) {
    case 'listed':
      return undefined;
    case 'rotate':
      return new RotatingOrder(clients, resolvers);
    case 'sticky':
      return new StickyOrder(clients, resolvers);
    case 'penalty':
      return new PenaltyOrder(clients, resolvers, stub.penalty);
    case 'score':
      return new ScoreOrder(clients, resolvers, stub.score);
  }
}
