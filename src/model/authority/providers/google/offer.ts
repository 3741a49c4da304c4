/** What clients of one region are offered: sets of addresses, each with its chance and the reason for it. */
import type { Alive } from './health.ts';
import type { GeoItem, GoogleRule, Routing, WeightedItem } from './rule.ts';

export interface Offer {
  /** Places in the policy's list of candidates; answered together. */
  readonly addresses: readonly number[];
  /** Chance against the other offers, at least 0. */
  readonly weight: number;
  /** Why these, where it is not plain: `as though all were healthy`. */
  readonly why?: string;
}

const IGNORED = 'as though all were healthy';

/**
 * Weighted round robin: items without a healthy address drop out and the others share. None left: as though all were
 * healthy (Cloud DNS, routing policies overview). Weight 0 counts when nothing else is left (assumption).
 */
export function weightedOffers(items: readonly WeightedItem[], alive: Alive): readonly Offer[] {
  const left = items.flatMap(({ addresses, weight }) => {
    const up = alive(addresses);
    return up.length > 0 ? [{ addresses: up, weight }] : [];
  });
  return left.length > 0 ? left : items.map((item) => ({ ...item, why: IGNORED }));
}

/**
 * Geolocation: all healthy addresses of the nearest item; the next nearest when it has none, or behind a fence its own
 * addresses as they stand. No item has any: the nearest, as though all were healthy (Cloud DNS, routing policies
 * overview).
 * @param near items, nearest first @param labelOf names an item in words
 */
export function geoOffer(
  near: readonly GeoItem[],
  fenced: boolean,
  alive: Alive,
  labelOf: (item: GeoItem) => string,
): Omit<Offer, 'weight'> {
  const [first] = near as readonly [GeoItem];
  const open = fenced ? [first] : near;
  const found = open.find(({ addresses }) => alive(addresses).length > 0);
  if (found === first) return { addresses: alive(first.addresses) };
  if (found) return { addresses: alive(found.addresses), why: `next nearest to ${labelOf(first)}` };
  return { addresses: first.addresses, why: fenced ? 'unhealthy, but fenced in' : IGNORED };
}

export type Failover = Extract<Routing, { kind: 'failover' }>;

/**
 * Failover: the healthy primaries, and a trickle to the backups; no primary healthy: the backups, as a geolocation
 * policy (Cloud DNS, routing policies overview). Nothing healthy at all: see `allUnhealthy`.
 * @param backup what the backups offer
 */
export function failoverOffers(
  { primary, trickle, trickleToUnhealthy, allUnhealthy, backup: { items } }: Failover,
  alive: Alive,
  backup: Omit<Offer, 'weight'>,
): readonly Offer[] {
  const up = alive(primary);
  const anyBackup = items.some(({ addresses }) => alive(addresses).length > 0);
  if (up.length === 0 && (anyBackup || allUnhealthy === 'backup')) {
    return [
      { ...backup, why: `backup, as no primary is healthy${backup.why ? `; ${backup.why}` : ''}`, weight: 1 },
    ];
  }
  const first = up.length > 0 ? { addresses: up } : { addresses: primary, why: IGNORED };
  const share = anyBackup || trickleToUnhealthy ? trickle : 0;
  const why = `trickle of ${Number((100 * share).toFixed(3))} % to the backup${backup.why ? `, ${backup.why}` : ''}`;
  const offers = [
    { ...first, weight: 1 - share },
    { ...backup, why, weight: share },
  ];
  return offers.filter(({ weight }) => weight > 0);
}

/** Whether answers depend on where the client is. */
export function isByPlace({ routing }: GoogleRule): boolean {
  if (routing.kind === 'wrr') return false;
  return (routing.kind === 'geo' ? routing : routing.backup).items.length > 1;
}
