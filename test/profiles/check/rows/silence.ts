/** Section 4.5: all servers silent, slow, broken or lossy. */
import type { Implementation, Row } from '../contract.ts';
import { type Asked, Lab, type Mode } from '../lab.ts';
import { type Measured, ofEach } from './of-each.ts';

const ZONES = ['one', 'two'] as const;
type ZoneName = (typeof ZONES)[number];

/** A lab whose resolver has five replies of the zone's servers, counters at 0. */
function warm(implementation: Implementation, zone: ZoneName, seed = 1): Lab {
  const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
  for (let index = 0; index < 4; index++) lab.resolve(`w${index}.x.${zone}.lab.`);
  lab.resetCounters();
  return lab;
}

function setAll(lab: Lab, zone: ZoneName, mode: Mode): void {
  for (const server of lab.serversOf(zone)) server.mode = mode;
}

/** The first query after all servers of a warm zone have died. */
function firstDead(implementation: Implementation, zone: ZoneName, seed = 1): { lab: Lab; asked: Asked } {
  const lab = warm(implementation, zone, seed);
  setAll(lab, zone, 'silent');
  return { lab, asked: lab.resolve(`n1.y.${zone}.lab.`) };
}

/** The same with nothing known of the zone. */
function coldDead(implementation: Implementation, seed: number): { lab: Lab; asked: Asked } {
  const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
  lab.resolve('www.one.lab.');
  lab.resetCounters();
  setAll(lab, 'two', 'silent');
  return { lab, asked: lab.resolve('n1.y.two.lab.') };
}

/** Of all four, in seconds. */
const FROM_1_TO_14_MS: Measured = [
  [0.001, 0.014],
  [0.001, 0.014],
  [0.001, 0.014],
  [0.001, 0.014],
];

const seconds = ({ seconds: time = Number.NaN }: Asked): number => time;

