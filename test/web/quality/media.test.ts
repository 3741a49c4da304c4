/** What people have asked their system for: less motion, colours of their own. */
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

const PLAY = PLACES[0]!;

describe.skipIf(OBSTACLE !== undefined)('media', { timeout: 3 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  it.each([
    ['reduce', 'Play'],
    ['no-preference', 'Pause'],
  ] as const)('motion: %s: the demo offers %s', async (reducedMotion, offered) => {
    const page = await calm(ground.browser, { reducedMotion });
    await visit(page, ground.site.url, PLAY);
    await page.locator('dnsdrill-dock .play').filter({ hasText: offered }).waitFor();
    const animated = await page
      .locator('dnsdrill-topology .flow')
      .evaluateAll(
        (flows) =>
          flows.filter(
            (flow) => (flow as unknown as { getAnimations(): unknown[] }).getAnimations().length > 0,
          ).length,
      );
    if (reducedMotion === 'reduce') expect(animated).toBe(0);
    await page.context().close();
  });

  it('forced colours: states keep their marks, and the focus its ring', async () => {
    const page = await calm(ground.browser, { forcedColors: 'active' });
    await visit(page, ground.site.url, PLAY);
    const marks = page.locator('dnsdrill-field #counts svg path');
    const shapes = await marks.evaluateAll((paths) =>
      paths.map((path) => (path as unknown as { getAttribute(name: string): string }).getAttribute('d')),
    );
    expect(shapes.length).toBeGreaterThan(3);
    expect(new Set(shapes).size).toBe(shapes.length);
    const colours = await page.evaluate<readonly string[]>(`(() => {
      const play = document.querySelector('dnsdrill-shell').shadowRoot.querySelector('dnsdrill-place')
        .shadowRoot.querySelector('dnsdrill-play').shadowRoot;
      const { color, backgroundColor } = getComputedStyle(play.querySelector('.doors button'));
      return [color, backgroundColor];
    })()`);
    expect(colours[0]).not.toBe(colours[1]);
    await page.locator('dnsdrill-field canvas').focus();
    expect(
      await page.locator('dnsdrill-field canvas').evaluate((canvas) => {
        const { getComputedStyle } = globalThis as unknown as {
          getComputedStyle(of: unknown): { outlineStyle: string };
        };
        return getComputedStyle(canvas).outlineStyle;
      }),
    ).not.toBe('none');
    await page.context().close();
  });
});
