/** What the page may weigh, what it may ask for, and that a large run leaves it free. Sizes are exact. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { standing } from './ground.ts';
import { BUILD, calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

/** Kilobytes as in budgets: 1000 bytes. */
const KILO = 1000;
const INITIAL_SCRIPT = 60 * KILO;
/** The page itself, its styles and the picture of its first look: what a server sends without waiting (RFC 6928). */
const PAGE = 10 * 1460;
/** The engine with the world the page opens with; what reads scenarios, and most kinds of provider, come later. */
const ENGINE = 96 * KILO;
const ENGINE_CHUNK = /^worker-.*\.js$/;
/** What reads and checks scenarios. */
const READER = 190 * KILO;
const READER_CHUNK = /^load-.*\.js$/;
const EDITOR = 180 * KILO;
/** The editor's own text area: the largest part that comes when Edit is opened. */
const EDITOR_CHUNK = /^code-.*\.js$/;

/** A million clients for an hour. */
const MILLION = '#/play?drill=reference.yaml&set=clients.browsers.count%3D1000000&clients=1000000';
const WATCHED_MILLISECONDS = 5000;
/** Ten times what 60 frames per second leave between two of them. */
const LEAST_FRAMES = (WATCHED_MILLISECONDS / 1000) * 6;
/** Ten times the 200 ms an interaction may take. */
const ANSWER_MILLISECONDS = 2000;

const zipped = (file: string): number => gzipSync(readFileSync(`${BUILD}/${file}`), { level: 9 }).length;

const total = (files: readonly string[]): number => files.reduce((sum, file) => sum + zipped(file), 0);

/** Files that come with these at once, themselves included. */
function together(files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(`${BUILD}/${file}`, 'utf8');
    for (const [, name] of text.matchAll(
      /(?:^|[;}\n])(?:import|export)\b[^;()]*?["']\.\/([^"']+\.js)["']/g,
    )) {
      follow(`assets/${name}`);
    }
  };
  for (const file of files) follow(file);
  return [...found];
}

/** Files the page asks for at once. */
function initial(): readonly string[] {
  const page = readFileSync(`${BUILD}/index.html`, 'utf8');
  return together([...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name!));
}

/** The one file of this name. */
function only(pattern: RegExp): string {
  const files = readdirSync(`${BUILD}/assets`).filter((file) => pattern.test(file));
  expect(files).toHaveLength(1);
  return `assets/${files[0]}`;
}

function report(what: string, value: number, unit: string, budget?: number): void {
  console.info(`${what}: ${value} ${unit}${budget === undefined ? '' : ` (budget ${budget})`}`);
}

describe.skipIf(OBSTACLE !== undefined)('weight', () => {
  it('of the page with its styles, before any script', () => {
    const bytes = zipped('index.html');
    report('page, gzip', bytes, 'B', PAGE);
    expect(bytes).toBeLessThanOrEqual(PAGE);
    expect(initial().filter((file) => file.endsWith('.css'))).toEqual([]);
  });

  it('of the initial script', () => {
    const files = initial();
    const bytes = total(files);
    report('initial script, gzip', bytes, 'B', INITIAL_SCRIPT);
    expect(files).not.toEqual([]);
    expect(bytes).toBeLessThanOrEqual(INITIAL_SCRIPT);
  });

  it('of the engine, with all it imports at once', () => {
    const files = together([only(ENGINE_CHUNK)]);
    const bytes = total(files);
    report('engine, gzip', bytes, 'B', ENGINE);
    expect(bytes).toBeLessThanOrEqual(ENGINE);
    expect(files).not.toContain(only(READER_CHUNK));
  });

  it('of the reader of scenarios', () => {
    const bytes = zipped(only(READER_CHUNK));
    report('reader of scenarios, gzip', bytes, 'B', READER);
    expect(bytes).toBeLessThanOrEqual(READER);
  });

  it('of the editor', () => {
    const file = only(EDITOR_CHUNK);
    const bytes = zipped(file);
    report('editor chunk, gzip', bytes, 'B', EDITOR);
    expect(bytes).toBeLessThanOrEqual(EDITOR);
    expect(initial()).not.toContain(file);
  });
});

describe.skipIf(OBSTACLE !== undefined)('in use', { timeout: 5 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  it('nothing is asked of any other host, in any place, the service worker included', async () => {
    const page = await calm(ground.browser, { serviceWorkers: 'allow' });
    const asked = new Set<string>();
    page.context().on('request', (request) => asked.add(request.url()));
    page.context().on('page', (other) => asked.add(other.url()));
    for (const place of PLACES) await visit(page, ground.site.url, place);
    const foreign = [...asked].filter(
      (url) => !url.startsWith(ground.site.url) && !/^(data|blob):/.test(url),
    );
    report('requests of a visit to every place', asked.size, 'addresses');
    expect(foreign).toEqual([]);
    expect(asked.size).toBeGreaterThan(PLACES.length);
    await page.context().close();
  });

  /** Frames the page shows while it is watched. */
  const frames = (page: Page): Promise<number> =>
    page.evaluate<number>(`new Promise((done) => {
      let count = 0;
      const end = performance.now() + ${WATCHED_MILLISECONDS};
      const next = () => { count += 1; performance.now() < end ? requestAnimationFrame(next) : done(count); };
      requestAnimationFrame(next);
    })`);

  it('a million clients for an hour leave the page free, and give way at once', async () => {
    const page = await calm(ground.browser);
    await page.goto(`${ground.site.url}${MILLION}`);
    await page.getByText(/Estimate, run at/).waitFor();
    const count = await frames(page);
    expect(await page.locator('dnsdrill-play .sub').textContent()).toContain('1,000,000 clients');
    report(`frames in ${WATCHED_MILLISECONDS} ms`, count, 'frames', LEAST_FRAMES);
    expect(await page.getByText(/Estimate, run at/).count()).toBe(1);
    expect(count).toBeGreaterThanOrEqual(LEAST_FRAMES);
    const before = performance.now();
    await page.getByLabel('Scenario', { exact: true }).selectOption('every-type.yaml');
    await page
      .locator('dnsdrill-play h1')
      .filter({ hasNotText: /reference/i })
      .first()
      .waitFor();
    const waited = Math.round(performance.now() - before);
    report('another scenario instead of the run', waited, 'ms', ANSWER_MILLISECONDS);
    expect(waited).toBeLessThanOrEqual(ANSWER_MILLISECONDS);
    await page.context().close();
  });
});
