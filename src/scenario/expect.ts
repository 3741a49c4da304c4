/**
 * Expectations: `METRIC OPERATOR VALUE`, what must hold for a run to pass. `recovery.p99 < 5m`,
 * `browsers.availability.min >= 50%`, `load.root.peak <= 100`.
 *
 * Every number of a report has a metric, but for those that mean nothing by themselves: counts of requests grow with
 * the run (their shares are metrics), series and curves are many numbers, differences between strategies belong to no
 * one of them, and the lines of a bill are summed up by provider. Causes are in `cause-metrics.ts`.
 */

import { didYouMean } from '../base/suggest.ts';
import { SECOND } from '../base/time.ts';
import { isAuthoritative } from '../model/authoritative-hop.ts';
import { OUTCOMES, type Outcome } from '../model/outcome.ts';
import {
  CAUSE_METRIC_NAMES,
  causeMetric,
  causeMetricNames,
  type MeasuredCause,
  minutes,
} from './cause-metrics.ts';
import { durationKind, type Kind, numberKind, Problem, shareKind } from './kinds.ts';

export type Operator = '<' | '<=' | '>' | '>=';

/** A parsed expectation. */
export interface Expectation {
  /** As written. */
  readonly text: string;
  readonly metric: string;
  /** Absent: all populations together. */
  readonly population?: string;
  readonly operator: Operator;
  /** Seconds, a share, user-minutes or queries per second, as the metric has it. */
  readonly value: number;
}

/** The part of a strategy's result that expectations look at. */
export interface Measured {
  readonly overall: MeasuredPopulation;
  readonly populations: readonly (MeasuredPopulation & { readonly name: string })[];
  readonly load: readonly {
    readonly hop: string;
    readonly queriesPerSecond: { readonly mean: number; readonly peak: number };
    /** Of caches. */
    readonly hitRatio?: number;
    /** Of what has been asked before the first fault. */
    readonly amplification?: number;
  }[];
  /** Absent where nothing has a price. */
  readonly cost?: {
    readonly month: Mean;
    readonly outage?: Mean;
    /** False: the sums are lower bounds. */
    readonly complete: boolean;
    readonly providers: readonly {
      readonly provider: string;
      readonly month: Mean;
      readonly complete: boolean;
    }[];
  };
}

interface Mean {
  readonly mean: number;
}

/** The part of a population's result that expectations look at; `null` = beyond the horizon. */
export interface MeasuredPopulation {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly availability: { readonly mean: Mean; readonly min: Mean; readonly budgetBurnt: Mean };
  readonly recovery: {
    readonly affected: Mean;
    readonly censored: Mean;
    readonly quantiles: Readonly<Record<'p50' | 'p90' | 'p95' | 'p99' | 'max', Mean | null>>;
    readonly population: Mean | null;
    /** Absent where nothing was published after the first fault. */
    readonly phases?: Readonly<Record<Phase, number>>;
  };
  readonly userMinutesLost: Mean;
  readonly causes: readonly MeasuredCause[];
  /** In seconds. */
  readonly latency: Readonly<Record<Latency, number>>;
  readonly staleShare: number;
  /** Absent: none. */
  readonly farShare?: number;
}

const LATENCIES = ['p50', 'p95', 'p99'] as const;
type Latency = (typeof LATENCIES)[number];

/** Parts of the recovery of the last client, in their order; in seconds. */
const PHASES = ['detect', 'decide', 'publish', 'drain', 'reconnect'] as const;
type Phase = (typeof PHASES)[number];

interface Metric {
  readonly kind: Kind<number>;
  /** `undefined` = not measured. */
  readonly of: (result: MeasuredPopulation) => number | null | undefined;
}

const seconds: Kind<number> = {
  ...durationKind(),
  read: (raw) => {
    const micros = durationKind().read(raw);
    return micros instanceof Problem ? micros : micros / SECOND;
  },
};
const times = numberKind(0, ' of error budgets');
const perSecond = numberKind(0, ' of queries per second');
const dollars = numberKind(0, ' of US dollars');

const meanOf = (estimate: Mean | null): number | null => (estimate === null ? null : estimate.mean);

