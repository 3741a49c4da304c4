/** RFC 1034 §5: resolvers. TTLs, aliases, restarts, broken delegations. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/base/time.ts';
import type { ResolverAction } from '../../src/dns/resolve/protocol.ts';
import { RFC_ANSWER_RULES } from '../../src/dns/resolve/rules.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  EXAMPLE_2,
  EXAMPLE_ZONE,
  question,
  ROOT_SERVER,
  referral,
  reply,
  World,
} from '../dns/resolve/harness.ts';

const WWW = 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10';

describe('TTL count-down (R2, RFC 1035 §3.2.1)', () => {
  const CASES: readonly (readonly [seconds: number, text: string])[] = [
    [0, 'NOERROR cache\nwww.example.com. 300 IN A 203.0.113.10'],
    [1, 'NOERROR cache\nwww.example.com. 299 IN A 203.0.113.10'],
    [2.5, 'NOERROR cache\nwww.example.com. 298 IN A 203.0.113.10'],
    [299, 'NOERROR cache\nwww.example.com. 1 IN A 203.0.113.10'],
    [299.999999, 'NOERROR cache\nwww.example.com. 1 IN A 203.0.113.10'],
    [300, WWW],
    [300.000001, WWW],
  ];
  test.each(CASES)('after %d s: %s', (seconds, text) => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    world.pass(seconds * SECOND);
    expect(world.resolve('www.example.com. A')).toBe(text);
  });

  it('a grace second keeps data usable with TTL 0, as whole-second clocks do', () => {
    const world = World.standard({ expiryGraceSeconds: 1 });
    world.resolve('www.example.com. A');
    world.pass(300.5 * SECOND);
    expect(world.resolve('www.example.com. A')).toBe('NOERROR cache\nwww.example.com. 0 IN A 203.0.113.10');
    world.pass(0.5 * SECOND);
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });
});

describe('without RD (§4.3.1)', () => {
  const answers = (withoutRecursion: 'refuse' | 'referral', warm: readonly string[]): unknown => {
    const world = World.standard({ answerRules: { ...RFC_ANSWER_RULES, withoutRecursion } });
    for (const name of warm) world.resolve(name);
    world.pass(100 * SECOND);
    const actions: ResolverAction[] = [];
    const event = { ticket: 99, question: question('ftp.example.com. A'), recursionDesired: false };
    world.resolver.step({ kind: 'query', ...event }, world.now, actions);
    return actions.flatMap((action) => {
      if (action.kind === 'send') return `asks for ${action.question.name} ${action.question.type}`;
      if (action.kind !== 'answer') return [];
      return [action.answer.rcode, ...action.answer.authority.map(({ name, ttl }) => `${name} ${ttl}`)];
    });
  };
  test.each([
    ['refuse', [], ['REFUSED']],
    ['referral', ['www.example.com. A'], ['NOERROR', 'example.com. 172700']],
    ['referral', ['example.com. NS'], ['NOERROR', 'example.com. 86300']],
    ['referral', [], ['asks for . 2']],
  ] as const)('%s after %j: %j', (rule, warm, expected) => {
    expect(answers(rule, warm)).toEqual(expected);
  });
});

describe('TTL 0 (R3, RFC 1035 §3.2.1)', () => {
  const ZERO = EXAMPLE_ZONE.replace('www.example.com. 300', 'www.example.com. 0');

  it('is good for the transaction and not for the next', () => {
    const world = World.standard({}, ZERO);
    const text = 'NOERROR fresh\nwww.example.com. 0 IN A 203.0.113.10';
    expect(world.resolve('www.example.com. A')).toBe(text);
    expect(world.resolve('www.example.com. A')).toBe(text);
    expect(world.takeSent().filter((line) => line.startsWith(EXAMPLE_1))).toHaveLength(2);
  });

  it('serves every client that waits for it', () => {
    const world = World.standard({}, ZERO);
    const tickets = [
      world.ask('www.example.com. A'),
      world.ask('www.example.com. A'),
      world.ask('alias.example.com. A'),
    ];
    world.settle();
    expect(tickets.map((ticket) => world.textOf(ticket))).toEqual([
      'NOERROR fresh\nwww.example.com. 0 IN A 203.0.113.10',
      'NOERROR fresh\nwww.example.com. 0 IN A 203.0.113.10',
      'NOERROR fresh\nalias.example.com. 600 IN CNAME www.example.com.\nwww.example.com. 0 IN A 203.0.113.10',
    ]);
  });
});

describe('§3.6.2 aliases (R6)', () => {
  it('follows a CNAME; each link keeps its own TTL', () => {
    const world = World.standard();
    const fresh = world.resolve('alias.example.com. A');
    expect(fresh).toBe(
      'NOERROR fresh\nalias.example.com. 600 IN CNAME www.example.com.\nwww.example.com. 300 IN A 203.0.113.10',
    );
    world.pass(100 * SECOND);
    expect(world.resolve('alias.example.com. A')).toBe(
      'NOERROR cache\nalias.example.com. 500 IN CNAME www.example.com.\nwww.example.com. 200 IN A 203.0.113.10',
    );
    world.takeSent();
    world.pass(200 * SECOND);
    expect(world.resolve('alias.example.com. A')).toBe(
      'NOERROR fresh\nalias.example.com. 300 IN CNAME www.example.com.\nwww.example.com. 300 IN A 203.0.113.10',
    );
    expect(world.takeSent()).toEqual([`${EXAMPLE_1} www.example.com. A`]);
  });

  it("the answer's ttl is the smallest of the chain", () => {
    const world = World.standard();
    const ticket = world.ask('alias.example.com. A');
    world.settle();
    expect(world.answers.get(ticket)?.answer).toMatchObject({ ttl: 300, from: EXAMPLE_1 });
  });

  it('a CNAME query is not followed', () => {
    const world = World.standard();
    expect(world.resolve('alias.example.com. CNAME')).toBe(
      'NOERROR fresh\nalias.example.com. 600 IN CNAME www.example.com.',
    );
  });

  const chain = (length: number): string =>
    Array.from({ length }, (_, i) => `c${i}.example.com. 60 CNAME c${i + 1}.example.com.`).join('\n') +
    `\nc${length}.example.com. 60 A 203.0.113.10\nexample.com. 60 SOA a. b. 1 1 1 1 1`;

  test.each([
    [11, 'NOERROR fresh'],
    [12, 'SERVFAIL loop'],
  ])('a chain of %i CNAMEs gives %s', (length, start) => {
    const world = World.standard({}, chain(length));
    expect(world.resolve('c0.example.com. A').split('\n')[0]).toBe(start);
  });

  test.each([
    ['a CNAME to itself', 'l0.example.com. 60 CNAME l0.example.com.'],
    ['a loop of two', 'l0.example.com. 60 CNAME l1.example.com.\nl1.example.com. 60 CNAME l0.example.com.'],
  ])('%s is found out, and costs no query the second time', (_, records) => {
    const world = World.standard({}, `${records}\nexample.com. 60 SOA a. b. 1 1 1 1 1`);
    expect(world.resolve('l0.example.com. A')).toBe('SERVFAIL loop');
    world.takeSent();
    expect(world.resolve('l0.example.com. A')).toBe('SERVFAIL loop');
    expect(world.takeSent()).toEqual([]);
    expect(world.resolver.idle).toBe(true);
  });

  it('asks for each link by itself, or takes the whole chain of one reply where it is trusted', () => {
    const asked = (chainTrust: 'first-link' | 'whole'): number => {
      const world = World.standard({ chainTrust }, chain(3));
      world.resolve('c0.example.com. A');
      return world.takeSent().filter((line) => line.startsWith(EXAMPLE_1)).length;
    };
    expect(asked('first-link')).toBe(4);
    expect(asked('whole')).toBe(1);
  });
});

describe('§5.3.3 servers that are of no use', () => {
  const BAD: readonly (readonly [string, Parameters<typeof reply>[1]])[] = [
    ['SERVFAIL', { rcode: 'SERVFAIL', authoritative: false }],
    ['REFUSED', { rcode: 'REFUSED', authoritative: false }],
    ['FORMERR', { rcode: 'FORMERR', authoritative: false }],
    ['NOTIMP', { rcode: 'NOTIMP', authoritative: false }],
    ['an upward referral', { authoritative: false, authority: '. 60 NS a.root-servers.net.' }],
    [
      'a referral to the zone itself',
      { authoritative: false, authority: 'example.com. 60 NS ns1.example.com.' },
    ],
    [
      'a referral aside',
      { authoritative: false, authority: 'other.com. 60 NS ns1.other.com.\ncom. 60 NS x.' },
    ],
  ];

  test.each(BAD)('%s: the next server is asked', (_, sections) => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) => reply(asked, sections));
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent().slice(2)).toEqual([
      `${EXAMPLE_1} www.example.com. A`,
      `${EXAMPLE_2} www.example.com. A`,
    ]);
  });

  test.each(BAD)('%s from every server: SERVFAIL, each asked once', (_, sections) => {
    const world = World.standard({ refreshDelegation: false });
    for (const address of [EXAMPLE_1, EXAMPLE_2])
      world.servers.set(address, (asked) => reply(asked, sections));
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL server-failure');
    expect(world.takeSent().slice(2)).toHaveLength(2);
  });

  it('an unreachable server costs no time', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, () => 'unreachable');
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.now).toBe(30 * MILLISECOND);
  });

  it('a reply to another question is not taken', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) => ({
      ...reply(asked, { answer: 'www.example.com. 60 A 203.0.113.99' }),
      question: { ...asked, type: 28 },
    }));
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });
});

describe('§5.3.3 replies that say nothing about the question', () => {
  it('an answer to something else counts as none: NODATA, not cached', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) => reply(asked, { answer: 'mail.example.com. 60 A 203.0.113.99' }));
    expect(world.resolve('www.example.com. A')).toBe('NOERROR fresh');
  });
});

describe('RFC 9499 lame delegation: data without AA', () => {
  const noAa = (ra: boolean) => (asked: Parameters<typeof reply>[0]) =>
    reply(asked, {
      authoritative: false,
      recursionAvailable: ra,
      answer: 'www.example.com. 60 A 203.0.113.7',
    });
  const NON_AA = 'NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.7';

  test.each([
    ['accept', false, NON_AA],
    ['accept', true, NON_AA],
    ['last-resort', false, NON_AA],
    ['last-resort', true, WWW],
    ['lame', false, WWW],
    ['lame', true, WWW],
  ] as const)('%s, RA %s', (nonAuthoritative, ra, text) => {
    const world = World.standard({ nonAuthoritative });
    world.servers.set(EXAMPLE_1, noAa(ra));
    expect(world.resolve('www.example.com. A')).toBe(text);
  });

  it('a recursive resolver is believed when nobody else answers', () => {
    const world = World.standard({ refreshDelegation: false });
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, noAa(true));
    expect(world.resolve('www.example.com. A')).toBe(NON_AA);
    expect(world.takeSent().slice(2)).toHaveLength(2);
  });
});

describe('§5.3.3 missing glue', () => {
  const GLUELESS = `
com. 900 SOA a.gtld-servers.net. x. 1 1 1 1 1
example.com. 172800 NS ns.hoster.net.`;
  const net = (records: string): string => `net. 900 SOA a.gtld-servers.net. x. 1 1 1 1 1\n${records}`;

  it('looks the server up', () => {
    const world = World.standard({ useIpv6: false });
    world.serve(COM_SERVER, {
      'com.': GLUELESS,
      'net.': net('hoster.net. 60 NS ns.hoster.net.\nns.hoster.net. 60 A 192.0.2.9'),
    });
    const hoster = 'hoster.net. 60 SOA a. b. 1 1 1 1 1\nns.hoster.net. 60 A 192.0.2.9';
    world.serve('192.0.2.9', { 'example.com.': EXAMPLE_ZONE, 'hoster.net.': hoster });
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent()).toEqual([
      `${ROOT_SERVER} www.example.com. A`,
      `${COM_SERVER} www.example.com. A`,
      `${ROOT_SERVER} ns.hoster.net. A`,
      `${COM_SERVER} ns.hoster.net. A`,
      '192.0.2.9 ns.hoster.net. A',
      '192.0.2.9 www.example.com. A',
    ]);
  });

  it('a second operator is looked up before the silent servers of the first are asked again', () => {
    const world = World.standard();
    world.serve(COM_SERVER, {
      'com.': `${GLUELESS}\nexample.com. 172800 NS ns1.example.com.\nns1.example.com. 172800 A ${EXAMPLE_1}`,
      'net.': net('hoster.net. 60 NS ns.hoster.net.\nns.hoster.net. 60 A 192.0.2.9'),
    });
    const hoster = 'hoster.net. 60 SOA a. b. 1 1 1 1 1\nns.hoster.net. 60 A 192.0.2.9';
    world.serve('192.0.2.9', { 'example.com.': EXAMPLE_ZONE, 'hoster.net.': hoster });
    world.kill(EXAMPLE_1);
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent().filter((line) => line.startsWith(EXAMPLE_1))).toHaveLength(1);
  });

  it('tries AAAA when there is no A, in the order preferred', () => {
    const world = World.standard({ preferIpv6: false });
    world.serve(COM_SERVER, {
      'com.': GLUELESS,
      'net.': net('hoster.net. 60 NS ns.hoster.net.\nns.hoster.net. 60 AAAA 2001:db8::9'),
    });
    world.serve('2001:db8::9', {
      'example.com.': EXAMPLE_ZONE,
      'hoster.net.': 'hoster.net. 60 SOA a. b. 1 1 1 1 60\nns.hoster.net. 60 AAAA 2001:db8::9',
    });
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent().slice(-3)).toEqual([
      '2001:db8::9 ns.hoster.net. A',
      '2001:db8::9 ns.hoster.net. AAAA',
      '2001:db8::9 www.example.com. A',
    ]);
  });

  it('without IPv6 an AAAA-only server is no server', () => {
    const world = World.standard({ useIpv6: false });
    world.serve(COM_SERVER, {
      'com.': GLUELESS,
      'net.': net('hoster.net. 60 NS ns.hoster.net.\nns.hoster.net. 60 AAAA 2001:db8::9'),
    });
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
    expect(world.takeSent().filter((line) => line.startsWith('2001'))).toEqual([]);
  });

  test.each([
    ['does not exist', 'net. 900 SOA a.gtld-servers.net. x. 1 1 1 1 1', 'SERVFAIL server-failure'],
    ['is served by the zone itself', net('hoster.net. 60 NS www.example.com.'), 'SERVFAIL loop'],
  ])('a server whose name %s: %s', (_, netZone, text) => {
    const world = World.standard();
    world.serve(COM_SERVER, { 'com.': GLUELESS, 'net.': netZone });
    expect(world.resolve('www.example.com. A')).toBe(text);
    expect(world.resolver.idle).toBe(true);
  });

  it('in-domain servers without glue are asked for at the parent, then given up (RFC 9471 §2.1)', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) => referral(asked, 'example.com. 60 NS ns1.example.com.'));
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
    const sent = world.takeSent().filter((line) => line.startsWith(COM_SERVER));
    expect(sent).toEqual([
      `${COM_SERVER} www.example.com. A`,
      `${COM_SERVER} ns1.example.com. A`,
      `${COM_SERVER} ns1.example.com. AAAA`,
      `${COM_SERVER} ns1.example.com. AAAA`,
    ]);
    expect(world.resolver.idle).toBe(true);
  });

  it('expired glue of an in-domain server is fetched again from the parent', () => {
    const world = World.standard();
    const com = (asked: Parameters<typeof referral>[0]) =>
      referral(asked, 'example.com. 3600 NS ns1.example.com.', `ns1.example.com. 60 A ${EXAMPLE_1}`);
    world.servers.set(COM_SERVER, com);
    world.resolve('www.example.com. A');
    world.takeSent();
    world.pass(61 * SECOND);
    expect(world.resolve('mail.example.com. MX')).toMatch(/^NOERROR fresh/);
    expect(world.takeSent()).toEqual([
      `${COM_SERVER} mail.example.com. MX`,
      `${EXAMPLE_1} mail.example.com. MX`,
    ]);
  });
});

describe('§5.3.3 retries and time-outs', () => {
  it('a silent server: the next one after the time-out', () => {
    const world = World.standard();
    world.kill(EXAMPLE_1);
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent().slice(2)).toEqual([
      `${EXAMPLE_1} www.example.com. A`,
      `${EXAMPLE_2} www.example.com. A`,
    ]);
    expect(world.now).toBe((10 + 10 + 400 + 10) * MILLISECOND);
  });

  it('TC over TCP: the next server', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) =>
      reply(asked, { truncated: true, answer: 'www.example.com. 300 A 203.0.113.99' }),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });

  it('a truncated reply: the same server over TCP', () => {
    const world = World.standard();
    const zone = world.servers.get(EXAMPLE_1)!;
    world.servers.set(EXAMPLE_1, (asked, transport, now) =>
      transport === 'udp' ? reply(asked, { truncated: true }) : zone(asked, transport, now),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent().slice(2)).toEqual([
      `${EXAMPLE_1} www.example.com. A`,
      `${EXAMPLE_1} www.example.com. A tcp`,
    ]);
  });
});

describe('§3.6.2: a CNAME beside other data', () => {
  const ALIAS = 'www.example.com. 60 CNAME mail.example.com.';
  const DATA = 'www.example.com. 60 A 203.0.113.99';

  test.each([
    ['the data', `${DATA}\n${ALIAS}`, /^NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.99$/],
    ['the alias', `${ALIAS}\n${DATA}`, /^NOERROR fresh\nwww.example.com. 60 IN CNAME mail.example.com.\n/],
  ])('what stands first counts: %s', (_what, answer, expected) => {
    const world = World.standard();
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      const usual = world.servers.get(address)!;
      world.servers.set(address, (asked, transport, now) =>
        asked.name === 'www.example.com.' ? reply(asked, { answer }) : usual(asked, transport, now),
      );
    }
    expect(world.resolve('www.example.com. A')).toMatch(expected);
  });
});
