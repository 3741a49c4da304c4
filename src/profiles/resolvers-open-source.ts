/** Open-source recursive resolvers as they ship. */
import { cited } from './cited.ts';
import type { Preset } from './preset.ts';

const STALE_OFF = 'serve-stale is off by default';

const UNBOUND_CONFIG = 'Unbound 1.26 util/config_file.c config_create()';
const UNBOUND_RTT = 'Unbound 1.26 util/rtt.c';
const UNBOUND_INFRA = 'Unbound 1.26 services/cache/infra.c infra_host()';

export const UNBOUND: Preset = {
  id: 'unbound',
  title: 'Unbound 1.23 to 1.26',
  notes: [
    'When all losses in a row reach a time-out of 120 s the address is out of use until its entry is 900 s old; ' +
      'here the pause doubles up to 900 s instead.',
    'Aggressive NSEC (RFC 8198), validation, jostling (jostle-timeout) and discard-timeout are left out.',
    'The SERVFAIL cache is constant; a failed stale refresh is not retried for 5 s.',
  ],
  values: {
    'ttl-cap': cited('1d', 'source', `${UNBOUND_CONFIG} max_ttl`),
    'negative-cap': cited('1h', 'source', `${UNBOUND_CONFIG} max_negative_ttl`),
    'failure.first': cited('5s', 'source', 'Unbound 1.26 util/data/msgparse.h NORR_TTL'),
    'failure.factor': cited(1, 'source', 'Unbound 1.26 iterator/iterator.c error_response_cache()'),
    'failure.maximum': cited('5s', 'source', 'Unbound 1.26 util/data/msgparse.h NORR_TTL'),
    'serve-stale.enabled': cited(false, 'source', `${UNBOUND_CONFIG} serve_expired: ${STALE_OFF}`),
    'serve-stale.client-timer': cited('1.8s', 'source', `${UNBOUND_CONFIG} serve_expired_client_timeout`),
    'serve-stale.max-stale': cited('1d', 'source', `${UNBOUND_CONFIG} serve_expired_ttl`),
    'serve-stale.cap-at-original-ttl': cited(
      true,
      'source',
      'Unbound 1.26 doc/unbound.conf.rst serve-expired-reply-ttl',
    ),
    'serve-stale.recheck': cited('5s', 'source', 'Unbound 1.26 util/data/msgparse.h NORR_TTL'),
    'sends-per-server': cited(
      3,
      'assumption',
      `${UNBOUND_CONFIG} outbound_msg_retry is 5; 3 is the most RFC 9520 §3.1 allows`,
    ),
    'timeout.first': cited('376ms', 'source', `${UNBOUND_RTT} rtt_init()`),
    'timeout.minimum': cited('50ms', 'source', `${UNBOUND_CONFIG} infra_cache_min_rtt`),
    'timeout.maximum': cited('120s', 'source', `${UNBOUND_CONFIG} infra_cache_max_rtt`),
    'timeout.backoff': cited(2, 'source', `${UNBOUND_RTT} rtt_lost()`),
    'quarantine.enabled': cited(true, 'source', `${UNBOUND_INFRA}: single probes once the time-out is 12 s`),
    'quarantine.after': cited(5, 'source', `${UNBOUND_INFRA}: 376 ms doubled five times is 12 s`),
    'quarantine.first': cited('14s', 'source', `${UNBOUND_INFRA}: one probe per time-out plus 2 s`),
    'quarantine.maximum': cited('900s', 'source', `${UNBOUND_CONFIG} host_ttl, infra_keep_probing off`),
    'server-memory': cited('900s', 'source', `${UNBOUND_CONFIG} host_ttl`),
    'selection.by': cited('rtt-band', 'source', 'Unbound 1.26 iterator/iter_utils.c iter_server_selection()'),
    'selection.band': cited('400ms', 'source', 'Unbound 1.26 iterator/iterator.h RTT_BAND'),
    'ignore-cached-dname': cited(
      true,
      'assumption',
      'Unbound 1.26 synthesises from a cached DNAME only when it is signed',
    ),
    'limits.queries': cited(32, 'source', `${UNBOUND_CONFIG} max_sent_count`),
    'limits.cnames': cited(11, 'source', 'Unbound 1.26 iterator/iterator.h'),
    'limits.outstanding': cited(2048, 'source', `${UNBOUND_CONFIG} num_queries_per_thread, one thread`),
    'limits.time': cited('120s', 'assumption', 'no overall limit found; the longest time-out of one send'),
  },
};

const BIND_CONFIG = 'BIND 9.20 bin/named/config.c defaultconf';
const BIND_RESOLVER = 'BIND 9.20 lib/dns/resolver.c';

