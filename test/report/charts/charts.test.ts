import { describe, expect, it, test } from 'vitest';
import { availabilityChart } from '../../../src/report/charts/availability.ts';
import { causesChart } from '../../../src/report/charts/causes.ts';
import { type Chart, type ChartOptions, valueAt } from '../../../src/report/charts/chart.ts';
import { formatCell, tableToCsv } from '../../../src/report/charts/format.ts';
import { availabilityData, chartsOf } from '../../../src/report/charts/from-result.ts';
import { loadChart } from '../../../src/report/charts/load.ts';
import { type ParetoSpot, paretoChart, paretoData } from '../../../src/report/charts/pareto.ts';
import { phasesChart } from '../../../src/report/charts/phases.ts';
import { recoveryChart } from '../../../src/report/charts/recovery.ts';
import { timelineChart } from '../../../src/report/charts/timeline.ts';
import { waterfallChart } from '../../../src/report/charts/waterfall.ts';
import { comparedResult, FOUR, HOSTILE } from '../compared.ts';
import { runResult, strategyResult, TIMELINE } from '../made-up.ts';
import { problemsOfXml } from '../xml.ts';
import { extentOf, heightAt, idsOf, marksOf, marksWith, numberOf, placeOf } from './pictures.ts';

const STEPS = [
  { at: 60_000_000, where: 'application cache', code: 'miss', text: 'app.example.com. is not in the cache' },
  { at: 60_000_000, where: 'stub resolver', code: 'ask', text: 'asks resolver isp for app.example.com. A' },
  {
    at: 60_002_500,
    where: 'resolver isp',
    code: 'ask',
    text: 'asks ns1.main-dns.net. (192.0.2.1) of example.com. <once>',
  },
  {
    at: 61_502_500,
    where: 'resolver isp',
    code: 'server-timeout',
    text: 'ns1.main-dns.net. timed out after 1.5 s',
  },
  { at: 61_530_000, where: 'connection', code: 'open', text: 'connects to 203.0.113.10' },
];

const many = comparedResult([...FOUR, ...HOSTILE, { name: 'eighth', p50: 30, p99: 40, queries: 1 }]);
const four = comparedResult();
const DATA = {
  'four strategies': four,
  'eight strategies with hostile names': many,
  'one strategy': comparedResult([FOUR[0]!]),
  'one replication': comparedResult(FOUR, 1),
  'without a comparison': runResult({ strategies: [strategyResult(), strategyResult({ name: 'other' })] }),
  'nobody affected': comparedResult([{ name: 'a', p50: 0, p99: 0, queries: 0 }]),
};

function everyChart(result: typeof four, options: ChartOptions): Chart[] {
  return [
    ...chartsOf(result, options),
    waterfallChart({ steps: STEPS, selected: 2 }, options),
    waterfallChart({ steps: [] }, options),
    timelineChart({ durationSeconds: 3600, marks: TIMELINE }, options),
    timelineChart({ durationSeconds: 3600, marks: [] }, options),
    phasesChart({ strategies: [{ name: 'none' }] }, options),
    causesChart({ strategies: [{ name: 'none', causes: [] }] }, options),
    loadChart({ strategies: [] }, options),
  ];
}

