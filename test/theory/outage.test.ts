/**
 * Caches while all authoritative servers are dead from the start, T the TTL, t the time since, D how long.
 *
 * availability(t) = h (1 - t/T), h the share of caches that hold the answer (1 for clients always active). Mean time
 * without service per client always active: D²/2T up to D = T, then D - T/2. With stale data kept for W the share h
 * stays up to W and is gone at T + W. Failed efforts of length d that are remembered for c come every c + d + 1/λ
 * and ask the parent once each, where a healthy resolver asks it every T_NS. In flight: λ times the time each takes.
 */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { lossesOf, populationRecord } from '../../src/measure/population-record.ts';
import type { EffectSpec, WorldSpec } from '../../src/model/spec.ts';
import { World } from '../../src/model/world.ts';
import { drill, observe, playWorld, population, resolver } from '../model/clients/population-world.ts';
import { fault, name, provider, rrset, zone } from '../model/world.ts';
import { expectAgreement, expectDisagreement, expectNear, replicate } from './estimate.ts';

const TTL = 300;
const COUNT = 400;
const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;
const REFUSED: EffectSpec = { kind: 'down', mode: 'refused' };
/** Failures are not remembered. */
const FORGETFUL = { first: 0, factor: 1, maximum: 0 };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };

/** A world whose servers are dead from `at` to `until`, seconds. */
function dead(
  at: number,
  until: number,
  parts: Parameters<typeof drill>[0] = {},
  effect = REFUSED,
): WorldSpec {
  const { timeline = [], ...rest } = parts;
  return drill({
    start: 'warm',
    duration: 400 * SECOND,
    resolvers: [resolver({ count: COUNT })],
    populations: [population({ count: COUNT, workload: { kind: 'poisson', every: 10 * SECOND } })],
    timeline: [fault(EDGE, effect, { at: at * SECOND, until: until * SECOND }), ...timeline],
    ...rest,
  });
}

/** Share of requests served, in `bins` equal parts of the time from `from` on. */
function availability(
  spec: WorldSpec,
  from: number,
  width: number,
  bins: number,
  seed: number,
  at = 0,
): number[] {
  const served = new Array<number>(bins).fill(0);
  const all = new Array<number>(bins).fill(0);
  for (const { at: madeAt, cause } of observe(spec, seed, at).seen) {
    const bin = Math.floor((madeAt / SECOND - from) / width);
    if (bin < 0 || bin >= bins) continue;
    all[bin]! += 1;
    if (cause === '') served[bin]! += 1;
  }
  return served.map((count, bin) => count / all[bin]!);
}

const FOREVER = 1e6;

describe('availability', () => {
  const few = {
    resolvers: [resolver({ count: 160 })],
    populations: [population({ count: 160, workload: { kind: 'poisson', every: 10 * SECOND } as const })],
  };

  it('always active: 1 - t/T', () => {
    const shares = replicate(20, (at) => availability(dead(0, FOREVER, few), 0, 100, 4, 1, at));
    [250, 150, 50].forEach((left, bin) => {
      expectAgreement(`F8 availability(${TTL - left})`, shares[bin]!, left / TTL, 0.05);
      expectDisagreement('F8 at T = 400', shares[bin]!, 1 - (TTL - left) / 400);
    });
    expect(shares[3]!.mean).toBe(0);
  });

  it('asked now and then: h (1 - t/T)', () => {
    const spec = dead(1800, FOREVER, {
      start: 'cold',
      duration: 2100 * SECOND,
      resolvers: [resolver({ count: 600 })],
      populations: [population({ count: 600, workload: { kind: 'poisson', every: TTL * SECOND } })],
    });
    const shares = replicate(20, (at) => availability(spec, 1800, 150, 2, 2, at));
    expectAgreement('F8 availability(75), λT=1', shares[0]!, 0.5 * 0.75, 0.05);
    expectAgreement('F8 availability(225), λT=1', shares[1]!, 0.5 * 0.25, 0.08);
    expectDisagreement('F8 as if always active', shares[0]!, 0.75);
  });

  it('one dead server of two changes nothing (negative control)', () => {
    const spec = dead(0, FOREVER, {
      providers: [provider({ count: 2 })],
      timeline: [],
      resolvers: [
        resolver({
          count: COUNT,
          options: {
            configuredZones: [
              {
                zone: name('example.com.'),
                mode: 'stub',
                addresses: ['192.0.2.1', '192.0.2.2'],
                fallback: false,
              },
            ],
          },
        }),
      ],
    });
    const timeline = [fault({ kind: 'server', provider: 0, server: 0 }, SILENT, { at: 0 })];
    expect(availability({ ...spec, timeline }, 0, 400, 1, 3)).toEqual([1]);
  });
});

describe('time without service', () => {
  /** Minutes lost per client, by the record. */
  function lost(duration: number): number {
    const spec = dead(0, duration, {
      resolvers: [resolver({ count: COUNT, options: { failureSeconds: FORGETFUL } })],
      populations: [population({ count: COUNT, workload: { kind: 'periodic', every: 2 * SECOND } })],
      duration: (duration + 10) * SECOND,
    });
    const world = playWorld(spec, 4);
    const [users] = world.populations;
    const record = populationRecord(
      'users',
      [{ population: users!, weight: 1, losses: lossesOf(users!, world) }],
      world,
    );
    expect(record.recovery.censored).toBe(0);
    return record.lostUserMicros / SECOND / COUNT;
  }

  test.each([
    [150, 150 ** 2 / 2 / TTL],
    [300, 150],
    [450, 300],
  ])('D = %d s: %d s', (duration, expected) => {
    // Told by polls, one every two seconds: as late at the end of a client's outage as at its beginning.
    expectNear(`F8 time without service, D=${duration}`, lost(duration), expected, 0.0025 * TTL);
  });
});

