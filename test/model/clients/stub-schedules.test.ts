import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { FaultSpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import type { StubBehaviour } from '../../../src/profiles/client-behaviour.ts';
import { fault } from '../world.ts';
import { drill, observe, population, resolver, schedule, stub } from './population-world.ts';

const GLIBC = schedule('1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s');
const WINDOWS = schedule('1 at 0s, 2 at 1s, 2 at 2s, all at 4s, all at 8s, give up at 10s');

type State = 'up' | 'silent' | 'refused' | 'failing';

interface Case {
  readonly schedule?: string;
  readonly next?: boolean;
  readonly fragments?: number;
}

/** Resolvers named 1, 2 ... in these states; one client with all of them in its list. */
function listed(states: readonly State[], options: Case = {}): WorldSpec {
  const resolvers = states.map((state, at) =>
    resolver({
      name: `${at + 1}`,
      ...(at === 0 && options.fragments ? { fragments: options.fragments } : {}),
      // One that cannot find any server answers SERVFAIL at once.
      ...(state === 'failing' ? { options: { configuredZones: [] } } : {}),
    }),
  );
  const timeline = states.flatMap((state, at): readonly FaultSpec[] =>
    state === 'silent' || state === 'refused'
      ? [fault({ kind: 'resolver', resolver: at }, { kind: 'down', mode: state }, { at: 0 })]
      : [],
  );
  const text = schedule(options.schedule ?? '1 at 0s, 2 at 5s, 3 at 8s, 1 at 14s, give up at 20s');
  const behaviour: Partial<StubBehaviour> = {
    schedules: [text, text, text],
    nextOnFailure: options.next ?? false,
  };
  return drill({
    resolvers,
    duration: 100 * SECOND,
    populations: [
      population({
        stub: stub(behaviour),
        resolvers: [{ share: 1, resolvers: states.map((_, at) => at) }],
        workload: { kind: 'periodic', every: 100 * SECOND },
      }),
    ],
    timeline,
  });
}

/** When which resolver was asked, and how it ended: `1@0 2@5 timed-out@20`. */
function story(spec: WorldSpec): string {
  const steps: string[] = [];
  const ends: string[] = [];
  const observer = ({ at, latency, outcome }: Observation): void => {
    if (at === 1) ends.push(`${outcome}@${Math.round(latency / SECOND)}`);
  };
  const world = new World(spec, 1, 0, { observer });
  world.runUntil(1); // faults of time 0 are in force
  const cell = world.cells[0]!;
  const request = cell.trace(cell.cohorts[0]!, 0, 0, ({ at, code, text }) => {
    if (code === 'stub-send') steps.push(`${/asks (\S+)$/.exec(text)![1]}@${Math.round(at / SECOND)}`);
  });
  for (let at = 1; at <= 60 && !request.finished; at++) world.runUntil(at * SECOND);
  return [...steps, ...ends].join(' ');
}

describe('when which resolver is asked', () => {
  const rows: [states: string, schedule: string, next: boolean, expected: string][] = [
    ['up', '1 at 0s, 1 at 5s, give up at 10s', false, '1@0 served@0'],
    ['silent', '1 at 0s, 1 at 5s, give up at 10s', false, '1@0 1@5 timed-out@10'],
    ['silent', '1 at 0s, 1 at 1s, 1 at 2s, 1 at 4s, give up at 10s', true, '1@0 1@1 1@2 1@4 timed-out@10'],
    ['refused', '1 at 0s, 1 at 5s, give up at 10s', false, '1@0 1@5 timed-out@10'],
    ['refused', '1 at 0s, 1 at 5s, give up at 10s', true, '1@0 1@0 timed-out@10'],
    ['failing', '1 at 0s, 1 at 5s, give up at 10s', false, '1@0 servfail@0'],
    ['failing', '1 at 0s, 1 at 5s, give up at 10s', true, '1@0 1@0 servfail@0'],
    ['silent up', '1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s', true, '1@0 2@5 served@5'],
    [
      'silent silent',
      '1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s',
      true,
      '1@0 2@5 1@10 2@15 timed-out@20',
    ],
    ['up silent', '1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s', true, '1@0 served@0'],
    ['failing up', '1 at 0s, 2 at 5s, give up at 10s', true, '1@0 2@0 served@0'],
    ['failing up', '1 at 0s, 2 at 5s, give up at 10s', false, '1@0 servfail@0'],
    ['refused up', '1 at 0s, 2 at 5s, give up at 10s', true, '1@0 2@0 served@0'],
    ['refused up', '1 at 0s, 2 at 5s, give up at 10s', false, '1@0 2@5 served@5'],
    // A wait that is skipped moves the rest of the schedule, not the end of patience.
    [
      'failing silent',
      '1 at 0s, 2 at 5s, 1 at 8s, 2 at 11s, give up at 12s',
      true,
      '1@0 2@0 1@3 2@3 timed-out@12',
    ],
    [
      'silent silent',
      '1 at 0s, 2 at 1s, 2 at 2s, all at 4s, all at 8s, give up at 10s',
      false,
      '1@0 2@1 2@2 1@4 2@4 1@8 2@8 timed-out@10',
    ],
    ['silent up', '1 at 0s, 2 at 1s, all at 4s, give up at 10s', false, '1@0 2@1 served@1'],
    ['silent silent up', '1 at 0s, 2 at 5s, 3 at 8s, give up at 14s', true, '1@0 2@5 3@8 served@8'],
    [
      'silent silent silent',
      '1 at 0s, 2 at 5s, 3 at 8s, 1 at 14s, 2 at 19s, 3 at 22s, give up at 28s',
      true,
      '1@0 2@5 3@8 1@14 2@19 3@22 timed-out@28',
    ],
    ['silent silent silent up', '1 at 0s, all at 4s, give up at 10s', false, '1@0 1@4 2@4 3@4 4@4 served@4'],
    // Sends after the end of patience are not made.
    ['silent', '1 at 0s, 1 at 5s, 1 at 9s, give up at 9s', false, '1@0 1@5 timed-out@9'],
    // A schedule that names more resolvers than there are goes to the last.
    ['silent', '1 at 0s, 2 at 5s, 3 at 8s, give up at 10s', false, '1@0 1@5 1@8 timed-out@10'],
    // Schedules need not begin with the first resolver alone, nor at once.
    ['up up', '2 at 0s, 1 at 5s, give up at 10s', false, '2@0 served@0'],
    ['silent up', '2 at 0s, 1 at 5s, give up at 10s', false, '2@0 served@0'],
    ['silent up', 'all at 0s, give up at 10s', false, '1@0 2@0 served@0'],
    ['silent', '1 at 1s, 1 at 3s, give up at 10s', false, '1@1 1@3 timed-out@10'],
  ];
  test.each(rows)('%s: %s, next on failure %s: %s', (states, text, next, expected) => {
    expect(story(listed(states.split(' ') as State[], { schedule: text, next }))).toBe(expected);
  });

  it('a first transmission to all lands on a fragment each of them has', () => {
    const spec = listed(['up', 'up'], { schedule: 'all at 0s, give up at 10s', fragments: 16 });
    expect(
      observe({
        ...spec,
        populations: [{ ...spec.populations[0]!, workload: { kind: 'poisson', every: SECOND } }],
      }).seen.every(({ cause }) => cause === ''),
    ).toBe(true);
  });
});

describe('which resolver answers from its cache', () => {
  test.each([
    ['2 at 0s, 1 at 5s, give up at 10s', [0, 100]],
    ['1 at 0s, 2 at 5s, give up at 10s', [100, 0]],
    ['1 at 1s, 2 at 5s, give up at 10s', [99, 0]], // the last is still waiting at the end
  ])('%s: %j queries', (text, expected) => {
    const spec = listed(['up', 'up'], { schedule: text });
    const populations = [{ ...spec.populations[0]!, workload: { kind: 'periodic', every: SECOND } as const }];
    const { loads } = observe({ ...spec, populations }).world;
    expect(loads.map(({ queries }) => queries.reduce((sum, count) => sum + count, 0))).toEqual(expected);
  });
});

describe('the schedule is chosen by the number of resolvers', () => {
  const [one, two, three] = [
    '1 at 0s, give up at 1s',
    '1 at 0s, 2 at 2s, give up at 4s',
    '1 at 0s, 3 at 3s, give up at 6s',
  ].map(schedule);
  test.each([
    [1, '1@0 timed-out@1'],
    [2, '1@0 2@2 timed-out@4'],
    [3, '1@0 3@3 timed-out@6'],
    [4, '1@0 3@3 timed-out@6'],
  ])('%d: %s', (resolvers, expected) => {
    const spec = listed(Array.from({ length: resolvers }, () => 'silent' as const));
    const behaviour = stub({ schedules: [one!, two!, three!] });
    expect(story({ ...spec, populations: [{ ...spec.populations[0]!, stub: behaviour }] })).toBe(expected);
  });
});

describe('a lossy way to the resolver', () => {
  it('is overcome by repeats: a look-up fails with the chance that all are lost', () => {
    const clients = 4000;
    const spec = drill({
      duration: 100 * SECOND,
      populations: [
        population({
          count: clients,
          stub: stub({ schedules: [schedule('1 at 0s, 1 at 1s, 1 at 2s, give up at 3s'), GLIBC, WINDOWS] }),
          workload: { kind: 'periodic', every: 50 * SECOND },
        }),
      ],
      timeline: [fault({ kind: 'resolver', resolver: 0 }, { kind: 'lossy', loss: 0.5 }, { at: 0 })],
    });
    const { seen } = observe(spec);
    const share = (test: (one: Observation) => boolean): number => seen.filter(test).length / seen.length;
    const error = 4 * Math.sqrt((0.125 * 0.875) / seen.length);
    expect(Math.abs(share(({ outcome }) => outcome === 'timed-out') - 0.125)).toBeLessThan(error);
    for (const [sends, chance] of [
      [0, 0.5],
      [1, 0.25],
      [2, 0.125],
    ] as const) {
      const answered = share(
        ({ outcome, latency }) => outcome === 'served' && Math.floor(latency / SECOND) === sends,
      );
      expect(Math.abs(answered - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / seen.length));
    }
  });
});

describe('a slow way to the resolver', () => {
  it('costs its delay once per look-up', () => {
    const timeline = [
      fault({ kind: 'resolver', resolver: 0 }, { kind: 'slow', extra: 0.3 * SECOND }, { at: 0 }),
    ];
    const spec = drill({
      start: 'warm',
      duration: 10 * SECOND,
      populations: [population({ workload: { kind: 'periodic', every: SECOND } })],
      timeline,
    });
    const { seen } = observe(spec);
    expect(new Set(seen.map(({ latency }) => latency))).toEqual(new Set([305_000]));
  });
});

describe('the load of a resolver', () => {
  it('counts each query once, also while it remembers a failure', () => {
    const spec = drill({
      duration: 100 * SECOND,
      resolvers: [
        resolver({
          options: { configuredZones: [], failureSeconds: { first: 300, factor: 1, maximum: 300 } },
        }),
      ],
      populations: [population({ workload: { kind: 'periodic', every: SECOND } })],
    });
    const { world, seen } = observe(spec);
    const [load] = world.loads;
    expect(load!.queries.reduce((sum, count) => sum + count, 0)).toBe(seen.length);
    expect(load!.hits).toBe(seen.length - 1);
  });
});
