/** Every view of the page, in both themes, wide and narrow: axe finds nothing. No rule is switched off. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { findings } from './findings.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, type Visit, visit } from './visit.ts';

const PLAY = PLACES[0]!;

/** What opens over Play, or unfolds in it. */
const opened = (name: string, open: (page: Page) => Promise<unknown>): Visit => ({
  ...PLAY,
  name,
  ready: async (page) => {
    await PLAY.ready(page);
    await open(page);
  },
});

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();

const WINDOWS: readonly Visit[] = [
  opened('Help', async (page) => {
    await press(page, 'Help and keys');
    await page.getByRole('dialog', { name: 'Help and keys' }).waitFor();
  }),
  opened('Commands', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor();
  }),
  opened('Share', async (page) => {
    await press(page, 'Share');
    await page.getByLabel('Link', { exact: true }).waitFor();
  }),
  opened('Export', async (page) => {
    await press(page, 'Export');
    await page.getByRole('button', { name: 'Scenario as it is now (YAML)' }).waitFor();
  }),
  opened('Menu of a component', async (page) => {
    await page.locator('dnsdrill-topology [data-part]').last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
  }),
  opened('Why, tables and guess', async (page) => {
    await page.locator('dnsdrill-field canvas').focus();
    await page.keyboard.press('Home');
    await page.getByRole('heading', { name: /^Why does/ }).waitFor();
    await page.keyboard.press('t');
    await press(page, 'Guess first');
    await page.getByRole('slider', { name: 'Your bet' }).waitFor();
  }),
];

/** What a place says of a scenario that cannot be played. */
const TROUBLE: readonly Visit[] = ['play', 'compare', 'trace'].map((view) => ({
  name: `${view} of a scenario with problems`,
  route: `#/${view}?set=duration%3Dsoon`,
  ready: (page: Page) => page.getByRole('alert').waitFor(),
}));

describe.skipIf(OBSTACLE !== undefined)('axe', { timeout: 2 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  it.each([...PLACES, ...WINDOWS, ...TROUBLE])('finds nothing on $name', async (view) => {
    const page = await calm(ground.browser);
    await visit(page, ground.site.url, view);
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  it('finds what is wrong, where something is', async () => {
    const page = await calm(ground.browser);
    await visit(page, ground.site.url, PLAY);
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<main><button></button></main>')`);
    expect((await findings(page)).join('\n')).toContain('button-name');
    await page.context().close();
  });
});
