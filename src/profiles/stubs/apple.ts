/** mDNSResponder, the resolver of macOS and iOS. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const MDNS = 'Apple mDNSResponder-2600.100.147';
const SEARCH = `${MDNS} ClientRequests.c AlwaysAppendSearchDomains`;
const NEGATIVE = `${MDNS} mDNSCore/mDNS.c mDNSCoreReceiveNoUnicastAnswers()`;
const CLOSED = `${MDNS} mDNSCore/uDNS.h; shipping builds use a closed querier, and no end is fixed`;
const PENALTY = `${MDNS} mDNSCore/uDNS.h DNSSERVER_PENALTY_TIME, uDNS.c PenalizeDNSServer()`;

export const MACOS: Preset = {
  id: 'macos',
  title: 'macOS mDNSResponder 2600.100.147 (macOS 15)',
  notes: [
    'The TTL is cut to 3600 s before it is stretched; here the result is cut to 4502 s, which is the same.',
    'Optimistic DNS, expired answers used at once where a program allows them, is left out.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${MDNS} mDNSCore/DNSCommon.c GetEffectiveTTL()`),
    'cache.factor': cited(1.25, 'source', `${MDNS} mDNSCore/DNSCommon.h RRAdjustTTL`),
    'cache.add': cited('2s', 'source', `${MDNS} mDNSCore/DNSCommon.h RRAdjustTTL`),
    'cache.floor': cited('15s', 'source', `${MDNS} mDNSCore/DNSCommon.c GetEffectiveTTL()`),
    'cache.cap': cited(
      '4502s',
      'source',
      `${MDNS} mDNSCore/DNSCommon.h mDNSMaximumUnicastTTLSeconds 3600, stretched`,
    ),
    'cache.negative-cap': cited('4502s', 'source', NEGATIVE),
    'cache.negative-first': cited('60s', 'source', `${NEGATIVE}: negttl 60, twice that of the record before`),
    'cache.failure': cited('60s', 'source', NEGATIVE),
    'one-resolver': cited('1 at 0s, 1 at 1s, 1 at 3s, 1 at 9s, give up at 30s', 'assumption', CLOSED),
    'two-resolvers': cited(
      '1 at 0s, 1 at 1s, 2 at 3s, 2 at 4s, 1 at 9s, 2 at 10s, give up at 30s',
      'assumption',
      CLOSED,
    ),
    'more-resolvers': cited(
      '1 at 0s, 1 at 1s, 2 at 3s, 2 at 4s, 3 at 6s, 3 at 7s, 1 at 12s, 2 at 13s, 3 at 14s, give up at 30s',
      'assumption',
      CLOSED,
    ),
    'next-on-failure': cited('each-once', 'source', `${PENALTY}: an error leads to the next server`),
    order: cited('penalty', 'source', PENALTY),
    'penalty.duration': cited('60s', 'source', PENALTY),
    'penalty.ends': cited('after', 'source', PENALTY),
    types: cited('together', 'assumption', 'two questions of the daemon, not read line by line'),
    'search.few-dots': cited('list-then-as-is', 'assumption', `${SEARCH}; the name as it is not read`),
    'search.many-dots': cited('as-is', 'source', `${SEARCH}: single labels only`),
    'search.nodata': cited('next', 'assumption', 'a negative record, whatever its kind'),
    'search.failure': cited('next', 'assumption', 'a negative record, whatever its kind'),
    'search.timeout': cited('next', 'assumption', 'a negative record, whatever its kind'),
  },
};

export const IOS: Preset = {
  id: 'ios',
  title: 'iOS and iPadOS mDNSResponder (same code base as macOS)',
  variantOf: 'macos',
  notes: [
    'Inferred from the source of macOS. Over cellular networks the first retransmission waits 2 s instead of 1 s.',
  ],
  values: {},
};
