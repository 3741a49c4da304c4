/** The HTML report in a real browser: no requests, nothing blocked, no overflow, nothing for axe to find. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/report.ts';
import { comparedResult, FOUR, HOSTILE } from '../report/compared.ts';
import { launch } from './chromium.ts';

const CHROMIUM = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
const HAS_BROWSER = existsSync(CHROMIUM);
if (!HAS_BROWSER)
  console.warn(`*** THE REPORT IS NOT TESTED IN A BROWSER: there is no Chromium at ${CHROMIUM}. ***`);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PAGES: Readonly<Record<string, string>> = {
  four: renderHtml(comparedResult()),
  one: renderHtml(comparedResult([FOUR[0]!])),
  hostile: renderHtml(comparedResult(HOSTILE, 3)),
};

interface AxeWindow {
  readonly axe: { run(): Promise<{ readonly violations: readonly { readonly id: string }[] }> };
}

describe.skipIf(!HAS_BROWSER)('the report in a browser', () => {
  let browser: Browser;
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dnsdrill-'));
    for (const [name, page] of Object.entries(PAGES)) writeFileSync(join(folder, `${name}.html`), page);
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page and notes what it asks for and complains about. */
  async function open(
    name: string,
    width: number,
    colorScheme: 'light' | 'dark',
    bypassCSP = false,
  ): Promise<{ page: Page; heard: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
    const page = await context.newPage();
    const heard: string[] = [];
    const address = pathToFileURL(join(folder, `${name}.html`)).href;
    page.on('console', (message) => heard.push(message.text()));
    page.on('pageerror', (error) => heard.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== address) heard.push(request.url());
    });
    await page.goto(address);
    return { page, heard };
  }

  test.each(Object.keys(PAGES).flatMap((name) => [320, 768, 1280].map((width) => [name, width] as const)))(
    '%s at %i pixels asks for nothing, complains of nothing and fits',
    async (name, width) => {
      const { page, heard } = await open(name, width, 'light');
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('details')) part.open = true;
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      const shown = await page.evaluate(
        () =>
          [...document.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0).length,
      );
      const charts = await page.locator('figure').count();
      await page.context().close();
      expect(heard).toEqual([]);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(shown).toBe(charts);
    },
  );

  test.each(['light', 'dark'] as const)('keeps its texts inside its charts in %s', async (scheme) => {
    for (const width of [360, 1280]) {
      const { page } = await open('four', width, scheme);
      const outside = await page.evaluate(() =>
        [...document.querySelectorAll('svg')].flatMap((svg) => {
          const frame = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')]
            .filter((text) => {
              const box = text.getBoundingClientRect();
              return (
                frame.width > 0 &&
                (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
              );
            })
            .map((text) => text.textContent);
        }),
      );
      await page.context().close();
      expect(outside).toEqual([]);
    }
  });

  test.each([
    ['four', 'light'],
    ['four', 'dark'],
    ['hostile', 'light'],
  ] as const)('axe finds nothing on %s in %s', async (name, scheme) => {
    const { page } = await open(name, 1280, scheme, true);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => (window as unknown as AxeWindow).axe.run());
    await page.context().close();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test('prints in light colours with its tables open', async () => {
    const { page } = await open('four', 688, 'dark');
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => ({
      scheme: getComputedStyle(document.documentElement).colorScheme,
      table: document.querySelector('#pareto table')!.getBoundingClientRect().height,
      wide: document.querySelector('#pareto .wide svg')!.getBoundingClientRect().width,
      narrow: document.querySelector('#pareto .narrow svg')!.getBoundingClientRect().width,
    }));
    await page.context().close();
    expect(seen.scheme).toBe('light');
    expect(seen.table).toBeGreaterThan(40);
    expect(seen.wide).toBeGreaterThan(500);
    expect(seen.narrow).toBe(0);
  });
});
