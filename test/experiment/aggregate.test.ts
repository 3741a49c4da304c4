import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { aggregateStrategy, type StrategyFrame } from '../../src/experiment/aggregate.ts';
import { causeText } from '../../src/experiment/cause-texts.ts';
import { mergeCauses } from '../../src/experiment/causes.ts';
import { poolCurves } from '../../src/experiment/curve.ts';
import { latencyQuantile, mergeBins } from '../../src/experiment/latency.ts';
import type { PopulationRecord, RecoveryRecord, ReplicationRecord } from '../../src/measure/record.ts';
import type { StrategyResult } from '../../src/measure/result.ts';
import type { Reaction } from '../../src/model/outside.ts';
import type { TimelineSpec } from '../../src/model/spec.ts';
import { population, recovery, replication } from './made-up.ts';

const FRAME: StrategyFrame = {
  name: 'as written',
  timeline: [],
  recovery: { target: 0.99, hold: MINUTE },
};

function aggregate(...records: readonly ReplicationRecord[]): StrategyResult {
  return aggregateStrategy(FRAME, records);
}

/** A replication with nothing but the overall population. */
function alone(index: number, override: Partial<PopulationRecord> = {}): ReplicationRecord {
  return replication({ replication: index, populations: [population(override)] });
}

function withRecovery(...list: readonly Partial<RecoveryRecord>[]): StrategyResult['overall']['recovery'] {
  const records = list.map((override, index) => alone(index, { recovery: recovery(override) }));
  return aggregate(...records).overall.recovery;
}

describe('a strategy', () => {
  it('adds events and requests up over replications', () => {
    const result = aggregate(replication(), replication({ replication: 1, events: 500 }));
    expect(result).toMatchObject({ name: 'as written', events: 1500, requests: 60, expectations: [] });
  });

  it('is the same in whatever order its replications finish', () => {
    const first = replication({ replication: 0, digest: '0000000000000001' });
    const second = replication({ replication: 1, digest: '0000000000000002', reached: 20 * SECOND });
    expect(JSON.stringify(aggregate(second, first))).toBe(JSON.stringify(aggregate(first, second)));
    const renumbered = aggregate({ ...first, replication: 1 }, { ...second, replication: 0 });
    expect(renumbered.digest).not.toBe(aggregate(first, second).digest);
  });

  it('needs a replication', () => {
    expect(() => aggregate()).toThrow('no replication of strategy as written');
  });

  it('keeps all populations, overall apart', () => {
    const result = aggregate(replication());
    expect(result.overall.name).toBe('overall');
    expect(result.populations.map(({ name }) => name)).toEqual(['browsers']);
  });
});

describe('availability', () => {
  it('is the mean of shares by bucket, and unknown in a bucket without requests', () => {
    const steady = alone(1, { served: [10, 10, 0, 10] });
    expect(aggregate(alone(0), steady).overall.availability).toMatchObject({
      bucketSeconds: 10,
      series: [1, 0.75, null, 1],
      mean: { mean: 0.916667 },
      min: { mean: 0.75, low: 0, high: 1 },
    });
  });

  it('of no requests at all is whole', () => {
    const idle = alone(0, { served: [0, 0], total: [0, 0] });
    const { series, mean, min } = aggregate(idle).overall.availability;
    expect({ series, mean, min }).toEqual({ series: [null, null], mean: { mean: 1 }, min: { mean: 1 } });
  });
});

