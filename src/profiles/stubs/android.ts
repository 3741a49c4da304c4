/** Android's system resolver, a module of its own behind every application. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const MODULE = 'AOSP DnsResolver module 2024';
const SEARCH = `${MODULE} getaddrinfo.cpp res_searchN(), as BIND 8`;
const TIMES = `${MODULE} res_send.cpp get_timeout(), resolv_private.h RES_TIMEOUT 5000 ms, RES_DFLRETRY 2`;
const FORMULA = 'android, timeout 5s, attempts 2';
const SAMPLES = `${MODULE} res_stats.cpp; AOSP DnsManager.java DNS_RESOLVER_DEFAULT_*`;

export const ANDROID: Preset = {
  id: 'android',
  title: 'Android DnsResolver (module of 2024)',
  notes: [
    'Java programs have a cache of two seconds of their own on top.',
    'Each run begins without samples: a phone that has long been content leaves a dead server out much later.',
    'A fourth resolver of a list is never asked here; Android would ask it last. No DNS over TLS.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${MODULE} res_cache.cpp answer_getTTL()`),
    'cache.negative-cap': cited(
      'unlimited',
      'source',
      `${MODULE} res_cache.cpp answer_getNegativeTTL(): the smaller of SOA TTL and minimum, no cap`,
    ),
    'cache.failure': cited('0s', 'source', `${MODULE} res_cache.cpp: SERVFAIL is not kept`),
    'one-resolver': cited(FORMULA, 'source', TIMES),
    'two-resolvers': cited(FORMULA, 'source', TIMES),
    'more-resolvers': cited(FORMULA, 'source', TIMES),
    'next-on-failure': cited('on', 'source', `${MODULE} res_send.cpp send_dg(): SERVFAIL, NOTIMP, REFUSED`),
    order: cited('score', 'source', `${MODULE} res_stats.cpp`),
    'score.samples': cited(64, 'source', SAMPLES),
    'score.fewest': cited(8, 'source', SAMPLES),
    'score.threshold': cited('25%', 'source', SAMPLES),
    'score.valid': cited('30m', 'source', SAMPLES),
    types: cited('together', 'source', `${MODULE} getaddrinfo.cpp: A and AAAA in parallel`),
    'search.few-dots': cited('list-then-as-is', 'source', SEARCH),
    'search.many-dots': cited('as-is-then-list', 'source', SEARCH),
    'search.nodata': cited('next', 'source', SEARCH),
    'search.failure': cited('next', 'source', SEARCH),
    'search.timeout': cited('as-is', 'source', SEARCH),
  },
};
