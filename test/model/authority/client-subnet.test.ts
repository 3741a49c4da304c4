/** Answers by the client's region: what resolvers that send it (RFC 7871) get, keep and give, and what others do. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import type { GenericRule } from '../../../src/model/authority/providers/generic/rule.ts';
import { planCells } from '../../../src/model/settle.ts';
import type { PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import { drill, population, resolver } from '../clients/population-world.ts';
import { ask, FAILOVER, HERE, name, THERE, world, worldAt } from '../world.ts';

/** Clients here get 203.0.113.10, clients there 198.51.100.20. */
const NEAREST: PolicySpec = {
  ...FAILOVER,
  word: 'latency',
  rule: {
    kind: 'generic',
    arrange: { kind: 'latency' },
    take: 1,
    shuffle: false,
    unhealthy: { kind: 'none' },
  } as GenericRule,
};
const QUERY = 'app.example.com. A';
const EAST = 'app.example.com. 60 A 203.0.113.10';
const WEST = 'app.example.com. 60 A 198.51.100.20';

describe('an authority with answers by region', () => {
  const side = worldAt(world({ policies: [NEAREST] }), 0);
  const rows: [what: string, resolver: number, client: number | undefined, answer: string][] = [
    ['resolver here, which says nothing of its client', HERE, undefined, EAST],
    ['resolver there, which says nothing of its client', THERE, undefined, WEST],
    ['resolver here, client there', HERE, THERE, WEST],
    ['resolver there, client here', THERE, HERE, EAST],
  ];
  test.each(rows)('%s', (_, region, clientRegion, answer) => {
    expect(ask(side, QUERY, { region, asker: { service: 0, clientRegion } })).toBe(answer);
  });

  it('does not look at the client when it is told not to', () => {
    const spec = world({ policies: [NEAREST] });
    const deaf = { ...spec, providers: spec.providers.map((one) => ({ ...one, readsClientSubnet: false })) };
    expect(ask(worldAt(deaf, 0), QUERY, { region: HERE, asker: { service: 0, clientRegion: THERE } })).toBe(
      EAST,
    );
  });

  it('says which names depend on the client', () => {
    const question = (text: string) => ({ name: name(text), type: 1 });
    expect(side.isScoped(question('app.example.com.'))).toBe(true);
    expect(side.isScoped(question('www.example.com.'))).toBe(true);
    expect(side.isScoped(question('example.com.'))).toBe(false);
    expect(worldAt(world({ policies: [FAILOVER] }), 0).isScoped(question('app.example.com.'))).toBe(false);
  });

  it('names what is right for the client as the truth', () => {
    const question = { name: name('app.example.com.'), type: 1 };
    expect([side.truth(question, HERE), side.truth(question, THERE)]).toEqual([
      ['203.0.113.10'],
      ['198.51.100.20'],
    ]);
  });
});

/** Two populations, here and there, behind one resolver that stands here. */
function far(sendsClientSubnet: boolean, policies: readonly PolicySpec[] = [NEAREST]): WorldSpec {
  const users = (label: string, region: number): WorldSpec['populations'][number] =>
    population({ name: label, count: 20, region, workload: { kind: 'poisson', every: 10 * SECOND } });
  return drill({
    policies,
    duration: 10 * MINUTE,
    resolvers: [resolver({ name: 'public', count: 1, ...(sendsClientSubnet ? { sendsClientSubnet } : {}) })],
    populations: [users('near', HERE), users('distant', THERE)],
  });
}

/** Addresses the clients of each population used, by a played world, and their answers from far away. */
function used(spec: WorldSpec): readonly string[] {
  const seen: Record<string, Set<string>> = { near: new Set(), distant: new Set() };
  const played = new World(spec, 1, 0, {
    observer: ({ population: who, address }) => seen[who]!.add(address),
  });
  played.runUntil(spec.duration);
  return played.populations.map(({ spec: { name: who }, tally }) => {
    const lost = tally.outcomes.reduce((sum, count) => sum + count, 0) - tally.outcomes[0]!;
    const share = tally.far / tally.answered;
    return `${who}: ${[...seen[who]!].join(' ')}, far ${share}, stale ${tally.stale}, not served ${lost}`;
  });
}

describe('cells', () => {
  const names = (spec: WorldSpec, scoped: boolean): string[] =>
    planCells(spec, () => scoped).map((cell) => cell.name);
  it('are divided by region of the client where the resolver sends it and names depend on it', () => {
    expect(names(far(true), true)).toEqual(['public@here/0', 'public@there/0']);
  });
  it('are not divided where nothing depends on it, or nothing is sent', () => {
    expect(names(far(true), false)).toEqual(['public/0']);
    expect(names(far(false), true)).toEqual(['public/0']);
  });
});

describe('clients behind a resolver that stands here', () => {
  it('are each sent to their own region when it says where they are', () => {
    expect(used(far(true))).toEqual([
      'near: 203.0.113.10, far 0, stale 0, not served 0',
      'distant: 198.51.100.20, far 0, stale 0, not served 0',
    ]);
  });
  it('are sent where the resolver is when it does not; they are served, but from far away', () => {
    expect(used(far(false))).toEqual([
      'near: 203.0.113.10, far 0, stale 0, not served 0',
      'distant: 203.0.113.10, far 1, stale 0, not served 0',
    ]);
  });
  it('are not far from a service that is the same for all', () => {
    expect(used(far(false, [FAILOVER]))).toEqual([
      'near: 203.0.113.10, far 0, stale 0, not served 0',
      'distant: 203.0.113.10, far 0, stale 0, not served 0',
    ]);
  });
  it('find the same when nobody watches', () => {
    const spec = far(false);
    const played = new World(spec, 1, 0);
    played.runUntil(spec.duration);
    const [near, distant] = played.populations.map(({ tally }) => tally);
    expect([near!.far, distant!.far === distant!.answered, distant!.far > 0]).toEqual([0, true, true]);
  });
});
