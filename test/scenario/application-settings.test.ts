/** Settings of applications beyond the cache: what they read as, and what is refused. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { ApplicationBehaviour } from '../../src/profiles/client-behaviour.ts';
import { describeSource } from '../../src/scenario/effective.ts';
import { BASE, line, load, mustLoad } from './base.ts';

const app = (keys: string): string => BASE.replace('count: 10,', `count: 10, app: ${keys},`);
const read = (keys: string): ApplicationBehaviour =>
  mustLoad(app(keys)).strategies[0]!.spec.populations[0]!.application;

describe('mechanisms', () => {
  const rows: [keys: string, expected: Partial<ApplicationBehaviour>][] = [
    ['{ restart-every: 1d }', { restartEvery: 86_400 * SECOND }],
    ['{ cache: { mode: forever, hold: 30s } }', { hold: { after: 30 * SECOND, negativeToo: false } }],
    [
      '{ cache: { mode: forever, hold: unlimited, hold-negative: on } }',
      { hold: { after: Number.POSITIVE_INFINITY, negativeToo: true } },
    ],
    ['{ cache: forever, poll: 5s }', { polling: { every: 5 * SECOND, retry: 10 * SECOND } }],
    ['{ cache: forever, poll: { every: ttl, retry: 1s } }', { polling: { every: 'ttl', retry: SECOND } }],
    [
      '{ keep-alive: 60s, connect-timeout: 3s, connections: { lifetime: 2m } }',
      { connections: { lifetime: 120 * SECOND, silence: 3 * SECOND, closeOnChange: false } },
    ],
    ['{ addresses: in-order }', { addresses: { style: 'in-order', families: 'as-asked' } }],
    [
      '{ addresses: { families: ipv6-first, resolution-delay: 50ms } }',
      { addresses: { style: 'staggered', families: 'ipv6-first', resolutionDelay: 50_000 } },
    ],
    [
      "{ retries: { delays: '0s, 5s, 1m' } }",
      { retries: { count: 0, firstDelay: SECOND, factor: 2, delays: [0, 5 * SECOND, 60 * SECOND] } },
    ],
    ['{ cache: { mode: ttl, refresh-failures: on } }', { refreshFailures: true }],
  ];
  test.each(rows)('app: %s', (keys, expected) => {
    expect(read(keys)).toMatchObject(expected);
  });

  it('are absent from a plain application (negative control)', () => {
    const plain = ['addresses', 'cache', 'connections', 'hold', 'ownStub', 'polling', 'restartEvery'];
    expect(Object.keys(read('fetcher')).filter((key) => plain.includes(key))).toEqual(['cache']);
    expect(read('fetcher').retries).not.toHaveProperty('delays');
  });

  it('tell where they come from', () => {
    const { effective } = mustLoad(app('envoy-strict-dns')).strategies[0]!;
    const told = effective.find(({ path }) => path === 'clients.users.app.poll.every')!;
    expect(told.value).toBe('5s');
    expect(describeSource(told.from)).toContain('dns_refresh_rate');
  });
});

describe('what is refused', () => {
  const rows: [keys: string, problem: string][] = [
    [
      '{ poll: often }',
      "12:36 scenario-bad-duration: 'often' is not a duration (clients.users.app.poll) -> write 90s, 1h30m, 250ms or 365d, or ttl, or off",
    ],
    [
      '{ retries: { delays: soon } }',
      "12:49 scenario-bad-delays: 'soon' is not a list of durations (clients.users.app.retries.delays) -> write for example '0s, 5s, 30s', or none",
    ],
    [
      '{ addresses: interleave }',
      "12:41 scenario-bad-word: 'interleave' is not one of staggered, interleaved, abandoning, family-race, in-order, first-only, balanced, one-of-all (clients.users.app.addresses) -> did you mean 'interleaved'?",
    ],
    [
      '{ cache: none, poll: 5s }',
      '12:28 warning scenario-idle-mechanism: a timer looks names up, but the application keeps no answers (clients.users.app) -> set cache: forever, so that each look-up replaces what the one before brought',
    ],
    [
      '{ cache: { mode: none, hold: 5s } }',
      '12:28 warning scenario-idle-mechanism: there is nothing to hold, since the application keeps no answers (clients.users.app) -> set cache: ttl, fixed or forever',
    ],
    [
      '{ connections: { close-on-change: on } }',
      '12:28 warning scenario-idle-mechanism: there are no kept connections to close (clients.users.app) -> set keep-alive',
    ],
  ];
  test.each(rows)('app: %s', (keys, problem) => {
    expect(load(app(keys)).issues.map(line)).toContain(problem);
  });

  it('nothing in what ships', () => {
    for (const id of [
      'envoy-strict-dns',
      'haproxy-resolvers',
      'nginx-resolve',
      'jvm-stale',
      'dotnet-factory',
    ]) {
      expect(load(app(id)).issues.map(line)).toEqual([]);
    }
  });
});
