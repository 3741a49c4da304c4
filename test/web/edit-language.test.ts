/** Completion and hover: `|` is the cursor. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadScenario } from '../../src/index.ts';
import { check } from '../../web/edit/check.ts';
import { complete } from '../../web/edit/language/complete.ts';
import { hover } from '../../web/edit/language/hover.ts';

const BASE = `schema: 1
duration: 1h
network: { regions: [us, eu] }
providers:
  alpha: { servers: 2 }
zones:
  - name: example.com
    records: |
      app 300 IN A 203.0.113.10
endpoints:
  primary: { address: 203.0.113.10, check: { https: /health } }
  secondary: { address: 198.51.100.20 }
resolvers:
  isp: { profile: unbound }
clients:
  browsers:
    resolvers: isp
    requests: { name: app.example.com }
`;

const effective = check({ text: BASE, file: 'drill.yaml', files: {} }).effective;

function labels(text: string): string[] {
  const offset = text.indexOf('|~');
  const found = complete(text.replace('|~', ''), offset, effective);
  return found?.options.map(({ label }) => label) ?? [];
}

/** The text once the first option that begins with the word at the cursor is taken. */
function taken(text: string): string {
  const offset = text.indexOf('|~');
  const plain = text.replace('|~', '');
  const { from, options } = complete(plain, offset, effective)!;
  const chosen = options.find(({ label }) => label.startsWith(plain.slice(from, offset)))!;
  return plain.slice(0, from) + chosen.insert + plain.slice(offset);
}

