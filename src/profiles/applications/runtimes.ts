/**
 * Language run-times: the caches of their libraries and the pools of their HTTP clients.
 *
 * Several of these pools have no idle time-out of their own; then the server closes first, commonly after 75 s.
 */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const SERVER_CLOSES = 'no limit of the client; nginx keepalive_timeout closes idle connections after 75 s';
const JVM_POLICY = 'OpenJDK java.base sun/net/InetAddressCachePolicy.java';
const JVM_SECURITY = 'OpenJDK conf/security/java.security';
const JVM_ADDRESS = 'OpenJDK java.base java/net/InetAddress.java';
const JVM_NEGATIVE = cited('10s', 'source', `${JVM_SECURITY} networkaddress.cache.negative.ttl`);

const JVM: Preset = {
  id: 'jvm',
  title: 'OpenJDK InetAddress cache (JDK 8 to 25, no SecurityManager)',
  notes: [
    'Callers usually take the first address only; here further addresses are tried after the connect time-out.',
    'Connection pools pin an address as long as they are busy; see jvm-httpclient.',
  ],
  values: {
    'cache.mode': cited('fixed', 'source', `${JVM_POLICY}: the record TTL is ignored`),
    'cache.fixed': cited('30s', 'source', `${JVM_POLICY} DEFAULT_POSITIVE`),
    'cache.negative-cap': JVM_NEGATIVE,
    'cache.failure': JVM_NEGATIVE,
    'addresses.style': cited('in-order', 'assumption', 'in order, each with the full time-out'),
    'addresses.families': cited('ipv4-first', 'source', `${JVM_ADDRESS} initializePlatformLookupPolicy()`),
  },
};

const JVM_HTTPCLIENT: Preset = {
  id: 'jvm-httpclient',
  title: 'java.net.http.HttpClient of JDK 21 and later',
  notes: ['Idle connections were kept 1200 s before the default became 30 s.'],
  variantOf: 'jvm',
  values: {
    'keep-alive': cited('30s', 'documentation', 'java.net.http module: jdk.httpclient.keepalive.timeout'),
  },
};

const JVM_FOREVER: Preset = {
  id: 'jvm-security-manager',
  title: 'OpenJDK with a SecurityManager (JDK 23 and earlier)',
  notes: ['An address is kept for the life of the process; set `restart-every` if it is restarted.'],
  variantOf: 'jvm',
  values: {
    'cache.mode': cited('forever', 'source', `${JVM_SECURITY}: for ever when a security manager is set`),
  },
};

const JVM_STALE: Preset = {
  id: 'jvm-stale',
  title: 'OpenJDK 21 and later with networkaddress.cache.stale.ttl of a day',
  notes: ['Off by default: one day is the example of the documentation. A refresh is tried every 30 s.'],
  variantOf: 'jvm',
  values: {
    'cache.hold': cited('86430s', 'source', `${JVM_ADDRESS} ValidCachedLookup: 30 s and then one day`),
    'cache.hold-negative': cited(
      'on',
      'source',
      `${JVM_ADDRESS} ValidCachedLookup: any UnknownHostException`,
    ),
  },
};

const ANDROID_CACHE = 'AOSP libcore java/net/AddressCache.java TTL_NANOS';

const ANDROID_JAVA: Preset = {
  id: 'android-java',
  title: 'Android java.net.InetAddress',
  notes: ['Sits on top of the system cache of Android.'],
  values: {
    'cache.mode': cited('fixed', 'source', ANDROID_CACHE),
    'cache.fixed': cited('2s', 'source', ANDROID_CACHE),
    'cache.negative-cap': cited('2s', 'assumption', `${ANDROID_CACHE}; negative handling not read`),
    'cache.failure': cited('2s', 'assumption', `${ANDROID_CACHE}; negative handling not read`),
    'addresses.style': cited('in-order', 'assumption', 'in order, each with the full time-out'),
  },
};

const GO_STUB = 'Go src/net/dnsconfig_unix.go (timeout 5 s, attempts 2): the list walked twice, in order';

