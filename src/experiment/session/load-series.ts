/** Load at the servers of the scenario's own providers over time, read off while worlds are played. */
import { SECOND } from '../../base/time.ts';
import { scaleOf } from '../../measure/hops.ts';
import type { World } from '../../model/world.ts';

/** Represented queries per second between two instants, seconds. */
export interface RatePoint {
  readonly from: number;
  readonly to: number;
  readonly perSecond: number;
}

interface Sample {
  readonly now: number;
  readonly queries: number;
}

export class LoadSeries {
  readonly #runs: Sample[][] = [];

  /** @param run worlds are told apart by their number, from 0 */
  sample(world: World, run: number): void {
    const samples = this.#runs[run] ?? [{ now: 0, queries: 0 }];
    this.#runs[run] = samples;
    const now = world.now / SECOND;
    if (now > samples.at(-1)!.now) samples.push({ now, queries: authorityQueries(world) * scaleOf(world) });
  }

  /** Mean over the runs, on the instants of the first. @param offset seconds added to every instant */
  points(offset: number): readonly RatePoint[] {
    const [first = []] = this.#runs;
    return first.slice(1).map(({ now }, index) => {
      const from = first[index]!.now;
      const queries = this.#runs.map((run) => at(run, now) - at(run, from));
      const mean = queries.reduce((sum, count) => sum + count, 0) / queries.length;
      return { from: from + offset, to: now + offset, perSecond: mean / (now - from) };
    });
  }
}

/** Queries up to an instant, straight lines between samples. */
function at(samples: readonly Sample[], now: number): number {
  const next = samples.findIndex((sample) => sample.now >= now);
  if (next < 0) return samples.at(-1)!.queries;
  const [before, after] = [samples[Math.max(0, next - 1)]!, samples[next]!];
  if (after.now === before.now) return after.queries;
  const share = (now - before.now) / (after.now - before.now);
  return before.queries + share * (after.queries - before.queries);
}

/** Simulated queries so far at the scenario's providers; root and top-level domains stand apart. */
export function authorityQueries({ outside }: World): number {
  return outside
    .load()
    .filter(({ hop }) => hop !== 'root' && !hop.endsWith('.'))
    .reduce((sum, { queries }) => sum + queries, 0);
}
