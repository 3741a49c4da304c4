/** Finds Chromium for the browser tests, and installs it where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './ready.mjs';

const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Path of a Chromium: CHROME_PATH, else the system's, else Playwright's; undefined where there is none. */
export async function findChromium() {
  const { chromium } = await import('playwright-core');
  const candidates = [process.env.CHROME_PATH, ...USUAL_PATHS, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path));
}

/** As findChromium, after trying to install one: as root on Debian its own package, else Playwright's. */
export async function ensureChromium() {
  for (const install of [() => {}, installFromDebian, installFromPlaywright]) {
    install();
    const path = await findChromium();
    if (path) return path;
  }
  say('\n*** There is no Chromium and none could be installed: BROWSER TESTS ARE SKIPPED. ***\n');
  return undefined;
}

function installFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  say('Installing Chromium ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Where there is no network this must be found out soon.
  const patience = ['-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::Retries=1'];
  attempt('apt-get', ['-qq', ...patience, 'update'], env);
  attempt('apt-get', ['-qq', ...patience, 'install', '-y', '--no-install-recommends', 'chromium'], env);
}

function installFromPlaywright() {
  say("Installing Playwright's Chromium ...");
  attempt(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
}

/** Failure is seen by what is missing afterwards. */
function attempt(command, args, env = process.env) {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 2], env, timeout: 600_000 });
}
