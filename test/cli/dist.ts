/** The program as it is shipped: compiled once per test run, then spawned. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Inside node_modules, so that the program finds its packages. */
const PLACES = join('node_modules', '.cache');
const USUAL = 'dnsdrill-test';
export const DIST: string = join(PLACES, USUAL, 'dist');

/**
 * Compiles `src` with the project's own settings.
 * @param name of a place of its own for every test file, since files run side by side
 * @returns where it is, for `SpawnOptions.dist`
 * @throws Error with what the compiler says
 */
export function buildDist(name: string = USUAL): string {
  const place = join(PLACES, name);
  const dist = join(place, 'dist');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  copyFileSync('package.json', join(place, 'package.json'));
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json', '--outDir', dist]);
  if (status !== 0) throw new Error(`src does not compile:\n${stdout.toString()}`);
  return dist;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SpawnOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly dist?: string;
  /** Called with every piece of stderr; may send signals. */
  readonly onMessage?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Closes the reading end of stdout at once. */
  readonly deaf?: boolean;
}

/** Runs `dnsdrill` and waits for its end. The environment holds PATH and what is given, nothing else. */
export function dnsdrill(args: readonly string[], options: SpawnOptions): Promise<Ended> {
  const main = join(process.cwd(), options.dist ?? DIST, 'cli', 'main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onMessage?.(stderr, (signal) => child.kill(signal));
  });
  if (options.deaf) child.stdout.destroy();
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
