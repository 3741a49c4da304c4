// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of $GENERATE
/** The reader against BIND's `named-checkzone`: the same files load, and load as the same records. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseName } from '../../../src/dns/data/name.ts';
import { readMasterFile } from '../../../src/dns/zone/master-file.ts';
import { lines } from './zone-text.ts';

const FOUND = spawnSync('named-checkzone', ['-v']).status === 0;
if (!FOUND)
  console.warn(
    'SKIPPED: named-checkzone (bind9-utils) is not installed; the cross-check with BIND does not run',
  );

const folder = mkdtempSync(join(tmpdir(), 'dnsdrill-zone-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'part.db'), 'part A 192.0.2.77\n$ORIGIN inner\nname A 192.0.2.78\n$TTL 77\n');

/** What BIND makes of a file: its dump in BIND's own spelling, or nothing when it refuses. */
function bind(text: string): string | undefined {
  const file = join(folder, 'db');
  writeFileSync(file, text);
  // `-i none`: no look-ups in the real DNS; -k, -m, -M, -S: rules for host names and aliases are not compared.
  const flags = ['-i', 'none', '-k', 'ignore', '-m', 'ignore', '-M', 'ignore', '-S', 'ignore', '-w', folder];
  const run = spawnSync('named-checkzone', [...flags, '-D', '-o', '-', 'example.com', file], {
    encoding: 'utf8',
  });
  return run.status === 0 ? run.stdout : undefined;
}

function ours(text: string): string[] | undefined {
  const { zone } = readMasterFile(text, {
    file: 'db',
    origin: parseName('example.com.'),
    readInclude: (path) => readFileSync(join(folder, path), 'utf8'),
  });
  return zone && lines([...zone.rrsets()]);
}

const HEAD = '$TTL 1h\n@ SOA ns hostmaster 1 2h 15m 2w 5m\n@ NS ns\nns A 192.0.2.53\n';

