/** The rules towards authoritative servers in which implementations differ, one by one. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { A, AAAA, MX } from '../../../src/dns/data/rrtype.ts';
import { Infra } from '../../../src/dns/resolve/infra.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import type { ResolverAction } from '../../../src/dns/resolve/protocol.ts';
import type { SelectionOptions } from '../../../src/dns/resolve/select/options.ts';
import { selectionOf } from '../../../src/dns/resolve/select/parts.ts';
import { Throttle } from '../../../src/dns/resolve/throttle.ts';
import { UPSTREAM_REFERENCE, type UpstreamRules } from '../../../src/dns/resolve/upstream.ts';
import { EXAMPLE_1, EXAMPLE_2, PLAIN, question, reply, World } from './harness.ts';

const MS = MILLISECOND;
const WWW = 'www.example.com. A';
const rules = (upstream: Partial<UpstreamRules>): Pick<ResolverOptions, 'upstream'> => ({
  upstream: { ...UPSTREAM_REFERENCE, ...upstream },
});

/** The seconds at which packets for the name go to the zone's only living or dying servers. */
function sendTimes(options: Partial<ResolverOptions>, ...dead: string[]): number[] {
  const world = World.standard({ priming: false, refreshDelegation: false, ...options });
  const times: number[] = [];
  for (const address of [EXAMPLE_1, EXAMPLE_2]) {
    world.servers.set(address, (asked, _, now) => {
      times.push(Math.round(now / MS) / 1000);
      return dead.includes(address) ? 'silent' : reply(asked, { answer: 'www.example.com. 60 A 192.0.2.9' });
    });
  }
  world.resolve(WWW);
  world.settle();
  return times.map((at) => Math.round((at - times[0]!) * 1000) / 1000);
}

describe('time-outs in whole milliseconds (Unbound util/rtt.c)', () => {
  const options = { ...PLAIN, timeout: 'whole-milliseconds' as const, firstTimeoutMicros: 376 * MS };

  it('come down by a quarter with each quick reply, to the floor: 376, 284, 216, 164, 124, 96, 72, 56, 50', () => {
    const infra = new Infra(options);
    const waits = Array.from({ length: 9 }, () => {
      const wait = infra.timeoutMicros(EXAMPLE_1, 0, 0) / MS;
      infra.replied(EXAMPLE_1, 300, 0);
      return wait;
    });
    expect(waits).toEqual([376, 284, 216, 164, 124, 96, 72, 56, 50]);
  });

  it('a loss doubles what was waited for, and many at once double it once', () => {
    const infra = new Infra(options);
    for (let index = 0; index < 4; index++) infra.timedOut(EXAMPLE_1, 0, 376 * MS);
    expect(infra.timeoutMicros(EXAMPLE_1, 0, 0)).toBe(752 * MS);
  });

  it('a loss that began before a reply came does not count', () => {
    const infra = new Infra(options);
    infra.replied(EXAMPLE_1, 300, 0);
    infra.timedOut(EXAMPLE_1, 0, 3 * SECOND);
    expect(infra.timeoutMicros(EXAMPLE_1, 0, 0)).toBe(284 * MS);
  });
});

describe('time-outs in rounded milliseconds, each loss counted (Knot Resolver lib/selection.c)', () => {
  const options = {
    ...PLAIN,
    timeout: 'rounded-milliseconds' as const,
    backoffScope: 'losses' as const,
    firstTimeoutMicros: 400 * MS,
    minimumTimeoutMicros: 20 * MS,
    maximumTimeoutMicros: 10 * SECOND,
    ...rules({ marginMicros: 20 * MS, unknownBackoff: 'fetch' }),
  };
  const wait = (infra: Infra, fetchTimeouts = 0): number =>
    infra.timeoutMicros(EXAMPLE_1, 0, 0, fetchTimeouts) / MS;

  it('an address never heard from takes over the back-off of the fetch, one that timed out has its own', () => {
    const infra = new Infra(options);
    expect([wait(infra), wait(infra, 2)]).toEqual([400, 1600]);
    infra.timedOut(EXAMPLE_1, 0, 400 * MS);
    expect(wait(infra, 2)).toBe(800);
  });

  it('many losses at once count each, up to 256 times the time-out', () => {
    const infra = new Infra(options);
    infra.replied(EXAMPLE_1, 10 * MS, 0);
    expect(wait(infra)).toBe(30);
    for (let index = 0; index < 3; index++) infra.timedOut(EXAMPLE_1, 0, 30 * MS);
    expect(wait(infra)).toBe(240);
    for (let index = 0; index < 7; index++) infra.timedOut(EXAMPLE_1, 0, 30 * MS);
    expect(wait(infra)).toBe(7680);
  });

  it('a reply within the millisecond tells nothing, one across its end counts as 1 ms', () => {
    const infra = new Infra(options);
    infra.replied(EXAMPLE_1, 300, 700);
    expect([infra.isUnheard(EXAMPLE_1, 0), wait(infra)]).toEqual([true, 400]);
    infra.replied(EXAMPLE_1, 300, 1100);
    expect([infra.isUnheard(EXAMPLE_1, 0), wait(infra)]).toEqual([false, 21]);
  });
});

