/** The shared side runs ahead: nothing is visible before it is applied, and pieces make the same whole. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Micros, SECOND } from '../../../src/base/time.ts';
import { RandomStreams } from '../../../src/kernel/random-streams.ts';
import type { Outside } from '../../../src/model/outside.ts';
import type {
  CheckSpec,
  EffectSpec,
  FlushSpec,
  TargetSpec,
  TimelineSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import {
  ask,
  CHECK,
  change,
  FAILOVER,
  fault,
  HERE,
  NETWORK,
  name,
  outside,
  PRIMARY,
  provider,
  question,
  rrset,
  SECONDARY,
  THERE,
  world,
} from '../world.ts';

const QUERY = 'app.example.com. A';
const FLUSH: FlushSpec = { kind: 'flush', share: 0.5, name: name('app.example.com.') };
const flush = (at: Micros): TimelineSpec => ({ kind: 'change', label: 'flush', at, change: FLUSH });

/** A busy world: faults with a ramp, a check on drawn phases, changes, a slow control plane, a finite capacity. */
function busy(): WorldSpec {
  const { phase: _, ...drawn } = CHECK;
  const check: CheckSpec = { ...drawn, regions: [HERE, THERE], failures: 2 };
  const base = provider({ propagation: 7 * SECOND });
  const sites = [{ region: HERE, capacity: 50 }];
  const providers = [{ ...base, servers: [{ ...base.servers[0]!, sites }] }];
  return world({
    network: { ...NETWORK, spread: 2, loss: 0.01 },
    providers,
    endpoints: [{ ...PRIMARY, check }, SECONDARY],
    policies: [FAILOVER],
    timeline: [
      fault(
        { kind: 'endpoint', endpoint: 0 },
        { kind: 'down', mode: 'silent' },
        { at: 20 * SECOND, until: 90 * SECOND },
      ),
      fault(
        { kind: 'path', from: HERE, to: THERE },
        { kind: 'lossy', loss: 0.1 },
        { at: 5 * SECOND, ramp: 33 * SECOND },
      ),
      fault({ kind: 'plane', provider: 0, plane: 'control' }, { kind: 'slow', extra: 3 * SECOND }, { at: 0 }),
      change(30 * SECOND, {
        put: [rrset('www.example.com. 60 A 192.0.2.80')],
        remove: [{ name: name('www.example.com.') }],
      }),
      flush(40 * SECOND),
    ],
  });
}

/** Plays to `horizon` in advances of at most `step`, asking now and then; tells everything there was to see. */
function story(spec: WorldSpec, horizon: Micros, step: (at: Micros) => Micros, seed = 1): string[] {
  const side = outside(spec, seed);
  const draw = new RandomStreams(seed).open('cell').uniform;
  const seen: string[] = [];
  let asked = 0;
  for (let at = 0; at < horizon; ) {
    const until = side.advance(Math.min(horizon, at + step(at)));
    for (; asked * 100_000 < until; asked++)
      seen.push(ask(side, QUERY, { region: THERE, draw, now: asked * 100_000 }));
    side.apply();
    at = until;
  }
  return [...seen, JSON.stringify(side.reactions), JSON.stringify(side.load()), side.digest()];
}

describe('pieces', () => {
  const whole = story(busy(), 200 * SECOND, () => Number.POSITIVE_INFINITY);
  const steps: [what: string, step: (at: Micros) => Micros][] = [
    ['a second', () => SECOND],
    ['a third of a second', () => 333_333],
    ['irregular', (at) => 1 + ((at * 7919) % 2_000_003)],
  ];
  test.each(steps)('of %s are the same as all at once', (_, step) => {
    expect(story(busy(), 200 * SECOND, step)).toEqual(whole);
  });

  it('are the same again with the same seed, and differ with another', () => {
    const all = () => Number.POSITIVE_INFINITY;
    expect(story(busy(), 200 * SECOND, all)).toEqual(whole);
    expect(story(busy(), 200 * SECOND, all, 2)).not.toEqual(whole);
  });

  it('cover lost queries, both endpoints, a changed verdict and feedback windows', () => {
    expect(new Set(whole.slice(0, -3))).toEqual(
      new Set(['lost', 'app.example.com. 60 A 203.0.113.10', 'app.example.com. 60 A 198.51.100.20']),
    );
    expect(whole.at(-3)).toContain('marks east healthy');
  });
});

