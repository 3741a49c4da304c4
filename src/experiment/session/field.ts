/**
 * The cache field: a fair sample of the caches of a world, each with its state at the moment.
 *
 * Resolver caches come first (at most a quarter of the places), then clients spread evenly over each population
 * in proportion to its size. A client's square shows what it would use for its first question: the application's
 * cache, else the operating system's.
 */
import {
  applicationHolding,
  CACHE_STATES,
  type CacheState,
  osHolding,
  resolverHolding,
  type Seat,
  seatOf,
} from '../../model/inspect.ts';
import type { World } from '../../model/world.ts';

/** One square of the field. Numbers are indexes: of the cell, pool and fragment, or of population and client. */
export type FieldPlace =
  | {
      readonly kind: 'resolver';
      readonly label: string;
      readonly cell: number;
      readonly pool: number;
      readonly fragment: number;
    }
  | { readonly kind: 'client'; readonly label: string; readonly population: number; readonly client: number };

/** Chooses at most `size` caches; the same world gives the same choice. */
export function planField(world: World, size: number): readonly FieldPlace[] {
  const resolvers = everyNth(resolverPlaces(world), Math.ceil(size / 4));
  const room = size - resolvers.length;
  const clients = world.populations.reduce((sum, { spec }) => sum + spec.count, 0);
  const sample = world.populations.flatMap(({ spec, index }) => {
    const share = Math.min(spec.count, Math.round((room * spec.count) / clients));
    return Array.from({ length: share }, (_, at): FieldPlace => {
      const client = Math.floor((at * spec.count) / share);
      return { kind: 'client', label: `client ${client} of ${spec.name}`, population: index, client };
    });
  });
  return [...resolvers, ...sample];
}

function resolverPlaces(world: World): readonly FieldPlace[] {
  return world.cells.flatMap(({ name, pools }, cell) =>
    pools.flatMap(({ spec, fragments }, pool) =>
      fragments.map((_, fragment): FieldPlace => {
        const label =
          fragments.length > 1 ? `resolver ${name}, cache ${fragment} of ${spec.name}` : `resolver ${name}`;
        return { kind: 'resolver', label, cell, pool, fragment };
      }),
    ),
  );
}

function everyNth<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]!);
}

/** The state of each place, as an index into CACHE_STATES. */
export function fieldStates(world: World, places: readonly FieldPlace[]): Uint8Array {
  return Uint8Array.from(places, (place) => CACHE_STATES.indexOf(stateOf(world, place)));
}

function stateOf(world: World, place: FieldPlace): CacheState {
  if (place.kind === 'client') return clientState(world, seatOf(world, place.population, place.client));
  const cell = world.cells[place.cell]!;
  const question = [...cell.questions][0]!;
  return resolverHolding(world, cell, place.pool, place.fragment, question).state;
}

function clientState(world: World, seat: Seat): CacheState {
  const application = applicationHolding(world, seat, 0);
  return application.state === 'empty' ? osHolding(world, seat, 0).state : application.state;
}