describe.each(Object.entries(DATA))('every chart of %s', (_, result) => {
  describe.each([280, 344, 700, 896, 1600])('at %i pixels', (width) => {
    const charts = everyChart(result, { width });

    it('is well-formed and holds no impossible number', () => {
      for (const { name, svg } of charts) {
        expect([name, problemsOfXml(svg)]).toEqual([name, []]);
        expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
      }
    });

    it('keeps every text inside the picture', () => {
      for (const { name, svg } of charts) {
        const height = numberOf(marksOf(svg)[0]!, 'height');
        for (const mark of marksOf(svg).filter((one) => one.name === 'text')) {
          const [left, right] = extentOf(mark);
          expect([name, mark.text, left >= -1, right <= width + 1]).toEqual([name, mark.text, true, true]);
          expect(numberOf(mark, 'y')).toBeGreaterThan(8);
          expect(numberOf(mark, 'y')).toBeLessThanOrEqual(height);
        }
      }
    });

    it('keeps every bar and marker inside the picture', () => {
      for (const { name, svg } of charts) {
        const height = numberOf(marksOf(svg)[0]!, 'height');
        for (const mark of marksOf(svg).filter((one) => one.name === 'rect')) {
          expect([name, numberOf(mark, 'x') + numberOf(mark, 'width') <= width + 1]).toEqual([name, true]);
          expect([name, numberOf(mark, 'y') + numberOf(mark, 'height') <= height + 1]).toEqual([name, true]);
          expect(numberOf(mark, 'width')).toBeGreaterThanOrEqual(0);
          expect(numberOf(mark, 'height')).toBeGreaterThanOrEqual(0);
        }
        for (const mark of [...marksWith(svg, 'path', 'marker'), ...marksWith(svg, 'path', 'hollow')]) {
          const [x, y] = placeOf(mark);
          expect([name, x >= 0 && x <= width, y >= 0 && y <= height]).toEqual([name, true, true]);
        }
      }
    });

    it('says something, and has a table whose rows fit its columns', () => {
      for (const { title, finding, table } of charts) {
        expect(title).toMatch(/^\S.*\S$/);
        expect(finding).toMatch(/^\S.*\.$/u);
        expect(finding).not.toMatch(/\n|NaN|undefined/);
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
        for (const cell of table.rows.flat()) {
          if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true);
        }
      }
    });

    it('has no style of its own, no script and no reference to the outside', () => {
      for (const { svg } of charts) {
        expect(svg).not.toMatch(/\sstyle="|<script|\son\w+="|href/);
        expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/:\/\//);
        for (const [, target] of svg.matchAll(/url\(([^)]*)\)/g)) {
          expect(idsOf(svg)).toContain(target!.slice(1));
        }
      }
    });
  });
});

