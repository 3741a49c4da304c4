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
    'A resolver with nothing else to do notices a time-out up to half a second late, at its next event; left out.',
  ],
  values: {
    any: cited('all', 'documentation', 'doc.powerdns.com/recursor/settings.html: any-to-tcp is all there is'),
    ipv6: cited(false, 'source', `${PDNS_SETTINGS} outgoing.source_address 0.0.0.0: no queries over IPv6`),
    'whole-seconds': cited(true, 'source', 'pdns/recursordist/recursor_cache.hh: d_ttd is a time_t'),
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
    'aggressive-nsec': cited(
      false,
      'source',
      `${PDNS_SETTINGS} dnssec.validation process: validates, and so fills the aggressive cache, for clients that ask`,
    ),
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
    'quarantine.one-probe': cited(false, 'source', 'pdns/recursordist/syncres.cc shouldThrottle()'),
    'quarantine.bypass': cited('4%', 'source', `${PDNS_SETTINGS} bypass_server_throttling_probability 25`),
    'throttle.enabled': cited(true, 'source', 'pdns/recursordist/syncres.cc doThrottle()'),
    'throttle.timeout': cited('10s', 'source', 'pdns/recursordist/syncres.cc: time-out'),
    'throttle.timeout-queries': cited(5, 'source', 'pdns/recursordist/syncres.cc: time-out'),
    'throttle.error': cited('60s', 'source', 'pdns/recursordist/syncres.cc: SERVFAIL, REFUSED'),
    'throttle.error-queries': cited(3, 'source', 'pdns/recursordist/syncres.cc: SERVFAIL, REFUSED'),
    'join-queries': cited(
      false,
      'source',
      'pdns/recursordist/pdns_recursor.cc startDoResolve(): each query has a thread of its own',
    ),
    'shared-by': cited(
      'chain',
      'source',
      'pdns/recursordist/pdns_recursor.cc asendto(): chained to a query on its way; measured with 4.8.8: each of 60 ' +
        'clients that asked for the same waited its own 3 s',
    ),
    refusals: cited('as-loss', 'source', 'pdns/recursordist/syncres.cc doResolveAtThisIP(): PermanentError'),
    'throttle.refusal': cited('60s', 'source', 'pdns/recursordist/syncres.cc: unreachable'),
    'throttle.refusal-queries': cited(100, 'source', 'pdns/recursordist/syncres.cc: unreachable'),
    'errors-tell-time': cited(
      false,
      'source',
      'pdns/recursordist/syncres.cc: the speed is noted after the checks for errors',
    ),
    'qname-minimisation.errors': cited(
      'next-server',
      'measured',
      'PowerDNS Recursor 4.8.8: the minimised name on all servers, then the full name on all servers',
    ),
    'selection.by': cited('decaying-rtt', 'source', 'pdns/recursordist/syncres.cc shuffleInSpeedOrder()'),
    'server-addresses.when': cited(
      'untried',
      'source',
      'pdns/recursordist/syncres.cc shuffleInSpeedOrder(), retrieveAddressesForNS(): names never asked first',
    ),
    'selection.time-constant': cited(
      '60s',
      'source',
      'pdns/recursordist/syncres.cc DecayingEwmaCollection::getFactor()',
    ),
    'refresh-delegation': cited(
      false,
      'measured',
      'PowerDNS Recursor 4.8.8: no query to the parent after both servers were silent',
    ),
    'limits.time-ends': cited(
      'between-tries',
      'source',
      'pdns/recursordist/syncres.cc: looked at before each send',
    ),
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
