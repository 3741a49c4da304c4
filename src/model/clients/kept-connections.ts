/**
 * Connections that clients keep open: the pool of an application, which pins an address as long as it is in use.
 *
 * A client keeps one connection for each name. Not modelled: pools of several connections to different addresses
 * of one name, and servers that close idle connections first. The cost: a pool moves to a new address at once
 * here, while in reality one connection after the other does.
 */
import type { Micros } from '../../base/time.ts';
import { FROM_CONNECTION, SERVED_OLD } from '../outcome.ts';
import type { AnswerTable } from './answer-table.ts';
import { type Contacts, hasAnswered } from './contact.ts';
import { untilRestart } from './process-life.ts';
import type { Request } from './request.ts';
import { tell } from './request-trace.ts';

export class KeptConnections {
  readonly #answers: AnswerTable;
  readonly #contacts: Contacts;

  constructor(answers: AnswerTable, contacts: Contacts) {
    this.#answers = answers;
    this.#contacts = contacts;
  }

  /**
   * Sends the request over the client's open connection, if there is one; the contact made is the result of
   * `contacts`. A connection whose endpoint no longer answers is dropped, and the time lost on it noted.
   */
  use(request: Request, now: Micros): boolean {
    const { population } = request.cohort;
    if (population.connectionExpiry.length === 0 || request.refresh) return false;
    const at = placeOf(request);
    if (!(population.connectionExpiry[at]! > now) || this.#isOutdated(request, at, now)) return false;
    const contact = this.#contacts.useKept(population.connectionAnswer[at]!, population.spec);
    if (!hasAnswered(contact)) {
      population.connectionExpiry[at] = 0;
      request.spent += contact.delay;
      tell(request, now, 'connection', 'connection-lost', `${contact.address} no longer answers: dropped`);
      return false;
    }
    population.tally.connectionHits += 1;
    request.layers[0] = FROM_CONNECTION;
    if (request.trace) {
      const what = contact.outcome === SERVED_OLD ? 'the old address' : '';
      const text = `the pooled connection to ${what}${what && ' '}${contact.address} is used`;
      tell(request, now, 'connection', 'connection-kept', text);
    }
    return true;
  }

  /** Keeps the connection just used, or renews it; its age counts from when it was opened. */
  keep(request: Request, question: number, address: string, end: Micros): void {
    const { population } = request.cohort;
    if (address === '' || population.connectionExpiry.length === 0) return;
    const { application } = population.spec;
    const at = placeOf(request);
    let keep = Math.min(application.keepAlive, untilRestart(population, request.client, end));
    if (population.connectionOpened.length > 0) {
      if (request.layers[0] !== FROM_CONNECTION) population.connectionOpened[at] = end;
      keep = Math.min(keep, population.connectionOpened[at]! + application.connections!.lifetime - end);
    }
    population.connectionAnswer[at] = this.#answers.internAddress(question, address);
    population.connectionExpiry[at] = end + keep;
  }

  /** Whether the pool closes the connection since the addresses the application holds no longer name its own. */
  #isOutdated(request: Request, at: number, now: Micros): boolean {
    const { population } = request.cohort;
    if (!population.spec.application.connections?.closeOnChange) return false;
    const [pinned] = this.#answers.get(population.connectionAnswer[at]!).addresses;
    for (let part = 0; part < request.answers.length; part++) {
      const held = population.applicationAnswer[request.slot(part)] ?? 0;
      if (held === 0 || this.#answers.get(held).addresses.includes(pinned!)) return false;
    }
    population.connectionExpiry[at] = 0;
    tell(
      request,
      now,
      'connection',
      'connection-closed',
      `${pinned} is no longer among the addresses: closed`,
    );
    return true;
  }
}

/** Where the connection of a client for a name stands in the population's arrays. */
function placeOf({ cohort, client, question }: Request): number {
  return client * cohort.population.slots.length + question;
}
