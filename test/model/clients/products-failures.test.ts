/** What products do with what they hold while look-ups fail, and how soon they come back. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { causeText } from '../../../src/experiment/cause-texts.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { EffectSpec, TimelineSpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import type { ApplicationBehaviour } from '../../../src/profiles/client-behaviour.ts';
import { change, fault, name, rrset } from '../world.ts';
import { drill, moveAddress, OLD_ENDPOINT, observe, resolver } from './population-world.ts';
import { product, users } from './products.ts';

const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;

interface Parts {
  readonly every?: number;
  readonly ttl?: number;
  readonly seconds?: number;
  readonly timeline: readonly TimelineSpec[];
}

/** One client without connections that asks once a second, TTL 10 s, resolvers that keep no failure beyond 1 s. */
function world(
  app: ApplicationBehaviour,
  { every = 1, ttl = 10, seconds = 400, timeline }: Parts,
): WorldSpec {
  return drill({
    ttl,
    duration: seconds * SECOND,
    resolvers: [resolver()],
    populations: [users({ ...app, keepAlive: 0 }, every)],
    timeline,
  });
}

/** The authorities answer SERVFAIL from `at` to `until`, seconds. */
const outage = (at: number, until: number): TimelineSpec =>
  fault(EDGE, { kind: 'rcode', rcode: 'SERVFAIL' } satisfies EffectSpec, {
    at: at * SECOND,
    until: until * SECOND,
  });

/** The record is gone from `at` on. */
const vanishes = (at: number): TimelineSpec =>
  change(at * SECOND, { remove: [{ name: name('app.example.com.'), type: rrset('. 1 A 192.0.2.1').type }] });

const failures = (seen: readonly Observation[]): number[] =>
  seen.filter(({ cause }) => cause !== '').map(({ at }) => at / SECOND);

describe('once look-ups work again', () => {
  // The outage of 100 s begins at 100 s; what is held runs out at the latest at 100 s + lifetime.
  const rows: [what: string, source: string, id: string, from: number, to: number][] = [
    ['fetcher', 'nothing is kept', 'fetcher', 0, 3],
    ['Chrome', 'kNegativeCacheEntryTTLSeconds 0', 'chrome', 0, 3],
    ['JVM', 'networkaddress.cache.negative.ttl 10', 'jvm', 3, 12],
    ['curl 8.16', 'failures for half the time-out: 30 s', 'curl-8.16', 10, 32],
    ['curl 8.22', 'only "does not exist" is kept', 'curl', 0, 3],
    ['Firefox', 'a hit on a failure asks again: a second attempt works', 'firefox', 0, 3],
    ['Android InetAddress', 'TTL_NANOS 2 s', 'android-java', 0, 4],
  ];
  test.each(rows)('%s (%s) fails no longer than that', (_what, _source, id, from, to) => {
    const failed = failures(observe(world(product(id), { timeline: [outage(100, 290)], seconds: 500 })).seen);
    expect(failed.length).toBeGreaterThan(0);
    const last = failed[failed.length - 1]! - 290;
    expect(last).toBeLessThanOrEqual(to);
    expect(last).toBeGreaterThanOrEqual(from - 3);
  });

  it('Firefox without its background look-up would repeat a failure for 60 s (negative control)', () => {
    const { refreshFailures: _, ...plain } = product('firefox');
    const slow = { ...plain, cache: { ...plain.cache, graceSeconds: 0 } };
    const gaps = (app: ApplicationBehaviour): number => {
      const { seen } = observe(world(app, { every: 5, timeline: [outage(100, 200)], seconds: 500 }));
      return Math.max(...failures(seen));
    };
    expect(gaps(slow)).toBeGreaterThan(230);
    expect(gaps({ ...slow, refreshFailures: true })).toBeLessThan(211);
  });

  it('Firefox: a failure has no grace', () => {
    const { refreshFailures: _, ...plain } = product('firefox');
    // Kept for 60 s and asked again then, not used for 600 s more.
    const failed = failures(observe(world(plain, { timeline: [outage(0, 5)], seconds: 200 })).seen);
    expect(failed.length).toBeGreaterThan(50);
    expect(Math.max(...failed)).toBeLessThan(62);
  });
});

