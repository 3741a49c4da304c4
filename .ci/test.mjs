/** `npm test`: makes a fresh clone ready and runs all tests. Arguments go to vitest. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

ensurePackages();
const { ensureChromium } = await import('./chromium.mjs');
const chromium = await ensureChromium();
ensureBuilt();
const env = { ...process.env, ...(chromium && { CHROME_PATH: chromium }) };
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
