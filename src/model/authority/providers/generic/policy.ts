/**
 * The traffic policies of the generic provider: which endpoints a policy chooses for given health.
 *
 * Failover: the primary while it is healthy, else the secondary while that is healthy, else what the policy
 * says for the case that both are unhealthy (real providers differ: fail open, fall back, or answer nothing).
 *
 * Not modelled: weights, latency, geography and the providers' own kinds of policy.
 */
import { depth, isSubdomain, type Name } from '../../../../dns/data/name.ts';
import type { AddressRdata } from '../../../../dns/data/rdata.ts';
import { A, typeToText } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { EndpointSpec, FailoverPolicySpec, PolicySpec } from '../../../spec.ts';
import type { PolicyAnswer } from '../../provider.ts';
import { familyOf } from '../../sites.ts';

/** Indexes of the endpoints a policy chooses; empty = answer NODATA. */
export function choose(policy: PolicySpec, healthy: (endpoint: number) => boolean): readonly number[] {
  if (healthy(policy.primary)) return [policy.primary];
  if (healthy(policy.secondary)) return [policy.secondary];
  return lastResort(policy);
}

function lastResort({ bothUnhealthy, primary, secondary }: FailoverPolicySpec): readonly number[] {
  const options = { primary: [primary], secondary: [secondary], all: [primary, secondary], none: [] };
  return options[bothUnhealthy];
}

/** The addresses of the chosen endpoints that have the family of the policy's type, as one RRset. */
export function policyAnswer(
  policy: PolicySpec,
  chosen: readonly number[],
  endpoints: readonly EndpointSpec[],
): PolicyAnswer {
  const family = policy.type === A ? 4 : 6;
  const addresses = chosen
    .flatMap((endpoint) => endpoints[endpoint]!.addresses)
    .filter((address) => familyOf(address) === family);
  if (addresses.length === 0) return 'absent';
  return {
    name: policy.name,
    type: policy.type,
    ttl: policy.ttl,
    rdata: [...new Set(addresses)].map(toRdata),
  };
}

/**
 * The zones with each policy's RRset written in where they hold none, so that the owner name exists and a policy
 * that answers nothing gives NODATA. The policy decides all answers; what is written in is never served.
 */
export function withPolicyNames(
  zones: readonly Zone[],
  policies: readonly PolicySpec[],
  endpoints: readonly EndpointSpec[],
): readonly Zone[] {
  return zones.map((zone) => {
    const missing = policies
      .filter(({ name, type }) => zoneFor(zones, name) === zone && !zone.get(name, type))
      .map((policy) => policyAnswer(policy, [policy.primary, policy.secondary], endpoints));
    return zone.with(...missing.filter((answer) => answer !== 'absent'));
  });
}

/** The zone of the longest apex at or above the name. */
function zoneFor(zones: readonly Zone[], name: Name): Zone | undefined {
  const holding = zones.filter(({ origin }) => isSubdomain(name, origin));
  return holding.reduce<Zone | undefined>(
    (best, zone) => (best && depth(best.origin) >= depth(zone.origin) ? best : zone),
    undefined,
  );
}

function toRdata(address: string): AddressRdata {
  return { kind: 'address', address, text: address };
}

/** `failover app.example.com/A`. */
export function policyLabel({ kind, name, type }: PolicySpec): string {
  return `${kind} ${name.replace(/(?<=.)\.$/, '')}/${typeToText(type)}`;
}

/** `eu-west`, `us-east and eu-west`, `no address`. */
export function choiceLabel(chosen: readonly number[], endpoints: readonly EndpointSpec[]): string {
  return chosen.map((endpoint) => endpoints[endpoint]!.name).join(' and ') || 'no address';
}
