/** What Play draws and says: scales, paths, sentences, curves, the timeline. */
import { describe, expect, it, test } from 'vitest';
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { loadFigure, meanLoad } from '../../web/play/load-chart.ts';
import { filled, polyline, steps, stretches } from '../../web/play/paths.ts';
import { recoveryAxis, recoveryFigure } from '../../web/play/recovery-chart.ts';
import { linear, logarithmic, roundUp, stepTicks, timeTicks } from '../../web/play/scale.ts';
import {
  betSentence,
  changeSentence,
  findingText,
  momentText,
  recoverySentence,
} from '../../web/play/sentences.ts';
import { lanesHeight, timelineFigure } from '../../web/play/timeline-chart.ts';
import { spanAround } from '../../web/play/window.ts';
import { OUTCOME, outcome, plain } from './play-fixture.ts';

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

  it('sent along with a link: the drill, what was turned, what came of it', () => {
    const base = { word: 'TTL' as const, main: true };
    const ttl = {
      ...base,
      kind: 'seconds' as const,
      path: 'a.ttl',
      label: 'TTL of app',
      value: 30,
      from: 5,
      to: 60,
    };
    const app = {
      ...base,
      kind: 'choice' as const,
      path: 'c.app.profile',
      label: 'Application',
      value: 'jvm',
      choices: [],
    };
    const knobs = [
      { ...ttl, template: 'a.ttl=\uE000s' },
      { ...app, template: 'c.app=\uE000' },
    ];
    const text = (sets: readonly string[]): string =>
      plain(findingText({ title: 'East dies', knobs }, sets, outcome(10, 40), outcome(10, 100)));
    expect(text(['a.ttl=30s', 'duration=1h'])).toBe(
      'East dies (TTL of app 30 s): Half of users recover within 10 s, 99 % within 40 s. Before: 99 % within 1 min 40 s. That is 1 min sooner now.',
    );
    expect(text([])).toMatch(/^East dies: Half/);
    expect(text(['c.app=jvm'])).toMatch(/^East dies \(Application jvm\): /);
  });

  it('on moments', () => {
    const fault = { kind: 'fault' as const, at: 600, label: 'east dies' };
    const change = { kind: 'change' as const, at: 600, label: 'the record moves' };
    const texts = (...marks: readonly (typeof fault | typeof change)[]): readonly string[] =>
      [590, 600, 612.34].map((now) => plain(momentText(now, { faultAt: 600, marks })));
    expect(texts(change, fault)).toEqual([
      '10 s before the fault',
      'the fault begins',
      '12 s after the fault began',
    ]);
    expect(texts(change)).toEqual(['10 s before the change', 'the change', '12 s after the change']);
    expect(texts()).toEqual(['10 s before the start', 'the start', '12 s after the start']);
  });
});

describe('the curve of recovery', () => {
  const figure = recoveryFigure(
    { outcome: OUTCOME, ghost: undefined, guess: undefined, hidden: false, horizon: 3000, origin: 'fault' },
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
      { outcome: OUTCOME, ghost: OUTCOME, guess: 60, hidden: true, horizon: 3000, origin: 'fault' },
      360,
      220,
    );
    expect(secret.svg).toContain('class="ghost"');
    expect(secret.svg).toContain('class="guess"');
    expect(secret.svg).not.toContain('class="curve"');
    expect(secret.svg).toContain('>as it is<');
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
    origin: 'fault' as const,
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
