/**
 * Requests that a warm resolver is sure to serve, for one cohort: the resolver's cache is known to answer
 * (`Recollection`), the answer is certain to work, and nothing on the way can fail.
 *
 * What such a request costs and how long caches keep its answer changes only with the outside, so both are
 * worked out once per state of the outside.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import type { ResolverPool } from '../resolvers/pool.ts';
import type { Recollection } from '../resolvers/recollection.ts';
import { type AnswerTable, CERTAIN } from './answer-table.ts';
import { DataLifetime } from './cache-rule.ts';
import type { Population } from './population.ts';
import { latencyBin } from './tally.ts';

export class RecalledHits {
  readonly #population: Population;
  readonly #pool: ResolverPool;
  readonly #recollection: Recollection;
  readonly #answers: AnswerTable;
  readonly #delayNow: () => Micros;
  readonly #isAsked: ((now: Micros) => boolean) | undefined;
  readonly #verdicts: Uint8Array;
  readonly #application: DataLifetime;
  readonly #os: DataLifetime;
  /** How long the application may use an expired answer. */
  readonly #grace: Micros;
  /** By slot: index into the answer table's questions. */
  readonly #questions: readonly number[];
  #revision = -1;
  /** Whether a query now arrives for sure, and in time. */
  #open = false;
  #latencyBin = 0;

  /**
   * @param delayNow round trip to the pool; Infinity when a query may fail to arrive
   * @param isAsked whether every client asks this pool first at present; absent = always
   */
  constructor(
    population: Population,
    pool: ResolverPool,
    recollection: Recollection,
    answers: AnswerTable,
    delayNow: () => Micros,
    isAsked: ((now: Micros) => boolean) | undefined,
  ) {
    this.#population = population;
    this.#pool = pool;
    this.#recollection = recollection;
    this.#answers = answers;
    this.#delayNow = delayNow;
    this.#isAsked = isAsked;
    const { application, stub, region } = population.spec;
    this.#verdicts = answers.verdicts(region);
    this.#application = new DataLifetime(application.cache);
    this.#os = new DataLifetime(stub.cache);
    this.#grace = application.cache.graceSeconds * SECOND;
    this.#questions = population.slots.map(({ questions }) => questions[0]!);
  }

  /** Serves a client's request for its `slot`-th slot, number `held` of all, if that is sure to work. */
  serve(client: number, held: number, slot: number, now: Micros): boolean {
    if (this.#revision !== this.#answers.revision) this.#renew();
    if (!this.#open || (this.#isAsked !== undefined && !this.#isAsked(now))) return false;
    const question = this.#questions[slot]!;
    const recollection = this.#recollection;
    const id = recollection.recall(question, client, now);
    if (id === 0 || !this.#isCertain(id) || this.#isHeld(held, now)) return false;
    const population = this.#population;
    const ttl = recollection.ttlAt(question, client, now) * SECOND;
    const inOs = this.#os.of(ttl);
    if (inOs > 0) {
      population.osExpiry[held] = now + inOs;
      population.osAnswer[held] = id;
    }
    const inApplication = this.#application.of(ttl);
    if (inApplication > 0) {
      population.applicationExpiry[held] = now + inApplication;
      population.applicationAnswer[held] = id;
    }
    return true;
  }

  /** Counts so many requests just served, with what the resolver and the way to it saw of them. */
  count(bucket: number, requests: number): void {
    this.#population.tally.latencies[this.#latencyBin]! += requests;
    this.#pool.countRecalled(bucket, requests);
  }

  /** Whether a cache of the client may answer for a slot, be it within its grace. */
  #isHeld(held: number, now: Micros): boolean {
    const { applicationExpiry, osExpiry } = this.#population;
    return applicationExpiry[held]! + this.#grace > now || osExpiry[held]! > now;
  }

  #isCertain(id: number): boolean {
    const verdict = this.#verdicts[id];
    return verdict === 0 ? this.#answers.isCertain(id, this.#population.spec.region) : verdict === CERTAIN;
  }

  #renew(): void {
    this.#revision = this.#answers.revision;
    const delay = this.#delayNow();
    this.#open = delay <= this.#population.spec.application.patience && delay < Number.POSITIVE_INFINITY;
    this.#latencyBin = latencyBin(delay);
  }
}
