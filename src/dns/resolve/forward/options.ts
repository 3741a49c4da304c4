/** How software that only forwards treats its upstream resolvers, as plain data. */
import type { Micros, Seconds } from '../../../base/time.ts';
import type { Name } from '../../data/name.ts';

/** In which order upstreams are asked. */
export type ForwardPolicy =
  /** One upstream, the first to answer when all were asked; now and then all are asked again (dnsmasq). */
  | 'sticky-fastest'
  /** A new random order for each question (CoreDNS `policy random`). */
  | 'random'
  /** Each question starts one further down the list (CoreDNS `policy round_robin`). */
  | 'round-robin'
  /** Always in the order of the list (CoreDNS `policy sequential`, Windows Server). */
  | 'sequential';

/** Probes of an upstream that did not answer (CoreDNS forward: `health_check`, `max_fails`). */
export interface ForwardHealthOptions {
  /** Failed probes until the upstream counts as down; it is up again after one that is answered. */
  readonly failures: number;
  /** From the end of a failed probe to the next, microseconds. */
  readonly pauseMicros: Micros;
  /** A probe without an answer fails after this long, microseconds. */
  readonly timeoutMicros: Micros;
  /** Whose NS set probes ask for; absent: the root's. */
  readonly name?: Name | undefined;
}

export interface ForwardingOptions {
  readonly policy: ForwardPolicy;
  /** How long one transmission to an upstream is waited for, microseconds. */
  readonly timeoutMicros: Micros;
  /** Rounds over the list for one question; undefined = as many as `totalMicros` allows. */
  readonly rounds?: number | undefined;
  /** No transmission begins this long after the first, microseconds. */
  readonly totalMicros: Micros;
  /** Whether SERVFAIL or REFUSED from one upstream sends the question to the others. */
  readonly resendErrors: boolean;
  /** Whether the client gets no answer at all, instead of SERVFAIL, where no upstream answers. */
  readonly silent: boolean;
  /** TTL of an answer just fetched: as the upstream told it, or as the cache keeps it. */
  readonly freshTtl: 'received' | 'kept';
  /** Cached data are told with the whole TTL, however old they are (CoreDNS cache `keepttl`). Absent: they age. */
  readonly keepsTtl?: boolean | undefined;
  /** No TTL above this is told to clients, seconds; undefined = no such cap. */
  readonly shownTtlCapSeconds?: Seconds | undefined;
  readonly health?: ForwardHealthOptions | undefined;
  /** With all upstreams down nobody is asked (CoreDNS `failfast_all_unhealthy_upstreams`). Absent: one at random. */
  readonly failfast?: boolean | undefined;
  /** Most queries under way to these upstreams; what is more fails at once (CoreDNS `max_concurrent`). */
  readonly concurrent?: number | undefined;
  /** `sticky-fastest`: all upstreams are asked after more than this many questions ... */
  readonly stickyQuestions: number;
  /** ... or this long after they last were, microseconds. */
  readonly stickyMicros: Micros;
}
