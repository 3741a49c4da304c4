/** Settings of recursive resolvers: what `with:` of a resolver takes. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { PrefetchOptions, ResolverOptions } from '../../dns/resolve/options.ts';
import { durationKind, numberKind, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { clientTimerKind, limitKind, prefetchKind, switchKind, ttlCapKind } from './kinds.ts';
import { RESOLVER_FORWARD_SETTINGS, type ResolverForwardSettings } from './resolver-forward.ts';
import { RESOLVER_RULE_SETTINGS, type ResolverRuleSettings } from './resolver-rules.ts';
import { RESOLVER_UPSTREAM_SETTINGS, type ResolverUpstreamSettings } from './resolver-upstream.ts';
import type { SettingTable } from './table.ts';

export interface ResolverSettings
  extends ResolverRuleSettings,
    ResolverUpstreamSettings,
    ResolverForwardSettings {
  readonly 'ttl-floor': Seconds;
  readonly 'ttl-cap': Seconds;
  readonly 'negative-floor': Seconds;
  readonly 'negative-cap': Seconds;
  readonly 'expiry-grace': Seconds;
  readonly 'cached-names': number | undefined;
  readonly 'cached-denials': number | undefined;
  readonly 'failure.first': Seconds;
  readonly 'failure.factor': number;
  readonly 'failure.maximum': Seconds;
  readonly 'serve-stale.enabled': boolean;
  readonly 'serve-stale.client-timer': Micros | undefined;
  readonly 'serve-stale.answer-ttl': Seconds;
  readonly 'serve-stale.cap-at-original-ttl': boolean;
  readonly 'serve-stale.max-stale': Seconds;
  readonly 'serve-stale.recheck': Seconds;
  readonly 'serve-stale.nxdomain': boolean;
  readonly prefetch: PrefetchOptions | undefined;
  readonly 'nxdomain-cut': boolean;
  readonly 'accept-volunteered-ns': boolean;
  readonly 'chain-trust': ResolverOptions['chainTrust'];
  readonly 'non-authoritative': ResolverOptions['nonAuthoritative'];
  readonly credibility: ResolverOptions['credibility'];
  readonly 'qname-minimisation.mode': ResolverOptions['qnameMinimisation'];
  readonly 'qname-minimisation.count': number;
  readonly 'qname-minimisation.one-label': number;
  readonly 'qname-minimisation.timeouts': number;
  readonly 'sends-per-server': number;
  readonly 'timeout.mode': ResolverOptions['timeout'];
  readonly 'timeout.first': Micros;
  readonly 'timeout.minimum': Micros;
  readonly 'timeout.maximum': Micros;
  readonly 'timeout.backoff': number;
  readonly 'timeout.counted-per': ResolverOptions['backoffScope'];
  readonly 'quarantine.enabled': boolean;
  readonly 'quarantine.after': number;
  readonly 'quarantine.first': Micros;
  readonly 'quarantine.factor': number;
  readonly 'quarantine.maximum': Micros;
  readonly 'server-memory': Seconds;
  readonly lame: Seconds;
  readonly 'limits.time': Micros;
  readonly 'limits.queries': number;
  readonly 'limits.cnames': number;
  readonly 'limits.depth': number;
  readonly 'limits.outstanding': number | undefined;
  readonly 'limits.joined': number | undefined;
  readonly 'limits.client-rate': number | undefined;
  readonly 'limits.client-pending': number | undefined;
  readonly 'join-queries': boolean;
  readonly ecs: boolean;
  readonly priming: boolean;
  readonly 'ignore-cached-dname': boolean;
  readonly 'refresh-delegation': boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly 'prefer-ipv6': boolean;
}

const at = <T>(kind: T, about: string): { readonly kind: T; readonly about: string } => ({ kind, about });

export const RESOLVER_SETTINGS: SettingTable<ResolverSettings> = {
  settings: {
    'ttl-floor': at(ttlKind, 'Shorter TTLs are kept this long all the same.'),
    'ttl-cap': at(ttlCapKind, 'Longer TTLs are cut to this.'),
    'negative-floor': at(ttlKind, 'Shorter negative TTLs are kept this long all the same.'),
    'negative-cap': at(ttlCapKind, 'Longer negative TTLs are cut to this (RFC 2308 §5).'),
    'expiry-grace': at(ttlKind, 'Data stay usable this long after their TTL reached 0.'),
    'cached-names': at(limitKind, 'Most owner names in the cache.'),
    'cached-denials': at(
      limitKind,
      'Most names of which only denials are held, counted apart; unlimited: they count among cached-names.',
    ),
    'failure.first': at(ttlKind, 'Life of the first remembered failure (RFC 9520 §3.2).'),
    'failure.factor': at(numberKind(1), 'Each failure in a row lives this many times longer.'),
    'failure.maximum': at(ttlKind, 'Longest life of a remembered failure.'),
    'serve-stale.enabled': at(
      switchKind,
      'Whether expired data are served when fresh data cannot be had (RFC 8767).',
    ),
    'serve-stale.client-timer': at(
      clientTimerKind,
      'Stale data go out this long after the query, or after-failure.',
    ),
    'serve-stale.answer-ttl': at(ttlKind, 'TTL written on stale answers.'),
    'serve-stale.cap-at-original-ttl': at(
      switchKind,
      "Whether that TTL may not exceed the data's original TTL.",
    ),
    'serve-stale.max-stale': at(ttlKind, 'How long after expiry data may be served.'),
    'serve-stale.recheck': at(ttlKind, 'After a failed refresh stale data go out at once this long.'),
    'serve-stale.nxdomain': at(switchKind, 'Whether an expired NXDOMAIN is served too.'),
    prefetch: at(
      prefetchKind,
      'When a hit starts a refresh: off, the last 10%, 1% + 5s, or the last 2s of 9s and more.',
    ),
    'nxdomain-cut': at(
      switchKind,
      'Whether names below a cached NXDOMAIN are denied without asking (RFC 8020).',
    ),
    'accept-volunteered-ns': at(switchKind, 'Whether the NS set next to an answer enters the cache.'),
    'chain-trust': at(
      wordKind(['first-link', 'whole']),
      'How much of a CNAME chain inside one reply is believed.',
    ),
    'non-authoritative': at(
      wordKind(['accept', 'last-resort', 'lame']),
      'What replies without AA from a delegated server count for.',
    ),
    credibility: at(
      wordKind(['child', 'parent']),
      "Whose NS set counts: the child's own or the parent's referral.",
    ),
    'qname-minimisation.mode': at(
      wordKind(['off', 'relaxed', 'strict']),
      'RFC 9156: off, relaxed or strict.',
    ),
    'qname-minimisation.count': at(wholeKind(1, 128), 'Most minimised queries per question.'),
    'qname-minimisation.one-label': at(wholeKind(0, 128), 'How many of them add one label only.'),
    'qname-minimisation.timeouts': at(
      wholeKind(1, 128),
      'Time-outs in a row after which the full name is asked.',
    ),
    'sends-per-server': at(
      wholeKind(1, 1000),
      'Most sends of one question to one address; RFC 9520 §3.1 allows 3.',
    ),
    'timeout.mode': at(
      wordKind(['adaptive', 'whole-milliseconds', 'rounded-milliseconds', 'selection', 'fixed']),
      'adaptive follows the round-trip time (RFC 6298 §2), whole-milliseconds as Unbound, rounded-milliseconds as ' +
        'Knot Resolver, selection as BIND.',
    ),
    'timeout.first': at(durationKind(1), 'Time-out of a send to an address never heard from.'),
    'timeout.minimum': at(durationKind(1), 'Shortest time-out.'),
    'timeout.maximum': at(durationKind(1), 'Longest time-out.'),
    'timeout.backoff': at(numberKind(1), 'Each time-out in a row multiplies the next by this.'),
    'timeout.counted-per': at(
      wordKind(['server', 'losses', 'question']),
      'server: back-off lasts until the server replies; losses: the same, and queries that time out at the same ' +
        'time each count; question: a new question starts without.',
    ),
    'quarantine.enabled': at(
      switchKind,
      'Whether an address that keeps timing out is left alone for a while.',
    ),
    'quarantine.after': at(wholeKind(1, 1000), 'Time-outs in a row until then.'),
    'quarantine.first': at(durationKind(1), 'First pause; then one probe.'),
    'quarantine.factor': at(numberKind(1), 'Each further loss multiplies the pause by this.'),
    'quarantine.maximum': at(durationKind(1), 'Longest pause.'),
    'server-memory': at(ttlKind, 'How long round-trip times and time-outs of an address are remembered.'),
    lame: at(ttlKind, 'How long a lame address stays out of use; 0s: for the question only.'),
    'limits.time': at(durationKind(1), 'Longest time spent on one client request (RFC 8767 §5).'),
    'limits.queries': at(wholeKind(1), 'Most queries sent for one client request.'),
    'limits.cnames': at(wholeKind(0, 1000), 'Longest CNAME chain.'),
    'limits.depth': at(wholeKind(1, 100), 'How deep look-ups of name server addresses may nest.'),
    'limits.outstanding': at(limitKind, 'Most client requests waiting at once.'),
    'limits.joined': at(limitKind, 'Most client requests waiting for one question.'),
    'limits.client-rate': at(
      limitKind,
      'Most queries in a second from one machine (a client, or an instance that forwards); more are lost.',
    ),
    'limits.client-pending': at(
      limitKind,
      'Most queries of one machine that wait for an answer; more are lost.',
    ),
    'join-queries': at(switchKind, 'Whether identical queries in flight share one resolution.'),
    ecs: at(switchKind, "Whether the client's region is sent along to authorities (RFC 7871)."),
    priming: at(switchKind, "Whether the root's NS set is asked for before the hints are used (RFC 8109)."),
    'ignore-cached-dname': at(switchKind, 'Leave names below a cached DNAME to the authority.'),
    'refresh-delegation': at(switchKind, 'Ask the parent once more when no server of a zone was of use.'),
    ipv4: at(switchKind, 'Whether servers are reached over IPv4.'),
    ipv6: at(switchKind, 'Whether servers are reached over IPv6.'),
    'prefer-ipv6': at(switchKind, 'Whether IPv6 addresses of servers are looked up first.'),
    ...RESOLVER_RULE_SETTINGS,
    ...RESOLVER_FORWARD_SETTINGS,
    ...RESOLVER_UPSTREAM_SETTINGS,
  },
  groups: {
    failure: 'Memory of failed resolutions (RFC 9520).',
    'serve-stale': 'Serving expired data (RFC 8767); a word alone switches it.',
    'qname-minimisation': 'Sending only as much of the name as needed (RFC 9156); a word alone is the mode.',
    timeout: 'How long a reply is waited for.',
    quarantine: 'Leaving addresses alone that keep timing out; a word alone switches it.',
    'server-addresses': 'When addresses of servers known by name only are looked up.',
    probe: 'One query at a time for addresses with a long time-out; a word alone switches it.',
    throttle: 'Keeping questions from servers that did not answer them well; a word alone switches it.',
    tcp: 'TCP where UDP is of no use; a word alone switches it.',
    selection: 'Which server of a zone is asked; a word alone is the rule.',
    limits: 'What one client request may cost.',
    forward: 'How the resolvers of `forward:` are asked; a word alone is the policy.',
  },
  heads: {
    'serve-stale': { member: 'enabled', ofMap: true },
    'qname-minimisation': { member: 'mode' },
    quarantine: { member: 'enabled', ofMap: true },
    probe: { member: 'enabled', ofMap: true },
    throttle: { member: 'enabled', ofMap: true },
    tcp: { member: 'enabled', ofMap: true },
    selection: { member: 'by' },
    forward: { member: 'policy' },
  },
  ascending: [
    ['ttl-floor', 'ttl-cap'],
    ['negative-floor', 'negative-cap'],
    ['failure.first', 'failure.maximum'],
    ['timeout.minimum', 'timeout.maximum'],
    ['quarantine.first', 'quarantine.maximum'],
  ],
};
