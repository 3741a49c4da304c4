/** `npm run pictures`: takes the README's pictures of the page anew. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

const FOLDER = join(ROOT, '.github/pictures');

/** What is shown: a file name, a place of the page, the colour scheme, and when it is worth a picture. */
const PICTURES = [
  { name: 'play', route: '#/play?at=1845', scheme: 'light', ready: wholeRun },
  { name: 'compare', route: '#/compare', scheme: 'light', ready: comparison },
  {
    name: 'trace',
    route: '#/trace',
    scheme: 'dark',
    ready: (page) => page.getByText('Hops').first().waitFor(),
  },
];

ensurePackages();
const { ensureChromium } = await import('./chromium.mjs');
const executablePath = await ensureChromium();
ensureBuilt();
if (!executablePath) {
  console.error('There is no Chromium here and none could be installed.');
  process.exit(1);
}
process.chdir(ROOT);
const { preview } = await import('vite');
const { chromium } = await import('playwright-core');
const server = await preview({ preview: { host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
mkdirSync(FOLDER, { recursive: true });
for (const { name, route, scheme, ready } of PICTURES) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  await page.goto(`${server.resolvedUrls.local[0]}${route}`);
  await ready(page);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.close();
}
await browser.close();
await server.close();

/** Play: the exact result and the picture of the moment are there. */
async function wholeRun(page) {
  await page.locator('dnsdrill-play .sub').filter({ hasNotText: 'estimate' }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1500);
}

/** Compare: the first replications have been played. */
async function comparison(page) {
  await page.locator('dnsdrill-recovery svg').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(15_000);
}
