/**
 * A cohort: the clients of one population that live in one cell, as an arrival process.
 *
 * Poisson clients are superposed: n clients of rate λ are one Poisson process of rate nλ that picks a client
 * for each arrival (exact), with a diurnal rate by thinning (Lewis and Shedler, 1979). Periodic clients are a
 * ring ordered by phase. Sessions are superposed starts whose further requests are events of the cell.
 *
 * A request whose answer is held and certain changes nothing: it is only counted, in the tight loop below.
 */
import { DAY, type Micros, SECOND } from '../../base/time.ts';
import type { FastGenerator } from '../../kernel/fast-generator.ts';
import type { Simulation, Source } from '../../kernel/simulation.ts';
import { geometric, WeightedChoice } from '../../kernel/variates.ts';
import { SERVED } from '../outcome.ts';
import type { DiurnalSpec } from '../spec.ts';
import { type AnswerTable, CERTAIN } from './answer-table.ts';
import { DataLifetime } from './cache-rule.ts';
import type { Population } from './population.ts';
import type { RecalledHits } from './recalled-hits.ts';

/** Handles the requests that need more than a look at the application's cache. */
export interface RequestHandler {
  begin(cohort: Cohort, client: number, question: number, now: Micros): void;
  /** Serves what the resolver's cache is sure to answer; undefined where stubs do not ask one resolver first. */
  recalledHits(population: Population, list: number): RecalledHits | undefined;
  /** A cohort has been settled: starts the timers of its clients. */
  settled(cohort: Cohort): void;
  /** The first request of a session was made; `requests` more follow. */
  continueSession(cohort: Cohort, client: number, requests: number): void;
}

/** Arrivals drawn at a time: enough to amortise the call, little enough to stay in the processor's cache. */
const BATCH = 64;

export class Cohort implements Source {
  readonly name: string;
  readonly population: Population;
  /** Clients `first` to `first + count` of the population. */
  readonly first: number;
  readonly count: number;
  /** Which of the cell's lists of resolvers its clients have. */
  readonly list: number;
  nextTime: Micros;

  readonly #generator: FastGenerator;
  readonly #simulation: Simulation;
  readonly #answers: AnswerTable;
  readonly #handler: RequestHandler;
  readonly #recalled: RecalledHits | undefined;
  readonly #questions: WeightedChoice | undefined;
  readonly #meanGap: Micros;
  readonly #diurnal: DiurnalSpec | undefined;
  /** Periodic clients: phases in rising order, and the next to come. */
  readonly #phases: Float64Array | undefined;
  #turn = 0;
  /** Arrivals drawn ahead by the tight loop: clients, gaps to the next, and how many are used up. */
  readonly #picks: Uint32Array;
  readonly #gaps: Float64Array;
  #drawn = BATCH;
  /** Whether an answer held by a client alone decides a request. */
  readonly #countable: boolean;
  /** How long the application keeps data. */
  readonly #lifetime: DataLifetime;
  /** How long the application may use an expired answer. */
  readonly #grace: Micros;

  constructor(
    name: string,
    population: Population,
    first: number,
    count: number,
    list: number,
    generator: FastGenerator,
    simulation: Simulation,
    answers: AnswerTable,
    handler: RequestHandler,
    countable: boolean,
  ) {
    this.name = name;
    this.population = population;
    this.first = first;
    this.count = count;
    this.list = list;
    this.#generator = generator;
    this.#simulation = simulation;
    this.#answers = answers;
    this.#handler = handler;
    this.#recalled = handler.recalledHits(population, list);
    const { workload, questions } = population.spec;
    this.#diurnal = workload.kind === 'periodic' ? undefined : workload.diurnal;
    this.#meanGap = workload.every / count / (1 + (this.#diurnal?.amplitude ?? 0));
    this.#questions = questions.length > 1 ? new WeightedChoice(questions.map((q) => q.weight)) : undefined;
    this.#lifetime = new DataLifetime(population.spec.application.cache);
    this.#grace = population.spec.application.cache.graceSeconds * SECOND;
    const batch = isCountable(population) ? BATCH : 0;
    this.#countable = countable && batch > 0;
    this.#picks = new Uint32Array(batch);
    this.#gaps = new Float64Array(batch);
    this.#phases = workload.kind === 'periodic' ? this.#drawPhases(workload.every) : undefined;
    this.nextTime = this.#phases ? this.#phases[0]! : this.#gap();
    handler.settled(this);
  }

  play(until: Micros): void {
    if (this.#countable) this.#playCounting(until);
    else this.#playEach(until);
  }

  /** Every arrival goes through the handler. */
  #playEach(until: Micros): void {
    const simulation = this.#simulation;
    while (this.nextTime < until && this.nextTime < simulation.nextEventTime) {
      const now = this.nextTime;
      simulation.advance(now);
      this.#arrive(now);
      this.#goOn(now);
    }
  }

