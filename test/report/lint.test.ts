/** Findings as text, for programs, and for people in eighty columns. */
import { describe, expect, it, test } from 'vitest';
import { lintRules } from '../../src/advice/lint/lint.ts';
import { FINDING_SEVERITIES, type Finding, hasFindings, type LintReport } from '../../src/base/finding.ts';
import { lintDocument, renderGithub } from '../../src/report/lint/formats.ts';
import { renderSarif } from '../../src/report/lint/sarif.ts';
import { costOf, renderLint, renderRules } from '../../src/report/lint/text.ts';
import { ANSI } from '../../src/report/style.ts';

const finding = (rule: string, severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  rule,
  severity,
  message: `a message about ${rule} that is long enough to need more than one line of eighty columns`,
  place: { file: 'zones/a b,c.zone', line: 3, column: 7 },
  fix: 'do something else',
  ...more,
});

const TRIAL = {
  what: 'main dark',
  userMinutesLost: 12_400,
  remedy: 'with two',
  userMinutesLostWithRemedy: 310,
};
const REPORT: LintReport = {
  files: ['drill.yaml', 'zones/a b,c.zone'],
  rules: lintRules(),
  findings: [
    finding('spf', 'error'),
    finding('single-provider', 'warning', { trial: TRIAL }),
    finding('no-caa', 'note', { message: '50 % of\nnames: a,b' }),
  ],
};
const EMPTY: LintReport = { ...REPORT, findings: [] };

describe('text', () => {
  it('groups by severity, worst first, and says place, reason, cost and fix', () => {
    const text = renderLint(REPORT);
    expect([...text.matchAll(/^\d .*$/gm)].map(([line]) => line)).toEqual(
      expect.arrayContaining(['1 ERROR', '1 WARNING', '1 NOTE']),
    );
    expect(text.indexOf('ERROR')).toBeLessThan(text.indexOf('WARNING'));
    expect(text).toContain('  zones/a b,c.zone:3:7 spf\n');
    expect(text).toContain('    why  Its outage is an outage of every name');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'cost The simulator says: 12,400 user-minutes lost (main dark); with two 310.',
    );
    expect(text).toContain('    fix  do something else.\n');
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/1 error, 1 warning, 1 note: \d+ rules on drill\.yaml/);
  });

  it('keeps to eighty columns and holds no control characters but line feeds', () => {
    for (const text of [renderLint(REPORT), renderRules(lintRules()), renderLint(EMPTY)]) {
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });

  it('says so when nothing was found', () => {
    expect(renderLint(EMPTY)).toMatch(/^Nothing found: \d+ rules on drill\.yaml/);
  });

  it('has colours and plain characters where they are asked for', () => {
    expect(renderLint(REPORT, { style: ANSI })).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is meant
    expect(renderLint(REPORT, { unicode: false })).toMatch(/^[\u0000-\u007f]*$/);
  });

  it('leaves the fix out of the cost where it was not tried', () => {
    expect(costOf({ what: 'x', userMinutesLost: 5 })).toBe('The simulator says: 5 user-minutes lost (x).');
  });

  it('lists each rule with its reason and source', () => {
    const text = renderRules(lintRules()).replaceAll(/\s+/g, ' ');
    for (const { code, why, source } of lintRules()) {
      expect(text).toContain(code);
      expect(text).toContain(why);
      expect(text).toContain(`Source: ${source}.`);
    }
  });
});

describe('workflow commands', () => {
  it('are a line each, with reserved characters escaped', () => {
    const lines = renderGithub(REPORT).trimEnd().split('\n');
    expect(lines.map((line) => line.slice(2, line.indexOf(' ')))).toEqual(['error', 'warning', 'notice']);
    expect(lines[0]).toContain(' file=zones/a b%2Cc.zone,line=3,col=7,title=dnsdrill spf::a message');
    expect(lines[2]).toContain('::50 %25 of%0Anames: a,b.%0AFix: do something else.');
    expect(renderGithub(EMPTY)).toBe('');
  });
});