const GO: Preset = {
  id: 'go',
  title: 'Go net package with the pure Go resolver',
  notes: [
    'Asks the servers of resolv.conf itself. Where that names a cache on the host, add `lookup: system`.',
    'A busy connection pool pins its address beyond the idle limit.',
  ],
  values: {
    'cache.mode': cited('none', 'source', 'Go src/net/dnsclient_unix.go: no cache'),
    'lookup.path': cited('direct', 'source', 'Go src/net/dnsclient_unix.go'),
    'lookup.one-resolver': cited('1 at 0s, 1 at 5s, give up at 10s', 'source', GO_STUB),
    'lookup.two-resolvers': cited('1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s', 'source', GO_STUB),
    'lookup.more-resolvers': cited(
      '1 at 0s, 2 at 5s, 3 at 10s, 1 at 15s, 2 at 20s, 3 at 25s, give up at 30s',
      'source',
      GO_STUB,
    ),
    'keep-alive': cited('90s', 'source', 'Go src/net/http/transport.go DefaultTransport IdleConnTimeout'),
    'connect-timeout': cited('30s', 'source', 'Go src/net/http/transport.go DefaultTransport dialer'),
    'attempt-delay': cited('300ms', 'documentation', 'Go net.Dialer, FallbackDelay'),
    'addresses.style': cited('family-race', 'documentation', 'Go net.Dialer, FallbackDelay'),
    patience: cited('never', 'documentation', 'Go net/http.Client: no time-out unless Timeout is set'),
  },
};

const GO_CGO: Preset = {
  id: 'go-cgo',
  title: 'Go net package through the C library',
  notes: ['As on macOS and Windows, and where the system configuration is too much for the Go resolver.'],
  variantOf: 'go',
  values: { 'lookup.path': cited('system', 'documentation', 'Go package net, "Name Resolution"') },
};

const NODE_EYEBALLS = 'Node.js lib/net.js autoSelectFamilyAttemptTimeout: the attempt is ended';

const NODE: Preset = {
  id: 'node',
  title: 'Node.js 20 and later: http with its global agent',
  notes: [
    'dns.lookup calls getaddrinfo on a pool of four threads: four hanging look-ups hold up all others, not modelled.',
    'An endpoint more than 250 ms away is given up unless it is the last address.',
  ],
  values: {
    'cache.mode': cited(
      'none',
      'source',
      'Node.js src/cares_wrap.cc: qcache_max_ttl 0; lookup keeps nothing',
    ),
    'keep-alive': cited(
      '5s',
      'documentation',
      'Node.js http.globalAgent: keep-alive and 5 s since version 19',
    ),
    'attempt-delay': cited('250ms', 'source', NODE_EYEBALLS),
    'addresses.style': cited('abandoning', 'source', NODE_EYEBALLS),
    patience: cited('never', 'documentation', 'Node.js http.request: no time-out unless one is set'),
  },
};

const UNDICI: Preset = {
  id: 'node-undici',
  title: 'Node.js fetch (undici) with its default agent',
  notes: ['The server may ask for up to 600 s of keep-alive; here its own 4 s hold.'],
  variantOf: 'node',
  values: {
    'keep-alive': cited('4s', 'documentation', 'undici Client: keepAliveTimeout'),
    'connect-timeout': cited('10s', 'documentation', 'undici Client: connect timeout'),
    'connections.silence': cited('300s', 'documentation', 'undici Client: headersTimeout'),
  },
};

const CARES = 'c-ares src/lib/ares_process.c ares_calc_query_timeout(): 2 s, doubled each round, 3 tries';

const C_ARES: Preset = {
  id: 'c-ares',
  title: 'c-ares 1.31 and later with its query cache',
  notes: ['Waits shrink with measured round trips and are jittered down to half; here they are the longest.'],
  values: {
    'cache.mode': cited('ttl', 'source', 'c-ares src/lib/ares_qcache.c'),
    'cache.cap': cited('3600s', 'source', 'c-ares src/lib/ares_options.c qcache_max_ttl'),
    'cache.negative-cap': cited('3600s', 'source', 'c-ares src/lib/ares_qcache.c: NXDOMAIN by the SOA'),
    'cache.failure': cited('0s', 'source', 'c-ares src/lib/ares_qcache.c: NOERROR and NXDOMAIN only'),
    'lookup.path': cited('direct', 'source', 'c-ares: a stub resolver of its own'),
    'lookup.one-resolver': cited('1 at 0s, 1 at 2s, 1 at 6s, give up at 14s', 'source', CARES),
    'lookup.two-resolvers': cited(
      '1 at 0s, 2 at 2s, 1 at 4s, 2 at 8s, 1 at 12s, 2 at 20s, give up at 28s',
      'source',
      CARES,
    ),
    'lookup.more-resolvers': cited(
      '1 at 0s, 2 at 2s, 3 at 4s, 1 at 6s, 2 at 10s, 3 at 14s, 1 at 18s, 2 at 26s, 3 at 34s, give up at 42s',
      'source',
      CARES,
    ),
  },
};