describe('the picture and the table show the same', () => {
  const at = (chart: Chart, axis: 'x' | 'y', pixel: number, plot = 0): number =>
    valueAt(chart.plots[plot]![axis], pixel);

  it('availability: the line of each panel at the middle of every bucket', () => {
    const chart = availabilityChart(availabilityData(four));
    const curves = marksWith(chart.svg, 'path', 'curve');
    expect(curves).toHaveLength(FOUR.length);
    for (const [panel, curve] of curves.entries()) {
      const { x } = chart.plots[panel]!;
      const column = chart.table.columns.findIndex(({ heading }) => heading === FOUR[panel]!.name);
      for (const row of chart.table.rows) {
        const middle = ((row[0] as number) + (row[1] as number)) / 2;
        const pixel = x.start + ((x.end - x.start) * middle) / (x.to - x.from);
        expect(at(chart, 'y', heightAt(curve.attributes['d']!, pixel)!, panel)).toBeCloseTo(
          row[column] as number,
          2,
        );
      }
    }
  });

  it('availability: rows cover the run without a hole', () => {
    const { table } = availabilityChart(availabilityData(four));
    expect(table.rows[0]![0]).toBe(0);
    expect(table.rows.at(-1)![1]).toBe(four.scenario.durationSeconds);
    for (const [index, row] of table.rows.slice(1).entries()) expect(row[0]).toBe(table.rows[index]![1]);
  });

  it('recovery: markers on the rule stand at the times of the table, whiskers at its intervals', () => {
    const chart = recoveryChart({ ...four.comparison!, quantile: 0.9 });
    const rule = /<g data-quantile="0.9">.*?<\/g><\/g>/s.exec(chart.svg)![0];
    const rows = chart.table.rows.filter((row) => row[3] !== null);
    const heading = chart.table.columns.map((column) => column.heading.replaceAll('\u00a0', ' '));
    expect(rows).toHaveLength(4);
    const [time, low, high] = ['90 % back after', '90 %, low', '90 %, high'].map((one) =>
      heading.indexOf(one),
    );
    for (const [index, mark] of marksWith(rule, 'path', 'marker').entries()) {
      expect(at(chart, 'x', placeOf(mark)[0]) / (rows[index]![time!] as number)).toBeCloseTo(1, 2);
    }
    for (const [index, mark] of marksWith(rule, 'line', 'whisker').entries()) {
      expect(at(chart, 'x', numberOf(mark, 'x1')) / (rows[index]![low!] as number)).toBeCloseTo(1, 2);
      expect(
        at(chart, 'x', numberOf(mark, 'x2')) / ((rows[index]![high!] as number | null) ?? 900),
      ).toBeCloseTo(1, 2);
    }
  });

  it('recovery: who is not back by the end hangs from the top as a block', () => {
    const chart = recoveryChart(four.comparison!);
    const block = chart.svg.slice(chart.svg.indexOf('data-block'));
    const bars = marksWith(block, 'rect', 'edge');
    const plot = chart.plots[0]!.y;
    expect(bars).toHaveLength(4);
    for (const [index, bar] of bars.entries()) {
      const missing = chart.table.rows[index]!.at(-1) as number;
      expect(numberOf(bar, 'height') / (plot.start - plot.end)).toBeCloseTo(missing, 2);
    }
    expect(chart.table.rows.map((row) => Math.round((row.at(-1) as number) * 10))).toEqual([0, 0, 0, 1]);
    expect(block).toContain('10\u00a0% not back');
  });

  it('load against recovery: points stand at the numbers of the table, what is beaten is hollow', () => {
    const chart = paretoChart(paretoData(four.comparison!));
    const points = marksOf(chart.svg).filter(({ attributes }) =>
      /^(marker|hollow)$/.test(attributes['class'] ?? ''),
    );
    expect(points.map(({ attributes }) => attributes['class'])).toEqual([
      'marker',
      'marker',
      'hollow',
      'marker',
    ]);
    for (const [index, row] of chart.table.rows.entries()) {
      const [x, y] = placeOf(points[index]!);
      expect(at(chart, 'x', x) / (row[1] as number)).toBeCloseTo(1, 1);
      if (row[4] !== null) expect(at(chart, 'y', y) / (row[4] as number)).toBeCloseTo(1, 1);
      else expect(y).toBeLessThan(chart.plots[0]!.y.end);
    }
  });

  it('load against recovery: a price turns rates into money, a goal is a box', () => {
    const data = paretoData(four.comparison!);
    const plain = paretoChart(data).table.rows.map((row) => row[1] as number);
    const priced = paretoChart({
      ...data,
      price: { perMillion: 0.4, currency: 'EUR' },
      goal: { load: 50, seconds: 300 },
    });
    for (const [index, row] of priced.table.rows.entries()) {
      expect(row[1]).toBeCloseTo((plain[index]! * 30 * 86_400 * 0.4) / 1e6, 6);
    }
    const [box] = marksWith(priced.svg, 'rect', 'slo');
    expect(at(priced, 'x', numberOf(box!, 'x') + numberOf(box!, 'width')) / (50 * 2.592 * 0.4)).toBeCloseTo(
      1,
      1,
    );
    expect(at(priced, 'y', numberOf(box!, 'y')) / 300).toBeCloseTo(1, 1);
    expect(paretoChart(data).svg).not.toContain('class="slo"');
  });

  it('names points that cannot be told apart together, and leaves room for letters', () => {
    const spot = (name: string, mean: number, seconds: number): ParetoSpot => ({
      name,
      load: { mean },
      recovery: { mean: seconds },
      dominatedBy: [],
    });
    const apart = [spot('slow', 100, 3000), spot('quick', 1000, 300)];
    const points = [
      ...apart,
      spot('slower, too', 100, 3001),
      spot('a third that is just as slow', 100, 3000),
    ];
    const data = { quantile: 'p99', horizonSeconds: 3600 };
    const texts = (svg: string): string[] => [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text!);
    expect(texts(paretoChart({ ...data, points: apart }).svg)).toEqual(
      expect.arrayContaining(['slow', 'quick']),
    );
    const together = texts(paretoChart({ ...data, points }).svg);
    expect(together).toEqual(expect.arrayContaining(['slow and 2 others', 'quick']));
    expect(together).not.toContain('slow');
    const lettered = paretoChart({ ...data, points: apart, lettered: ['quick'] }).svg;
    expect(texts(lettered)).toEqual(expect.arrayContaining(['slow', 'quick']));
  });

  it('by list price, only strategies whose every price is known are weighed, and by that alone', () => {
    const spot = (name: string, cost: number | undefined, seconds: number): ParetoSpot => ({
      name,
      load: { mean: 100 - seconds },
      recovery: { mean: seconds },
      dominatedBy: [],
      ...(cost === undefined ? {} : { cost: { mean: cost } }),
    });
    const points = [
      spot('plain', 5, 60),
      spot('fast', 20, 10),
      spot('waste', 30, 60),
      spot('secret', undefined, 1),
    ];
    const chart = paretoChart({ quantile: 'p99', horizonSeconds: 3600, points, across: 'cost' });
    expect(chart.title).toBe('Cost a month against time to recovery (p99)');
    expect(chart.finding).toBe('On the front: plain and fast; beaten in both cost and recovery: waste.');
    expect(chart.table.rows.map(([name, cost]) => [name, cost])).toEqual([
      ['plain', 5],
      ['fast', 20],
      ['waste', 30],
    ]);
    expect(chart.table.rows[2]!.at(-1)).toBe('plain, fast');
    expect(chart.svg).toContain('US dollars a month');
  });

  it('load: filled and hollow markers stand at mean and peak', () => {
    const chart = loadChart(four);
    for (const [index, name] of ['marker', 'hollow'].entries()) {
      const key = index === 0 ? four.strategies.length : 0;
      const marks = marksWith(chart.svg, 'path', name).slice(key);
      const rows = chart.table.rows.filter((row) => (row[3] as number) > 0);
      expect(marks).toHaveLength(rows.length);
      for (const [at_, mark] of marks.entries()) {
        expect(at(chart, 'x', placeOf(mark)[0]) / (rows[at_]![2 + index] as number)).toBeCloseTo(1, 1);
      }
    }
  });

  it('causes: bars are as long as their user-minutes', () => {
    const chart = causesChart({
      strategies: four.strategies.map(({ name, overall }) => ({ ...overall, name })),
    });
    const bars = marksWith(chart.svg, 'rect', 'bar').map((mark) => numberOf(mark, 'width'));
    const minutes = chart.table.rows.map((row) => row[2] as number);
    const [longest, most] = [Math.max(...bars), Math.max(...minutes)];
    expect(bars.map((length) => length / longest)).toEqual(
      minutes.map((value) => expect.closeTo(value / most, 2)),
    );
  });

  it('phases: parts follow one another and add up to the total', () => {
    const phases = { detect: 31, decide: 10, publish: 20, drain: 160, reconnect: 36 };
    const chart = phasesChart({ strategies: [{ name: 'a', phases }] });
    const parts = marksWith(chart.svg, 'rect', 'edge');
    expect(parts).toHaveLength(5);
    for (const [index, part] of parts.slice(1).entries()) {
      expect(numberOf(part, 'x')).toBeCloseTo(
        numberOf(parts[index]!, 'x') + numberOf(parts[index]!, 'width'),
        1,
      );
    }
    const end = numberOf(parts.at(-1)!, 'x') + numberOf(parts.at(-1)!, 'width');
    expect(at(chart, 'x', end)).toBeCloseTo(257, 0);
    expect(chart.table.rows).toEqual([['a', 31, 10, 20, 160, 36, 257]]);
  });

  it('waterfall: bars begin at their step and last until the next', () => {
    const chart = waterfallChart({ steps: STEPS });
    const bars = marksWith(chart.svg, 'rect', 'bar');
    for (const [index, [from, length]] of (chart.table.rows as [number, number][]).entries()) {
      expect(at(chart, 'x', numberOf(bars[index]!, 'x'))).toBeCloseTo(from, 2);
      if (length > 0.05) {
        expect(at(chart, 'x', numberOf(bars[index]!, 'x') + numberOf(bars[index]!, 'width'))).toBeCloseTo(
          from + length,
          2,
        );
      }
    }
    expect(chart.finding).toBe(
      '5 steps in 1.5 s; the longest wait, 1.5 s, follows this: resolver isp asks ns1.main-dns.net. (192.0.2.1) of example.com. <once>.',
    );
  });
});

