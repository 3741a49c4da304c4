/** Operators' changes: control plane, propagation, several providers, the parent zone, the truth, stale copies. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type { EffectSpec, TargetSpec, TimelineSpec, WorldSpec } from '../../../src/model/spec.ts';
import {
  ask,
  change,
  FAILOVER,
  fault,
  HERE,
  name,
  provider,
  question,
  rrset,
  world,
  worldAt,
  zone,
} from '../world.ts';

const NEW = rrset('app.example.com. 60 A 198.51.100.20');
const OLD_ANSWER = 'app.example.com. 300 A 203.0.113.10';
const NEW_ANSWER = 'app.example.com. 60 A 198.51.100.20';
const QUERY = 'app.example.com. A';
const CONTROL: TargetSpec = { kind: 'plane', provider: 0, plane: 'control' };
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };

const SLOWLY = [provider({ propagation: 30 * SECOND })];

/** Answer and truth at an instant, in seconds. */
function at(spec: WorldSpec, seconds: number, address = '192.0.2.1'): [answer: string, truth: string] {
  const side = worldAt(spec, seconds * SECOND);
  return [ask(side, QUERY, { address }), side.truth(question(QUERY), HERE).join(' ')];
}

describe('a change', () => {
  const spec = world({ providers: SLOWLY, timeline: [change(10 * SECOND, { put: [NEW] })] });
  const rows: [seconds: number, answer: string, truth: string][] = [
    [9.999999, OLD_ANSWER, '203.0.113.10'],
    [10, OLD_ANSWER, '198.51.100.20'],
    [39.999999, OLD_ANSWER, '198.51.100.20'],
    [40, NEW_ANSWER, '198.51.100.20'],
  ];
  test.each(rows)('at %d s', (seconds, answer, truth) => {
    expect(at(spec, seconds)).toEqual([answer, truth]);
  });

  it('is decided when made and published when propagated', () => {
    expect(worldAt(spec, 100 * SECOND).reactions).toEqual([
      { at: 10 * SECOND, stage: 'decide', label: 'new address' },
      { at: 40 * SECOND, stage: 'publish', label: 'at every edge of main: new address' },
    ]);
  });

  it('is everywhere at once without propagation time', () => {
    const timeline = [change(10 * SECOND, { put: [NEW] })];
    expect(at(world({ timeline }), 10)).toEqual([NEW_ANSWER, '198.51.100.20']);
  });

  const removals: [what: string, removed: { name: string; type?: number }, answer: string][] = [
    ['a type', { name: 'app.example.com.', type: 1 }, 'NXDOMAIN aa'],
    ['a name', { name: 'app.example.com.' }, 'NXDOMAIN aa'],
    ['another type', { name: 'app.example.com.', type: 28 }, OLD_ANSWER],
  ];
  test.each(removals)('removes %s', (_, removed, answer) => {
    const remove = [{ ...removed, name: name(removed.name) }];
    expect(at(world({ timeline: [change(10 * SECOND, { remove })] }), 10)[0]).toBe(answer);
  });

  it('removes before it puts', () => {
    const remove = [{ name: name('app.example.com.') }];
    const timeline = [change(10 * SECOND, { remove, put: [NEW] })];
    expect(at(world({ timeline }), 10)[0]).toBe(NEW_ANSWER);
  });
});

