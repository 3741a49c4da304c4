/** Load at every hop between the user and the authorities, in the order a request meets them. */
import { type Micros, SECOND } from '../base/time.ts';
import type { Population } from '../model/clients/population.ts';
import type { World } from '../model/world.ts';
import type { HopRecord } from './record.ts';

export function hopsOf(world: World): readonly HopRecord[] {
  const { spec, populations } = world;
  const scale = scaleOf(world);
  const requests = populations.map(({ tally }) => tally.served.map((n, at) => n + tally.failed[at]!));
  const sum = (pick: (population: Population) => number): number =>
    populations.reduce((total, population) => total + pick(population), 0);
  const bucket = populations[0]?.tally.bucket ?? SECOND;
  const connections = sum(({ tally }) => tally.connectionHits);
  const hops: HopRecord[] = [];
  if (connections > 0) hops.push(hop('kept connections', requests, bucket, scale, connections));
  const applicationHits = sum(({ tally }) => tally.applicationHits);
  hops.push(hop('application cache', requests, bucket, scale, applicationHits));
  const os = populations.map(({ tally }) => tally.osQueries);
  hops.push(
    hop(
      'OS cache',
      os,
      bucket,
      scale,
      sum(({ tally }) => tally.osHits),
    ),
  );
  spec.resolvers.forEach(({ name }, index) => {
    const { queries, hits } = world.loads[index]!;
    hops.push(hop(`resolver ${name}`, [queries], bucket, scale, hits));
  });
  for (const { hop: name, queries, peakPerSecond } of world.outside.load()) {
    hops.push({ hop: name, queries, peakPerSecond, scale });
  }
  return hops;
}

/** Represented users per simulated client, over all populations. */
export function scaleOf({ spec }: World): number {
  const clients = spec.populations.reduce((total, { count }) => total + count, 0);
  const represents = spec.populations.reduce((total, population) => total + population.represents, 0);
  return clients === 0 ? 1 : represents / clients;
}

function hop(
  name: string,
  series: readonly Float64Array[],
  bucket: Micros,
  scale: number,
  hits: number,
): HopRecord {
  const total = series.length === 0 ? [] : Array.from(series[0]!, (_, at) => addUp(series, at));
  const queries = total.reduce((sum, count) => sum + count, 0);
  const peak = total.reduce((highest, count) => Math.max(highest, count), 0);
  return { hop: name, queries, peakPerSecond: (peak * SECOND) / bucket, hits, scale };
}

function addUp(series: readonly Float64Array[], at: number): number {
  return series.reduce((sum, counts) => sum + counts[at]!, 0);
}
