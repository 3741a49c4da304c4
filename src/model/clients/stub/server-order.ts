/**
 * Which resolver of its list a client's stub asks first, and whom after that: what the stub remembers from one
 * look-up to the next.
 *
 * State is kept per client and only for systems that have some; with a single resolver there is none. Not
 * modelled: lists that change during a run, and memory shared between the networks a host was on.
 */
import type { Micros } from '../../../base/time.ts';

/**
 * How a resolver let a look-up down: nothing was heard of it, it answered with a failure and another one is
 * asked, or its failure was the answer in the end.
 */
export type Disappointment = 'silent' | 'failed' | 'final';

/** The memory of the stubs of one cohort. Clients are counted from 0, resolvers are places of the list. */
export interface ServerOrder {
  /** Whether every client asks in the listed order and answers change nothing: then nobody needs to look. */
  isPlain(now: Micros): boolean;
  /**
   * The resolvers in the order a look-up that begins now goes through them; read it before the next call.
   * @param further one more look-up of the same request, such as AAAA beside A
   */
  begin(client: number, now: Micros, further: boolean): readonly number[];
  /** A resolver answered with data or their absence. @param again the look-up had given it up before */
  answered(client: number, resolver: number, again: boolean, now: Micros): void;
  /** A resolver let a look-up down. @param again not for the first time */
  disappointed(client: number, resolver: number, why: Disappointment, again: boolean, now: Micros): void;
  /** Why a look-up does not begin with the first resolver of the list, in words. */
  reason(client: number, names: readonly string[], now: Micros): string;
}

/** The list from `first` on, going round, written into `into`. */
export function goRoundFrom(first: number, into: number[]): readonly number[] {
  for (let place = 0; place < into.length; place++) into[place] = (first + place) % into.length;
  return into;
}
