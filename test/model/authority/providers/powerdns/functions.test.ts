/**
 * The functions LUA records can call, row by row. [doc] is docs/lua-records of PowerDNS Authoritative, [code] is
 * pdns/lua-record.cc. Endpoints: 192.0.2.1 in the US, 192.0.2.2 in Ireland, 192.0.2.3 in Singapore.
 */
import { describe, expect, it, test } from 'vitest';
import { AP, EU, NOWHERE, US } from '../worlds.ts';
import { ever, once, shares, type Trial } from './lab.ts';

type Row = readonly [what: string, code: string, trial: Trial, expected: string];

describe('ifportup and ifurlup', () => {
  const pair = "{'192.0.2.1', '192.0.2.2'}";
  const sets = "{{'192.0.2.1', '192.0.2.2'}, {'192.0.2.3'}}";
  const rows: Row[] = [
    ['[doc] one of those that are up', `ifportup(443, ${pair})`, {}, '192.0.2.1 | 192.0.2.2'],
    [
      '[doc] never one that is down',
      `ifportup(443, ${pair})`,
      { beliefs: { '192.0.2.1': 'down' } },
      '192.0.2.2',
    ],
    ['[doc] all down: any', `ifportup(443, ${pair})`, { rest: 'down' }, '192.0.2.1 | 192.0.2.2'],
    [
      '[doc] not probed yet counts as down',
      `ifportup(443, ${pair})`,
      { beliefs: { '192.0.2.1': 'unknown' } },
      '192.0.2.2',
    ],
    [
      '[doc] the first set with a member up',
      `ifportup(443, ${sets})`,
      { beliefs: { '192.0.2.1': 'down' } },
      '192.0.2.2',
    ],
    [
      '[doc] the next set',
      `ifportup(443, ${sets})`,
      { rest: 'down', beliefs: { '192.0.2.3': 'up' } },
      '192.0.2.3',
    ],
    [
      '[code] all sets down: any of all',
      `ifportup(443, ${sets})`,
      { rest: 'down' },
      '192.0.2.1 | 192.0.2.2 | 192.0.2.3',
    ],
    [
      'another reading: any of the first set',
      `ifportup(443, ${sets})`,
      { rest: 'down', options: { backupSet: 'first' } },
      '192.0.2.1 | 192.0.2.2',
    ],
    ['[doc] selector all', `ifportup(443, ${pair}, {selector='all'})`, {}, '192.0.2.1+192.0.2.2'],
    [
      '[doc] selector pickclosest',
      `ifportup(443, ${pair}, {selector='pickclosest'})`,
      { region: EU },
      '192.0.2.2',
    ],
    [
      '[code] an unknown selector is random',
      `ifportup(443, ${pair}, {selector='roundrobin'})`,
      {},
      '192.0.2.1 | 192.0.2.2',
    ],
    [
      '[doc] backupSelector all',
      `ifportup(443, ${pair}, {backupSelector='all'})`,
      { rest: 'down' },
      '192.0.2.1+192.0.2.2',
    ],
    [
      'backupSelector empty is NODATA',
      `ifportup(443, ${pair}, {backupSelector='empty'})`,
      { rest: 'down' },
      'NODATA',
    ],
    [
      'failOnIncompleteCheck: SERVFAIL while nothing was probed',
      `ifportup(443, ${pair}, {failOnIncompleteCheck='true'})`,
      { rest: 'unknown' },
      'SERVFAIL: if{url,port}up health check has not completed yet at 1:9',
    ],
    [
      'failOnIncompleteCheck: one result is enough',
      `ifportup(443, ${pair}, {failOnIncompleteCheck=true})`,
      { rest: 'unknown', beliefs: { '192.0.2.1': 'down' } },
      '192.0.2.1 | 192.0.2.2',
    ],
    [
      '[code] what is no address',
      "ifportup(443, {'east'})",
      {},
      "SERVFAIL: Unable to convert presentation address 'east' at 1:9",
    ],
    [
      '[doc] IPv6 on an A record is an error',
      "ifportup(443, {'2001:db8::1'})",
      {},
      "SERVFAIL: '2001:db8::1' is no IPv4 address",
    ],
    ['[doc] AAAA', "ifportup(443, {'2001:db8::1'})", { type: 'AAAA' }, '2001:db8::1'],
    [
      '[doc] ifurlup',
      `ifurlup('https://www.example.com/', ${sets}, {stringmatch='x'})`,
      { beliefs: { '192.0.2.1': 'down' } },
      '192.0.2.2',
    ],
    [
      '[doc] ifurlextup answers addresses by the state of URLs',
      "ifurlextup({{['192.0.2.1']='https://192.0.2.11/', ['192.0.2.2']='https://192.0.2.12/'}})",
      { beliefs: { '192.0.2.11': 'down' } },
      '192.0.2.2',
    ],
  ];
  test.each(rows)('%s', (_, code, trial, expected) => {
    expect(ever(code, trial)).toBe(expected);
  });
});

