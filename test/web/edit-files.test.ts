/** What comes into a scenario from outside: zone files, TTLs of records, changes made elsewhere. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadScenario } from '../../src/index.ts';
import { withSets } from '../../web/edit/document/sets.ts';
import { recordTtls, withTtl } from '../../web/edit/form/record-ttls.ts';
import { isScenario, withZone, zonesOf } from '../../web/edit/incoming.ts';
import { previewZone } from '../../web/edit/zone-preview.ts';

describe('TTLs of records', () => {
  const text =
    '@     300 IN SOA ns1 hostmaster 1 2 3 4 5\napp    60 IN A 203.0.113.10\n      1h A 203.0.113.11\nwww IN A 203.0.113.12\n; app 5 IN A\n';

  it('are found where a line names one, with the owner of the line before', () => {
    expect(recordTtls(text)).toEqual([
      { line: 0, label: '@ SOA', ttl: '300' },
      { line: 1, label: 'app A', ttl: '60' },
      { line: 2, label: 'app A', ttl: '1h' },
    ]);
  });

  test.each<[line: number, ttl: string, after: string]>([
    [1, '5', 'app    5  IN A 203.0.113.10'],
    [1, '3600', 'app    3600 IN A 203.0.113.10'],
    [2, '30s', '      30s A 203.0.113.11'],
  ])('of line %d become %s in place', (line, ttl, after) => {
    const lines = withTtl(text, line, ttl).split('\n');
    expect(lines[line]).toBe(after);
    expect(lines.filter((_, index) => index !== line)).toEqual(
      text.split('\n').filter((_, index) => index !== line),
    );
  });
});

describe('a file', () => {
  test.each<[name: string, text: string, isIt: boolean]>([
    ['drill.yaml', '', true],
    ['drill.yml', 'anything', true],
    ['example.com.zone', 'clients: {}', false],
    ['db.txt', 'duration: 1h\nclients: {}\n', true],
    ['db.txt', '@ IN SOA ns1 hostmaster 1 2 3 4 5', false],
    ['db', '$TTL 5\n', false],
  ])('%s (%s) is a scenario: %s', (name, text, isIt) => {
    expect(isScenario(name, text)).toBe(isIt);
  });
});

describe('a zone file', () => {
  const scenario =
    'duration: 1h\nzones:\n  - name: example.com # ours\n    providers: [main]\n    records: |\n      app 60 IN A 192.0.2.1\nclients: {}\n';

  it('joins the zones', () => {
    const after = withZone(scenario, 'shop.example.zone', 'shop.example');
    expect(after).toContain('\n  - { file: shop.example.zone }\nclients');
    expect(zonesOf(after)).toEqual(['example.com', 'shop.example']);
  });

  it('joins the zones under its name when the file is called otherwise', () => {
    expect(withZone(scenario, 'db.shop', 'shop.example')).toContain(
      '- { file: db.shop, name: shop.example }',
    );
  });

  it('takes the place of the zone of that name, whose providers stay', () => {
    const after = withZone(scenario, 'example.com.zone', 'example.com');
    expect(after).toContain('# ours\n    providers: [main]\n    file: example.com.zone\nclients');
    expect(zonesOf(after)).toEqual(['example.com']);
  });

  it('is previewed with its records and its problems', () => {
    const text =
      '$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.53\nwww A 192.0.2.1\nwww A 192.0.2.2\n';
    const good = previewZone(text, 'example.com.zone');
    expect([good.origin, good.usable, good.records]).toEqual(['example.com.', true, 5]);
    expect(good.types).toContainEqual({ type: 'A', count: 3 });
    expect(good.lines.join('\n')).toContain('192.0.2.2');
    const bad = previewZone('@ A nonsense\n', 'x.zone');
    expect([bad.usable, bad.issues.length > 0]).toEqual([false, true]);
    expect(previewZone(text, 'any name', 'other.example').origin).toBe('other.example.');
    expect(previewZone(text, 'x.zone', 'not a name').usable).toBe(false);
  });
});

describe('what Play has set', () => {
  const text = readFileSync('scenarios/failover-ttl.yaml', 'utf8');
  const sets = [
    'policies.app.example.com/A.failover.ttl=15s',
    'clients.browsers.app=chrome',
    'timeline.0.for=5m',
    'seed=7',
  ];

  it('is written into the text so that it plays the same', () => {
    const written = loadScenario({ text: withSets(text, sets), file: 'drill.yaml' }).scenario!;
    const set = loadScenario({ text, file: 'drill.yaml', sets }).scenario!;
    expect(written.strategies.map(({ spec }) => spec)).toEqual(set.strategies.map(({ spec }) => spec));
    expect(written.seed).toBe(7);
  });

  it('leaves comments where they are', () => {
    const comments = (one: string): string[] => one.match(/(?:^|\s)#.*$/gm) ?? [];
    expect(comments(withSets(text, sets))).toEqual(comments(text));
  });

  it('is left out where it says nothing', () => {
    expect(withSets(text, ['nonsense', '=5'])).toBe(text);
  });
});