const METRIC_LIST: Readonly<Record<string, Metric>> = {
  ...Object.fromEntries(
    (['p50', 'p90', 'p95', 'p99', 'max'] as const).map((quantile): [string, Metric] => [
      `recovery.${quantile}`,
      { kind: seconds, of: ({ recovery }) => meanOf(recovery.quantiles[quantile]) },
    ]),
  ),
  'recovery.population': { kind: seconds, of: ({ recovery }) => meanOf(recovery.population) },
  ...Object.fromEntries(
    PHASES.map((phase): [string, Metric] => [
      `phases.${phase}`,
      { kind: seconds, of: ({ recovery }) => recovery.phases?.[phase] },
    ]),
  ),
  'recovery.affected': { kind: shareKind, of: ({ recovery }) => recovery.affected.mean },
  'recovery.censored': { kind: shareKind, of: ({ recovery }) => recovery.censored.mean },
  'availability.min': { kind: shareKind, of: ({ availability }) => availability.min.mean },
  'availability.mean': { kind: shareKind, of: ({ availability }) => availability.mean.mean },
  'availability.budget': { kind: times, of: ({ availability }) => availability.budgetBurnt.mean },
  'user-minutes': { kind: minutes, of: ({ userMinutesLost }) => userMinutesLost.mean },
  ...Object.fromEntries(
    LATENCIES.map((quantile): [string, Metric] => [
      `latency.${quantile}`,
      { kind: seconds, of: ({ latency }) => latency[quantile] },
    ]),
  ),
  'stale.share': { kind: shareKind, of: ({ staleShare }) => staleShare },
  'far.share': { kind: shareKind, of: ({ farShare }) => farShare ?? 0 },
  ...Object.fromEntries(
    OUTCOMES.map((outcome): [string, Metric] => [
      `outcome.${outcome}.share`,
      { kind: shareKind, of: ({ outcomes }) => shareOf(outcomes, outcome) },
    ]),
  ),
};

interface HopMetric {
  readonly kind: Kind<number>;
  /** `undefined` = not measured. */
  readonly of: (hop: Measured['load'][number]) => number | undefined;
}

/** What is measured at each hop, by the last part of the metric's name. */
const HOP_METRICS: Readonly<Record<string, HopMetric>> = {
  mean: { kind: perSecond, of: ({ queriesPerSecond }) => queriesPerSecond.mean },
  peak: { kind: perSecond, of: ({ queriesPerSecond }) => queriesPerSecond.peak },
  'hit-ratio': { kind: shareKind, of: ({ hitRatio }) => hitRatio },
  amplification: { kind: numberKind(0, ' of normal loads'), of: ({ amplification }) => amplification },
};

/** Load at all authoritative servers together. */
const AUTHORITIES = 'load.authorities.mean';

/** Every metric that is measured of a hop, by the last part of its name. */
export const HOP_METRIC_NAMES: readonly string[] = Object.keys(HOP_METRICS);

/** A map, since names come from outside: `constructor` is no metric. */
const METRICS: ReadonlyMap<string, Metric> = new Map([
  ...Object.entries(METRIC_LIST),
  ...CAUSE_METRIC_NAMES.map((name) => [name, causeMetric(name)!] as const),
]);

/** Every metric that is measured of a population, as expectations name it. */
export const METRIC_NAMES: readonly string[] = [...METRICS.keys()];

function metricNamed(name: string): Metric | undefined {
  return METRICS.get(name) ?? causeMetric(name);
}

function shareOf(outcomes: Readonly<Record<Outcome, number>>, outcome: Outcome): number {
  const total = OUTCOMES.reduce((sum, one) => sum + outcomes[one], 0);
  return total === 0 ? 0 : outcomes[outcome] / total;
}

/** Names an expectation may use besides the metrics. */
export interface Vocabulary {
  readonly populations: readonly string[];
  /** Hops of `load.HOP.mean`, `load.HOP.peak`, `load.HOP.hit-ratio` and `load.HOP.amplification`. */
  readonly hops: readonly string[];
  /** Providers of `cost.PROVIDER.month`. */
  readonly providers?: readonly string[];
}

/** Reads one expectation. */
export function parseExpectation(text: string, vocabulary: Vocabulary): Expectation | Problem {
  const parts = /^\s*([^<>=]+?)\s*(<=|>=|<|>)\s*([^<>=\s].*?)\s*$/.exec(text);
  if (!parts) {
    const hint = 'write METRIC OPERATOR VALUE, for example recovery.p99 < 5m';
    return new Problem('scenario-bad-expectation', `'${text}' is not an expectation`, hint);
  }
  const [, name, operator, written] = parts as unknown as [string, string, Operator, string];
  const found = findMetric(name, vocabulary);
  if (found instanceof Problem) return found;
  const value = found.kind.read(/^\d+(\.\d+)?$/.test(written) ? Number(written) : written);
  if (value instanceof Problem)
    return new Problem(value.code, `${found.metric}: ${value.message}`, value.hint);
  const { metric, population } = found;
  return { text, metric, ...(population === undefined ? {} : { population }), operator, value };
}

