/**
 * What a forwarder remembers of its upstream resolvers: the favourite, whose turn it is, who is down.
 *
 * Upstreams of different forwarded zones are kept apart, but for their health. Not modelled: counters that are
 * kept per connection, and round-trip times (no software modelled here picks an upstream by them).
 */
import type { Micros } from '../../../base/time.ts';
import type { Name } from '../../data/name.ts';
import { ROOT } from '../../data/name.ts';
import { NS } from '../../data/rrtype.ts';
import type { ExchangeId, TimerId } from '../protocol.ts';
import { noteProbeAnswered, noteProbeFailed, type Outbox } from './notes.ts';
import type { ForwardingOptions } from './options.ts';

/** The upstreams of one forwarded zone. */
export interface UpstreamGroup {
  /** The first to answer when all were asked last; undefined before that. */
  favourite: string | undefined;
  /** Questions since all were asked, and when that was. */
  questions: number;
  askedAllAt: Micros;
  /** Questions so far. */
  turn: number;
}

interface Health {
  failedProbes: number;
  probing: boolean;
}

export class Forwarder {
  readonly options: ForwardingOptions;
  /** Probes under way and pauses between probes, with the upstream they are for. */
  readonly probes: Map<ExchangeId, string> = new Map();
  readonly pauses: Map<TimerId, string> = new Map();
  readonly #groups: Map<Name, UpstreamGroup> = new Map();
  readonly #health: Map<string, Health> = new Map();

  constructor(options: ForwardingOptions) {
    this.options = options;
  }

  group(zone: Name): UpstreamGroup {
    let group = this.#groups.get(zone);
    if (group === undefined) {
      group = { favourite: undefined, questions: 0, askedAllAt: 0, turn: 0 };
      this.#groups.set(zone, group);
    }
    return group;
  }

  /** An upstream answered, if only with SERVFAIL: it is asked alone from now on (dnsmasq, forward.c reply_query()). */
  answered(zone: Name, address: string): void {
    this.group(zone).favourite = address;
  }

  /** An upstream answered REFUSED, and so is nobody's favourite. */
  refused(zone: Name, address: string): void {
    const group = this.group(zone);
    if (group.favourite === address) group.favourite = undefined;
  }

  isDown(address: string): boolean {
    const { health } = this.options;
    return health !== undefined && (this.#health.get(address)?.failedProbes ?? 0) >= health.failures;
  }

  /** An upstream did not answer a question: it is probed until it answers a probe. */
  failed(outbox: Outbox, address: string): void {
    if (this.options.health === undefined) return;
    const known = this.#health.get(address) ?? { failedProbes: 0, probing: false };
    this.#health.set(address, known);
    if (known.probing) return;
    known.probing = true;
    this.#probe(outbox, address);
  }

  /** The end of a probe; false when the exchange is none. @param answered whatever was said */
  probeEnded(outbox: Outbox, exchange: ExchangeId, answered: boolean): boolean {
    const address = this.probes.get(exchange);
    if (address === undefined) return false;
    this.probes.delete(exchange);
    const health = this.#health.get(address)!;
    if (answered) {
      noteProbeAnswered(outbox, address);
      health.failedProbes = 0;
      health.probing = false;
    } else {
      health.failedProbes++;
      noteProbeFailed(outbox, address, this.isDown(address));
      this.#pause(outbox, address);
    }
    return true;
  }

  /** The end of a pause between probes; false when the timer is none. */
  pauseEnded(outbox: Outbox, timer: TimerId): boolean {
    const address = this.pauses.get(timer);
    if (address === undefined) return false;
    this.pauses.delete(timer);
    this.#probe(outbox, address);
    return true;
  }

  /** CoreDNS asks for the root's NS set, and any reply will do (plugin/pkg/proxy/health.go). */
  #probe(outbox: Outbox, address: string): void {
    const exchange = outbox.nextId++;
    this.probes.set(exchange, address);
    const question = { name: ROOT, type: NS };
    const timeout = this.options.health!.timeoutMicros;
    outbox.actions.push({ kind: 'send', exchange, address, question, transport: 'udp', timeout });
  }

  #pause(outbox: Outbox, address: string): void {
    const timer = outbox.nextId++;
    this.pauses.set(timer, address);
    outbox.actions.push({ kind: 'arm', timer, delay: this.options.health!.pauseMicros });
  }
}
