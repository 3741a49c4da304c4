/**
 * Timeline entries that are changes: what an operator does to zone data, delegations and caches.
 *
 * The editor follows the zones through time, so `ttl` and `delegate` start from the data as they are by then. Of
 * several copies of a zone, those of the providers named change; nobody named, it is the public one.
 */
import { didYouMean } from '../../base/suggest.ts';
import type { Micros, Seconds } from '../../base/time.ts';
import { isSubdomain, type Name, parseName } from '../../dns/data/name.ts';
import { type RRset, withTtl } from '../../dns/data/rrset.ts';
import { NS, type RrType, typeToText } from '../../dns/data/rrtype.ts';
import { TextError } from '../../dns/data/text-error.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import type { ChangeSpec, PolicySpec, ProviderSpec, ZoneChangeSpec } from '../../model/spec.ts';
import { nodeAt, type Path } from '../document/tree.ts';
import type { ChangeDoc } from '../schema/changes.ts';
import type { Draft } from './draft.ts';
import { glue, type HostedZone, parentZone } from './hierarchy.ts';
import { nsSet } from './records.ts';
import { readRecords } from './zone-text.ts';
import { serverNames } from './zones.ts';

type Doc<Verb extends string> = Extract<ChangeDoc, Readonly<Record<Verb, unknown>>>;

interface Data {
  readonly put: readonly RRset[];
  readonly remove: ZoneChangeSpec['remove'];
}

/** One copy of a zone, at the moment of the change. */
interface Copy {
  readonly hosted: HostedZone;
  zone: Zone;
}

export class ZoneEditor {
  readonly #draft: Draft;
  readonly #providers: readonly ProviderSpec[];
  readonly #policies: readonly PolicySpec[];
  /** The zones as they stand at the moment of the change; the public copy of each before private ones. */
  readonly #copies: readonly Copy[];

  constructor(
    draft: Draft,
    zones: readonly HostedZone[],
    providers: readonly ProviderSpec[],
    policies: readonly PolicySpec[],
  ) {
    this.#draft = draft;
    this.#providers = providers;
    this.#policies = policies;
    this.#copies = zones.map((hosted) => ({ hosted, zone: hosted.zone }));
  }

  put(doc: Doc<'put'>, at: Micros, path: Path): ChangeSpec[] {
    const node = nodeAt(this.#draft.tree, [...path, 'records'])!;
    const { sets, issues } = readRecords(doc.records, doc.put, node);
    this.#draft.issues.issues.push(...issues);
    const what = sets.map((set) => `${set.name} ${typeToText(set.type)}`).join(', ');
    return this.#change(
      doc.put,
      { put: sets, remove: [] },
      at,
      doc.label ?? `put ${what}`,
      doc.providers,
      path,
    );
  }

  remove(doc: Doc<'remove'>, at: Micros, path: Path): ChangeSpec[] {
    const name = this.#owner(doc.remove, doc.name, doc.providers, path);
    if (name === undefined) return [];
    const copies = this.#copiesOf(doc.remove, doc.providers);
    if (!copies.some(({ zone }) => zone.node(name))) {
      this.#noSuch(copies[0]!, name, undefined, path, 'warning');
    }
    const one = doc.type === undefined ? { name } : { name, type: doc.type };
    const label = doc.label ?? `remove ${name}${doc.type === undefined ? '' : ` ${typeToText(doc.type)}`}`;
    return this.#change(doc.remove, { put: [], remove: [one] }, at, label, doc.providers, path);
  }

