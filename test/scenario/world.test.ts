/** The generated world: hierarchy, delegations, glue, servers, endpoints, and what the small keys turn into. */
import { describe, expect, it, test } from 'vitest';
import { type Name, parseName } from '../../src/dns/data/name.ts';
import { A, AAAA, NS, typeFromText, typeToText } from '../../src/dns/data/rrtype.ts';
import { lookup } from '../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../src/dns/zone/view.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { BASE, line, load, mustLoad } from './base.ts';

function world(text: string, files: Readonly<Record<string, string>> = {}): WorldSpec {
  return mustLoad(text, files).strategies[0]!.spec;
}

/** RRsets of a zone at a name as `NAME TTL TYPE DATA`, sorted. */
function records(spec: WorldSpec, origin: string, name?: string): string[] {
  const zone = spec.zones.find((one) => one.origin === origin)!.zone;
  return [...zone.rrsets()]
    .filter((set) => name === undefined || set.name === name)
    .flatMap(({ name: owner, ttl, type, rdata }) =>
      rdata.map(({ text }) => `${owner} ${ttl} ${typeToText(type)} ${text}`),
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Walks from the root as a resolver does: which server is asked, what for, and the addresses at the end. */
function walk(spec: WorldSpec, name: string): { path: string[]; addresses: string[] } {
  const servers = new Map(
    spec.providers.flatMap(({ servers: list }, provider) =>
      list.map((one) => [one.name, { ...one, provider }]),
    ),
  );
  const path: string[] = [];
  let at: Name = spec.zones.find(({ origin }) => origin === '.')!.zone.get('.' as Name, NS)!.rdata[0]!
    .text as Name;
  for (let hop = 0; hop < 8; hop++) {
    const server = servers.get(at)!;
    const hosted = spec.zones
      .filter(({ providers }) => providers.includes(server.provider))
      .map(({ zone }) => zone);
    const reply = lookup(hostedZones(hosted), { name: parseName(`${name}.`), type: A }, {});
    path.push(`${spec.providers[server.provider]!.name}`);
    if (reply.answer.length > 0) {
      return { path, addresses: reply.answer.flatMap(({ rdata }) => rdata.map(({ text }) => text)) };
    }
    at = reply.authority.find(({ type }) => type === NS)!.rdata[0]!.text as Name;
  }
  return { path, addresses: [] };
}

describe('the hierarchy', () => {
  const spec = world(BASE);

  it('holds the listed zone, the zone of its servers, the domains above, and the root', () => {
    expect(spec.zones.map(({ origin }) => origin)).toEqual([
      'example.com.',
      'main-dns.net.',
      'com.',
      'net.',
      'root-servers.net.',
      '.',
    ]);
    expect(spec.providers.map(({ name }) => name)).toEqual(['main', 'com.', 'net.', 'root']);
  });

  it('fills in SOA and NS', () => {
    expect(records(spec, 'example.com.', 'example.com.')).toEqual([
      'example.com. 172800 NS ns1.main-dns.net.',
      'example.com. 172800 NS ns2.main-dns.net.',
      'example.com. 3600 SOA ns1.main-dns.net. hostmaster.example.com. 1 7200 900 1209600 300',
    ]);
  });

  it('delegates with glue where the server lies inside, and without where not', () => {
    expect(records(spec, 'com.', 'example.com.')).toEqual([
      'example.com. 172800 NS ns1.main-dns.net.',
      'example.com. 172800 NS ns2.main-dns.net.',
    ]);
    expect(records(spec, 'net.', 'ns1.main-dns.net.')).toEqual(['ns1.main-dns.net. 172800 A 10.0.0.1']);
    expect(records(spec, 'com.', 'ns1.main-dns.net.')).toEqual([]);
    expect(records(spec, '.', 'a.nic.com.')).toHaveLength(1);
  });

  it('leads from the root to the answer', () => {
    expect(walk(spec, 'app.example.com')).toEqual({
      path: ['root', 'com.', 'main'],
      addresses: ['203.0.113.10'],
    });
    expect(walk(spec, 'ns2.main-dns.net')).toEqual({
      path: ['root', 'net.', 'main'],
      addresses: ['10.0.0.2'],
    });
    expect(walk(spec, 'm.root-servers.net').path).toEqual(['root']); // the root serves this zone itself
    expect(walk(spec, 'b.nic.com').path).toEqual(['root', 'com.']);
  });

  it('gives every resolver the root hints', () => {
    const hints = spec.resolvers[0]!.options.rootHints;
    expect(Object.keys(hints)).toHaveLength(13);
    const servers = spec.providers.at(-1)!.servers;
    expect(Object.entries(hints)).toEqual(servers.map(({ name, addresses }) => [name, addresses]));
  });

  it('gives no address to two hosts', () => {
    const all = spec.providers.flatMap(({ servers }) => servers.flatMap(({ addresses }) => addresses));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('zones', () => {
  test.each([
    ['example.co.uk', 'shop', ['root', 'uk.', 'main']],
    ['deep.below.example.org', 'www', ['root', 'org.', 'main']],
    ['2.0.192.in-addr.arpa', '1', ['root', 'arpa.', 'main']],
  ])('%s hangs below its top-level domain', (zone, host, path) => {
    const text = BASE.replace('name: example.com', `name: ${zone}`)
      .replace('      app 60', `      ${host} 60`)
      .replace('name: app.example.com', `name: ${host}.${zone}`);
    expect(walk(world(text), `${host}.${zone}`).path).toEqual(path);
  });

  it('hang below each other', () => {
    const text = `${BASE.replace(
      'endpoints:',
      '  - { name: shop.example.com, records: "www 60 IN A 192.0.2.1", providers: b }\nendpoints:',
    )}providers: { a: {}, b: {} }\n`;
    const spec = world(text);
    expect(walk(spec, 'www.shop.example.com').path).toEqual(['root', 'com.', 'a', 'b']);
    expect(records(spec, 'example.com.', 'shop.example.com.')).toHaveLength(2);
  });

  it('are read from files, with what they include, and take server addresses from the data', () => {
    const file =
      '$TTL 1h\n@ SOA ns1 hostmaster 1 2h 15m 2w 5m\n@ NS ns1\n@ NS ns2.friend.net.\nns1 A 192.0.2.53\n$INCLUDE hosts.txt\n';
    const text = BASE.replace(
      / {2}- name: example.com\n.*\n.*\n/,
      '  - file: data/example.com.zone\n',
    ).concat(
      'providers:\n  own: { servers: [{ name: ns1.example.com }] }\n  friend: { servers: [{ name: ns2.friend.net, addresses: 198.51.100.53 }] }\n',
    );
    const spec = world(text, { 'data/example.com.zone': file, 'data/hosts.txt': 'app 60 A 203.0.113.10\n' });
    expect(
      spec.providers.slice(0, 2).map(({ servers }) => servers.map(({ addresses }) => addresses)),
    ).toEqual([[['192.0.2.53']], [['198.51.100.53']]]);
    expect(records(spec, 'com.', 'ns1.example.com.')).toEqual(['ns1.example.com. 172800 A 192.0.2.53']);
    expect(records(spec, 'com.', 'ns2.friend.net.')).toEqual([]); // glue stands beside its own delegation only
    expect(records(spec, 'friend.net.', 'ns2.friend.net.')).toEqual([
      'ns2.friend.net. 172800 A 198.51.100.53',
    ]);
    expect(walk(spec, 'app.example.com').addresses).toEqual(['203.0.113.10']);
  });

  it('never come from outside the folder', () => {
    for (const path of ['../up.zone', '/etc/passwd', 'a/../../up.zone', 'C:/x.zone', 'a\\b.zone']) {
      const text = BASE.replace(
        / {2}- name: example.com\n.*\n.*\n/,
        `  - { name: example.com, file: '${path}' }\n`,
      );
      const asked: string[] = [];
      const { issues } = load(text, new Proxy({}, { get: (_, name) => void asked.push(String(name)) }));
      expect(issues.map(({ code }) => code)).toContain('scenario-file-outside');
      expect(asked).toEqual([]);
    }
  });

  it('reports problems of files at their places, beside those of the scenario', () => {
    const text = BASE.replace(/ {2}- name: example.com\n.*\n.*\n/, '  - file: example.com.zone\n').replace(
      '1h',
      '5',
    );
    const { issues } = load(text, {
      'example.com.zone': '$TTL 1h\n@ SOA a b 1 2 3 4 5\n@ NS ns1.main-dns.net.\nwww A 1.2.3\n',
    });
    expect(issues.map(line).map((one) => one.slice(0, 45))).toEqual([
      "1:11 scenario-bad-duration: '5' is not a dura",
      "example.com.zone:4:7 zone-bad-value: '1.2.3' ",
    ]);
  });

  it('take NS sets of several providers as their union, and delegate to those named', () => {
    const text = `${BASE.replace('    records', '    providers: [a, b]\n    delegation: { ttl: 1h, providers: b }\n    records')}providers: { a: { servers: 1 }, b: { servers: 1 } }\n`;
    const spec = world(text);
    expect(records(spec, 'com.', 'example.com.')).toEqual(['example.com. 3600 NS ns1.b-dns.net.']);
    expect(spec.zones[0]!.providers).toEqual([0, 1]);
    const both = world(text.replace(', providers: b', ''));
    expect(records(both, 'com.', 'example.com.')).toHaveLength(2);
  });
});

describe('providers, endpoints, policies', () => {
  it('names, places and addresses servers', () => {
    const spec = world(
      `${BASE}network: { regions: [us, eu] }\nproviders:\n  My DNS: { servers: 2, ipv6: true, capacity: 500, sites: [eu] }\n`,
    );
    const [provider] = spec.providers;
    expect(provider!.servers).toEqual([
      {
        name: 'ns1.my-dns-dns.net.',
        addresses: ['10.0.0.1', 'fd00::1'],
        sites: [{ region: 1, capacity: 500 }],
      },
      {
        name: 'ns2.my-dns-dns.net.',
        addresses: ['10.0.0.2', 'fd00::2'],
        sites: [{ region: 1, capacity: 500 }],
      },
    ]);
    expect(spec.zones[1]!.zone.get('ns1.my-dns-dns.net.' as Name, AAAA)!.rdata[0]!.text).toBe('fd00::1');
  });

  it('lists sites one by one', () => {
    const spec = world(
      `${BASE}network: { regions: [us, eu] }\nproviders:\n  main: { capacity: 9, servers: [{ name: ns.main.net, sites: [us, { region: eu, capacity: unlimited }] }] }\n`,
    );
    expect(spec.providers[0]!.servers[0]!.sites).toEqual([
      { region: 0, capacity: 9 },
      { region: 1, capacity: Number.POSITIVE_INFINITY },
    ]);
  });

  it('makes endpoints of addresses nobody describes, also of those put later, but not of servers and lies', () => {
    const text = `${BASE.replace('203.0.113.10\nendpoints', '203.0.113.10\n      www 60 IN A 192.0.2.7\nendpoints')}timeline:
  - { at: 1m, put: example.com, records: "new 60 IN A 192.0.2.8" }
  - { at: 2m, wrong: provider main, record: "app 60 IN A 192.0.2.66" }
`;
    const spec = world(text);
    expect(spec.endpoints.map(({ name, addresses }) => [name, ...addresses])).toEqual([
      ['east', '203.0.113.10'],
      ['west', '198.51.100.20'],
      ['192.0.2.7', '192.0.2.7'],
      ['192.0.2.8', '192.0.2.8'],
    ]);
  });

  it('settles checks', () => {
    const spec = world(
      `${BASE.replace('tcp: true', 'https: /h, interval: 5s, regions: [eu, us, eu], quorum: 2, phase: 1s, interval-from: response')}network: { regions: [us, eu] }\n`,
    );
    expect(spec.endpoints[0]!.check).toEqual({
      kind: 'https',
      path: '/h',
      interval: 5e6,
      timeout: 4e6,
      failures: 3,
      successes: 3,
      regions: [1, 0, 1],
      quorum: 2,
      phase: 1e6,
      intervalFrom: 'response',
    });
    expect(world(BASE).endpoints[0]!.check).toMatchObject({ kind: 'tcp', quorum: 1, regions: [0] });
    expect('phase' in world(BASE).endpoints[0]!.check!).toBe(false);
  });

  it('settles policies and gives their names a record', () => {
    const text = `${BASE.replace('app 60 IN A 203.0.113.10', 'other 60 IN A 203.0.113.10')}policies:\n  app.example.com/A: { failover: { primary: east, secondary: west } }\n`;
    const spec = world(text);
    expect(spec.policies).toEqual([
      {
        name: 'app.example.com.',
        type: A,
        ttl: 60,
        provider: 0,
        word: 'failover',
        candidates: [
          {
            label: 'east',
            data: { kind: 'endpoints', endpoints: [0] },
            health: { kind: 'endpoint', endpoint: 0 },
          },
          { label: 'west', data: { kind: 'endpoints', endpoints: [1] } },
        ],
        rule: {
          kind: 'generic',
          arrange: { kind: 'listed' },
          take: 1,
          shuffle: false,
          unhealthy: { kind: 'ignore-health' },
        },
      },
    ]);
    expect(records(spec, 'example.com.', 'app.example.com.')).toEqual(['app.example.com. 60 A 203.0.113.10']);
  });
});

describe('clients and network', () => {
  it('settles round trips', () => {
    const spec = world(
      `${BASE}network:\n  regions: { us: {}, eu: { inside: 7ms }, ap: {} }\n  inside: 10ms\n  between: 100ms\n  round-trips: { eu/us: 80ms }\n`,
    );
    expect(spec.network.roundTrip).toEqual([
      [10_000, 80_000, 100_000],
      [80_000, 7_000, 100_000],
      [100_000, 100_000, 10_000],
    ]);
  });

  it('splits clients over lists of resolvers', () => {
    const text = BASE.replace('  isp:', '  google: {}\n  isp:').replace(
      'count: 10,',
      "count: 10, resolvers: { 'isp, google': 70%, google: 30% },",
    );
    expect(world(text).populations[0]!.resolvers).toEqual([
      { share: 0.7, resolvers: [1, 0] },
      { share: 0.3, resolvers: [0] },
    ]);
    const list = BASE.replace('  isp:', '  google: {}\n  isp:').replace(
      'count: 10,',
      'count: 10, resolvers: [isp, google],',
    );
    expect(world(list).populations[0]!.resolvers).toEqual([{ share: 1, resolvers: [1, 0] }]);
  });

  test.each([
    ['every: 5s', { kind: 'poisson', every: 5e6 }],
    ['every: 5s, pattern: periodic', { kind: 'periodic', every: 5e6 }],
    ['pattern: sessions, requests: 3', { kind: 'sessions', every: 60e6, requests: 3, pause: 10e6 }],
    [
      'diurnal: { amplitude: 20% }',
      { kind: 'poisson', every: 60e6, diurnal: { amplitude: 0.2, peak: 50_400e6 } },
    ],
  ])('%s', (keys, workload) => {
    expect(
      world(BASE.replace('name: app.example.com', `name: app.example.com, ${keys}`)).populations[0]!.workload,
    ).toEqual(workload);
  });

  it('takes several questions by weight', () => {
    const spec = world(
      BASE.replace(
        'name: app.example.com',
        'names: [{ name: app.example.com, types: [A, AAAA], weight: 3 }, { name: example.com, types: MX }]',
      ),
    );
    expect(spec.populations[0]!.questions).toEqual([
      { name: 'app.example.com.', types: [A, AAAA], weight: 3 },
      { name: 'example.com.', types: [typeFromText('MX')], weight: 1 },
    ]);
  });

  test.each([
    ['app: chrome', { id: 'chrome', keepAlive: 300e6 }],
    [
      'app: { profile: chrome, with: { keep-alive: 5s } }',
      { id: 'chrome, changed', keepAlive: 5e6, attemptDelay: 300_000 },
    ],
    [
      'app: { keep-alive: 5s, patience: never }',
      { id: 'custom', keepAlive: 5e6, patience: Number.POSITIVE_INFINITY, attemptDelay: 250_000 },
    ],
  ])('%s', (keys, application) => {
    expect(
      world(BASE.replace('count: 10,', `count: 10, ${keys},`)).populations[0]!.application,
    ).toMatchObject(application);
  });

  test.each([
    ['cache: none', 'none', 2_147_483_647],
    ['cache: { mode: ttl, cap: 60s }', 'ttl', 60],
  ])('app: { %s }', (keys, mode, capSeconds) => {
    expect(
      world(BASE.replace('count: 10,', `count: 10, app: { ${keys} },`)).populations[0]!.application.cache,
    ).toMatchObject({ mode, capSeconds });
  });

  test.each([
    ['serve-stale: on', { clientTimerMicros: 1_800_000, maxStaleSeconds: 86_400 }],
    [
      'serve-stale: { answer-ttl: 1s, client-timer: after-failure }',
      { clientTimerMicros: undefined, answerTtlSeconds: 1 },
    ],
    ['serve-stale: { enabled: off, answer-ttl: 1s }', undefined],
    ['ttl-floor: 5s', undefined],
  ])('resolver with %s', (keys, serveStale) => {
    const { options } = world(BASE.replace('count: 2', `count: 2, with: { ${keys} }`)).resolvers[0]!;
    if (serveStale) expect(options.serveStale).toMatchObject(serveStale);
    else expect(options.serveStale).toBeUndefined();
  });
});

describe('what little is needed', () => {
  it('is a duration, a zone and clients', () => {
    const spec = world(
      'duration: 1h\nzones: [{ name: a.example, records: "@ 60 IN A 192.0.2.1" }]\nclients: { c: { requests: { name: a.example } } }\n',
    );
    expect(spec.providers[0]!.name).toBe('main');
    expect(spec.resolvers.map(({ name, count }) => [name, count])).toEqual([['isp', 20]]);
    expect(spec.populations[0]).toMatchObject({
      count: 10_000,
      represents: 10_000,
      resolvers: [{ share: 1, resolvers: [0] }],
    });
    expect(spec.network.regions).toEqual(['world']);
  });
});
