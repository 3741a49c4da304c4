/** What Play is worked with: moments, knobs, speeds, the address, faults, the field, the topology, files. */
import { describe, expect, it, test } from 'vitest';
import { loadForPlay } from '../../src/experiment/session/setup.ts';
import { statusOf } from '../../src/experiment/session/status.ts';
import { topologyOf } from '../../src/experiment/session/topology.ts';
import { World } from '../../src/model/world.ts';
import { astrayIn, nextIn } from '../../web/play/astray.ts';
import { csvOf, standalone } from '../../web/play/exports.ts';
import { choicesFor, entryText, faultEntry, instant, restoreEntry } from '../../web/play/faults.ts';
import { gridFor, placeAt } from '../../web/play/field-painter.ts';
import { landmarksOf, positionOf, STEPS, valueAt, valueText } from '../../web/play/knob-scale.ts';
import { nextMoment } from '../../web/play/moments.ts';
import { readPlayState, USUAL_CLIENTS, writePlayState } from '../../web/play/play-state.ts';
import { presetsOf } from '../../web/play/presets.ts';
import { nextSpeed, SPEEDS, speedFor } from '../../web/play/speeds.ts';
import { turned } from '../../web/play/turn.ts';
import { layOut } from '../../web/topology/layout.ts';
import { drawTopology, flowOf, lookOf } from '../../web/topology/picture.ts';
import { TEXT } from '../experiment/session/scenario.ts';
import { NBSP, OUTCOME, plain, SPEC } from './play-fixture.ts';

describe('moments', () => {
  const marks = [{ kind: 'fault' as const, at: 600, until: 2400, label: 'east dies' }];
  const next = (now: number, direction: 1 | -1): number | undefined =>
    nextMoment({ marks, duration: 3600 }, undefined, now, direction);

  it('are the next in either direction, the ends included', () => {
    expect([next(0, 1), next(600, 1), next(2400, 1), next(3600, 1)]).toEqual([600, 2400, 3600, undefined]);
    expect([next(3600, -1), next(600, -1), next(0, -1)]).toEqual([2400, 0, undefined]);
  });

  it('include what the world did by itself', () => {
    const reactions = OUTCOME.result.timeline.filter(({ kind }) => kind === 'reaction');
    const first = nextMoment({ marks, duration: 3600 }, OUTCOME, 600, 1);
    expect(first).toBe(reactions[0]!.atSeconds);
  });
});

describe('knobs on a slider', () => {
  const ttl = { kind: 'seconds' as const, from: 5, to: 86_400 };

  it('end where they should', () => {
    expect([valueAt(0, ttl), valueAt(STEPS, ttl)]).toEqual([5, 86_400]);
    expect([positionOf(5, ttl), positionOf(86_400, ttl)]).toEqual([0, STEPS]);
  });

  it.each([5, 30, 60, 300, 3600, 86_400])('can be put exactly on %d s', (seconds) => {
    expect(valueAt(positionOf(seconds, ttl), ttl)).toBe(seconds);
  });

  it('rise all the way', () => {
    const values = Array.from({ length: STEPS + 1 }, (_, position) => valueAt(position, ttl));
    expect(values.toSorted((a, b) => a - b)).toEqual(values);
  });

  it('are marked at round values between their ends', () => {
    expect(landmarksOf(ttl)).toEqual([5, 30, 300, 3600, 86_400]);
    expect(landmarksOf({ ...ttl, from: 60, to: 7200 })).toEqual([60, 300, 3600, 7200]);
    expect(landmarksOf({ kind: 'seconds', from: 1, to: 30 })).toEqual([1, 30]);
  });

  it('are linear where the range is narrow', () => {
    expect(valueAt(STEPS / 2, { kind: 'share', from: 0, to: 0.5 })).toBe(0.25);
    expect(valueText(0.25, 'share')).toBe(`25${NBSP}%`);
  });

  it('replace what was set at the same path and below', () => {
    const sets = ['clients.x.app.cache.cap=5s', 'clients.x.count=5', 'duration=1h'];
    const knob = { template: `clients.x.app=${'\uE000'}` };
    expect(turned(sets, knob, 'chrome')).toEqual([
      'clients.x.count=5',
      'duration=1h',
      'clients.x.app=chrome',
    ]);
    expect(turned(turned([], knob, 'chrome'), knob, 'firefox')).toEqual(['clients.x.app=firefox']);
  });
});

