/**
 * Fills the caches of all cells before the run.
 *
 * The cells that share a list of resolvers are warmed together: for each thing that ages (an answer, the
 * delegations above it) their phases are stratified, so that they fill the TTL evenly, and dealt to the cells in
 * random order, so that what one cell holds tells nothing about anything else (Latin hypercube sampling; McKay,
 * Beckman and Conover, 1979). Fragments of one resolver are as independent of each other as cells are.
 *
 * Where resolvers forward, upstreams are warmed first, and what a forwarder holds comes out of their caches.
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
import { isChained, serviceAddress, upstreamFor, upstreamsOf } from './chains.ts';
import { instanceBehind } from './resolvers/hops.ts';
import type { ResolverPool } from './resolvers/pool.ts';
import { forwardedJob } from './resolvers/warm-forwarder.ts';
import { fetchAges, ttlOf, type WarmJob, warm } from './resolvers/warm-start.ts';
import type { ZoneSpec } from './spec.ts';

export function warmCells(cells: readonly Cell[], shared: Shared): void {
  const lists = new Map<string, Cell[]>();
  for (const cell of cells) {
    const list = cell.name.slice(0, cell.name.lastIndexOf('/'));
    const members = lists.get(list);
    if (members === undefined) lists.set(list, [cell]);
    else members.push(cell);
  }
  for (const [list, members] of lists) {
    for (const service of servicesOf(members, shared)) warmService(`warm/${list}`, service, members, shared);
  }
}

/** The services of the cells, each after those it forwards to. */
function servicesOf(cells: readonly Cell[], { spec }: Shared): readonly number[] {
  const ordered: number[] = [];
  const seen = new Set<number>();
  const place = (service: number): void => {
    if (seen.has(service)) return;
    seen.add(service);
    for (const next of upstreamsOf(spec.resolvers, service)) place(next);
    ordered.push(service);
  };
  for (const cell of cells) for (const { service } of cell.pools) place(service);
  return ordered;
}

/** One instance of a service. */
interface Member {
  readonly cell: Cell;
  readonly pool: ResolverPool;
  /** Number of its first fragment. */
  readonly first: number;
}

/** What ages on the way to an answer, and at which phases: by fragment, then what ages, then member. */
interface Path {
  readonly question: Question;
  /** Undefined: it comes from an upstream resolver. */
  readonly ttls: readonly Seconds[] | undefined;
  readonly phases: readonly (readonly Float64Array[])[];
}

/** Warms all instances of one service. */
function warmService(list: string, service: number, cells: readonly Cell[], shared: Shared): void {
  const members = cells.flatMap((cell) => membersOf(cell, service));
  // Cells without forwarding have the same services at the same places.
  const key = isChained(shared.spec.resolvers, service)
    ? members[0]!.pool.spec.name
    : cells[0]!.pools.findIndex((pool) => pool.service === service);
  const { region, fragments, options } = members[0]!.pool.spec;
  const stream = shared.streams.open(`${list}/${key}/landing`);
  const paths = drawPaths(`${list}/${key}`, members, shared);
  members.forEach(({ cell, pool, first }, member) => {
    for (let fragment = 0; fragment < fragments; fragment++) {
      const jobs = [...paths].flatMap(([index, { question, ttls, phases }]): readonly WarmJob[] => {
        if (!cell.questions.has(index)) return [];
        const mine = phases[fragment]!.map((phase) => phase[member]!);
        if (ttls) return [...new Set(fetchAges(ttls, mine))].map((age) => ({ question, age }));
        const source = sourceOf(cell, pool, first + fragment, question, stream.uniform());
        return source === undefined ? [] : forwardedJob(question, source, options, mine[0]!);
      });
      warm(pool.fragments[first + fragment]!, jobs, region, shared.outside, pool.asker);
    }
  });
}

function membersOf(cell: Cell, service: number): readonly Member[] {
  const pool = cell.pools.find((one) => one.service === service);
  if (pool === undefined) return [];
  const { fragments } = pool.spec;
  return Array.from({ length: pool.place.instances }, (_, at) => ({ cell, pool, first: at * fragments }));
}

/** The cache an instance of a forwarder had its answer from. @param draw in [0, 1) */
function sourceOf(
  { pools }: Cell,
  pool: ResolverPool,
  fragment: number,
  { name }: Question,
  draw: number,
): Resolver | undefined {
  const address = upstreamFor(pool.spec.options, name);
  const upstream = pools.find(({ spec }) => serviceAddress(spec.name) === address);
  if (upstream === undefined) return undefined;
  const { fragments } = upstream.spec;
  const first = instanceBehind(pool, fragment, upstream) * fragments;
  return upstream.fragments[first + Math.floor(draw * fragments)];
}

/** By question of the answer table, for those that some cell asks. */
function drawPaths(
  name: string,
  members: readonly Member[],
  { spec, outside, streams, answers }: Shared,
): ReadonlyMap<number, Path> {
  const { spec: resolver, asker } = members[0]!.pool;
  const { options, region, fragments } = resolver;
  const paths = new Map<number, Path>();
  const carried = new Set<Name>();
  answers.questions.forEach((question, index) => {
    if (!members.some(({ cell }) => cell.questions.has(index))) return;
    const stream = streams.open(`${name}/${question.name}/${question.type}`);
    const draw = (things: number): readonly (readonly Float64Array[])[] =>
      Array.from({ length: fragments }, () =>
        Array.from({ length: things }, () => shuffle(stratifiedPhases(members.length, stream), stream)),
      );
    if (upstreamFor(options, question.name) !== undefined) {
      paths.set(index, { question, ttls: undefined, phases: draw(1) });
      return;
    }
    const ttl = ttlOf(new Resolver(options, stream.uniform), question, region, outside, asker);
    const cuts = cutsAbove(spec.zones, question.name);
    const above = cuts.flatMap((cut) => {
      if (carried.has(cut.origin)) return [];
      carried.add(cut.origin);
      return delegationTtl(spec.zones, cut, cut === cuts[0], options);
    });
    const ttls = [ttl, ...above];
    paths.set(index, { question, ttls, phases: draw(ttls.length) });
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
