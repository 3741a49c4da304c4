/** `npm start`: makes a fresh clone ready and runs dnsdrill, by default the main drill. */
import { becomeNode, ensureBuilt, ensurePackages } from './ready.mjs';

const MAIN_DRILL = ['run', 'scenarios/failover-ttl.yaml'];

ensurePackages();
ensureBuilt();
const given = process.argv.slice(2);
becomeNode('dist/cli/main.js', given.length > 0 ? given : MAIN_DRILL);
