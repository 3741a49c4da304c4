/** RFC 6672: DNAME, seen from a resolver. */
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { EXAMPLE_1, EXAMPLE_2, EXAMPLE_ZONE, reply, World } from '../dns/resolve/harness.ts';

const ZONE = `${EXAMPLE_ZONE}old.example.com. 120 DNAME new.example.com.\nwww.new.example.com. 60 A 203.0.113.10\n`;
const ANSWER =
  'www.old.example.com. 120 IN CNAME www.new.example.com.\nwww.new.example.com. 60 IN A 203.0.113.10';

describe('§3.1 and §3.4: substitution by the resolver', () => {
  it('makes the CNAME itself, with the TTL of the DNAME', () => {
    const world = World.standard({}, ZONE);
    expect(world.resolve('www.old.example.com. A')).toBe(`NOERROR fresh\n${ANSWER}`);
  });

  it('needs no CNAME in the reply, and does not believe a wrong one', () => {
    const world = World.standard({}, ZONE);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      const good = world.servers.get(address)!;
      world.servers.set(address, (asked, transport, now) =>
        asked.name === 'www.old.example.com.'
          ? reply(asked, {
              answer:
                'old.example.com. 120 DNAME new.example.com.\nwww.old.example.com. 120 CNAME evil.example.com.',
            })
          : good(asked, transport, now),
      );
    }
    expect(world.resolve('www.old.example.com. A')).toBe(`NOERROR fresh\n${ANSWER}`);
  });

  it('a cached DNAME serves other names below it', () => {
    const world = World.standard({}, ZONE);
    world.resolve('www.old.example.com. A');
    world.takeSent();
    world.pass(20 * SECOND);
    expect(world.resolve('nx.old.example.com. A')).toMatch(
      /^NXDOMAIN fresh\nnx.old.example.com. 100 IN CNAME nx.new.example.com./,
    );
    expect(world.takeSent()).toEqual([`${EXAMPLE_1} nx.new.example.com. A`]);
  });

  it('is left unused where the option says so', () => {
    const world = World.standard({ ignoreCachedDname: true }, ZONE);
    world.resolve('www.old.example.com. A');
    world.takeSent();
    world.resolve('nx.old.example.com. A');
    expect(world.takeSent()[0]).toBe(`${EXAMPLE_1} nx.old.example.com. A`);
  });

  it('§2.3: the DNAME owner itself is not redirected', () => {
    const world = World.standard({}, ZONE);
    expect(world.resolve('old.example.com. A')).toMatch(/^NOERROR fresh\nexample.com. 300 IN SOA/);
    expect(world.resolve('old.example.com. DNAME')).toBe(
      'NOERROR fresh\nold.example.com. 120 IN DNAME new.example.com.',
    );
  });
});

describe('§3.4: a DNAME that is itself asked for', () => {
  it('at a name below another one: that is an alias like any other', () => {
    const world = World.standard({}, `${ZONE}b.new.example.com. 90 DNAME c.example.com.\n`);
    expect(world.resolve('b.old.example.com. DNAME')).toBe(
      'NOERROR fresh\nb.old.example.com. 120 IN CNAME b.new.example.com.\nb.new.example.com. 90 IN DNAME c.example.com.',
    );
  });

  it('and where there is none the answer is empty, not the one above', () => {
    const world = World.standard({}, ZONE);
    expect(world.resolve('www.old.example.com. DNAME')).toMatch(
      /^NOERROR fresh\nwww.old.example.com. 120 IN CNAME www.new.example.com.\nexample.com. 300 IN SOA/,
    );
  });
});

describe('§2.2: names that become too long', () => {
  it('YXDOMAIN', () => {
    const label = 'x'.repeat(60);
    const target = `${label}.${label}.${label}.example.com.`;
    const world = World.standard({}, `${EXAMPLE_ZONE}d.example.com. 60 DNAME ${target}\n`);
    expect(world.resolve(`${label}.${label}.d.example.com. A`)).toBe('YXDOMAIN loop');
    expect(world.resolver.idle).toBe(true);
  });
});

describe('§2.4: out of bailiwick', () => {
  it('a DNAME of another zone is not taken', () => {
    const world = World.standard({}, ZONE);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked) =>
        reply(asked, { answer: 'com. 60 DNAME evil.net.\nwww.example.com. 60 A 203.0.113.10' }),
      );
    }
    expect(world.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.10');
  });
});
