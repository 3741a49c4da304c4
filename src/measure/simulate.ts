/** Plays one replication of one world and measures it. */
import type { Micros } from '../base/time.ts';
import type { Observation } from '../model/clients/observation.ts';
import type { WorldSpec } from '../model/spec.ts';
import { World } from '../model/world.ts';
import { billOf } from './cost/bill.ts';
import { hopsOf, scaleOf } from './hops.ts';
import { type Losses, lossesOf, populationRecord } from './population-record.ts';
import type { PopulationRecord, ReplicationRecord } from './record.ts';

export interface SimulateOptions {
  /** Told the virtual time reached, up to a hundred times a run; `false` ends the run there. */
  readonly onProgress?: (reached: Micros) => boolean | undefined;
  /** Told every finished request. Certain requests are then played one by one instead of being counted. */
  readonly observer?: (observation: Observation) => void;
}

/**
 * Requests worth a slice: cells are played one after the other in each, and every cell's memory has to come back
 * into the processor's caches, so thin slices cost (a third of the time at 10^6 clients in 100 slices).
 */
const REQUESTS_PER_SLICE = 3_000_000;
/** Fewer would leave a run of few requests and much else without news of it. */
const FEWEST_SLICES = 10;
const MOST_SLICES = 100;

/** Into how many slices of time a run is cut, to tell how far it is and to be stopped. */
function slicesOf({ populations, duration }: WorldSpec): number {
  const requests = populations.reduce((sum, { count, workload }) => {
    const perTurn = workload.kind === 'sessions' ? workload.requests : 1;
    return sum + (count * perTurn * duration) / workload.every;
  }, 0);
  return Math.min(Math.max(Math.ceil(requests / REQUESTS_PER_SLICE), FEWEST_SLICES), MOST_SLICES);
}

/** @param replication from 0; each has random streams of its own. */
export function simulateReplication(
  spec: WorldSpec,
  seed: number,
  replication: number,
  options: SimulateOptions = {},
): ReplicationRecord {
  const { observer, onProgress } = options;
  const world = new World(spec, seed, replication, observer ? { observer } : {});
  const slices = slicesOf(spec);
  for (let slice = 1; slice <= slices; slice++) {
    world.runUntil(Math.round((spec.duration * slice) / slices));
    if (onProgress?.(world.now) === false) break;
  }
  return measure(world, replication);
}

/** The record of one population; that of the group before it where it is the first of one. */
function recordsAt(
  world: World,
  index: number,
  each: readonly PopulationRecord[],
  losses: readonly Losses[],
): PopulationRecord[] {
  const group = world.spec.groups?.find(({ populations }) => populations.includes(index));
  const record = each[index]!;
  if (group === undefined) return [record];
  const member = { ...record, within: group.name };
  if (group.populations[0] !== index) return [member];
  const members = group.populations.map((at) => ({
    population: world.populations[at]!,
    losses: losses[at]!,
  }));
  const count = members.reduce((sum, { population }) => sum + population.spec.count, 0);
  const represents = members.reduce((sum, { population }) => sum + population.spec.represents, 0);
  const weighted = members.map((one) => ({
    ...one,
    weight: (one.population.spec.represents / one.population.spec.count) * (count / represents),
  }));
  return [populationRecord(group.name, weighted, world), member];
}

/** The record of a world as it stands: at its horizon, or wherever it was stopped. */
export function measure(world: World, replication: number): ReplicationRecord {
  const overallScale = scaleOf(world);
  const losses = world.populations.map((population) => lossesOf(population, world));
  const weighted = world.populations.map((population, at) => ({
    population,
    losses: losses[at]!,
    weight: population.spec.represents / population.spec.count / overallScale,
  }));
  const overall = populationRecord('overall', weighted, world);
  const each = weighted.map((one) =>
    populationRecord(one.population.spec.name, [{ ...one, weight: 1 }], world),
  );
  const told = each.flatMap((_, index) => recordsAt(world, index, each, losses));
  const events = world.cells.reduce((sum, cell) => sum + cell.simulation.executed, 0);
  const requests = each.reduce((sum, { total }) => sum + total.reduce((a, b) => a + b, 0), 0);
  const cost = billOf(world, overallScale);
  return {
    replication,
    digest: world.digest(),
    events,
    requests,
    reached: world.now,
    populations: [overall, ...told],
    hops: hopsOf(world),
    reactions: [...world.outside.reactions],
    ...(cost && { cost }),
  };
}