describe('single probes (Unbound services/cache/infra.c)', () => {
  const probe = { fromMicros: 12 * SECOND, marginMicros: 2 * SECOND, outMicros: 120 * SECOND, typeLosses: 3 };
  const backedOff = (timeout: number): Infra => {
    const infra = new Infra({
      ...PLAIN,
      maximumTimeoutMicros: 120 * SECOND,
      serverMemorySeconds: 900,
      ...rules({ probe }),
    });
    infra.timedOut(EXAMPLE_1, 0, timeout / 2);
    return infra;
  };

  it('a send with a time-out of 12 s keeps others off for 14 s; one of 11 s does not', () => {
    const infra = backedOff(12 * SECOND);
    expect(infra.isQuarantined(EXAMPLE_1, 0)).toBe(false);
    infra.probed(EXAMPLE_1, 0, 12 * SECOND);
    expect(infra.outOfUseUntil(EXAMPLE_1, 0)).toBe(14 * SECOND);
    const quick = backedOff(11 * SECOND);
    quick.probed(EXAMPLE_1, 0, 11 * SECOND);
    expect(quick.isQuarantined(EXAMPLE_1, 0)).toBe(false);
  });

  it.each([
    ['lost twice', 2, A, false],
    ['lost three times', 3, A, true],
    ['lost three times, asked for another type', 3, AAAA, false],
    ['lost three times, asked for a third type', 3, MX, false],
  ])('meanwhile questions of a type %s', (_what, losses, type, isKeptOff) => {
    const infra = backedOff(12 * SECOND);
    for (let loss = 0; loss < losses; loss++) infra.timedOut(EXAMPLE_1, 0, 6 * SECOND, A);
    infra.probed(EXAMPLE_1, 0, 12 * SECOND);
    expect(infra.isQuarantined(EXAMPLE_1, SECOND, type)).toBe(isKeptOff);
    expect(infra.isQuarantined(EXAMPLE_1, SECOND)).toBe(true);
  });

  it('a reply to one type forgives that type only', () => {
    const infra = backedOff(12 * SECOND);
    for (const type of [A, A, A, AAAA, AAAA, AAAA]) infra.timedOut(EXAMPLE_1, 0, 6 * SECOND, type);
    infra.replied(EXAMPLE_1, 20 * MS, 0, A);
    infra.timedOut(EXAMPLE_1, 0, 6 * SECOND);
    infra.probed(EXAMPLE_1, 0, 12 * SECOND);
    expect([A, AAAA].map((type) => infra.isQuarantined(EXAMPLE_1, SECOND, type))).toEqual([false, true]);
  });

  it('at 120 s the address is out until its entry is 900 s old', () => {
    const infra = backedOff(120 * SECOND);
    expect(infra.isQuarantined(EXAMPLE_1, 899 * SECOND)).toBe(true);
    expect(infra.isQuarantined(EXAMPLE_1, 900 * SECOND)).toBe(false);
  });

  describe('then it is tried with one query of 120 s', () => {
    const tried = (): Infra => {
      const infra = backedOff(120 * SECOND);
      expect(infra.timeoutMicros(EXAMPLE_1, 0, 1000 * SECOND)).toBe(120 * SECOND);
      infra.probed(EXAMPLE_1, 1000 * SECOND, 120 * SECOND);
      return infra;
    };

    it('others keep off meanwhile, and after its loss for 900 s from when it was sent', () => {
      const infra = tried();
      expect(infra.outOfUseUntil(EXAMPLE_1, 1001 * SECOND)).toBe(1900 * SECOND);
      infra.timedOut(EXAMPLE_1, 1120 * SECOND, 120 * SECOND);
      expect(infra.outOfUseUntil(EXAMPLE_1, 1121 * SECOND)).toBe(1900 * SECOND);
      expect(infra.isQuarantined(EXAMPLE_1, 1900 * SECOND)).toBe(false);
    });

    it('a reply makes it as good as new', () => {
      const infra = tried();
      infra.replied(EXAMPLE_1, 20 * MS, 1001 * SECOND);
      expect(infra.isQuarantined(EXAMPLE_1, 1002 * SECOND)).toBe(false);
      expect(infra.timeoutMicros(EXAMPLE_1, 0, 1002 * SECOND)).toBeLessThan(SECOND);
    });

    it('one whose time-out was shorter is forgotten (negative control)', () => {
      const infra = backedOff(60 * SECOND);
      expect(infra.known(EXAMPLE_1, 1000 * SECOND)).toBeUndefined();
    });
  });

  /** A query is sent at 0 with a time-out of 60 s, and lost; what is known of the address is 30 s from its end then. */
  test.each([
    { meanwhile: 'nothing', wait: 120 },
    { meanwhile: 'another query is sent and lost', wait: 0.752 },
    { meanwhile: 'another query is answered', wait: 0.06 },
  ])(
    'a loss that ends after the entry has: $meanwhile, then the time-out is $wait s',
    ({ meanwhile, wait }) => {
      const options = {
        ...PLAIN,
        ...rules({ probe }),
        firstTimeoutMicros: 376 * MS,
        maximumTimeoutMicros: 120 * SECOND,
      };
      const infra = new Infra({ ...options, serverMemorySeconds: 900 });
      infra.timedOut(EXAMPLE_1, -870 * SECOND, 30 * SECOND);
      expect(infra.timeoutMicros(EXAMPLE_1, 0, 0)).toBe(60 * SECOND);
      if (meanwhile.endsWith('lost')) infra.timedOut(EXAMPLE_1, 40 * SECOND, 376 * MS);
      else if (meanwhile.endsWith('answered')) infra.replied(EXAMPLE_1, 20 * MS, 40 * SECOND);
      infra.timedOut(EXAMPLE_1, 60 * SECOND, 60 * SECOND);
      expect(infra.timeoutMicros(EXAMPLE_1, 0, 60 * SECOND)).toBe(wait * SECOND);
    },
  );
});

