import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { planCells } from '../../src/model/settle.ts';
import type { PopulationSpec, ResolverSpec, WorldSpec } from '../../src/model/spec.ts';
import { World } from '../../src/model/world.ts';
import { drill, population, resolver } from './clients/population-world.ts';

type Shares = readonly (readonly [share: number, resolvers: readonly number[]])[];

const users = (name: string, count: number, shares: Shares): PopulationSpec =>
  population({ name, count, resolvers: shares.map(([share, resolvers]) => ({ share, resolvers })) });

const services = (...counts: readonly number[]): ResolverSpec[] =>
  counts.map((count, at) => resolver({ name: 'abc'[at]!, count }));

/** Cells as text: `a/0: 0 from 0 to 5, 1 from 0 to 3`. */
function plan(resolvers: readonly ResolverSpec[], populations: readonly PopulationSpec[]): string[] {
  return planCells(drill({ resolvers, populations })).map(({ name, settlements }) => {
    const who = settlements.map(
      ({ population: index, first, count }) => `${index} from ${first} to ${first + count}`,
    );
    return `${name}: ${who.join(', ')}`;
  });
}

describe('who lives where', () => {
  const rows: [what: string, resolvers: ResolverSpec[], populations: PopulationSpec[], cells: string[]][] = [
    ['one resolver', services(1), [users('u', 5, [[1, [0]]])], ['a/0: 0 from 0 to 5']],
    [
      'spread evenly over instances',
      services(3),
      [users('u', 7, [[1, [0]]])],
      ['a/0: 0 from 0 to 2', 'a/1: 0 from 2 to 4', 'a/2: 0 from 4 to 7'],
    ],
    [
      'fewer clients than instances: nobody lives in some',
      services(4),
      [users('u', 2, [[1, [0]]])],
      ['a/1: 0 from 0 to 1', 'a/3: 0 from 1 to 2'],
    ],
    [
      'shares, one instance each',
      services(1, 1),
      [users('u', 10, [[0.7, [0]], [0.3, [1]]])], // biome-ignore format: a table
      ['a/0: 0 from 0 to 7', 'b/0: 0 from 7 to 10'],
    ],
    [
      'the largest remainder gets the rest',
      services(1, 1, 1),
      [users('u', 10, [[0.5, [0]], [0.26, [1]], [0.24, [2]]])], // biome-ignore format: a table
      ['a/0: 0 from 0 to 5', 'b/0: 0 from 5 to 8', 'c/0: 0 from 8 to 10'],
    ],
    [
      'of equal remainders the first',
      services(1, 1),
      [users('u', 3, [[0.5, [0]], [0.5, [1]]])], // biome-ignore format: a table
      ['a/0: 0 from 0 to 2', 'b/0: 0 from 2 to 3'],
    ],
    [
      'several populations share a cell',
      services(2),
      [users('u', 4, [[1, [0]]]), users('v', 2, [[1, [0]]])],
      ['a/0: 0 from 0 to 2, 1 from 0 to 1', 'a/1: 0 from 2 to 4, 1 from 1 to 2'],
    ],
    [
      'ordered lists are cells of their own, one for each instance of the first',
      services(2, 1),
      [users('u', 8, [[0.5, [0]], [0.5, [0, 1]]])], // biome-ignore format: a table
      ['a/0: 0 from 0 to 2', 'a/1: 0 from 2 to 4', 'a+b/0: 0 from 4 to 6', 'a+b/1: 0 from 6 to 8'],
    ],
    [
      'the order of a list matters',
      services(1, 1),
      [users('u', 4, [[0.5, [0, 1]], [0.5, [1, 0]]])], // biome-ignore format: a table
      ['a+b/0: 0 from 0 to 2', 'b+a/0: 0 from 2 to 4'],
    ],
    [
      'a share of nothing',
      services(1, 1),
      [
        users('u', 4, [
          [1, [0]],
          [0, [1]],
        ]),
      ],
      ['a/0: 0 from 0 to 4'],
    ],
  ];
  test.each(rows)('%s', (_, resolvers, populations, cells) => {
    expect(plan(resolvers, populations)).toEqual(cells);
  });

  it('everybody lives somewhere, once, in order, and instances differ by at most one', () => {
    const choice = fc.record({
      weight: fc.integer({ min: 1, max: 9 }),
      service: fc.integer({ min: 0, max: 2 }),
    });
    const drawn = fc.record({
      counts: fc.tuple(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
      ),
      clients: fc.integer({ min: 1, max: 60 }),
      choices: fc.uniqueArray(choice, { minLength: 1, maxLength: 3, selector: ({ service }) => service }),
    });
    fc.assert(
      fc.property(drawn, ({ counts, clients, choices }) => {
        const sum = choices.reduce((total, { weight }) => total + weight, 0);
        const shares = choices.map(({ weight, service }) => [weight / sum, [service]] as const);
        const cells = planCells(
          drill({ resolvers: services(...counts), populations: [users('u', clients, shares)] }),
        );
        const settled = cells.flatMap(({ settlements }) => settlements);
        let next = 0;
        for (const { first, count } of settled) {
          expect(first).toBe(next);
          expect(count).toBeGreaterThan(0);
          next += count;
        }
        expect(next).toBe(clients);
        for (const { weight, service } of choices) {
          const here = cells
            .filter((cell) => cell.pools[0]!.service === service)
            .flatMap((cell) => cell.settlements);
          const sizes = here.map(({ count }) => count);
          const all = sizes.reduce((total, size) => total + size, 0);
          expect(Math.abs(all - (clients * weight) / sum)).toBeLessThan(1);
          if (all >= counts[service]!) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 21, numRuns: 500 },
    );
  });
});

describe('cells', () => {
  it('have all resolvers of the list, in its order', () => {
    const spec: WorldSpec = drill({ resolvers: services(2, 3), populations: [users('u', 4, [[1, [1, 0]]])] });
    const { cells } = new World(spec, 1, 0);
    expect(cells.map(({ pools }) => pools.map((pool) => pool.spec.name))).toEqual([['b', 'a'], ['b', 'a'], ['b', 'a']].slice(0, cells.length)); // biome-ignore format: short
    expect(cells).toHaveLength(3);
  });
});