  #arrive(now: Micros): void {
    if (!this.#accept(now)) return;
    const client = this.first + this.#pick();
    this.#handler.begin(this, client, this.pickQuestion(), now);
    const { workload } = this.population.spec;
    if (workload.kind === 'sessions') {
      const further = geometric(this.#generator, 1 / workload.requests);
      if (further > 0) this.#handler.continueSession(this, client, further);
    }
  }

  /** The client that arrives, counted from the first of the cohort. */
  #pick(): number {
    if (this.#phases) return this.#turn;
    if (this.#picks.length === 0) return this.#generator.below(this.count);
    if (this.#drawn === BATCH) this.#drawArrivals();
    return this.#picks[this.#drawn++]!;
  }

  /** Thinning: keeps an arrival with probability rate(now) / highest rate. */
  #accept(now: Micros): boolean {
    const diurnal = this.#diurnal;
    if (diurnal === undefined) return true;
    const level = 1 + diurnal.amplitude * Math.cos((2 * Math.PI * (now - diurnal.peak)) / DAY);
    return this.#generator.uniform() * (1 + diurnal.amplitude) < level;
  }

  pickQuestion(): number {
    return this.#questions === undefined ? 0 : this.#questions.draw(this.#generator);
  }

  #goOn(now: Micros): void {
    if (this.#phases === undefined) {
      this.nextTime = now + (this.#gaps.length === 0 ? this.#gap() : this.#gaps[this.#drawn - 1]!);
      return;
    }
    const { every } = this.population.spec.workload;
    this.#turn += 1;
    const round = Math.floor(now / every);
    if (this.#turn < this.count) this.nextTime = round * every + this.#phases[this.#turn]!;
    else {
      this.#turn = 0;
      this.nextTime = (round + 1) * every + this.#phases[0]!;
    }
  }

  #gap(): Micros {
    return Math.round(this.#generator.exponential() * this.#meanGap);
  }

  #drawPhases(every: Micros): Float64Array {
    const phases = Float64Array.from({ length: this.count }, () => this.#generator.below(every));
    return phases.sort((a, b) => a - b);
  }

  /**
   * The tight loop, for questions of one type each: an arrival whose client holds a certain answer (in the
   * application, or else in the operating system, or else in the cache of the resolver) and is not waiting to
   * recover is counted as served and done. Clients and gaps are drawn in batches, counts booked by bucket of time.
   */
  #playCounting(until: Micros): void {
    const { population, first } = this;
    const { applicationExpiry, applicationAnswer, cause, tally, slotCount } = population;
    const verdicts = this.#answers.verdicts(population.spec.region);
    const picks = this.#picks;
    const gaps = this.#gaps;
    const simulation = this.#simulation;
    const { bucket: width } = tally;
    let now = this.nextTime;
    let limit = Math.min(until, simulation.nextEventTime);
    let bucket = Math.floor(now / width);
    let bucketEnd = (bucket + 1) * width;
    let applicationHits = 0;
    let osHits = 0;
    let resolverHits = 0;
    let drawn = this.#drawn;
    const recalled = this.#recalled;
    while (now < limit) {
      if (drawn === BATCH) drawn = this.#drawArrivals();
      const client = first + picks[drawn]!;
      const question = slotCount === 1 ? 0 : this.pickQuestion();
      const held = client * slotCount + question;
      if (now >= bucketEnd) {
        this.#count(bucket, applicationHits, osHits, resolverHits);
        applicationHits = 0;
        osHits = 0;
        resolverHits = 0;
        bucket = Math.floor(now / width);
        bucketEnd = (bucket + 1) * width;
      }
      const isWell = cause[client] === 0;
      if (isWell && applicationExpiry[held]! > now && verdicts[applicationAnswer[held]!] === CERTAIN) {
        applicationHits += 1;
      } else if (isWell && this.#isServedByOs(held, now, verdicts)) {
        osHits += 1;
      } else if (isWell && recalled?.serve(client, held, question, now)) {
        resolverHits += 1;
      } else {
        simulation.advance(now);
        this.#handler.begin(this, client, question, now);
        limit = Math.min(until, simulation.nextEventTime);
      }
      now += gaps[drawn++]!;
    }
    this.#drawn = drawn;
    this.nextTime = now;
    this.#count(bucket, applicationHits, osHits, resolverHits);
  }

  #drawArrivals(): number {
    this.#generator.fillArrivals(this.#picks, this.#gaps, this.count, this.#meanGap);
    this.#drawn = 0;
    return 0;
  }

  /** Whether the operating system holds a certain answer; if so the application keeps it as well. */
  #isServedByOs(held: number, now: Micros, verdicts: Uint8Array): boolean {
    const { osExpiry, osAnswer } = this.population;
    if (osExpiry.length === 0) return false;
    const left = osExpiry[held]! - now;
    const answer = osAnswer[held]!;
    if (!(left > 0) || verdicts[answer] !== CERTAIN) return false;
    const grace = this.population.applicationExpiry[held]! + this.#grace;
    if (this.#grace > 0 && grace > now) return false;
    const keep = this.#lifetime.of(left);
    if (keep > 0) {
      this.population.applicationExpiry[held] = now + keep;
      this.population.applicationAnswer[held] = answer;
    }
    return true;
  }

  /** Books requests of one bucket, by the cache that served them. */
  #count(bucket: number, applicationHits: number, osHits: number, resolverHits: number): void {
    const { tally } = this.population;
    const atHome = applicationHits + osHits;
    tally.served[bucket]! += atHome + resolverHits;
    tally.osQueries[bucket]! += osHits + resolverHits;
    tally.outcomes[SERVED]! += atHome + resolverHits;
    tally.answered += atHome + resolverHits;
    tally.latencies[0]! += atHome;
    tally.applicationHits += applicationHits;
    tally.osHits += osHits;
    if (resolverHits > 0) this.#recalled!.count(bucket, resolverHits);
  }
}

function isCountable({ spec, slots, plain: simple }: Population): boolean {
  const { workload } = spec;
  const plain = workload.kind === 'poisson' && workload.diurnal === undefined;
  const oneTypeEach = slots.every((range) => range.questions.length === 1);
  return simple && plain && oneTypeEach && spec.application.keepAlive === 0;
}
