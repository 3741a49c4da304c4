/** `npm test`: makes a fresh clone ready and runs all tests. Arguments go to vitest. */
import { becomeNode, ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

ensurePackages();
// Only now: it needs a package.
const { ensureChromium } = await import('./chromium.mjs');
const chromium = await ensureChromium();
ensureBuilt();
process.chdir(ROOT);
const env = { ...process.env, ...(chromium && { CHROME_PATH: chromium }) };
becomeNode('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)], env);
