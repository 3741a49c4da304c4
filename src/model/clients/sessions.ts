/** Sessions of users: after the first request of each, further ones follow at exponential pauses. */
import type { Micros } from '../../base/time.ts';
import type { RandomStream } from '../../kernel/random-streams.ts';
import type { Entity, Simulation } from '../../kernel/simulation.ts';
import { exponential } from '../../kernel/variates.ts';
import type { Cohort } from './cohort.ts';

interface Session {
  readonly cohort: Cohort;
  readonly client: number;
  left: number;
}

export class Sessions implements Entity {
  readonly name: string;
  readonly #simulation: Simulation;
  readonly #stream: RandomStream;
  readonly #entity: number;
  readonly #begin: (cohort: Cohort, client: number, question: number, now: Micros) => void;
  readonly #sessions: Map<number, Session> = new Map();
  #nextId = 1;

  /** @param begin makes one request */
  constructor(
    name: string,
    simulation: Simulation,
    stream: RandomStream,
    begin: (cohort: Cohort, client: number, question: number, now: Micros) => void,
  ) {
    this.name = name;
    this.#simulation = simulation;
    this.#stream = stream;
    this.#begin = begin;
    this.#entity = simulation.add(this);
  }

  /** `requests` more, at least one, follow in the client's session. */
  follow(cohort: Cohort, client: number, requests: number): void {
    const id = this.#nextId++;
    this.#sessions.set(id, { cohort, client, left: requests });
    this.#schedule(id, cohort);
  }

  receive(_kind: number, id: number, _b: number, now: Micros): void {
    const session = this.#sessions.get(id)!;
    session.left -= 1;
    if (session.left > 0) this.#schedule(id, session.cohort);
    else this.#sessions.delete(id);
    this.#begin(session.cohort, session.client, session.cohort.pickQuestion(), now);
  }

  describe(): string {
    return 'next request of a session';
  }

  #schedule(id: number, cohort: Cohort): void {
    const { workload } = cohort.population.spec;
    const pause = workload.kind === 'sessions' ? workload.pause : 0;
    this.#simulation.schedule(exponential(this.#stream, pause), this.#entity, 0, id);
  }
}