describe('picks', () => {
  const weights = "{{70, '192.0.2.1'}, {30, '192.0.2.2'}}";
  test.each<Row>([
    ['[doc] pickrandom', "pickrandom({'192.0.2.1', '192.0.2.2'})", {}, '192.0.2.1 50, 192.0.2.2 50'],
    ['[doc] pickwrandom', `pickwrandom(${weights})`, {}, '192.0.2.1 70, 192.0.2.2 30'],
    [
      '[code] weights as texts',
      "pickwrandom({{'3', '192.0.2.1'}, {'1', '192.0.2.2'}})",
      {},
      '192.0.2.1 75, 192.0.2.2 25',
    ],
    [
      '[doc] pickrandomsample',
      "pickrandomsample(2, {'192.0.2.1', '192.0.2.2'})",
      {},
      '192.0.2.1+192.0.2.2 50, 192.0.2.2+192.0.2.1 50',
    ],
    ['[doc] all', "all({'192.0.2.1', '192.0.2.2'})", {}, '192.0.2.1+192.0.2.2 100'],
    [
      '[code] an empty list is an error',
      'pickrandom({})',
      {},
      'SERVFAIL: The items list cannot be empty at 1:11 100',
    ],
    [
      '[code] weights of 0 are an error',
      "pickwrandom({{0, '192.0.2.1'}})",
      {},
      'SERVFAIL: The sum of items cannot be zero at 1:12 100',
    ],
    [
      '[code] pickselfweighted, all down',
      "pickselfweighted('http://a/', {'192.0.2.1'})",
      { rest: 'down' },
      'SERVFAIL: The sum of items cannot be zero at 1:17 100',
    ],
    [
      '[doc] pickselfweighted, all down: random',
      "pickselfweighted('http://a/', {'192.0.2.1', '192.0.2.2'})",
      { rest: 'down', options: { selfWeightedDown: 'random' } },
      '192.0.2.1 50, 192.0.2.2 50',
    ],
  ])('%s', (_, code, trial, expected) => {
    expect(shares(code, trial)).toBe(expected);
  });

  const byClient = ['pickwhashed', 'pickchashed'].map((pick) => `${pick}(${weights})`);
  test.each([...byClient, "pickhashed({'192.0.2.1', '192.0.2.2'})"])(
    '%s: stable for a client, spread over clients',
    (code) => {
      const of = (instance: number): string => shares(code, { instance });
      const found = Array.from({ length: 400 }, (_, instance) => once(code, { instance }));
      expect(of(3)).toMatch(/ 100$/);
      const share = found.filter((one) => one === '192.0.2.1').length / 400;
      const wanted = code.includes('70') ? 0.7 : 0.5;
      expect(Math.abs(share - wanted)).toBeLessThan(0.1);
    },
  );

  it('pickchashed moves few clients when a member leaves, pickwhashed many', () => {
    const moved = (pick: string): number => {
      const code = (more: string): string =>
        `${pick}({{50, '192.0.2.1'}, ${more}{50, '192.0.2.2'}, {50, '192.0.2.3'}})`;
      const clients = Array.from({ length: 300 }, (_, instance) => instance);
      const stayed = clients.filter((instance) => {
        const before = once(code("{50, '192.0.2.9'}, "), { instance });
        return before !== '192.0.2.9' && before !== once(code(''), { instance });
      });
      return stayed.length;
    };
    expect(moved('pickchashed')).toBe(0);
    expect(moved('pickwhashed')).toBeGreaterThan(50);
  });

  it('picknamehashed goes by the name, whoever asks', () => {
    const code = `picknamehashed(${weights})`;
    const owner = '*.example.com.';
    const at = (qname: string, instance: number): string => once(code, { owner, qname, instance });
    expect(at('a.example.com.', 1)).toBe(at('a.example.com.', 2));
    const found = Array.from({ length: 200 }, (_, one) => at(`n${one}.example.com.`, 1));
    expect(found.filter((one) => one === '192.0.2.1').length / 200).toBeCloseTo(0.7, 1);
  });
});

