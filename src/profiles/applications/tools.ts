/** libcurl in its versions, and the command-line tool. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const RACE = 'CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS(3): IPv6 first, IPv4 beside it after the time-out';

const CURL: Preset = {
  id: 'curl',
  title: 'libcurl 8.22 and later, one long-lived handle',
  notes: ['Only a definite "does not exist" is kept, for half the time.'],
  values: {
    'cache.mode': cited('fixed', 'source', 'curl lib/url.c: the record TTL is ignored'),
    'cache.fixed': cited('60s', 'source', 'curl lib/url.c dns_cache_timeout_ms'),
    'cache.negative-cap': cited('30s', 'source', 'curl lib/hostip.c: half the cache time-out'),
    'cache.failure': cited('0s', 'source', 'curl 8.22 lib/hostip.c: only non-existence is kept'),
    'keep-alive': cited('118s', 'source', 'curl lib/url.c conn_max_idle_ms'),
    'connections.lifetime': cited('24h', 'source', 'curl lib/url.c conn_max_age_ms'),
    'connect-timeout': cited('300s', 'documentation', 'CURLOPT_CONNECTTIMEOUT(3), default'),
    'attempt-delay': cited('200ms', 'source', 'curl include/curl/curl.h CURL_HET_DEFAULT'),
    'addresses.style': cited('family-race', 'documentation', RACE),
    'addresses.families': cited('ipv6-first', 'documentation', RACE),
    patience: cited('never', 'documentation', 'CURLOPT_TIMEOUT(3): no limit by default'),
  },
};

const CURL_8_16: Preset = {
  id: 'curl-8.16',
  title: 'libcurl 8.16 to 8.21, one long-lived handle',
  notes: ['Every failed look-up is kept 30 s, a time-out as well as a "does not exist".'],
  variantOf: 'curl',
  values: {
    'cache.failure': cited('30s', 'source', 'curl 8.16 lib/hostip.c: half the cache time-out'),
  },
};

const CURL_OLD: Preset = {
  id: 'curl-8.15',
  title: 'libcurl before 8.16, one long-lived handle',
  notes: ['Failures are not kept.'],
  variantOf: 'curl',
  values: {
    'cache.negative-cap': cited('0s', 'source', 'curl 8.14 lib/hostip.c: failures are not kept'),
    'connections.lifetime': cited(
      'never',
      'assumption',
      'the limit came with new versions; which was not read',
    ),
  },
};

const CURL_COMMAND: Preset = {
  id: 'curl-command',
  title: 'The curl command, run once for each request',
  notes: ['Each run starts with an empty cache and without connections.'],
  variantOf: 'curl',
  values: {
    'cache.mode': cited('none', 'documentation', 'curl(1): the cache lives as long as the command'),
    'keep-alive': cited('0s', 'documentation', 'curl(1): connections live as long as the command'),
  },
};

export const TOOLS: readonly Preset[] = [CURL, CURL_8_16, CURL_OLD, CURL_COMMAND];
