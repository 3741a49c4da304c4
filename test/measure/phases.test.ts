import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { phasesOf } from '../../src/measure/phases.ts';
import { simulateReplication } from '../../src/measure/simulate.ts';
import type { Reaction } from '../../src/model/outside.ts';
import { drill, moveAddress, OLD_ENDPOINT, population, resolver } from '../model/clients/population-world.ts';
import { CHECK, FAILOVER, fault, PRIMARY, provider, SECONDARY } from '../model/world.ts';

/** Reactions from text: `detect 20, decide 25`. */
function reactions(text: string): Reaction[] {
  return text
    .split(', ')
    .filter((one) => one !== '')
    .map((one) => {
      const [stage, at] = one.split(' ');
      return { at: Number(at), stage: stage as Reaction['stage'], label: one };
    });
}

describe('phases of the longest recovery', () => {
  // Fault at 10; detect, decide, publish, drain, reconnect.
  const rows: [text: string, lastFailureAt: number, longest: number | null, expected: string | undefined][] =
    [
      ['detect 20, decide 25, publish 40', 90, 85, '10 5 15 50 5'],
      ['detect 20, decide 20, publish 20', 90, 85, '10 0 0 70 5'],
      ['decide 25, publish 40', 90, 85, '15 0 15 50 5'],
      ['publish 40', 90, 85, '30 0 0 50 5'],
      ['detect 5, decide 6, publish 7, detect 20, decide 25, publish 40', 90, 85, '10 5 15 50 5'], // before the fault
      ['detect 20, decide 25, publish 40, detect 60, decide 61, publish 62', 90, 85, '10 5 15 50 5'], // the first counts
      ['detect 20, decide 25, publish 40', 30, 35, '10 5 15 0 5'], // all failures before the publication
      ['detect 20, decide 25', 90, 85, undefined], // nothing was published
      ['', 90, 85, undefined],
      ['detect 20, decide 25, publish 100', 90, 85, undefined], // published after everybody was back
      ['detect 20, decide 25, publish 40', 90, null, undefined], // not everybody came back
      ['detect 20, decide 25, publish 40', 200, 85, '10 5 15 55 0'], // later failures of others
    ];
  test.each(rows)('%s; last failure %d, longest %s: %s', (text, lastFailureAt, longest, expected) => {
    const seen = phasesOf(reactions(text), 10, lastFailureAt, longest)?.phases;
    expect(seen && [seen.detect, seen.decide, seen.publish, seen.drain, seen.reconnect].join(' ')).toBe(
      expected,
    );
  });

  it('say what ended the first of them, and by which rule', () => {
    const list = [
      { at: 20, stage: 'detect', label: 'us is dead', rule: '2 of 3 checkers agree' },
      { at: 25, stage: 'decide', label: 'eu is chosen' },
      { at: 40, stage: 'publish', label: 'eu is everywhere' },
    ] as const;
    expect(phasesOf(list, 10, 60, 90)?.because).toEqual({
      detect: 'us is dead (2 of 3 checkers agree)',
      decide: 'eu is chosen',
      publish: 'eu is everywhere',
    });
    expect(phasesOf(list.slice(2), 10, 60, 90)?.because).toEqual({ publish: 'eu is everywhere' });
  });

  it('add up, and none is negative', () => {
    const stage = fc.constantFrom('detect' as const, 'decide' as const, 'publish' as const);
    const list = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200 }), stage, label: fc.constant('') }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(list, fc.nat(100), fc.nat(250), fc.nat(150), (drawn, faultAt, lastFailureAt, longest) => {
        const inOrder = [...drawn].sort((a, b) => a.at - b.at);
        const seen = phasesOf(inOrder, faultAt, lastFailureAt, longest)?.phases;
        if (seen === undefined) return;
        const parts = Object.values(seen);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(longest);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 31, numRuns: 2000 },
    );
  });
});

describe('in a run', () => {
  /** Seconds of each phase, the endpoint dead from 100 s on. */
  function played(parts: Parameters<typeof drill>[0]): Readonly<Record<string, number>> {
    const spec = drill({
      ttl: 60,
      duration: 600 * SECOND,
      start: 'warm',
      providers: [provider({ propagation: 10 * SECOND })],
      resolvers: [resolver({ count: 50 })],
      populations: [population({ count: 500, workload: { kind: 'poisson', every: 2 * SECOND } })],
      ...parts,
      timeline: [
        fault(OLD_ENDPOINT, { kind: 'down', mode: 'refused' }, { at: 100 * SECOND }),
        ...(parts?.timeline ?? []),
      ],
    });
    const { phases, max } = simulateReplication(spec, 1, 0).populations[0]!.recovery;
    const each = Object.entries(phases!).map(([stage, micros]) => [stage, micros / SECOND] as const);
    expect(each.reduce((sum, [, seconds]) => sum + seconds, 0)).toBeCloseTo(max! / SECOND, 6);
    return Object.fromEntries(each);
  }

  it('a health check with a failover policy: what it knows is at the edge at once', () => {
    const seen = played({
      endpoints: [{ ...PRIMARY, check: { ...CHECK, phase: 5 * SECOND } }, SECONDARY],
      policies: [FAILOVER],
    });
    // Probes at 105, 115 and 125 s; a TTL of 60 s; clients ask every two seconds.
    expect(seen['detect']).toBeCloseTo(25, 1);
    expect(seen['decide']! + seen['publish']!).toBe(0);
    expect(seen['drain']).toBeGreaterThan(55);
    expect(seen['drain']).toBeLessThanOrEqual(60);
    expect(seen['reconnect']).toBeLessThan(20);
  });

  it('an operator who changes the record ten seconds after the check has spoken', () => {
    const seen = played({ timeline: [moveAddress(130 * SECOND, 60)] });
    // Probes at 100, 110 and 120 s take a round trip of 10 ms; ten seconds to the edge.
    expect(seen).toMatchObject({ detect: 20.01, decide: 9.99, publish: 10 });
    expect(seen['drain']).toBeGreaterThan(55);
    expect(seen['drain']).toBeLessThanOrEqual(60);
  });
});
