/** Private copies of zones: which resolvers see them, and how they get there. */
import { isSubdomain } from '../../dns/data/name.ts';
import { A, AAAA, CNAME } from '../../dns/data/rrtype.ts';
import type { GoogleOptions } from '../../model/authority/providers/google/rule.ts';
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
  reportCrossing(draft, zones, providers);
  return resolvers.map((resolver, index) => {
    const seen = hidden.filter(({ audience }) => audience!.includes(index));
    if (seen.length === 0) return resolver;
    const ways = seen.map(({ zone, providers: serving, redirects }) => ({
      zone: zone.origin,
      mode: 'stub' as const,
      addresses: serving.flatMap((one) => providers[one]!.servers.flatMap(({ addresses }) => addresses)),
      fallback: false,
      ...(serving.some((one) => chasesBySource(providers[one]!)) && { confinesAliases: true }),
      ...(redirects && { redirects: REDIRECTED }),
    }));
    const { options } = resolver;
    return { ...resolver, options: { ...options, configuredZones: [...options.configuredZones, ...ways] } };
  });
}

/** Cloud DNS looks for targets of aliases in private zones alone, where the alias stands in one. */
function chasesBySource({ options }: ProviderSpec): boolean {
  return options?.kind === 'google' && (options as GoogleOptions).cnameChasing === 'by-source';
}

/**
 * Aliases in public zones whose targets a private zone of the same resolvers holds: until January 2027 Cloud DNS looks for
 * these in public, where a resolver here finds the private zone.
 */
function reportCrossing(
  draft: Draft,
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): void {
  const confining = zones.filter(
    ({ audience, providers: serving }) => audience && serving.some((one) => chasesBySource(providers[one]!)),
  );
  if (confining.length === 0) return;
  for (const [index, { zone, audience }] of zones.entries()) {
    if (audience) continue;
    for (const { name, type, rdata } of zone.rrsets()) {
      const [first] = rdata;
      if (type !== CNAME || first?.kind !== 'name') continue;
      const held = confining.find((one) => isSubdomain(first.target, one.zone.origin));
      if (!held || isSubdomain(name, held.zone.origin)) continue;
      const message = `${name} leads from public DNS into the private zone ${held.zone.origin}, which Cloud DNS does not look at before January 2027`;
      const hint =
        'answers are as from then on; write providers.*.google.cname-chasing: each-hop if that is meant';
      draft.issues.add(['zones', index], 'scenario-cname-chasing', message, { hint, severity: 'warning' });
    }
  }
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
