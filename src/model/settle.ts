/**
 * Settling populations into cells: who lives behind which instance of which resolver.
 *
 * One cell per instance of the first resolver in a list, for each distinct list. The clients of a share are
 * spread evenly over the instances; cells nobody lives in are left out. Where resolvers forward, a cell is one
 * instance of the last resolver of a chain with all forwarders behind it and the clients of all lists that lead
 * there.
 */
import { chainOf, firstBehind, isChained, lastOf } from './chains.ts';
import type { PopulationSpec, ResolverChoice, ResolverSpec, WorldSpec } from './spec.ts';

/** `count` clients of population `population`, from index `first` on. */
export interface Settlement {
  readonly population: number;
  readonly first: number;
  readonly count: number;
  /** Which of the cell's lists of resolvers they have. */
  readonly list: number;
}

/** The instances of one service that a cell holds. */
export interface PoolPlan {
  /** Index of the service. */
  readonly service: number;
  readonly instances: number;
  /** Number of the first among all instances of its service (for those the cell has to itself: of the cell). */
  readonly first: number;
  /** How many there are to number. */
  readonly of: number;
}

export interface CellPlan {
  readonly name: string;
  /** Number of this instance among those of the first (of a chain: the last) service. */
  readonly instance: number;
  readonly pools: PoolPlan[];
  /** Lists of resolvers, in the stubs' order, as indexes into `pools`. */
  readonly lists: (readonly number[])[];
  readonly settlements: Settlement[];
}

export function planCells(spec: WorldSpec): readonly CellPlan[] {
  const cells = new Map<string, CellPlan>();
  spec.populations.forEach((population, index) => {
    let first = 0;
    const sizes = shareOut(population);
    population.resolvers.forEach((choice, at) => {
      const home = homeOf(spec.resolvers, choice);
      for (let instance = 0; instance < home.instances; instance++) {
        const count = home.until(instance + 1, sizes[at]!) - home.until(instance, sizes[at]!);
        if (count === 0) continue;
        const cell = openCell(cells, home, instance);
        const list = listIn(cell, spec.resolvers, home, choice);
        cell.settlements.push({ population: index, first, count, list });
        first += count;
      }
    });
  });
  return [...cells.values()];
}

/** The cells the clients of one list live in. */
interface Home {
  readonly name: string;
  /** The service that has one instance in each cell. */
  readonly service: number;
  readonly instances: number;
  /** How many of `size` clients live in the cells before `instance`. */
  until(instance: number, size: number): number;
}

function homeOf(resolvers: readonly ResolverSpec[], { resolvers: list }: ResolverChoice): Home {
  const first = list[0]!;
  const last = lastOf(resolvers, first);
  const instances = resolvers[last]!.count;
  const shared = isChained(resolvers, last);
  const named = shared ? [last] : list;
  const { count } = resolvers[first]!;
  return {
    name: named.map((service) => resolvers[service]!.name).join('+'),
    service: last,
    instances,
    until: (instance, size) => Math.floor((firstBehind(resolvers, first, instance) * size) / count),
  };
}

function openCell(cells: Map<string, CellPlan>, home: Home, instance: number): CellPlan {
  const name = `${home.name}/${instance}`;
  let cell = cells.get(name);
  if (cell === undefined) {
    cell = { name, instance, pools: [], lists: [], settlements: [] };
    cells.set(name, cell);
  }
  return cell;
}

/** The number of a list in its cell, with its services and all they forward to placed there. */
function listIn(
  cell: CellPlan,
  resolvers: readonly ResolverSpec[],
  home: Home,
  { resolvers: services }: ResolverChoice,
): number {
  const list = services.map((service) => placeIn(cell, resolvers, home, service));
  for (const service of services.flatMap((one) => chainOf(resolvers, one))) {
    placeIn(cell, resolvers, home, service);
  }
  const known = cell.lists.findIndex((other) => other.join() === list.join());
  return known >= 0 ? known : cell.lists.push(list) - 1;
}

/** Index among the cell's pools; a service that is new there is added. */
function placeIn(
  { pools, instance }: CellPlan,
  resolvers: readonly ResolverSpec[],
  home: Home,
  service: number,
): number {
  const known = pools.findIndex((pool) => pool.service === service);
  if (known >= 0) return known;
  const isOwn = lastOf(resolvers, service) !== home.service;
  if (isOwn) return pools.push({ service, instances: 1, first: instance, of: home.instances }) - 1;
  const first = firstBehind(resolvers, service, instance);
  const instances = Math.max(1, firstBehind(resolvers, service, instance + 1) - first);
  return pools.push({ service, instances, first, of: resolvers[service]!.count }) - 1;
}

/** Whole numbers of clients per share that add up to the population (largest remainders get the rest). */
function shareOut({ count, resolvers }: PopulationSpec): readonly number[] {
  const exact = resolvers.map(({ share }) => share * count);
  const sizes = exact.map(Math.floor);
  const missing = count - sizes.reduce((sum, size) => sum + size, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let extra = 0; extra < missing; extra++) sizes[byRemainder[extra % sizes.length]!.index]! += 1;
  return sizes;
}
