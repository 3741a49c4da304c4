/** The reference values of the rules towards authoritative servers in which resolvers differ. */
import { cited } from './cited.ts';
import type { Preset } from './preset.ts';

const SILENT = 'no RFC asks for it';
const UNUSED = 'unused unless enabled';
const INFRA = 'Unbound services/cache/infra.c';
const SYNCRES = 'PowerDNS Recursor pdns/recursordist/syncres.cc';
const KNOT = 'Knot Resolver lib/selection.c';

export const REFERENCE_UPSTREAM: Preset['values'] = {
  'timeout.margin': cited('0s', 'source', 'RFC 6298 §2: the clock granularity, none here'),
  'timeout.unknown-backoff': cited('own', 'source', 'RFC 9520 §3.1: back off per server'),
  'timeout.free-tries': cited(0, 'source', 'RFC 6298 §5.5'),
  'timeout.minimised-tries': cited(0, 'source', SILENT),
  'timeout.repeat-below': cited('0s', 'source', SILENT),
  'tries-per': cited('question', 'source', 'RFC 9520 §3.1'),
  'errors-per-server': cited(1, 'source', 'RFC 9520 §3.1'),
  'errors-tell-time': cited(true, 'assumption', 'an error reply is a reply'),
  refusals: cited('next-server', 'assumption', 'an error that is not silence'),
  'shared-by': cited('nobody', 'source', SILENT),
  'qname-minimisation.errors': cited('full-name', 'source', 'RFC 9156 §2.3 step 6'),
  'qname-minimisation.confirm': cited(false, 'source', SILENT),
  'qname-minimisation.remember': cited(true, 'source', 'RFC 9156 §2.3 step 1'),
  'probe.enabled': cited(false, 'source', SILENT),
  'probe.from': cited('12s', 'source', `${UNUSED}; ${INFRA} PROBE_MAXRTO`),
  'probe.margin': cited('2s', 'source', `${UNUSED}; ${INFRA} infra_host()`),
  'probe.out': cited('120s', 'source', `${UNUSED}; ${INFRA} USEFUL_SERVER_TOP_TIMEOUT`),
  'probe.type-losses': cited(3, 'source', `${UNUSED}; ${INFRA} TIMEOUT_COUNT_MAX`),
  'throttle.enabled': cited(false, 'source', SILENT),
  'throttle.timeout': cited('10s', 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'throttle.timeout-queries': cited(5, 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'throttle.error': cited('60s', 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'throttle.error-queries': cited(3, 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'throttle.refusal': cited('60s', 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'throttle.refusal-queries': cited(100, 'source', `${UNUSED}; ${SYNCRES} doThrottle()`),
  'tcp.enabled': cited(false, 'source', SILENT),
  'tcp.after-timeouts': cited(2, 'source', `${UNUSED}; ${KNOT} TCP_TIMEOUT_THRESHOLD`),
  'tcp.after-errors': cited(false, 'source', SILENT),
  'tcp.above': cited('2s', 'source', `${UNUSED}; ${KNOT} TCP_RTT_THRESHOLD`),
  'tcp.connect': cited('2s', 'source', `${UNUSED}; Knot Resolver lib/defines.h KR_CONN_RTT_MAX`),
  'tcp.reply': cited('10s', 'source', `${UNUSED}; Knot Resolver lib/defines.h KR_RESOLVE_TIME_LIMIT`),
  'quarantine.least-timeout': cited('0s', 'source', SILENT),
  'quarantine.one-probe': cited(true, 'source', 'unused unless enabled; Unbound services/cache/infra.c'),
  'quarantine.bypass': cited('0%', 'source', SILENT),
  'limits.time-ends': cited('at-once', 'source', 'RFC 8767 §5 query resolution timer'),
  'limits.timeouts': cited('unlimited', 'source', SILENT),
  'limits.errors': cited('unlimited', 'source', SILENT),
  'limits.queries-per': cited('request', 'source', 'RFC 9520 §2.6'),
  'server-addresses.when': cited(
    'ahead',
    'source',
    'RFC 1034 §5.3.3 step 2: best in parallel, while going on with the addresses that are available',
  ),
  'server-addresses.names': cited(
    3,
    'source',
    'Unbound target-fetch-policy; RFC 1034 §5.3.3: bound the work',
  ),
  'server-addresses.fewer-per-level': cited(1, 'source', 'Unbound target-fetch-policy'),
  'refresh-addresses': cited(false, 'source', 'RFC 8767 §5 asks for the delegation only'),
  'refresh-pause': cited('0s', 'source', 'RFC 9520 §3.2: while the failure is remembered'),
  'selection.cap': cited(2, 'source', `${KNOT}; used by epsilon-greedy only`),
  'selection.time-constant': cited(
    '60s',
    'source',
    'PowerDNS Recursor rec-nsspeeds.hh; used by decaying-rtt only',
  ),
  'selection.ipv4-handicap': cited('50ms', 'source', 'BIND v6-bias; used by smoothed-rtt only'),
};
