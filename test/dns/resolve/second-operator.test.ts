/** A zone served by two operators: the addresses of the second are looked up while the first is asked. */
import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { COM_SERVER, EXAMPLE_1, NET_ZONE, ROOT_SERVER, ROOT_ZONE, World, zoneServer } from './harness.ts';

const OTHER = '192.0.2.77';

/** example.com. has ns1 with glue, and ns.other.net. whose address nobody has mentioned. */
const COM = `
com. 900 SOA a.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 900
com. 172800 NS a.gtld-servers.net.
example.com. 172800 NS ns1.example.com.
example.com. 172800 NS ns.other.net.
ns1.example.com. 172800 A ${EXAMPLE_1}
`;
const NET = `${NET_ZONE}
other.net. 172800 NS ns.other.net.
ns.other.net. 172800 A ${OTHER}
`;
const EXAMPLE = `
example.com. 3600 SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 300
example.com. 86400 NS ns1.example.com.
example.com. 86400 NS ns.other.net.
www.example.com. 300 A 203.0.113.10
`;
const OTHER_ZONE = `
other.net. 3600 SOA ns.other.net. admin.other.net. 1 7200 3600 1209600 300
other.net. 86400 NS ns.other.net.
ns.other.net. 86400 A ${OTHER}
`;

function world(silent: readonly string[]): World {
  const made = new World({ timeout: 'fixed', firstTimeoutMicros: SECOND, backoffFactor: 1 });
  made.servers.set(ROOT_SERVER, zoneServer({ '.': ROOT_ZONE }));
  made.servers.set(COM_SERVER, zoneServer({ 'com.': COM, 'net.': NET }));
  made.servers.set(EXAMPLE_1, zoneServer({ 'example.com.': EXAMPLE }));
  made.servers.set(OTHER, zoneServer({ 'example.com.': EXAMPLE, 'other.net.': OTHER_ZONE }));
  made.kill(...silent);
  return made;
}

describe('a second operator whose server has no glue', () => {
  it('answers after one time-out of the first', () => {
    const both = world([EXAMPLE_1]);
    expect(both.resolve('www.example.com. A')).toContain('NOERROR');
    expect(both.takeSent().filter((line) => line.startsWith(EXAMPLE_1))).toHaveLength(1);
    expect(both.now).toBeLessThan(2 * SECOND);
  });

  it('is looked for while the first answers, which nobody waits for', () => {
    const both = world([]);
    expect(both.resolve('www.example.com. A')).toContain('NOERROR');
    expect(both.now).toBe(30 * MILLISECOND);
    expect(both.takeSent().some((line) => line.includes('ns.other.net.'))).toBe(true);
  });

  it('leaves the silent server its three sends when it is silent too', () => {
    const neither = world([EXAMPLE_1, OTHER]);
    expect(neither.resolve('www.example.com. A')).toContain('SERVFAIL');
    const asked = neither.takeSent().filter((line) => line === `${EXAMPLE_1} www.example.com. A`);
    expect(asked).toHaveLength(3);
  });
});
