/** Traps named in bills, the report of costs, and expectations of cost: the lines that matter. */
import { describe, expect, it, test } from 'vitest';
import { costTraps } from '../../src/advice/cost/traps.ts';
import { shortTtls } from '../../src/advice/cost/ttls.ts';
import {
  loadScenario,
  planScenario,
  playTask,
  type RunResult,
  renderCost,
  renderCsv,
  renderText,
  runExperiment,
  type Scenario,
  sequentialExecutor,
} from '../../src/index.ts';

const TEXT = `
title: What it costs
duration: 20m
replications: 2
providers: { main: { kind: route53 }, spare: { kind: generic } }
zones:
  - name: example.com
    providers: [main]
    records: |
      app 30 IN A 203.0.113.10
      www 30 IN CNAME app
resolvers: { isp: { profile: unbound, count: 5 } }
clients:
  all: { count: 50, represents: 5000, app: none, os: none, requests: { name: ASKED, types: [A, AAAA], every: 20s } }
timeline: [{ at: 10m, fail: provider main, for: 5m }]
strategies:
  ttl 30: {}
  ttl 300: { zones.0.records: "app 300 IN A 203.0.113.10\\nwww 300 IN CNAME app" }
expect: [cost.month < 1000000, cost.main.month > 1, cost.spare.month < 5]
`;

const load = (name: string, sets: readonly string[] = []): Scenario => {
  const { scenario, issues } = loadScenario({ text: TEXT.replace('ASKED', name), file: 'drill.yaml', sets });
  if (!scenario) throw new Error(JSON.stringify(issues));
  return scenario;
};

const run = (scenario: Scenario): Promise<RunResult> =>
  runExperiment(
    planScenario(scenario, '0.0.0'),
    sequentialExecutor((task) => playTask(scenario, task)),
  );

const traps = async (name: string, sets: readonly string[] = []): Promise<string> => {
  const { strategies } = await run(load(name, sets));
  return costTraps(strategies.map(({ name: strategy, cost }) => ({ name: strategy, cost: cost! }))).join(
    '\n',
  );
};

describe('traps', () => {
  it('names CNAME chains, negative answers and what a TTL costs, where they are', async () => {
    const found = await traps('www.example.com');
    expect(found).toMatch(/CNAMEs inside main bill a second query for their target/);
    expect(found).toMatch(/Queries under ttl 30 cost \d+(\.\d)? times those under ttl 300/);
  });

  it('names negative answers', async () => {
    const found = await traps('app.example.com', ['clients.all.requests.types=[AAAA]']);
    expect(found).toMatch(/Negative answers bill like others: \d+ % of the billed queries to main/);
  });

  it('and names none where there are none', async () => {
    const found = await traps('app.example.com', ['clients.all.requests.types=[A]']);
    expect(found).not.toMatch(/CNAME|Negative/);
  });

  test.each([
    ['cloudflare', 'nobody vouches for'],
    ['ns1', 'No price is known at main for: contract'],
    ['azure', 'stale'],
  ])('prices of %s: %s', async (list, expected) => {
    const policy = 'policies={ app.example.com/A: { weighted: { e: 1 }, ttl: 30s, provider: main } }';
    const sets = [
      'providers.main={ kind: generic }',
      `prices.main.as=${list}`,
      'endpoints={ e: { address: 203.0.113.10 } }',
      policy,
    ];
    const text = await traps('app.example.com', sets);
    expect(text).toContain(expected);
  });

  it('short TTLs are told with the most a longer one could save', () => {
    const { spec } = load('app.example.com').strategies[0]!;
    expect(shortTtls(spec, ['main'])).toEqual([
      'The TTL of app.example.com/A is 30 s: at 300 s its queries fall, to a 10th at best (resolvers asked all the time).',
    ]);
    expect(shortTtls(spec, [])).toEqual([]);
    expect(shortTtls(load('app.example.com').strategies[1]!.spec, ['main'])).toEqual([]);
  });
});

describe('reports', () => {
  it('tell sums, dates, confidence and what is unknown, in 80 columns', async () => {
    const result = await run(load('app.example.com', ['zones.0.providers=[main, spare]']));
    const text = renderCost(result, { traps: ['Mind the gap.'], age: () => '2 months old' });
    expect(text).toMatch(/USD a month/);
    expect(text).toMatch(/queries, standard +[\d,.]+( million)? +0\.40 +[\d.]+ +2026-09-20 +captured/);
    expect(text).toMatch(/zones +1 +unknown +unknown/);
    expect(text).toMatch(/ttl 30 +at least [\d.]+/);
    expect(text).toMatch(/as of 2026-09-20, 2 months\s+old/);
    expect(text).toMatch(/- Mind the gap\./);
    expect(text).toMatch(/The month goes on as the 10 min before the first fault did/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('say of strategies with unknown prices that nobody knows which is cheapest, and what faults add', async () => {
    const scenario = load('app.example.com', ['strategies.other={ zones.0.providers: [spare] }']);
    const text = renderCost(await run(scenario));
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /Cheapest is ttl 300 at [\d.]+ USD a month, dearest ttl 30 at [\d.]+ USD a month\. Not every price is known of one/,
    );
    expect(text).toMatch(/^ {2}other +unknown +unknown$/m);
    // Nothing is billed by a provider without zones; what all strategies pay alike stands once.
    expect(text).not.toMatch(/^ttl 30: spare/m);
    expect(text.match(/^(ttl 30|ttl 300|other|ttl 30 and ttl 300): /gm)).toEqual([
      'ttl 30: ',
      'ttl 300: ',
      'other: ',
    ]);
  });

  it('keep the digits of prices below a cent', async () => {
    const sets = ['prices.main.quantities={ record: 4000 }'];
    const text = renderCost(await run(load('app.example.com', sets)));
    expect(text).toMatch(/extra records +4,000 +0\.0015 +6\.00 +2026-09-20 +captured/);
    expect(text).toMatch(/extra records: 0\.0015 a record; each record of a zone beyond 10,000/);
  });

  it('a plain run shows the cost, with its definition, unless nothing has a known price', async () => {
    const shown = renderText(await run(load('app.example.com')));
    expect(shown).toMatch(/USD\/month/);
    expect(shown).toMatch(/cost\.month: US dollars per month of 730 hours/);
    const sets = ['providers.main={ kind: generic }'];
    expect(renderText(await run(load('app.example.com', sets)))).not.toMatch(/USD\/month|cost\.month:/);
  });

  it('CSV has sums and line items; unknown amounts are empty', async () => {
    const csv = renderCsv(await run(load('app.example.com', ['zones.0.providers=[main, spare]'])));
    expect(csv).toMatch(/,ttl 30,,cost\.month,,\d/);
    expect(csv).toMatch(/,ttl 30,,cost\.complete,,0,/);
    expect(csv).toMatch(/,ttl 30,,cost\.spare\.zone\.month,,,,/);
  });
});

describe('expectations', () => {
  it('hold where prices are known; a sum that is a lower bound never proves "less"', async () => {
    const known = await run(load('app.example.com', ['prices.spare.as=coredns']));
    expect(known.strategies[0]!.expectations.map(({ passed }) => passed)).toEqual([true, true, true]);
    const unknown = await run(load('app.example.com', ['zones.0.providers=[main, spare]']));
    expect(unknown.strategies[0]!.expectations.map(({ passed }) => passed)).toEqual([false, true, false]);
  });
});
