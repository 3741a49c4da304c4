/** BIND 9 named as it ships: source of 9.20, measurements of 9.18.49. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const STALE_OFF = 'serve-stale is off by default';
const BIND_CONFIG = 'BIND 9.20 bin/named/config.c defaultconf';
const BIND_RESOLVER = 'BIND 9.20 lib/dns/resolver.c';

export const BIND: Preset = {
  id: 'bind',
  title: 'BIND 9.18 and 9.20 named',
  notes: [
    'Versions after 9.20 ask an address that timed out twice over TCP; left out.',
    'Version 9.18 forgets slowness by a 512th a second where 9.20 takes 2 %: `selection.decay: 0.00195`.',
    'With serve-stale on there is no client timer: stale data comes after the failure, then at once for 30 s. Version 9.18 ' +
      'may have one; who then joins a look-up older than that gets stale data at its next time-out.',
  ],
  values: {
    'whole-seconds': cited(
      true,
      'source',
      'BIND 9.20 lib/dns/rbtdb.c: times are isc_stdtime_t, whole seconds',
    ),
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
    'serve-stale.timer-mode': cited(
      'fetch',
      'source',
      'BIND 9.18 lib/dns/resolver.c fctx_starttimer(), expires_try_stale: that of the first who asked',
    ),
    'serve-stale.recheck-with-timer': cited(
      false,
      'measured',
      'BIND 9.18.49 with stale-answer-client-timeout 1800: a full attempt every 10 s',
    ),
    'serve-stale.nxdomain': cited(false, 'measured', 'BIND 9.18.49: SERVFAIL for an expired NXDOMAIN'),
    'fresh-shown': cited(
      'kept',
      'measured',
      "BIND 9.18.49: an NS set of 900 s shows 296, what is left of the parent's",
    ),
    'aggressive-nsec': cited(
      true,
      'source',
      `${BIND_CONFIG} synth-from-dnssec yes, dnssec-validation auto; NSEC only (notes of 9.17.21)`,
    ),
    'nxdomain-cut': cited(false, 'measured', 'BIND 9.18.49 asks below an unsigned NXDOMAIN'),
    'accept-volunteered-ns': cited(
      false,
      'measured',
      "BIND 9.18.49 stays with the parent's NS set until the set is asked for",
    ),
    any: cited('all', 'documentation', 'BIND 9 ARM: minimal-any is off; what is cached of the name is given'),
    'without-recursion': cited(
      'referral',
      'measured',
      "BIND 9.18 over sockets, Unbound's test ttl_max.rpl: NOERROR without RD to clients that may recurse",
    ),
    'loop-shows-aliases': cited(true, 'measured', 'BIND 9.18.49: SERVFAIL with both CNAMEs of a loop'),
    'qname-minimisation.type': cited('NS', 'source', `${BIND_RESOLVER} fctx_minimize_qname()`),
    'qname-minimisation.labels': cited(
      6,
      'source',
      `${BIND_RESOLVER} DNS_QMIN_MAXLABELS 7, the root's among them`,
    ),
    'qname-minimisation.one-label': cited(
      128,
      'source',
      `${BIND_RESOLVER} fctx_minimize_qname(): one at a time`,
    ),
    'qname-minimisation.count': cited(128, 'source', `${BIND_RESOLVER} fctx_minimize_qname(): no such limit`),
    prefetch: cited('2s of 9s', 'source', `${BIND_CONFIG} prefetch 2 9`),
    'timeout.first': cited('800ms', 'source', `${BIND_CONFIG} resolver-retry-interval`),
    'timeout.minimum': cited('800ms', 'source', `${BIND_RESOLVER} fctx_setretryinterval()`),
    'timeout.maximum': cited('9s', 'source', `${BIND_RESOLVER} MAX_SINGLE_QUERY_TIMEOUT`),
    'timeout.counted-per': cited('question', 'source', `${BIND_RESOLVER}: passes are counted per fetch`),
    'timeout.mode': cited('selection', 'source', `${BIND_RESOLVER} fctx_setretryinterval()`),
    'timeout.free-tries': cited(2, 'source', `${BIND_RESOLVER}: doubles after nonbackofftries, 3 passes`),
    'timeout.minimised-tries': cited(
      1,
      'source',
      `${BIND_RESOLVER} resume_qmin(): addresses are sought anew for the full name, which counts as a pass`,
    ),
    refusals: cited('as-loss', 'source', `${BIND_RESOLVER} rctx_dispfail(): no_response`),
    'shared-by': cited(
      'first',
      'source',
      `${BIND_RESOLVER} fctx_minimize_qname(): the minimised name is a fetch, which all may join`,
    ),
    'sends-per-server': cited(100, 'source', `${BIND_RESOLVER}: 100 passes over the addresses`),
    'qname-minimisation.errors': cited(
      'next-server',
      'source',
      `${BIND_RESOLVER} fctx_minimize_qname(): the minimised name is a fetch of its own`,
    ),
    'qname-minimisation.timeouts': cited(
      128,
      'source',
      `${BIND_RESOLVER}: the fetch of the minimised name uses up resolver-query-timeout`,
    ),
    'refresh-delegation': cited(
      false,
      'measured',
      'BIND 9.18.49: four queries where both servers answer SERVFAIL, none of them to the parent',
    ),
    'server-memory': cited('1800s', 'source', 'BIND 9.20 lib/dns/adb.c ADB_ENTRY_WINDOW'),
    'forward.fallback': cited(true, 'documentation', 'BIND ARM, forward: first is the default'),
    'selection.by': cited('smoothed-rtt', 'source', `${BIND_RESOLVER} nextaddress()`),
    'selection.weight': cited(0.3, 'source', 'BIND 9.20 lib/dns/adb.c adjustsrtt()'),
    'selection.decay': cited(0.02, 'source', 'BIND 9.20 lib/dns/adb.c: aged by 0.98, at most once a second'),
    'selection.penalty': cited(
      '1.05s',
      'source',
      `${BIND_RESOLVER} fctx_cancelquery(): a time-out adds up to 1.05 s, less to slow addresses`,
    ),
    'selection.ipv4-handicap': cited('50ms', 'source', `${BIND_CONFIG} v6-bias`),
    'server-addresses.when': cited(
      'ahead',
      'source',
      `${BIND_RESOLVER} fctx_getaddresses(): ADB finds for all names, waited for only when there is no address`,
    ),
    'server-addresses.names': cited(
      5,
      'source',
      `${BIND_RESOLVER} NS_FAIL_LIMIT: of larger NS sets no more than five names without an address`,
    ),
    'server-addresses.fewer-per-level': cited(0, 'source', `${BIND_RESOLVER}: at any depth`),
    'limits.time': cited('10s', 'source', `${BIND_CONFIG} resolver-query-timeout`),
    'limits.queries': cited(50, 'source', `${BIND_CONFIG} max-recursion-queries`),
    'limits.cnames': cited(11, 'source', `${BIND_CONFIG} max-query-restarts`),
    'limits.depth': cited(7, 'source', `${BIND_CONFIG} max-recursion-depth`),
    'limits.outstanding': cited(1000, 'source', `${BIND_CONFIG} recursive-clients`),
    'limits.overload': cited(
      'drop-oldest',
      'source',
      'BIND 9.20 lib/ns/query.c: above the soft quota the oldest client is dropped',
    ),
    'limits.joined': cited(10, 'source', `${BIND_CONFIG} clients-per-query; measured: 10 of 50 answered`),
    'limits.joined-step': cited(5, 'source', `${BIND_RESOLVER} fctx_sendevents(): spillat`),
    'limits.joined-most': cited(100, 'source', `${BIND_CONFIG} max-clients-per-query`),
    'limits.joined-falls': cited('20m', 'source', `${BIND_RESOLVER} spillattimer`),
  },
};
