/** One request of one client under way: what it asks, what it has learnt, what it has cost so far. */
import type { Micros } from '../../base/time.ts';
import type { LayerCode } from '../outcome.ts';
import type { AnswerId } from './answer-table.ts';
import type { Cohort } from './cohort.ts';
import type { TraceSink } from './observation.ts';

export class Request {
  cohort!: Cohort;
  /** Index in the population. */
  client = 0;
  /** Index of the question in the population's list. */
  question = 0;
  /** When the user asked; retries do not change it. */
  madeAt: Micros = 0;
  /** Attempts before this one. */
  retries = 0;
  /** Delays of this attempt that are not played as events: a lost connection, and the stub's round trip. */
  spent: Micros = 0;
  delay: Micros = 0;
  /** Where resolvers forward to each other: the one asked last. */
  asked = '';
  /** Look-ups not yet answered. */
  waiting = 0;
  /** By type of the question. */
  readonly answers: AnswerId[] = [];
  readonly layers: LayerCode[] = [];
  /** Index of the candidate of a search list whose answers count; -1 = the name itself. */
  candidate = -1;
  /** Only fills caches: nobody waits for it and nothing is counted. */
  refresh = false;
  /** Its look-ups are being begun: what comes back at once is not acted upon before all have been. */
  starting = false;
  /** The timer that made this refresh, and the shortest TTL of the data it has brought; Infinity = none. */
  poll: { readonly index: number; readonly timer: number } | undefined = undefined;
  ttl: Micros = Number.POSITIVE_INFINITY;
  /** Its outcome is booked; nothing refers to it any more. */
  finished = false;
  trace: TraceSink | undefined = undefined;

  begin(cohort: Cohort, client: number, question: number, madeAt: Micros): this {
    this.cohort = cohort;
    this.client = client;
    this.question = question;
    this.madeAt = madeAt;
    this.retries = 0;
    this.refresh = false;
    this.finished = false;
    return this.beginAttempt();
  }

  beginAttempt(): this {
    const parts = this.cohort.population.slots[this.question]!.questions.length;
    this.spent = 0;
    this.delay = 0;
    this.waiting = parts;
    this.candidate = -1;
    this.asked = '';
    if (this.answers.length !== parts) this.#resize(parts);
    for (let part = 0; part < parts; part++) this.answers[part] = 0;
    return this;
  }

  #resize(parts: number): void {
    this.answers.length = parts;
    this.layers.length = parts;
  }

  /** A request of its own that goes on with some of the answers; what is left of this one only fills caches. */
  split(parts: readonly number[]): Request {
    const own = new Request().begin(this.cohort, this.client, this.question, this.madeAt);
    own.retries = this.retries;
    own.spent = this.spent;
    own.delay = this.delay;
    own.trace = this.trace;
    own.candidate = this.candidate;
    own.waiting = 0;
    own.#resize(parts.length);
    for (const [at, part] of parts.entries()) {
      own.answers[at] = this.answers[part]!;
      own.layers[at] = this.layers[part]!;
    }
    this.refresh = true;
    this.trace = undefined;
    this.finished = true;
    return own;
  }

  /** Index of a part's slot in the population's arrays. */
  slot(part: number): number {
    const { slotCount, slots } = this.cohort.population;
    return this.client * slotCount + slots[this.question]!.start + part;
  }

  /** Number of a part's question in the answer table. */
  tableQuestion(part: number): number {
    const { questions, candidates } = this.cohort.population.slots[this.question]!;
    return this.candidate < 0 ? questions[part]! : candidates![this.candidate]![part]!;
  }
}
