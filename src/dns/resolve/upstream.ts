/**
 * The rules towards authoritative servers in which implementations differ, as plain data: how long a reply is
 * waited for, how often whom, when a server is left alone, when TCP is used, and what ends a fetch.
 *
 * Not modelled: EDNS itself (only the repeated packet that Unbound's fallback costs), cookies, and source ports.
 */
import type { Micros, Seconds } from '../../base/time.ts';

/**
 * One probe at a time for addresses whose time-out has grown long (Unbound, infra.c): with a time-out of
 * `fromMicros` or more, a send keeps all others off for its time-out and `marginMicros`; with one of `outMicros`
 * the address is out of use until what is known of it is too old; it then gets one query, and unless that is answered it
 * is out of use for as long again.
 */
export interface ProbeOptions {
  readonly fromMicros: Micros;
  readonly marginMicros: Micros;
  readonly outMicros: Micros;
  /** While others keep off, questions of a type (A, AAAA, all others) that was lost fewer times than this go out. */
  readonly typeLosses: number;
}

/**
 * A question that an address did not answer well is not put to it again for a time or so many occasions, whichever
 * ends first (PowerDNS Recursor, syncres.cc doThrottle()).
 */
export interface ThrottleOptions {
  readonly timeoutMicros: Micros;
  readonly timeoutQueries: number;
  readonly errorMicros: Micros;
  readonly errorQueries: number;
  /** After a refusal by the network. */
  readonly refusalMicros: Micros;
  readonly refusalQueries: number;
}

/**
 * TCP where UDP fails (Knot Resolver, selection.c, worker.c). Once a connection could not be opened, the fetch that
 * began it goes on over UDP; those that had joined it try TCP once more.
 */
export interface TcpOptions {
  /** After so many time-outs of one server within a fetch; undefined = never for this reason. */
  readonly afterTimeouts: number | undefined;
  /** After an error reply over UDP to the full question; a server is then out of use only when it repeats the error
   * over TCP. An error reply before that leads to the full question, minimised or not. */
  readonly afterErrors: boolean;
  /** Where a reply would be waited for longer than this; undefined = never for this reason. */
  readonly aboveMicros: Micros | undefined;
  /** Shortest wait for the connection; a longer time-out holds. */
  readonly connectMicros: Micros;
  /** Wait for the reply once connected. */
  readonly replyMicros: Micros;
}

/**
 * When the address of a server that is known by name only is looked up although others can be asked:
 * `ahead`, at once and in the background, while those known are asked (RFC 1034 §5.3.3 step 2; Unbound, BIND);
 * `untried`, when the selection, which takes servers never asked first, comes to it (PowerDNS Recursor);
 * `explored`, when the selection draws it among all servers instead of taking the best (Knot Resolver);
 * `needed`, never. Where none that is known can be asked, or by all but `ahead` where each has been asked once, one
 * address after another is looked up and waited for.
 */
export interface AddressRules {
  readonly when: 'ahead' | 'untried' | 'explored' | 'needed';
  /** `ahead`: so many names at a time for the question of a client. */
  readonly names: number;
  /** `ahead`: so many fewer for each level at which look-ups of addresses nest. */
  readonly fewerPerLevel: number;
}

