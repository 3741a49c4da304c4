import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import {
  boundEntry,
  type CacheEntry,
  EVERY_TYPE,
  extendEntry,
  makeEntry,
  RANK_ANSWER,
  RANK_AUTHORITY,
  RANK_GLUE,
  type Rank,
  remainingSeconds,
} from '../../../src/dns/cache/entry.ts';
import { RRsetCache } from '../../../src/dns/cache/rrset-cache.ts';
import { type Name, parseName } from '../../../src/dns/data/name.ts';
import { parseRRsets } from '../../../src/dns/data/presentation.ts';
import { A, AAAA, CNAME, NS, TXT } from '../../../src/dns/data/rrtype.ts';

const STRICT = { graceMicros: 0, retentionMicros: 0 };
const WWW = parseName('www.example.com.');

function data(text: string, now = 0, rank: Rank = RANK_ANSWER, delegated = false): CacheEntry {
  const rrset = parseRRsets(text)[0]!;
  const { name, type, ttl } = rrset;
  return makeEntry({ kind: 'data', name, type, rrset, rank, ttlSeconds: ttl, delegated }, now);
}

function absence(
  kind: 'nodata' | 'nxdomain',
  name: Name,
  type: number,
  ttlSeconds: number,
  now = 0,
): CacheEntry {
  const covers = kind === 'nxdomain' ? EVERY_TYPE : type;
  return makeEntry({ kind, name, type: covers, rrset: undefined, rank: RANK_ANSWER, ttlSeconds }, now);
}

describe('expiry', () => {
  it('is strict: alive one microsecond before, gone at the instant', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(data('www.example.com. 5 A 192.0.2.1'), 0);
    expect(cache.answer(WWW, A, 5 * SECOND - 1)).toBeDefined();
    expect(cache.answer(WWW, A, 5 * SECOND)).toBeUndefined();
  });

  it('remaining TTL counts started seconds', () => {
    const entry = data('www.example.com. 5 A 192.0.2.1');
    const at = [0, 1, SECOND, SECOND + 1, 5 * SECOND - 1, 5 * SECOND, 9 * SECOND];
    expect(at.map((now) => remainingSeconds(entry, now))).toEqual([5, 5, 4, 4, 1, 0, 0]);
  });

  it('property: the TTL handed out never lets data live beyond their end by more than the started second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 604_800 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ttl, share) => {
          const entry = data(`www.example.com. ${ttl} A 192.0.2.1`);
          const now = Math.floor(share * entry.expiresAt);
          const end = now + remainingSeconds(entry, now) * SECOND;
          expect(end).toBeGreaterThanOrEqual(entry.expiresAt);
          expect(end - entry.expiresAt).toBeLessThan(SECOND);
        },
      ),
      { seed: 7 },
    );
  });

  it('expired data stay for serve-stale as long as the retention, and no longer', () => {
    const cache = new RRsetCache({ graceMicros: 0, retentionMicros: 60 * SECOND });
    cache.put(data('www.example.com. 5 A 192.0.2.1'), 0);
    expect(cache.answer(WWW, A, 6 * SECOND)).toBeUndefined();
    expect(cache.stale(WWW, A, 65 * SECOND - 1)).toBeDefined();
    expect(cache.stale(WWW, A, 65 * SECOND)).toBeUndefined();
  });

  it('TTL 0 is not kept', () => {
    const cache = new RRsetCache({ graceMicros: 0, retentionMicros: 60 * SECOND });
    cache.put(data('www.example.com. 0 A 192.0.2.1'), 0);
    expect(cache.size).toBe(0);
  });
});

describe('what answers a question', () => {
  it('the type itself, then NXDOMAIN or a CNAME', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(data('www.example.com. 5 CNAME other.example.com.'), 0);
    cache.put(data('www.example.com. 5 A 192.0.2.1'), 0);
    expect(cache.answer(WWW, A, 0)?.type).toBe(A);
    expect(cache.answer(WWW, TXT, 0)?.type).toBe(CNAME);
  });

  it('NODATA answers its type', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(absence('nodata', WWW, TXT, 5), 0);
    expect(cache.answer(WWW, TXT, 0)?.kind).toBe('nodata');
    expect(cache.answer(WWW, A, 0)).toBeUndefined();
  });

  it('NXDOMAIN removes data of the name but not a delegation below which others live', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(data('www.example.com. 5 A 192.0.2.1'), 0);
    cache.put(data('www.example.com. 5 NS ns.example.com.', 0, RANK_GLUE, true), 0);
    cache.put(absence('nxdomain', WWW, A, 5), 0);
    expect(cache.answer(WWW, A, 0)?.kind).toBe('nxdomain');
    expect(cache.exact(WWW, A, 0)).toBeUndefined();
    expect(cache.exact(WWW, NS, 0)).toBeDefined();
  });

  it('data remove NXDOMAIN, glue does not', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(absence('nxdomain', WWW, A, 5), 0);
    cache.put(data('www.example.com. 5 AAAA 2001:db8::1', 0, RANK_GLUE, true), 0);
    expect(cache.answer(WWW, TXT, 0)?.kind).toBe('nxdomain');
    cache.put(data('www.example.com. 5 AAAA 2001:db8::1'), 0);
    expect(cache.answer(WWW, TXT, 0)).toBeUndefined();
    expect(cache.answer(WWW, AAAA, 0)?.kind).toBe('data');
  });
});

