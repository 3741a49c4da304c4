/** Signed zones: the chain of trust that is made for them, and what resolvers do with it under random names. */
import { describe, expect, it, test } from 'vitest';
import { parseName } from '../../src/dns/data/name.ts';
import { DS } from '../../src/dns/data/rrtype.ts';
import { World } from '../../src/model/world.ts';
import { describeSource } from '../../src/scenario/effective.ts';
import { line, load, mustLoad } from './base.ts';

const TEXT = `duration: 5m
start: cold
zones:
  - name: example.com
    SIGNED
    records: |
      app 60 IN A 203.0.113.10
      mail 60 IN A 203.0.113.11
resolvers:
  isp: { profile: bind, count: 2 }
clients:
  users: { count: 4, requests: { name: app.example.com, every: 10s } }
`;
const signed = (how: string, text = TEXT): string => text.replace('SIGNED', how);
const ATTACK =
  'timeline:\n  - { at: 1m, random-subdomains: resolver isp, zone: example.com, rate: 20, for: 3m }\n';

/** `origin how it is signed: children with a DS`, for every zone that is signed. */
function trust(text: string): string[] {
  const { zones } = mustLoad(text).strategies[0]!.spec;
  return zones.flatMap(({ origin, zone }) => {
    const children = [...zone.names()].filter((name) => zone.get(name, DS)).sort();
    return zone.signing || children.length > 0 ? [`${origin} ${zone.signing}: ${children.join(' ')}`] : [];
  });
}

describe('zones.*.signed', () => {
  test.each([
    ['signed: nsec', ['example.com. nsec: ', 'com. nsec3-opt-out: example.com.', '. nsec: com.']],
    ['signed: minimal', ['example.com. minimal: ', 'com. nsec3-opt-out: example.com.', '. nsec: com.']],
    ['signed: nsec3', ['example.com. nsec3: ', 'com. nsec3-opt-out: example.com.', '. nsec: com.']],
    ['signed: off', []],
    ['delegation: { ttl: 1h }', []],
  ])('%s: the zones above are signed as well, and vouch for it', (how, expected) => {
    expect(trust(signed(how))).toEqual(expected);
  });

  const CHILD = `zones:
  - { name: sub.example.com, signed: nsec, records: "www 60 IN A 203.0.113.12" }
`;

  it('a listed parent that is signed vouches for its child', () => {
    expect(trust(signed('signed: nsec', TEXT.replace('zones:\n', CHILD)))).toEqual([
      'sub.example.com. nsec: ',
      'example.com. nsec: sub.example.com.',
      'com. nsec3-opt-out: example.com.',
      '. nsec: com.',
    ]);
  });

  it('one that is not does not, and that is told', () => {
    const text = signed('signed: off', TEXT.replace('zones:\n', CHILD));
    expect(trust(text)).toEqual(['sub.example.com. nsec: ']);
    expect(load(text).issues.map(line)).toEqual([
      '4:38 warning scenario-no-trust: sub.example.com. is signed, but example.com. is not: nobody can trust its ' +
        'signatures (zones.0.signed) -> sign example.com. as well',
    ]);
  });

  it('keeps a DS set that the parent has of its own', () => {
    const own = `sub 60 IN DS 1 13 2 ${'A'.repeat(64)}`;
    const text = signed(
      'signed: nsec',
      TEXT.replace('zones:\n', CHILD).replace('mail 60', `${own}\n      mail 60`),
    );
    const { zones } = mustLoad(text).strategies[0]!.spec;
    const parent = zones.find(({ origin }) => origin === 'example.com.')!.zone;
    expect(parent.get(parseName('sub.example.com.'), DS)!.rdata[0]!.text).toBe(`1 13 2 ${'A'.repeat(64)}`);
  });

  it('not for a private copy, nor with gaps where the provider makes up names', () => {
    const hidden = signed('signed: nsec\n    private: { resolvers: isp }');
    expect(load(hidden).issues.map(({ code }) => code)).toContain('scenario-cannot-sign');
    const made = (how: string): string => `${signed(how)}providers:
  main:
    kind: coredns
    coredns:
      corefile: |
        example.com {
          template IN A {
            answer "{{ .Name }} 60 IN A 192.0.2.1"
          }
        }
`;
    expect(load(made('signed: nsec')).issues.map(({ code }) => code)).toContain('scenario-cannot-sign');
    expect(load(made('signed: minimal')).issues.map(({ code }) => code)).not.toContain(
      'scenario-cannot-sign',
    );
  });

  it('is explained', () => {
    const told = (text: string): string => {
      const { effective } = mustLoad(text).strategies[0]!;
      const value = effective.find(({ path }) => path === 'zones.0.signed')!;
      return `${value.value}: ${describeSource(value.from)}`;
    };
    const { effective } = mustLoad(signed('signed: nsec')).strategies[0]!;
    expect(effective.find(({ path }) => path === 'zones.0.trust')!.value).toBe('com., .');
    expect(told(signed('signed: nsec'))).toMatch(/^nsec: .*drill\.yaml/);
    expect(told(signed('delegation: { ttl: 1h }'))).toMatch(/^off: .*most zones are not signed/);
  });
});

