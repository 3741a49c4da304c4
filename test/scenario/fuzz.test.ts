/** Whatever is read, the outcome is a scenario or issues with places: never an exception, never a hang. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { BASE, load } from './base.ts';
import { SHIPPED, shippedFile } from './shipped.ts';

const RICH = SHIPPED.find(([name]) => name === 'starter')![1];

/** Loads and checks what holds for every text. */
function digest(text: string, sets: readonly string[] = []): void {
  const { scenario, issues } = load(
    text,
    { 'a.zone': shippedFile('zones/every-type.example.com.zone')! },
    sets,
  );
  expect(scenario === undefined).toBe(issues.some(({ severity }) => severity === 'error'));
  for (const { place, code, message } of issues) {
    expect(code).toMatch(/^(scenario|zone)-[a-z0-9-]+$/);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(place!.line).toBeGreaterThan(0);
    expect(place!.column).toBeGreaterThan(0);
  }
}

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '\n',
  '  ',
  '|',
  '>',
  '&a ',
  '*a',
  '!!map ',
  '"',
  "'",
  '#',
  '%',
  '? ',
  '---\n',
  '\t',
  'duration: 1h',
  'zones:',
  'clients:',
  'null',
  '.inf',
  '1e999',
  '-1',
  '0',
  '0x10',
  'true',
  '__proto__',
  'constructor',
  'name: x.y',
  'at: 1m',
  'fail: ',
  'endpoint ',
  'strategies: ',
  'expect: ',
  '100%',
  '5s',
  '\u0000',
  '\uD800',
  '😀',
  '<<: ',
];

describe('reading', () => {
  it('survives random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => digest(text)),
      { seed: 3, numRuns: 300 },
    );
  });

  it('survives random pieces of YAML', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => digest(one)),
      { seed: 4, numRuns: 600 },
    );
    fc.assert(
      fc.property(text, (one) => digest(BASE + one)),
      { seed: 5, numRuns: 300 },
    );
  });

  it('survives mutated scenarios: characters', () => {
    const cut = fc.tuple(fc.nat({ max: RICH.length }), fc.nat({ max: 12 }), fc.constantFrom('', ...PIECES));
    fc.assert(
      fc.property(cut, ([at, length, piece]) => digest(RICH.slice(0, at) + piece + RICH.slice(at + length))),
      { seed: 6, numRuns: 400 },
    );
  });

  it('survives mutated scenarios: lines moved, dropped and doubled', () => {
    const lines = RICH.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
    const picks = fc.array(fc.nat({ max: lines.length - 1 }), { minLength: 1, maxLength: lines.length });
    fc.assert(
      fc.property(picks, (order) => digest(order.map((index) => lines[index]).join('\n'))),
      { seed: 7, numRuns: 300 },
    );
  });

  it('survives any value anywhere', () => {
    const paths = [
      'duration',
      'zones',
      'zones.0',
      'zones.0.records',
      'zones.0.name',
      'endpoints.us-east',
      'endpoints.us-east.check',
      'policies',
      'policies.app.example.com/A.failover',
      'resolvers.isp.with',
      'resolvers.isp.count',
      'clients.browsers',
      'clients.browsers.app',
      'clients.browsers.os',
      'clients.browsers.resolvers',
      'clients.browsers.requests',
      'timeline',
      'timeline.0',
      'timeline.0.at',
      'timeline.0.fail',
      'strategies',
      'strategies.ttl 60',
      'recovery',
      'expect',
      'network',
      'network.regions',
      'providers',
      'seed',
      'title',
    ];
    const value = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.constantFrom(...PIECES),
      fc.string({ maxLength: 20 }),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, text) => digest(RICH, [`${path}=${text}`])),
      { seed: 8, numRuns: 800 },
    );
  });

  it('survives random paths', () => {
    const step = fc.constantFrom(
      'clients',
      'browsers',
      'zones',
      '0',
      '99999999999',
      '',
      'app',
      'example',
      'com/A',
      '__proto__',
      'ttl',
    );
    const path = fc.array(step, { maxLength: 6 }).map((steps) => steps.join('.'));
    fc.assert(
      fc.property(path, fc.constantFrom('5', '{}', '[]', 'x'), (where, text) =>
        digest(RICH, [`${where}=${text}`]),
      ),
      { seed: 9, numRuns: 400 },
    );
  });
});

describe('documents that grow', () => {
  const laughs = Array.from({ length: 9 }, (_, level) => {
    const before = level === 0 ? 'ha' : Array.from({ length: 9 }, () => `*l${level - 1}`).join(', ');
    return `l${level}: &l${level} [${before}]`;
  }).join('\n');

  test.each([
    ['a billion laughs', laughs, 'scenario-too-large'],
    ['a list of itself', 'a: &a [*a]', 'scenario-too-large'],
    ['a map of itself', 'a: &a { b: *a }', 'scenario-too-large'],
    ['deep nesting', '['.repeat(20_000), 'scenario-yaml'],
    ['deep but closed nesting', `a: ${'['.repeat(100)}${']'.repeat(100)}`, 'scenario-too-large'],
    ['a long text', `# ${'x'.repeat(1_000_001)}`, 'scenario-too-long'],
    [
      'many keys',
      Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'),
      'scenario-unknown-key',
    ],
    ['many repeated keys', 'k: 1\n'.repeat(20_000), 'scenario-duplicate-key'],
  ])('%s', (_, text, code) => {
    expect(load(text).issues.map((issue) => issue.code)).toContain(code);
  });

  it('bounds repetition', () => {
    const text = `${BASE}timeline:\n  - { at: 0s, false-alarm: endpoint east, for: 1us, every: 1us, times: 10000 }\n`;
    const { scenario } = load(text);
    expect(scenario!.strategies[0]!.spec.timeline).toHaveLength(10_000);
  });
});
