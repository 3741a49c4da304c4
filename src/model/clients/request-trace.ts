/** The story of a request on the client's side, in words. */
import { type Micros, SECOND } from '../../base/time.ts';
import type { Answer } from '../../dns/resolve/protocol.ts';
import {
  FROM_APPLICATION_CACHE,
  FROM_AUTHORITY,
  FROM_RESOLVER_CACHE,
  FROM_RESOLVER_STALE,
  LAYERS,
  type Layer,
  type LayerCode,
  OUTCOMES,
} from '../outcome.ts';
import type { HeldAnswer } from './answer-table.ts';
import type { Contact } from './contact.ts';
import type { Request } from './request.ts';

/** Tells one step, where somebody listens. */
export function tell(request: Request, at: Micros, where: string, code: string, text: string): void {
  request.trace?.({ at, where, code, text });
}

/** A cache of the client holds the answer; `left` is negative past its expiry. */
export function tellHit(
  request: Request,
  held: HeldAnswer,
  layer: LayerCode,
  left: Micros,
  now: Micros,
): void {
  const { application } = request.cohort.population.spec;
  const ofApplication = layer === FROM_APPLICATION_CACHE;
  const where = ofApplication ? 'application cache' : 'OS cache';
  const state = left === Number.POSITIVE_INFINITY ? endless(application) : stateText(left);
  tell(request, now, where, 'cache-hit', `holds ${whatOf(held)}, ${state}`);
}

function endless({ id, polling }: Request['cohort']['population']['spec']['application']): string {
  return polling === undefined ? `${id}: kept for ever` : `${id}: kept until a timer brings another`;
}

function stateText(left: Micros): string {
  return left > 0
    ? `${(left / SECOND).toFixed(1)} s left`
    : `expired ${-left / SECOND} s ago, within its grace`;
}

/** A look-up failed, and the application goes on with what it holds. */
export function tellHold(request: Request, held: HeldAnswer, now: Micros): void {
  const { id } = request.cohort.population.spec.application;
  const text = `the look-up failed: ${id} goes on with ${whatOf(held)}`;
  tell(request, now, 'application cache', 'cache-hold', text);
}

function whatOf({ addresses, code }: HeldAnswer): string {
  return addresses.join(', ') || code;
}

/** Where an answer of a resolver comes from, in words. */
const ORIGINS: Readonly<Partial<Record<Layer, string>>> = {
  authority: 'fetched from the authority',
  'resolver-cache': "from the resolver's cache",
  'resolver-stale': "expired, from the resolver's cache",
};

/** What the stub brought. */
export function tellAnswer(request: Request, answer: Answer | undefined, now: Micros): void {
  if (answer === undefined) {
    tell(request, now, 'stub resolver', 'stub-gave-up', 'no resolver answered in time');
    return;
  }
  const data = answer.answer.flatMap((rrset) => rrset.rdata.map((rdata) => rdata.text)).join(', ');
  const text = `${answer.rcode}${data ? ` ${data}` : ''}, TTL ${answer.ttl} s, ${ORIGINS[LAYERS[layerOf(answer)]!]}`;
  tell(request, now + request.delay, 'stub resolver', 'stub-answer', text);
}

/** Which layer an answer of a resolver counts as. */
export function layerOf(answer: Answer | undefined): LayerCode {
  if (answer?.reason === 'stale') return FROM_RESOLVER_STALE;
  const cached = answer?.reason === 'cache' || answer?.reason === 'failure-cache';
  return cached ? FROM_RESOLVER_CACHE : FROM_AUTHORITY;
}

/** How an attempt ended, in words. */
export function outcomeText({ cause, outcome, address }: Contact): string {
  if (cause === '') return address === '' ? 'has its data' : `connects to ${address}`;
  if (address === '') return `gives up: ${OUTCOMES[outcome]!.replaceAll('-', ' ')}`;
  return cause === 'dead-address'
    ? `gives up: ${address} does not answer`
    : `gives up: ${cause} at ${address}`;
}
