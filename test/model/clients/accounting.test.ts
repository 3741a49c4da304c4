/** What is booked for whom: causes, time without service, who counts as affected. Small cases worked out by hand. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { simulateReplication } from '../../../src/measure/simulate.ts';
import type { EffectSpec, TargetSpec, TimelineSpec, WorldSpec } from '../../../src/model/spec.ts';
import { fault, name, rrset } from '../world.ts';
import {
  application,
  asks,
  drill,
  FOLLOWS_TTL,
  fixedCache,
  moveAddress,
  NEW_ENDPOINT,
  OLD_ENDPOINT,
  observe,
  population,
  resolver,
  resolverOptions,
  stub,
} from './population-world.ts';

const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;
const ISP = { kind: 'resolver', resolver: 0 } as const;
const REFUSED: EffectSpec = { kind: 'down', mode: 'refused' };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const EMPTY: EffectSpec = { kind: 'empty-zone' };
const LIE: EffectSpec = { kind: 'wrong-record', rrset: rrset('app.example.com. 100 A 192.0.2.66') };

/** One client that asks every ten seconds, phase within the first. */
function lone(parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  return drill({
    duration: 300 * SECOND,
    populations: [population({ workload: { kind: 'periodic', every: 10 * SECOND } })],
    ...parts,
  });
}

const down = (target: TargetSpec, effect: EffectSpec, from: number, to = 1e6): TimelineSpec =>
  fault(target, effect, { at: from * SECOND, until: to * SECOND });

describe('causes', () => {
  const os = { stub: stub({ cache: FOLLOWS_TTL }) };
  const both = { ...os, application: application({ cache: FOLLOWS_TTL }) };
  const failures = { failureSeconds: { first: 15, factor: 1, maximum: 15 } };
  const rows: [
    what: string,
    parts: Parameters<typeof drill>[0],
    users: Parameters<typeof population>[0],
    expected: string[],
  ][] = [
    [
      'endpoint dead, record unchanged',
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100)] },
      {},
      ['dead-address/authority'],
    ],
    [
      'the same, from caches',
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100)] },
      both,
      ['dead-address/authority'],
    ],
    [
      'endpoint dead and record moved, seen through the resolver',
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100), moveAddress(100 * SECOND)] },
      {},
      ['dead-address/resolver-cache'],
    ],
    [
      'the same, through the operating system',
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100), moveAddress(100 * SECOND)] },
      os,
      ['dead-address/os-cache'],
    ],
    [
      'the same, through the application',
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100), moveAddress(100 * SECOND)] },
      both,
      ['dead-address/application-cache'],
    ],
    [
      'endpoint dead and record moved, served stale',
      {
        ttl: 20,
        timeline: [down(EDGE, REFUSED, 50), moveAddress(60 * SECOND, 20), down(OLD_ENDPOINT, REFUSED, 100)],
        resolvers: [
          resolver({
            options: {
              serveStale: {
                ...resolverOptions().serveStale!,
                answerTtlSeconds: 30,
                capAtOriginalTtl: false,
                maxStaleSeconds: 1000,
                recheckSeconds: 30,
                nxdomain: true,
              },
            },
          }),
        ],
      },
      {},
      ['dead-address/resolver-stale'],
    ],
    ['resolver dead', { timeline: [down(ISP, SILENT, 100)] }, {}, ['timed-out/resolver']],
    [
      'resolver dead, time-outs kept by the system',
      { timeline: [down(ISP, SILENT, 100)] },
      { stub: stub({ cache: { ...fixedCache(0), failureSeconds: 25 } }) },
      ['timed-out/resolver', 'timed-out/os-cache'],
    ],
    [
      'all servers dead',
      { ttl: 5, timeline: [down(EDGE, REFUSED, 100)] },
      {},
      ['servfail/no-reachable-server'],
    ],
    [
      'the same, remembered',
      { ttl: 5, timeline: [down(EDGE, REFUSED, 100)], resolvers: [resolver({ options: failures })] },
      {},
      ['servfail/no-reachable-server', 'servfail/failure-cache'],
    ],
    [
      'all servers answer SERVFAIL',
      { ttl: 5, timeline: [down(EDGE, { kind: 'rcode', rcode: 'SERVFAIL' }, 100)] },
      {},
      ['servfail/server-failure'],
    ],
    [
      'all servers answer REFUSED',
      { ttl: 5, timeline: [down(EDGE, { kind: 'rcode', rcode: 'REFUSED' }, 100)] },
      {},
      ['servfail/server-failure'],
    ],
    [
      'an empty zone',
      { ttl: 5, timeline: [down(EDGE, EMPTY, 100)] },
      {},
      ['nxdomain/authority@192.0.2.1', 'nxdomain/resolver-cache@192.0.2.1'],
    ],
    [
      'an empty zone, kept by the system',
      { ttl: 5, timeline: [down(EDGE, EMPTY, 100, 112)] },
      os,
      ['nxdomain/authority@192.0.2.1', 'nxdomain/os-cache'],
    ],
    [
      'a lie',
      { ttl: 5, timeline: [down(EDGE, LIE, 100)] },
      {},
      ['hijacked/authority', 'hijacked/resolver-cache'],
    ],
    [
      'requests the service fails',
      { timeline: [down(OLD_ENDPOINT, { kind: 'errors', share: 1, hidden: false }, 100)] },
      {},
      ['endpoint-errors/authority'],
    ],
    [
      'no such type',
      {},
      { questions: [asks('app.example.com. AAAA')] },
      ['nodata/authority@192.0.2.1', 'nodata/resolver-cache@192.0.2.1'],
    ],
  ];
  test.each(rows)('%s', (_, parts, users, expected) => {
    const workload = { kind: 'periodic', every: 10 * SECOND } as const;
    const spec = lone({ ...parts, populations: [population({ workload, ...users })] });
    const { seen } = observe(spec);
    const causes = [...new Set(seen.map(({ cause }) => cause).filter((cause) => cause !== ''))];
    expect(causes).toEqual(expected);
    const [, record] = simulateReplication(spec, 1, 0).populations;
    expect(record!.causes.map(({ cause }) => cause)).toEqual([...expected].sort());
    const counted = record!.causes.reduce((sum, { requests }) => sum + requests, 0);
    expect(counted).toBe(seen.filter(({ cause }) => cause !== '').length);
  });
});

