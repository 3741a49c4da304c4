/** Resolvers that forward to each other, in whole worlds. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, MINUTE } from '../../../src/base/time.ts';
import { ROOT } from '../../../src/dns/data/name.ts';
import type { ForwardingOptions } from '../../../src/dns/resolve/forward/options.ts';
import type { ConfiguredZone, ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { serviceAddress } from '../../../src/model/chains.ts';
import { planCells } from '../../../src/model/settle.ts';
import type { ResolverSpec, WorldSpec } from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import {
  application,
  asks,
  type DrillParts,
  drill,
  moveAddress,
  observe,
  playWorld,
  population,
  resolver,
  SECOND,
} from '../clients/population-world.ts';
import { fault } from '../world.ts';

const COREDNS: ForwardingOptions = {
  policy: 'random',
  timeoutMicros: 2 * SECOND,
  totalMicros: 5 * SECOND,
  resendErrors: false,
  silent: false,
  freshTtl: 'kept',
  health: { failures: 2, pauseMicros: 500 * MILLISECOND, timeoutMicros: SECOND },
  stickyQuestions: 0,
  stickyMicros: 0,
};

const DNSMASQ: ForwardingOptions = {
  ...COREDNS,
  policy: 'sticky-fastest',
  timeoutMicros: 10 * SECOND,
  rounds: 1,
  totalMicros: 10 * SECOND,
  resendErrors: true,
  silent: true,
  health: undefined,
  stickyQuestions: 50,
  stickyMicros: 20 * SECOND,
};

type Parts = Partial<Omit<ResolverSpec, 'options'>> & { readonly options?: Partial<ResolverOptions> };

function to(...services: readonly string[]): ConfiguredZone {
  return { zone: ROOT, mode: 'forward', addresses: services.map(serviceAddress), fallback: false };
}

/** A forwarder that, unless told otherwise, forwards everything to `isp` as CoreDNS does and remembers nothing. */
function forwarder(
  called: string,
  upstreams: readonly string[],
  { options, ...rest }: Parts = {},
): ResolverSpec {
  return resolver({
    name: called,
    ...rest,
    options: {
      forwarding: COREDNS,
      failureSeconds: { first: 0, factor: 1, maximum: 0 },
      budgetMicros: 20 * SECOND,
      configuredZones: [to(...upstreams)],
      ...options,
    },
  });
}

const SILENT = { kind: 'down', mode: 'silent' } as const;
const lost = (service: number, at: number, until = Number.POSITIVE_INFINITY) =>
  fault({ kind: 'resolver', resolver: service }, SILENT, { at, until });

/** One client of the first resolver that asks every second. */
function chain(resolvers: readonly ResolverSpec[], parts: DrillParts = {}): WorldSpec {
  return drill({
    resolvers,
    populations: [population({ workload: { kind: 'periodic', every: SECOND } })],
    duration: 10 * MINUTE,
    ...parts,
  });
}

const loadOf = ({ loads }: World): number[] =>
  loads.map(({ queries }) => queries.reduce((sum, count) => sum + count, 0));

