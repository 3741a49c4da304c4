/** Parts that are many and alike stand as one in the picture, until something is special about one of them. */
import type { Part, Topology } from '../../src/experiment/session/topology.ts';

/** Several parts of one kind, in the place of each of them. */
export interface Gathered extends Part {
  readonly members: readonly Part[];
}

interface Sort {
  readonly id: string;
  /** So many stand one by one all the same. */
  readonly few: number;
  readonly has: (part: Part) => boolean;
  /** @param others whether some of the sort stand apart */
  readonly name: (members: readonly Part[], others: boolean) => string;
}

const SORTS: readonly Sort[] = [
  {
    id: 'top-level domains',
    few: 1,
    has: ({ kind }) => kind === 'tld',
    name: (members) => members.map(({ name }) => name).join(' '),
  },
  {
    // What a zone gives out and no scenario describes is called by its address.
    id: 'addresses',
    few: 2,
    has: ({ kind, name, detail }) => kind === 'endpoint' && name === detail,
    name: ({ length }, others) => `${length}${others ? ' more' : ''} addresses`,
  },
];

/** @param apart ids of parts that are to be seen one by one */
export function gather({ parts, links }: Topology, apart: ReadonlySet<string>): Topology {
  const gathered = SORTS.flatMap((sort) => gatherSort(sort, parts, apart));
  const standsFor = new Map(gathered.flatMap((one) => one.members.map(({ id }) => [id, one] as const)));
  const alone = parts.filter(({ id }) => !standsFor.has(id));
  const ends = links.map(({ from, to, kind }) => ({
    from: standsFor.get(from)?.id ?? from,
    to: standsFor.get(to)?.id ?? to,
    kind,
  }));
  const unique = new Map(ends.map((link) => [`${link.kind} ${link.from} ${link.to}`, link]));
  return { parts: [...alone, ...gathered], links: [...unique.values()] };
}

function gatherSort(
  { id, few, has, name }: Sort,
  parts: readonly Part[],
  apart: ReadonlySet<string>,
): Gathered[] {
  const all = parts.filter(has);
  const members = all.filter((part) => !apart.has(part.id));
  if (members.length <= few) return [];
  const { kind, index } = members[0]!;
  const title = name(members, members.length < all.length);
  const detail = `${members[0]!.name} … ${members.at(-1)!.name}`;
  return [{ id, kind, index, name: title, detail, members }];
}

/** Those a part stands for: itself, unless it is several. */
export function membersOf(part: Part): readonly Part[] {
  return 'members' in part ? (part as Gathered).members : [part];
}
