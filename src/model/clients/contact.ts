/**
 * Using an answer: connecting to its addresses as the application does, and what the service there then says.
 *
 * Not modelled: TLS and HTTP themselves; the round trips of a successful connection are not counted as latency.
 */
import type { Micros } from '../../base/time.ts';
import type { AddressRule, ApplicationBehaviour } from '../../profiles/client-behaviour.ts';
import { type OutcomeCode, outcomeCode, SERVED, SERVED_OLD } from '../outcome.ts';
import type { Draw, Outside } from '../outside.ts';
import type { PopulationSpec } from '../spec.ts';
import { type Candidate, candidatesOf, triedBy } from './address-order.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';
import { Attempts, type Reply } from './attempts.ts';

/** How the attempt went. Objects are reused and shared: read it before the next contact, and change nothing. */
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
  /** The latest address that failed on the way, whatever came of it; empty = none did. */
  failed: string;
  /** Whether the current data name the address, and whether they do so for clients of other regions only. */
  published: boolean;
  far: boolean;
}

/** Who connects: the part of a population's spec that matters here. */
export type Caller = Pick<PopulationSpec, 'region' | 'application' | 'families'>;

/** A request that the service, or the proxy in front of it, failed: the connection stands. */
const ENDPOINT_ERRORS = 'endpoint-errors';
const PROXY_ERRORS = 'proxy-errors';

/** Whether somebody was there to answer, be it with an error: a connection to keep. */
export function hasAnswered({ cause }: Contact): boolean {
  return cause === '' || cause === ENDPOINT_ERRORS || cause === PROXY_ERRORS;
}

const CONNECTION_FAILED = outcomeCode('connection-failed');
const HIJACKED = outcomeCode('hijacked');
const NEGATIVE_OUTCOMES: Readonly<Record<string, readonly [OutcomeCode, string]>> = {
  NXDOMAIN: [outcomeCode('nxdomain'), 'nxdomain'],
  NODATA: [outcomeCode('nodata'), 'nodata'],
  timeout: [outcomeCode('timed-out'), 'timed-out'],
};
const SERVFAIL: readonly [OutcomeCode, string] = [outcomeCode('servfail'), 'servfail'];

const BLOCKED: Reply = { kind: 'blocked', extra: 0, roundTrip: 0 };
const BARRED: Reply = { kind: 'barred', extra: 0, roundTrip: 0 };
const SILENT: Reply = { kind: 'silent', extra: 0, roundTrip: 0 };
const LOST: Reply = { kind: 'lost', extra: 0, roundTrip: 0 };
const NEAR: Reply = { kind: 'up', extra: 0, roundTrip: 0 };

