/** Three people at work with the keyboard alone; whatever has the focus can be seen. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

const STOPS_AT_MOST = 120;

/** What has the focus: its name, and what is wrong with how it shows. */
interface Focus {
  readonly name: string;
  readonly fault: string;
}

/** Reads the focus in the browser: inside the window, not covered by anything else, and outlined. */
const FOCUS = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return { name: '', fault: '' };
  const labelled = element.labels?.[0]?.textContent;
  const name = (element.getAttribute('aria-label') ?? labelled ?? element.querySelector('title')?.textContent
    ?? element.textContent ?? '').trim().replace(/\\s+/g, ' ');
  const box = element.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right - left < 1 || bottom - top < 1) return { name, fault: 'outside of the window' };
  let seen = 0;
  for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
    let hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
    for (let deeper; (deeper = hit?.shadowRoot?.elementFromPoint(left + x * (right - left), top + y * (bottom - top))) && deeper !== hit;) hit = deeper;
    for (let up = hit; up; up = up.assignedSlot ?? up.parentNode ?? up.host) if (up === element) { seen += 1; break; }
  }
  if (seen === 0) return { name, fault: 'covered' };
  const ringed = (one) => {
    const { outlineStyle, outlineWidth, boxShadow, strokeWidth } = getComputedStyle(one);
    if (one.localName === 'rect') return parseFloat(strokeWidth) >= 3;
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const near = [element, element.parentElement, ...element.children].filter(Boolean);
  return { name, fault: near.some(ringed) ? '' : 'no ring' };
})()`;

describe.skipIf(OBSTACLE !== undefined)('by keyboard alone', { timeout: 4 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  async function open(place: string): Promise<Page> {
    const page = await calm(ground.browser);
    await visit(page, ground.site.url, PLACES.find(({ name }) => name === place)!);
    return page;
  }

  /** Goes on with the Tab key until a name has the focus; everything on the way must be seen. */
  async function tabTo(page: Page, wanted: RegExp, key = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < STOPS_AT_MOST; stop++) {
      await page.keyboard.press(key);
      const { name, fault } = await page.evaluate<Focus>(FOCUS);
      expect(`${name}: ${fault}`).toBe(`${name}: `);
      if (wanted.test(name)) return;
      passed.push(name);
    }
    throw new Error(`no stop is called ${wanted}: ${passed.join(' | ')}`);
  }

  const see = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

  async function command(page: Page, words: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }

  it('an architect compares strategies, moves the quantile, and takes the link along', async () => {
    const page = await open('Compare');
    await tabTo(page, /^ttl 30$/);
    await tabTo(page, /^Share of affected clients$/);
    const handle = page.getByRole('slider', { name: 'Share of affected clients' });
    expect(await handle.getAttribute('aria-valuenow')).toBe('99');
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=slider][aria-valuenow="98"]').waitFor();
    await command(page, 'share this view');
    const link = page.getByLabel('Link', { exact: true });
    await link.waitFor();
    expect(await link.inputValue()).toMatch(/#\/compare\?link=/);
    await tabTo(page, /^Copy: Link$/);
    await page.keyboard.press('Enter');
    await see(page, /^(Link copied\.|The browser does not allow copying)/);
    await page.keyboard.press('Escape');
    await page.context().close();
  });

  it('an engineer breaks a component, steps, and asks a cache why', async () => {
    const page = await open('Play');
    await tabTo(page, /^endpoint eu-west/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Fail: no answer at all$/);
    await page.keyboard.press('Enter');
    await see(page, /fail endpoint eu-west/);
    await tabTo(page, /caches; arrow keys choose one/);
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: /^Why does/ }).waitFor();
    await tabTo(page, /^Step to the next change of a cache$/);
    const moment = page.locator('dnsdrill-dock .moment');
    const before = await moment.textContent();
    await page.keyboard.press('Enter');
    await expect.poll(() => moment.textContent()).not.toBe(before);
    await page.context().close();
  });

  it('a teacher plays, pauses, steps, lets guess, and reveals', async () => {
    const page = await open('Play');
    await tabTo(page, /^Simulation$/);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('b');
    await see(page, 'How long, do you think?');
    await tabTo(page, /^Your bet$/);
    await page.keyboard.press('ArrowRight');
    await tabTo(page, /^Reveal$/);
    await page.keyboard.press('Enter');
    await page.locator('dnsdrill-bet .verdict').filter({ hasNotText: 'Being computed' }).waitFor();
    await page.context().close();
  });
});
