/** RFC 8198: aggressive use of the DNSSEC-validated cache, from zones that are signed. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { parseName } from '../../src/dns/data/name.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import type { Zone } from '../../src/dns/zone/zone.ts';
import { COM_SERVER, type World } from '../dns/resolve/harness.ts';
import { AGGRESSIVE, APEX, asks, COM_DS, EXAMPLE_DS, signedWorld, zoneOf } from './signed-world.ts';

/** The gaps: apex, a, b.c (so c is an empty non-terminal), d (a delegation), f (an alias), ns1, ns2, and back. */
const EXAMPLE = `${APEX}
ns1.example.com. 86400 A 192.0.2.1
ns2.example.com. 86400 A 192.0.2.2
a.example.com. 300 A 203.0.113.1
b.c.example.com. 300 A 203.0.113.2
d.example.com. 300 NS ns1.example.com.
f.example.com. 300 CNAME a.example.com.
`;
const ORIGIN = parseName('example.com.');
const SIGNED = zoneOf('example.com.', EXAMPLE, 'nsec');
/** Questions whose negative answers bring every gap. */
const LESSONS = ['0.example.com. A', 'aa.example.com. A', 'ca.example.com. A', 'e.example.com. A'].concat([
  'g.example.com. A',
  'ns1.example.com. MX',
  'ns2.example.com. MX',
  'zz.example.com. A',
]);

/** A resolver that has asked these questions. */
function taught(
  lessons: readonly string[] = LESSONS,
  example: Zone = SIGNED,
  more: { options?: Partial<ResolverOptions>; without?: readonly string[] } = {},
): World {
  const world = signedWorld({ example, ...more });
  for (const lesson of lessons) world.resolve(lesson);
  return world;
}

const OFF = { cacheRules: { ...RFC_REFERENCE.cacheRules, aggressiveNsec: false } };
const head = (world: World, text: string): readonly [string, number] => {
  const [answer, queries] = asks(world, text);
  return [answer.split('\n')[0]!, queries];
};

