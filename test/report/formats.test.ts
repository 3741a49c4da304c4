import { describe, expect, it, test } from 'vitest';
import { toAscii } from '../../src/report/ascii.ts';
import { drawAxis, roundTicks } from '../../src/report/axis.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderJson } from '../../src/report/json.ts';
import { bar, clean, clip, width, wrap } from '../../src/report/layout.ts';
import { chooseMarks, drawLanes } from '../../src/report/marks.ts';
import { renderEvent } from '../../src/report/ndjson.ts';
import {
  formatCount,
  formatExact,
  formatInterval,
  formatSeconds,
  formatShare,
  NO_BREAK,
} from '../../src/report/numbers.ts';
import { formatObserved } from '../../src/report/observed.ts';
import { drawShares, resample } from '../../src/report/sparkline.ts';
import { renderSvg } from '../../src/report/svg.ts';
import { commonTimeline } from '../../src/report/timeline.ts';
import { renderTrace } from '../../src/report/trace.ts';
import { dip, populationResult, runResult, strategyResult, TIMELINE } from './made-up.ts';
import { problemsOfXml } from './xml.ts';

/** With ordinary spaces, for reading. */
const spaced = (text: string): string => text.replaceAll(NO_BREAK, ' ');

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [0.04, '<0.1'],
    [0.25, '0.3'],
    [9.96, '10'],
    [412.4, '412'],
    [999.7, '1,000'],
    [12_413.2, '12,400'],
    [999_999, '1,000,000'],
    [3_141_592, '3.14 million'],
    [2.5e12, '2,500 billion'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('count %f is %s', (value, text) => {
    expect(spaced(formatCount(value))).toBe(text);
  });

  test.each([
    [0, '0 %'],
    [0.00001, '<0.01 %'],
    [0.0012, '0.12 %'],
    [0.412, '41 %'],
    [0.5, '50 %'],
    [0.983, '98.3 %'],
    [0.9995, '99.95 %'],
    [0.99999, '>99.99 %'],
    [1, '100 %'],
  ])('share %f is %s', (value, text) => {
    expect(spaced(formatShare(value))).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [0.000012, '12 µs'],
    [0.9999, '1 s'],
    [2.34, '2.3 s'],
    [9.96, '10 s'],
    [59.6, '1 min'],
    [3599.6, '1 h'],
    [86_400 * 2 - 20, '2 d'],
    [Number.NaN, '–'],
  ])('%f seconds are %s', (seconds, text) => {
    expect(spaced(formatSeconds(seconds))).toBe(text);
  });

  it('exact counts keep their digits', () => {
    expect(formatExact(12_413.4)).toBe('12,413');
  });

  it('an interval that reads as one number is left out', () => {
    expect(formatInterval({ mean: 1, low: 0.9999, high: 1.0001 }, formatSeconds)).toBe('');
    expect(spaced(formatInterval({ mean: 61, low: 60, high: 62 }, formatSeconds))).toBe(
      '(1 min – 1 min 2 s)',
    );
    expect(formatInterval({ mean: 61 }, formatSeconds)).toBe('');
    expect(formatInterval(null, formatSeconds)).toBe('');
  });

  test.each([
    ['recovery.p99 < 5m', 143, '2 min 23 s'],
    ['recovery.affected < 10%', 0.41, '41 %'],
    ['availability.min >= 50%', 0.021, '2.1 %'],
    ['user-minutes < 1000', 12_413, '12,400'],
    ['browsers.recovery.max <= 5m', 300, '5 min'],
    ['phases.detect <= 2m', 108, '1 min 48 s'],
    ['outcome.servfail.share < 1%', 0.005, '0.5 %'],
    ['load.provider availability.mean.peak < 100', 42, '42 q/s'],
    ['recovery.p99 < 5m', null, 'beyond the end'],
  ])('%s observed %s: %s', (text, observed, expected) => {
    expect(spaced(formatObserved({ text, observed, passed: true }))).toBe(expected);
  });
});

describe('layout', () => {
  test.each([
    ['abc', 3],
    ['東京', 4],
    ['e\u0301', 1],
    ['', 0],
  ])('%s takes %i cells', (text, cells) => {
    expect(width(text)).toBe(cells);
  });

  it('clips to cells, not characters', () => {
    expect(clip('東京リージョン', 6)).toBe('東京…');
    expect(clip('short', 5)).toBe('short');
  });

  it('takes control characters out of names', () => {
    expect(clean('a\u001b[31mb\r\nc\u202e')).toBe('a [31mb c');
  });

  it('wraps at spaces with a hanging indent', () => {
    const lines = wrap('word '.repeat(40), '      ', '  ');
    expect(lines[0]).toMatch(/^ {2}word/);
    expect(lines[1]).toMatch(/^ {6}word/);
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(80);
    expect(lines.join(' ').match(/word/g)).toHaveLength(40);
  });

  it('draws a sliver for little and nothing for nothing', () => {
    expect([bar(0, 10), bar(0.001, 10), bar(0.5, 10), bar(7, 10)]).toEqual(['', '▏', '█████', '██████████']);
  });

  it('keeps the length of every line in plain ASCII', () => {
    expect(toAscii('µ█ – Zürich ✓')).toBe('u# - Z?rich +');
  });
});

