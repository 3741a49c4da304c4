/**
 * Checks of LUA records begin with the first query [docs/lua-records/functions.rst, warning at "Record creation functions":
 * when they are called first all addresses count as failing; pdns/lua-record.cc, isUp].
 */
import { describe, expect, it, test } from 'vitest';
import { HOUR, MILLISECOND, MINUTE, type Micros, SECOND } from '../../../../../src/base/time.ts';
import { askedNames, ownersFor } from '../../../../../src/model/authority/providers/powerdns/asked-names.ts';
import type { PowerDnsOptions } from '../../../../../src/model/authority/providers/powerdns/rule.ts';
import type { Outside } from '../../../../../src/model/outside.ts';
import type { PopulationSpec, TimelineSpec, WorldSpec } from '../../../../../src/model/spec.ts';
import { World } from '../../../../../src/model/world.ts';
import { mustLoad } from '../../../../scenario/base.ts';
import {
  ask,
  change,
  fault,
  name,
  outside,
  PRIMARY,
  play,
  provider,
  rrset,
  SECONDARY,
  world,
  zone,
} from '../../../world.ts';
import { luaLine, OPTIONS } from './lab.ts';

const SETS = "ifportup(443, {{'203.0.113.10'}, {'198.51.100.20'}})";
const COLD = { isWarm: false, checksFrom: 'first-query' } as const;
const WARM = { isWarm: true, checksFrom: 'first-query' } as const;

interface Parts {
  readonly code?: string;
  readonly records?: string;
  readonly timeline?: readonly TimelineSpec[];
  readonly asked?: string;
}

function worldOf(options: Partial<PowerDnsOptions>, parts: Parts = {}): WorldSpec {
  const { code = SETS, records = '', timeline = [], asked } = parts;
  const { check: _, ...east } = PRIMARY;
  const questions =
    asked === undefined ? [] : [{ questions: [{ name: name(asked) }] } as unknown as PopulationSpec];
  return world({
    providers: [provider({ count: 2, kind: 'powerdns', options: { ...OPTIONS, ...options } })],
    zones: [
      {
        origin: name('example.com.'),
        zone: zone('example.com.', luaLine('app', 'A', code) + records),
        providers: [0],
      },
    ],
    endpoints: [east, SECONDARY],
    populations: questions,
    timeline,
  });
}

/** What a server may answer at an instant; asking is what begins the checks. */
function heard(side: Outside, now: Micros, server = 1, asked = 'app.example.com. A'): string {
  play(side, now);
  const address = `192.0.2.${server}`;
  const draws = [0.1, 0.9].map((draw) => ask(side, asked, { address, draw: () => draw, now }));
  return [
    ...new Set(
      draws.map((one) => (one.includes('203.0.113.10') ? 'east' : one.includes(' A ') ? 'west' : one)),
    ),
  ].join('|');
}

const course = (spec: WorldSpec, ...instants: Micros[]): string[] => {
  const side = outside(spec);
  return instants.map((at) => heard(side, at));
};

describe('a record that has never been asked for', () => {
  const rows: [what: string, options: Partial<PowerDnsOptions>, instants: Micros[], answers: string[]][] = [
    [
      'is answered from all sets at the first query, however long the server has been running',
      COLD,
      [30 * MINUTE, 30 * MINUTE + 2 * SECOND, 31 * MINUTE],
      ['east|west', 'east|west', 'east'],
    ],
    [
      'soon after a start the first result is there within a fifth of a second',
      COLD,
      [SECOND, SECOND + 50 * MILLISECOND, SECOND + 220 * MILLISECOND],
      ['east|west', 'east|west', 'east'],
    ],
    [
      'on servers that have run for long too, where clients do not ask for it',
      WARM,
      [HOUR - MINUTE, HOUR],
      ['east|west', 'east'],
    ],
    [
      'always checked: never an unknown target',
      { isWarm: true, checksFrom: 'start' },
      [0, MINUTE],
      ['east', 'east'],
    ],
    [
      'always checked from a cold start',
      { isWarm: false, checksFrom: 'start' },
      [0, 2 * SECOND],
      ['east|west', 'east'],
    ],
  ];
  test.each(rows)('%s', (_, options, instants, answers) => {
    expect(course(worldOf(options), ...instants)).toEqual(answers);
  });

  it('that clients ask for is noticed within two seconds for ten minutes', () => {
    const instants = [10 * MINUTE, 10 * MINUTE + 2.1 * SECOND];
    const expected = course(worldOf(COLD, { asked: 'app.example.com.' }), ...instants);
    expect(expected).toEqual(['east|west', 'east']);
    expect(course(worldOf(COLD), ...instants)).toEqual(['east|west', 'east|west']);
  });

  it('by the next sweep only in earlier versions', () => {
    const at = (firstCheck: PowerDnsOptions['firstCheck'], after: Micros): string =>
      course(worldOf({ ...COLD, firstCheck }), SECOND, SECOND + after)[1]!;
    expect(at('at-once', 3 * SECOND)).toBe('east');
    expect(at('next-sweep', 3 * SECOND)).toBe('east|west');
    expect(at('next-sweep', 9 * SECOND)).toBe('east');
  });

  it('fails its first query with failOnIncompleteCheck', () => {
    const code = SETS.replace('}})', "}}, {failOnIncompleteCheck='true'})");
    expect(course(worldOf(COLD, { code }), MINUTE, 2 * MINUTE)).toEqual(['SERVFAIL', 'east']);
  });
});

