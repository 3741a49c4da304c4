/** `forward:` of resolvers: what it takes, what is wrong with it, and what becomes of it. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { World } from '../../src/model/world.ts';
import { BASE, line, load, mustLoad } from './base.ts';

/** The base scenario with these resolvers, and clients who ask the first. */
function withResolvers(resolvers: string): string {
  const [first] = resolvers.trim().split(':');
  return BASE.replace('  isp: { profile: unbound, count: 2 }\n', resolvers).replace(
    'users: {',
    `users: { resolvers: ${first},`,
  );
}

const specOf = (text: string): WorldSpec => mustLoad(text).strategies[0]!.spec;
const zonesOf = (resolvers: string): readonly string[] =>
  specOf(withResolvers(resolvers)).resolvers[0]!.options.configuredZones.map(({ zone, mode, addresses }) =>
    `${zone} ${mode} ${addresses.join(' ')}`.trim(),
  );

describe('forms', () => {
  const rest = '  isp: { count: 2 }\n  google: {}\n  internal: {}\n';
  test.each([
    ['a name', 'forward: isp', ['. forward @isp']],
    ['a list', 'forward: [isp, google]', ['. forward @isp @google']],
    ['a map', 'forward: { to: isp }', ['. forward @isp']],
    [
      'zones of their own and exceptions',
      'forward: { to: [isp], zones: { corp.example.com: internal }, except: example.net }',
      ['corp.example.com. forward @internal', 'example.net. iterate', '. forward @isp'],
    ],
    [
      'single zones only',
      'forward: { zones: { corp.example.com: [internal] } }',
      ['corp.example.com. forward @internal'],
    ],
  ])('%s', (_, forward, zones) => {
    expect(zonesOf(`  router: { ${forward} }\n${rest}`)).toEqual(zones);
  });

  it('the round trip is part of it', () => {
    const [router] = specOf(
      withResolvers(`  router: { forward: { to: isp, round-trip: 7ms } }\n${rest}`),
    ).resolvers;
    expect(router!.forwardRoundTrip).toBe(7 * MILLISECOND);
  });
});

describe('problems', () => {
  const cases: readonly [what: string, resolvers: string, problems: readonly string[]][] = [
    [
      'an unknown resolver',
      '  router: { forward: ips }\n  isp: {}\n',
      [
        "10:22 scenario-unknown-resolver: there is no resolver 'ips' (resolvers.router.forward) -> did you mean 'isp'?",
      ],
    ],
    [
      'one that forwards to itself',
      '  router: { forward: [isp, router] }\n  isp: {}\n',
      [
        "10:28 scenario-forward-self: 'router' forwards to itself (resolvers.router.forward.1) -> name another resolver, or remove forward: to let it resolve by itself",
      ],
    ],
    [
      'a circle of three',
      '  a: { forward: b }\n  b: { forward: { to: c } }\n  c: { forward: [a] }\n',
      [
        '12:18 scenario-forward-circle: forwarding goes round in a circle: a -> b -> c -> a (resolvers.c.forward.0) -> let one of them resolve by itself: remove its forward:, or name it in except:',
      ],
    ],
    [
      'a circle for the names of one zone',
      '  a: { forward: b }\n  b: { forward: { zones: { corp.example.com: a } } }\n',
      [
        '11:46 scenario-forward-circle: forwarding goes round in a circle for names of corp.example.com.: a -> b -> a (resolvers.b.forward.zones.corp.example.com) -> let one of them resolve by itself: remove its forward:, or name it in except:',
      ],
    ],
    [
      'a list that names one twice',
      '  router: { forward: [isp, isp] }\n  isp: {}\n',
      [
        "10:28 scenario-listed-twice: the resolver 'isp' is listed twice (resolvers.router.forward.1) -> remove one of them",
      ],
    ],
    [
      'nowhere to go',
      '  router: { forward: { round-trip: 1ms } }\n  isp: {}\n',
      [
        '10:22 scenario-forward-nowhere: nothing says whom it forwards to (resolvers.router.forward.to) -> add to: RESOLVER, or zones:',
      ],
    ],
    [
      'an unknown key',
      '  router: { forward: { too: isp } }\n  isp: {}\n',
      [
        '10:22 scenario-forward-nowhere: nothing says whom it forwards to (resolvers.router.forward.to) -> add to: RESOLVER, or zones:',
        "10:24 scenario-unknown-key: there is no key 'too' here (resolvers.router.forward.too) -> did you mean 'to'?",
      ],
    ],
  ];
  test.each(cases)('%s', (_, resolvers, problems) => {
    const text = withResolvers(resolvers);
    expect(load(text).issues.map(line)).toEqual(problems);
  });

  it('two that ask each other for different names are no circle', () => {
    const resolvers =
      '  a: { forward: { to: b, except: corp.example.com } }\n  b: { forward: { zones: { corp.example.com: a } } }\n';
    expect(load(withResolvers(resolvers)).issues).toEqual([]);
    const world = new World(specOf(withResolvers(resolvers)), 1, 0);
    world.runUntil(60 * SECOND);
    expect(world.populations[0]!.tally.failed.reduce((sum, count) => sum + count, 0)).toBe(0);
  });
});

describe('profiles', () => {
  const forwarding = (profile: string, more = '') => {
    const text = withResolvers(`  first: { profile: ${profile}, forward: isp${more} }\n  isp: {}\n`);
    return specOf(text).resolvers[0]!.options;
  };

  test.each([
    ['dnsmasq', 'sticky-fastest', 10, true],
    ['coredns', 'random', 2, false],
    ['coredns-kubernetes', 'random', 2, false],
    ['nodelocal-dnscache', 'random', 2, false],
    ['windows-server-dns', 'sequential', 3, false],
  ])('%s: %s, %d s each, silent: %s', (profile, policy, seconds, silent) => {
    const its = forwarding(profile).forwarding!;
    expect([its.policy, its.timeoutMicros / SECOND, its.silent]).toEqual([policy, seconds, silent]);
  });

  test.each(['unbound', 'bind', 'pdns-recursor', 'knot-resolver'])(
    '%s asks as it asks servers of a zone',
    (profile) => {
      expect(forwarding(profile).forwarding).toBeUndefined();
    },
  );

  test.each([
    ['bind', true],
    ['windows-server-dns', true],
    ['unbound', false],
    ['coredns', false],
  ])('%s falls back to the root hints: %s', (profile, fallback) => {
    expect(forwarding(profile).configuredZones[0]!.fallback).toBe(fallback);
  });

  it('every part may be set', () => {
    const more = ', with: { forward: { policy: sequential, rounds: 3, probe-failures: 0 } }';
    const its = forwarding('coredns', more).forwarding!;
    expect([its.policy, its.rounds, its.health]).toEqual(['sequential', 3, undefined]);
  });

  it('without forward: nothing is forwarded, whatever the profile', () => {
    const { options } = specOf(withResolvers('  first: { profile: dnsmasq }\n')).resolvers[0]!;
    expect([options.forwarding, options.configuredZones]).toEqual([undefined, []]);
  });
});

it('explain tells whom a resolver forwards to, and by which rules', () => {
  const text = withResolvers('  router: { profile: dnsmasq, forward: isp }\n  isp: {}\n');
  const told = mustLoad(text).strategies[0]!.effective.filter(({ path }) =>
    path.startsWith('resolvers.router'),
  );
  const shown = (path: string) => told.find((one) => one.path === `resolvers.router.${path}`)?.value;
  expect(shown('forward')).toBe('isp');
  expect(shown('forward.round-trip')).toBe('network');
  expect(shown('with.forward.sticky-questions')).toBe('50');
});
