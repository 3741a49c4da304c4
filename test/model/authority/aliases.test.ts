/** Answers that are more than an RRset: aliases followed by the provider, errors, CNAMEs chosen by a policy. */
import { describe, expect, it, test } from 'vitest';
import { rdataFromText } from '../../../src/dns/data/rdata-text.ts';
import type { GenericRule } from '../../../src/model/authority/providers/generic/rule.ts';
import type { CandidateSpec, PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { ask, FAILOVER, name, provider, world, worldAt, zone } from '../world.ts';

const RULE: GenericRule = {
  kind: 'generic',
  arrange: { kind: 'together' },
  take: 1,
  shuffle: false,
  unhealthy: { kind: 'none' },
};

function alias(owner: string, target: string, ttl: 'target' | 'policy' = 'target', type = 1): PolicySpec {
  const data = { kind: 'alias', name: name(target), ttl } as const;
  return {
    name: name(owner),
    type,
    ttl: 20,
    provider: 0,
    word: 'simple',
    candidates: [{ label: target, data }],
    rule: RULE,
  };
}

/** example.com at provider main, example.net (`cdn` 45 s, `edge` a CNAME of 30 s to it) at provider two. */
function worldWith(...policies: PolicySpec[]): WorldSpec {
  const providers = [provider(), provider({ name: 'two', first: 2 })];
  const own = zone('example.com.', 'app 300 IN A 203.0.113.10\nwww 300 IN CNAME app\nmail 300 IN TXT "x"\n');
  const other = zone(
    'example.net.',
    'cdn 45 IN A 198.51.100.20\nedge 30 IN CNAME cdn\nback 30 IN CNAME app.example.com.\n',
  );
  return world({
    providers,
    policies,
    zones: [
      { origin: name('example.com.'), zone: own, providers: [0] },
      { origin: name('example.net.'), zone: other, providers: [1] },
    ],
  });
}

describe('an alias', () => {
  const rows: [what: string, target: string, answer: string][] = [
    ['to a record of the zone', 'app.example.com.', 'apex.example.com. 300 A 203.0.113.10'],
    ['through a CNAME of the zone', 'www.example.com.', 'apex.example.com. 300 A 203.0.113.10'],
    ['to a record of another operator', 'cdn.example.net.', 'apex.example.com. 45 A 198.51.100.20'],
    ['through a CNAME there: the smallest TTL', 'edge.example.net.', 'apex.example.com. 30 A 198.51.100.20'],
    ['there and back', 'back.example.net.', 'apex.example.com. 30 A 203.0.113.10'],
    ['to nothing of the type', 'mail.example.com.', 'NODATA aa'],
    ['to a name that does not exist', 'no.example.com.', 'NODATA aa'],
    ['to a name that does not exist elsewhere', 'no.example.net.', 'NODATA aa'],
    ['to a zone nobody has', 'example.org.', 'NODATA aa'],
    ['to itself', 'apex.example.com.', 'SERVFAIL'],
  ];
  test.each(rows)('%s', (_, target, answer) => {
    expect(ask(worldAt(worldWith(alias('apex.example.com.', target)), 0), 'apex.example.com. A')).toBe(
      answer,
    );
  });

  it('has the TTL of its policy where it says so', () => {
    const spec = worldWith(alias('apex.example.com.', 'cdn.example.net.', 'policy'));
    expect(ask(worldAt(spec, 0), 'apex.example.com. A')).toBe('apex.example.com. 20 A 198.51.100.20');
  });

  it('works at the apex, where a CNAME must not be, and leaves other types alone', () => {
    const side = worldAt(worldWith(alias('example.com.', 'app.example.com.')), 0);
    expect(ask(side, 'example.com. A')).toBe('example.com. 300 A 203.0.113.10');
    expect(ask(side, 'example.com. NS')).toBe('example.com. 3600 NS ns1.dns.test.');
    expect(ask(side, 'example.com. AAAA')).toBe('NODATA aa');
  });

  it('leads to policies, and they to more aliases', () => {
    const spec = worldWith(
      alias('one.example.com.', 'two.example.com.'),
      alias('two.example.com.', 'app.example.com.'),
      FAILOVER,
    );
    expect(ask(worldAt(spec, 0), 'one.example.com. A')).toBe('one.example.com. 60 A 203.0.113.10');
  });

  it('in a circle is SERVFAIL', () => {
    const spec = worldWith(
      alias('one.example.com.', 'two.example.com.'),
      alias('two.example.com.', 'one.example.com.'),
    );
    expect(ask(worldAt(spec, 0), 'one.example.com. A')).toBe('SERVFAIL');
  });

  it('is the truth for clients', () => {
    const side = worldAt(worldWith(alias('apex.example.com.', 'edge.example.net.')), 0);
    expect(side.truth({ name: name('apex.example.com.'), type: 1 }, 0)).toEqual(['198.51.100.20']);
  });
});

describe('a CNAME chosen by a policy', () => {
  const cname = (target: string): CandidateSpec => ({
    label: target,
    data: { kind: 'records', rdata: [rdataFromText(5, target)] },
  });
  const chosen: PolicySpec = {
    ...alias('cdn.example.com.', 'x.'),
    type: 5,
    candidates: [cname('app.example.com.'), cname('cdn.example.net.')],
  };
  const side = worldAt(worldWith(chosen), 0);

  it('is followed as far as the zones reach', () => {
    expect(ask(side, 'cdn.example.com. A', { draw: () => 0 })).toBe(
      'cdn.example.com. 20 CNAME app.example.com.; app.example.com. 300 A 203.0.113.10',
    );
    expect(ask(side, 'cdn.example.com. A', { draw: () => 0.9 })).toBe(
      'cdn.example.com. 20 CNAME cdn.example.net.',
    );
  });

  it('draws once for one query, however often it comes up', () => {
    let draws = 0;
    ask(side, 'cdn.example.com. A', { draw: () => draws++ / 10 });
    expect(draws).toBe(1);
  });

  it('leads to all its targets in the truth', () => {
    expect(side.truth({ name: name('cdn.example.com.'), type: 1 }, 0)).toEqual([
      '203.0.113.10',
      '198.51.100.20',
    ]);
  });
});
