/** The built page, opened at Play, and what tests look at there. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launch } from './chromium.ts';
import { BUILD } from './quality/visit.ts';
import { type Site, serve } from './site.ts';

/** Patience with a busy machine; nothing is measured by it. */
const PATIENCE_MILLISECONDS = 45_000;

export class Stage {
  readonly complaints: string[] = [];
  readonly requests: string[] = [];
  readonly url: string;
  readonly #browser: Browser;
  readonly #site: Site;

  private constructor(browser: Browser, site: Site) {
    this.#browser = browser;
    this.#site = site;
    this.url = site.url;
  }

  static async open(): Promise<Stage> {
    return new Stage(await launch(), await serve(BUILD));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }

  /** Opens the page in a context of its own. Nothing moves by itself unless asked for. */
  async play(fragment = '', options: BrowserContextOptions = {}): Promise<Play> {
    this.complaints.length = 0;
    this.requests.length = 0;
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => this.requests.push(request.url()));
    await page.goto(`${this.url}${fragment}`);
    return new Play(page);
  }
}

export interface Staging {
  /** Opens Play, tries something, and expects that nothing complained and nobody else was asked. */
  playing(
    fragment: string,
    what: (play: Play, stage: Stage) => Promise<void>,
    options?: BrowserContextOptions,
  ): Promise<void>;
}

/** A browser and a site for all tests of a file. */
export function useStage(): Staging {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(async () => {
    await stage?.close();
  });
  return {
    async playing(fragment, what, options = {}) {
      const play = await stage.play(fragment, options);
      try {
        await what(play, stage);
        expect(stage.complaints).toEqual([]);
        const abroad = stage.requests.filter((url) => !url.startsWith(stage.url) && !url.startsWith('data:'));
        expect(abroad).toEqual([]);
      } finally {
        await play.close();
      }
    },
  };
}

export class Play {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get sentence(): Locator {
    return this.page.locator('dnsdrill-play .sentence');
  }

  get slider(): Locator {
    return this.page.locator('dnsdrill-play dnsdrill-knob[large] input');
  }

  get curve(): Locator {
    return this.page.locator('dnsdrill-play .results dnsdrill-figure').first();
  }

  get region(): Locator {
    return this.page.getByRole('region', { name: 'Simulation' });
  }

  get field(): Locator {
    return this.page.locator('dnsdrill-field canvas');
  }

  part(id: string): Locator {
    return this.page.locator(`dnsdrill-topology [data-part="${id}"]`);
  }

  /** Waits until the whole run is known and the picture of the moment has arrived. */
  async ready(): Promise<this> {
    await this.sentence.filter({ hasText: /\w\.$/ }).waitFor();
    await this.page.locator('dnsdrill-play .sub').filter({ hasNotText: 'estimate' }).waitFor();
    await this.#computed();
    await this.settled();
    return this;
  }

  /** Waits until nothing is being computed any more: what stands there is of the world as set. */
  async #computed(): Promise<void> {
    await this.page.waitForFunction(() => {
      const play = document
        .querySelector('dnsdrill-shell')!
        .shadowRoot!.querySelector('dnsdrill-place')!
        .shadowRoot!.querySelector('dnsdrill-play') as unknown as {
        desk: { controller: { outcome?: unknown; rough?: unknown; computing?: number } };
      };
      const { outcome, rough, computing } = play.desk.controller;
      return outcome !== undefined && rough === undefined && computing === undefined;
    });
  }

  /** Waits until the moment asked for has been reached. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const play = document
        .querySelector('dnsdrill-shell')!
        .shadowRoot!.querySelector('dnsdrill-place')!
        .shadowRoot!.querySelector('dnsdrill-play') as unknown as {
        desk: { controller: { ready: boolean; moving?: number } };
      };
      const { ready, moving } = play.desk.controller;
      return ready && moving === undefined;
    });
  }

  /** The moment shown, seconds. */
  async now(): Promise<number> {
    return this.page.locator('dnsdrill-dock').evaluate((dock) => (dock as unknown as { now: number }).now);
  }

  /** How many caches are in each state. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const items = await this.page.locator('dnsdrill-field li').allTextContents();
    return Object.fromEntries(
      items.map((item) => {
        const [, count, name] = /(\d+)\s*(\w+)/.exec(item)!;
        return [name, Number(count)];
      }),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
