/** The resolvers between one client and the authorities: those its stub lists, and those they forward to. */
import { upstreamsOf } from '../chains.ts';
import type { ResolverSpec } from '../spec.ts';
import { instanceBehind } from './hops.ts';
import type { ResolverPool } from './pool.ts';

/** One instance of a resolver service on a client's way. */
export interface WayPoint {
  /** Index among the cell's pools. */
  readonly pool: number;
  /** Its fragments: from the first to before the last. */
  readonly first: number;
  readonly end: number;
}

/**
 * Nearest first, each service once.
 * @param pools of the cell
 * @param list the client's list of resolvers, as indexes into them
 * @param client number in its population
 */
export function wayOf(
  resolvers: readonly ResolverSpec[],
  pools: readonly ResolverPool[],
  list: readonly number[],
  client: number,
): readonly WayPoint[] {
  const way = list.map((pool) => pointAt(pools, pool, client % pools[pool]!.place.instances));
  for (const { pool, first } of way) {
    const from = pools[pool]!;
    for (const service of upstreamsOf(resolvers, from.service)) {
      const next = pools.findIndex((one) => one.service === service);
      if (way.some((point) => point.pool === next)) continue;
      way.push(pointAt(pools, next, instanceBehind(from, first, pools[next]!)));
    }
  }
  return way;
}

function pointAt(pools: readonly ResolverPool[], pool: number, instance: number): WayPoint {
  const { fragments } = pools[pool]!.spec;
  return { pool, first: instance * fragments, end: (instance + 1) * fragments };
}
