/** Options and duties that no single RFC section covers. */
import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { parseName, ROOT } from '../../../src/dns/data/name.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  EXAMPLE_2,
  EXAMPLE_ZONE,
  ROOT_SERVER,
  referral,
  reply,
  World,
  zoneServer,
} from './harness.ts';

const WWW = 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10';

describe('prefetch', () => {
  const warm = (prefetch: World['resolver']['state']['options']['prefetch'], ttl = 300): World => {
    const world = World.standard(
      { prefetch },
      EXAMPLE_ZONE.replace('www.example.com. 300', `www.example.com. ${ttl}`),
    );
    world.resolve('www.example.com. A');
    world.takeSent();
    return world;
  };
  /** Queries caused by a hit `at` seconds after the data were stored. */
  const caused = (world: World, at: number): number => {
    world.pass(at * SECOND);
    world.ask('www.example.com. A');
    world.settle();
    return world.takeSent().length;
  };

  it.each([
    [{ remainingShare: 0.1 }, 300, 269, 0],
    [{ remainingShare: 0.1 }, 300, 270, 1],
    [{ remainingSeconds: 2, minimumOriginalSeconds: 9 }, 300, 297, 0],
    [{ remainingSeconds: 2, minimumOriginalSeconds: 9 }, 300, 298, 1],
    [{ remainingSeconds: 2, minimumOriginalSeconds: 9 }, 8, 7, 0],
    [{ remainingSeconds: 2, minimumOriginalSeconds: 9 }, 9, 7, 1],
    [undefined, 300, 299, 0],
  ])('%j, TTL %i: a hit after %i s sends %i queries', (prefetch, ttl, at, queries) => {
    expect(caused(warm(prefetch, ttl), at)).toBe(queries);
  });

  it('does not delay the answer, and renews the data', () => {
    const world = warm({ remainingShare: 0.1 });
    world.pass(290 * SECOND);
    const ticket = world.ask('www.example.com. A');
    expect(world.answers.get(ticket)).toMatchObject({ at: world.now });
    expect(world.textOf(ticket)).toBe('NOERROR cache\nwww.example.com. 10 IN A 203.0.113.10');
    world.settle();
    expect(world.resolve('www.example.com. A')).toBe('NOERROR cache\nwww.example.com. 300 IN A 203.0.113.10');
    expect(world.resolver.idle).toBe(true);
  });

  it('one refresh at a time, and none while the last one failed', () => {
    const world = warm({ remainingShare: 0.1 });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.pass(280 * SECOND);
    for (let i = 0; i < 5; i++) world.ask('www.example.com. A');
    expect(world.takeSent()).toHaveLength(1);
    world.settle();
    world.takeSent();
    world.ask('www.example.com. A');
    expect(world.takeSent()).toEqual([]);
    expect(world.textOf(7)).toMatch(/^NOERROR cache/);
  });

  it('leaves NS sets alone, which a child cannot extend', () => {
    const world = warm({ remainingShare: 0.1 });
    world.resolve('example.com. NS');
    world.pass(86_000 * SECOND);
    world.takeSent();
    expect(world.resolve('example.com. NS')).toMatch(/^NOERROR cache/);
    world.settle();
    expect(world.takeSent()).toEqual([]);
  });

  it('peek leaves a hit that must refresh to the step', () => {
    const world = warm({ remainingShare: 0.1 });
    const asked = { name: parseName('www.example.com.'), type: 1 };
    expect(world.resolver.peek(asked, world.now)).toBeDefined();
    expect(world.resolver.peek(asked, world.now + 290 * SECOND)).toBeUndefined();
  });
});

