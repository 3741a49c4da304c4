import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { RunResult } from '../../src/measure/result.ts';
import { problemsOfXml } from '../report/xml.ts';
import { buildDist, dnsdrill, type Ended, type SpawnOptions } from './dist.ts';

const NINE = Array.from(
  { length: 9 },
  (_, index) => `  s${index}: { clients.browsers.count: ${100 + index} }`,
).join('\n');
const DRILL = `
title: Two TTLs
duration: 20m
replications: 3
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
endpoints:
  us-east: { address: 203.0.113.10, check: { tcp: true, interval: 10s, failures: 2 } }
  eu-west: { address: 198.51.100.20, check: { tcp: true, interval: 10s, failures: 2 } }
policies:
  app.example.com/A: { failover: { primary: us-east, secondary: eu-west, ttl: 30s } }
resolvers:
  isp: { count: 20 }
clients:
  browsers: { count: 200, app: fetcher, requests: { name: app.example.com, every: 30s } }
timeline:
  - { at: 5m, fail: endpoint us-east }
strategies:
  short: { policies.app.example.com/A.failover.ttl: 30s }
  long: { policies.app.example.com/A.failover.ttl: 5m }
  'very long': { policies.app.example.com/A.failover.ttl: 1h }
expect:
  - recovery.p50 < 9m
`;

let folder = '';
let dist = '';

beforeAll(() => {
  dist = buildDist('dnsdrill-compare-test');
  folder = mkdtempSync(join(tmpdir(), 'dnsdrill-'));
  writeFileSync(join(folder, 'drill.yaml'), DRILL);
  writeFileSync(join(folder, 'one.yaml'), DRILL.replace(/strategies:[\s\S]*?expect:/, 'expect:'));
  writeFileSync(
    join(folder, 'nine.yaml'),
    DRILL.replace(/strategies:[\s\S]*?expect:/, `strategies:\n${NINE}\nexpect:`),
  );
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function compare(args: readonly string[], options: Partial<SpawnOptions> = {}): Promise<Ended> {
  return dnsdrill(['compare', ...args], { cwd: folder, dist, ...options });
}

async function resultOf(args: readonly string[]): Promise<RunResult> {
  return JSON.parse((await compare([...args, '--json', '--quiet'])).stdout) as RunResult;
}

describe('exit codes', () => {
  test.each([
    [99, ['drill.yaml', '--quiet'], ''],
    [0, ['drill.yaml', '--quiet', '--strategy', 'short', '--strategy', 'long'], ''],
    [0, ['--help'], ''],
    [2, ['one.yaml'], 'There is only one strategy, as written: a comparison needs two.'],
    [2, ['drill.yaml', '--strategy', 'short'], 'There is only one strategy, short: a comparison needs two.'],
    [2, ['nine.yaml'], 'There are 9 strategies; choose at most 8 with --strategy.'],
    [
      2,
      ['drill.yaml', '--baseline', 'shrt'],
      "There is no strategy 'shrt' to compare with: did you mean 'short'?",
    ],
    [2, ['drill.yaml', '--quantile', 'p0'], 'write p50, p99, p99.9 or max'],
    [2, ['drill.yaml', '--quantile', 'most'], 'write p50, p99, p99.9 or max'],
    [2, ['drill.yaml', '--until-precision', '0%'], 'write a share such as 2%'],
    [2, ['drill.yaml', '--until-precision', 'soon'], 'write a share such as 2%'],
    [2, ['drill.yaml', '--out', 'htm=x'], "did you mean 'html'?"],
    [4, ['drill.yaml', '--out', 'html=no/where.html'], 'Cannot write no/where.html'],
  ] as const)('%i: dnsdrill compare %s', async (code, args, message) => {
    const ended = await compare(args);
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(code);
  });
});

describe('a comparison', () => {
  it('says how strategies differ, and which expectations each of them missed', async () => {
    const { stdout, stderr } = await compare(['drill.yaml']);
    expect(stdout).toContain('Against short  3 runs, same random draws');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/long recovers .* later at p99 than short/);
    expect(stdout).toMatch(/✗ very long +recovery\.p50 < 9m +observed/);
    expect(stdout).toMatch(/✓ short +recovery\.p50 < 9m +observed/);
    expect(stdout).toContain('Load against recovery');
    expect(stderr).toContain('100 % of replications 1 to 3');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gives the bytes of `run`, whatever the number of threads', async () => {
    const [one, two, run] = await Promise.all([
      compare(['drill.yaml', '--json', '--quiet', '--jobs', '1']),
      compare(['drill.yaml', '--json', '--quiet', '--jobs', '2']),
      dnsdrill(['run', 'drill.yaml', '--json', '--quiet'], { cwd: folder, dist }),
    ]);
    expect(two.stdout).toBe(one.stdout);
    expect(run.stdout).toBe(one.stdout);
    expect((JSON.parse(one.stdout) as RunResult).comparison!.differences).toHaveLength(3);
  });

  it('is held against the baseline asked for', async () => {
    const { stdout } = await compare(['drill.yaml', '--quiet', '--baseline', 'long']);
    expect(stdout).toContain('Against long');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/short recovers .* sooner at p99 than long/);
  });

  test.each([
    ['p90', 0.9, 'recovery.p90'],
    ['99.9%', 0.999, 'recovery.p99.9'],
    ['0.75', 0.75, 'recovery.p75'],
    ['max', 1, 'recovery.max'],
  ])('looks at the quantile %s', async (written, level, metric) => {
    const { comparison } = await resultOf(['drill.yaml', '--reps', '2', '--quantile', written]);
    expect(comparison!.quantile).toBe(level);
    expect(comparison!.differences[0]!.metrics.map((pair) => pair.metric)).toContain(metric);
  });

  it('goes on until it is precise, in rounds of at least ten', async () => {
    const chosen = ['--strategy', 'short', '--strategy', 'long'];
    const { replications, comparison } = await resultOf(['drill.yaml', ...chosen, '--until-precision', '5%']);
    expect(replications % 10).toBe(0);
    expect(comparison!.precision).toBeLessThanOrEqual(0.05);
    const rounds = await compare(['drill.yaml', ...chosen, '--reps', '2', '--until-precision', '8%']);
    expect(rounds.stderr).toContain('100 % of replications 1 to 2\n');
  });

  it('interrupted keeps whole replications and says so', async () => {
    let killed = false;
    const ended = await compare(['drill.yaml', '--reps', '200', '--json'], {
      onMessage: (text, kill) => {
        if (killed || !text.includes('10 % of replications 1 to 200\n')) return;
        killed = true;
        kill('SIGINT');
      },
    });
    const result = JSON.parse(ended.stdout) as RunResult;
    expect(ended.code).toBe(130);
    expect(result.partial).toBe(true);
    expect(result.comparison!.replications).toBe(result.replications);
    expect(result.replications).toBeGreaterThan(0);
    expect(result.replications).toBeLessThan(200);
  });
});

