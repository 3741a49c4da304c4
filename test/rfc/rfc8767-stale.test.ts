/** RFC 8767: serving stale data. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/base/time.ts';
import type { Question } from '../../src/dns/data/message.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  EXAMPLE_2,
  EXAMPLE_ZONE,
  type Reaction,
  ROOT_SERVER,
  referral,
  reply,
  World,
} from '../dns/resolve/harness.ts';

const STALE = RFC_REFERENCE.serveStale!;
const STALE_WWW = 'NOERROR stale\nwww.example.com. 30 IN A 203.0.113.10';
const FRESH_WWW = 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10';

/** A resolver that knows www.example.com, whose data have just expired and whose servers react as told. */
function expired(
  reaction: (asked: Question) => Reaction,
  serveStale: Partial<NonNullable<ResolverOptions['serveStale']>> = {},
  options: Partial<ResolverOptions> = {},
): World {
  const world = World.standard({ serveStale: { ...STALE, ...serveStale }, ...options });
  world.resolve('www.example.com. A');
  world.pass(300 * SECOND);
  world.takeSent();
  for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, reaction);
  return world;
}

const silent = (): Reaction => 'silent';
const servfail = (asked: Question): Reaction => reply(asked, { rcode: 'SERVFAIL', authoritative: false });

/** Asks and tells the answer's text and how long it took. */
function timed(world: World, text = 'www.example.com. A'): [text: string, micros: number] {
  const ticket = world.ask(text);
  const askedAt = world.now;
  world.settle();
  return [world.textOf(ticket), world.answers.get(ticket)!.at - askedAt];
}

describe('§5 S1: client response timer', () => {
  it('servers are silent: stale data after 1.8 s, TTL 30 (S5)', () => {
    expect(timed(expired(silent))).toEqual([STALE_WWW, 1_800 * MILLISECOND]);
  });

  it('servers answer in time: fresh data, no stale', () => {
    const world = expired(silent);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': EXAMPLE_ZONE });
    expect(timed(world)).toEqual([FRESH_WWW, 10 * MILLISECOND]);
  });

  it('keeps resolving after the stale answer, and caches what comes', () => {
    const world = expired(silent, {}, { firstTimeoutMicros: 5 * SECOND, timeout: 'fixed' });
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.serve(address, { 'example.com.': EXAMPLE_ZONE });
      world.rtt.set(address, 3 * SECOND);
    }
    expect(timed(world)).toEqual([STALE_WWW, 1_800 * MILLISECOND]);
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR cache/);
    expect(world.resolver.idle).toBe(true);
  });

  test.each([
    [0, 0],
    [500 * MILLISECOND, 500 * MILLISECOND],
    [undefined, 10 * SECOND],
  ])('timer of %s µs: stale data after %i µs', (clientTimerMicros, waited) => {
    const world = expired(
      silent,
      { clientTimerMicros },
      { sendsPerServer: 3, firstTimeoutMicros: 4 * SECOND, timeout: 'fixed' },
    );
    expect(timed(world)).toEqual([STALE_WWW, waited]);
  });

  it('servers fail at once: stale data at once', () => {
    expect(timed(expired(servfail))).toEqual([STALE_WWW, 30 * MILLISECOND]);
  });

  it('without stale data the failure is told', () => {
    const world = expired(servfail);
    expect(world.resolve('other.example.com. A')).toBe('SERVFAIL server-failure');
  });

  it('off: SERVFAIL', () => {
    const world = expired(servfail, {}, { serveStale: undefined });
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL server-failure');
  });
});

describe('§5 S2: failure recheck timer', () => {
  it('within 30 s of a failed refresh stale data go out at once and nothing is asked', () => {
    const world = expired(servfail);
    world.resolve('www.example.com. A');
    world.takeSent();
    const failedAt = world.now;
    for (const after of [1, 10, 29.9]) {
      world.pass(failedAt + after * SECOND - world.now);
      expect(timed(world)).toEqual([STALE_WWW, 0]);
    }
    expect(world.takeSent()).toEqual([]);
    world.pass(failedAt + 30 * SECOND - world.now);
    world.resolve('www.example.com. A');
    expect(world.takeSent().length).toBeGreaterThan(0);
  });
});

describe('§5 S3: query resolution timer', () => {
  it('an effort ends within the budget though the client was served long before', () => {
    const world = expired(silent);
    const askedAt = world.now;
    world.ask('www.example.com. A');
    world.settle();
    expect(world.now - askedAt).toBeLessThanOrEqual(RFC_REFERENCE.budgetMicros);
    expect(world.resolver.idle).toBe(true);
  });
});

describe('§5 S4: maximum stale timer', () => {
  test.each([
    [0, STALE_WWW],
    [86_399, STALE_WWW],
    [86_400, 'SERVFAIL server-failure'],
  ])('%i s after expiry: %s', (seconds, text) => {
    const world = expired(servfail, { maxStaleSeconds: 86_400 });
    world.pass(seconds * SECOND);
    expect(world.resolve('www.example.com. A')).toBe(text);
  });
});

describe('§5 S5: TTL of stale answers', () => {
  test.each([
    [30, false, 30],
    [30, true, 5],
    [1, false, 1],
    [1, true, 1],
  ])('answer TTL %i, capped at the original 5: %s: %i', (answerTtlSeconds, capAtOriginalTtl, shown) => {
    const world = World.standard(
      { serveStale: { ...STALE, answerTtlSeconds, capAtOriginalTtl } },
      EXAMPLE_ZONE.replace('www.example.com. 300', 'www.example.com. 5'),
    );
    world.resolve('www.example.com. A');
    world.pass(10 * SECOND);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, servfail);
    expect(world.resolve('www.example.com. A')).toBe(
      `NOERROR stale\nwww.example.com. ${shown} IN A 203.0.113.10`,
    );
  });
});