describe('speeds', () => {
  it('about double, from a tenth to a thousand', () => {
    expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.1, 1000]);
    for (const [index, speed] of SPEEDS.entries()) {
      if (index > 0) expect(speed / SPEEDS[index - 1]!).toBeGreaterThan(1.9);
      if (index > 0) expect(speed / SPEEDS[index - 1]!).toBeLessThanOrEqual(2.5);
    }
  });

  it('stop at the ends', () => {
    expect([nextSpeed(1000, 1), nextSpeed(0.1, -1), nextSpeed(1, 1), nextSpeed(1, -1)]).toEqual([
      1000, 0.1, 2, 0.5,
    ]);
    expect([speedFor(300, 18), speedFor(0.1, 18)]).toEqual([16, 0.1]);
  });
});

describe('the address', () => {
  it('keeps what Play needs, and nothing that is as usual', () => {
    expect(writePlayState({ injected: [], clients: USUAL_CLIENTS })).toEqual({});
    const state = {
      strategy: 'ttl 30',
      injected: [{ at: '1s', fail: 'endpoint east' }],
      clients: 700,
      at: 12.34,
    };
    expect(readPlayState(writePlayState(state))).toEqual({ ...state, at: 12.3 });
  });

  it('keeps the weights of an injected move', () => {
    const injected = [{ at: '20m', weight: 'policy a.example.com/A', to: { blue: 50, green: 7 } }];
    const state = writePlayState({ injected, clients: 1 });
    expect(readPlayState(state).injected).toEqual(injected);
    expect(plain(entryText(injected[0]!))).toBe('20 min: weight policy a.example.com/A, to blue 50, green 7');
  });

  it.each(['nonsense', '{"a":1}', '[1,2]', '[{"a":{}}]', '[{"a":{"b":"c"}}]', '[null]'])(
    'makes nothing of %s',
    (inject) => {
      expect(readPlayState({ inject }).injected).toEqual([]);
    },
  );

  it('asks for a sensible number of clients whatever it says', () => {
    expect([-5, 0, 'many', 1e12].map((clients) => readPlayState({ clients }).clients)).toEqual([
      5000, 5000, 5000, 1e7,
    ]);
  });
});

describe('faults by pointing', () => {
  const parts = topologyOf(SPEC).parts;
  const aimed = parts.flatMap((part) => choicesFor(part).map((choice) => ({ part, choice })));

  it.each(aimed)('$choice.id on $part.id is a timeline entry the scenario takes', ({ part, choice }) => {
    const entry = faultEntry(choice, part.target!, 900.0004, '30s');
    const { playable: broken, issues } = loadForPlay({ text: TEXT, file: 'x.yaml', injected: [entry] });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    const added = broken!.spec.timeline.find(({ at }) => at === 900e6)!;
    const world = new World(broken!.spec, 1, 0);
    world.runUntil(900_000_400);
    const status = statusOf(world, topologyOf(broken!.spec)).find(({ id }) => id === part.id)!;
    expect([added.kind, status.level === 'works']).toEqual(['fault', false]);
  });

  it('can be repaired', () => {
    const injected = [{ at: '900s', fail: 'endpoint west' }, restoreEntry('endpoint west', 960)];
    const { playable: repaired } = loadForPlay({ text: TEXT, file: 'x.yaml', injected });
    expect(repaired!.spec.timeline.at(-1)).toMatchObject({ at: 900e6, until: 960e6 });
  });

  it('never begin after the moment that is shown', () => {
    expect(instant(12.3459)).toBe('12.345s');
    expect(plain(entryText({ at: '1879s', fail: 'endpoint a', mode: 'refused', for: '30s' }))).toBe(
      '31 min 19 s: fail endpoint a, mode refused for 30s',
    );
  });

  it('cannot be aimed at people', () => {
    expect(parts.filter((part) => choicesFor(part).length === 0).map(({ kind }) => kind)).toEqual([
      'clients',
      'checker',
    ]);
  });
});

describe('the field on its canvas', () => {
  it('fits, in even rows, and finds squares again', () => {
    const grid = gridFor(400, 690, 160);
    expect(grid.columns * grid.pitch).toBeLessThanOrEqual(690);
    expect(grid.rows * grid.pitch).toBeLessThanOrEqual(160);
    expect(grid.columns * (grid.rows - 1)).toBeLessThan(400);
    expect(placeAt(grid, 400, grid.pitch * 1.5, grid.pitch * 2.5)).toBe(2 * grid.columns + 1);
    expect(placeAt(grid, 400, grid.columns * grid.pitch + 1, 5)).toBeUndefined();
  });

  it.each([0, 1, 7, 10_000])('takes %d caches', (count) => {
    const grid = gridFor(count, 300, 150);
    expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
    expect(placeAt(grid, count, -1, 0)).toBeUndefined();
  });
});

