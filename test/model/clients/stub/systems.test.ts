import { describe, expect, it, test } from 'vitest';
import { presetStub } from './preset-stub.ts';
import { type State, stubWorld, WatchedClient } from './stub-world.ts';

/** The story of one look-up with resolvers in these states. */
function storyOf(id: string, states: string, changes: Record<string, string | number> = {}): string {
  return new WatchedClient(stubWorld(presetStub(id, changes), states.split(' ') as State[])).story();
}

const resolvedSends = (servers: number): string =>
  Array.from({ length: 24 }, (_, send) => `${(send % servers) + 1}@${send * 5}`).join(' ');

describe('transmissions of one look-up, server by server', () => {
  test.each([
    // glibc 2.41 resolv/res_send.c: (RES_TIMEOUT << index) / servers, RES_DFLRETRY 2, MAXNS 3
    ['glibc', 'silent', '1@0 1@5 gave up@10'],
    ['glibc', 'silent silent', '1@0 2@5 1@10 2@15 gave up@20'],
    ['glibc', 'silent silent silent', '1@0 2@5 3@8 1@14 2@19 3@22 gave up@28'],
    ['glibc', 'silent silent silent up', '1@0 2@5 3@8 1@14 2@19 3@22 gave up@28'],
    ['glibc', 'silent up', '1@0 2@5 =5'],
    ['glibc', 'failing up', '1@0 2@0 =0'],
    ['glibc', 'failing', '1@0 1@0 =0 servfail'],
    ['glibc', 'failing failing', '1@0 2@0 1@0 2@0 =0 servfail'],
    ['glibc', 'refused up', '1@0 2@0 =0'],
    // musl 1.2.5 src/network/res_msend.c: all at once, timeout / attempts apart, SERVFAIL twice more
    ['musl', 'up', '1@0 =0'],
    ['musl', 'silent', '1@0 1@2.5 gave up@5'],
    ['musl', 'silent silent silent', '1@0 2@0 3@0 1@2.5 2@2.5 3@2.5 gave up@5'],
    ['musl', 'silent silent silent up', '1@0 2@0 3@0 1@2.5 2@2.5 3@2.5 gave up@5'],
    ['musl', 'silent up', '1@0 2@0 =0'],
    ['musl', 'failing', '1@0 1@0 1@0 1@2.5 1@2.5 1@2.5 =5 servfail'],
    ['musl', 'failing up', '1@0 1@0 1@0 2@0 =0'],
    ['musl', 'refused', '1@0 1@2.5 gave up@5'],
    // KB 2834226: 0, 1, 2, 4, 8 s, give up at 10 s; an older edition: SERVFAIL ends the look-up
    ['windows', 'silent', '1@0 1@1 1@2 1@4 1@8 gave up@10'],
    ['windows', 'silent silent', '1@0 2@1 2@2 1@4 2@4 1@8 2@8 gave up@10'],
    ['windows', 'silent silent silent', '1@0 2@1 3@2 1@4 2@4 3@4 1@8 2@8 3@8 gave up@10'],
    ['windows', 'silent silent silent up', '1@0 2@1 3@2 1@4 2@4 3@4 4@4 =4'],
    ['windows', 'silent up', '1@0 2@1 =1'],
    ['windows', 'failing up', '1@0 =0 servfail'],
    // systemd 257 resolved-timeouts.h: 24 transmissions, 5 s apart, the next server after each loss
    ['systemd-resolved', 'silent', `${resolvedSends(1)} gave up@120`],
    ['systemd-resolved', 'silent silent', `${resolvedSends(2)} gave up@120`],
    ['systemd-resolved', 'silent silent silent', `${resolvedSends(3)} gave up@120`],
    ['systemd-resolved', 'silent silent silent silent up', '1@0 2@5 3@10 4@15 5@20 =20'],
    // resolved-dns-transaction.c: SERVFAIL once as it was, once without EDNS, then each other server once
    ['systemd-resolved', 'failing', '1@0 1@0 1@0 =0 servfail'],
    ['systemd-resolved', 'failing up', '1@0 1@0 1@0 2@0 =0'],
    ['systemd-resolved', 'failing failing failing', '1@0 1@0 1@0 2@0 3@0 =0 servfail'],
    ['systemd-resolved', 'refused up', '1@0 2@0 =0'],
    // mDNSResponder uDNS.h: two unanswered queries, then the next server; an error: the next server
    ['macos', 'silent', '1@0 1@1 1@3 1@9 gave up@30'],
    ['macos', 'silent up', '1@0 1@1 2@3 =3'],
    ['macos', 'failing up', '1@0 2@0 =0'],
    ['macos', 'failing failing', '1@0 2@0 =0 servfail'],
    ['ios', 'silent up', '1@0 1@1 2@3 =3'],
    // AOSP res_send.cpp get_timeout(): (5000 ms << index) / servers, two rounds
    ['android', 'silent', '1@0 1@5 gave up@10'],
    ['android', 'silent silent', '1@0 2@5 1@10 2@15 gave up@20'],
    ['android', 'silent silent silent', '1@0 2@5 3@8.3 1@15 2@20 3@23.3 gave up@30'],
    ['android', 'failing up', '1@0 2@0 =0'],
    // nscd asks through glibc
    ['nscd', 'silent silent', '1@0 2@5 1@10 2@15 gave up@20'],
  ])('%s, %s: %s', (id, states, expected) => {
    expect(storyOf(id, states)).toBe(expected);
  });

  test.each([
    // resolv.conf(5): options timeout, attempts
    [
      'glibc',
      'two-resolvers',
      'glibc, timeout 1s, attempts 3',
      'silent silent',
      '1@0 2@1 1@2 2@3 1@4 2@5 gave up@6',
    ],
    [
      'glibc',
      'more-resolvers',
      'glibc, timeout 1s, attempts 1',
      'silent silent silent',
      '1@0 2@1 3@2 gave up@3',
    ],
    ['musl', 'one-resolver', 'musl, timeout 2s, attempts 4', 'silent', '1@0 1@0.5 1@1 1@1.5 gave up@2'],
    ['android', 'one-resolver', 'android, timeout 500ms, attempts 2', 'silent', '1@0 1@1 gave up@2'],
  ])('%s with %s: %s', (id, key, formula, states, expected) => {
    expect(storyOf(id, states, { [key]: formula })).toBe(expected);
  });
});

