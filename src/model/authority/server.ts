/**
 * What a server says at one of its sites: the provider's zones as they are at the edge, with the lies and
 * omissions of the faults in force, and traffic policies laid over them at query time.
 *
 * Faults apply in the order in which they began. An empty zone has nothing but SOA and NS, so its policies are
 * gone too. A stale copy freezes zone data only: policies go on, as health reaches the edge another way. A
 * wrong record stands in place of the true RRset, and of a policy; a wrong CNAME in place of everything there.
 *
 * One query hears one answer of each policy, however often the look-up comes across it. An alias is followed by
 * the server itself: in its own zones, else as their operators' servers would answer one another.
 *
 * Not modelled: minimal responses, answers that depend on the transport. Proofs of signed zones are made of zone data:
 * a policy that says "no such data" today is proven by a record that lists the type, which nobody uses to deny it.
 */
import type { Message, Question } from '../../dns/data/message.ts';
import { makeMessage } from '../../dns/data/message.ts';
import { type Name, parent, ROOT } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { lookup } from '../../dns/zone/lookup.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { Condition, ContentEffect } from '../timeline/condition.ts';
import { followAlias } from './follow.ts';
import type { AliasAnswer, Answers, FailedAnswer, PolicyAnswer, PolicyQuery, Provider } from './provider.ts';
import { emptiedZone } from './zone-change.ts';

/** Zone data kept from the beginning of a stale-copy fault, by the fault's index in the timeline. */
export type StaleCopies = ReadonlyMap<number, ReadonlyMap<number, Zone>>;

/** Answers a question about a name that this server does not host. */
export type Elsewhere = (question: Question, query: PolicyQuery, by?: number) => Message;

/** A server's answers under given faults; good until zone data or faults change. */
export class ServerView {
  readonly #provider: Provider;
  readonly #elsewhere: Elsewhere;
  readonly #rcode: Condition['rcode'];
  readonly #zones: Map<Name, Zone>;
  /** Apexes of emptied zones. */
  readonly #emptied: Set<Name> = new Set();
  readonly #wrong: RRset[] = [];

  constructor(
    provider: Provider,
    { rcode, contents }: Pick<Condition, 'rcode' | 'contents'>,
    copies: StaleCopies,
    elsewhere: Elsewhere,
  ) {
    this.#provider = provider;
    this.#elsewhere = elsewhere;
    this.#rcode = rcode;
    this.#zones = new Map([...provider.published.values()].map((zone) => [zone.origin, zone]));
    for (const { item, effect } of contents) this.#spoil(effect, copies.get(item));
  }

  /** The response to one query; `drop`: none. */
  answer(question: Question, query: PolicyQuery): Message | 'drop' {
    if (this.#rcode) return makeMessage(question, { rcode: this.#rcode });
    const failure = this.#provider.failure?.(question, query);
    if (failure) return failed(question, failure);
    if (this.#provider.respond) return this.#provider.respond(question, query, this.#answersTo(query));
    return new PolicedLookup(this, query).answer(question);
  }

  #answersTo(query: PolicyQuery): Answers {
    return {
      zones: this.#zones,
      lookup: (asked, zones) => new PolicedLookup(this, query, zones).answer(asked),
      elsewhere: (asked, by) => {
        const aliasDepth = (query.aliasDepth ?? 0) + 1;
        if (aliasDepth > DEEPEST_ALIAS) return makeMessage(asked, { rcode: 'SERVFAIL' });
        return this.#elsewhere(asked, { ...query, aliasDepth }, by);
      },
    };
  }

  get zones(): ReadonlyMap<Name, Zone> {
    return this.#zones;
  }

  /** What a policy says, where the faults leave it in force. */
  decide(name: Name, type: RrType, query: PolicyQuery): ReturnType<Provider['decide']> {
    const decided = this.#provider.decide(name, type, query);
    return decided !== undefined && this.#policyHolds(name, type) ? decided : undefined;
  }

  /** What a policy goes by, in words. */
  explain(name: Name, type: RrType, query: PolicyQuery): string | undefined {
    return this.#provider.explain?.(name, type, query);
  }

  /** What others answer about a name outside of the zones here. */
  elsewhere(question: Question, query: PolicyQuery): Message {
    return this.#elsewhere(question, query);
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

/** One look-up with the policies laid over the zones, each decided at most once. */
class PolicedLookup {
  readonly #view: ServerView;
  readonly #query: PolicyQuery;
  readonly #zones: ReadonlyMap<Name, Zone>;
  #decided: Map<string, RRset | 'absent'> | undefined;
  #failure: FailedAnswer | undefined;
  /** What the policies went by, in words. */
  #reasons: readonly string[] | undefined;
  /** Aliases being followed, one inside the other. */
  #depth: number;

  constructor(view: ServerView, query: PolicyQuery, zones: ReadonlyMap<Name, Zone> = view.zones) {
    this.#view = view;
    this.#query = query;
    this.#zones = zones;
    this.#depth = query.aliasDepth ?? 0;
  }

  answer(question: Question): Message {
    const message = this.#look(question, this.#query.dnssecOk);
    if (this.#failure === undefined) {
      return this.#reasons === undefined ? message : { ...message, said: this.#reasons.join('; ') };
    }
    if (this.#failure.rcode === 'NXDOMAIN') return { ...message, rcode: 'NXDOMAIN' };
    return failed(question, this.#failure);
  }

  #look(question: Question, dnssecOk?: boolean): Message {
    return lookup(this.#zones, question, {
      override: (name, type, qname) => this.#decide(name, type, qname),
      dnssecOk,
    });
  }

  #decide(name: Name, type: RrType, qname: Name): RRset | 'absent' | undefined {
    const known = this.#decided?.get(`${qname} ${type}`);
    if (known !== undefined) return known;
    const query = qname === name ? this.#query : { ...this.#query, qname };
    const decided = this.#view.decide(name, type, query);
    if (decided === undefined) return undefined;
    const reason = this.#view.explain(name, type, query);
    if (reason !== undefined) this.#reasons = [...(this.#reasons ?? []), reason];
    const final = this.#settle(name, type, decided);
    this.#decided ??= new Map();
    this.#decided.set(`${qname} ${type}`, final);
    return final;
  }

  #settle(name: Name, type: RrType, decided: PolicyAnswer): RRset | 'absent' {
    if (typeof decided === 'string' || 'rdata' in decided) return decided;
    const answer = 'alias' in decided ? this.#follow(name, type, decided) : decided;
    if (typeof answer === 'string' || 'rdata' in answer) return answer;
    this.#failure = answer;
    return 'absent';
  }

  #follow(name: Name, type: RrType, alias: AliasAnswer): RRset | 'absent' | FailedAnswer {
    if (this.#depth >= DEEPEST_ALIAS) return { rcode: 'SERVFAIL' };
    this.#depth++;
    const answer = followAlias(name, type, alias, (question) => this.#ownOrElsewhere(question));
    this.#depth--;
    return answer;
  }

  #ownOrElsewhere(question: Question): Message {
    const own = this.#look(question);
    const hosted = own.rcode !== 'REFUSED' && (own.authoritative || own.authority.length === 0);
    return hosted ? own : this.#view.elsewhere(question, { ...this.#query, aliasDepth: this.#depth });
  }
}

function failed(question: Question, { rcode, why }: FailedAnswer): Message {
  return makeMessage(question, why === undefined ? { rcode } : { rcode, said: why });
}

/** Aliases that lead to policies with aliases. Assumption: deeper nests are loops. */
const DEEPEST_ALIAS = 10;
