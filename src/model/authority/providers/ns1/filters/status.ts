/** Filters by state, tier and load: `up`, `priority`, `cost`, `shed_load`. */
import type { MetaKey } from '../rule.ts';
import { type Filter, type FilterView, type Items, type Stage, simple, sortedBy } from './filter.ts';

export const UP: Filter = simple('removes', 'removes answers that are not up', (items, _, view) =>
  items.filter((item) => view.metadata.flag(item, 'up') ?? view.disputes.missingUp === 'keep'),
);

function tiered(key: MetaKey, about: string): Filter {
  return simple('sorts or removes', about, (items, { eliminate = false }, { metadata }) => {
    // Assumption: answers without the value come last.
    const rankOf = (item: number): number => metadata.number(item, key) ?? Number.POSITIVE_INFINITY;
    const sorted = sortedBy(items, rankOf);
    if (!eliminate) return sorted;
    const best = sorted.length > 0 ? rankOf(sorted[0]!) : 0;
    return sorted.filter((item) => rankOf(item) === best);
  });
}

export const PRIORITY: Filter = tiered('priority', 'sorts by priority, 1 first');
export const COST: Filter = tiered('cost', 'sorts by cost, the cheapest first');

/** Below the low watermark nothing; between the two a rising chance to go last; from the high one on removed. */
export const SHED_LOAD: Filter = {
  does: 'sorts or removes',
  about: 'puts answers under load last, with a rising chance, and removes those at the high watermark',
  stages: ({ metric = 'loadavg' }, view) =>
    view.all.flatMap((item): Stage[] => {
      const chance = sheddingChance(item, metric, view);
      if (chance <= 0) return [];
      return [(items) => (items.includes(item) ? shed(items, item, chance) : items)];
    }),
};

/** 0 below the low watermark, 1 from the high one on; 0 where a value is missing. */
function sheddingChance(item: number, metric: MetaKey, { metadata }: FilterView): number {
  const load = metadata.number(item, metric);
  const low = metadata.number(item, 'low_watermark');
  const high = metadata.number(item, 'high_watermark');
  if (load === undefined || low === undefined || high === undefined) return 0;
  if (load >= high) return 1;
  return Math.max(0, (load - low) / (high - low));
}

function shed(items: Items, item: number, chance: number): ReturnType<Stage> {
  const others = items.filter((other) => other !== item);
  if (chance >= 1) return others;
  const ways = [
    { items, weight: 1 - chance },
    { items: [...others, item], weight: chance },
  ];
  return { by: 'query', ways };
}
