/**
 * Filters by what real users measure (Pulsar): latency in milliseconds, availability in percent. Each is bypassed
 * unless every answer has data.
 */
import type { MetaKey } from '../rule.ts';
import { type Filter, type FilterView, type Items, simple, sortedBy } from './filter.ts';

function measured(
  key: MetaKey,
  does: Filter['does'],
  about: string,
  run: (items: Items, measureOf: (item: number) => number, config: Parameters<Filter['stages']>[0]) => Items,
): Filter {
  const filter = simple(does, about, (items, config, { metadata }: FilterView) => {
    const known = items.every((item) => metadata.number(item, key) !== undefined);
    return known ? run(items, (item) => metadata.number(item, key)!, config) : items;
  });
  return { ...filter, isScoped: true };
}

export const PULSAR_PERFORMANCE_SORT: Filter = measured(
  'pulsar_latency',
  'sorts',
  'sorts by latency as users measure it',
  (items, latencyOf) => sortedBy(items, latencyOf),
);

export const PULSAR_PERFORMANCE_STABILIZE: Filter = measured(
  'pulsar_latency',
  'removes',
  'removes answers much slower than the fastest',
  (items, latencyOf, { threshold = 0, unit = 'percent' }) => {
    const best = Math.min(...items.map(latencyOf));
    const limit = unit === 'percent' ? best * (1 + threshold / 100) : best + threshold;
    return items.filter((item) => latencyOf(item) <= limit);
  },
);

export const PULSAR_AVAILABILITY_SORT: Filter = measured(
  'pulsar_availability',
  'sorts',
  'sorts by availability as users measure it',
  (items, availabilityOf) => sortedBy(items, (item) => -availabilityOf(item)),
);

export const PULSAR_AVAILABILITY_THRESHOLD: Filter = measured(
  'pulsar_availability',
  'removes',
  'removes answers less available than the threshold',
  (items, availabilityOf, { threshold = 0 }) => items.filter((item) => availabilityOf(item) >= threshold),
);