describe('places', () => {
  const three = "pickclosest({'192.0.2.1', '192.0.2.2', '192.0.2.3'})";
  test.each<Row>([
    ['[doc] pickclosest from the US', three, { region: US }, '192.0.2.1'],
    ['[doc] pickclosest from Ireland', three, { region: EU }, '192.0.2.2'],
    ['[doc] pickclosest from Singapore', three, { region: AP }, '192.0.2.3'],
    [
      '[code] without geoip all are equally close',
      three,
      { options: { geoip: false } },
      '192.0.2.1 | 192.0.2.2 | 192.0.2.3',
    ],
    [
      '[doc] country',
      ";if country('US') then return '192.0.2.1' else return '192.0.2.2' end",
      {},
      '192.0.2.1',
    ],
    [
      '[doc] a list of countries, any case',
      ";if country({'de', 'us'}) then return '192.0.2.1' else return '192.0.2.2' end",
      {},
      '192.0.2.1',
    ],
    [
      '[doc] continent',
      ";if continent('EU') then return '192.0.2.2' end return '192.0.2.1'",
      { region: EU },
      '192.0.2.2',
    ],
    ['[doc] region', ";if region('VA') then return '192.0.2.1' end return '192.0.2.2'", {}, '192.0.2.1'],
    [
      '[doc] nobody knows',
      ";if country('US') then return '192.0.2.1' end return '192.0.2.2'",
      { region: NOWHERE },
      '192.0.2.2',
    ],
    [
      '[doc] the client whose subnet is told',
      ";if country('IE') then return '192.0.2.2' end return '192.0.2.1'",
      { clientRegion: EU },
      '192.0.2.2',
    ],
    [
      '[doc] netmask',
      ";if netmask({'198.51.100.0/24'}) then return '192.0.2.2' end return '192.0.2.1'",
      { region: EU },
      '192.0.2.2',
    ],
    [
      '[doc] view',
      "view({ {{'198.51.100.0/24'}, {'192.0.2.2'}}, {{'0.0.0.0/0'}, {'192.0.2.1'}} })",
      { region: EU },
      '192.0.2.2',
    ],
    [
      '[doc] view, the rest',
      "view({ {{'198.51.100.0/24'}, {'192.0.2.2'}}, {{'0.0.0.0/0'}, {'192.0.2.1'}} })",
      {},
      '192.0.2.1',
    ],
    [
      'AS numbers are not known',
      ";if asnum('64496') then return '192.0.2.1' end return '192.0.2.2'",
      {},
      '192.0.2.2',
    ],
    ['[doc] codes', 'countryCode() .. continentCode() .. regionCode()', { type: 'TXT' }, '"USNAVA"'],
    ['[doc] codes of nobody', 'countryCode()', { type: 'TXT', region: NOWHERE }, '"--"'],
    ['[doc] latlon', 'latlon()', { type: 'TXT' }, '"38.900000 -77.400000"'],
    [
      '[doc] closestMagic',
      'closestMagic()',
      { owner: '*.example.com.', qname: '192-0-2-1.192-0-2-2.example.com.', region: EU },
      '192.0.2.2',
    ],
  ])('%s', (_, code, trial, expected) => {
    expect(ever(code, trial)).toBe(expected);
  });
});