describe('while look-ups fail', () => {
  const first = (id: string, timeline: readonly TimelineSpec[], seconds = 400): number | undefined =>
    failures(observe(world(product(id), { timeline, seconds })).seen)[0];

  it('Envoy goes on with the hosts it has (inferred from service_discovery.rst)', () => {
    expect(first('envoy-strict-dns', [outage(100, 400)])).toBeUndefined();
  });

  it('nginx with resolve keeps its peers', () => {
    expect(first('nginx-resolve', [outage(100, 400)])).toBeUndefined();
  });

  it('HAProxy goes on for hold.timeout 30 s, then has no server', () => {
    // The resolver answers from its cache for up to 10 s; the last good answer comes at 110 s at the latest.
    const at = first('haproxy-resolvers', [outage(100, 400)])!;
    expect(at).toBeGreaterThan(130);
    expect(at).toBeLessThan(143);
  });

  it('HAProxy is back with the next look-up, one second after the authority', () => {
    const seen = observe(world(product('haproxy-resolvers'), { timeline: [outage(100, 200)] })).seen;
    const last = failures(seen).pop()!;
    expect(last).toBeGreaterThan(199);
    expect(last).toBeLessThan(203);
  });

  it('nginx with a resolver fails as soon as the TTL has run out', () => {
    expect(first('nginx-resolver', [outage(100, 400)])).toBeLessThan(112);
  });

  it('the JVM with a stale TTL goes on (ValidCachedLookup), without it fails after 30 s', () => {
    expect(first('jvm-stale', [outage(100, 400)])).toBeUndefined();
    expect(first('jvm', [outage(100, 400)])).toBeLessThan(142);
  });

  it('the JVM asks again only every 30 s meanwhile', () => {
    const queries = (app: ApplicationBehaviour): number => {
      const { world: played } = observe(world(app, { timeline: [outage(100, 400)] }));
      return played.loads[0]!.queries.reduce((sum, count) => sum + count, 0);
    };
    const rare = { ...product('jvm-stale'), cache: { ...product('jvm-stale').cache, fixedSeconds: 100 } };
    expect(queries(product('jvm-stale'))).toBeLessThan(16);
    expect(queries(rare)).toBeLessThan(queries(product('jvm-stale')));
  });

  it('what was held before a restart is gone', () => {
    const app = { ...product('envoy-strict-dns'), restartEvery: 250 * SECOND };
    const failed = failures(observe(world(app, { timeline: [outage(100, 400)] })).seen);
    expect(failed[0]! % 250).toBeLessThan(3);
  });
});

describe('when the name is gone', () => {
  const first = (id: string): number | undefined =>
    failures(observe(world(product(id), { timeline: [vanishes(100)] })).seen)[0];

  it('Envoy empties its cluster: a successful empty answer', () => {
    expect(first('envoy-strict-dns')).toBeGreaterThan(100);
    expect(first('envoy-strict-dns')).toBeLessThan(118);
  });

  it('HAProxy holds for hold.nx 30 s', () => {
    expect(first('haproxy-resolvers')).toBeGreaterThan(130);
    expect(first('haproxy-resolvers')).toBeLessThan(144);
  });

  it('nginx with a static name does not notice', () => {
    expect(first('nginx-static')).toBeUndefined();
  });
});

