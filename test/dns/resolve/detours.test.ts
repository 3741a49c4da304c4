/** What a resolver puts in front of its cache or beside its zones: response policies, search lists, second looks. */
import { describe, expect, it, test } from 'vitest';
import { parseName } from '../../../src/dns/data/name.ts';
import { parseRRsets } from '../../../src/dns/data/presentation.ts';
import { A, AAAA, CNAME } from '../../../src/dns/data/rrtype.ts';
import type { ResponseRule } from '../../../src/dns/resolve/detour/response-policy.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { World, zoneServer } from './harness.ts';

const SOA = 'ns1.example.com. h.example.com. 1 3600 600 86400 60';
const UP = '192.0.2.50';

/** One upstream that serves all of this, as a stub of the root. */
function world(zones: Record<string, string>, options: Partial<ResolverOptions>): World {
  const made = new World({
    configuredZones: [{ zone: parseName('.'), mode: 'stub', addresses: [UP], fallback: false }],
    ...options,
  });
  made.servers.set(UP, zoneServer(zones));
  return made;
}

describe('a response policy [Cloud DNS API, ResponsePolicyRule]', () => {
  const ZONE = {
    'example.com.': `example.com. 300 SOA ${SOA}
www.example.com. 300 A 192.0.2.10
www.example.com. 300 TXT "public"
free.example.com. 300 A 192.0.2.11
deep.free.example.com. 300 A 192.0.2.12
alias.example.com. 300 CNAME www.example.com.
apex.example.com. 300 A 192.0.2.13`,
  };
  const rule = (text: string): ResponseRule => {
    const [name, ...data] = text.split(' = ');
    const isWildcard = name!.startsWith('*.');
    const of = parseName(isWildcard ? name!.slice(2) : name!);
    if (data[0] === 'bypass') return { name: of, isWildcard };
    return { name: of, isWildcard, data: parseRRsets(data[0]!.replaceAll('@', of)) };
  };
  const rows: [what: string, rules: string[], asked: string, told: string][] = [
    ['no rule: as ever', [], 'www.example.com. A', 'www.example.com. 300 IN A 192.0.2.10'],
    [
      'local data in place of what is public',
      ['www.example.com. = @ 60 A 10.0.0.1'],
      'www.example.com. A',
      'www.example.com. 60 IN A 10.0.0.1',
    ],
    ['and of no other name', ['www.example.com. = @ 60 A 10.0.0.1'], 'a.www.example.com. A', 'NXDOMAIN'],
    [
      'a wildcard, at any depth',
      ['*.example.com. = @ 60 A 10.0.0.2'],
      'deep.free.example.com. A',
      'deep.free.example.com. 60 IN A 10.0.0.2',
    ],
    [
      'a wildcard does not hold for its own name',
      ['*.www.example.com. = @ 60 A 10.0.0.2'],
      'www.example.com. A',
      '.10',
    ],
    [
      'the rule with the longest suffix',
      ['*.example.com. = @ 60 A 10.0.0.2', '*.free.example.com. = @ 60 A 10.0.0.3'],
      'deep.free.example.com. A',
      '10.0.0.3',
    ],
    [
      'a bypass exempts a name from a wildcard',
      ['*.example.com. = @ 60 A 10.0.0.2', 'free.example.com. = bypass'],
      'free.example.com. A',
      '192.0.2.11',
    ],
    [
      'and not what lies below it',
      ['*.example.com. = @ 60 A 10.0.0.2', 'free.example.com. = bypass'],
      'deep.free.example.com. A',
      '10.0.0.2',
    ],
    [
      'a wildcard bypass exempts all below',
      ['*.example.com. = @ 60 A 10.0.0.2', '*.free.example.com. = bypass'],
      'deep.free.example.com. A',
      '192.0.2.12',
    ],
    [
      'another type of the name: no data',
      ['www.example.com. = @ 60 A 10.0.0.1'],
      'www.example.com. TXT',
      'NOERROR cache',
    ],
  ];
  test.each(rows)('%s', (_, rules, asked, told) => {
    const made = world(ZONE, { responsePolicy: { rules: rules.map(rule), aliases: 'followed' } });
    expect(made.resolve(asked)).toContain(told);
  });

  const POLICY = ['www.example.com. = @ 60 A 10.0.0.1', 'cn.example.com. = @ 60 CNAME free.example.com.'].map(
    rule,
  );
  it('holds for each hop of a chain of aliases, however often and in whatever order it is asked', () => {
    const made = world(ZONE, { responsePolicy: { rules: POLICY, aliases: 'followed' } });
    const chain =
      'NOERROR fresh\nalias.example.com. 300 IN CNAME www.example.com.\nwww.example.com. 60 IN A 10.0.0.1';
    expect(made.resolve('alias.example.com. A')).toBe(chain);
    expect(made.resolve('alias.example.com. A')).toBe(chain.replace('fresh', 'cache'));
    expect(made.resolve('www.example.com. A')).toBe('NOERROR cache\nwww.example.com. 60 IN A 10.0.0.1');
    expect(made.takeSent()).toHaveLength(1);
  });
  it('follows a CNAME of its own, or returns it alone', () => {
    const followed = world(ZONE, { responsePolicy: { rules: POLICY, aliases: 'followed' } });
    expect(followed.resolve('cn.example.com. A')).toContain('free.example.com. 300 IN A 192.0.2.11');
    const returned = world(ZONE, { responsePolicy: { rules: POLICY, aliases: 'returned' } });
    expect(returned.resolve('cn.example.com. A')).toBe(
      'NOERROR cache\ncn.example.com. 60 IN CNAME free.example.com.',
    );
    expect(returned.takeSent()).toEqual([]);
  });
});

