/** Private copies of zones: which resolvers see them, and how they get there. */
import { A, AAAA, CNAME } from '../../dns/data/rrtype.ts';
import type { ProviderSpec, ResolverSpec } from '../../model/spec.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';

/**
 * The resolvers with a way to each private copy that they see: they ask its servers directly and never the public
 * ones, also for names the copy does not hold (Route 53 Developer Guide, hosted-zone-private-considerations). A rule
 * to forward the same name comes first, as there.
 */
export function withPrivateZones(
  draft: Draft,
  resolvers: readonly ResolverSpec[],
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): ResolverSpec[] {
  const hidden = zones.filter(({ audience }) => audience !== undefined);
  for (const one of hidden) checkApart(draft, one, zones, providers);
  return resolvers.map((resolver, index) => {
    const seen = hidden.filter(({ audience }) => audience!.includes(index));
    if (seen.length === 0) return resolver;
    const ways = seen.map(({ zone, providers: serving, redirects }) => ({
      zone: zone.origin,
      mode: 'stub' as const,
      addresses: serving.flatMap((one) => providers[one]!.servers.flatMap(({ addresses }) => addresses)),
      fallback: false,
      ...(redirects && { redirects: REDIRECTED }),
    }));
    const { options } = resolver;
    return { ...resolver, options: { ...options, configuredZones: [...options.configuredZones, ...ways] } };
  });
}

/** Types of questions that a denial sends to the public servers (Azure REST API, virtualNetworkLinks resolutionPolicy). */
const REDIRECTED = [A, AAAA, CNAME];

/** A server answers everybody alike, so copies of one zone need providers of their own. */
function checkApart(
  draft: Draft,
  copy: HostedZone,
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): void {
  const others = zones.filter((one) => one !== copy && one.zone.origin === copy.zone.origin);
  const shared = copy.providers.find((one) => others.some((other) => other.providers.includes(one)));
  if (shared === undefined) return;
  const message = `the provider ${providers[shared]!.name} serves another copy of ${copy.zone.origin} too`;
  const hint = 'write providers: at each copy, and a provider of its own for this one';
  draft.issues.add(['zones'], 'scenario-shared-provider', message, { hint });
}
