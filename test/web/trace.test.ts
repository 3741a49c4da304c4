/** Tracing in the built page: one request through every cache, chosen, counted down, and put to dig. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { OBSTACLE } from './chromium.ts';
import { fitsEverywhere, type Opened, SMALL, useBrowser } from './edit-place.ts';

describe.skipIf(OBSTACLE !== undefined)('the trace place', { timeout: 60_000 }, () => {
  const open = useBrowser();
  const rows = (page: Page): Locator => page.locator('dnsdrill-waterfall button');
  const cards = (page: Page): Locator => page.locator('dnsdrill-cache-cards button');
  const verdict = (page: Page): Locator => page.locator('dnsdrill-trace .verdict');

  /** A certain client a minute before the fault, unless told otherwise. */
  async function ready(
    state: Readonly<Record<string, string>> = { client: '0', at: '1740' },
  ): Promise<Opened> {
    const opened = await open('trace', { sets: SMALL, state });
    await rows(opened.page).first().waitFor();
    return opened;
  }

  it('shows who comes without a wish a request that fails', async () => {
    const { page } = await ready({});
    expect(await verdict(page).textContent()).toContain('203.0.113.10 does not answer');
    await page.close();
  });

  it('follows a request from the caches of the client to the authorities', async () => {
    const { page, complaints } = await ready();
    const places = await cards(page).locator('.head').allTextContents();
    expect(places.map((text) => text.trim().replace(/\s.*$/s, ''))).toEqual([
      'application',
      'OS',
      'resolver',
      'authority',
    ]);
    expect(await verdict(page).textContent()).toContain(
      'app.example.com at 29 min and connects to 203.0.113.10',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('finds a client that is led astray and says why it fails', async () => {
    const { page } = await ready();
    await page.getByLabel('Strategy').selectOption('ttl 3600');
    await page.getByRole('button', { name: '1 min after', exact: true }).click();
    await page.getByRole('button', { name: 'Find one led astray' }).click();
    await page.getByText('would be led astray; this is client').waitFor();
    await expect.poll(() => verdict(page).textContent()).toContain('203.0.113.10 does not answer');
    await page.locator('dnsdrill-cache-cards', { hasText: 'wrong' }).waitFor();
    await page.close();
  });

  it('links cards and hops both ways, with the reason of the hop', async () => {
    const { page } = await ready();
    await cards(page).filter({ hasText: 'resolver isp' }).click();
    const row = rows(page).filter({ hasText: 'resolver isp' }).last();
    await expect.poll(() => row.getAttribute('aria-pressed')).toBe('true');
    expect(await row.textContent()).toContain('Why:');
    await rows(page).first().click();
    await expect.poll(() => cards(page).first().getAttribute('aria-pressed')).toBe('true');
    await page.close();
  });

  it('counts a TTL down in digits as time passes, without moving by itself when motion is unwelcome', async () => {
    const { page } = await ready({ client: '0', at: '1740', strategy: '2' });
    const ring = page.locator('dnsdrill-cache-cards svg[role=img]').first();
    const left = async (): Promise<number> =>
      Number(/^(\d+) s left$/.exec((await ring.getAttribute('aria-label')) ?? '')?.[1] ?? 0);
    const before = await left();
    expect(before).toBeGreaterThan(10);
    await page.waitForTimeout(1200);
    expect(await left()).toBe(before);
    await page.getByRole('button', { name: '+10 s' }).click();
    await expect.poll(left).toBe(before - 10);
    await page.close();
  });

  it('copies a hop as dig', async () => {
    const { page } = await ready();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as dig' }).click();
    await page.getByText('Copied: dig').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('dig app.example.com. A');
    await page.close();
  });

  it('keeps the choice in the address', async () => {
    const { page } = await ready();
    await page.getByLabel('Client, 0 to 99').fill('7');
    await page.getByLabel('Client, 0 to 99').press('Tab');
    await page.getByLabel('Time', { exact: true }).fill('20m');
    await page.getByLabel('Time', { exact: true }).press('Tab');
    await expect.poll(() => page.url()).toContain('at=1200&client=7');
    await page.reload();
    await expect
      .poll(() => verdict(page).textContent())
      .toContain('Client 7 of browsers asks for app.example.com at 20 min');
    await page.close();
  });

  it('is worked by keyboard alone', async () => {
    const { page } = await ready();
    await page.getByLabel('Time', { exact: true }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => verdict(page).textContent()).toContain('at 30 min 10 s');
    await page.close();
  });

  describe('looked at closely', () => {
    let shared: Opened;
    beforeAll(async () => {
      shared = await ready();
      await rows(shared.page).nth(2).click();
    });

    fitsEverywhere('dnsdrill-trace', () => shared);
  });
});
