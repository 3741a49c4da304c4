/** A fetch: one question put to authorities, and who waits for whom. */
import type { Question } from '../../data/message.ts';
import { notePlain } from '../notes.ts';
import type { Core, Cut, Effort, Fetch, Server } from '../state.ts';

/** Under which a fetch in flight is found. */
export function fetchKey({ name, type }: Question): string {
  return `${type} ${name}`;
}

/** Begins a fetch; its first query goes out later in the same step. */
export function startFetch(core: Core, question: Question, effort: Effort, depth: number): Fetch {
  const fetch: Fetch = {
    kind: 'fetch',
    key: fetchKey(question),
    name: question.name,
    type: question.type,
    effort,
    depth,
    waiters: [],
    cut: undefined,
    asked: undefined,
    revealedDepth: 0,
    minimisedQueries: 0,
    firstServers: 0,
    minimisedTimeouts: 0,
    unsure: false,
    plain: core.options.qnameMinimisation === 'off',
    exchange: undefined,
    shares: undefined,
    waitsFor: undefined,
    awaitsAny: false,
    worn: undefined,
    renewals: 0,
    queries: 0,
    timeouts: 0,
    errorsInRow: 0,
    overTcp: false,
    tcpFailed: false,
    skipped: [],
    primed: false,
    lastResort: undefined,
    addressFailure: undefined,
    done: false,
  };
  if (!core.fetches.has(fetch.key)) core.fetches.set(fetch.key, fetch);
  core.ready.push(fetch);
  return fetch;
}

/** Under which the sends of a question to an address are counted. */
export function sendKey({ address, transport }: Server, { name, type }: Question): string {
  return `${transport} ${address} ${type} ${name}`;
}

/**
 * Whether `fetch` waits, directly or through others, for `other`. A fetch waits for one look-up, or for the first of
 * several, and a look-up for one fetch; since nobody begins to wait where this would close a circle, the walk ends.
 */
export function waitsFor(fetch: Fetch, other: Fetch): boolean {
  if (fetch === other) return true;
  const awaited = fetch.awaitsAny ? fetch.cut!.ahead : fetch.waitsFor ? [fetch.waitsFor] : [];
  return awaited.some((lookup) => lookup.fetch !== undefined && waitsFor(lookup.fetch, other));
}

/** Whether the question under way is a minimised one. */
export function isMinimised(fetch: Fetch): boolean {
  return fetch.asked !== undefined && !isFull(fetch, fetch.asked);
}

/** Whether a question is the one the fetch is for. */
export function isFull(fetch: Fetch, question: Question): boolean {
  return question.name === fetch.name && question.type === fetch.type;
}

/** From here on the full question is asked. */
export function goPlain(core: Core, fetch: Fetch, why: string): void {
  fetch.plain = true;
  fetch.asked = undefined;
  notePlain(core, fetch, why);
}

/** Turns to another zone's servers; undefined: the closest that are known. */
export function moveTo(fetch: Fetch, cut: Cut | undefined): void {
  fetch.cut = cut;
  fetch.asked = undefined;
}
