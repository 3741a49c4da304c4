/** Worlds of three places for tests of providers' policies, and policies put together from a few words. */
import { MILLISECOND } from '../../../../src/base/time.ts';
import { rdataFromText } from '../../../../src/dns/data/rdata-text.ts';
import type { LogicByRule, Surroundings } from '../../../../src/model/authority/policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../../../../src/model/authority/provider.ts';
import type {
  CandidateSpec,
  EndpointSpec,
  NetworkSpec,
  PolicySpec,
  RuleSpec,
  WorldSpec,
} from '../../../../src/model/spec.ts';
import { name, world } from '../../world.ts';

export const US = 0;
export const EU = 1;
export const AP = 2;
/** A region nobody knows anything about. */
export const NOWHERE = 3;

const PLACES: NetworkSpec['places'] = [
  {
    continent: 'NA',
    country: 'US',
    subdivision: 'VA',
    latitude: 38.9,
    longitude: -77.4,
    networks: ['192.0.2.0/24'],
  },
  { continent: 'EU', country: 'IE', latitude: 53.3, longitude: -6.3, networks: ['198.51.100.0/24'] },
  { continent: 'AS', country: 'SG', latitude: 1.3, longitude: 103.8, networks: ['2001:db8:1::/48'] },
  { networks: [] },
];

/** Round trips: US-EU 80 ms, US-AP 200 ms, EU-AP 160 ms, 300 ms from nowhere, 10 ms inside. */
export const PLACED: NetworkSpec = {
  regions: ['us', 'eu', 'ap', 'nowhere'],
  roundTrip: [
    [10, 80, 200, 300],
    [80, 10, 160, 300],
    [200, 160, 10, 300],
    [300, 300, 300, 10],
  ].map((row) => row.map((value) => value * MILLISECOND)),
  spread: 1,
  loss: 0,
  stubRoundTrip: 5 * MILLISECOND,
  places: PLACES,
};

/** `us` 192.0.2.1 in US, `eu` 192.0.2.2 in EU, `ap` 192.0.2.3 in AP, `x4` ... `x12` in US. */
export const ENDPOINTS: readonly EndpointSpec[] = Array.from({ length: 12 }, (_, at) => ({
  name: ['us', 'eu', 'ap'][at] ?? `x${at + 1}`,
  addresses: [`192.0.2.${at + 1}`],
  region: at < 3 ? at : US,
}));

/** A candidate that answers with endpoint `us`, `eu` ..., under that endpoint's own check. */
export function endpoint(label: string, parts: Partial<CandidateSpec> = {}): CandidateSpec {
  const index = ENDPOINTS.findIndex((one) => one.name === label);
  const data = { kind: 'endpoints', endpoints: [index] } as const;
  return { label, data, health: { kind: 'endpoint', endpoint: index }, ...parts };
}

/** A candidate of fixed data. */
export function text(value: string, type = 1): CandidateSpec {
  return { label: value, data: { kind: 'records', rdata: [rdataFromText(type, value)] } };
}

export function alias(target: string, ttl: 'target' | 'policy' = 'target'): CandidateSpec {
  return { label: target, data: { kind: 'alias', name: name(target), ttl } };
}

export function policy(
  rule: RuleSpec,
  candidates: readonly CandidateSpec[],
  parts: Partial<PolicySpec> = {},
): PolicySpec {
  return {
    name: name('app.example.com.'),
    type: 1,
    ttl: 60,
    provider: 0,
    word: rule.kind,
    candidates,
    rule,
    ...parts,
  };
}

export function placedWorld(parts: Partial<WorldSpec> = {}): WorldSpec {
  return world({ network: PLACED, endpoints: ENDPOINTS, ...parts });
}

/** Surroundings in which these endpoints are unhealthy. */
export function surroundings(
  unhealthy: readonly string[],
  policies: readonly PolicySpec[] = [],
): Surroundings {
  const dead = unhealthy.map((label) => ENDPOINTS.findIndex((one) => one.name === label));
  return {
    spec: placedWorld({ policies }),
    provider: 0,
    healthy: (ref) => ref?.kind !== 'endpoint' || !dead.includes(ref.endpoint),
    policyAt: (wanted, type) => policies.find((one) => one.name === wanted && one.type === type),
  };
}

/** `us`, `us+eu` in the order of the answer, `NODATA`, `alias lb.example.com.`, or an rcode. */
export function answerText(answer: PolicyAnswer): string {
  if (typeof answer === 'string') return 'NODATA';
  if ('alias' in answer) return `alias ${answer.alias}`;
  if ('rcode' in answer) return answer.rcode;
  const labels = answer.rdata.map(
    (one) => ENDPOINTS.find(({ addresses }) => addresses[0] === one.text)?.name ?? one.text,
  );
  return labels.join('+');
}

export function query(region: number, draw: () => number, clientRegion?: number): PolicyQuery {
  return { region, clientRegion, server: 0, siteRegion: region, draw };
}

/** What a policy answers in a region at each of several draws, alike ones once, in the order in which they appear. */
export function answers(
  logics: LogicByRule,
  one: PolicySpec,
  around: Surroundings,
  region: number = US,
  draws: readonly number[] = EVENLY,
): string {
  const decider = logics[one.rule.kind]!.prepare(one, around);
  const found = draws.map((draw) => answerText(decider.decide(query(region, () => draw))));
  return [...new Set(found)].join(' | ');
}

/** Shares of the answers at a hundred even draws: `us 70, eu 30`. */
export function shares(
  logics: LogicByRule,
  one: PolicySpec,
  around: Surroundings,
  region: number = US,
): string {
  const decider = logics[one.rule.kind]!.prepare(one, around);
  const counts = new Map<string, number>();
  for (const draw of EVENLY) {
    const found = answerText(decider.decide(query(region, () => draw)));
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].map(([answer, count]) => `${answer} ${count}`).join(', ');
}

const EVENLY = Array.from({ length: 100 }, (_, at) => (at + 0.5) / 100);
