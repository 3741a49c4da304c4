import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FastGenerator } from '../../src/kernel/fast-generator.ts';
import { RandomStreams } from '../../src/kernel/random-streams.ts';
import { type Entity, Simulation, type Source } from '../../src/kernel/simulation.ts';

/** Writes down what it receives, as `name kind@time`. */
class Recorder implements Entity {
  readonly name: string;
  readonly log: string[];

  constructor(name: string, log: string[]) {
    this.name = name;
    this.log = log;
  }

  receive(kind: number, _a: number, _b: number, now: number): void {
    this.log.push(`${this.name} ${kind}@${now}`);
  }
}

/** Arrivals at given times; each is written down and may do something. */
class ListedArrivals implements Source {
  readonly name: string;
  readonly simulation: Simulation;
  readonly log: string[];
  readonly times: number[];
  onArrival: (now: number) => void = () => {};

  constructor(name: string, simulation: Simulation, log: string[], times: number[]) {
    this.name = name;
    this.simulation = simulation;
    this.log = log;
    this.times = times;
    simulation.addSource(this);
  }

  get nextTime(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY;
  }

  play(until: number): void {
    while (this.nextTime < until && this.nextTime < this.simulation.nextEventTime) {
      const now = this.times.shift()!;
      this.simulation.advance(now);
      this.simulation.digest.fold(now);
      this.log.push(`${this.name}@${now}`);
      this.onArrival(now);
    }
  }
}

