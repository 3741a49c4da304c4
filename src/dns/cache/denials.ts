/**
 * Aggressive use of the validated cache (RFC 8198): proofs that came with answers of signed zones deny further names
 * and types of the zone without a query, and let cached wildcards answer for names nobody has asked for.
 *
 * What is stored here counts as validated (RFC 8198 §5.1): whoever stores it has decided that. Not modelled: proofs
 * about DS sets, which are asked for; that large zones with NSEC3 may not be worth the memory.
 */
import type { Micros } from '../../base/time.ts';
import { type Name, parent } from '../data/name.ts';
import { readNsec3 } from '../data/nsec3.ts';
import type { RRset } from '../data/rrset.ts';
import { DS, NSEC, type RrType } from '../data/rrtype.ts';
import { proofOf } from './proof.ts';
import { byHashes, byNames, type Synthesis } from './synthesis.ts';
import { ZoneProofs } from './zone-proofs.ts';

/** More rounds are not worth their time: BIND and Unbound take such zones for unsigned (RFC 9276 §3.2). */
const MOST_ITERATIONS = 150;

export class Denials {
  readonly #zones: Map<Name, ZoneProofs> = new Map();
  readonly #limit: number;
  #size = 0;

  /** @param limit most records held; beyond it the zone heard of first is dropped, as a whole */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Records held, expired ones included. */
  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#zones.clear();
    this.#size = 0;
  }

  /** Keeps the SOA that goes along with denials of its zone. */
  storeSoa(soa: RRset, expiresAt: Micros): void {
    this.#zone(soa.name).soa = { rrset: soa, expiresAt };
  }

  /** Takes over an NSEC or NSEC3 set. @param apex of the zone that it is from */
  store(apex: Name, set: RRset, expiresAt: Micros, now: Micros): void {
    if (set.type === NSEC) {
      this.#add(apex, now, (zone) => zone.put(proofOf(set, expiresAt)));
      return;
    }
    const nsec3 = readNsec3(set);
    if (nsec3 === undefined || nsec3.parameters.iterations > MOST_ITERATIONS) return;
    this.#add(apex, now, (zone) => zone.putHashed(nsec3, expiresAt));
  }

  /** Takes over data of a wildcard, under the wildcard's own name. */
  storeWildcard(apex: Name, rrset: RRset, expiresAt: Micros, now: Micros): void {
    this.#add(apex, now, (zone) => zone.putWildcard(rrset, expiresAt));
  }

  /** When the SOA known of a zone ends; undefined: none is known. */
  soaEnd(apex: Name, now: Micros): Micros | undefined {
    return this.#zones.get(apex)?.liveSoa(now)?.expiresAt;
  }

  /** What is known without a query; undefined when it takes one. */
  synthesise(name: Name, type: RrType, now: Micros): Synthesis | undefined {
    if (this.#zones.size === 0 || type === DS) return undefined;
    const zone = this.#zoneOf(name);
    if (zone === undefined) return undefined;
    const asked = { zone, name, type, now };
    return byNames(asked) ?? (zone.isHashed ? byHashes(asked) : undefined);
  }

  #zone(apex: Name): ZoneProofs {
    const zone = this.#zones.get(apex) ?? new ZoneProofs(apex);
    this.#zones.set(apex, zone);
    return zone;
  }

  #zoneOf(name: Name): ZoneProofs | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.#zones.get(at);
      if (zone) return zone;
    }
    return undefined;
  }

  #add(apex: Name, now: Micros, change: (zone: ZoneProofs) => void): void {
    const zone = this.#zone(apex);
    const before = zone.size;
    change(zone);
    this.#size += zone.size - before;
    if (this.#size > this.#limit) this.#makeRoom(now);
  }

  #makeRoom(now: Micros): void {
    for (const zone of this.#zones.values()) zone.sweep(now);
    this.#size = [...this.#zones.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [apex, { size }] of this.#zones) {
      if (this.#size <= this.#limit) return;
      this.#zones.delete(apex);
      this.#size -= size;
    }
  }
}
