/**
 * A small world for resolver tests: scripted or zone-driven servers, a clock, loss, and a log of what was sent.
 * Nothing here knows how the resolver works; it only keeps the promises of the protocol.
 */
import { DAY, MILLISECOND } from '../../../src/base/time.ts';
import { type Message, makeMessage, type Question } from '../../../src/dns/data/message.ts';
import { parseName } from '../../../src/dns/data/name.ts';
import { formatRRset, parseRRsets } from '../../../src/dns/data/presentation.ts';
import { typeFromText, typeToText } from '../../../src/dns/data/rrtype.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import type {
  Answer,
  Note,
  ResolverAction,
  ResolverEvent,
  Transport,
} from '../../../src/dns/resolve/protocol.ts';
import { Resolver } from '../../../src/dns/resolve/resolver.ts';
import { lookup } from '../../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../../src/dns/zone/view.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';

/** What a server does with a query: reply, keep silent, or not be there. */
export type Reaction = Message | 'silent' | 'unreachable';
export type Server = (question: Question, transport: Transport, now: number) => Reaction;

/** `www.example.com. A` as a question. */
export function question(text: string): Question {
  const [name, type] = text.split(' ');
  return { name: parseName(name!), type: typeFromText(type ?? 'A')! };
}

/** Text of an answer: rcode, reason, then the records of answer and authority. */
export function textOf(answer: Answer): string {
  const records = [...answer.answer, ...answer.authority].flatMap((set) => formatRRset(set));
  return [`${answer.rcode} ${answer.reason}`, ...records].join('\n');
}

/** An authoritative reply with these sections, in presentation format. */
export function reply(
  asked: Question,
  sections: { answer?: string; authority?: string; additional?: string } & Partial<
    Omit<Message, 'answer' | 'authority' | 'additional'>
  >,
): Message {
  const { answer, authority, additional, ...rest } = sections;
  return makeMessage(asked, {
    authoritative: true,
    ...rest,
    answer: parseRRsets(answer ?? ''),
    authority: parseRRsets(authority ?? ''),
    additional: parseRRsets(additional ?? ''),
  });
}

/** A referral (no AA). */
export function referral(asked: Question, authority: string, additional = ''): Message {
  return reply(asked, { authoritative: false, authority, additional });
}

/** A server that answers from zones written as `origin` and records. */
export function zoneServer(zones: Record<string, string>): Server {
  const hosted = hostedZones(
    Object.entries(zones).map(([origin, text]) => Zone.of(parseName(origin), parseRRsets(text))),
  );
  return (asked) => lookup(hosted, asked, { minimalResponses: true });
}

export const ROOT_SERVER = '198.41.0.4';
export const COM_SERVER = '192.5.6.30';
export const EXAMPLE_1 = '192.0.2.1';
export const EXAMPLE_2 = '192.0.2.2';

/** Options of most tests: RFC reference with one root server, no minimisation and no serve-stale. */
export const PLAIN: ResolverOptions = {
  ...RFC_REFERENCE,
  qnameMinimisation: 'off',
  serveStale: undefined,
  nxdomainCut: false,
  priming: false,
  selection: { id: 'uniform' },
  rootHints: { 'a.root-servers.net.': [ROOT_SERVER] },
};

export const ROOT_ZONE: string = `
. 86400 SOA a.root-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 86400
. 518400 NS a.root-servers.net.
a.root-servers.net. 518400 A ${ROOT_SERVER}
com. 172800 NS a.gtld-servers.net.
net. 172800 NS a.gtld-servers.net.
a.gtld-servers.net. 172800 A ${COM_SERVER}
`;

export const COM_ZONE: string = `
com. 900 SOA a.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 900
com. 172800 NS a.gtld-servers.net.
example.com. 172800 NS ns1.example.com.
example.com. 172800 NS ns2.example.com.
ns1.example.com. 172800 A ${EXAMPLE_1}
ns2.example.com. 172800 A ${EXAMPLE_2}
`;

export const NET_ZONE: string = `
net. 900 SOA a.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 900
net. 172800 NS a.gtld-servers.net.
gtld-servers.net. 172800 NS a.gtld-servers.net.
a.gtld-servers.net. 172800 A ${COM_SERVER}
`;

export const EXAMPLE_ZONE: string = `
example.com. 3600 SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 300
example.com. 86400 NS ns1.example.com.
example.com. 86400 NS ns2.example.com.
ns1.example.com. 86400 A ${EXAMPLE_1}
ns2.example.com. 86400 A ${EXAMPLE_2}
www.example.com. 300 A 203.0.113.10
alias.example.com. 600 CNAME www.example.com.
mail.example.com. 300 MX 10 www.example.com.
`;

interface Due {
  readonly at: number;
  readonly order: number;
  readonly event: ResolverEvent;
}

interface Given {
  readonly at: number;
  readonly answer: Answer | 'dropped';
}

export class World {
  readonly resolver: Resolver;
  readonly servers: Map<string, Server> = new Map();
  /** Round-trip time by address, microseconds; 10 ms where nothing is said. */
  readonly rtt: Map<string, number> = new Map();
  /** One line a query sent: `address name type`, with ` tcp` where it applies. */
  sent: string[] = [];
  /** The same lines for the queries that got no reply, over the whole run. */
  readonly lost: string[] = [];
  readonly answers: Map<number, Given> = new Map();
  readonly notes: Note[] = [];
  readonly actions: ResolverAction[] = [];
  now = 0;
  #due: Due[] = [];
  #order = 0;
  #tickets = 0;

  constructor(options: Partial<ResolverOptions> = {}, random: () => number = () => 0) {
    this.resolver = new Resolver({ ...PLAIN, ...options }, random);
  }