describe('the sparkline', () => {
  it('keeps the full block for all and the blank for none', () => {
    expect(drawShares([0, 0.001, 0.5, 0.999, 1, null], 1)).toEqual([' ▁▄▇█·']);
  });

  it('stacks rows', () => {
    expect(drawShares([1, 0.5, 0.25, 0], 2)).toEqual(['█   ', '██▄ ']);
  });

  it('averages the buckets of a column and repeats the column of a bucket', () => {
    const availability = {
      bucketSeconds: 10,
      series: [1, 0, null, null, 0.5, 0.5],
      mean: { mean: 1 },
      min: { mean: 0 },
      budgetBurnt: { mean: 2 },
    };
    expect(resample(availability, 60, 3)).toEqual([0.5, null, 0.5]);
    expect(resample(availability, 60, 12)).toEqual([1, 1, 0, 0, null, null, null, null, 0.5, 0.5, 0.5, 0.5]);
  });

  it('leaves a horizon that was not reached empty', () => {
    const availability = {
      bucketSeconds: 10,
      series: [1],
      mean: { mean: 1 },
      min: { mean: 1 },
      budgetBurnt: { mean: 2 },
    };
    expect(resample(availability, 30, 3)).toEqual([1, null, null]);
  });
});

describe('the time axis', () => {
  test.each([
    [3600, 6, [0, 600, 1200, 1800, 2400, 3000, 3600]],
    [90, 6, [0, 15, 30, 45, 60, 75, 90]],
    [86_400 * 2, 6, [0, 43_200, 86_400, 129_600, 172_800]],
  ])('of %i s has round ticks', (duration, atMost, ticks) => {
    expect(roundTicks(duration, atMost)).toEqual(ticks);
  });

  it('drops labels that do not fit', () => {
    const [rule, labels] = drawAxis(3600, 30);
    expect(rule).toHaveLength(30);
    expect(labels.length).toBeLessThanOrEqual(30);
  });
});

describe('marks', () => {
  it('are lettered by time and stacked where they would overlap', () => {
    expect(drawLanes(chooseMarks(TIMELINE), 3600, 36)).toEqual([
      '      A━━━━━━━━━━━━━━━━━━',
      '      B                 D',
      '      C',
    ]);
  });

  it('show faults and changes before reactions when there are too many', () => {
    const reactions = Array.from({ length: 20 }, (_, index) => ({
      atSeconds: index,
      kind: 'reaction' as const,
      label: 'flap',
    }));
    const chosen = chooseMarks([...reactions, ...TIMELINE]);
    expect(chosen).toHaveLength(12);
    expect(chosen.filter(({ mark }) => mark.kind !== 'reaction').map(({ letter }) => letter)).toEqual([
      'K',
      'L',
    ]);
  });
});

describe('the timeline of several strategies', () => {
  const fault = { atSeconds: 600, kind: 'fault' as const, label: 'fails' };
  const change = { atSeconds: 60, kind: 'change' as const, label: 'TTL 60' };
  const reaction = { atSeconds: 630, kind: 'reaction' as const, label: 'seen' };

  it('names what only some of them do, and leaves out reactions', () => {
    const one = strategyResult({ name: 'one', timeline: [fault, reaction] });
    const two = strategyResult({ name: 'two', timeline: [change, fault, fault] });
    expect(commonTimeline([one, two])).toEqual([{ ...change, label: 'TTL 60 (two)' }, fault]);
    expect(commonTimeline([one])).toEqual([fault, reaction]);
    expect(commonTimeline([])).toEqual([]);
  });
});

describe('JSON', () => {
  it('indents by two, keeps short lists on a line, and ends in a newline', () => {
    expect(renderJson({ b: [1, 2, [3]], a: { x: [], y: {} }, c: [0.5, null, 'é'], d: undefined })).toBe(
      '{\n  "b": [\n    1,\n    2,\n    [3]\n  ],\n  "a": {\n    "x": [],\n    "y": {}\n  },\n  "c": [0.5, null, "é"]\n}\n',
    );
  });

  it('wraps long lists', () => {
    const text = renderJson({ series: Array.from({ length: 100 }, () => 0.123456) });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(JSON.parse(text).series).toHaveLength(100);
  });

  it('writes negative zero as zero', () => {
    expect(renderJson([-0])).toBe('[0]\n');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %f and says where', (value) => {
    expect(() => renderJson({ load: [{ mean: value }] })).toThrow('$.load[0].mean');
  });
});

