/** Editing in the built page: text and form are two views of one scenario, files come in and go out. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { OBSTACLE } from './chromium.ts';
import { fitsEverywhere, type Opened, useBrowser } from './edit-place.ts';

const ZONE = `$ORIGIN shop.example.
$TTL 300
@ IN SOA ns1.main-dns.net. hostmaster 1 7200 900 1209600 300
@ IN NS ns1.main-dns.net.
www IN A 192.0.2.80
`;

describe.skipIf(OBSTACLE !== undefined)('the editor', { timeout: 60_000 }, () => {
  const open = useBrowser();
  const code = (page: Page): Locator => page.locator('.cm-content');
  const summary = (page: Page): Locator => page.locator('dnsdrill-edit [role=status]').first();

  async function ready(width?: number): Promise<Opened> {
    const opened = await open('edit', { sets: [], ...(width === undefined ? {} : { width }) });
    await opened.page.locator('dnsdrill-edit-form details').first().waitFor();
    return opened;
  }

  /** The whole text, which the editor shows in part. */
  function textOf(page: Page): Promise<string> {
    return page.evaluate<string>(`(() => {
      const find = (root) => root.querySelector('dnsdrill-edit')
        ?? [...root.querySelectorAll('*')].reduce((found, one) => found ?? (one.shadowRoot && find(one.shadowRoot)), null);
      return find(document).source.text;
    })()`);
  }

  async function type(page: Page, text: string): Promise<void> {
    await code(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  }

  it('writes what the form says into the text, and leaves comments and layout alone', async () => {
    const { page, complaints } = await ready();
    const before = await textOf(page);
    await page.getByLabel('Duration').fill('3h');
    await page.getByLabel('Duration').press('Tab');
    expect(await textOf(page)).toBe(before.replace('duration: 2h30m', 'duration: 3h'));
    await code(page).getByText('duration: 3h').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows in the form what is typed into the text', async () => {
    const { page } = await ready();
    await type(page, '\nseed: 42\n');
    await expect.poll(() => page.getByLabel('Seed', { exact: true }).inputValue()).toBe('42');
    await page.close();
  });

  it('changes a TTL in a record written in the scenario', async () => {
    const { page } = await ready();
    await page.getByLabel('app A').fill('15');
    await page.getByLabel('app A').press('Tab');
    expect(await textOf(page)).toContain('app 15 IN A 203.0.113.10');
    await page.close();
  });

  it('adds a fault, a strategy and an expectation, and takes them away', async () => {
    const { page } = await ready();
    const before = await textOf(page);
    await page.locator('#new-fault').selectOption('slow');
    await page.locator('form:has(#new-fault) button').click();
    expect(await textOf(page)).toContain('\n  - { at: 10m, slow: endpoint us-east, extra: 300ms, for: 20m }');
    await page.locator('summary:has-text("Strategies")').click();
    await page.getByLabel('New strategy').fill('short');
    await page.getByLabel('New strategy').press('Enter');
    await page.getByLabel('Value that short changes').fill('duration');
    await page.getByLabel('Value that short changes').press('Enter');
    expect(await textOf(page)).toContain('\n  short: { duration: ');
    await page.getByRole('button', { name: 'Remove the strategy short' }).click();
    await page.getByRole('button', { name: 'Remove: endpoint us-east answers late' }).click();
    expect(await textOf(page)).toBe(before);
    await page.close();
  });

  it('writes what Play has set into the text, once told so', async () => {
    const { page } = await open('edit', { sets: ['duration=3h', 'timeline.0.for=5m'] });
    await page.getByRole('button', { name: 'Write into the text' }).click();
    expect(await textOf(page)).toMatch(/\nduration: 3h\n.*fail: endpoint us-east, for: 5m }/s);
    await expect.poll(() => page.url()).not.toContain('set=');
    expect(await page.getByRole('button', { name: 'Write into the text' }).count()).toBe(0);
    await page.close();
  });

  it('says what is wrong, at its place, and leads there', async () => {
    const { page } = await ready();
    await type(page, '\nnonsense: 1\n');
    await expect.poll(() => summary(page).textContent()).toContain('1 problem');
    await page.locator('.cm-lintRange-error').waitFor();
    await page.locator('.problems button').click();
    expect(
      await page.evaluate<string>(`(() => {
      let element = document.activeElement;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element.className;
    })()`),
    ).toContain('cm-content');
    await page.close();
  });

  it('marks the field of a value that is wrong', async () => {
    const { page } = await ready();
    await page.getByLabel('Duration').fill('soon');
    await page.getByLabel('Duration').press('Tab');
    await expect.poll(() => page.getByLabel('Duration').getAttribute('aria-invalid')).toBe('true');
    await page.close();
  });

  it('completes from the schema and from the names of the scenario', async () => {
    const { page } = await ready();
    await type(page, '\nrecov');
    await page.locator('.cm-tooltip-autocomplete').getByText('recovery').waitFor();
    // Completion ignores keys in its first moment, so that typing is not hijacked.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    expect(await textOf(page)).toMatch(/\nrecovery: $/);
    await page.close();
  });

  it('is left by Tab, so that no key traps the user', async () => {
    const { page } = await ready();
    await code(page).click();
    await page.keyboard.press('Tab');
    expect(
      await code(page).evaluate((element) =>
        (element as unknown as { matches(selector: string): boolean }).matches(':focus'),
      ),
    ).toBe(false);
    await page.close();
  });

  it('shows a zone file before it takes it, and then the scenario reads it', async () => {
    const { page, complaints } = await ready();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Open …' }).click(),
    ]);
    await chooser.setFiles({ name: 'shop.example.zone', mimeType: 'text/plain', buffer: Buffer.from(ZONE) });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 records: 1 SOA, 1 NS, 1 A.').waitFor();
    await dialog.getByRole('button', { name: 'Add to the scenario' }).click();
    expect(await textOf(page)).toContain('\n  - { file: shop.example.zone }');
    await expect.poll(() => summary(page).textContent()).toContain('No problems');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('refuses a zone file with errors and names them', async () => {
    const { page } = await ready();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Open …' }).click(),
    ]);
    await chooser.setFiles({
      name: 'bad.zone',
      mimeType: 'text/plain',
      buffer: Buffer.from('@ IN A nonsense\n'),
    });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The file cannot be used as it is.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Add to the scenario' }).isDisabled()).toBe(true);
    await page.close();
  });

  it('opens another scenario and saves what is there', async () => {
    const { page } = await ready();
    const text = readFileSync('scenarios/provider-outage.yaml', 'utf8');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Open …' }).click(),
    ]);
    await chooser.setFiles({ name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save mine.yaml' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(text);
    await page.close();
  });

  it('keeps the changed scenario in the address, where it is found again', async () => {
    const { page } = await ready();
    await page.getByLabel('Duration').fill('4h');
    await page.getByLabel('Duration').press('Tab');
    await expect.poll(() => page.url()).toContain('link=1.');
    await page.reload();
    await page.locator('dnsdrill-edit-form details').first().waitFor();
    await expect.poll(() => page.getByLabel('Duration').inputValue()).toBe('4h');
    await page.close();
  });

  it('is a form over a text to read on a narrow screen', async () => {
    const { page } = await ready(360);
    expect(await code(page).count()).toBe(0);
    await page.getByLabel('Duration').fill('3h');
    await page.getByLabel('Duration').press('Tab');
    await page.getByText('read only').click();
    await page.locator('dnsdrill-edit pre', { hasText: 'duration: 3h' }).waitFor();
    await page.close();
  });

  describe('looked at closely', () => {
    let shared: Opened;
    beforeAll(async () => {
      shared = await ready();
      await shared.page.evaluate(OPEN_ALL);
      await shared.page.locator('dnsdrill-edit').getByText('No problems').waitFor();
    });

    fitsEverywhere(
      'dnsdrill-edit',
      () => shared,
      async (page) => {
        const { width } = page.viewportSize()!;
        await expect.poll(() => code(page).count()).toBe(width < 768 ? 0 : 1);
      },
    );
  });
});

/** Opens every part of the form. */
const OPEN_ALL = `(() => {
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'details') element.open = true;
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
})()`;
