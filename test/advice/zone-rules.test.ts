/** Rules about zones: for each, records that have the problem with the places it is found at, and records that have not. */
import { describe, expect, it, test } from 'vitest';
import { lint, lintRules } from '../../src/advice/lint/lint.ts';
import { written } from './parts.ts';
import { foundBy, SCENARIO_RULES, SIGNING_RULES, SOUND } from './tables.ts';

const SOA = (timers: string): string => SOUND.replace('1 7200 900 1209600 300', `1 ${timers}`);
const KEY = '@ 3600 DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0d';
const DS = 'BBF83AF5F22588179A53B0A98631FAD1A292118B5D3A2F2F6A1E1AD9A4A4B5C0';

/** Rule; what is added to a sound zone, or a whole zone; what is found; what is added without being found. */
const ROWS: readonly [rule: string, bad: string, found: readonly string[], good: string][] = [
  ['cname-at-apex', '@ 60 CNAME app', ['error 7:1'], 'www 60 CNAME app'],
  ['cname-beside-data', 'app 60 CNAME ns1', ['error 7:1'], 'www 60 CNAME app'],
  [
    'cname-beside-data',
    'www 60 CNAME app\nwww 60 CNAME ns1',
    ['error 7:1'],
    'www 60 CNAME app\nwww 60 CNAME app',
  ],
  ['dangling-alias', 'www 60 CNAME nowhere', ['warning 7:1'], 'www 60 CNAME elsewhere.example.net.'],
  ['alias-loop', 'a 60 CNAME b\nb 60 CNAME a', ['error 7:1', 'error 8:1'], 'a 60 CNAME b\nb 60 CNAME app'],
  ['alias-chain', 'a 60 CNAME b\nb 60 CNAME c\nc 60 CNAME app', ['note 7:1'], 'a 60 CNAME b\nb 60 CNAME app'],
  ['target-not-checked', 'www 60 CNAME cdn.example.net.', ['note 7:1'], 'www 60 CNAME app'],
  [
    'few-name-servers',
    'sub 60 NS a.example.net.',
    ['note 7:1'],
    'sub 60 NS a.example.net.\nsub 60 NS b.example.org.',
  ],
  ['lame-delegation', 'sub 60 NS ns.sub', ['error 7:1'], 'sub 60 NS ns.sub\nns.sub 60 A 192.0.2.1'],
  ['lame-delegation', '@ 172800 NS ns3', ['error 7:1'], '@ 172800 NS ns3\nns3 60 AAAA 2001:db8::3'],
  ['lame-delegation', '@ 172800 NS www\nwww 60 CNAME app', ['error 7:1'], '@ 172800 NS app'],
  ['lame-delegation', 'sub 60 NS 192.0.2.1.', ['error 7:1'], 'sub 60 NS a.example.net.'],
  [
    'ds-without-delegation',
    `sub 60 DS 1 13 2 ${DS}`,
    ['error 7:1'],
    `sub 60 NS a.example.net.\nsub 60 DS 1 13 2 ${DS}`,
  ],
  ['ds-without-delegation', `@ 60 DS 1 13 2 ${DS}`, ['error 7:1'], ''],
  ['mx-target', '@ 60 MX 10 nowhere', ['error 7:1'], '@ 60 MX 10 app'],
  ['mx-target', 'www 60 CNAME app\n@ 60 MX 10 www', ['warning 8:1'], '@ 60 MX 10 mail.example.net.'],
  ['mx-target', '@ 60 MX 10 192.0.2.1.', ['error 7:1'], '@ 60 MX 10 app'],
  ['mx-target', '@ 60 MX 0 .\n@ 60 MX 10 app', ['error 7:1'], '@ 60 MX 0 .'],
  [
    'spf',
    '@ 60 TXT "v=spf1 -all"\n@ 60 TXT "v=spf1 mx -all"',
    ['error 8:1'],
    '@ 60 TXT "v=spf1 mx -all"\n@ 60 TXT "other"',
  ],
  ['spf', '@ 60 TXT "v=spf1 +all"', ['error 7:1'], '@ 60 TXT "v=spf1 ~all"'],
  ['spf', '@ 60 SPF "v=spf1 -all"', ['note 7:1'], '@ 60 TXT "v=spf1 -all"'],
  ['spf', '@ 60 TXT "v=spf1 mx"', ['note 7:1'], '@ 60 TXT "v=spf1 redirect=_spf.example.net"'],
  [
    'spf',
    `@ 60 TXT "v=spf1 a mx include:i -all"\n@ 60 TXT "x"\n@ 60 TXT "y"`.replace(
      'include:i',
      'a:b a:c a:d a:e a:f a:g a:h a:i exists:j',
    ),
    ['error 7:1'],
    '@ 60 TXT "v=spf1 a mx a:b a:c a:d a:e a:f a:g a:h a:i ip4:192.0.2.0/24 -all"',
  ],
  [
    'spf',
    `@ 60 TXT "v=spf1 include:s.example.com -all"\ns 60 TXT "v=spf1 ${'a '.repeat(10)}-all"`,
    ['error 7:1'],
    `@ 60 TXT "v=spf1 include:s.example.com -all"\ns 60 TXT "v=spf1 ${'a '.repeat(9)}-all"`,
  ],
  ['no-spf', '@ 60 MX 10 app', ['warning 7:1'], '@ 60 MX 10 app\n@ 60 TXT "v=spf1 mx -all"'],
  ['dmarc', '@ 60 MX 10 app', ['warning 7:1'], '@ 60 MX 10 app\n_dmarc 60 TXT "v=DMARC1; p=reject"'],
  [
    'dmarc',
    '@ 60 MX 10 app\n_dmarc 60 TXT "v=DMARC1; p=none"',
    ['note 8:1'],
    '@ 60 MX 10 app\n_dmarc 60 CNAME d.example.net.',
  ],
  ['dmarc', '@ 60 MX 10 app\n_dmarc 60 TXT "v=DMARC1; rua=mailto:a@b"', ['error 8:1'], ''],
  [
    'service-target',
    '_s._tcp 60 SRV 0 0 1 nowhere',
    ['error 7:1'],
    '_s._tcp 60 SRV 0 0 1 app\n_t._tcp 60 SRV 0 0 0 .',
  ],
  [
    'service-target',
    'www 60 CNAME app\n_s._tcp 60 SRV 0 0 1 www',
    ['warning 8:1'],
    '_s._tcp 60 SRV 0 0 1 a.example.net.',
  ],
  ['service-target', '@ 60 HTTPS 0 nowhere', ['error 7:1'], '@ 60 HTTPS 0 app'],
  ['no-caa', SOUND.replace(/^.*CAA.*$/m, ''), ['note 1:1'], ''],
  ['no-caa', SOUND.replace('@ 3600 CAA', 'other 3600 CAA'), ['note 1:1'], ''], // nobody climbs sideways
  ['caa', SOUND.replace('"ca.example.net"', '";"'), ['note 6:1'], '@ 60 CAA 0 issuewild ";"'],
  ['caa', '@ 60 CAA 128 tbs "x"', ['error 7:1'], '@ 60 CAA 128 issue "x"'],
  ['negative-ttl', SOA('7200 900 1209600 172800').replace('3600 SOA', '1d SOA'), ['warning 1:1'], ''],
  ['negative-ttl', SOA('7200 900 1209600 5'), ['note 1:1'], ''],
  ['soa-timers', SOA('600 900 1209600 300'), ['note 1:1', 'warning 1:1'].toReversed(), ''],
  ['soa-timers', SOA('7200 900 8000 300'), ['error 1:1', 'warning 1:1'], ''],
  ['soa-mailbox', SOUND.replace('hostmaster', 'host@example.com.'), ['note 1:1'], ''],
  ['ns-ttl', SOUND.replaceAll('172800', '300'), ['note 2:1'], ''],
  [
    'name-servers-in-one-network',
    SOUND.replace('ns2.example.net.', 'ns2').concat('ns2 60 A 203.0.113.54'),
    ['warning 2:1'],
    '@ 172800 NS ns3\nns3 60 A 192.0.2.1',
  ],
  ['no-dnssec', SOUND, ['note 1:1'], KEY],
  ['key-rotation', KEY, ['note 7:1'], ''],
  [
    'occluded-data',
    'sub 60 NS a.example.net.\nwww.sub 60 A 192.0.2.1\nsub 60 TXT "x"',
    ['warning 8:1'],
    'sub 60 NS ns.sub\nns.sub 60 A 192.0.2.1\nother 60 NS ns.sub',
  ],
  ['dnssec-algorithm', `sub 60 DS 1 13 1 ${DS.slice(0, 40)}`, ['warning 7:1'], `sub 60 DS 1 13 2 ${DS}`],
  ['nsec3-parameters', '@ 0 NSEC3PARAM 1 0 10 AABB', ['warning 7:1', 'note 7:1'], '@ 0 NSEC3PARAM 1 0 0 -'],
  [
    'insecure-delegation',
    `${KEY}\nsub 60 NS a.example.net.`,
    ['note 8:1'],
    `${KEY}\nsub 60 NS a.example.net.\nsub 60 DS 1 13 2 ${DS}`,
  ],
  ['private-leak', 'db 60 A 10.0.0.1', ['warning 7:1'], 'db 60 A 11.0.0.1'],
  ['private-leak', 'db 60 A 172.31.255.255', ['warning 7:1'], 'db 60 A 172.32.0.0'],
  ['private-leak', 'db 60 A 100.127.0.1', ['warning 7:1'], 'db 60 A 100.128.0.1'],
  ['private-leak', 'db 60 AAAA fd00::1', ['warning 7:1'], 'db 60 AAAA 2001:db8::1'],
  ['private-leak', 'db 60 CNAME postgres.db.internal.', ['warning 7:1'], 'db 60 CNAME internal.example.net.'],
  [
    'address-families',
    'app 60 AAAA 2001:db8::1',
    ['warning 7:1', 'note 4:1'],
    'app 300 CNAME app'.replace('app 300', 'www 300'),
  ],
  ['wildcard', '*.w 60 A 192.0.2.1\na.w 60 TXT "x"', ['note 7:1'], '*.w 60 A 192.0.2.1\na.w 60 A 192.0.2.2'],
  ['wildcard', '*.w 60 NS a.example.net.', ['error 7:1'], '*.w 60 TXT "x"'],
  [
    'host-name',
    'my_host 60 A 192.0.2.1',
    ['warning 7:1'],
    'my-host 60 A 192.0.2.1\n_x._tcp 60 TXT "y"\n*.w 60 A 192.0.2.1\ngc._msdcs 60 A 192.0.2.2',
  ],
  ['missing-final-dot', 'www 60 CNAME app.example.com', ['error 7:1'], 'www 60 CNAME app.example.com.'],
  ['missing-final-dot', 'mail.example.com 60 A 192.0.2.1', ['error 7:1'], 'mail.example.com. 60 A 192.0.2.1'],
  [
    'large-answer',
    `@ 60 TXT ${`"${'x'.repeat(250)}" `.repeat(5)}`,
    ['note 7:1'],
    `@ 60 TXT ${`"${'x'.repeat(250)}" `.repeat(4)}`,
  ],
  ['ttl-below-floor', 'www 30 A 192.0.2.1', ['note 7:1'], 'www 60 A 192.0.2.1'],
  [
    'ttl-extreme',
    'www 2d A 192.0.2.1\nold 2w TXT "x"\nnow 0 A 192.0.2.1',
    ['note 7:1', 'note 8:1', 'note 9:1'],
    'www 1d A 192.0.2.1',
  ],
  ['zone-data', 'app 60 A 192.0.2.1', ['warning 7:1'], 'www 60 A 192.0.2.1'],
  ['zone-data', 'www.example.org. 60 A 192.0.2.1', ['warning 7:1'], 'www 60 A 192.0.2.1'],
];

