/** `population:`: clients of many kinds from one line, told as one and apart, with shares that can be changed. */
import { describe, expect, it, test } from 'vitest';
import { aggregateStrategy } from '../../src/experiment/aggregate.ts';
import { simulateReplication } from '../../src/measure/simulate.ts';
import { APPLICATIONS } from '../../src/profiles/applications.ts';
import { POPULATIONS } from '../../src/profiles/populations.ts';
import { findPreset } from '../../src/profiles/preset.ts';
import { RESOLVERS } from '../../src/profiles/resolvers.ts';
import { STUBS } from '../../src/profiles/stubs.ts';
import { describeSource } from '../../src/scenario/effective.ts';
import { apportion, settleShares } from '../../src/scenario/populations/shares.ts';
import { line, load, mustLoad } from './base.ts';

const FIRST = `duration: 10m
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
clients:
  everyone:
    population: public-internet
    count: 1000
    represents: 50000
    requests: { name: app.example.com, every: 60s }
timeline:
  - { at: 2m, fail: provider main, for: 4m }
`;

describe.each(POPULATIONS.map((population) => [population.id, population] as const))(
  '%s',
  (_, population) => {
    const { clients, resolvers } = population;

    it('names software that ships, in shares that add up to 1', () => {
      for (const { app, os } of Object.values(clients)) {
        expect(findPreset(APPLICATIONS, app), app).toBeDefined();
        expect(findPreset(STUBS, os), os).toBeDefined();
      }
      for (const { profile, forward } of Object.values(resolvers)) {
        expect(findPreset(RESOLVERS, profile), profile).toBeDefined();
        if (forward) expect(Object.keys(resolvers)).toContain(forward.value);
      }
      for (const list of [Object.values(clients), Object.values(resolvers)]) {
        expect(list.reduce((sum: number, { share }) => sum + share.value, 0)).toBeCloseTo(1, 12);
        for (const { share } of list) expect(share.source).not.toBe('');
      }
    });
  },
);

