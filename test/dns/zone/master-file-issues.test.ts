import { describe, expect, test } from 'vitest';
import { parseName } from '../../../src/dns/data/name.ts';
import { readMasterFile } from '../../../src/dns/zone/master-file.ts';

const ORIGIN = parseName('example.com.');
const HEAD = '@ 60 SOA ns h 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n';

/** `severity line:column code` of every issue. */
function issues(text: string): string[] {
  return readMasterFile(text, { file: 'db', origin: ORIGIN }).issues.map(
    ({ severity, place, code }) => `${severity} ${place!.line}:${place!.column} ${code}`,
  );
}

describe('errors in one entry: place and code', () => {
  test.each([
    ['a 60 AA 192.0.2.1', 'error 4:6 zone-unknown-type'],
    ['a 60 IN', 'error 4:6 zone-missing-field'],
    ['a', 'error 4:1 zone-missing-field'],
    ['a 60 A', 'error 4:6 zone-missing-field'],
    ['a 60 A 192.0.2.300', 'error 4:8 zone-bad-value'],
    ['a 60 A 192.0.2.1 x', 'error 4:18 zone-extra-field'],
    ['a 60 MX 10', 'error 4:9 zone-missing-field'],
    ['a 60 MX (\n 10\n mail..x )', 'error 6:2 zone-empty-label'],
    ['a 1x A 192.0.2.1', 'error 4:3 zone-bad-ttl'],
    ['a 2147483648 A 192.0.2.1', 'error 4:3 zone-bad-ttl'],
    ['a 60 60 A 192.0.2.1', 'error 4:6 zone-unknown-type'],
    ['a 60 CH A 192.0.2.1', 'error 4:6 zone-class'],
    ['a 60 CLASS32 A 192.0.2.1', 'error 4:6 zone-class'],
    ['a 60 ANY x', 'error 4:6 zone-meta-type'],
    ['a 60 AXFR x', 'error 4:6 zone-meta-type'],
    ['a 60 TYPE0 \\# 0', 'error 4:6 zone-meta-type'],
    ['"a" 60 A 192.0.2.1', 'error 4:1 zone-quoted-field'],
    ['a..b 60 A 192.0.2.1', 'error 4:1 zone-empty-label'],
    ['bücher 60 A 192.0.2.1', 'error 4:1 zone-bad-character'],
    ['a 60 TXT "open', 'error 4:10 zone-open-quote'],
    ['a 60 TXT ( open', 'error 4:10 zone-open-parenthesis'],
    ['a 60 TXT ( (\n x ) y', 'error 4:10 zone-open-parenthesis'],
    ['a 60 TXT x )', 'error 4:12 zone-stray-parenthesis'],
    ['$TTL', 'error 4:1 zone-missing-field'],
    ['$TTL soon', 'error 4:6 zone-bad-ttl'],
    ['$TTL 1 2', 'error 4:8 zone-extra-field'],
    ['$ORIGIN a..b', 'error 4:9 zone-empty-label'],
    ['$ORIGN x', 'error 4:1 zone-unknown-directive'],
    ['a 60 LOC 51 30 N 0 W 0m', 'error 4:6 zone-generic-only'],
  ])('%s', (entry, expected) => expect(issues(HEAD + entry)).toEqual([expected]));

  test('reading goes on behind every error', () => {
    const text = `${HEAD}a 60 AA x\nb 60 TXT "open\nc 60 TXT x )\nd 60 MX ten mail\n  60 A 192.0.2.1\n.. 60 A 192.0.2.1\n  60 A 192.0.2.2\n`;
    expect(issues(text)).toEqual([
      'error 4:6 zone-unknown-type',
      'error 5:10 zone-open-quote',
      'error 6:12 zone-stray-parenthesis',
      'error 7:9 zone-bad-value',
      'error 9:1 zone-empty-label',
      'error 10:3 zone-no-owner',
    ]);
  });
  test('a thousand errors are enough', () => {
    const found = issues(`${HEAD}${'a 60 AA x\n'.repeat(5_000)}`);
    expect(found).toHaveLength(1_001);
    expect(found.at(-1)).toBe('error 1003:6 zone-too-many-errors');
  });
  test('so are a thousand warnings', () => {
    const found = issues(`${HEAD}${'a 60 A 192.0.2.1\n'.repeat(5_000)}`);
    expect(found).toHaveLength(1_001);
    expect(found.at(-1)).toBe('warning 1:1 zone-too-many-warnings');
  });
  test('no TTL anywhere', () =>
    expect(issues('@ NS ns\n@ 60 SOA . . 1 2 3 4 5\n')).toEqual(['error 1:3 zone-no-ttl']));
});