const ALL_SILENT: readonly Row[] = [
  ...ofEach({
    section: '4.5',
    slug: 'one/time',
    quantity: 'one server, silent: time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [30.6, 10, 3, 4.6],
    play: (implementation, seed) => seconds(firstDead(implementation, 'one', seed).asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'one/packets',
    quantity: 'one server, silent: packets, those to the parent included',
    unit: 'packets',
    kind: 'count',
    measured: [16, 6, 2, 11],
    play: (implementation, seed) => firstDead(implementation, 'one', seed).lab.packets,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'two/time',
    quantity: 'two servers, silent: time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [400, 10, 6.1, [3.2, 14]],
    play: (implementation, seed) => seconds(firstDead(implementation, 'two', seed).asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'two/packets',
    quantity: 'two servers, silent: packets, those to the parent included',
    unit: 'packets',
    kind: 'count',
    measured: [33, 9, 4, 13],
    play: (implementation, seed) => firstDead(implementation, 'two', seed).lab.packets,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'cold/time',
    quantity: 'two servers, silent, nothing known of them: time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [400, 10, 6.1, 12.8],
    play: (implementation, seed) => seconds(coldDead(implementation, seed).asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'cold/packets',
    quantity: 'two servers, silent, nothing known of them: packets',
    unit: 'packets',
    kind: 'count',
    measured: [30, 9, 4, 14],
    play: (implementation, seed) => coldDead(implementation, seed).lab.packets,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'servfail-held',
    quantity: 'SERVFAIL repeated without asking for this long',
    unit: 's',
    kind: 'timer',
    measured: [5, 1, 60, [0, 1]],
    play: heldSeconds,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name/time',
    quantity: 'two servers, silent: another name of the zone 15 s later, time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [0, 10, undefined, 12.7],
    play: (implementation) => seconds(otherName(implementation, 'two').asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name/packets',
    quantity: 'two servers, silent: another name of the zone 15 s later, packets',
    unit: 'packets',
    kind: 'count',
    measured: [0, 9, undefined, 13],
    play: (implementation) => otherName(implementation, 'two').packets,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name-of-one/time',
    quantity: 'one server, silent: another name of the zone 15 s later, time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [undefined, undefined, 3, undefined],
    play: (implementation) => seconds(otherName(implementation, 'one').asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name-of-one/packets',
    quantity: 'one server, silent: another name of the zone 15 s later, packets',
    unit: 'packets',
    kind: 'count',
    measured: [undefined, undefined, 2, undefined],
    play: (implementation) => otherName(implementation, 'one').packets,
  }),
];

/** How long after the first SERVFAIL the same name is still answered without a packet; looked at every 0.5 s. */
function heldSeconds(implementation: Implementation): number {
  return heldFor(firstDead(implementation, 'one').lab, 'n1.y.one.lab.');
}

function heldFor(lab: Lab, name: string): number {
  const sent = (): number => [...lab.servers.values()].reduce((total, { log }) => total + log.length, 0);
  const failed = lab.now;
  const before = sent();
  for (;;) {
    lab.ask(name);
    if (sent() > before || lab.now > failed + 300) return lab.now - failed;
    lab.run(0.5);
  }
}

/** Another name, after one failed for want of any reply: of `two` with nothing known of its servers. */
function otherName(implementation: Implementation, zone: ZoneName): { asked: Asked; packets: number } {
  const { lab } = zone === 'two' ? coldDead(implementation, 1) : firstDead(implementation, zone);
  lab.run(15);
  const before = lab.packets;
  const asked = lab.resolve(`n2.y.${zone}.lab.`);
  return { asked, packets: lab.packets - before };
}

/** Seconds after the client query at which packets went out, to a hundredth, while one server is silent. */
function schedule(implementation: Implementation, nth: number): number {
  const { lab, asked } = firstDead(implementation, 'one');
  return (lab.server('ns1.one').log[nth]?.at ?? Number.NaN) - asked.at;
}

function schedules(implementation: Implementation, times: readonly number[], kind: Row['kind']): Row[] {
  return times.map((measured, nth) => ({
    id: `4.5/${implementation}/schedule/${nth + 1}`,
    section: '4.5',
    implementation,
    quantity: `one server, silent: packet ${nth + 1} goes out`,
    measured,
    unit: 's',
    kind,
    play: () => schedule(implementation, nth),
  }));
}

/** The same where nothing is known of the servers of a zone. */
function coldSchedules(implementation: Implementation, times: readonly number[]): Row[] {
  return times.map((measured, nth) => ({
    id: `4.5/${implementation}/cold-schedule/${nth + 1}`,
    section: '4.5',
    implementation,
    quantity: `one server, silent, unknown: packet ${nth + 1} goes out`,
    measured,
    unit: 's',
    kind: 'timer',
    play: (seed) => {
      const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
      lab.server('ns1.one').mode = 'silent';
      const { at } = lab.resolve('n1.y.one.lab.');
      return (lab.server('ns1.one').log[nth]?.at ?? Number.NaN) - at;
    },
  }));
}

/** The same for two servers whose round-trip times are known. */
function pairSchedules(implementation: Implementation, times: readonly number[]): Row[] {
  return times.map((measured, nth) => ({
    id: `4.5/${implementation}/pair-schedule/${nth + 1}`,
    section: '4.5',
    implementation,
    quantity: `two servers, silent: packet ${nth + 1} goes out`,
    measured,
    unit: 's',
    kind: 'random-timer',
    play: (seed) => {
      const { lab, asked } = firstDead(implementation, 'two', seed);
      const times = lab.serversOf('two').flatMap(({ log }) => log.map(({ at }) => at - asked.at));
      return times.toSorted((a, b) => a - b)[nth] ?? Number.NaN;
    },
  }));
}

const SCHEDULES: readonly Row[] = [
  ...coldSchedules('unbound', [0, 0.38, 0.75, 1.51, 2.26, 3.77, 5.27, 8.28, 11.3, 17.3]),
  ...coldSchedules('knot-resolver', [0, 0.4, 1.2]),
  ...pairSchedules('bind', [0, 0.8, 1.6, 2.4, 3.2, 4.01, 4.81, 6.41, 8.01]),
  ...schedules('unbound', [0, 0.1, 0.19, 0.39, 0.58, 0.96, 1.35, 2.1, 2.9, 4.4, 6, 9, 12.1, 18.3], 'timer'),
  ...schedules('bind', [0, 0.8, 1.6, 2.4, 4.01, 7.21], 'random-timer'),
  ...schedules('pdns-recursor', [0, 1.5], 'timer'),
  ...schedules('knot-resolver', [0, 0.02, 0.06, 2.06, 2.23, 2.57, 3.24], 'timer'),
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
  lab.run(20);
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
    quantity: `two servers answer ${mode}: packets for another name 20 s later`,
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

/** Later effects of an outage of both servers of `two`. */
const OUTAGE: readonly Row[] = [
  {
    id: '4.5/unbound/discarded',
    section: '4.5',
    implementation: 'unbound',
    quantity: 'what the client of a silent zone sees by default',
    measured: 'dropped',
    unit: '',
    kind: 'text',
    play: (seed) => {
      const lab = new Lab({ implementation: 'unbound', seed });
      setAll(lab, 'two', 'silent');
      return lab.resolve('n1.y.two.lab.').status;
    },
  },
  {
    id: '4.5/pdns-recursor/throttled',
    section: '4.5',
    implementation: 'pdns-recursor',
    quantity: 'time to SERVFAIL after 64 failures of every server',
    measured: 0,
    unit: 's',
    kind: 'timer',
    play: (seed) => {
      const lab = warm('pdns-recursor', 'two', seed);
      setAll(lab, 'two', 'silent');
      lab.every(0.1, 200, (index) => `q${index}.x.two.lab.`);
      lab.runAll();
      return seconds(lab.resolve('last.x.two.lab.'));
    },
  },
  ...ofEach({
    section: '4.5',
    slug: 'third-name/time',
    quantity: 'two servers, silent: a third name of the zone, time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [0, 10, undefined, undefined],
    play: (implementation) => {
      const { lab } = coldDead(implementation, 1);
      lab.resolve('n2.y.two.lab.');
      lab.run(15);
      return seconds(lab.resolve('n3.y.two.lab.'));
    },
  }),
];

/** 150 cache misses at 10 a second, this share of packets lost. */
function lossy(
  implementation: Implementation,
  zone: ZoneName,
  loss: number,
  seed: number,
  discards: boolean,
): Lab {
  const lab = new Lab({ implementation, seed, settings: discards ? {} : { 'discard-after': 'never' } });
  for (let index = 0; index < 4; index++) lab.resolve(`w${index}.x.${zone}.lab.`);
  lab.resetCounters();
  for (const server of lab.servers.values()) server.loss = loss;
  lab.every(0.1, 150, (index) => `q${index}.x.${zone}.lab.`);
  lab.runAll();
  return lab;
}

const isGood = ({ answer }: Asked): boolean => answer?.rcode === 'NOERROR';

function loss(
  share: number,
  zone: ZoneName,
  measured: { readonly success: Measured; readonly soon: Measured; readonly packets: Measured },
): Row[] {
  const set = `${share * 100} % loss, ${zone === 'one' ? 'one server' : 'two servers'}`;
  const slug = `loss-${share * 100}-${zone}`;
  const rate = (lab: Lab, test: (asked: Asked) => boolean): number =>
    lab.asked.filter(test).length / lab.asked.length;
  return [
    ...ofEach({
      section: '4.5',
      slug: `${slug}/success`,
      quantity: `${set}: share of queries answered`,
      unit: 'share',
      kind: 'share',
      measured: measured.success,
      play: (implementation, seed) => rate(lossy(implementation, zone, share, seed, true), isGood),
    }),
    ...ofEach({
      section: '4.5',
      slug: `${slug}/soon`,
      quantity: `${set}: share of queries answered within 1 s`,
      unit: 'share',
      kind: 'share',
      measured: measured.soon,
      play: (implementation, seed) =>
        rate(lossy(implementation, zone, share, seed, true), (asked) => isGood(asked) && seconds(asked) <= 1),
    }),
    ...ofEach({
      section: '4.5',
      slug: `${slug}/packets`,
      quantity: `${set}: packets per client query`,
      unit: 'packets',
      kind: 'rate',
      measured: measured.packets,
      play: (implementation, seed) => lossy(implementation, zone, share, seed, true).packets / 150,
    }),
  ];
}

const LOSS: readonly Row[] = [
  ...loss(0.25, 'one', {
    success: [1, 1, 0.75, 1],
    soon: [1, 0.93, 0.75, 0.96],
    packets: [1.4, 1.4, 1, 2.4],
  }),
  ...loss(0.5, 'one', {
    success: [1, 0.98, 0.5, 0.71],
    soon: [1, 0.73, 0.5, 0.21],
    packets: [2.2, 2, 1, undefined],
  }),
  ...loss(0.5, 'two', {
    success: [1, 1, 0.68, 0.86],
    soon: [0.99, 0.76, 0.43, 0.19],
    packets: [2.5, 2, 1.6, undefined],
  }),
  ...loss(0.9, 'two', {
    success: [0.51, 0.63, 0.21, 0.06],
    soon: [0.34, 0.23, 0.1, 0],
    packets: [12.3, 6, 1.9, undefined],
  }),
  ...loss(0, 'two', {
    success: [1, 1, 1, 1],
    soon: [1, 1, 1, 1],
    packets: [undefined, undefined, undefined, undefined],
  }),
  ...ofEach({
    section: '4.5',
    slug: 'loss-90-two/success-undiscarded',
    quantity: '90 % loss, two servers, discard-timeout off: share of queries answered',
    unit: 'share',
    kind: 'share',
    measured: [0.83, undefined, undefined, undefined],
    play: (implementation, seed) => {
      const { asked } = lossy(implementation, 'two', 0.9, seed, false);
      return asked.filter(isGood).length / asked.length;
    },
  }),
];

/** Seconds from the end of an outage of both servers to the first good answer, a new name every 5 s. */
function afterHeal(implementation: Implementation, outage: number, seed: number): number {
  const lab = warm(implementation, 'two', seed);
  const died = lab.now;
  setAll(lab, 'two', 'silent');
  lab.in(outage, () => setAll(lab, 'two', 'answer'));
  lab.every(5, Math.ceil((outage + 1000) / 5), (index) => `q${index}.x.two.lab.`);
  lab.runAll();
  const good = lab.asked.filter(isGood).map((asked) => asked.at + seconds(asked) - died - outage);
  return Math.min(...good.filter((at) => at >= 0));
}

const HEAL: readonly Row[] = (
  [
    [60, [0, 0, 0, 0]],
    [120, [25, 0, 0, 0]],
    [300, [600, 0, 0, 0]],
  ] as const
).flatMap(([outage, measured]) =>
  ofEach({
    section: '4.5',
    slug: `heal-after-${outage}`,
    quantity: `both servers silent for ${outage} s: first success after that`,
    unit: 's',
    kind: 'recovery',
    measured,
    play: (implementation, seed) => afterHeal(implementation, outage, seed),
  }),
);

export const SILENCE_ROWS: readonly Row[] = [
  ...ALL_SILENT,
  ...SCHEDULES,
  ...slow(0.3, [0.6, 0.6, 0.6, 0.6], [2, 2, 2, 2]),
  ...slow(0.5, [1.76, 1.01, 1, 1.4], [4, 2, 2, 3]),
  ...slow(1.6, [6.9, 9.6, 3.1, 4.4], [7, 8, undefined, 3]),
  ...slow(4, [15.3, 'SERVFAIL', 'SERVFAIL', 9.2], [9, undefined, undefined, 3]),
  ...BROKEN,
  ...BROKEN_ANSWERS,
  ...OUTAGE,
  ...LOSS,
  ...HEAL,
];
