/** Load around faults: what fell before the first fault and into the time until the last one ended. */
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/time.ts';
import { aggregateStrategy, loadScenario, playTask } from '../../src/index.ts';

const drill = (timeline: string): string => `
duration: 40m
replications: 1
zones:
  - name: example.com
    records: app 60 IN A 203.0.113.10
resolvers:
  isp: { profile: rfc-reference, count: 4, with: { failure: { first: 1s, maximum: 1s }, serve-stale: off } }
clients:
  all: { count: 400, app: none, os: none, requests: { name: app.example.com, every: 10s } }
${timeline}`;

function loads(timeline: string): Map<string, number | undefined> {
  const { scenario, issues } = loadScenario({ text: drill(timeline), file: 'drill.yaml' });
  if (!scenario) throw new Error(JSON.stringify(issues));
  const { spec, name } = scenario.strategies[0]!;
  const record = playTask(scenario, { strategy: 0, replication: 0 });
  const frame = { name, timeline: spec.timeline, recovery: spec.recovery };
  const parts = record.hops.flatMap((hop) => hop.around ?? []);
  for (const { beforeMicros, duringMicros } of parts) {
    expect([beforeMicros, duringMicros]).toEqual([20 * MINUTE, 10 * MINUTE]);
  }
  return new Map(aggregateStrategy(frame, [record]).load.map((hop) => [hop.hop, hop.amplification]));
}

describe('amplification', () => {
  it('shows the surge at a dead provider', () => {
    const hops = loads('timeline:\n  - { at: 20m, fail: provider main, for: 10m }');
    expect(hops.get('application cache')).toBeCloseTo(1, 1);
    expect(hops.get('main')).toBeGreaterThan(5);
  });

  it('is one where the fault touches nothing', () => {
    const hops = loads(
      'endpoints:\n  other: { address: 198.51.100.20 }\ntimeline:\n  - { at: 20m, fail: endpoint other, for: 10m }',
    );
    expect(hops.get('main')).toBeCloseTo(1, 0);
  });

  it('is absent without a fault', () => {
    expect([...loads('').values()].every((value) => value === undefined)).toBe(true);
  });
});
