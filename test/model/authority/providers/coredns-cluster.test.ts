/** CoreDNS in a cluster: search lists, what its cache holds, and who of several servers is asked. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, type Micros, SECOND } from '../../../../src/base/time.ts';
import { rdataFromText } from '../../../../src/dns/data/rdata-text.ts';
import { makeRRset } from '../../../../src/dns/data/rrset.ts';
import { SOA } from '../../../../src/dns/data/rrtype.ts';
import type { CorednsOptions } from '../../../../src/model/authority/providers/coredns/rule.ts';
import type { Outside } from '../../../../src/model/outside.ts';
import type { TimelineSpec, WorldSpec } from '../../../../src/model/spec.ts';
import {
  ask,
  change,
  deliver,
  fault,
  name,
  outside,
  play,
  provider,
  rrset,
  world,
  worldAt,
  zone,
} from '../../world.ts';
import { corednsOptions } from './coredns-options.ts';
import { PLACED } from './worlds.ts';

const SERVICES = { 'shop/web': { address: ['10.96.0.20'] }, 'bank/pay': { address: ['10.96.0.21'] } };

/** A secondary whose copy lasts for some minutes after its primary has gone. */
const EXPIRING = 'ns1.dns.test. h.dns.test. 1 60 60 600 30';

interface Parts extends Partial<Pick<CorednsOptions, 'holds' | 'isCluster'>> {
  readonly count?: number;
  readonly timeline?: readonly TimelineSpec[];
}

function worldOf(corefile: string, { count = 1, timeline = [], ...parts }: Parts = {}): WorldSpec {
  const options = corednsOptions(corefile, SERVICES, parts);
  const zones = [
    {
      origin: name('example.com.'),
      zone: zone('example.com.', 'app 300 IN A 203.0.113.10\ntwo 20 IN A 203.0.113.11\n'),
      providers: [0],
    },
  ];
  const ns = provider({ name: 'ns', kind: 'coredns', options, count });
  return world({ providers: [ns], zones, network: PLACED, timeline });
}

describe('autopath (plugin/autopath/autopath.go, plugin/kubernetes/autopath.go)', () => {
  const verified = 'kubernetes cluster.local {\n pods verified\n }';
  const rest = 'file db.example.com example.com\n template IN A . {\n rcode NXDOMAIN\n }';
  const block = (statement: string, kubernetes = verified): string =>
    `. {\n ${statement}\n ${kubernetes}\n file db.example.com example.com\n}`;
  const OUT = 'app.example.com.shop.svc.cluster.local.';
  const rows: [what: string, corefile: string, asked: string, answer: string][] = [
    [
      'leads outside by an alias with the TTL of what is found',
      block('autopath @kubernetes'),
      `${OUT} A`,
      `${OUT} 300 CNAME app.example.com.; app.example.com. 300 A 203.0.113.10`,
    ],
    [
      'leads to a service of another namespace',
      block('autopath @kubernetes'),
      'pay.bank.shop.svc.cluster.local. A',
      'pay.bank.shop.svc.cluster.local. 5 CNAME pay.bank.svc.cluster.local.; pay.bank.svc.cluster.local. 5 A 10.96.0.21',
    ],
    [
      'the own service is no alias',
      block('autopath @kubernetes'),
      'web.shop.svc.cluster.local. A',
      'web.shop.svc.cluster.local. 5 A 10.96.0.20',
    ],
    ['no data ends the walk', block('autopath @kubernetes'), `${OUT} AAAA`, 'NODATA aa'],
    [
      'a name nowhere: what the first said',
      block('autopath @kubernetes'),
      'x.example.com.shop.svc.cluster.local. A',
      'NXDOMAIN aa',
    ],
    [
      'another namespace is no list of ours',
      block('autopath @kubernetes'),
      'app.example.com.bank.svc.cluster.local. A',
      'NXDOMAIN aa',
    ],
    ['only its zones', block('autopath example.org @kubernetes'), `${OUT} A`, 'NXDOMAIN aa'],
    [
      'nothing without pods verified',
      block('autopath @kubernetes', 'kubernetes cluster.local'),
      `${OUT} A`,
      'NXDOMAIN aa',
    ],
    ['nothing by a file', block('autopath /etc/resolv.conf'), `${OUT} A`, 'NXDOMAIN aa'],
    ['nothing without the plugin', `. {\n ${verified}\n ${rest}\n}`, `${OUT} A`, 'NXDOMAIN aa'],
  ];
  test.each(rows)('%s', (_, corefile, asked, answer) => {
    expect(ask(outside(worldOf(corefile)), asked, { draw: () => 0 })).toBe(answer);
  });
});

