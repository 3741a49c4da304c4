/** Settings of recursive resolvers: the rules towards authoritative servers in which implementations differ. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { SelectionOptions } from '../../dns/resolve/select/options.ts';
import type { AddressRules, UpstreamRules } from '../../dns/resolve/upstream.ts';
import { durationKind, shareKind, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { limitKind, switchKind, waitKind } from './kinds.ts';
import type { SettingTable } from './table.ts';

export interface ResolverUpstreamSettings {
  readonly 'timeout.margin': Micros;
  readonly 'timeout.unknown-backoff': UpstreamRules['unknownBackoff'];
  readonly 'timeout.free-tries': number;
  readonly 'timeout.minimised-tries': number;
  readonly 'timeout.repeat-below': Micros;
  readonly 'tries-per': UpstreamRules['triesPer'];
  readonly 'errors-per-server': number;
  readonly 'errors-tell-time': boolean;
  readonly refusals: UpstreamRules['refusals'];
  readonly 'shared-by': UpstreamRules['sharedBy'];
  readonly 'qname-minimisation.errors': UpstreamRules['minimisedErrors'];
  readonly 'qname-minimisation.confirm': boolean;
  readonly 'qname-minimisation.remember': boolean;
  readonly 'probe.enabled': boolean;
  readonly 'probe.from': Micros;
  readonly 'probe.margin': Micros;
  readonly 'probe.out': Micros;
  readonly 'probe.type-losses': number;
  readonly 'throttle.enabled': boolean;
  readonly 'throttle.timeout': Micros;
  readonly 'throttle.timeout-queries': number;
  readonly 'throttle.error': Micros;
  readonly 'throttle.error-queries': number;
  readonly 'throttle.refusal': Micros;
  readonly 'throttle.refusal-queries': number;
  readonly 'tcp.enabled': boolean;
  readonly 'tcp.after-timeouts': number | undefined;
  readonly 'tcp.after-errors': boolean;
  readonly 'tcp.above': Micros | undefined;
  readonly 'tcp.connect': Micros;
  readonly 'tcp.reply': Micros;
  readonly 'limits.timeouts': number | undefined;
  readonly 'limits.errors': number | undefined;
  readonly 'quarantine.least-timeout': Micros;
  readonly 'quarantine.bypass': number;
  readonly 'quarantine.one-probe': boolean;
  readonly 'limits.time-ends': UpstreamRules['timeLimit'];
  readonly 'limits.queries-per': UpstreamRules['queriesPer'];
  readonly 'server-addresses.when': AddressRules['when'];
  readonly 'server-addresses.names': number;
  readonly 'server-addresses.fewer-per-level': number;
  readonly 'refresh-addresses': boolean;
  readonly 'refresh-pause': Seconds;
  readonly 'selection.by': SelectionOptions['id'];
  readonly 'selection.weight': number;
  readonly 'selection.decay': number;
  readonly 'selection.penalty': Micros;
  readonly 'selection.explore': number;
  readonly 'selection.cap': number;
  readonly 'selection.band': Micros;
  readonly 'selection.time-constant': Micros;
  readonly 'selection.ipv4-handicap': Micros;
}

const at = <T>(kind: T, about: string): { readonly kind: T; readonly about: string } => ({ kind, about });

/** The part of the settings table that holds these rules. */
export const RESOLVER_UPSTREAM_SETTINGS: SettingTable<ResolverUpstreamSettings>['settings'] = {
  'timeout.margin': at(
    durationKind(),
    'adaptive: the time-out exceeds the round-trip time by this at least.',
  ),
  'timeout.unknown-backoff': at(
    wordKind(['own', 'fetch']),
    'Whether all time-outs of a fetch lengthen the time-out of an address never heard from.',
  ),
  'timeout.free-tries': at(wholeKind(0, 100), 'So many tries do not yet multiply the time-out.'),
  'timeout.minimised-tries': at(
    wholeKind(0, 100),
    'So many tries of the full question count as used up by minimised ones before it.',
  ),
  'timeout.repeat-below': at(
    durationKind(),
    'A send with a shorter time-out is repeated once before it counts as lost; 0s: never.',
  ),
  'tries-per': at(
    wordKind(['question', 'delegation']),
    'Whether sends-per-server counts sends of one question or all tries within one delegation.',
  ),
  'errors-per-server': at(wholeKind(1, 100), 'Error replies that put a server out of use for a fetch.'),
  'errors-tell-time': at(switchKind, 'Whether error replies count as samples of the round-trip time.'),
  refusals: at(
    wordKind(['ignored', 'next-server', 'as-loss']),
    'What a refusal by the network (ICMP) does: nothing, as if the host were silent; another server is asked at once; ' +
      'or that, and the address is remembered as after a time-out.',
  ),
  'shared-by': at(
    wordKind(['nobody', 'first', 'last', 'server', 'chain']),
    'Who waits for a question under way instead of asking it as well: nobody; whoever needs it, and after a time-out ' +
      'the first or the last of them goes on; whoever would ask the same server; in a chain each with a time-out of its own.',
  ),
  'qname-minimisation.errors': at(
    wordKind(['full-name', 'next-server']),
    'After an error reply to a minimised question: the full name at once, or the next server first.',
  ),
  'qname-minimisation.confirm': at(
    switchKind,
    'Whether the full question is asked once more when its reply came after time-outs, as Unbound does.',
  ),
  'qname-minimisation.remember': at(
    switchKind,
    'Whether names known to hold no zone cut are left out of minimisation.',
  ),
  'probe.enabled': at(switchKind, 'Whether addresses with a long time-out get one query at a time.'),
  'probe.from': at(durationKind(1), 'From this time-out on.'),
  'probe.margin': at(durationKind(), 'Others keep off for the time-out and this.'),
  'probe.out': at(
    durationKind(1),
    'At this time-out the address is out of use until its memory is too old; then one query is tried.',
  ),
  'probe.type-losses': at(
    wholeKind(0),
    'While others keep off, types of question (A, AAAA, others) lost fewer times than this go out.',
  ),
  'throttle.enabled': at(switchKind, 'Whether a question is kept from servers that did not answer it well.'),
  'throttle.timeout': at(durationKind(), 'After a time-out for this long,'),
  'throttle.timeout-queries': at(wholeKind(1, 10_000), 'or so many occasions.'),
  'throttle.error': at(durationKind(), 'After an error reply for this long,'),
  'throttle.error-queries': at(wholeKind(1, 10_000), 'or so many occasions.'),
  'throttle.refusal': at(
    durationKind(),
    'After a refusal by the network, where it counts as a loss, for this long,',
  ),
  'throttle.refusal-queries': at(wholeKind(1, 10_000), 'or so many occasions.'),
  'tcp.enabled': at(switchKind, 'Whether TCP is tried where UDP is of no use.'),
  'tcp.after-timeouts': at(limitKind, 'After so many time-outs of one server within a fetch.'),
  'tcp.after-errors': at(
    switchKind,
    'After an error reply; a server is then out of use only when it repeats the error over TCP.',
  ),
  'tcp.above': at(waitKind, 'Where a reply would be waited for longer than this.'),
  'tcp.connect': at(durationKind(1), 'Shortest wait for a connection.'),
  'tcp.reply': at(durationKind(1), 'Wait for the reply once connected.'),
  'limits.timeouts': at(limitKind, 'Most time-outs in the course of one client request.'),
  'limits.errors': at(limitKind, 'Most error replies in a row to one fetch.'),
  'quarantine.least-timeout': at(durationKind(), 'Shorter time-outs do not begin it.'),
  'quarantine.bypass': at(shareKind, 'Share of questions for which it is not heeded.'),
  'quarantine.one-probe': at(
    switchKind,
    'Whether one query at a time is all an address gets after its pause.',
  ),
  'limits.time-ends': at(
    wordKind(['at-once', 'between-tries']),
    'Whether limits.time ends a wait under way or only forbids another try.',
  ),
  'limits.queries-per': at(
    wordKind(['request', 'fetch']),
    'Whether limits.queries holds for a client request with all it needs or for each fetch.',
  ),
  'server-addresses.when': at(
    wordKind(['ahead', 'untried', 'explored', 'needed']),
    'When addresses of servers known by name only are looked up while others can be asked: ahead, in the ' +
      'background; untried, before servers asked already, as PowerDNS Recursor; explored, now and then, as Knot ' +
      'Resolver; needed, never.',
  ),
  'server-addresses.names': at(wholeKind(0, 100), 'ahead: so many names at a time.'),
  'server-addresses.fewer-per-level': at(
    wholeKind(0, 100),
    'ahead: so many fewer for each level at which look-ups of addresses nest.',
  ),
  'refresh-addresses': at(
    switchKind,
    "Whether refresh-delegation asks for each server's address as well and tries all servers again each time.",
  ),
  'refresh-pause': at(ttlKind, 'No second refresh of a delegation within this time.'),
  'selection.by': at(
    wordKind(['uniform', 'lowest-rtt', 'rtt-band', 'smoothed-rtt', 'decaying-rtt', 'epsilon-greedy']),
    'How a server is picked from the set: smoothed-rtt as BIND, decaying-rtt as PowerDNS Recursor, ' +
      'epsilon-greedy as Knot Resolver, rtt-band as Unbound.',
  ),
  'selection.weight': at(
    shareKind,
    'lowest-rtt, smoothed-rtt: share of a new sample in the smoothed round-trip time.',
  ),
  'selection.decay': at(
    shareKind,
    'lowest-rtt: share of its value an unused address loses per second; smoothed-rtt: each time others were ' +
      'asked, at most once a second.',
  ),
  'selection.penalty': at(
    durationKind(),
    'lowest-rtt: added by each time-out; smoothed-rtt: at most, and less for slow addresses.',
  ),
  'selection.explore': at(shareKind, 'lowest-rtt, epsilon-greedy: share of queries that go to any address.'),
  'selection.cap': at(
    wholeKind(1, 100),
    "epsilon-greedy: such a query waits at most this many times the best choice's time-out.",
  ),
  'selection.band': at(durationKind(), 'rtt-band: how much slower than the fastest is still good.'),
  'selection.time-constant': at(durationKind(1), 'decaying-rtt: an unused value falls to 1/e in this time.'),
  'selection.ipv4-handicap': at(durationKind(), 'smoothed-rtt: added to IPv4 addresses when comparing.'),
};

