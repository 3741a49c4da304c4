/**
 * A cell: one instance of a recursive resolver (with its fall-backs, where clients list several, and with all
 * forwarders behind it) and the clients behind it, on a clock of their own. Cells meet only at the outside.
 *
 * A fall-back resolver is an instance of this cell alone: clients of other cells who have it first in their
 * list do not warm its cache. The cost: fail-over to a second resolver starts colder than in reality unless
 * background load is given.
 */
import type { Micros } from '../base/time.ts';
import type { Name } from '../dns/data/name.ts';
import { FastGenerator } from '../kernel/fast-generator.ts';
import type { RandomStreams } from '../kernel/random-streams.ts';
import { Simulation } from '../kernel/simulation.ts';
import { isChained, serviceAddress } from './chains.ts';
import type { AnswerTable } from './clients/answer-table.ts';
import { Cohort } from './clients/cohort.ts';
import { Contacts } from './clients/contact.ts';
import type { Ledger } from './clients/ledger.ts';
import type { TraceSink } from './clients/observation.ts';
import type { Population } from './clients/population.ts';
import type { Request } from './clients/request.ts';
import { Requests } from './clients/requests.ts';
import type { StubNetwork } from './clients/stub/transmissions.ts';
import { StubLookups } from './clients/stub-lookups.ts';
import type { Draw, Outside } from './outside.ts';
import { backgroundQuery } from './resolvers/background.ts';
import { Hops, TICKETS_OF_A_LIST } from './resolvers/hops.ts';
import { PoissonQueries, type PoissonTimes } from './resolvers/poisson-queries.ts';
import { type AnswerSink, ResolverPool } from './resolvers/pool.ts';
import { randomNameQuery } from './resolvers/random-names.ts';
import type { ServiceLoad } from './resolvers/service-load.ts';
import type { CellPlan, PoolPlan, Settlement } from './settle.ts';
import type { FaultSpec, FlushSpec, WorldSpec } from './spec.ts';

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
  /** Lists of resolvers in the stubs' order, as indexes into the pools. */
  readonly lists: readonly (readonly number[])[];
  readonly cohorts: Cohort[] = [];
  /** Indexes (in the answer table) of everything its clients ask. */
  readonly questions: ReadonlySet<number>;
  readonly #shared: Shared;
  readonly #requests: Requests;

  constructor(plan: CellPlan, questions: ReadonlySet<number>, shared: Shared) {
    const { name } = plan;
    this.name = name;
    this.lists = plan.lists;
    this.questions = questions;
    this.#shared = shared;
    const { spec, outside, streams, answers, ledger } = shared;
    const stream = streams.open(`${name}/network`);
    const contacts = new Contacts(answers, outside, stream.uniform);
    this.#requests = new Requests(`${name}/clients`, this.simulation, answers, contacts, ledger, stream);
    const lists: (readonly ResolverPool[])[] = [];
    const stubs = plan.lists.map((_, list) => this.#openStubs(list, () => lists[list]!, stream.uniform));
    this.#requests.stubs = stubs;
    const byAddress = new Map<string, ResolverPool>();
    const hops = new Hops(byAddress, stubs, outside, spec.network, stream.uniform);
    const chained = plan.pools.some(({ service }) => isChained(spec.resolvers, service));
    const sink = chained ? hops : stubs[0]!;
    this.pools = plan.pools.map((place) => this.#openPool(place, sink, stream.uniform));
    for (const list of plan.lists) lists.push(list.map((index) => this.pools[index]!));
    if (!chained) return;
    for (const pool of this.pools) {
      byAddress.set(serviceAddress(pool.spec.name), pool);
      pool.upstream = hops;
    }
  }

  #openStubs(list: number, pools: () => readonly ResolverPool[], draw: Draw): StubLookups {
    const { spec, outside } = this.#shared;
    const network: StubNetwork = {
      name: `${this.name}/stubs${numbered(list)}`,
      pools,
      outside,
      draw,
      roundTrip: spec.network.stubRoundTrip,
      firstTicket: list * TICKETS_OF_A_LIST + 1,
    };
    const { lookupDone, lookupRecalled } = this.#requests;
    return new StubLookups(network, this.simulation, lookupDone, lookupRecalled);
  }

  #openPool(place: PoolPlan, sink: AnswerSink, draw: Draw): ResolverPool {
    const { spec, outside, loads, answers } = this.#shared;
    const resolver = spec.resolvers[place.service]!;
    return new ResolverPool(
      `${this.name}/${resolver.name}`,
      place,
      resolver,
      outside,
      this.simulation,
      draw,
      sink,
      loads[place.service]!,
      answers.questions.length,
    );
  }

  /** Settles clients of a population in this cell. */
  addCohort(population: Population, { first, count, list }: Settlement): void {
    const name = `${this.name}/${population.spec.name}${numbered(list)}`;
    const cohort = new Cohort(
      name,
      population,
      first,
      count,
      list,
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
        const ratePerSecond = pool.spec.backgroundRate * pool.place.instances;
        const times = { ratePerSecond, from: 0, until: Number.POSITIVE_INFINITY };
        this.#addQueries(name, times, generator, backgroundQuery(pool, question));
      }
    }
  }

  /** Adds queries for random names through the pools of a service. @param rate per second and instance */
  addRandomNames(id: string, fault: FaultSpec, service: number, origin: Name, rate: number): void {
    for (const pool of this.pools) {
      if (pool.service !== service) continue;
      const name = `${pool.name}/random names/${id}`;
      const generator = new FastGenerator(this.#shared.streams.open(name));
      const times = { ratePerSecond: rate * pool.place.instances, from: fault.at, until: fault.until };
      this.#addQueries(name, times, generator, randomNameQuery(pool, fault, origin, generator));
    }
  }

  #addQueries(
    name: string,
    times: PoissonTimes,
    generator: FastGenerator,
    send: (now: Micros) => void,
  ): void {
    this.simulation.addSource(new PoissonQueries(name, times, generator, this.simulation, send));
  }

  play(until: Micros): void {
    this.simulation.run({ until });
  }

  flush(flush: FlushSpec): void {
    for (const pool of this.pools) {
      if (flush.resolver === undefined || flush.resolver === pool.service)
        pool.flush(flush.name, flush.share);
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

/** Names of what a cell has once for each list of resolvers; the first has none. */
function numbered(list: number): string {
  return list === 0 ? '' : ` ${list + 1}`;
}
