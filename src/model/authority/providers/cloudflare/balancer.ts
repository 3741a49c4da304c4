/**
 * A load balancer deciding: in answers to DNS queries where the name is DNS-only, per request where it is proxied.
 *
 * The counters of least outstanding requests and least connections are not kept: endpoints share by weight. The hash
 * of the client's address, which keeps a client at one endpoint, is on a DNS-only name the resolver's; behind the
 * proxy it is a share like chance, so that a client whose endpoint has died without notice fails now and then, where
 * a real one fails every time.
 */
import type { PolicySpec } from '../../../spec.ts';
import type { Decider, PolicyLogic, Surroundings } from '../../policy-logic.ts';
import type { PolicyAnswer, PolicyQuery } from '../../provider.ts';
import type { RequestWay } from '../../proxy.ts';
import { nearestSite } from '../../proxy.ts';
import { Offers } from '../../steering/offers.ts';
import { pickWeighted } from '../../steering/pick.ts';
import { type Branch, planFor, type RoutePlan } from './plan.ts';
import type { BalancerRule, CloudflareOptions, PoolMember } from './rule.ts';
import { isByPlace, steeringOf } from './steering.ts';
import { waysOf } from './ways.ts';

/** The logic of load balancers under a provider's settings. */
export function balancerLogic(options: CloudflareOptions): PolicyLogic {
  return {
    prepare: (policy, surroundings) => new Balancer(policy, surroundings, options),
    // Disabled: the DNS record is served, if there is one (load-balancing/load-balancers/dns-records).
    isOff: ({ rule }) => !(rule as BalancerRule).enabled,
    isScoped: ({ rule }) => {
      const balancer = rule as BalancerRule;
      return !balancer.proxied && isByPlace(balancer) && listensToEcs(balancer);
    },
  };
}

/** Whether the client's subnet says where a DNS-only query comes from (`prefer_ecs`). */
function listensToEcs(rule: BalancerRule): boolean {
  const { preferEcs } = rule.location;
  return preferEcs === 'always' || preferEcs === steeringOf(rule);
}

class Balancer implements Decider {
  readonly choice: string;
  readonly #rule: BalancerRule;
  readonly #policy: PolicySpec;
  readonly #offers: Offers;
  readonly #listensToEcs: boolean;
  /** By region in which a request counts as coming from. */
  readonly #plans: readonly RoutePlan[];
  /** By region: that of the data centre nearest to it. */
  readonly #centres: readonly number[];

  constructor(policy: PolicySpec, surroundings: Surroundings, options: CloudflareOptions) {
    const { spec, provider } = surroundings;
    this.#policy = policy;
    this.#rule = policy.rule as BalancerRule;
    this.#offers = new Offers(policy, spec.endpoints);
    this.#listensToEcs = listensToEcs(this.#rule);
    this.#plans = spec.network.regions.map((_, region) => planFor(policy, region, surroundings, options));
    this.#centres = spec.network.regions.map((_, region) => nearestSite(spec, provider, region));
    this.choice = [...new Set(this.#plans.map(({ why }) => why))].join('; elsewhere ');
  }

  decide(query: PolicyQuery): PolicyAnswer {
    const { branches } = this.#plans[this.#locationOf(query)]!;
    if (branches.length === 0) return 'absent';
    const at = pickWeighted(
      branches.map((_, index) => index),
      (index) => branches[index]!.weight,
      query.draw,
    );
    const { members, steering } = branches[at]!;
    if (this.#rule.answer === 'all') return this.#offers.answer(members.map(({ candidate }) => candidate));
    const draw = steering === 'hash' ? () => hashOf(query) : query.draw;
    return this.#offers.answer([pickMember(members, draw)]);
  }

  possible(region: number): readonly PolicyAnswer[] {
    const { branches } = this.#plans[this.#listensToEcs ? region : this.#locationIn(region)]!;
    const chosen = branches.filter(({ weight }) => weight > 0 || branches.every((one) => one.weight === 0));
    if (chosen.length === 0) return ['absent'];
    return chosen.flatMap(({ members }) => {
      const candidates = reachable(members).map(({ candidate }) => candidate);
      if (this.#rule.answer === 'all')
        return [this.#offers.answer(members.map(({ candidate }) => candidate))];
      return candidates.map((candidate) => this.#offers.answer([candidate]));
    });
  }

  /** Where the proxy's data centre in this region sends requests. */
  ways(region: number): readonly RequestWay[] {
    const { branches, after } = this.#plans[region]!;
    return waysOf(branches, this.#rule.failoverAcrossPools ? after : undefined, (candidate) => {
      const { data } = this.#policy.candidates[candidate]!;
      return data.kind === 'endpoints' ? data.endpoints : [];
    });
  }

  #locationOf({ clientRegion, siteRegion, region }: PolicyQuery): number {
    if (clientRegion !== undefined && this.#listensToEcs) return clientRegion;
    return this.#rule.location.mode === 'pop' ? siteRegion : region;
  }

  #locationIn(region: number): number {
    return this.#rule.location.mode === 'pop' ? this.#centres[region]! : region;
  }
}

function pickMember(members: Branch['members'], draw: () => number): number {
  const at = pickWeighted(
    members.map((_, index) => index),
    (index) => members[index]!.weight,
    draw,
  );
  return members[at]!.candidate;
}

/** Members that chance may pick: those of weight 0 only when all have it. */
function reachable(members: readonly PoolMember[]): readonly PoolMember[] {
  const weighted = members.filter(({ weight }) => weight > 0);
  return weighted.length > 0 ? weighted : members;
}

/** A fraction that is the same for every query of one resolver. */
function hashOf({ service = 0, instance = 0, region }: PolicyQuery): number {
  let hash = 2_166_136_261;
  for (const part of [service, instance, region]) hash = Math.imul(hash ^ (part + 1), 16_777_619) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
