/**
 * `npm start`: makes a fresh clone ready and plays the main drill; on a terminal it then opens the page with the
 * same drill, until interrupted. With arguments it is the command line.
 */
import { spawnSync } from 'node:child_process';
import { servePage } from './page.mjs';
import { becomeNode, ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

const CLI = 'dist/cli/main.js';
const MAIN_DRILL = ['run', 'scenarios/failover-ttl.yaml'];

ensurePackages();
ensureBuilt();
const given = process.argv.slice(2);
if (given.length > 0 || !process.stdout.isTTY) becomeNode(CLI, given.length > 0 ? given : MAIN_DRILL);
else {
  const { status } = spawnSync(process.execPath, [CLI, ...MAIN_DRILL], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  console.log('\nThe same drill as a page, until you press Ctrl-C:');
  await servePage({ open: true });
}
