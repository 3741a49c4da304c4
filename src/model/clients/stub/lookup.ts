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

export class Lookup implements Asked {
  readonly id: number;
  readonly request: Request;
  readonly part: number;
  readonly question: Question;
  readonly joint: Joint | undefined;
  readonly position: number;
  readonly plan: StubPlan;
  /** Resolvers in the order this look-up goes through them. */
  readonly order: readonly number[];
  readonly schedule: StubSchedule;
  readonly giveUpAt: Micros;
  /** Start of the schedule; earlier than the real start once a failure has skipped a wait. */
  base: Micros;
  nextSend = 0;
  /** Place in `order` of the resolver asked last. */
  place = 0;
  /** Repeats after SERVFAIL so far. */
  repeats = 0;
  /** Resolvers as bits: asked so far; not heard of since; given up before. */
  asked = 0;
  silent = 0;
  gone = 0;
  /** A failure that was ignored: the answer if nothing better comes. */
  failure: Answer | undefined = undefined;
  timer: EventHandle = 0;
  done = false;

  constructor(id: number, asked: Asked, plan: StubPlan, order: readonly number[], now: Micros) {
    this.id = id;
    this.request = asked.request;
    this.part = asked.part;
    this.question = asked.question;
    this.joint = asked.joint;
    this.position = asked.position;
    this.plan = plan;
    this.order = order;
    this.schedule = plan.scheduleFor(order.length);
    this.giveUpAt = now + this.schedule.giveUp;
    this.base = now;
  }
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
    (send, index) => index >= lookup.nextSend && (bitsOf(targetsOf(lookup, send)) & ~asked) !== 0,
  );
}

/** Resolvers as bits. */
export function bitsOf(resolvers: readonly number[]): number {
  let bits = 0;
  for (const resolver of resolvers) bits |= 1 << resolver;
  return bits;
}
