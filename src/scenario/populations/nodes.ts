/** Nodes of a document that nobody wrote. */
import type { Place } from '../../base/issue.ts';
import type { Cited } from '../../profiles/cited.ts';
import type { MapNode, Origin, ScalarNode, TreeNode } from '../document/tree.ts';

/** Makes nodes that stand where a population is named. */
export class NodeMaker {
  readonly #place: Place;
  readonly #preset: string;

  constructor(place: Place, preset: string) {
    this.#place = place;
    this.#preset = preset;
  }

  /** A value of the population itself. */
  cited<T extends string | number>({ source, confidence }: Cited<unknown>, value: T): ScalarNode {
    return this.#scalar(value, { kind: 'preset', preset: this.#preset, source, confidence });
  }

  /** A value that follows from others. */
  derived(value: string | number, why: string): ScalarNode {
    return this.#scalar(value, { kind: 'derived', why });
  }

  map(entries: Readonly<Record<string, TreeNode | undefined>>): MapNode {
    const present = Object.entries(entries).flatMap(([key, node]) =>
      node ? [[key, { keyPlace: this.#place, node }] as const] : [],
    );
    const origin: Origin = { kind: 'derived', why: `part of ${this.#preset}` };
    return { kind: 'map', place: this.#place, origin, entries: new Map(present) };
  }

  #scalar(value: string | number, origin: Origin): ScalarNode {
    return { kind: 'scalar', value, place: this.#place, origin };
  }
}
