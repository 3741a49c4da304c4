/** Limits on each machine that asks a resolver [Azure limits, azure-dns-limits; Amazon VPC User Guide, DNS quotas]. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { ClientGate } from '../../../src/model/resolvers/client-gate.ts';
import { World } from '../../../src/model/world.ts';
import { mustLoad } from '../../scenario/base.ts';

const NONE = Number.POSITIVE_INFINITY;

describe('a gate', () => {
  it('lets so many queries of a machine through in each second', () => {
    const gate = new ClientGate({ perSecond: 3, pending: NONE });
    const at = (millis: number, machine = 1): boolean => gate.admits(machine, millis, millis * MILLISECOND);
    expect([10, 20, 30, 40, 990].map((millis) => at(millis))).toEqual([true, true, true, false, false]);
    expect([1000, 1001, 1002, 1003].map((millis) => at(millis))).toEqual([true, true, true, false]);
    expect(at(1004, 2)).toBe(true);
  });
  it('lets so many wait, until one is answered', () => {
    const gate = new ClientGate({ perSecond: NONE, pending: 2 });
    expect([1, 2, 3].map((ticket) => gate.admits(7, ticket, 0))).toEqual([true, true, false]);
    gate.release(3); // never got through
    expect(gate.admits(7, 4, 5 * SECOND)).toBe(false);
    gate.release(1);
    expect([5, 6].map((ticket) => gate.admits(7, ticket, 5 * SECOND))).toEqual([true, false]);
  });
});

/** One forwarder that keeps nothing, for all clients; so it asks the resolver of the network for each request. */
const forwarded = (upstream: string, clients: number, count = 1): string => `duration: 2m
start: cold
zones:
  - { name: example.com, records: "app 0 IN A 203.0.113.1\\n" }
resolvers:
  front: { profile: coredns, count: ${count}, forward: vnet, with: { ttl-floor: 0s, ttl-cap: 0s, join-queries: off } }
  vnet: { count: 1, ${upstream} }
clients:
  pods: { count: ${clients}, resolvers: front, requests: { name: app.example.com, every: 1s } }
`;

const direct = (limits: string, every: string): string => `duration: 2m
start: cold
zones:
  - { name: example.com, records: "app 60 IN A 203.0.113.1\\n" }
resolvers:
  vnet: { count: 1, with: { limits: { ${limits} } } }
clients:
  machines: { count: 3, resolvers: vnet, requests: { name: app.example.com, every: ${every}, pattern: periodic } }
`;

/** Shares of the requests served, and the queries that reached the last resolver. */
function played(text: string): { served: number; queries: number } {
  const { spec } = mustLoad(text).strategies[0]!;
  const world = new World(spec, 1, 0);
  world.runUntil(spec.duration);
  const { tally } = world.populations[0]!;
  const sum = (all: ArrayLike<number>): number => Array.from(all).reduce((a, b) => a + b, 0);
  const [served, failed] = [sum(tally.served), sum(tally.failed)];
  return { served: served / (served + failed), queries: sum(world.loads.at(-1)!.queries) };
}

describe('clients behind one forwarder are one machine', () => {
  const rows: [
    what: string,
    upstream: string,
    clients: number,
    count: number,
    most: number,
    least: number,
  ][] = [
    ['below the limit nothing is lost', 'with: { limits: { client-rate: 40 } }', 10, 1, 1, 1],
    ['above it the excess is', 'with: { limits: { client-rate: 10 } }', 40, 1, 0.6, 0],
    ['two forwarders may send twice as much', 'with: { limits: { client-rate: 40 } }', 40, 2, 1, 0.99],
    ['unlimited', 'profile: rfc-reference', 40, 1, 1, 1],
    ['the limits of Azure are far off', 'profile: azure-resolver', 40, 1, 1, 1],
  ];
  test.each(rows)('%s', (_, upstream, clients, count, most, least) => {
    const { served } = played(forwarded(upstream, clients, count));
    expect(served).toBeLessThanOrEqual(most);
    expect(served).toBeGreaterThanOrEqual(least);
  });
  it('no second brings more queries than the limit', () => {
    const { queries } = played(forwarded('with: { limits: { client-rate: 10 } }', 40));
    expect(queries).toBeLessThanOrEqual(10 * 121);
    expect(queries).toBeGreaterThan(10 * 60);
    expect(played(forwarded('with: { limits: { client-rate: unlimited } }', 40)).queries).toBeGreaterThan(
      40 * 100,
    );
  });
});

describe('each client is a machine', () => {
  const rows: [what: string, limits: string, every: string, served: number][] = [
    ['below the limit', 'client-rate: 4', '500ms', 1],
    ['above it: three of four are lost', 'client-rate: 1', '250ms', 0.25],
    ['answers from the cache count as well', 'client-rate: 1, client-pending: 5', '500ms', 0.5],
    ['without a limit', 'joined: 100', '250ms', 1],
  ];
  test.each(rows)('%s', (_, limits, every, wanted) => {
    expect(played(direct(limits, every)).served).toBeCloseTo(wanted, 1);
  });
});
