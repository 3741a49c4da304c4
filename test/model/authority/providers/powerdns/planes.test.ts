/**
 * A PowerDNS provider as a whole: sweeps, processes with opinions of their own, restarts, forgotten standbys, ALIAS,
 * and the database. Rows name their source: [doc] docs/ of PowerDNS Authoritative, [code] pdns/lua-record.cc.
 */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../../src/base/time.ts';
import type { PowerDnsOptions } from '../../../../../src/model/authority/providers/powerdns/rule.ts';
import type {
  NetworkSpec,
  ProviderSpec,
  TargetSpec,
  TimelineSpec,
  WorldSpec,
} from '../../../../../src/model/spec.ts';
import {
  ask,
  change,
  deliver,
  fault,
  HERE,
  NETWORK,
  name,
  outside,
  PRIMARY,
  play,
  provider,
  question,
  rrset,
  SECONDARY,
  THERE,
  world,
  worldAt,
  zone,
} from '../../../world.ts';
import { ON_EAST, ON_WEST, SILENT } from '../course.ts';
import { luaLine, OPTIONS } from './lab.ts';

const APP = 'app.example.com. A';
const EAST: TargetSpec = { kind: 'endpoint', endpoint: 0 };
const WEST: TargetSpec = { kind: 'endpoint', endpoint: 1 };
const SETS = "ifportup(443, {{'203.0.113.10'}, {'198.51.100.20'}})";

interface Parts {
  readonly code?: string;
  readonly records?: string;
  readonly options?: Partial<PowerDnsOptions>;
  readonly timeline?: readonly TimelineSpec[];
  readonly network?: NetworkSpec;
}

/** Two servers, ns1 here and ns2 there, that answer app.example.com with a LUA record. */
function powerdns({
  code = SETS,
  records = '',
  options,
  timeline = [],
  network = NETWORK,
}: Parts): WorldSpec {
  const base = provider({ count: 2, kind: 'powerdns', options: { ...OPTIONS, ...options } });
  const servers = base.servers.map((server, at) => ({
    ...server,
    sites: [{ region: at === 0 ? HERE : THERE, capacity: Number.POSITIVE_INFINITY }],
  }));
  const one: ProviderSpec = { ...base, servers };
  const { check: _, ...east } = PRIMARY;
  const data = zone('example.com.', luaLine('app', 'A', code) + records);
  return world({
    network,
    providers: [one],
    zones: [{ origin: name('example.com.'), zone: data, providers: [0] }],
    endpoints: [east, SECONDARY],
    timeline,
  });
}

/** Everything a server answers at many draws, alike ones once. */
function heard(spec: WorldSpec, at: number, address = '192.0.2.1'): string {
  const side = worldAt(spec, at);
  const draws = [0.1, 0.4, 0.6, 0.9].map((draw) => ask(side, APP, { address, draw: () => draw }));
  return [...new Set(draws)].map((one) => one.replace('app.example.com. 60 A ', '')).join(' | ');
}

function labels(spec: WorldSpec, to: number): string[] {
  return outsideLabels(spec, to).filter((label) => !label.includes('ns2'));
}

function outsideLabels(spec: WorldSpec, to: number): string[] {
  return play(outside(spec), to).reactions.map(
    ({ at, stage, label }) => `${Math.floor(at / SECOND)} ${stage} ${label}`,
  );
}

