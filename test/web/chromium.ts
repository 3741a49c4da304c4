/** Real Chromium for tests: CHROME_PATH, or where Debian puts it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATH = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
export const BUILT = 'dist/web';

/** Why browser tests cannot run here; undefined when they can. */
export const OBSTACLE: string | undefined = [
  !existsSync(PATH) && `there is no Chromium at ${PATH} (npm test installs one where it can)`,
  !existsSync(`${BUILT}/index.html`) && `there is no ${BUILT} (npm run build)`,
].find((reason) => reason !== false);

if (OBSTACLE) console.warn(`*** BROWSER TESTS ARE SKIPPED: ${OBSTACLE}. ***`);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
