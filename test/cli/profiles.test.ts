/** `dnsdrill profiles` as a program: output, exit status, and what it says to nonsense. */
import { beforeAll, describe, expect, it, test } from 'vitest';
import { listProfiles, type ProfileComparison, type ProfileExplanation } from '../../src/index.ts';
import { buildDist, dnsdrill, type Ended } from './dist.ts';

let dist = '';

beforeAll(() => {
  dist = buildDist('dnsdrill-profiles-test');
}, 120_000);

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return dnsdrill(['profiles', ...args], { cwd: '.', dist, env });
}

describe('dnsdrill profiles', () => {
  it('lists every profile that ships', async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id } of listProfiles())
      expect(stdout).toMatch(new RegExp(`^ +${id.replaceAll('.', '\\.')} `, 'm'));
    expect(JSON.parse((await run(['--json'])).stdout)).toEqual(JSON.parse(JSON.stringify(listProfiles())));
  });

  it('explains one, or several', async () => {
    const { code, stdout } = await run(['unbound']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^unbound: Unbound /);
    expect(stdout).toMatch(/^ {2}ttl-cap: 1d\n {4}Longer TTLs are cut to this\.\n {4}source: Unbound /m);
    expect((await run(['chrome', 'glibc'])).stdout).toMatch(/^chrome: [\s\S]*\n\nglibc: /);
    const [explained] = JSON.parse((await run(['unbound', '--json'])).stdout) as ProfileExplanation[];
    expect(explained!.values).toContainEqual(
      expect.objectContaining({ key: 'ttl-cap', value: '1d', confidence: 'source', from: 'unbound' }),
    );
  });

  it('explains a name of two kinds in both', async () => {
    const { stdout } = await run(['none']);
    expect(stdout).toMatch(/^An operating system profile/m);
    expect(stdout).toMatch(/^An application profile/m);
  });

  it('compares two', async () => {
    const { code, stdout } = await run(['--diff', 'unbound', 'unbound-pre-1.23']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^unbound and unbound-pre-1\.23 differ in \d+ of \d+ settings\.\n/);
    expect(stdout).toMatch(/^ {4}unbound +1\.8s\n +source: Unbound /m);
    expect(stdout).toMatch(/^ {4}unbound-pre-1\.23 +0s\n +documentation: Unbound /m);
    const json = JSON.parse((await run(['unbound', 'bind', '--diff', '--json'])).stdout) as ProfileComparison;
    expect(json.ids).toEqual(['unbound', 'bind']);
    expect(json.differences.map(({ key }) => key)).toContain('ttl-cap');
  });

  it('has colours only where they are wanted', async () => {
    expect((await run(['bind'], { FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    expect((await run(['bind', '--no-color'], { FORCE_COLOR: '1' })).stdout).not.toContain('\u001b[');
  });
});

describe('what it says to nonsense', () => {
  test.each([
    [
      ['unbuond'],
      "There is no profile 'unbuond': did you mean 'unbound'?\ndnsdrill profiles lists them all.\n",
    ],
    [['google'], "There is no profile 'google': perhaps google-public-dns"],
    [['8.8.8.8'], 'perhaps google-public-dns'],
    [['Kubernetes'], 'perhaps coredns-kubernetes'],
    [['zzzzzzzzzz'], "There is no profile 'zzzzzzzzzz': known are "],
    [[''], "There is no profile '': "],
    [['__proto__'], "There is no profile '__proto__': "],
    [['constructor'], "There is no profile 'constructor': "],
    [['\u001b[31m\n../etc'], "There is no profile '[31m ../etc': "],
    [['x'.repeat(100_000)], `There is no profile '${'x'.repeat(39)}…': `],
    [['unbound', 'bnid'], "There is no profile 'bnid': did you mean 'bind'?"],
    [['--diff'], '--diff takes two profiles: dnsdrill profiles --diff unbound bind\n'],
    [['--diff', 'unbound'], '--diff takes two profiles'],
    [['--diff', 'unbound', 'bind', 'bind'], '--diff takes two profiles'],
    [['--diff', 'unbound', 'bnid'], "There is no profile 'bnid'"],
    [
      ['--diff', 'unbound', 'chrome'],
      'unbound is a resolver profile, chrome an application profile: only profiles of one kind can be compared.\n',
    ],
    [['--kind'], "unknown option '--kind'"],
  ] as const)('%j', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
