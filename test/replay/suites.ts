/** Scripts of other resolvers' test-suites, which lie beside the repository and are not part of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Level } from '../../src/measure/script-verdict.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/replay/', import.meta.url));

export const SUITES_ARE_HERE: boolean = existsSync(FOLDER);

/** `suite/name.rpl` of every script of a suite, in order. */
export function scriptsOf(suite: string): string[] {
  if (!SUITES_ARE_HERE) return [];
  return readdirSync(`${FOLDER}${suite}`)
    .filter((name) => name.endsWith('.rpl'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `${suite}/${name}`);
}

export function textOf(script: string): string {
  return readFileSync(`${FOLDER}${script}`, 'utf8');
}

/** Letters of the table beside the scripts: how the real software did over sockets. */
const LEVEL_OF: Readonly<Record<string, Level | undefined>> = { T: 'ttl', A: 'answer', r: 'rcode' };
const COLUMNS = ['unbound', 'bind', 'pdns-recursor', 'knot-resolver'];

/**
 * The level a profile must reach: what the real software reached; for Unbound, whose own tests these are, always
 * the TTLs. Undefined: nothing is asked.
 */
export function requiredLevels(): ReadonlyMap<string, Level | undefined> {
  const rows = SUITES_ARE_HERE
    ? textOf('README.md').matchAll(/^\| `(\S+\.rpl)` \|.*\| `(\S) (\S) (\S) (\S)` \|$/gm)
    : [];
  return new Map(
    [...rows].flatMap(([, name, ...letters]) =>
      COLUMNS.map((profile, index): [string, Level | undefined] => [
        `${profile} unbound/${name}`,
        profile === 'unbound' ? 'ttl' : LEVEL_OF[letters[index]!],
      ]),
    ),
  );
}
