/**
 * "When the Dike Breaks" (Moura et al., IMC 2018) played from scenarios/dike.yaml and held against what the authors
 * report in the abstract and in draft-moura-dnsop-authoritative-recommendations-00 and -03.
 *
 * The paper gives no tolerances. Ours: 6 percentage points and 1.5 packets per question, since the resolvers behind its
 * probes are not known, and by software alone the answered share goes from 12 % (Unbound) to 45 % (BIND). What is missed is said as such.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import type { Observation } from '../../src/model/clients/observation.ts';
import { World } from '../../src/model/world.ts';
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

const POOLS = ['bind', 'unbound', 'powerdns'].flatMap((software) =>
  [2, 5, 9, 13, 16].map((fragments) => `${software} pool of ${fragments}`),
);

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

  // The paper sees about 30 % at longer TTLs as well. Pools fill up in time; flushes and larger pools are missing here.
  it('misses 30 % at a TTL of an hour: it is about 19 %', () => {
    expectNear('Dike unexpected misses, TTL 3600', misses('ttl 3600, all lost for 30 min', 60), 0.19, 0.03);
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

  it('misses 8.1 times the usual packets: it is about 6, since Unbound asks twice on a normal day', () => {
    const before = estimate(seeds.map(({ packetsBefore }) => packetsBefore)).mean;
    const during = estimate(seeds.map(({ packetsDuring }) => packetsDuring)).mean;
    expect(before).toBeGreaterThan(1.3);
    expect(during / before).toBeGreaterThan(5);
    expect(during / before).toBeLessThan(7);
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