describe('each process for itself', () => {
  it('one that was asked knows, the other does not', () => {
    const side = outside(worldOf(COLD));
    heard(side, SECOND, 1);
    expect(heard(side, 20 * SECOND, 1)).toBe('east');
    expect(heard(side, 20 * SECOND, 2)).toBe('east|west');
    expect(heard(side, MINUTE, 2)).toBe('east');
  });
  it('a restart forgets, until somebody asks again', () => {
    const server = { kind: 'server', provider: 0, server: 0 } as const;
    const restart = fault(
      server,
      { kind: 'down', mode: 'refused' },
      { at: 5 * MINUTE, until: 5 * MINUTE + SECOND },
    );
    const side = outside(worldOf(WARM, { asked: 'app.example.com.', timeline: [restart] }));
    expect([0, 6 * MINUTE, 7 * MINUTE].map((at) => heard(side, at))).toEqual(['east', 'east|west', 'east']);
  });
  it('records that clients ask for are known to servers that have run for long', () => {
    const alias = { records: 'www 60 IN CNAME app\n', asked: 'www.example.com.' };
    expect(course(worldOf(WARM, alias), 0)).toEqual(['east']);
    expect(course(worldOf(COLD, alias), 0)).toEqual(['east|west']);
  });
  it('a record that an alias leads to by a change is as good as unknown', () => {
    const moved = change(10 * MINUTE, {
      put: [rrset('www.example.com. 60 CNAME app.example.com.')],
      remove: [{ name: name('www.example.com.') }],
    });
    const parts = { records: 'www 60 IN A 203.0.113.10\n', asked: 'www.example.com.', timeline: [moved] };
    const side = outside(worldOf(WARM, parts));
    const www = (at: Micros): string => heard(side, at, 1, 'www.example.com. A');
    expect([MINUTE, 11 * MINUTE, 12 * MINUTE].map(www)).toEqual(['east', 'east|west', 'east']);
  });
});

describe('what was asked', () => {
  it('does not depend on the pieces in which the world is advanced', () => {
    const told = (pieces: readonly Micros[]): string[] => {
      const side = outside(worldOf(COLD));
      for (const at of pieces) play(side, at);
      const first = heard(side, 10 * SECOND);
      for (const at of [10 * SECOND + 100 * MILLISECOND, 10 * SECOND + 700 * MILLISECOND]) {
        if (pieces.length > 0) play(side, at);
      }
      const later = [11, 11.5, 12, 13].map((seconds) => heard(side, seconds * SECOND));
      return [first, ...later, ...side.reactions.map(({ at, label }) => `${at} ${label}`)];
    };
    expect(told([])).toEqual(told([SECOND / 3, SECOND, 7 * SECOND, 9.9 * SECOND]));
  });
  it('follows aliases, search lists and policies', () => {
    const spec = worldOf(COLD, {
      records: 'www 60 IN CNAME app\n*.wild 60 IN CNAME www\n',
      asked: 'a.wild.example.com.',
    });
    expect([...askedNames(spec)].toSorted()).toEqual([
      'a.wild.example.com.',
      'app.example.com.',
      'www.example.com.',
    ]);
    expect(ownersFor(name('a.b.'))).toEqual(['a.b.', '*.b.', '*.']);
  });
  it('in a whole world: a warm server checks what clients ask for, a cold one after their first query', () => {
    const text = (warm: boolean): string => `duration: 10m
start: cold
providers:
  main: { kind: powerdns, powerdns: { enable-lua-records: yes, warm: ${warm} } }
zones:
  - name: example.com
    records: |
      app 5 IN LUA A "ifportup(443, {{'203.0.113.10'}, {'198.51.100.20'}})"
endpoints:
  east: { address: 203.0.113.10 }
  west: { address: 198.51.100.20 }
resolvers:
  isp: { count: 5 }
clients:
  users: { count: 50, requests: { name: app.example.com, every: 5s } }
`;
    const seen = (warm: boolean): string[] => {
      const { spec } = mustLoad(text(warm)).strategies[0]!;
      const addresses = new Set<string>();
      const run = new World(spec, 1, 0, { observer: ({ address }) => address && addresses.add(address) });
      run.runUntil(spec.duration);
      return [...addresses].toSorted();
    };
    expect(seen(true)).toEqual(['203.0.113.10']);
    expect(seen(false)).toEqual(['198.51.100.20', '203.0.113.10']);
  });
});
