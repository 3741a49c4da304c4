/** A forwarder alone: which upstream gets which packet, and what its client is told. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { parseName, ROOT } from '../../../src/dns/data/name.ts';
import type { ForwardingOptions } from '../../../src/dns/resolve/forward/options.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import { EXAMPLE_ZONE, reply, type Server, World, zoneServer } from './harness.ts';

const DNSMASQ: ForwardingOptions = {
  policy: 'sticky-fastest',
  timeoutMicros: 10 * SECOND,
  rounds: 1,
  totalMicros: 10 * SECOND,
  resendErrors: true,
  silent: true,
  freshTtl: 'received',
  stickyQuestions: 50,
  stickyMicros: 20 * SECOND,
};

const COREDNS: ForwardingOptions = {
  policy: 'random',
  timeoutMicros: 2 * SECOND,
  totalMicros: 5 * SECOND,
  resendErrors: false,
  silent: false,
  freshTtl: 'kept',
  health: { failures: 2, pauseMicros: 500 * MILLISECOND, timeoutMicros: SECOND },
  stickyQuestions: 0,
  stickyMicros: 0,
};

const WINDOWS: ForwardingOptions = {
  ...COREDNS,
  policy: 'sequential',
  timeoutMicros: 3 * SECOND,
  rounds: 1,
  totalMicros: 8 * SECOND,
  resendErrors: true,
  health: undefined,
};

const NO_MEMORY = { first: 0, factor: 1, maximum: 0 };

/** Answers any `NAME A` with one address and a TTL of 60. */
const recursive: Server = (asked) =>
  reply(asked, { authoritative: false, recursionAvailable: true, answer: `${asked.name} 60 A 203.0.113.1` });
const failing =
  (rcode: 'SERVFAIL' | 'REFUSED'): Server =>
  (asked) =>
    reply(asked, { authoritative: false, recursionAvailable: true, rcode });

function forwarder(
  forwarding: ForwardingOptions,
  addresses: readonly string[],
  options: Partial<ResolverOptions> = {},
  random?: () => number,
): World {
  const world = new World(
    {
      forwarding,
      failureSeconds: NO_MEMORY,
      budgetMicros: 20 * SECOND,
      configuredZones: [{ zone: ROOT, mode: 'forward', addresses, fallback: false }],
      ...options,
    },
    random,
  );
  for (const address of addresses) world.servers.set(address, recursive);
  return world;
}

const UP = '192.0.2.50';
const UP2 = '192.0.2.51';

/** Asks for new names, one per `gap`; gives the packets to each upstream. */
function packets(world: World, queries: number, gap: number): Record<string, number> {
  for (let index = 0; index < queries; index++) {
    world.ask(`n${index}.example.com. A`);
    world.pass(gap);
  }
  const count: Record<string, number> = {};
  for (const line of world.takeSent()) {
    const [address] = line.split(' ');
    count[address!] = (count[address!] ?? 0) + 1;
  }
  return count;
}