describe('§5.1, §5.4: what the proofs deny without a query', () => {
  test.each([
    ['ab.example.com. A', 'NXDOMAIN cache', 'lies between two owners'],
    ['x.y.example.com. A', 'NXDOMAIN cache', 'so does its closest encloser'],
    ['z.example.com. MX', 'NXDOMAIN cache', 'after the last owner'],
    ['a.c.example.com. A', 'NXDOMAIN cache', 'below an empty non-terminal'],
    ['x.a.example.com. A', 'NXDOMAIN cache', 'below a name that exists'],
    ['ns1.example.com. AAAA', 'NOERROR cache', 'the owner has other types'],
    ['c.example.com. A', 'NOERROR cache', 'an empty non-terminal'],
    ['example.com. TXT', 'NOERROR cache', 'the apex'],
  ])('%s: %s, %s', (text, answer) => {
    expect(head(taught(), text)).toEqual([answer, 0]);
    expect(head(taught(LESSONS, SIGNED, { options: OFF }), text)[1]).toBeGreaterThan(0);
  });

  test.each([
    ['a.example.com. A', 'the type exists'],
    ['d.example.com. A', 'a zone cut speaks for NS only (RFC 6840 §4.1)'],
    ['x.d.example.com. A', 'below a zone cut'],
    ['f.example.com. MX', 'an alias'],
    ['ab.example.com. DS', 'DS stands at the parent side'],
  ])('%s is asked for: %s', (text) => {
    expect(head(taught(), text)[1]).toBeGreaterThan(0);
  });

  it('needs the proof for the name and the one for the wildcard', () => {
    // *.example.com. lies between the apex and a; the gap of a NODATA answer for a brings no proof of that.
    const world = taught(['a.example.com. MX']);
    expect(head(world, 'aa.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN cache', 0]);
  });

  it('leaves other zones alone: names below a cut whose zone is not signed', () => {
    const child = zoneOf(
      'd.example.com.',
      `d.example.com. 300 SOA ns1.example.com. a. 1 2 3 4 300
d.example.com. 300 NS ns1.example.com.
x.d.example.com. 60 A 192.0.2.9`,
    );
    const world = taught();
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      const parentSide = world.servers.get(address)!;
      const childSide = signedWorld({ example: child }).servers.get(address)!;
      world.servers.set(address, (asked, ...rest) => {
        const side = asked.name.endsWith('d.example.com.') ? childSide : parentSide;
        return side(asked, ...rest);
      });
    }
    expect(head(world, 'x.d.example.com. A')[0]).toBe('NOERROR fresh');
    expect(head(world, 'e.d.example.com. A')[0]).toBe('NXDOMAIN fresh');
    expect(head(world, 'g.d.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
  });

  it('caches nothing of it for clients, so that random names cannot fill the cache', () => {
    const world = taught();
    const before = world.resolver.state.cache.size;
    for (let at = 0; at < 100; at++) head(world, `ab${at}.example.com. A`);
    expect(world.resolver.state.cache.size).toBe(before);
    expect(world.sent).toEqual([]);
  });
});

describe('§5.3: wildcards', () => {
  const WILD = zoneOf(
    'example.com.',
    `${EXAMPLE}*.example.com. 120 A 203.0.113.9
*.w.example.com. 120 CNAME a.example.com.
`,
    'nsec',
  );

  it('answer for names in a gap once the data and the gap are known', () => {
    const world = taught(['ab.example.com. A'], WILD);
    expect(asks(world, 'ac.example.com. A')).toEqual([
      'NOERROR cache\nac.example.com. 120 IN A 203.0.113.9',
      0,
    ]);
    world.pass(20 * SECOND);
    expect(asks(world, 'ad.example.com. A')[0]).toContain('ad.example.com. 100 IN A');
    // Not in that gap, and not of that type.
    expect(head(world, 'zz.example.com. A')).toEqual(['NOERROR fresh', 1]);
    expect(head(world, 'ac.example.com. MX')).toEqual(['NOERROR fresh', 1]);
    expect(head(world, 'ad.example.com. TXT')).toEqual(['NOERROR cache', 0]);
  });

  it('aliases too', () => {
    const world = taught(['1.w.example.com. A', 'a.example.com. A'], WILD);
    expect(asks(world, '2.w.example.com. A')).toEqual([
      'NOERROR cache\n2.w.example.com. 120 IN CNAME a.example.com.\na.example.com. 300 IN A 203.0.113.1',
      0,
    ]);
  });

  it('not where the zone is not signed, or nobody asks for it (negative controls)', () => {
    const plain = taught(['ab.example.com. A'], WILD.signed(undefined));
    expect(head(plain, 'ac.example.com. A')[1]).toBe(1);
    const off = taught(['ab.example.com. A'], WILD, { options: OFF });
    expect(head(off, 'ac.example.com. A')[1]).toBe(1);
  });

  it('end with their TTL although the gap lives on', () => {
    const world = taught(['ab.example.com. A'], WILD);
    world.pass(120 * SECOND);
    expect(head(world, 'ac.example.com. A')).toEqual(['NOERROR fresh', 1]);
  });
});

describe('§5.1: only what was validated', () => {
  test.each([
    ['the zone is not signed', SIGNED.signed(undefined), []],
    ['the zone is signed, but its parent has no DS', SIGNED, [EXAMPLE_DS]],
    ['the chain is broken further up', SIGNED, [COM_DS]],
  ])('%s', (_, zone, without) => {
    const world = taught(LESSONS, zone, { without });
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
    expect(world.resolver.state.denials!.size).toBe(0);
  });

  it('proofs without signatures are worth nothing', () => {
    const world = signedWorld({ example: SIGNED });
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      const server = world.servers.get(address)!;
      world.servers.set(address, (asked, ...rest) => {
        const message = server(asked, ...rest);
        if (typeof message === 'string') return message;
        return { ...message, authority: message.authority.filter(({ type }) => type !== 46) };
      });
    }
    for (const lesson of LESSONS) world.resolve(lesson);
    expect(head(world, 'ab.example.com. A')[1]).toBe(1);
  });

  it('a server that signs while it answers proves single names only (RFC 4470)', () => {
    const world = taught(LESSONS, SIGNED.signed('minimal'));
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
    expect(head(world, 'aa.example.com. MX')).toEqual(['NXDOMAIN cache', 0]);
  });
});

