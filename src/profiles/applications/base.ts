/** The neutral application that completes the other presets: every special mechanism is off. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const CHOSEN = 'no published value; chosen so that a dead address costs about as much as people bear';
const OFF = 'neutral: this mechanism is off';
const ONCE = 'neutral: one attempt per resolver';
const UNUSED = 'unused while this mechanism is off';

/** A neutral client: remembers nothing, opens a connection for each request. */
export const FETCHER: Preset = {
  id: 'fetcher',
  title: 'Neutral client without memory',
  notes: ['A reference point, not a product: every request looks the name up and opens a connection.'],
  values: {
    'cache.mode': cited('none', 'assumption', 'neutral: delays come from the caches below'),
    'cache.fixed': cited('0s', 'assumption', 'unused in this mode'),
    'cache.floor': cited('0s', 'source', 'RFC 2181 §8: a TTL of 0 is legal'),
    'cache.cap': cited('unlimited', 'source', 'RFC 2181 §8: TTLs up to 2^31-1'),
    'cache.factor': cited(1, 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.add': cited('0s', 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.negative-cap': cited('3h', 'source', 'RFC 2308 §5: one to three hours work well'),
    'cache.failure': cited('0s', 'assumption', 'neutral: failures are not kept'),
    'cache.grace': cited('0s', 'source', 'RFC 1035 §3.2.1: nothing is used after its TTL'),
    'cache.hold': cited('0s', 'source', 'RFC 1035 §3.2.1: nothing is used after its TTL'),
    'cache.hold-negative': cited('off', 'assumption', UNUSED),
    'cache.refresh-failures': cited('off', 'assumption', OFF),
    'keep-alive': cited('0s', 'assumption', 'neutral: a connection per request'),
    'connect-timeout': cited('10s', 'assumption', CHOSEN),
    'attempt-delay': cited('250ms', 'source', 'RFC 8305 §5: recommended connection attempt delay'),
    patience: cited('30s', 'assumption', CHOSEN),
    'retries.count': cited(0, 'assumption', 'neutral: the user decides whether to try again'),
    'retries.first-delay': cited('1s', 'assumption', 'unused without retries'),
    'retries.factor': cited(2, 'assumption', 'customary exponential back-off'),
    'retries.delays': cited('none', 'assumption', OFF),
    'restart-every': cited('never', 'assumption', OFF),
    'poll.every': cited('off', 'assumption', OFF),
    'poll.retry': cited('10s', 'assumption', UNUSED),
    'connections.lifetime': cited('never', 'assumption', OFF),
    'connections.silence': cited('connect-timeout', 'assumption', 'neutral: one time-out for both'),
    'connections.close-on-change': cited('off', 'assumption', OFF),
    'addresses.style': cited('staggered', 'source', 'RFC 8305 §5: one attempt after the other'),
    'addresses.families': cited('as-asked', 'assumption', 'the order of `types` says what is preferred'),
    'addresses.resolution-delay': cited('unlimited', 'assumption', 'getaddrinfo gives both families at once'),
    'addresses.avoid': cited('0s', 'assumption', OFF),
    'lookup.path': cited('system', 'assumption', OFF),
    'lookup.one-resolver': cited('1 at 0s, give up at 10s', 'assumption', ONCE),
    'lookup.two-resolvers': cited('1 at 0s, 2 at 5s, give up at 10s', 'assumption', ONCE),
    'lookup.more-resolvers': cited('1 at 0s, 2 at 5s, 3 at 10s, give up at 15s', 'assumption', ONCE),
  },
};

/** As the neutral client, but nothing is ever too slow. */
export const NONE: Preset = {
  id: 'none',
  title: 'No application cache, endless patience',
  notes: ['As fetcher, but a request never counts as too slow.'],
  values: { patience: cited('never', 'assumption', 'only failures count') },
};
