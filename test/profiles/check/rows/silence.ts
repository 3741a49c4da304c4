/** Section 4.5: all servers silent. */
import type { Implementation, Row } from '../contract.ts';
import { type Asked, Lab } from '../lab.ts';
import { ofEach } from './of-each.ts';
import { heldFor, isGood, seconds, setAll, warm, type ZoneName } from './outage-lab.ts';

/** The first query after all servers of a warm zone have died. */
function firstDead(implementation: Implementation, zone: ZoneName, seed = 1): { lab: Lab; asked: Asked } {
  const lab = warm(implementation, zone, seed);
  setAll(lab, zone, 'silent');
  return { lab, asked: lab.resolve(`n1.y.${zone}.lab.`) };
}

/** The same with nothing known of the zone. The packet that fetches its delegation does not count. */
function coldDead(implementation: Implementation, seed: number): { lab: Lab; asked: Asked; packets: number } {
  const lab = new Lab({ implementation, seed, settings: { 'discard-after': 'never' } });
  lab.resolve('www.one.lab.');
  lab.resetCounters();
  setAll(lab, 'two', 'silent');
  const asked = lab.resolve('n1.y.two.lab.');
  return { lab, asked, packets: lab.packets - 1 };
}

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
    quantity:
      'two servers, silent, nothing known of them: packets, but for the one that fetches the delegation',
    unit: 'packets',
    kind: 'count',
    measured: [30, 9, 4, 14],
    play: (implementation, seed) => coldDead(implementation, seed).packets,
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
    play: (implementation, seed) => seconds(otherName(implementation, 'two', seed).asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name/packets',
    quantity: 'two servers, silent: another name of the zone 15 s later, packets',
    unit: 'packets',
    kind: 'count',
    measured: [0, 9, undefined, 13],
    play: (implementation, seed) => otherName(implementation, 'two', seed).packets,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name-of-one/time',
    quantity: 'one server, silent: another name of the zone 15 s later, time to SERVFAIL',
    unit: 's',
    kind: 'timer',
    measured: [undefined, undefined, 3, undefined],
    play: (implementation, seed) => seconds(otherName(implementation, 'one', seed).asked),
  }),
  ...ofEach({
    section: '4.5',
    slug: 'other-name-of-one/packets',
    quantity: 'one server, silent: another name of the zone 15 s later, packets',
    unit: 'packets',
    kind: 'count',
    measured: [undefined, undefined, 2, undefined],
    play: (implementation, seed) => otherName(implementation, 'one', seed).packets,
  }),
];

/** How long after the first SERVFAIL the same name is still answered without a packet; looked at every 0.5 s. */
function heldSeconds(implementation: Implementation): number {
  return heldFor(firstDead(implementation, 'one').lab, 'n1.y.one.lab.');
}

/** Another name, after a first one failed twice for want of any reply. */
function otherName(
  implementation: Implementation,
  zone: ZoneName,
  seed: number,
): { asked: Asked; packets: number } {
  const { lab } = firstDead(implementation, zone, seed);
  lab.run(2);
  lab.resolve(`n1.y.${zone}.lab.`);
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
  ...pairSchedules('pdns-recursor', [0, 1.5, 3, 4.5]),
  ...pairSchedules('bind', [0, 0.8, 1.6, 2.4, 3.2, 4.01, 4.81, 6.41, 8.01]),
  ...schedules('unbound', [0, 0.1, 0.19, 0.39, 0.58, 0.96, 1.35, 2.1, 2.9, 4.4, 6, 9, 12.1, 18.3], 'timer'),
  ...schedules('bind', [0, 0.8, 1.6, 2.4, 4.01, 7.21], 'random-timer'),
  ...schedules('pdns-recursor', [0, 1.5], 'timer'),
  ...schedules('knot-resolver', [0, 0.02, 0.06, 2.06, 2.23, 2.57, 3.24], 'timer'),
];

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

/** Where the packets of the first query went. */
const DESTINATIONS: readonly Row[] = [
  ...ofEach({
    section: '4.5',
    slug: 'one/to-server',
    quantity: 'one server, silent: UDP packets to it',
    unit: 'packets',
    kind: 'count',
    measured: [14, 6, 2, 6],
    play: (implementation, seed) =>
      firstDead(implementation, 'one', seed)
        .lab.server('ns1.one')
        .log.filter(({ text }) => text.endsWith('udp')).length,
  }),
  ...ofEach({
    section: '4.5',
    slug: 'one/to-parent',
    quantity: 'one server, silent: packets to the parent',
    unit: 'packets',
    kind: 'count',
    measured: [2, 0, 0, 0],
    play: (implementation, seed) => firstDead(implementation, 'one', seed).lab.server('lab').packets,
  }),
  {
    id: '4.5/pdns-recursor/order',
    section: '4.5',
    implementation: 'pdns-recursor',
    quantity: 'two servers, silent: names asked for',
    measured: 'y.two.lab. y.two.lab. n1.y.two.lab. n1.y.two.lab.',
    unit: '',
    kind: 'text',
    play: (seed) => {
      const { lab } = firstDead('pdns-recursor', 'two', seed);
      const sent = lab.serversOf('two').flatMap(({ log }) => log);
      return sent
        .toSorted((a, b) => a.at - b.at)
        .map(({ text }) => text.split(' ')[0])
        .join(' ');
    },
  },
];

/** What the cache gains from an answer that came too late for its client. */
const LATE: readonly Row[] = (['client', 'cache'] as const).map((who) => ({
  id: `4.5/unbound/late-answer/${who}`,
  section: '4.5',
  implementation: 'unbound',
  quantity: `an answer after 2 s, ${who === 'client' ? 'as the client sees it' : 'asked for once more 5 s later'}`,
  measured: who === 'client' ? 'dropped' : 'answered from the cache',
  unit: '',
  kind: 'text',
  play: (seed) => {
    const lab = new Lab({ implementation: 'unbound', seed });
    lab.server('ns1.one').delaySeconds = 1.6;
    const first = lab.resolve('n1.y.one.lab.');
    if (who === 'client') return first.status;
    lab.run(5);
    lab.runAll();
    const again = lab.resolve('n1.y.one.lab.');
    return again.answer?.reason === 'cache' ? 'answered from the cache' : 'asked for';
  },
}));

export const SILENCE_ROWS: readonly Row[] = [
  ...ALL_SILENT,
  ...DESTINATIONS,
  ...SCHEDULES,
  ...OUTAGE,
  ...LATE,
  ...HEAL,
];
