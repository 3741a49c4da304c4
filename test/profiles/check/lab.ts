/**
 * A private world in virtual time around one resolver: a root, `lab.`, three zones whose servers can be slow, dead,
 * broken or lossy, a client, and counters of packets. It drives the resolution step function directly.
 *
 *   const lab = new Lab({ implementation: 'unbound', seed: 1 });
 *   lab.resolve('q1.x.two.lab.');                  // asks and waits
 *   lab.server('ns1.two').mode = 'silent';
 *   lab.every(0.25, 200, (i) => `q${i}.x.two.lab.`);   // 200 queries, 4 a second
 *   lab.runAll();
 *   lab.server('ns1.two').packets
 *
 * A client waits for ever and does not retransmit. A TCP connection to a silent host costs as many packets as a
 * Linux kernel sends SYNs while the resolver waits.
 */
import { SECOND } from '../../../src/base/time.ts';
import type { Message, Question, Rcode } from '../../../src/dns/data/message.ts';
import { makeMessage } from '../../../src/dns/data/message.ts';
import { parseName } from '../../../src/dns/data/name.ts';
import { typeFromText, typeToText } from '../../../src/dns/data/rrtype.ts';
import type { Answer, ResolverAction, ResolverEvent } from '../../../src/dns/resolve/protocol.ts';
import { Resolver } from '../../../src/dns/resolve/resolver.ts';
import { lookup } from '../../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../../src/dns/zone/view.ts';
import type { Zone } from '../../../src/dns/zone/zone.ts';
import type { Implementation } from './contract.ts';
import { labOptions, type Settings } from './options.ts';
import { LAB_ADDRESS, type LabZone, labZones, ROOT_ADDRESS, ZONE_ADDRESSES } from './zones.ts';

export interface LabSetup {
  readonly implementation: Implementation;
  /** Configuration of the program, in the notation of scenario files. */
  readonly settings?: Settings;
  /** Further records by zone, in presentation format. */
  readonly records?: Readonly<Record<string, string>>;
  readonly zones?: readonly LabZone[];
  readonly seed?: number;
  /** Whether servers leave out the NS set and addresses next to an answer; on when left out. */
  readonly minimalResponses?: boolean;
  /** How many upstreams a forwarder has; 1 when left out. */
  readonly upstreams?: number;
}

/** `icmp`: the host says at once that nobody listens. */
export type Mode = 'answer' | 'silent' | 'icmp' | Rcode;

/** An authoritative server of the lab; change it at any time. */
export class LabServer {
  readonly address: string;
  mode: Mode = 'answer';
  /** Time from query to reply, seconds; loopback by default. */
  delaySeconds = LOOPBACK_SECONDS;
  /** Share of queries that get lost, [0,1]. */
  loss = 0;
  /** Until when a TCP connection is open, and until when it repeats what was lost. */
  connectedUntil = Number.NEGATIVE_INFINITY;
  stalledUntil = Number.NEGATIVE_INFINITY;
  /** Until when the resolver waits for the connection that was begun last. */
  connectingUntil = Number.NEGATIVE_INFINITY;
  /** What arrived or was lost on the way here: UDP queries, and TCP SYNs. */
  packets = 0;
  /** The same, one by one: seconds, name and type. */
  log: { readonly at: number; readonly text: string }[] = [];
  readonly zones: readonly Zone[];
  /** No two hosts are equally fast: how much of 5 %, and at most of 1 ms, is added to the delay, [0,1]. */
  readonly ownPace: number;

  constructor(address: string, zones: readonly Zone[], ownPace: number) {
    this.address = address;
    this.ownPace = ownPace;
    this.zones = zones;
  }
}

/** A client's query and what became of it. Times in seconds of virtual time. */
export interface Asked {
  readonly question: string;
  readonly at: number;
  /** `pending` until answered; `dropped` when the resolver never will. */
  status: 'pending' | 'dropped' | 'answered';
  answer?: Answer;
  /** From query to answer, seconds. */
  seconds?: number;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  readonly key: string | undefined;
}

/** How long the network takes, and whether there is a connection (UDP needs none). */
interface Trip {
  readonly seconds: number;
  readonly connected: boolean;
}

type Send = Extract<ResolverAction, { kind: 'send' }>;

/** How long a connection stays open after its last reply. */
const LINGER_SECONDS = 10;

/** A program notices this much late that a time has come: a resolver that of a time-out, a server that of its reply. */
const TIMER_MICROS = 1000;

/** From query to reply where a server does not hold back, seconds. */
const LOOPBACK_SECONDS = 0.0002;

/** Mean of the exponential time a server spends on a look-up. */
const WORK_SECONDS = 0.0001;

/**
 * When a Linux kernel sends its SYNs, seconds: networking/ip-sysctl, tcp_syn_linear_timeouts 4 and tcp_syn_retries 6 (1, 1,
 * 1, 1, 1, 2, 4 ... s between them). It goes on when the resolver no longer waits: libuv cannot take back a connect.
 */
