/** Section 4.7: dnsmasq, which only forwards. Its upstreams are the servers of `two.lab.`. */
import type { Kind, Row } from '../contract.ts';
import { Lab, type LabSetup } from '../lab.ts';

function row(
  slug: string,
  quantity: string,
  measured: number | string,
  kind: Kind,
  unit: string,
  play: (seed: number) => number | string,
): Row {
  const id = `4.7/dnsmasq/${slug}`;
  return { id, section: '4.7', implementation: 'dnsmasq', quantity, measured, kind, unit, play };
}

function labWith(records: string, settings: NonNullable<LabSetup['settings']> = {}, seed = 1): Lab {
  return new Lab({ implementation: 'dnsmasq', seed, settings, records: { 'two.lab.': records } });
}

const RECORD = 'r.two.lab. 300 A 198.51.100.9';

/** TTL shown by the answer to the first query and by one this long after it. */
function shown(
  slug: string,
  ttl: number,
  settings: LabSetup['settings'],
  later: readonly [number, number][],
): Row[] {
  return later.map(([at, measured]) =>
    row(`${slug}/after-${at}`, `TTL of a record of ${ttl} s after ${at} s`, measured, 'ttl', 's', () => {
      const lab = labWith(`r.two.lab. ${ttl} A 198.51.100.9`, settings);
      const first = lab.resolve('r.two.lab.').answer!.ttl;
      if (at === 0) return first;
      lab.run(at);
      return lab.resolve('r.two.lab.').answer!.ttl;
    }),
  );
}

/** Packets that the second of two questions, a second apart, costs. */
function repeated(slug: string, records: string, first: string, second: string, measured: number): Row {
  return row(
    `${slug}/repeat`,
    `packets for ${second} a second after ${first}`,
    measured,
    'count',
    'packets',
    () => {
      const lab = labWith(records);
      lab.resolve(first);
      lab.run(1);
      lab.resetCounters();
      lab.resolve(second);
      return lab.packets;
    },
  );
}

/** A lab that knows the record, and whose upstream has died. */
function silent(): Lab {
  const lab = labWith(RECORD);
  lab.resolve('r.two.lab.');
  lab.resetCounters();
  lab.server('ns1.two').mode = 'silent';
  return lab;
}

/** 102 questions, two a second, to two upstreams of which one is dead. */
function oneDead(seed: number): Lab {
  const lab = new Lab({ implementation: 'dnsmasq', seed, upstreams: 2 });
  lab.resolve('w.x.two.lab.');
  lab.resetCounters();
  lab.server('ns1.two').mode = 'silent';
  lab.every(0.25, 102, (index) => `q${index}.x.two.lab.`);
  lab.runAll();
  return lab;
}

const ALIAS = 'a.two.lab. 300 CNAME b.two.lab.\nb.two.lab. 300 A 198.51.100.3';

export const FORWARDER_ROWS: readonly Row[] = [
  ...shown('decrement', 60, {}, [[2.5, 58]]),
  repeated('alias', ALIAS, 'a.two.lab.', 'a.two.lab.', 0),
  repeated('alias-target', ALIAS, 'a.two.lab.', 'b.two.lab.', 0),
  repeated('nxdomain', '', 'nx.two.lab.', 'nx.two.lab.', 0),
  repeated('ttl-0', 'r.two.lab. 0 A 198.51.100.9', 'r.two.lab.', 'r.two.lab.', 1),
  ...shown('max-ttl', 300, { 'forward.shown-ttl-cap': '20s' }, [
    [0, 20],
    [10, 20],
  ]),
  ...shown('max-cache-ttl', 300, { 'ttl-cap': '20s' }, [
    [0, 300],
    [3, 17],
  ]),
  ...shown('min-cache-ttl', 1, { 'ttl-floor': '20s' }, [
    [0, 1],
    [3, 17],
  ]),
  row('silent/cached', 'upstream silent: what a cached name gets', 'NOERROR', 'text', '', () => {
    return silent().resolve('r.two.lab.').answer?.rcode ?? 'nothing';
  }),
  row('silent/answer', 'upstream silent: what a new name gets', 'nothing', 'text', '', () => {
    return silent().resolve('q.x.two.lab.').answer?.rcode ?? 'nothing';
  }),
  row('silent/packets', 'upstream silent: packets for a new name', 1, 'count', 'packets', () => {
    const lab = silent();
    lab.resolve('q.x.two.lab.');
    return lab.packets;
  }),
  row(
    'one-dead/packets',
    'one of two upstreams silent, 102 questions: packets to it',
    2,
    'random-count',
    'packets',
    (seed) => oneDead(seed).server('ns1.two').packets,
  ),
  row(
    'one-dead/longest',
    'one of two upstreams silent, 102 questions: longest time of a client query',
    0,
    'timer',
    's',
    (seed) => Math.max(...oneDead(seed).asked.map(({ seconds = Number.POSITIVE_INFINITY }) => seconds)),
  ),
];