describe('recovery', () => {
  it('is in seconds, with the share of clients affected', () => {
    expect(withRecovery({})).toMatchObject({
      affected: { mean: 0.4 },
      censored: { mean: 0 },
      quantiles: { p50: { mean: 60 }, p99: { mean: 120 }, max: { mean: 130 } },
      population: { mean: 110 },
      target: 0.99,
      holdSeconds: 60,
      phases: { detect: 30, decide: 0, publish: 10, drain: 60, reconnect: 30 },
    });
  });

  it('lies beyond the horizon where one replication does', () => {
    const { quantiles, censored, phases } = withRecovery({}, { max: null, p99: null, censored: 2 });
    expect(quantiles.p95?.mean).toBe(100);
    expect(quantiles.p99).toBeNull();
    expect(censored.mean).toBe(0.025);
    expect(phases).toBeDefined();
  });

  it('is 0 where nobody was affected', () => {
    const nobody = { affected: 0, p50: null, p90: null, p95: null, p99: null, max: null, curve: [] };
    const result = withRecovery(nobody);
    expect(result.quantiles.max).toEqual({ mean: 0 });
    expect(result.censored).toEqual({ mean: 0 });
    expect(result.phases).toBeUndefined();
    expect(result.curve).toEqual([]);
  });

  it('has phases that add up to the mean of the longest recovery', () => {
    const { phases, quantiles } = withRecovery({}, { affected: 0 });
    const sum = Object.values(phases!).reduce((before, part) => before + part, 0);
    expect(sum).toBe(quantiles.max!.mean);
  });

  it('has no phases when an affected replication has none', () => {
    const { phases: _, ...unexplained } = recovery();
    const result = aggregate(alone(0), alone(1, { recovery: unexplained }));
    expect(result.overall.recovery.phases).toBeUndefined();
  });
});

describe('the curve of recovery', () => {
  it('weighs replications by their affected clients', () => {
    const few = recovery({ affected: 10, curve: [[10 * SECOND, 1]] });
    const many = recovery({
      affected: 30,
      curve: [
        [10 * SECOND, 0.5],
        [20 * SECOND, 0.9],
      ],
    });
    expect(poolCurves([few, many])).toEqual([
      [10, 0.625],
      [20, 0.925],
    ]);
  });

  it('keeps at most 200 points, the first and the last among them', () => {
    const curve = Array.from({ length: 500 }, (_, index) => [index * SECOND, (index + 1) / 500] as const);
    const pooled = poolCurves([recovery({ curve })]);
    expect(pooled).toHaveLength(200);
    expect(pooled[0]).toEqual([0, 0.002]);
    expect(pooled.at(-1)).toEqual([499, 1]);
  });
});

describe('latency', () => {
  it('is read from quarter-octave bins', () => {
    const bins = [0, 0, 0, 0, 100]; // 2 to 2.38 µs
    expect(latencyQuantile(bins, 0.5)).toBe(0.000002);
    const slow = Array.from({ length: 81 }, (_, bin) => (bin === 80 ? 10 : 0)); // from 2^20 µs
    expect(latencyQuantile(slow, 1)).toBeCloseTo(2 ** 20.25 / 1e6, 6);
    expect(latencyQuantile(slow, 0.5)).toBeCloseTo(2 ** 20.125 / 1e6, 6);
  });

  it('is 0 for what took no time', () => {
    expect(latencyQuantile([10, 0, 0, 0, 1], 0.5)).toBe(0);
    expect(latencyQuantile([10, 0, 0, 0, 1], 1)).toBe(0.000002);
  });

  it('is 0 without observations', () => {
    expect(latencyQuantile([], 0.5)).toBe(0);
    expect(latencyQuantile([0, 0], 0.99)).toBe(0);
  });

  it('adds bins of different length up', () => {
    expect(mergeBins([[1], [1, 2], []])).toEqual([2, 2]);
  });
});

describe('causes', () => {
  it('are ranked by user-minutes, which are means over replications', () => {
    const cause = (name: string, requests: number, minutes: number) => ({
      cause: name,
      requests,
      userMicros: minutes * MINUTE,
    });
    const merged = mergeCauses([
      [cause('servfail/budget', 9, 10), cause('dead-address/os-cache', 1, 20)],
      [cause('dead-address/os-cache', 2, 50), cause('odd/one', 3, 0)],
    ]);
    expect(merged).toEqual([
      {
        cause: 'dead-address/os-cache',
        text: "The operating system's cache led to a dead address.",
        requests: 3,
        userMinutes: 35,
        share: 0.875,
      },
      expect.objectContaining({ cause: 'servfail/budget', requests: 9, userMinutes: 5, share: 0.125 }),
      { cause: 'odd/one', text: 'odd/one', requests: 3, userMinutes: 0, share: 0 },
    ]);
  });

  it('have a share of 0 when nothing was lost', () => {
    const [only] = mergeCauses([[{ cause: 'endpoint/loss', requests: 1, userMicros: 0 }]]);
    expect(only!.share).toBe(0);
  });

  test.each([
    ['dead-address/authority', 'The authoritative servers still published a dead address.'],
    ['dead-address/connection', 'A connection kept open led to a dead address.'],
    ['nxdomain/resolver-cache', "The recursive resolver's cache said that the name does not exist."],
    [
      'nodata/authority@192.0.2.53',
      'The authoritative servers said that there is no such record (as told by 192.0.2.53).',
    ],
    ['servfail/budget', 'The recursive resolver gave up: too many queries or too much time.'],
    ['servfail/failure-cache@node', 'The resolver node repeated a failure it had remembered.'],
    ['timed-out/resolver@router', 'The resolver router did not answer in time.'],
    ['servfail/os-cache', "The operating system's cache repeated a failed resolution."],
  ])('%s: %s', (cause, text) => {
    expect(causeText(cause)).toBe(text);
  });

  test.each(['toString', '__proto__/constructor', 'unheard/of', 'dead-address/nowhere', ''])(
    '%s is its own text',
    (cause) => {
      expect(causeText(cause)).toBe(cause);
    },
  );
});

