/**
 * Answers as clients hold them, interned: a client's cache keeps a two-byte number, and what an answer is worth
 * right now (a verdict) is worked out once per answer, region and state of the outside.
 *
 * Not modelled: rotation of the addresses of an answer by resolvers; the order of the authority is kept.
 */
import type { Question } from '../../dns/data/message.ts';
import type { Rdata } from '../../dns/data/rdata.ts';
import { upstreamName } from '../../dns/resolve/forward/notes.ts';
import type { Answer } from '../../dns/resolve/protocol.ts';
import type { Outside } from '../outside.ts';
import type { AnswerKind } from './cache-rule.ts';

/** An answer id; 0 = none. */
export type AnswerId = number;

export interface HeldAnswer {
  readonly question: number;
  readonly kind: AnswerKind;
  /** `NOERROR`, `NXDOMAIN`, `NODATA`, `SERVFAIL`, `REFUSED` or `timeout`. */
  readonly code: string;
  readonly addresses: readonly string[];
  /** Who decided a negative answer or why a failure happened; part of the cause shown. */
  readonly origin: string;
}

/** The answer's first address is alive, unimpaired and what the current data says: nothing can go wrong. */
export const CERTAIN = 1;
/** Anything else: look closer. */
export const UNCERTAIN = 2;

const LIMIT = 65_535;

export class AnswerTable {
  readonly questions: readonly Question[];
  /** Raised whenever the outside changed: verdicts and truths are new. */
  revision = 0;
  readonly #outside: Outside;
  readonly #answers: HeldAnswer[] = [
    { question: 0, kind: 'failure', code: 'none', addresses: [], origin: '' },
  ];
  readonly #byKey: Map<string, AnswerId> = new Map();
  readonly #byRdata: WeakMap<readonly Rdata[], AnswerId> = new WeakMap();
  /** By region: one verdict per answer id, 0 = not worked out since the outside last changed. */
  readonly #verdicts: readonly Uint8Array[];
  /** By question: what is true for clients of some region. */
  #current: readonly ReadonlySet<string>[] = [];
  /** By question, then region. */
  #truth: readonly (readonly ReadonlySet<string>[])[] = [];
  readonly #everTrue: readonly Set<string>[];

  constructor(questions: readonly Question[], regions: number, outside: Outside) {
    this.questions = questions;
    this.#outside = outside;
    this.#verdicts = Array.from({ length: regions }, () => new Uint8Array(LIMIT + 1));
    this.#everTrue = questions.map(() => new Set<string>());
    this.refresh();
  }

  /** To be called whenever the outside changed: forgets verdicts and reads the truth again. */
  refresh(): void {
    this.revision += 1;
    for (const verdicts of this.#verdicts) verdicts.fill(0, 0, this.#answers.length);
    this.#truth = this.questions.map((question, index) =>
      this.#verdicts.map((_, region) => {
        const addresses = new Set(this.#outside.truth(question, region));
        for (const address of addresses) this.#everTrue[index]!.add(address);
        return addresses;
      }),
    );
    this.#current = this.#truth.map((byRegion) => new Set(byRegion.flatMap((addresses) => [...addresses])));
  }

  get(id: AnswerId): HeldAnswer {
    return this.#answers[id]!;
  }

  verdicts(region: number): Uint8Array {
    return this.#verdicts[region]!;
  }

  /** Whether using the answer now is bound to succeed, for clients of a region; worked out once. */
  isCertain(id: AnswerId, region: number): boolean {
    const verdicts = this.#verdicts[region]!;
    if (verdicts[id] === 0) verdicts[id] = this.#judge(this.#answers[id]!, region) ? CERTAIN : UNCERTAIN;
    return verdicts[id] === CERTAIN;
  }

  /** Whether the current data name the address, for clients of whatever region. */
  isTrue(question: number, address: string): boolean {
    return this.#current[question]!.has(address);
  }

  /** Whether they name it for clients of this region: if only for others, the client was sent too far. */
  isMeantFor(question: number, region: number, address: string): boolean {
    return this.#truth[question]![region]!.has(address);
  }

  /** Whether the data ever named this address during the run: if not, somebody lied. */
  wasEverTrue(question: number, address: string): boolean {
    return this.#everTrue[question]!.has(address);
  }

  /** The id of a resolver's answer to question number `question`. */
  intern(question: number, answer: Answer): AnswerId {
    const last = answer.answer[answer.answer.length - 1];
    if (answer.rcode === 'NOERROR' && last?.type === this.questions[question]!.type) {
      const known = this.#byRdata.get(last.rdata);
      if (known !== undefined && this.#answers[known]!.question === question) return known;
      const id = this.#add(positiveAnswer(question, last.rdata));
      this.#byRdata.set(last.rdata, id);
      return id;
    }
    return this.#add(negativeAnswer(question, answer));
  }

  /** The answer "nobody answered in time". @param asked the resolver that did not, where it is one of a chain */
  internTimeout(question: number, asked = ''): AnswerId {
    const origin = asked === '' ? 'resolver' : `resolver@${asked}`;
    return this.#add({ question, kind: 'failure', code: 'timeout', addresses: [], origin });
  }

  /** The answer that consists of one address of another answer: what a kept connection pins. */
  internAddress(question: number, address: string): AnswerId {
    return this.#add({ question, kind: 'data', code: 'NOERROR', addresses: [address], origin: '' });
  }

  #add(answer: HeldAnswer): AnswerId {
    const key = [answer.question, answer.code, answer.origin, ...answer.addresses].join(' ');
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#answers.length > LIMIT) throw new Error(`more than ${LIMIT} different answers in one run`);
    this.#byKey.set(key, this.#answers.length);
    return this.#answers.push(answer) - 1;
  }

  #judge(answer: HeldAnswer, region: number): boolean {
    if (answer.kind !== 'data') return false;
    const address = answer.addresses[0];
    if (address === undefined) return true;
    if (!this.isMeantFor(answer.question, region, address)) return false;
    const endpoint = this.#outside.endpointOf(address);
    if (endpoint < 0) return true;
    const state = this.#outside.endpointState(endpoint, region);
    return state.down === 'none' && state.loss === 0 && state.errors === 0 && state.extra === 0;
  }
}

function positiveAnswer(question: number, rdata: readonly Rdata[]): HeldAnswer {
  const addresses = rdata.flatMap((item) => (item.kind === 'address' ? [item.address] : []));
  return { question, kind: 'data', code: 'NOERROR', addresses, origin: '' };
}

function negativeAnswer(question: number, answer: Answer): HeldAnswer {
  if (answer.rcode === 'NXDOMAIN' || answer.rcode === 'NOERROR') {
    const code = answer.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NODATA';
    return { question, kind: 'negative', code, addresses: [], origin: upstreamName(answer.from ?? '') };
  }
  const { reason, by } = answer.told ?? { reason: answer.reason, by: undefined };
  const origin = by === undefined ? reason : `${reason}@${by}`;
  return { question, kind: 'failure', code: answer.rcode, addresses: [], origin };
}
