/**
 * Master files as operators write them against another judge: BIND's named-checkzone 9.18 with every check that needs no
 * network (`-i local -k fail -m fail -M fail -n fail -r fail -S fail`). Its verdicts and complaints stand here as it gave
 * them; where it is installed it is asked again. Everything it complains of is found, and what is found beyond that is
 * listed.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../src/advice/lint/lint.ts';
import type { Finding } from '../../src/base/finding.ts';

const FOLDER = new URL('zones/', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

const findingsOf = (file: string): readonly Finding[] =>
  lint([{ text: textOf(file), file }]).report!.findings;
const shortOf = ({ severity, rule, place }: Finding): string => `${severity} ${rule} ${place.line}`;

interface Row {
  readonly file: string;
  readonly loads: boolean;
  /** What named-checkzone says, and what says it here. */
  readonly agreed?: Readonly<Record<string, string>>;
  /** Errors and warnings that it has not. */
  readonly beyond?: readonly string[];
  /** Rules of the notes. */
  readonly notes: readonly string[];
}

const ROWS: readonly Row[] = [
  { file: 'shop.example.zone', loads: true, notes: ['no-dnssec', 'target-not-checked'] },
  {
    file: 'cluster.local.zone',
    loads: true,
    notes: ['soa-timers', 'few-name-servers', 'target-not-checked'],
  },
  { file: '113.0.203.in-addr.arpa.zone', loads: true, notes: ['no-dnssec'] },
  { file: '0.1.0.0.8.b.d.0.1.0.0.2.ip6.arpa.zone', loads: true, notes: ['no-dnssec'] },
  {
    file: 'signed.example.zone',
    loads: true,
    notes: ['key-rotation', 'address-families', 'insecure-delegation'],
  },
  {
    file: 'signed-nsec3.example.zone',
    loads: true,
    notes: ['key-rotation', 'address-families', 'insecure-delegation'],
  },
  {
    // ALIAS is a type of PowerDNS and of providers; BIND has none. Here it is known and played.
    file: 'start.example.zone',
    loads: false,
    notes: ['no-dnssec', 'target-not-checked', 'ttl-below-floor'],
  },
  {
    file: 'region.example.zone',
    loads: true,
    agreed: { 'ns.epsilon.region.example has no REQUIRED GLUE': 'error lame-delegation 27' },
    beyond: ['warning occluded-data 26'],
    notes: ['no-caa', 'no-dnssec', 'address-families'],
  },
  { file: 'xn--bcher-kva.example.zone', loads: true, notes: ['no-dnssec'] },
  { file: 'hosts.example.zone', loads: true, notes: ['no-dnssec', 'caa'] },
  {
    // It counts no look-ups of SPF.
    file: 'news.example.zone',
    loads: true,
    beyond: ['error spf 9'],
    notes: ['no-dnssec', 'ns-ttl', 'target-not-checked', 'caa'],
  },
  {
    file: 'ad.corp.example.zone',
    loads: true,
    beyond: ['warning name-servers-in-one-network 5'],
    notes: ['private-leak', 'soa-timers', 'soa-timers'],
  },
  {
    file: 'careless.example.zone',
    loads: false,
    agreed: {
      "MX 'mail.careless.example' is a CNAME (illegal)": 'warning mx-target 7',
      "MX 'gone.careless.example' has no address records": 'error mx-target 8',
      "_ldap._tcp SRV 'nowhere.careless.example' has no address records": 'error service-target 24',
      "_sip._tcp SRV 'mail.careless.example' is a CNAME (illegal)": 'warning service-target 23',
      "lost NS 'nowhere.careless.example' has no address records": 'error lame-delegation 21',
      "sub NS 'ns.sub.careless.example' has no REQUIRED GLUE": 'error lame-delegation 20',
      'ignoring out-of-zone data (elsewhere.example)': 'warning zone-data 27',
    },
    beyond: [
      'error soa-timers 4',
      'error spf 9',
      'error alias-loop 17',
      'error alias-loop 18',
      'error missing-final-dot 19',
      'error ds-without-delegation 22',
      'warning soa-timers 4',
      'warning soa-timers 4',
      'warning dmarc 7',
      'warning dangling-alias 16',
      'warning dangling-alias 19',
      'warning dnssec-algorithm 22',
      'warning dnssec-algorithm 22',
      'warning private-leak 26',
    ],
    notes: ['no-caa', 'no-dnssec', 'soa-timers', 'spf', 'few-name-servers', 'few-name-servers'],
  },
  {
    file: 'mistakes.example.zone',
    loads: false,
    agreed: {
      "NS record '192.0.2.53' appears to be an address": 'error lame-delegation 6',
      "near '203.0.113.25': MX is an address": 'error mx-target 10',
      'TTL set to prior TTL (604801)': 'warning zone-data 17',
      'mail.mistakes.example: CNAME and other data': 'error cname-beside-data 19',
      'my_host.mistakes.example: bad owner name (check-names)': 'warning host-name 23',
      '*.wild.mistakes.example: invalid NS owner name (wildcard)': 'error wildcard 32',
      'ignoring out-of-zone data (elsewhere.example)': 'warning zone-data 33',
    },
    beyond: [
      'error missing-final-dot 4',
      'error soa-timers 4',
      'error lame-delegation 5',
      'error lame-delegation 7',
      'error mx-target 11',
      'error spf 12',
      'error spf 13',
      'error caa 14',
      'error alias-loop 25',
      'error alias-loop 26',
      'error missing-final-dot 27',
      'error lame-delegation 28',
      'error ds-without-delegation 29',
      'error service-target 31',
      'error lame-delegation 32',
      'warning negative-ttl 4',
      'warning soa-timers 4',
      'warning soa-timers 4',
      'warning dmarc 9',
      'warning mx-target 9',
      'warning zone-data 18',
      'warning private-leak 21',
      'warning private-leak 22',
      'warning dangling-alias 24',
      'warning dangling-alias 27',
      'warning dnssec-algorithm 29',
      'warning dnssec-algorithm 29',
      'warning service-target 30',
    ],
    notes: [
      'no-dnssec',
      'soa-mailbox',
      'soa-timers',
      'ttl-extreme',
      'target-not-checked',
      'few-name-servers',
      'key-rotation',
      'few-name-servers',
    ],
  },
];

