/** The page as large as a projector needs it: nothing is cut off, and what is pointed at is what is meant. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { findings } from './findings.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

/** Windows of usual projectors. */
const WIDTHS = [1920, 1280];
/** Pixels: what can be read from the back of a room. */
const SMALLEST_LETTERS = 18;
const REMEMBER = `localStorage.setItem('dnsdrill-size', 'projector')`;
const SIZE = 'document.documentElement.dataset.size';

/** Sizes of letters that are shown, with a word of each. */
const LETTERS = `(() => {
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) look(one.shadowRoot);
      const text = [...one.childNodes].find((node) => node.nodeType === 3 && node.data.trim() !== '');
      if (!text || !one.checkVisibility() || one.localName === 'style') continue;
      const { height, width } = one.getBoundingClientRect();
      const pixels = parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom;
      if (height > 1 && width > 1) found.push([pixels, text.data.trim().slice(0, 20)]);
    }
  };
  look(document.querySelector('dnsdrill-shell').shadowRoot);
  return found;
})()`;

/** The middle of a square of the field, in pixels of the window: squares fill the picture row by row. */
const MIDDLE_OF = `(field, place) => {
  const { canvas, places } = field;
  const box = canvas.getBoundingClientRect();
  const rows = Math.round(Math.sqrt((places.length * box.height) / box.width));
  const side = box.height / rows;
  const columns = Math.round(box.width / side);
  return [box.left + ((place % columns) + 0.5) * side, box.top + (Math.floor(place / columns) + 0.5) * side];
}`;
const PLAY = `document.querySelector('dnsdrill-shell').shadowRoot.querySelector('dnsdrill-place').shadowRoot
  .querySelector('dnsdrill-play')`;
const FIELD = `${PLAY}.shadowRoot.querySelector('dnsdrill-field')`;

describe.skipIf(OBSTACLE !== undefined)('for a projector', { timeout: 3 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  async function large(): Promise<Page> {
    const page = await calm(ground.browser);
    await page.goto(`${ground.site.url}#/learn`);
    await page.evaluate(REMEMBER);
    await page.goto('about:blank');
    return page;
  }

  it.each(PLACES)('$name fits, can be read, and axe finds nothing', async (place) => {
    const page = await large();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 1080 });
      await visit(page, ground.site.url, place);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const letters = await page.evaluate<[number, string][]>(LETTERS);
      expect(letters.length).toBeGreaterThan(10);
      expect(letters.filter(([pixels]) => pixels < SMALLEST_LETTERS)).toEqual([]);
    }
    expect(await findings(page, WIDTHS)).toEqual([]);
    await page.context().close();
  });

  it('the square under the pointer is the one that answers', async () => {
    const page = await large();
    await page.setViewportSize({ width: 1920, height: 1200 });
    await visit(page, ground.site.url, PLACES[0]!);
    await expect.poll(() => page.evaluate(`${PLAY}.desk.controller.ready`)).toBe(true);
    for (const wanted of [0, 7]) {
      const [x, y] = await page.evaluate<[number, number]>(`(${MIDDLE_OF})(${FIELD}, ${wanted})`);
      await page.mouse.click(x, y);
      expect(await page.evaluate(`${FIELD}.chosen`)).toBe(wanted);
    }
    await page.context().close();
  });

  it('a key leads there and back, and the choice is remembered', async () => {
    const page = await calm(ground.browser);
    await visit(page, ground.site.url, PLACES[0]!);
    const sizes: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await page.getByRole('region', { name: 'Simulation' }).focus();
      await page.keyboard.press('z');
      sizes.push(await page.evaluate(SIZE));
    }
    expect(sizes).toEqual(['large', 'projector', undefined]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('size');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(SIZE)).toBe('large');
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await page.evaluate(SIZE)).toBe('large');
    await page.context().close();
  });
});
