/** Split horizon: a private copy of a zone, and who sees which. */
import { describe, expect, it, test } from 'vitest';
import { World } from '../../src/model/world.ts';
import { line, load, mustLoad } from './base.ts';

const TEXT = `duration: 10m
start: cold
providers: { public: {}, vpc: { servers: 1 } }
zones:
  - name: example.com
    providers: public
    records: |
      app 60 IN A 203.0.113.10
      www 60 IN A 203.0.113.11
  - name: example.com
    providers: vpc
    private: { resolvers: inside }
    records: |
      app 60 IN A 10.1.0.1
endpoints:
  moved: { address: 10.1.0.2 }
resolvers:
  inside: { count: 1 }
  isp: { count: 1 }
clients:
  servers: { count: 5, resolvers: inside, requests: { name: NAME, every: 10s } }
  users: { count: 5, resolvers: isp, requests: { name: NAME, every: 10s } }
`;

/** What each population was answered in a run: addresses, or how the request ended. */
function answers(text: string): Record<string, string[]> {
  const { spec } = mustLoad(text).strategies[0]!;
  const seen: Record<string, Set<string>> = { servers: new Set(), users: new Set() };
  const world = new World(spec, 1, 0, {
    observer: ({ population, address, outcome }) =>
      seen[population]!.add(address ? `${address} ${outcome}` : outcome),
  });
  world.runUntil(spec.duration);
  return Object.fromEntries(Object.entries(seen).map(([who, what]) => [who, [...what]]));
}

describe('a zone with a private copy', () => {
  const rows: [name: string, inside: string, outside: string][] = [
    ['app.example.com', '10.1.0.1 served', '203.0.113.10 served'],
    // A matching private zone without the record says so; it never falls through to the public copy.
    ['www.example.com', 'nxdomain', '203.0.113.11 served'],
  ];
  test.each(rows)('%s', (name, inside, outside) => {
    expect(answers(TEXT.replaceAll('NAME', name))).toEqual({ servers: [inside], users: [outside] });
  });

  it('has policies of its own, by the provider that runs them', () => {
    const text = `${TEXT}policies: { app.example.com/A: { simple: [moved], provider: vpc } }\n`;
    expect(answers(text.replaceAll('NAME', 'app.example.com'))).toEqual({
      servers: ['10.1.0.2 served'],
      users: ['203.0.113.10 served'],
    });
  });

  it('needs a provider of its own', () => {
    const text = TEXT.replace('    providers: public\n', '').replaceAll('NAME', 'app.example.com');
    expect(load(text).issues.map(line)).toEqual([
      '5:3 scenario-shared-provider: the provider vpc serves another copy of example.com. too (zones) -> write providers: at each copy, and a provider of its own for this one',
    ]);
  });

  it('may not be listed twice in public', () => {
    const text = TEXT.replace('    private: { resolvers: inside }\n', '').replaceAll(
      'NAME',
      'app.example.com',
    );
    expect(load(text).issues.map(line)).toEqual([
      '10:5 scenario-duplicate-zone: the zone example.com. is listed twice (zones.1)',
    ]);
  });
});
