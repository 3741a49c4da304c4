/** The pure parts of Play: scales, sentences, pictures, knobs, windows of time. */
import { describe, expect, it, test } from 'vitest';
import { OutcomeBuilder, type SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { loadForPlay } from '../../src/experiment/session/setup.ts';
import { statusOf } from '../../src/experiment/session/status.ts';
import { topologyOf } from '../../src/experiment/session/topology.ts';
import { World } from '../../src/model/world.ts';
import { csvOf, standalone } from '../../web/play/exports.ts';
import { choicesFor, entryText, faultEntry, instant, restoreEntry } from '../../web/play/faults.ts';
import { gridFor, placeAt } from '../../web/play/field-painter.ts';
import { positionOf, STEPS, valueAt, valueText } from '../../web/play/knob-scale.ts';
import { loadFigure, meanLoad } from '../../web/play/load-chart.ts';
import { filled, polyline, steps, stretches } from '../../web/play/paths.ts';
import { readPlayState, USUAL_CLIENTS, writePlayState } from '../../web/play/play-state.ts';
import { recoveryAxis, recoveryFigure } from '../../web/play/recovery-chart.ts';
import { linear, logarithmic, roundUp, stepTicks, timeTicks } from '../../web/play/scale.ts';
import { betSentence, changeSentence, momentText, recoverySentence } from '../../web/play/sentences.ts';
import { nextSpeed, SPEEDS, speedFor } from '../../web/play/speeds.ts';
import { lanesHeight, timelineFigure } from '../../web/play/timeline-chart.ts';
import { turned } from '../../web/play/turn.ts';
import { spanAround } from '../../web/play/window.ts';
import { ACROSS_FROM, layOut } from '../../web/topology/layout.ts';
import { drawTopology, flowOf, lookOf } from '../../web/topology/picture.ts';
import { TEXT } from '../experiment/session/scenario.ts';

const NBSP = '\u00a0';

/** Texts as they read, whatever spaces they are written with. */
function plain(text: string): string {
  return text.replaceAll(NBSP, ' ');
}

const { playable } = loadForPlay({ text: TEXT, file: 'small.yaml' });
const SPEC = playable!.spec;
const WORLD = new World(SPEC, 3, 0);
const BUILDER = new OutcomeBuilder();
for (let at = 0; at < 60; at++) {
  WORLD.runUntil((at + 1) * 60e6);
  BUILDER.sample(WORLD);
}
BUILDER.add(WORLD);
const OUTCOME = BUILDER.build('small');

type Recovery = SessionOutcome['result']['overall']['recovery'];

/** An outcome with these times; everybody was affected unless told otherwise. */
function outcome(half: number | null, nearlyAll: number | null, affected = 1, censored = 0): SessionOutcome {
  const { result } = OUTCOME;
  const recovery: Recovery = {
    ...result.overall.recovery,
    affected: { mean: affected },
    censored: { mean: censored },
  };
  return { ...OUTCOME, half, nearlyAll, result: { ...result, overall: { ...result.overall, recovery } } };
}

describe('scales', () => {
  it('lead to pixels and back', () => {
    for (const scale of [linear(10, 50, 0, 400), logarithmic(1, 1000, 20, 320)]) {
      for (const value of [10, 17, 50]) expect(scale.valueAt(scale.at(value))).toBeCloseTo(value, 6);
    }
  });

  it('give a doubling the same room everywhere when logarithmic', () => {
    const { at } = recoveryAxis(86_400, 400);
    expect(at(20) - at(10)).toBeCloseTo(at(2400) - at(1200), 6);
  });

  it('have ticks at round times that do not touch', () => {
    const scale = logarithmic(5, 7200, 0, 300);
    const ticks = timeTicks(5, 7200, scale, 50);
    expect(ticks).toEqual([5, 20, 120, 600, 3600]);
    for (const [index, tick] of ticks.entries()) {
      if (index > 0) expect(scale.at(tick) - scale.at(ticks[index - 1]!)).toBeGreaterThanOrEqual(50);
    }
    expect(stepTicks(-70, 600, 6)).toEqual([0, 120, 240, 360, 480, 600]);
    expect(roundUp(61)).toBe(120);
  });
});

describe('paths', () => {
  it('are lines, steps, and areas', () => {
    const points = [
      [0, 10],
      [5, 20.04],
    ] as const;
    expect(polyline(points)).toBe('M0 10L5 20');
    expect(steps(points)).toBe('M0 10H5V20');
    expect(filled('M0 10L5 20', points, 30)).toBe('M0 10L5 20V30H0Z');
    expect(filled('', [], 30)).toBe('');
  });

  it('break at gaps', () => {
    expect(stretches([1, 2, null, null, 3], (item) => item !== null)).toEqual([[1, 2], [3]]);
  });
});

describe('sentences', () => {
  test.each<[SessionOutcome, string]>([
    [outcome(151, 310), 'Half of users recover within 2 min 31 s, 99 % within 5 min 10 s.'],
    [
      outcome(151, 310, 0.62),
      'Of the 62 % of users affected, half recover within 2 min 31 s, 99 % within 5 min 10 s.',
    ],
    [
      outcome(151, null, 1, 0.2),
      'Half of users recover within 2 min 31 s, but 20 % are not back by the end.',
    ],
    [outcome(null, null, 0.5, 0.7), 'Of the 50 % of users affected, 70 % are not back by the end.'],
    [outcome(0, 0, 0), 'Nobody is affected: every request is served.'],
  ])('on recovery %#', (given, text) => {
    expect(plain(recoverySentence(given))).toBe(text);
  });

  test.each<[SessionOutcome, SessionOutcome | undefined, string]>([
    [outcome(1, 60), undefined, ''],
    [outcome(1, 60), outcome(1, 90), 'Before: 99 % within 1 min 30 s. That is 30 s sooner now.'],
    [outcome(1, 90), outcome(1, 60), 'Before: 99 % within 1 min. That is 30 s later now.'],
    [outcome(1, 60.2), outcome(1, 60), 'Before: 99 % within 1 min. No difference worth a second.'],
    [outcome(1, 60), outcome(1, null), 'Before: not everybody was back by the end.'],
  ])('on a change %#', (now, before, text) => {
    expect(plain(changeSentence(now, before))).toBe(text);
  });

  test.each<[number, number | null, string]>([
    [90, 72, 'You said 1 min 30 s; it is 1 min 12 s: 25 % too long.'],
    [60, 240, 'You said 1 min; it is 4 min: 4 times too short.'],
    [60, 61, 'You said 1 min; it is 1 min 1 s: spot on.'],
    [60, null, 'You said 1 min; not everybody is back by the end.'],
  ])('on a bet of %d', (guess, truth, text) => {
    expect(plain(betSentence(guess, truth))).toBe(text);
  });

  it('on moments', () => {
    expect([590, 600, 612.34].map((now) => plain(momentText(now, 600)))).toEqual([
      '10 s before the fault',
      'the fault begins',
      '12 s after the fault began',
    ]);
  });
});

describe('the curve of recovery', () => {
  const figure = recoveryFigure(
    { outcome: OUTCOME, ghost: undefined, guess: undefined, hidden: false, horizon: 3000 },
    360,
    220,
  );

  it('is drawn with its quantiles, and said in a sentence', () => {
    expect(figure.svg).toMatch(/^<svg [^>]*role="img"/);
    expect(figure.svg).toContain('class="curve"');
    expect(figure.svg.match(/class="dot"/g)).toHaveLength(2);
    expect(figure.finding).toBe(recoverySentence(OUTCOME));
    expect(figure.svg).not.toContain('class="ghost"');
  });

  it('keeps everything back while a bet is open, except what was known before', () => {
    const secret = recoveryFigure(
      { outcome: OUTCOME, ghost: OUTCOME, guess: 60, hidden: true, horizon: 3000 },
      360,
      220,
    );
    expect(secret.svg).toContain('class="ghost"');
    expect(secret.svg).toContain('class="guess"');
    expect(secret.svg).not.toContain('class="curve"');
    expect(secret.finding).toMatch(/bet/);
    expect(secret.rows.every(([, now]) => now === '–')).toBe(true);
  });

  it('has a table with the same times', () => {
    const [half] = figure.rows.filter(([share]) => share === '50 %');
    expect(plain(half![1]!)).toBe(plain(figure.svg).match(/>half ([^<]+)</)![1]);
  });
});

describe('the timeline', () => {
  const data = {
    series: [1, 1, 0.5, null, 1],
    bucketSeconds: 60,
    marks: [{ kind: 'fault' as const, at: 120, until: 180, label: 'east dies' }],
    reactions: [{ atSeconds: 150, kind: 'reaction' as const, label: 'check <speaks>' }],
    from: 0,
    to: 300,
    faultAt: 120,
  };

  it('fills what is lost, leaves gaps open, and lists everything', () => {
    const figure = timelineFigure(data, 600, 90);
    expect(figure.svg.match(/class="served"/g)).toHaveLength(2);
    expect(plain(figure.finding)).toBe('At worst 50 % of requests are served.');
    expect(figure.rows.map((row) => row.map(plain))).toEqual([
      ['fault', 'east dies'],
      ['+30 s', 'check <speaks>'],
      ['+1 min', 'east dies: over'],
    ]);
  });

  it('gives overlapping faults a lane each', () => {
    const second = { kind: 'fault' as const, at: 130, label: 'west dies too' };
    expect(lanesHeight(data, 600)).toBe(0);
    expect(lanesHeight({ ...data, marks: [...data.marks, second] }, 600)).toBeGreaterThan(0);
  });

  it('escapes what a scenario says', () => {
    const marks = [{ kind: 'change' as const, at: 10, label: '<b>"x"' }];
    expect(timelineFigure({ ...data, marks }, 600, 90).svg).not.toContain('<b>');
  });

  it('shows the time around the fault, in round lengths, unless the moment lies elsewhere', () => {
    const world = { duration: 3600, faultAt: 600, marks: data.marks };
    expect(spanAround(world, [outcome(100, 300)], 600, false)).toEqual({ from: 528, to: 1200, whole: false });
    expect(spanAround(world, [outcome(100, 310)], 600, false).to).toBe(1200);
    expect(spanAround(world, [outcome(100, 300)], 3000, false)).toMatchObject({ from: 0, to: 3600 });
    expect(spanAround(world, [outcome(100, 300)], 600, true)).toEqual({ from: 0, to: 3600, whole: true });
    expect(spanAround(world, [outcome(100, null)], 600, false)).toMatchObject({ from: 0, to: 3600 });
  });
});

describe('the load', () => {
  it('is drawn over time, and averaged', () => {
    const mean = OUTCOME.result.load.find(({ hop }) => hop === 'main')!.queriesPerSecond.mean;
    expect(meanLoad(OUTCOME)).toBeCloseTo(mean, 6);
    expect(loadFigure(OUTCOME, OUTCOME, 200, 50).svg).toContain('class="ghost"');
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

  it.each(['nonsense', '{"a":1}', '[1,2]', '[{"a":{}}]', '[null]'])('makes nothing of %s', (inject) => {
    expect(readPlayState({ inject }).injected).toEqual([]);
  });

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

describe('the topology', () => {
  const topology = topologyOf(SPEC);
  const world = new World(SPEC, 3, 0);
  world.runUntil(601e6);
  const state = {
    status: statusOf(world, topology),
    flows: [{ id: 'clients browsers', perSecond: 600, failing: 0.9 }],
    towards: [30, 10],
  };

  it.each([ACROSS_FROM, 900, 320, 560])('is laid out inside %d pixels without overlaps', (width) => {
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
    expect(svg.match(/role="button"/g)).toHaveLength(topology.parts.length);
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
