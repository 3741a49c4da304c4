/** What providers of some kinds make of the zones they are given: records of their own, or none at all. */
import type { RRset } from '../../dns/data/rrset.ts';
import { makeRRset } from '../../dns/data/rrset.ts';
import { A, AAAA } from '../../dns/data/rrtype.ts';
import type { ProviderSpec } from '../../model/spec.ts';
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
  if (!made) return hosted;
  if (!('problem' in made)) return { ...hosted, zone: made.zone };
  const message = `${provider.name}: ${made.problem}`;
  draft.issues.add(['zones', index, 'providers'], 'scenario-not-served', message, { severity: 'warning' });
  return hosted;
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
