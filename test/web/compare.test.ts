/** Comparing in the built page: the numbers of the command line, refined live, looked at from every side. */
import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareProgressively } from '../../src/experiment/compare/progressive.ts';
import { loadScenario, planScenario, playTask, renderJson, sequentialExecutor } from '../../src/index.ts';
import { OBSTACLE } from './chromium.ts';
import { fitsEverywhere, type Opened, SMALL, useBrowser } from './edit-place.ts';

const RUN_MILLISECONDS = 60_000;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

async function jsonFromNode(): Promise<string> {
  const text = readFileSync('scenarios/failover-ttl.yaml', 'utf8');
  const { scenario } = loadScenario({ text, file: 'failover-ttl.yaml', sets: SMALL, replications: 20 });
  const execute = sequentialExecutor((task) => playTask(scenario!, task));
  return renderJson(await compareProgressively(planScenario(scenario!, version), execute));
}

describe.skipIf(OBSTACLE !== undefined)('the compare place', { timeout: 2 * RUN_MILLISECONDS }, () => {
  const open = useBrowser();
  const text = (page: Page): Locator => page.locator('dnsdrill-compare .progress p');

  /** A finished comparison; what a test changes in it does not matter to the others. */
  let shared: Opened;

  async function ready(): Promise<Opened> {
    const opened = await open('compare');
    await opened.page.getByRole('button', { name: '20 more runs' }).waitFor({ timeout: RUN_MILLISECONDS });
    return opened;
  }

  beforeAll(async () => {
    shared = await ready();
  }, RUN_MILLISECONDS);

  /** Runs a command of the page by its name, as the palette does. */
  async function download(page: Page, id: string): Promise<Download> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('dnsdrill-shell').evaluate((shell, command) => {
        (shell as unknown as { commands: { run(id: string): boolean } }).commands.run(command);
      }, id),
    ]);
    return file;
  }

  it('starts with 20 runs of each strategy and gives the bytes of the command line', async () => {
    const { page, complaints } = shared;
    expect(await text(page).textContent()).toMatch(/^20 of 20 runs of each strategy · 99 % time known to ±/);
    const file = await download(page, 'export.compare.json');
    expect(readFileSync(await file.path(), 'utf8')).toBe(await jsonFromNode());
    expect(complaints).toEqual([]);
  });

  it('refines, stops at once, keeps what it has, and goes on', async () => {
    const { page } = await ready();
    await page.getByRole('button', { name: 'Until ±' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    expect(await text(page).textContent()).toContain('stopped');
    expect(await page.locator('dnsdrill-recovery svg').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: '20 more runs' }).waitFor({ timeout: RUN_MILLISECONDS });
    await page.close();
  });

  it('reads the crosshair out by keyboard, and zooms without dragging', async () => {
    const { page } = shared;
    const plot = page.getByRole('slider', { name: 'Point in time' });
    await plot.focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => plot.getAttribute('aria-valuetext'))
      .toMatch(/^44\smin\s50\ss: ttl 30 100\s%.*ttl 3600 \d/);
    await page.getByRole('button', { name: 'Around the fault' }).click();
    await expect.poll(() => page.url()).toMatch(/from=\d+&to=\d+/);
    await page.getByRole('button', { name: 'Whole run' }).click();
    await expect.poll(() => page.url()).not.toMatch(/from=/);
  });

  it('zooms by dragging', async () => {
    const { page } = shared;
    const box = (await page.locator('dnsdrill-over-time .plot').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 });
    await page.mouse.up();
    const [from, to] = [0.6, 0.8].map((part) => Math.round(part * 45 * 60));
    await expect.poll(() => page.url()).toMatch(/from=/);
    const state = new URLSearchParams(page.url().split('?')[1]);
    expect(Math.abs(Number(state.get('from')) - from!)).toBeLessThan(10);
    expect(Math.abs(Number(state.get('to')) - to!)).toBeLessThan(10);
  });

  it('moves the quantile by drag, by key and by number', async () => {
    const { page } = shared;
    const rule = page.getByRole('slider', { name: 'Share of affected clients' });
    const field = page.locator('dnsdrill-recovery input[type=number]');
    await rule.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => field.inputValue()).toBe('98');
    await field.fill('50');
    await field.press('Tab');
    await expect.poll(() => rule.getAttribute('aria-valuenow')).toBe('50');
    await expect.poll(() => page.locator('dnsdrill-front h2').textContent()).toContain('(p50)');
    // While runs arrive, the page may still move.
    await page.getByRole('button', { name: '20 more runs' }).waitFor();
    await rule.scrollIntoViewIfNeeded();
    const box = (await rule.boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + box.height / 2 - 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Number(await field.inputValue())).toBeGreaterThan(55);
  });

  it('pins strategies from the chart into the comparison of two', async () => {
    const { page } = shared;
    const pin = (name: string): Promise<void> => page.getByRole('button', { name: `${name}, pin` }).click();
    await pin('ttl 60');
    await pin('ttl 300');
    await expect
      .poll(() => page.getByRole('combobox', { name: 'A', exact: true }).inputValue())
      .toBe('ttl 60');
    expect(await page.getByRole('combobox', { name: 'B', exact: true }).inputValue()).toBe('ttl 300');
    expect(await page.locator('dnsdrill-differences .sentence').textContent()).toMatch(
      /^ttl 300 recovers .* later at p\S+ than ttl 60/,
    );
  });

  it('compares the strategies that are chosen', async () => {
    const { page } = shared;
    await page.getByRole('checkbox', { name: 'ttl 3600' }).uncheck();
    await expect
      .poll(() => page.locator('dnsdrill-over-time .picture').innerHTML())
      .not.toContain('ttl 3600');
    await page.getByRole('checkbox', { name: 'ttl 3600' }).check();
    await expect.poll(() => page.locator('dnsdrill-over-time .picture').innerHTML()).toContain('ttl 3600');
  });

  it('has a table beside every chart, and saves pictures and numbers', async () => {
    const { page } = shared;
    for (const chart of ['over-time', 'recovery', 'front']) {
      await page.locator(`dnsdrill-${chart} .tools summary`).click();
      expect(await page.locator(`dnsdrill-${chart} table tbody tr`).count()).toBeGreaterThan(3);
    }
    const png = readFileSync(await (await download(page, 'export.compare.recovery-png')).path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const svg = readFileSync(await (await download(page, 'export.compare.pareto-svg')).path(), 'utf8');
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    const html = readFileSync(await (await download(page, 'export.compare.html')).path(), 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html.length).toBeLessThan(600_000);
  });

  it('hands itself on as a CI job', async () => {
    const { page } = shared;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as CI job' }).click();
    await page.getByText('Copied. Put failover-ttl.yaml').waitFor();
    const workflow = parse(await page.evaluate<string>('navigator.clipboard.readText()')) as {
      jobs: { drill: { steps: { name?: string; run?: string; env?: Record<string, string> }[] } };
    };
    const step = workflow.jobs.drill.steps.find(({ name }) => name === 'Drill')!;
    expect(step.run).toContain(`dnsdrill@${version} compare "$SCENARIO"`);
    expect(Object.values(step.env!)).toEqual(['failover-ttl.yaml', ...SMALL]);
  });

  it('says so when the scenario has problems, and leads to them', async () => {
    const { page } = await open('compare', { sets: ['duration=soon'] });
    await page.getByText('The scenario has problems').waitFor();
    await page.getByRole('button', { name: 'Go to Edit' }).click();
    await expect.poll(() => page.url()).toContain('#/edit');
    await page.close();
  });

  fitsEverywhere(
    'dnsdrill-compare',
    () => shared,
    async (page) => {
      if (!(await page.locator('dnsdrill-more-charts').count())) await page.getByText('More charts').click();
      await page.locator('dnsdrill-more-charts svg').first().waitFor();
    },
  );
});
