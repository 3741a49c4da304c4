/** `dnsdrill cost` as a program: output, exit status, and what it says to nonsense. */
import { beforeAll, describe, expect, it, test } from 'vitest';
import { ageText } from '../../src/cli/commands/cost.ts';
import { buildDist, dnsdrill, type Ended } from './dist.ts';

let dist = '';

beforeAll(() => {
  dist = buildDist('dnsdrill-cost-test');
}, 120_000);

const DRILL = 'scenarios/failover-ttl.yaml';
const QUICK = ['--reps', '1', '--quiet', '--strategy', 'ttl 3600', '--set', 'duration=40m'];

function run(args: readonly string[]): Promise<Ended> {
  return dnsdrill(['cost', ...args], { cwd: '.', dist, env: {} });
}

describe('dnsdrill cost', () => {
  it('prints sums, items with their dates, and traps; or JSON, the same every time', async () => {
    const { code, stdout } = await run([DRILL, ...QUICK, '--set', 'prices.main.as=route53']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/queries, standard +\S+ million +0\.40 +\d+\.\d\d +2026-09-20 +captured/);
    expect(stdout).toMatch(/Watch out\n/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const json = [DRILL, ...QUICK, '--json', '--set', 'prices.main.as=route53'];
    const [one, other] = [await run(json), await run([...json, '--jobs', '1'])];
    expect(other.stdout).toBe(one.stdout);
    expect(JSON.parse(one.stdout)).toMatchObject({
      strategies: [{ name: 'ttl 3600', cost: { currency: 'USD', complete: true } }],
    });
  });

  test.each([
    ['an expectation of cost that is missed', 99, ['--set', 'expect=[cost.month < 1]']],
    ['an expectation of something else', 0, ['--set', 'expect=[recovery.p99 < 1s]']],
    ['a wrong price', 3, ['--set', 'prices.main.query=cheap']],
    ['a strategy that is not there', 2, ['--strategy', 'ttl 9']],
  ])('%s ends with %d', async (_, code, args) => {
    expect((await run([DRILL, ...QUICK, '--set', 'prices.main.as=route53', ...args])).code).toBe(code);
  });

  it('a file that is not there ends with 4', async () => {
    expect((await run(['nowhere.yaml'])).code).toBe(4);
  });
});

test.each([
  ['2026-09-20', '2026-11-22', '2 months old'],
  ['2026-10-20', '2026-11-22', '1 month old'],
  ['2026-11-01', '2026-11-22', ''],
  ['2027-01-01', '2026-11-22', ''],
  ['2024-07-01', '2026-11-22', '28 months old'],
])('a price of %s is, on %s, "%s"', (asOf, today, age) => {
  expect(ageText(asOf, new Date(`${today}T00:00:00Z`))).toBe(age);
});
