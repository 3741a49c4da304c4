/**
 * Speed of the kernel. Every iteration does OPERATIONS operations, so a mean of 1 ms is 100 ns an operation.
 * Run with `npx vitest bench test/bench/kernel.bench.ts`. Figures depend on the machine: trust ratios.
 */
import { bench, describe } from 'vitest';
import { Digest } from '../../src/kernel/digest.ts';
import { FastGenerator } from '../../src/kernel/fast-generator.ts';
import { FutureEventList } from '../../src/kernel/future-event-list.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';
import { Simulation, type Source } from '../../src/kernel/simulation.ts';
import { exponential, Lognormal, WeightedChoice } from '../../src/kernel/variates.ts';

const OPERATIONS = 10_000;
const SECOND = 1_000_000;
const streams = new RandomStreams(1);
const fast = new FastGenerator(streams.open('fast'));
const named = streams.open('named');
const delays = Float64Array.from({ length: 2 ** 16 }, () => Math.ceil(fast.exponential() * SECOND));
let drawn = 0;
const delay = (): number => delays[drawn++ & 0xffff]!;
/** Results go here, so that no work is optimised away; an array, so that no number is boxed. */
const sink = new Float64Array(1);

function listOf(pending: number): FutureEventList {
  const list = new FutureEventList();
  for (let index = 0; index < pending; index++) list.schedule(delay(), index, 0);
  return list;
}

describe.each([1e3, 1e5])('future event list, %d pending', (pending) => {
  const held = listOf(pending);
  bench('hold: pop and schedule', () => {
    for (let count = 0; count < OPERATIONS; count++) {
      held.pop();
      held.schedule(held.time + delay(), held.entity, 0);
    }
  });

  const timed = listOf(pending);
  bench('schedule a time-out and cancel it', () => {
    for (let count = 0; count < OPERATIONS; count++) timed.cancel(timed.schedule(2 * SECOND, 0, 0));
  });
});

/** Arrivals of one merged Poisson process, counted. */
class Arrivals implements Source {
  readonly name = 'arrivals';
  readonly simulation: Simulation;
  nextTime = 0;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    simulation.addSource(this);
  }

  play(until: number): void {
    while (this.nextTime < until && this.nextTime < this.simulation.nextEventTime) {
      this.simulation.advance(this.nextTime);
      sink[0]! += 1;
      this.nextTime += Math.ceil(fast.exponential() * 10);
    }
  }
}

describe('run loop', () => {
  const simulation = new Simulation();
  for (let index = 0; index < 1000; index++) {
    const entity = simulation.add({
      name: `entity ${index}`,
      receive: (kind, a, b) => void simulation.schedule(delay(), entity, kind, a, b),
    });
    simulation.schedule(delay(), entity, 0);
  }
  bench('an event, 1000 pending', () => {
    simulation.run({ until: Number.POSITIVE_INFINITY, maximumEvents: OPERATIONS });
  });

  const world = new Simulation();
  new Arrivals(world);
  bench('an arrival of a source', () => {
    world.run({ until: world.now + OPERATIONS * 10 });
  });

  const digest = new Digest();
  bench('digest of an event', () => {
    for (let count = 0; count < OPERATIONS; count++) digest.foldEvent(count * SECOND, count, count & 0xff, 1);
  });
});

const lognormal = new Lognormal(20_000, 60_000);
const popularity = new WeightedChoice(Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 1)));

describe('draws', () => {
  bench('fast uniform', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += fast.uniform();
  });
  bench('fast exponential', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += fast.exponential();
  });
  bench('the same by Math.log', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! -= Math.log(fast.uniform() + 2 ** -33);
  });
  bench('named uniform', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += named.uniform();
  });
  bench('named exponential', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += exponential(named, SECOND);
  });
  bench('lognormal', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += lognormal.draw(named);
  });
  bench('weighted choice of 1000', () => {
    for (let count = 0; count < OPERATIONS; count++) sink[0]! += popularity.draw(fast);
  });
});
