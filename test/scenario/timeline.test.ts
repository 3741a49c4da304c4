import { describe, expect, it, test } from 'vitest';
import { formatDuration } from '../../src/base/time.ts';
import { typeToText } from '../../src/dns/data/rrtype.ts';
import type { ChangeSpec, FaultSpec, TimelineSpec } from '../../src/model/spec.ts';
import { BASE, mustLoad } from './base.ts';

function timeline(entries: string, extra = ''): readonly TimelineSpec[] {
  const text = `${BASE}${extra}timeline:\n${entries
    .trim()
    .split('\n')
    .map((entry) => `  - { ${entry.trim()} }\n`)
    .join('')}`;
  return mustLoad(text).strategies[0]!.spec.timeline;
}

/** `10m..30m target effect`, or `10m zone +put -remove`. */
function show(item: TimelineSpec): string {
  return item.kind === 'fault' ? showFault(item) : showChange(item);
}

function showFault({ at, until, ramp, target, effect }: FaultSpec): string {
  const { kind, ...where } = target;
  const { kind: what, ...how } = effect;
  const end = until === Number.POSITIVE_INFINITY ? '' : formatDuration(until);
  const details = (values: object): string =>
    Object.values(values)
      .flat()
      .map((one) => `${typeof one === 'object' ? JSON.stringify(one) : one}`)
      .join(',');
  return `${formatDuration(at)}..${end}${ramp > 0 ? ` ramp ${formatDuration(ramp)}` : ''} ${kind} ${details(where)} ${what} ${details(how)}`.trim();
}

function showChange({ at, change }: ChangeSpec): string {
  if (change.kind === 'flush')
    return `${formatDuration(at)} flush ${change.resolver ?? 'all'} ${change.share} ${change.name ?? ''}`.trim();
  if (change.kind !== 'zone') return `${formatDuration(at)} ${change.kind}`;
  const put = change.put.map(
    ({ name, ttl, type, rdata }) => `+${name} ${ttl} ${typeToText(type)} ${rdata.map(({ text }) => text)}`,
  );
  const remove = change.remove.map(({ name, type }) => `-${name}${type ? ` ${typeToText(type)}` : ''}`);
  const only = change.providers ? ` on ${change.providers}` : '';
  return `${formatDuration(at)} ${change.origin} ${[...put, ...remove].join(' ')}${only}`;
}

describe('faults', () => {
  test.each([
    ['at: 10m, fail: endpoint west, for: 5m', ['10m..15m endpoint 1 down silent']],
    ['at: 10m, fail: endpoint west, until: 12m, mode: refused', ['10m..12m endpoint 1 down refused']],
    ['at: 10m, fail: provider main', ['10m.. plane 0,edge down silent']],
    [
      'at: 10m, lossy: provider main, loss: 90%, family: 6',
      ['10m.. server 0,0,6 lossy 0.9', '10m.. server 0,1,6 lossy 0.9'],
    ],
    [
      'at: 10m, slow: server ns2.main-dns.net, extra: 300ms, ramp: 1m',
      ['10m.. ramp 1m server 0,1 slow 300000'],
    ],
    ['at: 10m, fail: site ns1.main-dns.net@world', ['10m.. server 0,0,0 down silent']],
    ['at: 10m, fail: plane main/control', ['10m.. plane 0,control down silent']],
    ['at: 10m, fail: region world', ['10m.. region 0 down silent']],
    ['at: 10m, fail: resolver isp', ['10m.. resolver 0 down silent']],
    ['at: 10m, lossy: path world/world, loss: 0.5', ['10m.. path 0,0 lossy 0.5']],
    ['at: 10m, fail: provider com.', ['10m.. plane 1,edge down silent']],
    ['at: 10m, fail: provider root', ['10m.. plane 3,edge down silent']],
    ['at: 10m, fail: server b.nic.com', ['10m.. server 1,1 down silent']],
    ['at: 10m, wrong: server ns1.main-dns.net, answer: servfail', ['10m.. server 0,0 rcode SERVFAIL']],
    [
      'at: 10m, wrong: provider main, answer: empty-zone, zone: example.com',
      ['10m.. plane 0,edge empty-zone example.com.'],
    ],
    ['at: 10m, wrong: provider main, answer: stale-copy', ['10m.. plane 0,edge stale-copy']],
    ['at: 10m, flood: provider main, rate: 50000', ['10m.. plane 0,edge flood 50000']],
    ['at: 10m, capacity: server ns1.main-dns.net, rate: 100', ['10m.. server 0,0 capacity 100']],
    ['at: 10m, errors: endpoint east, share: 50%, hidden: true', ['10m.. endpoint 0 errors 0.5,true']],
    ['at: 10m, false-alarm: endpoint east', ['10m.. endpoint 0 false-alarm']],
  ])('%s', (entry, wanted) => {
    expect(timeline(entry).map(show)).toEqual(wanted);
  });

  it('reads a wrong record relative to the zone served', () => {
    const [fault] = timeline(
      'at: 10m, wrong: provider main, record: "app 300 IN A 192.0.2.66"',
    ) as FaultSpec[];
    expect(fault!.effect).toMatchObject({
      kind: 'wrong-record',
      rrset: { name: 'app.example.com.', ttl: 300 },
    });
  });

  it('repeats, up to the end of the run', () => {
    expect(timeline('at: 10m, every: 20m, times: 9, fail: endpoint east, for: 1m').map(show)).toEqual([
      '10m..11m endpoint 0 down silent',
      '30m..31m endpoint 0 down silent',
      '50m..51m endpoint 0 down silent',
    ]);
  });

  it('sorts by time, then by place in the file', () => {
    const labels = timeline(`
      at: 20m, fail: endpoint east, label: second
      at: 10m, fail: endpoint west, label: first
      at: 20m, fail: endpoint west, label: third`).map(({ label }) => label);
    expect(labels).toEqual(['first', 'second', 'third']);
  });
});

