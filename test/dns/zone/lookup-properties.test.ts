/** What holds for every answer, whatever the zones: loops, cuts, DNAMEs and wildcards at random. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSubdomain, type Name, parseName } from '../../../src/dns/data/name.ts';
import { rdataFromText } from '../../../src/dns/data/rdata-text.ts';
import type { RRset } from '../../../src/dns/data/rrset.ts';
import { A, CNAME, DNAME, DS, MX, NS, SOA, typeToText } from '../../../src/dns/data/rrtype.ts';
import { lookup } from '../../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../../src/dns/zone/view.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';

const APEX = parseName('z.');
const CHILD = parseName('a.z.');
const name = fc
  .array(fc.constantFrom('a', 'b', '*'), { maxLength: 4 })
  .map((parts) => parseName([...parts, 'z'].join('.'), parseName('.')));
const target = fc.oneof(
  { weight: 5, arbitrary: name },
  { weight: 1, arbitrary: fc.constant(parseName('out.')) },
);
const rrset = fc
  .tuple(name, fc.constantFrom(A, NS, CNAME, DNAME, DS, MX), target)
  .map(([owner, type, to]): RRset => {
    const text =
      type === A ? '192.0.2.1' : type === MX ? `1 ${to}` : type === DS ? `1 13 2 ${'00'.repeat(32)}` : to;
    return { name: owner, type, ttl: 60, rdata: [rdataFromText(type, text)] };
  });
const soa = (apex: Name): RRset => ({
  name: apex,
  type: SOA,
  ttl: 60,
  rdata: [rdataFromText(SOA, '. . 1 2 3 4 5')],
});
const key = (one: RRset): string => `${one.name} ${typeToText(one.type)}`;

test('every answer is whole and consistent', () => {
  const seen = new Set<string>();
  const questions = fc.array(fc.tuple(name, fc.constantFrom(A, NS, CNAME, DS, MX, 255)), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(rrset, { maxLength: 10 }), fc.boolean(), questions, (sets, hostsChild, asked) => {
      const zones = [Zone.of(APEX, [soa(APEX), ...sets])];
      if (hostsChild)
        zones.push(Zone.of(CHILD, [soa(CHILD), ...sets.filter((set) => isSubdomain(set.name, CHILD))]));
      for (const [qname, type] of asked) {
        const message = lookup(hostedZones(zones), { name: qname, type });
        const { rcode, answer, authority, additional, authoritative } = message;
        seen.add(`${rcode} ${authoritative ? 'aa' : 'referral'} ${answer.length > 0 ? 'data' : 'empty'}`);
        const last = authority[0];
        expect(new Set(answer.map(key)).size).toBe(answer.length);
        expect(authority.length).toBeLessThanOrEqual(1);
        expect(additional.some((one) => answer.map(key).includes(key(one)))).toBe(false);
        if (rcode === 'NXDOMAIN') expect(last?.type).toBe(SOA);
        if (!authoritative) {
          expect([rcode, answer.length, last?.type]).toEqual(['NOERROR', 0, NS]);
          expect(isSubdomain(qname, last!.name)).toBe(true);
          expect(zones.some(({ origin }) => origin === last!.name && type !== DS)).toBe(false);
        }
        if (answer.length === 0 && rcode === 'NOERROR' && authoritative) expect(last?.type).toBe(SOA);
        // A chain hangs together: every alias leads to the owner of what follows it.
        const aliases = answer.filter((one) => one.type === CNAME).map((one) => one.rdata[0]!.text);
        const other = answer.filter((one) => one.type !== CNAME && one.type !== DNAME);
        if (type !== 255) for (const one of other) expect([qname as string, ...aliases]).toContain(one.name);
      }
    }),
    { seed: 14, numRuns: 4_000 },
  );
  expect([...seen].sort()).toEqual([
    'NOERROR aa data',
    'NOERROR aa empty',
    'NOERROR referral empty',
    'NXDOMAIN aa data',
    'NXDOMAIN aa empty',
  ]);
});
