/** Section 4.5: servers that are slow or answer errors. */
import type { Implementation, Row } from '../contract.ts';
import { type Asked, Lab, type Mode } from '../lab.ts';
import { type Measured, ofEach } from './of-each.ts';
import { heldFor, seconds, setAll, warm } from './outage-lab.ts';

/** Of all four, in seconds. */
const FROM_1_TO_14_MS: Measured = [
  [0.001, 0.014],
  [0.001, 0.014],
  [0.001, 0.014],
  [0.001, 0.014],
];

/** The first query of a resolver that does not know the zone, its one server answering after `delay`. */
function slowServer(implementation: Implementation, delay: number, seed: number): { lab: Lab; asked: Asked } {
  const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
  lab.resolve('www.two.lab.');
  lab.resetCounters();
  lab.server('ns1.one').delaySeconds = delay;
  return { lab, asked: lab.resolve('n1.y.one.lab.') };
}

function slow(delay: number, times: Measured, packets: Measured): Row[] {
  return [
    ...ofEach({
      section: '4.5',
      slug: `slow-${delay}/time`,
      quantity: `one server, unknown, answering after ${delay} s: time of a query`,
      unit: 's',
      kind: 'random-timer',
      measured: times,
      play: (implementation, seed) => {
        const { asked } = slowServer(implementation, delay, seed);
        return asked.answer?.rcode === 'SERVFAIL' && delay !== 1.6 ? 'SERVFAIL' : seconds(asked);
      },
    }),
    ...ofEach({
      section: '4.5',
      slug: `slow-${delay}/packets`,
      quantity: `one server, unknown, answering after ${delay} s: packets`,
      unit: 'packets',
      kind: 'count',
      measured: packets,
      play: (implementation, seed) => slowServer(implementation, delay, seed).lab.server('ns1.one').packets,
    }),
  ];
}

function brokenPackets(implementation: Implementation, mode: Mode, name: 'first' | 'later'): number {
  const lab = warm(implementation, 'two');
  setAll(lab, 'two', mode);
  lab.resolve('n1.y.two.lab.');
  if (name === 'first') return lab.packets;
  lab.run(5);
  lab.resetCounters();
  lab.resolve('n2.y.two.lab.');
  return lab.packets;
}

const BROKEN: readonly Row[] = (['SERVFAIL', 'REFUSED'] as const).flatMap((mode) => [
  ...ofEach({
    section: '4.5',
    slug: `all-${mode.toLowerCase()}/first`,
    quantity: `two servers answer ${mode}: packets for the first name`,
    unit: 'packets',
    kind: 'count',
    measured: [35, 4, 4, 5],
    play: (implementation) => brokenPackets(implementation, mode, 'first'),
  }),
  ...ofEach({
    section: '4.5',
    slug: `all-${mode.toLowerCase()}/later`,
    quantity: `two servers answer ${mode}: packets for another name 5 s later`,
    unit: 'packets',
    kind: 'count',
    measured: [10, 4, 2, 3],
    play: (implementation) => brokenPackets(implementation, mode, 'later'),
  }),
]);

/** What follows from errors besides packets. */
const BROKEN_ANSWERS: readonly Row[] = (['SERVFAIL', 'REFUSED'] as const).flatMap((mode) => [
  ...ofEach({
    section: '4.5',
    slug: `all-${mode.toLowerCase()}/time`,
    quantity: `two servers answer ${mode}: time to SERVFAIL`,
    unit: 's',
    kind: 'timer',
    measured: FROM_1_TO_14_MS,
    play: (implementation, seed) => {
      const lab = warm(implementation, 'two', seed);
      setAll(lab, 'two', mode);
      return seconds(lab.resolve('n1.y.two.lab.'));
    },
  }),
  ...ofEach({
    section: '4.5',
    slug: `all-${mode.toLowerCase()}/held`,
    quantity: `two servers answer ${mode}: SERVFAIL repeated without asking for this long`,
    unit: 's',
    kind: 'timer',
    measured: [5, 1, 60, 0],
    play: (implementation) => {
      const lab = warm(implementation, 'two');
      setAll(lab, 'two', mode);
      lab.resolve('n1.y.two.lab.');
      return heldFor(lab, 'n1.y.two.lab.');
    },
  }),
]);

export const TROUBLE_ROWS: readonly Row[] = [
  ...slow(0.3, [0.6, 0.6, 0.6, 0.6], [2, 2, 2, 2]),
  ...slow(0.5, [1.76, 1.01, 1, 1.4], [4, 2, 2, 3]),
  ...slow(1.6, [6.9, 9.6, 3.1, 4.4], [7, 8, undefined, 3]),
  ...slow(4, [15.3, 'SERVFAIL', 'SERVFAIL', 9.2], [9, undefined, undefined, 3]),
  ...BROKEN,
  ...BROKEN_ANSWERS,
];
