/** `search:` and `ndots:` of clients: what becomes of names without their final dot. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import type { QuestionSpec } from '../../src/model/spec.ts';
import { World } from '../../src/model/world.ts';
import { BASE, line, load, mustLoad } from './base.ts';

const CLUSTER = `duration: 1h
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
  - name: svc.cluster.local
    records: |
      api.shop 30 IN A 203.0.113.10
endpoints:
  east: { address: 203.0.113.10 }
resolvers:
  cluster: { profile: unbound, count: 1 }
clients:
  pods:
    count: 10
    os: linux
    search: [shop.svc.cluster.local, svc.cluster.local]
    ndots: 5
    requests: { name: api }
`;

const questionOf = (name: string, text = CLUSTER): QuestionSpec =>
  mustLoad(text.replace('name: api }', `name: ${name} }`)).strategies[0]!.spec.populations[0]!.questions[0]!;

describe('a name without its final dot', () => {
  test.each([
    ['api', 'api.shop.svc.cluster.local.', 'api.shop.svc.cluster.local. api.svc.cluster.local. api.'],
    [
      'api.shop',
      'api.shop.svc.cluster.local.',
      'api.shop.shop.svc.cluster.local. api.shop.svc.cluster.local. api.shop.',
    ],
    [
      'app.example.com',
      'app.example.com.',
      'app.example.com.shop.svc.cluster.local. app.example.com.svc.cluster.local. app.example.com.',
    ],
  ])('%s is expected to mean %s, and may mean %s', (asked, expected, candidates) => {
    const { name, search } = questionOf(asked);
    expect([name, search?.candidates.join(' ')]).toEqual([expected, candidates]);
  });

  it('with its final dot it means itself (negative control)', () => {
    expect(questionOf('app.example.com.')).toEqual({ name: 'app.example.com.', types: [1], weight: 1 });
  });

  it('and so it does where there is no search list (negative control)', () => {
    expect(mustLoad(BASE).strategies[0]!.spec.populations[0]!.questions[0]).not.toHaveProperty('search');
  });

  it('the system decides what comes when: musl never uses the list for names with enough dots', () => {
    const musl = CLUSTER.replace('os: linux', 'os: musl').replace('ndots: 5', 'ndots: 1');
    expect(questionOf('app.example.com', musl).search!.candidates).toEqual(['app.example.com.']);
    expect(questionOf('app.example.com', musl.replace('musl', 'glibc')).search!.candidates.length).toBe(3);
  });

  it('explain tells the list, ndots and the candidates', () => {
    const { effective } = mustLoad(CLUSTER).strategies[0]!;
    const told = effective.filter(({ path }) =>
      /^clients\.pods\.(search|ndots|requests\.(name|candidates))/.test(path),
    );
    expect(told.map(({ path, value }) => `${path} = ${value}`)).toEqual([
      'clients.pods.search.0 = shop.svc.cluster.local.',
      'clients.pods.search.1 = svc.cluster.local.',
      'clients.pods.ndots = 5',
      'clients.pods.requests.candidates = api.shop.svc.cluster.local., api.svc.cluster.local., api.',
      'clients.pods.requests.name = api',
    ]);
  });
});

describe('played', () => {
  /** Queries per request at the cluster's resolver, and the share of requests that are served. */
  function played(text: string): { readonly queries: number; readonly served: number } {
    const world = new World(mustLoad(text).strategies[0]!.spec, 1, 0);
    world.runUntil(10 * MINUTE);
    const { served, failed } = world.populations[0]!.tally;
    const sum = (counts: Float64Array): number => counts.reduce((all, one) => all + one, 0);
    const requests = sum(served) + sum(failed);
    return { queries: sum(world.loads[0]!.queries) / requests, served: sum(served) / requests };
  }

  test.each([
    ['app.example.com', 3],
    ['api', 1],
    ['app.example.com.', 1], // negative control
  ])('%s costs %d queries each, from a warm start on', (asked, queries) => {
    expect(played(CLUSTER.replace('name: api }', `name: ${asked} }`))).toEqual({ queries, served: 1 });
  });
});

describe('problems', () => {
  test.each([
    [
      'ndots without a list',
      CLUSTER.replace(/ {4}search.*\n/, ''),
      '17:12 scenario-ndots: ndots means nothing without a search list (clients.pods.ndots) -> add search: [svc.cluster.local]',
    ],
    [
      'a name that exists nowhere',
      CLUSTER.replace('name: api }', 'name: abi }'),
      "19:23 warning scenario-no-such-name: abi.shop.svc.cluster.local. does not exist at the start: clients get NXDOMAIN (clients.pods.requests.name) -> did you mean 'api.shop.svc.cluster.local.'?",
    ],
  ])('%s', (_, text, expected) => {
    expect(load(text).issues.map(line)).toEqual([expected]);
  });
});