describe('parent- and child-centric resolvers', () => {
  // The parent says 2 days, the child 60 s.
  const CHILD = EXAMPLE_ZONE.replaceAll('example.com. 86400 NS', 'example.com. 60 NS');
  const asksParent = (credibility: 'child' | 'parent', volunteered = true): boolean => {
    const world = World.standard({ credibility, acceptVolunteeredNs: volunteered }, CHILD);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      const good = zoneServer({ 'example.com.': CHILD });
      world.servers.set(address, (asked, transport, now) => {
        const message = good(asked, transport, now);
        return typeof message === 'string'
          ? message
          : {
              ...message,
              authority: reply(asked, { authority: 'example.com. 60 NS ns1.example.com.' }).authority,
            };
      });
    }
    world.resolve('www.example.com. A');
    world.takeSent();
    world.pass(61 * SECOND);
    world.resolve('mail.example.com. MX');
    return world.takeSent().some((line) => line.startsWith(COM_SERVER));
  };

  it("child-centric: the child's shorter TTL sends it back to the parent", () => {
    expect(asksParent('child')).toBe(true);
  });

  it('unless the NS set was only volunteered and such are not taken', () => {
    expect(asksParent('child', false)).toBe(false);
  });

  it("parent-centric: the referral's TTL holds", () => {
    expect(asksParent('parent')).toBe(false);
  });

  it("a parent-centric resolver still answers NS with the child's data", () => {
    const world = World.standard({ credibility: 'parent' }, CHILD);
    expect(world.resolve('example.com. NS')).toContain('example.com. 60 IN NS ns1.example.com.');
  });

  it.each(['child', 'parent'] as const)(
    '%s-centric: a removed delegation dies with the referral',
    (credibility) => {
      const world = World.standard({ credibility });
      world.resolve('example.com. NS');
      world.serve(COM_SERVER, { 'com.': 'com. 900 SOA a. b. 1 1 1 1 900' });
      for (let hours = 0; hours < 48; hours += 6) {
        world.pass(6 * 3600 * SECOND);
        world.resolve('example.com. NS');
      }
      expect(world.resolve('www.example.com. A')).toMatch(/^NXDOMAIN/);
    },
  );
});

describe('configured zones', () => {
  const zone = parseName('example.com.');
  const stub = { zone, mode: 'stub', addresses: ['192.0.2.50'], fallback: false } as const;

  it('a stub zone is asked for without its parents', () => {
    const world = World.standard({ configuredZones: [stub] });
    world.serve('192.0.2.50', { 'example.com.': EXAMPLE_ZONE });
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent()).toEqual(['192.0.2.50 www.example.com. A']);
  });

  it.each([
    [false, 'SERVFAIL no-reachable-server'],
    [true, WWW],
  ])('fallback %s after its servers are silent', (fallback, text) => {
    const world = World.standard({ configuredZones: [{ ...stub, fallback }], budgetMicros: 60 * SECOND });
    world.kill('192.0.2.50');
    expect(world.resolve('www.example.com. A')).toBe(text);
    expect(world.takeSent().filter((line) => line.startsWith('192.0.2.50'))).toHaveLength(3);
  });

  it('a forwarder gives the whole answer, chain and all, without AA', () => {
    const forward = { zone: ROOT, mode: 'forward', addresses: ['192.0.2.60'], fallback: false } as const;
    const world = new World({ configuredZones: [forward], qnameMinimisation: 'strict' });
    world.servers.set('192.0.2.60', (asked) =>
      reply(asked, {
        authoritative: false,
        recursionAvailable: true,
        answer: 'a.example.com. 60 CNAME b.example.net.\nb.example.net. 30 A 203.0.113.1',
      }),
    );
    const text = 'a.example.com. 60 IN CNAME b.example.net.\nb.example.net. 30 IN A 203.0.113.1';
    expect(world.resolve('a.example.com. A')).toBe(`NOERROR fresh\n${text}`);
    expect(world.resolve('a.example.com. A')).toBe(`NOERROR cache\n${text}`);
    expect(world.takeSent()).toEqual(['192.0.2.60 a.example.com. A']);
  });

  it("a forwarder's NXDOMAIN and SERVFAIL", () => {
    const forward = { zone: ROOT, mode: 'forward', addresses: ['192.0.2.60'], fallback: false } as const;
    const world = new World({ configuredZones: [forward] });
    world.servers.set('192.0.2.60', (asked) =>
      asked.name.startsWith('nx')
        ? reply(asked, { authoritative: false, rcode: 'NXDOMAIN', authority: '. 60 SOA a. b. 1 1 1 1 20' })
        : reply(asked, { authoritative: false, rcode: 'SERVFAIL' }),
    );
    expect(world.resolve('nx. A')).toBe('NXDOMAIN fresh\n. 20 IN SOA a. b. 1 1 1 1 20');
    expect(world.resolve('www. A')).toBe('SERVFAIL server-failure');
  });
});

