/**
 * "When the Dike Breaks" (Moura et al., IMC 2018) played from scenarios/dike.yaml and held against what the authors
 * report in the abstract and in draft-moura-dnsop-authoritative-recommendations-00 and -03.
 *
 * The paper gives no tolerances. Ours: 6 percentage points and 1.5 packets per question, since the resolvers behind its
 * probes are not known, and by software alone the answered share goes from 12 % (Unbound) to 45 % (BIND). What is missed is
 * said as such, with what it comes from: an assumption is put to the test by changing it alone.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import type { Observation } from '../../src/model/clients/observation.ts';
import { World } from '../../src/model/world.ts';
import { findPopulation } from '../../src/profiles/populations.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { estimate, expectNear } from './estimate.ts';

const TEXT = readFileSync('scenarios/dike.yaml', 'utf8');
const ATTACK = 60;

interface Played {
  /** Minutes from the start of the attack to its end. */
  readonly attack: number;
  readonly seen: readonly Observation[];
  /** Packets at the authoritative servers per question asked. */
  readonly packetsBefore: number;
  readonly packetsDuring: number;
  readonly clients: number;
}

function play(strategy: string, sets: readonly string[] = [], seed = 1): Played {
  const { scenario, issues } = loadScenario({ text: TEXT, file: 'dike.yaml', sets });
  const spec = scenario?.strategies.find(({ name }) => name === strategy)?.spec;
  if (!spec) throw new Error(`${strategy}: ${issues[0]?.message}`);
  const [fault] = spec.timeline;
  const until = fault?.kind === 'fault' ? fault.until / MINUTE : Number.NaN;
  const seen: Observation[] = [];
  const world = new World(spec, seed, 0, { observer: (one) => seen.push(one) });
  const packets = [ATTACK, until].map((minute) => {
    world.runUntil(minute * MINUTE);
    return world.outside.load().find(({ hop }) => hop === 'authority')!.queries;
  }) as [number, number];
  world.runUntil(spec.duration);
  const asked = (from: number, to: number): number => between(seen, from, to).length;
  return {
    attack: until - ATTACK,
    seen,
    packetsBefore: packets[0] / asked(0, ATTACK),
    packetsDuring: (packets[1] - packets[0]) / asked(ATTACK, until),
    clients: spec.populations[0]!.count,
  };
}

function between(seen: readonly Observation[], from: number, to: number): Observation[] {
  return seen.filter(({ at }) => at >= from * MINUTE && at < to * MINUTE);
}

/** Share of the questions of the attack that were answered. */
function answered({ seen, attack }: Played): number {
  const during = between(seen, ATTACK, ATTACK + attack);
  return during.filter(({ cause }) => cause === '').length / during.length;
}

/** Share of the clients all of whose questions during the attack were answered. */
function rodeItOut({ seen, attack, clients }: Played): number {
  const failed = between(seen, ATTACK, ATTACK + attack).filter(({ cause }) => cause !== '');
  return 1 - new Set(failed.map(({ client }) => client)).size / clients;
}

/** Of the questions asked while an earlier answer's TTL had not run out, the share that went on to the servers. */
function unexpectedMisses({ seen }: Played, ttlMinutes: number): number {
  const fetched = new Map<number, number>();
  let [expected, missed] = [0, 0];
  for (const { at, client, latency } of between(seen, 0, ATTACK).sort((a, b) => a.at - b.at)) {
    const before = fetched.get(client);
    const wentOn = latency > 15_000; // a hit takes the 5 ms to the resolver, a miss 20 ms more
    if (before !== undefined && at < before + ttlMinutes * MINUTE) {
      expected++;
      if (wentOn) missed++;
    }
    if (wentOn) fetched.set(client, at);
  }
  return missed / expected;
}

const POOL_SIZES = [2, 5, 9, 13, 16];
const SOFTWARE = ['bind', 'unbound', 'powerdns'];
const POOLS = SOFTWARE.flatMap((software) => POOL_SIZES.map((size) => `${software} pool of ${size}`));

