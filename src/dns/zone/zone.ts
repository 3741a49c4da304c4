/**
 * A zone: the RRsets at and below an apex, by owner name and type (RFC 1034 §4.2).
 *
 * A zone never changes. `with` and `without` give a changed copy that shares all it can: the copy costs as much
 * as the changes made since the zone was last written out whole, and a whole copy is made only once these
 * changes are many. So a run may keep every version that some secondary or edge still serves.
 *
 * Every name that exists has a node, empty non-terminals included (RFC 4592 §2.2.2).
 *
 * Not modelled: classes other than IN; the zone holds what it was given, wrong or not (the master-file reader
 * checks), so that broken zones can be played. A zone that is `signed` holds no signatures: see dnssec/.
 */
import { isSubdomain, type Name, parent } from '../data/name.ts';
import type { RRset } from '../data/rrset.ts';
import { NS, type RrType, SOA } from '../data/rrtype.ts';

/** What stands at one name. */
export interface ZoneNode {
  /** Empty at an empty non-terminal. */
  readonly rrsets: readonly RRset[];
  /** Nodes directly below. */
  readonly children: number;
}

/**
 * How a signed zone proves what it does not hold: with the gaps between its names (NSEC, RFC 4034 §4) or between their
 * hashes (NSEC3, RFC 5155), with unsigned delegations left out of these (opt-out, §6), or with gaps made for each
 * question that hold nothing else, as servers do that sign while they answer (RFC 4470).
 */
export type Signing = (typeof SIGNINGS)[number];
export const SIGNINGS = ['nsec', 'nsec3', 'nsec3-opt-out', 'minimal'] as const;

type Nodes = Map<Name, ZoneNode>;
/** `undefined` stands for a node that was taken away. */
type Changes = ReadonlyMap<Name, ZoneNode | undefined>;

const EMPTY_NODE: ZoneNode = { rrsets: [], children: 0 };
const NO_CHANGES: Changes = new Map();

export class Zone {
  /** The apex. */
  readonly origin: Name;
  /** Undefined: not signed, unless the zone holds its own signatures. */
  readonly signing: Signing | undefined;
  private readonly base: ReadonlyMap<Name, ZoneNode>;
  private readonly changes: Changes;

  private constructor(
    origin: Name,
    base: ReadonlyMap<Name, ZoneNode>,
    changes: Changes,
    signing: Signing | undefined,
  ) {
    this.origin = origin;
    this.base = base;
    this.changes = changes;
    this.signing = signing;
  }

  /**
   * A zone of these RRsets; of two with one name and type the later stands.
   * @throws RangeError when an RRset lies outside the zone
   */
  static of(origin: Name, rrsets: Iterable<RRset>): Zone {
    const nodes: Nodes = new Map([[origin, EMPTY_NODE]]);
    const draft = new Draft(origin, (name) => nodes.get(name), nodes);
    for (const rrset of rrsets) draft.put(rrset);
    return new Zone(origin, nodes, NO_CHANGES, undefined);
  }

  /** The same data, signed or not from here on, and through every later change. */
  signed(signing: Signing | undefined): Zone {
    return new Zone(this.origin, this.base, this.changes, signing);
  }

  /** What stands at `name`; `undefined` when the name does not exist in the zone. */
  node(name: Name): ZoneNode | undefined {
    const changed = this.changes.get(name);
    return changed === undefined && !this.changes.has(name) ? this.base.get(name) : changed;
  }

  /** The RRset at exactly this name and type, glue and occluded data included. */
  get(name: Name, type: RrType): RRset | undefined {
    const node = this.node(name);
    return node === undefined ? undefined : rrsetOf(node, type);
  }

  /** The SOA RRset; without one the zone counts as not loaded. */
  soa(): RRset | undefined {
    return this.get(this.origin, SOA);
  }

  /** The NS RRset of the zone cut that takes `name` out of this zone's authority (RFC 1034 §4.2.1), if any. */
  cutAbove(name: Name): RRset | undefined {
    let highest: RRset | undefined;
    for (let at = name; at !== this.origin && isSubdomain(at, this.origin); at = parent(at)!) {
      highest = this.get(at, NS) ?? highest;
    }
    return highest;
  }