describe('schedules', () => {
  const one = { useIpv6: false, sendsPerServer: 4, budgetMicros: 100 * SECOND, firstTimeoutMicros: SECOND };

  it('a send is repeated once below the limit, then backs off', () => {
    expect(sendTimes({ ...one, ...rules({ repeatBelowMicros: 3 * SECOND }) }, EXAMPLE_1, EXAMPLE_2)).toEqual([
      0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 28,
    ]);
  });

  it('free tries do not back off (BIND: 3 passes)', () => {
    const options = { ...one, backoffScope: 'question' as const, ...rules({ freeTries: 2 }) };
    expect(sendTimes(options, EXAMPLE_1, EXAMPLE_2)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  });

  test.each([
    ['at-once', [0, 1, 2], 2.5],
    ['between-tries', [0, 1, 2], 4],
  ] as const)('the time limit, %s', (timeLimit, times, seconds) => {
    const options = { ...one, budgetMicros: 2.52 * SECOND, ...rules({ timeLimit }) };
    expect(sendTimes(options, EXAMPLE_1, EXAMPLE_2)).toEqual(times);
    const world = World.standard({ ...options, refreshDelegation: false });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.resolve(WWW);
    expect(Math.round(world.now / (100 * MS)) / 10).toBe(seconds);
  });
});

describe('TCP after losses', () => {
  const tcp = {
    afterTimeouts: 2,
    afterErrors: false,
    aboveMicros: 2 * SECOND,
    connectMicros: 2 * SECOND,
    replyMicros: 9 * SECOND,
  };
  type Sent = Extract<ResolverAction, { kind: 'send' }>;
  const sent = ({ actions }: World): Sent[] => actions.filter((action) => action.kind === 'send').slice(2);
  const transports = (world: World): string[] => sent(world).map(({ transport }) => transport);

  it('after two time-outs of one server, with a wait of its own for the connection; after that UDP only', () => {
    const world = World.standard({ budgetMicros: 60 * SECOND, sendsPerServer: 3, ...rules({ tcp }) });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.resolve(WWW);
    expect(transports(world).slice(0, 6)).toEqual(['udp', 'udp', 'udp', 'udp', 'tcp', 'udp']);
    expect(sent(world)[4]).toMatchObject({ timeout: 9 * SECOND, connectTimeout: 2 * SECOND });
    expect(transports(world).slice(5)).not.toContain('tcp');
  });

  it('who joins a connection on its way waits for what is left of it, and tries TCP again when it fails', () => {
    const options = {
      budgetMicros: 60 * SECOND,
      refreshDelegation: false,
      priming: false,
      sendsPerServer: 9,
    };
    const world = World.standard({ ...options, ...rules({ tcp: { ...tcp, afterTimeouts: 1 } }) });
    world.resolve('ns1.example.com. AAAA');
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.actions.length = 0;
    world.ask('a.example.com. A');
    world.pass(100 * MS);
    world.ask('b.example.com. A');
    world.settle();
    const over = (name: string): Sent[] =>
      world.actions.filter(
        (action) => action.kind === 'send' && action.question.name === name && action.transport === 'tcp',
      ) as Sent[];
    expect(over('a.example.com.').map(({ connectTimeout }) => connectTimeout)).toEqual([2 * SECOND]);
    const [joined, again] = over('b.example.com.').map(({ connectTimeout }) => connectTimeout! / SECOND);
    expect(joined).toBeLessThan(2);
    expect(again).toBe(2);
  });

  it('after errors: the full question, then TCP, and out of use only when the error comes over TCP', () => {
    const world = World.standard({
      qnameMinimisation: 'relaxed',
      ...rules({ tcp: { ...tcp, afterErrors: true }, maximumErrors: 5 }),
    });
    for (const address of [EXAMPLE_1, EXAMPLE_2])
      world.servers.set(address, (asked) => reply(asked, { rcode: 'SERVFAIL' }));
    expect(world.resolve('www.sub.example.com. A')).toMatch(/^SERVFAIL/);
    expect(transports(world)).toEqual(['udp', 'udp', 'tcp', 'udp', 'tcp']);
    expect(sent(world).map(({ question: { name } }) => name)).toEqual([
      'sub.example.com.',
      ...Array.from({ length: 4 }, () => 'www.sub.example.com.'),
    ]);
  });

  it.each([3, 4, 6])('%i time-outs end the request', (maximumTimeouts) => {
    const world = World.standard({ sendsPerServer: 9, ...rules({ maximumTimeouts }) });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    expect(world.resolve(WWW)).toMatch(/^SERVFAIL/);
    expect(sent(world)).toHaveLength(maximumTimeouts);
  });
});

describe('a reply after time-outs that may have been a step of minimisation (Unbound)', () => {
  it.each([
    [0, 1],
    [1, 3],
    [2, 4],
    [3, 4],
  ])('after %i time-outs in a row %i queries in all', (losses, queries) => {
    const world = World.standard({
      ...PLAIN,
      minimiseTimeouts: 3,
      qnameMinimisation: 'relaxed',
      sendsPerServer: 9,
      budgetMicros: 60 * SECOND,
      ...rules({ confirmsAfterTimeouts: true }),
    });
    let left = losses;
    let count = 0;
    for (const address of [EXAMPLE_1, EXAMPLE_2]) {
      world.servers.set(address, (asked) => {
        count++;
        return left-- > 0 ? 'silent' : reply(asked, { answer: 'www.example.com. 60 A 192.0.2.9' });
      });
    }
    expect(world.resolve(WWW)).toMatch(/^NOERROR/);
    expect(count).toBe(queries);
  });
});

describe('throttle (PowerDNS Recursor)', () => {
  const make = (): Throttle =>
    new Throttle({
      timeoutMicros: 10 * SECOND,
      timeoutQueries: 5,
      errorMicros: 60 * SECOND,
      errorQueries: 3,
      refusalMicros: 60 * SECOND,
      refusalQueries: 100,
    });

  test.each([
    ['timeout', 5, 10],
    ['error', 3, 60],
    ['refusal', 100, 60],
  ] as const)('after a %s: %i occasions or %i s', (kind, occasions, seconds) => {
    const throttle = make();
    throttle.record(EXAMPLE_1, question(WWW), kind, 0);
    const blocked = Array.from({ length: 120 }, () => throttle.blocks(EXAMPLE_1, question(WWW), 1));
    expect(blocked.filter(Boolean)).toHaveLength(occasions);
    throttle.record(EXAMPLE_1, question(WWW), kind, 0);
    expect(throttle.blocks(EXAMPLE_1, question(WWW), seconds * SECOND - 1)).toBe(true);
    expect(throttle.blocks(EXAMPLE_1, question(WWW), seconds * SECOND)).toBe(false);
  });

  it('holds for the question and the address only', () => {
    const throttle = make();
    throttle.record(EXAMPLE_1, question(WWW), 'error', 0);
    expect(throttle.blocks(EXAMPLE_2, question(WWW), 1)).toBe(false);
    expect(throttle.blocks(EXAMPLE_1, question('example.com. MX'), 1)).toBe(false);
  });
});

describe('errors', () => {
  const packets = (upstream: Partial<UpstreamRules>, options: Partial<ResolverOptions> = {}): number => {
    const world = World.standard({
      refreshDelegation: false,
      sendsPerServer: 5,
      ...options,
      ...rules(upstream),
    });
    for (const address of [EXAMPLE_1, EXAMPLE_2])
      world.servers.set(address, (asked) => reply(asked, { rcode: 'SERVFAIL' }));
    world.resolve(WWW);
    return world.takeSent().filter((line) => line.startsWith('192.0.2.')).length;
  };

  it('once per server, or as often as the limit says', () => {
    expect(packets({})).toBe(2);
    expect(packets({ errorsPerServer: 5, triesPer: 'delegation' })).toBe(10);
  });

  it('of minimised questions: the full name at once, or all servers first', () => {
    const minimised = { qnameMinimisation: 'relaxed' as const };
    const deep = (minimisedErrors: UpstreamRules['minimisedErrors']): string[] => {
      const world = World.standard({ ...minimised, refreshDelegation: false, ...rules({ minimisedErrors }) });
      for (const address of [EXAMPLE_1, EXAMPLE_2])
        world.servers.set(address, (asked) => reply(asked, { rcode: 'SERVFAIL' }));
      world.resolve('a.b.example.com. A');
      return world.takeSent().flatMap((line) => (line.startsWith('192.0.2.') ? [line.split(' ')[1]!] : []));
    };
    expect(deep('full-name')).toEqual(['b.example.com.', 'a.b.example.com.', 'a.b.example.com.']);
    expect(deep('next-server')).toEqual([
      'b.example.com.',
      'b.example.com.',
      'a.b.example.com.',
      'a.b.example.com.',
    ]);
  });
});

describe('selections', () => {
  const servers = [EXAMPLE_1, EXAMPLE_2].map((address) => ({ address, sends: 0, errors: 0, timeouts: 0 }));
  const occasion = (
    now: number,
    waitedMicros = 0,
  ): { now: number; random: () => number; waitedMicros: number } => ({
    now,
    random: () => 0.5,
    waitedMicros,
  });
  const pick = (options: SelectionOptions, infra: Infra, now: number, random = 0.5): string =>
    selectionOf(options).pick(servers, options, { infra, now, random: () => random, preferIpv6: false })
      .address;

  it('smoothed-rtt: 0.7 old + 0.3 new, ageing of the others once a second, a penalty by speed', () => {
    const options: SelectionOptions = {
      id: 'smoothed-rtt',
      weight: 0.3,
      ageing: 0.02,
      timeoutPenaltyMicros: SECOND,
      ipv4HandicapMicros: 0,
    };
    const part = selectionOf(options);
    const infra = new Infra(PLAIN);
    const memory = infra.memory(EXAMPLE_1, 0);
    part.replied!(memory, 100 * MS, options, occasion(0));
    part.replied!(memory, 200 * MS, options, occasion(0));
    expect(memory.preference).toBeCloseTo(130 * MS, 5);
    for (let index = 0; index < 5; index++) part.passedOver!(memory, options, occasion(SECOND + index));
    expect(memory.preference).toBeCloseTo(0.98 * 130 * MS, 5);
    const aged = memory.preference!;
    part.timedOut!(memory, options, occasion(SECOND));
    expect(memory.preference).toBeCloseTo(aged + SECOND / 64, 5);
    memory.preference = aged;
    infra.replied(EXAMPLE_1, 100 * MS, SECOND);
    part.timedOut!(memory, options, occasion(SECOND));
    expect(memory.preference).toBeCloseTo(aged + SECOND / 16, 5);
    expect(pick(options, infra, SECOND)).toBe(EXAMPLE_2);
  });

  it('decaying-rtt: what is not used falls to 1/e, so a slow one comes back', () => {
    const options: SelectionOptions = { id: 'decaying-rtt', timeConstantMicros: 60 * SECOND };
    const part = selectionOf(options);
    const infra = new Infra(PLAIN);
    part.replied!(infra.memory(EXAMPLE_1, 0), 100 * MS, options, occasion(0));
    part.replied!(infra.memory(EXAMPLE_2, 0), 30 * MS, options, occasion(0));
    expect(pick(options, infra, 0)).toBe(EXAMPLE_2);
    for (let at = 1; at <= 80; at++)
      part.replied!(infra.memory(EXAMPLE_2, 0), 30 * MS, options, occasion(at * SECOND));
    expect(pick(options, infra, 80 * SECOND)).toBe(EXAMPLE_1);
  });

  it('epsilon-greedy: untried first, then fewest errors, then the shortest time-out; explores with a cap', () => {
    const options: SelectionOptions = { id: 'epsilon-greedy', exploreShare: 0.05, capFactor: 2 };
    const infra = new Infra({ ...PLAIN, minimumTimeoutMicros: 20 * MS });
    infra.replied(EXAMPLE_1, 10 * MS, 0);
    expect(pick(options, infra, 0)).toBe(EXAMPLE_2);
    infra.replied(EXAMPLE_2, 100 * MS, 0);
    expect(pick(options, infra, 0)).toBe(EXAMPLE_1);
    const explored = [0.01, 0.99].map((second) => {
      const draws = [0.01, second];
      const context = { infra, now: 0, random: () => draws.shift()!, preferIpv6: false };
      return selectionOf(options).pick(servers, options, context).address;
    });
    expect(explored).toEqual([EXAMPLE_1, EXAMPLE_2]);
    const context = { infra, now: 0, random: () => 0.5, preferIpv6: false };
    const cap = (at: number): number | undefined =>
      selectionOf(options).cap!(servers, servers[at]!, options, context);
    expect([cap(0), cap(1)]).toEqual([undefined, 2 * infra.timeoutMicros(EXAMPLE_1, 0, 0)]);
    for (const what of [{ errors: 1 }, { timeouts: 1 }]) {
      const failed = [{ ...servers[0]!, ...what }, servers[1]!];
      expect(selectionOf(options).pick(failed, options, context).address).toBe(EXAMPLE_2);
    }
  });
});

describe('the words of a trace', () => {
  it('tell until when of the run a server is left alone, and that it is not asked', () => {
    const world = World.standard({
      budgetMicros: 60 * SECOND,
      refreshDelegation: false,
      failureSeconds: { first: 1, factor: 1, maximum: 1 },
      quarantine: {
        afterTimeouts: 1,
        firstMicros: 90 * SECOND,
        factor: 2,
        maximumMicros: 90 * SECOND,
        leastTimeoutMicros: 0,
        bypassShare: 0,
        probesOnce: true,
      },
    });
    world.kill(EXAMPLE_1, EXAMPLE_2);
    world.pass(600 * SECOND);
    world.resolver.tracing = true;
    world.resolve(WWW);
    world.pass(30 * SECOND);
    world.resolve(WWW);
    const told = world.notes.filter(({ code }) => code === 'back-off').map(({ text }) => text);
    expect(told.map((text) => text.replace(/ns[12]\S+ \(\S+\)/, 'ns'))).toEqual([
      'leaves ns in back-off until 11m31s of the run, for another 1 min 30 s (server memory)',
      'leaves ns in back-off until 11m31s of the run, for another 1 min 30 s (server memory)',
      'does not ask ns: in back-off until 11m31s of the run, for another 60 s (server memory)',
      'does not ask ns: in back-off until 11m31s of the run, for another 1 min (server memory)',
    ]);
    expect(world.now).toBe(630_820 * MS);
  });
});
