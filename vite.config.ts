import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { still } from './web/still/plugin.ts';

/** Emits the service worker with the list of all files of the build, whose names change with what is in them. */
const offline: Plugin = {
  name: 'dnsdrill-offline',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const files = Object.keys(bundle).filter((file) => file !== 'index.html');
      const source = readFileSync('web/offline/worker.js', 'utf8');
      const list = JSON.stringify(['./', ...files.sort()]);
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: source.replace("['%FILES%']", list) });
    },
  },
};

/** In the page, kinds of provider are fetched when a world needs them; tests and the library have them all. */
const kinds: Plugin = {
  name: 'dnsdrill-provider-kinds',
  enforce: 'pre',
  resolveId(source, importer) {
    const asked =
      importer?.endsWith('/src/model/authority/shared-side.ts') && source === './providers/catalogue.ts';
    return asked ? resolve('web/engine/provider-kinds.ts') : undefined;
  },
};
const page = process.env['VITEST'] ? [] : [kinds];

export default defineConfig({
  root: 'web',
  base: './',
  plugins: [still, offline, ...page],
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es', plugins: () => page },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // What a test waits for comes late on a busy machine; a test that would wait in vain fails all the same.
    expect: { poll: { timeout: 30_000 } },
  },
});