export interface UpstreamRules {
  /** `adaptive` time-outs exceed the smoothed round-trip time by at least this. */
  readonly marginMicros: Micros;
  /** Back-off where nothing is known of an address: its own, or that of all time-outs of the fetch. */
  readonly unknownBackoff: 'own' | 'fetch';
  /** So many sends or time-outs do not yet multiply the time-out. */
  readonly freeTries: number;
  /** Minimised questions before the full one count as so many sends of it, and as so many more for each further
   * round over the addresses of the zone that the fetch began with. */
  readonly minimisedSends: number;
  /** A send whose time-out was shorter than this is repeated once, to the same address with the same time-out,
   * before it counts as a time-out; 0 = never. */
  readonly repeatBelowMicros: Micros;
  /** Whether `sendsPerServer` counts sends of one question without reply, or all tries within one delegation. */
  readonly triesPer: 'question' | 'delegation';
  /** So many error replies of a server to one fetch put it out of use for it. */
  readonly errorsPerServer: number;
  /** So many error replies in a row end a fetch; undefined = no limit. */
  readonly maximumErrors: number | undefined;
  /** So many time-outs end a client request; undefined = no limit. */
  readonly maximumTimeouts: number | undefined;
  /** After an error reply to a minimised question: the full name at once, or the next server first. */
  readonly minimisedErrors: 'full-name' | 'next-server';
  /** Whether a reply to the full question is taken for one to a minimised question after time-outs, if not more in a
   * row than end minimisation: the question is asked once more (Unbound, iterator.c SKIP_MINIMISE_STATE). */
  readonly confirmsAfterTimeouts: boolean;
  /** Whether names known to hold no zone cut are left out of minimisation. */
  readonly remembersUncut: boolean;
  /** Whether error replies count as samples of the round-trip time. */
  readonly errorsTellTime: boolean;
  /** What a refusal by the network (ICMP) does: `ignored`, nothing, as if the host were silent; `next-server`, another is
   * asked at once; `as-loss`, the same, and the address is remembered as after a time-out. */
  readonly refusals: 'ignored' | 'next-server' | 'as-loss';
  /** Who waits for a question under way instead of asking it as well: `nobody`; whoever needs it, and after a time-out the
   * `first` or the `last` of them goes on; whoever would ask the same `server`; the same as a `chain`, each with a
   * time-out of its own. */
  readonly sharedBy: 'nobody' | 'first' | 'last' | 'server' | 'chain';
  readonly probe: ProbeOptions | undefined;
  readonly throttle: ThrottleOptions | undefined;
  readonly tcp: TcpOptions | undefined;
  /** Whether the time limit ends a wait under way (`at-once`) or only forbids another try. */
  readonly timeLimit: 'at-once' | 'between-tries';
  /** Whether the limit of queries holds for a client request with all it needs, or for each fetch. */
  readonly queriesPer: 'request' | 'fetch';
  readonly addresses: AddressRules;
  /** Whether the parent is asked anew for the NS set and then for each server's address, every server being
   * tried again each time (Unbound's last resort). */
  readonly refreshAddresses: boolean;
  /** No second refresh of a delegation within this time; 0 = while its failure is remembered. */
  readonly refreshPauseSeconds: Seconds;
}

/** What the RFCs recommend; where they are silent, what most software does. */
export const UPSTREAM_REFERENCE: UpstreamRules = {
  marginMicros: 0, // RFC 6298 §2: clock granularity, none here
  unknownBackoff: 'own', // RFC 9520 §3.1
  freeTries: 0, // RFC 6298 §5.5
  minimisedSends: 0, // RFC 9520 §3.1
  repeatBelowMicros: 0, // RFC 9520 §3.1
  triesPer: 'question', // RFC 9520 §3.1
  errorsPerServer: 1, // RFC 9520 §3.1
  maximumErrors: undefined, // RFC 9520 §3.1 limits sends per server
  maximumTimeouts: undefined, // RFC 9520 §3.1 limits sends per server
  minimisedErrors: 'full-name', // RFC 9156 §2.3 step 6
  confirmsAfterTimeouts: false, // no RFC asks for it
  remembersUncut: true, // RFC 9156 §2.3 step 1
  errorsTellTime: true, // an error reply is a reply
  refusals: 'next-server', // RFC 9520 §2.1: an error to be told from silence
  sharedBy: 'nobody', // no RFC asks for it
  probe: undefined, // no RFC asks for it
  throttle: undefined, // no RFC asks for it
  tcp: undefined, // RFC 9210 §4.1 allows TCP first, no RFC asks for it after losses
  timeLimit: 'at-once', // RFC 8767 §5 query resolution timer
  queriesPer: 'request', // RFC 9520 §2.6
  addresses: { when: 'ahead', names: 3, fewerPerLevel: 1 }, // RFC 1034 §5.3.3; as many as Unbound
  refreshAddresses: false, // RFC 8767 §5 asks for the delegation only
  refreshPauseSeconds: 0, // RFC 9520 §3.2
};
