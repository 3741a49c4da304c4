/** What `os:` says about whom a stub asks when: notation, effective values, problems. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { SCHEDULE_FORMULAS } from '../../src/profiles/stubs/formulas.ts';
import { scheduleKind } from '../../src/scenario/settings/schedule-kind.ts';
import { BASE, line, load, mustLoad } from './base.ts';

const withOs = (os: string): string => BASE.replace('count: 10,', `count: 10, os: ${os},`);

/** Effective value of a setting of the users' system. */
function effective(os: string, key: string): string | undefined {
  const { effective: values } = mustLoad(withOs(os)).strategies[0]!;
  return values.find(({ path }) => path === `clients.users.os.${key}`)?.value;
}

describe('explain', () => {
  test.each([
    ['linux', 'two-resolvers', '1 at 0s, 2 at 5s, 1 at 10s, 2 at 15s, give up at 20s'],
    ['musl', 'one-resolver', 'all at 0s, all at 2.5s, give up at 5s'],
    [
      "{ profile: linux, with: { two-resolvers: 'glibc, timeout 1s, attempts 1' } }",
      'two-resolvers',
      '1 at 0s, 2 at 1s, give up at 2s',
    ],
    ['{ profile: linux, with: { order: rotate } }', 'order', 'rotate'],
    ['ios', 'penalty.duration', '1m'],
    ['android', 'score.threshold', '25%'],
    ['nscd', 'cache.keep-on-failure', 'on'],
    ['nscd', 'more-resolvers', '1 at 0s, 2 at 5s, 3 at 8s, 1 at 14s, 2 at 19s, 3 at 22s, give up at 28s'],
    ['systemd-resolved', 'next-on-failure', 'each-once'],
  ])('%s: %s is %s', (os, key, expected) => {
    expect(effective(os, key)).toBe(expected);
  });
});

describe('problems', () => {
  it('stand at the value that is wrong, though the profile is named', () => {
    const { issues } = load(withOs('{ profile: linux, with: { cache: { cap: nonsense } } }'));
    expect(issues.map(line)).toEqual([expect.stringContaining("scenario-bad-ttl: 'nonsense' is not a TTL")]);
  });

  test.each([
    ['next-on-failure: sometimes', "scenario-bad-flag: 'sometimes' is neither on, off, each-once nor ignore"],
    ['order: random', "scenario-bad-word: 'random' is not one of listed, rotate, sticky, penalty, score"],
    ["one-resolver: 'glibc, timeout 1s'", "scenario-bad-schedule: 'glibc, timeout 1s' is not a schedule"],
    ["one-resolver: 'musl, timeout 1s, attempts 0'", 'scenario-bad-schedule'],
    ['score: { fewest: 10, samples: 5 }', 'scenario-bounds: score.fewest (10) exceeds score.samples (5)'],
  ])('%s', (setting, expected) => {
    const lines = load(withOs(`{ ${setting} }`)).issues.map(line);
    expect(lines.length).toBe(1);
    expect(lines[0]).toContain(expected);
  });
});

describe('formulas', () => {
  const names = fc.constantFrom(...(['glibc', 'android', 'musl'] as const));
  const seconds = fc.integer({ min: 1, max: 30 });

  it('say when everybody is asked: in order, everyone in the list, never after the end', () => {
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 3 }),
        seconds,
        fc.integer({ min: 1, max: 5 }),
        (name, n, t, rounds) => {
          const { sends, giveUp } = SCHEDULE_FORMULAS[name](n, t * SECOND, rounds);
          const times = sends.map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          expect(times.every((at) => at < giveUp)).toBe(true);
          expect(sends.length).toBe(name === 'musl' ? rounds : n * rounds);
          const text = `${name}, timeout ${t}s, attempts ${rounds}`;
          expect(scheduleKind(n).read(text)).toEqual({ sends, giveUp });
          const kind = scheduleKind(n);
          expect(kind.read(kind.show({ sends, giveUp }))).toEqual({ sends, giveUp });
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
