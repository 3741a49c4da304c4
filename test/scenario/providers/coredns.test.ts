/** CoreDNS in scenarios: as a provider of zones, and as a forwarder. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE } from '../../../src/base/time.ts';
import type { WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import { describeSource } from '../../../src/scenario/effective.ts';
import { line, load, mustLoad } from '../base.ts';

/** kubernetes/coredns.yaml.sed of coredns/deployment, as its script fills it in. */
const STOCK = `.:53 {
    errors
    health {
      lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf {
      max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

const CLUSTER = `duration: 10m
providers:
  main: {}
  cluster:
    kind: coredns
    servers: 1
    coredns: { corefile: Corefile, services: { shop/web: { address: 10.96.0.20 } } }
zones:
  - { name: example.com, providers: main, records: "app 60 IN A 203.0.113.10\\n" }
  - { name: cluster.local, providers: cluster }
resolvers:
  dns: { corefile: Corefile, upstreams: { /etc/resolv.conf: vpc } }
  vpc: { profile: aws-vpc-resolver }
clients:
  pods: { count: 10, resolvers: dns, requests: { name: app.example.com } }
`;

function spec(text: string, corefile = STOCK): WorldSpec {
  return mustLoad(text, { Corefile: corefile }).strategies[0]!.spec;
}

function shown(text: string, path: string, corefile = STOCK): string {
  const values = mustLoad(text, { Corefile: corefile }).strategies[0]!.effective;
  const found = values.find((one) => one.path === path);
  return found ? `${found.value} <- ${describeSource(found.from)}` : 'nothing';
}

function problems(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  return load(text, files).issues.map(line);
}

describe('a provider', () => {
  const serving = (corefile: string): string => `duration: 1h
providers:
  ns: { kind: coredns, coredns: { corefile: ${JSON.stringify(corefile)} } }
zones:
  - { name: example.com, records: "app 60 IN A 203.0.113.10\\n" }
clients:
  users: { count: 1, requests: { name: app.example.com } }
`;
  it('reads a Corefile beside the scenario and explains its chain', () => {
    expect(shown(CLUSTER, 'providers.cluster.coredns.blocks..:53.chain')).toBe(
      'loadbalance, cache, kubernetes, forward <- line 1, in the compiled order (plugin.cfg)',
    );
    expect(shown(CLUSTER, 'providers.cluster.coredns.blocks..:53.quiet')).toMatch(
      /^errors, health, ready, prom/,
    );
    expect(shown(CLUSTER, 'providers.cluster.coredns.corefile')).toMatch(
      /^Corefile <- written at drill.yaml:7/,
    );
  });
  it('knows the services it is given', () => {
    const zone = spec(CLUSTER).zones.find(({ origin }) => origin === 'cluster.local.')!.zone;
    const set = zone.get('web.shop.svc.cluster.local.' as typeof zone.origin, 1);
    expect([set?.ttl, set?.rdata[0]?.text]).toEqual([5, '10.96.0.20']);
    expect(zone.soa()!.rdata[0]!.text).toBe(
      'ns.dns.cluster.local. hostmaster.cluster.local. 1 7200 1800 86400 5',
    );
  });
  it('serves every zone without a Corefile', () => {
    const text = serving('x').replace(/corefile: "x"/, '');
    expect(shown(text, 'providers.ns.coredns.corefile')).toMatch(/^all zones/);
  });
  test.each([
    ['file', '. {\n file db example.com {\n reload 10s\n }\n}\n', '10s'],
    ['file, as it is', '. {\n file db example.com\n}\n', '1m'],
    ['kubernetes', '. {\n kubernetes example.com\n}\n', '1s'],
  ])('takes the propagation from the plugin: %s', (_, corefile, value) => {
    expect(shown(serving(corefile), 'providers.ns.propagation')).toMatch(new RegExp(`^${value} <- default`));
  });
  it('answers for addresses of hosts entries', () => {
    const corefile =
      '. {\n hosts {\n 192.0.2.77 extra.example.com\n fallthrough\n }\n file db example.com\n}\n';
    expect(spec(serving(corefile)).endpoints.map(({ name }) => name)).toContain('192.0.2.77');
  });

  const rows: [what: string, text: string, problems: string[]][] = [
    [
      'no file',
      serving('Corefil'),
      [
        "3:45 scenario-file-missing: there is no file 'Corefil' (providers.ns.coredns.corefile) -> the file stands in the scenario's folder or below it, or its text stands here after |",
      ],
    ],
    [
      'a file outside',
      serving('../Corefile'),
      [expect.stringContaining('scenario-file-outside') as unknown as string],
    ],
    [
      'a zone that nobody serves',
      serving('. {\n file db example.org\n}\n'),
      [
        '5:5 warning scenario-not-served: ns: no plugin of the Corefile serves example.com.: its names are errors (zones.0.providers)',
      ],
    ],
  ];
  test.each(rows)('tells: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
  it('does not warn of names that a plugin makes up', () => {
    const hosts = '. {\n hosts {\n 192.0.2.77 extra.example.com\n fallthrough\n }\n file db example.com\n}\n';
    const asking = (corefile: string): string =>
      serving(corefile).replace('name: app.example', 'name: extra.example');
    expect(problems(asking(hosts))).toEqual([]);
    expect(problems(asking('. {\n file db example.com\n}\n'))).toHaveLength(1);
  });
  it('places problems of a file and of inline text', () => {
    expect(
      problems(CLUSTER.replace(/ {2}dns: .*\n/, '  dns: {}\n'), { Corefile: '. {\n cahce\n}\n' }),
    ).toEqual(["Corefile:2:2 corefile-unknown-plugin: there is no plugin 'cahce' -> did you mean 'cache'?"]);
    const inline = `duration: 1h