export const BIND: Preset = {
  id: 'bind',
  title: 'BIND 9.18 and 9.20 named',
  notes: [
    'The wait doubles only after the third pass over all addresses; here it doubles per address from the second.',
    'IPv4 is handicapped by 50 ms (v6-bias) and an address that timed out twice is asked over TCP; both left out.',
    'With serve-stale on there is no client timer: stale data comes after the failure, then at once for 30 s.',
  ],
  values: {
    'ttl-cap': cited('7d', 'source', `${BIND_CONFIG} max-cache-ttl`),
    'negative-cap': cited('3h', 'source', `${BIND_CONFIG} max-ncache-ttl`),
    'failure.first': cited('1s', 'source', `${BIND_CONFIG} servfail-ttl`),
    'failure.factor': cited(1, 'source', `${BIND_CONFIG} servfail-ttl: constant`),
    'failure.maximum': cited('1s', 'source', `${BIND_CONFIG} servfail-ttl`),
    'serve-stale.enabled': cited(false, 'source', `${BIND_CONFIG} stale-answer-enable: ${STALE_OFF}`),
    'serve-stale.client-timer': cited(
      'after-failure',
      'source',
      `${BIND_CONFIG} stale-answer-client-timeout off`,
    ),
    'serve-stale.answer-ttl': cited('30s', 'source', `${BIND_CONFIG} stale-answer-ttl`),
    'serve-stale.max-stale': cited('1d', 'source', `${BIND_CONFIG} max-stale-ttl`),
    'serve-stale.recheck': cited('30s', 'source', `${BIND_CONFIG} stale-refresh-time`),
    prefetch: cited('2s of 9s', 'source', `${BIND_CONFIG} prefetch 2 9`),
    'timeout.first': cited('800ms', 'source', `${BIND_CONFIG} resolver-retry-interval`),
    'timeout.minimum': cited('800ms', 'source', `${BIND_RESOLVER} fctx_setretryinterval()`),
    'timeout.maximum': cited('9s', 'source', `${BIND_RESOLVER} MAX_SINGLE_QUERY_TIMEOUT`),
    'timeout.counted-per': cited('question', 'source', `${BIND_RESOLVER}: passes are counted per fetch`),
    'selection.by': cited('lowest-rtt', 'source', `${BIND_RESOLVER} nextaddress()`),
    'selection.weight': cited(0.3, 'source', 'BIND 9.20 lib/dns/adb.c adjustsrtt()'),
    'selection.decay': cited(0.02, 'source', 'BIND 9.20 lib/dns/adb.c: aged by 0.98, at most once a second'),
    'selection.penalty': cited(
      '525ms',
      'source',
      `${BIND_RESOLVER}: a time-out adds 0 to 1.05 s, here its mean`,
    ),
    'limits.time': cited('10s', 'source', `${BIND_CONFIG} resolver-query-timeout`),
    'limits.queries': cited(50, 'source', `${BIND_CONFIG} max-recursion-queries`),
    'limits.cnames': cited(11, 'source', `${BIND_CONFIG} max-query-restarts`),
    'limits.depth': cited(7, 'source', `${BIND_CONFIG} max-recursion-depth`),
    'limits.outstanding': cited(1000, 'source', `${BIND_CONFIG} recursive-clients`),
    'limits.joined': cited(100, 'source', `${BIND_CONFIG} max-clients-per-query; tuned from 10 upwards`),
  },
};

const PDNS_SETTINGS = 'PowerDNS Recursor 5 pdns/recursordist/rec-rust-lib/table.py';