describe('completion', () => {
  test.each<[what: string, text: string, includes: string[], excludes: string[]]>([
    ['keys at the top', `${BASE}|~`, ['timeline', 'strategies', 'expect'], ['duration', 'zones']],
    ['half a key at the top', `${BASE}tim|~`, ['timeline'], ['zones']],
    ['keys of a named thing', `${BASE}  clerks:\n    |~`, ['count', 'app', 'requests'], ['zones']],
    [
      'keys beside others',
      BASE.replace('    resolvers: isp\n', '    resolvers: isp\n    |~\n'),
      ['count', 'os'],
      ['resolvers'],
    ],
    ['keys in a flow map', `${BASE}timeline:\n  - { at: 10m, |~ }\n`, ['fail', 'slow', 'put'], ['at']],
    ['keys after a dash', `${BASE}timeline:\n  - |~\n`, ['at', 'fail'], []],
    [
      'keys of a fault once it is chosen',
      `${BASE}timeline:\n  - { at: 10m, fail: endpoint primary, |~ }\n`,
      ['for', 'mode'],
      ['extra', 'loss'],
    ],
    [
      'targets',
      `${BASE}timeline:\n  - { at: 10m, fail: |~ }\n`,
      [
        'endpoint primary',
        'resolver isp',
        'provider alpha',
        'plane alpha/control',
        'region us',
        'provider root',
      ],
      [],
    ],
    [
      'targets with a word typed',
      `${BASE}timeline:\n  - { at: 10m, fail: endpoint pr|~ }\n`,
      ['endpoint primary'],
      [],
    ],
    [
      'targets of a lie',
      `${BASE}timeline:\n  - { at: 10m, wrong: |~ }\n`,
      ['server ns1.alpha-dns.net'],
      ['endpoint primary'],
    ],
    ['fixed words', `${BASE}start: |~`, ['warm', 'cold'], []],
    ['words of a group', BASE.replace('profile: unbound', 'with: { serve-stale: |~ }'), ['off'], []],
    [
      'profiles',
      BASE.replace('profile: unbound', 'profile: |~'),
      ['bind', 'unbound', 'google-public-dns'],
      ['chrome'],
    ],
    [
      'profiles of the scenario',
      `profiles: { resolvers: { our-bind: { extends: bind } } }\n${BASE.replace('profile: unbound', 'profile: |~')}`,
      ['our-bind', 'bind'],
      ['chrome'],
    ],
    [
      'what a profile extends',
      `${BASE}profiles:\n  apps:\n    mine: { extends: |~ }\n`,
      ['chrome'],
      ['bind'],
    ],
    ['applications', BASE.replace('resolvers: isp\n    ', 'app: |~\n    '), ['chrome', 'firefox'], ['bind']],
    ['resolvers of clients', BASE.replace('resolvers: isp', 'resolvers: |~'), ['isp'], []],
    ['resolvers as keys', BASE.replace('resolvers: isp', 'resolvers: { |~ }'), ['isp'], []],
    [
      'endpoints of a policy',
      `${BASE}policies:\n  app.example.com/A:\n    failover: { primary: |~ }\n`,
      ['primary', 'secondary'],
      [],
    ],
    ['metrics', `${BASE}expect:\n  - |~\n`, ['recovery.p99', 'availability.min', 'load.alpha.peak'], []],
    ['metrics of a strategy', `${BASE}strategies: { a: {} }\nexpect:\n  a: [|~]\n`, ['recovery.p99'], []],
    [
      'paths of a strategy',
      `${BASE}strategies:\n  a:\n    |~\n`,
      ['resolvers.isp.profile', 'clients.browsers.count'],
      ['duration:'],
    ],
    ['samples where there are no words', BASE.replace('duration: 1h', 'duration: |~'), ['1h'], []],
    ['nothing in comments', `${BASE}# |~`, [], ['timeline']],
    ['nothing in zone data', BASE.replace('app 300', '|~app 300'), [], ['app']],
  ])('%s', (_, text, includes, excludes) => {
    const found = labels(text);
    expect(found).toEqual(expect.arrayContaining(includes));
    expect(found.filter((label) => excludes.includes(label))).toEqual([]);
  });

  it('replaces the word at the cursor', () => {
    expect(taken(`${BASE}timeline:\n  - { at: 10m, false-alarm: endpoint pri|~ }`)).toMatch(
      /false-alarm: endpoint primary }$/,
    );
    expect(taken(`${BASE}timel|~`)).toMatch(/\ntimeline: $/);
  });

  it('survives any cut of a scenario', () => {
    const text = readFileSync('scenarios/failover-ttl.yaml', 'utf8');
    for (let length = 0; length < text.length; length += 13) complete(text.slice(0, length), length);
  });

  it('offers nothing the reader would refuse: each target, profile and metric loads', () => {
    const line = `${BASE}timeline:\n  - { at: 10m, fail: |~ }\n`;
    for (const label of labels(line)) {
      const { issues } = loadScenario({ text: line.replace('|~', label), file: 'drill.yaml' });
      expect([label, issues.filter(({ severity }) => severity === 'error')]).toEqual([label, []]);
    }
    const expectations = `${BASE}expect:\n  - |~\n`;
    for (const label of labels(expectations)) {
      const { issues } = loadScenario({
        text: expectations.replace('|~', `${label} < 1`),
        file: 'drill.yaml',
      });
      expect([label, issues.filter(({ code }) => code === 'scenario-unknown-metric')]).toEqual([label, []]);
    }
  });

  it('offers nothing where the reader knows no such reference', () => {
    const { issues } = loadScenario({
      text: BASE.replace('resolvers: isp', 'resolvers: nobody'),
      file: 'drill.yaml',
    });
    expect(issues.map(({ hint }) => hint)).toEqual([expect.stringContaining('isp')]);
  });
});

describe('hover', () => {
  function lines(text: string): readonly string[] {
    const offset = text.indexOf('|~');
    return hover(text.replace('|~', ''), offset, effective)?.lines ?? [];
  }

  it('explains a key, with its default, an example and what is in force', () => {
    const found = lines(BASE.replace('profile: unbound', 'pro|~file: unbound')).join('\n');
    expect(found).toContain('Software or service');
    expect(found).toContain('In force: unbound, written at drill.yaml');
  });

  it('explains a value', () => {
    expect(lines(BASE.replace('duration: 1h', 'duration: 1|~h'))[0]).toMatch(/^Length of the run/);
  });

  it('says where a value that nobody wrote comes from', () => {
    expect(lines(BASE.replace('  brow', '  br|~ow')).join('\n')).toContain(
      'clients.browsers.count 10000, default',
    );
  });

  it('has nothing to say between the words', () => {
    expect(lines(`${BASE}\n# a com|~ment\n`)).toEqual([]);
  });
});
