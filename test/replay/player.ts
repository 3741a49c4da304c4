/**
 * Plays a script against a resolver. Virtual time moves with TIME_PASSES only and replies arrive at once, as in
 * the scripts' own replayer. A query that no entry answers times out once nothing else can happen.
 */
import { SECOND } from '../../src/base/time.ts';
import { type Message, makeMessage, type Question, type Rcode } from '../../src/dns/data/message.ts';
import { isSubdomain, ROOT } from '../../src/dns/data/name.ts';
import type { RRset } from '../../src/dns/data/rrset.ts';
import type { Answer, ResolverAction, ResolverEvent, Transport } from '../../src/dns/resolve/protocol.ts';
import { Resolver } from '../../src/dns/resolve/resolver.ts';
import { optionsFor } from './config.ts';
import type { Script, ScriptEntry, ScriptStep } from './script.ts';

export type Level = 'rcode' | 'answer' | 'ttl' | 'upstream';

/** One difference between what a script expects and what happened. */
export interface Difference {
  readonly step: number;
  readonly level: Level;
  readonly expected: string;
  readonly got: string;
}

export interface Played {
  readonly differences: readonly Difference[];
  /** Levels the script checks at all. */
  readonly checked: ReadonlySet<Level>;
  readonly log: readonly string[];
}

interface Pending {
  readonly exchange: number;
  readonly address: string;
  readonly question: Question;
  readonly transport: Transport;
}

const RCODES: readonly Rcode[] = ['FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN'];
/** Stands in for an empty question section. */
const NO_QUESTION: Question = { name: ROOT, type: 0 };
const MAXIMUM_ROUNDS = 5_000;

export function play(script: Script, random: () => number): Played {
  return new Player(script, random).run();
}

class Player {
  readonly #script: Script;
  readonly #resolver: Resolver;
  readonly #differences: Difference[] = [];
  readonly #checked: Set<Level> = new Set();
  readonly #log: string[] = [];
  #pending: Pending[] = [];
  #answers: Answer[] = [];
  #timers: { timer: number; at: number }[] = [];
  #now = 0;
  #index = 0;
  #tickets = 0;

  constructor(script: Script, random: () => number) {
    this.#script = script;
    this.#resolver = new Resolver(optionsFor(script), random);
    this.#resolver.tracing = true;
  }

  run(): Played {
    const { steps } = this.#script;
    for (let round = 0; this.#index < steps.length; round++) {
      if (round > MAXIMUM_ROUNDS) throw new Error('the script does not end');
      const step = steps[this.#index]!;
      if (step.type === 'CHECK_OUT_QUERY' && this.#takeQuery(step)) this.#index++;
      else if (step.type === 'CHECK_ANSWER' && this.#answers.length > 0) this.#checkAnswer(step);
      else if (!this.#answerFromRanges(step.number)) this.#perform(step);
    }
    return { differences: this.#differences, checked: this.#checked, log: this.#log };
  }

  #perform(step: ScriptStep): void {
    if (step.type === 'CHECK_ANSWER' && this.#timeOut('nobody answers')) return;
    this.#index++;
    switch (step.type) {
      case 'QUERY':
        this.#query(step.entry!);
        break;
      case 'TIME_PASSES':
        this.#pass(Number(step.words[1]) * SECOND);
        break;
      case 'TIMEOUT':
        this.#timeOut('script');
        break;
      case 'ERROR':
        this.#end('unreachable');
        break;
      case 'REPLY':
        this.#reply(step);
        break;
      case 'CHECK_OUT_QUERY':
        this.#differ(
          step,
          'upstream',
          nameOf(step.entry!.question!),
          this.#pending.map(textOfPending).join(', '),
        );
        break;
      case 'CHECK_ANSWER':
        this.#differ(step, 'rcode', 'an answer', 'none');
        break;
      case 'TRAFFIC':
      case 'NOTHING':
      case 'INFRA_RTT':
        break;
      default:
        throw new Error(`unknown step ${step.type}`);
    }
  }

  #query(entry: ScriptEntry): void {
    const recursionDesired = entry.reply.has('RD');
    const question = entry.question!;
    this.#log.push(`client asks ${nameOf(question)}`);
    this.#step({ kind: 'query', ticket: ++this.#tickets, question, recursionDesired });
  }

  /** Lets due timers fire, each at its own time. */
  #pass(micros: number): void {
    const until = this.#now + micros;
    for (;;) {
      const due = this.#timers
        .filter(({ at }) => at <= until)
        .sort((a, b) => a.at - b.at || a.timer - b.timer)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((one) => one !== due);
      this.#now = due.at;
      this.#step({ kind: 'timer', timer: due.timer });
    }
    this.#now = until;
  }

  #timeOut(why: string): boolean {
    this.#log.push(`time-out (${why})`);
    return this.#end('timeout');
  }

  /** Ends the most recent query without a reply. */
  #end(kind: 'timeout' | 'unreachable'): boolean {
    const last = this.#pending.pop();
    if (last) this.#step({ kind, exchange: last.exchange });
    return last !== undefined;
  }

