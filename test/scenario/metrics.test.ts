/** Every number that a result holds can be expected of it, or there is a reason why not. */
import { expect, it } from 'vitest';
import { planScenario, playTask } from '../../src/experiment/plan.ts';
import { runExperiment } from '../../src/experiment/run.ts';
import { sequentialExecutor } from '../../src/experiment/sequential.ts';
import type { RunResult } from '../../src/measure/result.ts';
import { mustLoad } from './base.ts';

const DRILL = `duration: 30m
network: { regions: [here, there], between: 80ms }
providers:
  aws: { kind: route53 }
zones:
  - { name: example.com }
endpoints:
  east: { address: 203.0.113.10, region: here, check: { tcp: true } }
  west: { address: 198.51.100.20, region: there, check: { tcp: true } }
policies:
  app.example.com/A: { route53: { latency: [east, west] } }
resolvers:
  isp: { profile: unbound, count: 2, region: there }
clients:
  users: { count: 30, region: here, requests: { name: app.example.com, every: 20s } }
timeline:
  - { at: 10m, fail: endpoint west, for: 10m }
`;

/** Where numbers stand in one strategy's result, and the metric that names them or why there is none. */
const NUMBERS: readonly (readonly [place: RegExp, metric: string | { readonly because: string }])[] = [
  [/^(events|requests)$/, { because: 'effort of the simulation' }],
  [/^timeline\./, { because: 'times of the plan and of reactions; their lengths are phases' }],
  [/^expectations\./, { because: 'the expectations themselves' }],
  [/\.(low|high)$/, { because: 'bounds of an interval; its mean is the metric' }],
  [/\.(clients|represents)$/, { because: 'given, not measured' }],
  [/\.bucketSeconds$|\.holdSeconds$|\.target$|^cost\.basisSeconds$/, { because: 'given, not measured' }],
  [/\.(series|curve)\./, { because: 'many numbers' }],
  [/^overall\.outcomes\./, 'outcome.served.share'],
  [/^overall\.availability\.mean\./, 'availability.mean'],
  [/^overall\.availability\.min\./, 'availability.min'],
  [/^overall\.availability\.budgetBurnt\./, 'availability.budget'],
  [/^overall\.recovery\.affected\./, 'recovery.affected'],
  [/^overall\.recovery\.censored\./, 'recovery.censored'],
  [/^overall\.recovery\.quantiles\.(p50|p90|p95|p99|max)\./, 'recovery.$1'],
  [/^overall\.recovery\.population\./, 'recovery.population'],
  [/^overall\.recovery\.phases\.(\w+)$/, 'phases.$1'],
  [/^overall\.userMinutesLost\./, 'user-minutes'],
  [/^overall\.causes\.\d+\.userMinutes$/, 'cause.dead-address.user-minutes'],
  [/^overall\.causes\.\d+\.share$/, 'cause.dead-address/authority.share'],
  [/^overall\.causes\.\d+\.requests$/, { because: 'counts grow with the run' }],
  [/^overall\.latency\.(p50|p95|p99)$/, 'latency.$1'],
  [/^overall\.staleShare$/, 'stale.share'],
  [/^overall\.farShare$/, 'far.share'],
  [/^populations\.0\./, 'users.far.share'],
  [/^load\.\d+\.queriesPerSecond\.(mean|peak)$/, 'load.aws.$1'],
  [/^load\.\d+\.hitRatio$/, 'load.resolver isp.hit-ratio'],
  [/^load\.\d+\.amplification$/, 'load.aws.amplification'],
  [/^cost\.(month|outage)\./, 'cost.$1'],
  [/^cost\.providers\.\d+\.month\./, 'cost.aws.month'],
  [/^cost\.providers\.\d+\.(items|answers)\./, { because: 'lines of a bill, summed up by provider' }],
];

async function play(): Promise<RunResult> {
  const scenario = mustLoad(DRILL);
  const execute = sequentialExecutor((task) => playTask(scenario, task));
  return runExperiment(planScenario(scenario, '0'), execute);
}

function* numbersIn(value: unknown, path: string): Generator<string> {
  if (typeof value === 'number') yield path;
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value))
      yield* numbersIn(one, path === '' ? key : `${path}.${key}`);
  }
}

it('every number of a result has a metric or a reason', async () => {
  const [strategy] = (await play()).strategies;
  const places = [...numbersIn(strategy, '')];
  expect(places.length).toBeGreaterThan(100);
  expect(places.filter((place) => !NUMBERS.some(([pattern]) => pattern.test(place)))).toEqual([]);
  const metrics = new Set(
    places.flatMap((place) => {
      const [pattern, metric] = NUMBERS.find(([one]) => one.test(place))!;
      return typeof metric === 'string' ? [place.match(pattern)![0].replace(pattern, metric)] : [];
    }),
  );
  expect(metrics.size).toBeGreaterThan(20);
  const least = (metric: string): string => (/^(recovery\.(p|max)|phases|latency)/.test(metric) ? '0s' : '0');
  const expectations = [...metrics, 'load.authorities.mean'].map((metric) => `${metric} >= ${least(metric)}`);
  const judged = mustLoad(`${DRILL}expect: ${JSON.stringify(expectations)}\n`);
  const execute = sequentialExecutor((task) => playTask(judged, task));
  const [again] = (await runExperiment(planScenario(judged, '0'), execute)).strategies;
  expect(again!.expectations.filter(({ observed }) => observed === null)).toEqual([]);
  const far = again!.expectations.find(({ text }) => text.startsWith('far.share'));
  expect(far!.observed).toBeGreaterThan(0.4);
});