describe('§4 S6: what refreshes stale data', () => {
  it.each(['SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'] as const)('%s leaves them usable', (rcode) => {
    const world = expired((asked) => reply(asked, { rcode, authoritative: false }));
    expect(world.resolve('www.example.com. A')).toBe(STALE_WWW);
  });

  it('NXDOMAIN replaces them', () => {
    const world = expired((asked) =>
      reply(asked, { rcode: 'NXDOMAIN', authority: 'example.com. 60 SOA a. b. 1 1 1 1 60' }),
    );
    expect(world.resolve('www.example.com. A')).toMatch(/^NXDOMAIN fresh/);
    world.pass(61 * SECOND);
    world.kill(EXAMPLE_1, EXAMPLE_2);
    expect(world.resolve('www.example.com. A')).toMatch(/^NXDOMAIN stale/);
  });

  it('new data of TTL 0 end the old ones', () => {
    const world = expired((asked) => reply(asked, { answer: 'www.example.com. 0 A 203.0.113.11' }));
    expect(world.resolve('www.example.com. A')).toContain('203.0.113.11');
    world.kill(EXAMPLE_1, EXAMPLE_2);
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
  });
});

describe('§6: stale NXDOMAIN and aliases', () => {
  it.each([
    [true, /^NXDOMAIN stale\nexample.com. 30 IN SOA/],
    [false, /^SERVFAIL/],
  ])('nxdomain: %s', (nxdomain, text) => {
    const world = World.standard({ serveStale: { ...STALE, nxdomain } });
    world.resolve('nx.example.com. A');
    world.pass(300 * SECOND);
    world.kill(EXAMPLE_1, EXAMPLE_2);
    expect(world.resolve('nx.example.com. A')).toMatch(text);
  });

  it('a live CNAME with a stale target: only the target shows the stale TTL', () => {
    const world = World.standard({ serveStale: STALE });
    world.resolve('alias.example.com. A');
    world.pass(400 * SECOND);
    world.kill(EXAMPLE_1, EXAMPLE_2);
    expect(timed(world, 'alias.example.com. A')).toEqual([
      'NOERROR stale\nalias.example.com. 199 IN CNAME www.example.com.\nwww.example.com. 30 IN A 203.0.113.10',
      1_800 * MILLISECOND,
    ]);
  });
});

describe('§5 S7: the delegation is refreshed when no authority can be reached', () => {
  const MOVED = `
com. 900 SOA a.gtld-servers.net. x. 1 1 1 1 1
example.com. 172800 NS ns9.example.com.
ns9.example.com. 172800 A 192.0.2.9`;

  it('finds the new servers of a zone that has moved', () => {
    const world = expired(silent, {}, { serveStale: undefined });
    world.serve(COM_SERVER, { 'com.': MOVED });
    world.serve('192.0.2.9', { 'example.com.': EXAMPLE_ZONE });
    expect(world.resolve('www.example.com. A')).toBe(FRESH_WWW);
    world.takeSent();
    world.resolve('mail.example.com. MX');
    expect(world.takeSent()).toEqual(['192.0.2.9 mail.example.com. MX']);
  });

  it('replaces what the child said of itself', () => {
    const world = expired(silent, {}, { serveStale: undefined });
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': EXAMPLE_ZONE });
    world.resolve('example.com. NS');
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.serve(COM_SERVER, { 'com.': MOVED });
    world.serve('192.0.2.9', { 'example.com.': EXAMPLE_ZONE });
    expect(world.resolve('www.example.com. A')).toBe(FRESH_WWW);
  });

  it('once per effort: the same servers are not tried again', () => {
    const world = expired(silent, {}, { serveStale: undefined, budgetMicros: 100 * SECOND });
    world.resolve('www.example.com. A');
    const sent = world.takeSent();
    expect(sent.filter((line) => line.startsWith(COM_SERVER))).toHaveLength(1);
    expect(sent.filter((line) => line.startsWith('192.0.2.'))).toHaveLength(6);
    expect(sent.filter((line) => line.startsWith(ROOT_SERVER))).toHaveLength(0);
  });

  it('once per effort even when the parent names new servers that are silent too', () => {
    const failureSeconds = { first: 1, factor: 1, maximum: 300 };
    const world = expired(silent, {}, { serveStale: undefined, budgetMicros: 100 * SECOND, failureSeconds });
    let round = 0;
    world.servers.set(COM_SERVER, (asked) =>
      asked.name.endsWith('.net.')
        ? reply(asked, { answer: asked.type === 1 ? `${asked.name} 60 A 192.0.2.${100 + round}` : '' })
        : referral(asked, `example.com. 60 NS ns${++round}.hoster.net.`),
    );
    world.resolve('www.example.com. A');
    expect(round).toBe(1);
  });

  it('off: the parent is left alone', () => {
    const world = expired(
      silent,
      {},
      { serveStale: undefined, refreshDelegation: false, budgetMicros: 100 * SECOND },
    );
    world.resolve('www.example.com. A');
    expect(world.takeSent().filter((line) => line.startsWith(COM_SERVER))).toEqual([]);
  });
});
