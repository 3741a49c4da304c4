/** When the addresses of servers known by name only are looked up, and who waits for that. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { type AddressRules, UPSTREAM_REFERENCE } from '../../../src/dns/resolve/upstream.ts';
import { COM_SERVER, EXAMPLE_1, NET_ZONE, ROOT_SERVER, ROOT_ZONE, World, zoneServer } from './harness.ts';

const NS_2 = '192.0.2.72';
const NS_3 = '192.0.2.73';
const NS_4 = '192.0.2.74';
const OTHERS = [NS_2, NS_3, NS_4];

/** Which server names of example.com. have which address; those of other.net. come without glue. */
const HOSTS: Readonly<Record<string, string>> = {
  'ns1.example.com.': EXAMPLE_1,
  'ns2.other.net.': NS_2,
  'ns3.other.net.': NS_3,
  'ns4.other.net.': NS_4,
};
const ALL = Object.keys(HOSTS);
const set = (names: readonly string[]): string =>
  names.map((name) => `example.com. 172800 NS ${name}`).join('\n');

const NET = `${NET_ZONE}
other.net. 172800 NS ns.other.net.
ns.other.net. 172800 A ${NS_2}
`;
const OTHER = `
other.net. 3600 SOA ns.other.net. admin.other.net. 1 7200 3600 1209600 300
other.net. 86400 NS ns.other.net.
${ALL.slice(1)
  .map((name) => `${name} 86400 A ${HOSTS[name]}`)
  .join('\n')}
`;

const rules = (addresses: Partial<AddressRules>): AddressRules => ({
  when: 'ahead',
  names: 3,
  fewerPerLevel: 1,
  ...addresses,
});

/** A zone whose NS set has these names; other.net. is served by its own servers. */
function world(
  names: readonly string[],
  addresses: Partial<AddressRules>,
  options: Partial<ResolverOptions> = {},
  random?: () => number,
): World {
  const made = new World(
    {
      useIpv6: false,
      timeout: 'fixed',
      firstTimeoutMicros: SECOND,
      backoffFactor: 1,
      ...options,
      upstream: { ...UPSTREAM_REFERENCE, ...options.upstream, addresses: rules(addresses) },
    },
    random,
  );
  const glue = names.includes('ns1.example.com.') ? `ns1.example.com. 172800 A ${EXAMPLE_1}` : '';
  const com = `
com. 900 SOA a.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 900
com. 172800 NS a.gtld-servers.net.
${set(names)}
${glue}
`;
  const example = `
example.com. 3600 SOA ns1.example.com. admin.example.com. 1 7200 3600 1209600 300
${set(names)}
ns1.example.com. 86400 A ${EXAMPLE_1}
*.example.com. 300 A 203.0.113.10
`;
  made.serve(ROOT_SERVER, { '.': ROOT_ZONE });
  made.serve(COM_SERVER, { 'com.': com, 'net.': NET });
  for (const address of Object.values(HOSTS))
    made.servers.set(address, zoneServer({ 'example.com.': example, 'other.net.': OTHER }));
  return made;
}

/** The server names looked up so far, in order. */
const lookedUp = (lines: readonly string[]): string[] => [
  ...new Set(lines.map((line) => line.split(' ')[1]!).filter((name) => /^ns\d\.other/.test(name))),
];

/** The addresses asked for the names given, in order. */
const askedFor = (lines: readonly string[], label: string): string[] =>
  lines.filter((line) => line.includes(` ${label}`)).map((line) => line.split(' ')[0]!);

