/** The reader against random and damaged text, and reader against writer. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameFromLabels, parseName } from '../../../src/dns/data/name.ts';
import { octetString } from '../../../src/dns/data/octets.ts';
import { rdataFromOctets, rdataFromText } from '../../../src/dns/data/rdata-text.ts';
import { makeRRset, type RRset } from '../../../src/dns/data/rrset.ts';
import { type MasterFileResult, readMasterFile } from '../../../src/dns/zone/master-file.ts';
import { writeMasterFile } from '../../../src/dns/zone/master-file-writer.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';
import { lines } from './zone-text.ts';

const ORIGIN = parseName('example.com.');
const EVERY_TYPE = readFileSync('scenarios/zones/every-type.example.com.zone', 'utf8');
const DIRECTIVES = `$TTL 5m
@ IN SOA ns hostmaster ( 1 2 3 4 5 )
@ NS ns
$ORIGIN sub
$GENERATE 1-20/3 h\${0,3,d} 60 IN MX "10 mail$"
$INCLUDE part.db other
a TXT "x\\"y" \\# \\035
x TYPE65280 \\# 3 ( ab
  cd ef )
`;

function read(text: string): MasterFileResult {
  return readMasterFile(text, {
    file: 'db',
    origin: ORIGIN,
    readInclude: () => 'i 5 A 192.0.2.1\n$INCLUDE more.db\n',
  });
}

/** Every result is either a zone or explains itself; a zone that was read is written and read as the same. */
function holds(text: string): void {
  const { zone, issues } = read(text);
  expect(zone === undefined).toBe(issues.some(({ severity }) => severity === 'error'));
  for (const { place, code } of issues) {
    expect(code).toMatch(/^zone-[a-z-]+$/);
    expect(place!.line).toBeGreaterThanOrEqual(1);
    expect(place!.column).toBeGreaterThanOrEqual(1);
  }
  if (zone)
    expect(content(readMasterFile(writeMasterFile(zone), { file: 'db' }))).toEqual(
      content({ zone, issues: [] }),
    );
}

function content({ zone }: MasterFileResult): string[] {
  return zone ? [zone.origin, ...lines([...zone.rrsets()])] : ['no zone'];
}

