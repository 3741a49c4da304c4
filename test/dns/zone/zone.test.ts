import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Name, parent, parseName } from '../../../src/dns/data/name.ts';
import { parseRRsets } from '../../../src/dns/data/presentation.ts';
import type { RRset } from '../../../src/dns/data/rrset.ts';
import { A, NS, type RrType, TXT } from '../../../src/dns/data/rrtype.ts';
import {
  addSerial,
  compareSerials,
  negativeSoa,
  negativeTtl,
  soaRdata,
  withNextSerial,
} from '../../../src/dns/zone/soa.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';
import { lines, rawZone } from './zone-text.ts';

const ORIGIN = parseName('example.com.');
const name = (text: string): Name => parseName(text, ORIGIN);
const set = (text: string): RRset => parseRRsets(text, ORIGIN)[0]!;
const all = (zone: Zone): string[] => lines([...zone.rrsets()], ORIGIN);
const names = (zone: Zone): string[] => [...zone.names()].sort();

const ZONE = rawZone(
  'example.com.',
  `@ 3600 SOA ns h 4294967295 1 1 1 300
   @ 3600 NS ns
   ns 300 A 192.0.2.1
   a.b.c 300 A 192.0.2.2
   child 300 NS ns.child
   ns.child 300 A 192.0.2.3
   sub.child 300 NS elsewhere.net.`,
);

describe('reading', () => {
  test('RRsets by name and type; names that exist include empty non-terminals', () => {
    expect(ZONE.get(name('ns'), A)).toEqual(set('ns 300 A 192.0.2.1'));
    expect(ZONE.get(name('ns'), TXT)).toBeUndefined();
    expect(ZONE.get(name('nx'), A)).toBeUndefined();
    expect(ZONE.node(name('c'))).toEqual({ rrsets: [], children: 1 });
    expect(ZONE.node(name('nx'))).toBeUndefined();
    expect(ZONE.node(parseName('com.'))).toBeUndefined();
    expect(names(ZONE)).toHaveLength(8);
  });
  test.each([
    ['child', 'child.example.com.'],
    ['x.sub.child', 'child.example.com.'],
    ['@', undefined],
    ['ns', undefined],
    ['nx', undefined],
    ['example.net.', undefined],
  ])('the cut above %s is %s', (text, cut) => expect(ZONE.cutAbove(name(text))?.name).toBe(cut));
  test('nothing outside goes in', () => {
    expect(() => ZONE.with(set('example.net. 1 A 192.0.2.1'))).toThrow(RangeError);
    expect(() => Zone.of(ORIGIN, [set('com. 1 A 192.0.2.1')])).toThrow(RangeError);
  });
  test('a zone of nothing has an apex', () => {
    expect(names(Zone.of(ORIGIN, []))).toEqual(['example.com.']);
    expect(Zone.of(ORIGIN, []).soa()).toBeUndefined();
    expect(negativeTtl(Zone.of(ORIGIN, []))).toBeUndefined();
  });
});

