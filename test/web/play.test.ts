/** Play in real Chromium: what a user sees and does, by mouse and by keyboard, and that its numbers are true. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OutcomeBuilder, type SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { scaleSpec } from '../../src/experiment/session/scale.ts';
import { loadForPlay } from '../../src/experiment/session/setup.ts';
import { World } from '../../src/model/world.ts';
import { USUAL_CLIENTS } from '../../web/play/play-state.ts';
import { recoverySentence } from '../../web/play/sentences.ts';
import { OBSTACLE } from './chromium.ts';
import { useStage } from './play-page.ts';

const FILE = 'failover-ttl.yaml';
/** Little enough to be quick, enough for every state to occur. */
const SMALL = `#/play?drill=${FILE}&set=clients.browsers.count%3D1000&set=resolvers.isp.count%3D40`;
/** In the middle of the failover: some caches are right, some are not. */
const MIDDLE = `${SMALL}&at=1850`;

const FOLDER = 'scenarios';
const SCENARIOS = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** What a drill comes to in Node. */
function outcomeOf(file: string, sets: readonly string[], clients: number): SessionOutcome {
  const readFile = (path: string): string => readFileSync(`${FOLDER}/${path}`, 'utf8');
  const { playable } = loadForPlay({ text: readFile(file), file, readFile, sets });
  const world = new World(scaleSpec(playable!.spec, clients), playable!.scenario.seed, 0);
  world.runUntil(world.spec.duration);
  const builder = new OutcomeBuilder();
  builder.add(world);
  return builder.build(playable!.scenario.title);
}

function sentenceOf(sets: readonly string[]): string {
  return recoverySentence(outcomeOf(FILE, sets, USUAL_CLIENTS));
}

