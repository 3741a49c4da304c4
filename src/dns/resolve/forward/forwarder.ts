/**
 * What a forwarder remembers of its upstream resolvers: the favourite, whose turn it is, who is down.
 *
 * Upstreams of different forwarded zones are kept apart, but for their health where zones have no options of their own.
 * Not modelled: counters that are kept per connection, and round-trip times (no software modelled here picks an upstream by them).
 */
import type { Micros } from '../../../base/time.ts';
import type { Name } from '../../data/name.ts';
import { ROOT } from '../../data/name.ts';
import { NS } from '../../data/rrtype.ts';
import type { ConfiguredZone } from '../options.ts';
import type { ExchangeId, TimerId } from '../protocol.ts';
import { noteProbeAnswered, noteProbeFailed, type Outbox } from './notes.ts';
import type { ForwardHealthOptions, ForwardingOptions } from './options.ts';

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
  readonly address: string;
  readonly options: ForwardHealthOptions;
  failedProbes: number;
  probing: boolean;
}

export class Forwarder {
  /** Probes under way and pauses between probes, with the upstream they are for. */
  readonly probes: Map<ExchangeId, Health> = new Map();
  readonly pauses: Map<TimerId, Health> = new Map();
  readonly #options: ForwardingOptions;
  /** By zone, where these are others. */
  readonly #own: ReadonlyMap<Name, ForwardingOptions>;
  readonly #groups: Map<Name, UpstreamGroup> = new Map();
  /** By address, for each of the options. */
  readonly #health: Map<ForwardingOptions, Map<string, Health>> = new Map();

  constructor(options: ForwardingOptions, zones: readonly ConfiguredZone[]) {
    this.#options = options;
    this.#own = new Map(
      zones.flatMap(({ zone, forwarding }) => (forwarding ? [[zone, forwarding] as const] : [])),
    );
  }

  /** How the upstreams of a forwarded zone are asked. */
  options(zone: Name): ForwardingOptions {
    return this.#own.get(zone) ?? this.#options;
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

  isDown(zone: Name, address: string): boolean {
    const health = this.#health.get(this.options(zone))?.get(address);
    return health !== undefined && isDown(health);
  }

  /** An upstream did not answer a question: it is probed until it answers a probe. */
  failed(outbox: Outbox, zone: Name, address: string): void {
    const options = this.options(zone);
    if (options.health === undefined) return;
    const group = this.#health.get(options) ?? new Map<string, Health>();
    this.#health.set(options, group);
    const health = group.get(address) ?? {
      address,
      options: options.health,
      failedProbes: 0,
      probing: false,
    };
    group.set(address, health);
    if (health.probing) return;
    health.probing = true;
    this.#probe(outbox, health);
  }

  /** The end of a probe; false when the exchange is none. @param answered whatever was said */
  probeEnded(outbox: Outbox, exchange: ExchangeId, answered: boolean): boolean {
    const health = this.probes.get(exchange);
    if (health === undefined) return false;
    this.probes.delete(exchange);
    if (answered) {
      noteProbeAnswered(outbox, health.address);
      health.failedProbes = 0;
      health.probing = false;
    } else {
      health.failedProbes++;
      noteProbeFailed(outbox, health.address, isDown(health));
      this.#pause(outbox, health);
    }
    return true;
  }

  /** The end of a pause between probes; false when the timer is none. */
  pauseEnded(outbox: Outbox, timer: TimerId): boolean {
    const health = this.pauses.get(timer);
    if (health === undefined) return false;
    this.pauses.delete(timer);
    this.#probe(outbox, health);
    return true;
  }

  /** CoreDNS asks for an NS set, the root's unless told otherwise, and any reply will do (plugin/pkg/proxy/health.go). */
  #probe(outbox: Outbox, health: Health): void {
    const exchange = outbox.nextId++;
    this.probes.set(exchange, health);
    const { address, options } = health;
    const question = { name: options.name ?? ROOT, type: NS };
    const timeout = options.timeoutMicros;
    outbox.actions.push({ kind: 'send', exchange, address, question, transport: 'udp', timeout });
  }

  #pause(outbox: Outbox, health: Health): void {
    const timer = outbox.nextId++;
    this.pauses.set(timer, health);
    outbox.actions.push({ kind: 'arm', timer, delay: health.options.pauseMicros });
  }
}

function isDown({ failedProbes, options }: Health): boolean {
  return failedProbes >= options.failures;
}
