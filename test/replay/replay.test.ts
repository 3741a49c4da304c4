/**
 * Scripts of other resolvers' test-suites, played against the resolver with options like Unbound's. The
 * scripts lie beside the repository and are not part of it; without them this test says so and passes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Level, type Played, play } from './player.ts';
import { parseScript } from './script.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/replay/', import.meta.url));
const LEVELS: readonly Level[] = ['rcode', 'answer', 'ttl', 'upstream'];

function files(): string[] {
  if (!existsSync(FOLDER)) return [];
  return ['unbound', 'deckard'].flatMap((suite) =>
    readdirSync(`${FOLDER}${suite}`)
      .filter((name) => name.endsWith('.rpl'))
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => `${suite}/${name}`),
  );
}

const scripts = files();
if (scripts.length === 0) console.warn(`replay: no scripts in ${FOLDER}; nothing was played`);

describe.skipIf(scripts.length === 0)('replay', () => {
  const played = new Map<string, Played | Error>();
  for (const file of scripts) {
    it(file, () => {
      const result = play(parseScript(readFileSync(`${FOLDER}${file}`, 'utf8')), () => 0);
      played.set(file, result);
      for (const difference of result.differences) console.info(file, JSON.stringify(difference));
    });
  }

  it('score', () => {
    expect(played.size).toBe(scripts.length);
    for (const level of LEVELS) {
      const results = [...played.values()].filter(
        (one): one is Played => !(one instanceof Error) && one.checked.has(level),
      );
      const good = results.filter(({ differences }) => !differences.some((one) => one.level === level));
      console.info(`replay ${level}: ${good.length} of ${results.length} scripts`);
    }
  });
});
