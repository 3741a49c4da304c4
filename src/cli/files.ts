/** Reading scenarios and writing results. */
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliFailure, describeFileError, EXIT } from './exit.ts';

/** Standard input, as path arguments name it. */
export const STANDARD_INPUT = '-';

/** @throws CliFailure when it cannot be read or is not text in UTF-8 */
export function readText(path: string): string {
  try {
    return decoded(readFileSync(path === STANDARD_INPUT ? 0 : path));
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : describeFileError(error);
    throw new CliFailure(EXIT.inputOutput, `Cannot read ${name(path)}: ${reason}.`);
  }
}

/** @throws RangeError that says what the octets are instead of text in UTF-8 */
function decoded(octets: Uint8Array): string {
  const [first, second] = octets;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || (first !== 0 && second === 0)) {
    throw new RangeError('it is UTF-16 text: save it as UTF-8');
  }
  if (octets.includes(0)) throw new RangeError('it is not text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    throw new RangeError('it is not UTF-8 text');
  }
}

function name(path: string): string {
  return path === STANDARD_INPUT ? 'standard input' : path;
}

/**
 * Fails before a long run rather than after it.
 * @throws CliFailure when an output file is a folder or write-protected, or its folder is missing or cannot be written to
 */
export function checkWritable(path: string): void {
  const folder = dirname(resolve(path));
  try {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    if (existsSync(path)) accessSync(path, constants.W_OK);
    if (!isStream(path)) accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes a file in one go. @throws CliFailure when it cannot be written */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await inOneGo(path, (place) => writeFileSync(place, text));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Has a file written under a temporary name in the same folder and renames it, so that a reader never sees half a file.
 * A device or a pipe is no file to be replaced: what is written goes there at once.
 * @param write given the place to write to; nothing is left there when it throws
 * @throws what `write` throws, and the system's error when the file cannot get its name
 */
export async function inOneGo<T>(path: string, write: (place: string) => T | Promise<T>): Promise<T> {
  if (isStream(path)) return await write(path);
  const target = existsSync(path) ? realpathSync(path) : path;
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const result = await write(temporary);
    renameSync(temporary, target);
    return result;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A device, a pipe or a socket, such as `/dev/null` or `/dev/stdout`. */
function isStream(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** The failure of an output; `-` is standard output. */
export function unwritable(path: string, error: unknown): CliFailure {
  const place = path === STANDARD_INPUT ? 'standard output' : path;
  return new CliFailure(EXIT.inputOutput, `Cannot write ${place}: ${describeFileError(error)}.`);
}
