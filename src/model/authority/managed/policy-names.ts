/**
 * Owner names of policies in the zones, so that a name with a policy exists whatever the policy answers: what is
 * written in where a zone holds nothing is never served, as the policy decides all answers of its type.
 */
import { depth, isSubdomain, type Name } from '../../../dns/data/name.ts';
import type { RRset } from '../../../dns/data/rrset.ts';
import type { Zone } from '../../../dns/zone/zone.ts';
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import { candidateRdata } from '../steering/offers.ts';

/**
 * The provider's zones by index, with the names of its policies in them.
 * @param isOff tells policies that are switched off, and stand for nothing; absent: none is
 */
export function initialZones(
  { zones, policies, endpoints }: WorldSpec,
  index: number,
  isOff: (policy: PolicySpec) => boolean = () => false,
): Map<number, Zone> {
  const own = zones.flatMap(({ providers, zone }, at) =>
    providers.includes(index) ? [[at, zone] as const] : [],
  );
  const run = policies.filter((policy) => policy.provider === index && !isOff(policy));
  const data = own.map(([, zone]) => zone);
  return new Map(own.map(([at, zone]) => [at, withPolicyNames(zone, data, run, endpoints)]));
}

function withPolicyNames(
  zone: Zone,
  zones: readonly Zone[],
  policies: readonly PolicySpec[],
  endpoints: WorldSpec['endpoints'],
): Zone {
  const missing = policies.filter(
    ({ name, type }) => zoneFor(zones, name)?.origin === zone.origin && !zone.get(name, type),
  );
  return missing.length === 0 ? zone : zone.with(...missing.map((policy) => placeholder(policy, endpoints)));
}

/** All data the policy knows by itself; for aliases alone, a mark. */
function placeholder({ name, type, ttl, candidates }: PolicySpec, endpoints: WorldSpec['endpoints']): RRset {
  const rdata = candidates.flatMap((candidate) => candidateRdata(candidate, type, endpoints));
  return { name, type, ttl, rdata: rdata.length > 0 ? rdata : [{ kind: 'opaque', type, text: 'policy' }] };
}

/** The zone of the longest apex at or above the name. */
function zoneFor(zones: readonly Zone[], name: Name): Zone | undefined {
  const holding = zones.filter(({ origin }) => isSubdomain(name, origin));
  return holding.reduce<Zone | undefined>(
    (best, zone) => (best && depth(best.origin) >= depth(zone.origin) ? best : zone),
    undefined,
  );
}