describe('a normal day', () => {
  const misses = (strategy: string, ttlMinutes: number, sets: readonly string[] = []): number =>
    estimate([1, 2, 3].map((seed) => unexpectedMisses(play(strategy, sets, seed), ttlMinutes))).mean;

  it('about 30 % of the questions that should hit a cache do not', () => {
    expectNear('Dike unexpected misses, TTL 1800', misses('ttl 1800, 50 % lost', 30), 0.3, 0.05);
  });

  it('without pools there are none (negative control)', () => {
    const alone = POOLS.map((name) => `resolvers.${name}.fragments=1`);
    expect(misses('ttl 1800, 50 % lost', 30, alone)).toBe(0);
  });

  const HOUR_LONG = 'ttl 3600, all lost for 30 min';

  // The paper sees about 30 % whatever the TTL. A pool of K caches fills up: n probes within a TTL miss
  // K (1 - (1-1/K)^n) times, of which the first is expected. So no share of pools of 2 to 16 gives the same at all TTLs.
  it('misses 30 % at a TTL of an hour: it is 18 %, as pools of these sizes must give', () => {
    const probes = 6;
    const filled = POOL_SIZES.map((size) => (size * (1 - (1 - 1 / size) ** probes) - 1) / (probes - 1));
    const share = 0.3 * estimate(filled).mean;
    expect(share).toBeLessThan(0.2);
    expectNear('Dike unexpected misses, TTL 3600', misses(HOUR_LONG, 60), share, 0.03);
  });

  it('the size of the pools is the reason: of 100 caches each, an hour misses as much as half an hour did', () => {
    const larger = POOLS.map((name) => `resolvers.${name}.fragments=100`);
    const seen = unexpectedMisses(play(HOUR_LONG, larger), 60);
    expectNear('Dike unexpected misses, TTL 3600, pools of 100', seen, 0.28, 0.03);
  });
});

describe('users of public-internet in place of the 70/30 of the set-up', () => {
  const { resolvers } = findPopulation('public-internet')!;
  const probes = 500;
  const services = Object.entries(resolvers).map(([name, { profile, share, forward }]) => {
    const upstream = forward ? `, forward: ${forward.value}` : '';
    return `${name}: { profile: ${profile}, count: ${Math.max(1, probes * share.value)}${upstream} }`;
  });
  const shares = Object.entries(resolvers).map(([name, { share }]) => `${name}: ${100 * share.value}%`);
  const sets = [`resolvers={ ${services.join(', ')} }`, `clients.probes.resolvers={ ${shares.join(', ')} }`];

  // 29 % ask public resolvers, and by K caches a site no more than that can miss; of these services only Google and
  // Quad9 are known to the profiles as pools. Six probes find a pool of 16 half filled.
  it('misses 30 % at a TTL of an hour: it is 15 %, for public resolvers are too few and their pools too small', () => {
    const seen = unexpectedMisses(play('ttl 3600, all lost for 30 min', sets), 60);
    expectNear('Dike public-internet, unexpected misses, TTL 3600', seen, 0.15, 0.03);
  });

  it('misses 27 % and 8.1: 38 % are answered, for 5.4 times the usual packets', () => {
    const seen = play('ttl 60, 90 % lost', sets);
    expectNear('Dike public-internet, answered', answered(seen), 0.38, 0.05);
    expectNear('Dike public-internet, ratio', seen.packetsDuring / seen.packetsBefore, 5.4, 0.8);
  });

  it('all lost for less than the life of a cache: half ride it out', () => {
    const seen = rodeItOut(play('ttl 3600, all lost for 30 min', sets));
    expectNear('Dike public-internet, rode it out', seen, 0.5, 0.06);
  });
});