interface Found {
  readonly metric: string;
  readonly population?: string;
  readonly kind: Kind<number>;
}

function findMetric(name: string, { populations, hops, providers = [] }: Vocabulary): Found | Problem {
  const plain = metricNamed(name);
  if (plain) return { metric: name, kind: plain.kind };
  const loads = new Map([
    [AUTHORITIES, perSecond],
    ...hops.flatMap((hop) =>
      Object.entries(HOP_METRICS).map(([what, { kind }]) => [`load.${hop}.${what}`, kind] as const),
    ),
  ]);
  const load = loads.get(name);
  if (load) return { metric: name, kind: load };
  const costs = ['cost.month', 'cost.outage', ...providers.map((one) => `cost.${one}.month`)];
  if (costs.includes(name)) return { metric: name, kind: dollars };
  for (const population of populations) {
    const metric = name.startsWith(`${population}.`) ? name.slice(population.length + 1) : '';
    const found = metricNamed(metric);
    if (found) return { metric, population, kind: found.kind };
  }
  const known = [...METRICS.keys(), ...causeMetricNames()];
  const ofPopulations = populations.flatMap((population) => known.map((metric) => `${population}.${metric}`));
  const hint = didYouMean(name, [...known, ...loads.keys(), ...costs, ...ofPopulations]);
  return new Problem('scenario-unknown-metric', `there is no metric '${name}'`, hint);
}

/** How one expectation came out; fits `ExpectationResult`. */
export interface Judgement {
  readonly text: string;
  readonly passed: boolean;
  readonly observed: number | null;
}

/**
 * Holds a result against expectations. What lies beyond the horizon counts as infinitely late; what was not
 * measured at all (a hop without load, a sum with an unknown price) fails.
 */
export function evaluateExpectations(expectations: readonly Expectation[], result: Measured): Judgement[] {
  return expectations.map((expectation) => {
    const observed = isDoubtful(expectation, result) ? undefined : observe(expectation, result);
    const passed = observed !== undefined && holds(observed ?? Number.POSITIVE_INFINITY, expectation);
    return { text: expectation.text, passed, observed: observed ?? null };
  });
}

function observe({ metric, population }: Expectation, result: Measured): number | null | undefined {
  if (metric.startsWith('load.')) return loadOf(metric, result);
  if (population === undefined && metric.startsWith('cost.')) return costOf(metric, result);
  const measured =
    population === undefined ? result.overall : result.populations.find(({ name }) => name === population);
  return measured && metricNamed(metric)!.of(measured);
}

function loadOf(metric: string, { load }: Measured): number | undefined {
  if (metric === AUTHORITIES) {
    return load
      .filter(({ hop }) => isAuthoritative(hop))
      .reduce((sum, { queriesPerSecond }) => sum + queriesPerSecond.mean, 0);
  }
  const [, name, what] = /^load\.(.*)\.([a-z-]+)$/s.exec(metric)!;
  const hop = load.find((one) => one.hop === name);
  return hop && HOP_METRICS[what!]!.of(hop);
}

function costOf(metric: string, { cost }: Measured): number | undefined {
  if (metric === 'cost.month') return cost?.month.mean;
  if (metric === 'cost.outage') return cost?.outage?.mean;
  return ofProvider(metric, cost)?.month.mean;
}

function ofProvider(
  metric: string,
  cost: Measured['cost'],
): NonNullable<Measured['cost']>['providers'][number] | undefined {
  return cost?.providers.find(({ provider }) => metric === `cost.${provider}.month`);
}

/** A sum with unknown prices is a lower bound: it may be too high, but never low enough. */
function isDoubtful({ metric, population, operator }: Expectation, { cost }: Measured): boolean {
  if (population !== undefined || !metric.startsWith('cost.') || operator.startsWith('>')) return false;
  return !(ofProvider(metric, cost) ?? cost)?.complete;
}

function holds(observed: number, { operator, value }: Expectation): boolean {
  if (operator === '<') return observed < value;
  if (operator === '<=') return observed <= value;
  return operator === '>' ? observed > value : observed >= value;
}
