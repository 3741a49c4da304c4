/**
 * The stub resolvers of a cell that have one list of resolvers: a look-up that the first resolver's cache answers
 * is over at once; any other goes on its way (`stub/transmissions.ts`), alone or with others of its request.
 *
 * Not modelled: the time a stub takes itself, and its limits on look-ups at the same time.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { Question } from '../../dns/data/message.ts';
import type { Answer, Reason, Ticket } from '../../dns/resolve/protocol.ts';
import type { Simulation } from '../../kernel/simulation.ts';
import { mayExceed } from '../resolvers/client-gate.ts';
import type { AnswerSink, ResolverPool } from '../resolvers/pool.ts';
import type { PopulationSpec } from '../spec.ts';
import type { AnswerTable } from './answer-table.ts';
import type { Cohort } from './cohort.ts';
import type { Population } from './population.ts';
import { RecalledHits } from './recalled-hits.ts';
import type { Request } from './request.ts';
import { JointLookups } from './stub/joint-lookups.ts';
import type { Asked } from './stub/lookup.ts';
import { type LookupDone, type LookupRecalled, StubPlan } from './stub/stub-plan.ts';
import { type StubNetwork, Transmissions } from './stub/transmissions.ts';

export class StubLookups implements AnswerSink {
  readonly #network: StubNetwork;
  readonly #done: LookupDone;
  readonly #recalled: LookupRecalled;
  readonly #joint: JointLookups;
  readonly #transmissions: Transmissions;
  /** Of the cohorts that have asked, and the one of the cohort that asked last. */
  readonly #plans: StubPlan[] = [];
  #recent: StubPlan | undefined;

  constructor(network: StubNetwork, simulation: Simulation, done: LookupDone, recalled: LookupRecalled) {
    this.#network = network;
    this.#done = done;
    this.#recalled = recalled;
    this.#transmissions = new Transmissions(network, simulation, (asked, answer, delay, now) => {
      if (asked.joint) this.#joint.answered(asked.joint, asked.position, answer, delay, now);
      else done(asked.request, asked.part, answer, delay, now);
    });
    this.#joint = new JointLookups((asked, now) => this.#ask(asked, now), done);
  }

  get #pools(): readonly ResolverPool[] {
    return this.#network.pools();
  }

  /**
   * What the resolver that clients of a population ask before all others is sure to serve; `undefined` where
   * there is no such resolver, where it may do more than answer a hit, or where a hit does not settle the look-up.
   */
  recalledHits(population: Population, answers: AnswerTable): RecalledHits | undefined {
    const { spec } = population;
    const pool = this.#firstOf(spec);
    if (pool?.recollection === undefined) return undefined;
    const delayNow = (): Micros => this.delayTo(pool, spec.region);
    const isAsked = this.#plainness(population);
    return new RecalledHits(population, pool, pool.recollection, answers, delayNow, isAsked);
  }

  /** The resolver they ask first as long as `#plainness` holds, if it is just one and at once. */
  #firstOf(population: PopulationSpec): ResolverPool | undefined {
    const { stub, questions } = population;
    const pools = this.#pools;
    const used = Math.min(pools.length, stub.mostResolvers);
    const { at, resolver } = stub.schedules[Math.min(used, 3) - 1]!.sends[0]!;
    if (at > 0 || typeof resolver === 'string' || stub.keepOnFailure) return undefined;
    if (used > 1 && (stub.order === 'rotate' || stub.order === 'score')) return undefined;
    if (questions.some(({ search }) => search !== undefined)) return undefined;
    const pool = pools[Math.min(resolver, used - 1)]!;
    const { clientLimits } = pool.spec;
    return clientLimits && mayExceed(clientLimits, population) ? undefined : pool;
  }

  /** Whether all clients of a population ask in the listed order at present; absent = always. */
  #plainness(population: Population): ((now: Micros) => boolean) | undefined {
    if (population.spec.stub.order === 'listed' || this.#pools.length < 2) return undefined;
    return (now) => {
      for (const { cohort, order } of this.#plans) {
        if (cohort.population === population && order?.isPlain(now) === false) return false;
      }
      return true;
    };
  }

  /** What a query to a pool costs clients of a region, round trip; Infinity when it may fail to arrive. */
  delayTo(pool: ResolverPool, region: number): Micros {
    const { down, loss, extra } = this.#network.outside.resolverState(pool.service, region);
    return down === 'none' && loss === 0 ? this.#network.roundTrip + extra : Number.POSITIVE_INFINITY;
  }

  /** Whether the types of a request's question, or the names it may mean, have to be looked up together. */
  asksJointly({ cohort, question }: Request): boolean {
    return this.#planOf(cohort).joint[question]!;
  }

  /** Looks up those parts of a request together that its caches do not know; `done` may be called meanwhile. */
  lookUpJointly(request: Request, isKnown: (part: number) => boolean, now: Micros): void {
    const parts = request.answers.flatMap((_, part) => (isKnown(part) ? [] : [part]));
    if (parts.length > 0) this.#joint.begin(request, parts, now);
  }

  /** Looks a question up; `done` may be called before this returns, as it is when the resolver's cache answers. */
  lookUp(request: Request, part: number, question: Question, now: Micros): void {
    if (request.trace === undefined && this.#recall(request, part, now)) return;
    this.#ask({ request, part, question, joint: undefined, position: 0 }, now);
  }

  answered(ticket: Ticket, answer: Answer, now: Micros): void {
    this.#transmissions.answered(ticket, answer, now);
  }

  dropped(ticket: Ticket, reason: Reason, now: Micros): void {
    this.#transmissions.dropped(ticket, reason, now);
  }

  /** Whether the resolver asked first is known to answer: the end of most queries for data that do not work. */
  #recall(request: Request, part: number, now: Micros): boolean {
    const { cohort, client } = request;
    const first = this.#planOf(cohort).firstAt(now);
    if (first < 0) return false;
    const pool = this.#pools[first]!;
    const question = request.tableQuestion(part);
    const { recollection } = pool;
    const id = recollection?.recall(question, client, now);
    if (recollection === undefined || !id) return false;
    const { spec, tally } = cohort.population;
    const delay = this.delayTo(pool, spec.region);
    if (delay === Number.POSITIVE_INFINITY) return false;
    pool.countRecalled(Math.floor(now / tally.bucket), 1);
    const ttl = recollection.ttlAt(question, client, now);
    this.#recalled(request, part, id, ttl * SECOND, delay, now);
    return true;
  }

  #ask(asked: Asked, now: Micros): void {
    const { request, part, question, joint, position } = asked;
    const { cohort } = request;
    const plan = this.#planOf(cohort);
    const first = request.trace ? -1 : plan.firstAt(now);
    if (first < 0) {
      this.#transmissions.start(asked, plan, now);
      return;
    }
    const pool = this.#pools[first]!;
    const delay = this.delayTo(pool, cohort.population.spec.region);
    const fragment = pool.pick(request.client);
    const answer = delay < Number.POSITIVE_INFINITY ? pool.peek(fragment, question, now) : undefined;
    if (answer === undefined) this.#transmissions.start(asked, plan, now, fragment);
    else if (joint !== undefined) this.#joint.answered(joint, position, answer, delay, now);
    else {
      const index = request.tableQuestion(part);
      const id = this.#done(request, part, answer, delay, now);
      if (answer.until !== undefined) pool.recollection?.remember(index, request.client, id, answer.until);
    }
  }

  #planOf(cohort: Cohort): StubPlan {
    return this.#recent?.cohort === cohort ? this.#recent : this.#anotherPlan(cohort);
  }

  /** Apart from `#planOf`, where its closure would cost every look-up an object. */
  #anotherPlan(cohort: Cohort): StubPlan {
    this.#recent = this.#plans.find((plan) => plan.cohort === cohort) ?? this.#open(cohort);
    return this.#recent;
  }

  #open(cohort: Cohort): StubPlan {
    const plan = new StubPlan(
      cohort,
      this.#pools.map(({ spec }) => spec),
    );
    this.#plans.push(plan);
    return plan;
  }
}