describe('priming (RFC 8109)', () => {
  it('asks a hint for the root NS set first, once', () => {
    const world = World.standard({ priming: true });
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    world.resolve('www.example.net. A');
    expect(world.takeSent().filter((line) => line.startsWith(ROOT_SERVER))).toEqual([
      `${ROOT_SERVER} . NS`,
      `${ROOT_SERVER} www.example.com. A`,
      `${ROOT_SERVER} www.example.net. A`,
    ]);
  });

  it('goes on with the hints when nobody answers', () => {
    const world = World.standard({ priming: true });
    const root = world.servers.get(ROOT_SERVER)!;
    world.servers.set(ROOT_SERVER, (asked, transport, now) =>
      asked.type === 2 ? 'unreachable' : root(asked, transport, now),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });

  it('uses the answer rather than the hints', () => {
    const world = new World({ priming: true });
    world.servers.set(ROOT_SERVER, (asked) =>
      reply(asked, { answer: '. 60 NS b.root.', additional: 'b.root. 60 A 192.0.2.99' }),
    );
    world.servers.set('192.0.2.99', (asked) => reply(asked, { answer: `${asked.name} 60 A 203.0.113.9` }));
    expect(world.resolve('www. A')).toBe('NOERROR fresh\nwww. 60 IN A 203.0.113.9');
  });
});

describe('limits', () => {
  it('maximumOutstanding: more requests are refused at once', () => {
    const world = World.standard({ maximumOutstanding: 2 });
    const tickets = ['a', 'b', 'c'].map((label) => world.ask(`${label}.example.com. A`));
    expect(world.textOf(tickets[2]!)).toBe('SERVFAIL limit');
    world.settle();
    expect(world.ask('d.example.com. A')).toBe(4);
    world.settle();
    expect(world.textOf(4)).toMatch(/^NXDOMAIN/);
  });

  it('maximumQueries: a zone that leads in circles costs no more', () => {
    const world = new World({ maximumQueries: 10, budgetMicros: 100 * SECOND });
    let count = 0;
    world.servers.set(ROOT_SERVER, (asked) => referral(asked, `${asked.name} 60 NS ns${count++}.x${count}.`));
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
    world.settle();
    expect(world.takeSent().length).toBeLessThanOrEqual(10);
    expect(world.resolver.idle).toBe(true);
  });

  it('budgetMicros: SERVFAIL with the reason', () => {
    const world = World.standard({ budgetMicros: SECOND, firstTimeoutMicros: 5 * SECOND });
    world.rtt.set(COM_SERVER, 990 * MILLISECOND);
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL budget');
    expect(world.now).toBe(SECOND);
  });

  it('nothing goes on behind a request that ran out of time', () => {
    const world = World.standard({ budgetMicros: 3 * SECOND });
    world.serve(COM_SERVER, {
      'com.': 'com. 60 SOA a. b. 1 1 1 1 1\nexample.com. 60 NS ns.hoster.net.',
      'net.': 'net. 60 SOA a. b. 1 1 1 1 1\nhoster.net. 60 NS ns.hoster.net.\nns.hoster.net. 60 A 192.0.2.9',
    });
    const ticket = world.ask('www.example.com. A');
    world.pass(3 * SECOND);
    expect(world.textOf(ticket)).toMatch(/^SERVFAIL/);
    expect(world.resolver.idle).toBe(true);
    expect(world.resolver.state.fetches.size).toBe(0);
  });

  it('ANY is not resolved', () => {
    expect(World.standard().resolve('www.example.com. ANY')).toBe('NOTIMP limit');
  });

  it('without RD only the cache answers', () => {
    const world = World.standard();
    const actions: unknown[] = [];
    const question = { name: parseName('www.example.com.'), type: 1 };
    world.resolver.step({ kind: 'query', ticket: 1, question, recursionDesired: false }, 0, actions as never);
    expect(actions).toMatchObject([{ kind: 'answer', answer: { rcode: 'REFUSED' } }]);
    world.resolve('www.example.com. A');
    actions.length = 0;
    world.resolver.step(
      { kind: 'query', ticket: 2, question, recursionDesired: false },
      world.now,
      actions as never,
    );
    expect(actions).toMatchObject([{ kind: 'answer', answer: { rcode: 'NOERROR', reason: 'cache' } }]);
  });
});

describe('flushing', () => {
  it.each([
    ['all', (world: World) => world.resolver.flush(), 3],
    ['the name', (world: World) => world.resolver.flushName(parseName('www.example.com.')), 1],
    ['the zone', (world: World) => world.resolver.flushName(parseName('example.com.'), true), 2],
    ['another name', (world: World) => world.resolver.flushName(parseName('mail.example.com.')), 0],
  ])('%s: queries needed afterwards', (_, flush, queries) => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    world.takeSent();
    flush(world);
    world.resolve('www.example.com. A');
    expect(world.takeSent()).toHaveLength(queries);
  });

  it('forgets failures too', () => {
    const world = World.standard({ budgetMicros: SECOND });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.resolve('www.example.com. A');
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': EXAMPLE_ZONE });
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL failure-cache');
    world.resolver.flushName(parseName('www.example.com.'));
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });
});

