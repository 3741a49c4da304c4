/** Names behind a provider's proxy, as clients, faults and changes see them. */
import { describe, expect, it, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/base/time.ts';
import {
  type BalancerRule,
  type CloudflareOptions,
  PLAIN_OPTIONS,
} from '../../../src/model/authority/providers/cloudflare/rule.ts';
import type { EndpointSpec, FaultSpec, PolicySpec, TargetSpec, WorldSpec } from '../../../src/model/spec.ts';
import {
  ask,
  CHECK,
  change,
  fault,
  HERE,
  name,
  PRIMARY,
  provider,
  rrset,
  SECONDARY,
  THERE,
  world,
  worldAt,
  zone,
} from '../world.ts';

const APP = name('app.example.com.');
const EDGE = 2;

const SITES = [HERE, THERE].map((region) => ({ region, capacity: Number.POSITIVE_INFINITY }));

function edge(of: string = APP): EndpointSpec {
  return {
    name: 'edge',
    addresses: ['10.0.0.1', 'fd00::1'],
    region: HERE,
    proxy: { provider: 0, name: name(of) },
  };
}

/** Cloudflare with a data centre in both regions, and one proxied name. */
function proxied(parts: Partial<WorldSpec> = {}, options: Partial<CloudflareOptions> = {}): WorldSpec {
  const own = provider({ kind: 'cloudflare', options: { ...PLAIN_OPTIONS, ...options } });
  const servers = own.servers.map((server) => ({ ...server, sites: SITES }));
  return world({ providers: [{ ...own, servers }], endpoints: [PRIMARY, SECONDARY, edge()], ...parts });
}

const plane = (which: 'edge' | 'control' | 'health' | 'proxy'): TargetSpec => ({
  kind: 'plane',
  provider: 0,
  plane: which,
});
const endpoint = (at: number): TargetSpec => ({ kind: 'endpoint', endpoint: at });
const DOWN = { kind: 'down', mode: 'silent' } as const;
const FAILS = { kind: 'errors', share: 1, hidden: false } as const;

/** `up`, `up, 50 % errors`, `silent` ... for a client in a region at 30 s. */
function seen(spec: WorldSpec, region = HERE, at = 30 * SECOND, which = EDGE): string {
  const { down, errors } = worldAt(spec, at).endpointState(which, region);
  const state = down === 'none' ? 'up' : down;
  return errors > 0 ? `${state}, ${Math.round(errors * 1000) / 10} % errors` : state;
}

describe('a proxied record [dns/manage-dns-records/reference/ttl, dns/proxy-status]', () => {
  it('resolves to the edge with a TTL of 300, in both families, whatever the record says', () => {
    const side = worldAt(proxied(), 0);
    expect(ask(side, 'app.example.com. A')).toBe('app.example.com. 300 A 10.0.0.1');
    expect(ask(side, 'app.example.com. AAAA')).toBe('app.example.com. 300 AAAA fd00::1');
    expect(side.truth({ name: APP, type: 1 }, HERE)).toEqual(['10.0.0.1']);
  });
  it('hides its CNAME: a proxied CNAME is always flattened [dns/cname-flattening]', () => {
    const spec = proxied({ endpoints: [PRIMARY, SECONDARY, edge('www.example.com.')] });
    const side = worldAt(spec, 0);
    expect(ask(side, 'www.example.com. A')).toBe('www.example.com. 300 A 10.0.0.1');
    expect(ask(side, 'www.example.com. CNAME')).toBe('NODATA aa');
    expect(seen(spec)).toBe('up');
    expect(seen({ ...spec, timeline: [fault(endpoint(0), DOWN)] })).toBe('up, 100 % errors');
  });
  it('leaves other names alone', () => {
    const spec = proxied({ endpoints: [PRIMARY, SECONDARY, edge('www.example.com.')] });
    expect(ask(worldAt(spec, 0), 'app.example.com. A')).toBe('app.example.com. 300 A 203.0.113.10');
  });
});

describe('what requests to the edge meet', () => {
  const rows: [what: string, timeline: FaultSpec[], here: string, there: string][] = [
    ['nothing', [], 'up', 'up'],
    [
      'the proxy fails: HTTP 5xx everywhere',
      [fault(plane('proxy'), FAILS)],
      'up, 100 % errors',
      'up, 100 % errors',
    ],
    [
      'the proxy fails half of all requests',
      [fault(plane('proxy'), { ...FAILS, share: 0.5 })],
      'up, 50 % errors',
      'up, 50 % errors',
    ],
    ['the proxy takes no connections', [fault(plane('proxy'), DOWN)], 'silent', 'silent'],
    ['the DNS edge fails: requests go on', [fault(plane('edge'), DOWN)], 'up', 'up'],
    ['the control plane fails: requests go on', [fault(plane('control'), DOWN)], 'up', 'up'],
    [
      'the origin is down: HTTP 522, not silence',
      [fault(endpoint(0), DOWN)],
      'up, 100 % errors',
      'up, 100 % errors',
    ],
    [
      'the origin refuses: HTTP 521',
      [fault(endpoint(0), { kind: 'down', mode: 'refused' })],
      'up, 100 % errors',
      'up, 100 % errors',
    ],
    [
      'the origin fails three of ten requests',
      [fault(endpoint(0), { ...FAILS, share: 0.3 })],
      'up, 30 % errors',
      'up, 30 % errors',
    ],
    [
      'proxy and origin together',
      [fault(plane('proxy'), { ...FAILS, share: 0.5 }), fault(endpoint(0), { ...FAILS, share: 0.5 })],
      'up, 75 % errors',
      'up, 75 % errors',
    ],
    ['another endpoint is down', [fault(endpoint(1), DOWN)], 'up', 'up'],
    [
      'the region of the origin is down, and with it the data centre there',
      [fault({ kind: 'region', region: HERE }, DOWN)],
      'silent, 100 % errors',
      'up, 100 % errors',
    ],
    [
      'the path to the origin is cut: only requests taken on the other side fail',
      [fault({ kind: 'path', from: HERE, to: THERE }, DOWN)],
      'up',
      'up, 100 % errors',
    ],
  ];
  test.each(rows)('%s', (_, timeline, here, there) => {
    expect(seen(proxied({ timeline }), HERE)).toBe(here);
    expect(seen(proxied({ timeline }), THERE)).toBe(there);
  });

  it('the round trip is that to the nearest data centre', () => {
    const side = worldAt(proxied(), 0);
    expect([HERE, THERE].map((region) => side.endpointState(EDGE, region).roundTrip)).toEqual([
      10_000, 10_000,
    ]);
    expect(side.endpointState(0, THERE).roundTrip).toBe(80_000);
  });

  it('a DNS-only name does not notice a proxy outage', () => {
    expect(seen(proxied({ timeline: [fault(plane('proxy'), FAILS)] }), HERE, 30 * SECOND, 0)).toBe('up');
  });
});

describe('several origins of one record [dns/manage-dns-records/how-to/round-robin-dns]', () => {
  const records = 'app 300 IN A 203.0.113.10\napp 300 IN A 198.51.100.20\n';
  const zones = [{ origin: name('example.com.'), zone: zone('example.com.', records), providers: [0] }];
  const rows: [what: string, timeline: FaultSpec[], state: string][] = [
    ['both up', [], 'up'],
    ['one down: the other is tried', [fault(endpoint(0), DOWN)], 'up'],
    [
      'one fails requests: no second try, as the connection stands',
      [fault(endpoint(0), FAILS)],
      'up, 50 % errors',
    ],
    ['both down', [fault(endpoint(0), DOWN), fault(endpoint(1), DOWN)], 'up, 100 % errors'],
  ];
  test.each(rows)('%s', (_, timeline, state) => expect(seen(proxied({ zones, timeline }))).toBe(state));
});

describe('changes of a proxied record', () => {
  const put = change(20 * SECOND, { put: [rrset('app.example.com. 300 A 198.51.100.20')] });
  const dead = fault(endpoint(0), DOWN, { at: 0 });
  it('move its origin, and not its answer', () => {
    const spec = proxied({ timeline: [dead, put] });
    expect(seen(spec, HERE, 19 * SECOND)).toBe('up, 100 % errors');
    expect(seen(spec, HERE, 21 * SECOND)).toBe('up');
    expect(ask(worldAt(spec, 21 * SECOND), 'app.example.com. A')).toBe('app.example.com. 300 A 10.0.0.1');
  });
  it('wait while the control plane is down (2 November 2023)', () => {
    const frozen = fault(plane('control'), DOWN, { at: 0, until: MINUTE });
    const spec = proxied({ timeline: [dead, frozen, put] });
    expect(seen(spec, HERE, 59 * SECOND)).toBe('up, 100 % errors');
    expect(seen(spec, HERE, 61 * SECOND)).toBe('up');
  });
});

describe('a proxied balancer', () => {
  const check = { ...CHECK, failures: 1, successes: 1, regions: [HERE] };
  const endpoints = [{ ...PRIMARY, check }, { ...SECONDARY, check }, edge()];
  const pool = (at: number): BalancerRule['pools'][number] => ({
    name: ['east', 'west'][at]!,
    members: [{ candidate: at, weight: 1, views: new Map() }],
    minimum: 1,
    weight: 1,
    steering: 'random',
    enabled: true,
  });
  const rule: BalancerRule = {
    kind: 'cloudflare',
    enabled: true,
    steering: 'off',
    pools: [pool(0), pool(1)],
    defaults: [0, 1],
    fallback: 1,
    geo: [],
    proxied: true,
    failoverAcrossPools: false,
    location: { preferEcs: 'proximity', mode: 'pop' },
    answer: 'one',
  };
  const policy = (parts: Partial<BalancerRule> = {}): PolicySpec => ({
    name: APP,
    type: 1,
    ttl: 300,
    provider: 0,
    word: 'cloudflare proxied balancer',
    candidates: [0, 1].map((at) => ({
      label: ['east', 'west'][at]!,
      data: { kind: 'endpoints', endpoints: [at] },
      health: { kind: 'endpoint', endpoint: at },
    })),
    rule: { ...rule, ...parts },
  });
  const down = fault(endpoint(0), DOWN, { at: 60 * SECOND });
  const build = (parts: Partial<BalancerRule> = {}, timeline: FaultSpec[] = [down]): WorldSpec =>
    proxied({ endpoints, policies: [policy(parts)], timeline, duration: HOUR });

  it('fails over at the edge when the check says so, while the answer stays', () => {
    const spec = build();
    expect(seen(spec, HERE, 59 * SECOND)).toBe('up');
    expect(seen(spec, HERE, 61 * SECOND)).toBe('up, 100 % errors');
    expect(seen(spec, HERE, 80 * SECOND)).toBe('up');
    expect(ask(worldAt(spec, 80 * SECOND), 'app.example.com. A')).toBe('app.example.com. 300 A 10.0.0.1');
    const reactions = worldAt(spec, 80 * SECOND).reactions.map(({ label }) => label);
    expect(reactions).toContain(
      'cloudflare proxied balancer app.example.com/A chooses pool east is critical (0 of 1 up), pool west: west',
    );
  });
  it('fails over at once across pools, where that is on, before any check has failed', () => {
    expect(seen(build({ failoverAcrossPools: true }), HERE, 61 * SECOND)).toBe('up');
  });
  it('keeps its choice while the health plane is down', () => {
    const frozen = fault(plane('health'), DOWN, { at: 0 });
    expect(seen(build({}, [frozen, down]), HERE, 5 * MINUTE)).toBe('up, 100 % errors');
  });
  it('fails over although the control plane is down', () => {
    const frozen = fault(plane('control'), DOWN, { at: 0 });
    expect(seen(build({}, [frozen, down]), HERE, 80 * SECOND)).toBe('up');
  });
  it('goes nowhere without a pool that may be used: HTTP 530', () => {
    const pools = [{ ...pool(0), enabled: false }];
    const { fallback: _, ...rest } = rule;
    const spec = proxied({
      endpoints,
      policies: [{ ...policy(), rule: { ...rest, pools, defaults: [0] } as BalancerRule }],
    });
    expect(seen(spec)).toBe('up, 100 % errors');
    expect(ask(worldAt(spec, 0), 'app.example.com. A')).toBe('app.example.com. 300 A 10.0.0.1');
  });

  test.each([
    ['unhealthy', 'counts as down: the fallback pool', '198.51.100.20'],
    ['healthy', 'begins up: the first pool', '203.0.113.10'],
  ] as const)('a monitor without a result that begins %s %s [health-details]', (initial, _, first) => {
    const monitored = [PRIMARY, SECONDARY].map((one) => ({ ...one, check: { ...check, initial } }));
    const policies = [{ ...policy({ proxied: false }), ttl: 30 }];
    const spec = proxied({ endpoints: monitored, policies });
    expect(ask(worldAt(spec, -1), 'app.example.com. A')).toBe(`app.example.com. 30 A ${first}`);
    expect(ask(worldAt(spec, 5 * SECOND), 'app.example.com. A')).toBe('app.example.com. 30 A 203.0.113.10');
  });

  describe('and the DNS records of its name [load-balancers/dns-records]', () => {
    const dnsOnly = (at: string, parts: Partial<BalancerRule> = {}): WorldSpec =>
      proxied({
        endpoints: endpoints.slice(0, 2),
        policies: [{ ...policy({ proxied: false, defaults: [1], ...parts }), name: name(at), ttl: 30 }],
      });
    const rows: [what: string, spec: WorldSpec, asked: string, answer: string][] = [
      [
        'an equal record gives way',
        dnsOnly('app.example.com.'),
        'app.example.com. A',
        'app.example.com. 30 A 198.51.100.20',
      ],
      [
        'a more specific record wins over a wildcard balancer',
        dnsOnly('*.example.com.'),
        'app.example.com. A',
        'app.example.com. 300 A 203.0.113.10',
      ],
      [
        'a wildcard balancer decides names without a record',
        dnsOnly('*.example.com.'),
        'new.example.com. A',
        'new.example.com. 30 A 198.51.100.20',
      ],
      [
        'disabled: the record',
        dnsOnly('app.example.com.', { enabled: false }),
        'app.example.com. A',
        'app.example.com. 300 A 203.0.113.10',
      ],
      [
        'disabled without a record: nothing',
        dnsOnly('new.example.com.', { enabled: false }),
        'new.example.com. A',
        'NXDOMAIN aa',
      ],
    ];
    test.each(rows)('%s', (_, spec, asked, answer) => {
      expect(ask(worldAt(spec, 0), asked, { draw: () => 0 })).toBe(answer);
    });
  });
});

describe('CNAME flattening [dns/cname-flattening]', () => {
  const bare = { endpoints: [PRIMARY, SECONDARY] };
  const rows: [what: string, options: Partial<CloudflareOptions>, asked: string, answer: string][] = [
    [
      'by default a CNAME below the apex is answered as it is',
      {},
      'www.example.com. CNAME',
      'www.example.com. 300 CNAME app.example.com.',
    ],
    [
      'all: the addresses of the target',
      { flattensAll: true },
      'www.example.com. A',
      'www.example.com. 300 A 203.0.113.10',
    ],
    [
      'all: no CNAME to be seen, which breaks verification by CNAME',
      { flattensAll: true },
      'www.example.com. CNAME',
      'NODATA aa',
    ],
    [
      'one by one',
      { flattened: [name('www.example.com.')] },
      'www.example.com. A',
      'www.example.com. 300 A 203.0.113.10',
    ],
    [
      'another name: not',
      { flattened: [name('app.example.com.')] },
      'www.example.com. CNAME',
      'www.example.com. 300 CNAME app.example.com.',
    ],
    [
      'nothing of the type at the target: NODATA',
      { flattensAll: true },
      'www.example.com. AAAA',
      'NODATA aa',
    ],
  ];
  test.each(rows)('%s', (_, options, asked, answer) => {
    expect(ask(worldAt(proxied(bare, options), 0), asked)).toBe(answer);
  });
  it('a broken target is NODATA, not NXDOMAIN', () => {
    const records = 'www 300 IN CNAME gone.example.com.\n';
    const zones = [{ origin: name('example.com.'), zone: zone('example.com.', records), providers: [0] }];
    const side = (flattensAll: boolean) => worldAt(proxied({ ...bare, zones }, { flattensAll }), 0);
    expect(ask(side(true), 'www.example.com. A')).toBe('NODATA aa');
    expect(ask(side(false), 'www.example.com. A')).toBe('www.example.com. 300 CNAME gone.example.com.');
  });
});
