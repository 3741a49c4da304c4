/** Addresses of providers' proxies, one for each proxied name, and what providers have to say about their part. */
import type { Name } from '../../dns/data/name.ts';
import { A, AAAA, CNAME } from '../../dns/data/rrtype.ts';
import type { EndpointSpec, PolicySpec, ProviderSpec } from '../../model/spec.ts';
import { formatOf } from '../providers/catalogue.ts';
import type { AddressPool } from './addresses.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';
import { zoneOf } from './policies.ts';
import { proxyProvider } from './setting-changes.ts';

/** What proxied names are found in. */
export interface ProxySurroundings {
  readonly providers: readonly ProviderSpec[];
  readonly policies: readonly PolicySpec[];
  readonly zones: readonly HostedZone[];
}

/** An endpoint for each proxied name of each provider: addresses near every client. */
export function proxyEndpoints(draft: Draft, around: ProxySurroundings, pool: AddressPool): EndpointSpec[] {
  const { providers, policies } = around;
  return providers.flatMap(({ name: provider, kind, options }, index) => {
    const own = policies.filter((policy) => policy.provider === index);
    const names = (options && formatOf(kind).proxied?.(options, own)) ?? [];
    const later = laterProxied(draft, index, around).filter((name) => !names.includes(name));
    return [...names, ...later].flatMap((name) => {
      if (!holdsSomething(draft, name, index, own, around)) return [];
      const endpoint = `${provider} proxy for ${name.replace(/(?<=.)\.$/, '')}`;
      const addresses = pool.take(true);
      draft.ledger.note(['endpoints', endpoint, 'address'], addresses.join(', '), {
        kind: 'derived',
        why: 'generated: anycast, near every client; real edges give two of each, which fail together',
      });
      const isOff = later.includes(name) ? { isOff: true as const } : {};
      return [{ name: endpoint, addresses, region: 0, proxy: { provider: index, name, ...isOff } }];
    });
  });
}

/** Names that the timeline puts behind the proxy of a provider. */
function laterProxied({ doc }: Draft, provider: number, around: ProxySurroundings): readonly Name[] {
  const names = (doc.timeline ?? []).flatMap((entry) =>
    'proxy' in entry && entry.to === 'proxied' && proxyProvider(entry, around) === provider
      ? [entry.proxy]
      : [],
  );
  return [...new Set(names)];
}

/** Whether there is a record or a policy behind the name; else it is reported. */
function holdsSomething(
  draft: Draft,
  name: Name,
  provider: number,
  policies: readonly PolicySpec[],
  { zones, providers }: ProxySurroundings,
): boolean {
  if (policies.some((policy) => policy.name === name)) return true;
  const hosted = zoneOf(zones, name, provider);
  const serves = hosted?.providers.includes(provider) ?? false;
  if (serves && [A, AAAA, CNAME].some((type) => hosted!.zone.get(name, type))) return true;
  const { name: label, kind } = providers[provider]!;
  const message = `${name} has no A, AAAA or CNAME record at ${label} to be proxied`;
  draft.issues.add(['providers', label, kind, 'proxied'], 'scenario-nothing-proxied', message, {
    hint: 'add the record to its zone, or remove the name',
  });
  return false;
}

/** Lets every provider say what it finds odd about its part of the scenario. */
export function reviewProviders(
  draft: Draft,
  providers: readonly ProviderSpec[],
  policies: readonly PolicySpec[],
): void {
  providers.forEach(({ name, kind, options }, index) => {
    const own = policies.filter(({ provider }) => provider === index);
    if (!options) return;
    formatOf(kind).review?.(options, {
      policies: own,
      warn: (path, message, hint) => {
        const at = ['providers', name, kind, ...path];
        draft.issues.add(at, `scenario-${kind}`, message, { severity: 'warning', ...(hint ? { hint } : {}) });
      },
    });
  });
}
