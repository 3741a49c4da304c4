/**
 * Requests that are sure to succeed are counted in a tight loop; with an observer every one is played. Both see the
 * same draws, so everything that is measured must be the same to the last digit.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type {
  ChangeSpec,
  EffectSpec,
  PopulationSpec,
  TimelineSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import type { CacheRule } from '../../../src/profiles/client-behaviour.ts';
import { fault, rrset } from '../world.ts';
import {
  application,
  asks,
  cacheRule,
  drill,
  fixedCache,
  moveAddress,
  population,
  resolver,
  schedule,
  stub,
} from './population-world.ts';

/** Everything measured of a world. */
function measured({ populations, loads, causes, outside }: World): unknown {
  return {
    populations: populations.map(({ tally, recoveredAt, brokenSince, lastFailureAt, cause, ...caches }) => ({
      ...tally,
      recoveredAt,
      brokenSince,
      lastFailureAt,
      cause,
      caches: [caches.applicationExpiry, caches.applicationAnswer, caches.osExpiry, caches.osAnswer],
    })),
    loads: loads.map(({ queries, hits }) => ({ queries, hits })),
    causes: causes.texts,
    hops: outside.load(),
  };
}

function play(
  spec: WorldSpec,
  seed: number,
  observed: boolean,
): { readonly world: World; readonly requests: number } {
  let requests = 0;
  const observer = (): void => {
    requests += 1;
  };
  const world = new World(spec, seed, 0, observed ? { observer } : {});
  world.runUntil(spec.duration);
  return { world, requests };
}

const CACHES: readonly CacheRule[] = [
  cacheRule({ mode: 'ttl' }),
  cacheRule({ mode: 'ttl', floorSeconds: 30 }),
  cacheRule({ mode: 'ttl', capSeconds: 20 }),
  cacheRule({ mode: 'ttl', graceSeconds: 15, failureSeconds: 5 }),
  fixedCache(25),
  fixedCache(0),
];

const EFFECTS: readonly TimelineSpec[] = [
  ...(
    [
      { kind: 'down', mode: 'silent' },
      { kind: 'down', mode: 'refused' },
      { kind: 'lossy', loss: 0.3 },
      { kind: 'slow', extra: 100_000 },
      { kind: 'errors', share: 0.4, hidden: true },
    ] satisfies EffectSpec[]
  ).map((effect) => fault({ kind: 'endpoint', endpoint: 0 }, effect)),
  ...(
    [
      { kind: 'down', mode: 'refused' },
      { kind: 'lossy', loss: 0.5 },
      { kind: 'empty-zone' },
      { kind: 'wrong-record', rrset: rrset('app.example.com. 20 A 192.0.2.66') },
    ] satisfies EffectSpec[]
  ).map((effect) => fault({ kind: 'plane', provider: 0, plane: 'edge' }, effect)),
  ...(
    [
      { kind: 'down', mode: 'silent' },
      { kind: 'lossy', loss: 0.2 },
      { kind: 'slow', extra: 50_000 },
    ] satisfies EffectSpec[]
  ).map((effect) => fault({ kind: 'resolver', resolver: 0 }, effect)),
  moveAddress(0, 20),
];

const flush: ChangeSpec = { kind: 'change', label: 'flush', at: 0, change: { kind: 'flush', share: 0.5 } };

/** Two minutes with up to four things that happen. */
const choices = fc.record({
  cache: fc.constantFrom(...CACHES),
  os: fc.constantFrom(cacheRule(), ...CACHES),
  ttl: fc.constantFrom(0, 5, 20, 60),
  every: fc.constantFrom(1, 5, 20),
  clients: fc.integer({ min: 1, max: 20 }),
  resolvers: fc.integer({ min: 1, max: 3 }),
  fragments: fc.constantFrom(1, 1, 3),
  background: fc.constantFrom(0, 0.5),
  names: fc.integer({ min: 1, max: 3 }),
  patience: fc.constantFrom(Number.POSITIVE_INFINITY, 0.004, 0.1),
  retries: fc.constantFrom(0, 2),
  stubs: fc.constantFrom(
    '1 at 0s, 1 at 1s, give up at 3s',
    '2 at 0s, 1 at 1s, give up at 4s',
    'all at 1s, give up at 4s',
  ),
  next: fc.boolean(),
  start: fc.constantFrom('warm' as const, 'cold' as const),
  order: fc.constantFrom(...(['listed', 'rotate', 'sticky', 'penalty', 'score'] as const)),
  keepOnFailure: fc.boolean(),
  negativeFirstSeconds: fc.constantFrom(0, 10),
  events: fc.array(
    fc.record({
      what: fc.constantFrom(...EFFECTS, flush),
      at: fc.integer({ min: 0, max: 110 }),
      length: fc.integer({ min: 1, max: 60 }),
    }),
    { maxLength: 4 },
  ),
});

type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

function build(chosen: Choices): WorldSpec {
  const { cache, os, ttl, every, clients, resolvers, fragments, background, names, patience, ...rest } =
    chosen;
  const once = schedule(rest.stubs);
  const users: Partial<PopulationSpec> = {
    count: clients,
    represents: clients * 3,
    application: application({
      cache,
      patience: patience * SECOND,
      connectTimeout: 2 * SECOND,
      retries: { count: rest.retries, firstDelay: SECOND, factor: 2 },
    }),
    stub: stub({
      cache: os,
      schedules: [once, once, once],
      nextOnFailure: rest.next,
      order: rest.order,
      penalty: { duration: 20 * SECOND, ends: 'after' },
      keepOnFailure: rest.keepOnFailure,
      negativeFirstSeconds: rest.negativeFirstSeconds,
    }),
    resolvers: [{ share: 1, resolvers: [0, 1] }],
    questions: ['app', 'b', 'gone'].slice(0, names).map((owner) => asks(`${owner}.example.com. A`)),
    workload: { kind: 'poisson', every: every * SECOND },
  };
  return drill({
    ttl,
    records: 'b 20 IN A 198.51.100.20\n',
    start: rest.start,
    duration: 120 * SECOND,
    resolvers: [
      resolver({ count: resolvers, fragments, backgroundRate: background }),
      resolver({ name: 'other' }),
    ],
    populations: [population(users)],
    timeline: rest.events
      .map(({ what, at, length }): TimelineSpec => {
        const begin = at * SECOND;
        return what.kind === 'fault'
          ? { ...what, at: begin, until: begin + length * SECOND }
          : { ...what, at: begin };
      })
      .sort((a, b) => a.at - b.at),
  });
}

describe('counting', () => {
  it('changes nothing that is measured', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 1000 }), (chosen, seed) => {
        const spec = build(chosen);
        expect(measured(play(spec, seed, false).world)).toEqual(measured(play(spec, seed, true).world));
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it('is what a world without an observer does: far fewer requests are played (negative control)', () => {
    const users = population({
      count: 50,
      application: application({ cache: cacheRule({ mode: 'ttl' }) }),
      workload: { kind: 'poisson', every: SECOND },
    });
    const spec = drill({ start: 'warm', duration: 300 * SECOND, populations: [users] });
    const observed = play(spec, 1, true);
    expect(observed.requests).toBeGreaterThan(14_000);
    const { served } = observed.world.populations[0]!.tally;
    expect(served.reduce((sum, count) => sum + count, 0)).toBe(observed.requests);
  });
});
