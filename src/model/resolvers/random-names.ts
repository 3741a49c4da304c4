/**
 * Queries for names that nobody has: a random-subdomain attack ("water torture") through a resolver service.
 *
 * Bots ask the resolvers of their users for random labels below a zone, each once, so that no cache of answers helps
 * and every query goes on to the zone's servers. One Poisson stream per pool, A records, twelve letters. Nobody waits
 * for these answers; they take the resolver's slots and the servers' capacity as all others do.
 *
 * A simulated query stands for as many as a simulated client does for users. Not modelled: labels from a word list,
 * rate limits towards a zone, and filters. Where a simulated query stands for many, resolvers that deny by proofs
 * learn more slowly than in reality, and the load they let pass is overstated: let clients represent themselves.
 */
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { A } from '../../dns/data/rrtype.ts';
import type { FastGenerator } from '../../kernel/fast-generator.ts';
import type { Simulation, Source } from '../../kernel/simulation.ts';
import type { FaultSpec } from '../spec.ts';
import { severityAt } from '../timeline/timeline.ts';
import { NOBODY } from './background.ts';
import type { ResolverPool } from './pool.ts';

/** As many as Mirai puts in front of the zone by default (bot/attack_udp.c attack_udp_dns()). */
const LETTERS = 12;
const FIRST_LETTER = 97;

export class RandomNames implements Source {
  readonly name: string;
  nextTime: Micros;
  readonly #pool: ResolverPool;
  readonly #fault: FaultSpec;
  readonly #origin: Name;
  readonly #meanGap: Micros;
  readonly #generator: FastGenerator;
  readonly #simulation: Simulation;

  /** @param ratePerSecond queries per second over the whole pool once the fault is fully severe, above 0 */
  constructor(
    name: string,
    pool: ResolverPool,
    fault: FaultSpec,
    origin: Name,
    ratePerSecond: number,
    generator: FastGenerator,
    simulation: Simulation,
  ) {
    this.name = name;
    this.#pool = pool;
    this.#fault = fault;
    this.#origin = origin;
    this.#meanGap = 1e6 / ratePerSecond;
    this.#generator = generator;
    this.#simulation = simulation;
    this.nextTime = this.#after(fault.at);
  }

  play(until: Micros): void {
    while (this.nextTime < until && this.nextTime < this.#simulation.nextEventTime) {
      const now = this.nextTime;
      this.#simulation.advance(now);
      const severity = severityAt(this.#fault, now);
      if (severity === 1 || this.#generator.uniform() < severity) {
        this.#pool.ask(this.#pool.pickAny(), NOBODY, { name: this.#anyName(), type: A }, now);
      }
      this.nextTime = this.#after(now);
    }
  }

  #anyName(): Name {
    let label = '';
    while (label.length < LETTERS) label += String.fromCharCode(FIRST_LETTER + this.#generator.below(26));
    return `${label}.${this.#origin}` as Name;
  }

  /** The next arrival, Infinity once the attack is over. */
  #after(time: Micros): Micros {
    const next = time + Math.round(this.#generator.exponential() * this.#meanGap);
    return next < this.#fault.until ? next : Number.POSITIVE_INFINITY;
  }
}
