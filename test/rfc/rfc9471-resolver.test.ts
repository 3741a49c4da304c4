/** RFC 9471: glue requirements, seen from a resolver. */
import { describe, expect, it } from 'vitest';
import { MILLISECOND } from '../../src/base/time.ts';
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
} from '../dns/resolve/harness.ts';

const WWW = 'NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10';
const NS = 'example.com. 60 NS ns1.example.com.\nexample.com. 60 NS ns2.example.com.';

describe('§2.1 glue for in-domain name servers', () => {
  it('a referral cut short with TC is fetched again over TCP (§3.1)', () => {
    const world = World.standard();
    const glue = `ns1.example.com. 60 A ${EXAMPLE_1}\nns2.example.com. 60 A ${EXAMPLE_2}`;
    world.servers.set(COM_SERVER, (asked, transport) =>
      transport === 'udp' ? { ...referral(asked, NS), truncated: true } : referral(asked, NS, glue),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent()).toEqual([
      `${ROOT_SERVER} www.example.com. A`,
      `${COM_SERVER} www.example.com. A`,
      `${COM_SERVER} www.example.com. A tcp`,
      `${EXAMPLE_1} www.example.com. A`,
    ]);
  });

  it('some glue is enough, no other address is waited for', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) => referral(asked, NS, `ns2.example.com. 60 A ${EXAMPLE_2}`));
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.now).toBe(30 * MILLISECOND);
    expect(world.takeSent().slice(2)).toContain(`${EXAMPLE_2} www.example.com. A`);
  });

  it('without TC and without glue the parent is asked for the addresses', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) =>
      asked.name.startsWith('ns')
        ? reply(asked, { authoritative: false, answer: `${asked.name} 60 A ${EXAMPLE_1}` })
        : referral(asked, NS),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });
});

describe('§2.2 glue for sibling name servers', () => {
  const SIBLING = 'example.com. 60 NS ns.sibling.com.';

  it('is used when it is there', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) => referral(asked, SIBLING, `ns.sibling.com. 60 A ${EXAMPLE_1}`));
    expect(world.resolve('www.example.com. A')).toBe(WWW);
    expect(world.takeSent()).toHaveLength(3);
  });

  it('is not needed: the server is looked up', () => {
    const world = World.standard();
    world.servers.set(COM_SERVER, (asked) =>
      asked.name.endsWith('sibling.com.')
        ? referral(asked, 'sibling.com. 60 NS ns.sibling.com.', `ns.sibling.com. 60 A ${EXAMPLE_1}`)
        : referral(asked, SIBLING),
    );
    world.servers.set(
      EXAMPLE_1,
      zoneServer({
        'example.com.': EXAMPLE_ZONE,
        'sibling.com.': `sibling.com. 60 SOA a. b. 1 1 1 1 1\nns.sibling.com. 60 A ${EXAMPLE_1}`,
      }),
    );
    expect(world.resolve('www.example.com. A')).toBe(WWW);
  });
});
