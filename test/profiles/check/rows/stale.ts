/**
 * Section 4.6: serve-stale. A record of TTL 5 is known, both servers of its zone fall silent, it expires, and a
 * client asks again and again, a second after each answer.
 *
 * Left out: how soon fresh data come after the servers are back where that depends on when in its cycle the program
 * was when they came (BIND, Unbound, PowerDNS), and what it costs upstream where only "background refresh" was
 * noted. Unbound as measured says nothing to a client where others say SERVFAIL so late: both count as none.
 */
import type { Implementation, Kind, Row } from '../contract.ts';
import { type Asked, Lab } from '../lab.ts';
import type { Settings } from '../options.ts';

/** One way to configure one program. */
interface Mode {
  readonly implementation: Implementation;
  readonly slug: string;
  readonly about: string;
  readonly settings: Settings;
}

const ON: Settings = { 'serve-stale.enabled': 'on' };

const UNBOUND: Mode = {
  implementation: 'unbound',
  slug: 'expired',
  about: 'serve-expired: yes',
  settings: ON,
};
const UNBOUND_TIMER: Mode = {
  implementation: 'unbound',
  slug: 'expired-timer',
  about: 'serve-expired-client-timeout 1800, serve-expired-ttl 86400',
  settings: { ...ON, 'serve-stale.client-timer': '1.8s', 'serve-stale.max-stale': '1d' },
};
const BIND: Mode = { implementation: 'bind', slug: 'stale', about: 'stale-answer-enable', settings: ON };
const BIND_TIMER: Mode = {
  implementation: 'bind',
  slug: 'stale-timer',
  about: 'stale-answer-client-timeout 1800',
  settings: { ...ON, 'serve-stale.client-timer': '1.8s' },
};
const BIND_AT_ONCE: Mode = {
  implementation: 'bind',
  slug: 'stale-at-once',
  about: 'stale-answer-client-timeout 0',
  settings: { ...ON, 'serve-stale.client-timer': '0s' },
};
const PDNS: Mode = {
  implementation: 'pdns-recursor',
  slug: 'extensions',
  about: 'serve-stale-extensions=10',
  settings: { ...ON, 'serve-stale.extensions': 10 },
};
const KNOT: Mode = {
  implementation: 'knot-resolver',
  slug: 'stale',
  about: 'module serve_stale',
  settings: ON,
};

const MODES: readonly Mode[] = [UNBOUND, UNBOUND_TIMER, BIND, BIND_TIMER, BIND_AT_ONCE, PDNS, KNOT];

/** A lab that knows `name`, whose servers then die, and in which this many seconds pass. */
function dead(
  { implementation, settings }: Mode,
  seed: number,
  name: string,
  ttl: number,
  pass: number,
): Lab {
  const records = { 'two.lab.': `r.two.lab. ${ttl} A 198.51.100.9` };
  const lab = new Lab({ implementation, settings, records, seed });
  lab.resolve('warm.x.two.lab.');
  lab.resolve(name);
  for (const server of lab.serversOf('two')) server.mode = 'silent';
  lab.run(pass);
  lab.resetCounters();
  return lab;
}

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

/** Knot Resolver's text was not noted. */
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

/** What is said of an expired answer at this age, in seconds since it was fetched. */
function atAge(mode: Mode, name: string, age: number): string {
  const { answer } = dead(mode, 1, name, 60, age).resolve(name);
  return answer?.reason === 'stale' ? 'stale' : 'none';
}

function horizon(mode: Mode, slug: string, age: number, measured: 'stale' | 'none'): Row {
  return {
    id: `4.6/${mode.implementation}/${mode.slug}/horizon/${slug}`,
    section: '4.6',
    implementation: mode.implementation,
    quantity: `record of TTL 60 at an age of ${age} s; ${mode.about}`,
    measured,
    unit: '',
    kind: 'text',
    play: () => atAge(mode, 'r.two.lab.', age),
  };
}

const DAY = 86_400;
const BIND_HOUR: Mode = {
  ...BIND,
  slug: 'stale-hour',
  about: 'max-stale-ttl 3600',
  settings: { ...ON, 'serve-stale.max-stale': '1h' },
};
const PDNS_MANY: Mode = {
  ...PDNS,
  slug: 'extensions-1440',
  about: 'serve-stale-extensions=1440',
  settings: { ...ON, 'serve-stale.extensions': 1440 },
};

/** Half a minute before and after the end, since some answer only when an attempt has failed. */
function ends(mode: Mode, at: number): Row[] {
  return [horizon(mode, 'before', at - 30, 'stale'), horizon(mode, 'after', at + 30, 'none')];
}

const HORIZONS: readonly Row[] = [
  horizon(UNBOUND, 'far', 30 * DAY, 'stale'),
  ...ends(UNBOUND_TIMER, 60 + DAY),
  ...ends(BIND, 60 + DAY),
  ...ends(BIND_HOUR, 60 + 3600),
  horizon(PDNS, 'before', 400, 'stale'),
  horizon(PDNS_MANY, 'before', 86_000, 'stale'),
  horizon(PDNS_MANY, 'after', 87_000, 'none'),
  ...ends(KNOT, 60 + DAY),
];

/** PowerDNS counts extensions by use: the answer at 600 s fails because the one at 400 s used up the rest. */
const USED_UP: Row = {
  ...horizon(PDNS, 'after', 600, 'none'),
  play: () => {
    const lab = dead(PDNS, 1, 'r.two.lab.', 60, 400);
    lab.resolve('r.two.lab.');
    lab.run(200);
    const { answer } = lab.resolve('r.two.lab.');
    return answer?.reason === 'stale' ? 'stale' : 'none';
  },
};

function negative(mode: Mode, kind: 'nxdomain' | 'nodata', measured: 'stale' | 'none', ttl?: number): Row[] {
  const name = kind === 'nxdomain' ? 'nx.two.lab.' : 'r.two.lab. TXT';
  const first = { ...horizon(mode, kind, 310, measured), play: () => atAge(mode, name, 310) };
  if (ttl === undefined) return [first];
  const second: Row = {
    ...first,
    id: `${first.id}/ttl`,
    quantity: `TTL of a stale ${kind}; ${mode.about}`,
    measured: ttl,
    unit: 's',
    kind: 'ttl',
    play: () => dead(mode, 1, name, 60, 310).resolve(name).answer?.ttl ?? Number.NaN,
  };
  return [first, second];
}

const NEGATIVES: readonly Row[] = [
  ...negative(UNBOUND, 'nxdomain', 'stale', 30),
  ...negative(BIND, 'nxdomain', 'none'),
  ...negative(PDNS, 'nxdomain', 'stale'),
  ...negative(KNOT, 'nxdomain', 'stale', 1),
  ...[UNBOUND, BIND, PDNS, KNOT].flatMap((mode) => negative(mode, 'nodata', 'stale')),
];

export const STALE_ROWS: readonly Row[] = [
  ...MODES.flatMap((mode, index) => firstRows(mode, FIRST[index]!)),
  ...LATER,
  ...HEAL,
  ...HORIZONS,
  USED_UP,
  ...NEGATIVES,
];
