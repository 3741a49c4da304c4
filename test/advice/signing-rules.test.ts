/**
 * Rules about signatures and keys, on a zone that dnssec-signzone has signed: as it is nothing is wrong with it, and every
 * row breaks one thing. Key tags and digests are those that BIND's tools tell of the same keys.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { type LintInput, lint } from '../../src/index.ts';
import { SIGNING_RULES } from './tables.ts';

/** The zone with a record on every line, owner first. */
const RECORDS: readonly string[] = flat(
  readFileSync(new URL('zones/signed.example.zone', import.meta.url), 'utf8'),
);

function flat(text: string): string[] {
  const lines = text
    .replaceAll(/(^|\s);.*$/gm, '')
    .replaceAll(/\(([^)]*)\)/g, (_, inner: string) => inner.replaceAll(/\s+/g, ' '))
    .split('\n')
    .filter((line) => line.trim() !== '');
  let owner = '';
  return lines.map((line) => {
    owner = /^\S+/.exec(line)?.[0] ?? owner;
    return `${owner} ${line.replace(/^\S+/, '').trim().replaceAll(/\s+/g, ' ')}`;
  });
}

/** Told by dnssec-signzone and dnssec-dsfromkey 9.18. */
const KSK = 59117;
const ZSK = 2783;
const SHA256 = `${KSK} 13 2 C77817E5959682D37644F131838E818528191A4B35045DAB81C406723AC24FCA`;
const SHA1 = `${KSK} 13 1 625A19DFFC3FD4C34CC86341B75066B1FCD34EB7`;
const KSK_RDATA =
  '257 3 13 wfreAqh79t2MCRUBH62OWyn0+HRwJ/uDSd7uZvlS4pb3TYUY1+sqIOnhI9cdNmjhoeo7dji6WdO3bD4EXw/bfw==';
/** Made by `dnssec-keygen -a RSASHA1 -b 1024`, which tells the tag 11959. */
const RSA_RDATA =
  '257 3 5 AwEAAcE9yRXXZn5kDv0gPPFa+mCziDzmb+BPrzXmEmVcOQs5lGhP0he/NsBw5N9fGPYKX/h1qmik3qEi5BDRgM/zqEUdmZnFgcc6UIgeVNHUrMYYOGcuSkbvp5+wW8yHxtw1kNnw7sZCM7szHwSIpgLiTq0/7AxSgyotFNlp1U0wTLtJ';

type Edit = (record: string) => string | undefined;
const drop =
  (pattern: RegExp): Edit =>
  (record) =>
    pattern.test(record) ? undefined : record;
const swap =
  (pattern: RegExp, by: string): Edit =>
  (record) =>
    record.replace(pattern, by);

const zoneOf = (edit: Edit, more: readonly string[] = []): LintInput => ({
  text: [...RECORDS.flatMap((record) => edit(record) ?? []), ...more].join('\n'),
  file: 'signed.example.zone',
  origin: 'signed.example',
});
const same: Edit = (record) => record;

function found(rule: string, inputs: readonly LintInput[]): string[] {
  const { report, issues } = lint(inputs, { only: [rule] });
  if (!report) throw new Error(JSON.stringify(issues));
  return report.findings.map(({ severity, message }) => `${severity}: ${message}`);
}

const APEX_RRSIG = /^signed\.example\. \d+ (IN )?RRSIG /;

