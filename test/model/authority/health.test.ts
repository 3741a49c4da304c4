/** Health checks, from one probe to the policy at the edge. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { Checker } from '../../../src/model/authority/health/checker.ts';
import { probe, type Target } from '../../../src/model/authority/health/probe.ts';
import type { UnhealthyRule } from '../../../src/model/authority/providers/generic/rule.ts';
import type { CheckSpec, EffectSpec, FaultSpec, TargetSpec, WorldSpec } from '../../../src/model/spec.ts';
import {
  ask,
  CHECK,
  FAILOVER,
  failoverPolicy,
  fault,
  HERE,
  outside,
  PRIMARY,
  play,
  provider,
  question,
  SECONDARY,
  THERE,
  world,
  worldAt,
} from '../world.ts';

const QUERY = 'app.example.com. A';
const EAST: TargetSpec = { kind: 'endpoint', endpoint: 0 };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const ON_EAST = 'app.example.com. 60 A 203.0.113.10';
const ON_WEST = 'app.example.com. 60 A 198.51.100.20';

describe('one probe with a round trip of 100 ms and a timeout of 4 s', () => {
  const fine: Target = { down: 'none', loss: 0, extra: 0, checkedErrors: 0, falseAlarm: false };
  type Row = [
    what: string,
    kind: CheckSpec['kind'],
    target: Partial<Target>,
    success: boolean,
    after: number,
  ];
  const rows: Row[] = [
    ['TCP: one round trip', 'tcp', {}, true, 100],
    ['HTTP: two', 'http', {}, true, 200],
    ['HTTPS: three', 'https', {}, true, 300],
    ['silent: the timeout', 'https', { down: 'silent' }, false, 4000],
    ['refused: at once', 'https', { down: 'refused' }, false, 100],
    ['errors are seen by HTTPS', 'https', { checkedErrors: 1 }, false, 300],
    ['errors are seen by HTTP', 'http', { checkedErrors: 1 }, false, 200],
    ['errors are not seen by TCP', 'tcp', { checkedErrors: 1 }, true, 100],
    ['ping: one round trip', 'ping', {}, true, 100],
    ['a host that refuses connections answers pings', 'ping', { down: 'refused' }, true, 100],
    ['one that is silent does not', 'ping', { down: 'silent' }, false, 4000],
    ['errors are not seen by pings', 'ping', { checkedErrors: 1 }, true, 100],
    ['DNS: one round trip', 'dns', {}, true, 100],
    ['refused DNS', 'dns', { down: 'refused' }, false, 100],
    ['errors are seen by DNS', 'dns', { checkedErrors: 1 }, false, 100],
    ['a false alarm fails even TCP', 'tcp', { falseAlarm: true }, false, 100],
    ['slow, but in time', 'tcp', { extra: 3900 * MILLISECOND }, true, 4000],
    ['slow beyond the timeout', 'tcp', { extra: 3901 * MILLISECOND }, false, 4000],
    ['refused, slower than the timeout', 'tcp', { down: 'refused', extra: 5 * SECOND }, false, 4000],
    ['lost', 'tcp', { loss: 1 }, false, 4000],
  ];
  test.each(rows)('%s', (_, kind, target, success, after) => {
    const never = () => {
      throw new Error('no draw expected');
    };
    const result = probe({ ...CHECK, kind }, { ...fine, ...target }, 100 * MILLISECOND, never);
    expect(result).toEqual({ success, after: after * MILLISECOND });
  });

  it('draws for a chance of loss or error', () => {
    const lossy = { ...fine, loss: 0.5 };
    expect(probe(CHECK, lossy, 100, () => 0.49).success).toBe(false);
    expect(probe(CHECK, lossy, 100, () => 0.5).success).toBe(true);
    const failing = { ...fine, checkedErrors: 0.5 };
    expect(probe(CHECK, failing, 100, () => 0.49).success).toBe(false);
    expect(probe(CHECK, failing, 100, () => 0.5).success).toBe(true);
  });
});

describe('thresholds of one checker', () => {
  // Results as + and -, verdict after each as H and U.
  const rows: [failures: number, successes: number, results: string, verdicts: string][] = [
    [3, 3, '++---', 'HHHHU'],
    [3, 3, '--+--+---', 'HHHHHHHHU'],
    [3, 3, '---++-+++', 'HHUUUUUUH'],
    [1, 1, '-+-+', 'UHUH'],
    [4, 1, '----+----', 'HHHUHHHHU'],
    [2, 3, '--++-+++', 'HUUUUUUH'],
  ];
  test.each(rows)('%d down, %d up: %s', (failures, successes, results, verdicts) => {
    const checker = new Checker(failures, successes);
    const seen = [...results].map((result) => {
      const before = checker.healthy;
      const idle = checker.isIdle(result === '+');
      const turned = checker.take(result === '+');
      expect(turned).toBe(before !== checker.healthy);
      if (idle) expect(turned).toBe(false);
      return checker.healthy ? 'H' : 'U';
    });
    expect(seen.join('')).toBe(verdicts);
  });
});

const failover = (
  check: Partial<CheckSpec>,
  timeline: FaultSpec[] = [],
  parts: Partial<WorldSpec> = {},
): WorldSpec =>
  world({
    endpoints: [{ ...PRIMARY, check: { ...CHECK, ...check } }, SECONDARY],
    policies: [FAILOVER],
    timeline,
    ...parts,
  });

describe('failover of east, checked every 10 s from 0 s on, three failures', () => {
  // The fault begins at 11 s: probes at 20, 30, 40 s fail; the verdict falls when the third is known.
  const rows: [what: string, check: Partial<CheckSpec>, effect: EffectSpec, at: number | undefined][] = [
    ['silent', {}, SILENT, 44],
    ['refused', {}, { kind: 'down', mode: 'refused' }, 40.01],
    ['errors', {}, { kind: 'errors', share: 1, hidden: false }, 40.03],
    ['hidden errors', {}, { kind: 'errors', share: 1, hidden: true }, undefined],
    ['errors under a TCP check', { kind: 'tcp' }, { kind: 'errors', share: 1, hidden: false }, undefined],
    ['silent under a TCP check', { kind: 'tcp' }, SILENT, 44],
    ['slower than the timeout', {}, { kind: 'slow', extra: 5 * SECOND }, 44],
    ['slow, but in time', {}, { kind: 'slow', extra: 3 * SECOND }, undefined],
    ['total loss', {}, { kind: 'lossy', loss: 1 }, 44],
    ['false alarm', {}, { kind: 'false-alarm' }, 40.03],
    ['one failure suffices', { failures: 1 }, SILENT, 24],
    ['faster', { interval: 5 * SECOND }, SILENT, 29],
    ['interval after the response', { intervalFrom: 'response' }, SILENT, 52.06],
    ['a later phase', { phase: 5 * SECOND }, SILENT, 39],
  ];
  test.each(rows)('%s', (_, check, effect, at) => {
    const spec = failover(check, [fault(EAST, effect, { at: 11 * SECOND })]);
    const { reactions } = worldAt(spec, 300 * SECOND);
    expect(reactions[0]?.at).toBe(at === undefined ? undefined : Math.round(at * SECOND));
    if (at === undefined) return;
    const change = Math.round(at * SECOND);
    expect(ask(worldAt(spec, change - 1), QUERY)).toBe(ON_EAST);
    expect(ask(worldAt(spec, change), QUERY)).toBe(ON_WEST);
  });

  it('tells what was detected, decided and published', () => {
    const spec = failover({}, [fault(EAST, SILENT, { at: 11 * SECOND, until: 60 * SECOND })]);
    expect(worldAt(spec, 300 * SECOND).reactions).toEqual([
      {
        at: 44 * SECOND,
        stage: 'detect',
        label: 'health check marks east unhealthy',
        rule: 'one checker, after 3 failures in a row, every 10 s with 4 s to answer',
      },
      { at: 44 * SECOND, stage: 'decide', label: 'failover app.example.com/A chooses west' },
      { at: 44 * SECOND, stage: 'publish', label: 'failover app.example.com/A: west at every edge of main' },
      {
        at: 80.03 * SECOND,
        stage: 'detect',
        label: 'health check marks east healthy',
        rule: 'one checker, after 3 successes in a row, every 10 s with 4 s to answer',
      },
      { at: 80.03 * SECOND, stage: 'decide', label: 'failover app.example.com/A chooses east' },
      {
        at: 80.03 * SECOND,
        stage: 'publish',
        label: 'failover app.example.com/A: east at every edge of main',
      },
    ]);
  });

  it('moves the truth with the verdict', () => {
    const spec = failover({}, [fault(EAST, SILENT, { at: 11 * SECOND })]);
    const truth = (at: number) => worldAt(spec, at).truth(question(QUERY), HERE);
    expect([truth(44 * SECOND - 1), truth(44 * SECOND)]).toEqual([['203.0.113.10'], ['198.51.100.20']]);
  });

  it('recovers by its own threshold', () => {
    const spec = failover({ successes: 1 }, [fault(EAST, SILENT, { at: 11 * SECOND, until: 60 * SECOND })]);
    expect(worldAt(spec, 300 * SECOND).reactions.at(-1)?.at).toBe(60.03 * SECOND);
  });

  it('never moves while all is well (negative control)', () => {
    expect(worldAt(failover({}), 3600 * SECOND).reactions).toEqual([]);
  });
});

describe('probes that overlap', () => {
  const down = (at: number, until: number, effect: EffectSpec = SILENT) =>
    fault(EAST, effect, { at: at * SECOND, until: until * SECOND });
  const refused: EffectSpec = { kind: 'down', mode: 'refused' };
  const slow: EffectSpec = { kind: 'slow', extra: 3 * SECOND };

  it('count a success that comes in just after a failure', () => {
    // Starts 0, 3.98, 7.96 s: fails at 4, succeeds at 4.01, fails at 11.96 s.
    const check = { interval: 3.98 * SECOND, failures: 2 };
    const apart = worldAt(failover(check, [down(0, 1), down(7, 9)]), 60 * SECOND);
    expect(apart.reactions).toEqual([]);
    const together = worldAt(failover(check, [down(0, 5)]), 60 * SECOND);
    expect(together.reactions[0]?.at).toBe(7.98 * SECOND);
  });

  it('count a slow success after later failures', () => {
    // Fails at 1.01 and 2.01, the first probe succeeds at 3.03, fails at 4.01 s.
    const timeline = [
      down(0, 0.5, slow),
      down(0.9, 2.5, refused),
      down(2.9, 3.5, slow),
      down(3.9, 4.5, refused),
    ];
    const check = { interval: SECOND, failures: 3 };
    expect(worldAt(failover(check, timeline), 60 * SECOND).reactions).toEqual([]);
    expect(worldAt(failover(check, timeline.slice(1)), 60 * SECOND).reactions[0]?.at).toBe(4.01 * SECOND);
  });
});

describe('failover policy', () => {
  const checked = { ...SECONDARY, check: { ...CHECK, failures: 1 } };
  const unhealthy = (endpoint: number) => fault({ kind: 'endpoint', endpoint }, SILENT, { at: 0 });
  const both = [unhealthy(0), unhealthy(1)];
  const all = 'app.example.com. 60 A 203.0.113.10,198.51.100.20';
  const options: Readonly<Record<string, UnhealthyRule>> = {
    primary: { kind: 'ignore-health' },
    secondary: { kind: 'fallback', candidate: 1 },
    all: { kind: 'all' },
    none: { kind: 'none' },
  };
  const rows: [faults: FaultSpec[], option: string, answer: string][] = [
    [[], 'primary', ON_EAST],
    [[unhealthy(0)], 'primary', ON_WEST],
    [[unhealthy(1)], 'primary', ON_EAST],
    [both, 'primary', ON_EAST],
    [both, 'secondary', ON_WEST],
    [both, 'all', all],
    [both, 'none', 'NODATA aa'],
    [[unhealthy(0)], 'none', ON_WEST],
  ];
  test.each(rows)('%j, both unhealthy: %s', (timeline, bothUnhealthy, answer) => {
    const spec = world({
      endpoints: [PRIMARY, checked],
      policies: [failoverPolicy(options[bothUnhealthy]!)],
      timeline,
    });
    expect(ask(worldAt(spec, 60 * SECOND), QUERY)).toBe(answer);
  });

  it('takes an endpoint without a check for healthy', () => {
    const spec = world({
      endpoints: [{ ...PRIMARY, check: undefined } as never, SECONDARY],
      policies: [FAILOVER],
      timeline: [unhealthy(0)],
    });
    expect(ask(worldAt(spec, 600 * SECOND), QUERY)).toBe(ON_EAST);
  });

  const dual = { ...PRIMARY, addresses: ['203.0.113.10', '203.0.113.11', '2001:db8::10'] };
  const v6only = { ...SECONDARY, addresses: ['2001:db8::20'] };
  const families: [type: string, faults: FaultSpec[], answer: string][] = [
    ['A', [], 'app.example.com. 60 A 203.0.113.10,203.0.113.11'],
    ['AAAA', [], 'app.example.com. 60 AAAA 2001:db8::10'],
    ['AAAA', [unhealthy(0)], 'app.example.com. 60 AAAA 2001:db8::20'],
    ['A', [unhealthy(0)], 'NODATA aa'],
  ];
  test.each(families)('answers %s with addresses of its family: %j', (type, timeline, answer) => {
    const policies = [FAILOVER, { ...FAILOVER, type: 28 }];
    const spec = world({ endpoints: [dual, v6only], policies, timeline });
    expect(ask(worldAt(spec, 60 * SECOND), `app.example.com. ${type}`)).toBe(answer);
  });

  it('makes its name exist, and NODATA where the zone has no record', () => {
    const policy = { ...failoverPolicy({ kind: 'none' }), name: question('new.example.com. A').name };
    const spec = world({ endpoints: [PRIMARY, checked], policies: [policy], timeline: both });
    expect(ask(worldAt(spec, 0), 'new.example.com. A')).toBe('new.example.com. 60 A 203.0.113.10');
    expect(ask(worldAt(spec, 60 * SECOND), 'new.example.com. A')).toBe('NODATA aa');
    expect(ask(worldAt(spec, 60 * SECOND), 'old.example.com. A')).toBe('NXDOMAIN aa');
  });
});

describe('health plane', () => {
  const plane: TargetSpec = { kind: 'plane', provider: 0, plane: 'health' };
  const dead = fault(EAST, SILENT, { at: 11 * SECOND });
  const rows: [what: string, timeline: FaultSpec[], seconds: number, answer: string][] = [
    ['up: follows the verdict', [dead], 44, ON_WEST],
    ['down: frozen', [fault(plane, SILENT), dead], 3000, ON_EAST],
    ['down: catches up when it is back', [fault(plane, SILENT, { until: 500 * SECOND }), dead], 500, ON_WEST],
    ['down until then', [fault(plane, SILENT, { until: 500 * SECOND }), dead], 499, ON_EAST],
    ['slow: before', [fault(plane, { kind: 'slow', extra: 30 * SECOND }), dead], 73, ON_EAST],
    ['slow: after', [fault(plane, { kind: 'slow', extra: 30 * SECOND }), dead], 74, ON_WEST],
  ];
  test.each(rows)('%s', (_, timeline, seconds, answer) => {
    expect(ask(worldAt(failover({}, timeline), seconds * SECOND), QUERY)).toBe(answer);
  });

  it('of one provider does not freeze the other', () => {
    const providers = [provider(), provider({ name: 'two', first: 2 })];
    const policies = [FAILOVER, { ...FAILOVER, provider: 1 }];
    const spec = failover({}, [fault(plane, SILENT), dead], {
      providers,
      policies,
      zones: world({ providers }).zones,
    });
    const side = worldAt(spec, 60 * SECOND);
    expect([ask(side, QUERY), ask(side, QUERY, { address: '192.0.2.2' })]).toEqual([ON_EAST, ON_WEST]);
  });
});

describe('several checkers', () => {
  // Four checkers with phases 0, 2.5, 5, 7.5 s, one failure each; the fault begins at 11 s.
  const four = { regions: [HERE, HERE, HERE, HERE], failures: 1, successes: 1 };
  const rows: [quorum: number, down: number, up: number][] = [
    [1, 16.5, 70.03],
    [2, 19, 67.53],
    [3, 21.5, 65.03],
    [4, 24, 62.53],
  ];
  test.each(rows)('quorum %d: down at %d s, up at %d s', (quorum, down, up) => {
    const spec = failover({ ...four, quorum }, [
      fault(EAST, SILENT, { at: 11 * SECOND, until: 61 * SECOND }),
    ]);
    const detections = worldAt(spec, 300 * SECOND).reactions.filter(({ stage }) => stage === 'detect');
    expect(detections.map(({ at }) => at)).toEqual([down * SECOND, Math.round(up * SECOND)]);
  });

  const cut: TargetSpec = { kind: 'path', from: HERE, to: THERE };
  const partial: [what: string, regions: number[], quorum: number, target: TargetSpec, address: string][] = [
    ['one of two regions cut off, one suffices', [HERE, THERE], 1, cut, '198.51.100.20'],
    ['one of two regions cut off, two needed', [HERE, THERE], 2, cut, '203.0.113.10'],
    [
      'region of the checker dead: it says nothing',
      [HERE, THERE],
      1,
      { kind: 'region', region: THERE },
      '203.0.113.10',
    ],
    [
      'region of the endpoint dead: only checkers elsewhere see it',
      [HERE, THERE],
      1,
      { kind: 'region', region: HERE },
      '198.51.100.20',
    ],
    ['... and they are too few', [HERE, THERE], 2, { kind: 'region', region: HERE }, '203.0.113.10'],
    [
      'all is well (negative control)',
      [HERE, THERE],
      1,
      { kind: 'path', from: THERE, to: THERE },
      '203.0.113.10',
    ],
  ];
  test.each(partial)('%s', (_, regions, quorum, target, address) => {
    const spec = failover({ regions, quorum }, [fault(target, SILENT)]);
    expect(worldAt(spec, 100 * SECOND).truth(question(QUERY), HERE)).toEqual([address]);
  });

  it('draws phases that differ by checker, seed and replication, and do not by run', () => {
    const drawn = { regions: [HERE, HERE], failures: 1, quorum: 2, phase: undefined } as never;
    const spec = failover(drawn, [fault(EAST, SILENT, { at: 20 * SECOND })]);
    const detection = (seed: number, replication: number) =>
      play(outside(spec, seed, replication), 60 * SECOND).reactions[0]!.at;
    const times = [detection(1, 0), detection(1, 1), detection(2, 0)];
    expect(new Set(times).size).toBe(3);
    expect([detection(1, 0), detection(1, 1), detection(2, 0)]).toEqual(times);
  });

  it('loses probes on a lossy path at random', () => {
    const lossy = fault({ kind: 'path', from: HERE, to: THERE }, { kind: 'lossy', loss: 0.4 }, { at: 0 });
    const verdicts = (timeline: FaultSpec[]) =>
      worldAt(failover({ regions: [THERE], failures: 2, successes: 1 }, timeline), 3600 * SECOND).reactions
        .length;
    expect(verdicts([lossy])).toBeGreaterThan(100);
    expect(verdicts([])).toBe(0);
  });
});
