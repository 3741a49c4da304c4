/**
 * The truth against which answers count as old or wrong: what the operators want the world to see at present.
 *
 * For every zone that is the data which the control plane of its first listed provider, secondaries aside, has
 * accepted, whether or not it has reached an edge; a change that waits for a dead control plane, or that only another
 * provider got, is not part of it. Where a policy covers a name, whichever provider runs it, the truth is everything
 * the policy may decide for clients of a region, by the health known to that provider: a dead endpoint stays true
 * until its health check has spoken. Faults of the edge (lies, empty zones, stale copies) never change the truth.
 *
 * Where a zone has private copies, what any copy says is true for everybody: who is behind which resolver is not known
 * here, so an address that leaks from one view into the other is not told as wrong. The same holds for what resolvers
 * answer by response policies of their own.
 */
import { type Message, makeMessage, type Question } from '../../dns/data/message.ts';
import { type Name, parent } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { CNAME, type RrType } from '../../dns/data/rrtype.ts';
import { ResponsePolicy } from '../../dns/resolve/detour/response-policy.ts';
import { lookup } from '../../dns/zone/lookup.ts';
import { type HostedZones, hostedZones, type Override } from '../../dns/zone/view.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { WorldSpec } from '../spec.ts';
import { followAlias } from './follow.ts';
import type { PolicyAnswer, Provider } from './provider.ts';

/** Zones as somebody sees them, with the providers whose policies apply there. */
interface View {
  readonly zones: HostedZones;
  readonly providers: readonly Provider[];
  /** Of a resolver, over the zones. */
  readonly policy?: ResponsePolicy;
}

/** Aliases inside aliases; deeper nests are loops. */
const DEEPEST_ALIAS = 10;

export class Truth {
  readonly #spec: WorldSpec;
  readonly #providers: readonly Provider[];
  /** Providers that answer by themselves, by the zones they are the first to serve. */
  readonly #responders: ReadonlyMap<Name, Provider>;
  readonly #policies: readonly ResponsePolicy[];
  /** What the public sees, then what each private copy makes of it. */
  #views: readonly View[] = [];
  #known: Map<Name, Map<number, readonly string[]>> = new Map();

