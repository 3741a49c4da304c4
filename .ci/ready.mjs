/** Makes a fresh clone ready: installs packages that are missing or old, builds when a source is newer. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Whatever the build reads. */
const SOURCES = [
  'src',
  'web',
  'scenarios',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  '.ci/build.mjs',
];
/** Dated by the build to when it began. */
const BUILT = 'dist/index.js';
/** What is installed, written by npm at the end of every installation. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Runs a command with its output on standard error; ends the program with its status when it fails. */
export function run(command, args) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell });
  if (status === 0) return;
  if (error) say(`${command}: ${error.message}`);
  process.exit(status ?? 1);
}

/** Ends as a program of Node that has this program's terminal. Paths are taken from the root. */
export function becomeNode(script, args, env = process.env) {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { stdio: 'inherit', env });
  // An interrupt reaches the child as well; it ends as it sees fit, and its status is ours.
  process.on('SIGINT', () => {});
  child.on('exit', (status) => process.exit(status ?? 1));
}

/** A message for people. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Installs exactly what package-lock.json says, unless that has happened. */
export function ensurePackages() {
  if (isInstalled()) return;
  say('Installing packages ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Whether every package of the lock file is there in its version; optional ones may be missing. */
function isInstalled() {
  if (!existsSync(join(ROOT, INSTALLED))) return false;
  const { '': _, ...wanted } = packagesIn('package-lock.json');
  const present = packagesIn(INSTALLED);
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path in present ? present[path].version === version : optional,
  );
}

function packagesIn(lock) {
  return JSON.parse(readFileSync(join(ROOT, lock), 'utf8')).packages;
}

/** Builds unless dist is newer than every source. */
export function ensureBuilt() {
  if (Math.max(...SOURCES.map(newestIn)) <= changedAt(BUILT)) return;
  say('Building ...');
  run(process.execPath, ['.ci/build.mjs']);
}

function changedAt(path) {
  const full = join(ROOT, path);
  return existsSync(full) ? statSync(full).mtimeMs : 0;
}

/** Folders count too: removing a file changes its folder. */
function newestIn(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return 0;
  const inside = statSync(full).isDirectory() ? readdirSync(full, { recursive: true }) : [];
  return Math.max(changedAt(path), ...inside.map((name) => changedAt(join(path, name))));
}