  ttl(doc: Doc<'ttl'> & { readonly name: string }, at: Micros, path: Path): ChangeSpec[] {
    const { ttl: origin, type, to } = doc as unknown as { ttl: Name; type: RrType; to: Seconds };
    const providers = 'providers' in doc ? doc.providers : undefined;
    const name = this.#owner(origin, doc.name, providers, path);
    if (name === undefined || this.#isDecided(name, type, path)) return [];
    const copies = this.#copiesOf(origin, providers);
    const set = copies.flatMap(({ zone }) => zone.get(name, type) ?? [])[0];
    if (!set) {
      this.#noSuch(copies[0]!, name, type, path, 'error');
      return [];
    }
    const label = doc.label ?? `TTL of ${name} ${typeToText(type)} becomes ${to} s`;
    return this.#change(origin, { put: [withTtl(set, to)], remove: [] }, at, label, providers, path);
  }

  /** Changes the NS set at the parent and, unless told otherwise, at the apex. */
  delegate(doc: Doc<'delegate'>, at: Micros, path: Path): ChangeSpec[] {
    const child = doc.delegate;
    const indexes = this.#serving(child, doc.to, [...path, 'to']);
    const servers = serverNames(indexes, this.#providers);
    const open = this.#copies.filter(({ hosted }) => hosted.audience === undefined);
    const origins = open.map(({ zone }) => zone.origin);
    if (!origins.includes(child)) {
      const message = `${child} has no parent that delegates it: every copy of it is private`;
      this.#draft.issues.add([...path, 'delegate'], 'scenario-private-zone', message);
      return [];
    }
    const above = parentZone(child, origins);
    const ttl = doc.ttl ?? this.#zone(above).get(child, NS)?.ttl ?? 0;
    const hosts = new Map(
      this.#providers.flatMap((one) => one.servers.map((server) => [server.name, server.addresses])),
    );
    const label = doc.label ?? `delegate ${child} to ${doc.to.join(', ')}`;
    const atParent = { put: [nsSet(child, ttl, servers), ...glue(child, servers, ttl, hosts)], remove: [] };
    const changes = this.#change(above, atParent, at, label, undefined, path);
    if (doc.child === false) return changes;
    const own = doc.ttl ?? this.#zone(child).get(child, NS)?.ttl ?? ttl;
    const atApex = { put: [nsSet(child, own, servers)], remove: [] };
    return [...changes, ...this.#change(child, atApex, at, `${label} (its own NS set)`, undefined, path)];
  }

  #change(
    origin: Name,
    { put, remove }: Data,
    at: Micros,
    label: string,
    providers: readonly string[] | undefined,
    path: Path,
  ): ChangeSpec[] {
    for (const copy of this.#copiesOf(origin, providers)) {
      for (const { name, type } of remove) copy.zone = copy.zone.without(name, type);
      copy.zone = copy.zone.with(...put);
    }
    const only = providers && { providers: this.#serving(origin, providers, [...path, 'providers']) };
    return [{ kind: 'change', label, at, change: { kind: 'zone', origin, put, remove, ...only } }];
  }

  /** Copies of a zone that a change is meant for: at least one. */
  #copiesOf(origin: Name, providers: readonly string[] | undefined): readonly Copy[] {
    const copies = this.#copies.filter(({ zone }) => zone.origin === origin);
    const meant = copies.filter(({ hosted }) =>
      hosted.providers.some((index) => providers?.includes(this.#providers[index]!.name)),
    );
    return meant.length > 0 ? meant : copies.slice(0, 1);
  }

  /** The copy that is meant where nobody is named. */
  #zone(origin: Name): Zone {
    return this.#copiesOf(origin, undefined)[0]!.zone;
  }

  /** Indexes of providers that must serve the zone already. */
  #serving(origin: Name, names: readonly string[], path: Path): number[] {
    const copies = this.#copies.filter(({ zone }) => zone.origin === origin);
    const serving = copies.flatMap(({ hosted }) => hosted.providers);
    return names.map((name) => {
      const index = this.#providers.findIndex((provider) => provider.name === name);
      if (!serving.includes(index)) {
        const hint = `add it to the providers of the zone; delegation.providers says who is delegated to at first`;
        this.#draft.issues.add(
          path,
          'scenario-not-serving',
          `the provider ${name} does not serve ${origin}`,
          { hint },
        );
      }
      return index;
    });
  }

  /** An owner name relative to its zone; a full name without the final dot is understood too. */
  #owner(origin: Name, text: string, providers: readonly string[] | undefined, path: Path): Name | undefined {
    try {
      const name = parseName(text, origin);
      const full = text.endsWith('.') ? name : parseName(`${text}.`);
      const copies = this.#copiesOf(origin, providers);
      const holds = (one: Name): boolean => copies.some(({ zone }) => zone.node(one));
      return !holds(name) && isSubdomain(full, origin) && holds(full) ? full : name;
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      this.#draft.issues.add([...path, 'name'], 'scenario-bad-name', error.message, { hint: error.hint });
      return undefined;
    }
  }

  #isDecided(name: Name, type: RrType, path: Path): boolean {
    const policy = this.#policies.find((one) => one.name === name && one.type === type);
    if (policy) {
      const message = `${name} ${typeToText(type)} is decided by a policy, which has its own TTL`;
      const key = `${name.slice(0, -1)}/${typeToText(type)}`;
      const written = this.#draft.doc.policies?.[key]?.['failover'];
      const isPair = typeof written === 'object' && written !== null && 'primary' in written;
      const hint = `change policies.${key}.${isPair ? 'failover.ttl' : 'ttl'}`;
      this.#draft.issues.add([...path, 'name'], 'scenario-policy-decides', message, { hint });
    }
    return policy !== undefined;
  }

  #noSuch(
    { zone, hosted }: Copy,
    name: Name,
    type: RrType | undefined,
    path: Path,
    severity: 'error' | 'warning',
  ): void {
    const { origin } = zone;
    const names = [...zone.names()].slice(0, 10_000);
    const what = type === undefined ? name : `${name} ${typeToText(type)}`;
    const other = this.#copies.find((copy) => copy.zone.origin === origin && copy.zone.node(name));
    const holders = other?.hosted.providers.map((index) => this.#providers[index]!.name).join(', ');
    const elsewhere = `the copy at ${holders} has it: write providers: ${holders}`;
    const near = zone.node(name) ? undefined : didYouMean(name, names);
    const hint = other && other.hosted !== hosted ? elsewhere : near;
    const message = `the zone ${origin} has no ${what} at that time`;
    this.#draft.issues.add([...path, 'name'], 'scenario-no-such-record', message, { severity, hint });
  }
}
