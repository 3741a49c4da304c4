/**
 * One cache under Poisson queries of rate λ with TTL T: hits λT/(1+λT), queries upstream 1/(T+1/λ); with fetches
 * of length d that are joined, hit : joined : miss = λT : λd : 1. K independent fragments: λT/(K+λT). Many names:
 * Σ λi²T/(1+λiT) / Σ λi (Jung, Berger and Balakrishnan, INFOCOM 2003).
 */
import { describe, it, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { asks, drill, playWorld, population, resolver } from '../model/clients/population-world.ts';
import { NETWORK } from '../model/world.ts';
import { type Estimate, expectAgreement, expectDisagreement, replicate } from './estimate.ts';

const REPLICATIONS = 12;
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

function busy(lambdaT: number, parts: Parameters<typeof drill>[0] = {}): WorldSpec {
  const every = (TTL * SECOND) / lambdaT;
  return drill({
    duration: 50 * HOUR,
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
    expectAgreement(`F1 upstream per s, λT=${lambdaT}`, upstream!, 1 / (TTL + TTL / lambdaT));
  });

  it('holds the entry at a random time as often as it hits (PASTA)', () => {
    const spec = busy(1, {
      duration: 2 * HOUR,
      resolvers: [resolver({ count: 500 })],
      populations: [population({ count: 500, workload: { kind: 'poisson', every: TTL * SECOND } })],
    });
    const [present] = replicate(12, (replication) => {
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
      duration: 20 * HOUR,
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
    const [hit] = shares(busy(lambdaT, { records, populations: [users] }));
    expectAgreement('F3 eight names, Zipf(1), λT=8', hit!, expected);
    expectDisagreement('F3 as equal names', hit!, 1 / 2);
    expectDisagreement('F3 as one name', hit!, lambdaT / (1 + lambdaT));
  });
});