describe('findings', () => {
  test.each([
    ['availability', 'Availability is below 99 % for 1 min 30 s with ttl 30, for 10 min 30 s with pinned.'],
    [
      'recovery',
      '99 % of affected clients are back after 2 min 9 s with ttl 30 and not by the end, where 10 % are still waiting, with pinned.',
    ],
    [
      'pareto',
      'On the front: ttl 30, ttl 300 and pinned; beaten in both load and recovery: ttl 300, two providers.',
    ],
    [
      'causes',
      "80 % of the user-minutes, all strategies together: the recursive resolver's cache led to a dead address.",
    ],
    ['load', 'The authoritative servers get 1.2 q/s on average with pinned and 101 q/s with ttl 30.'],
    ['timeline', '1 fault; the first at 5 min.'],
  ])('of %s', (name, finding) => {
    expect(chartsOf(four).find((chart) => chart.name === name)!.finding).toBe(finding);
  });

  it('name who was not affected at all', () => {
    const safe = comparedResult([FOUR[0]!, { name: 'safe', p50: 0, p99: 0, queries: 1 }], 1);
    const spread = safe.comparison!.strategies;
    const recovery = { ...spread[1]!.recovery, affected: 0, seconds: [], recovered: [] };
    const { finding } = recoveryChart({
      quantile: 0.99,
      strategies: [spread[0]!, { name: 'safe', recovery }],
    });
    expect(finding).toBe(
      '99 % of affected clients are back after 2 min with ttl 30; nobody was affected with safe.',
    );
  });

  it('of strategies that differ in nothing claim no difference', () => {
    const same = comparedResult([FOUR[0]!, { ...FOUR[0]!, name: 'copy' }]);
    const [availability] = chartsOf(same);
    expect(availability!.finding).toBe('Availability is below 99 % for 1 min 30 s with every strategy.');
  });
});

