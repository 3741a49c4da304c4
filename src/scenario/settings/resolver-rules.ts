/** Settings of recursive resolvers: the rules of caching and answering in which implementations differ. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { PrefetchOptions, ServeStaleOptions } from '../../dns/resolve/options.ts';
import type { AnswerRules, CacheRules } from '../../dns/resolve/rules.ts';
import { durationKind, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { discardKind, limitKind, switchKind } from './kinds.ts';
import type { SettingTable } from './table.ts';

export interface ResolverRuleSettings {
  readonly 'whole-seconds': boolean;
  readonly 'ttl-cap-least': Seconds;
  readonly 'ttl-bounds': CacheRules['ttlBoundsCover'];
  readonly 'negative-without-soa': Seconds;
  readonly 'negative-shown': CacheRules['negativeShown'];
  readonly 'fresh-shown': CacheRules['freshShown'];
  readonly 'nxdomain-scope': CacheRules['nxdomainScope'];
  readonly 'shared-soa': boolean;
  readonly 'aggressive-nsec': boolean;
  readonly 'aggressive-nsec3': boolean;
  readonly 'aggressive-nsec-records': number;
  readonly 'packet-cache': Seconds;
  readonly 'prefetch-delegations': boolean;
  readonly 'prefetch-hits': number;
  readonly 'prefetch-gap': Seconds;
  readonly 'serve-stale.timer-mode': 'timer' | 'shared' | 'fetch' | 'between-tries';
  readonly 'serve-stale.recheck-with-timer': boolean;
  readonly 'serve-stale.reset': boolean;
  readonly 'serve-stale.ede': boolean;
  readonly 'serve-stale.extensions': number;
  readonly 'serve-stale.extension': Seconds;
  readonly 'qname-minimisation.type': 'A' | 'NS';
  readonly 'qname-minimisation.uncut': number | undefined;
  readonly 'qname-minimisation.labels': number | undefined;
  readonly 'qname-minimisation.hide-type': boolean;
  readonly any: AnswerRules['any'];
  readonly 'without-recursion': AnswerRules['withoutRecursion'];
  readonly 'self-alias': AnswerRules['selfAlias'];
  readonly 'loop-shows-aliases': boolean;
  readonly 'discard-after': Micros | undefined;
  readonly 'limits.overload': AnswerRules['overload'];
  readonly 'limits.jostle': Micros;
  readonly 'limits.joined-step': number;
  readonly 'limits.joined-most': number;
  readonly 'limits.joined-falls': Seconds;
}

const at = <T>(kind: T, about: string): { readonly kind: T; readonly about: string } => ({ kind, about });

/** The part of the settings table that holds these rules. */
export const RESOLVER_RULE_SETTINGS: SettingTable<ResolverRuleSettings>['settings'] = {
  'whole-seconds': at(switchKind, 'Whether TTLs count from the last full second of the clock.'),
  'ttl-cap-least': at(ttlKind, 'A ttl-cap below this is raised to it.'),
  'ttl-bounds': at(
    wordKind(['data', 'soa', 'all']),
    'What ttl-floor and ttl-cap bound besides data: nothing, the TTL of the SOA of negative answers, or all negative TTLs.',
  ),
  'negative-without-soa': at(ttlKind, 'Life of a negative answer that comes without SOA.'),
  'negative-shown': at(
    wordKind(['kept', 'received']),
    'TTL shown by a negative answer from the cache: what is left of the entry, or of the TTL as received.',
  ),
  'fresh-shown': at(
    wordKind(['received', 'kept']),
    'TTL shown by an answer just fetched: as it came, or as kept where a delegation ends it earlier.',
  ),
  'nxdomain-scope': at(
    wordKind(['name', 'type']),
    'Whether a cached NXDOMAIN answers for every type of its name (RFC 2308) or for the type asked.',
  ),
  'shared-soa': at(switchKind, 'Whether negative answers of a zone share one cached SOA and end with it.'),
  'aggressive-nsec': at(
    switchKind,
    'Whether validated NSEC records and wildcards answer for further names of signed zones (RFC 8198).',
  ),
  'aggressive-nsec3': at(switchKind, 'Whether NSEC3 records do so too, where aggressive-nsec is on.'),
  'aggressive-nsec-records': at(wholeKind(1), 'Most records kept for that.'),
  'packet-cache': at(
    ttlKind,
    'How long whole answers are repeated by a cache in front, so that hits refresh nothing; 0s: none.',
  ),
  'prefetch-delegations': at(
    switchKind,
    'Whether a refresh asks the parent again for delegations that end before the data do.',
  ),
  'prefetch-hits': at(wholeKind(1), 'A hit refreshes only what has had this many hits in a row.'),
  'prefetch-gap': at(ttlKind, 'Hits this far apart are not in a row.'),
  'serve-stale.timer-mode': at(
    wordKind(['timer', 'shared', 'fetch', 'between-tries']),
    "The client timer is each request's own (timer), shared by all who wait, as Unbound's, or that of the fetch, as BIND 9.18's; " +
      'or it is looked at between two tries only.',
  ),
  'serve-stale.recheck-with-timer': at(
    switchKind,
    'Whether a failed refresh also starts the recheck time where a client timer of more than 0s is set.',
  ),
  'serve-stale.reset': at(switchKind, 'Whether a failed refresh starts the maximum stale time anew.'),
  'serve-stale.ede': at(switchKind, 'Whether stale answers carry an extended error (RFC 8914).'),
  'serve-stale.extensions': at(
    wholeKind(0, 65_535),
    'How often expired data live on as if fresh after a failure; 0: they are served as stale each time.',
  ),
  'serve-stale.extension': at(ttlKind, 'Longest such extension; never longer than the original TTL.'),
  'qname-minimisation.type': at(wordKind(['A', 'NS']), 'Type of minimised queries.'),
  'qname-minimisation.labels': at(limitKind, 'Longest minimised name in labels; then the full name.'),
  'qname-minimisation.uncut': at(
    limitKind,
    'The full name is asked after this many labels without a zone cut.',
  ),
  'qname-minimisation.hide-type': at(
    switchKind,
    'Whether the full name is asked for type A before any other type.',
  ),
  any: at(
    wordKind(['notimp', 'all']),
    'How queries for ANY are answered: NOTIMP, or all there is of the name.',
  ),
  'without-recursion': at(
    wordKind(['refuse', 'referral']),
    'What queries without RD get that the cache cannot answer: REFUSED, or the closest delegation.',
  ),
  'self-alias': at(wordKind(['loop', 'answer']), 'What an alias is that points to itself.'),
  'loop-shows-aliases': at(switchKind, 'Whether SERVFAIL for an alias loop shows the aliases.'),
  'discard-after': at(discardKind, 'Answers later than this are not sent; the cache keeps them.'),
  'limits.overload': at(
    wordKind(['refuse', 'drop', 'drop-oldest', 'jostle']),
    'When too many requests wait: SERVFAIL, silence, or silence for the oldest (jostle: of the newer half).',
  ),
  'limits.jostle': at(durationKind(), 'jostle: from when on a waiting request gives way.'),
  'limits.joined-step': at(
    wholeKind(0),
    'How much limits.joined rises after an answer that some were not given.',
  ),
  'limits.joined-most': at(wholeKind(1), 'How far it rises.'),
  'limits.joined-falls': at(ttlKind, 'How often it falls by one again.'),
};