providers:
  ns:
    kind: coredns
    coredns:
      corefile: |
        . {
          cahce
        }
zones:
  - { name: example.com, records: "app 60 IN A 203.0.113.10\\n" }
clients:
  users: { count: 1, requests: { name: app.example.com } }
`;
    expect(problems(inline)).toEqual([
      "8:11 corefile-unknown-plugin: there is no plugin 'cahce' -> did you mean 'cache'?",
    ]);
  });
});

describe('what a provider makes of its Corefile is explained', () => {
  const rows: [path: string, value: RegExp][] = [
    [
      'providers.cluster.coredns.blocks..:53.idle',
      /^health and choice of the upstreams of forward <- a provider does not/,
    ],
    [
      'providers.cluster.coredns.blocks..:53.quiet',
      /^errors, health, ready, prometheus, loop, reload, health lameduck <- accepted, no effect on answers; lameduck covers a server that is told to stop/,
    ],
    ['providers.cluster.coredns.service', /^on <- on where the Corefile has ready and kubernetes/],
    ['providers.cluster.coredns.cache-memory', /^on <- default \(CoreDNS 1\.14 plugin\/cache/],
  ];
  test.each(rows)('%s', (path, value) => {
    expect(shown(CLUSTER, path)).toMatch(value);
  });
  it('no Service where nothing is ready', () => {
    expect(shown(CLUSTER, 'providers.cluster.coredns.service', STOCK.replace('    ready\n', ''))).toMatch(
      /^off/,
    );
  });
});

describe('a secondary finds its primary by address', () => {
  const text = (address: string): string => `duration: 1h
providers:
  hidden: { servers: [{ name: ns.example.net, addresses: 192.0.2.53 }] }
  ns:
    kind: coredns
    coredns:
      corefile: |
        example.com {
          secondary {
            transfer from ${address}
          }
        }
zones:
  - { name: example.com, providers: [hidden, ns], records: "app 60 IN A 203.0.113.10\\n" }
clients:
  users: { count: 1, requests: { name: app.example.com } }
