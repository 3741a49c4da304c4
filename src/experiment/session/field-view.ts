/** Looking at the cache field again and again while a world is played: who sits where is worked out once. */
import {
  applicationHolding,
  CACHE_STATES,
  type Holding,
  osHolding,
  resolverHolding,
  type Seat,
  seatOf,
} from '../../model/inspect.ts';
import type { World } from '../../model/world.ts';
import type { FieldPlace } from './field.ts';

/** One look at the field. */
export interface FieldLook {
  /** By place: index into CACHE_STATES. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** Places by the endpoint their cache leads to, by index into the endpoints of the spec. */
  readonly towards: readonly number[];
}

/**
 * A client's place shows the nearest cache that keeps anything: its application's, its operating system's, or
 * the first cache of the resolver it sits behind.
 */
export class FieldView {
  readonly #world: World;
  readonly #look: readonly (() => Holding)[];

  /** @param places as `planField` chose them for a world of the same spec */
  constructor(world: World, places: readonly FieldPlace[]) {
    this.#world = world;
    this.#look = places.map((place) => this.#lookerFor(place));
  }

  look(): FieldLook {
    const { outside, spec } = this.#world;
    const towards = new Array<number>(spec.endpoints.length).fill(0);
    const states = Uint8Array.from(this.#look, (holdingAt) => {
      const { state, holds } = holdingAt();
      const endpoint = outside.endpointOf(holds.split(',', 1)[0]!);
      if (endpoint >= 0) towards[endpoint]! += 1;
      return CACHE_STATES.indexOf(state);
    });
    return { states, towards };
  }

  #lookerFor(place: FieldPlace): () => Holding {
    const world = this.#world;
    if (place.kind === 'resolver') {
      const cell = world.cells[place.cell]!;
      const question = [...cell.questions][0]!;
      return () => resolverHolding(world, cell, place.pool, place.fragment, question);
    }
    return this.#clientLooker(seatOf(world, place.population, place.client));
  }

  #clientLooker(seat: Seat): () => Holding {
    const world = this.#world;
    const { spec, slots } = seat.cohort.population;
    const question = slots[0]!.questions[0]!;
    const layers: (() => Holding)[] = [];
    if (spec.application.cache.mode !== 'none') layers.push(() => applicationHolding(world, seat, 0));
    if (spec.stub.cache.mode !== 'none') layers.push(() => osHolding(world, seat, 0));
    if (layers.length === 0) layers.push(() => resolverHolding(world, seat.cell, 0, 0, question));
    return () => {
      const [near, far] = layers;
      const held = near!();
      return held.state === 'empty' && far ? far() : held;
    };
  }
}
