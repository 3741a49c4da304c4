/**
 * `loadbalance` (CoreDNS 1.14 plugin/loadbalance/README.md). Shuffles are rotations here: each record comes first
 * as often as in reality, and the number of different answers stays that of the records.
 */
import type { LoadbalancePlugin } from '../../../../../dns/corefile/plugins.ts';
import type { RRset } from '../../../../../dns/data/rrset.ts';
import { A, AAAA, MX } from '../../../../../dns/data/rrtype.ts';
import type { Draw } from '../../../../outside.ts';
import { longestMatch } from '../../../steering/networks.ts';
import { pickWeighted } from '../../../steering/pick.ts';
import type { Handler } from '../handler.ts';

export const loadbalance: Handler<LoadbalancePlugin> = ([statement], question, next, { draw }) => {
  const reply = next(question);
  if (reply === 'drop' || reply.rcode !== 'NOERROR') return reply;
  const several = reply.answer.some((rrset) => isBalanced(rrset));
  if (!several) return reply;
  return { ...reply, answer: reply.answer.map((rrset) => ordered(rrset, statement!, draw)) };
};

function isBalanced({ type, rdata }: RRset): boolean {
  return rdata.length > 1 && (type === A || type === AAAA || type === MX);
}

function ordered(rrset: RRset, statement: LoadbalancePlugin, draw: Draw): RRset {
  if (!isBalanced(rrset)) return rrset;
  if (statement.policy === 'prefer')
    return inOrder(rrset, statement, 0, (at) => preference(rrset, at, statement));
  const all = rrset.rdata.map((_, at) => at);
  const size = all.length;
  if (statement.policy === 'round_robin') {
    const start = Math.floor(draw() * size);
    return inOrder(rrset, statement, start, (at) => (at - start + size) % size);
  }
  const weights = statement.weights.get(rrset.name);
  const first = pickWeighted(all, (at) => weights?.get(rrset.rdata[at]!.text) ?? 1, draw);
  return inOrder(rrset, statement, first, (at) => (at === first ? 0 : 1));
}

/** Place of the first block that holds the address; those in none last. */
function preference({ rdata }: RRset, at: number, { blocks }: LoadbalancePlugin): number {
  const address = rdata[at]!.text;
  const own = `${address}/${address.includes(':') ? 128 : 32}`;
  const place = blocks.findIndex((block) => longestMatch([block], [own]) >= 0);
  return place < 0 ? blocks.length : place;
}

const ORDERS: WeakMap<RRset, Map<string, RRset>> = new WeakMap();

/** The set in an order that has a number: the same object every time. */
function inOrder(
  rrset: RRset,
  { policy }: LoadbalancePlugin,
  number: number,
  rankOf: (at: number) => number,
): RRset {
  const known = ORDERS.get(rrset) ?? new Map<string, RRset>();
  ORDERS.set(rrset, known);
  const key = `${policy} ${number}`;
  const made = known.get(key) ?? { ...rrset, rdata: sortedBy(rrset, rankOf) };
  known.set(key, made);
  return made;
}

function sortedBy({ rdata }: RRset, rankOf: (at: number) => number): RRset['rdata'] {
  return rdata
    .map((one, at) => ({ one, at, rank: rankOf(at) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ one }) => one);
}
