/** Every effect on every target it fits: what a cell sees a moment after the fault has begun, and before. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { EffectSpec, TargetSpec } from '../../../src/model/spec.ts';
import { FITTING_EFFECTS } from '../../../src/model/timeline/fits.ts';
import {
  ask,
  deliver,
  FAILOVER,
  fault,
  HERE,
  name,
  outside,
  provider,
  rrset,
  THERE,
  world,
  worldAt,
} from '../world.ts';

const RESOLVER = { name: 'isp', count: 1, fragments: 1, region: HERE, backgroundRate: 0 };
const SPEC = world({
  providers: [provider({ count: 2, name: 'main' })],
  resolvers: [{ ...RESOLVER, options: {} as never }],
});
const BEFORE = 9 * SECOND;
const AFTER = 11 * SECOND;

const SERVER: TargetSpec = { kind: 'server', provider: 0, server: 0 };
const EDGE: TargetSpec = { kind: 'plane', provider: 0, plane: 'edge' };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const REFUSED: EffectSpec = { kind: 'down', mode: 'refused' };
const LOSSY: EffectSpec = { kind: 'lossy', loss: 0.5 };
const SLOW: EffectSpec = { kind: 'slow', extra: 300 * MILLISECOND };
const RIGHT = 'app.example.com. 300 A 203.0.113.10';

describe('a query to ns1 from here', () => {
  const rows: [what: string, target: TargetSpec, effect: EffectSpec, answer: string][] = [
    ['server down, silent', SERVER, SILENT, 'lost'],
    ['server down, refused', SERVER, REFUSED, 'unreachable'],
    ['site down', { ...SERVER, site: 0 } as TargetSpec, SILENT, 'lost'],
    ['other server down', { ...SERVER, server: 1 } as TargetSpec, SILENT, RIGHT],
    ['IPv4 of the server down', { ...SERVER, family: 4 } as TargetSpec, SILENT, 'lost'],
    ['IPv6 of the server down', { ...SERVER, family: 6 } as TargetSpec, SILENT, RIGHT],
    ['server SERVFAIL', SERVER, { kind: 'rcode', rcode: 'SERVFAIL' }, 'SERVFAIL'],
    ['server REFUSED', SERVER, { kind: 'rcode', rcode: 'REFUSED' }, 'REFUSED'],
    ['server with an empty copy', SERVER, { kind: 'empty-zone' }, 'NXDOMAIN aa'],
    [
      'server with an empty copy of this zone',
      SERVER,
      { kind: 'empty-zone', origin: name('example.com.') },
      'NXDOMAIN aa',
    ],
    [
      'server with an empty copy of another zone',
      SERVER,
      { kind: 'empty-zone', origin: name('example.net.') },
      RIGHT,
    ],
    [
      'server that lies',
      SERVER,
      { kind: 'wrong-record', rrset: rrset('app.example.com. 99 A 192.0.2.66') },
      'app.example.com. 99 A 192.0.2.66',
    ],
    [
      'server that lies with an alias',
      SERVER,
      { kind: 'wrong-record', rrset: rrset('app.example.com. 99 CNAME evil.test.') },
      'app.example.com. 99 CNAME evil.test.',
    ],
    ['server with a capacity of nothing', SERVER, { kind: 'capacity', perSecond: 0 }, 'lost'],
    ['server flooded without limit of capacity', SERVER, { kind: 'flood', perSecond: 1e6 }, RIGHT],
    ['edge down, silent', EDGE, SILENT, 'lost'],
    ['edge down, refused', EDGE, REFUSED, 'unreachable'],
    ['edge SERVFAIL', EDGE, { kind: 'rcode', rcode: 'SERVFAIL' }, 'SERVFAIL'],
    ['edge with empty zones', EDGE, { kind: 'empty-zone' }, 'NXDOMAIN aa'],
    [
      'edge that lies',
      EDGE,
      { kind: 'wrong-record', rrset: rrset('app.example.com. 99 A 192.0.2.66') },
      'app.example.com. 99 A 192.0.2.66',
    ],
    ['edge with a capacity of nothing', EDGE, { kind: 'capacity', perSecond: 0 }, 'lost'],
    ['control plane down', { kind: 'plane', provider: 0, plane: 'control' }, SILENT, RIGHT],
    ['health plane down', { kind: 'plane', provider: 0, plane: 'health' }, SILENT, RIGHT],
    ['region here down', { kind: 'region', region: HERE }, SILENT, 'lost'],
    ['region here down is silent even if refused', { kind: 'region', region: HERE }, REFUSED, 'lost'],
    ['region there down', { kind: 'region', region: THERE }, SILENT, RIGHT],
    ['path inside here down', { kind: 'path', from: HERE, to: HERE }, SILENT, 'lost'],
    ['path inside here refused', { kind: 'path', from: HERE, to: HERE }, REFUSED, 'unreachable'],
    ['path between regions down', { kind: 'path', from: HERE, to: THERE }, SILENT, RIGHT],
    ['endpoint down', { kind: 'endpoint', endpoint: 0 }, SILENT, RIGHT],
  ];
  it.each(rows)('%s', (_, target, effect, answer) => {
    const spec = { ...SPEC, timeline: [fault(target, effect)] };
    expect(ask(worldAt(spec, BEFORE), 'app.example.com. A')).toBe(RIGHT);
    expect(ask(worldAt(spec, AFTER), 'app.example.com. A')).toBe(answer);
  });
});

describe('delay of an answer to here', () => {
  const rows: [what: string, target: TargetSpec, effect: EffectSpec, milliseconds: number][] = [
    ['slow server', SERVER, SLOW, 310],
    ['slow site', { ...SERVER, site: 0 } as TargetSpec, SLOW, 310],
    ['slow over IPv6 only', { ...SERVER, family: 6 } as TargetSpec, SLOW, 10],
    ['slow edge', EDGE, SLOW, 310],
    ['slow region', { kind: 'region', region: HERE }, SLOW, 310],
    ['slow other region', { kind: 'region', region: THERE }, SLOW, 10],
    ['slow path', { kind: 'path', from: HERE, to: HERE }, SLOW, 310],
  ];
  it.each(rows)('%s', (_, target, effect, milliseconds) => {
    const side = worldAt({ ...SPEC, timeline: [fault(target, effect)] }, AFTER);
    expect(deliver(side, 'app.example.com. A')).toMatchObject({ delay: milliseconds * MILLISECOND });
  });

  it('adds up over faults', () => {
    const region: TargetSpec = { kind: 'region', region: HERE };
    const side = worldAt({ ...SPEC, timeline: [fault(SERVER, SLOW), fault(region, SLOW)] }, AFTER);
    expect(deliver(side, 'app.example.com. A')).toMatchObject({ delay: 610 * MILLISECOND });
  });

  it('takes one more round trip over TCP', () => {
    const side = worldAt(SPEC, AFTER);
    const delivery = deliver(side, 'app.example.com. A', { transport: 'tcp', region: THERE });
    expect(delivery).toMatchObject({ delay: 160 * MILLISECOND });
  });
});

describe('loss of a query from there', () => {
  // A draw just below the chance loses the query, one at the chance does not.
  const rows: [what: string, faults: [TargetSpec, EffectSpec][], chance: number][] = [
    ['lossy server', [[SERVER, LOSSY]], 0.5],
    ['lossy edge', [[EDGE, LOSSY]], 0.5],
    ['lossy region of the server', [[{ kind: 'region', region: HERE }, LOSSY]], 0.5],
    ['lossy region of the resolver', [[{ kind: 'region', region: THERE }, LOSSY]], 0.5],
    ['lossy path, both directions', [[{ kind: 'path', from: HERE, to: THERE }, LOSSY]], 0.75],
    ['lossy path named the other way round', [[{ kind: 'path', from: THERE, to: HERE }, LOSSY]], 0.75],
    ['lossy server and edge', [[SERVER, LOSSY], [EDGE, LOSSY]], 0.75], // biome-ignore format: one row
    ['the same loss twice', [[SERVER, LOSSY], [SERVER, LOSSY]], 0.75], // biome-ignore format: one row
  ];
  it.each(rows)('%s', (_, faults, chance) => {
    const timeline = faults.map(([target, effect]) => fault(target, effect));
    const side = worldAt({ ...SPEC, timeline }, AFTER);
    const at = (draw: number): string => ask(side, 'app.example.com. A', { region: THERE, draw: () => draw });
    expect([at(chance - 1e-9), at(chance)]).toEqual(['lost', RIGHT]);
  });

  it('counts losses of the network in both directions', () => {
    const side = worldAt({ ...SPEC, network: { ...SPEC.network, loss: 0.1 } }, AFTER);
    const at = (draw: number): string => ask(side, 'app.example.com. A', { draw: () => draw });
    expect([at(0.19 - 1e-9), at(0.19 + 1e-9)]).toEqual(['lost', RIGHT]);
  });
});

describe('state of endpoint east seen from there', () => {
  const EAST: TargetSpec = { kind: 'endpoint', endpoint: 0 };
  const rows: [what: string, target: TargetSpec, effect: EffectSpec, state: object][] = [
    ['down, silent', EAST, SILENT, { down: 'silent' }],
    ['down, refused', EAST, REFUSED, { down: 'refused' }],
    ['lossy', EAST, LOSSY, { loss: 0.5 }],
    ['slow', EAST, SLOW, { extra: 300 * MILLISECOND }],
    ['errors', EAST, { kind: 'errors', share: 0.25, hidden: false }, { errors: 0.25 }],
    ['hidden errors', EAST, { kind: 'errors', share: 0.25, hidden: true }, { errors: 0.25 }],
    ['false alarm', EAST, { kind: 'false-alarm' }, {}],
    ['other endpoint', { kind: 'endpoint', endpoint: 1 }, SILENT, {}],
    ['its region down', { kind: 'region', region: HERE }, REFUSED, { down: 'silent' }],
    ['region of the clients down', { kind: 'region', region: THERE }, SILENT, {}],
    ['path down', { kind: 'path', from: HERE, to: THERE }, REFUSED, { down: 'refused' }],
    ['path lossy', { kind: 'path', from: HERE, to: THERE }, LOSSY, { loss: 0.75 }],
  ];
  const fine = { down: 'none', loss: 0, extra: 0, errors: 0, roundTrip: 80 * MILLISECOND };
  it.each(rows)('%s', (_, target, effect, state) => {
    const spec = { ...SPEC, timeline: [fault(target, effect)] };
    expect(worldAt(spec, BEFORE).endpointState(0, THERE)).toEqual(fine);
    expect(worldAt(spec, AFTER).endpointState(0, THERE)).toEqual({ ...fine, ...state });
  });

  it('combines shares of errors as independent chances', () => {
    const half: EffectSpec = { kind: 'errors', share: 0.5, hidden: true };
    const side = worldAt({ ...SPEC, timeline: [fault(EAST, half), fault(EAST, half)] }, AFTER);
    expect(side.endpointState(0, HERE).errors).toBe(0.75);
  });
});

describe('state of the resolver service seen from there', () => {
  const ISP: TargetSpec = { kind: 'resolver', resolver: 0 };
  const rows: [what: string, target: TargetSpec, effect: EffectSpec, state: object][] = [
    ['down, silent', ISP, SILENT, { down: 'silent' }],
    ['down, refused', ISP, REFUSED, { down: 'refused' }],
    ['lossy', ISP, LOSSY, { loss: 0.5 }],
    ['slow', ISP, SLOW, { extra: 300 * MILLISECOND }],
    ['its region down', { kind: 'region', region: HERE }, SILENT, { down: 'silent' }],
    ['path lossy', { kind: 'path', from: HERE, to: THERE }, LOSSY, { loss: 0.75 }],
    ['region of the clients down', { kind: 'region', region: THERE }, SILENT, {}],
  ];
  it.each(rows)('%s', (_, target, effect, state) => {
    const spec = { ...SPEC, timeline: [fault(target, effect)] };
    const fine = { down: 'none', loss: 0, extra: 0 };
    expect(worldAt(spec, BEFORE).resolverState(0, THERE)).toEqual(fine);
    expect(worldAt(spec, AFTER).resolverState(0, THERE)).toEqual({ ...fine, ...state });
  });
});

describe('several faults on one server', () => {
  const SERVFAIL: EffectSpec = { kind: 'rcode', rcode: 'SERVFAIL' };
  const refused: EffectSpec = { kind: 'rcode', rcode: 'REFUSED' };
  const later = { at: 10.5 * SECOND };
  const rows: [what: string, timeline: ReturnType<typeof fault>[], answer: string][] = [
    ['the later response code', [fault(SERVER, SERVFAIL), fault(SERVER, refused, later)], 'REFUSED'],
    ['the other way round', [fault(SERVER, refused), fault(EDGE, SERVFAIL, later)], 'SERVFAIL'],
    ['down beats a response code', [fault(SERVER, SILENT), fault(SERVER, refused, later)], 'lost'],
    ['silent beats refused', [fault(SERVER, SILENT), fault(SERVER, REFUSED, later)], 'lost'],
    [
      'one of two ends',
      [fault(SERVER, SILENT), fault(SERVER, refused, { until: 10.5 * SECOND }), fault(EDGE, SILENT, later)],
      'lost',
    ],
    ['both end', [fault(SERVER, SILENT, { until: 10.5 * SECOND })], RIGHT],
  ];
  it.each(rows)('%s', (_, timeline, answer) => {
    expect(ask(worldAt({ ...SPEC, timeline }, AFTER), 'app.example.com. A')).toBe(answer);
  });
});

describe('lies and policies', () => {
  const policies = [FAILOVER];
  const rows: [what: string, effect: EffectSpec, query: string, answer: string][] = [
    ['no fault', { kind: 'slow', extra: 0 }, 'app.example.com. A', 'app.example.com. 60 A 203.0.113.10'],
    ['an empty zone has no policies', { kind: 'empty-zone' }, 'app.example.com. A', 'NXDOMAIN aa'],
    [
      'an empty zone keeps SOA and NS',
      { kind: 'empty-zone' },
      'example.com. NS',
      'example.com. 3600 NS ns1.dns.test.',
    ],
    ['an empty zone says NODATA at its apex', { kind: 'empty-zone' }, 'example.com. A', 'NODATA aa'],
    [
      'a stale copy keeps policies',
      { kind: 'stale-copy' },
      'app.example.com. A',
      'app.example.com. 60 A 203.0.113.10',
    ],
    [
      'a lie stands in place of a policy',
      { kind: 'wrong-record', rrset: rrset('app.example.com. 99 A 192.0.2.66') },
      'www.example.com. A',
      'www.example.com. 300 CNAME app.example.com.; app.example.com. 99 A 192.0.2.66',
    ],
  ];
  it.each(rows)('%s', (_, effect, query, answer) => {
    expect(ask(worldAt({ ...SPEC, policies, timeline: [fault(SERVER, effect)] }, AFTER), query)).toBe(answer);
  });

  it('come back with a stale copy that replaces an empty zone', () => {
    const empty = fault(SERVER, { kind: 'empty-zone' });
    const stale = fault(SERVER, { kind: 'stale-copy' }, { at: 10.5 * SECOND });
    const side = worldAt({ ...SPEC, policies, timeline: [empty, stale] }, AFTER);
    expect(ask(side, 'app.example.com. A')).toBe('app.example.com. 60 A 203.0.113.10');
  });

  it('gives an empty zone the SOA for negative caching', () => {
    const delivery = deliver(
      worldAt({ ...SPEC, timeline: [fault(SERVER, { kind: 'empty-zone' })] }, AFTER),
      'app.example.com. A',
    );
    expect(delivery).toMatchObject({ message: { authority: [{ name: 'example.com.', type: 6, ttl: 30 }] } });
  });
});

describe('effects that make no sense on a target', () => {
  const every: EffectSpec[] = [
    SILENT, SLOW, LOSSY, { kind: 'rcode', rcode: 'REFUSED' }, { kind: 'empty-zone' }, { kind: 'stale-copy' },
    { kind: 'wrong-record', rrset: rrset('app.example.com. 9 A 192.0.2.9') },
    { kind: 'errors', share: 1, hidden: false }, { kind: 'false-alarm' },
    { kind: 'capacity', perSecond: 1 }, { kind: 'flood', perSecond: 1 },
  ]; // biome-ignore format: a list
  const targets: Record<string, TargetSpec> = {
    endpoint: { kind: 'endpoint', endpoint: 0 },
    server: SERVER,
    'plane/edge': EDGE,
    'plane/health': { kind: 'plane', provider: 0, plane: 'health' },
    'plane/control': { kind: 'plane', provider: 0, plane: 'control' },
    resolver: { kind: 'resolver', resolver: 0 },
    region: { kind: 'region', region: 0 },
    path: { kind: 'path', from: 0, to: 1 },
  };
  test.each(Object.entries(targets))('%s', (key, target) => {
    for (const effect of every) {
      const build = () => outside({ ...SPEC, timeline: [fault(target, effect)] });
      if (FITTING_EFFECTS[key]!.includes(effect.kind)) expect(build).not.toThrow();
      else expect(build, effect.kind).toThrow(/makes no sense/);
    }
  });
});
