/** RFC 9520: negative caching of resolution failures. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { A } from '../../src/dns/data/rrtype.ts';
import { FailureCache } from '../../src/dns/resolve/failure.ts';
import { RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
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

const count = (lines: readonly string[], start: string): number =>
  lines.filter((line) => line.startsWith(start)).length;

const SHORT = EXAMPLE_ZONE.replace('www.example.com. 300', 'www.example.com. 60');

function deadZone(options: Parameters<typeof World.standard>[0] = {}): World {
  const world = World.standard({ budgetMicros: 60 * SECOND, ...options });
  world.resolve('mail.example.com. MX');
  world.takeSent();
  world.kill(EXAMPLE_1, EXAMPLE_2);
  return world;
}

describe('§3.1 F-1: at most three sends of a query to one address and transport', () => {
  test.each([1, 2, 3])('%i sends per server', (sendsPerServer) => {
    const world = deadZone({ sendsPerServer });
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL no-reachable-server');
    const sent = world.takeSent();
    expect(count(sent, `${EXAMPLE_1} www.example.com. A`)).toBe(sendsPerServer);
    expect(count(sent, `${EXAMPLE_2} www.example.com. A`)).toBe(sendsPerServer);
  });

  it('counts UDP and TCP apart', () => {
    const world = World.standard({ budgetMicros: 100 * SECOND, refreshDelegation: false });
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked, transport) =>
        transport === 'udp' ? reply(asked, { truncated: true }) : 'silent',
      );
    }
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL no-reachable-server');
    const sent = world.takeSent();
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      expect(sent.filter((line) => line === `${address} www.example.com. A`)).toHaveLength(1);
      expect(sent.filter((line) => line === `${address} www.example.com. A tcp`)).toHaveLength(3);
    }
  });

  it('counts sends in vain only: a server that answers may be asked the same again', () => {
    const chain = Array.from(
      { length: 6 },
      (_, i) => `c${i}.example.com. 0 CNAME c${i + 1}.example.com.`,
    ).join('\n');
    const zone = `${chain}\nc6.example.com. 60 A 203.0.113.10\nexample.com. 60 SOA a. b. 1 1 1 1 1`;
    const world = World.standard({ qnameMinimisation: 'relaxed' }, zone);
    world.servers.set(COM_SERVER, (asked) =>
      referral(asked, 'example.com. 0 NS ns1.example.com.', `ns1.example.com. 0 A ${EXAMPLE_1}`),
    );
    expect(world.resolve('c0.example.com. A')).toMatch(/^NOERROR fresh/);
    expect(count(world.takeSent(), `${COM_SERVER} example.com. A`)).toBe(7);
  });

  it('the time-out grows with each loss', () => {
    const world = deadZone({ timeout: 'fixed', firstTimeoutMicros: SECOND, refreshDelegation: false });
    world.ask('www.example.com. A');
    world.settle();
    // two servers, 1 + 2 + 4 s each
    expect(world.answers.get(2)?.at).toBe(40_000 - 10_000 + 14 * SECOND);
  });
});

describe('§3.2 F-2: resolution failures are cached', () => {
  it('no query goes out while the failure holds, and one does afterwards', () => {
    const world = deadZone();
    world.resolve('www.example.com. A');
    world.takeSent();
    const failedAt = world.now;
    world.pass(4.9 * SECOND);
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL failure-cache');
    expect(world.takeSent()).toEqual([]);
    world.pass(failedAt + 5 * SECOND - world.now);
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL no-reachable-server');
    expect(world.takeSent().length).toBeGreaterThan(0);
  });

  it('covers the name and type that failed, nothing else', () => {
    const world = deadZone();
    world.resolve('www.example.com. A');
    world.takeSent();
    world.resolve('www.example.com. AAAA');
    expect(world.takeSent().length).toBeGreaterThan(0);
  });

  it.each([
    [
      'SERVFAIL',
      () => (asked: ReturnType<typeof question>) => reply(asked, { rcode: 'SERVFAIL', authoritative: false }),
    ],
    [
      'REFUSED',
      () => (asked: ReturnType<typeof question>) => reply(asked, { rcode: 'REFUSED', authoritative: false }),
    ],
    ['unreachable', () => () => 'unreachable' as const],
  ])('%s from all servers is cached as well', (_, make) => {
    const world = deadZone();
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.servers.set(address, make());
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL (server-failure|no-reachable-server)$/);
    world.takeSent();
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL failure-cache');
    expect(world.takeSent()).toEqual([]);
  });

  it('a success ends the row: the next failure starts small again', () => {
    const world = deadZone({ budgetMicros: SECOND });
    const holds = (): number => {
      world.resolve('www.example.com. A');
      const failure = world.resolver.state.failures.last(question('www.example.com.').name, A)!;
      return (failure.until - failure.failedAt) / SECOND;
    };
    expect(holds()).toBe(5);
    world.pass(6 * SECOND);
    expect(holds()).toBe(10);
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': SHORT });
    world.pass(11 * SECOND);
    expect(world.resolve('www.example.com. A')).toMatch(/^NOERROR/);
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.pass(60 * SECOND);
    expect(holds()).toBe(5);
  });

  it("a server's address that could not be found in time is remembered as well", () => {
    const world = World.standard({ budgetMicros: 2 * SECOND });
    world.serve(COM_SERVER, {
      'com.': 'com. 60 SOA a. b. 1 1 1 1 1\nexample.com. 60 NS ns.hoster.net.',
      'net.':
        'net. 60 SOA a. b. 1 1 1 1 1\nhoster.net. 60 NS ns.hoster.net.\nhoster.net. 60 NS ns2.hoster.net.\nns2.hoster.net. 60 A 192.0.2.9',
    });
    expect(world.resolve('www.example.com. A')).toMatch(/^SERVFAIL/);
    world.takeSent();
    world.resolve('other.example.com. A');
    expect(world.takeSent()).not.toContain('192.0.2.9 ns.hoster.net. A');
  });

  it('a failure does not hide data that are still cached', () => {
    const world = deadZone();
    world.resolve('www.example.com. A');
    expect(world.resolve('mail.example.com. MX')).toMatch(/^NOERROR cache/);
  });

  it('reference: at least 1 s, at most 300 s', () => {
    const { first, factor, maximum } = RFC_REFERENCE.failureSeconds;
    expect(first).toBeGreaterThanOrEqual(1);
    expect(factor).toBeGreaterThan(1);
    expect(maximum).toBeLessThanOrEqual(300);
  });
});

describe('§3.2 F-3: back-off while the failure persists', () => {
  const name = question('www.example.com.').name;

  it('5, 10, 20 ... 300, 300 s', () => {
    const failures = new FailureCache({ first: 5, factor: 2, maximum: 300 });
    const lives: number[] = [];
    for (let now = 0, round = 0; round < 9; round++) {
      const { until } = failures.record(name, A, now);
      lives.push((until - now) / SECOND);
      now = until;
    }
    expect(lives).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('a success starts it anew', () => {
    const failures = new FailureCache({ first: 5, factor: 2, maximum: 300 });
    failures.record(name, A, 0);
    failures.record(name, A, 5 * SECOND);
    failures.succeed(name, A);
    expect(failures.record(name, A, 20 * SECOND).until).toBe(25 * SECOND);
  });

  it('so does a long pause', () => {
    const failures = new FailureCache({ first: 5, factor: 2, maximum: 300 });
    failures.record(name, A, 0);
    expect(failures.record(name, A, 304 * SECOND).count).toBe(2);
    expect(failures.record(name, A, 304 * SECOND + 310 * SECOND).count).toBe(1);
  });

  it('holds strictly: not at the very end', () => {
    const failures = new FailureCache({ first: 5, factor: 1, maximum: 300 });
    failures.record(name, A, 0);
    expect(failures.holds(name, A, 5 * SECOND - 1)).toBe(true);
    expect(failures.holds(name, A, 5 * SECOND)).toBe(false);
  });

  it('old failures are forgotten, so memory stays bounded', () => {
    const failures = new FailureCache({ first: 5, factor: 2, maximum: 300 });
    for (let i = 0; i < 1000; i++) failures.record(question(`n${i}.example.com.`).name, A, i * SECOND);
    expect(failures.size).toBeLessThanOrEqual(306);
  });
});

describe('§3.1 F-4: the parent of a dead zone is not hammered', () => {
  it('one question to the parent per effort, and none while its answer is fresh in mind', () => {
    const world = deadZone();
    for (let i = 0; i < 20; i++) world.resolve(`n${i}.example.com. A`);
    const sent = world.takeSent();
    const efforts = 20;
    expect(count(sent, COM_SERVER)).toBeLessThanOrEqual(efforts);
    expect(count(sent, ROOT_SERVER)).toBe(0);
  });

  it('back-off holds for the parent too: many names in a short time cost it one query', () => {
    const world = deadZone({ timeout: 'fixed', firstTimeoutMicros: 20_000, backoffFactor: 1 });
    for (let i = 0; i < 20; i++) world.resolve(`n${i}.example.com. A`);
    expect(world.now).toBeLessThan(5 * SECOND);
    expect(count(world.takeSent(), COM_SERVER)).toBe(1);
  });

  it('a zone that came back may be asked for anew when it dies again', () => {
    const world = deadZone({ timeout: 'fixed', firstTimeoutMicros: 20_000, backoffFactor: 1 });
    world.resolve('n1.example.com. A');
    for (const address of [EXAMPLE_1, EXAMPLE_2]) world.serve(address, { 'example.com.': EXAMPLE_ZONE });
    world.resolve('n2.example.com. A');
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.takeSent();
    world.resolve('n3.example.com. A');
    expect(world.now).toBeLessThan(5 * SECOND);
    expect(count(world.takeSent(), COM_SERVER)).toBe(1);
  });

  it('a dead parent gets no more than three sends per address', () => {
    const world = deadZone();
    world.kill(COM_SERVER);
    world.resolve('www.example.com. A');
    expect(count(world.takeSent(), COM_SERVER)).toBeLessThanOrEqual(3);
  });
});

describe('§2.6 and F-6: identical queries in flight', () => {
  it('are joined: one query upstream, all answered', () => {
    const world = World.standard();
    const tickets = Array.from({ length: 50 }, () => world.ask('www.example.com. A'));
    world.settle();
    expect(world.takeSent()).toHaveLength(3);
    for (const ticket of tickets)
      expect(world.textOf(ticket)).toBe('NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10');
  });

  it('are not joined where the option says so', () => {
    const world = World.standard({ joinQueries: false });
    world.ask('www.example.com. A');
    world.ask('www.example.com. A');
    world.settle();
    expect(world.takeSent()).toHaveLength(6);
  });

  it('beyond a limit are dropped (as BIND clients-per-query)', () => {
    const world = World.standard({ maximumJoined: 10 });
    const tickets = Array.from({ length: 50 }, () => world.ask('www.example.com. A'));
    world.settle();
    expect(tickets.filter((ticket) => world.textOf(ticket) === 'dropped')).toHaveLength(40);
    expect(world.resolver.state.outstanding).toBe(0);
  });

  it('F-6: the whole request ends within its budget', () => {
    const world = deadZone({ budgetMicros: 3 * SECOND });
    const askedAt = world.now;
    expect(world.resolve('www.example.com. A')).toBe('SERVFAIL no-reachable-server');
    expect(world.now - askedAt).toBeLessThanOrEqual(3 * SECOND);
    expect(world.resolver.idle).toBe(true);
  });
});