describe('autopath [CoreDNS plugin/autopath]', () => {
  const ZONES = {
    'cluster.local.': `cluster.local. 5 SOA ns.dns.cluster.local. h. 1 7200 1800 86400 5
web.shop.svc.cluster.local. 5 A 10.96.0.20
pay.bank.svc.cluster.local. 5 A 10.96.0.21
only6.svc.cluster.local. 5 AAAA 2001:db8::1`,
    '.': `. 60 SOA ns. h. 1 7200 1800 86400 60
api.example.com. 60 A 203.0.113.10`,
  };
  const LISTS = [
    ['shop.svc.cluster.local.', 'svc.cluster.local.', 'cluster.local.'].map((one) => parseName(one)),
  ];
  const made = (zones = '.'): World =>
    world(ZONES, { autopath: { zones: [parseName(zones)], lists: LISTS } });
  const rows: [what: string, asked: string, told: string][] = [
    [
      'the name outside, through an alias with its TTL',
      'api.example.com.shop.svc.cluster.local. A',
      'NOERROR fresh\napi.example.com.shop.svc.cluster.local. 60 IN CNAME api.example.com.\napi.example.com. 60 IN A 203.0.113.10',
    ],
    [
      'a service of the own namespace: itself',
      'web.shop.svc.cluster.local. A',
      'NOERROR fresh\nweb.shop.svc.cluster.local. 5 IN A 10.96.0.20',
    ],
    [
      'a service of another: the second domain',
      'pay.bank.shop.svc.cluster.local. A',
      'NOERROR fresh\npay.bank.shop.svc.cluster.local. 5 IN CNAME pay.bank.svc.cluster.local.\npay.bank.svc.cluster.local. 5 IN A 10.96.0.21',
    ],
    ['nowhere: what the first said', 'gone.example.net.shop.svc.cluster.local. A', 'NXDOMAIN fresh'],
    ['no data ends the walk', 'only6.shop.svc.cluster.local. A', 'NOERROR fresh\ncluster.local. 5 IN SOA'],
    ['not for other types', 'api.example.com.shop.svc.cluster.local. TXT', 'NXDOMAIN fresh'],
    ['not for the other domains of the list', 'api.example.com.svc.cluster.local. A', 'NXDOMAIN fresh'],
  ];
  test.each(rows)('%s', (_, asked, told) => {
    expect(made().resolve(asked)).toContain(told);
  });
  it('is asked in the order of the list, and goes by the cache after that', () => {
    const one = made();
    one.resolve('api.example.com.shop.svc.cluster.local. A');
    expect(one.takeSent()).toEqual([
      `${UP} api.example.com.shop.svc.cluster.local. A`,
      `${UP} api.example.com.svc.cluster.local. A`,
      `${UP} api.example.com.cluster.local. A`,
      `${UP} api.example.com. A`,
    ]);
    expect(one.resolve('api.example.com.shop.svc.cluster.local. A')).toMatch(/^NOERROR cache\n.*CNAME/);
    expect(one.takeSent()).toEqual([]);
  });
  it('leaves names of other zones alone', () => {
    expect(made('example.org.').resolve('api.example.com.shop.svc.cluster.local. A')).toMatch(/^NXDOMAIN/);
  });
});