describe('an address that is old but alive', () => {
  it('serves, and is counted as stale', () => {
    const { seen, world } = observe(lone({ timeline: [moveAddress(100 * SECOND)] }));
    const old = seen.filter(({ outcome }) => outcome === 'served-old');
    expect(old.length).toBe(20); // from 100 s on, up to the TTL
    expect(old.every(({ cause }) => cause === '')).toBe(true);
    const { tally } = world.populations[0]!;
    expect([tally.answered, tally.stale]).toEqual([30, 20]);
  });

  it('at the new address a dead endpoint is laid at the door of the authority', () => {
    const timeline = [down(NEW_ENDPOINT, REFUSED, 90), moveAddress(100 * SECOND, 5)];
    const { seen } = observe(lone({ ttl: 5, timeline }));
    const causes = new Set(seen.filter(({ cause }) => cause !== '').map(({ cause }) => cause));
    expect(causes).toEqual(new Set(['dead-address/authority']));
  });

  it('lies count as stale answers too, failures do not count as answers', () => {
    const { tally } = observe(
      lone({ ttl: 5, timeline: [down(EDGE, LIE, 100, 200), down(EDGE, REFUSED, 220)] }),
    ).world.populations[0]!;
    const answered = tally.served.reduce((sum, count) => sum + count, 0);
    expect(tally.stale).toBeGreaterThanOrEqual(10);
    expect(tally.answered).toBe(answered + tally.outcomes[8]!);
  });
});

describe('time without service', () => {
  /** First request at `phase`, then every ten seconds. */
  const record = (timeline: readonly TimelineSpec[], parts: Parameters<typeof population>[0] = {}) => {
    const spec = lone({
      timeline,
      populations: [
        population({ workload: { kind: 'periodic', every: 10 * SECOND }, represents: 1000, ...parts }),
      ],
    });
    const phase = observe(spec).seen[0]!.at / SECOND;
    const [overall, users] = simulateReplication(spec, 1, 0).populations;
    return { phase, overall: overall!, users: users! };
  };

  it('counts from the first failed request to the next success', () => {
    const { phase, users, overall } = record([down(OLD_ENDPOINT, REFUSED, 100, 150)]);
    // Requests at 100 + phase to 140 + phase fail, the one at 150 + phase succeeds after 5 ms.
    expect(phase).toBeLessThan(10);
    expect(users.lostUserMicros).toBe(1000 * 50.005 * SECOND);
    expect(overall.lostUserMicros).toBe(users.lostUserMicros);
    expect(users.causes).toEqual([
      { cause: 'dead-address/authority', requests: 5, userMicros: users.lostUserMicros },
    ]);
    expect(users.recovery).toMatchObject({ affected: 1, censored: 0 });
    expect(users.recovery.max).toBe(Math.round((50 + phase) * SECOND) + 5000);
  });

  it('counts up to the horizon when there is no success', () => {
    const { phase, users } = record([down(OLD_ENDPOINT, REFUSED, 100)]);
    expect(users.lostUserMicros).toBeCloseTo(1000 * (200 - phase) * SECOND, -3);
    expect(users.recovery).toMatchObject({
      affected: 1,
      censored: 1,
      p50: null,
      max: null,
      population: null,
    });
  });

  it('books each stretch on the cause that made it', () => {
    const timeline = [
      down(OLD_ENDPOINT, REFUSED, 100, 130),
      down(OLD_ENDPOINT, { kind: 'errors', share: 1, hidden: true }, 130, 150),
    ];
    const { users } = record(timeline);
    const micros = Object.fromEntries(
      users.causes.map(({ cause, userMicros }) => [cause, userMicros / 1000 / SECOND]),
    );
    expect(micros).toEqual({ 'dead-address/authority': 30, 'endpoint-errors/authority': 20.005 });
  });

  it('leaves out those who never failed', () => {
    const { users } = record([down(OLD_ENDPOINT, REFUSED, 1000)]);
    expect(users.lostUserMicros).toBe(0);
    expect(users.recovery).toMatchObject({
      affected: 0,
      censored: 0,
      p50: null,
      max: null,
      population: 0,
      curve: [],
    });
  });
});

