// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of $GENERATE
/** RFC 1035 §5 and RFC 2308 §4: master files. Columns of a table row: what it shows, the text, the records. */
import { describe, expect, test } from 'vitest';
import { formatIssue } from '../../src/base/issue.ts';
import { parseName } from '../../src/dns/data/name.ts';
import { readMasterFile } from '../../src/dns/zone/master-file.ts';
import { lines } from '../dns/zone/zone-text.ts';

const ORIGIN = parseName('example.com.');
const HEAD = '@ 3600 IN SOA ns1 hostmaster 1 2 3 4 300\n@ 3600 IN NS ns1.example.net.\n$TTL 60\n';

/** Records of a file beside its head. */
function records(text: string): string[] {
  const { zone, issues } = readMasterFile(HEAD + text, { file: 'db', origin: ORIGIN });
  expect(issues.filter(({ severity }) => severity === 'error').map(formatIssue)).toEqual([]);
  return lines([...zone!.rrsets()], ORIGIN).filter((line) => !/^@ 3600 (SOA|NS) /.test(line));
}

describe('§5.1 format', () => {
  test.each([
    [
      'TTL and class in either order, or neither',
      'a 5 IN A 192.0.2.1\nb IN 5 A 192.0.2.1\nc A 192.0.2.1\nd IN A 192.0.2.1\ne 5 A 192.0.2.1',
      ['a 5 A 192.0.2.1', 'b 5 A 192.0.2.1', 'c 60 A 192.0.2.1', 'd 60 A 192.0.2.1', 'e 5 A 192.0.2.1'],
    ],
    [
      'a blank owner is that of the record before',
      'a A 192.0.2.1\n  A 192.0.2.2\n\tTXT x\n',
      ['a 60 A 192.0.2.1', 'a 60 A 192.0.2.2', 'a 60 TXT "x"'],
    ],
    [
      'empty lines and comments change nothing',
      'a A 192.0.2.1\n\n ; comment\n;\n A 192.0.2.2 ; more\n',
      ['a 60 A 192.0.2.1', 'a 60 A 192.0.2.2'],
    ],
    ['@ is the origin', '@ A 192.0.2.1\nm MX 1 @', ['@ 60 A 192.0.2.1', 'm 60 MX 1 example.com.']],
    [
      'a final dot makes a name absolute',
      'a.example.com. CNAME b.example.org.',
      ['a 60 CNAME b.example.org.'],
    ],
    [
      'parentheses carry an entry over lines',
      'a TXT ( one ; first\n two\n\n   three )\nb MX (\n1\nx\n)',
      ['a 60 TXT "one" "two" "three"', 'b 60 MX 1 x.example.com.'],
    ],
    [
      'parentheses may be anywhere',
      '( a\n A ) 192.0.2.1\n( b A 192.0.2.2 ) ; done',
      ['a 60 A 192.0.2.1', 'b 60 A 192.0.2.2'],
    ],
    [
      'a semicolon, a quote and brackets in quotes',
      'a TXT "x;y" "(" ")" "a \\"b\\""',
      ['a 60 TXT "x;y" "(" ")" "a \\"b\\""'],
    ],
    [
      'escapes outside of quotes',
      'a\\.b A 192.0.2.1\nt TXT x\\;y\\ z\\"',
      ['a\\.b 60 A 192.0.2.1', 't 60 TXT "x;y z\\""'],
    ],
    [
      '\\DDD in names and texts',
      'a\\032b A 192.0.2.1\nt TXT \\200',
      ['a\\032b 60 A 192.0.2.1', 't 60 TXT "\\200"'],
    ],
    ['a quote ends a bare word', 't TXT a"b"c', ['t 60 TXT "a" "b" "c"']],
    ['any case', 'A a 192.0.2.1\nB cname A\n', ['a 60 A 192.0.2.1', 'b 60 CNAME a.example.com.']],
    [
      'owner names that look like types, classes and numbers',
      'in A 192.0.2.1\n10 IN A 192.0.2.2\nmx TXT x\n1h 5 A 192.0.2.3',
      ['10 60 A 192.0.2.2', '1h 5 A 192.0.2.3', 'in 60 A 192.0.2.1', 'mx 60 TXT "x"'],
    ],
    [
      'line ends of other systems, and none at the end',
      'a A 192.0.2.1\r\n  A 192.0.2.2\r\nb A 192.0.2.3',
      ['a 60 A 192.0.2.1', 'a 60 A 192.0.2.2', 'b 60 A 192.0.2.3'],
    ],
    ['tabs are white space', 'a\t\tA\t192.0.2.1', ['a 60 A 192.0.2.1']],
  ])('%s', (_what, text, expected) => expect(records(text)).toEqual([...expected].sort()));

  test('a byte order mark is no part of the first name', () => {
    const { zone } = readMasterFile(`\ufeff${HEAD}`, { file: 'db', origin: ORIGIN });
    expect(zone?.soa()).toBeDefined();
  });
});

