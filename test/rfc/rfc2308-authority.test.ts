/** RFC 2308: negative answers as an authoritative server gives them. */
import { expect, test } from 'vitest';
import { ask, host, summary, zoneOf } from '../dns/zone/zone-text.ts';

const zone = (ttl: number, minimum: number) =>
  host(
    zoneOf(
      'xx.',
      `$TTL 999\n@ ${ttl} SOA ns1 hostmaster.ns1 1 2 3 4 ${minimum}\n@ NS ns1\nns1 A 127.0.0.2\nan CNAME tripple\nno CNAME ns1\n`,
    ),
  );

test.each([
  [
    '§2.1 NXDOMAIN carries the SOA',
    'another.xx. A',
    ['NXDOMAIN aa', 'au xx. 60 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 60'],
  ],
  [
    '§2.1 NXDOMAIN behind an alias keeps the alias',
    'an.xx. A',
    ['NXDOMAIN aa', 'an an.xx. 999 CNAME tripple.xx.', 'au xx. 60 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 60'],
  ],
  [
    '§2.2 NODATA is NOERROR with the SOA',
    'ns1.xx. MX',
    ['NOERROR aa', 'au xx. 60 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 60'],
  ],
  [
    '§2.2 NODATA behind an alias',
    'no.xx. AAAA',
    ['NOERROR aa', 'an no.xx. 999 CNAME ns1.xx.', 'au xx. 60 SOA ns1.xx. hostmaster.ns1.xx. 1 2 3 4 60'],
  ],
])('%s: %s', (_what, question, expected) => expect(summary(ask(zone(600, 60), question))).toEqual(expected));

test.each([
  [600, 60, 60],
  [60, 600, 60],
  [60, 4_294_967_295, 60],
  [0, 60, 0],
  [60, 0, 0],
])('§3: SOA TTL %i and MINIMUM %i give the negative TTL %i', (ttl, minimum, expected) => {
  expect(ask(zone(ttl, minimum), 'nx.xx. A').authority[0]!.ttl).toBe(expected);
});

test('§3: a SOA that is asked for keeps its own TTL', () => {
  expect(ask(zone(600, 60), 'xx. SOA').answer[0]!.ttl).toBe(600);
});
