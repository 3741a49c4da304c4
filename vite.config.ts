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

/** Modules that are fetched in the page when a world needs them: who imports which, and what stands there instead. */
const FETCHED: readonly (readonly [importer: RegExp, source: RegExp, instead: string])[] = [
  [
    /\/src\/model\/authority\/shared-side\.ts$/,
    /\/providers\/catalogue\.ts$/,
    'web/engine/provider-kinds.ts',
  ],
  [/\/src\/scenario\//, /\/dns\/corefile\/read\.ts$/, 'web/engine/corefile-reader.ts'],
];

/** Tests and the library have them all. */
const fetched: Plugin = {
  name: 'dnsdrill-fetched',
  enforce: 'pre',
  resolveId(source, importer = '') {
    const found = FETCHED.find(([from, what]) => from.test(importer) && what.test(source));
    return found && resolve(found[2]);
  },
};
const page = process.env['VITEST'] ? [] : [fetched];

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