/** The rules as the resolver takes them. */
export function upstreamRules(settings: ResolverUpstreamSettings): UpstreamRules {
  return {
    marginMicros: settings['timeout.margin'],
    unknownBackoff: settings['timeout.unknown-backoff'],
    freeTries: settings['timeout.free-tries'],
    minimisedSends: settings['timeout.minimised-tries'],
    repeatBelowMicros: settings['timeout.repeat-below'],
    triesPer: settings['tries-per'],
    errorsPerServer: settings['errors-per-server'],
    maximumErrors: settings['limits.errors'],
    maximumTimeouts: settings['limits.timeouts'],
    minimisedErrors: settings['qname-minimisation.errors'],
    confirmsAfterTimeouts: settings['qname-minimisation.confirm'],
    remembersUncut: settings['qname-minimisation.remember'],
    errorsTellTime: settings['errors-tell-time'],
    refusals: settings.refusals,
    sharedBy: settings['shared-by'],
    probe: settings['probe.enabled'] ? probeOptions(settings) : undefined,
    throttle: settings['throttle.enabled'] ? throttleOptions(settings) : undefined,
    tcp: settings['tcp.enabled'] ? tcpOptions(settings) : undefined,
    timeLimit: settings['limits.time-ends'],
    queriesPer: settings['limits.queries-per'],
    addresses: {
      when: settings['server-addresses.when'],
      names: settings['server-addresses.names'],
      fewerPerLevel: settings['server-addresses.fewer-per-level'],
    },
    refreshAddresses: settings['refresh-addresses'],
    refreshPauseSeconds: settings['refresh-pause'],
  };
}

