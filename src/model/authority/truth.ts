/**
 * The truth against which answers count as old or wrong: what the operators want the world to see at present.
 *
 * For every zone that is the data its first listed provider (that is no secondary)'s control plane has accepted, whether or not it has
 * reached an edge; a change that waits for a dead control plane, or that only another provider got, is not part
 * of it. Where a policy covers a name, whichever provider runs it, the truth is everything the policy may decide
 * for clients of a region, by the health known to that provider: a dead endpoint stays true until its health check
 * has spoken. Faults of the edge (lies, empty zones, stale copies) never change the truth.
 *
 * Not modelled: private zones (the public copy of a zone is the truth for everybody).
 */
import type { Message, Question } from '../../dns/data/message.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { lookup } from '../../dns/zone/lookup.ts';
import { type HostedZones, hostedZones, type Override } from '../../dns/zone/view.ts';
import type { WorldSpec } from '../spec.ts';
import { followAlias } from './follow.ts';
import type { PolicyAnswer, Provider } from './provider.ts';

/** Aliases inside aliases; deeper nests are loops. */
const DEEPEST_ALIAS = 8;

export class Truth {
  readonly #spec: WorldSpec;
  readonly #providers: readonly Provider[];
  #zones: HostedZones = new Map();
  #known: Map<Name, Map<number, readonly string[]>> = new Map();

  constructor(spec: WorldSpec, providers: readonly Provider[]) {
    this.#spec = spec;
    this.#providers = providers;
    this.refresh();
  }

  /** Call whenever accepted zone data or known health has changed. */
  refresh(): void {
    const accepted = this.#spec.zones.flatMap(({ providers, zone, audience }, index) => {
      const primary =
        providers.find((provider) => !this.#spec.providers[provider]!.transfer) ?? providers[0] ?? -1;
      return audience ? [] : [this.#providers[primary]?.accepted.get(index) ?? zone];
    });
    this.#zones = hostedZones(accepted);
    this.#known = new Map();
  }

  /** All addresses a right answer may hold, in the order of the RRset; empty for NODATA and NXDOMAIN. */
  addresses(question: Question, region: number): readonly string[] {
    const key = question.type * this.#spec.network.regions.length + region;
    const known = this.#known.get(question.name)?.get(key);
    if (known) return known;
    const addresses = new Exploration(this.#zones, this.#providers, region).addresses(question);
    const byKey = this.#known.get(question.name) ?? new Map<number, readonly string[]>();
    this.#known.set(question.name, byKey.set(key, addresses));
    return addresses;
  }

  /** Whether a policy on the way to the answer depends on the region of the client. */
  isScoped(question: Question): boolean {
    const exploration = new Exploration(this.#zones, this.#providers, 0);
    exploration.addresses(question);
    return exploration.scoped;
  }
}

/** Every answer to one question: each of the targets of a CNAME that a policy chooses among is tried in turn. */
class Exploration {
  scoped = false;
  readonly #zones: HostedZones;
  readonly #providers: readonly Provider[];
  readonly #region: number;
  /** Which of several CNAMEs is tried, and how many there are at most. */
  #turn = 0;
  #turns = 1;
  #depth = 0;

  constructor(zones: HostedZones, providers: readonly Provider[], region: number) {
    this.#zones = zones;
    this.#providers = providers;
    this.#region = region;
  }

  addresses(question: Question): readonly string[] {
    const found = new Set<string>();
    for (this.#turn = 0; this.#turn < this.#turns; this.#turn++) {
      for (const rrset of this.#look(question).answer) {
        if (rrset.type !== question.type) continue;
        for (const one of rrset.rdata) if (one.kind === 'address') found.add(one.address);
      }
    }
    return [...found];
  }

  #look(question: Question): Message {
    const override: Override = (name, type, qname) => this.#decide(name, type, qname);
    return lookup(this.#zones, question, { override, minimalResponses: true });
  }

  #decide(name: Name, type: RrType, qname: Name): RRset | 'absent' | undefined {
    for (const provider of this.#providers) {
      const answers = provider.correct(name, type, this.#region, qname);
      if (!answers) continue;
      this.scoped ||= provider.isScoped(name, type);
      const sets = answers.flatMap((answer) => this.#settle(name, type, answer) ?? []);
      return type === CNAME ? this.#inTurn(sets) : united(sets);
    }
    return undefined;
  }

  #settle(name: Name, type: RrType, answer: PolicyAnswer): RRset | undefined {
    if (typeof answer === 'string' || 'rcode' in answer || this.#depth >= DEEPEST_ALIAS) return undefined;
    if ('rdata' in answer) return answer;
    this.#depth++;
    const target = followAlias(name, type, answer, (question) => this.#look(question));
    this.#depth--;
    return typeof target === 'object' && 'rdata' in target ? target : undefined;
  }

  #inTurn(sets: readonly RRset[]): RRset | 'absent' {
    this.#turns = Math.max(this.#turns, sets.length);
    return sets[this.#turn % Math.max(sets.length, 1)] ?? 'absent';
  }
}

function united(sets: readonly RRset[]): RRset | 'absent' {
  const [first] = sets;
  if (first === undefined || sets.length === 1) return first ?? 'absent';
  return { ...first, rdata: sets.flatMap(({ rdata }) => rdata) };
}