const PYTHON: Preset = {
  id: 'python',
  title: 'Python: requests without a session',
  notes: ['From general knowledge; no primary source was read.'],
  values: {
    'cache.mode': cited('none', 'assumption', 'socket.getaddrinfo keeps nothing'),
    'addresses.style': cited(
      'in-order',
      'assumption',
      'socket.create_connection: each address with the full time-out',
    ),
    patience: cited('never', 'assumption', 'requests: no time-out unless one is given'),
  },
};

const PYTHON_SESSION: Preset = {
  id: 'python-session',
  title: 'Python: a requests or urllib3 pool',
  notes: ['A busy pool pins its address.'],
  variantOf: 'python',
  values: { 'keep-alive': cited('75s', 'assumption', SERVER_CLOSES) },
};

const AIOHTTP = 'aiohttp connector.py TCPConnector';

const PYTHON_AIOHTTP: Preset = {
  id: 'python-aiohttp',
  title: 'Python: aiohttp 3.10 and later with one session',
  notes: ['Failures are not kept; that was not read in the source.'],
  values: {
    'cache.mode': cited('fixed', 'source', `${AIOHTTP} use_dns_cache: the record TTL is ignored`),
    'cache.fixed': cited('10s', 'source', `${AIOHTTP} ttl_dns_cache`),
    'cache.negative-cap': cited('0s', 'assumption', 'not read'),
    'keep-alive': cited('15s', 'documentation', 'aiohttp BaseConnector: keepalive_timeout'),
    'attempt-delay': cited('250ms', 'source', `${AIOHTTP} happy_eyeballs_delay`),
    patience: cited('300s', 'documentation', 'aiohttp ClientTimeout: total'),
  },
};

const DOTNET_DEFAULTS = '.NET System.Net.Http HttpHandlerDefaults.cs';

const DOTNET: Preset = {
  id: 'dotnet',
  title: '.NET 6 and later: one HttpClient for the life of the process',
  notes: ['A busy pool never looks the name up again and pins the old address without end.'],
  values: {
    'cache.mode': cited('none', 'documentation', '.NET "HttpClient guidelines", DNS behavior'),
    'keep-alive': cited('60s', 'source', `${DOTNET_DEFAULTS} DefaultPooledConnectionIdleTimeout`),
    'connections.lifetime': cited('never', 'source', `${DOTNET_DEFAULTS} DefaultPooledConnectionLifetime`),
    'addresses.style': cited('in-order', 'assumption', 'addresses are tried one after the other'),
    patience: cited('100s', 'documentation', '.NET HttpClient.Timeout, default'),
  },
};

const DOTNET_FACTORY: Preset = {
  id: 'dotnet-factory',
  title: '.NET IHttpClientFactory, whose handlers live two minutes',
  notes: ['A handler is replaced after two minutes, its connections end with their requests.'],
  variantOf: 'dotnet',
  values: {
    'connections.lifetime': cited('2m', 'documentation', '.NET IHttpClientFactory: HandlerLifetime, default'),
  },
};

const REQWEST: Preset = {
  id: 'rust-reqwest',
  title: 'Rust: reqwest with hyper',
  notes: ['Names go to getaddrinfo on a blocking thread; nothing is kept.'],
  values: {
    'cache.mode': cited('none', 'source', 'hyper-util client/legacy/connect/dns.rs GaiResolver'),
    'keep-alive': cited('90s', 'source', 'reqwest async_impl/client.rs pool_idle_timeout'),
    'attempt-delay': cited('300ms', 'source', 'hyper-util connect/http.rs happy_eyeballs_timeout'),
    'addresses.style': cited('family-race', 'source', 'hyper-util connect/http.rs happy_eyeballs_timeout'),
    patience: cited('never', 'source', 'reqwest async_impl/client.rs: no time-out unless one is set'),
  },
};

export const RUNTIMES: readonly Preset[] = [
  JVM,
  JVM_HTTPCLIENT,
  JVM_FOREVER,
  JVM_STALE,
  ANDROID_JAVA,
  GO,
  GO_CGO,
  NODE,
  UNDICI,
  C_ARES,
  PYTHON,
  PYTHON_SESSION,
  PYTHON_AIOHTTP,
  DOTNET,
  DOTNET_FACTORY,
  REQWEST,
];