describe('health', () => {
  const dead = [fault(EAST, SILENT)];
  it('answers the first set, and within a sweep and a timeout of its death the next', () => {
    const spec = powerdns({ timeline: dead });
    expect(heard(spec, 9 * SECOND)).toBe('203.0.113.10');
    expect(heard(spec, 10 * SECOND)).toBe('203.0.113.10');
    expect(heard(spec, 18 * SECOND)).toBe('198.51.100.20');
  });

  it('keeps the first set while it lives', () => {
    expect(heard(powerdns({}), 2 * MINUTE)).toBe('203.0.113.10');
  });

  it('tells each step in words', () => {
    const told = labels(powerdns({ timeline: dead }), MINUTE).map((label) => label.replace(/^\d+ /, ''));
    expect(told).toEqual([
      'detect ns1.dns.test finds 203.0.113.10 port 443 (east) down',
      'decide LUA app.example.com/A at ns1.dns.test chooses east or west',
      'publish LUA app.example.com/A: east or west from ns1.dns.test',
      'decide LUA app.example.com/A at ns1.dns.test chooses west',
      'publish LUA app.example.com/A: west from ns1.dns.test',
    ]);
  });

  test.each<[string, string, number, string]>([
    ['[doc] ifportup does not see errors', SETS, 20, '203.0.113.10'],
    [
      '[doc] ifurlup does',
      SETS.replace('ifportup(443', "ifurlup('https://app.example.com/'"),
      20,
      '198.51.100.20',
    ],
    [
      '[code] httpcode: a page with 200 is no success',
      "ifurlup('https://x/', {{'203.0.113.10'}}, {httpcode='404', backupSelector='empty'})",
      9,
      'NODATA aa',
    ],
    ['[doc] minimumFailures=1', SETS.replace('}})', '}}, {minimumFailures=1})'), 20, '203.0.113.10'],
  ])('%s', (_, code, seconds, expected) => {
    const timeline = [fault(EAST, { kind: 'errors', share: 1, hidden: false })];
    expect(heard(powerdns({ code, timeline }), seconds * SECOND)).toBe(expected);
  });

  it('[doc] minimumFailures=3 takes two sweeps more', () => {
    const code = SETS.replace('}})', '}}, {minimumFailures=3})');
    const spec = powerdns({ code, timeline: dead });
    expect(heard(spec, 19 * SECOND)).toBe('203.0.113.10');
    expect(heard(spec, 28 * SECOND)).toBe('198.51.100.20');
  });

  it('[doc] interval: a check of its own pace', () => {
    const code = SETS.replace('}})', '}}, {interval=30})');
    const slow = labels(powerdns({ code, timeline: dead }), MINUTE)[0]!;
    const quick = labels(powerdns({ timeline: dead }), MINUTE)[0]!;
    expect(Number(slow.split(' ')[0])).toBeGreaterThan(Number(quick.split(' ')[0]) + 5);
  });

  it('[code] one success is enough to be up again', () => {
    const spec = powerdns({ timeline: [fault(EAST, SILENT, { until: 40 * SECOND })] });
    expect(heard(spec, 40 * SECOND)).toBe('198.51.100.20');
    expect(heard(spec, 46 * SECOND)).toBe('203.0.113.10');
  });

  it('freezes what it believes while the health plane is down', () => {
    const frozen = fault({ kind: 'plane', provider: 0, plane: 'health' }, SILENT, { at: 5 * SECOND });
    expect(heard(powerdns({ timeline: [frozen, ...dead] }), 2 * MINUTE)).toBe('203.0.113.10');
  });

  it('[doc] all down: any of all; another reading: any of the first set', () => {
    const timeline = [fault(EAST, SILENT), fault(WEST, SILENT)];
    expect(heard(powerdns({ timeline }), MINUTE)).toBe('203.0.113.10 | 198.51.100.20');
    expect(heard(powerdns({ timeline, options: { backupSet: 'first' } }), MINUTE)).toBe('203.0.113.10');
  });

  it('[code] sweeps that count from the end of the last are put off by every timeout', () => {
    const code = SETS.replace('}})', '}}, {minimumFailures=3})');
    const downAt = (sweepFrom: 'start' | 'end'): number =>
      Number(labels(powerdns({ code, options: { sweepFrom }, timeline: dead }), MINUTE)[0]!.split(' ')[0]);
    expect(downAt('end') - downAt('start')).toBe(4);
  });
});

