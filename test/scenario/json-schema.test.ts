import { describe, expect, it, test } from 'vitest';
import { jsonSchema, knownKeys, type SchemaNode } from '../../src/scenario/json-schema.ts';
import { durationKind } from '../../src/scenario/kinds.ts';
import { offences } from './json-schema-check.ts';

/** Every node with its path; `*` for keys of the author's choice, `[]` for items, `|n` for alternatives. */
function* nodes(node: SchemaNode, path: string): Generator<[string, SchemaNode]> {
  yield [path, node];
  for (const [key, child] of Object.entries(node.properties ?? {})) yield* nodes(child, `${path}.${key}`);
  if (typeof node.additionalProperties === 'object') yield* nodes(node.additionalProperties, `${path}.*`);
  if (node.items) yield* nodes(node.items, `${path}[]`);
  for (const [index, child] of (node.anyOf ?? []).entries()) yield* nodes(child, `${path}|${index}`);
}

const ALL = [...nodes(jsonSchema() as SchemaNode, '$')];

describe('JSON Schema', () => {
  it('is draft 7, of several hundred nodes', () => {
    expect((jsonSchema() as { $schema: string }).$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(ALL.length).toBeGreaterThan(400);
  });

  it('is the same on every call', () => {
    expect(jsonSchema()).toBe(jsonSchema());
    expect(Object.keys((jsonSchema() as SchemaNode).properties!)).toEqual([
      'schema',
      'title',
      'description',
      'duration',
      'seed',
      'replications',
      'start',
      'network',
      'providers',
      'zones',
      'endpoints',
      'checks',
      'policies',
      'profiles',
      'resolvers',
      'clients',
      'timeline',
      'prices',
      'strategies',
      'recovery',
      'expect',
    ]);
  });

  it('describes every key', () => {
    // Alternatives of a scalar (a duration, or `never`) and values of --set paths speak for themselves.
    const silent = ALL.filter(
      ([path, node]) => !node.description && !/\|\d+$|^\$\.strategies\.\*\.\*$/.test(path),
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('gives examples and defaults that fit themselves', () => {
    const wrong = ALL.flatMap(([path, node]) => {
      const values = [...(node.examples ?? []), ...(node.default === undefined ? [] : [node.default])];
      return values.flatMap((value) => offences(node, value, path));
    });
    expect(wrong).toEqual([]);
    expect(ALL.filter(([, node]) => node.default !== undefined).length).toBeGreaterThan(30);
  });

  test.each([
    ['a missing duration', { zones: [{ name: 'a.b' }], clients: {} }],
    ['an unknown key', { duration: '1h', zones: [{ name: 'a.b' }], clients: {}, timelime: [] }],
    ['a duration without a unit', { duration: '60', zones: [{ name: 'a.b' }], clients: {} }],
    [
      'a fault without an action',
      { duration: '1h', zones: [{ name: 'a.b' }], clients: {}, timeline: [{ at: '1m' }] },
    ],
  ])('refuses %s', (_, document) => {
    expect(offences(jsonSchema(), document)).not.toEqual([]);
  });

  test.each(['90s', '1h30m', '1.5s', '250ms', '2d', '1w', '5 m', 'soon', '', '5', '-5s', '5x', 's5'])(
    'takes the duration %j just as the reader does',
    (text) => {
      const { json, read } = durationKind();
      expect(offences(json, text).length === 0).toBe(typeof read(text) === 'number');
    },
  );
});

describe('knownKeys', () => {
  test.each([
    [['recovery'], [], ['target', 'hold']],
    [['clients', 'x', 'app'], ['profile'], ['profile', 'with']],
    [
      ['timeline', 0],
      ['at', 'flush'],
      ['flush', 'share', 'name', 'at', 'label', 'every', 'times'],
    ],
    [['nowhere'], [], []],
  ])('%j with %j', (path, present, keys) => {
    expect(knownKeys(path, present)).toEqual(keys);
  });
});
