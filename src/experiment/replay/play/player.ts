/**
 * Plays a script against a resolver. Virtual time moves with TIME_PASSES only and replies arrive at once, as in
 * the scripts' own replayer. A query that no entry answers is logged, and times out once nothing else can happen.
 *
 * Not modelled: latency (`ADJUST sleep` is ignored there too), message ids, and the number of packets behind one
 * TIMEOUT: each ends one send.
 */
import { SECOND } from '../../../base/time.ts';
import type { Answer, ResolverAction, ResolverEvent } from '../../../dns/resolve/protocol.ts';
import type { Resolver } from '../../../dns/resolve/resolver.ts';
import type { Difference, Level, LogLine } from '../../../measure/script-verdict.ts';
import type { Bars } from '../options/bars.ts';
import type { Script, ScriptEntry, ScriptRange, ScriptStep } from '../script.ts';
import { compareAnswer, differenceAt } from './compare.ts';
import { evaluate, MacroError } from './macros.ts';
import {
  indexOfAnswer,
  messageOf,
  type Pending,
  pendingText,
  questionText,
  recordLines,
  speaksTo,
} from './message.ts';
import { Timers } from './timers.ts';

export interface Played {
  /** In the order they were found. */
  readonly differences: readonly Difference[];
  /** Levels the script looks at. */
  readonly checked: ReadonlySet<Level>;
  readonly log: readonly LogLine[];
}

/** A script that cannot be played to its end. */
export class ScriptFault extends Error {
  /** Line of the step, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.name = 'ScriptFault';
    this.line = line;
  }
}

/** Rounds one step may take before the script is taken to go on for ever. */
const MAXIMUM_ROUNDS = 5_000;

/** Plays a whole script. @throws ScriptFault when it does not end or a macro has no value */
export function playScript(script: Script, resolver: Resolver, bars: Bars): Played {
  return new Player(script, resolver, bars).run();
}

class Player {
  readonly #steps: readonly ScriptStep[];
  /** Those written last are tried first. */
  readonly #ranges: readonly ScriptRange[];
  readonly #resolver: Resolver;
  readonly #bars: Bars;
  readonly #differences: Difference[] = [];
  readonly #checked: Set<Level> = new Set();
  readonly #log: LogLine[] = [];
  readonly #timers: Timers = new Timers();
  readonly #variables: Map<string, number> = new Map();
  #pending: Pending[] = [];
  #answers: Answer[] = [];
  #now = 0;
  #index = 0;
  #tickets = 0;

  constructor(script: Script, resolver: Resolver, bars: Bars) {
    this.#bars = bars;
    this.#steps = script.steps;
    this.#ranges = [...script.ranges].reverse();
    this.#resolver = resolver;
    this.#resolver.tracing = true;
  }

  run(): Played {
    let rounds = 0;
    for (let last = -1; this.#index < this.#steps.length; ) {
      rounds = this.#index === last ? rounds + 1 : 0;
      last = this.#index;
      const step = this.#steps[this.#index]!;
      if (rounds > MAXIMUM_ROUNDS) throw new ScriptFault(`step ${step.number} does not end`, step.line);
      this.#round(step);
    }
    this.#checkRest();
    return { differences: this.#differences, checked: this.#checked, log: this.#log };
  }

  #round(step: ScriptStep): void {
    if (step.type === 'CHECK_OUT_QUERY' && this.#takeQuery(step)) this.#index++;
    else if (step.type === 'CHECK_ANSWER' && this.#answers.length > 0) this.#checkAnswer(step);
    else if (!this.#answerFromRanges(step.number)) this.#perform(step);
  }

  #perform(step: ScriptStep): void {
    if (step.type === 'CHECK_ANSWER' && this.#timeOut('nobody answers')) return;
    this.#index++;
    switch (step.type) {
      case 'QUERY':
        this.#query(step.entry!);
        break;
      case 'TIME_PASSES':
        this.#pass(this.#value(step, step.words.slice(1).join(' ')) * SECOND);
        break;
      case 'ASSIGN':
        this.#variables.set(step.words[0] ?? '', this.#value(step, step.words.slice(2).join(' ')));
        break;
      case 'TIMEOUT':
        this.#timeOut('as the script says');
        break;
      case 'ERROR':
        this.#end('unreachable');
        break;
      case 'REPLY':
        this.#reply(step);
        break;
      case 'CHECK_OUT_QUERY':
        this.#differ(step, 'upstream', [queryText(step.entry!)], this.#pending.map(pendingText));
        break;
      case 'CHECK_ANSWER':
        this.#differ(step, 'rcode', ['an answer'], ['none']);
    }
  }

  #query(entry: ScriptEntry): void {
    const question = entry.question!;
    const recursionDesired = entry.reply.has('RD');
    this.#note(
      `the client asks for ${questionText(question)}${recursionDesired ? '' : ' in the cache only'}`,
    );
    this.#step({ kind: 'query', ticket: ++this.#tickets, question, recursionDesired });
  }

  #value(step: ScriptStep, text: string): number {
    const time = this.#now / SECOND;
    const timeout = Math.max(0, (this.#timers.nextAt ?? this.#now) - this.#now) / SECOND;
    try {
      return evaluate(text, { variables: this.#variables, time, timeout });
    } catch (error) {
      if (error instanceof MacroError) throw new ScriptFault(error.message, step.line);
      throw error;
    }
  }

  /** Lets due timers fire, each at its own time. */
  #pass(micros: number): void {
    const until = this.#now + Math.round(micros);
    for (let due = this.#timers.take(until); due; due = this.#timers.take(until)) {
      this.#now = Math.max(this.#now, due.at);
      this.#step({ kind: 'timer', timer: due.timer });
    }
    this.#now = Math.max(this.#now, until);
  }

  #timeOut(why: string): boolean {
    const last = this.#pending[this.#pending.length - 1];
    if (last) this.#note(`no reply to ${pendingText(last)}: ${why}`);
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
    if (last) this.#deliver(step.entry!, last);
    else this.#differ(step, 'upstream', ['a query to reply to'], ['none']);
  }

  #takeQuery(step: ScriptStep): boolean {
    this.#checked.add('upstream');
    const entry = step.entry!;
    const index = this.#pending.findIndex((query) => speaksTo(entry, query));
    if (index < 0) return false;
    const [query] = this.#pending.splice(index, 1);
    // REPLY and TIMEOUT act on the most recent query.
    if (entry.adjust.has('copy_id')) this.#deliver(entry, query!);
    else this.#pending.push(query!);
    return true;
  }

  #answerFromRanges(number: number): boolean {
    const active = this.#ranges.filter(({ from, to }) => from <= number && number <= to);
    for (const [index, query] of this.#pending.entries()) {
      const entry = entryFor(active, query);
      if (entry === undefined || entry.adjust.has('do_not_answer')) continue;
      this.#pending.splice(index, 1);
      this.#deliver(entry, query);
      return true;
    }
    return false;
  }

