import { describe, expect, it, test } from 'vitest';
import { BASE, line, load, mustLoad } from './base.ts';

const WITH = `${BASE}policies:\n  app.example.com/A: { failover: { primary: east, secondary: west } }\nnetwork: { regions: [us, eu] }\n`;

describe('--set', () => {
  test.each([
    ['duration=2h', 'duration', '2h'],
    ['policies.app.example.com/A.failover.ttl=30s', 'policies.app.example.com/A.failover.ttl', '30s'], // keys with dots
    ['network.loss=5%', 'network.loss', '5%'], // a map that is there
    ['recovery.hold=5s', 'recovery.hold', '5s'], // a map that is not
    ['endpoints.west.region=eu', 'endpoints.west.region', 'eu'],
    ['clients.users.app.cache.cap=9s', 'clients.users.app.cache.cap', '9s'],
    [
      'clients.users.app={ profile: chrome, with: { patience: never } }',
      'clients.users.app.patience',
      'never',
    ],
    ['network.round-trips.us/eu=9ms', 'network.round-trips.us/eu', '9ms'], // a name of one's own with a scalar
    ['endpoints.third={ address: 192.0.2.3 }', 'endpoints.third.address.0', '192.0.2.3'], // a whole new thing
    ['zones.0.delegation.ttl=1h', 'zones.0.delegation.ttl', '3600s'], // an index
    ['clients.users.requests.every = 5s', 'clients.users.requests.every', '5s'],
  ])('%s', (text, path, value) => {
    const { effective } = mustLoad(WITH, {}, [text]).strategies[0]!;
    const found = effective.find((one) => one.path === path);
    expect(found).toEqual({ path, value, from: { kind: 'set', text } });
  });

  describe('a single setting of a group that is off', () => {
    const timer = 'resolvers.isp.with.serve-stale.client-timer=0s';
    const state = (sets: readonly string[], text = BASE): string[] => {
      const { effective } = mustLoad(text, {}, sets).strategies[0]!;
      const found = effective.find((one) => one.path.endsWith('serve-stale.enabled'))!;
      return [found.value, found.from.kind, ...load(text, {}, sets).issues.map(line)];
    };

    it('switches it on, and says so', () => {
      expect(state([timer])).toEqual([
        'on',
        'derived',
        expect.stringContaining(
          'warning scenario-switched-on: serve-stale is off in unbound; one of its settings switches it on (resolvers.isp.with.serve-stale) -> set serve-stale.enabled=on too if that is meant, else serve-stale.enabled=off',
        ),
      ]);
    });

    it.each([
      ['on', [timer, 'resolvers.isp.with.serve-stale.enabled=on']],
      ['off', [timer, 'resolvers.isp.with.serve-stale.enabled=off']],
      ['off', ['resolvers.isp.with.serve-stale.enabled=off', timer]],
    ])('is left %s where that is said too', (value, sets) => {
      expect(state(sets)).toEqual([value, 'set']);
    });

    it('means what it says in a file', () => {
      const text = BASE.replace('count: 2', 'count: 2, with: { serve-stale: { client-timer: 0s } }');
      expect(state([], text)).toEqual(['on', 'derived']);
    });
  });

  it('applies in order, the last one stays', () => {
    expect(mustLoad(BASE, {}, ['duration=2h', 'duration=3h']).duration).toBe(3 * 3600e6);
  });

  it('replaces seed and replications unless the caller names them', () => {
    expect(mustLoad(BASE, {}, ['seed=5', 'replications=9'])).toMatchObject({ seed: 5, replications: 9 });
  });

  it('places problems in the value', () => {
    expect(
      load(BASE, {}, ['clients.users.resolvers={ isp: 5% }', 'network={ lss: 5% }']).issues.map(line),
    ).toEqual([
      '--set clients.users.resolvers={ isp: 5% }:1:1 scenario-shares: the shares add up to 5% instead of 100% (clients.users.resolvers) -> change them so that they add up to 100%',
      "--set network={ lss: 5% }:1:3 scenario-unknown-key: there is no key 'lss' here (network.lss) -> did you mean 'loss'?",
    ]);
  });
});