const SYN_SECONDS: readonly number[] = [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67];

export class Lab {
  readonly resolver: Resolver;
  readonly asked: Asked[] = [];
  readonly servers: ReadonlyMap<string, LabServer>;
  readonly #random: () => number;
  readonly #minimalResponses: boolean;
  #now = 0;
  #due: Due[] = [];
  #order = 0;

  constructor(setup: LabSetup) {
    const { implementation, settings = {}, records = {}, zones: further = [] } = setup;
    const { seed = 1, minimalResponses = true, upstreams = 1 } = setup;
    this.resolver = new Resolver(labOptions(implementation, settings, upstreams), generator(seed));
    this.#random = generator(seed + 1_000_003);
    this.#minimalResponses = minimalResponses;
    this.servers = new Map(
      [...labZones(records, further)].map(([address, zones]) => [
        address,
        new LabServer(address, zones, this.#random()),
      ]),
    );
  }

  /** Seconds of virtual time. */
  get now(): number {
    return this.#now / SECOND;
  }

  /** Packets to all servers so far. */
  get packets(): number {
    return [...this.servers.values()].reduce((sum, { packets }) => sum + packets, 0);
  }

  /** `root`, `lab`, or `ns2.two`. */
  server(name: string): LabServer {
    const [host, zone] = name.split('.');
    const address =
      { root: ROOT_ADDRESS, lab: LAB_ADDRESS }[name] ??
      ZONE_ADDRESSES[`${zone}.lab.`]?.[Number(host?.slice(2)) - 1];
    const server = this.servers.get(address ?? '');
    if (server === undefined) throw new Error(`no server '${name}'`);
    return server;
  }

  /** The servers of `one`, `two` or `four`, in order. */
  serversOf(zone: string): LabServer[] {
    return ZONE_ADDRESSES[`${zone}.lab.`]!.map((_, index) => this.server(`ns${index + 1}.${zone}`));
  }

  /** A client asks now. Type A unless the text names another: `x.one.lab. NS`. */
  ask(text: string): Asked {
    const asked: Asked = { question: text, at: this.now, status: 'pending' };
    const ticket = this.asked.push(asked) - 1;
    this.#step({ kind: 'query', ticket, question: questionOf(text) });
    return asked;
  }

  /** Asks and lets time pass until the answer is there, or nothing is left to happen. */
  resolve(text: string): Asked {
    const asked = this.ask(text);
    while (asked.status === 'pending' && this.#due.length > 0) this.#next();
    return asked;
  }

  /** Schedules `run` this many seconds from now. */
  in(seconds: number, run: () => void): void {
    this.#schedule(Math.round(seconds * SECOND), run, undefined);
  }

  /** `count` queries, the first one now, one each `seconds`; answers come while time passes. */
  every(seconds: number, count: number, name: (index: number) => string): void {
    for (let index = 0; index < count; index++) this.in(index * seconds, () => this.ask(name(index)));
  }

  /** `count` queries of a client that waits for each answer, and asks at most one each `seconds`. */
  paced(seconds: number, count: number, name: (index: number) => string): void {
    for (let index = 0; index < count; index++) {
      const { seconds: taken = 0 } = this.resolve(name(index));
      if (taken < seconds) this.run(seconds - taken);
    }
  }

  /** Lets time pass. */
  run(seconds: number): void {
    const until = this.#now + Math.round(seconds * SECOND);
    while (this.#due.length > 0 && this.#due[0]!.at <= until) this.#next();
    this.#now = until;
  }

  /** Lets everything scheduled and everything under way come to its end. */
  runAll(): void {
    while (this.#due.length > 0) this.#next();
  }

  /** Forgets packets and queries counted so far. */
  resetCounters(): void {
    this.asked.length = 0;
    for (const server of this.servers.values()) {
      server.packets = 0;
      server.log = [];
    }
  }

  #next(): void {
    const due = this.#due.shift()!;
    this.#now = due.at;
    due.run();
  }

  #step(event: ResolverEvent): void {
    const actions: ResolverAction[] = [];
    this.resolver.step(event, this.#now, actions);
    for (const action of actions) this.#perform(action);
  }

  #perform(action: ResolverAction): void {
    switch (action.kind) {
      case 'send':
        this.#send(action);
        break;
      case 'arm':
        this.#later(action.delay, { kind: 'timer', timer: action.timer }, `t${action.timer}`);
        break;
      case 'cancel':
        this.#cancel(`x${action.exchange}`);
        break;
      case 'disarm':
        this.#cancel(`t${action.timer}`);
        break;
      case 'answer':
        this.#settle(this.asked[action.ticket], action.answer);
        break;
      case 'drop':
        this.#settle(this.asked[action.ticket], undefined);
    }
  }

  #settle(asked: Asked | undefined, answer: Answer | undefined): void {
    if (asked === undefined) return;
    asked.status = answer ? 'answered' : 'dropped';
    if (answer) asked.answer = answer;
    asked.seconds = this.now - asked.at;
  }

  #send(send: Send): void {
    const { exchange, address, question, transport, timeout, connectTimeout } = send;
    const server = this.servers.get(address);
    const key = `x${exchange}`;
    if (send.chained) {
      this.#later(timeout + TIMER_MICROS, { kind: 'timeout', exchange }, key);
      return;
    }
    if (server === undefined) {
      this.#later(0, { kind: 'unreachable', exchange }, key);
      return;
    }
    server.log.push({ at: this.now, text: `${question.name} ${typeToText(question.type)} ${transport}` });
    const patienceSeconds = (connectTimeout ?? timeout) / SECOND;
    const trip = transport === 'tcp' ? this.#overTcp(server, patienceSeconds) : this.#overUdp(server);
    const patience = trip.connected ? timeout : (connectTimeout ?? timeout);
    const delay = Math.round((trip.seconds + this.#answerSeconds(server)) * SECOND);
    const noticed = patience + TIMER_MICROS;
    if (server.mode === 'icmp' && !send.ignoresRefusal)
      this.#later(0, { kind: 'unreachable', exchange }, key);
    else if (delay > noticed || server.mode === 'icmp')
      this.#later(noticed, { kind: 'timeout', exchange }, key);
    else this.#later(delay, { kind: 'reply', exchange, message: this.#reply(server, question) }, key);
  }

  /** The delay, and what a busy host adds; an error takes less than a look-up. */
  #answerSeconds({ delaySeconds, mode, ownPace }: LabServer): number {
    const work = mode === 'answer' ? WORK_SECONDS : WORK_SECONDS / 2;
    const late = delaySeconds > LOOPBACK_SECONDS ? TIMER_MICROS / SECOND : 0;
    return (
      delaySeconds +
      late +
      Math.min(0.05 * delaySeconds, 0.001) * ownPace -
      work * Math.log(1 - this.#random())
    );
  }

  #isLost(server: LabServer): boolean {
    return server.mode === 'silent' || (server.loss > 0 && this.#random() < server.loss);
  }

  #overUdp(server: LabServer): Trip {
    server.packets++;
    return { seconds: this.#isLost(server) ? Number.POSITIVE_INFINITY : 0, connected: true };
  }

  /**
   * One connection for all who wait: what is lost holds up the rest, each loss doubles the time to the next try,
   * and that takes along what has been written meanwhile.
   */
  #overTcp(server: LabServer, patienceSeconds: number): Trip {
    const isOpen = server.connectedUntil > this.now;
    if (isOpen && server.stalledUntil > this.now)
      return { seconds: server.stalledUntil - this.now, connected: true };
    const arrived = isOpen ? 0 : this.#connect(server, patienceSeconds);
    if (arrived === undefined) return { seconds: Number.POSITIVE_INFINITY, connected: false };
    let readyAt = this.now + arrived;
    for (let wait = 0.2; this.#isLost(server) && wait < 100; wait *= 2) readyAt += wait;
    server.stalledUntil = readyAt;
    server.connectedUntil = readyAt + server.delaySeconds + LINGER_SECONDS;
    return { seconds: readyAt - this.now, connected: arrived === 0 };
  }

  /** Begins a connection, or joins those who wait for one. @returns when it is open, undefined when it never is */
  #connect(server: LabServer, patienceSeconds: number): number | undefined {
    if (server.connectingUntil > this.now) return undefined;
    const arrived = SYN_SECONDS.findIndex(() => !this.#isLost(server));
    const sent = arrived < 0 ? SYN_SECONDS : SYN_SECONDS.slice(0, arrived + 1);
    for (const seconds of sent) this.in(seconds, () => server.packets++);
    const openAfter = arrived < 0 ? Number.POSITIVE_INFINITY : SYN_SECONDS[arrived]!;
    if (openAfter < patienceSeconds) return openAfter;
    server.connectingUntil = this.now + patienceSeconds;
    return undefined;
  }

  #reply({ mode, zones }: LabServer, question: Question): Message {
    if (mode === 'answer') {
      return lookup(hostedZones(zones), question, { minimalResponses: this.#minimalResponses });
    }
    return makeMessage(question, { rcode: mode as Rcode });
  }

  #later(delay: number, event: ResolverEvent, key: string): void {
    this.#schedule(delay, () => this.#step(event), key);
  }

  #schedule(delay: number, run: () => void, key: string | undefined): void {
    const due = { at: this.#now + delay, order: this.#order++, run, key };
    let index = this.#due.length;
    while (index > 0 && this.#due[index - 1]!.at > due.at) index--;
    this.#due.splice(index, 0, due);
  }

  #cancel(key: string): void {
    this.#due = this.#due.filter((due) => due.key !== key);
  }
}

function questionOf(text: string): Question {
  const [name, type = 'A'] = text.split(' ');
  return { name: parseName(name!), type: typeFromText(type)! };
}

/** Uniform draws in [0,1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
