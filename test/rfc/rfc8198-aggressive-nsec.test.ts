/** RFC 8198: aggressive use of NSEC. The zone's proofs are written out, as a signed zone would give them. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { Question } from '../../src/dns/data/message.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import { EXAMPLE_1, EXAMPLE_2, reply, World } from '../dns/resolve/harness.ts';

const SOA = 'example.com. 3600 SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 300';
/** example.com., a, b.c (so c is an empty non-terminal), d (a delegation), f and back. */
const NSEC: Readonly<Record<string, string>> = {
  apex: 'example.com. 300 NSEC a.example.com. NS SOA MX NSEC RRSIG',
  a: 'a.example.com. 300 NSEC b.c.example.com. A NSEC RRSIG',
  bc: 'b.c.example.com. 300 NSEC d.example.com. A NSEC RRSIG',
  d: 'd.example.com. 300 NSEC f.example.com. NS NSEC RRSIG',
  f: 'f.example.com. 300 NSEC example.com. CNAME NSEC RRSIG',
};

/** A resolver that has asked for `nx` and got NXDOMAIN with these proofs; the counter begins after that. */
function taught(
  proofs: readonly string[],
  aggressiveNsec = true,
  options: Partial<ResolverOptions> = {},
): World {
  const world = World.standard({ cacheRules: { ...RFC_REFERENCE.cacheRules, aggressiveNsec }, ...options });
  const answer = (asked: Question) =>
    reply(asked, {
      rcode: 'NXDOMAIN',
      authority: [SOA, ...proofs.map((key) => NSEC[key]!)].join('\n'),
    });
  for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, answer);
  world.resolve('zz.example.com. TXT');
  world.takeSent();
  return world;
}

const ALL = Object.keys(NSEC);
const asks = (world: World, text: string): [string, number] => {
  const answer = world.resolve(text).split('\n')[0]!;
  return [answer, world.takeSent().length];
};

describe('§5.1, §5.4: what the proofs deny without a query', () => {
  test.each([
    ['aa.example.com. A', 'NXDOMAIN cache', 'lies between two owners'],
    ['x.y.example.com. A', 'NXDOMAIN cache', 'so does its closest encloser'],
    ['z.example.com. MX', 'NXDOMAIN cache', 'after the last owner'],
    ['a.example.com. AAAA', 'NODATA', 'the owner has other types'],
    ['c.example.com. A', 'NODATA', 'an empty non-terminal'],
    ['example.com. TXT', 'NODATA', 'the apex'],
  ])('%s: %s, %s', (text, answer) => {
    const [got, queries] = asks(taught(ALL), text);
    expect([got, queries]).toEqual([answer === 'NODATA' ? 'NOERROR cache' : answer, 0]);
  });

  test.each([
    ['a.example.com. A', 'the type exists'],
    ['d.example.com. A', 'a zone cut speaks for NS only'],
    ['x.d.example.com. A', 'below a zone cut'],
    ['f.example.com. A', 'an alias'],
    ['aa.example.com. DS', 'DS stands at the parent side'],
  ])('%s is asked for: %s', (text) => {
    expect(asks(taught(ALL), text)[1]).toBeGreaterThan(0);
  });

  it('needs the proof for the name and the one for the wildcard', () => {
    // *.example.com. sorts between the apex and a.
    expect(asks(taught(['a']), 'aa.example.com. A')[1]).toBe(1);
    expect(asks(taught(['apex', 'a']), 'aa.example.com. A')[1]).toBe(0);
  });

  it('off by default (negative control)', () => {
    expect(RFC_REFERENCE.cacheRules.aggressiveNsec).toBe(false);
    expect(asks(taught(ALL, false), 'aa.example.com. A')[1]).toBe(1);
  });
});

describe('RFC 9077 §3: no longer than the negative answer', () => {
  it('TTLs are what is left, and after that the zone is asked', () => {
    const world = taught(ALL);
    world.pass(100 * SECOND);
    expect(world.resolve('aa.example.com. A')).toContain('example.com. 200 IN SOA');
    world.pass(200 * SECOND);
    expect(asks(world, 'ab.example.com. A')[1]).toBe(1);
    expect(asks(world, 'aa.example.com. TXT')[1]).toBe(0);
  });

  it('flushing forgets the proofs', () => {
    const world = taught(ALL);
    world.resolver.flush();
    expect(asks(world, 'aa.example.com. A')[1]).toBeGreaterThan(0);
  });
});
