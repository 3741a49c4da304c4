/** Zones. Each with its place, code and hint. */
import { describe, expect, test } from 'vitest';
import { BASE, line, load } from './base.ts';

const sub = (from: string, to: string): string => BASE.replace(from, to);

const CASES: readonly [what: string, text: string, problems: readonly string[], sets?: readonly string[]][] =
  [
    [
      'problems of inline records, at their lines',
      sub('app 60 IN A 203.0.113.10', 'app 60 IN A 203.0.113\n      www 60 IN B x'),
      [
        "5:19 zone-bad-value: '203.0.113' is no IPv4 address -> expected an address such as 192.0.2.1",
        "6:17 zone-unknown-type: 'B' is no RR type -> did you mean 'A'?",
      ],
    ],
    [
      'a file outside the folder',
      sub('name: example.com\n    records: |\n      app 60 IN A 203.0.113.10', 'file: ../x.zone'),
      [
        "3:11 scenario-file-outside: '../x.zone' lies outside the scenario's folder (zones.0.file) -> zone files stand in the scenario's folder or below it",
      ],
    ],
    [
      'a file that is not there',
      sub('name: example.com\n    records: |\n      app 60 IN A 203.0.113.10', 'file: example.com.zone'),
      [
        "3:11 scenario-file-missing: there is no file 'example.com.zone' (zones.0.file) -> zone files stand in the scenario's folder or below it",
      ],
    ],
    [
      'a file and records',
      sub('    records', '    file: x.zone\n    records'),
      [
        "4:11 scenario-file-missing: there is no file 'x.zone' (zones.0.file) -> zone files stand in the scenario's folder or below it",
        '5:14 scenario-zone-twice: a zone comes from a file or is written inline, not both (zones.0.records) -> remove file or records',
      ],
    ],
    [
      'neither file nor name',
      sub('name: example.com\n    records: |\n      app 60 IN A 203.0.113.10', 'providers: main'),
      [
        '3:5 scenario-missing: the zone has neither a file nor a name (zones.0) -> add name: example.com with records, or file: example.com.zone',
      ],
    ],
    [
      'a zone twice',
      sub('endpoints:', '  - { name: example.com }\nendpoints:'),
      ['6:5 scenario-duplicate-zone: the zone example.com. is listed twice (zones.1)'],
    ],
    [
      'a name server of nobody',
      sub('app 60 IN A 203.0.113.10', 'app 60 IN A 203.0.113.10\n      @ 60 IN NS ns9.main-dns.net.'),
      [
        "3:5 scenario-foreign-server: the name server ns9.main-dns.net. of example.com. belongs to no provider of the zone (zones.0) -> did you mean 'ns1.main-dns.net.'?",
      ],
    ],
  ];

describe('problems: zones', () => {
  test.each(CASES)('%s', (_, text, problems, sets = []) => {
    expect(load(text, {}, sets).issues.map(line)).toEqual(problems);
  });
});
