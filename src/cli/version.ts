/** The version of the program, from its package. */
import { readFileSync } from 'node:fs';

interface Package {
  readonly version: string;
}

/** For example `0.1.0`. */
export function programVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as Package).version;
}