describe('[doc] every process has a state of its own', () => {
  it('a broken path makes one server fail over and not the other', () => {
    const path: TargetSpec = { kind: 'path', from: THERE, to: HERE };
    const spec = powerdns({ timeline: [fault(path, SILENT)] });
    expect(heard(spec, MINUTE, '192.0.2.1')).toBe('203.0.113.10');
    const side = worldAt(spec, MINUTE);
    expect(ask(side, APP, { address: '192.0.2.2', region: THERE })).toBe(ON_WEST);
    expect(side.truth(question(APP), HERE)).toEqual(['203.0.113.10', '198.51.100.20']);
  });

  it('without faults both agree', () => {
    expect(heard(powerdns({}), MINUTE, '192.0.2.2')).toBe('203.0.113.10');
  });
});

describe('traces', () => {
  it('say what the server believes, and choose from it', () => {
    const dead = powerdns({ timeline: [fault(EAST, SILENT)] });
    const delivery = deliver(worldAt(dead, MINUTE), APP);
    expect(delivery.kind === 'reply' && delivery.message.said).toBe(
      'LUA app.example.com/A at ns1.dns.test: west (203.0.113.10 port 443 down, 198.51.100.20 port 443 up)',
    );
  });
});

describe('what is not known', () => {
  const cold = { isWarm: false } as const;
  it('counts as down: a server just started picks from everything', () => {
    expect(heard(powerdns({ options: cold }), 0)).toBe('203.0.113.10 | 198.51.100.20');
    expect(heard(powerdns({ options: cold }), SECOND)).toBe('203.0.113.10');
    expect(heard(powerdns({}), 0)).toBe('203.0.113.10');
  });

  it('fails with failOnIncompleteCheck, and says why', () => {
    const code = SETS.replace('}})', "}}, {failOnIncompleteCheck='true'})");
    const side = worldAt(powerdns({ code, options: cold }), 0);
    const delivery = deliver(side, APP);
    expect(delivery.kind === 'reply' && delivery.message.rcode).toBe('SERVFAIL');
    expect(delivery.kind === 'reply' && delivery.message.said).toBe(
      'LUA A of app.example.com.: if{url,port}up health check has not completed yet at 1:9',
    );
    expect(heard(powerdns({ code, options: cold }), SECOND)).toBe('203.0.113.10');
  });

  it.each(['refused', 'silent'] as const)('a server that was %s', (mode) => {
    const server: TargetSpec = { kind: 'server', provider: 0, server: 0 };
    const gone = fault(server, { kind: 'down', mode }, { until: 20 * SECOND });
    const side = worldAt(powerdns({ timeline: [gone] }), 20 * SECOND);
    const all = [0.1, 0.9].map((draw) => ask(side, APP, { draw: () => draw }));
    expect([...new Set(all)]).toEqual(mode === 'refused' ? [ON_EAST, ON_WEST] : [ON_EAST]);
  });

  it('[doc] a standby that nobody looked at for an hour is forgotten', () => {
    const timeline = [fault(EAST, SILENT)];
    const standby = (options: Partial<PowerDnsOptions>): string[] =>
      labels(powerdns({ timeline, options }), MINUTE).filter((label) => label.includes('chooses'));
    expect(standby({}).map((label) => label.split(' chooses ')[1])).toEqual(['east or west', 'west']);
    expect(
      standby({ isWarm: false })
        .map((label) => label.split(' chooses ')[1])
        .at(-1),
    ).toBe('west');
    expect(standby({ isWarm: false }).slice(1)).toEqual(expect.not.arrayContaining(['east or west']));
  });

  it('[doc] that hour begins when the first set is up, and the time can be set', () => {
    const chooses = (at: number, options: Partial<PowerDnsOptions>): boolean =>
      labels(
        powerdns({ timeline: [fault(EAST, SILENT, { at })], options: { ...cold, ...options } }),
        at + MINUTE,
      ).some((label) => label.endsWith('chooses east or west') && Number(label.split(' ')[0]) * SECOND >= at);
    expect(chooses(50 * MINUTE, {})).toBe(false);
    expect(chooses(61 * MINUTE, {})).toBe(true);
    expect(chooses(50 * MINUTE, { expireAfter: 30 * MINUTE })).toBe(true);
  });

  it('an earlier version leaves it to the next sweep', () => {
    const spec = powerdns({ timeline: [fault(EAST, SILENT)], options: { firstCheck: 'next-sweep' } });
    const [, mixed, , only] = labels(spec, MINUTE).map((label) => Number(label.split(' ')[0]));
    expect(only! - mixed!).toBeGreaterThanOrEqual(2);
  });
});

