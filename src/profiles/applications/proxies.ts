/**
 * Proxies in front of an origin that they know by name. A client stands for one proxy process (nginx: one worker).
 *
 * Not modelled: active health checks of the proxies, which take dead addresses out, and look-ups at start-up: the
 * first request of a process makes them instead.
 */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const NGINX_TIMEOUT = cited('60s', 'documentation', 'nginx proxy_connect_timeout, default');
const NGINX_READ = cited('60s', 'documentation', 'nginx proxy_read_timeout, default');
const NGINX_BALANCE = cited(
  'balanced',
  'documentation',
  'nginx upstream: round robin, next address on error',
);

const NGINX_AVOID = cited('10s', 'documentation', 'nginx upstream server: max_fails 1, fail_timeout 10 s');

const NGINX_STATIC: Preset = {
  id: 'nginx-static',
  title: 'nginx with a host name and no resolver directive',
  notes: [
    'Resolved once at start or reload: set `restart-every` to the time between reloads.',
    'A name that does not resolve stops nginx from starting; here its first request fails.',
    'Of several failed addresses only the latest is left out for the 10 s of fail_timeout.',
  ],
  values: {
    'cache.mode': cited('forever', 'documentation', 'nginx proxy_pass: names are resolved at start-up'),
    'cache.negative-cap': cited('0s', 'assumption', 'nginx does not start without an address'),
    'connect-timeout': NGINX_TIMEOUT,
    'connections.silence': NGINX_READ,
    'addresses.style': NGINX_BALANCE,
    'addresses.avoid': NGINX_AVOID,
    patience: NGINX_READ,
  },
};

const NGINX_RESOLVER = 'nginx 1.26.3 src/core/ngx_resolver.c resend_timeout 5, resolver_timeout 30 s';