describe('control plane', () => {
  const made = change(20 * SECOND, { put: [NEW] });
  const again = change(25 * SECOND, { put: [rrset('app.example.com. 61 A 198.51.100.21')] }, 'once more');
  const build = (timeline: readonly TimelineSpec[]): WorldSpec => world({ providers: SLOWLY, timeline });

  const down = build([fault(CONTROL, SILENT, { until: 100 * SECOND }), made, again]);
  const rows: [what: string, spec: WorldSpec, seconds: number, answer: string, truth: string][] = [
    ['down: nothing moves', down, 99, OLD_ANSWER, '203.0.113.10'],
    ['back: both changes are accepted in order', down, 100, OLD_ANSWER, '198.51.100.21'],
    ['back: and propagate', down, 130, 'app.example.com. 61 A 198.51.100.21', '198.51.100.21'],
    [
      'goes down after it has accepted',
      build([made, fault(CONTROL, SILENT, { at: 21 * SECOND })]),
      50,
      NEW_ANSWER,
      '198.51.100.20',
    ],
    ['up (negative control)', build([made]), 50, NEW_ANSWER, '198.51.100.20'],
    [
      'slow: before',
      build([fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }), made]),
      59,
      OLD_ANSWER,
      '203.0.113.10',
    ],
    [
      'slow: accepted',
      build([fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }), made]),
      60,
      OLD_ANSWER,
      '198.51.100.20',
    ],
    [
      'slow: published',
      build([fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }), made]),
      90,
      NEW_ANSWER,
      '198.51.100.20',
    ],
    [
      'no longer slow: a later change waits for the earlier one',
      build([fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }, { until: 22 * SECOND }), made, again]),
      59,
      OLD_ANSWER,
      '203.0.113.10',
    ],
    [
      'no longer slow: a later change does not overtake',
      build([fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }, { until: 22 * SECOND }), made, again]),
      90,
      'app.example.com. 61 A 198.51.100.21',
      '198.51.100.21',
    ],
    [
      'goes down while a change is in hand: it waits',
      build([
        fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }, { until: 22 * SECOND }),
        fault(CONTROL, SILENT, { at: 30 * SECOND, until: 200 * SECOND }),
        made,
      ]),
      199,
      OLD_ANSWER,
      '203.0.113.10',
    ],
    [
      'and comes back: it is accepted',
      build([
        fault(CONTROL, { kind: 'slow', extra: 40 * SECOND }, { until: 22 * SECOND }),
        fault(CONTROL, SILENT, { at: 30 * SECOND, until: 200 * SECOND }),
        made,
      ]),
      230,
      NEW_ANSWER,
      '198.51.100.20',
    ],
  ];
  test.each(rows)('%s', (_, spec, seconds, answer, truth) => {
    expect(at(spec, seconds)).toEqual([answer, truth]);
  });

  it('delays publication, not decision, in the reactions', () => {
    const { reactions } = worldAt(down, 200 * SECOND);
    expect(reactions.map(({ at: time, stage }) => [time / SECOND, stage])).toEqual([
      [20, 'decide'],
      [25, 'decide'],
      [130, 'publish'],
      [130, 'publish'],
    ]);
  });
});

describe('two providers of one zone', () => {
  const providers = [
    provider({ name: 'one' }),
    provider({ name: 'two', first: 2, propagation: 60 * SECOND }),
  ];
  const both = world({ providers, timeline: [change(10 * SECOND, { put: [NEW] })] });
  const drift = (listed: number[]): WorldSpec =>
    world({ providers, timeline: [change(10 * SECOND, { put: [NEW], providers: listed })] });
  const rows: [what: string, spec: WorldSpec, seconds: number, one: string, two: string, truth: string][] = [
    ['publish at their own pace: first', both, 30, NEW_ANSWER, OLD_ANSWER, '198.51.100.20'],
    ['publish at their own pace: second', both, 70, NEW_ANSWER, NEW_ANSWER, '198.51.100.20'],
    ['drift when only the first got it', drift([0]), 1000, NEW_ANSWER, OLD_ANSWER, '198.51.100.20'],
    ['drift when only the second got it', drift([1]), 1000, OLD_ANSWER, NEW_ANSWER, '203.0.113.10'],
  ];
  test.each(rows)('%s', (_, spec, seconds, one, two, truth) => {
    expect(at(spec, seconds, '192.0.2.1')).toEqual([one, truth]);
    expect(at(spec, seconds, '192.0.2.2')[0]).toBe(two);
  });

  it('lets one provider fail alone', () => {
    const edge: TargetSpec = { kind: 'plane', provider: 0, plane: 'edge' };
    const spec = world({ providers, timeline: [fault(edge, SILENT)] });
    expect([at(spec, 11)[0], at(spec, 11, '192.0.2.2')[0]]).toEqual(['lost', OLD_ANSWER]);
  });

  it('runs a policy at one of them only', () => {
    const spec = world({ providers, policies: [FAILOVER] });
    expect(at(spec, 1)[0]).toBe('app.example.com. 60 A 203.0.113.10');
    expect(at(spec, 1, '192.0.2.2')[0]).toBe(OLD_ANSWER);
  });
});

