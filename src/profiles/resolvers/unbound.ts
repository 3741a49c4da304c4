/** Unbound as it ships: source of 1.26, measurements of 1.17.1. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const STALE_OFF = 'serve-stale is off by default';
const UNBOUND_CONFIG = 'Unbound 1.26 util/config_file.c config_create()';
const UNBOUND_RTT = 'Unbound 1.26 util/rtt.c';
const UNBOUND_INFRA = 'Unbound 1.26 services/cache/infra.c infra_host()';

export const UNBOUND: Preset = {
  id: 'unbound',
  title: 'Unbound 1.23 to 1.26',
  notes: [
    'Once losses in a row have led to a time-out of 120 s, the address is out of use until its entry is 900 s old, ' +
      'healed or not. It then gets one query of 120 s; unless that is answered, it is out for as long again ' +
      '(infra_host(): TOP_TIMEOUT remains on reuse).',
    'A trust anchor is taken to be set, as packages do: without one nothing is validated and aggressive NSEC is idle.',
    'Validation itself is left out, and so is wait-limit (1000 per client address).',
    'The SERVFAIL cache is constant; a failed stale refresh is not retried for 5 s.',
  ],
  values: {
    'whole-seconds': cited(true, 'source', 'Unbound 1.26 util/data/msgreply.c: times are time_t'),
    'ttl-cap': cited('1d', 'source', `${UNBOUND_CONFIG} max_ttl`),
    'ttl-bounds': cited(
      'all',
      'source',
      'Unbound 1.26 util/data/msgreply.c rdata_copy(): the SOA of a negative answer is bounded as data are',
    ),
    'expiry-grace': cited(
      '1s',
      'measured',
      'Unbound 1.17.1: a record of 10 s lasts 11 s and shows TTL 0 in the last',
    ),
    'negative-cap': cited('1h', 'source', `${UNBOUND_CONFIG} max_negative_ttl`),
    'negative-without-soa': cited('5s', 'source', 'Unbound 1.26 util/data/msgparse.h NORR_TTL'),
    'nxdomain-scope': cited('type', 'measured', 'Unbound 1.17.1: another type of the name is asked for'),
    'shared-soa': cited(
      true,
      'measured',
      'Unbound 1.17.1: 3 s after the first, another NXDOMAIN of the zone shows 297 of 300',
    ),
    'aggressive-nsec': cited(
      true,
      'source',
      `${UNBOUND_CONFIG} aggressive_nsec, since 1.15.0; NSEC only (validator/val_neg.c val_neg_getmsg())`,
    ),
    'nxdomain-cut': cited(
      false,
      'source',
      'Unbound 1.26 harden-below-nxdomain: only below signed denials; measured so',
    ),
    'accept-volunteered-ns': cited(
      false,
      'measured',
      "Unbound 1.17.1 stays with the parent's NS set until the set is asked for",
    ),
    'prefetch-delegations': cited(
      true,
      'source',
      'Unbound 1.26 iterator/iterator.c: prefetch_leeway in the search for a delegation',
    ),
    'qname-minimisation.hide-type': cited(
      true,
      'source',
      'Unbound 1.26 iterator/iterator.c: types other than A and DS are hidden behind A to the last',
    ),
    'qname-minimisation.confirm': cited(
      true,
      'source',
      'Unbound 1.17 iterator/iterator.c SKIP_MINIMISE_STATE, set by every time-out; measured so',
    ),
    'qname-minimisation.timeouts': cited(
      3,
      'source',
      'Unbound iterator/iterator.h MAX_MINIMISE_TIMEOUT_COUNT',
    ),
    any: cited('all', 'source', `${UNBOUND_CONFIG} deny_any is off; services/cache/dns.c fill_any()`),
    'self-alias': cited(
      'answer',
      'source',
      "Unbound's test iter_dname_insec.rpl: an alias to itself is answered as it stands",
    ),
    'discard-after': cited('1.9s', 'source', `${UNBOUND_CONFIG} discard_timeout`),
    'limits.overload': cited('jostle', 'source', 'Unbound 1.26 services/mesh.c mesh_make_new_space()'),
    'limits.jostle': cited('200ms', 'source', `${UNBOUND_CONFIG} jostle_time`),
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
    'serve-stale.timer-mode': cited(
      'shared',
      'source',
      'Unbound 1.26 services/mesh.c mesh_serve_expired_init(): one timer for all who wait for a query',
    ),
    'serve-stale.ede': cited(false, 'source', `${UNBOUND_CONFIG} ede, ede_serve_expired`),
    'sends-per-server': cited(5, 'source', `${UNBOUND_CONFIG} outbound_msg_retry`),
    'tries-per': cited(
      'delegation',
      'measured',
      'Unbound 1.17.1: 10 queries for a name whose two servers answer SERVFAIL, minimised ones included',
    ),
    'errors-per-server': cited(5, 'source', `${UNBOUND_CONFIG} outbound_msg_retry`),
    'timeout.first': cited('376ms', 'source', `${UNBOUND_RTT} rtt_init()`),
    'timeout.minimum': cited('50ms', 'source', `${UNBOUND_CONFIG} infra_cache_min_rtt`),
    'timeout.maximum': cited('120s', 'source', `${UNBOUND_CONFIG} infra_cache_max_rtt`),
    'timeout.backoff': cited(2, 'source', `${UNBOUND_RTT} rtt_lost()`),
    'timeout.mode': cited('whole-milliseconds', 'source', `${UNBOUND_RTT} rtt_update()`),
    'timeout.repeat-below': cited(
      '5s',
      'source',
      'Unbound 1.26 services/outside_network.c serviced_udp_callback(): once more with a smaller EDNS size',
    ),
    refusals: cited(
      'ignored',
      'source',
      'Unbound 1.26 util/netevent.c comm_point_udp_callback(): an error of recvfrom() ends the call; measured with 1.17.1',
    ),
    'shared-by': cited('server', 'source', 'Unbound 1.26 services/outside_network.c lookup_serviced()'),
    'probe.enabled': cited(true, 'source', `${UNBOUND_INFRA}: single probes once the time-out is 12 s`),
    'probe.from': cited('12s', 'source', `${UNBOUND_INFRA} PROBE_MAXRTO`),
    'probe.margin': cited('2s', 'source', `${UNBOUND_INFRA}: one probe per time-out plus 2 s`),
    'probe.out': cited(
      '120s',
      'source',
      `${UNBOUND_INFRA}: USEFUL_SERVER_TOP_TIMEOUT, infra_keep_probing off`,
    ),
    'probe.type-losses': cited(
      3,
      'source',
      'Unbound 1.26 services/cache/infra.c infra_get_lame_rtt(): TIMEOUT_COUNT_MAX for A, AAAA and all others',
    ),
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
    'limits.queries-per': cited('fetch', 'source', `${UNBOUND_CONFIG} max_sent_count is per name looked up`),
    'limits.time': cited(
      '15m',
      'measured',
      'Unbound 1.17.1: about 400 s for two silent servers; no limit of its own found, the rest is headroom',
    ),
    'limits.time-ends': cited('between-tries', 'assumption', 'no overall limit found'),
    'server-addresses.when': cited(
      'ahead',
      'source',
      'Unbound 1.26 iterator/iterator.c processQueryTargets(): extra targets, not waited for',
    ),
    'server-addresses.names': cited(3, 'source', `${UNBOUND_CONFIG} target_fetch_policy "3 2 1 0 0"`),
    'server-addresses.fewer-per-level': cited(
      1,
      'source',
      `${UNBOUND_CONFIG} target_fetch_policy "3 2 1 0 0"`,
    ),
    'refresh-addresses': cited(true, 'source', 'Unbound 1.26 iterator/iterator.c processLastResort()'),
    'refresh-pause': cited(
      '900s',
      'measured',
      'Unbound 1.17.1: the second name of a failing zone asks the parent nothing; taken to last as long as host_ttl',
    ),
  },
};