const ROWS: readonly [
  rule: string,
  what: string,
  edit: Edit,
  more: readonly string[],
  found: readonly string[],
][] = [
  [
    'dnssec-incomplete',
    'no signatures',
    drop(/ RRSIG [A-Z]/),
    [],
    ['warning: signed.example has keys and no signatures'],
  ],
  [
    'dnssec-incomplete',
    'no keys',
    drop(/ DNSKEY \d/),
    [],
    ['error: signed.example has signatures and no DNSKEY'],
  ],
  [
    'dnssec-incomplete',
    'a set unsigned',
    drop(/^www.* RRSIG A /),
    [],
    ['warning: no signature covers www.signed.example A'],
  ],
  [
    'dnssec-incomplete',
    'records below the cut and the NS set at it need none',
    same,
    ['sub.signed.example. 60 NS ns3.sub.signed.example.', 'ns3.sub.signed.example. 60 A 192.0.2.3'],
    [],
  ],
  [
    'dnssec-incomplete',
    'the zone key taken out too early',
    drop(/ DNSKEY 256 /),
    [],
    [
      `error: key ${ZSK} (algorithm 13) has signed signed.example SOA, signed.example NS, signed.example MX and 18 more and is not published in signed.example`,
    ],
  ],
  [
    'dnssec-incomplete',
    'signatures left over from a key that is gone',
    same,
    ['www.signed.example. 300 RRSIG A 13 3 300 20261201000000 20261101000000 4711 signed.example. YYsM'],
    ['note: key 4711 (algorithm 13) has signed www.signed.example A and is not published in signed.example'],
  ],
  [
    'dnssec-incomplete',
    'a key of a new algorithm before its signatures',
    same,
    ['signed.example. 3600 DNSKEY 256 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4='],
    [
      'warning: algorithm 15 has a key and no signature of signed.example SOA, signed.example NS, signed.example MX and 18 more',
    ],
  ],
  [
    'dnssec-incomplete',
    'keys not signed by the entry point',
    drop(new RegExp(` RRSIG DNSKEY .* ${KSK} `)),
    [],
    ['warning: the keys of signed.example are not signed by a key with the SEP flag'],
  ],
  [
    'dnssec-incomplete',
    'no proofs',
    drop(/ NSEC /),
    [],
    ['warning: signed.example is signed and has neither NSEC nor NSEC3'],
  ],
  [
    'signature-fields',
    'another signer',
    swap(/^(www.* RRSIG A .* )signed\.example\. /, '$1example. '),
    [],
    ['error: www.signed.example A is signed in the name of another zone'],
  ],
  [
    'signature-fields',
    'copied from another owner',
    same,
    [
      'new.signed.example. 60 A 192.0.2.7',
      `new.signed.example. 60 RRSIG A 13 4 60 20261201000000 20261101000000 ${ZSK} signed.example. YYsM`,
    ],
    ['error: new.signed.example A is signed for another number of labels than the name has'],
  ],
  [
    'signature-fields',
    'times the wrong way round',
    swap(/^(www.* RRSIG A .*)20261201000000 20261101000000/, '$120261101000000 20261101000000'),
    [],
    ['error: www.signed.example A is signed for a time that ends before it begins'],
  ],
  [
    'signature-fields',
    'the TTL changed since',
    swap(/^(www\S*) 300 (IN )?A /, '$1 60 A '),
    [],
    ['warning: www.signed.example A is signed with another TTL than it has'],
  ],
  [
    'signature-fields',
    'the set taken out since',
    drop(/^www\S* \d+ (IN )?AAAA /),
    [],
    ['note: www.signed.example AAAA is signed and not there'],
  ],
  [
    'signature-expiry',
    'one forgotten when the rest was signed anew',
    swap(/^(www.* RRSIG A .*)20261201000000 20261101000000/, '$120261025000000 20260925000000'),
    [],
    ['error: the signature of www.signed.example A had expired when the newest was made'],
  ],
  [
    'signature-expiry',
    'shorter than the SOA expiry',
    swap(/20261201000000/, '20261105000000'),
    [],
    ['note: secondaries keep signed.example for 7 d, its signatures last 4 d'],
  ],
  [
    'signature-expiry',
    'shorter than a TTL',
    swap(/20261201000000/, '20261101003000'),
    [],
    [
      'warning: signatures of signed.example last 30 min after the newest, its TTLs reach 1 h',
      'note: secondaries keep signed.example for 7 d, its signatures last 30 min',
    ],
  ],
  [
    'dnssec-algorithm',
    'RSA with SHA-1',
    swap(/(DNSKEY) 257 3 13 .*$/, `$1 ${RSA_RDATA}`),
    [],
    [
      'warning: signed.example has a key of algorithm 5 (RSASHA1)',
      'note: key 11959 of signed.example is RSA of 1024 bits',
    ],
  ],
  [
    'dnssec-algorithm',
    'SHA-1 alone',
    same,
    [`sub.signed.example. 60 DS ${SHA1}`],
    ['warning: the DS of sub.signed.example has a digest of type 1 (SHA-1)'],
  ],
  [
    'dnssec-algorithm',
    'SHA-1 beside SHA-256',
    same,
    [`sub.signed.example. 60 DS ${SHA1}`, `sub.signed.example. 60 DS ${SHA256}`],
    ['note: the DS of sub.signed.example has a digest of type 1 (SHA-1)'],
  ],
  [
    'unusable-key',
    'no zone key',
    swap(/DNSKEY 256 3/, 'DNSKEY 0 3'),
    [],
    ['error: key 2527 has the flags 0, which lack the zone key bit (256)'],
  ],
  [
    'unusable-key',
    'another protocol',
    swap(/DNSKEY 256 3/, 'DNSKEY 256 2'),
    [],
    ['error: key 2527 has the protocol 2, not 3'],
  ],
  [
    'unusable-key',
    'below the apex',
    same,
    [`www.signed.example. 60 DNSKEY ${KSK_RDATA}`],
    [`error: key ${KSK} stands at www.signed.example, not at the apex`],
  ],
  [
    'key-rotation',
    'nothing announced',
    same,
    [],
    [
      `note: signed.example has key ${KSK}, no successor and no CDS: a new key waits for somebody at the parent`,
    ],
  ],
  ['key-rotation', 'a CDS', same, [`signed.example. 3600 CDS ${SHA256}`], []],
  [
    'key-rotation',
    'a successor waiting',
    same,
    [
      'signed.example. 3600 DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==',
    ],
    [],
  ],
  [
    'key-rotation',
    'revoked, and kept for a week',
    (record) => record.replace('DNSKEY 257', 'DNSKEY 385').replace(/ 3600 (DNSKEY)/, ' 604800 $1'),
    [`signed.example. 3600 CDS ${SHA256}`],
    [
      'note: key 59245 of signed.example is revoked',
      'note: the keys of signed.example have a TTL of 7 d',
    ].toReversed(),
  ],
  [
    'key-rotation',
    'a DS kept for two days',
    swap(/^(safe\S*) 3600 (IN )?DS/, '$1 172800 DS'),
    [`signed.example. 3600 CDS ${SHA256}`],
    ['note: the DS of safe.signed.example has a TTL of 2 d'],
  ],
  [
    'cds',
    'that of the key',
    same,
    [`signed.example. 3600 CDS ${SHA256}`, `signed.example. 3600 CDNSKEY ${KSK_RDATA}`],
    [],
  ],
  ['cds', 'with SHA-1', same, [`signed.example. 3600 CDS ${SHA1}`], []],
  [
    'cds',
    'another digest',
    same,
    [`signed.example. 3600 CDS ${SHA256.replace('C778', 'C779')}`],
    ['error: the CDS or CDNSKEY of signed.example fits no key of the zone'],
  ],
  [
    'cds',
    'two that differ',
    same,
    [
      `signed.example. 3600 CDS ${SHA256.replace('C778', 'C779')}`,
      `signed.example. 3600 CDNSKEY ${KSK_RDATA}`,
    ],
    ['warning: CDS and CDNSKEY of signed.example announce different keys'],
  ],
  [
    'cds',
    'asking for the end',
    same,
    ['signed.example. 3600 CDS 0 0 0 00'],
    ['note: signed.example asks its parent to take the DS out'],
  ],
  [
    'cds',
    'below the apex',
    same,
    [`www.signed.example. 60 CDS ${SHA256}`],
    ['error: CDS and CDNSKEY of www.signed.example stand below the apex, where no parent looks'],
  ],
];

