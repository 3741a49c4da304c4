/**
 * A cell: one instance of a recursive resolver (with its fall-backs, where clients list several) and the clients
 * behind it, on a clock of their own. Cells meet only at the outside.
 *
 * A fall-back resolver is an instance of this cell alone: clients of other cells who have it first in their
 * list do not warm its cache. The cost: fail-over to a second resolver starts colder than in reality unless
 * background load is given.
 */
import type { Micros } from '../base/time.ts';
import { FastGenerator } from '../kernel/fast-generator.ts';
import type { RandomStreams } from '../kernel/random-streams.ts';
import { Simulation } from '../kernel/simulation.ts';
import type { AnswerTable } from './clients/answer-table.ts';
import { Cohort } from './clients/cohort.ts';
import { Contacts } from './clients/contact.ts';
import type { Ledger } from './clients/ledger.ts';
import type { TraceSink } from './clients/observation.ts';
import type { Population } from './clients/population.ts';
import type { Request } from './clients/request.ts';
import { Requests } from './clients/requests.ts';
import { StubLookups } from './clients/stub-lookups.ts';
import type { Outside } from './outside.ts';
import { BackgroundLoad } from './resolvers/background.ts';
import { ResolverPool } from './resolvers/pool.ts';
import type { ServiceLoad } from './resolvers/service-load.ts';
import type { FlushSpec, WorldSpec } from './spec.ts';

/** What the cells of a world share. */
export interface Shared {
  readonly spec: WorldSpec;
  readonly outside: Outside;
  readonly streams: RandomStreams;
  readonly answers: AnswerTable;
  readonly ledger: Ledger;
  /** By resolver service. */
  readonly loads: readonly ServiceLoad[];
}

export class Cell {
  readonly name: string;
  readonly simulation: Simulation = new Simulation();
  readonly pools: readonly ResolverPool[];
  readonly cohorts: Cohort[] = [];
  /** Indexes (in the answer table) of everything its clients ask. */
  readonly questions: ReadonlySet<number>;
  readonly #shared: Shared;
  readonly #requests: Requests;

  /** @param services indexes of the resolver services, in the order the clients' stubs list them. */
  constructor(name: string, services: readonly number[], questions: ReadonlySet<number>, shared: Shared) {
    this.name = name;
    this.questions = questions;
    this.#shared = shared;
    const { spec, outside, streams, answers, ledger } = shared;
    const stream = streams.open(`${name}/network`);
    const contacts = new Contacts(answers, outside, stream.uniform);
    this.#requests = new Requests(`${name}/clients`, this.simulation, answers, contacts, ledger, stream);
    const sink: StubLookups = new StubLookups(
      `${name}/stubs`,
      () => this.pools,
      outside,
      this.simulation,
      stream.uniform,
      spec.network.stubRoundTrip,
      (request, part, answer, delay, now) => this.#requests.lookupDone(request, part, answer, delay, now),
    );
    this.#requests.stubs = sink;
    this.pools = services.map((service) => {
      const resolver = spec.resolvers[service]!;
      return new ResolverPool(
        `${name}/${resolver.name}`,
        service,
        resolver,
        outside,
        this.simulation,
        stream.uniform,
        sink,
        shared.loads[service]!,
        answers.questions.length,
      );
    });
  }

  /** Settles `count` clients of a population, from `first` on, in this cell. */
  addCohort(population: Population, first: number, count: number): void {
    const name = `${this.name}/${population.spec.name}`;
    const cohort = new Cohort(
      name,
      population,
      first,
      count,
      new FastGenerator(this.#shared.streams.open(`${name}/arrivals`)),
      this.simulation,
      this.#shared.answers,
      this.#requests,
      this.#shared.ledger.observer === undefined,
    );
    this.cohorts.push(cohort);
    this.simulation.addSource(cohort);
  }

  /** Adds the users outside the experiment, for every question the cell's clients ask. */
  addBackground(): void {
    for (const pool of this.pools) {
      if (pool.spec.backgroundRate === 0) continue;
      for (const index of this.questions) {
        const question = this.#shared.answers.questions[index]!;
        const name = `${pool.name}/background/${question.name}/${question.type}`;
        const generator = new FastGenerator(this.#shared.streams.open(name));
        this.simulation.addSource(
          new BackgroundLoad(name, pool, question, pool.spec.backgroundRate, generator, this.simulation),
        );
      }
    }
  }

  play(until: Micros): void {
    this.simulation.run({ until });
  }

  /** Applies a flush; `hit` says whether this instance is among those flushed. */
  flush(flush: FlushSpec, hit: boolean): void {
    if (!hit) return;
    for (const pool of this.pools) {
      if (flush.resolver === undefined || flush.resolver === pool.service) pool.flush(flush.name);
    }
  }

  /** Makes one request now and tells every step of it; the resolvers talk too while it is under way. */
  trace(cohort: Cohort, client: number, question: number, sink: TraceSink): Request {
    for (const pool of this.pools) {
      pool.onNote = ({ code, text }, at) => sink({ at, where: `resolver ${pool.spec.name}`, code, text });
    }
    return this.#requests.beginTraced(cohort, client, question, this.simulation.now, sink);
  }

  /** Lets the resolvers fall silent again. */
  endTrace(): void {
    for (const pool of this.pools) pool.onNote = undefined;
  }
}
