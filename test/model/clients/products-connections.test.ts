/** Pools of kept connections as products have them: what they pin, when they let go, what a dead endpoint costs. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { EffectSpec, TimelineSpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import type { ApplicationBehaviour } from '../../../src/profiles/client-behaviour.ts';
import { fault } from '../world.ts';
import {
  application,
  drill,
  moveAddress,
  NEW_ADDRESS,
  OLD_ADDRESS,
  OLD_ENDPOINT,
  observe,
} from './population-world.ts';
import { product, users } from './products.ts';

const MOVE = 1000;

interface Parts {
  readonly every: number;
  readonly seconds?: number;
  readonly timeline?: readonly TimelineSpec[];
}

/** One client of an application; the address, TTL 10 s, moves after 1000 s. */
function world(app: ApplicationBehaviour, { every, seconds = 3000, timeline = [] }: Parts): WorldSpec {
  const move = moveAddress(MOVE * SECOND, 10);
  return drill({
    ttl: 10,
    duration: seconds * SECOND,
    populations: [users(app, every)],
    timeline: [move, ...timeline],
  });
}

/** Seconds from the move to the last request served by the old address; 0 = there was none. */
function pinned(seen: readonly Observation[]): number {
  const last = seen.findLast(({ outcome }) => outcome === 'served-old');
  return last === undefined ? 0 : last.at / SECOND - MOVE;
}

const play = (id: string, parts: Parts): number => pinned(observe(world(product(id), parts)).seen);
const TO_THE_END = 1990;

describe('how long a pool pins the old address', () => {
  const rows: [what: string, source: string, id: string, every: number, from: number, to: number][] = [
    ['Chrome, a request every 200 s', 'kUsedIdleSocketTimeout 300', 'chrome', 200, 1700, 2000],
    ['Chrome, a request every 310 s', 'kUsedIdleSocketTimeout 300', 'chrome', 310, 0, 70],
    ['Firefox, every 100 s', 'network.http.keep-alive.timeout 115', 'firefox', 100, 1800, 2000],
    ['Go, busy', 'IdleConnTimeout 90 s', 'go', 80, 1900, 2000],
    ['Go, idle', 'IdleConnTimeout 90 s', 'go', 95, 0, 10],
    ['Node.js, every 4 s', 'http.globalAgent 5 s', 'node', 4, TO_THE_END, 2000],
    ['Node.js, every 6 s', 'http.globalAgent 5 s', 'node', 6, 0, 10],
    ['undici, every 3 s', 'keepAliveTimeout 4 s', 'node-undici', 3, TO_THE_END, 2000],
    ['undici, every 5 s', 'keepAliveTimeout 4 s', 'node-undici', 5, 0, 10],
    ['.NET, busy', 'PooledConnectionLifetime infinite', 'dotnet', 10, TO_THE_END - 10, 2000],
    ['.NET factory, busy', 'HandlerLifetime 2 min', 'dotnet-factory', 10, 0, 130],
    ['.NET, idle', 'PooledConnectionIdleTimeout 1 min', 'dotnet', 61, 0, 10],
    ['JDK HttpClient, busy', 'keepalive.timeout 30', 'jvm-httpclient', 20, 1970, 2000],
    ['JDK HttpClient, idle', 'keepalive.timeout 30', 'jvm-httpclient', 31, 0, 40],
    ['reqwest, busy', 'pool_idle_timeout 90', 'rust-reqwest', 60, 1930, 2000],
    ['aiohttp, busy', 'keepalive_timeout 15', 'python-aiohttp', 10, TO_THE_END - 10, 2000],
    ['curl, busy', 'conn_max_idle_ms 118 s', 'curl', 100, 1890, 2000],
    ['curl command', 'one run per request', 'curl-command', 5, 0, 10],
    ['Envoy STRICT_DNS, busy', 'removed hosts are drained', 'envoy-strict-dns', 1, 0, 16],
    ['Envoy LOGICAL_DNS, busy', 'never drained', 'envoy-logical-dns', 1, TO_THE_END, 2000],
    ['HAProxy, busy', 'new requests use the new address', 'haproxy-resolvers', 1, 0, 12],
  ];
  test.each(rows)('%s (%s)', (_what, _source, id, every, from, to) => {
    const measured = play(id, { every });
    expect(measured).toBeGreaterThanOrEqual(from);
    expect(measured).toBeLessThanOrEqual(to);
  });

  it('libcurl lets a busy connection go after 24 h (conn_max_age_ms)', () => {
    const day = 86_400;
    const parts = { every: 100, seconds: day + 2000 };
    expect(play('curl', parts)).toBeGreaterThan(day - MOVE - 200);
    expect(play('curl', parts)).toBeLessThan(day - MOVE + 200);
    expect(play('curl-8.15', parts)).toBeGreaterThan(day + 1999 - MOVE - 200);
  });

  it('the age counts from the opening, not from the latest use', () => {
    const { seen } = observe(world(product('dotnet-factory'), { every: 10, seconds: 900 }));
    const opened = seen.filter(({ layer }) => layer !== 'connection').map(({ at }) => at / SECOND);
    const gaps = opened.slice(1).map((at, index) => at - opened[index]!);
    expect(gaps.length).toBeGreaterThanOrEqual(5);
    for (const gap of gaps) expect([120, 130]).toContain(Math.round(gap));
  });

  it('the trace names the pool', () => {
    const spec = world(product('dotnet'), { every: 10 });
    const played = new World(spec, 1, 0);
    played.runUntil(1500 * SECOND);
    const cell = played.cells[0]!;
    const texts: string[] = [];
    cell.trace(cell.cohorts[0]!, 0, 0, ({ text }) => texts.push(text));
    expect(texts).toContain(`the pooled connection to the old address ${OLD_ADDRESS} is used`);
  });
});