  #deliver(entry: ScriptEntry, { exchange, question }: Pending): void {
    this.#step({ kind: 'reply', exchange, message: messageOf(entry, question, this.#bars) });
  }

  #checkAnswer(step: ScriptStep): void {
    const entry = step.entry!;
    const [answer] = this.#answers.splice(indexOfAnswer(this.#answers, entry.question), 1);
    for (const compared of compareAnswer(entry, answer!)) {
      this.#checked.add(compared.level);
      const difference = differenceAt(step, compared);
      if (difference) this.#differences.push(difference);
    }
    this.#index++;
  }

  /** Answers that no step has looked at. */
  #checkRest(): void {
    const last = this.#steps[this.#steps.length - 1];
    for (const { question, rcode, answer } of this.#answers) {
      const got = [`${questionText(question)}: ${rcode}`, ...recordLines(answer, true)];
      this.#differ(last!, 'rcode', ['no further answer'], got);
    }
  }

  #differ(
    { number, line }: ScriptStep,
    level: Level,
    expected: readonly string[],
    got: readonly string[],
  ): void {
    this.#checked.add(level);
    this.#differences.push({ level, step: number, line, expected, got });
  }

  #note(text: string): void {
    this.#log.push({ step: this.#steps[Math.min(this.#index, this.#steps.length - 1)]!.number, text });
  }

  #step(event: ResolverEvent): void {
    const actions: ResolverAction[] = [];
    this.#resolver.step(event, this.#now, actions);
    for (const action of actions) this.#act(action);
  }

  /** A query to a server that is never asked ends at once. */
  #send(query: Pending): void {
    if (this.#bars.isUnasked(query.address)) this.#step({ kind: 'unreachable', exchange: query.exchange });
    else this.#pending.push(query);
  }

  #act(action: ResolverAction): void {
    if (action.kind === 'send') this.#send(action);
    else if (action.kind === 'cancel') {
      this.#pending = this.#pending.filter(({ exchange }) => exchange !== action.exchange);
    } else if (action.kind === 'arm') this.#timers.arm(action.timer, this.#now + action.delay);
    else if (action.kind === 'disarm') this.#timers.disarm(action.timer);
    else if (action.kind === 'answer') this.#answers.push(action.answer);
    else if (action.kind === 'note') this.#note(action.note.text);
  }
}

/** The first entry of the first range that speaks to a query. */
function entryFor(ranges: readonly ScriptRange[], query: Pending): ScriptEntry | undefined {
  for (const { addresses, entries } of ranges) {
    if (addresses.length > 0 && !addresses.includes(query.address)) continue;
    const entry = entries.find((candidate) => speaksTo(candidate, query));
    if (entry) return entry;
  }
  return undefined;
}

function queryText({ question, match }: ScriptEntry): string {
  if (question === undefined) return 'a query';
  return `${questionText(question)}${match.has('TCP') ? ' over TCP' : ''}`;
}
