import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { type AnswerKind, lifetime } from '../../../src/model/clients/cache-rule.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { WorldSpec } from '../../../src/model/spec.ts';
import type { CacheRule } from '../../../src/profiles/client-behaviour.ts';
import { fault } from '../world.ts';
import {
  application,
  asks,
  cacheRule,
  drill,
  fixedCache,
  moveAddress,
  OLD_ENDPOINT,
  observe,
  population,
  resolver,
  stub,
} from './population-world.ts';

const TTL_RULE = { mode: 'ttl' } as const;

describe('how long an answer is kept', () => {
  const rows: [rule: Partial<CacheRule>, kind: AnswerKind, ttlSeconds: number, keptSeconds: number][] = [
    [{ mode: 'none' }, 'data', 300, 0],
    [{ mode: 'none', failureSeconds: 10 }, 'failure', 0, 0],
    [TTL_RULE, 'data', 300, 300],
    [TTL_RULE, 'data', 0.5, 0.5],
    [TTL_RULE, 'data', 0, 0],
    [{ mode: 'fixed', fixedSeconds: 60 }, 'data', 300, 60],
    [{ mode: 'fixed', fixedSeconds: 60 }, 'data', 0, 60],
    [{ mode: 'fixed', fixedSeconds: 60, capSeconds: 30 }, 'data', 300, 60],
    [{ ...TTL_RULE, floorSeconds: 60 }, 'data', 20, 60],
    [{ ...TTL_RULE, floorSeconds: 60 }, 'data', 300, 300],
    [{ ...TTL_RULE, floorSeconds: 60 }, 'data', 0, 60],
    [{ ...TTL_RULE, capSeconds: 60 }, 'data', 300, 60],
    [{ ...TTL_RULE, capSeconds: 60 }, 'data', 30, 30],
    [{ ...TTL_RULE, floorSeconds: 60, capSeconds: 30 }, 'data', 300, 30],
    [{ ...TTL_RULE, factor: 1.25, addSeconds: 2 }, 'data', 100, 127],
    [{ ...TTL_RULE, factor: 1.25, addSeconds: 2 }, 'data', 0, 0],
    [{ ...TTL_RULE, factor: 1.25, addSeconds: 2, floorSeconds: 15 }, 'data', 0, 15],
    [{ ...TTL_RULE, factor: 1.25, addSeconds: 2, floorSeconds: 15 }, 'data', 4, 15],
    [{ ...TTL_RULE, factor: 1.25, addSeconds: 2, capSeconds: 4502 }, 'data', 86_400, 4502],
    [TTL_RULE, 'negative', 300, 300],
    [{ ...TTL_RULE, negativeCapSeconds: 5 }, 'negative', 300, 5],
    [{ ...TTL_RULE, negativeCapSeconds: 5 }, 'negative', 2, 2],
    [{ ...TTL_RULE, negativeCapSeconds: 0 }, 'negative', 300, 0],
    [{ ...TTL_RULE, floorSeconds: 60, negativeCapSeconds: 30 }, 'negative', 10, 30],
    [{ mode: 'fixed', fixedSeconds: 60, negativeCapSeconds: 10 }, 'negative', 300, 10],
    [TTL_RULE, 'failure', 0, 0],
    [{ ...TTL_RULE, failureSeconds: 10 }, 'failure', 0, 10],
    [{ mode: 'fixed', fixedSeconds: 60, failureSeconds: 10 }, 'failure', 0, 10],
  ];
  test.each(rows)('%j: %s with %s s left: %s s', (rule, kind, ttl, kept) => {
    expect(lifetime(cacheRule(rule), kind, ttl * SECOND)).toBe(kept * SECOND);
  });
});

/** One client that asks once a second, phase unknown but below a second. */
function asking(
  parts: Parameters<typeof drill>[0] & { readonly cache?: CacheRule; readonly os?: CacheRule },
): WorldSpec {
  const { cache = cacheRule(), os = cacheRule(), ...rest } = parts;
  return drill({
    duration: 400 * SECOND,
    populations: [
      population({
        application: application({ cache }),
        stub: stub({ cache: os }),
        workload: { kind: 'periodic', every: SECOND },
      }),
    ],
    ...rest,
  });
}

/** Which layers answered for how many requests in a row: `authority 1, application-cache 59 ...`. */
function layers(seen: readonly Observation[], runs: number): string {
  const rows: { layer: string; count: number }[] = [];
  for (const { layer } of seen) {
    if (rows[rows.length - 1]?.layer === layer) rows[rows.length - 1]!.count += 1;
    else rows.push({ layer, count: 1 });
  }
  return rows
    .slice(0, runs)
    .map(({ layer, count }) => `${layer} ${count}`)
    .join(', ');
}

