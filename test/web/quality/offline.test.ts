/** After the first load the page needs no connection any more. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

const CONTROLLED = 'navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)';

describe.skipIf(OBSTACLE !== undefined)('offline', { timeout: 4 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  async function offline(serviceWorkers: 'allow' | 'block'): Promise<Page> {
    const page = await calm(ground.browser, { serviceWorkers });
    await visit(page, ground.site.url, PLACES[0]!);
    if (serviceWorkers === 'allow') {
      expect(await page.evaluate<string>(CONTROLLED)).toBe(`${ground.site.url}offline.js`);
    }
    await page.context().setOffline(true);
    return page;
  }

  it('every place starts, those never opened before too', async () => {
    const page = await offline('allow');
    for (const place of PLACES) {
      await page.goto('about:blank');
      await visit(page, ground.site.url, place);
    }
    await visit(page, ground.site.url, PLACES[0]!);
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
