/**
 * Builds dist: the library and the command line (tsc), the page (Vite), the JSON Schema of scenarios.
 * The new dist takes the place of the old one at the very end, so that whoever reads it finds it whole.
 */
import { chmodSync, existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ROOT, run } from './ready.mjs';

const begun = new Date();
const dist = join(ROOT, 'dist');
const staging = join(ROOT, `.dist-${process.pid}`);
const previous = `${staging}-previous`;
process.on('exit', () => [staging, previous].map((path) => rmSync(path, { recursive: true, force: true })));

run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--outDir', staging]);
chmodSync(join(staging, 'cli/main.js'), 0o755);
await build({
  configFile: join(ROOT, 'vite.config.ts'),
  root: join(ROOT, 'web'),
  build: { outDir: join(staging, 'web') },
  logLevel: 'warn',
});

const { jsonSchema } = await import(pathToFileURL(join(staging, 'scenario/json-schema.js')).href);
// Beside package.json, where the first line of a scenario tells editors to look.
writeFileSync(join(ROOT, 'schema.json'), `${JSON.stringify(jsonSchema(), null, 2)}\n`);

utimesSync(join(staging, 'index.js'), begun, begun);
if (existsSync(dist)) renameSync(dist, previous);
renameSync(staging, dist);