describe('random-subdomains', () => {
  const say = (entry: string): string[] =>
    load(`${signed('signed: off')}timeline:\n  - { at: 1m, ${entry} }\n`).issues.map(
      ({ code, hint }) => `${code} -> ${hint}`,
    );

  test.each([
    [
      'random-subdomains: provider main, zone: example.com, rate: 5',
      ['scenario-unfit-target -> it takes a resolver, through which the bots ask'],
    ],
    [
      'random-subdomains: resolver isp, zone: exmaple.com, rate: 5',
      ["scenario-unknown-zone -> did you mean 'example.com.'?"],
    ],
    [
      'random-subdomains: resolver isq, zone: example.com, rate: 5',
      ["scenario-unknown-resolver -> did you mean 'isp'?"],
    ],
  ])('%s', (entry, expected) => {
    expect(say(entry)).toEqual(expected);
  });

  /** Queries at the servers of the zone in a run, and the digest of it. */
  function play(text: string, sets: readonly string[] = []): { queries: number; digest: string } {
    const { spec } = mustLoad(text, {}, sets).strategies[0]!;
    const world = new World(spec, 1, 0);
    world.runUntil(spec.duration);
    return { queries: world.outside.load()[0]!.queries, digest: world.digest() };
  }
  const OFF = ['resolvers.isp.with.aggressive-nsec=off'];
  const plain = (): ReturnType<typeof play> => play(signed('signed: off') + ATTACK);

  it('each name costs the servers a query, which take 3600 of them', () => {
    const quiet = play(signed('signed: off'));
    const { queries } = plain();
    // BIND asks once for a name one label below the zone. Poisson, mean 20 x 180.
    expect(Math.abs(queries - quiet.queries - 3600)).toBeLessThan(5 * 60);
  });

  it('a signed zone is asked for its three gaps only', () => {
    const { queries } = play(signed('signed: nsec') + ATTACK);
    expect(queries).toBeGreaterThan(0);
    expect(queries).toBeLessThan(play(signed('signed: nsec')).queries + 2 * 10);
  });

  it('not when its servers sign while they answer, nor when resolvers do not look', () => {
    const { queries } = plain();
    expect(play(signed('signed: minimal') + ATTACK).queries).toBe(queries);
    expect(play(signed('signed: nsec') + ATTACK, OFF).queries).toBe(queries);
  });

  it('an unsigned zone is the same run with and without aggressive use', () => {
    expect(play(signed('signed: off') + ATTACK, OFF)).toEqual(plain());
    expect(play(signed('signed: off'), OFF)).toEqual(play(signed('signed: off')));
  });

  it('rises along its ramp', () => {
    const ramped = play(signed('signed: off') + ATTACK.replace('for: 3m', 'for: 3m, ramp: 3m'));
    const quiet = play(signed('signed: off')).queries;
    // Steps of a tenth from 0: 45 % on average.
    expect(Math.abs(ramped.queries - quiet - 1620)).toBeLessThan(5 * Math.sqrt(1620));
  });
});
