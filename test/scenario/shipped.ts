/** The scenarios that ship, and the one `init` writes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type LoadResult, loadScenario } from '../../src/scenario/load.ts';
import { STARTER } from '../../src/scenario/starter.ts';

const FOLDER = new URL('../../scenarios/', import.meta.url);

/** Text of a file below scenarios/, or undefined. */
export function shippedFile(path: string): string | undefined {
  const url = new URL(path, FOLDER);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

export const SHIPPED: readonly (readonly [name: string, text: string])[] = [
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => [name, shippedFile(name)!] as const),
  ['starter', STARTER],
];

export function loadShipped(name: string, text: string, sets: readonly string[] = []): LoadResult {
  return loadScenario({ text, file: name, readFile: shippedFile, sets, replications: 1 });
}
