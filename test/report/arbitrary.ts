/** Random but possible results, for properties every report must have. */
import fc from 'fast-check';
import {
  type CensoredEstimate,
  type Estimate,
  OUTCOMES,
  type PopulationResult,
  type RunResult,
  type StrategyResult,
} from '../../src/measure/result.ts';

/** Names as people and attackers write them. */
const label = fc.oneof(
  fc.constantFrom(
    'as written',
    'ttl 30',
    'Zürich',
    '東京リージョン',
    'x'.repeat(120),
    '<b>&"',
    'a\u001b[31mb\nc',
    '',
  ),
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.lorem({ maxCount: 20 }),
);
const amount = fc.oneof(
  fc.constantFrom(0, 1e-9, 0.05, 1, 999.96, 1e6, 1e9, 1e15),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
);
/** Up to 100 years, the longest duration a scenario can name. */
const seconds = fc.oneof(
  fc.constantFrom(0, 59.9996, 3599.9, 3.15e9),
  fc.double({ min: 0, max: 3.15e9, noNaN: true }),
);
const share = fc.oneof(
  fc.constantFrom(0, 1e-7, 0.5, 0.99996, 0.9999999, 1),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

function estimate(value: fc.Arbitrary<number>): fc.Arbitrary<Estimate> {
  const interval = fc.tuple(value, value, value).map((values) => {
    const [low, mean, high] = values.toSorted((one, other) => one - other);
    return { mean: mean!, low: low!, high: high! };
  });
  return fc.oneof(
    value.map((mean) => ({ mean })),
    interval,
  );
}

function censored(value: fc.Arbitrary<number>): fc.Arbitrary<CensoredEstimate> {
  return fc.option(estimate(value));
}

const population: fc.Arbitrary<PopulationResult> = fc.record({
  name: label,
  clients: fc.nat(),
  represents: fc.nat(),
  outcomes: fc.record(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, fc.nat()]))) as fc.Arbitrary<
    PopulationResult['outcomes']
  >,
  availability: fc.record({
    bucketSeconds: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    series: fc.array(fc.option(share), { maxLength: 300 }),
    mean: estimate(share),
    min: estimate(share),
    budgetBurnt: estimate(amount),
  }),
  recovery: fc
    .record({
      affected: estimate(share),
      censored: estimate(share),
      quantiles: fc.record({
        p50: censored(seconds),
        p90: censored(seconds),
        p95: censored(seconds),
        p99: censored(seconds),
        max: censored(seconds),
      }),
      population: censored(seconds),
      target: share,
      holdSeconds: seconds,
      phases: fc.option(
        fc.record({ detect: seconds, decide: seconds, publish: seconds, drain: seconds, reconnect: seconds }),
      ),
      curve: fc.array(fc.tuple(seconds, share), { maxLength: 20 }),
    })
    .map(({ phases, ...rest }) => ({ ...rest, ...(phases && { phases }) })),
  userMinutesLost: estimate(amount),
  causes: fc.array(fc.record({ cause: label, text: label, requests: fc.nat(), userMinutes: amount, share }), {
    maxLength: 12,
  }),
  latency: fc.record({ p50: seconds, p95: seconds, p99: seconds }),
  staleShare: share,
});

const strategy: fc.Arbitrary<StrategyResult> = fc.record({
  name: label,
  digest: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 16 }),
  events: fc.nat(),
  requests: fc.nat(),
  timeline: fc.array(
    fc
      .record({
        atSeconds: seconds,
        untilSeconds: fc.option(seconds),
        kind: fc.constantFrom('fault' as const, 'change' as const, 'reaction' as const),
        label,
      })
      .map(({ untilSeconds, ...rest }) => ({ ...rest, ...(untilSeconds !== null && { untilSeconds }) })),
    { maxLength: 30 },
  ),
  overall: population,
  populations: fc.array(population, { maxLength: 3 }),
  load: fc.array(
    fc
      .record({
        hop: label,
        queriesPerSecond: fc.record({ mean: amount, peak: amount }),
        hitRatio: fc.option(share),
      })
      .map(({ hitRatio, ...rest }) => ({ ...rest, ...(hitRatio !== null && { hitRatio }) })),
    { maxLength: 6 },
  ),
  expectations: fc.array(
    fc.record({
      text: fc.oneof(label, fc.constantFrom('recovery.p99 < 5m', 'availability.min >= 50%')),
      passed: fc.boolean(),
      observed: fc.option(amount),
    }),
    { maxLength: 4 },
  ),
});

export const anyResult: fc.Arbitrary<RunResult> = fc.record({
  schemaVersion: fc.constant(1),
  program: fc.record({ name: fc.constant('dnsdrill' as const), version: fc.constant('0.1.0') }),
  scenario: fc.record({
    title: label,
    sha256: fc.constant('ab'.repeat(32)),
    durationSeconds: fc.double({ min: 0.001, max: 3.15e9, noNaN: true }),
  }),
  seed: fc.nat(),
  replications: fc.nat({ max: 1000 }),
  partial: fc.boolean(),
  definitions: fc.constant({}),
  strategies: fc.array(strategy, { maxLength: 4 }),
});