describe('90 % of the packets lost, TTL 60: no cache helps', () => {
  let seeds: readonly Played[] = [];
  beforeAll(() => {
    seeds = [1, 2, 3].map((seed) => play('ttl 60, 90 % lost', [], seed));
  }, 600_000);

  it('27 % are answered', () => {
    expectNear('Dike answered, 90 %, TTL 60', estimate(seeds.map(answered)).mean, 0.27, 0.06);
  });

  it('8.1 packets for each question', () => {
    const packets = estimate(seeds.map(({ packetsDuring }) => packetsDuring)).mean;
    expectNear('Dike packets per question, 90 %, TTL 60', packets, 8.1, 1.5);
  });

  it('misses 8.1 times the usual packets: it is about 6', () => {
    const before = estimate(seeds.map(({ packetsBefore }) => packetsBefore)).mean;
    const during = estimate(seeds.map(({ packetsDuring }) => packetsDuring)).mean;
    expect(before).toBeGreaterThan(1.3);
    expect(during / before).toBeGreaterThan(5);
    expect(during / before).toBeLessThan(7);
  });

  // Nobody minimised names in early 2018 (Unbound by default since 1.7.2, BIND since 9.14, PowerDNS Recursor since 4.3).
  // Without it a normal day is one packet for each question, but a loss costs fewer packets as well.
  it('minimised names are not the reason: without them it is 6 times too, and 39 % are answered', () => {
    const plain = [...SOFTWARE, ...POOLS].map((name) => `resolvers.${name}.with.qname-minimisation.mode=off`);
    const then = play('ttl 60, 90 % lost', plain);
    expectNear('Dike packets before, not minimised', then.packetsBefore, 1, 0.05);
    expectNear('Dike ratio, not minimised', then.packetsDuring / then.packetsBefore, 6.1, 0.7);
    expectNear('Dike answered, not minimised', answered(then), 0.39, 0.05);
  });

  // The authors name hierarchies of resolvers; how many probes sit behind one is not published.
  it('hierarchies may be: with half the probes behind forwarders to two resolvers it is 8 to 9 times', () => {
    const layered = [
      'resolvers.front={ profile: unbound, count: 250, forward: [bind, unbound] }',
      'clients.probes.resolvers={ bind: 20%, unbound: 20%, powerdns: 10%, front: 50% }',
    ];
    const seen = play('ttl 60, 90 % lost', layered);
    expectNear('Dike ratio, half behind forwarders', seen.packetsDuring / seen.packetsBefore, 8.5, 1);
  });

  it('users feel it in the tail more than in the median', () => {
    const served = seeds.flatMap(({ seen, attack }) =>
      between(seen, ATTACK, ATTACK + attack).filter(({ cause }) => cause === ''),
    );
    const latencies = served.map(({ latency }) => latency).sort((a, b) => a - b);
    const at = (share: number): number => latencies[Math.floor(share * latencies.length)]! / 1e6;
    expect(at(0.9)).toBeGreaterThan(2 * at(0.5));
  });

  it("patience decides the success, the resolver's budget the load", () => {
    const [usual] = seeds;
    const hasty = play('ttl 60, 90 % lost', ['clients.probes.app.with.patience=1s']);
    expect(answered(hasty)).toBeLessThan(answered(usual!) - 0.05);
    expect(Math.abs(hasty.packetsDuring / usual!.packetsDuring - 1)).toBeLessThan(0.05);
  });
});

describe('further rows, from the same set-up', () => {
  it('50 % lost, TTL 1800: nearly all are answered', () => {
    expect(answered(play('ttl 1800, 50 % lost'))).toBeGreaterThan(0.93);
  });

  it('90 % lost, TTL 1800: "up to half" in the abstract, here about 64 %', () => {
    expectNear('Dike answered, 90 %, TTL 1800', answered(play('ttl 1800, 90 % lost')), 0.64, 0.04);
  });

  it('all lost for less than the life of a cache: about half ride it out', () => {
    expectNear('Dike rode it out, TTL 3600', rodeItOut(play('ttl 3600, all lost for 30 min')), 0.5, 0.1);
  });
});
