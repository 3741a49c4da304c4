/** The shell in real Chromium: address and Back, seed, scenarios, commands, theme, widths, links. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OBSTACLE } from './chromium.ts';
import { useStage } from './play-page.ts';

const SMALL = '#/play?drill=failover-ttl.yaml&set=clients.browsers.count%3D300&set=resolvers.isp.count%3D20';
const SCENARIOS = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

/** Tokens used as text on a ground (WCAG 2.2, 1.4.3), and as marks on it (1.4.11). */
const TEXT_PAIRS = [
  'ink/ground',
  'ink/panel',
  'ink/sunk',
  'quiet/ground',
  'quiet/panel',
  'bad/bad-soft',
  'ink/bad-soft',
  'on-accent/accent',
  'ink/accent-soft',
  'guess/panel',
];
const MARK_PAIRS = [
  'fresh',
  'stale',
  'wrong',
  'error',
  'empty',
  'curve',
  'ghost',
  'lost',
  'guess',
  'good',
  'warn',
  'bad',
  'accent',
  'field-line',
].map((mark) => `${mark}/panel`);

interface Pairs<T> {
  readonly texts: readonly T[];
  readonly marks: readonly T[];
}

/** Contrast ratio (WCAG 2.2) of each pair of tokens. Runs in the page. */
function contrasts({ texts, marks }: Pairs<string>): Pairs<readonly [string, number]> {
  const probe = document.body.appendChild(document.createElement('span'));
  const luminance = (token: string): number => {
    probe.style.color = `var(--${token})`;
    const channels = getComputedStyle(probe)
      .color.match(/[\d.]+/g)!
      .slice(0, 3)
      .map(Number);
    const [red, green, blue] = channels.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const ratio = (pair: string): readonly [string, number] => {
    const [light, dark] = pair
      .split('/')
      .map(luminance)
      .sort((a, b) => b - a);
    return [pair, (light! + 0.05) / (dark! + 0.05)];
  };
  return { texts: texts.map(ratio), marks: marks.map(ratio) };
}

describe.skipIf(OBSTACLE !== undefined)('the shell', { timeout: 180_000 }, () => {
  const { playing } = useStage();

  it('offers every scenario that ships, and Back leads to the one before', async () => {
    await playing(SMALL, async (play) => {
      const { page } = play;
      await play.ready();
      const before = await play.sentence.textContent();
      const picker = page.getByRole('combobox', { name: 'Scenario', exact: true });
      await expect.poll(() => picker.locator('option').count()).toBe(SCENARIOS.length);
      await picker.selectOption('provider-outage.yaml');
      await page.waitForURL(/provider-outage/);
      await page.getByRole('heading', { level: 1, name: /provider goes dark/ }).waitFor();
      await play.ready();
      expect(await play.sentence.textContent()).not.toBe(before);
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: /A region dies/ }).waitFor();
      await play.ready();
      expect(await play.sentence.textContent()).toBe(before);
    });
  });

  it('has a place for everything, each with its name in the title', async () => {
    await playing(SMALL, async ({ page }) => {
      for (const name of ['Learn', 'Rehearse', 'Compare', 'Trace', 'Edit', 'Play']) {
        await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name }).click();
        await page.waitForURL(new RegExp(`#/${name.toLowerCase()}`));
        await expect.poll(() => page.title()).toMatch(new RegExp(`^${name}: `));
        const current = page.locator('dnsdrill-bar a[aria-current=page]');
        expect(await current.textContent()).toBe(name);
      }
    });
  });

  it('draws another seed, unless the seed is locked', async () => {
    await playing(SMALL, async (play) => {
      const { page } = play;
      await play.ready();
      const chip = page.getByRole('button', { name: /^Seed \d+\. Draw another/ });
      await chip.click();
      await page.waitForURL(/seed=\d+/);
      const [, seed] = /seed=(\d+)/.exec(page.url())!;
      await chip.click({ modifiers: ['Shift'] });
      await page.waitForURL(/lock=1/);
      expect(await chip.isDisabled()).toBe(true);
      await page.getByRole('combobox', { name: 'Scenario', exact: true }).selectOption('migration.yaml');
      await page.waitForURL(/migration/);
      expect(page.url()).toContain(`seed=${seed}`);
    });
  });

  it('runs every command from the palette, and one out of a link', async () => {
    await playing(`${SMALL}&do=page.help`, async ({ page }) => {
      await page.getByRole('dialog', { name: 'Help and keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find a command' }).fill('go learn');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#\/learn/);
    });
  });

  it('is light, dark, or as the system, and remembers it', async () => {
    await playing('#/learn', async ({ page }) => {
      const ground = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      const button = page.getByRole('button', { name: /^Theme/ });
      await button.click();
      await button.click();
      const dark = await ground();
      expect(dark).not.toBe(light);
      await page.reload();
      await button.waitFor();
      expect(await ground()).toBe(dark);
    });
  });

  it('hands on everything in a link: scenario, settings, seed, moment', async () => {
    await playing(`${SMALL}&seed=5&at=1850`, async (play, stage) => {
      const { page } = play;
      await play.ready();
      const before = [await play.sentence.textContent(), await play.now()];
      await page.getByRole('button', { name: 'Share' }).click();
      const field = page.getByLabel('Link', { exact: true });
      await field.waitFor();
      const link = await field.inputValue();
      expect(link.startsWith(stage.url)).toBe(true);
      const command = await page.getByRole('textbox', { name: 'The same in a terminal' }).inputValue();
      expect(command).toContain('--set clients.browsers.count=300');
      expect(command).toMatch(/--seed 5 --reps 1$/);
      const other = await stage.play(link.slice(stage.url.length));
      await other.ready();
      expect([await other.sentence.textContent(), await other.now()]).toEqual(before);
      await other.close();
    });
  });

  it('hands on what the view has come to, ready to be sent', async () => {
    await playing(`${SMALL}&set=policies.app.example.com%2FA.failover.ttl%3D30s`, async (play) => {
      const { page } = play;
      await play.ready();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Share' }).click();
      const finding = page.getByLabel('What it shows');
      await finding.waitFor();
      const said = await finding.inputValue();
      expect(said).toMatch(/^A region dies .*\(TTL of app\.example\.com\/A 30 s.*\): .*99 % within .*\.$/);
      await page.getByRole('button', { name: 'Copy with link' }).click();
      await page.getByText('Sentence and link copied.').first().waitFor();
      const link = await page.getByLabel('Link', { exact: true }).inputValue();
      expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(`${said}\n${link}`);
    });
  });

  it('tells the story of a drill', async () => {
    await playing(`${SMALL}&do=page.about`, async ({ page }) => {
      await page.getByRole('dialog', { name: /A region dies/ }).waitFor();
      const [question] = await page.locator('dnsdrill-about p').allTextContents();
      expect(question).toBe('How long does a failover take, and what does the TTL have to do with it?');
    });
  });

  it('offers every drill by the question it asks', async () => {
    await playing('#/learn', async ({ page }) => {
      const drills = page.locator('dnsdrill-learn a');
      await drills.nth(SCENARIOS.length - 1).waitFor();
      expect(await drills.count()).toBe(SCENARIOS.length);
      await drills.filter({ hasText: 'Does a second DNS provider help' }).click();
      await page.getByRole('heading', { level: 1, name: /provider goes dark/ }).waitFor();
    });
  });

  it('shows no other drill on the way to the one an address asks for', async () => {
    await playing('#/learn', async ({ page }, stage) => {
      await page.goto('about:blank');
      await page.addInitScript(() => {
        const titles: string[] = [];
        Object.assign(globalThis, { titles });
        new MutationObserver(() => titles.push(document.title)).observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      });
      await page.goto(`${stage.url}#/edit?drill=provider-outage.yaml`);
      await page.locator('dnsdrill-edit').getByText('Save provider-outage.yaml').waitFor();
      const titles = await page.evaluate(() => (globalThis as unknown as { titles: string[] }).titles);
      expect(titles.at(-1)).toContain('A DNS provider goes dark');
      expect(titles.join('\n')).not.toContain('A region dies');
    });
  });

  it('says what is wrong with a damaged link, and shows the first drill', async () => {
    await playing('#/play?link=1.damaged', async (play) => {
      await play.page.getByRole('alert').filter({ hasText: 'damaged' }).waitFor();
      await play.ready();
    });
  });

  it('says so when there is no such scenario', async () => {
    await playing('#/play?drill=nothing.yaml', async ({ page }) => {
      await page.getByRole('alert').filter({ hasText: 'no scenario called nothing.yaml' }).waitFor();
    });
  });

  it.each([320, 360, 767, 768, 1199, 1200, 1600])(
    'fits %d pixels without scrolling sideways',
    async (width) => {
      await playing(
        SMALL,
        async (play) => {
          await play.ready();
          const wide = await play.page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide).toBe(width);
        },
        { viewport: { width, height: 800 } },
      );
    },
  );

  it('has targets of at least 24 pixels', async () => {
    await playing(
      SMALL,
      async (play) => {
        await play.ready();
        const small = await play.page.evaluate(() => {
          const found: string[] = [];
          const look = (root: ParentNode): void => {
            for (const element of root.querySelectorAll('*')) {
              if (element.shadowRoot) look(element.shadowRoot);
              if (!element.matches('button, a, summary, select, input, [role=button]')) continue;
              const { width, height } = element.getBoundingClientRect();
              const hidden = width === 0 || element.matches('.skip');
              if (!hidden && (width < 24 || height < 24))
                found.push(`${element.outerHTML.slice(0, 80)} ${width}x${height}`);
            }
          };
          look(document);
          return found;
        });
        expect(small).toEqual([]);
      },
      { viewport: { width: 360, height: 760 } },
    );
  });

  it.each(['light', 'dark'] as const)('has legible colours when %s', async (colorScheme) => {
    await playing(
      '#/learn',
      async ({ page }) => {
        const ratios = await page.evaluate(contrasts, { texts: TEXT_PAIRS, marks: MARK_PAIRS });
        expect(ratios.texts.filter(([, ratio]) => !(ratio >= 4.5))).toEqual([]);
        expect(ratios.marks.filter(([, ratio]) => !(ratio >= 3))).toEqual([]);
      },
      { colorScheme },
    );
  });

  it('never hides what has the focus behind the docked timeline', async () => {
    await playing(
      SMALL,
      async (play) => {
        await play.ready();
        for (let stop = 0; stop < 45; stop++) {
          await play.page.keyboard.press('Tab');
          const hidden = await play.page.evaluate(() => {
            let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            const play = document
              .querySelector('dnsdrill-shell')!
              .shadowRoot!.querySelector('dnsdrill-place')!
              .shadowRoot!.querySelector('dnsdrill-play')!;
            const dock = play.shadowRoot!.querySelector('.dock')!;
            if (
              !element ||
              element === document.body ||
              dock.contains(element) ||
              element.closest('dnsdrill-dock')
            )
              return '';
            if ((element.getRootNode() as ShadowRoot).host?.localName === 'dnsdrill-dock') return '';
            const { top, bottom } = element.getBoundingClientRect();
            const edge = dock.getBoundingClientRect().top;
            return top >= edge || bottom <= 0 ? `${element.outerHTML.slice(0, 80)} ${top} ${edge}` : '';
          });
          expect(hidden).toBe('');
        }
      },
      { viewport: { width: 1024, height: 700 } },
    );
  });
});
