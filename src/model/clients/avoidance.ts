/**
 * Addresses that an application leaves out for a while after they failed, as nginx does with its peers: once a
 * failure is known, one request at a time tries the address again, one each time the period is over.
 *
 * A client remembers one address for each name, the one that failed last. The cost: with several dead addresses
 * an application comes back to the others too early.
 */
import type { Micros } from '../../base/time.ts';
import type { AnswerTable } from './answer-table.ts';
import { type Contact, hasAnswered } from './contact.ts';
import type { Request } from './request.ts';

/** The address left out now; empty = none. */
export function avoidedBy(request: Request, answers: AnswerTable, now: Micros): string {
  const { avoidedUntil, spec } = request.cohort.population;
  if (avoidedUntil.length === 0) return '';
  const until = avoidedUntil[placeOf(request)]!;
  const isKnown = now >= until - spec.application.addresses!.avoid!;
  return isKnown && now < until ? suspectOf(request, answers) : '';
}

/** Remembers what became of a contact, where the application does. */
export function remember(request: Request, contact: Contact, answers: AnswerTable, now: Micros): void {
  const { avoidedUntil, avoidedAnswer, spec } = request.cohort.population;
  if (avoidedUntil.length === 0) return;
  const at = placeOf(request);
  const { question, address, failed, delay } = contact;
  const avoid = spec.application.addresses!.avoid!;
  const suspect = suspectOf(request, answers);
  if (failed === '') {
    if (address === suspect && hasAnswered(contact)) avoidedAnswer[at] = 0;
  } else if (failed !== suspect) {
    avoidedAnswer[at] = answers.internAddress(question, failed);
    avoidedUntil[at] = now + delay + avoid;
  } else if (now >= avoidedUntil[at]!) avoidedUntil[at] = now + avoid;
}

/** The address that failed last and has not worked since; empty = none. */
function suspectOf(request: Request, answers: AnswerTable): string {
  const id = request.cohort.population.avoidedAnswer[placeOf(request)]!;
  return id === 0 ? '' : answers.get(id).addresses[0]!;
}

function placeOf({ cohort, client, question }: Request): number {
  return client * cohort.population.slots.length + question;
}
