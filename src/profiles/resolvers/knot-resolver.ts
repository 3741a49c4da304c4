/** Knot Resolver as it ships: source of 6.4, measurements of 5.6.0. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const STALE_OFF = 'serve-stale is off by default';
const KNOT_DEFINES = 'Knot Resolver 6.4 lib/defines.h';
const KNOT_SELECTION = 'Knot Resolver 6.4 lib/selection.c';

export const KNOT_RESOLVER: Preset = {
  id: 'knot-resolver',
  title: 'Knot Resolver 6.4',
  notes: [
    'IPv6 as a whole is avoided after time-outs on six different /48s; left out.',
    'SERVFAIL is not kept at all: every query is a full attempt, ended by ten time-outs, five errors in a row or 10 s.',
    'Version 5.6 sends an answer that is due when a connection attempt has failed with its next event only, in a quiet ' +
      'resolver seconds later; left out.',
  ],
  values: {
    'whole-seconds': cited(true, 'source', 'Knot Resolver 6.4 lib/cache/impl.h: entry_h.time is in seconds'),
    'ttl-floor': cited('5s', 'source', `${KNOT_DEFINES} KR_CACHE_DEFAULT_TTL_MIN`),
    'ttl-cap': cited('1d', 'source', `${KNOT_DEFINES} KR_CACHE_DEFAULT_TTL_MAX`),
    'ttl-bounds': cited('all', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'expiry-grace': cited(
      '1s',
      'measured',
      'Knot Resolver 5.6.0: a record of 10 s lasts 11 s and shows TTL 0 in the last',
    ),
    'negative-floor': cited('5s', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'negative-without-soa': cited('5s', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'negative-shown': cited(
      'received',
      'measured',
      'Knot Resolver 5.6.0: a capped negative answer counts down from its own TTL',
    ),
    'nxdomain-scope': cited('type', 'measured', 'Knot Resolver 5.6.0: another type of the name is asked for'),
    'aggressive-nsec': cited(
      true,
      'source',
      'Knot Resolver 6.4 lib/cache/peek.c nsec1_src_synth(); validation is on by default',
    ),
    'aggressive-nsec3': cited(true, 'source', 'Knot Resolver 6.4 lib/cache/peek.c nsec3_src_synth()'),
    'nxdomain-cut': cited(false, 'measured', 'Knot Resolver 5.6.0 asks below an unsigned NXDOMAIN'),
    'accept-volunteered-ns': cited(
      false,
      'measured',
      "Knot Resolver 5.6.0 stays with the parent's NS set until the set is asked for",
    ),
    'chain-trust': cited(
      'whole',
      'measured',
      'Knot Resolver 5.6.0 takes the whole chain of a zone from one answer',
    ),
    'loop-shows-aliases': cited(true, 'measured', 'Knot Resolver 5.6.0: SERVFAIL with both CNAMEs of a loop'),
    'qname-minimisation.type': cited('NS', 'source', 'Knot Resolver 6.4 lib/layer/iterate.c'),
    'qname-minimisation.timeouts': cited(
      128,
      'source',
      'Knot Resolver 6.4 lib/layer/iterate.c: only replies end minimisation',
    ),
    'qname-minimisation.uncut': cited(
      1,
      'measured',
      'Knot Resolver 5.6.0: the full name after one label without a cut',
    ),
    'negative-cap': cited('1d', 'source', 'Knot Resolver 6.4 lib/cache/entry_pkt.c packet_ttl()'),
    'failure.first': cited('0s', 'measured', 'Knot Resolver 5.6.0: the next query is a full attempt'),
    'failure.factor': cited(1, 'measured', 'Knot Resolver 5.6.0: no failure is kept'),
    'failure.maximum': cited('0s', 'measured', 'Knot Resolver 5.6.0: no failure is kept'),
    'serve-stale.enabled': cited(false, 'source', `Knot Resolver 6.4 options_schema.py: ${STALE_OFF}`),
    'serve-stale.client-timer': cited(
      '3s',
      'source',
      'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua',
    ),
    'serve-stale.timer-mode': cited(
      'between-tries',
      'source',
      'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua: asked when the next server is chosen',
    ),
    'serve-stale.recheck': cited('0s', 'measured', 'Knot Resolver 5.6.0: every query is a full attempt'),
    'serve-stale.answer-ttl': cited('1s', 'source', 'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua'),
    'serve-stale.max-stale': cited('1d', 'source', 'Knot Resolver 6.4 modules/serve_stale/serve_stale.lua'),
    'timeout.mode': cited('rounded-milliseconds', 'source', `${KNOT_SELECTION} calc_rtt_state()`),
    'timeout.counted-per': cited('losses', 'source', `${KNOT_SELECTION} server_timeout()`),
    'timeout.first': cited('400ms', 'source', `${KNOT_SELECTION} DEFAULT_TIMEOUT`),
    'timeout.minimum': cited(
      '20ms',
      'source',
      `${KNOT_SELECTION} calc_timeout(): at least 20 ms above the srtt`,
    ),
    'timeout.maximum': cited('10s', 'source', `${KNOT_SELECTION} calc_timeout()`),
    'quarantine.enabled': cited(true, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.after': cited(4, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.first': cited('1s', 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.factor': cited(1, 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.maximum': cited('1s', 'source', 'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_*'),
    'quarantine.one-probe': cited(
      false,
      'source',
      `${KNOT_SELECTION} invalidate_dead_upstream(): for all again after the pause`,
    ),
    'timeout.margin': cited('20ms', 'source', `${KNOT_SELECTION} MINIMAL_TIMEOUT_ADDITION`),
    'timeout.unknown-backoff': cited('fetch', 'source', `${KNOT_SELECTION} select_transport()`),
    'sends-per-server': cited(100, 'source', `${KNOT_DEFINES} KR_ITER_LIMIT`),
    'qname-minimisation.remember': cited(
      false,
      'measured',
      'Knot Resolver 5.6.0: two queries for each name two labels below the zone',
    ),
    'quarantine.least-timeout': cited(
      '800ms',
      'source',
      'Knot Resolver 6.4 lib/selection.h KR_NS_TIMEOUT_MIN_DEAD_TIMEOUT',
    ),
    refusals: cited(
      'ignored',
      'source',
      'Knot Resolver 6.4 daemon/io.c udp_recv(): errors are not looked at; a refused TCP connection is',
    ),
    'join-queries': cited(
      false,
      'source',
      'Knot Resolver 5.6 daemon/worker.c qr_task_create(): each query is a task of its own',
    ),
    'shared-by': cited('last', 'source', 'Knot Resolver 5.6 daemon/worker.c subreq_enqueue(): over UDP'),
    'tcp.enabled': cited(true, 'source', KNOT_SELECTION),
    'tcp.after-timeouts': cited(2, 'source', `${KNOT_SELECTION} TCP_TIMEOUT_THRESHOLD`),
    'tcp.after-errors': cited(true, 'source', `${KNOT_SELECTION} error(): SERVFAIL, REFUSED`),
    'tcp.above': cited('2s', 'source', `${KNOT_SELECTION} TCP_RTT_THRESHOLD`),
    'tcp.connect': cited('2s', 'source', `${KNOT_DEFINES} KR_CONN_RTT_MAX`),
    'tcp.reply': cited('10s', 'source', `${KNOT_DEFINES} KR_RESOLVE_TIME_LIMIT`),
    'selection.by': cited('epsilon-greedy', 'source', `${KNOT_SELECTION} select_transport()`),
    'server-addresses.when': cited(
      'explored',
      'source',
      `${KNOT_SELECTION} select_transport(): names without an address take part in exploration`,
    ),
    'selection.explore': cited('5%', 'source', `${KNOT_SELECTION} EPSILON_NOMIN and EPSILON_DENOM`),
    'selection.cap': cited(2, 'source', `${KNOT_SELECTION}: twice the time-out of the best`),
    'refresh-delegation': cited(
      false,
      'measured',
      'Knot Resolver 5.6.0: no query to the parent after both servers were silent',
    ),
    'limits.time-ends': cited(
      'between-tries',
      'measured',
      'Knot Resolver 5.6.0: SERVFAIL after 12.8 s, at the end of the try that the limit of 10 s fell into',
    ),
    'limits.time': cited('10s', 'source', `${KNOT_DEFINES} KR_RESOLVE_TIME_LIMIT`),
    'limits.timeouts': cited(10, 'source', `${KNOT_DEFINES} KR_TIMEOUT_LIMIT`),
    'limits.errors': cited(
      5,
      'source',
      `${KNOT_DEFINES} KR_CONSUME_FAIL_ROW_LIMIT 3; lib/resolve.c kr_resolve_consume(): two more end it`,
    ),
    'limits.cnames': cited(12, 'measured', 'Knot Resolver 5.6.0; the limit of 13 counts the last name too'),
  },
};
