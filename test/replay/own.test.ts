/**
 * Scripts of our own (own/*.rpl), in the language of other resolvers' test-suites, one for each rule; the rule and its
 * section stand on top of each. They are played against every profile for which the rule holds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replayScript } from '../../src/experiment/replay/replay.ts';
import { LEVELS, type ReplayVerdict } from '../../src/measure/script-verdict.ts';

const FOLDER = new URL('own/', import.meta.url);

const PROFILES = ['unbound', 'bind', 'pdns-recursor', 'knot-resolver'];
/** Rules that not every profile follows, and who does. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  // ANY is resolved by these; Knot Resolver's way is not known well enough.
  any: ['unbound', 'bind', 'pdns-recursor'],
  any_cname: ['unbound', 'bind', 'pdns-recursor'],
  // Unbound where the script says allow_snoop; BIND for all that may recurse. The others refuse.
  cache_probe: ['unbound', 'bind'],
  // Unbound wants a signature.
  dname_cached: ['bind', 'pdns-recursor', 'knot-resolver'],
  // RFC 2308 §5 leaves the cap open.
  negative_cap_hour: ['unbound', 'pdns-recursor'],
  negative_cap_three_hours: ['bind'],
  // RFC 8020 §2 without a proof: none of these profiles believes it.
  nxdomain_cut: ['rfc-reference'],
  // Settings of Unbound; PowerDNS Recursor's packet cache and Knot Resolver's predictor are other things.
  prefetch: ['unbound', 'bind'],
  stale_until_healed: ['unbound'],
  // Counts of losses by type are Unbound's; BIND and PowerDNS Recursor ask on for reasons of their own.
  silent_for_one_type: ['unbound', 'bind', 'pdns-recursor'],
  // The least TTL of PowerDNS Recursor is 1 s, that of Knot Resolver 5 s.
  zero_ttl: ['unbound', 'bind'],
};

const SCRIPTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.rpl'))
  .sort((a, b) => (a < b ? -1 : 1))
  .map((name) => name.slice(0, -'.rpl'.length));
const ROWS = SCRIPTS.flatMap((script) =>
  (ONLY[script] ?? PROFILES).map((profile) => [script, profile] as const),
);

function textOf(script: string): string {
  return readFileSync(new URL(`${script}.rpl`, FOLDER), 'utf8');
}

function played(text: string, profile: string): ReplayVerdict {
  const { verdict, issues } = replayScript({ text, file: 'own.rpl', profile });
  expect(issues).toEqual([]);
  return verdict!;
}

/** What differs at the levels that every script is held to. */
function differing({ differences }: ReplayVerdict): readonly unknown[] {
  return differences.filter(({ level }) => LEVELS.indexOf(level) <= LEVELS.indexOf('ttl'));
}

/** The last answer that is looked at, with another rcode. */
function withWrongEnd(text: string): string {
  const at = text.lastIndexOf('CHECK_ANSWER');
  const end = text
    .slice(at)
    .replace(/^(REPLY .*)$/m, (line) =>
      line.includes('SERVFAIL')
        ? line.replace('SERVFAIL', 'REFUSED')
        : line.replace(/NOERROR|NXDOMAIN/, 'SERVFAIL'),
    );
  return (text.slice(0, at) + end).replace(/^MATCH answer ttl$/gm, 'MATCH all ttl');
}

describe('our own scripts', () => {
  it.each(ROWS)('%s: %s', (script, profile) => {
    expect(differing(played(textOf(script), profile))).toEqual([]);
  });

  it.each(SCRIPTS)('%s can fail (negative control)', (script) => {
    const [profile] = ONLY[script] ?? PROFILES;
    expect(differing(played(withWrongEnd(textOf(script)), profile!))).not.toEqual([]);
  });

  it('names the rule on top of every script', () => {
    for (const script of SCRIPTS) expect(textOf(script)).toMatch(/^; (?:RFC \d+ §|Unbound |Jiang et al\.)/);
    expect(Object.keys(ONLY).filter((script) => !SCRIPTS.includes(script))).toEqual([]);
  });

  it.each([
    ['dname_cached', 'unbound'],
    ['negative_cap_hour', 'bind'],
    ['negative_cap_three_hours', 'unbound'],
    ['nxdomain_cut', 'unbound'],
    ['silent_for_one_type', 'knot-resolver'],
    ['zero_ttl', 'knot-resolver'],
  ])('%s tells %s apart', (script, profile) => {
    expect(differing(played(textOf(script), profile))).not.toEqual([]);
  });
});