describe('zones as operators write them', () => {
  it('all stand in the table', () => {
    const files = readdirSync(FOLDER).sort((a, b) => (a < b ? -1 : 1));
    expect(ROWS.map(({ file }) => file).sort((a, b) => (a < b ? -1 : 1))).toEqual(files);
  });

  test.each(ROWS)('$file', ({ file, agreed = {}, beyond = [], notes }) => {
    const found = findingsOf(file);
    const serious = found.filter(({ severity }) => severity !== 'note').map(shortOf);
    const expected = [...Object.values(agreed), ...beyond];
    const sorted = (list: readonly string[]): string[] => [...list].sort((a, b) => (a < b ? -1 : 1));
    expect(sorted(serious)).toEqual(sorted(expected));
    expect(found.filter(({ severity }) => severity === 'note').map(({ rule }) => rule)).toEqual(notes);
  });

  it('a zone that named-checkzone refuses has an error here, types that it does not know apart', () => {
    const refused = ROWS.filter(({ loads, file }) => !loads && file !== 'start.example.zone');
    expect(refused.length).toBeGreaterThan(0);
    for (const { file } of refused) {
      expect(findingsOf(file).some(({ severity }) => severity === 'error')).toBe(true);
    }
  });
});

const PROGRAM = 'named-checkzone';
const isInstalled = spawnSync(PROGRAM, ['-v']).status === 0;

describe.skipIf(!isInstalled)('named-checkzone itself (skipped where it is not installed)', () => {
  test.each(ROWS)('$file: loads is $loads', ({ file, loads, agreed = {} }) => {
    const origin = /^\$ORIGIN (\S+)/m.exec(textOf(file))?.[1] ?? 'signed.example.';
    const checks = '-i local -k fail -m fail -M fail -n fail -r fail -S fail'.split(' ');
    const path = new URL(file, FOLDER).pathname;
    const { status, stdout } = spawnSync(PROGRAM, [...checks, origin, path], { encoding: 'utf8' });
    expect(status === 0).toBe(loads);
    const said = stdout
      .replaceAll(/zone \S+: |\.(careless|mistakes|region)\.example(?=\/)/g, '')
      .replaceAll('/', ' ');
    for (const complaint of Object.keys(agreed)) {
      const words = complaint.replaceAll('/', ' ').split(' ');
      expect(said.split('\n').some((line) => words.every((word) => line.includes(word)))).toBe(true);
    }
  });
});