describe('§5.1 $ORIGIN, RFC 2308 §4 $TTL', () => {
  test.each([
    [
      '$ORIGIN is relative to the origin before',
      '$ORIGIN sub\na A 192.0.2.1\n$ORIGIN deep\nb A 192.0.2.2\n$ORIGIN example.com.\nc A 192.0.2.3',
      ['a.sub 60 A 192.0.2.1', 'b.deep.sub 60 A 192.0.2.2', 'c 60 A 192.0.2.3'],
    ],
    [
      '$ORIGIN does not change the owner before',
      'a A 192.0.2.1\n$ORIGIN sub\n A 192.0.2.2',
      ['a 60 A 192.0.2.1', 'a 60 A 192.0.2.2'],
    ],
    [
      '$TTL counts from its place on',
      'a A 192.0.2.1\n$TTL 7\nb A 192.0.2.1\nc 9 A 192.0.2.1\nd A 192.0.2.1',
      ['a 60 A 192.0.2.1', 'b 7 A 192.0.2.1', 'c 9 A 192.0.2.1', 'd 7 A 192.0.2.1'],
    ],
    [
      '$TTL takes units',
      '$ttl 1h30m\na A 192.0.2.1\nb 1w2D A 192.0.2.1',
      ['a 5400 A 192.0.2.1', 'b 777600 A 192.0.2.1'],
    ],
  ])('%s', (_what, text, expected) => expect(records(text)).toEqual([...expected].sort()));

  const read = (text: string) => readMasterFile(text, { file: 'db', origin: ORIGIN });
  test('without $TTL the TTL written last counts (RFC 1035 §5.1), with a warning', () => {
    const { zone, issues } = read(
      '@ 9 SOA . . 1 2 3 4 5\n NS ns.example.net.\na 7 A 192.0.2.1\nb A 192.0.2.1\n',
    );
    expect(lines([...zone!.rrsets()], ORIGIN)).toEqual([
      '@ 9 NS ns.example.net.',
      '@ 9 SOA . . 1 2 3 4 5',
      'a 7 A 192.0.2.1',
      'b 7 A 192.0.2.1',
    ]);
    expect(issues.map(({ code, place }) => `${code} ${place?.line}`)).toEqual(['zone-ttl-from-before 2']);
  });
  test('a SOA without any TTL takes its MINIMUM, and so do the others, with a warning', () => {
    const { zone, issues } = read(
      '@ SOA . . 1 2 3 4 5\n NS ns.example.net.\na 7 A 192.0.2.1\nb A 192.0.2.1\n',
    );
    expect(lines([...zone!.rrsets()], ORIGIN)).toEqual([
      '@ 5 NS ns.example.net.',
      '@ 5 SOA . . 1 2 3 4 5',
      'a 7 A 192.0.2.1',
      'b 5 A 192.0.2.1',
    ]);
    expect(issues.map(({ code }) => code)).toEqual(['zone-ttl-from-soa']);
  });
  test('the apex is the owner of the SOA where none is given', () => {
    const { zone } = readMasterFile('$ORIGIN x.y.\n$TTL 1\n@ SOA . . 1 2 3 4 5\n@ NS ns.\n', { file: 'db' });
    expect(zone!.origin).toBe('x.y.');
  });
});

