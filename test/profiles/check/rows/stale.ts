/**
 * Section 4.6: serve-stale. A record of TTL 5 is known, both servers of its zone fall silent, it expires, and a
 * client asks again and again, a second after each answer.
 *
 * Left out: how soon fresh data come after the servers are back where that depends on when in its cycle the program
 * was when they came (BIND, Unbound, PowerDNS), and what it costs upstream where only "background refresh" was
 * noted. Unbound as measured says nothing to a client where others say SERVFAIL so late: both count as none.
 *
 * Off, for reasons that are not the cache's: the fourth of Unbound's queries sees two packets for one, since time-outs
 * of several seconds fall now into one query, now into the next; PowerDNS refreshes every 15 s as measured, but asks
 * both servers where one packet was counted; the first repeats of Knot Resolver wait a little less than measured,
 * since its time-outs grow more slowly here.
 */
import type { Kind, Row } from '../contract.ts';
import type { Asked, Lab } from '../lab.ts';
import { STALE_HORIZON_ROWS } from './stale-horizon.ts';
import {
  BIND,
  BIND_AT_ONCE,
  BIND_TIMER,
  DNSMASQ,
  dead,
  KNOT,
  MODES,
  type Mode,
  PDNS,
  UNBOUND,
  UNBOUND_TIMER,
} from './stale-lab.ts';

/** Asks until `seconds` have passed, a second after each answer. */
function askOn(lab: Lab, seconds: number): readonly Asked[] {
  const end = lab.now + seconds;
  while (lab.now < end) {
    lab.resolve('r.two.lab.');
    lab.run(1);
  }
  return lab.asked;
}

/** A row about what happens in the minutes after the record of 5 s has expired. */
function row(
  mode: Mode,
  slug: string,
  quantity: string,
  [measured, to]: readonly [number | string, number?],
  [kind, unit]: readonly [Kind, string],
  see: (lab: Lab) => number | string,
): Row {
  return {
    id: `4.6/${mode.implementation}/${mode.slug}/${slug}`,
    section: '4.6',
    implementation: mode.implementation,
    quantity: `${quantity}; ${mode.about}`,
    measured,
    ...(to === undefined ? {} : { measuredTo: to }),
    unit,
    kind,
    play: (seed) => see(dead(mode, seed, 'r.two.lab.', 5, 8)),
  };
}

const TIMER = ['timer', 's'] as const;
const RANDOM_TIMER = ['random-timer', 's'] as const;
const TTL = ['ttl', 's'] as const;
const TEXT = ['text', ''] as const;

/** Seconds, TTL and extended error of the first stale answer, in the order of `MODES`. */
const FIRST: readonly (readonly [seconds: number, ttl: number, error: string])[] = [
  [0, 30, 'none'],
  [1.8, 30, 'none'],
  [10, 30, '3 resolver failure'],
  [1.8, 30, '3 client timeout'],
  [0, 30, '3 stale data prioritized over lookup'],
  [3, 5, 'none'],
  [3.2, 1, '3'],
  [0, 0, '3'],
];

function firstRows(mode: Mode, [seconds, ttl, error]: (typeof FIRST)[number]): Row[] {
  const first = (lab: Lab): Asked => lab.resolve('r.two.lab.');
  return [
    row(mode, 'first', 'seconds to the first stale answer', [seconds], TIMER, (lab) => first(lab).seconds!),
    row(mode, 'ttl', 'TTL of a stale answer', [ttl], TTL, (lab) => first(lab).answer!.ttl),
    row(mode, 'ede', 'extended error of a stale answer', [error], TEXT, (lab) =>
      errorOf(first(lab), error.includes(' ')),
    ),
  ];
}

/** The texts of Knot Resolver and dnsmasq were not noted. */
function errorOf({ answer }: Asked, withText: boolean): string {
  const ede = answer?.ede;
  if (ede === undefined) return 'none';
  return withText ? `${ede.code} ${ede.text}` : String(ede.code);
}

const waits = (asked: readonly Asked[]): number[] => asked.map(({ seconds }) => seconds!);
const longestLater = (lab: Lab, seconds: number): number => Math.max(...waits(askOn(lab, seconds)).slice(1));
const shortestLater = (lab: Lab, seconds: number): number => Math.min(...waits(askOn(lab, seconds)).slice(1));
/** UDP packets to the zone while a client asks for so long. */
function packetsWhile(lab: Lab, seconds: number): number {
  askOn(lab, seconds);
  return lab.serversOf('two').reduce((sum, { packets }) => sum + packets, 0);
}

/** Packets to the zone from the start of each query to a second after its answer. */
function packetsPerQuery(lab: Lab, queries: number): number[] {
  return Array.from({ length: queries }, () => packetsWhile(lab, 0.5)).map((sum, index, sums) =>
    index === 0 ? sum : sum - sums[index - 1]!,
  );
}

