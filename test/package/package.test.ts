/** The package as users get it: packed, installed in an empty folder, run, imported, type-checked. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BUILT = existsSync('dist/cli/main.js') && existsSync('schema.json');
if (!BUILT) console.warn('*** PACKAGE TESTS ARE SKIPPED: there is no dist (npm run build). ***');

const DRILL = 'node_modules/dnsdrill/scenarios/failover-ttl.yaml';

describe.skipIf(!BUILT)('the package', { timeout: 120_000 }, () => {
  let folder: string;

  function run(command: string, ...args: string[]): string {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dnsdrill-package-'));
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [packed] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })) as { filename: string }[];
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed!.filename}`);
  }, 300_000);

  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('has nothing that publint objects to', async () => {
    const { messages } = await publint({ pkgDir: join(folder, 'node_modules/dnsdrill'), pack: false });
    expect(messages).toEqual([]);
  });

  it('holds what users need and no tests', () => {
    const has = (path: string) => existsSync(join(folder, 'node_modules/dnsdrill', path));
    const needed = ['dist/index.d.ts', 'schema.json', 'dist/web/index.html', 'README.md', 'LICENSE'];
    expect(needed.filter((path) => !has(path))).toEqual([]);
    expect(['test', '.ci', 'node_modules/vitest'].filter(has)).toEqual([]);
    const { mode } = statSync(join(folder, 'node_modules/dnsdrill/dist/cli/main.js'));
    expect(mode & 0o111).toBe(0o111);
  });

  it('runs a drill through npx', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(run('npx', '--no-install', 'dnsdrill', '--version').trim()).toBe(version);
    const report = run('npx', '--no-install', 'dnsdrill', 'run', DRILL, '--reps', '1', '--quiet');
    expect(report).toContain('Availability');
    expect(report).toContain(`dnsdrill ${version}`);
  });

  it('runs the example of the README, and its types hold', () => {
    const example = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync('README.md', 'utf8'))?.[1];
    writeFileSync(join(folder, 'example.ts'), example!);
    const options = ['--strict', '--target', 'ES2023', '--module', 'NodeNext', '--skipLibCheck', 'false'];
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    run(process.execPath, resolve('node_modules/typescript/bin/tsc'), 'example.ts', ...options, ...types);
    expect(run(process.execPath, 'example.js')).toContain('Availability');
  });

  it('exports the JSON Schema of scenarios', () => {
    const script =
      "import schema from 'dnsdrill/schema.json' with { type: 'json' }; console.log(schema.type)";
    expect(run(process.execPath, '--no-warnings', '--input-type=module', '-e', script).trim()).toBe('object');
  });
});
