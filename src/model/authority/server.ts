/**
 * What a server says at one of its sites: the provider's zones as they are at the edge, with the lies and
 * omissions of the faults in force, and traffic policies laid over them at query time.
 *
 * Faults apply in the order in which they began. An empty zone has nothing but SOA and NS, so its policies are
 * gone too. A stale copy freezes zone data only: policies go on, as health reaches the edge another way. A
 * wrong record stands in place of the true RRset, and of a policy; a wrong CNAME in place of everything there.
 *
 * Not modelled: DNSSEC signing on the fly, minimal responses, answers that depend on the transport.
 */
import type { Message, Question } from '../../dns/data/message.ts';
import { makeMessage } from '../../dns/data/message.ts';
import { type Name, parent, ROOT } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { lookup } from '../../dns/zone/lookup.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { Draw } from '../outside.ts';
import type { Condition, ContentEffect } from '../timeline/condition.ts';
import type { Provider } from './provider.ts';
import { emptiedZone } from './zone-change.ts';

/** Zone data kept from the beginning of a stale-copy fault, by the fault's index in the timeline. */
export type StaleCopies = ReadonlyMap<number, ReadonlyMap<number, Zone>>;

/** A server's answers under given faults; good until zone data or faults change. */
export class ServerView {
  readonly #provider: Provider;
  readonly #rcode: Condition['rcode'];
  readonly #zones: Map<Name, Zone>;
  /** Apexes of emptied zones. */
  readonly #emptied: Set<Name> = new Set();
  readonly #wrong: RRset[] = [];

  constructor(provider: Provider, { rcode, contents }: Condition, copies: StaleCopies) {
    this.#provider = provider;
    this.#rcode = rcode;
    this.#zones = new Map([...provider.published.values()].map((zone) => [zone.origin, zone]));
    for (const { item, effect } of contents) this.#spoil(effect, copies.get(item));
  }

  /** The response to one query of a resolver in `region`. */
  answer(question: Question, region: number, draw: Draw): Message {
    if (this.#rcode) return makeMessage(question, { rcode: this.#rcode });
    const override = (name: Name, type: RrType): ReturnType<Provider['decide']> => {
      const decided = this.#provider.decide(name, type, region, draw);
      return decided !== undefined && this.#policyHolds(name, type) ? decided : undefined;
    };
    return lookup(this.#zones, question, { override });
  }

  #spoil(effect: ContentEffect, copy: ReadonlyMap<number, Zone> | undefined): void {
    if (effect.kind === 'wrong-record') this.#lie(effect.rrset);
    else {
      const replacements = effect.kind === 'empty-zone' ? this.#zones.values() : (copy ?? new Map()).values();
      for (const zone of [...replacements]) {
        if (effect.origin === undefined || effect.origin === zone.origin) this.#replace(effect.kind, zone);
      }
    }
  }

  #replace(kind: 'empty-zone' | 'stale-copy', zone: Zone): void {
    if (kind === 'stale-copy') {
      this.#zones.set(zone.origin, zone);
      this.#emptied.delete(zone.origin);
    } else {
      this.#zones.set(zone.origin, emptiedZone(zone));
      this.#emptied.add(zone.origin);
    }
  }

  #lie(rrset: RRset): void {
    const zone = this.#zoneOf(rrset.name);
    if (!zone) return;
    const cleared = rrset.type === CNAME ? zone.without(rrset.name) : zone;
    this.#zones.set(zone.origin, cleared.with(rrset));
    this.#wrong.push(rrset);
  }

  #policyHolds(name: Name, type: RrType): boolean {
    if (this.#wrong.some((lie) => lie.name === name && (lie.type === type || lie.type === CNAME)))
      return false;
    return this.#emptied.size === 0 || !this.#emptied.has(this.#zoneOf(name)?.origin ?? ROOT);
  }

  /** The zone of the longest matching apex. */
  #zoneOf(name: Name): Zone | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.#zones.get(at);
      if (zone) return zone;
    }
    return undefined;
  }
}
