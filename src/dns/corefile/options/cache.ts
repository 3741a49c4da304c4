/** `cache` (CoreDNS 1.14 plugin/cache/README.md, setup.go, cache.go). */
import { HOUR, MINUTE } from '../../../base/time.ts';
import type { CacheLimits, CachePlugin, StaleCache } from '../plugins.ts';
import type { OptionReader, StatementReader } from '../statement-reader.ts';
import type { Word } from '../words.ts';

/** Entries of each kind unless told otherwise. */
export const CAPACITY = 9984;
const LEAST_CAPACITY = 1024;
const LEAST_TTL = 5;
const MOST_SUCCESS = 3600;
const MOST_DENIAL = 1800;
const SERVFAIL = 5;
const MOST_SERVFAIL = 300;

type Draft = { -readonly [K in keyof CachePlugin]: CachePlugin[K] };

export function readCache(reader: StatementReader): CachePlugin {
  const [first, ...rest] = reader.arguments;
  const hasTtl = first !== undefined && /^\d+$/.test(first.text);
  const ttl = hasTtl ? reader.whole(first, 1, 2 ** 31 - 1, MOST_SUCCESS) : undefined;
  const limits = (most: number): CacheLimits => {
    return { capacity: CAPACITY, ttlSeconds: ttl ?? most, leastSeconds: LEAST_TTL };
  };
  const cache: Draft = {
    plugin: 'cache',
    line: reader.name.line,
    zones: reader.zonesOr(hasTtl ? rest : reader.arguments),
    success: limits(MOST_SUCCESS),
    denial: limits(MOST_DENIAL),
    servfailSeconds: SERVFAIL,
    keepTtl: false,
  };
  const readers: Readonly<Record<string, OptionReader>> = {
    success: (words) => {
      cache.success = limitsOf(reader, words, cache.success);
    },
    denial: (words) => {
      cache.denial = limitsOf(reader, words, cache.denial);
    },
    prefetch: (words) => {
      cache.prefetch = prefetchOf(reader, words);
    },
    serve_stale: (words) => {
      cache.serveStale = staleOf(reader, words);
    },
    servfail: ([word]) => {
      cache.servfailSeconds = Math.min(reader.seconds(word, SERVFAIL), MOST_SERVFAIL);
      if (word && reader.seconds(word, 0) > MOST_SERVFAIL) reader.fail(word, 'servfail is at most 5m');
    },
    keepttl: () => {
      cache.keepTtl = true;
    },
    disable: (words) => {
      const [word] = words;
      reader.warn(
        word ?? reader.name,
        'corefile-not-modelled',
        'disable is not modelled: it caches all the same',
      );
    },
  };
  reader.options(readers, [], { success: 3, denial: 3, prefetch: 3, servfail: 1, keepttl: 0 });
  return cache;
}

/** CAPACITY [TTL] [MINTTL] */
function limitsOf(
  reader: StatementReader,
  [capacity, ttl, least]: readonly Word[],
  base: CacheLimits,
): CacheLimits {
  const room = reader.whole(capacity, 0, 2 ** 31, base.capacity);
  return {
    // Shards of equal size, and never fewer than 1024 entries (plugin/cache/README.md, Capacity and Eviction).
    capacity: Math.max(LEAST_CAPACITY, room - (room % 256)),
    ttlSeconds: ttl ? reader.whole(ttl, 0, 2 ** 31, base.ttlSeconds) : base.ttlSeconds,
    leastSeconds: least ? reader.whole(least, 0, 2 ** 31, base.leastSeconds) : base.leastSeconds,
  };
}

/** AMOUNT [[DURATION] [PERCENTAGE%]] */
function prefetchOf(reader: StatementReader, words: readonly Word[]): NonNullable<CachePlugin['prefetch']> {
  const [amount, gap, share] = words;
  const percentage = share && /^(\d+)%$/.exec(share.text);
  if (share && !(percentage && Number(percentage[1]) >= 10 && Number(percentage[1]) <= 90)) {
    reader.fail(share, `prefetch needs a percentage from 10% to 90%, not '${share.text}'`);
  }
  return {
    amount: reader.whole(amount, 0, 2 ** 31, 1),
    gap: gap ? reader.duration(gap, MINUTE) : MINUTE,
    percentage: percentage ? Number(percentage[1]) : 10,
  };
}

/** [DURATION] [immediate | verify [TIMEOUT]] [TTL [FAILURE_RECHECK]]; all but the first two since 1.14 (pull requests 8070, 8411) */
function staleOf(reader: StatementReader, words: readonly Word[]): StaleCache {
  const [duration, word, ...rest] = words;
  const mode = word ? reader.oneOf(word, ['immediate', 'verify'], 'immediate') : 'immediate';
  const patience = mode === 'verify' ? rest.shift() : undefined;
  const [ttl, recheck, ...more] = rest;
  for (const one of more) reader.leaveOut(one, 'serve_stale');
  return {
    upTo: duration ? reader.duration(duration, HOUR) : HOUR,
    mode,
    ...(patience && { patience: reader.duration(patience, 0) }),
    ttlSeconds: ttl ? reader.seconds(ttl, 0) : 0,
    recheckSeconds: recheck ? reader.seconds(recheck, 0) : 0,
  };
}