describe('ahead (RFC 1034 §5.3.3; Unbound target-fetch-policy, BIND)', () => {
  it('nobody waits: the answer comes as soon as without', () => {
    const times = (['ahead', 'needed'] as const).map((when) => {
      const made = world(ALL, { when });
      made.resolve('a.example.com. A');
      return made.now;
    });
    expect(times).toEqual([30 * MILLISECOND, 30 * MILLISECOND]);
  });

  test.each([
    { when: 'ahead', names: 3, found: 3 },
    { when: 'ahead', names: 1, found: 1 },
    { when: 'ahead', names: 0, found: 0 },
    { when: 'needed', names: 3, found: 0 },
  ] as const)(
    '$when, $names at a time: $found of three are known after one answer',
    ({ when, names, found }) => {
      const made = world(ALL, { when, names });
      made.resolve('a.example.com. A');
      made.settle();
      expect(lookedUp(made.takeSent())).toHaveLength(found);
    },
  );

  it('every operator is asked once the addresses are there, and nothing is looked up again', () => {
    const made = world(ALL, {}, { selection: { id: 'uniform' } }, lehmer());
    made.resolve('a.example.com. A');
    made.settle();
    made.takeSent();
    for (let index = 0; index < 100; index++) made.resolve(`q${index}.example.com. A`);
    const sent = made.takeSent();
    const shares = [EXAMPLE_1, ...OTHERS].map((address) =>
      askedFor(sent, 'q').filter((one) => one === address),
    );
    for (const { length } of shares) expect(length).toBeGreaterThan(10);
    expect(sent).toHaveLength(100);
  });

  it('only the one with glue is asked where nothing is looked up ahead (negative control)', () => {
    const made = world(ALL, { when: 'needed' }, { selection: { id: 'uniform' } }, lehmer());
    for (let index = 0; index < 100; index++) made.resolve(`q${index}.example.com. A`);
    expect(new Set(askedFor(made.takeSent(), 'q').slice(2))).toEqual(new Set([EXAMPLE_1]));
  });

  it('fewer at each level of nesting', () => {
    const depths = [0, 1].map((fewerPerLevel) => {
      const made = world(['ns1.example.com.', 'ns2.other.net.'], { names: 1, fewerPerLevel });
      // other.net. in its turn has a server elsewhere.
      made.serve(COM_SERVER, {
        'com.': `
com. 900 SOA a. b. 1 1 1 1 1
example.com. 172800 NS ns1.example.com.
example.com. 172800 NS ns2.other.net.
ns1.example.com. 172800 A ${EXAMPLE_1}
third.com. 172800 NS ns1.example.com.
ns1.example.com. 172800 A ${EXAMPLE_1}
`,
        'net.': `
net. 900 SOA a. b. 1 1 1 1 1
other.net. 172800 NS ns.other.net.
other.net. 172800 NS ns9.third.com.
ns.other.net. 172800 A ${NS_2}
`,
      });
      made.resolve('a.example.com. A');
      made.settle();
      return made.takeSent().some((line) => line.includes('ns9.third.com.'));
    });
    expect(depths).toEqual([true, false]);
  });

  it('goes on when the fetch that began it has ended, and tells the next', () => {
    const made = world(ALL, {});
    made.resolve('a.example.com. A');
    expect(made.resolver.idle).toBe(false);
    made.settle();
    expect(made.resolver.idle).toBe(true);
    made.kill(EXAMPLE_1);
    made.takeSent();
    expect(made.resolve('b.example.com. A')).toContain('NOERROR');
    expect(lookedUp(made.takeSent())).toEqual([]);
  });

  it('looks up a server of the zone itself whose glue is missing, at the servers that are known', () => {
    const sent = (['ahead', 'needed'] as const).map((when) => {
      const made = world(['ns1.example.com.', 'ns5.example.com.'], { when });
      made.resolve('a.example.com. A');
      made.settle();
      return made.takeSent().includes(`${EXAMPLE_1} ns5.example.com. A`);
    });
    expect(sent).toEqual([true, false]);
  });
});

describe('where no address is known', () => {
  const GLUELESS = ['ns2.other.net.', 'ns3.other.net.'];

  it('the first address found is enough: a name that cannot be looked up holds up nobody', () => {
    // dead.net. and its servers are silent, other.net. answers.
    const made = world(['ns.dead.net.', 'ns2.other.net.'], {});
    made.serve(COM_SERVER, {
      'com.': `com. 900 SOA a. b. 1 1 1 1 1\n${set(['ns.dead.net.', 'ns2.other.net.'])}`,
      'net.': `${NET}\ndead.net. 172800 NS ns.dead.net.\nns.dead.net. 172800 A 192.0.2.99`,
    });
    made.kill('192.0.2.99');
    expect(made.resolve('a.example.com. A')).toContain('NOERROR');
    expect(made.now).toBeLessThan(SECOND);
  });

  it('a single family is looked up where only one is in use, both where both are', () => {
    const types = [false, true].map((useIpv6) => {
      const made = world(GLUELESS, {}, { useIpv6 });
      made.resolve('a.example.com. A');
      made.settle();
      const lines = made.takeSent().filter((line) => line.includes('ns2.other.net.'));
      return new Set(lines.map((line) => line.split(' ')[2]));
    });
    expect(types).toEqual([new Set(['A']), new Set(['A', 'AAAA'])]);
  });

  it('nobody is left to ask: one failure, whatever was looked up', () => {
    const made = world(GLUELESS, {});
    made.kill(...OTHERS);
    expect(made.resolve('a.example.com. A')).toMatch(/^SERVFAIL no-reachable-server/);
    made.settle();
    expect(made.resolver.idle).toBe(true);
  });

  it('two zones that are each served from the other fail without waiting for each other', () => {
    const made = new World({ useIpv6: false });
    made.serve(ROOT_SERVER, { '.': ROOT_ZONE });
    made.serve(COM_SERVER, {
      'com.':
        'com. 900 SOA a. b. 1 1 1 1 1\nleft.com. 172800 NS ns.right.com.\nright.com. 172800 NS ns.left.com.',
    });
    const tickets = [made.ask('www.left.com. A'), made.ask('www.right.com. A')];
    made.settle();
    for (const ticket of tickets) expect(made.textOf(ticket)).toMatch(/^SERVFAIL (?:loop|server-failure)/);
    expect(made.now).toBeLessThan(SECOND);
    expect(made.resolver.idle).toBe(true);
  });
});

