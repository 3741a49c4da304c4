import { describe, expect, it, test } from 'vitest';
import { OUTCOMES } from '../../src/model/outcome.ts';
import {
  type Expectation,
  evaluateExpectations,
  type Measured,
  type MeasuredPopulation,
  parseExpectation,
} from '../../src/scenario/expect.ts';
import { Problem } from '../../src/scenario/kinds.ts';

const VOCABULARY = { populations: ['users', 'a.b'], hops: ['root', 'com.', 'resolver isp', 'main'] };

const OVERALL: MeasuredPopulation = {
  outcomes: {
    ...(Object.fromEntries(OUTCOMES.map((one) => [one, 0])) as MeasuredPopulation['outcomes']),
    served: 90,
    servfail: 10,
  },
  availability: { mean: { mean: 0.9 }, min: { mean: 0.2 }, budgetBurnt: { mean: 2 } },
  recovery: {
    affected: { mean: 0.4 },
    censored: { mean: 0.1 },
    quantiles: { p50: { mean: 30 }, p90: { mean: 100 }, p95: { mean: 200 }, p99: { mean: 300 }, max: null },
    population: null,
    phases: { detect: 95, decide: 0, publish: 5, drain: 60, reconnect: 20 },
  },
  userMinutesLost: { mean: 1234 },
  causes: [
    { cause: 'dead-address/os-cache', userMinutes: 900, share: 0.75 },
    { cause: 'dead-address/authority', userMinutes: 200, share: 0.15 },
    { cause: 'nxdomain/resolver-cache@ns1.main.example.', userMinutes: 134, share: 0.1 },
  ],
  latency: { p50: 0.001, p95: 0.05, p99: 2.5 },
  staleShare: 0.05,
  farShare: 0.25,
};
const { phases: _, ...withoutPhases } = OVERALL.recovery;
const RESULT: Measured = {
  overall: OVERALL,
  populations: [
    { ...OVERALL, recovery: withoutPhases, name: 'users', staleShare: 0.5 },
    { ...OVERALL, name: 'a.b', staleShare: 0.75 },
  ],
  load: [
    { hop: 'com.', queriesPerSecond: { mean: 2, peak: 9 }, amplification: 3 },
    { hop: 'main', queriesPerSecond: { mean: 5, peak: 6 } },
    { hop: 'resolver isp', queriesPerSecond: { mean: 20, peak: 90 }, hitRatio: 0.8 },
  ],
};

function parsed(text: string): Expectation {
  const expectation = parseExpectation(text, VOCABULARY);
  if (expectation instanceof Problem) throw new Error(expectation.message);
  return expectation;
}

describe('expectations', () => {
  test.each([
    ['latency.p99 < 2s', false, 2.5],
    ['far.share < 30%', true, 0.25],
    ['users.far.share <= 25%', true, 0.25],
    ['load.com..amplification < 4', true, 3],
    ['load.resolver isp.hit-ratio > 75%', true, 0.8],
    ['load.main.hit-ratio > 0%', false, null], // not measured
    ['load.authorities.mean <= 7', true, 7],
    ['recovery.p50 < 31s', true, 30],
    ['recovery.p50 < 30s', false, 30],
    ['recovery.p50 <= 30s', true, 30],
    ['recovery.p99 > 5m', false, 300],
    ['recovery.p99 >= 5m', true, 300],
    ['  recovery.p90<2m ', true, 100],
    ['recovery.max < 365d', false, null], // beyond the horizon
    ['recovery.max > 365d', true, null],
    ['recovery.population >= 1h', true, null],
    ['phases.detect < 96s', true, 95],
    ['phases.publish > 5s', false, 5],
    ['a.b.phases.drain <= 1m', true, 60],
    ['users.phases.detect < 1h', false, null], // nothing was published
    ['recovery.affected <= 40%', true, 0.4],
    ['recovery.censored < 0.1', false, 0.1],
    ['availability.mean >= 90%', true, 0.9],
    ['availability.min > 0.2', false, 0.2],
    ['user-minutes < 2000', true, 1234],
    ['cause.dead-address.user-minutes < 1000', false, 1100],
    ['cause.dead-address/os-cache.user-minutes < 1000', true, 900],
    ['cause.dead-address/authority.share < 20%', true, 0.15],
    ['cause.nxdomain.share <= 10%', true, 0.1],
    ['cause.nxdomain/resolver-cache.user-minutes < 134', false, 134],
    ['cause.nxdomain/resolver-cache@ns1.main.example..share <= 10%', true, 0.1],
    ['cause.nxdomain/resolver-cache@ns2.main.example..share <= 0', true, 0],
    ['cause.servfail.user-minutes <= 0', true, 0], // did not occur
    ['users.cause.dead-address/os-cache.share > 70%', true, 0.75],
    ['stale.share < 10%', true, 0.05],
    ['users.stale.share < 10%', false, 0.5],
    ['a.b.stale.share > 70%', true, 0.75],
    ['outcome.servfail.share <= 10%', true, 0.1],
    ['outcome.bogus.share <= 0', true, 0],
    ['load.com..peak < 10', true, 9],
    ['load.resolver isp.mean < 10', false, 20],
    ['load.root.peak < 10', false, null], // not measured
  ])('%s: %s, observed %s', (text, passed, observed) => {
    expect(evaluateExpectations([parsed(text)], RESULT)).toEqual([{ text, passed, observed }]);
  });

  test.each([
    ['recovery.p99', 'scenario-bad-expectation'],
    ['recovery.p99 = 5m', 'scenario-bad-expectation'],
    ['recovery.p99 < < 5m', 'scenario-bad-expectation'],
    ['< 5m', 'scenario-bad-expectation'],
    ['recovery.p99 < 5', 'scenario-bad-duration'],
    ['availability.min > 50', 'scenario-bad-share'],
    ['stale.share > 5s', 'scenario-bad-share'],
    ['load.root.peak < 5%', 'scenario-bad-number'],
    ['user-minutes < 5m', 'scenario-bad-number'],
    ['latency.p75 < 5s', 'scenario-unknown-metric'],
    ['others.stale.share < 5%', 'scenario-unknown-metric'],
    ['cause.dead-adress.share < 5%', 'scenario-unknown-metric'],
    ['cause.dead-address/nowhere.share < 5%', 'scenario-unknown-metric'],
    ['cause.dead-address.requests < 5', 'scenario-unknown-metric'],
    ['cause.dead-address.user-minutes < 5m', 'scenario-bad-number'],
    ['constructor < 5%', 'scenario-unknown-metric'],
    ['users.load.root.peak < 5', 'scenario-unknown-metric'],
  ])('%s is refused: %s', (text, code) => {
    const problem = parseExpectation(text, VOCABULARY);
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).code).toBe(code);
  });

  it('suggests the metric meant', () => {
    const hints = [
      'recovery.p9 < 1s',
      'avalability.min > 1%',
      'load.rot.peak > 1',
      'usres.stale.share > 1%',
      'cause.dead-adress.user-minutes < 5',
      'cause.servfail/no-reachable-sever.share < 5%',
    ].map((text) => (parseExpectation(text, VOCABULARY) as Problem).hint);
    expect(hints).toEqual([
      "did you mean 'recovery.p90'?",
      "did you mean 'availability.min'?",
      "did you mean 'load.root.peak'?",
      "did you mean 'users.stale.share'?",
      "did you mean 'cause.dead-address.user-minutes'?",
      "did you mean 'cause.servfail/no-reachable-server.share'?",
    ]);
  });
});