function probeOptions(settings: ResolverUpstreamSettings): NonNullable<UpstreamRules['probe']> {
  return {
    fromMicros: settings['probe.from'],
    marginMicros: settings['probe.margin'],
    outMicros: settings['probe.out'],
    typeLosses: settings['probe.type-losses'],
  };
}

function throttleOptions(settings: ResolverUpstreamSettings): NonNullable<UpstreamRules['throttle']> {
  return {
    timeoutMicros: settings['throttle.timeout'],
    timeoutQueries: settings['throttle.timeout-queries'],
    errorMicros: settings['throttle.error'],
    errorQueries: settings['throttle.error-queries'],
    refusalMicros: settings['throttle.refusal'],
    refusalQueries: settings['throttle.refusal-queries'],
  };
}

function tcpOptions(settings: ResolverUpstreamSettings): NonNullable<UpstreamRules['tcp']> {
  return {
    afterTimeouts: settings['tcp.after-timeouts'],
    afterErrors: settings['tcp.after-errors'],
    aboveMicros: settings['tcp.above'],
    connectMicros: settings['tcp.connect'],
    replyMicros: settings['tcp.reply'],
  };
}

/** The server selection as the resolver takes it. */
export function selectionOptions(settings: ResolverUpstreamSettings): SelectionOptions {
  const make = SELECTIONS[settings['selection.by']] as (from: ResolverUpstreamSettings) => SelectionOptions;
  return make(settings);
}

const SELECTIONS: {
  readonly [Id in SelectionOptions['id']]: (
    settings: ResolverUpstreamSettings,
  ) => Extract<SelectionOptions, { id: Id }>;
} = {
  uniform: () => ({ id: 'uniform' }),
  'rtt-band': (settings) => ({ id: 'rtt-band', bandMicros: settings['selection.band'] }),
  'lowest-rtt': (settings) => ({
    id: 'lowest-rtt',
    weight: settings['selection.weight'],
    decayPerSecond: settings['selection.decay'],
    timeoutPenaltyMicros: settings['selection.penalty'],
    ...(settings['selection.explore'] > 0 ? { exploreShare: settings['selection.explore'] } : {}),
  }),
  'smoothed-rtt': (settings) => ({
    id: 'smoothed-rtt',
    weight: settings['selection.weight'],
    ageing: settings['selection.decay'],
    timeoutPenaltyMicros: settings['selection.penalty'],
    ipv4HandicapMicros: settings['selection.ipv4-handicap'],
  }),
  'decaying-rtt': (settings) => ({
    id: 'decaying-rtt',
    timeConstantMicros: settings['selection.time-constant'],
  }),
  'epsilon-greedy': (settings) => ({
    id: 'epsilon-greedy',
    exploreShare: settings['selection.explore'],
    capFactor: settings['selection.cap'],
  }),
};
