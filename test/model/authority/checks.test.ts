/** Checks beyond a single probe: votes of checkers and regions, counts of checks, alarms, delays, rechecks. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { CalculatedCheck } from '../../../src/model/authority/health/calculated.ts';
import { quorumForShare, Votes } from '../../../src/model/authority/health/votes.ts';
import type {
  CheckSpec,
  EffectSpec,
  FaultSpec,
  NamedCheckSpec,
  PolicySpec,
  SignalSpec,
  TargetSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import {
  ask,
  CHECK,
  change,
  FAILOVER,
  fault,
  HERE,
  outside,
  PRIMARY,
  provider,
  rrset,
  SECONDARY,
  THERE,
  world,
  worldAt,
} from '../world.ts';

const QUERY = 'app.example.com. A';
const EAST: TargetSpec = { kind: 'endpoint', endpoint: 0 };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const DEAD = fault(EAST, SILENT, { at: 11 * SECOND });

/** Times (s) and labels of what checks said. */
function said(spec: WorldSpec, until: number): string[] {
  const { reactions } = worldAt(spec, until * SECOND);
  return reactions
    .filter(({ stage }) => stage === 'detect')
    .map(({ at, label }) => `${at / SECOND} ${label.replace('health check marks ', '')}`);
}

describe('votes', () => {
  const votes = (regions: number[], parts: Partial<CheckSpec>): Votes =>
    new Votes({ ...CHECK, regions, ...parts });
  it('of checkers are counted', () => {
    const three = votes([0, 0, 1], { quorum: 2 });
    expect([three.cast(0, false), three.healthy, three.cast(2, false), three.healthy]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  it('of regions are counted where regions vote: 2 of 3 checkers, 2 of 3 regions (Google Cloud DNS)', () => {
    const nine = votes([0, 1, 2, 0, 1, 2, 0, 1, 2], { regionQuorum: 2, quorum: 2 });
    // All three checkers of region 0 are one vote.
    expect([nine.cast(0, false), nine.cast(3, false), nine.cast(6, false), nine.healthy]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect([nine.cast(1, false), nine.healthy, nine.cast(4, false), nine.healthy]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  test.each([
    [15, 0.18, 13],
    [16, 0.18, 14],
    [3, 0.5, 2],
    [4, 0.5, 2],
    [1, 0.18, 1],
  ])('of %d, more than %d healthy: unhealthy from %d on', (checkers, share, quorum) => {
    expect(quorumForShare(checkers, share)).toBe(quorum);
  });
});

describe('a calculated check', () => {
  const of = [0, 1, 2];
  const rows: [needed: number, inverted: boolean, dead: number[], healthy: boolean][] = [
    [0, false, [0, 1, 2], true], // Route 53: at least 0 is always healthy
    [1, false, [0, 1], true],
    [1, false, [0, 1, 2], false],
    [3, false, [], true],
    [3, false, [1], false],
    [4, false, [], false], // more than there are: never healthy
    [1, true, [], false],
    [1, true, [0, 1, 2], true],
  ];
  test.each(rows)('at least %d of three (inverted: %s), %j dead', (needed, inverted, dead, healthy) => {
    let state = true;
    const spec = { kind: 'calculated', of: [], needed, inverted } as const;
    const check = new CalculatedCheck(spec, of, (now) => {
      state = now;
    });
    for (const one of dead) check.hear(one, false);
    expect(state).toBe(healthy);
    for (const one of dead) check.hear(one, true);
    expect(state).toBe(needed <= 3 !== inverted);
  });
});

/** The failover policy with its primary under check 0. */
function underCheck(
  check: SignalSpec,
  timeline: FaultSpec[],
  parts: Partial<NamedCheckSpec> = {},
): WorldSpec {
  const [primary, secondary] = FAILOVER.candidates;
  const policy: PolicySpec = {
    ...FAILOVER,
    candidates: [{ ...primary!, health: { kind: 'check', check: 0 } }, secondary!],
  };
  const checks = [{ name: 'deep', check, ...parts }];
  return world({ endpoints: [PRIMARY, SECONDARY], policies: [policy], checks, timeline });
}

describe('a check that stands by itself', () => {
  const probe: SignalSpec = { kind: 'probe', endpoint: 0, probe: { ...CHECK, interval: 5 * SECOND } };
  it('decides instead of the check of the endpoint', () => {
    const spec = underCheck(probe, [DEAD]);
    // Probes at 15, 20, 25 s against 20, 30, 40 s, and 4 s until they fail.
    expect(said(spec, 60)).toEqual(['29 deep unhealthy', '44 east unhealthy']);
    expect(ask(worldAt(spec, 29 * SECOND), QUERY)).toBe('app.example.com. 60 A 198.51.100.20');
    expect(ask(worldAt(spec, 28 * SECOND), QUERY)).toBe('app.example.com. 60 A 203.0.113.10');
  });
  it('is heard by its provider alone', () => {
    const one = underCheck(probe, [DEAD], { provider: 1 });
    const providers = [provider(), provider({ name: 'two', first: 2 })];
    const spec = { ...one, providers, zones: world({ providers }).zones };
    expect(ask(worldAt(spec, 60 * SECOND), QUERY)).toBe('app.example.com. 60 A 203.0.113.10');
  });
  it('may count the checks of endpoints', () => {
    const both: SignalSpec = {
      kind: 'calculated',
      of: [0, 1].map((endpoint) => ({ kind: 'endpoint', endpoint }) as const),
      needed: 2,
      inverted: false,
    };
    expect(said(underCheck(both, [DEAD]), 60)).toEqual(['44 east unhealthy', '44 deep unhealthy']);
  });
  it('inverted, is unhealthy from the start and healthy once the endpoint is not', () => {
    const spec = underCheck({ ...probe, probe: { ...probe.probe, inverted: true } }, [DEAD]);
    expect(ask(outside(spec), QUERY)).toBe('app.example.com. 60 A 198.51.100.20');
    expect(said(spec, 60)).toEqual(['0 deep unhealthy', '29 deep healthy', '44 east unhealthy']);
  });
  it('that begins unhealthy is so until enough probes have succeeded (Cloudflare: down until there is a result)', () => {
    const spec = underCheck({ ...probe, probe: { ...probe.probe, initial: 'unhealthy', successes: 1 } }, []);
    expect(ask(outside(spec), QUERY)).toBe('app.example.com. 60 A 198.51.100.20');
    expect(said(spec, 60)).toEqual(['0 deep unhealthy', '0.03 deep healthy']);
  });
  it('may tell its verdict late', () => {
    const spec = underCheck({ ...probe, probe: { ...probe.probe, aggregation: 7 * SECOND } }, [DEAD]);
    expect(said(spec, 60)).toEqual(['36 deep unhealthy', '44 east unhealthy']);
  });
  it('keeps a late verdict to itself when the checkers have changed their minds', () => {
    const quick = { ...probe.probe, failures: 1, successes: 1, aggregation: 7 * SECOND };
    const short = fault(EAST, { kind: 'down', mode: 'refused' }, { at: 11 * SECOND, until: 16 * SECOND });
    expect(said(underCheck({ ...probe, probe: quick }, [short]), 60)).toEqual([]);
  });
  it('that repeats failed probes waits for the last repetition (NS1 rapid recheck, Cloudflare retries)', () => {
    const patient = { ...probe.probe, failures: 1, recheck: { times: 2, after: SECOND } };
    // From 15 s: 4 s, 1 s, 4 s, 1 s, 4 s.
    expect(said(underCheck({ ...probe, probe: patient }, [DEAD]), 40)).toEqual(['29 deep unhealthy']);
  });
});

describe('an alarm on a metric', () => {
  const alarm = (missing: 'healthy' | 'unhealthy' | 'last-known', inverted = false): SignalSpec => ({
    kind: 'metric',
    endpoint: 0,
    threshold: 0.5,
    period: 60 * SECOND,
    points: 2,
    missing,
    inverted,
  });
  const failing = (share: number): FaultSpec =>
    fault(EAST, { kind: 'errors', share, hidden: false }, { at: 90 * SECOND, until: 400 * SECOND });
  const down = fault(EAST, SILENT, { at: 90 * SECOND, until: 400 * SECOND });
  const rows: [what: string, check: SignalSpec, faults: FaultSpec[], said: string[]][] = [
    [
      'after two bad data points',
      alarm('last-known'),
      [failing(0.6)],
      ['180 deep unhealthy', '480 deep healthy'],
    ],
    ['not below the threshold', alarm('last-known'), [failing(0.4)], []],
    ['no data: the last state', alarm('last-known'), [down], []],
    ['no data: unhealthy', alarm('unhealthy'), [down], ['180 deep unhealthy', '480 deep healthy']],
    ['no data: healthy', alarm('healthy'), [down], []],
    [
      'inverted',
      alarm('last-known', true),
      [failing(0.6)],
      ['0 deep unhealthy', '180 deep healthy', '480 deep unhealthy'],
    ],
  ];
  test.each(rows)('%s', (_, check, faults, wanted) => {
    expect(said(underCheck(check, faults), 1000).filter((line) => line.includes('deep'))).toEqual(wanted);
  });
});

describe('a control plane that stands in a region', () => {
  const next = rrset('app.example.com. 300 A 203.0.113.99');
  const timeline = [
    fault({ kind: 'region', region: THERE }, SILENT, { at: 5 * SECOND, until: 100 * SECOND }),
    change(10 * SECOND, { put: [next] }),
  ];
  const spec = (parts: object): WorldSpec => world({ providers: [provider(parts)], timeline });
  const OLD = 'app.example.com. 300 A 203.0.113.10';
  const NEW = 'app.example.com. 300 A 203.0.113.99';
  it('takes no changes while the region is down, and answers go on; then they are handed in again', () => {
    expect(ask(worldAt(spec({ controlRegion: THERE }), 50 * SECOND), QUERY)).toBe(OLD);
    expect(ask(worldAt(spec({ controlRegion: THERE }), 100 * SECOND), QUERY)).toBe(NEW);
  });
  it('elsewhere takes them at once', () => {
    expect(ask(worldAt(spec({ controlRegion: HERE }), 50 * SECOND), QUERY)).toBe(NEW);
    expect(ask(worldAt(spec({}), 50 * SECOND), QUERY)).toBe(NEW);
  });
});
