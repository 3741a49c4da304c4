/** The built page in real Chromium: it starts, runs drills to the same bytes as Node, and can be used by anyone. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  loadScenario,
  planScenario,
  playTask,
  renderJson,
  runExperiment,
  sequentialExecutor,
} from '../../src/index.ts';
import { BUILT, launch, OBSTACLE } from './chromium.ts';
import { type Site, serve } from './site.ts';

const FOLDER = 'scenarios';
const SCENARIOS = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const RUN_MILLISECONDS = 60_000;

/** A finding of axe, the accessibility checker. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Handed to the browser as it is: the page's own policy lets no foreign script in. */
const AXE = `${readFileSync('node_modules/axe-core/axe.min.js', 'utf8')};
  axe.run(document).then(({ violations }) => violations)`;

const packageFile = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** One replication of a hundred clients is enough to compare bytes. */
function quick(text: string): string {
  const others = text.split('\n').filter((line) => !line.startsWith('replications:'));
  return `${others.join('\n').replaceAll(/\bcount: \d{3,}/g, 'count: 100')}\nreplications: 1\n`;
}

async function jsonFromNode(text: string, file: string): Promise<string> {
  const { scenario, issues } = loadScenario({
    text,
    file,
    readFile: (path) => readFileSync(`${FOLDER}/${path}`, 'utf8'),
  });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const execute = sequentialExecutor((task) => playTask(scenario, task));
  return renderJson(await runExperiment(planScenario(scenario, packageFile.version), execute));
}

describe.skipIf(OBSTACLE !== undefined)('the page', { timeout: 2 * RUN_MILLISECONDS }, () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    site = await serve(BUILT);
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  beforeEach(async () => {
    complaints.length = 0;
    requests.length = 0;
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(site.url);
    return () => page.close();
  });

  const runButton = (): Locator => page.getByRole('button', { name: 'Run the drill' });
  const text = (): Locator => page.getByLabel('Scenario');
  const report = (): Locator => page.locator('dnsdrill-report');

  async function jsonOfRun(): Promise<string> {
    await runButton().click();
    await report().waitFor({ timeout: RUN_MILLISECONDS });
    return report().evaluate((element) => (element as unknown as { report: { json: string } }).report.json);
  }

  it('starts: its elements are alive, nothing complains, and nothing is asked of other hosts', async () => {
    await page.getByText('No problems found.').waitFor();
    expect(await page.getByLabel('Drill').locator('option').count()).toBe(SCENARIOS.length);
    expect(await text().inputValue()).toContain('zones:');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
  });

  it.each(SCENARIOS)('%s gives the same bytes as in Node', async (file) => {
    await page.getByLabel('Drill').selectOption(file);
    const source = quick(await text().inputValue());
    await text().fill(source);
    expect(await jsonOfRun()).toBe(await jsonFromNode(source, file));
    expect(complaints).toEqual([]);
  });

  it('shows the sentence, the chart and the report of a run', async () => {
    await text().fill(quick(await text().inputValue()));
    const { strategies } = JSON.parse(await jsonOfRun()) as { strategies: { name: string }[] };
    expect(await report().locator('.verdict').textContent()).toMatch(/\w.*\.$/);
    expect(await report().locator('svg path.curve').count()).toBe(strategies.length);
    expect(await report().getByRole('region', { name: 'Report' }).textContent()).toContain('Availability');
    expect(complaints).toEqual([]);
  });

  it('lists every problem with its place, and leads there', async () => {
    const source = `${await text().inputValue()}\nnonsense: 1\n`;
    const line = source.split('\n').length - 1;
    await text().fill(source);
    const problem = page.getByRole('button', { name: `:${line}:1` });
    await problem.click();
    const [start, active] = await text().evaluate((area) => [
      (area as unknown as { selectionStart: number }).selectionStart,
      (area as unknown as { matches(selector: string): boolean }).matches(':focus'),
    ]);
    expect([start, active]).toEqual([source.indexOf('nonsense'), true]);
    await runButton().click();
    await page.getByText('The scenario has problems').waitFor();
    expect(await report().count()).toBe(0);
  });

  it('cancels a run, and can run again', async () => {
    await text().fill(quick(await text().inputValue()).replace('replications: 1', 'replications: 1000'));
    await runButton().click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled.').waitFor();
    await text().fill(quick(await text().inputValue()));
    expect(await jsonOfRun()).toContain('"replications": 1,');
  });

  it('keeps what was edited while another scenario is looked at', async () => {
    const [first, second] = [
      await page.getByLabel('Drill').inputValue(),
      SCENARIOS.find((name) => name !== 'failover-ttl.yaml')!,
    ];
    await text().fill('title: mine');
    await page.getByLabel('Drill').selectOption(second);
    expect(await text().inputValue()).not.toBe('title: mine');
    await page.getByLabel('Drill').selectOption(first);
    expect(await text().inputValue()).toBe('title: mine');
  });

  it('is worked by keyboard alone', async () => {
    const reached: string[] = [];
    for (let stop = 0; stop < 4; stop++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate<string>(`(() => {
          let element = document.activeElement;
          while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          return element.localName;
        })()`),
      );
    }
    expect(reached.slice(0, 3)).toEqual(['select', 'textarea', 'button']);
  });

  it('fits phones and desktops without scrolling sideways', async () => {
    await text().fill(quick(await text().inputValue()));
    await jsonOfRun();
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await text().fill(`${quick(await text().inputValue())}nonsense: 1\n`);
    await page.getByText('1 problem').waitFor();
    const before = await page.evaluate<Violation[]>(AXE);
    await text().fill(quick(await text().inputValue()).replace('nonsense: 1\n', ''));
    await jsonOfRun();
    const after = await page.evaluate<Violation[]>(AXE);
    expect([...before, ...after].map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