describe('strategies', () => {
  const TWO = `${WITH}strategies:\n  short: { policies.app.example.com/A.failover.ttl: 30s }\n  long:\n    policies.app.example.com/A.failover.ttl: 5m\n    clients.users.count: 20\n`;

  it('are variants of one scenario', () => {
    const { strategies } = mustLoad(TWO);
    expect(
      strategies.map(({ name, spec }) => [name, spec.policies[0]!.ttl, spec.populations[0]!.count]),
    ).toEqual([
      ['short', 30, 10],
      ['long', 300, 20],
    ]);
  });

  it('say so in what they explain, with the place of the value', () => {
    const found = mustLoad(TWO).strategies[1]!.effective.find(({ path }) => path === 'clients.users.count');
    expect(found!.from).toEqual({
      kind: 'strategy',
      strategy: 'long',
      place: { file: 'drill.yaml', line: 20, column: 26 },
    });
  });

  it('win over --set, which changes all of them', () => {
    const { strategies } = mustLoad(TWO, {}, ['clients.users.count=7']);
    expect(strategies.map(({ spec }) => spec.populations[0]!.count)).toEqual([7, 20]);
  });

  it('can be changed by --set themselves', () => {
    const { strategies } = mustLoad(TWO, {}, [
      'strategies.long.clients.users.count=30',
      'strategies.third={ clients.users.count: 1 }',
    ]);
    expect(strategies.map(({ spec }) => spec.populations[0]!.count)).toEqual([10, 30, 1]);
  });

  it('are one, as written, where the file lists none', () => {
    expect(mustLoad(BASE).strategies.map(({ name }) => name)).toEqual(['as written']);
    expect(mustLoad(`${BASE}strategies: {}\n`).strategies.map(({ name }) => name)).toEqual(['as written']);
  });

  it('share addresses, so that comparisons differ in nothing else', () => {
    const [short, long] = mustLoad(TWO).strategies;
    expect(long!.spec.providers).toEqual(short!.spec.providers);
  });

  it('have expectations in common, or each their own', () => {
    const texts = (expectations: string): string[][] =>
      mustLoad(`${TWO}expect: ${expectations}\n`).strategies.map((one) =>
        one.expectations.map(({ text }) => text),
      );
    expect(texts('[recovery.p99 < 5m]')).toEqual([['recovery.p99 < 5m'], ['recovery.p99 < 5m']]);
    expect(texts('{ long: [recovery.p99 < 5m] }')).toEqual([[], ['recovery.p99 < 5m']]);
  });
});

describe('the hash', () => {
  const hash = (text: string, sets: string[] = []): string => mustLoad(text, {}, sets).sha256;

  it('follows the content, not the layout, the seed or the number of runs', () => {
    expect(hash(BASE)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(`# a comment\n${BASE}\n`)).toBe(hash(BASE));
    expect(hash(`${BASE}seed: 9\nreplications: 2\n`)).toBe(hash(BASE));
    expect(hash(BASE.replace('count: 10', 'count: 11'))).not.toBe(hash(BASE));
    expect(hash(BASE, ['clients.users.count=11'])).toBe(hash(BASE.replace('count: 10', 'count: 11')));
  });

  it('covers the files that are read', () => {
    const text = BASE.replace(/ {2}- name: example.com\n.*\n.*\n/, '  - file: example.com.zone\n');
    const zone = '$TTL 1h\n@ SOA a b 1 2 3 4 5\n@ NS ns1.main-dns.net.\napp A 203.0.113.10\n';
    const one = mustLoad(text, { 'example.com.zone': zone });
    const other = mustLoad(text, { 'example.com.zone': `${zone}; more\n` });
    expect(one.sha256).not.toBe(other.sha256);
    expect(Object.keys(one.files)).toEqual(['example.com.zone']);
  });
});