describe('serve-stale', () => {
  const [limit, duration] = [200, 700];
  const stale = (maxStaleSeconds: number): WorldSpec =>
    dead(0, FOREVER, {
      duration: duration * SECOND,
      populations: [population({ count: COUNT, workload: { kind: 'poisson', every: 5 * SECOND } })],
      resolvers: [
        resolver({
          count: COUNT,
          options: {
            serveStale: {
              clientTimerMicros: 1.8 * SECOND,
              answerTtlSeconds: 30,
              capAtOriginalTtl: false,
              maxStaleSeconds,
              recheckSeconds: 30,
              nxdomain: true,
            },
          },
        }),
      ],
    });

  it('all are served up to W, none after T + W, linear in between', () => {
    const shares = availability(stale(limit), 0, 100, 7, 5);
    [1, 1, 5 / 6, 3 / 6, 1 / 6, 0, 0].forEach((share, bin) => {
      expectNear(`F8 stale up to 200 s, availability(${bin * 100 + 50})`, shares[bin]!, share, 0.01);
    });
  });

  it('kept for days, nobody notices', () => {
    expect(availability(stale(86_400), 0, duration, 1, 6)).toEqual([1]);
  });
});

describe('the parent of a dead child', () => {
  const [delegation, silence, patience] = [600, 4, 200];
  /** example.com at its own server, .2, delegated from com. and named in dns.test., both at .1. */
  function delegated(remembered: number, effect: EffectSpec | undefined): WorldSpec {
    const registry = 'dns.test. 172800 IN NS ns1.dns.test.\ncom. 172800 IN NS ns1.dns.test.\n';
    const glue = 'ns1.dns.test. 172800 IN A 192.0.2.1\nns2.dns.test. 172800 IN A 192.0.2.2\n';
    const child = zone('example.com.', 'app 0 IN A 203.0.113.10\n', 'ns2.dns.test.');
    return drill({
      duration: 50_000 * SECOND,
      providers: [provider({ name: 'registry' }), provider({ name: 'child', first: 2 })],
      zones: [
        { origin: name('.'), zone: zone('.', registry + glue), providers: [0] },
        { origin: name('dns.test.'), zone: zone('dns.test.', glue), providers: [0] },
        {
          origin: name('com.'),
          zone: zone('com.', `example ${delegation} IN NS ns2.dns.test.\n`),
          providers: [0],
        },
        {
          origin: name('example.com.'),
          zone: child.with(rrset(`example.com. ${delegation} NS ns2.dns.test.`)),
          providers: [1],
        },
      ],
      resolvers: [
        resolver({
          count: 4,
          options: {
            refreshDelegation: true,
            firstTimeoutMicros: silence * SECOND,
            maximumTimeoutMicros: silence * SECOND,
            sendsPerServer: 1,
            budgetMicros: MINUTE,
            ttlCapSeconds: 604_800,
            failureSeconds: { first: remembered, factor: 1, maximum: remembered },
            configuredZones: [
              { zone: name('com.'), mode: 'stub', addresses: ['192.0.2.1'], fallback: false },
              { zone: name('dns.test.'), mode: 'stub', addresses: ['192.0.2.1'], fallback: false },
            ],
          },
        }),
      ],
      populations: [population({ count: 4, workload: { kind: 'poisson', every: patience * SECOND } })],
      timeline: effect ? [fault({ kind: 'plane', provider: 1, plane: 'edge' }, effect, { at: 0 })] : [],
    });
  }
  /** Seconds between queries to the parent, by resolver. */
  const interval = (spec: WorldSpec): ReturnType<typeof replicate> =>
    replicate(20, (replication) => {
      const { queries } = playWorld(spec, 7, replication).outside.load()[0]!;
      // One query of each resolver was for the address of ns2, which lives for two days.
      return [(spec.duration / SECOND) * (4 / (queries - 4))];
    });

  it('healthy: once per delegation, T_NS + 1/λ', () => {
    const [seen] = interval(delegated(60, undefined));
    expectAgreement('F18 healthy, s between parent queries', seen!, delegation + patience, 0.03);
  });

  test.each([0, 60, 300])('dead, failures kept for %d s: once per effort, c + d + 1/λ', (remembered) => {
    const [seen] = interval(delegated(remembered, SILENT));
    expectAgreement(`F18 dead, c=${remembered}`, seen!, remembered + silence + patience, 0.03);
    expectDisagreement('F18 as if healthy', seen!, delegation + patience);
  });
});

describe('look-ups in flight', () => {
  it("λ times the time each takes (Little's law)", () => {
    const each = 4;
    const every = 10;
    const spec = dead(
      0,
      FOREVER,
      {
        start: 'cold',
        populations: [population({ count: COUNT, workload: { kind: 'poisson', every: every * SECOND } })],
        resolvers: [
          resolver({
            count: COUNT,
            options: {
              firstTimeoutMicros: 2 * SECOND,
              sendsPerServer: 2,
              joinQueries: false,
              failureSeconds: FORGETFUL,
            },
          }),
        ],
      },
      SILENT,
    );
    const [seen] = replicate(16, (replication) => {
      const world = new World(spec, 8, replication);
      let sum = 0;
      for (let at = 20; at < 400; at += 20) {
        world.runUntil(at * SECOND);
        for (const { pools } of world.cells) sum += pools[0]!.fragments[0]!.state.outstanding;
      }
      return [sum / 19];
    });
    expectAgreement('F19 in flight', seen!, (COUNT / every) * each);
    expectDisagreement('F19 with one send', seen!, (COUNT / every) * 2);
  });
});
