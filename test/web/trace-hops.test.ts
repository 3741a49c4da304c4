/** Steps of a trace as hops: what belongs together, how it ended, and as which question for dig. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadScenario, type TraceStep } from '../../src/index.ts';
import { findAstray, traceChoices, traceStory } from '../../web/engine/trace-story.ts';
import { digOf } from '../../web/trace/dig.ts';
import { hopsOf } from '../../web/trace/hops.ts';
import { momentsOf } from '../../web/trace/moments.ts';
import { reasonOf } from '../../web/trace/reasons.ts';

const ms = (at: number, where: string, code: string, text: string): TraceStep => ({
  at: at * 1000,
  where,
  code,
  text,
});

const CHAIN: readonly TraceStep[] = [
  ms(0, 'client caches', 'cache-miss', 'neither knows'),
  ms(0, 'stub resolver', 'stub-send', 'transmission 1: asks isp'),
  ms(0, 'resolver isp', 'ask', 'asks ns1.a. (10.0.0.1) of a. for app.a. A'),
  ms(30, 'resolver isp', 'join', 'waits for app.a. A'),
  ms(50, 'resolver isp', 'join', 'waits for app.a. A'),
  ms(400, 'resolver isp', 'server-timeout', 'ns1.a. (10.0.0.1) timed out after 400 ms'),
  ms(400, 'resolver isp', 'ask', 'asks ns2.a. (10.0.0.2) of a. for app.a. A over TCP'),
  ms(420, 'resolver isp', 'answer', 'app.a. A: 192.0.2.1, cached for 60 s'),
  ms(425, 'stub resolver', 'stub-answer', 'NOERROR 192.0.2.1, TTL 60 s'),
  ms(500, 'application', 'outcome', 'connects to 192.0.2.1'),
];

describe('hops', () => {
  const hops = hopsOf(CHAIN);

  it('tell a question together with what came of it', () => {
    expect(
      hops.map(({ code, from, to, result, times, outcome }) => [
        code,
        from / 1000,
        to / 1000,
        result?.code,
        times,
        outcome,
      ]),
    ).toEqual([
      ['cache-miss', 0, 0, undefined, 1, 'neutral'],
      ['stub-send', 0, 425, 'stub-answer', 1, 'fine'],
      ['ask', 0, 400, 'server-timeout', 1, 'bad'],
      ['join', 30, 50, undefined, 2, 'neutral'],
      ['ask', 400, 420, 'answer', 1, 'fine'],
      ['outcome', 425, 500, undefined, 1, 'fine'],
    ]);
  });

  it('of a question that nobody ever answered last to the end', () => {
    const [, , ask] = hopsOf([...CHAIN.slice(0, 3), ms(10_000, 'application', 'outcome', 'timed-out')]);
    expect([ask!.to / 1000, ask!.result]).toEqual([10_000, undefined]);
  });

  it('of two servers asked at once end each with its own reply', () => {
    const asks = hopsOf([
      ms(0, 'resolver isp', 'ask', 'asks ns1.a. (10.0.0.1) of a. for app.a. A'),
      ms(10, 'resolver isp', 'ask', 'asks ns2.a. (10.0.0.2) of a. for app.a. A'),
      ms(20, 'resolver isp', 'server-timeout', 'ns2.a. (10.0.0.2) timed out'),
      ms(30, 'resolver isp', 'server-timeout', 'ns1.a. (10.0.0.1) timed out'),
    ]);
    expect(asks.map(({ to }) => to / 1000)).toEqual([30, 20]);
  });

  test.each([
    [1, 'dig app.a. AAAA'],
    [2, 'dig @ns1.a app.a. A +norecurse'],
    [4, 'dig @ns2.a app.a. A +norecurse +tcp'],
  ])('%d as dig', (index, line) => {
    expect(digOf(hops[index]!, 'app.a.', 'AAAA')).toBe(line);
  });
});

test('moments around a fault stay inside the run', () => {
  const mark = { atSeconds: 30, untilSeconds: 100, kind: 'fault', label: 'x' } as const;
  expect(momentsOf([mark], 150).map(({ seconds }) => seconds)).toEqual([40, 90]);
  expect(momentsOf([], 150)).toEqual([]);
});

describe('a story', () => {
  const text = readFileSync('scenarios/failover-ttl.yaml', 'utf8').replace(/count: \d+$/m, 'count: 100');
  const { scenario } = loadScenario({ text, file: 'drill.yaml', sets: ['clients.browsers.count=300'] });
  const choices = traceChoices(scenario!);
  const [population] = choices.populations;
  const ask = {
    source: { text, file: 'drill.yaml', files: {} },
    sets: [],
    strategy: 3,
    at: 31 * 60_000_000,
    population: population!.name,
    client: 0,
    name: population!.names[0]!,
  };

  it('names what there is to choose from', () => {
    expect(choices.strategies).toEqual(['ttl 30', 'ttl 60', 'ttl 300', 'ttl 3600']);
    expect([population!.name, population!.clients, population!.names]).toEqual([
      'browsers',
      300,
      ['app.example.com.'],
    ]);
  });

  it('shows the caches before and after, the authorities last, and every step has a reason', () => {
    const story = traceStory(scenario!, ask);
    expect(story.before.map(({ where }) => where)).toEqual([
      'application cache',
      'OS cache',
      'resolver isp',
      'authority',
    ]);
    expect(story.after.map(({ where }) => where)).toEqual(story.before.map(({ where }) => where));
    expect(story.steps.filter(({ code }) => reasonOf(code) === '')).toEqual([]);
    expect(story.types).toEqual(['A']);
  });

  it('finds a client that is led astray, and its request fails', () => {
    const { client, affected, clients } = findAstray(scenario!, ask);
    expect([clients, affected > 250]).toEqual([300, true]);
    const story = traceStory(scenario!, { ...ask, client: client! });
    expect(story.before.find(({ state }) => state !== 'empty')!.state).toBe('wrong');
    expect(hopsOf(story.steps).at(-1)!.outcome).toBe('bad');
  });

  it('finds nobody before the fault, when requests end well', () => {
    const story = traceStory(scenario!, { ...ask, at: 29 * 60_000_000 });
    expect(hopsOf(story.steps).at(-1)!.outcome).toBe('fine');
    expect(findAstray(scenario!, { ...ask, at: 29 * 60_000_000 })).toEqual({ affected: 0, clients: 300 });
  });
});
