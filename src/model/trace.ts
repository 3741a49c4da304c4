/** The story of one request: made by one client at one moment of a run, told step by step. */
import { MILLISECOND, MINUTE, type Micros } from '../base/time.ts';
import type { Name } from '../dns/data/name.ts';
import type { TraceStep } from './clients/observation.ts';
import type { WorldSpec } from './spec.ts';
import { World } from './world.ts';

export interface TraceOptions {
  /** When the request is made, before the end of the run. */
  readonly at: Micros;
  /** Name of a population; the first when absent. */
  readonly population?: string;
  /** Index of the client in its population, 0 when absent. */
  readonly client?: number;
  /** One of the names the population asks for; its first when absent. */
  readonly name?: Name;
}

/** A request that is not finished after this long is left to its fate. */
const LONGEST: Micros = 10 * MINUTE;
/** The run goes on in slices this long until the request is finished. */
const SLICE: Micros = 100 * MILLISECOND;

/**
 * Plays the run up to `at`, makes the request and follows it to its outcome.
 * @throws RangeError when the population, client or name does not exist, or `at` lies outside the run.
 */
export function traceRequest(
  spec: WorldSpec,
  seed: number,
  replication: number,
  options: TraceOptions,
): readonly TraceStep[] {
  const asker = findAsker(spec, options);
  const world = new World(spec, seed, replication);
  world.runUntil(options.at);
  return traceIn(world, asker);
}

/** Who makes a traced request, by index. */
export interface Asker {
  readonly population: number;
  readonly client: number;
  /** Index into the questions of the population. */
  readonly question: number;
}

/** @throws RangeError as `traceRequest` */
export function findAsker(spec: WorldSpec, options: TraceOptions): Asker {
  const { at, client = 0 } = options;
  const population = populationIndex(spec, options.population);
  const { count, questions, name } = spec.populations[population]!;
  const question = options.name ? questions.findIndex((one) => one.name === options.name) : 0;
  if (question < 0) throw new RangeError(`the clients of ${name} never ask for ${options.name}`);
  if (!(client >= 0 && client < count)) throw new RangeError(`${name} has clients 0 to ${count - 1}`);
  if (!(at >= 0 && at < spec.duration)) throw new RangeError('the request must be made during the run');
  return { population, client, question };
}

function populationIndex({ populations }: WorldSpec, name: string | undefined): number {
  const index = name === undefined ? 0 : populations.findIndex((population) => population.name === name);
  if (index < 0) throw new RangeError(`there is no population called ${name}`);
  return index;
}

/** Makes a request in a world that stands still, now, and plays on until its outcome. The world moves on with it. */
export function traceIn(world: World, { population, client, question }: Asker): readonly TraceStep[] {
  const steps: TraceStep[] = [];
  const start = world.now;
  for (const cell of world.cells) {
    const cohort = cell.cohorts.find(
      (one) => one.population.index === population && client >= one.first && client < one.first + one.count,
    );
    if (cohort === undefined) continue;
    const request = cell.trace(cohort, client, question, (step) => steps.push(step));
    const last = Math.min(start + LONGEST, world.spec.duration);
    while (!request.finished && world.now < last) world.runUntil(Math.min(world.now + SLICE, last));
    cell.endTrace();
  }
  return steps.sort((a, b) => a.at - b.at);
}