`;
  it('a provider that has it', () => {
    expect(spec(text('192.0.2.53:53')).providers[1]!.transfer).toEqual({ from: 0, notify: true });
    expect(shown(text('192.0.2.53'), 'providers.ns.transfer.from')).toBe('hidden <- it has 192.0.2.53');
  });
  it('nobody: the control plane stands for it', () => {
    expect(spec(text('192.0.2.99')).providers[1]!.transfer).toBeUndefined();
    expect(shown(text('192.0.2.99'), 'providers.ns.transfer.from')).toMatch(/^control plane/);
  });
});

describe('a forwarder', () => {
  it('is CoreDNS, with what the stock configuration says', () => {
    expect(shown(CLUSTER, 'resolvers.dns.profile')).toBe('coredns <- it has a Corefile');
    const rows: [key: string, value: string][] = [
      ['ttl-cap', '30s <- cache (line 14 of the Corefile)'],
      ['negative-cap', '30s <- cache (line 14 of the Corefile)'],
      ['ttl-floor', '5s <- cache (line 14 of the Corefile)'],
      ['failure.first', '5s <- cache (line 14 of the Corefile)'],
      ['limits.outstanding', '1000 <- forward (line 11 of the Corefile)'],
      ['forward.policy', 'random <- forward (line 11 of the Corefile)'],
    ];
    for (const [key, value] of rows) expect(shown(CLUSTER, `resolvers.dns.with.${key}`)).toBe(value);
    expect(shown(CLUSTER, 'resolvers.dns.with.forward.probe-failures')).toMatch(
      /^3 <- forward max_fails 2 \(line 11\): .*proxy\.go .*README\.md: after that many/,
    );
  });
  it('counts failed probes as the profile without a Corefile does [proxy.go, Down()]', () => {
    const plain = CLUSTER.replace(
      'corefile: Corefile, upstreams: { /etc/resolv.conf: vpc }',
      'profile: coredns, forward: vpc',
    );
    const path = 'resolvers.dns.with.forward.probe-failures';
    expect(shown(plain, path)).toMatch(/^3 <- .*proxy\.go/);
    expect(shown(plain, path).split(' <- ')[0]).toBe(shown(CLUSTER, path).split(' <- ')[0]);
    const { forwarding } = spec(plain).resolvers[0]!.options;
    expect(forwarding!.health).toEqual(spec(CLUSTER).resolvers[0]!.options.forwarding!.health);
  });
  it('asks whoever stands for its upstreams, and the provider of its own zones', () => {
    const { options } = spec(CLUSTER).resolvers[0]!;
    expect(
      options.configuredZones.map(({ zone, mode, addresses }) => `${zone} ${mode} ${addresses[0]}`),
    ).toEqual([expect.stringMatching(/^cluster\.local\. stub 10\./), '. forward @vpc']);
  });
  it('lets with: go first', () => {
    const text = CLUSTER.replace(
      'corefile: Corefile, upstreams',
      'with: { ttl-cap: 5m }, corefile: Corefile, upstreams',
    );
    expect(shown(text, 'resolvers.dns.with.ttl-cap')).toMatch(/^300s <- written at/);
    expect(shown(text, 'resolvers.dns.with.negative-cap')).toMatch(/^30s <- cache/);
  });
  it('lets forward: go first', () => {
    const text = CLUSTER.replace('upstreams: { /etc/resolv.conf: vpc }', 'forward: vpc');
    const { options } = spec(text).resolvers[0]!;
    expect(options.configuredZones.map(({ zone }) => zone)).toEqual(['.']);
  });

  const with_ = (corefile: string): WorldSpec =>
    spec(CLUSTER, `${STOCK.replace('kubernetes cluster', 'kubernetes other')}${corefile}`);
  it('keeps stub domains apart', () => {
    const stub = 'corp.example.net {\n forward . vpc\n}\n';
    const zones = with_(stub).resolvers[0]!.options.configuredZones.map(({ zone }) => zone);
    expect(zones).toContain('corp.example.net.');
  });
  it('keeps what a block says by the cache of that block', () => {
    const blocks = (stub: string): string =>
      `. {\n forward . vpc\n cache 30\n}\ncorp.example.net {\n forward . vpc\n ${stub}\n}\n`;
    const kept = (stub: string): string => {
      const text = CLUSTER.replace(
        'coredns: { corefile: Corefile, services: { shop/web: { address: 10.96.0.20 } } }',
        '',
      );
      const zones = spec(text, blocks(stub)).resolvers[0]!.options.configuredZones;
      const zone = zones.find((one) => one.zone === 'corp.example.net.')!;
      const bounds = zone.bounds && Object.values(zone.bounds).join(' ');
      return `${bounds} | ${shown(text, 'resolvers.dns.ways.corp.example.net', blocks(stub)).split(' <- ')[1]}`;
    };
    expect(kept('cache 300')).toBe(
      '5 300 5 300 | line 6 of the Corefile, whose block keeps data 5s to 300s, denials 5s to 300s',
    );
    expect(kept('errors')).toBe('0 0 0 0 | line 6 of the Corefile, whose block has no cache');
    expect(kept('cache 30')).toBe('undefined | line 6 of the Corefile');
  });
  const SOLO = CLUSTER.replace(
    'coredns: { corefile: Corefile, services: { shop/web: { address: 10.96.0.20 } } }',
    '',
  );
  const corp = (inside: string): string =>
    `. {\n forward . vpc {\n  max_concurrent 50\n  health_check 2s\n }\n}\ncorp.example.net {\n forward . vpc {\n  ${inside}\n }\n}\n`;
  const ways: [inside: string, words: string, forwarding: object][] = [
    [
      'health_check 2s',
      '',
      { policy: 'random', concurrent: undefined, health: { pauseMicros: 2_000_000, failures: 3 } },
    ],
    [
      'policy sequential',
      'forward.policy is sequential, forward.probe-pause is 500ms',
      { policy: 'sequential', concurrent: undefined, health: { pauseMicros: 500_000, failures: 3 } },
    ],
    [
      'health_check 2s\n  max_fails 0',
      'forward.probe-failures is 0',
      { policy: 'random', health: undefined },
    ],
    [
      'health_check 2s\n  max_concurrent 7',
      'at most 7 queries are under way, more are refused',
      { concurrent: 7 },
    ],
    [
      'health_check 2s\n  failfast_all_unhealthy_upstreams\n  failover SERVFAIL',
      'forward.resend-errors is on, nobody is asked once all are down',
      { failfast: true, resendErrors: true },
    ],
    [
      'health_check 2s domain example.com',
      'probes ask for example.com. NS',
      { health: { name: 'example.com.' } },
    ],
    ['health_check 2s no_rec domain example.com', '', {}],
  ];
  test.each(ways)('asks as each block says: %s', (inside, words, forwarding) => {
    const corefile = corp(inside);
    const zones = spec(SOLO, corefile).resolvers[0]!.options.configuredZones;
    const zone = zones.find((one) => one.zone === 'corp.example.net.')!;
    const said = words === '' ? '' : `, where ${words}`;
    const way = shown(SOLO, 'resolvers.dns.ways.corp.example.net', corefile);
    expect(way).toBe(`forward vpc <- line 8 of the Corefile${said}`);
    if (words === '') expect(zone.forwarding).toBeUndefined();
    else expect(zone.forwarding).toMatchObject(forwarding);
    // The block of the root keeps its own.
    expect(zones.find((one) => one.zone === '.')!.forwarding).toMatchObject({ concurrent: 50 });
    expect(problems(SOLO, { Corefile: corefile })).toEqual([]);
  });
  it('tells what a Corefile says without effect', () => {
    expect(shown(SOLO, 'resolvers.dns.blocks..:53.quiet')).toMatch(
      /^errors, health, .*health lameduck <- accepted/,
    );
  });

  const settings: [what: string, corefile: string, key: string, value: string][] = [
    ['no cache: nothing is kept', '. {\n forward . vpc\n}', 'ttl-cap', '0s'],
    [
      'serve_stale',
      '. {\n forward . vpc\n cache {\n serve_stale 2h\n }\n}',
      'serve-stale.max-stale',
      '7200s',
    ],
    [
      'serve_stale: at once',
      '. {\n forward . vpc\n cache {\n serve_stale\n }\n}',
      'serve-stale.client-timer',
      '0s',
    ],
    [
      'serve_stale verify: the upstream first',
      '. {\n forward . vpc\n cache {\n serve_stale 1h verify\n }\n}',
      'serve-stale.client-timer',
      'after-failure',
    ],
    [
      'serve_stale verify: no longer than that',
      '. {\n forward . vpc\n cache {\n serve_stale 1h verify 100ms\n }\n}',
      'serve-stale.client-timer',
      '100ms',
    ],
    [
      'serve_stale: the TTL of its answers',
      '. {\n forward . vpc\n cache {\n serve_stale 1h immediate 30s\n }\n}',
      'serve-stale.answer-ttl',
      '30s',
    ],
    [
      'serve_stale: after a failure',
      '. {\n forward . vpc\n cache {\n serve_stale 1h verify 1s 30s 20s\n }\n}',
      'serve-stale.recheck',
      '20s',
    ],
    ['prefetch', '. {\n forward . vpc\n cache {\n prefetch 3 1m 20%\n }\n}', 'prefetch', '20 %'],
    ['prefetch: hits', '. {\n forward . vpc\n cache {\n prefetch 3 1m 20%\n }\n}', 'prefetch-hits', '3'],
    ['keepttl', '. {\n forward . vpc\n cache {\n keepttl\n }\n}', 'forward.keep-ttl', 'on'],
    ['no keepttl', '. {\n forward . vpc\n cache\n}', 'forward.keep-ttl', 'off'],
    ['success CAPACITY', '. {\n forward . vpc\n cache {\n success 5120\n }\n}', 'cached-names', '5120'],
    [
      'denial CAPACITY, apart',
      '. {\n forward . vpc\n cache {\n denial 2560\n }\n}',
      'cached-denials',
      '2560',
    ],
    [
      'max_connect_attempts, as rounds over the list',
      '. {\n forward . vpc {\n max_connect_attempts 3\n }\n}',
      'forward.rounds',
      '3',
    ],
    ['policy', '. {\n forward . vpc {\n policy sequential\n }\n}', 'forward.policy', 'sequential'],
    ['max_fails 0: never down', '. {\n forward . vpc {\n max_fails 0\n }\n}', 'forward.probe-failures', '0'],
    ['failover SERVFAIL', '. {\n forward . vpc {\n failover SERVFAIL\n }\n}', 'forward.resend-errors', 'on'],
    ['no max_concurrent', '. {\n forward . vpc\n}', 'limits.outstanding', 'unlimited'],
  ];
  test.each(settings)('%s', (_, corefile, key, value) => {
    expect(
      shown(SOLO, `resolvers.dns.with.${key}`, `${corefile}\n`).split(' <- ')[0]!.replace(' %', '%'),
    ).toBe(value.replace(' %', '%'));
  });

  it('tells when nobody stands at an upstream', () => {
    expect(problems(CLUSTER.replace('/etc/resolv.conf: vpc', '192.0.2.1: vpc'), { Corefile: STOCK })).toEqual(
      [
        "12:20 scenario-corefile-upstream: the Corefile forwards . to /etc/resolv.conf (line 11), where nobody stands (resolvers.dns.corefile) -> write upstreams: { '/etc/resolv.conf': RESOLVER } beside corefile:",
      ],
    );
  });
  it('tells of a resolver there is not, and of a circle', () => {
    expect(problems(CLUSTER.replace('conf: vpc', 'conf: vcp'), { Corefile: STOCK })).toEqual([
      expect.stringContaining("scenario-unknown-resolver: there is no resolver 'vcp'"),
    ]);
    const round = CLUSTER.replace(
      'profile: aws-vpc-resolver',
      'corefile: Corefile, upstreams: { /etc/resolv.conf: dns }',
    );
    const codes = load(round, { Corefile: STOCK }).issues.map(({ code }) => code);
    expect(codes).toEqual(['scenario-forward-circle', 'scenario-forward-circle']);
  });
  const AUTOPATH = STOCK.replace(
    'kubernetes cluster',
    'autopath @kubernetes\n    kubernetes cluster',
  ).replace('      fallthrough in', '      pods verified\n      fallthrough in');
  const SEARCH = CLUSTER.replace(
    'resolvers: dns, requests',
    'resolvers: dns, search: [shop.svc.cluster.local, svc.cluster.local, cluster.local], ndots: 5, requests',
  );
  it('goes along search lists of pods with autopath', () => {
    expect(shown(SEARCH, 'resolvers.dns.autopath', AUTOPATH)).toBe(
      'shop.svc.cluster.local svc.cluster.local cluster.local <- autopath (line 7 of the Corefile), for the namespaces in search lists of clients',
    );
    expect(shown(SEARCH, 'resolvers.dns.autopath')).toBe('nothing');
    expect(shown(CLUSTER, 'resolvers.dns.autopath', AUTOPATH)).toBe('nothing');
    const perRequest = (corefile: string): number => {
      const world = new World(spec(SEARCH, corefile), 1, 0);
      world.runUntil(10 * MINUTE);
      const { tally } = world.populations[0]!;
      const sum = (all: ArrayLike<number>): number => Array.from(all).reduce((a, b) => a + b, 0);
      expect(sum(tally.failed)).toBe(0);
      return sum(world.loads[0]!.queries) / sum(tally.served);
    };
    expect(perRequest(STOCK)).toBe(4);
    expect(perRequest(AUTOPATH)).toBe(1);
  });
  it('tells when autopath does nothing', () => {
    const bare = AUTOPATH.replace('      pods verified\n', '');
    const provider = CLUSTER.replace('coredns: { corefile: Corefile,', 'coredns: {');
    expect(problems(provider, { Corefile: bare })).toEqual([
      'Corefile:7:1 warning corefile-not-modelled: autopath @kubernetes does nothing without kubernetes { pods verified } in its block',
    ]);
    expect(problems(provider, { Corefile: AUTOPATH.replace('@kubernetes', '/etc/resolv.conf') })).toEqual([
      'Corefile:7:1 warning corefile-not-modelled: autopath: the search list in /etc/resolv.conf is not known, so it does nothing',
    ]);
  });
  it('tells what a resolver cannot do', () => {
    const corefile = '. {\n rewrite name a b\n forward . vpc\n}\n';
    expect(
      problems(CLUSTER.replace('coredns: { corefile: Corefile,', 'coredns: {'), { Corefile: corefile }),
    ).toEqual([
      'Corefile:2:1 warning corefile-not-modelled: rewrite has no effect on a resolver; a provider of kind coredns plays it',
    ]);
  });
});
