/** What a probe from a region to an endpoint meets as things stand. */
import type { Network } from '../../network/network.ts';
import { regionState, seenByStation } from '../../timeline/exposure.ts';
import type { FaultBoard } from '../../timeline/fault-board.ts';
import type { Target } from './probe.ts';

/** @returns `undefined` while the checker's region is down: then nothing is sent */
export function meetEndpoint(
  board: FaultBoard,
  network: Network,
  endpoint: { readonly index: number; readonly region: number },
  from: number,
): Target | undefined {
  if (regionState(board, from).down !== 'none') return undefined;
  const { checkedErrors, falseAlarm, ...link } = board.endpoint(endpoint.index);
  const seen = seenByStation(board, link, from, endpoint.region);
  const loss = 1 - (1 - seen.loss) * (1 - network.exchangeLoss);
  return { ...seen, loss, checkedErrors, falseAlarm };
}
