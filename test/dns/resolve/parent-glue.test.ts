/** Addresses of servers that the parent gives and the child does not: of use when the child's are not. */
import { describe, expect, it } from 'vitest';
import { ROOT_SERVER, referral, reply, type Server, World } from './harness.ts';

const GOOD = '192.0.2.101';
const BAD = '192.0.2.102';

/** example.com lies on ns.example.net; .net says it is at GOOD, example.net itself says BAD. */
function world(bad: Server): World {
  const made = World.standard({ useIpv6: false });
  made.servers.set(ROOT_SERVER, (asked) => {
    if (asked.name.endsWith('example.net.')) {
      return referral(asked, 'example.net. 300 NS ns.example.net.', `ns.example.net. 300 A ${GOOD}`);
    }
    return asked.name.endsWith('example.com.')
      ? referral(asked, 'example.com. 300 NS ns.example.net.')
      : reply(asked, {
          answer: '. 300 NS a.root-servers.net.',
          additional: `a.root-servers.net. 300 A ${ROOT_SERVER}`,
        });
  });
  made.servers.set(GOOD, (asked) =>
    asked.name === 'ns.example.net.'
      ? reply(asked, { answer: `ns.example.net. 300 A ${BAD}` })
      : reply(asked, { answer: 'www.example.com. 60 A 203.0.113.7' }),
  );
  made.servers.set(BAD, bad);
  return made;
}

describe("the parent's glue", () => {
  it('is asked when the address the child gives is of no use', () => {
    const made = world((asked) => reply(asked, { rcode: 'SERVFAIL' }));
    expect(made.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.7');
    expect(made.takeSent().filter((line) => line.startsWith(BAD))).toHaveLength(1);
  });

  it('is left alone while the address the child gives is of use', () => {
    const made = world((asked) => reply(asked, { answer: 'www.example.com. 60 A 203.0.113.8' }));
    expect(made.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.8');
    expect(made.takeSent().filter((line) => line === `${GOOD} www.example.com. A`)).toEqual([]);
  });

  it('is forgotten with the rest when the cache is flushed', () => {
    const made = world(() => 'silent');
    made.resolve('www.example.com. A');
    made.resolver.flush();
    expect([...made.resolver.state.parentSide.entries()]).toEqual([]);
  });
});