describe('changing', () => {
  test('a changed copy leaves the original as it was', () => {
    const before = all(ZONE);
    const changed = ZONE.with(set('ns 60 A 192.0.2.9'), set('new 60 A 192.0.2.8'));
    expect(lines([changed.get(name('ns'), A)!], ORIGIN)).toEqual(['ns 60 A 192.0.2.9']);
    expect(changed.get(name('new'), A)).toBeDefined();
    expect(all(ZONE)).toEqual(before);
  });
  test('taking away the last data below takes empty non-terminals along', () => {
    const without = ZONE.without(name('a.b.c'));
    expect(['a.b.c', 'b.c', 'c'].map((text) => without.node(name(text)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(ZONE.node(name('b.c'))).toBeDefined();
  });
  test('a name with others below stays as an empty non-terminal', () => {
    const without = ZONE.without(name('child'));
    expect(without.node(name('child'))).toEqual({ rrsets: [], children: 2 });
    expect(without.cutAbove(name('x.child'))).toBeUndefined();
  });
  test('one type or all of a name', () => {
    const both = ZONE.with(set('ns 60 TXT x'));
    expect(
      both
        .without(name('ns'), A)
        .node(name('ns'))!
        .rrsets.map(({ type }) => type),
    ).toEqual([TXT]);
    expect(both.without(name('ns')).node(name('ns'))).toBeUndefined();
    expect(ZONE.without(name('nx'))).toBe(ZONE);
    expect(all(ZONE.without(name('ns'), NS))).toEqual(all(ZONE));
  });
  test('the apex stays', () => {
    expect(ZONE.without(ORIGIN).node(ORIGIN)).toEqual({ rrsets: [], children: 3 });
  });
});

describe('properties', () => {
  const label = fc.constantFrom('a', 'b', '*');
  const owner = fc
    .array(label, { maxLength: 3 })
    .map((parts) => name(parts.length > 0 ? parts.join('.') : '@'));
  const edit = fc.record({
    owner,
    type: fc.constantFrom<RrType>(A, TXT),
    kind: fc.constantFrom('put', 'put', 'drop', 'drop all'),
    ttl: fc.nat(99),
  });
  const rdataOf = (type: RrType): string => (type === A ? 'A 192.0.2.1' : 'TXT x');

  test('any history of changes gives what a map of RRsets gives, across whole copies too', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 120 }), (edits) => {
        let zone = Zone.of(ORIGIN, []);
        const expected = new Map<string, RRset>();
        const keep: { zone: Zone; text: string[] }[] = [];
        for (const { owner: at, type, kind, ttl } of edits) {
          const key = `${at} ${type}`;
          if (kind === 'put') {
            const rrset = set(`${at} ${ttl} ${rdataOf(type)}`);
            zone = zone.with(rrset);
            expected.set(key, rrset);
          } else {
            zone = kind === 'drop' ? zone.without(at, type) : zone.without(at);
            for (const other of kind === 'drop' ? [type] : [A, TXT]) expected.delete(`${at} ${other}`);
          }
          if (keep.length < 3) keep.push({ zone, text: all(zone) });
        }
        expect(all(zone)).toEqual(lines([...expected.values()], ORIGIN));
        const fresh = Zone.of(ORIGIN, expected.values());
        expect(names(zone)).toEqual(names(fresh));
        for (const at of zone.names()) expect(zone.node(at)!.children).toBe(fresh.node(at)!.children);
        for (const old of keep) expect(all(old.zone)).toEqual(old.text);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
  test('many changes are merged into the base without a trace', () => {
    let zone = Zone.of(ORIGIN, []);
    for (let i = 0; i < 200; i++) zone = zone.with(set(`n${i} 1 A 192.0.2.1`));
    for (let i = 0; i < 200; i += 2) zone = zone.without(name(`n${i}`));
    expect(names(zone)).toHaveLength(101);
    expect(zone.node(ORIGIN)!.children).toBe(100);
    expect([...zone.names()].every((at) => at === ORIGIN || parent(at) === ORIGIN)).toBe(true);
  });
});

describe('SOA', () => {
  test('the negative TTL is the smaller of TTL and MINIMUM (RFC 2308 §5)', () => {
    expect(negativeTtl(ZONE)).toBe(300);
    expect(negativeSoa(ZONE)!.ttl).toBe(300);
    expect(ZONE.soa()!.ttl).toBe(3600);
    expect(negativeTtl(rawZone('example.com.', '@ 60 SOA . . 1 1 1 1 300'))).toBe(60);
  });
  test('the next serial wraps past 2^32 and stays in step with the text', () => {
    const next = withNextSerial(ZONE, 2);
    expect(soaRdata(next)!.serial).toBe(1);
    expect(lines([next.soa()!], ORIGIN)).toEqual(['@ 3600 SOA ns.example.com. h.example.com. 1 1 1 1 300']);
    expect(soaRdata(ZONE)!.serial).toBe(4_294_967_295);
    expect(withNextSerial(Zone.of(ORIGIN, [])).soa()).toBeUndefined();
  });
  test.each([
    [0, 1, 1],
    [4_294_967_295, 1, 0],
    [4_294_967_295, 2_147_483_647, 2_147_483_646],
  ])('RFC 1982 §3.1: %i + %i = %i', (serial, step, expected) =>
    expect(addSerial(serial, step)).toBe(expected),
  );
  test.each([-1, 2_147_483_648, Number.NaN])('adding %d is undefined', (step) =>
    expect(() => addSerial(1, step)).toThrow(RangeError),
  );
  test.each([
    [1, 1, 0],
    [2, 1, 1],
    [1, 2, -1],
    [0, 4_294_967_295, 1],
    [4_294_967_295, 0, -1],
    [100, 2_147_483_747, -1],
    [100, 2_147_483_749, 1],
    [0, 2_147_483_648, undefined],
    [2_147_483_648, 0, undefined],
  ])('RFC 1982 §3.2: %i against %i is %s', (a, b, expected) => expect(compareSerials(a, b)).toBe(expected));
});