describe('hints', () => {
  const hint = (entry: string): string =>
    readMasterFile(HEAD + entry, { file: 'db', origin: ORIGIN }).issues[0]?.hint ?? 'none';
  test.each([
    ['a 60 CNMAE b', "did you mean 'CNAME'?"],
    ['a 60 AAA ::1', "did you mean 'AAAA'?"],
    ['$INCLUED x', "did you mean '$INCLUDE'?"],
    ['a 60 192.0.2.1', 'unknown types are TYPE1234'],
    ['a 60 LOC 51', '\\# length hex'],
    ['a 60 CH A 192.0.2.1', 'class IN'],
    ['bücher 60 A 192.0.2.1', 'xn--'],
  ])('%s', (entry, expected) => expect(hint(entry)).toContain(expected));
});

describe('errors of the zone as a whole', () => {
  const SOA = '@ 60 SOA ns.x. h 1 2 3 4 5\n';
  const NS = '@ 60 NS ns.x.\n';
  test.each([
    ['no SOA', NS, ['error 1:1 zone-no-soa']],
    ['nothing at all', '', ['error 1:1 zone-no-soa']],
    ['no NS', SOA, ['error 1:1 zone-no-ns']],
    ['two SOA records', `${SOA}@ 60 SOA ns.x. h 2 2 3 4 5\n${NS}`, ['error 2:1 zone-several-records']],
    ['a SOA elsewhere', `${SOA}${NS}a 60 SOA ns.x. h 1 2 3 4 5\n`, ['error 3:1 zone-soa-not-at-apex']],
    ['CNAME beside data', `${SOA}${NS}a 60 CNAME b\na 60 TXT x\n`, ['error 3:1 zone-cname-beside-data']],
    ['CNAME at the apex', `${SOA}${NS}@ 60 CNAME b\n`, ['error 3:1 zone-cname-beside-data']],
    ['two CNAMEs', `${SOA}${NS}a 60 CNAME b\na 60 CNAME c\n`, ['error 4:1 zone-several-records']],
    ['CNAME beside DNAME', `${SOA}${NS}a 60 DNAME b\na 60 CNAME c\n`, ['error 4:1 zone-cname-beside-data']],
    ['two DNAMEs', `${SOA}${NS}a 60 DNAME b\na 60 DNAME c\n`, ['error 4:1 zone-several-records']],
    ['below a DNAME', `${SOA}${NS}a 60 DNAME b\nx.y.a 60 TXT c\n`, ['error 4:1 zone-below-dname']],
    ['DNAME at a cut', `${SOA}${NS}a 60 DNAME b\na 60 NS c.\n`, ['error 3:1 zone-dname-at-cut']],
    [
      'absence is not reported where an entry could not be read',
      '@ 60 SAO\n',
      ['error 1:6 zone-unknown-type'],
    ],
  ])('%s', (_what, text, expected) => expect(issues(text)).toEqual(expected));
  test.each([
    [
      'CNAME beside its signature and NSEC',
      'a 60 CNAME b.x.\na 60 NSEC b CNAME\na 60 RRSIG CNAME 13 3 60 1 1 1 @ AAAA\n',
    ],
    ['DNAME beside data', 'a 60 DNAME b\na 60 TXT x\n'],
    ['DNAME at the apex, hashed names below', '@ 60 DNAME b.\n00 60 NSEC3 1 0 0 - 00 A\n'],
    ['a name beside a DNAME', 'a 60 DNAME b\nxa 60 TXT x\n'],
    ['several cuts', 'a 60 NS ns.x.\nb.a 60 NS ns.x.\n'],
  ])('no error: %s', (_what, text) => expect(issues(SOA + NS + text)).toEqual([]));
});

