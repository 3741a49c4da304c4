/** After the first load the page needs no connection any more. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, OBSTACLE } from '../chromium.ts';
import { type Site, serve } from '../site.ts';
import { BUILD, calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

const CONTROLLED = 'navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)';

describe.skipIf(OBSTACLE !== undefined)('offline', { timeout: 4 * PATIENCE_MILLISECONDS }, () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await serve(BUILD);
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function offline(serviceWorkers: 'allow' | 'block'): Promise<Page> {
    const page = await calm(browser, { serviceWorkers });
    await visit(page, site.url, PLACES[0]!);
    if (serviceWorkers === 'allow') {
      expect(await page.evaluate<string>(CONTROLLED)).toBe(`${site.url}offline.js`);
    }
    await page.context().setOffline(true);
    return page;
  }

  it('every place starts, those never opened before too', async () => {
    const page = await offline('allow');
    for (const place of PLACES) {
      await page.goto('about:blank');
      await visit(page, site.url, place);
    }
    await visit(page, site.url, PLACES[0]!);
    await page.reload();
    await PLACES[0]!.ready(page);
    await page.context().close();
  });

  it('is offline indeed: without the service worker nothing comes', async () => {
    const page = await offline('block');
    await expect(page.reload()).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
    await page.context().close();
  });
});
