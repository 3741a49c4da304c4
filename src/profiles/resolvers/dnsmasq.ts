/** dnsmasq, the forwarder inside many home routers. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const CONFIG = 'dnsmasq 2.91 src/config.h';
const FORWARD = 'dnsmasq 2.91 src/forward.c';
const NO_RETRY = `${FORWARD} forward_query(): the client has to ask again`;

export const DNSMASQ: Preset = {
  id: 'dnsmasq',
  title: 'dnsmasq 2.91',
  notes: [
    'It asks the resolvers its `forward` names; without `forward` it walks from the root here, as it never does.',
    'It sends nothing again by itself: when the client asks again it asks all servers, and every 50 queries or 20 s ' +
      'all of them, to stay with the first that answers.',
    'When its favourite answers with an error it asks all once more, that one too, and hands on what comes first; only ' +
      'REFUSED makes it wait for the others.',
    'SERVFAIL is not kept, and where no upstream answers the client gets no answer at all.',
  ],
  values: {
    'ttl-floor': cited('0s', 'source', 'dnsmasq 2.91 man page, --min-cache-ttl: not set'),
    'ttl-cap': cited('unlimited', 'source', 'dnsmasq 2.91 man page, --max-cache-ttl: not set'),
    'negative-cap': cited('unlimited', 'source', 'dnsmasq 2.91 src/rfc1035.c find_soa()'),
    'negative-without-soa': cited('0s', 'source', 'dnsmasq 2.91 man page, --neg-ttl: not set'),
    'cached-names': cited(150, 'source', `${CONFIG} CACHESIZ`),
    'failure.first': cited('0s', 'source', `${FORWARD} reply_query(): SERVFAIL is passed on, not kept`),
    'failure.factor': cited(1, 'source', `${FORWARD} reply_query(): SERVFAIL is passed on, not kept`),
    'failure.maximum': cited('0s', 'source', `${FORWARD} reply_query(): SERVFAIL is passed on, not kept`),
    'serve-stale.enabled': cited(false, 'source', 'dnsmasq 2.91 man page, --use-stale-cache: not set'),
    'serve-stale.client-timer': cited('0s', 'source', 'dnsmasq 2.91 man page, --use-stale-cache: at once'),
    'serve-stale.answer-ttl': cited('0s', 'source', 'dnsmasq 2.91 src/rfc1035.c crec_ttl()'),
    'serve-stale.recheck': cited('0s', 'measured', 'dnsmasq 2.90 asks its upstream at every query'),
    'serve-stale.ede': cited(true, 'measured', 'dnsmasq 2.90 with --use-stale-cache: code 3'),
    'serve-stale.max-stale': cited('1d', 'source', `${CONFIG} STALE_CACHE_EXPIRY`),
    prefetch: cited('off', 'source', 'dnsmasq 2.91 man page: none'),
    'nxdomain-cut': cited(false, 'assumption', 'the cache is keyed by name; no cut was found'),
    'qname-minimisation.mode': cited('off', 'assumption', 'it forwards whole questions'),
    'sends-per-server': cited(1, 'source', NO_RETRY),
    'timeout.mode': cited('fixed', 'source', NO_RETRY),
    'timeout.first': cited('10s', 'source', `${CONFIG} TIMEOUT: a query is forgotten after 10 s`),
    'timeout.minimum': cited('10s', 'source', `${CONFIG} TIMEOUT`),
    'timeout.maximum': cited('10s', 'source', `${CONFIG} TIMEOUT`),
    'timeout.backoff': cited(1, 'source', NO_RETRY),
    'selection.by': cited(
      'lowest-rtt',
      'source',
      `${CONFIG} FORWARD_TEST, FORWARD_TIME: the first to answer`,
    ),
    'forward.policy': cited('sticky-fastest', 'source', `${FORWARD} forward_query(): last_server`),
    'forward.timeout': cited('10s', 'source', `${CONFIG} TIMEOUT: a query is forgotten after 10 s`),
    'forward.rounds': cited(1, 'source', NO_RETRY),
    'forward.total': cited('0s', 'source', NO_RETRY),
    'forward.resend-errors': cited(true, 'source', `${FORWARD} reply_query(): SERVFAIL or REFUSED`),
    'forward.silent': cited(
      true,
      'measured',
      'dnsmasq 2.90, upstream silent: no answer at all to the client',
    ),
    'forward.fresh-ttl': cited(
      'received',
      'measured',
      'dnsmasq 2.90 with --max-cache-ttl or --min-cache-ttl: the first answer',
    ),
    'forward.shown-ttl-cap': cited('unlimited', 'source', 'dnsmasq 2.91 man page, --max-ttl: not set'),
    'forward.sticky-questions': cited(50, 'source', `${CONFIG} FORWARD_TEST`),
    'forward.sticky-time': cited('20s', 'source', `${CONFIG} FORWARD_TIME`),
    'limits.time': cited('10s', 'source', `${CONFIG} TIMEOUT`),
    'limits.outstanding': cited(150, 'source', `${CONFIG} FTABSIZ`),
  },
};
