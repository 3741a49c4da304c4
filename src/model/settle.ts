/**
 * Settling populations into cells: who lives behind which instance of which resolver.
 *
 * One cell per instance of the first resolver in a list, for each distinct list. The clients of a share are
 * spread evenly over the instances; cells nobody lives in are left out. Where resolvers forward, a cell is one
 * instance of the last resolver of a chain with all forwarders behind it and the clients of all lists that lead
 * there.
 *
 * A resolver that sends the region of its clients (RFC 7871) keeps answers that depend on it by region (§7.3). Where
 * its clients ask for such names and live in several regions, each of its instances becomes one cell per region.
 * So it keeps other answers, and delegations, by region too: it misses a little more often than a real one, unless
 * that has caches of its own in each region, as large public resolvers do. A resolver that is forwarded to sees its
 * forwarders as clients and is not divided.
 */
import { chainOf, firstBehind, isChained, lastOf } from './chains.ts';
import type { PopulationSpec, QuestionSpec, ResolverChoice, ResolverSpec, WorldSpec } from './spec.ts';

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
  /** Index of the region its queries come from, where it sends that along (RFC 7871). */
  readonly clientRegion?: number;
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

/** @param isScoped whether answers to a question depend on the region of the client. Absent: none do */
export function planCells(
  spec: WorldSpec,
  isScoped: (question: QuestionSpec) => boolean = () => false,
): readonly CellPlan[] {
  const cells = new Map<string, CellPlan>();
  const divided = dividedServices(spec, isScoped);
  spec.populations.forEach((population, index) => {
    let first = 0;
    const sizes = shareOut(population);
    population.resolvers.forEach((choice, at) => {
      const home = homeOf(spec, choice, divided, population.region);
      for (let instance = 0; instance < home.instances; instance++) {
        const count = home.until(instance + 1, sizes[at]!) - home.until(instance, sizes[at]!);
        if (count === 0) continue;
        const cell = openCell(cells, home, instance);
        const list = listIn(cell, spec.resolvers, home, choice, population.region);
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

/** The services that keep answers apart by region of the client. */
function dividedServices(
  { populations, resolvers }: WorldSpec,
  isScoped: (question: QuestionSpec) => boolean,
): ReadonlySet<number> {
  const divided = new Set<number>();
  resolvers.forEach(({ sendsClientSubnet }, service) => {
    if (!sendsClientSubnet || isChained(resolvers, service)) return;
    const clients = populations.filter(({ resolvers: lists }) =>
      lists.some((choice) => choice.resolvers.includes(service)),
    );
    const regions = new Set(clients.map(({ region }) => region));
    if (regions.size > 1 && clients.some(({ questions }) => questions.some(isScoped))) divided.add(service);
  });
  return divided;
}

function homeOf(
  { resolvers, network }: WorldSpec,
  { resolvers: list }: ResolverChoice,
  divided: ReadonlySet<number>,
  region: number,
): Home {
  const first = list[0]!;
  const last = lastOf(resolvers, first);
  const instances = resolvers[last]!.count;
  const shared = isChained(resolvers, last);
  const named = shared ? [last] : list;
  const isPart = !shared && list.some((service) => divided.has(service));
  const part = isPart ? `@${network.regions[region]}` : '';
  const { count } = resolvers[first]!;
  return {
    name: `${named.map((service) => resolvers[service]!.name).join('+')}${part}`,
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
  region: number,
): number {
  const list = services.map((service) => placeIn(cell, resolvers, home, service, region));
  for (const asked of services) {
    for (const service of chainOf(resolvers, asked)) {
      placeIn(cell, resolvers, home, service, resolvers[asked]!.region);
    }
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
  region: number,
): number {
  const known = pools.findIndex((pool) => pool.service === service);
  if (known >= 0) return known;
  const told = resolvers[service]!.sendsClientSubnet ? { clientRegion: region } : {};
  const isOwn = lastOf(resolvers, service) !== home.service;
  if (isOwn) return pools.push({ service, instances: 1, first: instance, of: home.instances, ...told }) - 1;
  const first = firstBehind(resolvers, service, instance);
  const instances = Math.max(1, firstBehind(resolvers, service, instance + 1) - first);
  return pools.push({ service, instances, first, of: resolvers[service]!.count, ...told }) - 1;
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
