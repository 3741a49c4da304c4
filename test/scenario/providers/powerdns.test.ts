/** `kind: powerdns` in scenarios: defaults with their sources, LUA records checked before they are played. */
import { describe, expect, it, test } from 'vitest';
import { describeSource } from '../../../src/scenario/effective.ts';
import { BASE, line, load, mustLoad } from '../base.ts';

const RECORD = 'app 60 IN A 203.0.113.10';
const LUA = `app 60 IN LUA A "ifportup(443, {'203.0.113.10', '198.51.100.20', '192.0.2.99'})"`;

const powerdns = (options = '{ enable-lua-records: yes }', record = LUA): string =>
  `providers:\n  main: { kind: powerdns, powerdns: ${options} }\n${BASE.replace(RECORD, record)}`;

describe('a PowerDNS provider', () => {
  it('names the source of every default', () => {
    const { effective } = mustLoad(powerdns()).strategies[0]!;
    const told = (key: string): string => {
      const value = effective.find(({ path }) => path === `providers.main.${key}`)!;
      return `${value.value}, ${describeSource(value.from)}`;
    };
    expect(told('powerdns.lua-health-checks-interval')).toMatch(/^5s, .*docs\/settings\.rst/);
    expect(told('powerdns.backup-set')).toMatch(/^all, .*genericIfUp.*another reading/);
    expect(told('powerdns.sweep-from')).toMatch(/^start, .*settings\.rst.*checkThread/);
    expect(told('client-subnet')).toMatch(/^false, .*edns-subnet-processing/);
  });

  it('fills in the SOA of its template', () => {
    const { spec } = mustLoad(powerdns()).strategies[0]!;
    expect(spec.zones[0]!.zone.soa()!.rdata[0]!.text).toMatch(/ 0 10800 3600 604800 3600$/);
  });

  it('gives every address in the code of a record an endpoint', () => {
    const { spec } = mustLoad(powerdns()).strategies[0]!;
    expect(spec.endpoints.map(({ name }) => name)).toEqual(['east', 'west', '192.0.2.99']);
  });
});

describe('problems', () => {
  test.each([
    [
      'a mistake in the code is an error, with its place',
      powerdns(undefined, `app 60 IN LUA A "ifportup(443, {'203.0.113.10'"`),
      "scenario-bad-lua: LUA A of app.example.com.: '}' expected near 'end of code'",
    ],
    [
      'records that nobody runs',
      powerdns('{ enable-lua-records: no }'),
      'warning scenario-idle-lua: example.com. has LUA records, but main has enable-lua-records: no',
    ],
    [
      'records at a provider that knows none',
      BASE.replace(RECORD, LUA),
      'warning scenario-idle-lua: example.com. has LUA records, but main is of kind generic and does not run them',
    ],
    ['an unknown setting', powerdns('{ enable-lua-record: yes }'), 'enable-lua-record'],
    [
      'settings of PowerDNS at another kind',
      `providers:\n  main: { powerdns: { geoip: false } }\n${BASE}`,
      'scenario-foreign-options',
    ],
  ])('%s', (_, text, expected) => {
    expect(load(text).issues.map(line).join('\n')).toContain(expected);
  });

  it('nothing to complain about', () => {
    expect(load(powerdns()).issues).toEqual([]);
    const mail = powerdns(undefined, `${LUA}\n      @ 60 IN MX 10 app`);
    expect(load(mail).issues).toEqual([]);
    expect(load(mail.replace('10 app', '10 nobody')).issues).toHaveLength(1);
  });
});