describe('presets', () => {
  it('are the strategies, the one that changes nothing being the file as written', () => {
    const text = "strategies:\n  # first\n  'up: first': {}\n  other: { a: 1 }\nexpect:\n  x: {}\n";
    expect(presetsOf(['up: first', 'other'], text)).toEqual([
      { name: 'up: first' },
      { name: 'other', strategy: 'other' },
    ]);
  });

  it('have the file as written beside them where each one changes something', () => {
    const text = 'a:\n  b: {}\nstrategies:\n  b: { c: 1 }\n';
    expect(presetsOf(['b'], text)).toEqual([{ name: 'as written' }, { name: 'b', strategy: 'b' }]);
    expect(presetsOf([], text)).toEqual([]);
  });
});

describe('whom the caches lead astray', () => {
  /** Counts in the order of the states: empty, fresh, stale, wrong, error. */
  test.each<[counts: readonly number[], state: string | undefined, sentence: string]>([
    [[1, 2, 3, 4, 5], 'wrong', '4 of 15 caches lead to an address where nobody answers, or somebody else.'],
    [[0, 2, 3, 0, 1], 'error', '1 of 6 caches remembers a failure, or that there is no such name.'],
    [
      [0, 9, 1, 0, 0],
      'stale',
      '1 of 10 caches leads to an address that works but is no longer the right one.',
    ],
    [[3, 1, 0, 0, 0], undefined, 'No cache leads anybody astray.'],
    [[3, 0, 0, 0, 0], undefined, 'The caches are empty.'],
  ])('%j', (counts, state, sentence) => {
    const found = astrayIn({ counts });
    expect([found.state, found.sentence]).toEqual([state, sentence]);
  });

  it('can be asked one after the other, round and round', () => {
    const states = Uint8Array.from([1, 3, 1, 3]);
    expect([undefined, 1, 3, 0].map((chosen) => nextIn('wrong', { states }, chosen))).toEqual([1, 3, 1, 1]);
    expect(nextIn('error', { states }, undefined)).toBeUndefined();
  });
});

describe('the topology', () => {
  const topology = topologyOf(SPEC);
  const world = new World(SPEC, 3, 0);
  world.runUntil(601e6);
  const state = {
    status: statusOf(world, topology),
    flows: [{ id: 'clients browsers', perSecond: 600, failing: 0.9 }],
    towards: [30, 10],
  };

  it.each([600, 900, 320, 560])('is laid out inside %d pixels without overlaps', (width) => {
    const { boxes, height } = layOut(topology, width);
    expect(boxes).toHaveLength(topology.parts.length);
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
    const apart = boxes.filter(({ part }) => part.kind !== 'server');
    for (const one of apart) {
      for (const other of apart) {
        if (one === other) continue;
        const beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
        const above = one.y + one.height <= other.y || other.y + other.height <= one.y;
        expect([one.part.id, other.part.id, beside || above]).toEqual([one.part.id, other.part.id, true]);
      }
    }
  });

  it('names every part for those who cannot see it', () => {
    const { svg, finding, table } = drawTopology(topology, state, 800);
    // One for both top-level domains.
    expect(svg.match(/role="button"/g)).toHaveLength(topology.parts.length - 1);
    expect(svg).toContain('<title>top-level domain com. net., com. … net., works</title>');
    expect(svg).toContain('<title>endpoint east, 203.0.113.10, no answer (east dies)</title>');
    expect(finding).toBe('Not working: browsers (90 % of requests fail), east (no answer).');
    expect(table.find(([, name]) => name === 'east')).toContain('no answer');
    expect(plain(svg)).toContain('90 % fail');
  });

  it('shows flow where there is some', () => {
    const [east, west] = ['east', 'west'].map((name) => {
      return flowOf({ from: 'clients browsers', to: `endpoint ${name}`, kind: 'uses' }, topology, state);
    });
    expect([east, west]).toEqual([450, 150]);
    expect(lookOf(0).style).toBe('visibility:hidden');
    expect(lookOf(1000)['stroke-width']).toBeGreaterThan(lookOf(10)['stroke-width']);
  });
});

describe('files', () => {
  it('are CSV as RFC 4180 has it', () => {
    expect(csvOf({ columns: ['a', 'b,c'], rows: [['1', 'say "x"']] })).toBe('a,"b,c"\r\n1,"say ""x"""\r\n');
  });

  it('are pictures that need no page', () => {
    const svg = standalone(
      '<svg viewBox="0 0 1 1"><g/></svg>',
      '.a{fill:var(--ink)}:host([moving]) .b{x:y}',
      () => 'rgb(1, 2, 3)',
    );
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain('.a{fill:rgb(1, 2, 3)}');
    expect(svg).not.toMatch(/var\(|:host/);
  });
});
