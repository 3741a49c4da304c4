/** RFC 3597 §5: types and RDATA in generic form. */
import { describe, expect, test } from 'vitest';
import { ask, host, lines, zoneOf } from '../dns/zone/zone-text.ts';

const HEAD = '$TTL 60\n@ SOA . . 1 1 1 1 1\n@ NS ns.example.net.\n';

describe('§5', () => {
  test.each([
    ['a TYPE731 \\# 6 abcd ( ef 01 23 45 )', 'a 60 TYPE731 \\# 6 ABCDEF012345'],
    ['b TYPE62347 \\# 0', 'b 60 TYPE62347 \\# 0'],
    ['e IN A \\# 4 0A000001', 'e 60 A 10.0.0.1'],
    ['e CLASS1 TYPE1 10.0.0.2', 'e 60 A 10.0.0.2'],
    ['e TYPE15 \\# 5 000A016100', 'e 60 MX 10 a.'],
    ['e CAA \\# 7 00056973737565', 'e 60 CAA 0 issue ""'],
    ['e type65280 \\# 1 (\n  f\n  f )', 'e 60 TYPE65280 \\# 1 FF'],
  ])('%s', (record, expected) => {
    const zone = zoneOf('x.', HEAD + record);
    expect(lines([...zone.rrsets()], zone.origin)).toContain(expected);
  });
});

test('§6: known and generic spelling are one record', () => {
  const zone = zoneOf('x.', `${HEAD}a A 192.0.2.1\na TYPE1 \\# 4 C0000201\n`);
  expect(ask(host(zone), 'a.x. TYPE1').answer[0]!.rdata).toHaveLength(1);
});

test('§3: unknown types are answered like any other', () => {
  const zone = zoneOf('x.', `${HEAD}*.w TYPE65280 \\# 2 ABCD\n`);
  expect(lines(ask(host(zone), 'q.w.x. TYPE65280').answer)).toEqual(['q.w.x. 60 TYPE65280 \\# 2 ABCD']);
});