const whole = (text: string): string => (text.includes(' SOA ns1') ? text : SOUND + text);

describe('a rule finds what it looks for, where it stands, and nothing else', () => {
  test.each(ROWS)('%s: %s', (rule, bad, found, good) => {
    expect(foundBy(rule, whole(bad), 'example.com.zone')).toEqual(found);
    if (rule !== 'no-dnssec' || good !== '')
      expect(foundBy(rule, whole(good), 'example.com.zone')).toEqual([]);
  });

  it('finds nothing but the missing keys in a sound zone', () => {
    const { report } = lint([{ text: SOUND, file: 'example.com.zone' }]);
    expect(report!.findings.map(({ rule }) => rule)).toEqual(['no-dnssec']);
  });

  it('names every rule for zones', () => {
    const covered = new Set([...ROWS.map(([rule]) => rule), ...SCENARIO_RULES, ...SIGNING_RULES]);
    expect(lintRules().filter(({ code }) => !covered.has(code))).toEqual([]);
  });
});

describe('a reverse zone', () => {
  const REVERSE = SOUND.replaceAll(/^(app|ns1|@ 3600 CAA).*\n/gm, '').replaceAll(' ns1', ' ns1.example.com.');

  test.each([
    ['10 60 PTR app.example.com', ['error 4:1']],
    ['10 60 PTR app.example.com.', []],
    ['10 60 CNAME 10.0-25\n10.0-25 60 PTR app.example.com.', []],
  ])('%s: the final dot of a pointer', (line, expected) => {
    expect(foundBy('missing-final-dot', REVERSE + line, '113.0.203.in-addr.arpa.zone')).toEqual(expected);
  });
});

