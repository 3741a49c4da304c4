/** Section 4.6: how long expired data are served, and whether negative answers are. */
import type { Row } from '../contract.ts';
import {
  BIND,
  BIND_HOUR,
  DNSMASQ,
  DNSMASQ_MINUTE,
  dead,
  KNOT,
  type Mode,
  PDNS,
  PDNS_MANY,
  UNBOUND,
  UNBOUND_TIMER,
} from './stale-lab.ts';

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
  ...ends(DNSMASQ, 60 + DAY),
  ...ends(DNSMASQ_MINUTE, 60 + 60),
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

export const STALE_HORIZON_ROWS: readonly Row[] = [...HORIZONS, USED_UP, ...NEGATIVES];