describe('delegations are not extended by the child (ghost domains)', () => {
  const ZONE = parseName('example.com.');
  const parentSays = (ttl: number, now = 0): CacheEntry =>
    data(`example.com. ${ttl} NS ns1.example.com.`, now, RANK_GLUE, true);
  const childSays = (ttl: number, now: number): CacheEntry =>
    data(`example.com. ${ttl} NS ns2.example.com.`, now, RANK_AUTHORITY);

  it.each([
    ['shorter: its own TTL', 300, 60, 10, 70],
    ['longer: the end the parent gave', 300, 86_400, 10, 300],
    ['just as long, later', 300, 300, 10, 300],
  ])("the child's NS set, %s", (_, parentTtl, childTtl, at, end) => {
    const cache = new RRsetCache(STRICT);
    cache.put(parentSays(parentTtl), 0);
    cache.put(childSays(childTtl, at * SECOND), at * SECOND);
    expect(cache.exact(ZONE, NS, at * SECOND)).toMatchObject({
      expiresAt: end * SECOND,
      rank: RANK_AUTHORITY,
    });
  });

  it('a child that repeats itself for ever does not outlive the referral', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(parentSays(300), 0);
    for (let now = 0; now < 300; now += 10) cache.put(childSays(86_400, now * SECOND), now * SECOND);
    expect(cache.exact(ZONE, NS, 299 * SECOND)).toBeDefined();
    expect(cache.exact(ZONE, NS, 300 * SECOND)).toBeUndefined();
  });

  it('an address that came as glue keeps its end, however often it is refreshed', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(data('www.example.com. 100 A 192.0.2.1', 0, RANK_GLUE, true), 0);
    cache.put(data('www.example.com. 7200 A 192.0.2.1', 10 * SECOND), 10 * SECOND);
    cache.put(data('www.example.com. 7200 A 192.0.2.1', 90 * SECOND), 90 * SECOND);
    expect(cache.exact(WWW, A, 90 * SECOND)?.expiresAt).toBe(100 * SECOND);
  });

  it('an address that did not is refreshed as any other data (negative control)', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(data('www.example.com. 100 A 192.0.2.1'), 0);
    cache.put(data('www.example.com. 7200 A 192.0.2.1', 90 * SECOND), 90 * SECOND);
    expect(cache.exact(WWW, A, 90 * SECOND)?.expiresAt).toBe((90 + 7200) * SECOND);
  });

  it('a repeated referral does extend it', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(parentSays(300), 0);
    cache.put(parentSays(300, 100 * SECOND), 100 * SECOND);
    expect(cache.exact(ZONE, NS, 399 * SECOND)).toBeDefined();
  });

  it('a referral fetched on purpose replaces what the child said', () => {
    const cache = new RRsetCache(STRICT);
    cache.put(childSays(300, 0), 0);
    cache.put(parentSays(300, SECOND), SECOND);
    expect(cache.exact(ZONE, NS, SECOND)?.rank).toBe(RANK_AUTHORITY);
    cache.put(parentSays(300, SECOND), SECOND, true);
    expect(cache.exact(ZONE, NS, SECOND)).toMatchObject({ rank: RANK_GLUE, expiresAt: 301 * SECOND });
  });

  it('boundEntry shows the TTL that is left', () => {
    expect(boundEntry(data('www.example.com. 300 A 192.0.2.1'), 90 * SECOND)).toMatchObject({
      ttlSeconds: 90,
      delegated: true,
    });
  });
});