describe('zones', () => {
  it('[doc] LUA records are never shown, and are nothing when they are off', () => {
    expect(ask(worldAt(powerdns({}), 0), 'app.example.com. LUA')).toBe('NODATA aa');
    const off = powerdns({ options: { luaRecords: 'no' } });
    expect(ask(worldAt(off, 0), APP)).toBe('NODATA aa');
    expect(ask(worldAt(off, 0), 'nothing.example.com. A')).toBe('NXDOMAIN aa');
  });

  it('runs what a change puts there', () => {
    const put = [rrset('app.example.com. 60 LUA A "\'198.51.100.20\'"')];
    const spec = powerdns({ timeline: [change(10 * SECOND, { put })] });
    expect(heard(spec, 9 * SECOND)).toBe('203.0.113.10');
    expect(heard(spec, 10 * SECOND)).toBe('198.51.100.20');
    const stranger = put.map((set) => ({ ...set, name: name('new.example.com.') }));
    const more = powerdns({ timeline: [change(10 * SECOND, { put: stranger })] });
    expect(heard(more, 10 * SECOND)).toBe('203.0.113.10');
  });

  it('[doc] expands ALIAS only when told to', () => {
    const records = 'alias 60 IN ALIAS www\nwww 30 IN A 192.0.2.77\n';
    const at = (options: Partial<PowerDnsOptions>): string =>
      ask(worldAt(powerdns({ records, options }), 0), 'alias.example.com. A');
    expect(at({})).toBe('NODATA aa');
    expect(at({ expandAlias: true })).toBe('alias.example.com. 30 A 192.0.2.77');
    expect(at({ expandAlias: true, hasResolver: false })).toBe('SERVFAIL');
  });

  it('[doc] a wildcard runs for the name asked for', () => {
    const records = luaLine('*.ip', 'A', 'createForward()');
    const side = worldAt(powerdns({ records }), 0);
    const question_ = '192.0.2.44.ip.example.com. A';
    expect(ask(side, question_)).toBe('192.0.2.44.ip.example.com. 60 A 192.0.2.44');
    expect(side.truth(question(question_), HERE)).toEqual(['192.0.2.44']);
  });
});

describe('[doc] the database is gone', () => {
  const timeline = [fault({ kind: 'plane', provider: 0, plane: 'control' }, SILENT)];
  const records = Array.from({ length: 40 }, (_, at) => `n${at} 60 IN A 192.0.2.${at + 1}\n`).join('');
  const served = (spec: WorldSpec, at: number): number => {
    const side = worldAt(spec, at);
    const answers = Array.from({ length: 40 }, (_, one) => ask(side, `n${one}.example.com. A`));
    return answers.filter((answer) => answer !== 'SERVFAIL').length;
  };

  it('what caches hold is answered for up to 20 s, then nothing', () => {
    const spec = powerdns({ records, timeline, options: { backend: 'database' } });
    expect(served(spec, 9 * SECOND)).toBe(40);
    expect(served(spec, 20 * SECOND)).toBeGreaterThan(10);
    expect(served(spec, 20 * SECOND)).toBeLessThan(30);
    expect(served(spec, 30 * SECOND)).toBe(0);
    expect(heard(spec, 31 * SECOND)).toBe('SERVFAIL');
  });

  it('is no matter to servers with a copy, and over when it is back', () => {
    expect(served(powerdns({ records, timeline }), 30 * SECOND)).toBe(40);
    const short = [{ ...timeline[0]!, until: 40 * SECOND }];
    const spec = powerdns({ records, timeline: short, options: { backend: 'database' } });
    expect(served(spec, 39 * SECOND)).toBe(0);
    expect(served(spec, 40 * SECOND)).toBe(40);
  });
});