describe('CSV', () => {
  const rows = renderCsv(runResult()).trimEnd().split('\n');

  it('has one value per row under a header', () => {
    expect(rows[0]).toBe('scenario,strategy,population,metric,at,value,low,high');
    const title = 'Primary region dies behind health-checked failover,as written';
    expect(rows).toContain(`${title},overall,recovery.p99,,160.2,152.1,168.3`);
    expect(rows).toContain(`${title},browsers,outcome.servfail,,3669,,`);
    expect(rows).toContain(`${title},overall,availability.series,600,0.02,,`);
    expect(rows).toContain(`${title},overall,recovery.curve,91,0.5,,`);
    expect(rows).toContain(`${title},,load.resolver isp.hit-ratio,,0.9971,,`);
  });

  it('leaves a value beyond the horizon empty', () => {
    const base = populationResult();
    const overall = { ...base, recovery: { ...base.recovery, population: null } };
    const csv = renderCsv(runResult({ strategies: [strategyResult({ overall })] }));
    expect(csv).toContain('overall,recovery.population,,,,\n');
  });

  it('quotes what needs quotes', () => {
    const csv = renderCsv(runResult({ strategies: [strategyResult({ name: 'a "b", c' })] }));
    expect(csv).toContain(',"a ""b"", c",overall,');
  });
});

describe('SVG', () => {
  const four = runResult({
    strategies: ['one', 'two', 'three', 'four'].map((name, index) =>
      strategyResult({
        name,
        overall: populationResult({
          availability: {
            bucketSeconds: 30,
            series: dip(0.1 * index, 4 + index),
            mean: { mean: 1 },
            min: { mean: 0 },
            budgetBurnt: { mean: 2 },
          },
        }),
      }),
    ),
  });

  it('draws one named curve per strategy, a shade per fault, and says it in words', () => {
    const svg = renderSvg(four);
    expect(svg.match(/class="curve /g)).toHaveLength(4);
    expect(svg.match(/class="shade"/g)).toHaveLength(1);
    for (const name of ['one', 'two', 'three', 'four']) expect(svg).toContain(`>${name}</text>`);
    expect(svg).toContain('<title id="dnsdrill-title">Availability over time: Primary region dies');
    expect(svg).toContain('role="img"');
    expect(svg).toContain('prefers-color-scheme:dark');
  });

  it('keeps names apart', () => {
    const svg = renderSvg(four);
    const heights = [...svg.matchAll(/class="name-\d" x="772" y="([\d.]+)"/g)].map((match) =>
      Number(match[1]),
    );
    const sorted = heights.toSorted((one, other) => one - other);
    for (let index = 1; index < sorted.length; index++) {
      expect(sorted[index]! - sorted[index - 1]!).toBeGreaterThanOrEqual(18);
    }
  });

  it('leaves a gap where there were no requests', () => {
    const gap = populationResult({
      availability: {
        bucketSeconds: 900,
        series: [1, null, 0.5, 1],
        mean: { mean: 1 },
        min: { mean: 0.5 },
        budgetBurnt: { mean: 2 },
      },
    });
    const svg = renderSvg(runResult({ strategies: [strategyResult({ overall: gap })] }));
    const [, d] = /class="curve curve-0" d="([^"]+)"/.exec(svg) ?? [];
    expect(d?.match(/M/g)).toHaveLength(2);
  });

  it('matches the golden picture', async () => {
    await expect(renderSvg(four)).toMatchFileSnapshot('golden/four-strategies.svg');
  });

  test.each([
    ['<a>', '<a> is never closed'],
    ['<a></b>', '</b> closes another element'],
    ['<a b=c/>', 'unreadable'],
    ['a & b', 'unreadable'],
  ])('the check for well-formed markup finds fault with %s', (markup, problem) => {
    expect(problemsOfXml(markup)[0]).toContain(problem);
  });
});

test('an event is one line', () => {
  const line = renderEvent(
    { strategy: 'ttl 30', replication: 2 },
    {
      at: 600_000_001,
      latency: 27_100,
      population: 'browsers',
      client: 7,
      name: 'app.example.com.',
      outcome: 'connection-failed',
      cause: 'dead-address/os-cache',
      layer: 'os-cache',
      address: '203.0.113.10',
      retries: 1,
    },
  );
  expect(line).toBe(
    '{"strategy":"ttl 30","replication":2,"atMicros":600000001,"latencyMicros":27100,"population":"browsers",' +
      '"client":7,"name":"app.example.com.","outcome":"connection-failed","cause":"dead-address/os-cache",' +
      '"layer":"os-cache","address":"203.0.113.10","retries":1}\n',
  );
});

describe('a trace', () => {
  it('tells each step with the time since the request', () => {
    const steps = [
      { at: 600_000_000, where: 'application cache', code: 'miss', text: 'nothing for app.example.com. A' },
      {
        at: 600_005_000,
        where: 'resolver isp',
        code: 'hit',
        text: 'NOERROR 203.0.113.10, TTL 12 s, from its cache since 9 min 12 s; the record was changed 31 s ago',
      },
    ];
    expect(renderTrace('One request', steps)).toBe(
      [
        'One request',
        '',
        '   + 0 s  application cache  nothing for app.example.com. A',
        '  + 5 ms  resolver isp       NOERROR 203.0.113.10, TTL 12 s, from its cache',
        '                             since 9 min 12 s; the record was changed 31 s ago',
        '',
      ].join('\n'),
    );
  });

  it('of nothing says so', () => {
    expect(renderTrace('One request', [])).toContain('Nothing happened.');
  });
});
