/**
 * Which faults lie between two parties: those of the far party, of the path, and of the regions they stand in.
 *
 * A fault of a region hits everything that stands there (endpoints, sites, resolvers, checkers) and is always
 * silent, since whoever could refuse is gone too. Clients stand nowhere in this sense: users in a dead region
 * still ask, so that what they lose can be counted. A fault of a path hits packets in both directions, each
 * with the stated chance of loss; its delay counts once per round trip.
 */

import { joinLinks } from '../network/link.ts';
import { bothWays } from '../network/network.ts';
import type { LinkState } from '../outside.ts';
import type { FaultBoard } from './fault-board.ts';

/** How `party`, standing in region `to`, is seen from region `from` by someone whom that region's faults spare. */
export function seenByClients(board: FaultBoard, party: LinkState, from: number, to: number): LinkState {
  return joinLinks([party, pathState(board, from, to), regionState(board, to)]);
}

/** The same for someone who stands in `from` and shares its fate: a resolver, a checker. */
export function seenByStation(board: FaultBoard, party: LinkState, from: number, to: number): LinkState {
  const seen = seenByClients(board, party, from, to);
  return from === to ? seen : joinLinks([seen, regionState(board, from)]);
}

/** Faults of a region; down is always silent. */
export function regionState(board: FaultBoard, region: number): LinkState {
  const { down, loss, extra } = board.region(region);
  return { down: down === 'none' ? 'none' : 'silent', loss, extra };
}

function pathState(board: FaultBoard, from: number, to: number): LinkState {
  const { down, loss, extra } = board.path(from, to);
  return { down, loss: bothWays(loss), extra };
}