  constructor(spec: WorldSpec, providers: readonly Provider[]) {
    this.#spec = spec;
    this.#providers = providers;
    this.#responders = respondersOf(spec, providers);
    this.#policies = spec.resolvers.flatMap(({ options: { responsePolicy } }) =>
      responsePolicy ? [new ResponsePolicy(responsePolicy)] : [],
    );
    this.refresh();
  }

  /** Call whenever accepted zone data or known health has changed. */
  refresh(): void {
    const { zones } = this.#spec;
    const open = zones.flatMap(({ audience }, index) => (audience ? [] : [this.#accepted(index)]));
    const hidden = zones.flatMap(({ audience }, index) => (audience ? [index] : []));
    const apart = new Set(hidden.flatMap((index) => zones[index]!.providers));
    const others = this.#providers.filter((_, provider) => !apart.has(provider));
    const copies = hidden.map((index) => ({
      zones: hostedZones([...open, this.#accepted(index)]),
      providers: [...zones[index]!.providers.map((provider) => this.#providers[provider]!), ...others],
    }));
    const bare = [{ zones: hostedZones(open), providers: others }, ...copies];
    this.#views = [...bare, ...this.#policies.flatMap((policy) => bare.map((view) => ({ ...view, policy })))];
    this.#known = new Map();
  }

  #accepted(index: number): Zone {
    const { providers, zone } = this.#spec.zones[index]!;
    const primary =
      providers.find((provider) => !this.#spec.providers[provider]!.transfer) ?? providers[0] ?? -1;
    return this.#providers[primary]?.accepted.get(index) ?? zone;
  }

  /** All addresses a right answer may hold, in the order of the RRset; empty for NODATA and NXDOMAIN. */
  addresses(question: Question, region: number): readonly string[] {
    const key = question.type * this.#spec.network.regions.length + region;
    const known = this.#known.get(question.name)?.get(key);
    if (known) return known;
    const seen = this.#views.flatMap((view) => this.#explore(view, region).addresses(question));
    const local = this.#policies.flatMap((policy) => this.#local(policy, question, region));
    const addresses = this.#views.length > 1 || local.length > 0 ? [...new Set([...seen, ...local])] : seen;
    const byKey = this.#known.get(question.name) ?? new Map<number, readonly string[]>();
    this.#known.set(question.name, byKey.set(key, addresses));
    return addresses;
  }

  /** What a response policy answers, through an alias of its own too. */
  #local(policy: ResponsePolicy, { name, type }: Question, region: number): readonly string[] {
    const [first] = policy.local(name, type)?.rdata ?? [];
    if (first?.kind === 'name' && first.target !== name) {
      return this.addresses({ name: first.target, type }, region);
    }
    const found = policy.local(name, type)?.rdata ?? [];
    return found.flatMap((one) => (one.kind === 'address' ? [one.address] : []));
  }

  /** Whether a policy on the way to the answer depends on the region of the client. */
  isScoped(question: Question): boolean {
    return this.#views.some((view) => {
      const exploration = this.#explore(view, 0);
      exploration.addresses(question);
      return exploration.scoped;
    });
  }

  #explore(view: View, region: number): Exploration {
    return new Exploration(view, this.#responders, region);
  }
}

function respondersOf({ zones }: WorldSpec, providers: readonly Provider[]): ReadonlyMap<Name, Provider> {
  const pairs = zones.flatMap(({ origin, providers: [first = -1], audience }) => {
    const provider = providers[first];
    return provider?.respond && !audience ? [[origin, provider] as const] : [];
  });
  return new Map(pairs);
}

/** Every answer to one question: each of the targets of a CNAME that a policy chooses among is tried in turn. */
class Exploration {
  scoped = false;
  readonly #zones: HostedZones;
  readonly #providers: readonly Provider[];
  readonly #policy: ResponsePolicy | undefined;
  readonly #responders: ReadonlyMap<Name, Provider>;
  readonly #region: number;
  /** Which of several CNAMEs is tried, and how many there are at most. */
  #turn = 0;
  #turns = 1;
  #depth = 0;

  constructor({ zones, providers, policy }: View, responders: ReadonlyMap<Name, Provider>, region: number) {
    this.#zones = zones;
    this.#providers = providers;
    this.#policy = policy;
    this.#responders = responders;
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
    const responder = this.#responders.size > 0 && this.#responderOf(question.name);
    return responder ? this.#respond(responder, question) : this.#lookup(question, this.#zones);
  }

  #lookup(question: Question, zones: HostedZones): Message {
    const override: Override = (name, type, qname) => this.#decide(name, type, qname);
    return lookup(zones, question, { override, minimalResponses: true });
  }

  /** The provider of the closest zone, where it answers by itself. */
  #responderOf(name: Name): Provider | undefined {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      if (this.#zones.has(at)) return this.#responders.get(at);
    }
    return undefined;
  }

  #respond(provider: Provider, question: Question): Message {
    if (this.#depth >= DEEPEST_ALIAS) return makeMessage(question, { rcode: 'SERVFAIL' });
    this.#depth++;
    const query = { region: this.#region, server: -1, siteRegion: this.#region, draw: () => 0 };
    const zones = new Map([...this.#zones].filter(([origin]) => this.#responders.get(origin) === provider));
    const reply = provider.respond!(question, query, {
      zones,
      lookup: (asked, among) => this.#lookup(asked, among),
      elsewhere: (asked, by) => (by === undefined ? this.#look(asked) : this.#lookup(asked, this.#zones)),
    });
    this.#depth--;
    return reply === 'drop' ? makeMessage(question, { rcode: 'SERVFAIL' }) : reply;
  }

  #decide(name: Name, type: RrType, qname: Name): RRset | 'absent' | undefined {
    const local = this.#policy?.local(qname, type);
    if (local?.type === type) return local;
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
