/**
 * Books finished requests: outcome, cause, and what it means for the client who made it.
 *
 * The cause of a failure names what went wrong and which layer handed it over. A dead or wrong address that the
 * current data still names is laid at the authority's door, wherever it was cached.
 */
import type { Micros } from '../../base/time.ts';
import {
  type CauseTable,
  FROM_APPLICATION_CACHE,
  FROM_AUTHORITY,
  FROM_CONNECTION,
  FROM_OS_CACHE,
  LAYERS,
  type LayerCode,
  OUTCOMES,
  outcomeCode,
} from '../outcome.ts';
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
  readonly #codes: Map<string, Uint8Array> = new Map();
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
    const cause = tooSlow || contact.cause !== '' ? this.#cause(request, contact, tooSlow) : 0;
    if (cause === 0) population.markServed(request.client, end, this.#countFrom);
    else population.markBroken(request.client, request.madeAt, cause);
    if (this.observer) this.#observe(request, contact, outcome, this.#causes.texts[cause]!, latency);
  }

  #countAnswer(request: Request, contact: Contact): void {
    if (contact.address === '') return;
    const { tally } = request.cohort.population;
    tally.answered += 1;
    if (!contact.published) tally.stale += 1;
    else if (contact.far) tally.far += 1;
  }

  #cause(request: Request, contact: Contact, tooSlow: boolean): number {
    const { memory } = request.cohort.population;
    const layer = request.layers[contact.part]!;
    if (tooSlow)
      return this.#byLayer('too-slow', waitedOnConnection(request) ? FROM_CONNECTION : layer, memory);
    if (contact.address !== '')
      return this.#byLayer(contact.cause, contact.published ? FROM_AUTHORITY : layer, memory);
    const { kind, origin } = this.#answers.get(request.answers[contact.part]!);
    if (layer >= FROM_OS_CACHE) return this.#byLayer(contact.cause, layer, memory);
    if (kind === 'failure') return this.#causes.code(`${contact.cause}/${origin}`);
    return this.#causes.code(`${contact.cause}/${LAYERS[layer]!}${origin ? `@${origin}` : ''}`);
  }

  /**
   * The code of `what/layer`; a failure is booked for every request of an outage, so texts are joined once.
   * @param memory what stands for the application's cache
   */
  #byLayer(what: string, layer: LayerCode, memory: string): number {
    if (layer === FROM_APPLICATION_CACHE && memory !== LAYERS[layer])
      return this.#causes.code(`${what}/${memory}`);
    let codes = this.#codes.get(what);
    if (codes === undefined) {
      codes = new Uint8Array(LAYERS.length);
      this.#codes.set(what, codes);
    }
    if (codes[layer] === 0) codes[layer] = this.#causes.code(`${what}/${LAYERS[layer]!}`);
    return codes[layer]!;
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

/** Whether a kept connection alone used up the user's patience, whatever came after it. */
function waitedOnConnection({ spent, cohort }: Request): boolean {
  return spent > cohort.population.spec.application.patience;
}
