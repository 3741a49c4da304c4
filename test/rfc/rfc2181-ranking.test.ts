/** RFC 2181: RRsets, credibility of cached data, and CNAMEs, as far as a resolver's cache is concerned. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { makeEntry, type Rank } from '../../src/dns/cache/entry.ts';
import { RRsetCache } from '../../src/dns/cache/rrset-cache.ts';
import { parseRRsets } from '../../src/dns/data/presentation.ts';
import { A } from '../../src/dns/data/rrtype.ts';
import {
  COM_SERVER,
  EXAMPLE_1,
  PLAIN,
  question,
  ROOT_SERVER,
  referral,
  reply,
  World,
} from '../dns/resolve/harness.ts';

const RANKS: readonly (readonly [Rank, string])[] = [
  [1, 'glue or referral'],
  [2, 'answer without AA'],
  [3, 'authority section with AA'],
  [4, 'answer with AA'],
];

function entry(text: string, rank: Rank, now: number, ttlSeconds = 60): ReturnType<typeof makeEntry> {
  const rrset = parseRRsets(text)[0]!;
  return makeEntry({ kind: 'data', name: rrset.name, type: rrset.type, rrset, rank, ttlSeconds }, now);
}

const NAME = question('www.example.com.').name;
const NO_LIMITS = { graceMicros: 0, retentionMicros: 0 };

describe('§5.4.1 ranking data', () => {
  for (const [oldRank, oldText] of RANKS) {
    for (const [newRank, newText] of RANKS) {
      const replaces = newRank >= oldRank;
      it(`${newText} ${replaces ? 'replaces' : 'does not replace'} live data from ${oldText}`, () => {
        const cache = new RRsetCache(NO_LIMITS);
        cache.put(entry('www.example.com. 60 A 192.0.2.1', oldRank, 0), 0);
        cache.put(entry('www.example.com. 60 A 192.0.2.2', newRank, SECOND), SECOND);
        const text = cache.exact(NAME, A, SECOND)?.rrset?.rdata[0]?.text;
        expect(text).toBe(replaces ? '192.0.2.2' : '192.0.2.1');
      });

      it(`${newText} replaces expired data from ${oldText}`, () => {
        const cache = new RRsetCache(NO_LIMITS);
        cache.put(entry('www.example.com. 60 A 192.0.2.1', oldRank, 0), 0);
        cache.put(entry('www.example.com. 60 A 192.0.2.2', newRank, 60 * SECOND), 60 * SECOND);
        expect(cache.exact(NAME, A, 60 * SECOND)?.rrset?.rdata[0]?.text).toBe('192.0.2.2');
      });
    }
  }

  for (const [rank, text] of RANKS) {
    it(`${text} ${rank === 1 ? 'never answers' : 'answers'} a query`, () => {
      const cache = new RRsetCache(NO_LIMITS);
      cache.put(entry('www.example.com. 60 A 192.0.2.1', rank, 0), 0);
      expect(cache.answer(NAME, A, 0) !== undefined).toBe(rank > 1);
    });
  }

  it('glue leads to a server but is not returned as an answer', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    world.takeSent();
    expect(world.resolve('ns1.example.com. A')).toBe('NOERROR fresh\nns1.example.com. 86400 IN A 192.0.2.1');
    expect(world.takeSent()).toEqual([`${EXAMPLE_1} ns1.example.com. A`]);
  });

  it('a referral NS set is not returned as an answer', () => {
    const world = World.standard();
    world.resolve('www.example.com. A');
    expect(world.resolve('example.com. NS')).toBe(
      'NOERROR fresh\nexample.com. 86400 IN NS ns1.example.com.\nexample.com. 86400 IN NS ns2.example.com.',
    );
  });

  it("the child's NS set replaces the parent's (R7), and a later referral does not bring it back", () => {
    const world = World.standard();
    world.resolve('example.com. NS');
    const cached = [...world.resolver.state.cache.entries()].find(
      (one) => one.name === 'example.com.' && one.type === 2,
    );
    expect(cached).toMatchObject({ rank: 4, ttlSeconds: 86400, from: EXAMPLE_1 });
  });
});

describe('§5.4.1 bailiwick', () => {
  it('drops what a server volunteers about other zones', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) =>
      reply(asked, {
        answer: 'www.example.com. 300 A 203.0.113.10\nwww.victim.com. 300 A 203.0.113.66',
        authority: 'com. 300 NS ns.evil.example.com.',
        additional: 'a.gtld-servers.net. 300 A 203.0.113.66',
      }),
    );
    world.resolve('www.example.com. A');
    const texts = [...world.resolver.state.cache.entries()].flatMap((one) =>
      one.rrset?.rdata.map(({ text }) => text),
    );
    expect(texts).not.toContain('203.0.113.66');
    expect(texts).not.toContain('ns.evil.example.com.');
    expect(texts).toContain('203.0.113.10');
  });

  it('follows a CNAME out of the zone by asking anew, not by the record next to it', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) =>
      reply(asked, {
        answer: 'www.example.com. 300 CNAME www.victim.net.\nwww.victim.net. 300 A 203.0.113.66',
      }),
    );
    expect(world.resolve('www.example.com. A')).toContain(
      'NXDOMAIN fresh\nwww.example.com. 300 IN CNAME www.victim.net.',
    );
    expect(world.takeSent()).toContain(`${COM_SERVER} www.victim.net. A`);
  });

  it('takes glue for servers in the bailiwick of the parent only', () => {
    const world = new World();
    world.servers.set(ROOT_SERVER, (asked) =>
      referral(asked, 'com. 60 NS ns.nic.com.', 'ns.nic.com. 60 A 192.0.2.10'),
    );
    world.servers.set('192.0.2.10', (asked) =>
      referral(asked, 'example.com. 60 NS ns.other.net.', 'ns.other.net. 60 A 203.0.113.66'),
    );
    world.resolve('www.example.com. A');
    expect(world.takeSent()).not.toContain('203.0.113.66 www.example.com. A');
  });
});

describe('§5.2 TTLs of an RRset', () => {
  it('R1: the smallest TTL of the set counts for all of it', () => {
    const world = World.standard();
    world.servers.set(EXAMPLE_1, (asked) =>
      reply(asked, { answer: 'www.example.com. 300 A 203.0.113.10\nwww.example.com. 60 A 203.0.113.11' }),
    );
    expect(world.resolve('www.example.com. A')).toBe(
      'NOERROR fresh\nwww.example.com. 60 IN A 203.0.113.10\nwww.example.com. 60 IN A 203.0.113.11',
    );
  });
});

describe('§8 and RFC 8767 §4: range of TTLs', () => {
  const CASES: readonly (readonly [received: number, floor: number, cap: number, cached: number])[] = [
    [300, 0, 604_800, 300],
    [2_147_483_647, 0, 604_800, 604_800],
    [604_801, 0, 604_800, 604_800],
    [604_800, 0, 604_800, 604_800],
    [3, 20, 86_400, 20],
    [0, 20, 86_400, 20],
    [0, 0, 86_400, 0],
  ];
  test.each(CASES)(
    'TTL %i with floor %i and cap %i is %i, also in the first answer',
    (received, floor, cap, cached) => {
      const world = World.standard(
        { ttlFloorSeconds: floor, ttlCapSeconds: cap },
        `example.com. 60 SOA ns1.example.com. admin.example.com. 1 1 1 1 1\nwww.example.com. ${received} A 203.0.113.10`,
      );
      expect(world.resolve('www.example.com. A')).toBe(
        `NOERROR fresh\nwww.example.com. ${cached} IN A 203.0.113.10`,
      );
    },
  );

  it('the reference caps at 7 days', () => {
    expect(PLAIN.ttlCapSeconds).toBe(7 * 86_400);
  });
});

describe('§10.3 NS names are no aliases', () => {
  it('still reaches a server whose name is one', () => {
    const world = World.standard();
    world.serve(COM_SERVER, {
      'com.': `
com. 900 SOA a.gtld-servers.net. x. 1 1 1 1 1
example.com. 60 NS ns.alias.com.
alias.com. 60 NS ns.host.com.
ns.host.com. 60 A 192.0.2.77
host.com. 60 NS ns.host.com.`,
    });
    world.serve('192.0.2.77', {
      'alias.com.':
        'alias.com. 60 SOA a. b. 1 1 1 1 1\nns.alias.com. 60 CNAME target.alias.com.\ntarget.alias.com. 60 A 192.0.2.1',
    });
    expect(world.resolve('www.example.com. A')).toBe('NOERROR fresh\nwww.example.com. 300 IN A 203.0.113.10');
  });
});