  /** Every name that exists, empty non-terminals included, in no promised order. */
  *names(): Generator<Name> {
    for (const name of this.base.keys()) if (!this.changes.has(name)) yield name;
    for (const [name, node] of this.changes) if (node !== undefined) yield name;
  }

  /** Every RRset, in no promised order. */
  *rrsets(): Generator<RRset> {
    for (const name of this.names()) yield* this.node(name)!.rrsets;
  }

  /**
   * A copy in which these RRsets replace those of the same name and type, or are added.
   * @throws RangeError when one lies outside the zone
   */
  with(...rrsets: readonly RRset[]): Zone {
    return this.changed((draft) => {
      for (const rrset of rrsets) draft.put(rrset);
    });
  }

  /** A copy without the RRset of `type` at `name`, or without everything at that name; names below stay. */
  without(name: Name, type?: RrType): Zone {
    return this.node(name) === undefined ? this : this.changed((draft) => draft.remove(name, type));
  }

  private changed(edit: (draft: Draft) => void): Zone {
    const changes = new Map(this.changes);
    edit(
      new Draft(
        this.origin,
        (name) => (changes.has(name) ? changes.get(name) : this.base.get(name)),
        changes,
      ),
    );
    if (changes.size * changes.size < this.base.size + 1_024)
      return new Zone(this.origin, this.base, changes, this.signing);
    return new Zone(this.origin, merged(this.base, changes), NO_CHANGES, this.signing);
  }
}

/** Keeps the tree of names in order while RRsets come and go. */
class Draft {
  private readonly origin: Name;
  private readonly read: (name: Name) => ZoneNode | undefined;
  private readonly target: Map<Name, ZoneNode | undefined>;

  constructor(
    origin: Name,
    read: (name: Name) => ZoneNode | undefined,
    target: Map<Name, ZoneNode | undefined> | Nodes,
  ) {
    this.origin = origin;
    this.read = read;
    this.target = target as Map<Name, ZoneNode | undefined>;
  }

  put(rrset: RRset): void {
    if (!isSubdomain(rrset.name, this.origin)) {
      throw new RangeError(`${rrset.name} lies outside the zone ${this.origin}`);
    }
    const node = this.read(rrset.name);
    if (node === undefined) this.countChild(rrset.name, 1);
    const { rrsets, children } = node ?? EMPTY_NODE;
    const others = rrsets.filter(({ type }) => type !== rrset.type);
    this.target.set(rrset.name, { rrsets: [...others, rrset], children });
  }

  remove(name: Name, type: RrType | undefined): void {
    const { rrsets, children } = this.read(name)!;
    const left = type === undefined ? [] : rrsets.filter((rrset) => rrset.type !== type);
    this.target.set(name, { rrsets: left, children });
    this.prune(name);
  }

  /** Makes the nodes above a new name exist, and counts it. */
  private countChild(name: Name, step: 1 | -1): void {
    if (name === this.origin) return;
    const above = parent(name)!;
    const node = this.read(above);
    if (node === undefined) this.countChild(above, 1);
    const { rrsets, children } = node ?? EMPTY_NODE;
    this.target.set(above, { rrsets, children: children + step });
  }

  /** Takes away a node that has become empty, and those above it that existed for its sake. */
  private prune(name: Name): void {
    const node = this.read(name)!;
    if (name === this.origin || node.rrsets.length > 0 || node.children > 0) return;
    this.target.set(name, undefined);
    this.countChild(name, -1);
    this.prune(parent(name)!);
  }
}

function rrsetOf(node: ZoneNode, type: RrType): RRset | undefined {
  for (const rrset of node.rrsets) if (rrset.type === type) return rrset;
  return undefined;
}

function merged(base: ReadonlyMap<Name, ZoneNode>, changes: Changes): Nodes {
  const nodes: Nodes = new Map(base);
  for (const [name, node] of changes) {
    if (node === undefined) nodes.delete(name);
    else nodes.set(name, node);
  }
  return nodes;
}
