/** Serve-stale as implementations differ in it, and refreshes behind a packet cache. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { parseName } from '../../../src/dns/data/name.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import { COM_SERVER, COM_ZONE, EXAMPLE_1, EXAMPLE_2, EXAMPLE_ZONE, World } from './harness.ts';

type Stale = NonNullable<ResolverOptions['serveStale']>;
const STALE = RFC_REFERENCE.serveStale!;

/** Knows www.example.com. (300 s), which has been gone for `after` seconds; its servers are silent. */
function expired(stale: Partial<Stale>, options: Partial<ResolverOptions> = {}, after = 0): World {
  const world = World.standard({ serveStale: { ...STALE, ...stale }, ...options });
  world.resolve('www.example.com. A');
  world.kill(EXAMPLE_1, EXAMPLE_2);
  world.pass((300 + after) * SECOND);
  world.takeSent();
  return world;
}

/** Asks, waits for the answer. @returns its text and the seconds it took */
function timed(world: World, text = 'www.example.com. A'): [string, number] {
  const askedAt = world.now;
  const answer = world.resolve(text);
  return [answer, (world.now - askedAt) / SECOND];
}

const shownTtl = (text: string): number => Number(/ (\d+) IN A/.exec(text)?.[1]);

describe('extended errors', () => {
  test.each([
    [0, 'stale data prioritized over lookup'],
    [1_800_000, 'client timeout'],
    [undefined, 'resolver failure'],
  ])('timer %s µs: %s', (clientTimerMicros, text) => {
    const world = expired({ clientTimerMicros });
    const ticket = world.ask('www.example.com. A');
    world.settle();
    expect(world.answers.get(ticket)!.answer).toMatchObject({ reason: 'stale', ede: { code: 3, text } });
  });

  it('in the recheck window, of an NXDOMAIN, and none where it is off', () => {
    const world = expired({ clientTimerMicros: undefined });
    world.resolve('www.example.com. A');
    const ticket = world.ask('www.example.com. A');
    expect(world.answers.get(ticket)!.answer).toMatchObject({
      ede: { code: 3, text: 'query within stale refresh time window' },
    });
    const off = expired({ extendedError: false });
    expect(off.answers.get(off.ask('www.example.com. A'))).toBeUndefined();
    off.settle();
    expect(off.answers.get(2)!.answer).toMatchObject({ reason: 'stale' });
    expect(off.answers.get(2)!.answer).not.toHaveProperty('ede');
  });

  it('code 19 for a stale NXDOMAIN', () => {
    const world = World.standard({ serveStale: { ...STALE, clientTimerMicros: 0 } });
    world.resolve('nx.example.com. A');
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.pass(301 * SECOND);
    const ticket = world.ask('nx.example.com. A');
    expect(world.answers.get(ticket)!.answer).toMatchObject({ rcode: 'NXDOMAIN', ede: { code: 19 } });
  });
});

describe('a timer that is looked at between tries', () => {
  // Fixed time-outs of 2 s: tries end at 2, 4, 6 ... s.
  test.each([
    [false, 3],
    [true, 4],
  ])('between tries: %s, stale data after %i s', (betweenTries, seconds) => {
    const options = { timeout: 'fixed', firstTimeoutMicros: 2 * SECOND, backoffFactor: 1 } as const;
    const world = expired({ betweenTries, clientTimerMicros: 3 * SECOND }, options);
    const [text, waited] = timed(world);
    expect([text, waited]).toEqual(['NOERROR stale\nwww.example.com. 30 IN A 203.0.113.10', seconds]);
    expect(world.resolver.idle).toBe(betweenTries);
  });
});

describe('a failed refresh that starts the maximum stale time anew', () => {
  test.each([
    [false, 'SERVFAIL no-reachable-server'],
    [true, 'NOERROR stale\nwww.example.com. 30 IN A 203.0.113.10'],
  ])('%s', (resetByFailure, text) => {
    const world = expired({ resetByFailure, maxStaleSeconds: 60, clientTimerMicros: undefined }, {}, 61);
    expect(world.resolve('www.example.com. A')).toBe(text);
  });
});

