/** `npm run check:profiles`: makes a fresh clone ready and checks presets against measurements. */
import { becomeNode, ensurePackages } from './ready.mjs';

ensurePackages();
becomeNode('test/profiles/check/run.mjs', process.argv.slice(2));
