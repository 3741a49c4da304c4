/** Section 4.2: negative answers in the cache. */
import type { Implementation, Row } from '../contract.ts';
import { Lab, type LabSetup } from '../lab.ts';
import { type Measured, ofEach } from './of-each.ts';

const FAR_SOA = 'one.lab. 604800 SOA ns1.one.lab. admin.one.lab. 1 7200 3600 1209600 604800';

/** What a lab shows after these questions, each this long after the one before. */
function ttlOfLast(lab: Lab, questions: readonly string[], apart: number): number {
  let ttl = Number.NaN;
  for (const question of questions) {
    ttl = lab.resolve(question).answer!.ttl;
    lab.run(apart);
  }
  return ttl;
}

function shown(
  slug: string,
  quantity: string,
  setup: (implementation: Implementation) => Omit<LabSetup, 'implementation'>,
  questions: readonly string[],
  apart: number,
  measured: Measured,
): Row[] {
  return ofEach({
    section: '4.2',
    slug,
    quantity,
    unit: 's',
    kind: 'ttl',
    measured,
    play: (implementation) =>
      ttlOfLast(new Lab({ implementation, ...setup(implementation) }), questions, apart),
  });
}

/** Packets that the last of these questions causes. */
function upstream(slug: string, quantity: string, questions: readonly string[], measured: Measured): Row[] {
  return ofEach({
    section: '4.2',
    slug,
    quantity,
    unit: 'packets',
    kind: 'count',
    measured,
    play: (implementation) => {
      const lab = new Lab({ implementation });
      for (const question of questions) {
        lab.resetCounters();
        lab.resolve(question);
        lab.run(1);
      }
      return lab.packets;
    },
  });
}

/** Knot Resolver has no limit of its own for negative answers: its maximum TTL stands for it. */
const CAP_10 = (implementation: Implementation): Omit<LabSetup, 'implementation'> => ({
  settings: { [implementation === 'knot-resolver' ? 'ttl-cap' : 'negative-cap']: '10s' },
});
const FAR = (): Omit<LabSetup, 'implementation'> => ({ records: { 'one.lab.': FAR_SOA } });
const PLAIN = (): Omit<LabSetup, 'implementation'> => ({});

export const NEGATIVE_ROWS: readonly Row[] = [
  ...shown('nxdomain', 'TTL of NXDOMAIN, SOA 900 and 300', PLAIN, ['nx.one.lab.'], 0, [300, 300, 300, 300]),
  ...shown('nodata', 'TTL of NODATA, SOA 900 and 300', PLAIN, ['www.one.lab. TXT'], 0, [300, 300, 300, 300]),
  ...shown(
    'cap/first',
    'TTL of NXDOMAIN, SOA 604800 and 604800',
    FAR,
    ['nx.one.lab.'],
    0,
    [3600, 10_800, 3600, 86_400],
  ),
  ...shown(
    'cap/repeat',
    'the same a second later',
    FAR,
    ['nx.one.lab.', 'nx.one.lab.'],
    1,
    [3599, 10_799, 3599, 604_799],
  ),
  ...upstream('repeat', 'packets of a repeated NXDOMAIN', ['nx.one.lab.', 'nx.one.lab.'], [0, 0, 0, 0]),
  ...upstream(
    'other-type',
    'packets of another type of an NXDOMAIN name',
    ['nx.one.lab. A', 'nx.one.lab. TXT'],
    [1, 0, 0, 1],
  ),
  ...ofEach({
    section: '4.2',
    slug: 'below',
    quantity: 'whether a name below an NXDOMAIN is asked for',
    unit: '',
    kind: 'text',
    measured: ['asks', 'asks', 'asks', 'asks'],
    play: (implementation) => {
      const lab = new Lab({ implementation });
      lab.resolve('nx.one.lab.');
      lab.resetCounters();
      lab.resolve('a.nx.one.lab.');
      return lab.packets > 0 ? 'asks' : 'denies';
    },
  }),
  ...shown(
    'shared-soa',
    'TTL of an NXDOMAIN 3 s after another of the zone',
    PLAIN,
    ['nx1.one.lab.', 'nx2.one.lab.'],
    3,
    [297, 300, 300, 300],
  ),
  ...shown(
    'cap-10/first',
    'TTL of NXDOMAIN with a limit of 10 s',
    CAP_10,
    ['nx.one.lab.'],
    0,
    [10, 10, 10, 10],
  ),
  ...shown('cap-10/after-5', 'the same 5 s later', CAP_10, ['nx.one.lab.', 'nx.one.lab.'], 5, [5, 5, 5, 295]),
];