describe('dnsmasq: the first to answer is asked alone, until all are asked again', () => {
  it('two upstreams, one dead: 2 of 102 packets to the dead one and no delay (measured, dnsmasq 2.90)', () => {
    const world = forwarder(DNSMASQ, [UP, UP2]);
    world.kill(UP);
    expect(packets(world, 100, 100 * MILLISECOND)).toEqual({ [UP]: 2, [UP2]: 100 });
    expect([...world.answers.values()].every(({ answer }) => answer !== 'dropped')).toBe(true);
    expect(world.answers.size).toBe(100);
  });

  it('all are asked again after more than 20 s', () => {
    const world = forwarder(DNSMASQ, [UP, UP2]);
    world.rtt.set(UP, 30 * MILLISECOND);
    expect(packets(world, 10, 5 * SECOND)).toEqual({ [UP]: 2, [UP2]: 10 });
  });

  test.each([
    ['SERVFAIL', 5, 'SERVFAIL', `${UP2} c. A`],
    ['SERVFAIL', 30, 'NOERROR', `${UP} c. A`],
    ['REFUSED', 5, 'NOERROR', `${UP} c. A`],
  ] as const)(
    '%s of the favourite after %i ms: all are asked again, and it ends with %s',
    (rcode, wait, text, next) => {
      const world = forwarder(DNSMASQ, [UP, UP2]);
      world.rtt.set(UP, 20 * MILLISECOND);
      world.resolve('a. A');
      world.rtt.set(UP2, wait * MILLISECOND);
      world.servers.set(UP2, failing(rcode));
      world.takeSent();
      expect(world.resolve('b. A')).toMatch(new RegExp(`^${text}`));
      expect(world.takeSent()).toEqual([`${UP2} b. A`, `${UP} b. A`, `${UP2} b. A`]);
      world.ask('c. A');
      expect(world.takeSent()[0]).toBe(next);
    },
  );

  test.each([
    ['SERVFAIL', 'SERVFAIL server-failure'],
    ['REFUSED', 'SERVFAIL server-failure'],
  ] as const)('%s from all is handed on', (rcode, text) => {
    const world = forwarder(DNSMASQ, [UP, UP2]);
    for (const address of [UP, UP2]) world.servers.set(address, failing(rcode));
    expect(world.resolve('a. A')).toBe(text);
    world.settle();
    expect(world.resolver.idle).toBe(true);
  });

  it('says nothing at all when its upstream is silent, after one packet', () => {
    const world = forwarder(DNSMASQ, [UP]);
    world.kill(UP);
    expect(world.resolve('a. A')).toBe('dropped');
    expect(world.now).toBe(10 * SECOND);
    expect(world.takeSent()).toEqual([`${UP} a. A`]);
    expect(world.resolver.idle).toBe(true);
  });

  it('a retransmission of the client goes to every upstream, and costs the favourite its place', () => {
    const world = forwarder(DNSMASQ, [UP, UP2]);
    world.rtt.set(UP2, 30 * MILLISECOND);
    world.resolve('a. A');
    world.kill(UP);
    world.takeSent();
    const first = world.ask('b. A');
    world.pass(5 * SECOND);
    const again = world.ask('b. A');
    world.pass(SECOND);
    expect(world.takeSent()).toEqual([`${UP} b. A`, `${UP} b. A`, `${UP2} b. A`]);
    expect([first, again].map((ticket) => world.textOf(ticket).split('\n')[0])).toEqual([
      'NOERROR fresh',
      'NOERROR fresh',
    ]);
    expect(world.resolve('c. A')).toMatch(/^NOERROR/);
    expect(world.takeSent()).toEqual([`${UP2} c. A`]);
  });

  it('TTL 0 is not cached; SERVFAIL is not remembered', () => {
    const world = forwarder(DNSMASQ, [UP]);
    world.servers.set(UP, (asked) =>
      reply(asked, {
        authoritative: false,
        recursionAvailable: true,
        answer: `${asked.name} 0 A 203.0.113.1`,
      }),
    );
    world.resolve('a. A');
    world.resolve('a. A');
    world.servers.set(UP, failing('SERVFAIL'));
    world.resolve('a. A');
    world.resolve('a. A');
    expect(world.takeSent()).toHaveLength(6);
  });

  // Measured: dnsmasq 2.90.
  test.each([
    ['--max-cache-ttl=20', { ttlCapSeconds: 20 }, 300, 300, 17],
    ['--min-cache-ttl=20', { ttlFloorSeconds: 20 }, 1, 1, 17],
    ['--max-ttl=20', { forwarding: { ...DNSMASQ, shownTtlCapSeconds: 20 } }, 300, 20, 20],
    ['CoreDNS cache keepttl', { forwarding: { ...DNSMASQ, keepsTtl: true } }, 300, 300, 300],
    ['neither', {}, 300, 300, 297],
  ])('%s: the first answer, and what is left after 3 s', (_option, options, ttl, first, left) => {
    const world = forwarder(DNSMASQ, [UP], options);
    world.servers.set(UP, (asked) =>
      reply(asked, {
        authoritative: false,
        recursionAvailable: true,
        answer: `${asked.name} ${ttl} A 203.0.113.1`,
      }),
    );
    expect(world.resolve('a. A')).toBe(`NOERROR fresh\na. ${first} IN A 203.0.113.1`);
    world.pass(3 * SECOND);
    expect(world.resolve('a. A')).toBe(`NOERROR cache\na. ${left} IN A 203.0.113.1`);
  });
});

describe('CoreDNS: every server block has a cache of its own', () => {
  const bounds = (cap: number) => ({
    ttlFloorSeconds: Math.min(5, cap),
    ttlCapSeconds: cap,
    negativeFloorSeconds: Math.min(5, cap),
    negativeCapSeconds: cap,
  });
  const zone = (text: string, cap?: number) => {
    const own = cap === undefined ? {} : { bounds: bounds(cap) };
    return { zone: parseName(text), mode: 'forward', addresses: [UP], fallback: false, ...own } as const;
  };
  test.each([
    ['the block of the root: cache 30', 'www.example.com.', 30, 'cache', 27],
    ['a stub domain with cache 120', 'a.corp.', 60, 'cache', 57],
    ['a stub domain with cache 7', 'a.short.', 7, 'cache', 4],
    ['a stub domain without cache: the TTL is passed on, and nothing kept', 'a.bare.', 60, 'fresh', 60],
  ])('%s', (_, name, first, reason, later) => {
    const world = forwarder(COREDNS, [UP], {
      ...bounds(30),
      configuredZones: [zone('corp.', 120), zone('short.', 7), zone('bare.', 0), zone('.')],
    });
    expect(world.resolve(`${name} A`)).toBe(`NOERROR fresh\n${name} ${first} IN A 203.0.113.1`);
    world.pass(3 * SECOND);
    expect(world.resolve(`${name} A`)).toBe(`NOERROR ${reason}\n${name} ${later} IN A 203.0.113.1`);
  });
});