describe('a signed zone', () => {
  it('has nothing wrong with it as it comes from the signer', () => {
    for (const rule of SIGNING_RULES) expect(found(rule, [zoneOf(same)])).toEqual([]);
    expect(RECORDS.filter((record) => APEX_RRSIG.test(record)).length).toBeGreaterThan(5);
  });

  test.each(ROWS)('%s: %s', (rule, _, edit, more, expected) => {
    expect(found(rule, [zoneOf(edit, more)])).toEqual(expected);
  });

  it('has a row for every rule', () => {
    const covered = new Set(['ds-mismatch', ...ROWS.map(([rule]) => rule)]);
    expect(SIGNING_RULES.filter((rule) => !covered.has(rule))).toEqual([]);
  });
});

describe('a parent and its child, each a master file', () => {
  const parent = (...signers: readonly string[]): LintInput => ({
    text: [
      '@ 3600 SOA a.nic h 1 7200 900 1209600 300',
      '@ 3600 NS a.nic',
      'a.nic 3600 A 192.0.2.1',
      'signed 3600 NS ns1.signed',
      'ns1.signed 3600 A 203.0.113.53',
      ...signers.map((rdata) => `signed 3600 DS ${rdata}`),
    ].join('\n'),
    file: 'example.zone',
  });
  const OTHER = SHA256.replace(String(KSK), '4711');

  test.each<[string, readonly string[], Edit, readonly string[]]>([
    ['the DS of its key', [SHA256], same, []],
    [
      'that, and one of a key to come',
      [SHA256, OTHER],
      same,
      [`note: the DS of signed.example names key 4711, the child has ${ZSK}, ${KSK}`],
    ],
    [
      'one of another key',
      [OTHER],
      same,
      [`error: the DS of signed.example names key 4711, the child has ${ZSK}, ${KSK}`],
    ],
    [
      'a digest with a slip',
      [SHA256.replace('C778', 'C779')],
      same,
      [`error: the DS of signed.example names key ${KSK}, the child has ${ZSK}, ${KSK}`],
    ],
    [
      'a child that went unsigned',
      [SHA256],
      drop(/ (DNSKEY|RRSIG|NSEC) /),
      [`error: the DS of signed.example names key ${KSK}, the child has no keys`],
    ],
    ['no DS', [], same, []],
  ])('%s', (_, signers, edit, expected) => {
    expect(found('ds-mismatch', [parent(...signers), zoneOf(edit)])).toEqual(expected);
    expect(found('ds-mismatch', [zoneOf(edit), parent(...signers)])).toEqual(expected);
  });
});
