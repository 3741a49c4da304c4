/** Files beside a scenario: read through the caller, never outside the scenario's folder, and remembered. */

/** Gives the text of a file; the path is relative to the scenario's folder. */
export type ReadFile = (path: string) => string | undefined;

/** The text of a file, or why it cannot be had. */
export type FileResult = { readonly text: string } | { readonly problem: 'outside' | 'missing' };

export class FolderFiles {
  /** Every file read so far: path below the folder, and text, whose lines end alike on every system. */
  readonly texts: Map<string, string> = new Map();
  readonly #folder: string;
  readonly #read: ReadFile;

  /** @param scenario path of the scenario file as messages name it */
  constructor(scenario: string, read: ReadFile) {
    this.#folder = scenario.slice(0, scenario.lastIndexOf('/') + 1);
    this.#read = read;
  }

  read(path: string): FileResult {
    const normal = insideFolder(path);
    if (normal === undefined) return { problem: 'outside' };
    const text = this.texts.get(normal) ?? this.#read(normal)?.replaceAll('\r\n', '\n');
    if (text === undefined) return { problem: 'missing' };
    this.texts.set(normal, text);
    return { text };
  }

  /** How messages name a file below the folder. */
  display(path: string): string {
    return this.#folder + path;
  }
}

/** The path without `.` and `..`; `undefined` when it leads out of the folder or is absolute. */
function insideFolder(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length > 0 ? parts.join('/') : undefined;
}
