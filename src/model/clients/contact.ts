/**
 * Using an answer: connecting to its addresses, one after the other, as an application does.
 *
 * The next address is tried after the attempt delay while the former may still answer (RFC 8305 §5), at once
 * when it refuses. Not modelled: preference by history or RTT, TLS and HTTP themselves; the round trips of a
 * successful connection are not counted as latency.
 */
import type { Micros } from '../../base/time.ts';
import type { ApplicationBehaviour } from '../../profiles/client-behaviour.ts';
import { type OutcomeCode, outcomeCode, SERVED, SERVED_OLD } from '../outcome.ts';
import type { Draw, Outside } from '../outside.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';

/** How the attempt went. One object is reused: read it before the next contact. */
export interface Contact {
  outcome: OutcomeCode;
  /** Time spent on addresses that did not work. */
  delay: Micros;
  /** Position in `answers` of the answer that decided, its question, and the address used or given up last. */
  part: number;
  question: number;
  address: string;
  /** First half of the cause when it failed. */
  cause: string;
}

/** A request that the service failed: the connection stands. */
const ENDPOINT_ERRORS = 'endpoint-errors';

/** Whether somebody was there to answer, be it with an error: a connection to keep. */
export function hasAnswered({ cause }: Contact): boolean {
  return cause === '' || cause === ENDPOINT_ERRORS;
}

const CONNECTION_FAILED = outcomeCode('connection-failed');
const HIJACKED = outcomeCode('hijacked');
const NEGATIVE_OUTCOMES: Readonly<Record<string, readonly [OutcomeCode, string]>> = {
  NXDOMAIN: [outcomeCode('nxdomain'), 'nxdomain'],
  NODATA: [outcomeCode('nodata'), 'nodata'],
  timeout: [outcomeCode('timed-out'), 'timed-out'],
};
const SERVFAIL: readonly [OutcomeCode, string] = [outcomeCode('servfail'), 'servfail'];

export class Contacts {
  readonly result: Contact = { outcome: SERVED, delay: 0, part: 0, question: 0, address: '', cause: '' };
  readonly #answers: AnswerTable;
  readonly #outside: Outside;
  readonly #draw: Draw;

  constructor(answers: AnswerTable, outside: Outside, draw: Draw) {
    this.#answers = answers;
    this.#outside = outside;
    this.#draw = draw;
  }

  /** The contact with a certain answer: it works, at once. */
  useCertain(id: AnswerId): void {
    const { question, addresses } = this.#answers.get(id);
    const { result } = this;
    result.outcome = SERVED;
    result.delay = 0;
    result.part = 0;
    result.question = question;
    result.address = addresses[0] ?? '';
    result.cause = '';
  }

  /** Uses the answers of one request, best first, and leaves the story in `result`. */
  use(ids: readonly AnswerId[], region: number, application: ApplicationBehaviour): Contact {
    const { result } = this;
    result.delay = 0;
    result.address = '';
    let withData = -1;
    let lastSilentAt = -1;
    let cause = 'endpoint-loss';
    for (let part = 0; part < ids.length; part++) {
      const answer = this.#answers.get(ids[part]!);
      if (answer.kind !== 'data') continue;
      withData = part;
      for (const address of answer.addresses) {
        result.part = part;
        result.question = answer.question;
        result.address = address;
        const attempt = this.#tryAddress(answer.question, address, region);
        if (attempt === 'done') return result;
        if (attempt !== 'lost') cause = 'dead-address';
        if (attempt === 'refused') continue;
        lastSilentAt = result.delay;
        result.delay += application.attemptDelay;
      }
    }
    if (withData < 0) return this.#negative(ids);
    if (result.address === '') return this.#conclude(SERVED, '');
    if (lastSilentAt >= 0) result.delay = Math.max(result.delay, lastSilentAt + application.connectTimeout);
    return this.#conclude(CONNECTION_FAILED, cause);
  }

  /** `done`: the result stands. Otherwise how the address failed; a refusal costs its round trip. */
  #tryAddress(question: number, address: string, region: number): 'done' | 'silent' | 'lost' | 'refused' {
    const endpoint = this.#outside.endpointOf(address);
    if (endpoint < 0) {
      this.#conclude(this.#outcomeAt(question, address, region, false), 'hijacked');
      return 'done';
    }
    const state = this.#outside.endpointState(endpoint, region);
    if (state.down === 'silent') return 'silent';
    if (state.loss > 0 && this.#draw() < state.loss) return 'lost';
    this.result.delay += state.extra;
    if (state.down === 'refused') {
      this.result.delay += state.roundTrip;
      return 'refused';
    }
    const failed = state.errors > 0 && this.#draw() < state.errors;
    if (failed) this.#conclude(CONNECTION_FAILED, ENDPOINT_ERRORS);
    else this.#conclude(this.#outcomeAt(question, address, region, true), '');
    return 'done';
  }

  #outcomeAt(question: number, address: string, region: number, ours: boolean): OutcomeCode {
    if (this.#answers.isTrue(question, region, address)) return SERVED;
    return ours || this.#answers.wasEverTrue(question, address) ? SERVED_OLD : HIJACKED;
  }

  /** No answer holds data: a failure to resolve outweighs a "no", since the "no" was only half the story. */
  #negative(ids: readonly AnswerId[]): Contact {
    let part = ids.findIndex((id) => this.#answers.get(id).kind === 'failure');
    if (part < 0) part = ids.length - 1;
    const [outcome, cause] = NEGATIVE_OUTCOMES[this.#answers.get(ids[part]!).code] ?? SERVFAIL;
    this.result.part = part;
    this.result.address = '';
    return this.#conclude(outcome, cause);
  }

  #conclude(outcome: OutcomeCode, cause: string): Contact {
    this.result.outcome = outcome;
    this.result.cause = outcome <= SERVED_OLD ? '' : cause;
    return this.result;
  }
}