describe('any text', () => {
  test('random octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }).map(octetString), holds), {
      seed: 10,
      numRuns: 2_000,
    });
  });
  test('random characters of the format', () => {
    const piece = fc.constantFrom(
      'a',
      '@',
      '.',
      '\\',
      '"',
      '(',
      ')',
      ';',
      '\n',
      ' ',
      '\t',
      '\r',
      '0',
      '60',
      'IN',
      'A',
      'MX',
      'SOA',
      'NS',
      'TXT',
      'SVCB',
      '\\#',
      '$',
      '$TTL',
      '$ORIGIN',
      '$INCLUDE',
      '$GENERATE',
      '1-9',
      '${',
      '}',
      ',',
      '192.0.2.1',
      '*',
      '=',
      'key1',
      'é',
      '\u0000',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 80 }).map((all) => all.join('')),
        holds,
      ),
      { seed: 11, numRuns: 4_000 },
    );
  });
  test('damaged zones', () => {
    const wreck = fc.array(
      fc.record({
        at: fc.nat(10_000),
        length: fc.nat(6),
        what: fc.constantFrom(
          '',
          '',
          '"',
          '\\',
          '(',
          ')',
          ';',
          '\n',
          ' ',
          '.',
          '@',
          '9',
          '999999999999',
          'x',
          '$',
          '\u00ff',
          '\n$GENERATE 1-300 ',
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    let zones = 0;
    fc.assert(
      fc.property(fc.constantFrom(EVERY_TYPE, DIRECTIVES), wreck, (text, cuts) => {
        let damaged = text;
        for (const { at, length, what } of cuts) {
          const start = at % damaged.length;
          damaged = damaged.slice(0, start) + what + damaged.slice(start + length);
        }
        holds(damaged);
        if (read(damaged).zone) zones++;
      }),
      { seed: 12, numRuns: 3_000 },
    );
    expect(zones).toBeGreaterThan(100);
  });
  test.each([
    ['one long word', 'a'.repeat(1_000_000)],
    ['one long quoted text', `a 5 TXT "${'x'.repeat(1_000_000)}"`],
    ['backslashes', '\\'.repeat(1_000_000)],
    ['dots', '.'.repeat(1_000_000)],
    ['open parentheses', '('.repeat(1_000_000)],
    ['closing parentheses', ')\n'.repeat(300_000)],
    ['quotes', '"\n'.repeat(300_000)],
    ['empty lines', '\n'.repeat(1_000_000)],
    ['one record of many words', `a 5 TXT ${'x '.repeat(300_000)}`],
    ['one hexadecimal number in pieces', `a 5 TYPE65280 \\# 3 ${'ab '.repeat(300_000)}`],
    ['many types', `a 5 NSEC b ${'A TYPE9999 '.repeat(200_000)}`],
    ['many parameters', `a 5 SVCB 1 . ${Array.from({ length: 60_000 }, (_, i) => `key${i + 9}`).join(' ')}`],
    ['a long counter', `$GENERATE 0-9 ${'$'.repeat(300_001)} A 192.0.2.1`],
    ['a deep name', `${'a.'.repeat(127)} 5 A 192.0.2.1\n`.repeat(2_000)],
  ])('%s ends', (_what, text) => holds(text));
});

describe('reader and writer', () => {
  const octets = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 6,
  });
  const owner = fc.array(octets, { maxLength: 3 }).map((all) => nameFromLabels([...all, 'example', 'com']));
  const rdata = fc.oneof(
    fc
      .uint8Array({ minLength: 4, maxLength: 4 })
      .map((value) => ({ type: 1, rdata: rdataFromOctets(1, value) })),
    fc.uint8Array({ maxLength: 9 }).map((value) => ({ type: 65280, rdata: rdataFromOctets(65280, value) })),
    fc
      .uint8Array({ maxLength: 9 })
      .map((value) => ({ type: 16, rdata: rdataFromOctets(16, Uint8Array.from([value.length, ...value])) })),
    owner.map((target) => ({ type: 12, rdata: rdataFromText(12, target) })),
    owner.map((target) => ({ type: 65, rdata: rdataFromText(65, `1 ${target} alpn=h2`) })),
  );
  const rrset = fc
    .record({ name: owner, ttl: fc.nat(2_147_483_647), data: rdata, more: rdata })
    .map(
      ({ name, ttl, data, more }): RRset =>
        makeRRset(name, data.type, ttl, data.type === more.type ? [data.rdata, more.rdata] : [data.rdata]),
    );
  const SOA: RRset = { name: ORIGIN, type: 6, ttl: 60, rdata: [rdataFromText(6, '. . 1 2 3 4 5')] };
  const NS: RRset = { name: ORIGIN, type: 2, ttl: 60, rdata: [rdataFromText(2, 'ns.example.net.')] };

  test('what is written reads back as the same zone', () => {
    fc.assert(
      fc.property(fc.array(rrset, { maxLength: 8 }), (sets) => {
        const zone = Zone.of(ORIGIN, [SOA, NS, ...sets]);
        const text = writeMasterFile(zone);
        expect(text).toMatch(/^[\n -~]*$/);
        const again = read(text);
        expect(again.issues).toEqual([]);
        expect(content(again)).toEqual(content({ zone, issues: [] }));
        expect(writeMasterFile(again.zone!)).toBe(text);
      }),
      { seed: 13, numRuns: 800 },
    );
  });
  test('the root zone too', () => {
    const zone = Zone.of(parseName('.'), [
      { ...SOA, name: parseName('.') },
      { ...NS, name: parseName('.') },
      { ...NS, name: parseName('com.') },
    ]);
    expect(writeMasterFile(zone)).toBe(
      '$ORIGIN .\n@ 60 IN SOA . . 1 2 3 4 5\n@ 60 IN NS ns.example.net.\ncom 60 IN NS ns.example.net.\n',
    );
    expect(content(readMasterFile(writeMasterFile(zone), { file: 'db' }))).toEqual(
      content({ zone, issues: [] }),
    );
  });
});