const dies = (mode: 'silent' | 'refused', at: number): TimelineSpec =>
  fault(OLD_ENDPOINT, { kind: 'down', mode } satisfies EffectSpec, { at: at * SECOND });

describe('a pooled connection to an endpoint that has died', () => {
  const app = (silence: number): ApplicationBehaviour =>
    application({
      keepAlive: 60 * SECOND,
      connections: { lifetime: Number.POSITIVE_INFINITY, silence: silence * SECOND, closeOnChange: false },
    });
  const afterDeath = (one: ApplicationBehaviour, mode: 'silent' | 'refused'): Observation[] =>
    observe(world(one, { every: 30, seconds: 1500, timeline: [dies(mode, 1200)] })).seen.filter(
      ({ at }) => at >= 1200 * SECOND,
    );

  test.each([1, 7, 20])('silent: costs %d s, then the request goes to the new address', (silence) => {
    const [first, second] = afterDeath(app(silence), 'silent');
    expect(first).toMatchObject({
      outcome: 'served',
      address: NEW_ADDRESS,
      latency: silence * SECOND + 15_000,
    });
    expect(second).toMatchObject({ layer: 'connection', address: NEW_ADDRESS, latency: 0 });
  });

  it('refused: costs a round trip', () => {
    expect(afterDeath(app(20), 'refused')[0]).toMatchObject({
      address: NEW_ADDRESS,
      latency: 10_000 + 15_000,
    });
  });

  it('is the cause when nobody waits so long', () => {
    const [first] = afterDeath({ ...app(20), patience: 5 * SECOND }, 'silent');
    expect(first).toMatchObject({ outcome: 'too-slow', cause: 'too-slow/connection' });
  });

  it('is not the cause when the time goes elsewhere (negative control)', () => {
    const hasty = { ...app(20), patience: 10_000, keepAlive: 0 };
    expect(afterDeath(hasty, 'silent')[0]!.cause).toMatch(/^too-slow\/(authority|resolver-cache)$/);
  });
});

describe('restarts', () => {
  const settled = (restartEvery: number | undefined, count = 200): readonly Observation[] => {
    const app = product('nginx-static');
    const restarting = restartEvery === undefined ? app : { ...app, restartEvery: restartEvery * SECOND };
    const spec = world(restarting, { every: 5, seconds: 2200 });
    return observe({ ...spec, populations: [{ ...spec.populations[0]!, count }] }).seen;
  };

  it('bring nginx with a static name to the new address, one process after the other', () => {
    const seen = settled(600);
    const old = (at: number): number => {
      const around = seen.filter((one) => one.at >= at * SECOND && one.at < (at + 5) * SECOND);
      return around.filter(({ outcome }) => outcome === 'served-old').length / around.length;
    };
    // Phases are spread evenly, so the share falls in a straight line over one interval; the TTL is 10 s.
    for (const after of [150, 300, 450]) expect(old(MOVE + 5 + after)).toBeCloseTo(1 - after / 600, 1);
    expect(pinned(seen)).toBeLessThan(600 + 10 + 5);
    expect(pinned(seen)).toBeGreaterThan(590);
  });

  it('without them it stays at the old one (negative control)', () => {
    expect(pinned(settled(undefined, 5))).toBeGreaterThan(1190);
  });

  it('close pooled connections too', () => {
    const app = { ...product('dotnet'), restartEvery: 300 * SECOND };
    expect(pinned(observe(world(app, { every: 10 })).seen)).toBeLessThan(300 + 10 + 10);
  });
});
