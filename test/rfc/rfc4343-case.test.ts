/** RFC 4343: names ignore ASCII case, and only that. */
import { expect, test } from 'vitest';
import { parseName } from '../../src/dns/data/name.ts';
import { ask, host, zoneOf } from '../dns/zone/zone-text.ts';

test.each([
  [
    '§2.1 two spellings of one label',
    'Donald\\032E\\.\\032Eastlake\\0323rd.example.',
    'donald\\032e\\.\\032EASTLAKE\\0323rd.example.',
  ],
  ['§2.1 escaped and plain letters', '\\097.ex\\065mple.', 'A.EXAMPLE.'],
  ['§3 lower and upper case', 'foo.example.net.', 'Foo.ExamplE.net.'],
  ['§3 escapes of upper-case letters', '\\070\\079\\079.example.net.', 'foo.example.net.'],
])('%s', (_what, a, b) => expect(parseName(a)).toBe(parseName(b)));

test.each([
  ['§3: octets beyond ASCII have no case (0xC0 and 0xE0)', '\\192.example.', '\\224.example.'],
  ['§3: neither have the neighbours of the letters (@ and `)', '\\064.example.', '\\096.example.'],
  ['§3: [ and {', '\\091.example.', '\\123.example.'],
])('%s', (_what, a, b) => expect(parseName(a)).not.toBe(parseName(b)));

test('§4: questions in any case find the data', () => {
  const zone = zoneOf(
    'Example.COM.',
    '$TTL 60\n@ SOA . . 1 1 1 1 1\n@ NS ns.example.net.\nWwW A 192.0.2.1\n',
  );
  expect(ask(host(zone), 'wWw.eXAMPLE.com. A').answer).toHaveLength(1);
});
