/** Reading scenarios and writing results. */
import { accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliFailure, describeFileError, EXIT } from './exit.ts';

/** Standard input, as path arguments name it. */
export const STANDARD_INPUT = '-';

/** @throws CliFailure when it cannot be read or is not UTF-8 */
export function readText(path: string): string {
  try {
    const bytes = readFileSync(path === STANDARD_INPUT ? 0 : path);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : describeFileError(error);
    throw new CliFailure(EXIT.inputOutput, `Cannot read ${name(path)}: ${reason}.`);
  }
}

function name(path: string): string {
  return path === STANDARD_INPUT ? 'standard input' : path;
}

/**
 * Fails before a long run rather than after it.
 * @throws CliFailure when the folder of an output file is missing or cannot be written to
 */
export function checkWritable(path: string): void {
  const folder = dirname(resolve(path));
  try {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    accessSync(folder, constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes under a temporary name in the same folder and renames, so that a reader never sees half a file.
 * @throws CliFailure when it cannot be written
 */
export function writeWhole(path: string, text: string): void {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unwritable(path, error);
  }
}

/** Where a file is written before it gets its name. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

function unwritable(path: string, error: unknown): CliFailure {
  return new CliFailure(EXIT.inputOutput, `Cannot write ${path}: ${describeFileError(error)}.`);
}