describe('CoreDNS: tries of 2 s while less than 5 s have passed, and health probes', () => {
  it('one silent upstream: packets at 0, 2 and 4 s, SERVFAIL after 6 s', () => {
    const world = forwarder(COREDNS, [UP]);
    world.kill(UP);
    expect(world.resolve('a. A')).toBe('SERVFAIL no-reachable-server');
    expect(world.now).toBe(6 * SECOND);
    expect(world.takeSent().filter((line) => line.endsWith('a. A'))).toHaveLength(3);
  });

  it('a failure is remembered for 5 s', () => {
    const world = forwarder(COREDNS, [UP], { failureSeconds: { first: 5, factor: 1, maximum: 5 } });
    world.servers.set(UP, failing('SERVFAIL'));
    expect(world.resolve('a. A')).toBe('SERVFAIL server-failure');
    world.servers.set(UP, recursive);
    world.pass(5 * SECOND - 20 * MILLISECOND);
    expect(world.resolve('a. A')).toBe('SERVFAIL failure-cache');
    world.pass(20 * MILLISECOND);
    expect(world.resolve('a. A')).toMatch(/^NOERROR fresh/);
  });

  it('probes follow a time-out; two failed ones take the upstream out, one answered brings it back', () => {
    const world = forwarder({ ...COREDNS, policy: 'sequential' }, [UP, UP2]);
    world.kill(UP);
    world.resolve('a. A');
    expect(world.now).toBe(2 * SECOND + 10 * MILLISECOND);
    world.pass(2.5 * SECOND);
    expect(world.takeSent().filter((line) => line === `${UP} . NS`)).toHaveLength(2);
    expect(world.resolve('b. A')).toMatch(/^NOERROR/);
    expect(world.takeSent()).toEqual([`${UP2} b. A`]);
    world.servers.set(UP, recursive);
    world.pass(2 * SECOND);
    world.takeSent();
    world.resolve('c. A');
    expect(world.takeSent()).toEqual([`${UP} c. A`]);
    world.settle();
    expect(world.resolver.state.forwarder!.probes.size + world.resolver.state.forwarder!.pauses.size).toBe(0);
  });

  it('with every upstream down one is drawn, once: SERVFAIL after 2 s', () => {
    const world = forwarder(COREDNS, [UP, UP2]);
    world.kill(UP, UP2);
    world.resolve('a. A');
    world.pass(10 * SECOND);
    world.takeSent();
    const before = world.now;
    expect(world.resolve('b. A')).toBe('SERVFAIL no-reachable-server');
    expect(world.now - before).toBe(2 * SECOND);
    expect(world.takeSent().filter((line) => line.endsWith('b. A'))).toHaveLength(1);
  });

  it('failfast: with every upstream down nobody is asked, and SERVFAIL comes at once', () => {
    const world = forwarder({ ...COREDNS, failfast: true }, [UP, UP2]);
    world.kill(UP, UP2);
    world.resolve('a. A');
    world.pass(10 * SECOND);
    world.takeSent();
    const before = world.now;
    expect(world.resolve('b. A')).toMatch(/^SERVFAIL/);
    expect(world.now).toBe(before);
    expect(world.takeSent().filter((line) => line.endsWith('b. A'))).toEqual([]);
  });

  it('probes ask for the name they are told', () => {
    const health = { ...COREDNS.health!, name: parseName('example.org.') };
    const world = forwarder({ ...COREDNS, health }, [UP]);
    world.kill(UP);
    world.resolve('a. A');
    expect(new Set(world.takeSent())).toEqual(new Set([`${UP} a. A`, `${UP} example.org. NS`]));
  });

  it('each forward asks by its own rules, and looks after its own upstreams', () => {
    const corp = parseName('corp.');
    const sequential: ForwardingOptions = { ...COREDNS, policy: 'sequential', health: undefined };
    const world = forwarder({ ...COREDNS, policy: 'sequential' }, [UP, UP2], {
      configuredZones: [
        { zone: corp, mode: 'forward', addresses: [UP, UP2], fallback: false, forwarding: sequential },
        { zone: ROOT, mode: 'forward', addresses: [UP, UP2], fallback: false },
      ],
    });
    world.kill(UP);
    world.resolve('a. A');
    world.pass(5 * SECOND);
    world.takeSent();
    // The root's forward knows that the first is down, that of corp. has max_fails 0 and knows nothing.
    world.resolve('b. A');
    expect(world.takeSent().filter((line) => !line.endsWith('. NS'))).toEqual([`${UP2} b. A`]);
    world.resolve('b.corp. A');
    expect(world.takeSent().filter((line) => line.endsWith('b.corp. A'))).toEqual([
      `${UP} b.corp. A`,
      `${UP2} b.corp. A`,
    ]);
  });

  it('what is more than max_concurrent is REFUSED at once, and not remembered', () => {
    const world = forwarder({ ...COREDNS, concurrent: 2 }, [UP]);
    world.rtt.set(UP, SECOND);
    const asked = ['a. A', 'b. A', 'c. A'].map((text) => world.ask(text));
    expect(world.takeSent()).toEqual([`${UP} a. A`, `${UP} b. A`]);
    expect(world.answers.get(asked[2]!)!.answer).toMatchObject({ rcode: 'REFUSED' });
    world.pass(2 * SECOND);
    expect(world.resolve('c. A')).toMatch(/^NOERROR/);
  });

  it('an error of the upstream is handed on at once; the others are not asked', () => {
    const world = forwarder({ ...COREDNS, policy: 'sequential' }, [UP, UP2]);
    world.servers.set(UP, failing('SERVFAIL'));
    expect(world.resolve('a. A')).toBe('SERVFAIL server-failure');
    expect(world.takeSent()).toEqual([`${UP} a. A`]);
  });

  it('round robin takes turns, sequential does not, random follows its draws', () => {
    const draws = [0.9, 0.1, 0.9, 0.1];
    const shares = (policy: ForwardingOptions['policy']): Record<string, number> =>
      packets(
        forwarder({ ...COREDNS, policy }, [UP, UP2], {}, () => draws.shift() ?? 0),
        4,
        SECOND,
      );
    expect(shares('round-robin')).toEqual({ [UP]: 2, [UP2]: 2 });
    expect(shares('sequential')).toEqual({ [UP]: 4 });
    expect(shares('random')).toEqual({ [UP]: 2, [UP2]: 2 });
  });
});