describe('lameness', () => {
  it.each([
    [0, 2],
    [60, 1],
  ])('remembered for %i s: queries for the next name', (lameSeconds, queries) => {
    const world = World.standard({ lameSeconds });
    world.servers.set(EXAMPLE_1, (asked) => reply(asked, { rcode: 'REFUSED', authoritative: false }));
    world.resolve('www.example.com. A');
    world.takeSent();
    world.resolve('mail.example.com. MX');
    expect(world.takeSent()).toHaveLength(queries);
  });
});

describe('quarantine', () => {
  const quarantine = {
    afterTimeouts: 2,
    firstMicros: 10 * SECOND,
    factor: 2,
    maximumMicros: 60 * SECOND,
    leastTimeoutMicros: 0,
    bypassShare: 0,
    probesOnce: true,
  };
  const dead = (): World => {
    const world = World.standard({
      quarantine,
      budgetMicros: 60 * SECOND,
      failureSeconds: { first: 1, factor: 1, maximum: 1 },
    });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.resolve('a.example.com. A');
    return world;
  };
  const toZone = (world: World): number =>
    world.takeSent().filter((line) => line.startsWith('192.0.2.')).length;

  it('while every address is out, names fail at once and nothing is sent to them', () => {
    const world = dead();
    expect(toZone(world)).toBe(4);
    const askedAt = world.now;
    expect(world.resolve('b.example.com. A')).toBe('SERVFAIL no-reachable-server');
    expect(toZone(world)).toBe(0);
    expect(world.now - askedAt).toBeLessThanOrEqual(10 * MILLISECOND);
  });

  it('then one probe goes out, and others wait for what it tells', () => {
    const world = dead();
    world.pass(10 * SECOND);
    world.takeSent();
    for (const label of ['c', 'd', 'e', 'f']) world.ask(`${label}.example.com. A`);
    expect(toZone(world)).toBe(2);
  });
});

describe('DS belongs to the parent (RFC 4035 §3.1.4.1)', () => {
  it('is asked there though the zone itself is known', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    world.takeSent();
    expect(world.resolve('example.com. DS')).toMatch(/^NOERROR fresh\ncom. 900 IN SOA/);
    expect(world.takeSent()).toEqual([`${COM_SERVER} example.com. DS`]);
  });

  it('a parent that only refers to the child is not followed', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) =>
      referral(asked, 'example.com. 60 NS ns1.example.com.', `ns1.example.com. 60 A ${EXAMPLE_1}`),
    );
    expect(world.resolve('example.com. DS')).toBe('NOERROR fresh');
    expect(world.takeSent().some((line) => line.startsWith(EXAMPLE_1))).toBe(false);
  });
});