describe('which layer answers', () => {
  const follows = cacheRule(TTL_RULE);
  const rows: [what: string, cache: CacheRule, os: CacheRule, expected: string][] = [
    ['no caches', cacheRule(), cacheRule(), 'authority 1, resolver-cache 300, authority 1'],
    ['operating system', cacheRule(), follows, 'authority 1, os-cache 300, authority 1'],
    ['application', follows, cacheRule(), 'authority 1, application-cache 300, authority 1'],
    [
      'application over operating system',
      follows,
      follows,
      'authority 1, application-cache 300, authority 1',
    ],
    [
      'application of 60 s over operating system',
      fixedCache(60),
      follows,
      'authority 1, application-cache 60, os-cache 1, application-cache 59, os-cache 1',
    ],
    [
      'application capped at 60 s over no other',
      cacheRule({ ...TTL_RULE, capSeconds: 60 }),
      cacheRule(),
      'authority 1, application-cache 60, resolver-cache 1, application-cache 59, resolver-cache 1',
    ],
    [
      'operating system capped at 100 s',
      cacheRule(),
      cacheRule({ ...TTL_RULE, capSeconds: 100 }),
      'authority 1, os-cache 100, resolver-cache 1, os-cache 99, resolver-cache 1, os-cache 99, authority 1',
    ],
  ];
  // An answer fetched at 10 ms after its second lasts through the request 300 s later, one from a cache does not.
  test.each(rows)('%s', (_, cache, os, expected) => {
    const runs = expected.split(', ').length;
    expect(layers(observe(asking({ cache, os })).seen, runs)).toBe(expected);
  });
});

describe('what is left of the TTL', () => {
  it('is handed on, not the TTL itself: a cache above does not keep longer', () => {
    const switched = asking({
      ttl: 100,
      os: cacheRule(TTL_RULE),
      cache: cacheRule({ ...TTL_RULE, capSeconds: 30 }),
      timeline: [moveAddress(50 * SECOND)],
    });
    const old = observe(switched).seen.filter(({ outcome }) => outcome === 'served-old');
    expect(old.length).toBeGreaterThan(49);
    expect(Math.max(...old.map(({ at }) => at / SECOND))).toBeLessThanOrEqual(101);
  });
});

describe('negative answers', () => {
  // The zone's SOA allows 30 s.
  test.each([
    ['kept as long as the SOA allows', cacheRule(TTL_RULE), 'authority 1, application-cache 30, authority 1'],
    [
      'kept 5 s',
      cacheRule({ ...TTL_RULE, negativeCapSeconds: 5 }),
      'authority 1, application-cache 5, resolver-cache 1',
    ],
    [
      'not kept',
      cacheRule({ ...TTL_RULE, negativeCapSeconds: 0 }),
      'authority 1, resolver-cache 30, authority 1',
    ],
  ])('%s', (_, cache, expected) => {
    const spec = asking({ cache });
    const populations = [{ ...spec.populations[0]!, questions: [asks('gone.example.com. A')] }];
    const { seen } = observe({ ...spec, populations });
    expect(layers(seen, 3)).toBe(expected);
    expect(new Set(seen.map(({ outcome }) => outcome))).toEqual(new Set(['nxdomain']));
  });
});

describe('failures', () => {
  const dead = (cache: CacheRule): WorldSpec =>
    asking({
      cache,
      duration: 60 * SECOND,
      resolvers: [
        resolver({
          options: { configuredZones: [], failureSeconds: { first: 300, factor: 1, maximum: 300 } },
        }),
      ],
    });
  test.each([
    [
      'kept 10 s',
      cacheRule({ ...TTL_RULE, failureSeconds: 10 }),
      'authority 1, application-cache 9, resolver-cache 1, application-cache 9',
    ],
    ['not kept', cacheRule(TTL_RULE), 'authority 1, resolver-cache 59'],
  ])('%s', (_, cache, expected) => {
    const { seen } = observe(dead(cache));
    expect(layers(seen, expected.split(', ').length)).toBe(expected);
    expect(new Set(seen.map(({ outcome }) => outcome))).toEqual(new Set(['servfail']));
  });
});

describe('grace: an expired answer is used while it is fetched anew', () => {
  const withGrace = (graceSeconds: number, parts: Parameters<typeof asking>[0] = {}): WorldSpec =>
    asking({ ttl: 20, cache: cacheRule({ ...TTL_RULE, graceSeconds }), duration: 200 * SECOND, ...parts });

  it('nobody waits after the first request', () => {
    const { seen } = observe(withGrace(10));
    expect(seen[0]!.latency).toBe(15_000);
    expect(new Set(seen.slice(1).map(({ latency }) => latency))).toEqual(new Set([0]));
  });

  it('the refresh is no request of its own, but it loads the resolver', () => {
    const { seen, world } = observe(withGrace(10));
    expect(seen).toHaveLength(200);
    expect(world.loads[0]!.queries.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(9);
  });

  it('without grace somebody waits at every expiry (negative control)', () => {
    const waits = observe(withGrace(0)).seen.filter(({ latency }) => latency > 0);
    expect(waits.length).toBeGreaterThanOrEqual(9);
  });

  it('ends: with the authorities dead the old answer lasts TTL and grace', () => {
    const edge = { kind: 'plane', provider: 0, plane: 'edge' } as const;
    const timeline = [fault(edge, { kind: 'down', mode: 'refused' }, { at: 10 * SECOND })];
    const { seen } = observe(withGrace(15, { timeline }));
    const failed = seen.find(({ cause }) => cause !== '')!;
    // Fetched 10 ms after the first request; asked once a second.
    expect(failed.at - seen[0]!.at).toBe(36 * SECOND);
  });

  it('uses the old address once more after a change, then the new one', () => {
    const dead = fault(OLD_ENDPOINT, { kind: 'down', mode: 'refused' }, { at: 10 * SECOND });
    const spec = withGrace(15, { timeline: [dead, moveAddress(10 * SECOND, 20)] });
    const failed = observe(spec).seen.filter(({ cause }) => cause !== '');
    const last = failed[failed.length - 1]!;
    expect(last.at / SECOND).toBeGreaterThan(20);
    expect(last.at / SECOND).toBeLessThan(22.1);
    expect(last.cause).toBe('dead-address/application-cache');
  });
});