it('plays any timeline in pieces as at once', () => {
  const target = fc.constantFrom<TargetSpec>(
    { kind: 'endpoint', endpoint: 0 },
    { kind: 'path', from: HERE, to: THERE },
    { kind: 'region', region: THERE },
  );
  const effect = fc.constantFrom<EffectSpec>(
    { kind: 'down', mode: 'silent' },
    { kind: 'down', mode: 'refused' },
    { kind: 'slow', extra: 5 * SECOND },
    { kind: 'lossy', loss: 0.5 },
  );
  const time = fc.integer({ min: 0, max: 60 }).map((half) => half * 0.5 * SECOND);
  const one = fc.record({ target, effect, at: time, lasts: time, ramp: time });
  const steps = fc.array(fc.integer({ min: 1, max: 20 * SECOND }), { minLength: 1, maxLength: 20 });
  const property = fc.property(fc.array(one, { maxLength: 4 }), steps, (faults, sizes) => {
    const extra = faults.map(({ target: to, effect: what, at, lasts, ramp }) =>
      fault(to, what, { at, until: at + lasts + 1, ramp }),
    );
    const base = busy();
    const spec = { ...base, timeline: [...base.timeline, ...extra] };
    const whole = story(spec, 60 * SECOND, () => Number.POSITIVE_INFINITY);
    expect(story(spec, 60 * SECOND, (at) => sizes[at % sizes.length]!)).toEqual(whole);
  });
  fc.assert(property, { seed: 20, numRuns: 60 });
});

describe('a change that cells can see', () => {
  const endpointDown = fault({ kind: 'endpoint', endpoint: 0 }, { kind: 'down', mode: 'refused' });
  const serverDown = fault({ kind: 'server', provider: 0, server: 0 }, { kind: 'down', mode: 'refused' });
  const resolver = {
    name: 'isp',
    count: 1,
    fragments: 1,
    region: HERE,
    backgroundRate: 0,
    options: {} as never,
  };
  const resolverDown = fault({ kind: 'resolver', resolver: 0 }, { kind: 'down', mode: 'refused' });
  const put = change(10 * SECOND, { put: [rrset('app.example.com. 60 A 198.51.100.20')] });
  const rows: [
    what: string,
    item: TimelineSpec,
    look: (side: Outside) => unknown,
    before: unknown,
    after: unknown,
  ][] = [
    ['endpoint', endpointDown, (side) => side.endpointState(0, HERE).down, 'none', 'refused'],
    ['server', serverDown, (side) => ask(side, QUERY), 'app.example.com. 300 A 203.0.113.10', 'unreachable'],
    ['resolver', resolverDown, (side) => side.resolverState(0, HERE).down, 'none', 'refused'],
    ['truth', put, (side) => side.truth(question(QUERY), HERE), ['203.0.113.10'], ['198.51.100.20']],
    [
      'zone',
      put,
      (side) => ask(side, QUERY),
      'app.example.com. 300 A 203.0.113.10',
      'app.example.com. 60 A 198.51.100.20',
    ],
    ['flush', flush(10 * SECOND), (side) => side.flushes, [], [FLUSH]],
    ['version', put, (side) => side.version, 0, 1],
  ];
  test.each(rows)('%s: old until applied', (_, item, look, before, after) => {
    const side = outside(world({ resolvers: [resolver], timeline: [item] }));
    expect(side.advance(100 * SECOND)).toBe(10 * SECOND);
    expect(look(side)).toEqual(before);
    side.apply();
    expect(look(side)).toEqual(after);
  });

  it('stops an advance at its instant, and the next goes on from there', () => {
    const side = outside(world({ timeline: [serverDown, flush(30 * SECOND)] }));
    const instants = [1, 2, 3].map(() => {
      const at = side.advance(100 * SECOND);
      side.apply();
      return at / SECOND;
    });
    expect(instants).toEqual([10, 30, 100]);
  });

  it('joins others of the same instant', () => {
    const side = outside(world({ timeline: [serverDown, endpointDown, put] }));
    expect(side.advance(100 * SECOND)).toBe(10 * SECOND);
    side.apply();
    expect([side.version, side.endpointState(0, HERE).down]).toEqual([1, 'refused']);
    expect(side.advance(100 * SECOND)).toBe(100 * SECOND);
  });

  it('at the limit itself is applied there', () => {
    const side = outside(world({ timeline: [serverDown] }));
    expect(side.advance(10 * SECOND)).toBe(10 * SECOND);
    side.apply();
    expect(ask(side, QUERY)).toBe('unreachable');
  });

  it('forgets a flush with the next apply', () => {
    const side = outside(world({ timeline: [flush(10 * SECOND)] }));
    side.advance(100 * SECOND);
    side.apply();
    side.advance(100 * SECOND);
    side.apply();
    expect(side.flushes).toEqual([]);
  });

  it('leaves the version alone when there was none', () => {
    const side = outside(world());
    side.advance(100 * SECOND);
    side.apply();
    expect(side.version).toBe(0);
  });
});

describe('probes', () => {
  it('alone stop no advance', () => {
    const side = outside(world({ policies: [FAILOVER] }));
    expect(side.advance(3600 * SECOND)).toBe(3600 * SECOND);
  });

  it('see a fault before cells do', () => {
    // The check fails and flips within one advance only after the fault has been applied.
    const down = fault({ kind: 'endpoint', endpoint: 0 }, { kind: 'down', mode: 'silent' });
    const side = outside(world({ policies: [FAILOVER], timeline: [down] }));
    const instants = [1, 2, 3].map(() => {
      const at = side.advance(100 * SECOND) / SECOND;
      side.apply();
      return at;
    });
    expect(instants).toEqual([10, 34, 100]);
  });
});
