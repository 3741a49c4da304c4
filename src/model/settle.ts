/**
 * Settling populations into cells: who lives behind which instance of which resolver.
 *
 * One cell per instance of the first resolver in a list, for each distinct list. The clients of a share are
 * spread evenly over the instances; cells nobody lives in are left out.
 */
import type { PopulationSpec, ResolverChoice, WorldSpec } from './spec.ts';

/** `count` clients of population `population`, from index `first` on. */
export interface Settlement {
  readonly population: number;
  readonly first: number;
  readonly count: number;
}

export interface CellPlan {
  readonly name: string;
  /** Indexes of the resolver services, in the stubs' order. */
  readonly services: readonly number[];
  /** Number of this instance among those of the first service. */
  readonly instance: number;
  readonly settlements: Settlement[];
}

export function planCells(spec: WorldSpec): readonly CellPlan[] {
  const cells = new Map<string, CellPlan>();
  spec.populations.forEach((population, index) => {
    let first = 0;
    const sizes = shareOut(population);
    population.resolvers.forEach((choice, at) => {
      const instances = spec.resolvers[choice.resolvers[0]!]!.count;
      const size = sizes[at]!;
      for (let instance = 0; instance < instances; instance++) {
        const end = Math.floor(((instance + 1) * size) / instances);
        const count = end - Math.floor((instance * size) / instances);
        if (count === 0) continue;
        openCell(cells, spec, choice, instance).settlements.push({ population: index, first, count });
        first += count;
      }
    });
  });
  return [...cells.values()];
}

function openCell(
  cells: Map<string, CellPlan>,
  spec: WorldSpec,
  choice: ResolverChoice,
  instance: number,
): CellPlan {
  const list = choice.resolvers.map((service) => spec.resolvers[service]!.name).join('+');
  const name = `${list}/${instance}`;
  let cell = cells.get(name);
  if (cell === undefined) {
    cell = { name, services: choice.resolvers, instance, settlements: [] };
    cells.set(name, cell);
  }
  return cell;
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
