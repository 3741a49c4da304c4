/**
 * Requests that a warm resolver is sure to serve, for one cohort: the resolver's cache is known to answer
 * (`Recollection`), the answer is certain to work, and nothing on the way can fail.
 *
 * What such a request costs and how long caches keep its answer changes only with the outside, so both are
 * worked out once per state of the outside. Counts go straight to the sums, by bucket of time.
 */
import { type Micros, SECOND } from '../../base/time.ts';
import { SERVED } from '../outcome.ts';
import type { ResolverPool } from '../resolvers/pool.ts';
import { type AnswerTable, CERTAIN } from './answer-table.ts';
import { DataLifetime } from './cache-rule.ts';
import { isHeld } from './client-caches.ts';
import type { Population } from './population.ts';
import { latencyBin } from './tally.ts';

export class RecalledHits {
  readonly #population: Population;
  readonly #pool: ResolverPool;
  /** Of the resolver, in this cell: several where it is a forwarder. */
  readonly #instances: number;
  readonly #answers: AnswerTable;
  readonly #delayNow: () => Micros;
  readonly #isAsked: ((now: Micros) => boolean) | undefined;
  readonly #verdicts: Uint8Array;
  readonly #application: DataLifetime;
  readonly #os: DataLifetime;
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
    answers: AnswerTable,
    delayNow: () => Micros,
    isAsked: ((now: Micros) => boolean) | undefined,
  ) {
    this.#population = population;
    this.#pool = pool;
    this.#instances = pool.place.instances;
    this.#answers = answers;
    this.#delayNow = delayNow;
    this.#isAsked = isAsked;
    const { application, stub, region } = population.spec;
    this.#verdicts = answers.verdicts(region);
    this.#application = new DataLifetime(application.cache);
    this.#os = new DataLifetime(stub.cache);
    this.#questions = population.slots.map(({ questions }) => questions[0]!);
  }

  /** Serves the request of the client's slot `held` (its `slot`-th), made in `bucket`, if that is sure to work. */
  serve(held: number, slot: number, bucket: number, now: Micros): boolean {
    if (this.#revision !== this.#answers.revision) this.#renew();
    if (!this.#open || (this.#isAsked !== undefined && !this.#isAsked(now))) return false;
    const question = this.#questions[slot]!;
    const pool = this.#pool;
    const population = this.#population;
    const client = this.#instances === 1 ? 0 : Math.floor(held / population.slotCount);
    const id = pool.recall(question, client, now);
    if (id === 0 || !this.#isCertain(id) || isHeld(population, held, now)) return false;
    const ttl = pool.recalledTtl(question, client, bucket, now) * SECOND;
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
    const { tally } = population;
    tally.served[bucket]! += 1;
    tally.osQueries[bucket]! += 1;
    tally.outcomes[SERVED]! += 1;
    tally.latencies[this.#latencyBin]! += 1;
    tally.answered += 1;
    return true;
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
