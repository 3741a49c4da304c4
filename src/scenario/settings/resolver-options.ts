/** Resolver settings, as files and presets name them, to the options of the resolution step function. */
import type { QuarantineOptions, ResolverOptions, ServeStaleOptions } from '../../dns/resolve/options.ts';
import type { ResolverSettings } from './resolver.ts';
import { prefetchRules, ruleOptions, staleRules } from './resolver-rules.ts';
import { selectionOptions, upstreamRules } from './resolver-upstream.ts';

/** @param rootHints addresses of the root name servers by name */
export function resolverOptions(
  settings: ResolverSettings,
  rootHints: ResolverOptions['rootHints'],
): ResolverOptions {
  return { ...cacheOptions(settings), ...trustOptions(settings), ...sendingOptions(settings), rootHints };
}

type CacheOption =
  | 'ttlFloorSeconds'
  | 'ttlCapSeconds'
  | 'negativeFloorSeconds'
  | 'negativeCapSeconds'
  | 'expiryGraceSeconds'
  | 'maximumCachedNames'
  | 'maximumCachedDenials'
  | 'failureSeconds'
  | 'serveStale'
  | 'prefetch'
  | 'cacheRules'
  | 'answerRules';

function cacheOptions(settings: ResolverSettings): Pick<ResolverOptions, CacheOption> {
  return {
    ttlFloorSeconds: settings['ttl-floor'],
    ttlCapSeconds: Math.max(settings['ttl-cap'], settings['ttl-cap-least']),
    negativeFloorSeconds: settings['negative-floor'],
    negativeCapSeconds: settings['negative-cap'],
    expiryGraceSeconds: settings['expiry-grace'],
    maximumCachedNames: settings['cached-names'],
    maximumCachedDenials: settings['cached-denials'],
    failureSeconds: {
      first: settings['failure.first'],
      factor: settings['failure.factor'],
      maximum: settings['failure.maximum'],
    },
    serveStale: settings['serve-stale.enabled'] ? staleOptions(settings) : undefined,
    prefetch: settings.prefetch && { ...settings.prefetch, ...prefetchRules(settings) },
    ...ruleOptions(settings),
  };
}

function staleOptions(settings: ResolverSettings): ServeStaleOptions {
  const timer = settings['serve-stale.client-timer'];
  const rechecks = settings['serve-stale.recheck-with-timer'] || timer === undefined || timer === 0;
  return {
    ...staleRules(settings),
    clientTimerMicros: timer,
    answerTtlSeconds: settings['serve-stale.answer-ttl'],
    capAtOriginalTtl: settings['serve-stale.cap-at-original-ttl'],
    maxStaleSeconds: settings['serve-stale.max-stale'],
    recheckSeconds: rechecks ? settings['serve-stale.recheck'] : 0,
    nxdomain: settings['serve-stale.nxdomain'],
  };
}

type TrustOption =
  | 'nxdomainCut'
  | 'acceptVolunteeredNs'
  | 'chainTrust'
  | 'nonAuthoritative'
  | 'credibility'
  | 'qnameMinimisation'
  | 'minimiseCount'
  | 'minimiseOneLabelCount'
  | 'minimiseTimeouts'
  | 'minimisedType'
  | 'minimiseUncutLabels'
  | 'minimiseLabels'
  | 'minimiseHidesType'
  | 'lameSeconds'
  | 'ignoreCachedDname';

function trustOptions(settings: ResolverSettings): Pick<ResolverOptions, TrustOption> {
  return {
    nxdomainCut: settings['nxdomain-cut'],
    acceptVolunteeredNs: settings['accept-volunteered-ns'],
    chainTrust: settings['chain-trust'],
    nonAuthoritative: settings['non-authoritative'],
    credibility: settings.credibility,
    qnameMinimisation: settings['qname-minimisation.mode'],
    minimiseCount: settings['qname-minimisation.count'],
    minimiseOneLabelCount: settings['qname-minimisation.one-label'],
    minimiseTimeouts: settings['qname-minimisation.timeouts'],
    minimisedType: settings['qname-minimisation.type'],
    minimiseUncutLabels: settings['qname-minimisation.uncut'],
    minimiseLabels: settings['qname-minimisation.labels'],
    minimiseHidesType: settings['qname-minimisation.hide-type'],
    lameSeconds: settings.lame,
    ignoreCachedDname: settings['ignore-cached-dname'],
  };
}

function sendingOptions(
  settings: ResolverSettings,
): Omit<ResolverOptions, CacheOption | TrustOption | 'rootHints'> {
  return {
    sendsPerServer: settings['sends-per-server'],
    firstTimeoutMicros: settings['timeout.first'],
    timeout: settings['timeout.mode'],
    minimumTimeoutMicros: settings['timeout.minimum'],
    maximumTimeoutMicros: settings['timeout.maximum'],
    backoffFactor: settings['timeout.backoff'],
    backoffScope: settings['timeout.counted-per'],
    quarantine: settings['quarantine.enabled'] ? quarantineOptions(settings) : undefined,
    serverMemorySeconds: settings['server-memory'],
    selection: selectionOptions(settings),
    upstream: upstreamRules(settings),
    budgetMicros: settings['limits.time'],
    maximumQueries: settings['limits.queries'],
    maximumCnames: settings['limits.cnames'],
    maximumDepth: settings['limits.depth'],
    maximumOutstanding: settings['limits.outstanding'],
    maximumJoined: settings['limits.joined'],
    joinQueries: settings['join-queries'],
    priming: settings.priming,
    refreshDelegation: settings['refresh-delegation'],
    useIpv4: settings.ipv4,
    useIpv6: settings.ipv6,
    preferIpv6: settings['prefer-ipv6'],
    configuredZones: [],
  };
}

function quarantineOptions(settings: ResolverSettings): QuarantineOptions {
  return {
    afterTimeouts: settings['quarantine.after'],
    firstMicros: settings['quarantine.first'],
    factor: settings['quarantine.factor'],
    maximumMicros: settings['quarantine.maximum'],
    leastTimeoutMicros: settings['quarantine.least-timeout'],
    bypassShare: settings['quarantine.bypass'],
    probesOnce: settings['quarantine.one-probe'],
  };
}
