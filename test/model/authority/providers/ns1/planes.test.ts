/**
 * NS1 as a whole: how fast monitors and data feeds reach the edges, what stays while a plane is down, and an empty
 * chain as resolvers see it. How fast feeds are is an assumption ("real time" in the IBM NS1 Connect documentation).
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../../../src/base/time.ts';
import type {
  MetaValue,
  Ns1Options,
  Ns1Rule,
} from '../../../../../src/model/authority/providers/ns1/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../../../src/model/spec.ts';
import {
  CHECK,
  deliver,
  FAILOVER,
  outside,
  PRIMARY,
  play,
  provider,
  SECONDARY,
  world,
  worldAt,
} from '../../../world.ts';
import { added, at, dead, NEW, NEW_QUERY, ON_EAST, ON_WEST, planeDown, QUERY } from '../course.ts';
import { table } from './lab.ts';

/** The answer is east while it is up and cheaper than west. */
function costly(chain: readonly string[]): PolicySpec {
  const rule: Ns1Rule = {
    kind: 'ns1',
    answers: [
      {
        meta: table({
          up: { kind: 'monitor', of: { kind: 'endpoint', endpoint: 0 }, up: true, down: false },
          cost: { kind: 'feed', feed: 0 },
        }),
      },
      { meta: table({ cost: 5 }) },
    ],
    groups: {},
    meta: {},
    chain: chain.map((filter) => ({ filter, config: {} })),
    disputes: { empty: 'nodata', missingUp: 'keep' },
  };
  const watches = [{ kind: 'endpoint', endpoint: 0 }] as const;
  const candidates = FAILOVER.candidates.map(({ health: _, ...bare }) => bare);
  return { ...FAILOVER, word: 'ns1 chain', candidates, watches, rule };
}

interface Parts {
  readonly timeline?: WorldSpec['timeline'];
  readonly steps?: readonly { readonly at: number; readonly value: MetaValue }[];
  readonly chain?: readonly string[];
  readonly feedDelay?: number;
}

function ns1(parts: Parts): WorldSpec {
  const {
    timeline = [],
    steps = [],
    chain = ['up', 'cost', 'select_first_n'],
    feedDelay = 5 * SECOND,
  } = parts;
  const options: Ns1Options = {
    kind: 'ns1',
    feedDelay,
    feeds: [{ name: 'east-cost', first: 1, steps }],
    disputes: { empty: 'nodata', missingUp: 'keep' },
  };
  // One failed probe, repeated after 1 s: rapid_recheck.
  const check = { ...CHECK, failures: 1, successes: 1, recheck: { times: 1, after: SECOND } };
  return world({
    endpoints: [{ ...PRIMARY, check }, SECONDARY],
    providers: [provider({ kind: 'ns1', propagation: 5 * SECOND, options })],
    policies: [costly(chain)],
    timeline,
  });
}

describe('a monitor', () => {
  // Probes at 0, 10, 20 s; the one at 20 s fails at 24 s, its repetition a second later at 29 s; 5 s to the edges.
  const spec = ns1({ timeline: [dead(15)] });
  const rows: [seconds: number, wanted: string][] = [
    [33.9, ON_EAST],
    [34.1, ON_WEST],
  ];
  test.each(rows)('at %d s', (seconds, wanted) => expect(at(spec, seconds)).toBe(wanted));

  it('without a delay of feeds it counts at once', () => {
    expect(at(ns1({ timeline: [dead(15)], feedDelay: 0 }), 29.1)).toBe(ON_WEST);
    expect(at(ns1({ timeline: [dead(15)], feedDelay: 0 }), 28.9)).toBe(ON_EAST);
  });
});

describe('a data feed', () => {
  const spec = ns1({
    steps: [
      { at: 60 * SECOND, value: 9 },
      { at: 120 * SECOND, value: 2 },
    ],
  });
  const rows: [seconds: number, wanted: string][] = [
    [64.9, ON_EAST],
    [65, ON_WEST],
    [124.9, ON_WEST],
    [125, ON_EAST],
  ];
  test.each(rows)('at %d s', (seconds, wanted) => expect(at(spec, seconds)).toBe(wanted));

  it('tells what it says and what the chain makes of it', () => {
    const side = play(outside(spec), 70 * SECOND);
    expect(side.reactions.map(({ stage, label, at: when }) => `${when / SECOND} ${stage} ${label}`)).toEqual([
      '60 detect data feed east-cost says 9',
      '65 decide ns1 chain app.example.com/A chooses west (cost puts west first; select_first_n keeps west)',
      '65 publish ns1 chain app.example.com/A: west at every edge of main',
    ]);
  });

  it('that changes nothing of the answer decides nothing', () => {
    const side = play(outside(ns1({ steps: [{ at: 60 * SECOND, value: 4 }] })), 70 * SECOND);
    expect(side.reactions.map(({ stage }) => stage)).toEqual(['detect']);
  });
});

describe('planes that are down', () => {
  const steps = [{ at: 60 * SECOND, value: 9 }];
  it('health: feeds and monitors freeze, and the values of that moment count once it is back', () => {
    const spec = ns1({ steps, timeline: [planeDown('health', 50, 300)] });
    expect(at(spec, 299)).toBe(ON_EAST);
    expect(at(spec, 300)).toBe(ON_WEST);
    const down = ns1({ timeline: [planeDown('health', 10, 300), dead(15)] });
    expect(at(down, 299)).toBe(ON_EAST);
    expect(at(down, 300)).toBe(ON_WEST);
  });
  it('health, while the value comes and goes: nothing has happened', () => {
    const both = [...steps, { at: 100 * SECOND, value: 1 }];
    expect(at(ns1({ steps: both, timeline: [planeDown('health', 50, 300)] }), 400)).toBe(ON_EAST);
  });
  it('control: changes wait, feeds and answers go on', () => {
    const brought = added(20);
    const spec = ns1({ steps, timeline: [planeDown('control', 10, 300), brought] });
    expect(at(spec, 70)).toBe(ON_WEST);
    expect(at(spec, 304, NEW_QUERY)).toBe('NXDOMAIN aa');
    expect(at(spec, 305, NEW_QUERY)).toBe(NEW);
  });
});

describe('an empty chain', () => {
  it('is NOERROR without data', () => {
    const spec = ns1({ timeline: [dead(15)], chain: ['cost', 'select_first_n', 'up'] });
    expect(at(spec, 10)).toBe(ON_EAST);
    expect(at(spec, 40)).toMatch(/^NODATA|^NOERROR/);
  });
  it('says why in traces', () => {
    const spec = ns1({ timeline: [dead(15)], chain: ['cost', 'select_first_n', 'up'] });
    const delivery = deliver(worldAt(spec, 40 * SECOND), QUERY);
    expect(delivery.kind === 'reply' && delivery.message.said).toBe(
      'ns1 chain app.example.com/A: no address (select_first_n keeps east; up removes east: nothing is left)',
    );
  });
  it('is what up first avoids', () => {
    expect(at(ns1({ timeline: [dead(15)] }), 40)).toBe(ON_WEST);
  });
});