describe('what a cache holds (plugin/cache/cache.go)', () => {
  const file = (cache: string): string => `example.com {\n ${cache}\n file db.example.com\n}`;
  const CHANGED = change(10 * MINUTE, {
    origin: name('example.com.'),
    put: [rrset('two.example.com. 20 A 203.0.113.99')],
  });
  /** The answer for `two.example.com`, whose TTL is 20, second by second: address and TTL. */
  function course(corefile: string, from: Micros, seconds: number, parts: Parts = {}): string[] {
    const side = outside(worldOf(corefile, { holds: true, timeline: [CHANGED], ...parts }));
    return Array.from({ length: seconds }, (_, second) => {
      const now = from + second * SECOND;
      play(side, now);
      const told = ask(side, 'two.example.com. A', { draw: () => 0, now });
      return told.replace('two.example.com. ', '').replace('A 203.0.113.', '');
    });
  }
  /** Of the change; it is published at once here. */
  const AT = 10 * MINUTE;

  it('counts down, and is replaced when it ends', () => {
    const seen = course(file('cache'), MINUTE, 60);
    expect(seen.slice(0, 20).toSorted()).toEqual(
      Array.from({ length: 20 }, (_, left) => `${left + 1} 11`).toSorted(),
    );
    for (const [at, one] of seen.entries()) expect(one).toBe(seen[at % 20]);
    const steps = seen.slice(1).map((one, at) => Number.parseInt(seen[at]!, 10) - Number.parseInt(one, 10));
    expect(new Set(steps)).toEqual(new Set([1, -19]));
  });
  it('is a stranger to it when off, and where there is none', () => {
    expect(new Set(course(file('cache'), MINUTE, 30, { holds: false }))).toEqual(new Set(['20 11']));
    expect(new Set(course(file('errors'), MINUTE, 30))).toEqual(new Set(['20 11']));
  });
  it('answers with what was changed meanwhile for what is left of the TTL, and no longer', () => {
    const before = course(file('cache'), AT - SECOND, 1)[0]!;
    const left = Number.parseInt(before, 10) - 1;
    const seen = course(file('cache'), AT, 40);
    const old = seen.filter((one) => one.endsWith(' 11'));
    expect(old).toEqual(Array.from({ length: left }, (_, at) => `${left - at} 11`));
    expect(seen.slice(left)).not.toContain(expect.stringMatching(/ 11$/));
    expect(seen[left]).toBe('20 99');
  });
  it('without a cache the change shows at once', () => {
    expect(course(file('errors'), AT, 2)).toEqual(['20 99', '20 99']);
  });
  it('at each server by its own clock', () => {
    const side = outside(worldOf(file('cache'), { holds: true, count: 2 }));
    const ttl = (address: string): string =>
      ask(side, 'two.example.com. A', { address, draw: () => 0, now: MINUTE });
    expect(ttl('192.0.2.1')).not.toBe(ttl('192.0.2.2'));
  });

  const rows: [what: string, cache: string, seen: string[]][] = [
    ['keepttl: the TTL stays', 'cache {\n keepttl\n }', ['20 11']],
    ['a short TTL is capped first', 'cache 5', ['5 11', '4 11', '3 11', '2 11', '1 11']],
    [
      'prefetch: replaced in the last 20 %',
      'cache {\n prefetch 1 1m 20%\n }',
      Array.from({ length: 16 }, (_, at) => `${20 - at} 11`),
    ],
    [
      'prefetch 0 is none',
      'cache {\n prefetch 0\n }',
      Array.from({ length: 20 }, (_, at) => `${20 - at} 11`),
    ],
    ['not for zones that are not its own', 'cache 5 example.org', ['20 11']],
  ];
  test.each(rows)('%s', (_, cache, seen) => {
    expect(new Set(course(file(cache), MINUTE, 40))).toEqual(new Set(seen));
  });
  it('keepttl: with the whole TTL told, the old answer lives longer downstream', () => {
    const seen = course(file('cache {\n keepttl\n }'), AT, 25);
    expect(new Set(seen)).toEqual(new Set(['20 11', '20 99']));
  });
  it('several changes within one TTL: those between are never seen', () => {
    const timeline = [
      CHANGED,
      change(AT + 500_000, {
        origin: name('example.com.'),
        put: [rrset('two.example.com. 20 A 203.0.113.77')],
      }),
    ];
    expect(
      new Set(course(file('cache'), AT + SECOND, 40, { timeline }).map((one) => one.split(' ')[1])),
    ).toEqual(new Set(['11', '77']));
  });
  it('denials by their own limits: a new name is not there for a while', () => {
    const timeline = [
      change(AT, { origin: name('example.com.'), put: [rrset('new.example.com. 20 A 203.0.113.50')] }),
    ];
    const at = (cache: string, seconds: number): string => {
      const side = worldAt(worldOf(file(cache), { holds: true, timeline }), AT + seconds * SECOND);
      return ask(side, 'new.example.com. A', { draw: () => 0, now: AT + seconds * SECOND });
    };
    const seen = Array.from({ length: 12 }, (_, second) => at('cache {\n denial 2000 10\n }', second));
    expect(seen[0]).toBe('NXDOMAIN aa');
    expect(seen[11]).toMatch(/203\.0\.113\.50$/);
    expect(at('errors', 0)).toMatch(/203\.0\.113\.50$/);
  });
  it('the order in which it is asked does not matter', () => {
    const spec = worldOf(file('cache'), { holds: true, timeline: [CHANGED] });
    const late = worldAt(spec, AT);
    const told = (side: Outside, now: Micros): string =>
      ask(side, 'two.example.com. A', { draw: () => 0, now });
    const instants = [AT + 3 * SECOND, AT, AT + 9 * SECOND, AT + SECOND];
    const shuffled = instants.map((now) => told(late, now));
    const sorted = instants.toSorted((a, b) => a - b);
    const other = worldAt(spec, AT);
    const straight = new Map(sorted.map((now) => [now, told(other, now)]));
    expect(shuffled).toEqual(instants.map((now) => straight.get(now)));
  });
});