describe('who stands behind whom', () => {
  const cells = (resolvers: readonly ResolverSpec[], list: readonly number[], count = 12): string[] =>
    planCells(
      chain(resolvers, { populations: [population({ count, resolvers: [{ share: 1, resolvers: list }] })] }),
    ).map(({ name: called, pools, settlements }) => {
      const held = pools.map(({ service, instances, first }) => {
        return `${resolvers[service]!.name} ${first}..${first + instances - 1}`;
      });
      const clients = settlements.map(({ first, count: size }) => `${first}+${size}`);
      return `${called}: ${held.join(', ')}; clients ${clients.join(', ')}`;
    });

  it('forwarders are spread over the instances of what they forward to', () => {
    const services = [forwarder('router', ['isp'], { count: 5 }), resolver({ count: 2 })];
    expect(cells(services, [0], 10)).toEqual([
      'isp/0: router 0..2, isp 0..0; clients 0+6',
      'isp/1: router 3..4, isp 1..1; clients 6+4',
    ]);
  });

  it('fewer forwarders than upstreams leave cells empty', () => {
    const services = [forwarder('router', ['isp'], { count: 1 }), resolver({ count: 3 })];
    expect(cells(services, [0], 10)).toEqual(['isp/0: router 0..0, isp 0..0; clients 0+10']);
  });

  it('a chain of three, and a second upstream that the cell has to itself', () => {
    const services = [
      forwarder('node', ['cluster'], { count: 8 }),
      forwarder('cluster', ['vpc', 'google'], { count: 4 }),
      resolver({ name: 'vpc', count: 2 }),
      resolver({ name: 'google', count: 9 }),
    ];
    expect(cells(services, [0], 16)).toEqual([
      'vpc/0: node 0..3, cluster 0..1, vpc 0..0, google 0..0; clients 0+8',
      'vpc/1: node 4..7, cluster 2..3, vpc 1..1, google 1..1; clients 8+8',
    ]);
  });

  it('clients who ask the upstream itself live in the same cell', () => {
    const services = [forwarder('router', ['isp'], { count: 2 }), resolver({ count: 1 })];
    const shares = [
      { share: 0.5, resolvers: [0] },
      { share: 0.5, resolvers: [1] },
    ];
    const spec = chain(services, { populations: [population({ count: 8, resolvers: shares })] });
    const [cell, ...others] = planCells(spec);
    expect(others).toEqual([]);
    expect(cell!.lists).toEqual([[0], [1]]);
    expect(cell!.settlements.map(({ first, count, list }) => [first, count, list])).toEqual([
      [0, 4, 0],
      [4, 4, 1],
    ]);
    expect(loadOf(playWorld(spec))[1]).toBeGreaterThan(0);
  });
});

describe('answers come through', () => {
  const direct = [resolver()];
  const two = [forwarder('router', ['isp']), resolver()];
  const three = [forwarder('node', ['cluster']), forwarder('cluster', ['isp']), resolver()];
  const records = 'www 60 IN CNAME app\nmail 60 IN MX 10 app\n';

  test.each([
    ['app.example.com. A', 'served'],
    ['www.example.com. A', 'served'],
    ['mail.example.com. MX', 'served'],
    ['app.example.com. MX', 'nodata'],
    ['nobody.example.com. A', 'nxdomain'],
  ])('%s: %s, by one, two or three resolvers', (text, outcome) => {
    for (const start of ['warm', 'cold'] as const) {
      const outcomes = [direct, two, three].map((resolvers) => {
        const populations = [
          population({ questions: [asks(text)], workload: { kind: 'periodic', every: 7 * SECOND } }),
        ];
        const { seen } = observe(chain(resolvers, { populations, records, start }));
        return seen.map(({ address, name: asked, outcome: what }) => `${asked} ${what} ${address}`);
      });
      expect(outcomes[0]!.every((line) => line.includes(` ${outcome} `))).toBe(true);
      expect(outcomes[1]).toEqual(outcomes[0]);
      expect(outcomes[2]).toEqual(outcomes[0]);
    }
  });

  it('every hop is counted: each asks the next only when its own copy has run out', () => {
    const load = loadOf(playWorld(chain(three, { ttl: 60, start: 'cold' })));
    expect(load[0]).toBe(600);
    // Copies run out together: one fetch per TTL at every hop, rounded up to whole seconds on the way.
    expect(load[1]).toBeGreaterThanOrEqual(9);
    expect(load[1]).toBeLessThanOrEqual(11);
    expect(load[2]).toBe(load[1]);
  });

  it('each hop costs its round trip on a miss, and only then', () => {
    const slow = [forwarder('router', ['isp'], { forwardRoundTrip: 30 * MILLISECOND }), resolver()];
    const { seen } = observe(chain(slow, { start: 'cold' }));
    const { seen: plain } = observe(chain(direct, { start: 'cold' }));
    expect(seen[0]!.latency - plain[0]!.latency).toBe(30 * MILLISECOND);
    expect(seen[1]!.latency).toBe(plain[1]!.latency);
  });
});

