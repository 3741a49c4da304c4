/** Load of hops and sites, and what a finite capacity does to queries. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { RandomStreams } from '../../../src/kernel/random-streams.ts';
import { congestionOf, QUEUE_PLACES } from '../../../src/model/authority/congestion.ts';
import { HopLoad } from '../../../src/model/authority/hop-load.ts';
import type { Draw, Outside } from '../../../src/model/outside.ts';
import type {
  FaultSpec,
  ProviderSpec,
  TargetSpec,
  TimelineSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import { ask, change, deliver, fault, HERE, outside, play, provider, THERE, world } from '../world.ts';

const QUERY = 'app.example.com. A';
const SERVER: TargetSpec = { kind: 'server', provider: 0, server: 0 };

function limited(capacity: number, regions = [HERE]): ProviderSpec {
  const base = provider();
  const sites = regions.map((region) => ({ region, capacity }));
  return { ...base, servers: [{ ...base.servers[0]!, sites }] };
}

const stream = (name = 'cells'): Draw => new RandomStreams(3).open(name).uniform;

describe('load of a hop', () => {
  it('counts queries and the busiest second, in any order', () => {
    const times = [0.1, 0.9, 7, 3.2, 3.3, 3.9, 100.5, 0.5];
    const forwards = new HopLoad();
    const backwards = new HopLoad();
    for (const time of times) forwards.count(time * SECOND);
    for (const time of [...times].reverse()) backwards.count(time * SECOND);
    for (const load of [forwards, backwards]) {
      expect([load.queries, load.peakPerSecond]).toEqual([8, 3]);
    }
  });

  it('keeps the peak of settled seconds, and counts a second that is cut in two as one', () => {
    const load = new HopLoad();
    for (const time of [0.1, 0.2, 0.3, 0.4, 5.1, 5.2]) load.count(time * SECOND);
    load.settle(5.5 * SECOND);
    for (const time of [5.6, 5.7, 5.8]) load.count(time * SECOND);
    expect([load.queries, load.peakPerSecond]).toEqual([9, 5]);
    load.settle(5000 * SECOND);
    load.count(5000 * SECOND);
    expect([load.queries, load.peakPerSecond]).toEqual([10, 5]);
  });

  it('is told by provider', () => {
    const side = outside(world({ providers: [provider(), provider({ name: 'two', first: 2 })] }));
    side.advance(10 * SECOND);
    for (const now of [0.1, 0.2, 4]) ask(side, QUERY, { now: now * SECOND });
    ask(side, QUERY, { now: 2 * SECOND, address: '2001:db8::2' });
    side.apply();
    expect(side.load()).toEqual([
      { hop: 'main', queries: 3, peakPerSecond: 2 },
      { hop: 'two', queries: 1, peakPerSecond: 1 },
    ]);
  });
});

describe('congestion', () => {
  const rows: [capacity: number, offered: number, loss: number, waitMillis: number][] = [
    [Number.POSITIVE_INFINITY, 1e9, 0, 0],
    [1000, 0, 0, 0],
    [1000, 500, 0, 1],
    [1000, 900, 0, 9],
    [1000, 999.9, 0, QUEUE_PLACES],
    [1000, 1000, 0, QUEUE_PLACES],
    [1000, 2000, 0.5, QUEUE_PLACES],
    [1000, 10_000, 0.9, QUEUE_PLACES],
    [100_000, 1_000_000, 0.9, QUEUE_PLACES / 100],
    [10, 40, 0.75, 1000],
    [0, 0, 1, 0],
    [0, 5, 1, 0],
  ];
  test.each(rows)('capacity %d, offered %d', (capacity, offered, loss, waitMillis) => {
    const congestion = congestionOf(capacity, offered);
    expect(congestion.loss).toBeCloseTo(loss, 12);
    expect(congestion.wait / MILLISECOND).toBeCloseTo(waitMillis, 3);
  });
});

describe('feedback windows', () => {
  const limits = (spec: WorldSpec, until: number): number[] => {
    const side = outside(spec);
    const instants: number[] = [];
    while ((instants.at(-1) ?? 0) < until) {
      instants.push(side.advance(until * SECOND) / SECOND);
      side.apply();
    }
    return instants;
  };
  const capacity: FaultSpec = fault(
    SERVER,
    { kind: 'capacity', perSecond: 10 },
    { at: 2.5 * SECOND, until: 4 * SECOND },
  );
  const rows: [what: string, spec: WorldSpec, instants: number[]][] = [
    ['none while nothing is finite', world(), [6]],
    [
      'none for a flood of what is unlimited',
      world({ timeline: [fault(SERVER, { kind: 'flood', perSecond: 9 }, { at: SECOND })] }),
      [1, 6],
    ],
    ['every second while a capacity is finite', world({ providers: [limited(10)] }), [1, 2, 3, 4, 5, 6]],
    ['only as long as a fault makes one finite', world({ timeline: [capacity] }), [2.5, 3.5, 4, 6]],
  ];
  test.each(rows)('%s', (_, spec, instants) => {
    expect(limits(spec, 6)).toEqual(instants);
  });

  it('let the load of one second decide about the next', () => {
    const side = outside(world({ providers: [limited(100)] }));
    const lostAtHalf = () => ask(side, QUERY, { draw: () => 0.49 });
    side.advance(60 * SECOND);
    expect(Array.from({ length: 200 }, lostAtHalf)).not.toContain('lost');
    side.apply();
    side.advance(60 * SECOND);
    expect(lostAtHalf()).toBe('lost');
    expect(ask(side, QUERY, { draw: () => 0.5 })).not.toBe('lost');
    side.apply();
    expect(lostAtHalf()).not.toBe('lost');
  });

  it('do not depend on the order in which cells ask', () => {
    const losses = (order: readonly number[]) => {
      const side = outside(world({ providers: [limited(100, [HERE, THERE])] }));
      side.advance(60 * SECOND);
      for (const cell of order) {
        const draw = stream(`cell ${cell}`);
        for (let query = 0; query < 150; query++) ask(side, QUERY, { region: cell % 2, draw, now: query });
      }
      side.apply();
      return [HERE, THERE].map((region) =>
        [0.2, 0.3, 0.4, 0.6].map((value) => ask(side, QUERY, { region, draw: () => value })),
      );
    };
    expect(losses([0, 1, 2])).toEqual(losses([2, 1, 0]));
  });

  it('forget what was asked before the first of them', () => {
    const spec = world({ timeline: [fault(SERVER, { kind: 'capacity', perSecond: 10 })] });
    const lossAfter = (before: number, within: number) => {
      const side = outside(spec);
      side.advance(60 * SECOND);
      for (let query = 0; query < before; query++) ask(side, QUERY);
      side.apply();
      side.advance(60 * SECOND);
      for (let query = 0; query < within; query++) ask(side, QUERY);
      side.apply();
      return ask(side, QUERY, { draw: () => 0.5 });
    };
    expect(lossAfter(500, 0)).not.toBe('lost');
    expect(lossAfter(0, 500)).toBe('lost');
  });

  it('are part of the digest', () => {
    const digest = (queries: number) => {
      const side = outside(world({ providers: [limited(100)] }));
      side.advance(60 * SECOND);
      for (let query = 0; query < queries; query++) ask(side, QUERY);
      side.apply();
      return side.digest();
    };
    expect(digest(3)).toBe(digest(3));
    expect(digest(3)).not.toBe(digest(4));
  });

  it('scale queries to the people the clients stand for', () => {
    const population = { count: 10, represents: 1000 } as WorldSpec['populations'][number];
    const loss = (populations: WorldSpec['populations']) => {
      const side = outside(world({ providers: [limited(100)], populations }));
      side.advance(60 * SECOND);
      for (let query = 0; query < 4; query++) ask(side, QUERY);
      side.apply();
      return ask(side, QUERY, { draw: () => 0.7 });
    };
    expect(loss([population])).toBe('lost');
    expect(loss([])).not.toBe('lost');
  });
});

describe('a flood', () => {
  const spread = limited(100, [HERE, THERE]);
  const two = provider({ count: 2 });
  const pair = {
    ...two,
    servers: two.servers.map((server) => ({ ...server, sites: [{ region: HERE, capacity: 100 }] })),
  };
  type Row = [what: string, providers: ProviderSpec[], target: TargetSpec, here: number, there: number];
  const rows: Row[] = [
    ['on a server with one site', [limited(100)], SERVER, 0.75, 0.75],
    ['on two sites is shared evenly', [spread], SERVER, 0.5, 0.5],
    ['on one of two sites', [spread], { ...SERVER, site: 1 } as TargetSpec, 0, 0.75],
    ['on the edge hits every server', [pair], { kind: 'plane', provider: 0, plane: 'edge' }, 0.5, 0.5],
    ['on another server', [pair], { ...SERVER, server: 1 } as TargetSpec, 0, 0],
  ];
  test.each(rows)('of four times the capacity %s', (_, providers, target, here, there) => {
    const spec = world({ providers, timeline: [fault(target, { kind: 'flood', perSecond: 400 })] });
    const side = play(outside(spec), 10 * SECOND);
    const isLost = (region: number, value: number) =>
      ask(side, QUERY, { region, draw: () => value }) === 'lost';
    for (const [region, loss] of [
      [HERE, here],
      [THERE, there],
    ] as const) {
      if (loss > 0) expect(isLost(region, loss - 1e-9)).toBe(true);
      expect(isLost(region, loss + 1e-9)).toBe(false);
    }
  });

  it('is felt at once, within a window', () => {
    const timeline = [fault(SERVER, { kind: 'flood', perSecond: 400 }, { at: 10.5 * SECOND })];
    const side = outside(world({ providers: [limited(100)], timeline }));
    const isLost = () => ask(side, QUERY, { draw: () => 0.7 }) === 'lost';
    play(side, 10 * SECOND);
    const before = isLost();
    play(side, 10.5 * SECOND);
    expect([before, isLost()]).toEqual([false, true]);
  });

  it('makes what it leaves wait', () => {
    const timeline = [fault(SERVER, { kind: 'flood', perSecond: 400 })];
    const side = play(outside(world({ providers: [limited(1000)], timeline })), 10 * SECOND);
    // M/M/1 at load 0.4 of 1000/s: 0.4 / 0.6 ms.
    expect(deliver(side, QUERY)).toMatchObject({ delay: 10 * MILLISECOND + 667 });
  });

  it('ramps with its severity', () => {
    const timeline = [fault(SERVER, { kind: 'flood', perSecond: 1000 }, { at: 0, ramp: 10 * SECOND })];
    const lossAt = (seconds: number) => {
      const side = play(outside(world({ providers: [limited(100)], timeline })), seconds * SECOND);
      return [0.49, 0.5, 0.74, 0.75].map((value) => ask(side, QUERY, { draw: () => value }) === 'lost');
    };
    expect(lossAt(1)).toEqual([false, false, false, false]);
    expect(lossAt(2)).toEqual([true, false, false, false]);
    expect(lossAt(4)).toEqual([true, true, true, false]);
  });
});

describe('capacity with retries: p = 1 - C / (A + L · E(p)), E(p) = (1 - p^n) / (1 - p)', () => {
  const TRIES = 16;
  const fixedPoint = (capacity: number, flood: number, lookups: number): number => {
    let [low, high] = [0, 1];
    for (let step = 0; step < 60; step++) {
      const p = (low + high) / 2;
      const tries = (1 - p ** TRIES) / (1 - p);
      if (p < 1 - capacity / (flood + lookups * tries)) low = p;
      else high = p;
    }
    return (low + high) / 2;
  };

  /** Shares of queries lost in each second, from second 60 on, with `lookups` of up to 16 tries every second. */
  function lossShares(capacity: number, flood: number, lookups: number): number[] {
    const timeline: TimelineSpec[] = [fault(SERVER, { kind: 'flood', perSecond: flood }, { at: 0 })];
    const side: Outside = outside(world({ providers: [limited(capacity)], timeline }));
    const draw = stream();
    const shares: number[] = [];
    for (let at = 0; at < 260 * SECOND; ) {
      const until = side.advance(260 * SECOND);
      if (until > at) shares.push(oneSecond(side, lookups, at, draw));
      at = until;
      side.apply();
    }
    return shares.slice(60);
  }

  function oneSecond(side: Outside, lookups: number, now: number, draw: Draw): number {
    let [sent, lost] = [0, 0];
    for (let lookup = 0; lookup < lookups; lookup++) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        sent++;
        if (ask(side, QUERY, { now, draw }) !== 'lost') break;
        lost++;
      }
    }
    return lost / sent;
  }

  // Fixed points for C = 2, L = 1, n = 16, to three digits (bisection, in another program).
  test.each([
    [5, 0.795],
    [9, 0.876],
    [19, 0.931],
  ])('A = %d gives %d', (flood, published) => {
    const expected = fixedPoint(200, flood * 100, 100);
    expect(expected).toBeCloseTo(published, 3);
    const shares = lossShares(200, flood * 100, 100);
    const average = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const variance = shares.reduce((sum, share) => sum + (share - average) ** 2, 0) / (shares.length - 1);
    expect(Math.abs(average - expected)).toBeLessThan(3 * Math.sqrt(variance / shares.length));
    // Negative control: without counting the retries the loss would be another.
    expect(Math.abs(average - (1 - 200 / (flood * 100 + 100)))).toBeGreaterThan(
      3 * Math.sqrt(variance / shares.length),
    );
  });

  it('leaves a capacity above the load alone', () => {
    expect(lossShares(2000, 500, 100).every((share) => share === 0)).toBe(true);
  });
});

describe('changes beside windows', () => {
  it('close a window at its end, not at a change within it', () => {
    const timeline = [change(0.5 * SECOND, {})];
    const side = outside(world({ providers: [limited(100)], timeline }));
    side.advance(60 * SECOND);
    for (let query = 0; query < 200; query++) ask(side, QUERY);
    side.apply();
    expect(side.advance(60 * SECOND)).toBe(SECOND);
    expect(ask(side, QUERY, { draw: () => 0.4 })).not.toBe('lost');
    side.apply();
    expect(ask(side, QUERY, { draw: () => 0.4 })).toBe('lost');
  });
});