describe('options', () => {
  it('bring out one strategy and fade the others', () => {
    for (const { name, svg } of chartsOf(four, { highlight: 'pinned' })) {
      if (name === 'timeline' || name === 'phases') continue;
      const groups = marksOf(svg).filter(
        ({ attributes }) => attributes['data-strategy'] && /faded/.test(attributes['class']!),
      );
      expect(new Set(groups.map(({ attributes }) => attributes['data-strategy']))).toEqual(
        new Set(['ttl 30', 'ttl 300', 'ttl 300, two providers']),
      );
    }
    for (const { svg } of chartsOf(four)) expect(svg).not.toContain('faded');
  });

  it('draw a crosshair with the values there', () => {
    const chart = availabilityChart(availabilityData(four), { crosshair: 310 });
    const cross = chart.svg.slice(chart.svg.indexOf('data-crosshair'));
    const line = marksWith(cross, 'line', 'crosshair')[0]!;
    expect(valueAt(chart.plots[0]!.x, numberOf(line, 'x1'))).toBeCloseTo(310, 0);
    expect([...cross.matchAll(/>(\d+\u00a0%)</g)]).toHaveLength(4);
    expect(recoveryChart(four.comparison!, { crosshair: 100 }).svg).toContain('data-crosshair="100"');
    expect(availabilityChart(availabilityData(four)).svg).not.toContain('crosshair');
  });

  it('put ids apart', () => {
    const ids = ['wide', 'narrow'].flatMap((id) => chartsOf(four, { id }).flatMap(({ svg }) => idsOf(svg)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('wide-recovery-hatch');
  });

  it('make a picture that stands alone', () => {
    const [embedded, alone] = [{}, { standalone: true }].map((options) => chartsOf(four, options)[0]!.svg);
    expect(embedded).not.toContain('<style');
    expect(alone).toContain('light-dark(');
    expect(alone).toContain('<title>Availability over time.');
    expect(problemsOfXml(alone!)).toEqual([]);
  });
});

describe('tables of charts', () => {
  it('write cells by their column', () => {
    const seconds = { heading: 'x', format: 'seconds' } as const;
    expect(
      [formatCell(90, seconds), formatCell(null, seconds)].map((text) => text.replaceAll('\u00a0', ' ')),
    ).toEqual(['1 min 30 s', 'beyond the end']);
    expect(formatCell(null, { heading: 'x' })).toBe('–');
    expect(formatCell('a', { heading: 'x' })).toBe('a');
  });

  it('are CSV with raw numbers', () => {
    const table = {
      columns: [{ heading: 'a' }, { heading: 'b, c', format: 'share' as const }],
      rows: [
        ['x "y"', 0.5],
        ['z', null],
      ],
    };
    expect(tableToCsv(table)).toBe('a,"b, c"\n"x ""y""",0.5\nz,\n');
  });
});

describe('golden pictures', () => {
  const charts = [
    ...chartsOf(four, { width: 640, standalone: true }),
    waterfallChart({ steps: STEPS }, { width: 640, standalone: true }),
  ];
  test.each(charts.map((chart) => [chart.name, chart] as const))('%s', async (name, { svg }) => {
    await expect(`${svg.replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot(`golden/${name}.svg`);
  });
});