describe('restore', () => {
  it('ends what ails the target, whatever it is', () => {
    expect(
      timeline(`
      at: 10m, fail: endpoint east
      at: 12m, errors: endpoint east, share: 10%, until: 50m
      at: 13m, fail: endpoint west
      at: 20m, restore: endpoint east`).map(show),
    ).toEqual([
      '10m..20m endpoint 0 down silent',
      '12m..20m endpoint 0 errors 0.1,false',
      '13m.. endpoint 1 down silent',
    ]);
  });

  it('of a provider covers its servers, of a server its sites, but not the other way round', () => {
    const faults = 'at: 10m, fail: site ns1.main-dns.net@world\nat: 10m, fail: server ns2.main-dns.net\n';
    const ends = (target: string): string[] =>
      timeline(`${faults}at: 20m, restore: ${target}`).map((item) => show(item).split(' ')[0]!);
    expect(ends('provider main')).toEqual(['10m..20m', '10m..20m']);
    expect(ends('server ns1.main-dns.net')).toEqual(['10m..20m', '10m..']);
    expect(ends('server ns2.main-dns.net')).toEqual(['10m..', '10m..20m']);
  });

  it('spares what begins later or has ended', () => {
    expect(
      timeline(`
      at: 10m, fail: endpoint east, for: 5m
      at: 18m, fail: endpoint east
      at: 20m, restore: endpoint east
      at: 30m, fail: endpoint east`).map(show),
    ).toEqual([
      '10m..15m endpoint 0 down silent',
      '18m..20m endpoint 0 down silent',
      '30m.. endpoint 0 down silent',
    ]);
  });

  it('in the same instant leaves nothing of the fault', () => {
    expect(timeline('at: 10m, fail: endpoint east\nat: 10m, restore: endpoint east')).toEqual([]);
  });
});

describe('changes', () => {
  const TWO = 'providers: { a: { servers: 1 }, b: { servers: 1 } }\n';

  test.each([
    [
      'at: 1m, put: example.com, records: "app 60 IN A 192.0.2.1"',
      ['1m example.com. +app.example.com. 60 A 192.0.2.1'],
    ],
    [
      'at: 1m, put: example.com, records: "app 60 IN A 192.0.2.1", providers: b',
      ['1m example.com. +app.example.com. 60 A 192.0.2.1 on 1'],
    ],
    [
      'at: 1m, put: example.com, records: "@ 60 IN NS ns1.a-dns.net."',
      ['1m example.com. +example.com. 60 NS ns1.a-dns.net.'],
    ],
    ['at: 1m, remove: example.com, name: app', ['1m example.com. -app.example.com.']],
    ['at: 1m, remove: example.com, name: app.example.com, type: A', ['1m example.com. -app.example.com. A']],
    [
      'at: 1m, ttl: example.com, name: app, type: A, to: 5s',
      ['1m example.com. +app.example.com. 5 A 203.0.113.10'],
    ],
    ['at: 1m, flush: all', ['1m flush all 1']],
    ['at: 1m, flush: resolver isp, share: 50%, name: app.example.com', ['1m flush 0 0.5 app.example.com.']],
    [
      'at: 1m, delegate: example.com, to: b, ttl: 1h',
      [
        '1m com. +example.com. 3600 NS ns1.b-dns.net.',
        '1m example.com. +example.com. 3600 NS ns1.b-dns.net.',
      ],
    ],
    [
      'at: 1m, delegate: example.com, to: [a, b], child: false',
      ['1m com. +example.com. 172800 NS ns1.a-dns.net.,ns1.b-dns.net.'],
    ],
  ])('%s', (entry, wanted) => {
    expect(timeline(entry, TWO).map(show)).toEqual(wanted);
  });

  it('carries glue when the new server lies inside the zone', () => {
    const providers =
      'providers: { a: {}, b: { servers: [{ name: ns.example.com, addresses: 192.0.2.53 }] } }\n';
    expect(timeline('at: 1m, delegate: example.com, to: b', providers).map(show)[0]).toBe(
      '1m com. +example.com. 172800 NS ns.example.com. +ns.example.com. 172800 A 192.0.2.53',
    );
  });

  it('builds on what was changed before, in order of time', () => {
    expect(
      timeline(`
      at: 30m, ttl: example.com, name: app, type: A, to: 5s
      at: 10m, put: example.com, records: "app 60 IN A 192.0.2.1"
      at: 40m, put: example.com, records: "new 60 IN A 192.0.2.2"
      at: 50m, ttl: example.com, name: new, type: A, to: 9s`).map(show),
    ).toEqual([
      '10m example.com. +app.example.com. 60 A 192.0.2.1',
      '30m example.com. +app.example.com. 5 A 192.0.2.1',
      '40m example.com. +new.example.com. 60 A 192.0.2.2',
      '50m example.com. +new.example.com. 9 A 192.0.2.2',
    ]);
  });
});