describe('parent zone', () => {
  const parentZone = {
    origin: name('com.'),
    zone: zone('com.', 'example 172800 IN NS ns1.dns.test.\n', 'ns9.dns.test.'),
    providers: [1],
  };
  const base = world({ providers: [provider(), provider({ name: 'com', first: 9 })] });
  const own = { ...base.zones[0]!, providers: [0] };
  const delegate: TimelineSpec = {
    kind: 'change',
    label: 'new delegation',
    at: 10 * SECOND,
    change: {
      kind: 'zone',
      origin: name('com.'),
      put: [rrset('example.com. 3600 NS ns2.dns.test.')],
      remove: [],
    },
  };
  const spec = { ...base, zones: [own, parentZone], timeline: [delegate] };

  it('refers to the new name servers after the change', () => {
    expect(at(spec, 9, '192.0.2.9')[0]).toBe('-> ns1.dns.test.');
    expect(at(spec, 10, '192.0.2.9')[0]).toBe('-> ns2.dns.test.');
  });

  it('leaves the child zone alone', () => {
    expect(ask(worldAt(spec, 10 * SECOND), 'example.com. NS')).toBe('example.com. 3600 NS ns1.dns.test.');
  });

  it('can withdraw the delegation', () => {
    const remove = [{ name: name('example.com.'), type: 2 }];
    const withdrawn = { ...delegate, change: { ...delegate.change, put: [], remove } } as TimelineSpec;
    expect(at({ ...spec, timeline: [withdrawn] }, 10, '192.0.2.9')[0]).toBe('NXDOMAIN aa');
  });
});

describe('stale copy', () => {
  const stale = (parts: object = {}) =>
    fault(
      { kind: 'server', provider: 0, server: 0 },
      { kind: 'stale-copy', ...parts },
      { until: 50 * SECOND },
    );
  const spec = (timeline: readonly TimelineSpec[]): WorldSpec =>
    world({ providers: [provider({ count: 2 })], timeline });
  const before = change(5 * SECOND, { put: [NEW] });
  const during = change(20 * SECOND, { put: [NEW] });
  const rows: [what: string, timeline: TimelineSpec[], seconds: number, answer: string][] = [
    ['misses a change during the fault', [stale(), during], 30, OLD_ANSWER],
    ['has it when the fault ends', [stale(), during], 50, NEW_ANSWER],
    ['holds what was there when the fault began', [before, stale()], 30, NEW_ANSWER],
    ['of another zone only', [stale({ origin: name('example.net.') }), during], 30, NEW_ANSWER],
    ['of this zone', [stale({ origin: name('example.com.') }), during], 30, OLD_ANSWER],
  ];
  test.each(rows)('%s', (_, timeline, seconds, answer) => {
    expect(at(spec(timeline), seconds)[0]).toBe(answer);
  });

  it('hits one server, not its neighbour, and not the truth', () => {
    expect(at(spec([stale(), during]), 30, '192.0.2.2')).toEqual([NEW_ANSWER, '198.51.100.20']);
  });

  it('keeps the copy of its beginning while the fault ramps', () => {
    const ramped = { ...stale(), ramp: 10 * SECOND, until: Number.POSITIVE_INFINITY };
    const within = change(15 * SECOND, { put: [NEW] });
    expect(at(spec([ramped, within]), 19)[0]).toBe(NEW_ANSWER);
    expect(at(spec([ramped, within]), 20)[0]).toBe(OLD_ANSWER);
  });
});

describe('truth', () => {
  const east = { addresses: ['203.0.113.10', '2001:db8::10'] };
  const base = world();
  const dual = { ...base, endpoints: [{ ...base.endpoints[0]!, ...east }, base.endpoints[1]!] };
  const aaaa = { ...FAILOVER, type: 28 };
  const rows: [what: string, spec: WorldSpec, query: string, addresses: string[]][] = [
    ['an address', base, 'app.example.com. A', ['203.0.113.10']],
    ['through an alias', base, 'www.example.com. A', ['203.0.113.10']],
    ['NODATA', base, 'app.example.com. AAAA', []],
    ['NXDOMAIN', base, 'nobody.example.com. A', []],
    ['no such zone', base, 'app.example.net. A', []],
    ['not an address', base, 'example.com. NS', []],
    ['a policy', { ...dual, policies: [FAILOVER] }, 'app.example.com. A', ['203.0.113.10']],
    ['a policy through an alias', { ...dual, policies: [aaaa] }, 'www.example.com. AAAA', ['2001:db8::10']],
    [
      'not what servers say',
      { ...base, timeline: [fault({ kind: 'plane', provider: 0, plane: 'edge' }, { kind: 'empty-zone' })] },
      'app.example.com. A',
      ['203.0.113.10'],
    ],
  ];
  test.each(rows)('%s', (_, spec, query, addresses) => {
    expect(worldAt(spec, 20 * SECOND).truth(question(query), HERE)).toEqual(addresses);
  });
});