describe('address family', () => {
  const dual = (options: ConstructorParameters<typeof World>[0]): string => {
    const world = new World(options);
    world.servers.set(ROOT_SERVER, (asked) =>
      referral(asked, 'com. 60 NS ns.com.', 'ns.com. 60 A 192.0.2.10\nns.com. 60 AAAA 2001:db8::10'),
    );
    for (const address of ['192.0.2.10', '2001:db8::10']) {
      world.servers.set(address, (asked) => reply(asked, { answer: `${asked.name} 60 A 203.0.113.1` }));
    }
    world.resolve('www.com. A');
    return world.takeSent()[1]!.split(' ')[0]!;
  };

  it.each([
    [{ preferIpv6: false }, '192.0.2.10'],
    [{ preferIpv6: true }, '2001:db8::10'],
    [{ useIpv6: false, preferIpv6: true }, '192.0.2.10'],
  ])('%j asks %s', (options, address) => {
    expect(dual(options)).toBe(address);
  });

  it('useIpv4 false leaves IPv6 only, in the hints as well', () => {
    const world = new World({ useIpv4: false, rootHints: { 'a.': [ROOT_SERVER, '2001:db8::1'] } });
    world.ask('www.com. A');
    expect(world.takeSent()).toEqual(['2001:db8::1 www.com. A']);
  });
});

describe('a trace tells what happens', () => {
  it('step by step, with stable codes', () => {
    const world = World.standard({ qnameMinimisation: 'relaxed' });
    world.resolver.tracing = true;
    world.servers.set(EXAMPLE_1, () => 'silent');
    world.resolve('alias.example.com. A');
    world.resolve('alias.example.com. A');
    expect(world.notes.map(({ code, text }) => `${code}: ${text}`)).toEqual([
      'ask: asks a.root-servers.net. (198.41.0.4) of . for com. A',
      'referral: referral to com., cached for 172800 s',
      'ask: asks a.gtld-servers.net. (192.5.6.30) of com. for example.com. A',
      'referral: referral to example.com., cached for 172800 s',
      'ask: asks ns1.example.com. (192.0.2.1) of example.com. for alias.example.com. A',
      'server-timeout: ns1.example.com. (192.0.2.1) timed out after 400 ms',
      'ask: asks ns2.example.com. (192.0.2.2) of example.com. for alias.example.com. A',
      'answer: alias.example.com. A: answered, cached for 600 s',
      'alias: alias.example.com. is an alias of www.example.com.',
      'ask: asks ns1.example.com. (192.0.2.1) of example.com. for www.example.com. A',
      'server-timeout: ns1.example.com. (192.0.2.1) timed out after 800 ms',
      'ask: asks ns2.example.com. (192.0.2.2) of example.com. for www.example.com. A',
      'answer: www.example.com. A: answered, cached for 300 s',
      'cache-hit: answers alias.example.com. A from its cache, 300 s left',
    ]);
  });

  it('says nothing when it is off', () => {
    const world = World.standard();
    world.resolve('alias.example.com. A');
    expect(world.notes).toEqual([]);
  });
});

describe('causes', () => {
  it('an answer tells who gave it and when', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    const storedAt = world.now;
    world.pass(10 * SECOND);
    const ticket = world.ask('www.example.com. A');
    expect(world.answers.get(ticket)?.answer).toMatchObject({ from: EXAMPLE_1, storedAt, ttl: 290 });
  });

  it('events of exchanges and timers that are unknown do nothing', () => {
    const world = World.standard();
    const actions: unknown[] = [];
    world.resolver.step({ kind: 'timeout', exchange: 99 }, 0, actions as never);
    world.resolver.step({ kind: 'timer', timer: 99 }, 0, actions as never);
    expect(actions).toEqual([]);
  });
});