describe('a private zone that redirects what it denies [Azure dns/private-dns-fallback]', () => {
  const PRIVATE = '192.0.2.60';
  const zone = parseName('privatelink.example.');
  const made = (redirects: number[] | undefined, more: Partial<ResolverOptions> = {}): World => {
    const stub = { zone, mode: 'stub', addresses: [PRIVATE], fallback: false } as const;
    const result = world(
      {
        '.': `. 60 SOA ns. h. 1 7200 1800 86400 60
remote.privatelink.example. 60 A 203.0.113.5
remote.privatelink.example. 60 TXT "public"
local.privatelink.example. 60 TXT "public"`,
      },
      {
        configuredZones: [
          { ...stub, ...(redirects && { redirects }) },
          { zone: parseName('.'), mode: 'forward', addresses: [UP], fallback: false },
        ],
        ...more,
      },
    );
    const up = result.servers.get(UP)!;
    result.servers.set(
      UP,
      (...query) => ({ ...(up(...query) as object), recursionAvailable: true }) as never,
    );
    result.servers.set(
      PRIVATE,
      zoneServer({
        'privatelink.example.': `privatelink.example. 10 SOA ns. h. 1 7200 1800 86400 10
local.privatelink.example. 10 A 10.0.0.5`,
      }),
    );
    return result;
  };
  const ON = [A, AAAA, CNAME];
  const rows: [what: string, redirects: number[] | undefined, asked: string, told: string][] = [
    ['off: NXDOMAIN is final', undefined, 'remote.privatelink.example. A', 'NXDOMAIN fresh'],
    [
      'on: the public answer',
      ON,
      'remote.privatelink.example. A',
      'remote.privatelink.example. 60 IN A 203.0.113.5',
    ],
    ['on: denied by both', ON, 'none.privatelink.example. A', 'NXDOMAIN fresh\n. 60 IN SOA'],
    ['on: the private answer goes first', ON, 'local.privatelink.example. A', '10.0.0.5'],
    [
      'on: no such type in the private zone is final',
      ON,
      'local.privatelink.example. AAAA',
      'NOERROR fresh\nprivatelink',
    ],
    ['on: not for other types', ON, 'remote.privatelink.example. TXT', 'NXDOMAIN fresh'],
  ];
  test.each(rows)('%s', (_, redirects, asked, told) => {
    expect(made(redirects).resolve(asked)).toContain(told);
  });
  it('on: with minimised names too', () => {
    for (const qnameMinimisation of ['relaxed', 'strict'] as const) {
      expect(made(ON, { qnameMinimisation }).resolve('remote.privatelink.example. A')).toContain(
        '203.0.113.5',
      );
    }
  });
  it('asks the private zone first, each time the public answer has run out', () => {
    const one = made(ON);
    one.resolve('remote.privatelink.example. A');
    expect(one.takeSent()).toEqual([
      `${PRIVATE} remote.privatelink.example. A`,
      `${UP} remote.privatelink.example. A`,
    ]);
    expect(one.resolve('remote.privatelink.example. A')).toMatch(/^NOERROR cache/);
  });
});
