/**
 * Scripts of other resolvers' test-suites, played against the profiles. What real software reached over sockets is
 * asked of its profile; of the unbound profile the whole of Unbound's own tests. Where the scripts are absent, this
 * says so and passes.
 */
import { describe, expect, it } from 'vitest';
import { readSetting } from '../../src/experiment/replay/options/options.ts';
import { replayScript } from '../../src/experiment/replay/replay.ts';
import { agreesUpTo, LEVELS, type Level, type ReplayVerdict } from '../../src/measure/script-verdict.ts';
import { requiredLevels, SUITES_ARE_HERE, scriptsOf, textOf } from './suites.ts';

/** Where a script shows behaviour that is not modelled: by profile and script, and why. Every other must pass. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'knot-resolver unbound/iter_ns_badip.rpl':
    'Knot Resolver asks the parent once more when the glue of a silent zone has run out',
};

/**
 * Settings in which the version the scripts come from differs from the profile: these scripts take a TTL of 200 s for
 * over after 200 s, the version the profile was measured with after 201 s. PowerDNS Recursor refuses queries without RD
 * since 5.0 (allow-no-rd); the scripts were played against 4.8.
 */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  unbound: ['expiry-grace=0s'],
  'pdns-recursor': ['without-recursion=referral'],
};

function played(script: string, profile: string): ReplayVerdict {
  const settings = new Map((SETTINGS[profile] ?? []).map(readSetting));
  const { verdict, issues } = replayScript({ text: textOf(script), file: script, profile, settings });
  expect(issues).toEqual([]);
  return verdict!;
}

function score(title: string, verdicts: readonly ReplayVerdict[]): void {
  const scores = LEVELS.map((level) => {
    const checked = verdicts.filter(({ levels }) => levels[level] !== 'unchecked');
    return `${level} ${checked.filter(({ levels }) => levels[level] === 'agrees').length}/${checked.length}`;
  });
  console.info(`replay ${title}: ${scores.join(', ')}`);
}

if (!SUITES_ARE_HERE) console.warn('replay: no scripts in ../shared/replay; nothing was played');

describe.skipIf(!SUITES_ARE_HERE)('replay', () => {
  const required = [
    ...requiredLevels(),
    ...scriptsOf('deckard').map((script): [string, Level] => [`${suiteProfile(script)} ${script}`, 'ttl']),
  ].filter((row): row is [string, Level] => row[1] !== undefined);

  it('finds a row for every script', () => {
    const scripts = required
      .filter(([key]) => key.startsWith('unbound unbound/'))
      .map(([key]) => key.split(' ')[1]);
    expect(scripts.sort((a, b) => (a! < b! ? -1 : 1))).toEqual(scriptsOf('unbound'));
    expect(Object.keys(EXCEPTIONS).filter((key) => !required.some(([one]) => one === key))).toEqual([]);
  });

  it.each(required)('%s up to %s', (key, level) => {
    const [profile, script] = key.split(' ') as [string, string];
    const verdict = played(script, profile);
    if (key in EXCEPTIONS) expect(agreesUpTo(verdict, level), `no longer: ${EXCEPTIONS[key]}`).toBe(false);
    else
      expect(verdict.differences.filter((one) => LEVELS.indexOf(one.level) <= LEVELS.indexOf(level))).toEqual(
        [],
      );
  });

  it('needs no setting that changes nothing', () => {
    const alone = replayScript({
      text: textOf('unbound/serve_expired_zerottl.rpl'),
      file: 'alone',
      profile: 'unbound',
    });
    expect(agreesUpTo(alone.verdict!, 'ttl')).toBe(false);
  });

  it.each(['unbound', 'bind', 'pdns-recursor', 'knot-resolver'])('tells the score of %s', (profile) => {
    const scripts = [...scriptsOf('unbound'), ...scriptsOf('deckard')];
    score(
      profile,
      scripts.map((script) => played(script, profile)),
    );
  });
});

/** Least TTLs and minimised queries of these scripts are those of Knot Resolver. */
function suiteProfile(script: string): string {
  return script.startsWith('deckard/') ? 'knot-resolver' : 'unbound';
}

describe.skipIf(!SUITES_ARE_HERE)('replay without validation', () => {
  const scripts = scriptsOf('unbound-dnssec');

  it('names validation as missing wherever an answer differs', () => {
    const verdicts = scripts.map((script) => played(script, 'unbound'));
    const differing = verdicts.filter((verdict) => !agreesUpTo(verdict, 'answer'));
    const unexplained = differing.filter(
      ({ gaps }) => !gaps.some(({ feature }) => feature === 'DNSSEC validation'),
    );
    expect(unexplained.map(({ file }) => file)).toEqual([]);
    console.info(
      `replay unbound-dnssec: ${verdicts.length - differing.length} of ${verdicts.length} agree on rcode and answer ` +
        `without validation; skipped for want of it: ${differing.map(({ file }) => file.slice(15, -4)).join(' ')}`,
    );
  });
});
