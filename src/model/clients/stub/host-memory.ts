/**
 * What some hosts' caches remember beyond an answer and its expiry: how often in a row a name did not exist
 * (Apple), and how long data was meant to live (nscd, which begins that life again when a reload fails).
 *
 * Kept only for systems that need it, a few bytes for each answer a client may hold. Not modelled: nscd's reloads
 * in the background; here the first request after the end of a life asks, and waits for the failure, itself.
 */
import { type Micros, SECOND } from '../../../base/time.ts';
import type { StubBehaviour } from '../../../profiles/client-behaviour.ts';
import type { AnswerId, AnswerTable } from '../answer-table.ts';
import { lifetime } from '../cache-rule.ts';
import type { TraceSink } from '../observation.ts';

/** Unicast TTLs are cut to this before anything else: Apple mDNSCore/DNSCommon.h mDNSMaximumUnicastTTLSeconds. */
const LONGEST_NEGATIVE_SECONDS = 3600;

/** What a look-up's result becomes in the host's cache. */
export interface Kept {
  /** The answer to go on with, and the time it may be used. */
  readonly answer: AnswerId;
  readonly left: Micros;
  /** The result was a failure, and data held from before is used instead. */
  readonly held: boolean;
}

export class HostMemory {
  readonly #stub: StubBehaviour;
  readonly #expiry: Float64Array;
  readonly #answer: Uint16Array;
  /** By slot: seconds the latest "no" was good for before stretching. */
  readonly #negativeSeconds: Uint16Array;
  /** By slot: seconds the data held was to live. */
  readonly #dataSeconds: Uint32Array;

  /** @param expiry the cache itself, by slot; `answer` goes with it */
  constructor(stub: StubBehaviour, expiry: Float64Array, answer: Uint16Array) {
    this.#stub = stub;
    this.#expiry = expiry;
    this.#answer = answer;
    this.#negativeSeconds = new Uint16Array(stub.negativeFirstSeconds > 0 ? expiry.length : 0);
    this.#dataSeconds = new Uint32Array(stub.keepOnFailure ? expiry.length : 0);
  }

  /** Keeps the result of a look-up of one type by the host's rules. @param answers tells what was held before */
  keep(
    slot: number,
    answer: AnswerId,
    ttl: Micros,
    now: Micros,
    answers: AnswerTable,
    trace: TraceSink | undefined,
  ): Kept {
    const { kind } = answers.get(answer);
    const before = answers.get(this.#answer[slot]!);
    const where = 'OS cache';
    if (kind === 'failure' && before.kind === 'data' && this.#stub.keepOnFailure) {
      const left = this.#dataSeconds[slot]! * SECOND;
      this.#expiry[slot] = now + left;
      const text = `the look-up failed: ${this.#stub.id} keeps ${before.addresses.join(', ')} ${left / SECOND} s more`;
      trace?.({ at: now, where, code: 'cache-hold', text });
      return { answer: this.#answer[slot]!, left, held: true };
    }
    const good = kind === 'negative' ? this.#atLeast(slot, ttl, before.kind === 'negative') : ttl;
    const life = lifetime(this.#stub.cache, kind, good);
    if (kind === 'data' && this.#stub.keepOnFailure) this.#dataSeconds[slot] = Math.ceil(life / SECOND);
    const text = `keeps this for ${life / SECOND} s`;
    if (kind === 'negative') trace?.({ at: now, where, code: 'cache-keep', text });
    if (life > 0) {
      this.#expiry[slot] = now + life;
      this.#answer[slot] = answer;
    }
    return { answer, left: ttl, held: false };
  }

  /** The TTL of a "no": at least the first one, and twice the one before it. */
  #atLeast(slot: number, ttl: Micros, isRepeat: boolean): Micros {
    if (this.#negativeSeconds.length === 0) return ttl;
    const twice = isRepeat ? 2 * this.#negativeSeconds[slot]! : 0;
    const least = Math.max(this.#stub.negativeFirstSeconds, twice, Math.ceil(ttl / SECOND));
    const seconds = Math.min(least, LONGEST_NEGATIVE_SECONDS);
    this.#negativeSeconds[slot] = seconds;
    return seconds * SECOND;
  }
}

/** The memory a system's hosts need beside their cache; `undefined` = none. */
export function hostMemory(
  stub: StubBehaviour,
  expiry: Float64Array,
  answer: Uint16Array,
): HostMemory | undefined {
  const remembers = stub.negativeFirstSeconds > 0 || stub.keepOnFailure;
  return stub.cache.mode === 'none' || !remembers ? undefined : new HostMemory(stub, expiry, answer);
}