describe('files', () => {
  it('are a page, a summary and a test report, each with the command to play it again', async () => {
    const outs = ['html', 'md', 'junit'].flatMap((format) => ['--out', `${format}=report.${format}`]);
    await compare(['drill.yaml', '--quiet', '--quantile', 'p90', '--set', 'title=Say "hi" & go', ...outs]);
    const [html, md, junit] = ['html', 'md', 'junit'].map((format) =>
      readFileSync(join(folder, `report.${format}`), 'utf8'),
    ) as [string, string, string];
    const command = `dnsdrill compare drill.yaml --set 'title=Say "hi" & go' --quantile 0.9 --seed 1 --reps 3`;
    const escaped = command.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    expect(html).toContain(`<code>${escaped}</code>`);
    expect(md).toContain(`\n${command}\n`);
    expect(junit).toContain(escaped);
    expect(html).toContain('<h1>Say &quot;hi&quot; &amp; go</h1>');
    expect(problemsOfXml(html.replace('<!doctype html>', ''))).toEqual([]);
    expect(problemsOfXml(junit.replace(/^<\?xml.*\?>\n/, ''))).toEqual([]);
    expect([...junit.matchAll(/<failure /g)]).toHaveLength(1);
  });

  it('can be played again by the command they name', async () => {
    const args = ['drill.yaml', '--strategy', 'very long', '--strategy', 'short', '--seed', '41'];
    await compare([...args, '--quiet', '--out', 'md=again.md', '--out', 'json=again.json']);
    const [, command] = /```sh\n(.*)\n```/.exec(readFileSync(join(folder, 'again.md'), 'utf8'))!;
    expect(command).toBe(
      "dnsdrill compare drill.yaml --strategy 'very long' --strategy short --quantile 0.99 --seed 41 --reps 3",
    );
    expect(JSON.parse(readFileSync(join(folder, 'again.json'), 'utf8'))).toEqual(await resultOf(args));
  });
});
