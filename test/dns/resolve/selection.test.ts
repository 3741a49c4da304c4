import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import { Infra } from '../../../src/dns/resolve/infra.ts';
import type { ResolverOptions } from '../../../src/dns/resolve/options.ts';
import type { SelectionOptions } from '../../../src/dns/resolve/select/options.ts';
import { selectionOf } from '../../../src/dns/resolve/select/parts.ts';
import { PLAIN } from './harness.ts';

const MS = MILLISECOND;

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Shares of `rounds` queries over servers with these round-trip times (undefined = silent), one a second. */
function shares(options: SelectionOptions, rtts: readonly (number | undefined)[], rounds = 4_000): number[] {
  const infra = new Infra({ ...PLAIN, serverMemorySeconds: 1e9, firstTimeoutMicros: 376 * MS });
  const part = selectionOf(options);
  const random = generator(5);
  const servers = rtts.map((rtt, index) => ({
    address: `192.0.2.${index}`,
    sends: 0,
    errors: 0,
    timeouts: 0,
    expectedMicros: undefined,
    rtt,
  }));
  const counts = servers.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const now = round * SECOND;
    const { address, rtt } = part.pick(servers, options, { infra, now, random, preferIpv6: false });
    counts[servers.findIndex((server) => server.address === address)]!++;
    if (rtt === undefined) {
      infra.timedOut(address, now);
      part.timedOut?.(infra.memory(address, now), options, { now, random, waitedMicros: 376 * MS });
    } else {
      infra.replied(address, rtt, now);
      part.replied?.(infra.memory(address, now), rtt, options, { now, random, waitedMicros: rtt });
    }
  }
  return counts.map((count) => count / rounds);
}

describe('uniform', () => {
  it('asks all alike, dead ones too', () => {
    for (const share of shares({ id: 'uniform' }, [10 * MS, 500 * MS, undefined]))
      expect(share).toBeCloseTo(1 / 3, 1);
  });
});

describe('lowest smoothed round-trip time', () => {
  const options: SelectionOptions = {
    id: 'lowest-rtt',
    weight: 0.3,
    decayPerSecond: 0.02,
    timeoutPenaltyMicros: SECOND,
  };

  it('prefers the near one, and still tries the far one', () => {
    const [near, far] = shares(options, [10 * MS, 100 * MS]);
    expect(near).toBeGreaterThan(0.95);
    expect(far).toBeGreaterThan(0);
  });

  it('leaves a silent one almost alone', () => {
    const [dead, alive] = shares(options, [undefined, 20 * MS]);
    expect(dead).toBeGreaterThan(0);
    expect(dead).toBeLessThan(0.02);
    expect(alive).toBeGreaterThan(0.98);
  });

  it('without decay it never comes back (negative control)', () => {
    expect(shares({ ...options, decayPerSecond: 0 }, [undefined, 20 * MS])[0]).toBe(1 / 4_000);
  });

  it('explores a share at random', () => {
    expect(shares({ ...options, decayPerSecond: 0, exploreShare: 0.1 }, [10 * MS, 100 * MS])[1]).toBeCloseTo(
      0.05,
      1,
    );
  });

  it('of equals it takes the preferred family', () => {
    const infra = new Infra(PLAIN);
    const servers = ['192.0.2.1', '2001:db8::1'].map((address) => ({
      address,
      sends: 0,
      errors: 0,
      timeouts: 0,
      expectedMicros: undefined,
    }));
    const pick = (preferIpv6: boolean): string =>
      selectionOf(options).pick(servers, options, { infra, now: 0, random: () => 0.7, preferIpv6 }).address;
    expect([pick(false), pick(true)]).toEqual(['192.0.2.1', '2001:db8::1']);
  });
});

