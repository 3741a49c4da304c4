/** `npm start`: makes a fresh clone ready and runs dnsdrill, by default the main drill. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, ROOT } from './ready.mjs';

const MAIN_DRILL = ['run', 'scenarios/failover-ttl.yaml'];

ensurePackages();
ensureBuilt();
const given = process.argv.slice(2);
const main = join(ROOT, 'dist/cli/main.js');
const child = spawn(process.execPath, [main, ...(given.length > 0 ? given : MAIN_DRILL)], {
  stdio: 'inherit',
});
// An interrupt reaches the child as well; it writes what there is, and its status is ours.
process.on('SIGINT', () => {});
child.on('exit', (status) => process.exit(status ?? 1));