  /** Root, com. and net., example.com. with two servers, all from zones. */
  static standard(
    options: Partial<ResolverOptions> = {},
    example: string = EXAMPLE_ZONE,
    random?: () => number,
  ): World {
    const world = new World(options, random);
    world.servers.set(ROOT_SERVER, zoneServer({ '.': ROOT_ZONE }));
    world.servers.set(COM_SERVER, zoneServer({ 'com.': COM_ZONE, 'net.': NET_ZONE }));
    for (const address of [EXAMPLE_1, EXAMPLE_2])
      world.servers.set(address, zoneServer({ 'example.com.': example }));
    return world;
  }

  /** Hands in a client query now. @returns its ticket */
  ask(text: string): number {
    const ticket = ++this.#tickets;
    this.#step({ kind: 'query', ticket, question: question(text) });
    return ticket;
  }

  /** Asks and lets time pass until the answer is there. @returns its text */
  resolve(text: string): string {
    const ticket = this.ask(text);
    while (!this.answers.has(ticket) && this.#due.length > 0) this.#next();
    return this.textOf(ticket);
  }

  textOf(ticket: number): string {
    const given = this.answers.get(ticket);
    if (given === undefined) return 'no answer';
    return given.answer === 'dropped' ? 'dropped' : textOf(given.answer);
  }

  /** Lets time pass; everything due up to then happens. */
  pass(micros: number): void {
    const until = this.now + micros;
    while (this.#due.length > 0 && this.#due[0]!.at <= until) this.#next();
    this.now = until;
  }

  /** Lets everything under way come to its end. */
  settle(): void {
    while (this.#due.length > 0) this.#next();
  }

  /** The queries sent since the last call. */
  takeSent(): string[] {
    const sent = this.sent;
    this.sent = [];
    return sent;
  }

  /** Answers every query of `address` from these zones. */
  serve(address: string, zones: Record<string, string>): void {
    this.servers.set(address, zoneServer(zones));
  }

  kill(...addresses: string[]): void {
    for (const address of addresses) this.servers.set(address, () => 'silent');
  }

  #next(): void {
    const due = this.#due.shift()!;
    this.now = due.at;
    this.#step(due.event);
  }

  #step(event: ResolverEvent): void {
    this.#expectKnown(event);
    const actions: ResolverAction[] = [];
    this.resolver.step(event, this.now, actions);
    for (const action of actions) this.#perform(action);
    this.actions.push(...actions);
  }

  /** What the resolver has given up it must have cancelled. */
  #expectKnown(event: ResolverEvent): void {
    const { exchanges, timers, forwarder } = this.resolver.state;
    const isKnown =
      event.kind === 'timer'
        ? timers.has(event.timer) || forwarder?.pauses.has(event.timer)
        : !('exchange' in event) || exchanges.has(event.exchange) || forwarder?.probes.has(event.exchange);
    if (!isKnown) throw new Error(`${event.kind} was not cancelled`);
  }

  #perform(action: ResolverAction): void {
    switch (action.kind) {
      case 'send':
        this.#send(action);
        break;
      case 'cancel':
        this.#drop((event) => 'exchange' in event && event.exchange === action.exchange);
        break;
      case 'arm':
        this.#schedule(action.delay, { kind: 'timer', timer: action.timer });
        break;
      case 'disarm':
        this.#drop((event) => event.kind === 'timer' && event.timer === action.timer);
        break;
      case 'answer':
        this.#give(action.ticket, action.answer);
        break;
      case 'drop':
        this.#give(action.ticket, 'dropped');
        break;
      case 'note':
        this.notes.push(action.note);
    }
  }

  #give(ticket: number, answer: Answer | 'dropped'): void {
    if (this.answers.has(ticket)) throw new Error(`ticket ${ticket} is answered twice`);
    this.answers.set(ticket, { at: this.now, answer });
  }

  #send({
    exchange,
    address,
    question: asked,
    transport,
    timeout,
    ignoresRefusal,
    chained,
  }: Extract<ResolverAction, { kind: 'send' }>): void {
    if (chained) {
      this.#schedule(timeout, { kind: 'timeout', exchange });
      return;
    }
    const over = transport === 'tcp' ? ' tcp' : '';
    const line = `${address} ${asked.name} ${typeToText(asked.type)}${over}`;
    this.sent.push(line);
    const server = this.servers.get(address);
    const reaction = server ? server(asked, transport, this.now) : 'silent';
    const rtt = this.rtt.get(address) ?? 10 * MILLISECOND;
    if (reaction === 'silent' || rtt >= timeout) this.lost.push(line);
    const isRefused = reaction === 'unreachable';
    if (isRefused && !ignoresRefusal) this.#schedule(0, { kind: 'unreachable', exchange });
    else if (isRefused || reaction === 'silent' || rtt >= timeout)
      this.#schedule(timeout, { kind: 'timeout', exchange });
    else this.#schedule(rtt, { kind: 'reply', exchange, message: reaction });
  }

  #schedule(delay: number, event: ResolverEvent): void {
    if (!(Number.isSafeInteger(delay) && delay >= 0 && delay <= DAY)) throw new Error(`bad delay ${delay}`);
    const due = { at: this.now + delay, order: this.#order++, event };
    const index = this.#due.findIndex((other) => other.at > due.at);
    this.#due.splice(index < 0 ? this.#due.length : index, 0, due);
  }

  #drop(matches: (event: ResolverEvent) => boolean): void {
    const before = this.#due.length;
    this.#due = this.#due.filter((due) => !matches(due.event));
    if (this.#due.length !== before - 1) throw new Error('cancels what is not under way');
  }
}