describe('Windows Server: in order, 3 s each, nothing new after 8 s', () => {
  it('three silent forwarders of four are reached; SERVFAIL after 9 s', () => {
    const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    const world = forwarder(WINDOWS, addresses);
    world.kill(...addresses);
    expect(world.resolve('a. A')).toBe('SERVFAIL no-reachable-server');
    expect(world.now).toBe(9 * SECOND);
    expect(world.takeSent()).toEqual(addresses.slice(0, 3).map((address) => `${address} a. A`));
  });
});

describe('which questions are forwarded', () => {
  it('the closest rule wins, and a fallback iterates without being bypassed later', () => {
    const world = World.standard({
      forwarding: WINDOWS,
      failureSeconds: NO_MEMORY,
      budgetMicros: 20 * SECOND,
      configuredZones: [
        { zone: ROOT, mode: 'forward', addresses: [UP], fallback: true },
        { zone: parseName('corp.example.com.'), mode: 'forward', addresses: [UP2], fallback: false },
      ],
    });
    world.servers.set(UP2, recursive);
    expect(world.resolve('x.corp.example.com. A')).toMatch(/^NOERROR fresh/);
    expect(world.takeSent()).toEqual([`${UP2} x.corp.example.com. A`]);
    world.kill(UP);
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR fresh/);
    expect(world.takeSent()[0]).toBe(`${UP} www.example.com. A`);
    world.servers.set(UP, zoneServer({ 'example.com.': EXAMPLE_ZONE }));
    world.resolve('mail.example.com. MX');
    expect(world.takeSent()).toEqual([`${UP} mail.example.com. MX`]);
  });

  it('names that are left out are resolved from the root', () => {
    const world = World.standard({
      forwarding: WINDOWS,
      configuredZones: [
        { zone: parseName('example.com.'), mode: 'iterate', addresses: [], fallback: false },
        { zone: ROOT, mode: 'forward', addresses: [UP], fallback: false },
      ],
    });
    world.servers.set(UP, recursive);
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR fresh/);
    expect(world.takeSent().map((line) => line.split(' ')[0])).not.toContain(UP);
    world.resolve('www.example.net. A');
    expect(world.takeSent()).toEqual([`${UP} www.example.net. A`]);
  });
});