describe('removal and size', () => {
  const names = (cache: RRsetCache): string[] =>
    [...new Set([...cache.entries()].map(({ name }) => name as string))].sort();
  const fill = (cache: RRsetCache, ...owners: string[]): void => {
    for (const owner of owners) cache.put(data(`${owner} 60 A 192.0.2.1`), 0);
  };

  it('by name, below a name, all', () => {
    const cache = new RRsetCache(STRICT);
    fill(cache, 'a.example.com.', 'b.a.example.com.', 'ba.example.com.', 'c.example.com.');
    cache.remove(parseName('c.example.com.'));
    expect(names(cache)).toEqual(['a.example.com.', 'b.a.example.com.', 'ba.example.com.']);
    cache.removeBelow(parseName('a.example.com.'));
    expect(names(cache)).toEqual(['ba.example.com.']);
    cache.clear();
    expect(names(cache)).toEqual([]);
  });

  it('a limit drops the name stored longest ago', () => {
    const cache = new RRsetCache({ ...STRICT, maximumNames: 2 });
    fill(cache, 'a.example.com.', 'b.example.com.', 'a.example.com.', 'c.example.com.');
    expect(names(cache)).toEqual(['a.example.com.', 'c.example.com.']);
  });

  it('denials may have a limit of their own, and neither drives the other out', () => {
    const cache = new RRsetCache({ ...STRICT, maximumNames: 2, maximumDenials: 2 });
    const deny = (...owners: string[]): void => {
      for (const owner of owners) cache.put(absence('nxdomain', parseName(owner), A, 60), 0);
    };
    fill(cache, 'a.example.com.', 'b.example.com.');
    deny('w.example.com.', 'x.example.com.', 'y.example.com.', 'z.example.com.');
    expect(names(cache)).toEqual(['a.example.com.', 'b.example.com.', 'y.example.com.', 'z.example.com.']);
    fill(cache, 'c.example.com.', 'd.example.com.');
    expect(names(cache)).toEqual(['c.example.com.', 'd.example.com.', 'y.example.com.', 'z.example.com.']);
    // A name that comes into being counts among the others from then on.
    fill(cache, 'z.example.com.');
    deny('v.example.com.');
    expect(names(cache)).toEqual(['d.example.com.', 'v.example.com.', 'y.example.com.', 'z.example.com.']);
    cache.remove(parseName('v.example.com.'));
    deny('u.example.com.');
    expect(names(cache)).toEqual(['d.example.com.', 'u.example.com.', 'y.example.com.', 'z.example.com.']);
  });

  it('without that limit they count with the others', () => {
    const cache = new RRsetCache({ ...STRICT, maximumNames: 2 });
    fill(cache, 'a.example.com.');
    cache.put(absence('nxdomain', parseName('x.example.com.'), A, 60), 0);
    cache.put(absence('nxdomain', parseName('y.example.com.'), A, 60), 0);
    expect(names(cache)).toEqual(['x.example.com.', 'y.example.com.']);
  });

  it('expired names are swept, so a stream of new names does not fill the memory', () => {
    const cache = new RRsetCache(STRICT);
    for (let i = 0; i < 20_000; i++)
      cache.put(data(`n${i}.example.com. 60 A 192.0.2.1`, i * SECOND), i * SECOND);
    expect(cache.size).toBeLessThanOrEqual(1_025);
  });

  it('several types of one name are kept, replaced and found', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('A', 'AAAA', 'TXT', 'MX'), fc.integer({ min: 1, max: 9 })), {
          maxLength: 20,
        }),
        (puts) => {
          const cache = new RRsetCache(STRICT);
          const expected = new Map<number, number>();
          const rdata = { A: '192.0.2.1', AAAA: '2001:db8::1', TXT: 'x', MX: '1 m.' };
          for (const [type, ttl] of puts) {
            const entry = data(`www.example.com. ${ttl} ${type} ${rdata[type]}`);
            cache.put(entry, 0);
            expected.set(entry.type, ttl);
          }
          for (const [type, ttl] of expected) expect(cache.exact(WWW, type, 0)?.ttlSeconds).toBe(ttl);
          expect([...cache.entries()]).toHaveLength(expected.size);
        },
      ),
      { seed: 3 },
    );
  });
});

describe('extendEntry', () => {
  const entry = (ttlSeconds: number, extensions: number): CacheEntry => ({
    ...makeEntry(
      { kind: 'data', name: parseName('a.'), type: A, rrset: undefined, rank: RANK_ANSWER, ttlSeconds },
      0,
    ),
    extensions,
  });

  // Expired at `ttl`; extensions of 30 s, ten at most.
  test.each([
    [60, 0, 61, 1, 91],
    [60, 0, 89, 1, 119],
    [60, 0, 91, 2, 121],
    [60, 3, 160, 7, 190],
    [60, 0, 400, 10, 430],
    [5, 0, 6, 1, 11],
    [5, 0, 16, 3, 21],
  ])('TTL %i, extended %i times, at %i s: %i times, until %i s', (ttl, before, at, after, until) => {
    const extended = extendEntry(entry(ttl, before), 30, 10, at * SECOND);
    expect([extended.extensions, extended.expiresAt / SECOND, extended.ttlSeconds]).toEqual([
      after,
      until,
      ttl,
    ]);
  });
});
