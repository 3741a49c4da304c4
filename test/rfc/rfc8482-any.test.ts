/** RFC 8482: queries for ANY. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { RFC_ANSWER_RULES } from '../../src/dns/resolve/rules.ts';
import { EXAMPLE_ZONE, World } from '../dns/resolve/harness.ts';

const ZONE = `${EXAMPLE_ZONE}
www.example.com. 60 IN TXT "text"
`;
const world = (any: 'notimp' | 'all'): World =>
  World.standard({ answerRules: { ...RFC_ANSWER_RULES, any } }, ZONE);

describe('§4: a resolver may answer ANY or not', () => {
  it('notimp', () => {
    expect(world('notimp').resolve('www.example.com. ANY')).toBe('NOTIMP limit');
  });

  it('all: what the authority gives, each RRset with its TTL', () => {
    expect(world('all').resolve('www.example.com. ANY').split('\n').sort()).toEqual([
      'NOERROR fresh',
      'www.example.com. 300 IN A 203.0.113.10',
      'www.example.com. 60 IN TXT "text"',
    ]);
  });

  test.each([
    ['alias.example.com. ANY', /^NOERROR fresh\nalias\.example\.com\. \d+ IN CNAME \S+$/],
    ['nx.example.com. ANY', /^NXDOMAIN fresh\nexample\.com\. 300 IN SOA/],
  ])('%s is not followed, and may not exist', (question, text) => {
    expect(world('all').resolve(question)).toMatch(text);
  });
});

describe('§4.1: a part of what there is may do', () => {
  it('what an ANY brought answers for each type, and for ANY, as long as it lives', () => {
    const resolver = world('all');
    resolver.resolve('www.example.com. ANY');
    resolver.pass(10 * SECOND);
    resolver.takeSent();
    expect(resolver.resolve('www.example.com. TXT')).toBe('NOERROR cache\nwww.example.com. 50 IN TXT "text"');
    resolver.pass(50 * SECOND);
    expect(resolver.resolve('www.example.com. ANY')).toBe(
      'NOERROR cache\nwww.example.com. 240 IN A 203.0.113.10',
    );
    expect(resolver.takeSent()).toEqual([]);
  });

  it('glue is none of it (RFC 2181 §5.4.1)', () => {
    const resolver = world('all');
    resolver.resolve('www.example.com. A');
    resolver.takeSent();
    expect(resolver.resolve('ns1.example.com. ANY')).toMatch(/^NOERROR fresh/);
    expect(resolver.takeSent()).not.toEqual([]);
  });
});
