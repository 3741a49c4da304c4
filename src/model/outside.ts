/**
 * The contract between cells and everything they share: authority, endpoints, network, timeline.
 *
 * A cell is one recursive resolver (or pool) with the clients behind it. Cells meet only here, so the shared
 * side can run ahead to the next instant at which something a cell can see changes; all cells then play up to
 * that instant one after the other, and the change is applied. Where load feeds back (a finite capacity or a
 * flood), `advance` never goes further than one feedback window.
 */
import type { Micros } from '../base/time.ts';
import type { Message, Question } from '../dns/data/message.ts';
import type { Transport } from '../dns/resolve/protocol.ts';
import type { AnswerCount } from './answer-count.ts';
import type { FlushSpec } from './spec.ts';

/** A source of uniform draws in [0, 1), owned by the caller so that cells never share one. */
export type Draw = () => number;

/** What becomes of one query to an authoritative server. Delays are from sending to receiving. */
export type Delivery =
  | { readonly kind: 'reply'; readonly delay: Micros; readonly message: Message }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unreachable'; readonly delay: Micros };

/** How things stand between two parties, all active faults combined. */
export interface LinkState {
  /** `none`, or how the failure shows. */
  readonly down: 'none' | 'silent' | 'refused';
  /** Chance that a packet (or a request) is lost, 0 to 1. */
  readonly loss: number;
  /** Added to the round trip. */
  readonly extra: Micros;
}

/** How an endpoint treats a client of a region. */
export interface EndpointState extends LinkState {
  /** Share of connections that succeed but whose request fails (HTTP 5xx), 0 to 1. */
  readonly errors: number;
  /** The address is that of a provider's proxy, so errors are its own or those of what lies behind. Absent: no. */
  readonly proxied?: true;
  /** Round trip without faults. */
  readonly roundTrip: Micros;
}

/** A step of the reaction to a fault, for the phases of a recovery. */
export interface Reaction {
  readonly at: Micros;
  readonly stage: 'detect' | 'decide' | 'publish';
  /** `health check marks us-east unhealthy`. */
  readonly label: string;
  /** By which rule, where the label does not say: who had to agree, how long that takes. */
  readonly rule?: string;
}

/** What a resolver tells of itself and of its client, as far as it matters to authorities. */
export interface Asker {
  /** Index of the resolver service, and of its first instance here. */
  readonly service: number;
  readonly instance?: number;
  /** Index of the client's region, where the resolver sends it (RFC 7871). */
  readonly clientRegion?: number | undefined;
  /** It asks for signatures and proofs (RFC 3225 §3). Absent: no. */
  readonly dnssecOk?: boolean | undefined;
}

export interface Outside {
  /** Raised by every `apply` that changed something visible. */
  readonly version: number;
  /** Everything the operators and checkers did so far, in order of time. */
  readonly reactions: readonly Reaction[];

  /**
   * Plays the shared side's own events up to the first instant at which something visible changes, at most to
   * `limit`, and returns that instant. The change is not visible before `apply`.
   */
  advance(limit: Micros): Micros;
  /** Makes the changes of the instant `advance` returned visible, and closes its feedback window. */
  apply(): void;
  /** Resolver caches to flush by the last `apply`. */
  readonly flushes: readonly FlushSpec[];

  /**
   * One query from a resolver in `region` to a server address at `now`. Counts as load of that server, except
   * before 0, while caches are being warmed.
   */
  ask(
    address: string,
    question: Question,
    region: number,
    transport: Transport,
    now: Micros,
    draw: Draw,
    asker?: Asker,
  ): Delivery;

  /** Which endpoint owns an address: an index into `spec.endpoints`, or −1. */
  endpointOf(address: string): number;
  /** How endpoint `endpoint`, contacted by clients of `region`, stands now. `family` of the address used. */
  endpointState(endpoint: number, region: number): EndpointState;
  /** How a resolver service stands now, seen from clients of `region`. */
  resolverState(resolver: number, region: number): LinkState;
  /**
   * The addresses that correctly behaving authorities would give for the question to a resolver next to clients
   * of `region` now: the truth against which answers count as old or wrong. Empty for NODATA and NXDOMAIN.
   */
  truth(question: Question, region: number): readonly string[];
  /** Whether answers to the question depend on the region of the client, for resolvers that send it. */
  isScoped(question: Question): boolean;

  /** Queries received so far by hop (root, each TLD, each provider), in order of the spec. */
  load(): readonly { readonly hop: string; readonly queries: number; readonly peakPerSecond: number }[];
  /** Answers given so far by the providers that have prices. */
  answers(): readonly AnswerCount[];
  /** Digest of the shared side's own events. */
  digest(): string;
}