describe('band', () => {
  const options: SelectionOptions = { id: 'rtt-band', bandMicros: 400 * MS };

  it('treats servers within the band alike (measured: .48 / .52 at 10 and 100 ms)', () => {
    const [near, far] = shares(options, [10 * MS, 100 * MS]);
    expect(near).toBeCloseTo(0.5, 1);
    expect(far).toBeCloseTo(0.5, 1);
  });

  it('leaves those outside it (measured: .995 / .005 at 10 and 500 ms)', () => {
    const [near, far] = shares(options, [10 * MS, 500 * MS]);
    expect(near).toBeGreaterThan(0.99);
    expect(far).toBeLessThan(0.01);
  });

  it('drops a silent server after two losses', () => {
    expect(shares(options, [undefined, 20 * MS])[0]).toBeLessThanOrEqual(2 / 4_000);
  });
});

describe('server memory', () => {
  const infra = (options: Partial<ResolverOptions> = {}): Infra => new Infra({ ...PLAIN, ...options });
  const wait = (of: Infra, sends = 0, now = 0): number => of.timeoutMicros('192.0.2.1', sends, now) / MS;

  it('unknown: the first time-out; known: RTT + 4 deviations, at least the minimum (RFC 6298 §2)', () => {
    const memory = infra();
    expect(wait(memory)).toBe(400);
    memory.replied('192.0.2.1', 100 * MS, 0);
    expect(wait(memory)).toBe(300);
    for (let i = 0; i < 60; i++) memory.replied('192.0.2.1', 10 * MS, 0);
    expect(wait(memory)).toBe(50);
  });

  it('back-off doubles with each time-out up to the maximum, and ends with a reply', () => {
    const memory = infra({ maximumTimeoutMicros: 2 * SECOND });
    const waits = [0, 1, 2, 3].map(() => {
      memory.timedOut('192.0.2.1', 0);
      return wait(memory);
    });
    expect(waits).toEqual([800, 1600, 2000, 2000]);
    memory.replied('192.0.2.1', 10 * MS, 0);
    expect(wait(memory)).toBe(50);
  });

  it('back-off per question looks at its sends only', () => {
    const memory = infra({ backoffScope: 'question' });
    memory.timedOut('192.0.2.1', 0);
    expect([wait(memory, 0), wait(memory, 1), wait(memory, 2)]).toEqual([400, 800, 1600]);
  });

  it('is forgotten after its time', () => {
    const memory = infra({ serverMemorySeconds: 900 });
    memory.timedOut('192.0.2.1', 0);
    expect(wait(memory, 0, 900 * SECOND - 1)).toBe(800);
    expect(wait(memory, 0, 900 * SECOND)).toBe(400);
  });

  it('quarantine begins after so many time-outs, doubles, is probed once, ends with a reply', () => {
    const memory = infra({
      quarantine: {
        afterTimeouts: 2,
        firstMicros: 10 * SECOND,
        factor: 2,
        maximumMicros: 30 * SECOND,
        leastTimeoutMicros: 0,
        bypassShare: 0,
        probesOnce: true,
      },
    });
    const out = (now: number): boolean => memory.isQuarantined('192.0.2.1', now * SECOND);
    memory.timedOut('192.0.2.1', 0);
    expect(out(0)).toBe(false);
    memory.timedOut('192.0.2.1', 0);
    expect([out(0), out(9.9), out(10)]).toEqual([true, true, false]);
    memory.probed('192.0.2.1', 10 * SECOND, SECOND);
    expect(out(11)).toBe(true);
    memory.timedOut('192.0.2.1', 12 * SECOND);
    expect([out(31.9), out(32)]).toEqual([true, false]);
    memory.timedOut('192.0.2.1', 32 * SECOND);
    expect([out(61.9), out(62)]).toEqual([true, false]);
    memory.replied('192.0.2.1', 10 * MS, 62 * SECOND);
    memory.timedOut('192.0.2.1', 63 * SECOND);
    expect(out(63)).toBe(false);
  });

  it('works at times before the start of a run', () => {
    const memory = infra();
    memory.replied('192.0.2.1', 10 * MS, -50 * SECOND);
    expect(memory.isQuarantined('192.0.2.1', -50 * SECOND)).toBe(false);
  });
});