describe('§5.4, RFC 9077 §3: no longer than the negative answer', () => {
  it('TTLs are what is left, and after that the zone is asked', () => {
    const world = taught();
    world.pass(100 * SECOND);
    expect(asks(world, 'ab.example.com. A')[0]).toMatch(/example\.com\. 200 IN SOA/);
    world.pass(200 * SECOND);
    expect(head(world, 'ac.example.com. A')[1]).toBe(1);
  });

  test.each([
    ['the smaller of SOA and MINIMUM bounds a longer NSEC', 3600, 3600, 300, 300],
    ['the TTL of the SOA counts as well', 3600, 100, 300, 100],
    ['a shorter NSEC ends earlier', 60, 3600, 300, 60],
    ['the cap of negative answers (RFC 2308 §5, three hours)', 86_400, 86_400, 86_400, 10_800],
  ])('%s', (_, nsecTtl, soaTtl, minimum, seconds) => {
    const soa = `example.com. ${soaTtl} SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 ${minimum}\n`;
    const own = zoneOf(
      'example.com.',
      `${EXAMPLE.replace(/.* SOA .*\n/, soa)}
example.com. ${nsecTtl} NSEC a.example.com. NS SOA NSEC RRSIG
a.example.com. ${nsecTtl} NSEC b.c.example.com. A NSEC RRSIG
`,
      'nsec',
    );
    const world = taught(['aa.example.com. A'], own);
    world.pass((seconds - 1) * SECOND);
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN cache', 0]);
    world.pass(2 * SECOND);
    expect(head(world, 'ac.example.com. A')[1]).toBeGreaterThan(0);
  });

  it('the way to a signed zone ends with its delegation, and comes back with the next', () => {
    const world = taught();
    world.pass(172_801 * SECOND);
    expect(world.resolver.state.secureCuts!.isSecure(ORIGIN, world.now)).toBe(false);
    expect(head(world, 'aa.example.com. A')).toEqual(['NXDOMAIN fresh', 3]);
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN cache', 0]);
  });

  it('a delegation that loses its DS is no way any more', () => {
    const world = taught();
    world.pass(172_801 * SECOND);
    world.servers.set(
      COM_SERVER,
      signedWorld({ example: SIGNED, without: [EXAMPLE_DS] }).servers.get(COM_SERVER)!,
    );
    world.resolve('aa.example.com. A');
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
  });

  it('flushing forgets the proofs; flushing a name leaves the way to signed zones', () => {
    const world = taught();
    world.resolver.flushName(parseName('a.example.com.'));
    expect(head(world, 'ab.example.com. A')[1]).toBe(1);
    expect(head(world, 'ac.example.com. A')[1]).toBe(0);
    world.resolver.flush();
    expect(head(world, 'ac.example.com. A')[1]).toBeGreaterThan(0);
  });
});

