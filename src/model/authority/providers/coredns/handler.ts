/** What plugins are given and what they give back. */
import type { Micros } from '../../../../base/time.ts';
import type { Plugin } from '../../../../dns/corefile/plugins.ts';
import { type Message, makeMessage, type Question, type Rcode } from '../../../../dns/data/message.ts';
import { depth, isSubdomain, type Name } from '../../../../dns/data/name.ts';
import { CNAME } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { Draw } from '../../../outside.ts';

/** A message, or silence. */
export type Reply = Message | 'drop';

/** The rest of the chain. */
export type Next = (question: Question) => Reply;

/** One server at the moment of one query. */
export interface Server {
  /** Its place among the servers of the provider; -1: one that has all it should have. */
  readonly number: number;
  readonly draw: Draw;
  /** When the query came, and the ends of the eras in which zones stayed as they were; absent: nothing is held. */
  readonly clock?: { readonly now: Micros; readonly eras: readonly Micros[] };
  /** Does something as it was done in an era. */
  during<T>(era: number, work: () => T): T;
  /** Address blocks the query may come from. */
  readonly networks: readonly string[];
  /** Data of a zone as this server has them; `undefined`: none, so the zone is SERVFAIL. */
  zone(origin: Name): Zone | undefined;
  /** Apexes of zones the scenario gives to this provider. */
  readonly origins: Iterable<Name>;
  /** The authoritative answer out of one zone. */
  lookup(question: Question, zone: Zone): Message;
  /** What an upstream says. */
  upstream(question: Question, to: readonly string[]): Message;
  /** The answer of this server to another question, as for the target of a CNAME. */
  self(question: Question): Reply;
  /** Search lists of pods, for `autopath`. */
  readonly searchLists: readonly (readonly Name[])[];
  /** Whether a pod of the namespace has the address. */
  hasPod(namespace: string, address: string): boolean;
}

/** Statements of one plugin in a block; at least one. */
export type Handler<P extends Plugin = Plugin> = (
  statements: readonly P[],
  question: Question,
  next: Next,
  server: Server,
) => Reply;

/** @param why in plain words, for traces */
export function error(question: Question, rcode: Rcode, why?: string): Message {
  return makeMessage(question, why === undefined ? { rcode } : { rcode, said: `coredns: ${why}` });
}

/** The longest of the zones at or above the name. */
export function closest(zones: Iterable<Name>, name: Name): Name | undefined {
  let best: Name | undefined;
  for (const zone of zones) {
    if (isSubdomain(name, zone) && (best === undefined || depth(zone) > depth(best))) best = zone;
  }
  return best;
}

/** Whether the name lies at or below one of the zones. */
export function within(zones: readonly Name[] | undefined, name: Name): boolean {
  return zones?.some((zone) => isSubdomain(name, zone)) ?? false;
}

/**
 * The reply with a CNAME at its end followed by the server itself (plugin/pkg/upstream). A target that cannot be
 * had leaves the CNAME alone.
 */
export function chased(reply: Message, question: Question, server: Server): Message {
  const last = reply.answer.at(-1);
  const target = last?.type === CNAME && question.type !== CNAME ? last.rdata[0] : undefined;
  if (reply.rcode !== 'NOERROR' || target?.kind !== 'name') return reply;
  const rest = server.self({ name: target.target, type: question.type });
  if (rest === 'drop' || rest.answer.length === 0) return reply;
  return { ...reply, answer: [...reply.answer, ...rest.answer] };
}
