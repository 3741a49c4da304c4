/** The neutral stub: what completes every other preset, and the base of profiles of one's own. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const NEUTRAL = 'neutral: one attempt per resolver';
const UNUSED = 'unused with this order';
const SEARCH = 'resolv.conf(5), ndots and search';

export const NONE: Preset = {
  id: 'none',
  title: 'No host cache: the application asks the resolver itself',
  notes: ['For applications with a resolver of their own, and as a neutral base of custom profiles.'],
  values: {
    'cache.mode': cited('none', 'assumption', 'nothing is kept'),
    'cache.fixed': cited('0s', 'assumption', 'unused in this mode'),
    'cache.floor': cited('0s', 'source', 'RFC 2181 §8: a TTL of 0 is legal'),
    'cache.cap': cited('unlimited', 'source', 'RFC 2181 §8: TTLs up to 2^31-1'),
    'cache.factor': cited(1, 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.add': cited('0s', 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.negative-cap': cited('3h', 'source', 'RFC 2308 §5: one to three hours work well'),
    'cache.failure': cited('0s', 'assumption', 'nothing is kept'),
    'cache.grace': cited('0s', 'source', 'RFC 1035 §3.2.1: nothing is used after its TTL'),
    'cache.negative-first': cited('0s', 'source', 'RFC 2308 §5: the TTL of the SOA record counts'),
    'cache.keep-on-failure': cited('off', 'assumption', 'nothing is kept'),
    'one-resolver': cited('1 at 0s, give up at 10s', 'assumption', NEUTRAL),
    'two-resolvers': cited('1 at 0s, 2 at 5s, give up at 10s', 'assumption', NEUTRAL),
    'more-resolvers': cited('1 at 0s, 2 at 5s, 3 at 10s, give up at 15s', 'assumption', NEUTRAL),
    'most-resolvers': cited('unlimited', 'assumption', 'neutral: the whole list counts'),
    order: cited('listed', 'assumption', 'neutral: nothing is remembered'),
    'penalty.duration': cited('60s', 'assumption', UNUSED),
    'penalty.ends': cited('after', 'assumption', UNUSED),
    'score.samples': cited(64, 'assumption', UNUSED),
    'score.fewest': cited(8, 'assumption', UNUSED),
    'score.threshold': cited('25%', 'assumption', UNUSED),
    'score.valid': cited('30m', 'assumption', UNUSED),
    'next-on-failure': cited('on', 'assumption', 'neutral: a failure is a reason to ask the next resolver'),
    'failure-repeats': cited(0, 'assumption', 'neutral: a failure is believed'),
    types: cited('together', 'assumption', 'neutral: nothing waits'),
    'search.few-dots': cited('list-then-as-is', 'documentation', SEARCH),
    'search.many-dots': cited('as-is-then-list', 'documentation', SEARCH),
    'search.nodata': cited('next', 'assumption', 'neutral: as NXDOMAIN'),
    'search.failure': cited('next', 'assumption', 'neutral: as NXDOMAIN'),
    'search.timeout': cited('next', 'assumption', 'neutral: as NXDOMAIN'),
  },
};