describe('a population of many kinds', () => {
  const { spec, effective } = mustLoad(FIRST).strategies[0]!;
  const of = (path: string): string => {
    const found = effective.find((value) => value.path === path);
    return found ? `${found.value} | ${describeSource(found.from)}` : 'nowhere';
  };

  it('becomes a population for each kind; none is lost', () => {
    const names = spec.populations.map(({ name }) => name);
    expect(names).toContain('everyone: chrome on windows');
    expect(spec.populations.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(spec.populations.reduce((sum, { represents }) => sum + represents, 0)).toBeCloseTo(50_000, 6);
    expect(spec.groups).toEqual([{ name: 'everyone', populations: names.map((_, index) => index) }]);
  });

  it('brings its resolvers along, home routers with the number of their clients', () => {
    const router = spec.resolvers.find(({ name }) => name === 'home-router')!;
    expect(router.count).toBe(25);
    expect(router.options.configuredZones[0]!.addresses).toEqual(['@isp-bind']);
    const shares = spec.populations[0]!.resolvers;
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(shares).toHaveLength(spec.resolvers.length);
  });

  it('is told value by value with where each comes from', () => {
    expect(of('clients.everyone.population')).toMatch(/^public-internet \| written at drill\.yaml:8:/);
    expect(of('clients.everyone.count')).toMatch(/^1000 \| written at /);
    expect(of('clients.everyone.weights.clients.chrome on windows')).toMatch(
      /^26% \| preset public-internet \(StatCounter.*assumption\)$/,
    );
    expect(of('clients.everyone.weights.resolvers.google')).toMatch(/^17% \| preset .*Doan/);
    expect(of('clients.everyone: chrome on windows.count')).toBe('260 | 26% of everyone');
    expect(of('clients.everyone: chrome on windows.requests.every')).toMatch(
      /^60s \| written at .*:11:|^1m \| /,
    );
    expect(of('resolvers.google.profile')).toMatch(/^google-public-dns \| preset public-internet /);
  });

  it('is told in results as one, before its parts', () => {
    const { timeline, recovery } = spec;
    const record = simulateReplication(spec, 1, 0);
    const result = aggregateStrategy({ name: 'x', timeline, recovery }, [record]);
    const [whole, ...parts] = result.populations;
    expect(whole!.name).toBe('everyone');
    expect(whole!.within).toBeUndefined();
    expect(parts.map(({ within }) => within)).toEqual(spec.populations.map(() => 'everyone'));
    expect(whole!.represents).toBeCloseTo(50_000, 6);
    const lost = parts.reduce((sum, { userMinutesLost }) => sum + userMinutesLost.mean, 0);
    // Every figure of a result is rounded to millionths, so that each may be off by half of one.
    const roundings = (parts.length + 1) * 0.5e-6;
    expect(Math.abs(whole!.userMinutesLost.mean - lost)).toBeLessThan(roundings + 1e-9);
    expect({ ...whole, name: 'overall' }).toEqual(result.overall);
    expect(record.requests).toBe(record.populations.slice(2).reduce((sum, one) => sum + add(one.total), 0));
  });
});

function add(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('what a scenario changes', () => {
  test.each([
    ['clients.everyone.weights.resolvers.google=30%', 'google', 0.3],
    ['clients.everyone.weights={ resolvers: { google: 0% } }', 'isp-bind', 0.24 / 0.83],
    ['clients.everyone.weights={ resolvers: { isp-bind: 100% } }', 'isp-bind', 1],
  ])('%s: %s has %f', (set, name, share) => {
    const { spec } = mustLoad(FIRST, {}, [set]).strategies[0]!;
    const index = spec.resolvers.findIndex((resolver) => resolver.name === name);
    const choice = spec.populations[0]!.resolvers.find(({ resolvers }) => resolvers[0] === index);
    expect(choice?.share).toBeCloseTo(share, 12);
  });

  it('a service nobody asks, and nobody forwards to, is left out', () => {
    const { spec } = mustLoad(FIRST, {}, ['clients.everyone.weights={ resolvers: { google: 0% } }'])
      .strategies[0]!;
    expect(spec.resolvers.map(({ name }) => name)).not.toContain('google');
    expect(spec.resolvers.map(({ name }) => name)).toContain('isp-bind');
  });

  it('a service by its name', () => {
    const { spec } = mustLoad(FIRST, {}, ['resolvers.google.count=7', 'resolvers.google.with.serve-stale=on'])
      .strategies[0]!;
    const google = spec.resolvers.find(({ name }) => name === 'google')!;
    expect(google.count).toBe(7);
    expect(google.fragments).toBe(16);
    expect(google.options.serveStale).toBeDefined();
  });

  it('the resolvers as a whole', () => {
    const { spec } = mustLoad(`${FIRST}resolvers: { mine: { profile: bind } }\n`, {}, [
      'clients.everyone.resolvers=mine',
    ]).strategies[0]!;
    expect(spec.resolvers.map(({ name }) => name)).toEqual(['mine']);
  });

  it('populations beside it keep the resolver they had', () => {
    const beside = FIRST.replace(
      'clients:\n',
      'clients:\n  others: { requests: { name: app.example.com } }\n',
    );
    const { spec } = mustLoad(beside).strategies[0]!;
    const [others] = spec.populations;
    expect(spec.resolvers[others!.resolvers[0]!.resolvers[0]!]!.name).toBe('isp');
  });

  it('a fault may name a service, an expectation the whole or a part', () => {
    const more = `${FIRST}  - { at: 7m, fail: resolver google, for: 1m }
expect:
  - everyone.availability.mean > 10%
  - "everyone: chrome on windows.availability.mean > 10%"
`;
    const { expectations } = mustLoad(more).strategies[0]!;
    expect(expectations.map(({ population }) => population)).toEqual([
      'everyone',
      'everyone: chrome on windows',
    ]);
  });
});

describe('what is refused', () => {
  const told = (from: string, to: string): string[] => load(FIRST.replace(from, to)).issues.map(line);
  test.each([
    ['public-internet', 'public-internot', "scenario-bad-word: 'public-internot' is not one of"],
    ['count: 1000', 'app: chrome', 'scenario-both-populations: app and population exclude each other'],
    ['count: 1000', 'weights: { resolvers: { gogle: 1% } }', "public-internet has no resolvers 'gogle'"],
    ['count: 1000', 'weights: { resolvers: { google: 60%, quad9: 50% } }', 'the shares add up to 110%'],
    ['population: public-internet', 'weights: {}', 'weights mean nothing without a population'],
    ['count: 1000', 'cuont: 1000', "there is no key 'cuont' here (clients.everyone.cuont)"],
    ['name: app.example.com', 'name: app.example.org', "no zone holds 'app.example.org.'"],
  ])('%s -> %s', (from, to, message) => {
    expect(told(from, to)[0]).toContain(message);
  });
});

describe('shares', () => {
  it('the others keep their proportions in what the written ones leave', () => {
    expect(settleShares({ a: 0.5, b: 0.3, c: 0.2 }, { a: 0.75 })).toEqual({ a: 0.75, b: 0.15, c: 0.1 });
    expect(settleShares({ a: 1 }, {})).toEqual({ a: 1 });
  });

  it('whole numbers that add up', () => {
    expect(apportion(10, [0.33, 0.33, 0.34])).toEqual([3, 3, 4]);
    expect(apportion(1, [0.5, 0.5])).toEqual([1, 0]);
    expect(apportion(7, [1])).toEqual([7]);
  });
});