describe('affected', () => {
  it('are those who failed at or after the first fault, not before', () => {
    const spec = lone({
      ttl: 5,
      resolvers: [
        resolver({
          options: {
            configuredZones: [
              { zone: name('example.com.'), mode: 'stub', addresses: ['192.0.2.1'], fallback: false },
            ],
          },
        }),
      ],
      populations: [
        population({
          questions: [asks('gone.example.com. A')],
          workload: { kind: 'periodic', every: 10 * SECOND },
        }),
      ],
      timeline: [down(NEW_ENDPOINT, REFUSED, 200)],
    });
    // Fails all the time, with or without the fault: the failures after it count.
    const [, before] = simulateReplication(
      { ...spec, timeline: [down(NEW_ENDPOINT, REFUSED, 299)] },
      1,
      0,
    ).populations;
    const [, after] = simulateReplication(spec, 1, 0).populations;
    expect(after!.recovery.affected).toBe(1);
    expect(before!.outcomes.nxdomain).toBe(30);
    expect(before!.recovery.affected).toBe(before!.recovery.censored);
  });

  it('a failure and a success before the fault leave nobody affected', () => {
    const timeline = [down(NEW_ENDPOINT, REFUSED, 250), down(OLD_ENDPOINT, REFUSED, 260, 261)];
    const early = fault(OLD_ENDPOINT, REFUSED, { at: 100 * SECOND, until: 150 * SECOND });
    // The first fault of the timeline is what counts, so an earlier failure needs a change, not a fault.
    const spec = lone({
      ttl: 5,
      populations: [population({ count: 50, workload: { kind: 'periodic', every: 10 * SECOND } })],
      timeline: [
        {
          kind: 'change',
          label: 'remove',
          at: 100 * SECOND,
          change: {
            kind: 'zone',
            origin: name('example.com.'),
            put: [],
            remove: [{ name: name('app.example.com.') }],
          },
        },
        {
          kind: 'change',
          label: 'put',
          at: 150 * SECOND,
          change: {
            kind: 'zone',
            origin: name('example.com.'),
            put: [rrset('app.example.com. 5 A 203.0.113.10')],
            remove: [],
          },
        },
        ...timeline,
      ],
    });
    const [, users] = simulateReplication(spec, 1, 0).populations;
    expect(users!.outcomes.nxdomain).toBeGreaterThan(200);
    expect(users!.recovery.affected).toBeLessThan(50 / 4);
    const [, with_] = simulateReplication({ ...spec, timeline: [early, ...timeline] }, 1, 0).populations;
    expect(with_!.recovery.affected).toBe(50);
  });
});

describe('several populations', () => {
  it('are weighted by the people they stand for', () => {
    const workload = { kind: 'periodic', every: 10 * SECOND } as const;
    const spec = lone({
      populations: [
        population({ name: 'many', count: 10, represents: 1000, workload }),
        population({
          name: 'few',
          count: 20,
          represents: 200,
          workload,
          questions: [asks('gone.example.com. A')],
        }),
      ],
    });
    const { populations, hops } = simulateReplication(spec, 1, 0);
    const [overall, many, few] = populations;
    expect(overall).toMatchObject({ clients: 30, represents: 1200 });
    const scale = 1200 / 30;
    expect(overall!.outcomes.served * scale).toBeCloseTo(many!.outcomes.served * 100, 6);
    expect(overall!.outcomes.nxdomain * scale).toBeCloseTo(few!.outcomes.nxdomain * 10, 6);
    const total = overall!.total.reduce((sum, count) => sum + count, 0);
    expect(total * scale).toBeCloseTo(30 * (10 * 100 + 20 * 10), 6);
    expect(hops.every((hop) => hop.scale === scale)).toBe(true);
    expect(overall!.lostUserMicros).toBeCloseTo(few!.lostUserMicros, 0);
  });
});