describe('TTLs through a chain', () => {
  /** How long after a change of the address the last client is led to the old one, seconds. */
  const staleFor = (resolvers: readonly ResolverSpec[], ttl: number, seed: number): number => {
    const timeline = [moveAddress(200 * SECOND, ttl)];
    const populations = [population({ count: 8, workload: { kind: 'periodic', every: SECOND } })];
    const { seen } = observe(chain(resolvers, { timeline, ttl, populations, start: 'warm' }), seed);
    const last = seen.findLast(({ outcome }) => outcome === 'served-old');
    return last === undefined ? 0 : last.at / SECOND - 200;
  };
  const worst = (resolvers: readonly ResolverSpec[], ttl: number): number =>
    Math.max(...Array.from({ length: 12 }, (_, seed) => staleFor(resolvers, ttl, seed + 1)));

  it('honest layers add nothing but the rounding to whole seconds', () => {
    const three = [forwarder('node', ['cluster']), forwarder('cluster', ['isp']), resolver()];
    const [alone, behind] = [worst([resolver()], 60), worst(three, 60)];
    expect(alone).toBeLessThanOrEqual(60);
    expect(alone).toBeGreaterThan(50);
    expect(behind).toBeLessThanOrEqual(62);
  });

  it('each floor may be added once: floors of 40 s above a TTL of 10 s', () => {
    const options = { ttlFloorSeconds: 40 };
    const three = [
      forwarder('node', ['cluster'], { options, count: 8 }),
      forwarder('cluster', ['isp'], { options }),
      resolver(),
    ];
    const behind = worst(three, 10);
    expect(behind).toBeGreaterThan(50);
    expect(behind).toBeLessThanOrEqual(10 + 40 + 40);
    expect(worst([resolver()], 10)).toBeLessThanOrEqual(10);
  });

  it('a warm start never gives a forwarder more time than its upstream has left', () => {
    const services = [
      forwarder('node', ['cluster'], { count: 20, options: { ttlCapSeconds: 30 } }),
      forwarder('cluster', ['isp'], { count: 4, fragments: 2 }),
      resolver({ count: 2, fragments: 3 }),
    ];
    const spec = chain(services, {
      populations: [population({ count: 60 })],
      ttl: 300,
      start: 'warm',
      records: 'www 100 IN CNAME app\n',
    });
    const questions = ['app.example.com. A', 'www.example.com. A'].map((text) => asks(text));
    const { cells } = new World({ ...spec, populations: [population({ count: 60, questions })] }, 3, 0);
    const left = (
      pool: World['cells'][number]['pools'][number],
      fragment: number,
      question: number,
    ): number => {
      const [{ types, name: owner }] = [questions[question]!];
      return pool.fragments[fragment]!.held({ name: owner, type: types[0]! }, 0)!.ttl;
    };
    let ages = 0;
    for (const { pools } of cells) {
      const [node, cluster, isp] = ['node', 'cluster', 'isp'].map(
        (called) => pools.find(({ spec: { name: its } }) => its === called)!,
      ) as [(typeof pools)[number], (typeof pools)[number], (typeof pools)[number]];
      for (const question of [0, 1]) {
        const most = Math.max(...isp.fragments.map((_, at) => left(isp, at, question)));
        const between = Math.max(...cluster.fragments.map((_, at) => left(cluster, at, question)));
        expect(between).toBeLessThanOrEqual(most + 1);
        node.fragments.forEach((_, at) => {
          expect(left(node, at, question)).toBeLessThanOrEqual(Math.min(30, between + 1));
          ages += left(node, at, question) < 30 ? 1 : 0;
        });
      }
    }
    expect(ages).toBeGreaterThan(20);
  });
});

