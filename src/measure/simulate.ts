/** Plays one replication of one world and measures it. */
import type { Micros } from '../base/time.ts';
import type { Observation } from '../model/clients/observation.ts';
import type { WorldSpec } from '../model/spec.ts';
import { World } from '../model/world.ts';
import { hopsOf, scaleOf } from './hops.ts';
import { populationRecord } from './population-record.ts';
import type { ReplicationRecord } from './record.ts';

export interface SimulateOptions {
  /** Told the virtual time reached, about every hundredth of the horizon; `false` ends the run there. */
  readonly onProgress?: (reached: Micros) => boolean | undefined;
  /** Told every finished request. Certain requests are then played one by one instead of being counted. */
  readonly observer?: (observation: Observation) => void;
}

const SLICES = 100;

/** @param replication from 0; each has random streams of its own. */
export function simulateReplication(
  spec: WorldSpec,
  seed: number,
  replication: number,
  options: SimulateOptions = {},
): ReplicationRecord {
  const { observer, onProgress } = options;
  const world = new World(spec, seed, replication, observer ? { observer } : {});
  for (let slice = 1; slice <= SLICES; slice++) {
    world.runUntil(Math.round((spec.duration * slice) / SLICES));
    if (onProgress?.(world.now) === false) break;
  }
  return measure(world, replication);
}

/** The record of a world as it stands: at its horizon, or wherever it was stopped. */
export function measure(world: World, replication: number): ReplicationRecord {
  const overallScale = scaleOf(world);
  const weighted = world.populations.map((population) => ({
    population,
    weight: population.spec.represents / population.spec.count / overallScale,
  }));
  const overall = populationRecord('overall', weighted, world);
  const each = world.populations.map((population) =>
    populationRecord(population.spec.name, [{ population, weight: 1 }], world),
  );
  const events = world.cells.reduce((sum, cell) => sum + cell.simulation.executed, 0);
  const requests = each.reduce((sum, { total }) => sum + total.reduce((a, b) => a + b, 0), 0);
  return {
    replication,
    digest: world.digest(),
    events,
    requests,
    reached: world.now,
    populations: [overall, ...each],
    hops: hopsOf(world),
    reactions: [...world.outside.reactions],
  };
}
