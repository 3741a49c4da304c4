/** Installs the packages of a fresh clone. */
import { ensurePackages } from './ready.mjs';

ensurePackages();
