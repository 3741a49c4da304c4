/** Who is left without an answer: late, too many at once, too many for one question. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, MINUTE, SECOND } from '../../../src/base/time.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import type { AnswerRules } from '../../../src/dns/resolve/rules.ts';
import { EXAMPLE_1, EXAMPLE_2, EXAMPLE_ZONE, World } from './harness.ts';

function worldWith(
  rules: Partial<AnswerRules>,
  options: Partial<ResolverOptions> = {},
  zone?: string,
): World {
  return World.standard({ answerRules: { ...RFC_REFERENCE.answerRules, ...rules }, ...options }, zone);
}

describe('late answers', () => {
  // Root, com. and example.com. take 1 s each.
  test.each([
    [undefined, 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10'],
    [3 * SECOND, 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10'],
    [2.9 * SECOND, 'dropped'],
  ])('sent up to %s µs: %s', (discardAfterMicros, text) => {
    const world = worldWith({ discardAfterMicros }, { firstTimeoutMicros: 5 * SECOND, timeout: 'fixed' });
    for (const address of world.servers.keys()) world.rtt.set(address, SECOND);
    expect(world.resolve('www.example.com. A')).toBe(text);
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR cache/);
    expect(world.resolver.idle).toBe(true);
  });
});

describe('more waiting requests than may be', () => {
  const JOSTLED = 200 * MILLISECOND;
  /** Five requests, the gap before each as told, where four may wait; servers take 5 s. */
  const crowd = (overload: AnswerRules['overload'], gaps: readonly number[]): string[] => {
    const world = worldWith(
      { overload, jostleAfterMicros: JOSTLED },
      { maximumOutstanding: 4, firstTimeoutMicros: 9 * SECOND, budgetMicros: 90 * SECOND },
    );
    for (const address of world.servers.keys()) world.rtt.set(address, 5 * SECOND);
    const tickets = gaps.map((gap, index) => {
      world.pass(gap);
      return world.ask(`n${index}.example.com. A`);
    });
    world.settle();
    expect(world.resolver.idle).toBe(true);
    return tickets.map((ticket) => world.textOf(ticket).split('\n')[0]!);
  };
  const OK = 'NXDOMAIN fresh';
  const SOON = [0, 0, 0, 0, 0];
  const LATE = [0, 0, 0, 0, JOSTLED];

  test.each([
    ['refuse', SOON, [OK, OK, OK, OK, 'SERVFAIL limit']],
    ['drop', SOON, [OK, OK, OK, OK, 'dropped']],
    ['drop-oldest', SOON, ['dropped', OK, OK, OK, OK]],
    ['jostle', SOON, [OK, OK, OK, OK, 'dropped']],
    ['jostle', LATE, [OK, OK, 'dropped', OK, OK]],
  ] as const)('%s, gaps %j: %j', (overload, gaps, answers) => {
    expect(crowd(overload, gaps)).toEqual(answers);
  });
});

describe('requests for one question', () => {
  const growth = { step: 5, maximum: 12, fallsEachSeconds: 1200 };
  /** How many of 30 that ask the same are answered. */
  const answered = (world: World, name: string): number => {
    const tickets = Array.from({ length: 30 }, () => world.ask(name));
    world.settle();
    return tickets.filter((ticket) => world.textOf(ticket) !== 'dropped').length;
  };

  it('the limit rises after an answer, as far as it may, and falls back', () => {
    const world = worldWith({ joinedGrowth: growth }, { maximumJoined: 4 });
    expect(answered(world, 'a.example.com. A')).toBe(4);
    expect(answered(world, 'b.example.com. A')).toBe(9);
    expect(answered(world, 'c.example.com. A')).toBe(12);
    expect(answered(world, 'd.example.com. A')).toBe(12);
    world.pass(60 * MINUTE + SECOND);
    expect(answered(world, 'e.example.com. A')).toBe(9);
    world.pass(1000 * MINUTE);
    expect(answered(world, 'f.example.com. A')).toBe(4);
  });

  it('stays where nothing is answered, and without growth', () => {
    const silent = worldWith(
      { joinedGrowth: growth },
      { maximumJoined: 4, failureSeconds: { first: 1, factor: 1, maximum: 1 } },
    );
    silent.resolve('www.example.com. A');
    silent.kill(EXAMPLE_1, EXAMPLE_2);
    expect(answered(silent, 'a.example.com. A')).toBe(4);
    expect(answered(silent, 'b.example.com. A')).toBe(4);
    const constant = worldWith({}, { maximumJoined: 4 });
    for (const name of ['a', 'b']) expect(answered(constant, `${name}.example.com. A`)).toBe(4);
  });
});

describe('an alias that points to itself', () => {
  const SELF = `${EXAMPLE_ZONE}\nself.example.com. 60 CNAME self.example.com.`;

  test.each([
    ['loop', 'SERVFAIL loop', 'SERVFAIL loop'],
    [
      'answer',
      'NOERROR fresh\nself.example.com. 60 IN CNAME self.example.com.',
      'NOERROR cache\nself.example.com. 60 IN CNAME self.example.com.',
    ],
  ] as const)('is a %s', (selfAlias, first, second) => {
    const world = worldWith({ selfAlias }, {}, SELF);
    expect(world.resolve('self.example.com. A')).toBe(first);
    expect(world.resolve('self.example.com. A')).toBe(second);
  });
});

describe('SERVFAIL for an alias loop', () => {
  const LOOP = `${EXAMPLE_ZONE}
l1.example.com. 60 CNAME l2.example.com.
l2.example.com. 60 CNAME l1.example.com.`;

  test.each([
    [false, 'SERVFAIL loop'],
    [
      true,
      'SERVFAIL loop\nl1.example.com. 60 IN CNAME l2.example.com.\nl2.example.com. 60 IN CNAME l1.example.com.',
    ],
  ])('shows the aliases: %s', (failureShowsAliases, text) => {
    expect(worldWith({ failureShowsAliases }, {}, LOOP).resolve('l1.example.com. A')).toBe(text);
  });
});
