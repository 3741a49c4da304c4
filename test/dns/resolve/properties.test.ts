/** What must hold whatever servers and networks do. Losses, errors and delays are drawn; the seed is fixed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import type { ResolverAction } from '../../../src/dns/resolve/protocol.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  EXAMPLE_2,
  EXAMPLE_ZONE,
  type Reaction,
  ROOT_SERVER,
  reply,
  type Server,
  World,
} from './harness.ts';

const RUNS = { numRuns: 300, seed: 20_250_101 };
const BUDGET = 8 * SECOND;

/** A small generator of its own, so that a run is a function of its seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const FAULTS: readonly ((asked: Parameters<Server>[0]) => Reaction)[] = [
  () => 'silent',
  () => 'silent',
  () => 'unreachable',
  (asked) => reply(asked, { rcode: 'SERVFAIL', authoritative: false }),
  (asked) => reply(asked, { rcode: 'REFUSED', authoritative: false }),
  (asked) => reply(asked, { truncated: true }),
  (asked) => reply(asked, { rcode: 'NXDOMAIN' }),
  (asked) => reply(asked, {}),
  (asked) => reply(asked, { authoritative: false, authority: '. 60 NS a.root-servers.net.' }),
  (asked) => reply(asked, { authoritative: false, authority: 'example.com. 1 NS ns.loop.net.' }),
  (asked) => reply(asked, { authoritative: false, authority: 'com. 1 NS www.example.com.' }),
  (asked) =>
    reply(asked, { authoritative: false, recursionAvailable: true, answer: `${asked.name} 1 A 203.0.113.1` }),
  (asked) => reply(asked, { answer: `${asked.name} 1 CNAME l0.example.com.` }),
  (asked) => reply(asked, { answer: 'example.com. 1 DNAME x.example.com.' }),
  (asked) => reply({ ...asked, type: 99 }, {}),
];

const ZONE = `${EXAMPLE_ZONE}l0.example.com. 1 CNAME l1.example.com.
l1.example.com. 1 CNAME l0.example.com.
short.example.com. 1 A 203.0.113.4
sub.example.com. 60 NS ns.loop.net.
`;

const NAMES = ['www', 'alias', 'mail', 'nx', 'l0', 'short', 'www.sub', 'a.b.c.d'];

interface Case {
  readonly seed: number;
  readonly faultShare: number;
  readonly queries: readonly { readonly name: number; readonly type: string; readonly pauseMillis: number }[];
  readonly options: Partial<ResolverOptions>;
}

const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  faultShare: fc.constantFrom(0, 0.1, 0.3, 0.6, 0.9, 1),
  queries: fc.array(
    fc.record({
      name: fc.integer({ min: 0, max: NAMES.length - 1 }),
      type: fc.constantFrom('A', 'AAAA', 'MX', 'NS', 'DS', 'CNAME'),
      pauseMillis: fc.constantFrom(0, 0, 1, 50, 900, 3_000, 400_000),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  options: fc.record({
    qnameMinimisation: fc.constantFrom('off' as const, 'relaxed' as const, 'strict' as const),
    serveStale: fc.constantFrom(
      undefined,
      RFC_REFERENCE.serveStale,
      {
        ...RFC_REFERENCE.serveStale!,
        clientTimerMicros: 0,
      },
      {
        ...RFC_REFERENCE.serveStale!,
        clientTimerMicros: undefined,
        extensions: { count: 3, seconds: 30 },
      },
      {
        ...RFC_REFERENCE.serveStale!,
        betweenTries: true,
        resetByFailure: true,
      },
    ),
    prefetch: fc.constantFrom(
      undefined,
      { remainingShare: 0.5 },
      { remainingShare: 0.5, renewsDelegations: true, popularity: { hits: 2, gapSeconds: 60 } },
    ),
    cacheRules: fc.record({
      wholeSeconds: fc.boolean(),
      ttlBoundsCover: fc.constantFrom('data' as const, 'soa' as const, 'all' as const),
      negativeWithoutSoaSeconds: fc.constantFrom(0, 5),
      nxdomainScope: fc.constantFrom('name' as const, 'type' as const),
      negativeShown: fc.constantFrom('kept' as const, 'received' as const),
      freshShown: fc.constantFrom('kept' as const, 'received' as const),
      sharedSoa: fc.boolean(),
      aggressiveNsec: fc.boolean(),
      aggressiveNsec3: fc.boolean(),
      nsecRecords: fc.constantFrom(1, 100),
      packetSeconds: fc.constantFrom(undefined, 60),
    }),
    answerRules: fc.record({
      any: fc.constantFrom('notimp', 'all'),
      withoutRecursion: fc.constantFrom('refuse', 'referral'),
      selfAlias: fc.constantFrom('loop' as const, 'answer' as const),
      failureShowsAliases: fc.boolean(),
      discardAfterMicros: fc.constantFrom(undefined, 1_900 * MILLISECOND),
      overload: fc.constantFrom(
        'refuse' as const,
        'drop' as const,
        'drop-oldest' as const,
        'jostle' as const,
      ),
      jostleAfterMicros: fc.constantFrom(0, 200 * MILLISECOND),
      joinedGrowth: fc.constantFrom(undefined, { step: 1, maximum: 4, fallsEachSeconds: 60 }),
    }),
    maximumOutstanding: fc.constantFrom(undefined, 2),
    maximumJoined: fc.constantFrom(undefined, 1),
    minimiseUncutLabels: fc.constantFrom(undefined, 1),
    minimiseHidesType: fc.boolean(),
    credibility: fc.constantFrom('child' as const, 'parent' as const),
    chainTrust: fc.constantFrom('first-link' as const, 'whole' as const),
    nonAuthoritative: fc.constantFrom('accept' as const, 'last-resort' as const, 'lame' as const),
    joinQueries: fc.boolean(),
    upstream: fc
      .record({
        sharedBy: fc.constantFrom(...(['nobody', 'first', 'last', 'server', 'chain'] as const)),
        refusals: fc.constantFrom(...(['ignored', 'next-server', 'as-loss'] as const)),
      })
      .map((rules) => ({ ...RFC_REFERENCE.upstream, ...rules })),
    refreshDelegation: fc.boolean(),
    sendsPerServer: fc.integer({ min: 1, max: 3 }),
    lameSeconds: fc.constantFrom(0, 60),
    quarantine: fc.constantFrom(undefined, {
      afterTimeouts: 2,
      firstMicros: SECOND,
      factor: 2,
      maximumMicros: 60 * SECOND,
      leastTimeoutMicros: 0,
      bypassShare: 0,
      probesOnce: true,
    }),
    selection: fc.constantFrom({ id: 'uniform' as const }, RFC_REFERENCE.selection, {
      id: 'rtt-band' as const,
      bandMicros: 400_000,
    }),
  }),
});

function play(given: Case): World {
  const options = { ...given.options, budgetMicros: BUDGET, maximumQueries: 60 };
  const world = World.standard(options, ZONE, generator(given.seed));
  const draw = generator(given.seed + 1);
  for (const address of [ROOT_SERVER, COM_SERVER, EXAMPLE_1, EXAMPLE_2]) {
    const good = world.servers.get(address)!;
    world.rtt.set(address, Math.round(1 + draw() * 700) * MILLISECOND);
    world.servers.set(address, (asked, transport, now) =>
      draw() < given.faultShare
        ? FAULTS[Math.floor(draw() * FAULTS.length)]!(asked)
        : good(asked, transport, now),
    );
  }
  for (const { name, type, pauseMillis } of given.queries) {
    world.ask(`${NAMES[name]}.example.com. ${type}`);
    world.pass(pauseMillis * MILLISECOND);
  }
  world.settle();
  return world;
}

/** How often the most repeated of these lines occurs. */
function mostRepeated(lines: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

describe('with random loss and faults', () => {
  it('every ticket is answered exactly once, within the budget', () => {
    fc.assert(
      fc.property(cases, (given) => {
        expect(play(given).answers.size).toBe(given.queries.length);
      }),
      RUNS,
    );
  });

  it('nothing stays armed or under way', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { resolver } = play(given);
        expect(resolver.idle).toBe(true);
        expect(resolver.state.fetches.size).toBe(0);
        expect(resolver.state.ready).toEqual([]);
      }),
      RUNS,
    );
  });

  it('one request sends a question in vain at most three times to an address over a transport (RFC 9520 §3.1)', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const world = play({ ...given, queries: given.queries.slice(0, 1) });
        expect(mostRepeated(world.lost)).toBeLessThanOrEqual(given.options.sendsPerServer ?? 3);
        expect(world.resolver.counters.sends).toBeLessThanOrEqual(60);
      }),
      RUNS,
    );
  });

  it('the same draws give the same actions', () => {
    fc.assert(
      fc.property(cases, (given) => {
        expect(JSON.stringify(play(given).actions)).toBe(JSON.stringify(play(given).actions));
      }),
      { ...RUNS, numRuns: 100 },
    );
  });

  it('peek says what a query would be answered, and changes nothing', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: NAMES.length - 1 }), (given, name) => {
        const world = play(given);
        const asked = { name: `${NAMES[name]}.example.com.` as never, type: 1 };
        const before = JSON.stringify(
          [...world.resolver.state.cache.entries()].map(({ next: _, ...entry }) => entry),
        );
        const peeked = world.resolver.peek(asked, world.now);
        const after = JSON.stringify(
          [...world.resolver.state.cache.entries()].map(({ next: _, ...entry }) => entry),
        );
        expect(after).toBe(before);
        const actions: ResolverAction[] = [];
        world.resolver.step({ kind: 'query', ticket: 1, question: asked }, world.now, actions);
        if (peeked) expect(actions).toEqual([{ kind: 'answer', ticket: 1, answer: peeked }]);
      }),
      RUNS,
    );
  });
});

