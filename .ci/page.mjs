/** `npm run page`: makes a fresh clone ready and serves the page on this machine until interrupted. */
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

ensurePackages();
ensureBuilt();
process.chdir(ROOT);
const { preview } = await import('vite');
const server = await preview({ preview: { host: '127.0.0.1' } });
server.printUrls();
