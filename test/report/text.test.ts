import { describe, expect, it, test } from 'vitest';
import { width } from '../../src/report/layout.ts';
import { ANSI } from '../../src/report/style.ts';
import { renderText } from '../../src/report/text.ts';
import { outcomes } from '../experiment/made-up.ts';
import { dip, populationResult, runResult, strategyResult } from './made-up.ts';

const UNTOUCHED = populationResult({
  outcomes: outcomes({ served: 3_000_000 }),
  availability: {
    bucketSeconds: 30,
    series: dip(1, 1),
    mean: { mean: 1 },
    min: { mean: 1 },
    budgetBurnt: { mean: 2 },
  },
  recovery: {
    affected: { mean: 0 },
    censored: { mean: 0 },
    quantiles: { p50: { mean: 0 }, p90: { mean: 0 }, p95: { mean: 0 }, p99: { mean: 0 }, max: { mean: 0 } },
    population: { mean: 0 },
    target: 0.99,
    holdSeconds: 60,
    curve: [],
  },
  userMinutesLost: { mean: 0 },
  causes: [],
  latency: { p50: 0.0271, p95: 0.0443, p99: 0.0612 },
  staleShare: 0,
});

const NEVER_BACK = populationResult({
  availability: {
    bucketSeconds: 30,
    series: dip(0, 10_000),
    mean: { mean: 0.1671, low: 0.167, high: 0.1672 },
    min: { mean: 0 },
    budgetBurnt: { mean: 2 },
  },
  recovery: {
    affected: { mean: 1 },
    censored: { mean: 1 },
    quantiles: { p50: null, p90: null, p95: null, p99: null, max: null },
    population: null,
    target: 0.99,
    holdSeconds: 60,
    curve: [],
  },
});

function strategy(name: string, seconds: number, minutes: number) {
  const base = populationResult();
  const scale = seconds / 160.2;
  const at = (value: number) => ({
    mean: value * scale,
    low: value * scale * 0.97,
    high: value * scale * 1.03,
  });
  return strategyResult({
    name,
    overall: {
      ...base,
      availability: { ...base.availability, series: dip(0.02, Math.round(4 * scale)) },
      recovery: {
        ...base.recovery,
        quantiles: { p50: at(91.4), p90: at(128.1), p95: at(141.9), p99: at(160.2), max: at(245.7) },
      },
      userMinutesLost: { mean: minutes, low: minutes * 0.97, high: minutes * 1.03 },
    },
  });
}

const GOLDEN = {
  'one strategy': runResult(),
  'four strategies': runResult({
    strategies: [
      strategy('ttl 30', 101, 6_200),
      strategy('ttl 60', 160.2, 12_413),
      strategy('ttl 300', 610, 55_700),
      strategy('two providers', 1822, 190_000),
    ],
  }),
  'no faults': runResult({
    strategies: [strategyResult({ timeline: [], overall: UNTOUCHED, expectations: [] })],
  }),
  'failures without a fault': runResult({
    strategies: [
      strategyResult({
        timeline: [],
        overall: { ...UNTOUCHED, outcomes: outcomes({ served: 2_990_000, servfail: 10_000 }) },
        expectations: [],
      }),
    ],
  }),
  'all censored': runResult({
    partial: true,
    strategies: [
      strategyResult({
        name: 'no failover',
        overall: NEVER_BACK,
        timeline: [{ atSeconds: 600, kind: 'fault', label: 'endpoint us-east fails' }],
        expectations: [{ text: 'recovery.p99 < 5m', passed: false, observed: null }],
      }),
    ],
  }),
  'zero requests': runResult({
    strategies: [
      strategyResult({
        requests: 0,
        load: [],
        expectations: [],
        overall: {
          ...UNTOUCHED,
          outcomes: outcomes(),
          latency: { p50: 0, p95: 0, p99: 0 },
          availability: { ...UNTOUCHED.availability, series: Array.from({ length: 120 }, () => null) },
        },
      }),
    ],
  }),
};

describe('the text report', () => {
  test.each(Object.entries(GOLDEN))('%s', async (name, result) => {
    await expect(renderText(result)).toMatchFileSnapshot(`golden/${name.replaceAll(' ', '-')}.txt`);
  });

  it('says of a fault that nobody noticed that nobody was affected, and shows no wait', () => {
    const calm = strategyResult({ name: 'calm', overall: UNTOUCHED, expectations: [] });
    expect(renderText(runResult({ strategies: [{ ...calm, name: 'as written' }] }))).toContain(
      '\n  No user was affected: every request was served.\n',
    );
    const both = renderText(runResult({ strategies: [calm, strategy('ttl 60', 160.2, 12_413)] }));
    expect(both).toMatch(/^ {2}calm +0 % +– +– +0 /m);
    expect(both).toMatch(/^ {2}ttl 60 +\S+ % +.* 2 min 40 s /m);
  });

  it('in plain ASCII has the same layout', async () => {
    const ascii = renderText(GOLDEN['one strategy'], { unicode: false });
    await expect(ascii).toMatchFileSnapshot('golden/one-strategy-ascii.txt');
    const widths = (text: string) => text.split('\n').map(width);
    expect(widths(ascii)).toEqual(widths(renderText(GOLDEN['one strategy'])));
  });

  it('in colour has the same text', () => {
    const coloured = renderText(GOLDEN['one strategy'], { style: ANSI });
    expect(coloured).toContain('\u001b[1m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is removed
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderText(GOLDEN['one strategy']));
  });
});

describe('names of populations', () => {
  const row = (name: string): string[] => {
    const populations = [name, 'others'].map((one) => ({ ...populationResult(), name: one }));
    const lines = renderText(runResult({ strategies: [strategyResult({ populations })] })).split('\n');
    const at = lines.findIndex((line) => line.trim() === 'population' || /^ +population /.test(line));
    return lines.slice(at + 1, at + 4);
  };

  it('stand beside their figures where there is room, and above them where there is none', () => {
    const name = 'everyone/mobile operators in Europe with carrier resolvers';
    expect(row('short').at(0)).toMatch(/^ {2}short +[\d.,]+/);
    expect(row(name).at(0)).toBe(`  ${name}`);
    expect(row(name).at(1)).toMatch(/^ {10,}[\d.,]+/);
    for (const line of row(name)) expect(width(line)).toBeLessThanOrEqual(80);
  });
});
