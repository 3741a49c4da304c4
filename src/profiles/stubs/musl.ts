/** musl's stub resolver, as in Alpine Linux. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const MSEND = 'musl 1.2.5 src/network/res_msend.c';
const SEARCH = 'musl 1.2.5 src/network/lookup_name.c name_from_dns_search()';
const FORMULA = 'musl, timeout 5s, attempts 2';
const EVERYONE = `${MSEND}: every server at once, timeout / attempts apart, within one timeout`;

export const MUSL: Preset = {
  id: 'musl',
  title: 'musl 1.2.5 stub resolver (Alpine Linux)',
  notes: [
    'All servers are asked at once and the first good answer wins: load on resolvers is multiplied by the list.',
    'SERVFAIL from everyone is told after the whole time-out of 5 s.',
  ],
  values: {
    'cache.mode': cited('none', 'source', 'musl 1.2.5: no memory between calls'),
    'one-resolver': cited(FORMULA, 'source', EVERYONE),
    'two-resolvers': cited(FORMULA, 'source', EVERYONE),
    'more-resolvers': cited(FORMULA, 'source', EVERYONE),
    'most-resolvers': cited(3, 'source', 'musl 1.2.5 src/network/lookup.h: MAXNS 3'),
    'next-on-failure': cited(
      'ignore',
      'source',
      `${MSEND}: only NOERROR and NXDOMAIN are taken for an answer`,
    ),
    'failure-repeats': cited(2, 'source', `${MSEND}: servfail_retry, twice per question and round`),
    types: cited('together', 'source', `${MSEND}: all questions in one loop`),
    'search.few-dots': cited('list-then-as-is', 'source', SEARCH),
    'search.many-dots': cited('as-is', 'source', `${SEARCH}: never the list with enough dots`),
    'search.nodata': cited('end', 'source', `${SEARCH}: only NXDOMAIN goes on`),
    'search.failure': cited('end', 'source', `${SEARCH}: EAI_AGAIN ends`),
    'search.timeout': cited('end', 'source', `${SEARCH}: EAI_AGAIN ends`),
  },
};