describe('a Service in front (plugin/ready/README.md)', () => {
  const CLUSTER = '. {\n ready\n kubernetes cluster.local\n}';
  const api = fault(
    { kind: 'plane', provider: 0, plane: 'control' },
    { kind: 'down', mode: 'silent' },
    { at: MINUTE, until: 10 * MINUTE },
  );
  const restart = (server: number): TimelineSpec =>
    fault(
      { kind: 'server', provider: 0, server },
      { kind: 'down', mode: 'silent' },
      { at: 2 * MINUTE, until: 2 * MINUTE + SECOND },
    );
  const rows: [what: string, corefile: string, isCluster: boolean, restarts: number[], answer: string][] = [
    ['a server that came back without its data gets no queries', CLUSTER, true, [0], '10.96.0.20'],
    ['without ready it does, and fails them', CLUSTER.replace('ready', 'errors'), true, [0], 'SERVFAIL'],
    ['without a Service in front too', CLUSTER, false, [0], 'SERVFAIL'],
    ['none is ready: nobody answers', CLUSTER, true, [0, 1], 'lost'],
    ['a server that is ready answers itself', CLUSTER, true, [1], '10.96.0.20'],
  ];
  test.each(rows)('%s', (_, corefile, isCluster, restarts, answer) => {
    const timeline = [api, ...restarts.map(restart)];
    const side = worldAt(worldOf(corefile, { isCluster, count: 2, timeline }), 3 * MINUTE);
    expect(ask(side, 'web.shop.svc.cluster.local. A', { draw: () => 0 })).toContain(answer);
  });
});

