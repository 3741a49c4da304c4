/** glibc's stub resolver, without a cache and behind nscd. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const SEND = 'glibc 2.41 resolv/res_send.c __res_context_send(): RES_TIMEOUT 5, RES_DFLRETRY 2';
const SEARCH = 'glibc 2.41 resolv/res_query.c __res_context_search()';
const FORMULA = 'glibc, timeout 5s, attempts 2';

export const GLIBC: Preset = {
  id: 'glibc',
  title: 'glibc 2.41 stub resolver without a cache',
  notes: [
    'The list is walked from the start on every look-up: a dead first server costs 5 s each time.',
    "options rotate is order: rotate; options timeout:1 attempts:3 is a schedule 'glibc, timeout 1s, attempts 3'.",
    'options single-request is types: in-turn.',
  ],
  values: {
    'cache.mode': cited('none', 'source', 'glibc 2.41: no memory between calls'),
    'one-resolver': cited(FORMULA, 'source', SEND),
    'two-resolvers': cited(FORMULA, 'source', SEND),
    'more-resolvers': cited(FORMULA, 'source', `${SEND}: wait (5 << index) / servers`),
    'most-resolvers': cited(3, 'source', 'glibc 2.41 resolv/bits/types/res_state.h: MAXNS 3'),
    'next-on-failure': cited(
      'on',
      'source',
      'glibc 2.41 resolv/res_send.c: SERVFAIL, NOTIMP, REFUSED move on',
    ),
    types: cited('together', 'source', 'glibc 2.41 resolv/res_query.c: A and AAAA on one socket'),
    'search.few-dots': cited('list-then-as-is', 'source', SEARCH),
    'search.many-dots': cited('as-is-then-list', 'source', SEARCH),
    'search.nodata': cited('next', 'source', `${SEARCH}: NO_DATA goes on`),
    'search.failure': cited('next', 'source', `${SEARCH}: SERVFAIL goes on`),
    'search.timeout': cited('as-is', 'source', `${SEARCH}: TRY_AGAIN ends the list, not the name as it is`),
  },
};

export const LINUX: Preset = {
  ...GLIBC,
  id: 'linux',
  title: 'Linux with glibc, neither nscd nor systemd-resolved',
  notes: [...GLIBC.notes, 'The same values as glibc.'],
};

const AICACHE = 'glibc 2.41 nscd/aicache.c addhstaiX()';

export const NSCD: Preset = {
  id: 'nscd',
  title: 'glibc 2.41 nscd (hosts cache) in front of its stub resolver',
  variantOf: 'glibc',
  notes: [
    'When a reload fails for want of a server, the old record is kept and its life begins again.',
    'Reloads without a request (up to five) are not modelled: a request after the end of the TTL asks anew.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${AICACHE}: the TTL of the answer`),
    'cache.cap': cited('unlimited', 'source', `${AICACHE}: no upper bound`),
    'cache.negative-cap': cited('20s', 'source', 'glibc 2.41 nscd/nscd.conf: negative-time-to-live hosts 20'),
    'cache.failure': cited('0s', 'source', `${AICACHE}: transient failures are not kept`),
    'cache.keep-on-failure': cited('on', 'source', `${AICACHE}: EAGAIN on a reload re-arms the old record`),
  },
};
