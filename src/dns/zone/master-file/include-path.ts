/** Paths of included files: always below the folder of the file that was asked for. */
import { TextError } from '../../data/text-error.ts';

/**
 * The path without `.` and `..`, relative to the folder of the outermost file.
 * @throws TextError `include-outside` when it is absolute or leads out of that folder
 */
export function resolveInclude(path: string): string {
  const hint = 'include files from the folder of the zone file, by relative path';
  if (/^[/\\~]|^[A-Za-z]:|\\/.test(path))
    throw new TextError('include-outside', `'${path}' is not relative`, hint);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) {
      throw new TextError('include-outside', `'${path}' leads out of the folder`, hint);
    }
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  if (parts.length === 0) throw new TextError('include-outside', `'${path}' is no file`, hint);
  return parts.join('/');
}

/** `path` as seen from where `file` is named from. */
export function besideFile(file: string, path: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1) + path;
}

/** The last part of a path. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
