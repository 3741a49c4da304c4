/**
 * Answers given by providers, by the policy that decided, record type and kind of answer: what bills are made from.
 *
 * Counts what was answered; a query that was lost, or that found nobody, is nobody's to bill. An answer that holds a
 * CNAME and what its target has counts once as itself and once for each further name of the chain (`chained`).
 * Not modelled: queries from outside of the scenario, such as scans.
 */
import type { Message } from '../../dns/data/message.ts';
import { isSubdomain, type Name, parent } from '../../dns/data/name.ts';
import { ANY, CNAME, type RrType, SOA } from '../../dns/data/rrtype.ts';
import { ANSWER_KINDS, type AnswerCount } from '../answer-count.ts';
import type { WorldSpec } from '../spec.ts';

/** Counts for the providers that have prices; for the others `count` does nothing. */
export class AnswerCounts {
  readonly #sides: readonly (Side | undefined)[];

  constructor(spec: WorldSpec) {
    const billed = new Set((spec.billing ?? []).map(({ provider }) => provider));
    this.#sides = spec.providers.map((_, index) => (billed.has(index) ? new Side(spec, index) : undefined));
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
const FLAGS = 16;

class Side {
  readonly #counts: Map<number, number> = new Map();
  readonly #policies: Map<Name, Map<RrType, number>> = new Map();
  readonly #hasWildcards: boolean;
  readonly #private: readonly { readonly origin: Name; readonly audience: readonly number[] }[];

  constructor({ policies, zones }: WorldSpec, provider: number) {
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
    const { name, type } = question;
    const chains = type !== CNAME && type !== ANY;
    const known = rcode === 'NOERROR' || rcode === 'NXDOMAIN';
    let owner = name;
    let chained = false;
    let found = false;
    for (const rrset of answer) {
      const [target] = rrset.rdata;
      if (chains && rrset.type === CNAME && target?.kind === 'name') {
        this.#add(owner, type, 0, chained, service);
        owner = target.target;
        chained = true;
      } else if (rrset.name === owner) found = true;
    }
    const negative = !found && authoritative && authority.some((rrset) => rrset.type === SOA);
    if (!known) this.#add(owner, type, 3, chained, service);
    else if (rcode === 'NXDOMAIN') this.#add(owner, type, 2, chained, service);
    else if (negative) this.#add(owner, type, 1, chained, service);
    // The end of a chain that leads elsewhere has been told as a CNAME already.
    else if (found || !chained) this.#add(owner, type, 0, chained, service);
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
          kind: ANSWER_KINDS[flags % 4]!,
          chained: (flags & 4) !== 0,
          private: (flags & 8) !== 0,
          answers,
        };
      });
  }

  #add(owner: Name, type: RrType, kind: number, chained: boolean, service: number | undefined): void {
    const flags = kind + (chained ? 4 : 0) + (this.#isPrivate(owner, service) ? 8 : 0);
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

/** A policy for CNAME decides whatever is asked for. */
function at(byType: ReadonlyMap<RrType, number> | undefined, type: RrType): number | undefined {
  return byType?.get(type) ?? byType?.get(CNAME);
}
