/** PowerDNS Recursor as it ships: source of 5, measurements of 4.8.8. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const STALE_OFF = 'serve-stale is off by default';
const PDNS_SETTINGS = 'PowerDNS Recursor 5 pdns/recursordist/rec-rust-lib/table.py';

export const PDNS_RECURSOR: Preset = {
  id: 'pdns-recursor',
  title: 'PowerDNS Recursor 5',
  notes: [
    'The packet cache in front is seen in three things only: it keeps SERVFAIL for 60 s, it keeps hits away from ' +
      'the records (so refresh-on-ttl-perc rarely acts), and it is never older than the records.',
    'Throttling is per server, name and type (10 s after a time-out, 60 s after an error) and per server after 64 ' +
      'failures in a row; here only the latter.',
  ],
  values: {
    'ttl-floor': cited('1s', 'source', `${PDNS_SETTINGS} minimum_ttl_override`),
    'ttl-cap': cited('1d', 'source', `${PDNS_SETTINGS} max_ttl`),
    'ttl-cap-least': cited(
      '15s',
      'measured',
      'PowerDNS Recursor 4.8.8 raises a smaller max-cache-ttl to 15 s',
    ),
    'ttl-bounds': cited(
      'soa',
      'source',
      'pdns/recursordist/syncres.cc: every record of a reply is bounded before the SOA is read',
    ),
    'negative-cap': cited('1h', 'source', `${PDNS_SETTINGS} max_negative_ttl`),
    'packet-cache': cited('1d', 'source', `${PDNS_SETTINGS} packetcache.ttl`),
    'nxdomain-cut': cited(false, 'source', `${PDNS_SETTINGS} nothing_below_nxdomain: only signed ones`),
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
    'serve-stale.extensions': cited(
      120,
      'documentation',
      'PowerDNS Recursor manual: 120 extensions, an hour, as the example for serve_stale_extensions',
    ),
    'serve-stale.extension': cited(
      '30s',
      'source',
      'pdns/recursordist/recursor_cache.hh s_serveStaleExtensionPeriod',
    ),
    'serve-stale.ede': cited(false, 'measured', 'PowerDNS Recursor 4.8.8 gives no extended error'),
    'serve-stale.max-stale': cited(
      '1d',
      'measured',
      'PowerDNS Recursor 4.8.8: with 1440 extensions stale for just under a day; the extensions limit it',
    ),
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
    'limits.overload': cited(
      'drop',
      'source',
      'pdns/recursordist/pdns_recursor.cc: above max_mthreads queries are dropped',
    ),
  },
};
