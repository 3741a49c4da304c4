/** Section 4.1: TTLs of data in the cache. */
import type { Implementation, Row } from '../contract.ts';
import { Lab } from '../lab.ts';
import type { Settings } from '../options.ts';
import { type Measured, ofEach } from './of-each.ts';

const DAY = 86_400;

/** A lab with one more record, `r.one.lab.`, of this TTL. */
function labWith(implementation: Implementation, ttl: number, settings: Settings = {}): Lab {
  return new Lab({
    implementation,
    settings,
    records: { 'one.lab.': `r.one.lab. ${ttl} A 198.51.100.9` },
  });
}

/** TTLs shown when the record is asked for at these seconds. */
function shown(lab: Lab, seconds: readonly number[], name = 'r.one.lab.'): number[] {
  return seconds.map((at) => {
    lab.run(at - lab.now);
    return lab.resolve(name).answer!.ttl;
  });
}

/** TTL of the first answer. */
function firstShown(slug: string, ttl: number, measured: Measured, settings: Settings = {}): Row[] {
  return ofEach({
    section: '4.1',
    slug,
    quantity: `TTL of the first answer, record of ${ttl} s, ${JSON.stringify(settings)}`,
    unit: 's',
    kind: 'ttl',
    measured,
    play: (implementation) => shown(labWith(implementation, ttl, settings), [0])[0]!,
  });
}

/** TTL of the second answer, this long after the first. */
function shownAfter(slug: string, ttl: number, after: number, measured: Measured): Row[] {
  return ofEach({
    section: '4.1',
    slug,
    quantity: `TTL of a record of ${ttl} s after ${after} s`,
    unit: 's',
    kind: 'ttl',
    measured,
    play: (implementation) => shown(labWith(implementation, ttl), [0, after])[1]!,
  });
}

/** Queries for the record that reach its server. */
function fetches(lab: Lab): number[] {
  return lab
    .server('ns1.one')
    .log.filter(({ text }) => text.startsWith('r.one.lab. A'))
    .map(({ at }) => at);
}

/** Upstream queries of five client queries, a tenth of a second apart, for a record of TTL 0. */
const ZERO: readonly Row[] = ofEach({
  section: '4.1',
  slug: 'ttl-0/upstream',
  quantity: 'upstream queries of 5 client queries 0.1 s apart, TTL 0',
  unit: 'packets',
  kind: 'count',
  measured: [5, 5, 1, 1],
  play: (implementation) => {
    const lab = labWith(implementation, 0);
    lab.every(0.1, 5, () => 'r.one.lab.');
    lab.run(1);
    return fetches(lab).length;
  },
});

/** Asked every half second, a record of 10 s. */
function everyHalfSecond(implementation: Implementation): Lab {
  const lab = labWith(implementation, 10, { prefetch: 'off' });
  lab.every(0.5, 80, () => 'r.one.lab.');
  lab.run(40);
  return lab;
}

const LAST_SECOND: readonly Row[] = [
  ...ofEach({
    section: '4.1',
    slug: 'last-second/interval',
    quantity: 'seconds between fetches of a record of 10 s, without prefetch',
    unit: 's',
    kind: 'timer',
    measured: [11, 10, 10, 11],
    play: (implementation) => {
      const [first, second] = fetches(everyHalfSecond(implementation));
      return second! - first!;
    },
  }),
  ...ofEach({
    section: '4.1',
    slug: 'last-second/least',
    quantity: 'least TTL shown by a record of 10 s',
    unit: 's',
    kind: 'ttl',
    measured: [0, 1, 1, 0],
    play: (implementation) =>
      Math.min(...everyHalfSecond(implementation).asked.map(({ answer }) => answer!.ttl)),
  }),
];

/** Bounds of data and negative answers. @param after seconds from the first answer to the one that counts */
function negativeUnder(slug: string, settings: Settings, after: number, measured: Measured): Row[] {
  return ofEach({
    section: '4.1',
    slug,
    quantity: `TTL of NXDOMAIN after ${after} s, ${JSON.stringify(settings)}`,
    unit: 's',
    kind: 'ttl',
    measured,
    play: (implementation) => {
      const lab = new Lab({ implementation, settings });
      return shown(lab, [0, after], 'nx.one.lab.')[after > 0 ? 1 : 0]!;
    },
  });
}

const CAP_20: Settings = { 'ttl-cap': '20s' };
const FLOOR_20: Settings = { 'ttl-floor': '20s' };

export const TTL_ROWS: readonly Row[] = [
  ...shownAfter('decrement', 60, 2.5, [58, 58, 58, 58]),
  ...firstShown('maximum/2d', 2 * DAY, [DAY, 2 * DAY, DAY, DAY]),
  ...firstShown('maximum/7d', 7 * DAY, [DAY, 7 * DAY, DAY, DAY]),
  ...firstShown('maximum/30d', 30 * DAY, [DAY, 7 * DAY, DAY, DAY]),
  ...firstShown('maximum/largest', 2 ** 31 - 1, [DAY, 7 * DAY, DAY, DAY]),
  ...firstShown('ttl-0/shown', 0, [0, 0, 1, 5]),
  ...ZERO,
  ...firstShown('ttl-1', 1, [1, 1, 1, 5]),
  ...firstShown('ttl-3', 3, [3, 3, 3, 5]),
  ...LAST_SECOND,
  ...firstShown('cap-20', 60, [20, 20, 20, 20], CAP_20),
  ...negativeUnder('cap-20/negative-first', CAP_20, 0, [20, 300, 20, 20]),
  ...negativeUnder('cap-20/negative-after-5', CAP_20, 5, [15, 295, 15, 295]),
  ...firstShown('floor-20/ttl-3', 3, [20, 20, 20, 20], FLOOR_20),
  ...firstShown('floor-20/ttl-0', 0, [20, 20, 20, 20], FLOOR_20),
  ...negativeUnder('floor-20/negative', FLOOR_20, 0, [300, 300, 300, 300]),
  ...firstShown('cap-10', 60, [10, 10, 15, 10], { 'ttl-cap': '10s' }),
];