describe('failures through a chain', () => {
  const HELD = { failureSeconds: { first: 5, factor: 1, maximum: 5 } };

  /** Seconds from the end of an outage of the authority to the last failed request; −∞ when none failed. */
  const heldFor = (resolvers: readonly ResolverSpec[], seed: number): number => {
    const end = (61 + 0.25 * seed) * SECOND;
    const timeline = [
      fault({ kind: 'plane', provider: 0, plane: 'edge' }, SILENT, { at: 60 * SECOND, until: end }),
    ];
    const populations = [population({ count: 48, workload: { kind: 'periodic', every: 4 * SECOND } })];
    const { seen } = observe(
      chain(resolvers, { timeline, ttl: 1, populations, duration: 100 * SECOND }),
      seed,
    );
    const last = seen.findLast(({ outcome }) => outcome !== 'served');
    return last ? (last.at - end) / SECOND : Number.NEGATIVE_INFINITY;
  };
  const worst = (resolvers: readonly ResolverSpec[]): number =>
    Math.max(...Array.from({ length: 8 }, (_, seed) => heldFor(resolvers, seed + 1)));
  const quick = { ...HELD, budgetMicros: SECOND };

  // A short outage and many idle forwarders: those that wait together fail together, and hold together.
  it('5 s per layer: two CoreDNS remember up to 10 s, one up to 5 s, dnsmasq adds nothing', () => {
    const isp = resolver({
      options: { failureSeconds: { first: 0, factor: 1, maximum: 0 }, budgetMicros: SECOND },
    });
    const one = [forwarder('node', ['isp'], { options: quick, count: 48 }), isp];
    const two = [
      forwarder('node', ['cluster'], { options: quick, count: 48 }),
      forwarder('cluster', ['isp'], { options: quick }),
      isp,
    ];
    const router = [forwarder('router', ['isp'], { options: { forwarding: DNSMASQ }, count: 48 }), isp];
    // One second more: the last attempt of the ISP before the end, and who joins it.
    expect(worst(router)).toBeLessThanOrEqual(1);
    expect(worst(router)).toBeGreaterThan(-1);
    expect(worst(one)).toBeGreaterThan(3);
    expect(worst(one)).toBeLessThanOrEqual(5 + 1);
    expect(worst(two)).toBeGreaterThan(7);
    expect(worst(two)).toBeLessThanOrEqual(10 + 1);
  });

  it('the upstream is lost: clients fail once the caches have run dry, not before', () => {
    const services = [forwarder('node', ['cluster']), forwarder('cluster', ['isp']), resolver()];
    const { seen } = observe(chain(services, { timeline: [lost(2, 300 * SECOND)], ttl: 60 }));
    const failed = seen.filter(({ outcome }) => outcome !== 'served');
    expect(failed[0]!.at).toBeGreaterThan(300 * SECOND);
    expect(failed[0]!.at).toBeLessThanOrEqual(362 * SECOND);
    expect(failed.length).toBeGreaterThan(200);
    expect(new Set(failed.map(({ cause }) => cause))).toContain('servfail/no-reachable-server@cluster');
  });

  it('a second upstream keeps everybody served', () => {
    const services = [
      forwarder('node', ['cluster']),
      forwarder('cluster', ['isp', 'google']),
      resolver(),
      resolver({ name: 'google' }),
    ];
    const patient = population({ workload: { kind: 'periodic', every: SECOND } });
    const { seen } = observe(
      chain(services, { timeline: [lost(2, 300 * SECOND)], ttl: 60, populations: [patient] }),
    );
    expect(seen.every(({ outcome }) => outcome === 'served')).toBe(true);
  });

  it('a home router says nothing when the ISP is silent: its clients time out', () => {
    const services = [
      forwarder('router', ['isp'], { options: { forwarding: DNSMASQ, budgetMicros: 10 * SECOND } }),
      resolver(),
    ];
    const { seen } = observe(chain(services, { timeline: [lost(1, 60 * SECOND)], ttl: 30 }));
    const causes = new Set(seen.filter(({ outcome }) => outcome !== 'served').map(({ cause }) => cause));
    expect([...causes]).toEqual(['timed-out/resolver@router']);
  });

  it('a fault on a forwarder strikes its own clients only', () => {
    const services = [forwarder('router', ['isp'], { count: 3 }), resolver()];
    const shares = [
      { share: 0.5, resolvers: [0] },
      { share: 0.5, resolvers: [1] },
    ];
    const populations = [
      population({ count: 6, resolvers: shares, workload: { kind: 'periodic', every: SECOND } }),
    ];
    const { seen } = observe(chain(services, { populations, timeline: [lost(0, 60 * SECOND)] }));
    const failed = new Set(seen.filter(({ outcome }) => outcome !== 'served').map(({ client }) => client));
    expect([...failed].sort((a, b) => a - b)).toEqual([0, 1, 2]);
  });
});

