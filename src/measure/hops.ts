/** Load at every hop between the user and the authorities, in the order a request meets them. */
import { SECOND } from '../base/time.ts';
import { nearestFirst } from '../model/chains.ts';
import type { Population } from '../model/clients/population.ts';
import type { World } from '../model/world.ts';
import type { HopRecord } from './record.ts';

export function hopsOf(world: World): readonly HopRecord[] {
  const { spec, populations } = world;
  const requests = populations.map(({ tally }) => tally.served.map((n, at) => n + tally.failed[at]!));
  const lookups = populations.map(({ tally }, index) =>
    requests[index]!.map((count, at) => count + tally.furtherLookups[at]!),
  );
  const os = populations.map(({ tally }) => tally.osQueries);
  const sum = (pick: (population: Population) => number): number =>
    populations.reduce((total, population) => total + pick(population), 0);
  const connections = sum(({ tally }) => tally.connectionHits);
  const applicationHits = sum(({ tally }) => tally.applicationHits);
  const osHits = sum(({ tally }) => tally.osHits);
  const resolvers = nearestFirst(spec.resolvers).map((index) => {
    const { queries, hits } = world.loads[index]!;
    return cacheHop(world, `resolver ${spec.resolvers[index]!.name}`, [queries], hits);
  });
  return [
    ...(connections > 0 ? [cacheHop(world, 'kept connections', requests, connections)] : []),
    cacheHop(world, 'application cache', lookups, applicationHits),
    cacheHop(world, 'OS cache', os, osHits),
    ...resolvers,
    ...authorityHops(world),
  ];
}

function authorityHops(world: World): readonly HopRecord[] {
  const scale = scaleOf(world);
  const { start, end } = world.queriesAtFault;
  return world.outside.load().map(({ hop, queries, peakPerSecond }, index) => {
    const before = start?.[index] ?? queries;
    const during = (end?.[index] ?? queries) - before;
    return { hop, queries, peakPerSecond, scale, ...around(world, before, during) };
  });
}

/** What fell before the fault window and into it, where the run got that far. */
function around(world: World, before: number, during: number): Pick<HopRecord, 'around'> {
  const { start, end } = world.faultWindow;
  const duringMicros = Math.min(end, world.now) - start;
  return start > 0 && duringMicros > 0
    ? { around: { before, during, beforeMicros: start, duringMicros } }
    : {};
}

/** Represented users per simulated client, over all populations. */
export function scaleOf({ spec }: World): number {
  const clients = spec.populations.reduce((total, { count }) => total + count, 0);
  const represents = spec.populations.reduce((total, population) => total + population.represents, 0);
  return clients === 0 ? 1 : represents / clients;
}

/** A hop on the way to the authorities, counted by bucket; the fault window is read to whole buckets. */
function cacheHop(world: World, name: string, series: readonly Float64Array[], hits: number): HopRecord {
  const bucket = world.populations[0]?.tally.bucket ?? SECOND;
  const total = series.length === 0 ? [] : Array.from(series[0]!, (_, at) => addUp(series, at));
  const sum = (from: number, to: number): number => total.slice(from, to).reduce((a, b) => a + b, 0);
  const first = Math.floor(world.faultWindow.start / bucket);
  return {
    hop: name,
    queries: sum(0, total.length),
    peakPerSecond: (total.reduce((highest, count) => Math.max(highest, count), 0) * SECOND) / bucket,
    hits,
    scale: scaleOf(world),
    ...around(world, sum(0, first), sum(first, Math.ceil(world.faultWindow.end / bucket))),
  };
}

function addUp(series: readonly Float64Array[], at: number): number {
  return series.reduce((sum, counts) => sum + counts[at]!, 0);
}
