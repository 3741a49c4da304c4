/**
 * How long each product may use an old address after a change, measured through the model and held against the
 * closed forms: T for caches that hand on what is left of a TTL, T + F for floors, T + X for fixed lifetimes,
 * T + P for timers, and max(1.25 T + 2, T + 15) for Apple.
 */
import { describe, expect, it, test } from 'vitest';
import { product, system, worstCase } from './products.ts';

/** Resolvers hand on what is left of a TTL in whole seconds, rounded up; Apple stretches that by a quarter. */
const ROUNDING = 1.25;

/** Connections would pin the address: they have tests of their own. */
const cacheOf = (id: string): ReturnType<typeof product> => ({ ...product(id), keepAlive: 0 });

describe('worst case after a change', () => {
  const rows: [product: string, source: string, ttl: number, expected: number][] = [
    ['fetcher', 'no cache: T', 60, 60],
    ['chrome', 'Chromium kMinimumTTLSeconds 60: T + F', 60, 120],
    ['chrome', 'Chromium kMinimumTTLSeconds 60: T + F', 300, 360],
    ['chrome-system-resolver', 'Chromium kCacheEntryTTLSeconds 60: T + X', 20, 80],
    ['edge', 'as Chromium: T + F', 20, 80],
    ['samsung', 'as Chromium: T + F', 20, 80],
    ['safari', 'no cache of its own: T', 20, 20],
    ['jvm', 'OpenJDK DEFAULT_POSITIVE 30: T + X', 60, 90],
    ['jvm-stale', 'OpenJDK: stale names are used only when look-ups fail', 60, 90],
    ['android-java', 'AOSP TTL_NANOS 2 s: T + X', 20, 22],
    ['go', 'Go keeps nothing: T', 20, 20],
    ['node', 'Node.js keeps nothing: T', 20, 20],
    ['c-ares', 'c-ares keeps what is left of the TTL: T', 20, 20],
    ['python-aiohttp', 'aiohttp ttl_dns_cache 10: T + X', 20, 30],
    ['dotnet', '.NET keeps nothing: T', 20, 20],
    ['rust-reqwest', 'reqwest keeps nothing: T', 20, 20],
    ['curl', 'curl dns_cache_timeout_ms 60 s: T + X', 20, 80],
    ['nginx-resolver', 'nginx keeps what is left of the TTL: T', 20, 20],
    ['nginx-resolve', 'nginx follows the TTL by a timer: T', 20, 20],
    ['envoy-strict-dns', 'Envoy dns_refresh_rate 5 s: T + P', 20, 25],
    ['envoy-logical-dns', 'Envoy dns_refresh_rate 5 s: T + P', 20, 25],
    ['haproxy-resolvers', 'HAProxy timeout.resolve 1 s: T + P', 20, 21],
  ];
  test.each(rows)('%s (%s): TTL %d s: %d s', (id, _source, ttl, expected) => {
    const measured = worstCase(cacheOf(id), ttl);
    expect(measured).toBeLessThan(expected + (cacheOf(id).cache.mode === 'fixed' ? 0.1 : ROUNDING));
    expect(measured).toBeGreaterThan(0.985 * expected - 1);
  });

  // Firefox uses the expired entry once more while it asks anew: T + 60 s and one pause between requests.
  test.each([
    ['firefox', 'network.dnsCacheExpiration 60: T + X and one request', 20, 80],
    ['firefox-windows', 'network.dns.get-ttl: T and one request', 20, 20],
  ] as const)('%s (%s): TTL %d s: %d s', (id, _source, ttl, expected) => {
    const measured = worstCase({ ...cacheOf(id), cache: { ...product(id).cache, graceSeconds: 8 } }, ttl);
    expect(measured).toBeGreaterThan(expected);
    expect(measured).toBeLessThan(expected + 8 + ROUNDING);
  });

  test.each([
    [20, 35],
    [60, 77],
    [300, 377],
  ])(
    'safari on macOS (mDNSResponder GetEffectiveTTL): TTL %d s: max(1.25 T + 2, T + 15) = %d s',
    (ttl, most) => {
      const measured = worstCase(cacheOf('safari'), ttl, system('macos'));
      expect(measured).toBeLessThan(most + ROUNDING);
      expect(measured).toBeGreaterThan(0.985 * most - 1);
    },
  );

  test.each(['nginx-static', 'haproxy-static', 'jvm-security-manager'])('%s never moves', (id) => {
    expect(worstCase(cacheOf(id), 20)).toBeGreaterThan(2 * 20 + 98);
  });
});

describe('past the cache of the system', () => {
  // A system that keeps everything 100 s shows whether it is asked.
  const slow = { ...system('none'), cache: { ...product('jvm').cache, fixedSeconds: 100 } };

  it('Chrome asks the resolvers itself', () => {
    expect(worstCase(cacheOf('chrome'), 20, slow)).toBeLessThan(80.1);
  });

  it('through the system its 60 s come on top (negative control)', () => {
    const measured = worstCase(cacheOf('chrome-system-resolver'), 20, slow);
    expect(measured).toBeGreaterThan(20 + 60 + 40);
  });
});