  #reply(step: ScriptStep): void {
    const last = this.#pending.pop();
    if (last)
      this.#step({ kind: 'reply', exchange: last.exchange, message: messageOf(step.entry!, last.question) });
    else this.#differ(step, 'upstream', 'a query to reply to', 'none');
  }

  #takeQuery(step: ScriptStep): boolean {
    this.#checked.add('upstream');
    const entry = step.entry!;
    const index = this.#pending.findIndex((one) => matches(entry, one));
    if (index < 0) return false;
    if (!entry.adjust.has('copy_id')) {
      // REPLY and TIMEOUT act on the most recent query.
      this.#pending.push(...this.#pending.splice(index, 1));
      return true;
    }
    const [one] = this.#pending.splice(index, 1);
    this.#step({ kind: 'reply', exchange: one!.exchange, message: messageOf(entry, one!.question) });
    return true;
  }

  #answerFromRanges(number: number): boolean {
    const active = this.#script.ranges.filter(({ from, to }) => from <= number && number <= to).reverse();
    for (const [index, one] of this.#pending.entries()) {
      const range = active.filter(
        ({ addresses }) => addresses.length === 0 || addresses.includes(one.address),
      );
      const entry = range.flatMap(({ entries }) => entries).find((candidate) => matches(candidate, one));
      if (entry === undefined || entry.adjust.has('do_not_answer')) continue;
      this.#pending.splice(index, 1);
      this.#step({ kind: 'reply', exchange: one.exchange, message: messageOf(entry, one.question) });
      return true;
    }
    return false;
  }

  #checkAnswer(step: ScriptStep): void {
    const entry = step.entry!;
    const asked = entry.question;
    const index = this.#answers.findIndex(
      ({ question }) => question.name === asked?.name && question.type === asked.type,
    );
    const [answer] = this.#answers.splice(Math.max(index, 0), 1);
    const whole = entry.match.has('all') || entry.match.has('answer');
    if (whole || entry.match.has('rcode')) this.#compare(step, 'rcode', rcodeOf(entry), answer!.rcode);
    if (whole) this.#compare(step, 'answer', textOf(entry.answer, false), textOf(answer!.answer, false));
    if (whole && entry.match.has('ttl')) {
      this.#compare(step, 'ttl', textOf(entry.answer, true), textOf(answer!.answer, true));
    }
    this.#index++;
  }

  #compare(step: ScriptStep, level: Level, expected: string, got: string): void {
    this.#checked.add(level);
    if (expected !== got) this.#differ(step, level, expected, got);
  }

  #differ({ number }: ScriptStep, level: Level, expected: string, got: string): void {
    this.#checked.add(level);
    this.#differences.push({ step: number, level, expected, got });
  }

  #step(event: ResolverEvent): void {
    const actions: ResolverAction[] = [];
    this.#resolver.step(event, this.#now, actions);
    for (const action of actions) this.#act(action);
  }

  #act(action: ResolverAction): void {
    if (action.kind === 'send') this.#pending.push(action);
    else if (action.kind === 'cancel')
      this.#pending = this.#pending.filter(({ exchange }) => exchange !== action.exchange);
    else if (action.kind === 'arm') this.#timers.push({ timer: action.timer, at: this.#now + action.delay });
    else if (action.kind === 'disarm')
      this.#timers = this.#timers.filter(({ timer }) => timer !== action.timer);
    else if (action.kind === 'answer') this.#answers.push(action.answer);
    else if (action.kind === 'note') this.#log.push(action.note.text);
  }
}

/** Whether an entry speaks to a query. */
function matches({ match, question }: ScriptEntry, one: Pending): boolean {
  if (match.has('TCP') && one.transport !== 'tcp') return false;
  if (match.has('UDP') && one.transport !== 'udp') return false;
  if (match.has('qtype') && question?.type !== one.question.type) return false;
  if (match.has('qname') && question?.name !== one.question.name) return false;
  return !match.has('subdomain') || isSubdomain(one.question.name, question!.name);
}

function messageOf(entry: ScriptEntry, asked: Question): Message {
  const copied = entry.adjust.has('copy_query') ? asked : undefined;
  const question = copied ?? entry.question ?? NO_QUESTION;
  return makeMessage(question, {
    rcode: rcodeOf(entry),
    authoritative: entry.reply.has('AA'),
    recursionAvailable: entry.reply.has('RA'),
    truncated: entry.reply.has('TC'),
    answer: entry.answer,
    authority: entry.authority,
    additional: entry.additional,
  });
}

function rcodeOf({ reply }: ScriptEntry): Rcode {
  return RCODES.find((rcode) => reply.has(rcode)) ?? 'NOERROR';
}

/** Records as sorted lines; DNAME records are left out, since answers leave them out. */
function textOf(sets: readonly RRset[], ttl: boolean): string {
  return sets
    .flatMap((set) =>
      set.rdata.map(({ text }) => `${set.name} ${ttl ? `${set.ttl} ` : ''}TYPE${set.type} ${text}`),
    )
    .filter((line) => !line.includes(' TYPE39 '))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join('\n');
}

function nameOf({ name, type }: Question): string {
  return `${name} TYPE${type}`;
}

function textOfPending(one: Pending): string {
  return `${one.address} ${nameOf(one.question)}`;
}
