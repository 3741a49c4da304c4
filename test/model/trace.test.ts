/** The story of a request made 100 s into a run, told by the codes of its steps. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type {
  EffectSpec,
  PopulationSpec,
  TargetSpec,
  TimelineSpec,
  WorldSpec,
} from '../../src/model/spec.ts';
import { type TraceOptions, traceRequest } from '../../src/model/trace.ts';
import { World } from '../../src/model/world.ts';
import {
  application,
  asks,
  cacheRule,
  drill,
  FOLLOWS_TTL,
  moveAddress,
  OLD_ENDPOINT,
  population,
  resolver,
  schedule,
  stub,
} from './clients/population-world.ts';
import { fault, name } from './world.ts';

const EDGE = { kind: 'plane', provider: 0, plane: 'edge' } as const;
const REFUSED: EffectSpec = { kind: 'down', mode: 'refused' };
const down = (target: TargetSpec, effect: EffectSpec, at = 90): TimelineSpec =>
  fault(target, effect, { at: at * SECOND });

/** One client that asks every ten seconds. */
function lone(users: Partial<PopulationSpec> = {}, parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  const workload = { kind: 'periodic', every: 10 * SECOND } as const;
  return drill({ duration: 300 * SECOND, populations: [population({ workload, ...users })], ...parts });
}

function codes(spec: WorldSpec, options: Partial<TraceOptions> = {}): string {
  const steps = traceRequest(spec, 1, 0, { at: 100 * SECOND, ...options });
  return steps.map(({ code }) => code).join(' ');
}

describe('a traced request', () => {
  const never = { workload: { kind: 'poisson', every: 1e6 * SECOND } } as const;
  const twice = schedule('1 at 0s, 1 at 2s, give up at 5s');
  const patient = stub({ schedules: [twice, twice, twice] });
  const cached = application({ cache: FOLLOWS_TTL });
  const rows: [
    what: string,
    users: Partial<PopulationSpec>,
    parts: Parameters<typeof drill>[0],
    expected: string,
  ][] = [
    ['nobody knows', never, {}, 'cache-miss stub-send ask answer stub-answer outcome'],
    ['the resolver knows', {}, {}, 'cache-miss stub-send cache-hit stub-answer outcome'],
    ['the operating system knows', { stub: stub({ cache: FOLLOWS_TTL }) }, {}, 'cache-hit outcome'],
    ['the application knows', { application: cached }, {}, 'cache-hit outcome'],
    [
      'a connection is open',
      { application: application({ keepAlive: 60 * SECOND }) },
      {},
      'connection-kept outcome',
    ],
    [
      'the open connection has broken',
      { application: application({ keepAlive: 60 * SECOND }) },
      { timeline: [down(OLD_ENDPOINT, REFUSED, 100)] },
      'connection-lost cache-miss stub-send cache-hit stub-answer outcome',
    ],
    [
      'the resolver is dead',
      { stub: patient },
      { timeline: [down({ kind: 'resolver', resolver: 0 }, { kind: 'down', mode: 'silent' })] },
      'cache-miss stub-send stub-send stub-gave-up outcome',
    ],
    [
      'the servers are dead',
      {},
      { ttl: 1, timeline: [down(EDGE, REFUSED, 100)] },
      'cache-miss stub-send ask server-unreachable failure stub-answer outcome',
    ],
    [
      'the servers are silent',
      {},
      {
        ttl: 1,
        timeline: [down(EDGE, { kind: 'down', mode: 'silent' }, 100)],
        resolvers: [resolver({ options: { sendsPerServer: 2 } })],
      },
      'cache-miss stub-send ask server-timeout ask server-timeout failure stub-answer outcome',
    ],
    [
      'it tries again',
      { application: application({ retries: { count: 1, firstDelay: SECOND, factor: 1 } }) },
      { timeline: [down(OLD_ENDPOINT, REFUSED)] },
      'cache-miss stub-send cache-hit stub-answer outcome cache-miss stub-send cache-hit stub-answer outcome',
    ],
    [
      'the application uses an expired answer while it asks again',
      { application: application({ cache: cacheRule({ mode: 'ttl', graceSeconds: 60 }) }) },
      { ttl: 95, start: 'cold' },
      'cache-hit outcome',
    ],
  ];
  test.each(rows)('%s', (_, users, parts, expected) => {
    expect(codes(lone(users, parts))).toBe(expected);
  });

  it('tells in order, from when the request is made', () => {
    const steps = traceRequest(lone({}, { timeline: [moveAddress(50 * SECOND)] }), 1, 0, {
      at: 100 * SECOND,
    });
    expect(steps[0]!.at).toBe(100 * SECOND);
    expect(steps.map(({ at }) => at)).toEqual([...steps].map(({ at }) => at).sort((a, b) => a - b));
    expect(steps.every(({ where, text }) => where !== '' && text !== '')).toBe(true);
  });

  it('says which address is held, and for how long', () => {
    const [held] = traceRequest(lone({ application: cached }), 1, 0, { at: 100 * SECOND });
    expect(held).toMatchObject({ where: 'application cache', text: expect.stringContaining('203.0.113.10') });
    expect(held!.text).toMatch(/2\d\d\.\d s left/);
  });

  it('is made by the client, population and name that are wanted', () => {
    const spec = drill({
      records: 'www 300 IN A 198.51.100.20\n',
      start: 'warm',
      duration: 300 * SECOND,
      resolvers: [resolver({ count: 3 }), resolver({ name: 'other' })],
      populations: [
        population({ name: 'u', count: 30 }),
        population({
          name: 'v',
          count: 5,
          resolvers: [{ share: 1, resolvers: [1] }],
          questions: [asks('app.example.com. A'), asks('www.example.com. A')],
        }),
      ],
    });
    const told = (options: Partial<TraceOptions>): string =>
      traceRequest(spec, 1, 0, { at: 5 * SECOND, ...options })
        .map(({ where, text }) => `${where}: ${text}`)
        .join('\n');
    expect(told({ client: 29 })).toContain('resolver isp');
    expect(told({ population: 'v', client: 4 })).toContain('resolver other');
    expect(told({ population: 'v', name: name('www.example.com.') })).toContain('198.51.100.20');
    expect(() => told({ population: 'w' })).toThrow(RangeError);
    expect(() => told({ client: 30 })).toThrow(RangeError);
    expect(() => told({ name: name('gone.example.com.') })).toThrow(RangeError);
    expect(() => told({ at: 300 * SECOND })).toThrow(RangeError);
  });

  it('does not disturb the world before it: the same run is played up to then', () => {
    const spec = lone({}, { timeline: [down(OLD_ENDPOINT, REFUSED, 150)] });
    const world = new World(spec, 1, 0);
    world.runUntil(100 * SECOND);
    const before = world.digest();
    traceRequest(spec, 1, 0, { at: 100 * SECOND });
    const again = new World(spec, 1, 0);
    again.runUntil(100 * SECOND);
    expect(again.digest()).toBe(before);
  });
});