describe('§5.1 $INCLUDE', () => {
  const files: Readonly<Record<string, string>> = {
    'hosts.db': 'a A 192.0.2.1\n$ORIGIN inner\nb A 192.0.2.2\n$TTL 7\n',
    'dir/one.db': 'c A 192.0.2.3\n$INCLUDE hosts.db\n',
    'cycle.db': '$INCLUDE dir/../cycle2.db\n',
    'cycle2.db': '$INCLUDE cycle.db\n',
    'bad.db': 'a A 192.0.2.1\n  B 1\n',
    'twice.db': '$INCLUDE twice2.db\n$INCLUDE twice2.db\n',
  };
  for (let depth = 2; depth < 14; depth++) {
    (files as Record<string, string>)[`twice${depth}.db`] = `$INCLUDE twice${depth + 1}.db\n`.repeat(4);
  }
  (files as Record<string, string>)['twice14.db'] = '; nothing\n';
  const read = (text: string, known = files) =>
    readMasterFile(HEAD + text, { file: 'zones/db', origin: ORIGIN, readInclude: (path) => known[path] });
  const codes = (text: string): string[] =>
    read(text).issues.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`);
  const found = (text: string): string[] =>
    lines([...read(text).zone!.rrsets()], ORIGIN).filter((line) => line.includes(' A '));

  test('the file is read here; origin and owner are as before behind it, the TTL is not', () => {
    expect(found('x A 192.0.2.9\n$INCLUDE hosts.db sub\n A 192.0.2.8\ny A 192.0.2.7')).toEqual(
      [
        'a.sub 60 A 192.0.2.1',
        'b.inner.sub 60 A 192.0.2.2',
        'x 60 A 192.0.2.9',
        'x 7 A 192.0.2.8',
        'y 7 A 192.0.2.7',
      ]
        .map((line) => line.replace('x 60', 'x 7'))
        .sort(),
    );
  });
  test('without an origin the current one holds; quotes are allowed; paths start at the outermost folder', () => {
    expect(found('$INCLUDE "dir/one.db"')).toEqual([
      'a 60 A 192.0.2.1',
      'b.inner 60 A 192.0.2.2',
      'c 60 A 192.0.2.3',
    ]);
  });
  test.each([
    ['$INCLUDE /etc/passwd', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE ../secret.db', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE dir/../../secret.db', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE dir\\\\..\\\\hosts.db', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE C:hosts.db', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE .', ['zones/db:4 zone-include-outside']],
    ['$INCLUDE', ['zones/db:4 zone-missing-field']],
    ['$INCLUDE none.db', ['zones/db:4 zone-include-not-found']],
    ['$INCLUDE hosts.db sub more', ['zones/db:4 zone-extra-field']],
    ['$INCLUDE cycle.db', ['zones/cycle2.db:1 zone-include-cycle']],
    ['$INCLUDE db', ['zones/db:4 zone-include-cycle']],
    ['$INCLUDE bad.db', ['zones/bad.db:2 zone-unknown-type']],
  ])('%s', (text, expected) => expect(codes(text)).toEqual(expected));
  test('files that include others again and again end', () => {
    const { issues } = read('$INCLUDE twice.db');
    expect(issues.every(({ code }) => /^zone-too-many-(includes|errors)$/.test(code))).toBe(true);
    expect(issues.length).toBeGreaterThan(0);
  });
  test('nesting without a cycle ends too', () => {
    let depth = 0;
    const { issues } = readMasterFile(`${HEAD}$INCLUDE f0\n`, {
      file: 'db',
      origin: ORIGIN,
      readInclude: () => `$INCLUDE f${++depth}\n`,
    });
    expect(issues.map(({ code }) => code)).toEqual(['zone-too-many-includes']);
    expect(depth).toBeLessThan(30);
  });
  test('without a reader of files it is an error', () => {
    const { issues } = readMasterFile(`${HEAD}$INCLUDE hosts.db\n`, { file: 'db', origin: ORIGIN });
    expect(issues.map(({ code }) => code)).toEqual(['zone-include-unsupported']);
  });
});

describe('$GENERATE as BIND reads it', () => {
  test.each([
    ['$GENERATE 1-3 h$ A 192.0.2.$', ['h1 60 A 192.0.2.1', 'h2 60 A 192.0.2.2', 'h3 60 A 192.0.2.3']],
    ['$GENERATE 0-4/2 h$ 5 IN A 192.0.2.$', ['h0 5 A 192.0.2.0', 'h2 5 A 192.0.2.2', 'h4 5 A 192.0.2.4']],
    ['$GENERATE 7-7 h${3} A 192.0.2.${-6}', ['h10 60 A 192.0.2.1']],
    ['$GENERATE 10-10 h${0,3} CNAME x${0,4,x}y${0,0,X}z${0,4,o}.', ['h010 60 CNAME x000ayaz0012.']],
    ['$GENERATE 254-254 ${0,5,n}.r PTR h$', ['e.f.0.r 60 PTR h254.example.com.']],
    ['$GENERATE 254-254 ${0,8,N}r PTR h$', ['e.f.0.0.r 60 PTR h254.example.com.']],
    ['$GENERATE 1-1 a$$ TXT \\$ $$', ['a\\$ 60 TXT "$" "$"']],
    ['$GENERATE 1-2 m MX "$ mail$"', ['m 60 MX 1 mail1.example.com.', 'm 60 MX 2 mail2.example.com.']],
    ['$GENERATE 1-2 m MX $ mail$', ['m 60 MX 1 mail1.example.com.', 'm 60 MX 2 mail2.example.com.']],
    ['$GENERATE 3-3 t 9 TXT "a b$"', ['t 9 TXT "a" "b3"']],
    ['$GENERATE 3-3 t TXT "a b" "c$"', ['t 60 TXT "a b" "c3"']],
    [
      '$ORIGIN s\n$GENERATE 1-1 h$ CNAME x$\n A 192.0.2.1'.replace('\n A 192.0.2.1', ''),
      ['h1.s 60 CNAME x1.s.example.com.'],
    ],
  ])('%s', (text, expected) => expect(records(text)).toEqual(expected));

  test.each([
    ['$GENERATE 1 h$ A 192.0.2.$', 'zone-bad-generate'],
    ['$GENERATE 3-1 h$ A 192.0.2.$', 'zone-bad-generate'],
    ['$GENERATE 1-3/0 h$ A 192.0.2.$', 'zone-bad-generate'],
    ['$GENERATE 0-65536 h$ A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 1-9999999999 h$ A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 0-3 h${-1} A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 0-3 h${0,256} A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 0-3 h${0,1,q} A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 0-3 h${0 A 192.0.2.1', 'zone-bad-generate'],
    ['$GENERATE 0-3 h$', 'zone-missing-field'],
    ['$GENERATE 0-3 h$ B 1', 'zone-unknown-type'],
    ['$GENERATE 250-260 h$ A 192.0.2.$', 'zone-bad-value'],
  ])('%s is one error', (text, code) => {
    const { issues } = readMasterFile(HEAD + text, { file: 'db', origin: ORIGIN });
    expect(issues.map((issue) => `${issue.code} ${issue.place?.line}`)).toEqual([`${code} 4`]);
  });
  test('65536 steps are allowed', () => {
    expect(records('$GENERATE 0-65535 h$ TXT x')).toHaveLength(65_536);
  });
  test('many directives end in one error', () => {
    const { issues } = readMasterFile(HEAD + '$GENERATE 0-65535 h TXT x\n'.repeat(5), {
      file: 'db',
      origin: ORIGIN,
    });
    expect(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'zone-too-many-generated',
    ]);
  });
});