describe('names and addresses', () => {
  const under = (qname: string, type = 'A'): Trial => ({
    owner: '*.example.com.',
    qname: `${qname}.example.com.`,
    type,
  });
  const v6 = 'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2';
  test.each<Row>([
    ['[doc] createForward, dotted', 'createForward()', under('127.0.0.5'), '127.0.0.5'],
    [
      '[doc] createForward, hexadecimal behind a prefix',
      'createForward()',
      under('ip40414243'),
      '64.65.66.67',
    ],
    ['[code] createForward, dashes', 'createForward()', under('ip-10-1-2-3'), '10.1.2.3'],
    ['[code] createForward of nonsense', 'createForward()', under('www'), '0.0.0.0'],
    ['[doc] createForward6, dashes', 'createForward6()', under('2001-a-b--1', 'AAAA'), '2001:a:b::1'],
    [
      '[doc] createForward6, eight labels',
      'createForward6()',
      under('2001.db8.6.5.4.3.2.1', 'AAAA'),
      '2001:db8:6:5:4:3:2:1',
    ],
    [
      '[doc] createForward6, all digits',
      'createForward6()',
      under('20010002000300040005000600070db8', 'AAAA'),
      '2001:2:3:4:5:6:7:db8',
    ],
    [
      '[doc] filterForward',
      "filterForward(createForward(), newNMG({'192.0.2.0/24'}))",
      under('192.0.2.7'),
      '192.0.2.7',
    ],
    [
      '[doc] filterForward, outside',
      "filterForward(createForward(), newNMG({'192.0.2.0/24'}))",
      under('10.0.0.7'),
      '0.0.0.0',
    ],
    [
      '[code] filterForward, nothing instead',
      "filterForward(createForward(), newNMG({'192.0.2.0/24'}), '')",
      under('10.0.0.7'),
      'NODATA',
    ],
    [
      '[doc] createReverse',
      "createReverse('%1%.%2%.%3%.%4%.static.test')",
      under('5.0.0.127', 'PTR'),
      '127.0.0.5.static.test.',
    ],
    [
      '[doc] createReverse, joined and hexadecimal',
      "createReverse('%5%.%6%.test')",
      under('15.0.0.127', 'PTR'),
      '127-0-0-15.7f00000f.test.',
    ],
    [
      '[doc] createReverse, exception',
      "createReverse('%5%.test', {['10.10.10.10']='quad10.test.'})",
      under('10.10.10.10', 'PTR'),
      'quad10.test.',
    ],
    [
      '[doc] createReverse6',
      "createReverse6('%33%.test')",
      under(v6, 'PTR'),
      '2001-db8-1-2-3-4-567-89ab.test.',
    ],
    ['[doc] createReverse6, chunks', "createReverse6('%34%.%35%.test')", under(v6, 'PTR'), '2001.0db8.test.'],
    [
      '[code] dblookup',
      "dblookup('www.example.com', pdns.A)",
      { more: 'www.example.com. 60 IN A 192.0.2.9\n' },
      '192.0.2.9',
    ],
    [
      '[doc] include',
      ";include('config') return pickrandom(ips)",
      { more: 'config.example.com. 60 IN LUA LUA "ips={\'192.0.2.7\'}"\n' },
      '192.0.2.7',
    ],
    [
      '[code] a broken include is passed over',
      ";include('config') return ips",
      { more: 'config.example.com. 60 IN LUA LUA "ips={"\n' },
      'SERVFAIL: the record returned a nil value in place of a text or a list of them',
    ],
  ])('%s', (_, code, trial, expected) => {
    expect(ever(code, trial)).toBe(expected);
  });
});

describe('records', () => {
  test.each<Row>([
    ['[doc] a text', "'192.0.2.1'", {}, '192.0.2.1'],
    ['[doc] a list', "{'192.0.2.1', '192.0.2.2'}", {}, '192.0.2.1+192.0.2.2'],
    ['[doc] a script behind a semicolon', ";local a = '192.0.2.' return a .. 7", {}, '192.0.2.7'],
    [
      '[doc] CNAME',
      ";if continent('EU') then return 'west.example.net' else return 'usa.example.net' end",
      { type: 'CNAME' },
      'usa.example.net.',
    ],
    ['[code] an empty list', '{}', {}, 'NODATA'],
    [
      '[code] nothing returned',
      ';local a = 1',
      {},
      'SERVFAIL: the record returned a nil value in place of a text or a list of them',
    ],
    [
      '[doc] variables',
      "qname:toString() .. ' ' .. zone:toStringNoDot() .. ' ' .. tostring(bestwho:isIPv4())",
      { type: 'TXT' },
      '"app.example.com. example.com true"',
    ],
    ['[doc] ecswho is nil without a subnet', 'tostring(ecswho)', { type: 'TXT' }, '"nil"'],
    ['[doc] ecswho', 'ecswho:toString()', { type: 'TXT', clientRegion: EU }, '"198.51.100.0/24"'],
    [
      'an error names its place in the record',
      "ifport(443, {'192.0.2.1'})",
      {},
      "SERVFAIL: attempt to call a nil value ('ifport') at 1:7",
    ],
    ['[doc] the limit', ';while true do end', {}, 'SERVFAIL: Script took too long at 1:8'],
    [
      '[doc] no limit, and code that ends',
      ';local n = 0 for i = 1, 2000 do n = n + 1 end return "192.0.2.1"',
      { options: { stepLimit: 0 } },
      '192.0.2.1',
    ],
    [
      '[doc] the same under the limit',
      ';local n = 0 for i = 1, 2000 do n = n + 1 end return "192.0.2.1"',
      {},
      'SERVFAIL: Script took too long at 1:14',
    ],
    [
      'libraries cannot be changed for others',
      ";string.format = nil return 'x'",
      { type: 'TXT' },
      'SERVFAIL: attempt to change a library at 1:8',
    ],
  ])('%s', (_, code, trial, expected) => {
    expect(ever(code, trial)).toBe(expected);
  });
});