describe('order', () => {
  it('at one instant: events as scheduled, then sources as added', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    new ListedArrivals('first', simulation, log, [5, 9]);
    new ListedArrivals('second', simulation, log, [5, 5, 9]);
    const entity = simulation.add(new Recorder('entity', log));
    simulation.schedule(9, entity, 3);
    simulation.schedule(5, entity, 1);
    simulation.scheduleAt(5, entity, 2);
    simulation.run({ until: 100 });
    expect(log).toEqual([
      'entity 1@5',
      'entity 2@5',
      'first@5',
      'second@5',
      'second@5',
      'entity 3@9',
      'first@9',
      'second@9',
    ]);
  });

  it('of sources among themselves is by time, then as added', () => {
    const times = fc.array(fc.nat(20), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(times, { maxLength: 5 }), (sources) => {
        const simulation = new Simulation();
        const log: string[] = [];
        const arrivals = sources.flatMap((listed, source) => listed.map((at) => ({ at, source })));
        arrivals.sort((left, right) => left.at - right.at || left.source - right.source);
        sources.forEach((listed, source) => {
          new ListedArrivals(
            `${source}`,
            simulation,
            log,
            listed.toSorted((left, right) => left - right),
          );
        });
        simulation.run({ until: 100 });
        expect(log).toEqual(arrivals.map(({ at, source }) => `${source}@${at}`));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('an arrival that schedules at once lets the event go before the next arrival', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const entity = simulation.add(new Recorder('entity', log));
    const source = new ListedArrivals('source', simulation, log, [4, 4, 6]);
    source.onArrival = (now) => void simulation.schedule(now === 4 ? 1 : 0, entity, now);
    simulation.run({ until: 100 });
    expect(log).toEqual(['source@4', 'source@4', 'entity 4@5', 'entity 4@5', 'source@6', 'entity 6@6']);
  });

  it('addresses entities by the number they were given, with payload and time', () => {
    const simulation = new Simulation();
    const received: number[][] = [];
    simulation.add({ name: 'other', receive: () => expect.unreachable() });
    const entity = simulation.add({ name: 'one', receive: (...message) => void received.push(message) });
    simulation.schedule(3, entity, 7, 11, 13);
    simulation.run({ until: 10 });
    expect(received).toEqual([[7, 11, 13, 3]]);
  });
});

describe('the horizon', () => {
  it('is exclusive, leaves later events pending, and moves the clock to itself', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const entity = simulation.add(new Recorder('entity', log));
    for (const at of [9, 10, 11]) simulation.scheduleAt(at, entity, 0);
    expect(simulation.run({ until: 10 })).toBe('horizon');
    expect([simulation.now, simulation.events.size, log]).toEqual([10, 2, ['entity 0@9']]);
    expect(simulation.run({ until: 100 })).toBe('drained');
    expect([simulation.now, log.length]).toEqual([100, 3]);
  });

  it('Infinity runs until drained and leaves the clock at the last event', () => {
    const simulation = new Simulation();
    simulation.schedule(42, simulation.add(new Recorder('entity', [])), 0);
    expect(simulation.run({ until: Number.POSITIVE_INFINITY })).toBe('drained');
    expect(simulation.now).toBe(42);
  });

  it('a pending source counts as not drained', () => {
    const simulation = new Simulation();
    new ListedArrivals('source', simulation, [], [50]);
    expect(simulation.run({ until: 50 })).toBe('horizon');
    expect(simulation.run({ until: 51 })).toBe('drained');
  });

  it.each([9, Number.NaN, 10.5])('cannot be %d when now is 10', (until) => {
    const simulation = new Simulation();
    simulation.run({ until: 10 });
    expect(() => simulation.run({ until })).toThrow(`cannot run until ${until}`);
  });
});

/** Three entities that send each other messages and cancel some, and two sources that feed them. */
function busyWorld(seed: number): { simulation: Simulation; log: string[] } {
  const simulation = new Simulation();
  const log: string[] = [];
  const streams = new RandomStreams(seed);
  const random = new FastGenerator(streams.open('world'));
  const handles: number[] = [];
  for (const name of ['a', 'b', 'c']) {
    simulation.add({
      name,
      receive(kind, a, b, now) {
        log.push(`${name} ${kind} ${a} ${b} @${now}`);
        if (kind > 5) return;
        handles.push(simulation.schedule(random.below(4), random.below(3), kind + 1, a, now));
        handles.push(simulation.schedule(random.below(9), random.below(3), kind + 2, a, now));
        if (random.below(3) === 0) simulation.cancel(handles[random.below(handles.length)]!);
      },
    });
  }
  for (const name of ['x', 'y']) {
    const times = Array.from({ length: 30 }, () => random.below(60)).sort((left, right) => left - right);
    const source = new ListedArrivals(name, simulation, log, times);
    source.onArrival = (now) => void simulation.schedule(random.below(2), random.below(3), 3, now);
  }
  return { simulation, log };
}

describe('a run in pieces', () => {
  it('is the run at once, to the digest, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.array(fc.nat(80), { maxLength: 8 }), (seed, cuts) => {
        const whole = busyWorld(seed);
        whole.simulation.run({ until: 90 });
        const pieces = busyWorld(seed);
        for (const until of [...cuts, 90].sort((left, right) => left - right))
          pieces.simulation.run({ until });
        expect(pieces.log).toEqual(whole.log);
        expect(pieces.simulation.digest.hex()).toBe(whole.simulation.digest.hex());
        expect(whole.log.length).toBeGreaterThan(100);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('may be cut by numbers of events and by single steps too', () => {
    const whole = busyWorld(3);
    whole.simulation.run({ until: 90 });
    const counted = busyWorld(3);
    while (counted.simulation.run({ until: 90, maximumEvents: 7 }) === 'limit');
    const stepped = busyWorld(3);
    while (stepped.simulation.step());
    expect(counted.log).toEqual(whole.log);
    expect(stepped.log).toEqual(whole.log);
    expect(stepped.simulation.digest.hex()).toBe(whole.simulation.digest.hex());
  });

  it('another seed gives another digest', () => {
    const digests = [1, 2].map((seed) => {
      const { simulation } = busyWorld(seed);
      simulation.run({ until: 90 });
      return simulation.digest.hex();
    });
    expect(digests[0]).not.toBe(digests[1]);
  });
});

describe('stopping', () => {
  it('at a number of events, with the clock at the last of them', () => {
    const simulation = new Simulation();
    const entity = simulation.add(new Recorder('entity', []));
    for (const at of [1, 2, 3]) simulation.scheduleAt(at, entity, 0);
    expect(simulation.run({ until: 10, maximumEvents: 2 })).toBe('limit');
    expect([simulation.now, simulation.executed, simulation.events.size]).toEqual([2, 2, 1]);
  });

  it('by pause, from within an event; the next run goes on', () => {
    const simulation = new Simulation();
    const entity = simulation.add({ name: 'pausing', receive: () => simulation.pause() });
    for (const at of [1, 2]) simulation.scheduleAt(at, entity, 0);
    expect([simulation.run({ until: 10 }), simulation.now]).toEqual(['paused', 1]);
    expect([simulation.run({ until: 10 }), simulation.now]).toEqual(['paused', 2]);
    expect([simulation.run({ until: 10 }), simulation.now]).toEqual(['drained', 10]);
  });

  it('by a pause that does not outlast its run', () => {
    const simulation = new Simulation();
    const entity = simulation.add({
      name: 'pausing once',
      receive: (kind) => kind === 1 && simulation.pause(),
    });
    for (const kind of [1, 2, 2]) simulation.scheduleAt(5, entity, kind);
    expect([simulation.run({ until: 10 }), simulation.executed]).toEqual(['paused', 1]);
    expect([simulation.run({ until: 10 }), simulation.executed]).toEqual(['drained', 3]);
  });

  it('step says whether there was anything to play', () => {
    const simulation = new Simulation();
    expect(simulation.step()).toBe(false);
    const log: string[] = [];
    new ListedArrivals('source', simulation, log, [1, 1, 2]);
    expect([simulation.step(), log]).toEqual([true, ['source@1', 'source@1']]);
    expect([simulation.step(), simulation.step(), log.length]).toEqual([true, false, 3]);
  });
});

describe('inject', () => {
  it('arrives now, after what is due now', () => {
    const simulation = new Simulation();
    const log: string[] = [];
    const entity = simulation.add(new Recorder('entity', log));
    simulation.scheduleAt(10, entity, 1);
    simulation.run({ until: 10 });
    simulation.inject(entity, 2);
    simulation.run({ until: 11 });
    expect(log).toEqual(['entity 1@10', 'entity 2@10']);
  });
});

describe('errors', () => {
  it('a livelock names the entity and its message', () => {
    const simulation = new Simulation(1000);
    const entity = simulation.add({
      name: 'resolver/eu-1',
      receive: (kind) => void simulation.schedule(0, entity, kind),
      describe: (kind) => `retry of kind ${kind}`,
    });
    simulation.schedule(7, entity, 4);
    expect(() => simulation.run({ until: 10 })).toThrow(
      /stands still at 7.*resolver\/eu-1 \(retry of kind 4\)/,
    );
  });

  it('a thousand events of one instant are no livelock when a thousand are allowed', () => {
    const simulation = new Simulation(1000);
    const entity = simulation.add(new Recorder('entity', []));
    for (let count = 0; count < 1000; count++) simulation.schedule(1, entity, 0);
    expect(simulation.run({ until: 10 })).toBe('drained');
    for (let count = 0; count < 1001; count++) simulation.schedule(1, entity, 0);
    expect(() => simulation.run({ until: 20 })).toThrow('entity (kind 0)');
  });

  it('a source that stops short is named', () => {
    const simulation = new Simulation();
    simulation.addSource({ name: 'lazy', nextTime: 3, play: () => {} });
    expect(() => simulation.run({ until: 10 })).toThrow('source lazy stopped at 3');
  });

  it('a source cannot go back, nor past the next event', () => {
    const simulation = new Simulation();
    simulation.scheduleAt(20, simulation.add(new Recorder('entity', [])), 0);
    simulation.run({ until: 10 });
    expect(() => simulation.advance(9)).toThrow('cannot advance to 9');
    expect(() => simulation.advance(20)).toThrow('cannot advance to 20');
    expect(() => simulation.advance(19)).not.toThrow();
  });

  it('a message to nobody is refused when it is sent', () => {
    const simulation = new Simulation();
    expect(() => simulation.schedule(1, 0, 0)).toThrow('no entity 0');
  });

  it.each([-1, 0.5, Number.NaN])('a delay of %d is refused', (delay) => {
    const simulation = new Simulation();
    const entity = simulation.add(new Recorder('entity', []));
    expect(() => simulation.schedule(delay, entity, 0)).toThrow('cannot schedule at');
  });
});