describe('timers', () => {
  it('look up whether anybody asks or not', () => {
    const queries = (id: string): number => {
      const { world: played } = observe(world(product(id), { every: 200, ttl: 1, timeline: [] }));
      return played.loads[0]!.queries.reduce((sum, count) => sum + count, 0);
    };
    // 400 s: every 5 s and 1 s plus the look-up itself, against one look-up for each of two requests.
    expect(queries('envoy-strict-dns')).toBeGreaterThanOrEqual(79);
    expect(queries('envoy-strict-dns')).toBeLessThanOrEqual(82);
    expect(queries('haproxy-resolvers')).toBeGreaterThan(380);
    expect(queries('nginx-static')).toBe(1);
  });

  it('requests never wait for DNS after the first', () => {
    const { seen } = observe(world(product('envoy-strict-dns'), { timeline: [] }));
    expect(seen.slice(6).every(({ latency, layer }) => latency === 0 && layer === 'application-cache')).toBe(
      true,
    );
  });

  it('the trace says who keeps and who goes on', () => {
    const told = (id: string, at: number, timeline: readonly TimelineSpec[]): string => {
      const played = new World(world(product(id), { timeline }), 1, 0);
      played.runUntil(at * SECOND);
      const texts: string[] = [];
      const cell = played.cells[0]!;
      cell.trace(cell.cohorts[0]!, 0, 0, ({ text }) => texts.push(text));
      return texts.join('\n');
    };
    expect(told('jvm-security-manager', 50, [])).toContain('jvm-security-manager: kept for ever');
    expect(told('envoy-strict-dns', 50, [])).toContain('envoy-strict-dns: kept until a timer brings another');
  });
});

describe('failed pages that load themselves again (Chromium GetAutoReloadTime)', () => {
  const dead = (until: number): TimelineSpec =>
    fault(OLD_ENDPOINT, { kind: 'down', mode: 'refused' }, { at: 0, until: until * SECOND });

  // Loads 0, 5, 35, 95, 395 and 995 s after the failure.
  test.each([
    [3, 2, 5],
    [30, 3, 35],
    [90, 4, 95],
    [100, 5, 395],
    [900, 6, 995],
  ])('dead for %d s: the %dth load works, after %d s', (seconds, loads, after) => {
    const spec = world(product('chrome-reloading'), { every: 4000, seconds: 8000, timeline: [] });
    const madeAt = observe(spec).seen[0]!.at / SECOND;
    const [one] = observe({ ...spec, timeline: [dead(Math.ceil(madeAt) + seconds)] }).seen;
    expect(one).toMatchObject({ outcome: 'served', retries: loads });
    expect(Math.floor(one!.latency / SECOND)).toBe(after);
  });

  it('count as one request, and end with success', () => {
    const timeline = [dead(100)];
    const spec = world(product('chrome-reloading'), { every: 10, seconds: 300, timeline });
    const { seen } = observe(spec);
    expect(seen.filter(({ cause }) => cause !== '')).toHaveLength(0);
    expect(Math.max(...seen.map(({ retries }) => retries))).toBeGreaterThanOrEqual(3);
    const without = observe({ ...spec, populations: [users({ ...product('chrome'), keepAlive: 0 }, 10)] });
    expect(failures(without.seen).length).toBeGreaterThanOrEqual(9);
  });
});

describe('causes name what kept the address', () => {
  const rows: [id: string, cause: string][] = [
    ['nginx-static', 'dead-address/kept-for-ever'],
    ['jvm-security-manager', 'dead-address/kept-for-ever'],
    ['envoy-strict-dns', 'dead-address/timer'],
    ['jvm', 'dead-address/application-cache'],
    ['fetcher', 'dead-address/resolver-cache'],
  ];
  test.each(rows)('%s: %s', (id, cause) => {
    const timeline = [
      fault(OLD_ENDPOINT, { kind: 'down', mode: 'refused' }, { at: 101 * SECOND }),
      moveAddress(101 * SECOND, 60),
    ];
    const spec = world(product(id), { ttl: 60, seconds: 120, timeline });
    const causes = observe(spec)
      .seen.filter(({ cause: why }) => why !== '')
      .map(({ cause: why }) => why);
    expect(causes).toContain(cause);
    expect(causeText(cause)).not.toBe(cause);
  });
});
