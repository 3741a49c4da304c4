/** Opening a place of the built page in Chromium, for tests. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { standing } from './quality/ground.ts';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** A drill small enough to be played many times. */
export const SMALL = ['clients.browsers.count=100', 'resolvers.isp.count=10', 'duration=45m'];

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly sets?: readonly string[];
  /** What the place is to find again. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, and requests to other hosts. */
  readonly complaints: string[];
}

/** A browser and a site for all tests of a file. */
export function useBrowser(): (place: string, look?: Look) => Promise<Opened> {
  const ground = standing();
  return async (place, { width = 1280, scheme = 'light', sets = SMALL, state = {} } = {}) => {
    const { site, browser } = ground;
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    const complaints = listen(page, site.url);
    const query = new URLSearchParams([
      ['drill', 'failover-ttl.yaml'],
      ...sets.map((set) => ['set', set]),
      ...Object.entries(state),
    ]);
    await page.goto(`${site.url}#/${place}?${query}`);
    return { page, complaints };
  };
}

function listen(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    const isOwn = request.url().startsWith(url) || protocol === 'data:' || protocol === 'blob:';
    if (!isOwn) complaints.push(`asks ${request.url()}`);
  });
  return complaints;
}

/** What axe finds inside an element, in a few words each. */
async function violations(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`(async () => {
    const findings = await axe.run(document.body, { resultTypes: ['violations'] });
    return findings.violations.flatMap(({ id, nodes }) => nodes
      .map(({ target, any, all, none }) => [target.flat().join(' '), [...any, ...all, ...none][0]?.message])
      .filter(([target]) => target.includes(${JSON.stringify(selector)}))
      .map(([target, message]) => id + ' at ' + target + ': ' + message));
  })()`);
}

/** Nothing may be wider than the window. */
async function expectNoSidewaysScrolling(page: Page, width: number): Promise<void> {
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
}

const WIDTHS = [320, 360, 820, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

/**
 * Tests of a place at every width, in light and dark.
 * @param element name of the place's element
 * @param opened the place, opened before the first test
 * @param prepare brings everything into view that is to be looked at
 */
export function fitsEverywhere(
  element: string,
  opened: () => Opened,
  prepare: (page: Page) => Promise<void> = async () => {},
): void {
  it.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const)))(
    'at %d pixels, %s: axe finds nothing, nothing scrolls sideways',
    async (width, scheme) => {
      const { page, complaints } = opened();
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await prepare(page);
      expect(await violations(page, element)).toEqual([]);
      await expectNoSidewaysScrolling(page, width);
      expect(complaints).toEqual([]);
    },
  );
}