describe('load', () => {
  it('is scaled to represented users', () => {
    expect(aggregate(replication()).load).toEqual([
      { hop: 'resolver isp', queriesPerSecond: { mean: 20, peak: 40 }, hitRatio: 0.75 },
    ]);
  });

  it('counts a hop that a replication does not name as silent there', () => {
    expect(aggregate(replication(), replication({ replication: 1, hops: [] })).load).toEqual([
      { hop: 'resolver isp', queriesPerSecond: { mean: 10, peak: 20 }, hitRatio: 0.75 },
    ]);
  });

  it('has no hit ratio where there is no cache', () => {
    const hops = [{ hop: 'root', queries: 0, peakPerSecond: 0, scale: 1 }];
    expect(aggregate(replication({ hops })).load[0]).toEqual({
      hop: 'root',
      queriesPerSecond: { mean: 0, peak: 0 },
    });
  });
});

describe('the timeline', () => {
  const target = { kind: 'endpoint', endpoint: 0 } as const;
  const effect = { kind: 'down', mode: 'silent' } as const;
  const fault = { kind: 'fault', label: 'us-east fails', at: 20 * SECOND, ramp: 0, target, effect } as const;
  const reaction = (at: number, label: string): Reaction => ({ at: at * SECOND, stage: 'detect', label });

  function marks(timeline: StrategyFrame['timeline'], ...replications: readonly (readonly Reaction[])[]) {
    const records = replications.map((reactions, index) => replication({ replication: index, reactions }));
    return aggregateStrategy({ ...FRAME, timeline }, records).timeline;
  }

  it('puts a fault before the reactions of the same instant', () => {
    expect(marks([{ ...fault, until: 60 * SECOND }], [reaction(20, 'seen')])).toEqual([
      { atSeconds: 20, untilSeconds: 60, kind: 'fault', label: 'us-east fails' },
      { atSeconds: 20, kind: 'reaction', label: 'seen' },
    ]);
  });

  it('leaves out the end of a fault that lasts to the horizon', () => {
    expect(marks([{ ...fault, until: Number.POSITIVE_INFINITY }], [])[0]).not.toHaveProperty('untilSeconds');
  });

  it('tells a change once that is at every edge the moment it is made, and twice where that takes time', () => {
    const change: TimelineSpec = {
      kind: 'change',
      label: 'moved: www',
      at: 20 * SECOND,
      change: { kind: 'policies', policies: [] },
    };
    const arrived = (at: number): Reaction => reaction(at, 'at every edge of main: moved: www');
    expect(marks([change], [arrived(20)]).map(({ label }) => label)).toEqual(['moved: www']);
    expect(marks([change], [arrived(25)]).map(({ label }) => label)).toEqual([
      'moved: www',
      'at every edge of main: moved: www',
    ]);
  });

  it('gives reactions their mean time, and drops those of a minority', () => {
    const seen = marks(
      [],
      [reaction(30, 'down'), reaction(50, 'down')],
      [reaction(32, 'down')],
      [reaction(34, 'down')],
    );
    expect(seen).toEqual([{ atSeconds: 32, kind: 'reaction', label: 'down' }]);
  });
});

test('the share of stale answers is taken over all replications', () => {
  const fresh = alone(1, { answered: 70, stale: 0 });
  expect(aggregate(alone(0), fresh).overall.staleShare).toBe(0.05);
});