export const PDNS_RECURSOR: Preset = {
  id: 'pdns-recursor',
  title: 'PowerDNS Recursor 5',
  notes: [
    'The packet cache in front keeps NXDOMAIN and NODATA at most 60 s; here that bound applies to all negatives.',
    'Throttling is per server, name and type (10 s after a time-out, 60 s after an error) and per server after 64 ' +
      'failures in a row; here only the latter.',
  ],
  values: {
    'ttl-floor': cited('1s', 'source', `${PDNS_SETTINGS} minimum_ttl_override`),
    'ttl-cap': cited('1d', 'source', `${PDNS_SETTINGS} max_ttl`),
    'negative-cap': cited(
      '60s',
      'source',
      `${PDNS_SETTINGS} packetcache.negative_ttl (records: max_negative_ttl 3600)`,
    ),
    'failure.first': cited('60s', 'source', `${PDNS_SETTINGS} packetcache.servfail_ttl`),
    'failure.factor': cited(1, 'source', `${PDNS_SETTINGS} packetcache.servfail_ttl: constant`),
    'failure.maximum': cited('60s', 'source', `${PDNS_SETTINGS} packetcache.servfail_ttl`),
    'serve-stale.enabled': cited(false, 'source', `${PDNS_SETTINGS} serve_stale_extensions 0: ${STALE_OFF}`),
    'serve-stale.client-timer': cited(
      'after-failure',
      'source',
      'pdns/recursordist/recursor_cache.cc SERVE-STALE comment',
    ),
    'serve-stale.cap-at-original-ttl': cited(
      true,
      'source',
      'pdns/recursordist/recursor_cache.cc updateStaleEntry()',
    ),
    'serve-stale.max-stale': cited('1h', 'documentation', 'PowerDNS Recursor manual: 120 extensions of 30 s'),
    'sends-per-server': cited(1, 'source', 'pdns/recursordist/syncres.cc: the next address after one send'),
    'timeout.first': cited('1.5s', 'source', `${PDNS_SETTINGS} network_timeout`),
    'timeout.mode': cited('fixed', 'source', `${PDNS_SETTINGS} network_timeout`),
    'timeout.minimum': cited('1.5s', 'source', `${PDNS_SETTINGS} network_timeout`),
    'timeout.maximum': cited('1.5s', 'source', `${PDNS_SETTINGS} network_timeout`),
    'timeout.backoff': cited(1, 'source', `${PDNS_SETTINGS} network_timeout`),
    'quarantine.enabled': cited(true, 'source', `${PDNS_SETTINGS} server_down_max_fails`),
    'quarantine.after': cited(64, 'source', `${PDNS_SETTINGS} server_down_max_fails`),
    'quarantine.first': cited('60s', 'source', `${PDNS_SETTINGS} server_down_throttle_time`),
    'quarantine.factor': cited(1, 'source', `${PDNS_SETTINGS} server_down_throttle_time`),
    'quarantine.maximum': cited('60s', 'source', `${PDNS_SETTINGS} server_down_throttle_time`),
    'selection.by': cited('lowest-rtt', 'source', 'pdns/recursordist/syncres.cc shuffleInSpeedOrder()'),
    'selection.weight': cited(
      0.3,
      'assumption',
      'an EWMA whose weight depends on the time since the last sample',
    ),
    'selection.decay': cited(0.0167, 'source', 'pdns/recursordist/rec-nsspeeds.hh: time constant of 60 s'),
    'selection.penalty': cited('1s', 'source', 'pdns/recursordist/syncres.cc: a failure is entered as 1 s'),
    'limits.time': cited('7s', 'source', `${PDNS_SETTINGS} max_total_msec`),
    'limits.queries': cited(50, 'source', `${PDNS_SETTINGS} max_qperq`),
    'limits.outstanding': cited(2048, 'source', `${PDNS_SETTINGS} max_mthreads`),
  },
};

const KNOT_DEFINES = 'Knot Resolver 6.4 lib/defines.h';
const KNOT_SELECTION = 'Knot Resolver 6.4 lib/selection.c';

export const KNOT_RESOLVER: Preset = {
  id: 'knot-resolver',
  title: 'Knot Resolver 6.4',
  notes: [
    'After two UDP time-outs in a row, or above 2 s, it asks over TCP; left out.',
    'IPv6 as a whole is avoided after time-outs on six different /48s; left out.',
    'SERVFAIL is normally not kept; one second is the least RFC 9520 allows and what is used here.',
  ],
  values: {
    'ttl-floor': cited('5s', 'source', `${KNOT_DEFINES} KR_CACHE_DEFAULT_TTL_MIN`),
    'ttl-cap': cited('1d', 'source', `${KNOT_DEFINES} KR_CACHE_DEFAULT_TTL_MAX`),
    'negative-floor': cited('5s', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'negative-cap': cited('1d', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'failure.first': cited('1s', 'assumption', 'not kept as far as read; the least RFC 9520 §3.2 allows'),
    'failure.factor': cited(1, 'assumption', 'not kept as far as read'),
    'failure.maximum': cited('1s', 'assumption', 'not kept as far as read'),
    'serve-stale.enabled': cited(false, 'source', `Knot Resolver 6.4 options_schema.py: ${STALE_OFF}`),
    'serve-stale.client-timer': cited(
      '3s',
      'source',
      'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua',
    ),
    'serve-stale.answer-ttl': cited('1s', 'source', 'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua'),
    'serve-stale.max-stale': cited('1d', 'source', 'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua'),
    'timeout.first': cited('400ms', 'source', `${KNOT_SELECTION} DEFAULT_TIMEOUT`),
    'timeout.minimum': cited('20ms', 'source', `${KNOT_SELECTION} calc_timeout(): srtt plus at least 20 ms`),
    'timeout.maximum': cited('10s', 'source', `${KNOT_SELECTION} calc_timeout()`),
    'quarantine.enabled': cited(true, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.after': cited(4, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.first': cited('1s', 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.factor': cited(1, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.maximum': cited('1s', 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'selection.by': cited(
      'lowest-rtt',
      'source',
      `${KNOT_SELECTION} cmp_choices(): fewest errors, then fastest`,
    ),
    'selection.explore': cited('5%', 'source', `${KNOT_SELECTION} EPSILON_NOMIN and EPSILON_DENOM`),
    'selection.decay': cited(0, 'assumption', 'exploration takes the place of ageing'),
    'limits.time': cited('10s', 'source', `${KNOT_DEFINES} KR_RESOLVE_TIME_LIMIT`),
    'limits.cnames': cited(13, 'source', 'Knot Resolver 6.4 lib/resolve.h'),
  },
};
