/** What a suite of browser tests stands on: the built page, served, and one browser to look at it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch } from '../chromium.ts';
import { type Site, serve } from '../site.ts';
import { BUILD } from './visit.ts';

/** There from the suite's first test to its last. */
export interface Ground {
  readonly site: Site;
  readonly browser: Browser;
}

/** Called inside `describe`. */
export function standing(): Ground {
  let site: Site | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    site = await serve(BUILD);
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  return {
    get site() {
      return site!;
    },
    get browser() {
      return browser!;
    },
  };
}
