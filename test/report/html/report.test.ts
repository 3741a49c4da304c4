import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/report.ts';
import { idsOf } from '../charts/pictures.ts';
import { comparedResult, FOUR, HOSTILE } from '../compared.ts';
import { runResult, strategyResult } from '../made-up.ts';
import { problemsOfXml } from '../xml.ts';

const four = comparedResult();
const PAGES = {
  'four strategies': renderHtml(four),
  'one strategy': renderHtml(comparedResult([FOUR[0]!])),
  'hostile names': renderHtml(
    comparedResult(HOSTILE, 3, { title: '</title><img src=x onerror=alert(1)> & "' }),
  ),
  'no comparison': renderHtml(runResult({ strategies: [strategyResult(), strategyResult({ name: 'b' })] })),
  interrupted: renderHtml(runResult({ partial: true, strategies: [] })),
};

describe.each(Object.entries(PAGES))('the page of %s', (_, page) => {
  it('is well-formed, void elements closed', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"\/>/);
    expect(problemsOfXml(page.replace('<!doctype html>', ''))).toEqual([]);
  });

  it('asks for nothing and runs nothing', () => {
    const outside = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    expect(outside).not.toMatch(
      /:\/\/|<[^>]*\ssrc=|@import|<link|<script|<iframe|<object|<img|<form|<[^>]*\son\w+=/,
    );
    for (const [, target] of outside.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^#/);
    for (const [, target] of outside.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
  });

  it('has a policy that allows its one style sheet by hash and nothing else', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text!);
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256').update(styles[0]!).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/\sstyle="/);
  });

  it('has unique ids, and every reference leads to one', () => {
    const ids = idsOf(page);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [
      ...[...page.matchAll(/aria-labelledby="([^"]*)"/g)].map(([, id]) => id!),
      ...[...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id!),
      ...[...page.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id!),
    ];
    for (const reference of references) expect(ids).toContain(reference);
  });

  it('has one main heading, then headings of one level, and landmarks', () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.slice(1).every((level) => level === 2)).toBe(true);
    for (const landmark of ['<header>', '<nav aria-label="Contents">', '<main>']) {
      expect(page.split(landmark)).toHaveLength(2);
    }
  });

  it('has a table for every chart, with heads for columns and rows', () => {
    const charts = [...page.matchAll(/<figure>/g)].length;
    const tables = [
      ...page.matchAll(/<\/figure><details[^>]*><summary>Table: [^<]+<\/summary><div class="scroll"/g),
    ];
    expect(tables).toHaveLength(charts);
    expect([...page.matchAll(/<caption>/g)].length).toBe([...page.matchAll(/<table[ >]/g)].length);
    expect(page).not.toMatch(/<th(?! scope=)(?!ead)/);
  });

  it('says the verdict first, and at the end how to play it again', () => {
    expect(page.indexOf('class="verdict"')).toBeLessThan(page.indexOf('<main>'));
    expect(page.indexOf('What the measures mean')).toBeLessThan(page.indexOf('Play it again</h2>'));
  });
});

describe('the page', () => {
  it('says nothing that a name has smuggled in', () => {
    const texts = PAGES['hostile names'].replaceAll(/<[^>]*>/g, '');
    expect(texts).not.toMatch(/[<\u202e]/);
    expect(PAGES['hostile names']).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('marks an interrupted run', () => {
    expect(renderHtml({ ...four, partial: true })).toContain(
      'Interrupted: this covers only what had finished.',
    );
    expect(PAGES['four strategies']).not.toContain('Interrupted');
  });

  test.each([
    [
      'dnsdrill compare drill.yaml --seed 7 --reps 5',
      { command: 'dnsdrill compare drill.yaml --seed 7 --reps 5' },
    ],
    ['dnsdrill run SCENARIO.yaml --seed 7 --reps 5', {}],
  ])('tells to run %s', (command, context) => {
    expect(renderHtml(four, context)).toContain(`<pre><code>${command}</code></pre>`);
  });

  it('stays below 600 kB with eight strategies whose every bucket differs', () => {
    const strategies = Array.from({ length: 8 }, (_, index) => ({
      ...FOUR[index % 4]!,
      name: `strategy ${index}`,
    }));
    const result = comparedResult(strategies, 20);
    const noise = (bucket: number, salt: number): number =>
      ((bucket * 7919 + salt * 104_729) % 99_991) / 99_991;
    const series = (salt: number): number[] =>
      Array.from({ length: 400 }, (_, bucket) => noise(bucket, salt));
    const noisy = {
      ...result,
      scenario: { ...result.scenario, durationSeconds: 12_000 },
      comparison: {
        ...result.comparison!,
        strategies: result.comparison!.strategies.map((spread, salt) => ({
          ...spread,
          availability: {
            bucketSeconds: 30,
            median: series(salt),
            low: series(salt + 8),
            high: series(salt + 16),
          },
          recovery: {
            ...spread.recovery,
            seconds: Array.from({ length: 200 }, (_, index) => (index + 1) * 3.37),
            recovered: Array.from({ length: 200 }, (_, index) => (index + noise(index, salt)) / 201),
            low: Array.from({ length: 200 }, (_, index) => (index * noise(index, salt)) / 201),
            high: Array.from({ length: 200 }, (_, index) => (index + noise(index, salt)) / 201),
          },
        })),
      },
    };
    const page = renderHtml(noisy);
    expect(page).toContain('strategy 7');
    expect(new TextEncoder().encode(page).length).toBeLessThanOrEqual(600_000);
  });

  it('is the golden page', async () => {
    const small = comparedResult(FOUR.slice(0, 2), 3);
    const page = renderHtml(small, { command: "dnsdrill compare 'my drill.yaml' --seed 7 --reps 3" });
    await expect(page.replaceAll('><', '>\n<')).toMatchFileSnapshot('golden/two-strategies.html');
  });
});