const GOOD: readonly (readonly [string, string])[] = [
  ['every type', readFileSync('scenarios/zones/every-type.example.com.zone', 'utf8')],
  [
    'TTL and class in any order',
    `${HEAD}a 5 IN A 192.0.2.1\nb IN 1h30m A 192.0.2.1\nc IN A 192.0.2.1\nd A 192.0.2.1\n TXT x\n\t TXT y\n`,
  ],
  [
    'brackets, comments, escapes',
    `${HEAD}a TXT ( "x;y" ; no\n (z) \n\n"\\"q\\"" \\065\\200 ) \nb\\.c\\032d TXT "a\\\\b"\ne TXT a"b"c ; end`,
  ],
  [
    'origins',
    `${HEAD}$ORIGIN sub\na A 192.0.2.1\n$ORIGIN deep\nb A 192.0.2.2\n@ TXT @\n$ORIGIN example.com.\nc CNAME @\n`,
  ],
  ['$TTL again', `${HEAD}a A 192.0.2.1\n$TTL 7\nb A 192.0.2.1\n c 9 A 192.0.2.1\n`.replace('\n c', '\nc')],
  [
    'no $TTL but a TTL in the SOA',
    '@ 9 SOA . . 1 2 3 4 5\n NS ns.example.net.\na 7 A 192.0.2.1\nb A 192.0.2.1\n',
  ],
  ['no TTL at all', '@ SOA . . 1 2 3 4 5\n NS ns.example.net.\na 7 A 192.0.2.1\nb A 192.0.2.1\n'],
  ['$INCLUDE', `${HEAD}x TXT before\n$INCLUDE part.db\n TXT after\n$INCLUDE part.db sub\ny TXT z\n`],
  [
    '$GENERATE',
    `${HEAD}$GENERATE 1-3 h$ A 192.0.2.$\n$GENERATE 0-6/2 i\${1,3,d} A 192.0.2.\${10}\n` +
      '$GENERATE 10-12 x${0,4,x}y${0,0,X}z${5,5,o} 7 IN CNAME ns\n$GENERATE 254-257 ${0,5,n}.n A 10.0.0.1\n' +
      '$GENERATE 254-257 ${0,2,N}.b A 10.0.0.1\n$GENERATE 30-31 ${0,8,n}c PTR h$\n$GENERATE 1-2 mx$ MX "10 ns$"\n' +
      '$GENERATE 1-2 q$$$ TXT "a b$"\n$GENERATE 1-2 e\\$$ TXT a$\n',
  ],
  [
    'generic types and data',
    `${HEAD}a TYPE65280 \\# 4 ( 0a 00\n0001 )\nb TYPE1 \\# 4 0A000001\nc MX \\# 5 000A016100\nd CLASS1 TYPE65281 \\# 0\n`,
  ],
  ['duplicates', `${HEAD}a 60 A 192.0.2.1\na 60 A 192.0.2.2\nA 60 A 192.0.2.1\n`],
  ['data out of the zone', `${HEAD}a.example.org. A 192.0.2.1\nb A 192.0.2.1\n`],
  ['wildcards and empty non-terminals', `${HEAD}*.w A 192.0.2.1\na.*.w TXT x\nx.y.z A 192.0.2.1\n`],
  ['delegations', `${HEAD}c NS ns.c\nns.c A 192.0.2.1\nc DS 1 13 2 ${'AB'.repeat(32)}\nd NS ns.c\n`],
  [
    'CNAME with its signature',
    `${HEAD}a CNAME b\na RRSIG CNAME 13 3 60 20300101000000 20250101000000 1 @ AAAA\n`,
  ],
  ['DNAME beside data', `${HEAD}a DNAME b.example.net.\na TXT x\n`],
  [
    'SVCB in all its forms',
    `${HEAD}a SVCB 0 b\na HTTPS 1 . alpn="h2,h3" no-default-alpn port=8443\nb SVCB 2 c mandatory=port port=1 key65000="x y"\nc HTTPS 1 . ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=::1 ech=AQID\n`,
  ],
  [
    'more types',
    `${HEAD}a SSHFP 4 2 ${'AB'.repeat(32)}\na NAPTR 1 2 "s" "x" "" r\na URI 1 2 "http://x/"\na HINFO PC Linux\na RP b .\na TLSA 3 1 1 ( ab\ncd )\na SPF "v=spf1"\na AFSDB 1 b\na KX 1 b\na OPENPGPKEY AQID\na CSYNC 1 3 A NS\na CDS 0 0 0 00\na CDNSKEY 0 3 0 AA==\na SMIMEA 3 1 1 abcd\na CAA 128 Issue "x"\n`,
  ],
  [
    'odd white space and line ends',
    `${HEAD.replaceAll('\n', '\r\n')}a\t\t A\t192.0.2.1 \t; x\r\n\r\n   \r\n b TXT x`.replace('\n b', '\nb'),
  ],
];

