/** Rules about scenarios, by topic: parts that have the problem with the places it is found at, and parts that have not. */
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../src/advice/lint/lint.ts';
import { written } from './parts.ts';
import type { Row } from './rows.ts';
import { POLICY_ROWS } from './rows-policies.ts';
import { PROVIDER_ROWS } from './rows-providers.ts';
import { SCENARIO_ROWS } from './rows-scenarios.ts';
import { foundBy, SCENARIO_RULES, SOUND } from './tables.ts';

const TOPICS: readonly (readonly [topic: string, rows: readonly Row[]])[] = [
  ['policies and checks', POLICY_ROWS],
  ['every kind of provider', PROVIDER_ROWS],
  ['zones, changes and clients', SCENARIO_ROWS],
];

describe.each(TOPICS)('%s: a rule finds what it looks for, where it stands, and nothing else', (_, rows) => {
  test.each(rows)('%s: %j', (rule, bad, found, good) => {
    expect(foundBy(rule, written(bad), 'drill.yaml')).toEqual(found);
    expect(foundBy(rule, written(good), 'drill.yaml')).toEqual([]);
  });
});

describe('rules for scenarios', () => {
  it('are all in the tables', () => {
    const covered = new Set(TOPICS.flatMap(([, rows]) => rows.map(([rule]) => rule)));
    expect(SCENARIO_RULES.filter((code) => !covered.has(code))).toEqual([]);
  });

  it('places what stands in a block of records, and in a file beside the scenario', () => {
    const head = 'duration: 1h\nzones:\n  - name: example.com\n';
    const tail = 'clients: { users: { requests: { name: app.example.com } } }\n';
    const block = `${head}    records: |\n      app 300 A 203.0.113.10\n      www 300 CNAME nowhere\n${tail}`;
    expect(foundBy('dangling-alias', block, 'drill.yaml')).toEqual(['warning 6:7']);
    const beside = `${head}    file: z/example.com.zone\nproviders: { main: { servers: [{ name: ns1.example.com }, { name: ns2.example.net }] } }\n${tail}`;
    const { report, issues } = lint(
      [{ text: beside, file: 'a/drill.yaml', readFile: () => `${SOUND}www 60 CNAME nowhere\n` }],
      { only: ['dangling-alias'] },
    );
    expect(issues).toEqual([]);
    expect(report!.findings[0]!.place).toEqual({ file: 'a/z/example.com.zone', line: 7, column: 1 });
  });
});
