/** When faults begin, ramp and end, and how several add up. */
import { describe, expect, it, test } from 'vitest';
import { type Micros, SECOND } from '../../../src/base/time.ts';
import { Simulation } from '../../../src/kernel/simulation.ts';
import type { EffectSpec, TimelineSpec } from '../../../src/model/spec.ts';
import { capacityUnder, conditionOf } from '../../../src/model/timeline/condition.ts';
import { Timeline } from '../../../src/model/timeline/timeline.ts';
import { change, fault } from '../world.ts';

const TARGET = { kind: 'endpoint', endpoint: 0 } as const;
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };

/** Everything a timeline does, as `time item:severity` or `time item!`. */
function played(items: readonly TimelineSpec[]): string[] {
  const log: string[] = [];
  const simulation = new Simulation();
  const note = (text: string): number => log.push(`${simulation.now / SECOND} ${text}`);
  new Timeline(items, simulation, {
    severityChanged: (item, severity) => note(`${item}:${severity}`),
    changeMade: (item) => note(`${item}!`),
  });
  simulation.run({ until: 1000 * SECOND });
  return log;
}

describe('timeline', () => {
  const from = (at: Micros, until: Micros, ramp: Micros = 0) =>
    fault(TARGET, SILENT, { at: at * SECOND, until: until * SECOND, ramp: ramp * SECOND });
  const rows: [what: string, items: TimelineSpec[], log: string[]][] = [
    ['begins and ends', [from(10, 20)], ['10 0:1', '20 0:0']],
    ['never ends', [from(10, Number.POSITIVE_INFINITY)], ['10 0:1']],
    [
      'ramps in ten steps, the first a tenth of the ramp after the start',
      [from(0, Number.POSITIVE_INFINITY, 100)],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => `${step * 10} 0:${step / 10}`),
    ],
    ['ends in the middle of its ramp', [from(0, 25, 100)], ['10 0:0.1', '20 0:0.2', '25 0:0']],
    ['ends before its first step', [from(0, 5, 100)], []],
    [
      'keeps the order of the file at one instant',
      [from(5, 10), from(10, 20)],
      ['5 0:1', '10 0:0', '10 1:1', '20 1:0'],
    ],
    ['plays changes', [change(3 * SECOND, {}), from(3, 4)], ['3 0!', '3 1:1', '4 1:0']],
    ['takes items in any order', [from(7, 8), change(SECOND, {})], ['1 1!', '7 0:1', '8 0:0']],
  ];
  it.each(rows)('%s', (_, items, log) => {
    expect(played(items)).toEqual(log);
  });

  it('precedes other events of the same instant', () => {
    const order: string[] = [];
    const simulation = new Simulation();
    new Timeline([from(5, 6)], simulation, {
      severityChanged: () => order.push('fault'),
      changeMade: () => order.push('change'),
    });
    const other = simulation.add({ name: 'other', receive: () => order.push('other') });
    simulation.scheduleAt(5 * SECOND, other, 0);
    simulation.run({ until: 6 * SECOND });
    expect(order).toEqual(['fault', 'other']);
  });
});

describe('condition', () => {
  const active = (...effects: [EffectSpec, number][]) =>
    conditionOf(effects.map(([effect, severity], item) => ({ item, effect, severity })));
  const rows: [what: string, effects: [EffectSpec, number][], expected: object][] = [
    ['half of silent down is a loss', [[SILENT, 0.5]], { down: 'none', loss: 0.5 }],
    ['half of refused down is nothing yet', [[{ kind: 'down', mode: 'refused' }, 0.5]], { down: 'none', loss: 0 }],
    ['half of a delay', [[{ kind: 'slow', extra: 100 }, 0.5]], { extra: 50 }],
    ['half of a loss', [[{ kind: 'lossy', loss: 0.5 }, 0.5]], { loss: 0.25 }],
    ['half of errors', [[{ kind: 'errors', share: 0.5, hidden: false }, 0.5]], { errors: 0.25, checkedErrors: 0.25 }],
    ['hidden errors', [[{ kind: 'errors', share: 0.5, hidden: true }, 1]], { errors: 0.5, checkedErrors: 0 }],
    ['half of a response code is nothing yet', [[{ kind: 'rcode', rcode: 'REFUSED' }, 0.9]], { rcode: undefined }],
    ['half of an empty zone is nothing yet', [[{ kind: 'empty-zone' }, 0.9]], { contents: [] }],
    ['half of a false alarm is nothing yet', [[{ kind: 'false-alarm' }, 0.9]], { falseAlarm: false }],
    ['delays add up', [[{ kind: 'slow', extra: 100 }, 1], [{ kind: 'slow', extra: 7 }, 1]], { extra: 107 }],
    [
      'losses are independent',
      [[{ kind: 'lossy', loss: 0.5 }, 1], [{ kind: 'lossy', loss: 0.5 }, 1], [{ kind: 'lossy', loss: 0.5 }, 1]],
      { loss: 0.875 },
    ],
  ]; // biome-ignore format: a table
  it.each(rows)('%s', (_, effects, expected) => {
    expect(active(...effects)).toMatchObject(expected);
  });

  const capacities: [base: number, list: [number, number][], left: number][] = [
    [Number.POSITIVE_INFINITY, [], Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, [[100, 1]], 100],
    [Number.POSITIVE_INFINITY, [[100, 0.1]], 1000],
    [1000, [[100, 1]], 100],
    [1000, [[100, 0.5]], 1000 / 5.5],
    [1000, [[49, 1]], 49],
    [1000, [[100, 1], [400, 1]], 400],
    [1000, [[0, 0.1]], 0],
    [0, [[5, 1]], 5],
  ]; // biome-ignore format: a table
  test.each(capacities)('capacity %d under %j is %d', (base, list, left) => {
    const faults = list.map(([perSecond, severity]) => ({ perSecond, severity }));
    expect(capacityUnder(base, faults)).toBeCloseTo(left, 9);
  });
});
