/**
 * How a request can end, and why: the closed lists every observation is counted in.
 *
 * A cause is written `what/where`, for example `dead-address/os-cache`: what went wrong, and which part of the
 * path handed it to the client.
 */
export const OUTCOMES = [
  'served',
  'served-old', // by an endpoint the current data no longer names, but alive
  'connection-failed',
  'servfail',
  'nxdomain',
  'nodata',
  'timed-out',
  'bogus',
  'hijacked',
  'too-slow',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** Index into OUTCOMES, as hot paths count. */
export type OutcomeCode = number;

export const SERVED: OutcomeCode = 0;
export const SERVED_OLD: OutcomeCode = 1;

export function outcomeCode(outcome: Outcome): OutcomeCode {
  return OUTCOMES.indexOf(outcome);
}

/** Who handed an answer to the application, from the far end to the near one. */
export const LAYERS = [
  'authority',
  'resolver-cache',
  'resolver-stale',
  'os-cache',
  'application-cache',
  'connection',
] as const;
export type Layer = (typeof LAYERS)[number];
export type LayerCode = number;

export const FROM_AUTHORITY: LayerCode = 0;
export const FROM_RESOLVER_CACHE: LayerCode = 1;
export const FROM_RESOLVER_STALE: LayerCode = 2;
export const FROM_OS_CACHE: LayerCode = 3;
export const FROM_APPLICATION_CACHE: LayerCode = 4;
export const FROM_CONNECTION: LayerCode = 5;

/** What can go wrong: the first half of a cause. */
export const CAUSE_KINDS = [
  'dead-address',
  'dead-family',
  'abandoned',
  'endpoint-loss',
  'endpoint-errors',
  'proxy-errors',
  'hijacked',
  'nxdomain',
  'nodata',
  'servfail',
  'timed-out',
  'too-slow',
] as const;

/** Who hands it over beside the layers, or why a resolver failed: the second half of a cause. */
export const CAUSE_PLACES: readonly string[] = [
  ...LAYERS,
  'kept-for-ever',
  'timer',
  'resolver',
  'no-reachable-server',
  'server-failure',
  'failure-cache',
  'budget',
  'loop',
  'limit',
];

/** Small numbers for cause texts, in the order they first occur. 0 is "no cause". */
export class CauseTable {
  readonly texts: string[] = [''];
  readonly #codes: Map<string, number> = new Map();

  /** @throws Error beyond 255 different causes: a cause is a kind of failure, not a single case. */
  code(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.texts.length > 255) throw new Error('more than 255 different causes');
    this.#codes.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
