/** RFC 5155: hashed denial of existence; the zone, the hashes and the responses are those of appendices A and B. */
import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { sha1 } from '../../src/base/sha1.ts';
import { encodeHex } from '../../src/dns/data/base-n.ts';
import { hashName } from '../../src/dns/data/hashed-name.ts';
import { parseName } from '../../src/dns/data/name.ts';
import { formatRRset, parseRRsets } from '../../src/dns/data/presentation.ts';
import { lookup } from '../../src/dns/zone/lookup.ts';
import { hostedZones } from '../../src/dns/zone/view.ts';
import { Zone } from '../../src/dns/zone/zone.ts';
import { question } from '../dns/resolve/harness.ts';

const EXAMPLE = `
example. 3600 SOA ns1.example. bugs.x.w.example. 1 3600 300 3600000 3600
example. 3600 NS ns1.example.
example. 3600 NS ns2.example.
example. 3600 MX 1 xx.example.
example. 3600 DNSKEY 257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJ
example. 3600 NSEC3PARAM 1 0 12 aabbccdd
2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 A 192.0.2.127
a.example. 3600 NS ns1.a.example.
a.example. 3600 DS 58470 5 1 3079F1593EBAD6DC121E202A8B766A6A4837206C
ns1.a.example. 3600 A 192.0.2.5
ai.example. 3600 A 192.0.2.9
ai.example. 3600 HINFO KLH-10 ITS
ai.example. 3600 AAAA 2001:db8:0:0:0:0:f00:baa9
c.example. 3600 NS ns1.c.example.
ns1.c.example. 3600 A 192.0.2.7
ns1.example. 3600 A 192.0.2.1
ns2.example. 3600 A 192.0.2.2
*.w.example. 3600 MX 1 ai.example.
x.w.example. 3600 MX 1 xx.example.
x.y.w.example. 3600 MX 1 xx.example.
xx.example. 3600 A 192.0.2.10
xx.example. 3600 HINFO KLH-10 TOPS-20
xx.example. 3600 AAAA 2001:db8:0:0:0:0:f00:baaa
`;
const ZONE = Zone.of(parseName('example.'), parseRRsets(EXAMPLE)).signed('nsec3-opt-out');

/** Appendix A, with the types of each record. */
const HASHES: readonly (readonly [name: string, hash: string, types: string])[] = [
  ['example.', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom', 'NS SOA MX RRSIG DNSKEY NSEC3PARAM'],
  ['ns1.example.', '2t7b4g4vsa5smi47k61mv5bv1a22bojr', 'A RRSIG'],
  ['x.y.w.example.', '2vptu5timamqttgl4luu9kg21e0aor3s', 'MX RRSIG'],
  ['a.example.', '35mthgpgcu1qg68fab165klnsnk3dpvl', 'NS DS RRSIG'],
  ['x.w.example.', 'b4um86eghhds6nea196smvmlo4ors995', 'MX RRSIG'],
  ['ai.example.', 'gjeqe526plbf1g8mklp59enfd789njgi', 'A HINFO AAAA RRSIG'],
  ['y.w.example.', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc', ''],
  ['w.example.', 'k8udemvp1j2f7eg6jebps17vp3n8i58h', ''],
  ['2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.', 'kohar7mbb8dc2ce8a9qvl8hon4k53uhi', 'A RRSIG'],
  ['ns2.example.', 'q04jkcevqvmu85r014c7dkba38o0ji5r', 'A RRSIG'],
  ['*.w.example.', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en', 'MX RRSIG'],
  ['xx.example.', 't644ebqk9bibcna874givr6joj62mlhv', 'A HINFO AAAA RRSIG'],
];
const recordAt = (owner: string): string => {
  const at = HASHES.findIndex(([name]) => name === owner);
  const [, hash, types] = HASHES[at]!;
  const [, next] = HASHES[(at + 1) % HASHES.length]!;
  return `${hash}.example. 3600 IN NSEC3 1 1 12 AABBCCDD ${next.toUpperCase()} ${types}`.trim();
};

/** The NSEC3 records of a response, in order. */
function proofs(text: string, zone: Zone = ZONE): string[] {
  const { authority } = lookup(hostedZones([zone]), question(text), { dnssecOk: true });
  return authority.flatMap((set) => formatRRset(set)).filter((line) => line.includes(' IN NSEC3 '));
}

describe('§5: hashes', () => {
  const parameters = { iterations: 12, salt: '\u00aa\u00bb\u00cc\u00dd' };

  test.each(HASHES)('%s', (name, hash) => {
    expect(hashName(parseName(name), parameters)).toBe(hash.toUpperCase());
  });

  it('SHA-1 is the one of other libraries, whatever the length', () => {
    for (let length = 0; length < 200; length++) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode((at * 37 + length) & 255)).join('');
      const other = createHash('sha1').update(Buffer.from(text, 'latin1')).digest('hex');
      expect(encodeHex(sha1(text)).toLowerCase()).toBe(other);
    }
  });
});

describe('appendix B', () => {
  test.each([
    ['B.1 name error', 'a.c.x.w.example. A', ['x.w.example.', 'example.', 'a.example.']],
    ['B.2 no data', 'ns1.example. MX', ['ns1.example.']],
    ['B.2.1 no data, empty non-terminal', 'y.w.example. A', ['y.w.example.']],
    ['B.3 referral to an opt-out unsigned zone', 'mc.c.example. MX', ['example.', 'a.example.']],
    ['B.4 wildcard expansion', 'a.z.w.example. MX', ['ns2.example.']],
    ['B.5 wildcard no data', 'a.z.w.example. AAAA', ['w.example.', 'ns2.example.', '*.w.example.']],
    ['B.6 DS child zone no data', 'example. DS', ['example.']],
    ['§7.2.4 no data for DS of an opted-out delegation', 'c.example. DS', ['example.', 'a.example.']],
  ])('%s', (_, text, owners) => {
    expect(proofs(text)).toEqual(owners.map(recordAt));
  });
});

describe('the chain', () => {
  it('without opt-out holds unsigned delegations too, and says so', () => {
    const [own] = proofs('mc.c.example. MX', ZONE.signed('nsec3'));
    expect(own).toMatch(/^4g6p9u5gvfshp30pqecj98b3maqbn1ck\.example\. 3600 IN NSEC3 1 0 12 AABBCCDD \S+ NS$/);
  });

  it('RFC 9276 §3.1: no salt and no further rounds where nothing else is said', () => {
    const plain = Zone.of(parseName('example.'), parseRRsets(EXAMPLE.replace(/.*NSEC3PARAM.*\n/, '')));
    expect(proofs('nx.example. A', plain.signed('nsec3'))[0]).toMatch(/ NSEC3 1 0 0 - /);
    expect(proofs('nx.example. A', plain)).toEqual([]);
  });

  it('is the one of the zone file where that has one', () => {
    const own = parseRRsets(HASHES.map(([name]) => recordAt(name)).join('\n'));
    const zone = Zone.of(parseName('example.'), [...parseRRsets(EXAMPLE), ...own]);
    for (const text of ['a.c.x.w.example. A', 'ns1.example. MX', 'a.z.w.example. AAAA']) {
      expect(proofs(text, zone)).toEqual(proofs(text));
    }
  });
});
