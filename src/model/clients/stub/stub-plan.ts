/** How the stubs of one cohort go about their look-ups, settled once: who is asked when, and what is remembered. */
import type { Micros } from '../../../base/time.ts';
import type { Answer } from '../../../dns/resolve/protocol.ts';
import type { FailureRule, StubBehaviour, StubSchedule } from '../../../profiles/client-behaviour.ts';
import { mayExceed } from '../../resolvers/client-gate.ts';
import type { ResolverSpec } from '../../spec.ts';
import type { AnswerId } from '../answer-table.ts';
import type { Cohort } from '../cohort.ts';
import type { Request } from '../request.ts';
import { serverOrder } from './orders.ts';
import type { ServerOrder } from './server-order.ts';

/** `undefined` = nobody answered before the stub gave up. `delay` = not yet played as an event. Returns the id. */
export type LookupDone = (
  request: Request,
  part: number,
  answer: Answer | undefined,
  delay: Micros,
  now: Micros,
) => AnswerId;

/** The resolver's cache was known to hold the answer. @param ttl left, in microseconds */
export type LookupRecalled = (
  request: Request,
  part: number,
  id: AnswerId,
  ttl: Micros,
  delay: Micros,
  now: Micros,
) => void;

/** Most resolvers of a list that can be told apart: look-ups keep them as bits of a number. */
const MOST_RESOLVERS = 31;

export class StubPlan {
  readonly cohort: Cohort;
  /** Resolvers of the list that are used. */
  readonly resolvers: number;
  readonly nextOnFailure: FailureRule;
  readonly failureRepeats: number;
  /** `undefined` = nothing is remembered, the listed order always holds. */
  readonly order: ServerOrder | undefined;
  /** The listed order. */
  readonly listed: readonly number[];
  /** By question of the population: whether its types, or the candidates of a search list, belong together. */
  readonly joint: readonly boolean[];
  /** By resolver of the list: whether a client may come near a limit there, so that its queries are counted. */
  readonly counted: readonly boolean[];
  /** Whether some name goes through a search list. */
  readonly searches: boolean;
  readonly #schedules: StubBehaviour['schedules'];
  /** The resolver asked at once and alone in the listed order, and not counted; -1 = none such. */
  readonly #first: number;

  /** @param configured resolvers in the clients' list */
  constructor(cohort: Cohort, configured: readonly ResolverSpec[]) {
    const { spec } = cohort.population;
    const { stub, questions } = spec;
    this.cohort = cohort;
    this.counted = configured.map(
      ({ clientLimits }) => clientLimits !== undefined && mayExceed(clientLimits, spec),
    );
    this.resolvers = Math.min(configured.length, stub.mostResolvers, MOST_RESOLVERS);
    this.nextOnFailure = stub.nextOnFailure;
    this.failureRepeats = stub.failureRepeats;
    this.order = serverOrder(stub, cohort.count, this.resolvers);
    this.listed = Array.from({ length: this.resolvers }, (_, place) => place);
    this.joint = questions.map(
      ({ search, types }) => search !== undefined || (stub.types !== 'together' && types.length > 1),
    );
    this.searches = questions.some(({ search }) => search !== undefined);
    this.#schedules = stub.schedules;
    const { at, resolver } = this.scheduleFor(this.resolvers).sends[0]!;
    const first = typeof resolver === 'string' ? -1 : Math.min(resolver, this.resolvers - 1);
    this.#first = at > 0 || this.counted[first] ? -1 : first;
  }

  /** The schedule for so many resolvers. */
  scheduleFor(resolvers: number): StubSchedule {
    return this.#schedules[Math.min(resolvers, 3) - 1]!;
  }

  /** The resolver every client asks at once, uncounted and before all others at present; -1 = no such resolver. */
  firstAt(now: Micros): number {
    return this.order === undefined || this.order.isPlain(now) ? this.#first : -1;
  }
}
