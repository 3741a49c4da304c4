/**
 * The ways of requests behind the proxy: which endpoint is tried, and which one after it when no connection comes
 * about (HTTP 521, 522, 523, 525, 526): once, another endpoint of the pool that is up; with failover across pools, one
 * of the next pool where the pool has no other (load-balancing/understand-basics/adaptive-routing).
 */
import type { RequestWay } from '../../proxy.ts';
import type { Branch } from './plan.ts';

interface Choice {
  /** Indexes of endpoints; a candidate of several is one choice of each. */
  readonly endpoint: number;
  /** Shares sum to 1 over all choices. */
  readonly share: number;
}

/**
 * @param after the next branches in failover order; absent: failover across pools is off
 * @param endpointsOf the endpoints of a candidate
 */
export function waysOf(
  branches: readonly Branch[],
  after: readonly Branch[] | undefined,
  endpointsOf: (candidate: number) => readonly number[],
): readonly RequestWay[] {
  const spare = branches.length > 1 ? branches : (after?.slice(0, 1) ?? []);
  return shared(branches, ({ weight }) => weight).flatMap(({ item: branch, share }) => {
    const choices = choicesIn(branch, endpointsOf);
    const elsewhere = after ? spare.filter((other) => other !== branch) : [];
    return choices.flatMap((first) => {
      const inside = choices.filter(({ endpoint }) => endpoint !== first.endpoint);
      const others = inside.length > 0 ? inside : across(elsewhere, endpointsOf);
      const whole = share * first.share;
      if (others.length === 0) return [{ share: whole, endpoints: [first.endpoint] }];
      return shared(others, (other) => other.share).map(({ item, share: part }) => ({
        share: whole * part,
        endpoints: [first.endpoint, item.endpoint],
      }));
    });
  });
}

function across(
  branches: readonly Branch[],
  endpointsOf: (candidate: number) => readonly number[],
): Choice[] {
  return shared(branches, ({ weight }) => weight).flatMap(({ item, share }) =>
    choicesIn(item, endpointsOf).map((choice) => ({ ...choice, share: choice.share * share })),
  );
}

function choicesIn({ members }: Branch, endpointsOf: (candidate: number) => readonly number[]): Choice[] {
  return shared(members, ({ weight }) => weight).flatMap(({ item, share }) => {
    const endpoints = endpointsOf(item.candidate);
    return endpoints.map((endpoint) => ({ endpoint, share: share / endpoints.length }));
  });
}

/** Shares by weight that sum to 1; all alike when no weight is positive. Items of weight 0 drop out otherwise. */
function shared<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
): { readonly item: T; readonly share: number }[] {
  const sum = items.reduce((total, item) => total + weightOf(item), 0);
  if (sum <= 0) return items.map((item) => ({ item, share: 1 / items.length }));
  return items.filter((item) => weightOf(item) > 0).map((item) => ({ item, share: weightOf(item) / sum }));
}

/** Ways to origins of a plain proxied record: one at random, then another (zero downtime failover). */
export function evenWays(endpoints: readonly number[]): readonly RequestWay[] {
  const members = endpoints.map((candidate) => ({ candidate, weight: 1, views: new Map() }));
  const branch: Branch = { pool: '', weight: 1, members, steering: 'random' };
  return endpoints.length === 0 ? [] : waysOf([branch], undefined, (endpoint) => [endpoint]);
}
