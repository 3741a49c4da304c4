/**
 * The same world with fewer clients, so that it answers at once.
 *
 * Cells (a resolver with the clients behind it) meet only at the authorities, so a smaller world is a sample of
 * cells: clients and resolver instances shrink together, and the people they stand for stay the same. What each
 * cache sees, how long recovery takes and the represented load are unbiased; only chance weighs more.
 */
import type { WorldSpec } from '../../model/spec.ts';

/** @param clients at most so many simulated clients, at least 1; a smaller world stays as it is */
export function scaleSpec(spec: WorldSpec, clients: number): WorldSpec {
  const total = spec.populations.reduce((sum, { count }) => sum + count, 0);
  if (total <= clients) return spec;
  const part = (count: number): number => Math.max(1, Math.round((count * clients) / total));
  return {
    ...spec,
    populations: spec.populations.map((population) => ({ ...population, count: part(population.count) })),
    resolvers: spec.resolvers.map((resolver) => ({ ...resolver, count: part(resolver.count) })),
  };
}

/** Healthy time kept before the first event when a world is cut short. */
const LEAD_SHARE = 0.1;

/**
 * The same world without most of the uneventful time before the first fault or change, for previews: everything
 * of the timeline happens earlier by the time left out. Caches that fill only during the run (those of clients)
 * have less time for it, so a preview is rougher than a run where clients keep answers for long.
 * @returns the world, and the time left out in microseconds
 */
export function withoutPrelude(spec: WorldSpec): { readonly spec: WorldSpec; readonly skipped: number } {
  const first = spec.timeline[0]?.at ?? 0;
  const skipped = Math.floor(first * (1 - LEAD_SHARE));
  if (skipped <= 0) return { spec, skipped: 0 };
  const timeline = spec.timeline.map((item) => {
    if (item.kind === 'change') return { ...item, at: item.at - skipped };
    return { ...item, at: item.at - skipped, until: item.until - skipped };
  });
  return { spec: { ...spec, duration: spec.duration - skipped, timeline }, skipped };
}