describe('SARIF', () => {
  interface Sarif {
    readonly version: string;
    readonly runs: readonly {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly version: string;
          readonly rules: readonly {
            readonly id: string;
            readonly helpUri?: string;
            readonly defaultConfiguration: { readonly level: string };
          }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: { readonly startLine: number; readonly startColumn: number; endColumn?: number };
          };
        }[];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    }[];
  }
  const sarif = (report: LintReport): Sarif => JSON.parse(renderSarif(report, '1.2.3')) as Sarif;

  it('has the shape of 2.1.0', () => {
    const document = sarif(REPORT);
    expect(document.version).toBe('2.1.0');
    expect(document.runs).toHaveLength(1);
    const { tool, results } = document.runs[0]!;
    expect(tool.driver).toMatchObject({ name: 'dnsdrill', version: '1.2.3' });
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
      expect(message.text).not.toBe('');
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      expect(artifactLocation.uri).toBe('zones/a%20b%2Cc.zone');
      expect(region).toEqual({ startLine: 3, startColumn: 7 });
    }
  });

  /** Of each object of the published schema that is used here: what it must have and what it may have (closed). */
  const SCHEMA: Readonly<Record<string, readonly [required: string, allowed: string]>> = {
    '': ['version runs', '$schema'],
    'runs.#': ['tool', 'results columnKind'],
    'runs.#.tool': ['driver', ''],
    'runs.#.tool.driver': ['name', 'version semanticVersion rules'],
    'runs.#.tool.driver.rules.#': [
      'id',
      'shortDescription fullDescription helpUri help defaultConfiguration properties',
    ],
    'runs.#.tool.driver.rules.#.shortDescription': ['text', 'markdown'],
    'runs.#.tool.driver.rules.#.fullDescription': ['text', 'markdown'],
    'runs.#.tool.driver.rules.#.help': ['text', 'markdown'],
    'runs.#.tool.driver.rules.#.defaultConfiguration': ['', 'enabled level rank parameters'],
    'runs.#.results.#': ['message', 'ruleId ruleIndex level locations partialFingerprints properties'],
    'runs.#.results.#.partialFingerprints': ['', 'primaryLocationLineHash'],
    'runs.#.results.#.message': ['text', 'markdown id arguments'],
    'runs.#.results.#.locations.#': ['', 'id physicalLocation logicalLocations message'],
    'runs.#.results.#.locations.#.physicalLocation': ['', 'artifactLocation region'],
    'runs.#.results.#.locations.#.physicalLocation.artifactLocation': ['', 'uri uriBaseId index'],
    'runs.#.results.#.locations.#.physicalLocation.region': ['', 'startLine startColumn endLine endColumn'],
  };

  function* breaches(value: unknown, path = ''): Generator<string> {
    if (path.endsWith('.properties') || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) yield* breaches(item, `${path}.#`);
      return;
    }
    const rule = SCHEMA[path];
    if (!rule) yield `${path}: unknown object`;
    const [required, allowed] = (rule ?? ['', '']).map((text) => text.split(' ').filter(Boolean));
    for (const key of required!) if (!(key in value)) yield `${path}: no ${key}`;
    for (const [key, one] of Object.entries(value)) {
      if (![...required!, ...allowed!].includes(key)) yield `${path}: ${key} is not allowed`;
      yield* breaches(one, path === '' ? key : `${path}.${key}`);
    }
  }

  it('has what the published schema requires, and nothing that it does not know', () => {
    for (const report of [REPORT, EMPTY]) expect([...breaches(sarif(report))]).toEqual([]);
    const { tool: _, ...run } = sarif(REPORT).runs[0]!;
    expect([...breaches({ version: '2.1.0', runs: [{ ...run, more: 1 }] })]).toEqual([
      'runs.#: no tool',
      'runs.#: more is not allowed',
    ]);
  });

  /** What GitHub's page "SARIF support for code scanning" marks as required, beyond the schema. */
  it('has what GitHub asks for', () => {
    const lines = (): string => '   www 60 A 192.0.2.1  ';
    const document = JSON.parse(renderSarif(REPORT, '1.2.3', lines)) as Sarif & { $schema: string };
    expect(document.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/);
    const { tool, results } = document.runs[0]!;
    for (const rule of tool.driver.rules) {
      expect(rule).toMatchObject({
        shortDescription: { text: expect.stringMatching(/^.{1,1024}$/) },
        fullDescription: { text: expect.stringMatching(/^.{1,1024}$/) },
        help: { text: expect.stringMatching(/./), markdown: expect.stringMatching(/./) },
        properties: { precision: 'high' },
      });
      expect(['error', 'warning', 'recommendation']).toContain(
        (rule as unknown as { properties: Record<string, string> }).properties['problem.severity'],
      );
    }
    for (const { locations, partialFingerprints } of results) {
      expect(locations[0]!.physicalLocation.region).toEqual({
        startLine: 3,
        startColumn: 7,
        endLine: 3,
        endColumn: 22,
      });
      expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:1$/);
    }
  });

  it('has a fingerprint that outlives moved lines, and tells findings apart', () => {
    const prints = (findings: readonly Finding[], line: string): string[] =>
      (JSON.parse(renderSarif({ ...REPORT, findings }, '1', () => line)) as Sarif).runs[0]!.results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    const one = finding('spf', 'error');
    const moved = { ...one, place: { ...one.place, line: 30 }, message: 'said otherwise' };
    expect(prints([moved], 'same line')).toEqual(prints([one], ' same line '));
    expect(prints([one], 'other line')).not.toEqual(prints([one], 'same line'));
    const [first, second] = prints([one, moved], 'same line');
    expect([first!.slice(0, 16), first!.slice(16), second!.slice(16)]).toEqual([
      second!.slice(0, 16),
      ':1',
      ':2',
    ]);
    expect(prints([finding('no-spf', 'error')], 'x')).not.toEqual(prints([one], 'x'));
  });

  it('has pages of the RFCs that rules come from', () => {
    const pages = new Map(sarif(REPORT).runs[0]!.tool.driver.rules.map(({ id, helpUri }) => [id, helpUri]));
    expect(pages.get('cname-at-apex')).toBe('https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2');
    expect(pages.get('no-health-check')).toBeUndefined();
    for (const page of pages.values()) if (page) expect(() => new URL(page)).not.toThrow();
  });

  test.each([
    ['./a/b.yaml', 'a/b.yaml'],
    ['../b.zone', '../b.zone'],
    ['/srv/a b.zone', 'file:///srv/a%20b.zone'],
    ['C:/dns/b.zone', 'file:///C:/dns/b.zone'],
    ['zones\\b#1.zone', 'zones/b%231.zone'],
  ])('the file %s is %s', (file, uri) => {
    const report = {
      ...REPORT,
      findings: [finding('spf', 'error', { place: { file, line: 1, column: 1 } })],
    };
    const { artifactLocation } = sarif(report).runs[0]!.results[0]!.locations[0]!.physicalLocation;
    expect(artifactLocation.uri).toBe(uri);
  });

  it('has lines and columns from 1 on, and a relative reference', () => {
    for (const { locations } of sarif(REPORT).runs[0]!.results) {
      const { region, artifactLocation } = locations[0]!.physicalLocation;
      expect([region.startLine, region.startColumn].every((one) => Number.isInteger(one) && one >= 1)).toBe(
        true,
      );
      expect(() => new URL(artifactLocation.uri, 'file:///work/')).not.toThrow();
      expect(artifactLocation.uri).not.toMatch(/[ "<>\\^`{|}]/);
    }
  });

  it('has results even when there are none', () => {
    expect(sarif(EMPTY).runs[0]!.results).toEqual([]);
  });
});

describe('JSON', () => {
  it('is the report with versions', () => {
    expect(lintDocument(REPORT, '1.2.3')).toEqual({
      schemaVersion: 1,
      program: { name: 'dnsdrill', version: '1.2.3' },
      ...REPORT,
    });
  });
});

describe('rules', () => {
  it('have codes of their own, in order, and words for people', () => {
    const codes = lintRules().map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => (a < b ? -1 : 1)));
    for (const { code, title, why, source } of lintRules()) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^["A-Z0-9].*[.:]$|^["A-Z].*\.$/);
      expect(source).not.toBe('');
    }
  });

  test.each(FINDING_SEVERITIES.map((severity, at) => [severity, at] as const))(
    '%s is at or above itself and what is milder',
    (severity, at) => {
      const report = { ...REPORT, findings: [finding('spf', severity)] };
      expect(FINDING_SEVERITIES.map((least) => hasFindings(report, least))).toEqual(
        [0, 1, 2].map((least) => least >= at),
      );
    },
  );
});
