/**
 * Presets of applications: browsers, run-times and command-line tools.
 *
 * Not modelled: cache sizes and partitioning by site, warm-up look-ups of browsers, HTTP/2 and QUIC sessions that
 * outlive the idle limit while busy. So hit ratios and address pinning are rough for users of many sites.
 */
import { cited } from './cited.ts';
import type { Preset, PresetFamily } from './preset.ts';

const HAPPY_EYEBALLS = cited('250ms', 'source', 'RFC 8305 §5: recommended connection attempt delay');
const CHOSEN = 'no published value; chosen so that a dead address costs about as much as people bear';

/** A neutral client: remembers nothing, opens a connection for each request. */
const FETCHER: Preset = {
  id: 'fetcher',
  title: 'Neutral client without memory',
  notes: ['A reference point, not a product: every request looks the name up and opens a connection.'],
  values: {
    'cache.mode': cited('none', 'assumption', 'neutral: delays come from the caches below'),
    'cache.fixed': cited('0s', 'assumption', 'unused in this mode'),
    'cache.floor': cited('0s', 'source', 'RFC 2181 §8: a TTL of 0 is legal'),
    'cache.cap': cited('unlimited', 'source', 'RFC 2181 §8: TTLs up to 2^31-1'),
    'cache.factor': cited(1, 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.add': cited('0s', 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.negative-cap': cited('3h', 'source', 'RFC 2308 §5: one to three hours work well'),
    'cache.failure': cited('0s', 'assumption', 'neutral: failures are not kept'),
    'cache.grace': cited('0s', 'source', 'RFC 1035 §3.2.1: nothing is used after its TTL'),
    'keep-alive': cited('0s', 'assumption', 'neutral: a connection per request'),
    'connect-timeout': cited('10s', 'assumption', CHOSEN),
    'attempt-delay': HAPPY_EYEBALLS,
    patience: cited('30s', 'assumption', CHOSEN),
    'retries.count': cited(0, 'assumption', 'neutral: the user decides whether to try again'),
    'retries.first-delay': cited('1s', 'assumption', 'unused without retries'),
    'retries.factor': cited(2, 'assumption', 'customary exponential back-off'),
  },
};

const NONE: Preset = {
  id: 'none',
  title: 'No application cache, endless patience',
  notes: ['As fetcher, but a request never counts as too slow.'],
  values: { patience: cited('never', 'assumption', 'only failures count') },
};

const CHROMIUM_JOB = 'Chromium net/dns/host_resolver_manager_job.cc';

const CHROME: Preset = {
  id: 'chrome',
  title: 'Chrome with its built-in resolver (about M120 to M154)',
  notes: [
    'The built-in client asks the configured resolvers itself; set `os: none` to leave the OS cache out as it does.',
    'A failed page reloads itself after 0, 5, 30, 60, 300, 600, 1800 s (older source); not part of this preset.',
    'Retransmissions (1 s, doubled, at most 5 s) belong to the stub and are taken from the `os` profile.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${CHROMIUM_JOB}: entries follow the record`),
    'cache.floor': cited('60s', 'source', `${CHROMIUM_JOB} kMinimumTTLSeconds`),
    'cache.cap': cited('unlimited', 'assumption', 'no upper clamp found in the source read'),
    'cache.negative-cap': cited('1h', 'assumption', 'NXDOMAIN follows the SOA; the cap was not found'),
    'cache.failure': cited('0s', 'source', `${CHROMIUM_JOB} kNegativeCacheEntryTTLSeconds`),
    'keep-alive': cited('300s', 'source', 'Chromium net/socket client_socket_pool kUsedIdleSocketTimeout'),
    'attempt-delay': cited(
      '300ms',
      'source',
      'Chromium net/socket/transport_connect_job.h kIPv6FallbackTime',
    ),
  },
};

const FIREFOX_PREFS = 'mozilla-central modules/libpref/init/StaticPrefList.yaml';

const FIREFOX: Preset = {
  id: 'firefox',
  title: 'Firefox through the OS resolver (macOS, Linux, Android)',
  notes: ['On Windows and with DNS over HTTPS Firefox follows the record TTL instead of 60 s.'],
  values: {
    'cache.mode': cited('fixed', 'source', `${FIREFOX_PREFS} network.dns.get-ttl is false`),
    'cache.fixed': cited('60s', 'source', `${FIREFOX_PREFS} network.dnsCacheExpiration`),
    'cache.negative-cap': cited(
      '60s',
      'source',
      'mozilla-central netwerk/dns/nsHostResolver.cpp NEGATIVE_RECORD_LIFETIME',
    ),
    'cache.failure': cited(
      '60s',
      'source',
      'mozilla-central netwerk/dns/nsHostResolver.cpp NEGATIVE_RECORD_LIFETIME',
    ),
    'cache.grace': cited('600s', 'source', `${FIREFOX_PREFS} network.dnsCacheExpirationGracePeriod`),
    'keep-alive': cited(
      '115s',
      'source',
      'Gecko modules/libpref/init/all.js network.http.keep-alive.timeout',
    ),
    'attempt-delay': cited('250ms', 'assumption', 'backup connection delay as third parties state it'),
  },
};

const SAFARI: Preset = {
  id: 'safari',
  title: 'Safari (CFNetwork)',
  notes: [
    'Keeps nothing itself: pair it with `os: macos`.',
    'Optimistic DNS (expired answers used while asking anew) is a switch of the system, not part of this preset.',
  ],
  values: {
    'cache.mode': cited('none', 'assumption', 'caching is left to mDNSResponder; no primary source found'),
    'keep-alive': cited('60s', 'assumption', 'no published value'),
  },
};

const JVM_POLICY = 'OpenJDK java.base sun/net/InetAddressCachePolicy.java';

const JVM: Preset = {
  id: 'jvm',
  title: 'OpenJDK InetAddress cache (JDK 8 to 25, no SecurityManager)',
  notes: [
    'Callers usually take the first address only; here further addresses are tried after the connect time-out.',
    'Connection pools pin an address as long as they are busy; add `keep-alive` to model one.',
  ],
  values: {
    'cache.mode': cited('fixed', 'source', `${JVM_POLICY}: the record TTL is ignored`),
    'cache.fixed': cited('30s', 'source', `${JVM_POLICY} DEFAULT_POSITIVE`),
    'cache.negative-cap': cited(
      '10s',
      'source',
      'OpenJDK conf/security/java.security networkaddress.cache.negative.ttl',
    ),
    'cache.failure': cited(
      '10s',
      'source',
      'OpenJDK conf/security/java.security networkaddress.cache.negative.ttl',
    ),
    'attempt-delay': cited('10s', 'assumption', 'addresses are tried in order, each with the full time-out'),
  },
};

const CURL: Preset = {
  id: 'curl',
  title: 'libcurl 8.16 and later, one long-lived handle',
  notes: [
    'A run of the curl command starts with an empty cache: use `cache: { mode: none }` for that.',
    '8.16 to 8.21 keep every failed look-up 30 s, later versions only a definite "does not exist".',
  ],
  values: {
    'cache.mode': cited('fixed', 'source', 'curl lib/url.c: the record TTL is ignored'),
    'cache.fixed': cited('60s', 'source', 'curl lib/url.c dns_cache_timeout_ms'),
    'cache.negative-cap': cited('30s', 'source', 'curl lib/hostip.c: half the cache time-out'),
    'cache.failure': cited('0s', 'source', 'curl 8.22 lib/hostip.c: only non-existence is kept'),
    'keep-alive': cited('118s', 'source', 'curl lib/url.c conn_max_idle_ms'),
    'connect-timeout': cited('300s', 'documentation', 'CURLOPT_CONNECTTIMEOUT(3), default'),
    'attempt-delay': cited('200ms', 'source', 'curl include/curl/curl.h CURL_HET_DEFAULT'),
    patience: cited('never', 'documentation', 'CURLOPT_TIMEOUT(3): no limit by default'),
  },
};

const GO: Preset = {
  id: 'go',
  title: 'Go net package with the pure Go resolver',
  notes: [
    'The Go resolver replaces the stub: 5 s per server, the list walked twice, as `os: glibc` with one resolver.',
    'A busy connection pool pins its address beyond the idle limit.',
  ],
  values: {
    'cache.mode': cited('none', 'source', 'Go src/net/dnsclient_unix.go: no cache'),
    'keep-alive': cited('90s', 'source', 'Go src/net/http/transport.go DefaultTransport IdleConnTimeout'),
    'connect-timeout': cited('30s', 'source', 'Go src/net/http/transport.go DefaultTransport dialer'),
    'attempt-delay': cited('300ms', 'documentation', 'Go net.Dialer, FallbackDelay'),
    patience: cited('never', 'documentation', 'Go net/http.Client: no time-out unless Timeout is set'),
  },
};

/** Every application preset; `fetcher` is the default and completes the others. */
export const APPLICATIONS: PresetFamily = {
  base: FETCHER,
  presets: [FETCHER, NONE, CHROME, FIREFOX, SAFARI, JVM, CURL, GO],
};
