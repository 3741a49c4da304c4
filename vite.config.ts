import { readFileSync } from 'node:fs';
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

export default defineConfig({
  root: 'web',
  base: './',
  plugins: [still, offline],
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