describe.skipIf(OBSTACLE !== undefined)('Play', { timeout: 180_000 }, () => {
  const { playing } = useStage();

  it('starts by itself with a sentence, and stops when asked to', async () => {
    await playing(
      '',
      async (play) => {
        const { page } = play;
        // Stopped before anything else: on a slow machine it might be over by then.
        await page.getByRole('button', { name: 'Pause' }).waitFor();
        const before = await play.now();
        await expect.poll(() => play.now()).toBeGreaterThan(before);
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
        expect(page.url()).toMatch(/at=\d/);
        await play.ready();
        expect(await play.sentence.textContent()).toBe(sentenceOf([]));
      },
      { reducedMotion: 'no-preference' },
    );
  });

  it.each(SCENARIOS)('%s comes to the same bytes as in Node', async (file) => {
    await playing(`#/play?drill=${file}&clients=300`, async (play) => {
      await play.ready();
      const result = await play.page.locator('dnsdrill-play').evaluate((element) => {
        const { desk } = element as unknown as { desk: { controller: { outcome: SessionOutcome } } };
        return desk.controller.outcome.result;
      });
      // The fingerprint tells apart runs that were cut into other slices; nothing else does.
      const measured = (one: SessionOutcome['result']): string => JSON.stringify({ ...one, digest: '' });
      expect(measured(result)).toBe(measured(outcomeOf(file, [], 300).result));
    });
  });

  it('says whom the caches lead astray, and asks one of them why, the next one next time', async () => {
    await playing(MIDDLE, async (play) => {
      const { page } = play;
      await play.ready();
      const { wrong } = await play.counts();
      await page
        .getByText(new RegExp(`^${wrong} of \\d+ caches lead to an address where nobody answers`))
        .waitFor();
      const ask = page.getByRole('button', { name: 'Ask one why' });
      await ask.click();
      const question = page.getByRole('heading', { name: /^Why does .* still answer 203\.0\.113\.10\?$/ });
      await question.waitFor();
      const first = await question.textContent();
      await ask.click();
      await expect.poll(() => question.textContent()).not.toBe(first);
      await play.region.focus();
      await page.keyboard.press('y');
      await page.getByText(/Names 198\.51\.100\.20 for app\.example\.com/).waitFor();
    });
  });

  it('stands still where motion is not welcome, and can be played all the same', async () => {
    await playing(SMALL, async (play) => {
      await play.ready();
      const before = await play.now();
      await play.page.getByRole('button', { name: 'Play', exact: true }).click();
      await expect.poll(() => play.now()).toBeGreaterThan(before);
      await play.page.getByRole('button', { name: 'Pause' }).click();
    });
  });

  it('follows the TTL slider: sentence, curve, ghost, address, and the numbers are those of Node', async () => {
    await playing(SMALL, async (play) => {
      await play.ready();
      const before = await play.sentence.textContent();
      expect(await play.curve.locator('.ghost').count()).toBe(0);
      await play.slider.focus();
      for (let press = 0; press < 12; press++) await play.page.keyboard.press('PageUp');
      await play.page.waitForURL(/failover\.ttl/);
      await play.ready();
      const sets = new URLSearchParams(new URL(play.page.url()).hash.split('?')[1]).getAll('set');
      expect(sets.at(-1)).toMatch(/^policies\.app\.example\.com\/A\.failover\.ttl=\d+s$/);
      expect(await play.sentence.textContent()).toBe(sentenceOf(sets));
      expect(await play.sentence.textContent()).not.toBe(before);
      expect(await play.curve.locator('.ghost').count()).toBe(1);
      expect(await play.page.locator('dnsdrill-play .sub').textContent()).toContain('Before:');
    });
  });

  it('a slider moved there and back leaves everything as it was', async () => {
    const set = encodeURIComponent('policies.app.example.com/A.failover.ttl=60s');
    await playing(`${SMALL}&set=${set}`, async (play) => {
      await play.ready();
      const [before, address] = [await play.sentence.textContent(), play.page.url()];
      await play.slider.evaluate((slider) => {
        const input = slider as HTMLInputElement;
        const start = input.value;
        for (const value of [String(Number(start) + 200), start]) {
          input.value = value;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
      });
      await play.ready();
      expect(await play.sentence.textContent()).toBe(before);
      expect(await play.curve.locator('.ghost').count()).toBe(0);
      expect(play.page.url()).toBe(address);
    });
  });

  it('moves in time: next, step, back, scrub, rewind', async () => {
    await playing(`${SMALL}&at=1790`, async (play) => {
      const { page } = play;
      await play.ready();
      const press = async (name: string): Promise<number> => {
        await page.getByRole('button', { name }).click();
        await play.settled();
        return play.now();
      };
      expect(await play.now()).toBe(1790);
      expect(await press('To the next state change')).toBe(1800);
      const healthy = await play.counts();
      expect(healthy['wrong']).toBeGreaterThan(50);
      const stepped = await press('Step to the next change');
      expect(stepped).toBeGreaterThan(1800);
      const changed = await play.counts();
      expect(changed).not.toEqual(healthy);
      expect(await press('Back to before')).toBeLessThan(stepped);
      expect(await play.counts()).toEqual(healthy);
      const scrub = page.getByRole('slider', { name: 'Moment' });
      await scrub.focus();
      await page.keyboard.press('End');
      await play.settled();
      expect(await play.now()).toBeGreaterThan(1900);
      expect(await press('Rewind')).toBe(1780);
      expect((await play.counts())['wrong']).toBe(0);
    });
  });

  it('moves what operators can move at the providers of a component, and only that', async () => {
    await playing('#/play?drill=blue-green.yaml&clients=300&at=600', async (play) => {
      const { page } = play;
      await play.ready();
      await play.part('endpoint green').click();
      await page.getByLabel('Weight of green in app.example.com/A').fill('200');
      expect(await page.getByRole('button', { name: /^Disable/ }).count()).toBe(0);
      await page.getByRole('button', { name: 'Set', exact: true }).click();
      const entry = 'weight policy app.example.com/A, to green 200';
      await page.getByRole('button', { name: new RegExp(`^Take back: .*${entry}`) }).waitFor();
      const sets = (): Promise<string> =>
        page.locator('dnsdrill-play').evaluate((element) => {
          const { desk } = element as unknown as {
            desk: { controller: { description: { sets: string[] } } };
          };
          return desk.controller.description.sets.join();
        });
      await expect.poll(sets, { timeout: 45_000 }).toContain('"to":{"green":200}');
    });
  });

  it('lets one of many be chosen where they stand as one', async () => {
    await playing('#/play?drill=random-subdomains.yaml&clients=300', async (play) => {
      const { page } = play;
      await play.ready();
      expect(await page.locator('dnsdrill-topology .part.endpoint').count()).toBe(2);
      await play.part('addresses').click();
      await page.getByRole('button', { name: '203.0.113.7', exact: true }).click();
      await page.getByRole('heading', { name: 'endpoint 203.0.113.7', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Close' }).first().click();
    });
  });

  it('breaks a component by pointing at it, shows what follows, and takes it back', async () => {
    await playing(MIDDLE, async (play) => {
      const { page } = play;
      await play.ready();
      const before = await play.sentence.textContent();
      await play.part('endpoint eu-west').click();
      await page.getByRole('button', { name: 'Fail: no answer at all' }).click();
      await play.ready();
      expect(await play.part('endpoint eu-west').locator('title').textContent()).toContain('no answer');
      expect(await play.part('clients browsers').locator('title').textContent()).toContain(
        'depends on endpoint eu-west',
      );
      expect(await play.now()).toBe(1850);
      expect((await play.counts())['fresh']).toBe(0);
      expect(page.url()).toContain('inject=');
      await play.part('endpoint eu-west').click();
      await page.getByRole('button', { name: 'Repair it now' }).click();
      await page.getByRole('button', { name: /^Take back: .*restore endpoint eu-west/ }).click();
      await page.getByRole('button', { name: /^Take back: .*fail endpoint eu-west/ }).click();
      await page.getByRole('list', { name: 'Injected' }).waitFor({ state: 'detached' });
      await play.ready();
      await expect.poll(() => play.sentence.textContent()).toBe(before);
    });
  });

  it('says why a cache still has the old address, link by link', async () => {
    await playing(MIDDLE, async (play) => {
      const { page } = play;
      await play.ready();
      const { wrong } = await play.counts();
      expect(wrong).toBeGreaterThan(0);
      await play.field.focus();
      await page.keyboard.press('Home');
      const why = page.locator('dnsdrill-why');
      for (let tries = 0; tries < 40 && !(await why.textContent())?.includes('203.0.113.10'); tries++) {
        await page.keyboard.press('ArrowRight');
        const chosen = (await play.field.getAttribute('aria-label'))!.split('lets go. ')[1]!;
        await why.locator('h3').filter({ hasText: chosen }).waitFor();
      }
      expect(await why.locator('h3').textContent()).toMatch(/^Why does .+ still answer 203\.0\.113\.10\?$/);
      const chain = await why.locator('li').allTextContents();
      expect(chain.at(-1)).toContain('Names 198.51.100.20 for app.example.com');
      expect(chain.join(' ')).toMatch(/fetched .+ ago/);
      await page.keyboard.press('Escape');
      await why.locator('h3').waitFor({ state: 'detached' });
    });
  });

  it('answers a question that was asked when only the numbers were there', async () => {
    await playing(MIDDLE, async ({ page, field, sentence }) => {
      await sentence.filter({ hasText: /\w\.$/ }).waitFor();
      await field.focus();
      await page.keyboard.press('Home');
      await page.getByRole('heading', { name: /^Why does resolver isp\/0 / }).waitFor();
    });
  });

  it('takes a bet before it shows the answer', async () => {
    await playing(SMALL, async (play) => {
      const { page } = play;
      await play.ready();
      await page.getByRole('button', { name: /^Guess first: TTL 30/ }).click();
      expect(await play.curve.locator('.curve').count()).toBe(0);
      expect(await play.sentence.textContent()).not.toContain('recover');
      expect(await page.locator('dnsdrill-dock .served').count()).toBe(0);
      await page.getByRole('slider', { name: 'Your bet' }).focus();
      for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await play.ready();
      const verdict = page.locator('dnsdrill-bet .verdict');
      await verdict.filter({ hasText: 'You said' }).waitFor();
      expect(await verdict.textContent()).toMatch(/^You said .+; it is .+(too long|too short|spot on)\.$/);
      expect(await play.curve.locator('.guess').count()).toBe(1);
      expect(page.url()).toContain('failover.ttl%3D30s');
    });
  });

  it('is worked by keyboard alone, and only where the keys belong', async () => {
    await playing(`${SMALL}&at=1790`, async (play) => {
      const { page } = play;
      await play.ready();
      await page.keyboard.press('n');
      expect(await play.now()).toBe(1790);
      await play.region.focus();
      await page.keyboard.press('n');
      await play.settled();
      expect(await play.now()).toBe(1800);
      await page.keyboard.press('Shift+ArrowRight');
      await play.settled();
      expect(await play.now()).toBe(1810);
      await page.keyboard.press('2');
      await page.waitForURL(/strategy=ttl\+60/);
      await page.keyboard.press('t');
      expect(await play.curve.locator('table').isVisible()).toBe(true);
      await page.keyboard.press('?');
      await page.getByLabel('Single keys act').uncheck();
      await page.keyboard.press('Escape');
      await play.region.focus();
      await page.keyboard.press('n');
      await play.settled();
      expect(await play.now()).toBe(1810);
    });
  });

  it('opens a component from the keyboard, and gives the focus back', async () => {
    await playing(MIDDLE, async (play) => {
      await play.ready();
      await play.part('resolver isp').focus();
      await play.page.keyboard.press('Enter');
      await play.page.getByRole('dialog', { name: 'resolver isp' }).waitFor();
      await play.page.keyboard.press('Escape');
      const focused = await play.part('resolver isp').evaluate((part) => part.matches(':focus'));
      expect(focused).toBe(true);
    });
  });

  it('tells screen readers the sentence and the moment', async () => {
    await playing(`${SMALL}&at=1790`, async (play) => {
      await play.ready();
      const said = play.page.locator(
        'dnsdrill-shell > p[role=status], dnsdrill-shell p.visually-hidden[role=status]',
      );
      await said.filter({ hasText: 'recover within' }).waitFor();
      await play.page.getByRole('button', { name: 'To the next state change' }).click();
      await said.filter({ hasText: /the fault begins: of \d+ caches .*wrong/ }).waitFor();
    });
  });

  it('lets go of a million clients as soon as something else is wanted', async () => {
    const million = `#/play?drill=${FILE}&set=clients.browsers.count%3D1000000&clients=1000000&at=8000`;
    await playing(million, async (play) => {
      const { page } = play;
      await page.getByText('1,000,000 clients').first().waitFor();
      await page.evaluate((fragment) => {
        location.hash = fragment;
      }, SMALL);
      await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
      await play.ready();
      expect(await page.locator('dnsdrill-play .sub').textContent()).toContain('1,000 clients');
    });
  });

  it('says what is wrong with a scenario that cannot be played, and leads to the editor', async () => {
    await playing(`#/play?drill=${FILE}&set=nonsense.x%3D1`, async (play) => {
      await play.page.getByText('This scenario cannot be played as it is.').waitFor();
      await play.page.getByRole('button', { name: 'Open the editor' }).click();
      await play.page.waitForURL(/#\/edit/);
    });
  });
});