describe('without faults (negative control)', () => {
  it('every name that exists is found, and nothing times out', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const world = play({
          ...given,
          faultShare: 0,
          options: {
            ...given.options,
            answerRules: RFC_REFERENCE.answerRules,
            maximumOutstanding: undefined,
            maximumJoined: undefined,
            firstTimeoutMicros: 2 * SECOND,
            minimumTimeoutMicros: SECOND,
          },
        });
        expect(world.resolver.counters.timeouts).toBe(0);
        const failed = [...world.answers.values()].filter(
          ({ answer }) => answer !== 'dropped' && answer.rcode === 'SERVFAIL',
        );
        const hopeless = given.queries.filter(
          ({ name, type }) => (NAMES[name] === 'l0' && type !== 'CNAME') || NAMES[name] === 'www.sub',
        );
        expect(failed.length).toBe(hopeless.length);
      }),
      RUNS,
    );
  });
});

describe('answers come in time', () => {
  it('no client waits longer than the budget', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const world = play(given);
        let askedAt = 0;
        given.queries.forEach(({ pauseMillis }, index) => {
          expect(world.answers.get(index + 1)!.at - askedAt).toBeLessThanOrEqual(BUDGET);
          askedAt += pauseMillis * MILLISECOND;
        });
      }),
      RUNS,
    );
  });
});
