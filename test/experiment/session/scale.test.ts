import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/base/time.ts';
import { scaleSpec, withoutPrelude } from '../../../src/experiment/session/scale.ts';
import { specOf } from './scenario.ts';

const SPEC = specOf();

describe('a smaller world', () => {
  it('keeps clients per resolver, and the people represented', () => {
    const small = scaleSpec(SPEC, 100);
    expect(small.populations[0]).toMatchObject({ count: 100, represents: SPEC.populations[0]!.represents });
    const before = SPEC.populations[0]!.count / SPEC.resolvers[0]!.count;
    expect(small.populations[0]!.count / small.resolvers[0]!.count).toBe(before);
  });

  it('is never larger than asked for, and never empty', () => {
    expect(scaleSpec(SPEC, SPEC.populations[0]!.count)).toBe(SPEC);
    const least = scaleSpec(SPEC, 1);
    expect([least.populations[0]!.count, least.resolvers[0]!.count]).toEqual([1, 1]);
  });
});

describe('a world without its prelude', () => {
  it('moves everything by the same time', () => {
    const { spec, skipped } = withoutPrelude(SPEC);
    expect(skipped).toBe(9 * MINUTE);
    expect(spec.duration).toBe(HOUR - skipped);
    expect(spec.timeline[0]).toMatchObject({ at: MINUTE, until: 31 * MINUTE });
  });

  it('stays as it is when it begins with an event, or has none', () => {
    expect(withoutPrelude({ ...SPEC, timeline: [] }).skipped).toBe(0);
  });
});
