/** One question of one request on its way through the stub: where it stands in its schedule. */
import type { Micros } from '../../../base/time.ts';
import type { Question } from '../../../dns/data/message.ts';
import type { Answer } from '../../../dns/resolve/protocol.ts';
import type { EventHandle } from '../../../kernel/future-event-list.ts';
import type { StubSchedule, StubSend } from '../../../profiles/client-behaviour.ts';
import type { Request } from '../request.ts';
import type { Joint } from './joint.ts';
import type { StubPlan } from './stub-plan.ts';

/** What is looked up, and for whom. */
export interface Asked {
  readonly request: Request;
  /** Which type of the request's question. */
  readonly part: number;
  readonly question: Question;
  /** The look-up it is part of, and which part; absent when it stands alone. */
  readonly joint: Joint | undefined;
  readonly position: number;
}

export interface Lookup extends Asked {
  readonly id: number;
  readonly plan: StubPlan;
  /** Resolvers in the order this look-up goes through them. */
  readonly order: readonly number[];
  readonly schedule: StubSchedule;
  readonly giveUpAt: Micros;
  /** Start of the schedule; earlier than the real start once a failure has skipped a wait. */
  base: Micros;
  nextSend: number;
  /** Place in `order` of the resolver asked last. */
  place: number;
  /** Repeats after SERVFAIL so far. */
  repeats: number;
  /** Resolvers asked so far; those not heard of since; those given up before. */
  readonly asked: number[];
  readonly silent: number[];
  readonly gone: number[];
  /** A failure that was ignored: the answer if nothing better comes. */
  failure: Answer | undefined;
  timer: EventHandle;
  done: boolean;
}

/** The resolvers a transmission goes to. */
export function targetsOf({ order, plan, place }: Lookup, { resolver }: StubSend): readonly number[] {
  if (resolver === 'all') return plan.listed;
  return [order[placeOf(order.length, place, resolver)]!];
}

/** The place in the order a transmission goes to; places beyond the end mean the last. */
export function placeOf(resolvers: number, last: number, resolver: number | 'next'): number {
  return resolver === 'next' ? (last + 1) % resolvers : Math.min(resolver, resolvers - 1);
}

/** Index of the first transmission yet to come that asks somebody new; -1 = none. */
export function sendToAnother(lookup: Lookup): number {
  const { schedule, asked } = lookup;
  return schedule.sends.findIndex(
    (send, index) =>
      index >= lookup.nextSend && targetsOf(lookup, send).some((resolver) => !asked.includes(resolver)),
  );
}

/** Adds a resolver to a list that names each once. */
export function note(list: number[], resolver: number): void {
  if (!list.includes(resolver)) list.push(resolver);
}

/** Takes a resolver off a list. */
export function forget(list: number[], resolver: number): void {
  const at = list.indexOf(resolver);
  if (at >= 0) list.splice(at, 1);
}
