/**
 * One cache under Poisson queries of rate λ with TTL T: hits λT/(1+λT), queries upstream 1/(T+1/λ); with fetches
 * of length d that are joined, hit : joined : miss = λT : λd : 1. K independent fragments: λT/(K+λT). Many names:
 * Σ λi²T/(1+λiT) / Σ λi (Jung, Berger and Balakrishnan, INFOCOM 2003). Leaves behind a busy cache that passes on
 * what is left of the TTL: 1 - (1-e^-λT)/λT.
 */
import { describe, expect, it, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import type { CacheRule } from '../../src/profiles/client-behaviour.ts';
import {
  asks,
  drill,
  FOLLOWS_TTL,
  fixedCache,
  playWorld,
  population,
  resolver,
  stub,
} from '../model/clients/population-world.ts';
import { NETWORK } from '../model/world.ts';
import { type Estimate, expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const REPLICATIONS = 20;
const RESOLVERS = 10;

/** Shares of hits, of joined queries and of misses, and queries upstream per second and resolver. */
function shares(spec: WorldSpec): readonly Estimate[] {
  return replicate(REPLICATIONS, (replication) => {
    const world = playWorld(spec, 1, replication);
    const queries = world.loads[0]!.queries.reduce((sum, count) => sum + count, 0);
    const { hits } = world.loads[0]!;
    const misses = world.outside.load()[0]!.queries;
    const seconds = (spec.duration / SECOND) * spec.resolvers[0]!.count;
    return [hits / queries, (queries - hits - misses) / queries, misses / queries, misses / seconds];
  });
}

const TTL = 300;
const HOURS = 20;

function busy(lambdaT: number, parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  const every = (TTL * SECOND) / lambdaT;
  return drill({
    duration: HOURS * HOUR,
    ttl: TTL,
    resolvers: [resolver({ count: RESOLVERS })],
    populations: [population({ count: RESOLVERS, workload: { kind: 'poisson', every } })],
    ...parts,
  });
}

describe('one cache', () => {
  test.each([0.5, 1, 5])('λT = %s: hits and load upstream', (lambdaT) => {
    const [hit, , , upstream] = shares(busy(lambdaT));
    expectAgreement(`F1 hit ratio, λT=${lambdaT}`, hit!, lambdaT / (1 + lambdaT));
    // A cycle is T + 1/λ long, with a deviation of 1/λ; the first fetch comes after 1/λ (renewal theorem).
    const wait = 1 / lambdaT;
    const cycle = 1 + wait;
    const beginning = wait ** 2 / (2 * cycle ** 2) + 0.5 - wait / cycle;
    const ttls = HOURS * (3600 / TTL);
    expectAgreement(`F1 upstream per s, λT=${lambdaT}`, upstream!, (1 / cycle + beginning / ttls) / TTL);
  });

  it('holds the entry at a random time as often as it hits (PASTA)', () => {
    const spec = busy(1, {
      duration: 2 * HOUR,
      resolvers: [resolver({ count: 300 })],
      populations: [population({ count: 300, workload: { kind: 'poisson', every: TTL * SECOND } })],
    });
    const [present] = replicate(20, (replication) => {
      const { cells, answers, now } = playWorld(spec, 1, replication);
      const holding = cells.filter(({ pools }) => pools[0]!.fragments[0]!.peek(answers.questions[0]!, now));
      return [holding.length / cells.length];
    });
    expectAgreement('F1 entry present at a random time, λT=1', present!, 0.5);
  });

  it('does not agree when the resolver caps the TTL (negative control)', () => {
    const [hit] = shares(
      busy(1, { resolvers: [resolver({ count: RESOLVERS, options: { ttlCapSeconds: TTL / 2 } })] }),
    );
    expectDisagreement('F1 with half the TTL', hit!, 1 / 2);
    expectAgreement('F1 hit ratio, cap T/2', hit!, 0.5 / 1.5);
  });
});

describe('one cache with slow fetches', () => {
  const slow = (joinQueries: boolean): WorldSpec =>
    drill({
      duration: 4 * HOUR,
      ttl: 60,
      network: { ...NETWORK, roundTrip: [[20 * SECOND, 0], [0, 0]] }, // biome-ignore format: a matrix
      resolvers: [
        resolver({
          count: RESOLVERS,
          options: {
            joinQueries,
            firstTimeoutMicros: MINUTE,
            maximumTimeoutMicros: MINUTE,
            budgetMicros: 2 * MINUTE,
          },
        }),
      ],
      populations: [population({ count: RESOLVERS, workload: { kind: 'poisson', every: 30 * SECOND } })],
    });
  const [lambdaT, lambdaD] = [2, 2 / 3];
  const all = 1 + lambdaT + lambdaD;

  it('hit : joined : miss = λT : λd : 1', () => {
    const [hit, joined, miss] = shares(slow(true));
    expectAgreement('F1 hit, λT=2 λd=2/3', hit!, lambdaT / all);
    expectAgreement('F1 joined', joined!, lambdaD / all);
    expectAgreement('F1 miss', miss!, 1 / all);
  });

  it('misses more when queries are not joined (negative control)', () => {
    const [, , miss] = shares(slow(false));
    expectDisagreement('F1 without joining', miss!, 1 / all);
  });
});

describe('fragments', () => {
  test.each([2, 4])('K = %s: hits λT/(K+λT)', (fragments) => {
    const [hit] = shares(busy(4, { resolvers: [resolver({ count: RESOLVERS, fragments })] }));
    expectAgreement(`F6 hit ratio, K=${fragments} λT=4`, hit!, 4 / (fragments + 4));
    expectDisagreement('F6 as one cache', hit!, 4 / 5);
  });

  it('n probes of an empty pool within T: K (1 - (1-1/K)^n) misses', () => {
    const [probes, fragments, count] = [6, 4, 120];
    const spec = drill({
      duration: 60 * SECOND,
      resolvers: [resolver({ count, fragments })],
      populations: [population({ count, workload: { kind: 'periodic', every: 10 * SECOND } })],
    });
    const [misses] = replicate(20, (at) => [playWorld(spec, 2, at).outside.load()[0]!.queries / count]);
    expectAgreement('F6 misses of 6 probes, K=4', misses!, fragments * (1 - (1 - 1 / fragments) ** probes));
    expectDisagreement('F6 misses of one cache', misses!, 1);
  });

  it('all parts have let go of the old entry by t with chance (t/T)^K', () => {
    const [fragments, count] = [3, 200];
    const spec = drill({
      start: 'warm',
      duration: HOUR,
      resolvers: [resolver({ count, fragments })],
      populations: [population({ count, workload: { kind: 'poisson', every: 1e6 * SECOND } })],
    });
    const [third, half] = replicate(20, (replication) => {
      const { cells, answers } = playWorld(spec, 3, replication, 1);
      const gone = (share: number): number => {
        const now = share * TTL * SECOND;
        const free = cells.filter(({ pools }) =>
          pools[0]!.fragments.every((cache) => cache.peek(answers.questions[0]!, now) === undefined),
        );
        return free.length / count;
      };
      return [gone(2 / 3), gone(1 / 2)];
    });
    expectAgreement('F6 all fresh at 2T/3, K=3', third!, (2 / 3) ** fragments, 0.1);
    expectAgreement('F6 all fresh at T/2, K=3', half!, (1 / 2) ** fragments, 0.1);
    expectDisagreement('F6 as one cache', half!, 1 / 2);
  });
});

describe('caches behind a busy one that passes on what is left', () => {
  const [clients, hour] = [40, 3600];
  /** Share of look-ups that the clients' own caches answer, one an hour each. */
  function leafHits(cache: CacheRule): readonly Estimate[] {
    const spec = drill({
      ttl: hour,
      duration: 180 * HOUR,
      resolvers: [resolver({ count: 2 })],
      populations: [
        population({
          count: clients * 2,
          stub: stub({ cache }),
          workload: { kind: 'poisson', every: hour * SECOND },
        }),
      ],
    });
    return replicate(16, (replication) => {
      const { tally } = playWorld(spec, 4, replication).populations[0]!;
      return [tally.osHits / tally.osQueries.reduce((sum, count) => sum + count, 0)];
    });
  }
  // Per cycle of the resolver, T + 1/nλ: the look-up that begins it misses, of the others those that come at all.
  const exact = 1 - (1 + (clients - 1) * (1 - Math.exp(-1))) / (1 + clients);

  it('λT = 1: 1 - (1-e^-λT)/λT', () => {
    const [hit] = leafHits(FOLLOWS_TTL);
    expectAgreement('F4 leaf hit ratio, λT=1, n=40', hit!, exact);
    expect(Math.abs(exact - Math.exp(-1))).toBeLessThan(0.01);
    expectDisagreement('F4 with a fresh TTL', hit!, 1 / 2);
  });

  it('a leaf that restarts the TTL hits λT/(1+λT) (negative control)', () => {
    const [hit] = leafHits(fixedCache(hour));
    expectAgreement('F4 leaf that restarts the TTL', hit!, 1 / 2);
    expectDisagreement('F4 decremented', hit!, exact);
  });

  it('after the resolver has fetched, the leaves come with rate nλe^-λt', () => {
    const [count, n, length] = [20, 40, 300];
    const spec = drill({
      ttl: length,
      duration: length * SECOND,
      resolvers: [resolver({ count })],
      populations: [
        population({
          count: count * n,
          stub: stub({ cache: FOLLOWS_TTL }),
          workload: { kind: 'poisson', every: length * SECOND },
        }),
      ],
    });
    const parts = replicate(20, (replication) => {
      const { queries } = playWorld(spec, 5, replication).loads[0]!;
      return [0, 1, 2].map((third) => {
        const from = Math.round((third * queries.length) / 3);
        const to = Math.round(((third + 1) * queries.length) / 3);
        return queries.subarray(from, to).reduce((sum, one) => sum + one, 0) / count;
      });
    });
    parts.forEach((seen, third) => {
      const expected = n * (Math.exp(-third / 3) - Math.exp(-(third + 1) / 3));
      expectAgreement(`F4 herd, third ${third + 1} of T`, seen, expected, 0.03);
    });
  });
});

describe('many names', () => {
  const weights = [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const lambdaT = 8;
  const rates = weights.map((weight) => (lambdaT * weight) / sum);
  const expected = rates.reduce((total, rate) => total + (rate * rate) / (1 + rate), 0) / lambdaT;

  it('Zipf weights: Σ λi²T/(1+λiT) / Σ λi', () => {
    const records = weights.map((_, at) => `n${at} ${TTL} IN A 203.0.113.10`).join('\n');
    const questions = weights.map((weight, at) => asks(`n${at}.example.com. A`, weight));
    const every = (TTL * SECOND) / lambdaT;
    const users = population({ count: RESOLVERS, questions, workload: { kind: 'poisson', every } });
    const [hit] = shares(busy(lambdaT, { records, populations: [users], duration: 8 * HOUR }));
    expectAgreement('F3 eight names, Zipf(1), λT=8', hit!, expected);
    expectDisagreement('F3 as equal names', hit!, 1 / 2);
    expectDisagreement('F3 as one name', hit!, lambdaT / (1 + lambdaT));
  });

  it('ten thousand names, once a second, 300 s: 0.410', () => {
    const count = 10_000;
    const zipf = Array.from({ length: count }, (_, at) => 1 / (at + 1));
    const all = zipf.reduce((total, weight) => total + weight, 0);
    const hits = zipf.reduce((total, weight) => total + (weight / all) ** 2 / (1 / TTL + weight / all), 0);
    expect(hits).toBeCloseTo(0.41, 3);
    const questions = zipf.map((weight, at) => asks(`n${at}.example.com. A`, weight));
    const records = zipf.map((_, at) => `n${at} ${TTL} IN A 203.0.113.10`).join('\n');
    const users = population({ count: 1, questions, workload: { kind: 'poisson', every: SECOND } });
    const warm = 600 * SECOND;
    const one = busy(TTL, {
      records,
      populations: [users],
      resolvers: [resolver()],
      duration: warm + 4 * HOUR,
    });
    const [hit] = replicate(4, (replication) => {
      const world = playWorld(one, 1, replication, warm);
      const count = (): [number, number] => {
        const { queries, hits: found } = world.loads[0]!;
        return [queries.reduce((sum, each) => sum + each, 0), found];
      };
      const [before, hitBefore] = count();
      world.runUntil(one.duration);
      const [after, hitAfter] = count();
      return [(hitAfter - hitBefore) / (after - before)];
    });
    expectAgreement('F3 ten thousand names, Zipf(1)', hit!, hits);
    expectDisagreement('F3 as equal names', hit!, TTL / (count + TTL));
  });
});
