/** What providers of some kinds make of the zones they are given: records of their own, or none at all. */
import type { RRset } from '../../dns/data/rrset.ts';
import { makeRRset } from '../../dns/data/rrset.ts';
import { A, AAAA } from '../../dns/data/rrtype.ts';
import type { ProviderSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import { formatOf } from '../providers/catalogue.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';

/** The zones as their providers serve them. A zone that a provider does not serve is told as a warning. */
export function servedZones(
  draft: Draft,
  zones: readonly HostedZone[],
  providers: readonly ProviderSpec[],
): HostedZone[] {
  return zones.map((hosted, index) =>
    hosted.providers.reduce((so, at) => servedBy(draft, so, providers[at], index), hosted),
  );
}

function servedBy(
  draft: Draft,
  hosted: HostedZone,
  provider: ProviderSpec | undefined,
  index: number,
): HostedZone {
  const made =
    provider?.options &&
    formatOf(provider.kind).served?.(provider.options, { origin: hosted.zone.origin, zone: hosted.zone });
  // What could not be read serves nothing, which needs no second message.
  if (!made || draft.issues.failed) return hosted;
  if (!('problem' in made)) return { ...hosted, zone: made.zone, ...(made.dynamic ? { dynamic: true } : {}) };
  const message = `${provider.name}: ${made.problem}`;
  draft.issues.add(['zones', index, 'providers'], 'scenario-not-served', message, { severity: 'warning' });
  return hosted;
}

/**
 * The providers with the primaries that their own settings name: whoever of the scenario has the address. An address
 * that nobody has is left to the control plane, which then stands for the way to the primary.
 */
export function withPrimaries(draft: Draft, providers: readonly ProviderSpec[]): ProviderSpec[] {
  return providers.map((provider) => {
    const { name, kind, options, transfer } = provider;
    const found = (!transfer && options && formatOf(kind).primaries?.(options)) || [];
    if (found.length === 0) return provider;
    const path = ['providers', name, 'transfer', 'from'];
    const from = providers.findIndex((other) => other !== provider && stands(other, found));
    const shown = providers[from]?.name ?? 'control plane';
    const why =
      from < 0
        ? `no provider has ${found[0]}, so the control plane stands for the way there`
        : `it has ${found[0]}`;
    draft.ledger.note(path, shown, { kind: 'derived', why });
    return from < 0 ? provider : { ...provider, transfer: { from, notify: DEFAULTS.provider.notify.value } };
  });
}

function stands({ servers }: ProviderSpec, addresses: readonly string[]): boolean {
  return servers.some((server) => server.addresses.some((one) => addresses.includes(one)));
}

/** Addresses that providers give out without any zone, as sets, so that somebody answers there. */
export function ownAddresses(providers: readonly ProviderSpec[]): RRset[] {
  return providers.flatMap(({ name, kind, options }) => {
    const found = [...((options && formatOf(kind).addresses?.(options)) ?? [])];
    return found.map((address) => {
      const type = address.includes(':') ? AAAA : A;
      return makeRRset(`${name.toLowerCase()}.` as RRset['name'], type, 0, [
        { kind: 'address', address, text: address },
      ]);
    });
  });
}