describe('look-ups after one another', () => {
  /** Stories of look-ups begun at these seconds. */
  function stories(id: string, states: readonly State[], times: readonly number[], changes = {}): string[] {
    const client = new WatchedClient(stubWorld(presetStub(id, changes), states));
    return times.map((at) => client.story(at));
  }

  it('glibc forgets: a dead first server costs 5 s each time (resolv/res_send.c)', () => {
    expect(stories('glibc', ['silent', 'up'], [10, 100, 200])).toEqual(Array(3).fill('1@0 2@5 =5'));
  });

  it('glibc with rotate: the dead server costs 5 s every other time (options rotate)', () => {
    const seen = stories('glibc', ['silent', 'up'], [10, 100, 200, 300], { order: 'rotate' });
    expect(seen).toEqual(['1@0 2@5 =5', '2@0 =0', '1@0 2@5 =5', '2@0 =0']);
  });

  it('systemd-resolved stays with the second server, also when the first is back (resolved-dns-scope.c)', () => {
    const seen = stories('systemd-resolved', ['until 60', 'up'], [10, 100, 4000], { 'cache.mode': 'none' });
    expect(seen).toEqual(['1@0 2@5 =5', '2@0 =0', '2@0 =0']);
  });

  it('systemd-resolved comes round to the first when the second fails', () => {
    const seen = stories('systemd-resolved', ['until 20', 'failing'], [0.1, 10, 100], {
      'cache.mode': 'none',
    });
    expect(seen).toEqual([
      '1@0 2@5 2@5 2@5 =5 servfail',
      '2@0 2@0 2@0 1@0 2@5 =5 servfail',
      '2@0 2@0 2@0 1@0 =0',
    ]);
  });

  it('macOS passes a silent server over for 60 s (DNSSERVER_PENALTY_TIME)', () => {
    const seen = stories('macos', ['silent', 'up'], [10, 30, 72, 74], { 'cache.mode': 'none' });
    expect(seen).toEqual(['1@0 1@1 2@3 =3', '2@0 =0', '2@0 =0', '1@0 1@1 2@3 =3']);
  });

  it('macOS does not penalise a server that answers with an error', () => {
    const seen = stories('macos', ['failing', 'up'], [10, 11], { 'cache.mode': 'none' });
    expect(seen).toEqual(['1@0 2@0 =0', '1@0 2@0 =0']);
  });

  it('Windows sets priorities back every 15 minutes (KB 320760)', () => {
    const seen = stories('windows', ['until 60', 'up'], [10, 100, 899, 901], { 'cache.mode': 'none' });
    expect(seen).toEqual(['1@0 2@1 =1', '2@0 =0', '2@0 =0', '1@0 =0']);
  });

  it('Android leaves a dead server out after 8 look-ups, for 30 minutes (res_stats.cpp)', () => {
    const times = [...Array.from({ length: 10 }, (_, at) => 10 + at * 10), 1875, 1900];
    const seen = stories('android', ['silent', 'up'], times, { 'cache.mode': 'none' });
    expect(seen).toEqual([...Array(8).fill('1@0 2@5 =5'), '2@0 =0', '2@0 =0', '2@0 =0', '1@0 2@5 =5']);
  });

  test.each([
    ['systemd-resolved', '2 is the current server, and stays so until it fails'],
    ['macos', '1 did not answer lately and does not come first until the penalty ends'],
    ['windows', '1 did not answer lately and does not come first until the penalty ends'],
  ])('%s says why: %s', (id, text) => {
    const client = new WatchedClient(stubWorld(presetStub(id, { 'cache.mode': 'none' }), ['silent', 'up']));
    const reasons = [1, 2].map(() => client.request().filter(({ code }) => code === 'stub-order'));
    expect(reasons.map((steps) => steps.map((step) => step.text))).toEqual([[], [text]]);
  });
});