const NGINX_DIRECT = {
  'lookup.path': cited('direct', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c'),
  'lookup.one-resolver': cited(
    '1 at 0s, 1 at 5s, 1 at 10s, 1 at 15s, 1 at 20s, 1 at 25s, give up at 30s',
    'source',
    NGINX_RESOLVER,
  ),
  'lookup.two-resolvers': cited(
    '1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, 1 at 20s, 2 at 25s, give up at 30s',
    'source',
    NGINX_RESOLVER,
  ),
  'lookup.more-resolvers': cited(
    '1 at 0s, 2 at 5s, 3 at 10s, 1 at 15s, 2 at 20s, 3 at 25s, give up at 30s',
    'source',
    NGINX_RESOLVER,
  ),
} as const;

const NGINX_VARIABLE: Preset = {
  id: 'nginx-resolver',
  title: 'nginx with a resolver directive and a variable in proxy_pass',
  notes: ['Looked up by requests; `valid=` sets a fixed time instead of the TTL. One cache per worker.'],
  values: {
    'cache.mode': cited('ttl', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c valid'),
    'cache.negative-cap': cited('0s', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c: the node is deleted'),
    'cache.failure': cited('0s', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c: the node is deleted'),
    ...NGINX_DIRECT,
    'connect-timeout': NGINX_TIMEOUT,
    'connections.silence': NGINX_READ,
    'addresses.style': NGINX_BALANCE,
    'addresses.avoid': NGINX_AVOID,
    patience: NGINX_READ,
  },
};

const NGINX_RESOLVE: Preset = {
  id: 'nginx-resolve',
  title: 'nginx 1.27.3 and later with `server name resolve`',
  notes: ['A timer follows the TTL; after a failure the peers stay and the next look-up comes 10 s later.'],
  variantOf: 'nginx-resolver',
  values: {
    'cache.mode': cited('forever', 'documentation', 'nginx upstream server, resolve: the peers stay'),
    'poll.every': cited('ttl', 'documentation', 'nginx upstream server, resolve'),
    'poll.retry': cited('10s', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c: valid or 10 s'),
    'cache.hold': cited('unlimited', 'assumption', 'the peers stay while look-ups fail'),
    'cache.hold-negative': cited('off', 'assumption', 'NXDOMAIN takes the peers away'),
    'cache.negative-cap': cited('10s', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c: valid or 10 s'),
    'cache.failure': cited('10s', 'source', 'nginx 1.26.3 src/core/ngx_resolver.c: valid or 10 s'),
  },
};

const ENVOY_CLUSTER = 'Envoy api/envoy/config/cluster/v3/cluster.proto';
const ENVOY_DISCOVERY = 'Envoy docs intro/arch_overview/upstream/service_discovery.rst';
const CARES = 'c-ares src/lib/ares_process.c: 2 s, doubled each round, 3 tries; Envoy may set others';

const ENVOY_STRICT: Preset = {
  id: 'envoy-strict-dns',
  title: 'Envoy, STRICT_DNS cluster',
  notes: [
    'Requests never wait for DNS. respect_dns_ttl is off: the TTL is ignored.',
    'A successful but empty answer empties the cluster; that a failed one does not is inferred.',
  ],
  values: {
    'cache.mode': cited('forever', 'documentation', `${ENVOY_DISCOVERY}: until the next resolution`),
    'poll.every': cited('5s', 'documentation', `${ENVOY_CLUSTER} dns_refresh_rate`),
    'poll.retry': cited('5s', 'documentation', `${ENVOY_CLUSTER} dns_failure_refresh_rate`),
    'cache.hold': cited('unlimited', 'assumption', `${ENVOY_DISCOVERY}: inferred`),
    'cache.hold-negative': cited('off', 'documentation', `${ENVOY_DISCOVERY}: an empty answer empties it`),
    'cache.negative-cap': cited(
      'unlimited',
      'documentation',
      `${ENVOY_DISCOVERY}: requests never block on DNS`,
    ),
    'cache.failure': cited('5s', 'documentation', `${ENVOY_CLUSTER} dns_failure_refresh_rate`),
    'lookup.path': cited('direct', 'documentation', 'Envoy: c-ares asks the configured servers'),
    'lookup.one-resolver': cited('1 at 0s, 1 at 2s, 1 at 6s, give up at 14s', 'assumption', CARES),
    'lookup.two-resolvers': cited(
      '1 at 0s, 2 at 2s, 1 at 4s, 2 at 8s, 1 at 12s, 2 at 20s, give up at 28s',
      'assumption',
      CARES,
    ),
    'lookup.more-resolvers': cited(
      '1 at 0s, 2 at 2s, 3 at 4s, 1 at 6s, 2 at 10s, 3 at 14s, 1 at 18s, 2 at 26s, 3 at 34s, give up at 42s',
      'assumption',
      CARES,
    ),
    'keep-alive': cited('1h', 'documentation', 'Envoy HTTP protocol options idle_timeout, default'),
    'connect-timeout': cited('5s', 'documentation', `${ENVOY_CLUSTER} connect_timeout, default`),
    'connections.silence': cited('15s', 'documentation', 'Envoy route timeout, default'),
    'connections.close-on-change': cited(
      'on',
      'documentation',
      `${ENVOY_DISCOVERY}: removed hosts are drained`,
    ),
    'addresses.style': cited(
      'one-of-all',
      'documentation',
      'Envoy: round robin over all hosts, no retry by default',
    ),
    patience: cited('15s', 'documentation', 'Envoy route timeout, default'),
  },
};

const ENVOY_LOGICAL: Preset = {
  id: 'envoy-logical-dns',
  title: 'Envoy, LOGICAL_DNS cluster',
  notes: ['Connections are never drained: a busy one keeps its address while it answers.'],
  variantOf: 'envoy-strict-dns',
  values: {
    'connections.close-on-change': cited('off', 'documentation', `${ENVOY_DISCOVERY}: never drained`),
    'addresses.style': cited('first-only', 'documentation', `${ENVOY_DISCOVERY}: only the first address`),
  },
};

const HAPROXY_RESOLVERS_C = 'HAProxy 3.0.11 src/resolvers.c';
const HAPROXY_MANUAL = 'HAProxy 3.0 doc/configuration.txt';
const HAPROXY_SCHEDULE = cited(
  'all at 0s, all at 1s, all at 2s, give up at 3s',
  'source',
  `${HAPROXY_RESOLVERS_C} resolve_retries 3, timeout.retry 1 s: all servers are asked`,
);
const HAPROXY_CONNECT = cited('5s', 'assumption', 'timeout connect has no default; 5 s is customary');

const HAPROXY: Preset = {
  id: 'haproxy-resolvers',
  title: 'HAProxy 3.0, server with a resolvers section',
  notes: [
    'The TTL is ignored. A server keeps its last good address for the hold times, then it is taken out.',
    'One `server` line has one address; `server-template` takes several.',
  ],
  values: {
    'cache.mode': cited('forever', 'source', `${HAPROXY_RESOLVERS_C}: until the next resolution`),
    'poll.every': cited('1s', 'source', `${HAPROXY_RESOLVERS_C} timeout.resolve`),
    'poll.retry': cited('1s', 'source', `${HAPROXY_RESOLVERS_C} timeout.resolve`),
    'cache.hold': cited('30s', 'source', `${HAPROXY_RESOLVERS_C} hold.timeout, hold.refused, hold.other`),
    'cache.hold-negative': cited('on', 'source', `${HAPROXY_RESOLVERS_C} hold.nx 30 s`),
    'cache.negative-cap': cited('unlimited', 'source', `${HAPROXY_MANUAL} hold: the server stays down`),
    'cache.failure': cited('30s', 'source', `${HAPROXY_MANUAL} hold: the server stays down`),
    'lookup.path': cited('direct', 'source', `${HAPROXY_MANUAL} resolvers`),
    'lookup.one-resolver': HAPROXY_SCHEDULE,
    'lookup.two-resolvers': HAPROXY_SCHEDULE,
    'lookup.more-resolvers': HAPROXY_SCHEDULE,
    'keep-alive': cited('5s', 'documentation', `${HAPROXY_MANUAL} pool-purge-delay, default`),
    'connect-timeout': HAPROXY_CONNECT,
    'connections.close-on-change': cited('on', 'assumption', 'requests go to the new address at once'),
    'addresses.style': cited('first-only', 'documentation', `${HAPROXY_MANUAL}: one server, one address`),
  },
};

const HAPROXY_STATIC: Preset = {
  id: 'haproxy-static',
  title: 'HAProxy without resolvers',
  notes: [
    'Names are resolved through the C library at start only: set `restart-every` to the time between reloads.',
    'From general knowledge; no primary source was read.',
  ],
  values: {
    'cache.mode': cited('forever', 'assumption', 'names are resolved at start only'),
    'cache.negative-cap': cited('0s', 'assumption', 'HAProxy does not start without an address'),
    'keep-alive': cited('5s', 'documentation', `${HAPROXY_MANUAL} pool-purge-delay, default`),
    'connect-timeout': HAPROXY_CONNECT,
    'addresses.style': cited('first-only', 'assumption', 'one server, one address'),
  },
};

export const PROXIES: readonly Preset[] = [
  NGINX_STATIC,
  NGINX_VARIABLE,
  NGINX_RESOLVE,
  ENVOY_STRICT,
  ENVOY_LOGICAL,
  HAPROXY,
  HAPROXY_STATIC,
];
