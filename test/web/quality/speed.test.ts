/**
 * How fast the page is, beside the budgets it is built for. The figures are printed; what fails a test is ten
 * times a budget, since machines differ and share their time.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, OBSTACLE } from '../chromium.ts';
import { type Site, serve } from '../site.ts';
import { BUILD, calm, PATIENCE_MILLISECONDS } from './visit.ts';

const SLACK = 10;
/** A telephone on fast 3G: the line of the budget, and a main thread a quarter as fast as this one. */
const SLOW_LINE = { latencyMilliseconds: 150, bitsPerSecond: 1.6e6 };
const SLOW_DOWN = 4;
const WATCHED_MILLISECONDS = 4000;
const TEN_THOUSAND_CACHES = '#/play?drill=failover-ttl.yaml&set=resolvers.isp.count%3D10000&clients=20000';

/** Prints a figure beside its budget and holds it to ten times that. */
function measured(what: string, milliseconds: number, budget: number): void {
  console.info(`${what}: ${milliseconds.toFixed(1)} ms (budget ${budget})`);
  expect(milliseconds).toBeLessThanOrEqual(budget * SLACK);
}

/** In the page: the recovery curve as it is first painted, then as the page draws it; the slider that changes it. */
const HELPERS = `
  window.playPlace = () => document.querySelector('dnsdrill-shell')?.shadowRoot?.querySelector('dnsdrill-place')
    ?.shadowRoot?.querySelector('dnsdrill-play')?.shadowRoot;
  window.curve = () => playPlace()?.querySelector('.results dnsdrill-figure')?.shadowRoot
    ?.querySelector('path.curve')?.getAttribute('d');
  window.picture = () => ['place', 'play'].reduce((root, name) => root?.querySelector('still-' + name)?.shadowRoot,
    document.querySelector('dnsdrill-shell')?.shadowRoot)?.querySelector('.results still-figure')?.shadowRoot
    ?.querySelector('path.curve');
  window.chartAt = new Promise((done) => {
    // A message comes after the frame has been painted, and before what waits for that.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    const look = () => picture() || curve() ? port2.postMessage(0) : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
  window.engineAtWork = () => new Promise((done) => {
    const look = () => playPlace()?.host.desk.controller.ready ? done(performance.now()) : setTimeout(look, 10);
    look();
  });
  window.firstCurve = (other) => new Promise((done) => {
    const look = () => curve() && curve() !== other ? done(performance.now()) : requestAnimationFrame(look);
    look();
  });
  window.settledRun = () => new Promise((done) => {
    const look = () => {
      const { outcome, rough, ready, moving } = playPlace()?.host.desk.controller ?? {};
      outcome && !rough && ready && moving === undefined ? done() : setTimeout(look, 20);
    };
    look();
  });
`;

describe.skipIf(OBSTACLE !== undefined)('speed', { timeout: 4 * PATIENCE_MILLISECONDS }, () => {
  let browser: Browser;
  let site: Site;
  let slow: Site;

  beforeAll(async () => {
    browser = await launch();
    site = await serve(BUILD);
    slow = await serve(BUILD, SLOW_LINE);
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), slow?.close()]);
  });

  async function prepared(): Promise<{ page: Page; control: CDPSession }> {
    const page = await calm(browser);
    await page.addInitScript(HELPERS);
    return { page, control: await page.context().newCDPSession(page) };
  }

  it.each([
    ['1.6 Mbit/s, 150 ms, main thread 4x slower', SLOW_DOWN, 1200, 3000],
    ['no throttling', 1, 1000, 1000],
  ])('first chart: %s', async (conditions, rate, budget, atWork) => {
    const { page, control } = await prepared();
    await control.send('Emulation.setCPUThrottlingRate', { rate });
    await page.goto((rate > 1 ? slow : site).url, { waitUntil: 'commit' });
    measured(`first chart, ${conditions}`, await page.evaluate<number>('chartAt'), budget);
    measured(`engine at work, ${conditions}`, await page.evaluate<number>('engineAtWork()'), atWork);
    await page.context().close();
  });

  it('slider to preview', async () => {
    const { page } = await prepared();
    await page.goto(site.url);
    await settled(page);
    const waits: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      waits.push(
        await page.evaluate<number>(`(async () => {
          const slider = playPlace().querySelector('dnsdrill-knob[large]').shadowRoot.querySelector('input');
          const before = curve();
          slider.value = String(Number(slider.value) + ${turn % 2 ? -1 : 1} * (slider.max - slider.min) / 5);
          const start = performance.now();
          slider.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
          return (await firstCurve(before)) - start;
        })()`),
      );
      await settled(page);
    }
    measured('slider to first preview, median of 5', median(waits), 100);
    await page.context().close();
  });

  it('interactions', async () => {
    const { page } = await prepared();
    await page.addInitScript(`
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration, interactionId } of list.getEntries())
          if (interactionId) window.longest = Math.max(window.longest, duration);
      }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    `);
    await page.goto(site.url);
    await settled(page);
    await page.getByRole('region', { name: 'Simulation' }).focus();
    for (const key of ['Space', 'ArrowRight', 'ArrowLeft', 't', 't', 'Shift+ArrowRight', 'Space']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    for (const place of ['Compare', 'Trace', 'Play']) {
      await page.getByRole('link', { name: place, exact: true }).first().click();
      await page.waitForTimeout(700);
    }
    const longest = await page.evaluate<number>('longest');
    expect(longest).toBeGreaterThan(0);
    measured('longest interaction of keys and places (INP)', longest, 200);
    await page.context().close();
  });

  it('a frame of ten thousand caches', async () => {
    const { page, control } = await prepared();
    await page.goto(`${site.url}${TEN_THOUSAND_CACHES}`);
    await settled(page);
    await page.getByRole('region', { name: 'Simulation' }).focus();
    await page.keyboard.press('Space');
    await control.send('Performance.enable');
    const before = await scriptSeconds(control);
    const frames = await page.evaluate<number>(`new Promise((done) => {
      let count = 0;
      const end = performance.now() + ${WATCHED_MILLISECONDS};
      const next = () => { count += 1; performance.now() < end ? requestAnimationFrame(next) : done(count); };
      requestAnimationFrame(next);
    })`);
    const cost = ((await scriptSeconds(control)) - before) * 1000;
    console.info(`10,000 caches: ${frames} frames in ${WATCHED_MILLISECONDS} ms`);
    measured('script per frame with 10,000 caches', cost / frames, 4);
    await page.context().close();
  });
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Waits until the whole run is known and the picture stands. */
function settled(page: Page): Promise<void> {
  return page.evaluate('settledRun()');
}

/** Time the main thread has spent in script, seconds. */
async function scriptSeconds(control: CDPSession): Promise<number> {
  const { metrics } = await control.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ScriptDuration')!.value;
}