export class Contacts {
  /** The contact made last. */
  result: Readonly<Contact>;
  /** The one that is written anew for every contact that is not settled. */
  readonly #fresh: Contact = {
    outcome: SERVED,
    delay: 0,
    part: 0,
    question: 0,
    address: '',
    cause: '',
    failed: '',
    published: false,
    far: false,
  };
  readonly #answers: AnswerTable;
  readonly #outside: Outside;
  readonly #draw: Draw;
  /** By rule, then by the ids of one or two answers. */
  readonly #candidates: Map<AddressRule | undefined, Map<number, readonly Candidate[]>> = new Map();

  /** By caller, then as the candidates; and those of the caller who came last. */
  readonly #settled: Map<Caller, Map<number, Contact>> = new Map();
  #recent: Map<number, Contact> = new Map();
  #recentCaller: Caller | undefined;
  #revision = -1;
  #draws = 0;

  constructor(answers: AnswerTable, outside: Outside, draw: Draw) {
    this.result = this.#fresh;
    this.#answers = answers;
    this.#outside = outside;
    this.#draw = () => {
      this.#draws += 1;
      return draw();
    };
  }

  /** The contact with a certain answer: it works, at once. */
  useCertain(id: AnswerId): void {
    const { question, addresses } = this.#answers.get(id);
    const fresh = this.#begin();
    fresh.outcome = SERVED;
    fresh.delay = 0;
    fresh.part = 0;
    fresh.question = question;
    fresh.address = addresses[0] ?? '';
    fresh.cause = '';
    fresh.published = true;
    fresh.far = false;
  }

  #begin(): Contact {
    this.result = this.#fresh;
    this.#fresh.failed = '';
    return this.#fresh;
  }

  /** Uses the answers of one request and leaves the story in `result`. @param avoided left out if there are others */
  use(ids: readonly AnswerId[], caller: Caller, avoided = ''): Readonly<Contact> {
    if (ids.length > 2 || avoided !== '') return this.#useAnew(ids, caller, avoided);
    const settled = this.#settledFor(caller);
    const key = keyOf(ids);
    const known = settled.get(key);
    if (known !== undefined) {
      this.result = known;
      return known;
    }
    const before = this.#draws;
    const contact = this.#useAnew(ids, caller, '');
    if (this.#draws === before) settled.set(key, { ...contact });
    return contact;
  }

  /** What becomes of answers without any chance in it, as long as the outside stands as it does. */
  #settledFor(caller: Caller): Map<number, Contact> {
    if (this.#revision !== this.#answers.revision) {
      this.#revision = this.#answers.revision;
      this.#settled.clear();
      this.#recentCaller = undefined;
    }
    if (this.#recentCaller === caller) return this.#recent;
    let settled = this.#settled.get(caller);
    if (settled === undefined) {
      settled = new Map();
      this.#settled.set(caller, settled);
    }
    this.#recentCaller = caller;
    this.#recent = settled;
    return settled;
  }

  #useAnew(ids: readonly AnswerId[], caller: Caller, avoided: string): Contact {
    const { addresses } = caller.application;
    const all = this.#candidatesOf(ids, addresses);
    const others = avoided === '' ? all : all.filter(({ address }) => address !== avoided);
    const candidates = triedBy(others.length > 0 ? others : all, addresses, this.#draw);
    this.#begin();
    const [first] = candidates;
    if (first === undefined) return this.#withoutAddress(ids);
    const reply = this.#ask(first, caller);
    if (reply.kind === 'up' && isEnough(reply, candidates, caller.application)) {
      return this.#connect(first, reply.extra, caller.region);
    }
    const attempts = new Attempts(candidates, caller.application, reply, (one) => this.#ask(one, caller));
    const { candidate, at, cause, failed } = attempts.outcome;
    this.#fresh.failed = failed?.address ?? '';
    return cause === ''
      ? this.#connect(candidate, at, caller.region)
      : this.#fail(candidate, at, caller.region, cause);
  }

  /** Sends a request over a connection to the one address of an answer; silence costs what `connections` says. */
  useKept(id: AnswerId, caller: Caller): Readonly<Contact> {
    this.#begin();
    const { question, addresses } = this.#answers.get(id);
    const candidate = { part: 0, question, address: addresses[0]! };
    const { kind, extra, roundTrip } = this.#ask(candidate, caller);
    if (kind === 'up') return this.#connect(candidate, extra, caller.region);
    const { connections, connectTimeout } = caller.application;
    const refused = kind === 'refused' || kind === 'barred';
    return this.#fail(
      candidate,
      refused ? extra + roundTrip : (connections?.silence ?? connectTimeout),
      caller.region,
      kind === 'lost' ? 'endpoint-loss' : 'dead-address',
    );
  }

  #candidatesOf(ids: readonly AnswerId[], rule: AddressRule | undefined): readonly Candidate[] {
    if (ids.length > 2) return candidatesOf(this.#held(ids), rule);
    let known = this.#candidates.get(rule);
    if (known === undefined) {
      known = new Map();
      this.#candidates.set(rule, known);
    }
    const key = keyOf(ids);
    let candidates = known.get(key);
    if (candidates === undefined) {
      candidates = candidatesOf(this.#held(ids), rule);
      known.set(key, candidates);
    }
    return candidates;
  }

  #held(ids: readonly AnswerId[]): ReturnType<AnswerTable['get']>[] {
    return ids.map((id) => this.#answers.get(id));
  }

  #ask({ address }: Candidate, { region, families }: Caller): Reply {
    const family = families === undefined ? 'works' : address.includes(':') ? families.ipv6 : families.ipv4;
    if (family !== 'works') return family === 'silent' ? BLOCKED : BARRED;
    const endpoint = this.#outside.endpointOf(address);
    if (endpoint < 0) return NEAR;
    const { down, loss, extra, roundTrip } = this.#outside.endpointState(endpoint, region);
    if (down === 'silent') return SILENT;
    if (loss > 0 && this.#draw() < loss) return LOST;
    return { kind: down === 'refused' ? 'refused' : 'up', extra, roundTrip };
  }

  /** A connection stands; what the service makes of the request. */
  #connect(candidate: Candidate, at: Micros, region: number): Contact {
    this.#note(candidate, at, region);
    const { question, address } = candidate;
    const endpoint = this.#outside.endpointOf(address);
    if (endpoint < 0) return this.#conclude(this.#outcomeAt(question, address, false), 'hijacked');
    const { errors, proxied } = this.#outside.endpointState(endpoint, region);
    if (errors > 0 && this.#draw() < errors)
      return this.#conclude(CONNECTION_FAILED, proxied ? PROXY_ERRORS : ENDPOINT_ERRORS);
    return this.#conclude(this.#outcomeAt(question, address, true), '');
  }

  #fail(candidate: Candidate, at: Micros, region: number, cause: string): Contact {
    this.#note(candidate, at, region);
    return this.#conclude(CONNECTION_FAILED, cause);
  }

  #note({ part, question, address }: Candidate, at: Micros, region: number): void {
    const published = this.#answers.isTrue(question, address);
    this.#fresh.part = part;
    this.#fresh.question = question;
    this.#fresh.address = address;
    this.#fresh.delay = at;
    this.#fresh.published = published;
    this.#fresh.far = published && !this.#answers.isMeantFor(question, region, address);
  }

  #outcomeAt(question: number, address: string, ours: boolean): OutcomeCode {
    if (this.#answers.isTrue(question, address)) return SERVED;
    return ours || this.#answers.wasEverTrue(question, address) ? SERVED_OLD : HIJACKED;
  }

  /** Data that is no address is all there is to have; without data a failure outweighs a "no", half the story. */
  #withoutAddress(ids: readonly AnswerId[]): Contact {
    const answers = this.#held(ids);
    const withData = answers.findLastIndex(({ kind }) => kind === 'data');
    const failed = answers.findIndex(({ kind }) => kind === 'failure');
    const part = withData >= 0 ? withData : failed >= 0 ? failed : ids.length - 1;
    const { question, code } = answers[part]!;
    this.#note({ part, question, address: '' }, 0, 0);
    if (withData >= 0) return this.#conclude(SERVED, '');
    const [outcome, cause] = NEGATIVE_OUTCOMES[code] ?? SERVFAIL;
    return this.#conclude(outcome, cause);
  }

  #conclude(outcome: OutcomeCode, cause: string): Contact {
    this.#fresh.outcome = outcome;
    this.#fresh.cause = outcome <= SERVED_OLD ? '' : cause;
    return this.#fresh;
  }
}

/** Of one or two answers. */
function keyOf(ids: readonly AnswerId[]): number {
  return ids[0]! * 65_536 + (ids[1] ?? 0);
}

/** Whether the first address is up so soon that no other is tried. */
function isEnough(
  { extra, roundTrip }: Reply,
  { length }: readonly Candidate[],
  { addresses, attemptDelay }: ApplicationBehaviour,
): boolean {
  return length === 1 || (addresses?.style === 'abandoning' ? extra + roundTrip : extra) <= attemptDelay;
}