const PER_QUERY: readonly Row[] = [
  ...[8, 3, 2, 1, 1].map((measured, index) =>
    row(
      UNBOUND_TIMER,
      `upstream/query-${index + 1}`,
      `packets to the zone during query ${index + 1}`,
      [measured],
      ['random-count', 'packets'],
      (lab) => packetsPerQuery(lab, 5)[index]!,
    ),
  ),
  row(
    KNOT,
    'upstream/query-1',
    'packets to the zone during the first query',
    [8, 15],
    ['random-count', 'packets'],
    (lab) => packetsPerQuery(lab, 1)[0]!,
  ),
];

const LATER: readonly Row[] = [
  row(UNBOUND, 'later', 'longest wait in the next minute', [0], TIMER, (lab) => longestLater(lab, 60)),
  row(UNBOUND_TIMER, 'later/least', 'shortest wait in 20 s', [1.8], TIMER, (lab) => shortestLater(lab, 20)),
  row(UNBOUND_TIMER, 'later/most', 'longest wait in 20 s', [1.8], TIMER, (lab) => longestLater(lab, 20)),
  row(BIND, 'later/window', 'longest wait in the 30 s after the first', [0], TIMER, (lab) =>
    longestLater(lab, 39),
  ),
  row(BIND, 'later/after-window', 'longest wait in the next 50 s', [10], TIMER, (lab) =>
    longestLater(lab, 60),
  ),
  row(
    BIND,
    'later/ede',
    'extended error in the window',
    ['3 query within stale refresh time window'],
    TEXT,
    (lab) => errorOf(askOn(lab, 20).at(-1)!, true),
  ),
  row(BIND, 'upstream', 'packets to the zone in 40 s', [9], ['count', 'packets'], (lab) =>
    packetsWhile(lab, 39),
  ),
  row(BIND_TIMER, 'later/least', 'shortest wait in 60 s', [0.6, 1.9], TIMER, (lab) => shortestLater(lab, 60)),
  row(BIND_TIMER, 'later/most', 'longest wait in 60 s', [0.6, 1.9], TIMER, (lab) => longestLater(lab, 60)),
  row(BIND_TIMER, 'upstream', 'packets to the zone in 10 s', [9], ['random-count', 'packets'], (lab) =>
    packetsWhile(lab, 9),
  ),
  row(BIND_AT_ONCE, 'later', 'longest wait in the next minute', [0], TIMER, (lab) => longestLater(lab, 60)),
  row(BIND_AT_ONCE, 'upstream', 'packets to the zone in 40 s', [9], ['count', 'packets'], (lab) =>
    packetsWhile(lab, 39),
  ),
  row(PDNS, 'later', 'longest wait in the next 30 s', [0], TIMER, (lab) => longestLater(lab, 30)),
  row(
    PDNS,
    'upstream',
    'packets to the zone in 15 s, after the first failure',
    [1],
    ['random-count', 'packets'],
    (lab) => {
      lab.resolve('r.two.lab.');
      lab.run(1);
      lab.resetCounters();
      return packetsWhile(lab, 30) / 2;
    },
  ),
  row(KNOT, 'later/least', 'shortest wait in 60 s', [4.7, 9.8], RANDOM_TIMER, (lab) =>
    shortestLater(lab, 60),
  ),
  row(KNOT, 'later/most', 'longest wait in 60 s', [4.7, 9.8], RANDOM_TIMER, (lab) => longestLater(lab, 60)),
];

const DNSMASQ_LATER: readonly Row[] = [
  row(DNSMASQ, 'later', 'longest wait in the next minute', [0], TIMER, (lab) => longestLater(lab, 60)),
  row(DNSMASQ, 'upstream', 'packets to the upstream per query', [1], ['count', 'packets'], (lab) => {
    const packets = packetsWhile(lab, 60);
    return packets / lab.asked.length;
  }),
  row(
    DNSMASQ,
    'heal',
    'which query gets fresh data after the upstream is back',
    [2],
    ['count', ''],
    (lab) => {
      askOn(lab, 20);
      for (const server of lab.serversOf('two')) server.mode = 'answer';
      let query = 1;
      while (lab.resolve('r.two.lab.').answer?.reason === 'stale' && query < 100) {
        lab.run(1);
        query++;
      }
      return query;
    },
  ),
];

/** Seconds from the return of the servers, a minute after they died, to the first fresh answer. */
function freshAfterHeal(lab: Lab, deadSeconds: number): number {
  askOn(lab, deadSeconds);
  for (const server of lab.serversOf('two')) server.mode = 'answer';
  const healedAt = lab.now;
  while (lab.now < healedAt + 1000) {
    const { at, seconds, answer } = lab.resolve('r.two.lab.');
    if (answer?.rcode === 'NOERROR' && answer.reason !== 'stale') return at + seconds! - healedAt;
    lab.run(1);
  }
  return Number.POSITIVE_INFINITY;
}

const HEAL: readonly Row[] = [
  row(KNOT, 'heal', 'seconds to fresh data after the servers are back', [0], TIMER, (lab) =>
    freshAfterHeal(lab, 20),
  ),
];

export const STALE_ROWS: readonly Row[] = [
  ...MODES.flatMap((mode, index) => firstRows(mode, FIRST[index]!)),
  ...PER_QUERY,
  ...LATER,
  ...DNSMASQ_LATER,
  ...HEAL,
  ...STALE_HORIZON_ROWS,
];
