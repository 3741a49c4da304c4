/** Rows that ask the same of each of the four recursive resolvers. */
import type { Implementation, Kind, Row } from '../contract.ts';

/** Unbound, BIND, PowerDNS Recursor, Knot Resolver; a pair is a range; undefined where nothing was measured. */
export type Measured = readonly (number | string | readonly [number, number] | undefined)[];

const FOUR: readonly Implementation[] = ['unbound', 'bind', 'pdns-recursor', 'knot-resolver'];

interface Asked {
  readonly section: string;
  readonly slug: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kind: Kind;
  /** Resolvers whose share is one draw: runs of the real program, as of the simulated one, differ by more than allowed. */
  readonly byChance?: readonly Implementation[];
  readonly measured: Measured;
  readonly play: (implementation: Implementation, seed: number) => number | string;
}

/** One row for each resolver that was measured. */
export function ofEach({ section, slug, quantity, unit, kind, byChance = [], measured, play }: Asked): Row[] {
  return FOUR.flatMap((implementation, index) => {
    const value = measured[index];
    if (value === undefined) return [];
    const [from, to] = typeof value === 'object' ? value : [value, undefined];
    return {
      id: `${section}/${implementation}/${slug}`,
      section,
      implementation,
      quantity,
      measured: from,
      ...(to === undefined ? {} : { measuredTo: to }),
      unit,
      kind: byChance.includes(implementation) ? 'random-share' : kind,
      play: (seed: number) => play(implementation, seed),
    };
  });
}