describe('when the choice falls on a server without address', () => {
  const speeds = { id: 'decaying-rtt', timeConstantMicros: 60 * SECOND } as const;
  const epsilon = { id: 'epsilon-greedy', exploreShare: 0.05, capFactor: 2 } as const;

  it('untried (PowerDNS Recursor): within a few questions every name has been looked up and asked', () => {
    const made = world(ALL, { when: 'untried' }, { selection: speeds }, lehmer());
    for (let index = 0; index < 4; index++) made.resolve(`q${index}.example.com. A`);
    const sent = made.takeSent();
    expect(new Set(askedFor(sent, 'q').slice(2))).toEqual(new Set([EXAMPLE_1, ...OTHERS]));
    expect(lookedUp(sent).sort()).toEqual(ALL.slice(1));
  });

  it('the question waits for the look-up, and goes to that server', () => {
    const made = world(ALL, { when: 'untried' }, { selection: speeds }, () => 0);
    made.resolve('a.example.com. A');
    expect(made.takeSent().slice(-2)).toEqual([`${NS_2} ns2.other.net. A`, `${NS_2} a.example.com. A`]);
    expect(made.now).toBe(60 * MILLISECOND);
  });

  test.each([
    [0.05, 1, 9],
    [0, 0, 0],
  ])(
    'explored (Knot Resolver) with a share of %d: %i to %i of 100 resolvers look one up',
    (share, least, most) => {
      // Each has one server with an address and three without, so three quarters of the share is expected.
      const options = { selection: { ...epsilon, exploreShare: share } };
      const random = lehmer();
      let count = 0;
      for (let index = 0; index < 100; index++) {
        const made = world(ALL, { when: 'explored' }, options, random);
        made.resolve('a.example.com. A');
        count += lookedUp(made.takeSent()).length;
      }
      expect(count).toBeGreaterThanOrEqual(least);
      expect(count).toBeLessThanOrEqual(most);
    },
  );

  it('explored: a silent server leads to the look-up of another before it is asked again', () => {
    const made = world(
      ['ns1.example.com.', 'ns2.other.net.'],
      { when: 'explored' },
      { selection: epsilon },
      () => 0.9,
    );
    made.kill(EXAMPLE_1);
    expect(made.resolve('a.example.com. A')).toContain('NOERROR');
    expect(askedFor(made.takeSent(), 'a.example').slice(2)).toEqual([EXAMPLE_1, NS_2]);
  });
});

describe('limits of queries', () => {
  it('what is looked up ahead counts for the request that began it, where that is limited', () => {
    const made = world(ALL, { names: 3 }, { maximumQueries: 6 });
    made.kill(...OTHERS);
    made.resolve('a.example.com. A');
    made.settle();
    expect(made.takeSent().length).toBeLessThanOrEqual(6);
  });

  it('and for itself, where each fetch is (Unbound)', () => {
    const upstream = { ...UPSTREAM_REFERENCE, queriesPer: 'fetch' as const };
    const made = world(ALL, { names: 3 }, { maximumQueries: 6, upstream });
    made.kill(...OTHERS);
    made.resolve('a.example.com. A');
    made.settle();
    expect(made.takeSent().length).toBeGreaterThan(6);
  });
});

/** Draws that are always the same: Lehmer's generator. */
function lehmer(): () => number {
  let state = 12_345;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