describe('a cache before a zone that has expired (plugin/cache/README.md servfail, serve_stale; pull request 8003)', () => {
  const PRIMARY = { kind: 'plane', provider: 1, plane: 'edge' } as const;
  const GONE = fault(PRIMARY, { kind: 'down', mode: 'silent' }, { at: MINUTE, until: 100 * MINUTE });

  function expiring(cache: string): WorldSpec {
    const corefile = `example.com {\n ${cache}\n secondary {\n  transfer from 192.0.2.2\n }\n}`;
    const spec = worldOf(corefile, { holds: true, timeline: [GONE] });
    const [zoneSpec] = spec.zones;
    const soa = makeRRset(name('example.com.'), SOA, 3600, [rdataFromText(SOA, EXPIRING)]);
    const [ns] = spec.providers;
    return {
      ...spec,
      providers: [{ ...ns!, transfer: { from: 1, notify: true } }, provider({ name: 'first', first: 2 })],
      zones: [{ ...zoneSpec!, zone: zoneSpec!.zone.with(soa), providers: [1, 0] }],
    };
  }

  /** What is said at so many minutes; TTLs left aside but for 0. */
  function said(cache: string, ...minutes: readonly number[]): string[] {
    const side = outside(expiring(cache));
    return minutes.map((minute) => {
      const now = Math.round(minute * MINUTE);
      play(side, now);
      const told = ask(side, 'app.example.com. A', { draw: () => 0, now });
      return told
        .replace('app.example.com. ', '')
        .replace(/^[1-9]\d* A .*/, 'data')
        .replace(/^0 A .*/, 'stale');
    });
  }

  const rows: [what: string, cache: string, minutes: number[], answers: string[]][] = [
    ['none: an error once the copy has expired', 'errors', [9, 12, 60], ['data', 'SERVFAIL', 'SERVFAIL']],
    ['its TTL covers the first minutes', 'cache', [9, 11, 20], ['data', 'data', 'SERVFAIL']],
    [
      'serve_stale: for an hour after the end of the entry, with TTL 0',
      'cache {\n serve_stale\n }',
      [9, 20, 60, 85],
      ['data', 'stale', 'stale', 'SERVFAIL'],
    ],
    [
      'verify: the same, since the refresh fails',
      'cache {\n serve_stale 30m verify\n }',
      [9, 20, 60],
      ['data', 'stale', 'SERVFAIL'],
    ],
    ['of another zone: nothing', 'cache example.org {\n serve_stale\n }', [9, 20], ['data', 'SERVFAIL']],
    [
      'SERVFAIL is held for its seconds once the zone is back',
      'cache {\n servfail 5m\n }',
      [99, 101.2, 107],
      ['SERVFAIL', 'SERVFAIL', 'data'],
    ],
    ['and not with servfail 0', 'cache {\n servfail 0\n }', [99, 101.2], ['SERVFAIL', 'data']],
  ];
  test.each(rows)('%s', (_, cache, minutes, answers) => {
    expect(said(cache, ...minutes)).toEqual(answers);
  });

  it('says so in traces', () => {
    const side = outside(expiring('cache {\n serve_stale\n }'));
    play(side, 30 * MINUTE);
    const delivery = deliver(side, 'app.example.com. A', { draw: () => 0, now: 30 * MINUTE });
    expect(delivery.kind === 'reply' && delivery.message.said).toMatch(
      /^coredns: cache serves stale data, .* past their end$/,
    );
  });
});
