/** What the markup shows before any script has come: where the page will be, for everybody, and only when it is due. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from '../chromium.ts';
import { findings } from './findings.ts';
import { standing } from './ground.ts';
import { calm, PATIENCE_MILLISECONDS, PLACES, visit } from './visit.ts';

const WINDOWS = [
  [1280, 900],
  [800, 900],
  [360, 740],
] as const;

type Kind = 'still' | 'dnsdrill';

/** The root of Play; `kind` is what names of elements begin with. */
const play = (
  kind: Kind,
): string => `const inside = (root, name) => root.querySelector('${kind}-' + name).shadowRoot;
  const play = inside(inside(document.querySelector('dnsdrill-shell').shadowRoot, 'place'), 'play');`;

/** Where parts of Play stand. */
const places = (kind: Kind): string => `(() => {
  ${play(kind)}
  const parts = ['h1', '.sentence', '.presets', '${kind}-field', '${kind}-topology', '${kind}-knobs',
    '.results ${kind}-figure', '.numbers'];
  return parts.map((part) => {
    const { x, y, width, height } = play.querySelector(part).getBoundingClientRect();
    return [part.replace('${kind}-', ''), ...[x, y, width, height].map(Math.round)].join(' ');
  });
})()`;

/** Where the bar at the bottom begins: its row of buttons may break, which moves nothing else. */
const dockTop = (kind: Kind): string => `(() => {
  ${play(kind)}
  return play.querySelector('.dock').getBoundingClientRect().top;
})()`;
const BROKEN_ROW = 8;

describe.skipIf(OBSTACLE !== undefined)('the first paint', { timeout: 4 * PATIENCE_MILLISECONDS }, () => {
  const ground = standing();

  /** A page whose scripts never come. */
  async function bare(fragment: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await calm(ground.browser, options);
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(`${ground.site.url}${fragment}`);
    return page;
  }

  it.each(WINDOWS)('nothing moves when the page takes its place: %i x %i', async (width, height) => {
    const options = { viewport: { width, height } };
    const before = await bare('', options);
    const stood = await before.evaluate<string[]>(places('still'));
    const dock = await before.evaluate<number>(dockTop('still'));
    await before.context().close();
    const page = await calm(ground.browser, options);
    await visit(page, ground.site.url, { ...PLACES[0]!, route: '' });
    expect(await page.evaluate<string[]>(places('dnsdrill'))).toEqual(stood);
    const moved = Math.abs((await page.evaluate<number>(dockTop('dnsdrill'))) - dock);
    expect(moved).toBeLessThanOrEqual(BROKEN_ROW);
    await page.context().close();
  });

  it('axe finds nothing in it', async () => {
    const page = await bare('');
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  it.each(['#/compare', '#/play?drill=anycast.yaml', '#/play?seed=2'])(
    '%s is not what it shows',
    async (fragment) => {
      const page = await bare(fragment);
      expect(await page.getByText('users affected').first().isVisible()).toBe(false);
      await page.goto('about:blank');
      await page.goto(`${ground.site.url}#/play?drill=failover-ttl.yaml`);
      expect(await page.getByText('users affected').first().isVisible()).toBe(true);
      await page.context().close();
    },
  );

  it('a theme that was chosen holds from the start', async () => {
    const page = await bare('');
    const theme = (): Promise<string | undefined> => page.evaluate('document.documentElement.dataset.theme');
    expect(await theme()).toBeUndefined();
    await page.evaluate(`localStorage.setItem('dnsdrill-theme', 'dark')`);
    await page.reload();
    expect(await theme()).toBe('dark');
    await page.context().close();
  });
});
