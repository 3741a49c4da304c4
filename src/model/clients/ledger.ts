/**
 * Books finished requests: outcome, cause, and what it means for the client who made it.
 *
 * The cause of a failure names what went wrong and which layer handed it over. A dead or wrong address that the
 * current data still names is laid at the authority's door, wherever it was cached.
 */
import type { Micros } from '../../base/time.ts';
import { type CauseTable, FROM_OS_CACHE, LAYERS, OUTCOMES, outcomeCode } from '../outcome.ts';
import type { AnswerTable } from './answer-table.ts';
import type { Contact } from './contact.ts';
import type { Observation } from './observation.ts';
import type { Request } from './request.ts';

const TOO_SLOW = outcomeCode('too-slow');

export class Ledger {
  /** Told every finished request, when set; the counted ones of the tight loop are then played one by one. */
  readonly observer: ((observation: Observation) => void) | undefined;
  readonly #answers: AnswerTable;
  readonly #causes: CauseTable;
  /** Failures of requests made before this do not make a client "affected". */
  readonly #countFrom: Micros;

  constructor(
    answers: AnswerTable,
    causes: CauseTable,
    countFrom: Micros,
    observer?: (observation: Observation) => void,
  ) {
    this.#answers = answers;
    this.#causes = causes;
    this.#countFrom = countFrom;
    this.observer = observer;
  }

  book(request: Request, contact: Contact, end: Micros): void {
    const { population } = request.cohort;
    const latency = end - request.madeAt;
    const tooSlow = contact.cause === '' && latency > population.spec.application.patience;
    const outcome = tooSlow ? TOO_SLOW : contact.outcome;
    population.tally.finish(request.madeAt, outcome, latency);
    this.#countAnswer(request, contact);
    const cause = tooSlow || contact.cause !== '' ? this.#cause(request, contact, tooSlow) : '';
    if (cause === '') population.markServed(request.client, end, this.#countFrom);
    else population.markBroken(request.client, request.madeAt, this.#causes.code(cause));
    if (this.observer) this.#observe(request, contact, outcome, cause, latency);
  }

  #countAnswer(request: Request, contact: Contact): void {
    if (contact.address === '') return;
    const { population } = request.cohort;
    population.tally.answered += 1;
    const { region } = population.spec;
    if (!this.#answers.isTrue(contact.question, region, contact.address)) population.tally.stale += 1;
  }

  #cause(request: Request, contact: Contact, tooSlow: boolean): string {
    if (tooSlow) return `too-slow/${LAYERS[request.layers[contact.part]!]!}`;
    const layer = request.layers[contact.part]!;
    if (contact.address !== '') {
      const question = request.tableQuestion(contact.part);
      const published = this.#answers.isTrue(
        question,
        request.cohort.population.spec.region,
        contact.address,
      );
      return `${contact.cause}/${published ? 'authority' : LAYERS[layer]!}`;
    }
    const { kind, origin } = this.#answers.get(request.answers[contact.part]!);
    if (kind === 'failure') return `${contact.cause}/${layer >= FROM_OS_CACHE ? LAYERS[layer]! : origin}`;
    return `${contact.cause}/${LAYERS[layer]!}${origin ? `@${origin}` : ''}`;
  }

  #observe(request: Request, contact: Contact, outcome: number, cause: string, latency: Micros): void {
    const { population } = request.cohort;
    this.observer?.({
      at: request.madeAt,
      latency,
      population: population.spec.name,
      client: request.client,
      name: population.spec.questions[request.question]!.name,
      outcome: OUTCOMES[outcome]!,
      cause,
      layer: LAYERS[request.layers[contact.part] ?? 0]!,
      address: contact.address,
      retries: request.retries,
    });
  }
}
