import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type {
  EffectSpec,
  FaultSpec,
  PopulationSpec,
  TimelineSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import { fault } from '../world.ts';
import {
  application,
  drill,
  moveAddress,
  NEW_ADDRESS,
  OLD_ADDRESS,
  OLD_ENDPOINT,
  observe,
  population,
} from './population-world.ts';

/** One client that keeps its connection so long while idle, asks every `every` seconds, TTL 10 s. */
function keeping(
  keepAlive: number,
  timeline: readonly TimelineSpec[],
  parts: Partial<PopulationSpec> & { readonly every?: number } = {},
): WorldSpec {
  const { every = 5, ...rest } = parts;
  return drill({
    ttl: 10,
    duration: 200 * SECOND,
    populations: [
      population({
        application: application({ keepAlive: keepAlive * SECOND }),
        workload: { kind: 'periodic', every: every * SECOND },
        ...rest,
      }),
    ],
    timeline,
  });
}

const dies = (at: number, effect: EffectSpec = { kind: 'down', mode: 'refused' }): FaultSpec =>
  fault(OLD_ENDPOINT, effect, { at: at * SECOND });

describe('an open connection', () => {
  it('pins the old address long after the TTL', () => {
    const { seen, world } = observe(keeping(60, [moveAddress(50 * SECOND, 10)]));
    expect(seen.filter(({ at }) => at > 60 * SECOND).every(({ outcome }) => outcome === 'served-old')).toBe(
      true,
    );
    expect(new Set(seen.slice(1).map(({ layer }) => layer))).toEqual(new Set(['connection']));
    expect(world.populations[0]!.tally.connectionHits).toBe(seen.length - 1);
  });

  it('without it the client moves within the TTL (negative control)', () => {
    const { seen } = observe(keeping(0, [moveAddress(50 * SECOND, 10)]));
    const old = seen.filter(({ outcome }) => outcome === 'served-old');
    expect(Math.max(...old.map(({ at }) => at / SECOND), 0)).toBeLessThan(60);
    expect(seen[seen.length - 1]!.address).toBe(NEW_ADDRESS);
  });

  it('that is idle for longer than it is kept is gone', () => {
    const { seen } = observe(keeping(4.5, [moveAddress(50 * SECOND, 10)]));
    expect(new Set(seen.map(({ layer }) => layer))).toEqual(new Set(['authority', 'resolver-cache']));
    expect(seen[seen.length - 1]).toMatchObject({ outcome: 'served', address: NEW_ADDRESS });
  });

  it('is renewed by every request', () => {
    const { seen } = observe(keeping(6, []));
    expect(seen.slice(1).every(({ layer }) => layer === 'connection')).toBe(true);
  });

  test.each([
    ['refused', 10_000 + 15_000],
    ['silent', 10 * SECOND + 15_000],
  ] as const)('breaks when its endpoint is %s: the name is looked up again', (mode, latency) => {
    const seen = observe(
      keeping(600, [moveAddress(50 * SECOND, 10), dies(100, { kind: 'down', mode })]),
    ).seen;
    const after = seen.filter(({ at }) => at >= 100 * SECOND);
    expect(after[0]).toMatchObject({ outcome: 'served', address: NEW_ADDRESS, layer: 'authority', latency });
    expect(after.slice(1).every(({ address }) => address === NEW_ADDRESS)).toBe(true);
    expect(after.slice(-1)[0]!.layer).toBe('connection');
  });

  it('that breaks leads to a failure when the data still names the dead endpoint', () => {
    const { seen } = observe(keeping(600, [dies(100)]));
    const after = seen.filter(({ at }) => at >= 100 * SECOND);
    expect(new Set(after.map(({ cause }) => cause))).toEqual(new Set(['dead-address/authority']));
    // 10 ms on the connection, 15 ms to look up, 10 ms for the new attempt; afterwards there is no connection.
    expect(after[0]!.latency).toBe(35_000);
    expect(after[1]!.latency).toBeLessThan(35_000);
  });

  it('is one per name and client', () => {
    const { seen } = observe(keeping(600, [], { count: 20 }));
    expect(seen.filter(({ layer }) => layer !== 'connection')).toHaveLength(20);
  });

  it('does not cure requests the service fails', () => {
    const failing = { kind: 'errors', share: 0.5, hidden: true } as const;
    const users = { count: 500 };
    const { seen } = observe(keeping(600, [dies(50, failing)], users));
    const after = seen.filter(({ at }) => at >= 60 * SECOND);
    const share = after.filter(({ cause }) => cause === 'endpoint-errors/authority').length / after.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / after.length));
    expect(after.filter(({ layer }) => layer === 'connection').length).toBe(after.length);
  });

  it('loses requests as a lossy endpoint does, at the price of waiting for the time-out', () => {
    const { seen } = observe(keeping(600, [dies(50, { kind: 'lossy', loss: 0.5 })], { count: 300 }));
    const first = seen.filter(({ at }) => at >= 50 * SECOND && at < 55 * SECOND);
    const lost = first.filter(({ latency }) => latency >= 10 * SECOND).length / first.length;
    expect(Math.abs(lost - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / first.length));
    expect(first.every(({ address }) => address === OLD_ADDRESS)).toBe(true);
  });
});