describe('extensions', () => {
  const EXTENSIONS = { clientTimerMicros: undefined, extensions: { count: 3, seconds: 30 } } as const;
  const options = { refreshDelegation: false } as const;

  it('after a failure the entry lives on for 30 s, counts down, and is refreshed in the background', () => {
    const world = expired(EXTENSIONS, options);
    const [first, waited] = timed(world);
    expect(first).toBe('NOERROR stale\nwww.example.com. 30 IN A 203.0.113.10');
    expect(waited).toBeGreaterThan(0);
    expect(world.takeSent().length).toBeGreaterThan(0);
    world.pass(10 * SECOND);
    expect(timed(world)).toEqual(['NOERROR stale\nwww.example.com. 20 IN A 203.0.113.10', 0]);
    world.settle();
    world.pass(21 * SECOND);
    world.takeSent();
    const ticket = world.ask('www.example.com. A');
    expect(shownTtl(world.textOf(ticket))).toBe(30);
    expect(world.takeSent().length).toBeGreaterThan(0);
  });

  it('as often as allowed; a gap counts for those it would have held', () => {
    const world = expired(EXTENSIONS, options);
    const answers: string[] = [];
    for (let i = 0; i < 4; i++) {
      answers.push(world.resolve('www.example.com. A').split('\n')[0]!);
      world.settle();
      world.pass(31 * SECOND);
    }
    expect(answers.slice(0, 2)).toEqual(['NOERROR stale', 'NOERROR stale']);
    expect(answers[3]).toMatch(/^SERVFAIL/);
    const later = expired(EXTENSIONS, options, 1000);
    expect(later.resolve('www.example.com. A')).toMatch(/^NOERROR stale/);
    later.settle();
    later.pass(31 * SECOND);
    expect(later.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
  });

  it('fresh data end it', () => {
    const world = expired(EXTENSIONS, options);
    world.resolve('www.example.com. A');
    world.settle();
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': EXAMPLE_ZONE });
    world.pass(31 * SECOND);
    world.ask('www.example.com. A');
    world.settle();
    expect(world.resolve('www.example.com. A')).toBe('NOERROR cache\nwww.example.com. 300 IN A 203.0.113.10');
  });
});

describe('prefetch', () => {
  /** Queries caused by ten hits in the last 10 % of the TTL. */
  const refreshes = (packetSeconds: number | undefined): number => {
    const cacheRules = { ...RFC_REFERENCE.cacheRules, packetSeconds };
    const world = World.standard({ prefetch: { remainingShare: 0.1 }, cacheRules });
    world.resolve('www.example.com. A');
    world.takeSent();
    for (let second = 0; second < 10; second++) {
      world.pass(29 * SECOND);
      world.resolve('www.example.com. A');
    }
    return world.takeSent().length;
  };

  it('behind a packet cache a question asked again and again refreshes nothing', () => {
    expect(refreshes(undefined)).toBe(1);
    expect(refreshes(86_400)).toBe(0);
    expect(refreshes(10)).toBe(1);
  });

  // Hits at 272, 274 and 276 s, the first after a long gap.
  test.each([
    [undefined, [1, 0]],
    [{ hits: 3, gapSeconds: 60 }, [0, 1]],
    [{ hits: 3, gapSeconds: 2 }, [0, 0]],
  ])('asks for popularity %j: refreshes at the first and at the third hit: %j', (popularity, refreshes) => {
    const world = World.standard({ prefetch: { remainingShare: 0.1, popularity } });
    world.resolve('www.example.com. A');
    world.pass(270 * SECOND);
    const sent = [0, 1, 2].map(() => {
      world.takeSent();
      world.pass(2 * SECOND);
      const asked = { name: parseName('www.example.com.'), type: 1 };
      if (world.resolver.peek(asked, world.now) === undefined) world.ask('www.example.com. A');
      return world.takeSent().length;
    });
    expect([sent[0], sent[2]]).toEqual(refreshes);
  });

  test.each([
    [false, [`${EXAMPLE_1} www.example.com. A`]],
    [true, [`${COM_SERVER} www.example.com. A`, `${EXAMPLE_1} www.example.com. A`]],
  ])('takes delegations that end before the data for ended: %s', (renewsDelegations, sent) => {
    const world = World.standard({ prefetch: { remainingShare: 0.1, renewsDelegations } });
    world.serve(COM_SERVER, {
      'com.': COM_ZONE.replaceAll('example.com. 172800 NS', 'example.com. 290 NS'),
    });
    world.resolve('www.example.com. A');
    world.takeSent();
    world.pass(280 * SECOND);
    world.resolve('www.example.com. A');
    world.settle();
    expect(world.takeSent()).toEqual(sent);
  });
});

describe('QNAME minimisation', () => {
  const DEEP = `${EXAMPLE_ZONE}\na.b.c.d.example.com. 60 A 203.0.113.9\na.b.c.d.example.com. 60 TXT "x"`;
  const names = (options: Partial<ResolverOptions>, text: string): string[] => {
    const world = World.standard({ qnameMinimisation: 'relaxed', ...options }, DEEP);
    world.resolve(text);
    return world.takeSent().map((line) => line.split(' ').slice(1).join(' '));
  };
  const CUTS = ['com. A', 'example.com. A'];

  test.each([
    [undefined, ['d.example.com. A', 'c.d.example.com. A', 'b.c.d.example.com. A', 'a.b.c.d.example.com. A']],
    [2, ['d.example.com. A', 'c.d.example.com. A', 'a.b.c.d.example.com. A']],
    [1, ['d.example.com. A', 'a.b.c.d.example.com. A']],
  ])('after %s labels without a cut the full name is asked', (minimiseUncutLabels, sent) => {
    expect(names({ minimiseUncutLabels }, 'a.b.c.d.example.com. A')).toEqual([...CUTS, ...sent]);
  });

  test.each([
    [4, ['d.example.com. A', 'c.d.example.com. A', 'a.b.c.d.example.com. A']],
    [3, ['d.example.com. A', 'a.b.c.d.example.com. A']],
    [2, ['a.b.c.d.example.com. A']],
  ])('no minimised name is longer than %s labels', (minimiseLabels, sent) => {
    expect(names({ minimiseLabels }, 'a.b.c.d.example.com. A')).toEqual([...CUTS, ...sent]);
  });

  it('hides the type behind A to the last', () => {
    const options = { minimiseUncutLabels: 1, minimiseHidesType: true };
    const sent = names(options, 'a.b.c.d.example.com. TXT').slice(3);
    expect(sent).toEqual(['a.b.c.d.example.com. A', 'a.b.c.d.example.com. TXT']);
    expect(names({ ...options, minimiseHidesType: false }, 'a.b.c.d.example.com. TXT').slice(3)).toEqual([
      'a.b.c.d.example.com. TXT',
    ]);
  });
});

describe('whose the client response timer is', () => {
  // Fixed time-outs of 2 s; a timer of 3 s.
  const options = {
    timeout: 'fixed',
    firstTimeoutMicros: 2 * SECOND,
    backoffFactor: 1,
    sendsPerServer: 9,
  } as const;

  test.each([
    ['each request: 3 s after its query', 'request', [3, 4, 6.5]],
    ['of all who wait: together, then anew', 'waiting', [3, 3, 6.5]],
    ['of the fetch: at its end, later at the end of a try', 'fetch', [3, 3, 5]],
  ] as const)('%s', (_, timerOf, seconds) => {
    const world = expired({ timerOf, clientTimerMicros: 3 * SECOND, recheckSeconds: 0 }, options);
    const begun = world.now;
    const tickets = [0, 1, 2.5].map((pause) => {
      world.pass(pause * SECOND);
      return world.ask('www.example.com. A');
    });
    world.pass(5 * SECOND);
    expect(tickets.map((ticket) => (world.answers.get(ticket)!.at - begun) / SECOND)).toEqual(seconds);
    for (const ticket of tickets) expect(world.textOf(ticket)).toContain('NOERROR stale');
  });
});

describe('without a recheck time', () => {
  test.each([
    [0, 2],
    [30, 0],
  ])('of %i s: %i queries again, a second after a failed refresh', (recheckSeconds, queries) => {
    const world = expired(
      { recheckSeconds, clientTimerMicros: undefined },
      { sendsPerServer: 1, refreshDelegation: false },
    );
    world.resolve('www.example.com. A');
    world.pass(SECOND);
    world.takeSent();
    expect(world.resolve('www.example.com. A')).toContain('NOERROR stale');
    expect(world.takeSent()).toHaveLength(queries);
  });

  it('failures of what was never cached are remembered', () => {
    const world = expired({ recheckSeconds: 0 }, { refreshDelegation: false });
    world.resolve('mail.example.com. MX');
    world.takeSent();
    expect(world.resolve('mail.example.com. MX')).toBe('SERVFAIL failure-cache');
    expect(world.takeSent()).toEqual([]);
  });
});
