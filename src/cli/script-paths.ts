/** The replay scripts that path arguments name. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliFailure, describeFileError, EXIT } from './exit.ts';

const EXTENSION = '.rpl';

/** Files as they are named; of folders every script in them and below, in order of their paths. */
export function scriptPaths(paths: readonly string[]): string[] {
  return paths.flatMap((path) => (isFolder(path) ? scriptsIn(path) : [path]));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** @throws CliFailure when the folder cannot be read or holds no script */
function scriptsIn(folder: string): string[] {
  const scripts = entriesOf(folder)
    .filter((path) => path.endsWith(EXTENSION))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((path) => join(folder, path));
  if (scripts.length > 0) return scripts;
  throw new CliFailure(EXIT.inputOutput, `Cannot read ${folder}: there is no ${EXTENSION} file in it.`);
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new CliFailure(EXIT.inputOutput, `Cannot read ${folder}: ${describeFileError(error)}.`);
  }
}