describe('a scenario that says in a comment what it is', () => {
  test.each([
    ['# How we serve example.com.', []],
    ['# yaml-language-server: $schema=../schema.json', ['note 2:1']],
  ])('%s', (comment, expected) => {
    const text = `${comment}\n${written({ description: undefined as never })}`;
    expect(foundBy('undocumented', text, 'drill.yaml')).toEqual(expected);
  });
});

describe('a master file from elsewhere', () => {
  const codes = (text: string, file: string, origin?: string): string[] | undefined =>
    lint([{ text, file, ...(origin === undefined ? {} : { origin }) }]).report?.findings.map(
      ({ rule }) => rule,
    );

  it('has its apex from the SOA, from $ORIGIN, from the name of the file, or from the option', () => {
    const absolute = SOUND.replaceAll(
      /^(@|ns1|app) /gm,
      (_, name) => `${name === '@' ? '' : `${name}.`}example.com. `,
    )
      .replaceAll(' ns1 ', ' ns1.example.com. ')
      .replace(' hostmaster ', ' hostmaster.example.com. ')
      .replace(/NS ns1$/m, 'NS ns1.example.com.');
    expect(codes(absolute, 'zone.db')).toEqual(['no-dnssec']);
    expect(codes(`$ORIGIN example.com.\n${SOUND}`, 'anything.zone')).toEqual(['no-dnssec']);
    expect(codes(SOUND, 'zones/example.com.zone')).toEqual(['no-dnssec']);
    expect(codes(SOUND, 'zones/db.example.com')).toEqual(['no-dnssec']);
    expect(codes(SOUND, 'x.zone', 'example.com')).toEqual(['no-dnssec']);
  });

  it('is taken for one by its text where its name says nothing', () => {
    expect(codes(`$ORIGIN example.com.\n${SOUND}`, 'standard input')).toEqual(['no-dnssec']);
  });

  it('is invalid where its text cannot be read, with the place', () => {
    const { report, issues } = lint([{ text: `${SOUND}www 60 A 192.0.2.999\n`, file: 'example.com.zone' }]);
    expect(report).toBeUndefined();
    expect(issues[0]!.place).toEqual({ file: 'example.com.zone', line: 7, column: 10 });
  });
});
