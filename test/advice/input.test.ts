/** Whatever can be read: no rule fails on it, and the drills that ship are told of sensibly. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lint } from '../../src/advice/lint/lint.ts';

describe('whatever can be read', () => {
  const label = fc.constantFrom('@', 'a', 'b', '*', '*.a', 'a.b', '_s._tcp', 'example.com', 'x.');
  const target = fc.constantFrom('a', 'b', '.', 'c.example.net.', '192.0.2.1.', 'db.internal.', '@');
  const record = fc.oneof(
    fc.tuple(label, fc.constantFrom('CNAME', 'NS', 'DNAME', 'PTR', 'ALIAS'), target),
    fc.tuple(label, fc.constant('MX 1'), target),
    fc.tuple(label, fc.constant('SRV 0 0 1'), target),
    fc.tuple(label, fc.constant('HTTPS 0'), target),
    fc.tuple(
      label,
      fc.constant('TXT'),
      fc.constantFrom('"v=spf1 include:a.example.com all"', '"v=spf1"', '""', '"v=DMARC1"', '"\\000\\255"'),
    ),
    fc.tuple(label, fc.constant('CAA 128'), fc.constantFrom('issue ";"', 'x ""')),
    fc.tuple(
      label,
      fc.constantFrom(
        'A 10.0.0.1',
        'AAAA ::1',
        'NSEC3PARAM 1 0 5 AA',
        'DS 1 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118',
        'TYPE999 \\# 0',
      ),
      fc.constant(''),
    ),
    fc.tuple(label, fc.constant('RRSIG A 5 2 60 0 4294967295 1'), fc.constant('example.com. AAAA')),
  );

  it('never makes a rule fail, and gives findings with places inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100_000_000), record), { maxLength: 25 }), (rows) => {
        const text = `@ 60 SOA a b 1 2 3 4 5\n${rows.map(([ttl, [owner, type, data]]) => `${owner} ${ttl} ${type} ${data}`).join('\n')}`;
        const { report } = lint([{ text, file: 'example.com.zone' }]);
        for (const { place, fix, message } of report?.findings ?? []) {
          expect(place.line).toBeLessThanOrEqual(rows.length + 1);
          expect(`${message} ${fix}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  const shipped = readdirSync('scenarios')
    .filter((name) => name.endsWith('.yaml'))
    .sort((a, b) => Number(a > b) - Number(a < b));
  test.each(shipped)('the drill %s has no errors, and says something sensible', (name) => {
    const readFile = (path: string) => readFileSync(`scenarios/${path}`, 'utf8');
    const { report, issues } = lint([{ text: readFile(name), file: name, readFile }], { trials: 'none' });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report!.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const { message, fix } of report!.findings)
      expect(`${message} ${fix}`).not.toMatch(/undefined|NaN|\[object/);
  });
});
