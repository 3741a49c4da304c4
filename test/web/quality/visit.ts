/** Visits to the built page: its places and windows, and when each of them is ready to be looked at. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BUILT } from '../chromium.ts';

/** What is tested; another build can be named, so that a build under way does not disturb a test. */
export const BUILD: string = process.env['DNSDRILL_PAGE'] ?? BUILT;

/** Few clients: these tests look at the page, not at the numbers. */
export const SMALL: string = [
  'drill=failover-ttl.yaml',
  ...['clients.browsers.count=60', 'resolvers.isp.count=20'].map((set) => `set=${encodeURIComponent(set)}`),
].join('&');

/** Patience with a busy machine; nothing is measured by it. */
export const PATIENCE_MILLISECONDS = 30_000;

export interface Visit {
  readonly name: string;
  /** Fragment of the address. */
  readonly route: string;
  /** Resolves when the view shows what it is for. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const played = (page: Page): Promise<unknown> => page.locator('dnsdrill-play .number b').first().waitFor();

const heading =
  (name: string) =>
  (page: Page): Promise<unknown> =>
    page.getByRole('heading', { name, exact: true }).waitFor();

/** The six places of the page. */
export const PLACES: readonly Visit[] = [
  { name: 'Play', route: `#/play?${SMALL}`, ready: played },
  {
    name: 'Compare',
    route: `#/compare?${SMALL}`,
    ready: (page) => page.locator('dnsdrill-recovery svg').first().waitFor(),
  },
  { name: 'Trace', route: `#/trace?${SMALL}`, ready: heading('Hops') },
  {
    name: 'Edit',
    route: `#/edit?${SMALL}`,
    ready: (page) => page.locator('dnsdrill-edit .cm-content').waitFor(),
  },
  { name: 'Learn', route: '#/learn', ready: heading('Learn') },
  { name: 'Rehearse', route: '#/rehearse', ready: heading('Rehearse') },
];

/** A context in which no animation runs and no service worker answers. */
export async function calm(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  return context.newPage();
}

/** Opens a view and waits until it is ready. */
export async function visit(page: Page, url: string, { route, ready }: Visit): Promise<void> {
  await page.goto(`${url}${route}`);
  await ready(page);
}
