/** `npm run bench`: makes a fresh clone ready and measures the engine. Arguments go to the measuring program. */
import { becomeNode, ensureBuilt, ensurePackages } from './ready.mjs';

ensurePackages();
ensureBuilt();
becomeNode('test/bench/reference/main.mjs', process.argv.slice(2));
