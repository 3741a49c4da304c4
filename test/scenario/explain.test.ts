/** `explain`: every leaf of the file and every setting of every profile, each once and with its source. */
import { describe, expect, it, test } from 'vitest';
import { readDocument } from '../../src/scenario/document/read.ts';
import type { TreeNode } from '../../src/scenario/document/tree.ts';
import { describeSource, type EffectiveValue } from '../../src/scenario/effective.ts';
import { APPLICATION_SETTINGS, STUB_SETTINGS } from '../../src/scenario/settings/client.ts';
import { RESOLVER_SETTINGS } from '../../src/scenario/settings/resolver.ts';
import { BASE, mustLoad } from './base.ts';
import { loadShipped, SHIPPED } from './shipped.ts';

function* leaves(node: TreeNode, path: string): Generator<[string, TreeNode]> {
  if (node.kind === 'scalar') yield [path, node];
  else if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) yield* leaves(item, `${path}.${index}`);
  else
    for (const [key, entry] of node.entries) yield* leaves(entry.node, path === '' ? key : `${path}.${key}`);
}

const of = (values: readonly EffectiveValue[], path: string): EffectiveValue | undefined =>
  values.find((value) => value.path === path);

describe('effective values', () => {
  test.each(SHIPPED)('%s: every leaf that is written is told, by its path or its place', (name, text) => {
    const { scenario } = loadShipped(name, text);
    const told = scenario!.strategies.flatMap(({ effective }) => effective);
    const paths = new Set(told.map(({ path }) => path));
    const places = new Set(
      told.flatMap(({ from }) => ('place' in from ? [`${from.place.line}:${from.place.column}`] : [])),
    );
    const given = ['seed', 'replications']; // here by the caller
    for (const [path, { place }] of leaves(readDocument(text, name).tree!, '')) {
      if (path.startsWith('strategies.') || given.includes(path)) continue;
      const above = path.split('.').map((_, index, steps) => steps.slice(0, index + 1).join('.'));
      const known = above.some((one) => paths.has(one)) || places.has(`${place.line}:${place.column}`);
      expect(known, path).toBe(true);
    }
  });

  test.each(SHIPPED)('%s: every setting of every profile is told once', (name, text) => {
    const { scenario } = loadShipped(name, text);
    for (const { spec, effective } of scenario!.strategies) {
      const paths = effective.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      const wanted = [
        ...spec.resolvers.flatMap((one) =>
          Object.keys(RESOLVER_SETTINGS.settings).map((key) => `resolvers.${one.name}.with.${key}`),
        ),
        ...spec.populations.flatMap((one) =>
          Object.keys(APPLICATION_SETTINGS.settings).map((key) => `clients.${one.name}.app.${key}`),
        ),
        ...spec.populations.flatMap((one) =>
          Object.keys(STUB_SETTINGS.settings).map((key) => `clients.${one.name}.os.${key}`),
        ),
      ];
      expect(wanted.filter((path) => !paths.includes(path))).toEqual([]);
    }
  });

  it('names the source of each kind', () => {
    const text = BASE.replace('count: 10,', 'count: 10, app: { profile: chrome, with: { patience: 5s } },');
    const { effective } = mustLoad(text, {}, ['recovery.hold=5s']).strategies[0]!;
    const sources = [
      'duration',
      'clients.users.count',
      'clients.users.app.patience',
      'clients.users.app.cache.floor',
      'clients.users.app.cache.grace',
      'resolvers.isp.with.selection.band',
      'network.loss',
      'recovery.hold',
      'clients.users.represents',
    ].map((path) => `${path} = ${of(effective, path)!.value}: ${describeSource(of(effective, path)!.from)}`);
    expect(sources).toEqual([
      'duration = 1h: written at drill.yaml:1:11',
      'clients.users.count = 10: written at drill.yaml:12:19',
      'clients.users.app.patience = 5s: written at drill.yaml:12:65',
      'clients.users.app.cache.floor = 60s: preset chrome (Chromium net/dns/host_resolver_manager_job.cc kMinimumTTLSeconds; source)',
      'clients.users.app.cache.grace = 0s: preset fetcher (RFC 1035 §3.2.1: nothing is used after its TTL; source)',
      'resolvers.isp.with.selection.band = 400ms: preset unbound (Unbound 1.26 iterator/iterator.h RTT_BAND; source)',
      'network.loss = 0%: default (a healthy network; assumption)',
      'recovery.hold = 5s: --set recovery.hold=5s',
      'clients.users.represents = 10: the count',
    ]);
  });

  it('stands in the order of the format, the timeline in its own', () => {
    const { scenario } = loadShipped('starter', SHIPPED.find(([name]) => name === 'starter')![1]);
    const tops = scenario!.strategies[0]!.effective.map(({ path }) => path.split('.')[0]!);
    const seen = tops.filter((top, index) => top !== tops[index - 1]);
    expect(seen).toEqual([
      'schema',
      'title',
      'duration',
      'seed',
      'replications',
      'start',
      'network',
      'providers',
      'zones',
      'endpoints',
      'policies',
      'resolvers',
      'clients',
      'timeline',
      'prices',
      'recovery',
      'expect',
    ]);
  });
});
