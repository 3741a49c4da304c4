/** `dnsdrill lint` as a program: output, exit status, and what it says to nonsense. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { lintRules } from '../../src/index.ts';
import { buildDist, dnsdrill, type Ended } from './dist.ts';

let dist = '';
const folder = mkdtempSync(join(tmpdir(), 'dnsdrill-lint-'));
const ZONE =
  '$TTL 300\n@ SOA ns1 h 1 7200 900 1209600 300\n@ NS ns1\n@ NS ns2.example.net.\nns1 A 203.0.113.53\n';

beforeAll(() => {
  dist = buildDist('dnsdrill-lint-test');
  writeFileSync(join(folder, 'example.com.zone'), `${ZONE}a CNAME b\nb CNAME a\n`);
  writeFileSync(join(folder, 'sound.zone'), `$ORIGIN example.com.\n${ZONE}`);
  writeFileSync(join(folder, 'broken.zone'), `$ORIGIN example.com.\n${ZONE}x A nonsense\n`);
  writeFileSync(join(folder, 'broken.yaml'), 'duration: 1h\nzoned: []\n');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], input?: string): Promise<Ended> {
  return dnsdrill(['lint', ...args], { cwd: folder, dist, ...(input === undefined ? {} : { input }) });
}

describe('dnsdrill lint', () => {
  it('prints findings and ends with 99 when there is an error', async () => {
    const { code, stdout, stderr } = await run(['example.com.zone']);
    expect({ code, stderr }).toEqual({ code: 99, stderr: '' });
    expect(stdout).toMatch(/^2 ERRORS\n\n {2}example\.com\.zone:6:1 alias-loop\n/);
  });

  test.each<[string[], number]>([
    [['sound.zone'], 0],
    [['sound.zone', '--fail-on', 'warning'], 0],
    [['sound.zone', '--fail-on', 'note'], 99],
    [['example.com.zone', '--ignore', 'alias-loop'], 0],
    [['example.com.zone', '--rule', 'spf'], 0],
    [['sound.zone', 'example.com.zone'], 99],
    [['broken.zone'], 3],
    [['broken.yaml'], 3],
    [['missing.zone'], 4],
    [[], 2],
    [['sound.zone', '--format', 'xml'], 2],
    [['sound.zone', '--fail-on', 'all'], 2],
    [['sound.zone', '--rule', 'spff'], 2],
    [['sound.zone', '--experiments', 'some'], 2],
  ])('%j ends with %d', async (args, status) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(status);
    if (status === 3 || status === 4 || status === 2)
      expect({ stdout, said: stderr !== '' }).toEqual({ stdout: '', said: true });
  });

  it('reads standard input, as a zone of the origin given', async () => {
    const { stdout } = await run(['-', '--origin', 'example.com', '--format', 'json'], ZONE);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, files: ['standard input'] });
  });

  it('plays what findings of a scenario cost, unless told not to', async () => {
    const drill = resolve('scenarios/failover-ttl.yaml');
    const { code, stdout } = await run([drill, '--rule', 'single-provider']);
    expect(code).toBe(0);
    expect(stdout).toContain('The simulator says: ');
    expect((await run([drill, '--no-experiments'])).stdout).not.toContain('simulator');
  });

  it('lists the rules', async () => {
    const { code, stdout } = await run(['--rules', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(lintRules());
  });
});