describe('warnings', () => {
  test.each([
    ['out of the zone', 'a.example.org. 60 A 192.0.2.1', 'warning 4:1 zone-out-of-zone'],
    ['differing TTLs', 'a 60 A 192.0.2.1\na 30 A 192.0.2.2', 'warning 5:1 zone-differing-ttl'],
    ['a record twice', 'a 60 A 192.0.2.1\nA 60 A 192.0.2.1', 'warning 5:1 zone-duplicate-record'],
    ['missing glue', 'c 60 NS ns.c\nc 60 NS ns.x.', 'warning 4:1 zone-missing-glue'],
    ['a name server without address', 'c 60 NS nowhere', 'warning 4:1 zone-target-without-address'],
    ['a name server that is an alias', 'c 60 NS w\nw 60 CNAME ns', 'warning 4:1 zone-target-is-alias'],
    ['a mail exchange that is an alias', 'c 60 MX 1 w\nw 60 CNAME ns', 'warning 4:1 zone-target-is-alias'],
    ['an alias by wildcard', 'c 60 MX 1 x.w\n*.w 60 CNAME ns', 'warning 4:1 zone-target-is-alias'],
    [
      'a service host that is an alias',
      'c 60 SRV 1 1 1 w\nw 60 CNAME ns',
      'warning 4:1 zone-target-is-alias',
    ],
    ['a mail exchange that is not', 'c 60 MX 1 nx', 'warning 4:1 zone-target-without-address'],
    ['DS at the apex', `@ 60 DS 1 13 2 ${'00'.repeat(32)}`, 'warning 4:1 zone-ds-at-apex'],
  ])('%s', (_what, text, expected) => {
    expect(issues(HEAD + text)).toEqual([expected]);
    expect(readMasterFile(HEAD + text, { file: 'db', origin: ORIGIN }).zone).toBeDefined();
  });
  test.each([
    ['glue in AAAA only', 'c 60 NS ns.c\nns.c 60 AAAA ::1'],
    ['a host by wildcard', 'c 60 MX 1 x.w\n*.w 60 A 192.0.2.1'],
    ['hosts of other zones', 'c 60 MX 1 mail.example.org.\nc 60 SRV 0 0 0 .\nd 60 MX 0 .'],
    ['sibling name servers', 'c 60 NS ns.d\nd 60 NS ns.d\nns.d 60 A 192.0.2.1'],
    ['a host behind a DNAME', 'c 60 MX 1 x.d\nd 60 DNAME example.net.'],
    ['PTR to anything', 'c 60 PTR nx'],
    [
      'signatures with differing TTLs',
      'c 60 RRSIG A 13 3 60 1 1 1 @ AAAA\nc 30 RRSIG TXT 13 3 30 1 1 1 @ AAAA',
    ],
  ])('none for %s', (_what, text) => expect(issues(HEAD + text)).toEqual([]));
  test('a mailbox written as an address', () => {
    const { zone, issues: found } = readMasterFile(HEAD.replace('ns h', 'ns h@example.com.'), {
      file: 'db',
      origin: ORIGIN,
    });
    expect(found.map(({ code, hint }) => `${code}: ${hint}`)).toEqual([
      'zone-mailbox-with-at: write the mailbox hostmaster@example.com as the name hostmaster.example.com.',
    ]);
    expect(zone).toBeDefined();
  });
  test('the smallest TTL of a set is used, and a duplicate kept once', () => {
    const { zone } = readMasterFile(`${HEAD}a 60 A 192.0.2.1\na 30 A 192.0.2.2\na 60 A 192.0.2.1`, {
      file: 'db',
      origin: ORIGIN,
    });
    const set = zone!.get(parseName('a', ORIGIN), 1)!;
    expect([set.ttl, set.rdata.length]).toEqual([30, 2]);
  });
});
