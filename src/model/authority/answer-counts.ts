/**
 * Answers given by providers, by the policy that decided, record type and kind of answer: what bills are made from.
 *
 * Counts what was answered; a query that was lost, or that found nobody, is nobody's to bill. An answer that holds a
 * CNAME and what its target has counts once as itself and once for each further name of the chain (`chained`), unless
 * the resolver believes only the first link: it asks for the target by itself, and that is counted then.
 * Names outside of the zones somebody ordered, such as those of the name servers themselves, are nobody's to bill either.
 * Not modelled: queries from outside of the scenario, such as scans.
 */
import type { Message } from '../../dns/data/message.ts';
import { isSubdomain, type Name, parent } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { ANY, CNAME, type RrType, SOA } from '../../dns/data/rrtype.ts';
import { ANSWER_KINDS, type AnswerCount } from '../answer-count.ts';
import type { BillingSpec } from '../billing-spec.ts';
import type { WorldSpec } from '../spec.ts';

/** Counts for the providers that have prices; for the others `count` does nothing. */
export class AnswerCounts {
  readonly #sides: readonly (Side | undefined)[];

  constructor(spec: WorldSpec) {
    this.#sides = spec.providers.map((_, index) => {
      const billing = spec.billing?.find(({ provider }) => provider === index);
      return billing && new Side(spec, billing);
    });
  }

  /** @param service index of the resolver service that asks; absent = not known */
  count(provider: number, message: Message, service: number | undefined): void {
    this.#sides[provider]?.count(message, service);
  }

  /** Everything counted so far, in a fixed order. */
  list(): readonly AnswerCount[] {
    return this.#sides.flatMap((side, provider) => side?.list(provider) ?? []);
  }
}

/** Packs what a count is for into one number, so that counting is one look-up in a map of numbers. */
const TYPES = 65_536;
const FLAGS = 32;
const KIND = { data: 0, nodata: 1, nxdomain: 2, error: 3, cname: 4 } as const;
const KINDS = 8;
const CHAINED = 8;
const PRIVATE = 16;

class Side {
  readonly #counts: Map<number, number> = new Map();
  readonly #policies: Map<Name, Map<RrType, number>> = new Map();
  readonly #hasWildcards: boolean;
  readonly #ordered: readonly Name[];
  readonly #private: readonly { readonly origin: Name; readonly audience: readonly number[] }[];
  readonly #resolvers: WorldSpec['resolvers'];

  constructor({ policies, zones, resolvers }: WorldSpec, { provider, zones: ordered }: BillingSpec) {
    this.#resolvers = resolvers;
    this.#ordered = [...new Set(ordered)];
    for (const [index, policy] of policies.entries()) {
      if (policy.provider !== provider) continue;
      const byType = this.#policies.get(policy.name) ?? new Map<RrType, number>();
      this.#policies.set(policy.name, byType.set(policy.type, index));
    }
    this.#hasWildcards = [...this.#policies.keys()].some((name) => name.startsWith('*.'));
    this.#private = zones.flatMap(({ origin, audience, providers }) =>
      audience && providers.includes(provider) ? [{ origin, audience }] : [],
    );
  }

  count({ question, rcode, answer, authority, authoritative }: Message, service: number | undefined): void {
    const { type } = question;
    const aliases = type === CNAME || type === ANY ? [] : chainOf(answer);
    const last = aliases.at(-1);
    const owner = last?.target ?? question.name;
    const found = answer.some((rrset) => rrset.name === owner && !aliases.some((one) => one.rrset === rrset));
    const denied = rcode !== 'NOERROR' && rcode !== 'NXDOMAIN' ? KIND.error : KIND.nxdomain;
    const empty = !found && authoritative && authority.some((rrset) => rrset.type === SOA);
    const kind = rcode !== 'NOERROR' ? denied : empty ? KIND.nodata : KIND.data;
    // Nothing about the last name: its target lies elsewhere.
    const leadsAway = last !== undefined && !found && kind === KIND.data;
    const names = [question.name, ...aliases.map(({ target }) => target)];
    const told = leadsAway ? names.slice(0, -1) : names;
    const isWhole = service === undefined || this.#resolvers[service]?.options.chainTrust === 'whole';
    for (const [index, one] of (isWhole ? told : told.slice(0, 1)).entries()) {
      if (!this.#ordered.some((origin) => isSubdomain(one, origin))) continue;
      const isLast = index === told.length - 1;
      this.#add(one, type, isLast ? kind : KIND.cname, index > 0, service);
    }
  }

  list(provider: number): AnswerCount[] {
    return [...this.#counts]
      .sort(([one], [other]) => one - other)
      .map(([key, answers]) => {
        const flags = key % FLAGS;
        const rest = (key - flags) / FLAGS;
        return {
          provider,
          policy: Math.floor(rest / TYPES) - 1,
          type: rest % TYPES,
          kind: ANSWER_KINDS[flags % KINDS]!,
          chained: (flags & CHAINED) !== 0,
          private: (flags & PRIVATE) !== 0,
          answers,
        };
      });
  }

  #add(owner: Name, type: RrType, kind: number, chained: boolean, service: number | undefined): void {
    const flags = kind + (chained ? CHAINED : 0) + (this.#isPrivate(owner, service) ? PRIVATE : 0);
    const key = ((this.#policyOf(owner, type) + 1) * TYPES + type) * FLAGS + flags;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  #isPrivate(owner: Name, service: number | undefined): boolean {
    if (this.#private.length === 0 || service === undefined) return false;
    return this.#private.some(
      ({ origin, audience }) => audience.includes(service) && isSubdomain(owner, origin),
    );
  }

  #policyOf(owner: Name, type: RrType): number {
    if (this.#policies.size === 0) return -1;
    const exact = at(this.#policies.get(owner), type);
    if (exact !== undefined || !this.#hasWildcards) return exact ?? -1;
    for (let above = parent(owner); above !== undefined; above = parent(above)) {
      const covering = at(this.#policies.get(`*.${above}` as Name), type);
      if (covering !== undefined) return covering;
    }
    return -1;
  }
}

/** The CNAMEs of an answer in order, from the name asked for. */
function chainOf(answer: readonly RRset[]): { readonly rrset: RRset; readonly target: Name }[] {
  return answer.flatMap((rrset) => {
    const [target] = rrset.rdata;
    return rrset.type === CNAME && target?.kind === 'name' ? [{ rrset, target: target.target }] : [];
  });
}

/** A policy for CNAME decides whatever is asked for. */
function at(byType: ReadonlyMap<RrType, number> | undefined, type: RrType): number | undefined {
  return byType?.get(type) ?? byType?.get(CNAME);
}
