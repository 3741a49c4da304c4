/**
 * What an authoritative server sees at query time: the zones it hosts, with the RRsets that a traffic policy
 * decides laid over them.
 */
import { type Name, parent, ROOT } from '../data/name.ts';
import { type RRset, renamed } from '../data/rrset.ts';
import { CNAME, DS, type RrType } from '../data/rrtype.ts';
import type { Zone } from './zone.ts';

/** The zones of one server by apex; see `hostedZones`. */
export type HostedZones = ReadonlyMap<Name, Zone>;

/**
 * Decides an RRset at query time: the RRset to answer with, `absent` for none of this type (the name itself
 * stays), or `undefined` to leave it to the zone. Asked with the name of a wildcard where one is expanded, and with
 * the name that is looked up, `qname`. An
 * RRset for the queried name and type (or a CNAME there) makes the name exist.
 */
export type Override = (name: Name, type: RrType, qname: Name) => RRset | 'absent' | undefined;

/** Zones by apex. */
export function hostedZones(zones: Iterable<Zone>): HostedZones {
  return new Map([...zones].map((zone) => [zone.origin, zone]));
}

export class View {
  private readonly zones: HostedZones;
  private readonly override: Override | undefined;

  constructor(zones: HostedZones, override: Override | undefined) {
    this.zones = zones;
    this.override = override;
  }

  /** The zone that holds `name`: the longest matching apex (RFC 1034 §4.3.2 step 2). */
  zoneOf(name: Name): Zone | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.zones.get(at);
      if (zone !== undefined) return zone;
    }
    return undefined;
  }

  /** As `zoneOf`, but a DS belongs to the parent side of its cut (RFC 4035 §3.1.4.1). */
  zoneFor(name: Name, type: RrType): Zone | undefined {
    if (type !== DS || name === ROOT || !this.zones.has(name)) return this.zoneOf(name);
    return this.zoneOf(parent(name)!) ?? this.zones.get(name);
  }

  /** The RRset to answer with, under the name asked for. */
  get(zone: Zone, name: Name, type: RrType, qname: Name = name): RRset | undefined {
    const decided = this.override?.(name, type, qname);
    if (decided === undefined) return zone.get(name, type);
    return decided === 'absent' ? undefined : renamed(decided, name);
  }

  /** Every RRset at the name (QTYPE ANY). Types that only a policy knows are not found. */
  all(zone: Zone, name: Name, qname: Name): RRset[] {
    const found = zone.node(name)?.rrsets.map((rrset) => this.get(zone, name, rrset.type, qname));
    return found?.filter((rrset) => rrset !== undefined) ?? [];
  }

  /** Whether a policy alone gives this name an RRset of the type, or a CNAME. */
  creates(name: Name, type: RrType): boolean {
    const decides = (wanted: RrType): boolean => typeof this.override?.(name, wanted, name) === 'object';
    return this.override !== undefined && (decides(type) || decides(CNAME));
  }
}