describe('flush, background and trace', () => {
  it('flushing half of the forwarders makes half of them fetch again', () => {
    const services = [forwarder('router', ['isp'], { count: 4 }), resolver()];
    const flush = (share: number): number => {
      const timeline: WorldSpec['timeline'] = [
        { kind: 'change', label: 'flush', at: 100 * SECOND, change: { kind: 'flush', resolver: 0, share } },
      ];
      const populations = [population({ count: 40, workload: { kind: 'periodic', every: SECOND } })];
      return loadOf(playWorld(chain(services, { populations, timeline, ttl: 3600 })))[1]!;
    };
    expect([0, 0.5, 1].map(flush).map((load, _, [none]) => load - none!)).toEqual([0, 2, 4]);
  });

  it('users outside the scenario keep the shared resolver warm', () => {
    const services = (backgroundRate: number): readonly ResolverSpec[] => [
      forwarder('router', ['isp'], { count: 2 }),
      resolver({ backgroundRate }),
    ];
    const rare = population({ workload: { kind: 'periodic', every: 90 * SECOND } });
    const hits = (rate: number): number => {
      const { loads } = playWorld(
        chain(services(rate), { populations: [rare], ttl: 30, duration: 30 * MINUTE }),
      );
      return loads[1]!.hits;
    };
    expect(hits(0)).toBe(0);
    expect(hits(5)).toBeGreaterThan(100);
  });

  it('a trace walks through every hop', () => {
    const services = [forwarder('node', ['cluster']), forwarder('cluster', ['isp']), resolver()];
    const world = new World(chain(services, { start: 'cold' }), 1, 0);
    const [cell] = world.cells;
    const steps: string[] = [];
    const request = cell!.trace(cell!.cohorts[0]!, 0, 0, ({ where, code, text }) => {
      steps.push(`${where}: ${code}: ${text}`);
    });
    while (!request.finished) cell!.play(cell!.simulation.now + SECOND);
    expect(steps.filter((step) => step.startsWith('resolver'))).toEqual([
      'resolver node: forward: forwards app.example.com. A to cluster',
      'resolver cluster: forward: forwards app.example.com. A to isp',
      'resolver isp: ask: asks 192.0.2.1 of example.com. for app.example.com. A',
      'resolver isp: answer: app.example.com. A: answered, cached for 300 s',
      'resolver cluster: answer: app.example.com. A: answered, cached for 300 s',
      'resolver node: answer: app.example.com. A: answered, cached for 300 s',
    ]);
  });
});

describe('the fast path', () => {
  it('hits at the first hop are counted alike with and without an observer', () => {
    const services = [forwarder('router', ['isp'], { count: 7 }), resolver()];
    const spec = chain(services, {
      populations: [
        population({ count: 50, application: application(), workload: { kind: 'poisson', every: SECOND } }),
      ],
      ttl: 20,
    });
    const counted = playWorld(spec);
    const { world } = observe(spec);
    expect(loadOf(counted)).toEqual(loadOf(world));
    expect(counted.loads.map(({ hits }) => hits)).toEqual(world.loads.map(({ hits }) => hits));
    expect(counted.loads[0]!.hits / loadOf(counted)[0]!).toBeGreaterThan(0.9);
  });
});