const BAD: readonly (readonly [string, string])[] = [
  ['no SOA', '$TTL 5\n@ NS ns.example.net.\n'],
  ['no NS', '$TTL 5\n@ SOA . . 1 2 3 4 5\n'],
  ['SOA elsewhere', `${HEAD}a SOA . . 1 2 3 4 5\n`],
  ['two SOA records', `${HEAD}@ SOA . . 2 2 3 4 5\n`],
  ['CNAME beside data', `${HEAD}a CNAME b\na TXT x\n`],
  ['two CNAMEs', `${HEAD}a CNAME b\na CNAME c\n`],
  ['two DNAMEs', `${HEAD}a DNAME b.\na DNAME c.\n`],
  ['CNAME beside DNAME', `${HEAD}a CNAME b\na DNAME c.\n`],
  ['an unknown type', `${HEAD}a AA 192.0.2.1\n`],
  ['an unknown directive', `${HEAD}$ORIGN x\n`],
  ['a bad address', `${HEAD}a A 192.0.2.256\n`],
  ['too much data', `${HEAD}a A 192.0.2.1 192.0.2.2\n`],
  ['too little data', `${HEAD}a MX 10\n`],
  ['an open quote', `${HEAD}a TXT "x\nb TXT y"\n`],
  ['an open bracket', `${HEAD}a TXT ( x\n`],
  ['a stray bracket', `${HEAD}a TXT x )\n`],
  ['an empty label', `${HEAD}a..b A 192.0.2.1\n`],
  ['a long label', `${HEAD}${'x'.repeat(64)} A 192.0.2.1\n`],
  ['a long name', `${HEAD}${'x.'.repeat(125)}x A 192.0.2.1\n`],
  ['a bad escape', `${HEAD}a\\300 A 192.0.2.1\n`],
  ['a question type', `${HEAD}a AXFR x\n`],
  ['another class', `${HEAD}a CH TXT x\n`],
  ['a long string', `${HEAD}a TXT ${'x'.repeat(256)}\n`],
  ['a generic length', `${HEAD}a TYPE65280 \\# 3 0a\n`],
  ['a broken known type in generic form', `${HEAD}a A \\# 3 0a0000\n`],
  ['a DS digest of wrong length', `${HEAD}a DS 1 13 2 ABCD\na NS ns\n`],
  ['bad base64', `${HEAD}@ DNSKEY 257 3 13 A*==\n`],
  ['a missing mandatory parameter', `${HEAD}a SVCB 1 . mandatory=alpn\n`],
  ['a parameter twice', `${HEAD}a SVCB 1 . port=1 port=2\n`],
  ['a missing file', `${HEAD}$INCLUDE none.db\n`.replace('none', 'part2')],
  ['an inverted range', `${HEAD}$GENERATE 3-1 h$ A 192.0.2.1\n`],
];

describe.skipIf(!FOUND)('BIND accepts it, and so do we, with the same records', () => {
  test.each(GOOD)('%s', (_what, text) => {
    const dump = bind(text);
    expect(dump).toBeDefined();
    expect(ours(text)).toEqual(ours(dump!));
    expect(ours(text)!.length).toBeGreaterThan(2);
  });
});

describe.skipIf(!FOUND)('BIND refuses it, and so do we', () => {
  test.each(BAD)('%s', (_what, text) => {
    expect(bind(text)).toBeUndefined();
    const safe = text.includes('part2') ? { file: 'db', readInclude: () => undefined } : { file: 'db' };
    expect(readMasterFile(text, { ...safe, origin: parseName('example.com.') }).zone).toBeUndefined();
  });
});

describe.skipIf(!FOUND)('where we differ from BIND on purpose', () => {
  test.each([
    ['nothing may stand below a DNAME (RFC 6672 §2.4)', `${HEAD}a DNAME b.\nx.a A 192.0.2.1\n`],
    ['names beyond ASCII are A-labels', `${HEAD}bücher A 192.0.2.1\n`],
    ['a TTL beyond 2^31-1 is an error, not 0', `${HEAD}a 4294967295 A 192.0.2.1\n`],
  ])('refused: %s', (_what, text) => {
    expect(bind(text)).toBeDefined();
    expect(ours(text)).toBeUndefined();
  });
  test('accepted: a $GENERATE of several words', () => {
    const text = `${HEAD}$GENERATE 1-2 m MX $ ns\n`;
    expect(bind(text)).toBeUndefined();
    expect(ours(text)).toBeDefined();
  });
  test('an RRset has the smallest TTL (RFC 2181 §5.2), not the first', () => {
    const text = `${HEAD}a 60 A 192.0.2.1\na 30 A 192.0.2.2\n`;
    expect(ours(bind(text)!)).toContain('a.example.com. 60 A 192.0.2.2');
    expect(ours(text)).toContain('a.example.com. 30 A 192.0.2.1');
  });
});
