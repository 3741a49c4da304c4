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

/** Where the scripts show behaviour of one product that is not modelled; every other script must pass whole. */
const NOT_MODELLED: Readonly<Record<string, string>> = {
  'unbound/iter_dname_insec.rpl': 'an alias to itself is answered as data; here SERVFAIL',
  'unbound/iter_prefetch_change2.rpl': 'a prefetch takes delegations close to their end for expired',
  'unbound/iter_resolve_minimised_timeout.rpl': 'the full name is asked with type A before its own type',
  'unbound/serve_expired_ttl_reset.rpl': 'a failed refresh starts the maximum stale time anew',
  'unbound/ttl_max.rpl': 'a query without RD is answered with a referral to the root; here REFUSED',
  'deckard/iter_nottl.rpl': 'NODATA without SOA is cached for the minimum TTL of 5 s',
};

const scripts = files();
if (scripts.length === 0) console.warn(`replay: no scripts in ${FOLDER}; nothing was played`);

describe.skipIf(scripts.length === 0)('replay', () => {
  const played = new Map<string, Played>();
  for (const file of scripts) {
    it(file, () => {
      const result = play(parseScript(readFileSync(`${FOLDER}${file}`, 'utf8')), () => 0);
      played.set(file, result);
      if (file in NOT_MODELLED) expect(result.differences, NOT_MODELLED[file]).not.toEqual([]);
      else expect(result.differences).toEqual([]);
    });
  }

  it('score', () => {
    expect(played.size).toBe(scripts.length);
    for (const level of LEVELS) {
      const results = [...played.values()].filter(({ checked }) => checked.has(level));
      const good = results.filter(({ differences }) => !differences.some((one) => one.level === level));
      console.info(`replay ${level}: ${good.length} of ${results.length} scripts`);
    }
  });
});
