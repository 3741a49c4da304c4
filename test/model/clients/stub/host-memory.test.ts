import { describe, expect, it, test } from 'vitest';
import type { WorldSpec } from '../../../../src/model/spec.ts';
import { change, fault, rrset } from '../../world.ts';
import { asks, drill, population, SECOND } from '../population-world.ts';
import { presetStub } from './preset-stub.ts';
import { stubWorld, WatchedClient } from './stub-world.ts';

/** A client that asks for a name that exists or does not; the zone's negative TTL is 30 s. */
function hosted(id: string, owner: string, parts: Partial<WorldSpec> & { ttl?: number } = {}): WorldSpec {
  return drill({
    duration: 20_000 * SECOND,
    populations: [
      population({
        stub: presetStub(id),
        questions: [asks(`${owner}.example.com. A`)],
        workload: { kind: 'periodic', every: 20_000 * SECOND },
      }),
    ],
    ...parts,
  });
}

/** Seconds each "no" is kept, asked again as soon as the one before has expired. */
function lives(id: string, repeats: number): number[] {
  const client = new WatchedClient(hosted(id, 'nobody'));
  const seen: number[] = [];
  let at = 10;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const step = client.request(at).find(({ code }) => code === 'cache-keep');
    const life = Number(/([\d.]+) s$/.exec(step?.text ?? '')?.[1] ?? Number.NaN);
    seen.push(life);
    at = Math.ceil(client.world.now / SECOND + life + 1);
  }
  return seen;
}

describe('Apple keeps a "no" (mDNSCore/mDNS.c mDNSCoreReceiveNoUnicastAnswers())', () => {
  it('60 s, then twice as long each time up to 3600 s, stretched by a quarter and 2 s', () => {
    const seconds = [60, 120, 240, 480, 960, 1920, 3600, 3600];
    expect(lives('macos', 8)).toEqual(seconds.map((one) => one * 1.25 + 2));
  });

  it('data in between begins anew', () => {
    const spec = hosted('macos', 'late', {
      timeline: [
        change(100 * SECOND, { put: [rrset('late.example.com. 20 A 203.0.113.10')] }),
        change(400 * SECOND, { remove: [rrset('late.example.com. 20 A 203.0.113.10')] }),
      ],
    });
    const client = new WatchedClient(spec);
    const kept = [10, 90, 300, 500].map(
      (at) => client.request(at).find(({ code }) => code === 'cache-keep')?.text,
    );
    expect(kept).toEqual(['keeps this for 77 s', 'keeps this for 152 s', undefined, 'keeps this for 77 s']);
  });
});

describe('nscd goes on with the old record (nscd/aicache.c addhstaiX())', () => {
  const outage = (seconds: number): Partial<WorldSpec> => ({
    timeline: [
      fault(
        { kind: 'resolver', resolver: 0 },
        { kind: 'down', mode: 'silent' },
        { at: 20 * SECOND, until: seconds * SECOND },
      ),
    ],
  });
  const outcomes = (id: string): string[] => {
    const client = new WatchedClient(hosted(id, 'app', { ttl: 60, ...outage(1000) }));
    return [10, 100, 130, 300, 1500].map((at) => client.request(at).at(-1)!.text);
  };

  it('while look-ups fail, as often as its TTL expires', () => {
    expect(outcomes('nscd')).toEqual(Array(5).fill('connects to 203.0.113.10'));
  });

  test.each(['glibc', 'systemd-resolved'])('%s does not (negative control)', (id) => {
    expect(outcomes(id)[3]).toBe('gives up: timed out');
  });

  it('with another wait only once its life has ended again', () => {
    const client = new WatchedClient(hosted('nscd', 'app', { ttl: 60, ...outage(1000) }));
    client.request(10);
    const texts = [100, 130].map((at) => client.request(at).map(({ code }) => code));
    expect(texts[0]).toContain('cache-hold');
    expect(texts[1]).toContain('cache-hit');
  });

  it('NXDOMAIN replaces it: that is an answer', () => {
    const timeline = [change(30 * SECOND, { remove: [rrset('app.example.com. 60 A 203.0.113.10')] })];
    const client = new WatchedClient(hosted('nscd', 'app', { ttl: 60, timeline }));
    expect([10, 200].map((at) => client.request(at).at(-1)!.text)).toEqual([
      'connects to 203.0.113.10',
      'gives up: nxdomain',
    ]);
  });
});

describe('a failure is held by the host', () => {
  /** Whether a request so many seconds after a SERVFAIL is answered from the host's cache. */
  function isHeld(id: string, seconds: number): boolean {
    const client = new WatchedClient(stubWorld(presetStub(id), ['failing']));
    client.request(10);
    return client.request(10 + seconds).some(({ where }) => where === 'OS cache');
  }

  test.each([
    ['systemd-resolved', 10], // CACHE_TTL_STRANGE_RCODE_USEC
    ['macos', 60], // mDNSCoreReceiveNoUnicastAnswers()
    ['ios', 60],
  ])('%s: %d s', (id, hold) => {
    expect([isHeld(id, hold - 1), isHeld(id, hold + 1)]).toEqual([true, false]);
  });

  test.each(['windows', 'glibc', 'musl', 'nscd', 'android'])('%s: not at all', (id) => {
    expect(isHeld(id, 1)).toBe(false);
  });
});

describe('how long data lives in the host, of a TTL of so many seconds', () => {
  /** Seconds left right after a look-up, told by the next request; NaN when nothing is kept. */
  function lifeOf(id: string, ttl: number): number {
    const client = new WatchedClient(hosted(id, 'app', { ttl }));
    client.request(10);
    const hit = client.request().find(({ where }) => where === 'OS cache');
    return Math.round(Number(/([\d.]+) s left/.exec(hit?.text ?? '')?.[1] ?? Number.NaN));
  }

  test.each([
    ['macos', 60, 77], // 1.25 · 60 + 2, DNSCommon.h RRAdjustTTL
    ['macos', 5, 15], // at least 15 s
    ['macos', 86_400, 4502], // cut to 3600 s before it is stretched
    ['systemd-resolved', 86_400, 7200], // CACHE_TTL_MAX_USEC
    ['windows', 172_800, 86_400], // MaxCacheTtl
    ['android', 300, 300],
    ['nscd', 300, 300],
    ['glibc', 300, Number.NaN],
    ['musl', 300, Number.NaN],
  ])('%s, %d s: %d s', (id, ttl, life) => {
    const seen = lifeOf(id, ttl);
    if (Number.isNaN(life)) expect(seen).toBeNaN();
    else expect(Math.abs(seen - life)).toBeLessThanOrEqual(1);
  });
});
