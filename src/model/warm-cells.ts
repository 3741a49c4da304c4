/**
 * Fills the caches of all cells before the run.
 *
 * The cells that share a list of resolvers are warmed together: for each thing that ages (an answer, the
 * delegations above it) their phases are stratified, so that they fill the TTL evenly, and dealt to the cells in
 * random order, so that what one cell holds tells nothing about anything else (Latin hypercube sampling; McKay,
 * Beckman and Conover, 1979). Fragments of one resolver are as independent of each other as cells are.
 *
 * Not modelled: names below one zone cut find its delegation together; here the first of them has drawn its age.
 * The cost: a delegation is a little older than uniform where several names of long TTL hang from it.
 */
import type { Seconds } from '../base/time.ts';
import type { Question } from '../dns/data/message.ts';
import { isBelow, isSubdomain, type Name, ROOT } from '../dns/data/name.ts';
import { NS } from '../dns/data/rrtype.ts';
import type { ResolverOptions } from '../dns/resolve/options.ts';
import { Resolver } from '../dns/resolve/resolver.ts';
import type { RandomStream } from '../kernel/random-streams.ts';
import { stratifiedPhases } from '../kernel/variates.ts';
import type { Cell, Shared } from './cell.ts';
import { fetchAges, ttlOf, type WarmJob, warm } from './resolvers/warm-start.ts';
import type { ZoneSpec } from './spec.ts';

export function warmCells(cells: readonly Cell[], shared: Shared): void {
  const lists = new Map<string, Cell[]>();
  for (const cell of cells) {
    const list = cell.name.slice(0, cell.name.lastIndexOf('/'));
    lists.set(list, [...(lists.get(list) ?? []), cell]);
  }
  for (const [list, members] of lists) {
    const { length } = members[0]!.pools;
    for (let position = 0; position < length; position++) warmPools(list, members, position, shared);
  }
}

/** What ages on the way to an answer, and at which phases: by fragment, then what ages, then cell. */
interface Path {
  readonly question: Question;
  readonly ttls: readonly Seconds[];
  readonly phases: readonly (readonly Float64Array[])[];
}

/** Warms one resolver of the list in every cell of it. */
function warmPools(list: string, cells: readonly Cell[], position: number, shared: Shared): void {
  const { spec } = cells[0]!.pools[position]!;
  const paths = drawPaths(`warm/${list}/${position}`, cells, position, shared);
  cells.forEach(({ pools, questions }, member) => {
    pools[position]!.fragments.forEach((resolver, fragment) => {
      const jobs = [...paths].flatMap(([index, { question, ttls, phases }]): readonly WarmJob[] => {
        if (!questions.has(index)) return [];
        const mine = phases[fragment]!.map((phase) => phase[member]!);
        return [...new Set(fetchAges(ttls, mine))].map((age) => ({ question, age }));
      });
      warm(resolver, jobs, spec.region, shared.outside);
    });
  });
}

/** By question of the answer table, for those that some cell asks. */
function drawPaths(
  name: string,
  cells: readonly Cell[],
  position: number,
  { spec, outside, streams, answers }: Shared,
): ReadonlyMap<number, Path> {
  const { options, region, fragments } = cells[0]!.pools[position]!.spec;
  const paths = new Map<number, Path>();
  const carried = new Set<Name>();
  answers.questions.forEach((question, index) => {
    if (!cells.some(({ questions }) => questions.has(index))) return;
    const stream = streams.open(`${name}/${question.name}/${question.type}`);
    const ttl = ttlOf(new Resolver(options, stream.uniform), question, region, outside);
    const cuts = cutsAbove(spec.zones, question.name);
    const above = cuts.flatMap((cut) => {
      if (carried.has(cut.origin)) return [];
      carried.add(cut.origin);
      return delegationTtl(spec.zones, cut, cut === cuts[0], options);
    });
    const ttls = [ttl, ...above];
    const phases = Array.from({ length: fragments }, () =>
      ttls.map(() => shuffle(stratifiedPhases(cells.length, stream), stream)),
    );
    paths.set(index, { question, ttls, phases });
  });
  return paths;
}

/** The zones a resolver is referred to on its way down to `name`, the closest first. */
function cutsAbove(zones: readonly ZoneSpec[], name: Name): readonly ZoneSpec[] {
  return zones
    .filter(({ origin }) => origin !== ROOT && isSubdomain(name, origin))
    .sort((a, b) => b.origin.length - a.origin.length);
}

/**
 * How long the resolver keeps a delegation: the parent's word, or the child's where that is shorter and heard, which
 * takes an answer and not just a referral from it.
 */
function delegationTtl(
  zones: readonly ZoneSpec[],
  { origin, zone }: ZoneSpec,
  answers: boolean,
  options: ResolverOptions,
): Seconds {
  const above = zones.filter((other) => isBelow(origin, other.origin));
  const parent = above.sort((a, b) => b.origin.length - a.origin.length)[0];
  const byParent = parent?.zone.get(origin, NS)?.ttl;
  const heard = answers && options.credibility === 'child' && options.acceptVolunteeredNs;
  const listens = heard || byParent === undefined;
  const said = [byParent, listens ? zone.get(origin, NS)?.ttl : undefined].flatMap((ttl) => ttl ?? []);
  return Math.max(Math.min(options.ttlCapSeconds, ...said), options.ttlFloorSeconds);
}

/** Fisher and Yates. */
function shuffle(values: Float64Array, stream: RandomStream): Float64Array {
  for (let last = values.length - 1; last > 0; last--) {
    const other = stream.below(last + 1);
    const value = values[last]!;
    values[last] = values[other]!;
    values[other] = value;
  }
  return values;
}
