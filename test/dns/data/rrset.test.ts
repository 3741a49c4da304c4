import { expect, test } from 'vitest';
import { makeMessage } from '../../../src/dns/data/message.ts';
import { parseName } from '../../../src/dns/data/name.ts';
import { formatMessage, formatRRset, parseRRsets } from '../../../src/dns/data/presentation.ts';
import { gatherRRsets, makeRRset, renamed, sameRecords, withTtl } from '../../../src/dns/data/rrset.ts';
import { A } from '../../../src/dns/data/rrtype.ts';
import { TextError } from '../../../src/dns/data/text-error.ts';

const origin = parseName('example.com.');
const one = (text: string) => parseRRsets(text, origin)[0]!;

test('records gather into RRsets with the smallest TTL and without duplicates (RFC 2181 §5)', () => {
  const sets = parseRRsets(
    `www 300 A 192.0.2.1
     www 60 IN A 192.0.2.2
     mail 1h MX 10 www
     WWW 900 A 192.0.2.1
     www 300 AAAA ::1`,
    origin,
  );
  expect(sets.flatMap((set) => formatRRset(set, origin))).toEqual([
    'www 60 IN A 192.0.2.1',
    'www 60 IN A 192.0.2.2',
    'mail 3600 IN MX 10 www.example.com.',
    'www 300 IN AAAA ::1',
  ]);
  expect(gatherRRsets([])).toEqual([]);
});

test('an RRset keeps each RDATA once', () => {
  const { name, rdata } = one('a 1 A 192.0.2.1');
  expect(makeRRset(name, A, 1, [...rdata, ...rdata]).rdata).toEqual(rdata);
  expect(makeRRset(name, A, 1, rdata).rdata).toBe(rdata);
});

test('RRsets compare as sets, TTLs aside', () => {
  const set = one('a 1 A 192.0.2.1\na 1 A 192.0.2.2');
  expect(sameRecords(set, one('a 9 A 192.0.2.2\na 9 A 192.0.2.1'))).toBe(true);
  expect(sameRecords(set, one('a 1 A 192.0.2.1'))).toBe(false);
  expect(sameRecords(set, one('b 1 A 192.0.2.1\nb 1 A 192.0.2.2'))).toBe(false);
  expect(sameRecords(set, one('a 1 A 192.0.2.1\na 1 A 192.0.2.3'))).toBe(false);
});

test('changed copies share what did not change', () => {
  const set = one('a 1 A 192.0.2.1');
  expect(withTtl(set, 1)).toBe(set);
  expect(withTtl(set, 5)).toEqual({ ...set, ttl: 5 });
  expect(renamed(set, set.name)).toBe(set);
  expect(renamed(set, origin).name).toBe(origin);
});

test('a message in text', () => {
  const set = one('a 1 A 192.0.2.1');
  const question = { name: set.name, type: A };
  expect(formatMessage(makeMessage(question))).toBe('NOERROR\nquestion: a.example.com. A');
  expect(formatMessage(makeMessage(question, { authoritative: true, truncated: true, answer: [set] }))).toBe(
    'NOERROR aa tc\nquestion: a.example.com. A\nanswer:\n  a.example.com. 1 IN A 192.0.2.1',
  );
});

test.each(['a', 'a 1', 'a x A 192.0.2.1', 'a 1 CH A 192.0.2.1', 'a 1 A "', 'a 2147483648 A 192.0.2.1'])(
  '%j is no record',
  (text) => expect(() => parseRRsets(text, origin)).toThrow(TextError),
);