describe('§5.2, §5.4: NSEC3', () => {
  /** One name in each of these places brings the gaps that all others need: asked until nothing new comes. */
  const HASHED = SIGNED.signed('nsec3');
  const many = Array.from({ length: 60 }, (_, at) => `n${at}.example.com. A`);
  const below = Array.from({ length: 30 }, (_, at) => `n${at}.c.example.com. A`);
  const LESSONS3 = [...many, ...below, 'ns1.example.com. MX', 'c.example.com. A'];

  test.each([
    ['ab.example.com. A', 'NXDOMAIN cache', 'in a gap, and so is the wildcard'],
    ['x.y.example.com. A', 'NXDOMAIN cache', 'so is its next closer name'],
    ['a.c.example.com. A', 'NXDOMAIN cache', 'below an empty non-terminal'],
    ['ns1.example.com. AAAA', 'NOERROR cache', 'the owner has other types'],
    ['c.example.com. MX', 'NOERROR cache', 'an empty non-terminal has a record of its own'],
  ])('%s: %s, %s', (text, answer) => {
    expect(head(taught(LESSONS3, HASHED), text)).toEqual([answer, 0]);
  });

  test.each([
    ['a.example.com. A', 'the type exists'],
    ['x.d.example.com. A', 'below a zone cut'],
    ['f.example.com. MX', 'an alias'],
  ])('%s is asked for: %s', (text) => {
    expect(head(taught(LESSONS3, HASHED), text)[1]).toBeGreaterThan(0);
  });

  it('wildcards answer in its gaps too', () => {
    const wild = zoneOf('example.com.', `${EXAMPLE}*.example.com. 120 A 203.0.113.9\n`, 'nsec3');
    expect(asks(taught(LESSONS3, wild), 'ab.example.com. A')).toEqual([
      'NOERROR cache\nab.example.com. 120 IN A 203.0.113.9',
      0,
    ]);
  });

  it('gaps that opt out may hold unsigned delegations, and deny nothing', () => {
    const world = taught(LESSONS3, SIGNED.signed('nsec3-opt-out'));
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
    expect(head(world, 'ns1.example.com. AAAA')).toEqual(['NOERROR cache', 0]);
  });

  it('not where it is switched off, as in BIND and Unbound', () => {
    const cacheRules = { ...AGGRESSIVE, aggressiveNsec3: false };
    const world = taught(LESSONS3, HASHED, { options: { cacheRules } });
    expect(head(world, 'ab.example.com. A')).toEqual(['NXDOMAIN fresh', 1]);
  });

  test.each([
    ['150', 0],
    ['151', 1],
  ])('RFC 9276 §3.2: %s further rounds cost a query: %i', (iterations, queries) => {
    const param = `example.com. 300 NSEC3PARAM 1 0 ${iterations} AABB\n`;
    const world = taught(LESSONS3, zoneOf('example.com.', EXAMPLE + param, 'nsec3'));
    expect(head(world, 'ab.example.com. A')[1]).toBe(queries);
  });

  it('a new salt is a new chain (RFC 5155 §8.2)', () => {
    const world = taught(LESSONS3, HASHED);
    const param = 'example.com. 300 NSEC3PARAM 1 0 0 AABB\n';
    const anew = taught([], zoneOf('example.com.', EXAMPLE + param, 'nsec3'));
    for (const address of ['192.0.2.1', '192.0.2.2']) world.servers.set(address, anew.servers.get(address)!);
    // The eight names, c among them, and then no more than one negative answer brings.
    expect(world.resolver.state.denials!.size).toBe(8);
    world.resolve('zz.example.com. DS');
    expect(world.resolver.state.denials!.size).toBeLessThanOrEqual(3);
  });

  it('the trace names the hashes', () => {
    const world = taught(LESSONS3, HASHED);
    world.resolver.tracing = true;
    world.resolve('ab.example.com. A');
    expect(world.notes.at(-1)!.text).toMatch(/synthesised from NSEC3 [0-9A-V]{32} -> [0-9A-V]{32}/);
  });
});

describe('in the resolver', () => {
  it('off by default', () => {
    expect(RFC_REFERENCE.cacheRules.aggressiveNsec).toBe(false);
  });

  it('holds no more records than it may', () => {
    const cacheRules = { ...AGGRESSIVE, nsecRecords: 3 };
    const world = taught([], SIGNED, { options: { cacheRules } });
    for (const lesson of LESSONS) {
      world.resolve(lesson);
      expect(world.resolver.state.denials!.size).toBeLessThanOrEqual(3);
    }
  });

  it('tells in a trace which gap it was', () => {
    const world = taught();
    world.resolver.tracing = true;
    world.pass(40 * SECOND);
    world.resolve('ab.example.com. A');
    expect(world.notes.map(({ code, text }) => `${code}: ${text}`)).toContain(
      'denial: ab.example.com. A: NXDOMAIN synthesised from NSEC a.example.com. -> b.c.example.com. and ' +
        'example.com. -> a.example.com., proven for another 4 min 20 s',
    );
  });

  it('minimised names are learnt from as well (RFC 9156)', () => {
    const options = { qnameMinimisation: 'strict', cacheRules: AGGRESSIVE } as const;
    const world = taught(['www.aa.example.com. A'], SIGNED, { options });
    expect(head(world, 'www.ab.example.com. A')).toEqual(['NXDOMAIN cache', 0]);
  });
});