/** The rules as the resolver takes them. */
export function ruleOptions(settings: ResolverRuleSettings): {
  readonly cacheRules: CacheRules;
  readonly answerRules: AnswerRules;
} {
  return { cacheRules: cacheRules(settings), answerRules: answerRules(settings) };
}

function cacheRules(settings: ResolverRuleSettings): CacheRules {
  return {
    wholeSeconds: settings['whole-seconds'],
    ttlBoundsCover: settings['ttl-bounds'],
    negativeWithoutSoaSeconds: settings['negative-without-soa'],
    nxdomainScope: settings['nxdomain-scope'],
    negativeShown: settings['negative-shown'],
    freshShown: settings['fresh-shown'],
    sharedSoa: settings['shared-soa'],
    aggressiveNsec: settings['aggressive-nsec'],
    aggressiveNsec3: settings['aggressive-nsec3'],
    nsecRecords: settings['aggressive-nsec-records'],
    packetSeconds: settings['packet-cache'] > 0 ? settings['packet-cache'] : undefined,
  };
}

function answerRules(settings: ResolverRuleSettings): AnswerRules {
  const step = settings['limits.joined-step'];
  const growth = {
    step,
    maximum: settings['limits.joined-most'],
    fallsEachSeconds: settings['limits.joined-falls'],
  };
  return {
    any: settings.any,
    withoutRecursion: settings['without-recursion'],
    selfAlias: settings['self-alias'],
    failureShowsAliases: settings['loop-shows-aliases'],
    discardAfterMicros: settings['discard-after'],
    overload: settings['limits.overload'],
    jostleAfterMicros: settings['limits.jostle'],
    joinedGrowth: step > 0 ? growth : undefined,
  };
}

/** The parts of prefetch in which implementations differ. */
export function prefetchRules(
  settings: ResolverRuleSettings,
): Pick<PrefetchOptions, 'renewsDelegations' | 'popularity'> {
  const hits = settings['prefetch-hits'];
  return {
    renewsDelegations: settings['prefetch-delegations'],
    popularity: hits > 1 ? { hits, gapSeconds: settings['prefetch-gap'] } : undefined,
  };
}

const TIMER_OF: Readonly<Record<string, ServeStaleOptions['timerOf']>> = {
  shared: 'waiting',
  fetch: 'fetch',
};

/** The parts of serve-stale in which implementations differ. */
export function staleRules(
  settings: ResolverRuleSettings,
): Pick<ServeStaleOptions, 'betweenTries' | 'timerOf' | 'resetByFailure' | 'extendedError' | 'extensions'> {
  const count = settings['serve-stale.extensions'];
  return {
    betweenTries: settings['serve-stale.timer-mode'] === 'between-tries',
    timerOf: TIMER_OF[settings['serve-stale.timer-mode']],
    resetByFailure: settings['serve-stale.reset'],
    extendedError: settings['serve-stale.ede'],
    extensions: count > 0 ? { count, seconds: settings['serve-stale.extension'] } : undefined,
  };
}
