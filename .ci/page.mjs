/** `npm run page`: makes a fresh clone ready and serves the page on this machine until interrupted. */
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

/** Serves the built page on the loopback address. `open`: in a browser too, where there is one. */
export async function servePage({ open }) {
  process.chdir(ROOT);
  const { preview } = await import('vite');
  const server = await preview({ preview: { host: '127.0.0.1', open } });
  server.printUrls();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensurePackages();
  ensureBuilt();
  await servePage({ open: false });
}
