/** Filters that shuffle, keep an order for each requester, or keep the head of the list. */

import type { FilterConfig } from '../rule.ts';
import { type ChosenBy, type Filter, type FilterView, type Items, type Stage, simple } from './filter.ts';
import { evenOrders, weightedOrders } from './orders.ts';

/** Assumption: an answer without a weight has weight 1. */
function weightIn({ metadata }: FilterView): (item: number) => number {
  return (item) => Math.max(0, metadata.number(item, 'weight') ?? 1);
}

function stickiness({ byNetwork = false }: FilterConfig): ChosenBy {
  return byNetwork ? 'subnet' : 'requester';
}

export const SHUFFLE: Filter = simple('sorts', 'shuffles', (items, _, { heads }) => ({
  by: 'query',
  ways: evenOrders(items, heads),
}));

export const WEIGHTED_SHUFFLE: Filter = simple('sorts', 'shuffles by weight', (items, _, view) => ({
  by: 'query',
  ways: weightedOrders(items, weightIn(view), view.heads),
}));

export const STICKY: Filter = simple('sorts', 'one order for each requester', (items, config, { heads }) => ({
  by: stickiness(config),
  ways: evenOrders(items, heads),
}));

export const WEIGHTED_STICKY: Filter = simple(
  'sorts',
  'one order for each requester, by weight',
  (items, config, view) => ({
    by: stickiness(config),
    ways: weightedOrders(items, weightIn(view), view.heads),
  }),
);

export const STICKY_REGION: Filter = {
  does: 'sorts',
  about: 'groups in one order for each requester, shuffled inside',
  stages(config, { metadata, all }) {
    const group = (item: number): string => metadata.group(item);
    const groups = [...new Set(all.map(group))];
    const arrange: Stage = (items) => {
      const present = groups.flatMap((name, at) => (items.some((item) => group(item) === name) ? [at] : []));
      const ways = evenOrders(present, Number.POSITIVE_INFINITY).map((order) => ({
        items: order.items.flatMap((at) => items.filter((item) => group(item) === groups[at])),
        weight: 1,
      }));
      return { by: stickiness(config), ways };
    };
    return [
      arrange,
      ...groups.map(
        (name): Stage =>
          (items) =>
            shuffledInside(items, name, group),
      ),
    ];
  },
};

function shuffledInside(items: Items, name: string, group: (item: number) => string): ReturnType<Stage> {
  const inside = items.filter((item) => group(item) === name);
  const ways = evenOrders(inside, Number.POSITIVE_INFINITY).map((order) => {
    let next = 0;
    return {
      items: items.map((item) => (group(item) === name ? order.items[next++]! : item)),
      weight: 1,
    };
  });
  return { by: 'query', ways };
}

export const SELECT_FIRST_N: Filter = simple('removes', 'keeps the first N', (items, { n = 1 }) =>
  items.slice(0, n),
);

export const SELECT_FIRST_REGION: Filter = simple(
  'removes',
  "keeps the first answer's group",
  (items, _, { metadata }) => items.filter((item) => metadata.group(item) === metadata.group(items[0]!)),
);

/** Every answer with prefixes becomes N of its addresses, drawn at random. */
export const IPV4_PREFIX_SHUFFLE: Filter = {
  does: 'sorts or removes',
  about: 'answers N addresses out of the prefixes of each answer, at random',
  stages: ({ n = 1 }, { pools, all }) =>
    all.flatMap((item): Stage[] => {
      const pool = pools(item);
      return pool.length === 0 ? [] : [(items) => drawnFrom(items, item, pool, n)];
    }),
};

function drawnFrom(items: Items, item: number, pool: Items, n: number): ReturnType<Stage> {
  if (!items.includes(item)) return items;
  const ways = evenOrders(pool, Number.POSITIVE_INFINITY).map((order) => ({
    items: items.flatMap((one) => (one === item ? order.items.slice(0, n) : [one])),
    weight: 1,
  }));
  return { by: 'query', ways };
}
