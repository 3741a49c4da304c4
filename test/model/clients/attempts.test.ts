/** Which address wins, and when: the connection attempts of applications, as their sources describe them. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, type Micros } from '../../../src/base/time.ts';
import { candidatesOf, triedBy } from '../../../src/model/clients/address-order.ts';
import type { HeldAnswer } from '../../../src/model/clients/answer-table.ts';
import { Attempts, type Reply } from '../../../src/model/clients/attempts.ts';
import {
  ADDRESS_STYLES,
  type AddressStyle,
  type ApplicationBehaviour,
  FAMILY_ORDERS,
  type FamilyOrder,
} from '../../../src/profiles/client-behaviour.ts';
import { application, stream } from './population-world.ts';

const [SIX_A, SIX_B, FOUR_A, FOUR_B] = ['2001:db8::a', '2001:db8::b', '192.0.2.1', '192.0.2.2'];
const NAMES: Readonly<Record<string, string>> = { A6: SIX_A, B6: SIX_B, A4: FOUR_A, B4: FOUR_B };

function data(...addresses: string[]): HeldAnswer {
  return { question: 0, kind: 'data', code: 'NOERROR', addresses, origin: '' };
}

/** `A6 silent, A4 up 40ms`: addresses in the order of the answers, what each replies, and what faults add. */
function replies(text: string): ReadonlyMap<string, Reply> {
  return new Map(
    text.split(', ').map((one) => {
      const [name, kind, extra = '0ms'] = one.split(' ');
      const added = Number(extra.slice(0, -2)) * MILLISECOND;
      return [NAMES[name!]!, { kind: kind as Reply['kind'], extra: added, roundTrip: 20 * MILLISECOND }];
    }),
  );
}

/** `A4 after 300 ms`, or `dead-address after 10000 ms`. */
function play(style: AddressStyle, delay: Micros, text: string, families: FamilyOrder = 'as-asked'): string {
  const app: ApplicationBehaviour = application({ attemptDelay: delay, addresses: { style, families } });
  const known = replies(text);
  const order = [...known.keys()];
  const six = order.filter((address) => address.includes(':'));
  const four = order.filter((address) => !address.includes(':'));
  const answers = order[0]!.includes(':') ? [data(...six), data(...four)] : [data(...four), data(...six)];
  const candidates = triedBy(candidatesOf(answers, app.addresses), app.addresses, () => 0.999);
  const ask = ({ address }: { readonly address: string }): Reply => known.get(address)!;
  const { candidate, at, cause } = new Attempts(candidates, app, ask(candidates[0]!), ask).outcome;
  const name = Object.keys(NAMES).find((key) => NAMES[key] === candidate.address);
  return `${cause || name} after ${at / MILLISECOND} ms`;
}

const MS = MILLISECOND;

describe('attempts', () => {
  const rows: [source: string, style: AddressStyle, delay: number, replies: string, expected: string][] = [
    ['RFC 8305 §5: next after 250 ms', 'staggered', 250, 'A6 silent, A4 up', 'A4 after 250 ms'],
    ['RFC 8305 §5: former attempts go on', 'staggered', 250, 'A6 up 600ms, A4 up 500ms', 'A6 after 600 ms'],
    [
      'RFC 8305 §5: the first to connect wins',
      'staggered',
      250,
      'A6 up 600ms, A4 up 100ms',
      'A4 after 350 ms',
    ],
    ['RFC 8305 §5: a refusal moves on at once', 'staggered', 250, 'A6 refused, A4 up', 'A4 after 20 ms'],
    [
      'without interleaving the second IPv6 is next',
      'staggered',
      250,
      'A6 silent, B6 silent, A4 up',
      'A4 after 500 ms',
    ],
    ['RFC 8305 §4: families alternate', 'interleaved', 250, 'A6 silent, B6 silent, A4 up', 'A4 after 250 ms'],
    [
      'RFC 8305 §4: then the second of the first',
      'interleaved',
      250,
      'A6 silent, B6 up, A4 silent',
      'B6 after 500 ms',
    ],
    ['Chromium: IPv4 raced after 300 ms', 'family-race', 300, 'A6 silent, A4 up', 'A4 after 300 ms'],
    [
      'Chromium: IPv4 at once when IPv6 has failed',
      'family-race',
      300,
      'A6 refused, A4 up',
      'A4 after 20 ms',
    ],
    ['Go: each family in order by itself', 'family-race', 300, 'A6 silent, B6 up, A4 up', 'A4 after 300 ms'],
    ['Go: the first family may still win', 'family-race', 300, 'A6 refused, B6 up, A4 up', 'B6 after 20 ms'],
    ['Go: one family alone has no race', 'family-race', 300, 'A4 silent, B4 up', 'B4 after 10000 ms'],
    ['curl: 200 ms', 'family-race', 200, 'A6 silent, A4 up', 'A4 after 200 ms'],
    ['Node.js: 250 ms each', 'abandoning', 250, 'A6 silent, A4 up', 'A4 after 250 ms'],
    [
      'Node.js: a slow address is given up',
      'abandoning',
      250,
      'A6 up 240ms, A4 silent',
      'dead-address after 10250 ms',
    ],
    [
      'Node.js: the last one has all the time',
      'abandoning',
      250,
      'A6 silent, A4 up 900ms',
      'A4 after 1150 ms',
    ],
    ['the same without abandoning', 'interleaved', 250, 'A6 up 240ms, A4 silent', 'A6 after 240 ms'],
    ['JVM, Python: full time-outs in order', 'in-order', 250, 'A4 silent, B4 up', 'B4 after 10000 ms'],
    ['JVM, Python: two dead ones', 'in-order', 250, 'A4 silent, B4 silent', 'dead-address after 20000 ms'],
    [
      'Envoy LOGICAL_DNS: the first only',
      'first-only',
      250,
      'A4 silent, B4 up',
      'dead-address after 10000 ms',
    ],
    ['nginx: from one drawn, then on', 'balanced', 250, 'A4 up, B4 silent', 'A4 after 10000 ms'],
    [
      'Envoy STRICT_DNS: one drawn, no other',
      'one-of-all',
      250,
      'A4 up, B4 refused',
      'dead-address after 20 ms',
    ],
  ];
  test.each(rows)('%s: %s, %d ms, %s: %s', (_source, style, delay, text, expected) => {
    expect(play(style, delay * MS, text)).toBe(expected);
  });

  test.each([
    ['JVM: IPv4 first', 'in-order', 'ipv4-first', 'A6 silent, A4 up', 'A4 after 0 ms'],
    ['as asked (negative control)', 'in-order', 'as-asked', 'A6 silent, A4 up', 'A4 after 10000 ms'],
    ['curl: IPv6 first', 'family-race', 'ipv6-first', 'A4 up, A6 up 10ms', 'A6 after 10 ms'],
  ] as const)('%s', (_source, style, families, text, expected) => {
    expect(play(style, 250 * MS, text, families)).toBe(expected);
  });

  test.each([
    ['A6 blocked, A4 lost', 'dead-family after 10250 ms'],
    ['A6 barred, A4 silent', 'dead-address after 10020 ms'],
    ['A6 lost, A4 lost', 'endpoint-loss after 10250 ms'],
    ['A6 barred, A4 barred', 'dead-family after 40 ms'],
  ])('what a failure is put down to: %s: %s', (text, expected) => {
    expect(play('staggered', 250 * MS, text)).toBe(expected);
  });
});

describe('the address drawn', () => {
  it.each(['balanced', 'one-of-all'] as const)('by %s is each of three as often', (style) => {
    const random = stream(`addresses/${style}`);
    const rule = { style, families: 'as-asked' } as const;
    const candidates = candidatesOf([data(FOUR_A, FOUR_B, '192.0.2.3')], rule);
    const counts = new Map<string, number>();
    const draws = 30_000;
    for (let draw = 0; draw < draws; draw++) {
      const { address } = triedBy(candidates, rule, random.uniform)[0]!;
      counts.set(address, (counts.get(address) ?? 0) + 1);
    }
    const error = 4 * Math.sqrt(draws * (1 / 3) * (2 / 3));
    for (const count of counts.values()) expect(Math.abs(count - draws / 3)).toBeLessThan(error);
    expect(counts.size).toBe(3);
  });

  it('is the same one where only the first counts (negative control)', () => {
    const rule = { style: 'first-only', families: 'as-asked' } as const;
    const candidates = candidatesOf([data(FOUR_A, FOUR_B)], rule);
    expect(triedBy(candidates, rule, () => 0.999).map(({ address }) => address)).toEqual([FOUR_A]);
  });
});

it('an address farther away than the attempt delay still wins: distance alone loses no race', () => {
  expect(play('staggered', 10 * MS, 'A6 up, A4 up')).toBe('A6 after 0 ms');
});

describe('whatever the replies', () => {
  const KINDS = ['up', 'silent', 'lost', 'refused', 'blocked', 'barred'] as const;
  const reply: fc.Arbitrary<Reply> = fc.record({
    kind: fc.constantFrom(...KINDS),
    extra: fc.integer({ min: 0, max: 2000 }).map((ms) => ms * MILLISECOND),
    roundTrip: fc.integer({ min: 0, max: 300 }).map((ms) => ms * MILLISECOND),
  });
  const race = fc.record({
    style: fc.constantFrom(...ADDRESS_STYLES),
    families: fc.constantFrom(...FAMILY_ORDERS),
    delay: fc.integer({ min: 1, max: 1000 }).map((ms) => ms * MILLISECOND),
    draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
    replies: fc.uniqueArray(fc.tuple(fc.constantFrom(...Object.values(NAMES)), reply), {
      minLength: 1,
      selector: ([address]) => address,
    }),
  });
  type Race = typeof race extends fc.Arbitrary<infer T> ? T : never;

  const played = ({ style, families, delay, draw, replies: known }: Race) => {
    const app = application({ attemptDelay: delay, addresses: { style, families } });
    const answers = [data(...known.map(([address]) => address))];
    const tried = triedBy(candidatesOf(answers, app.addresses), app.addresses, () => draw);
    const by = new Map(known);
    const asked: string[] = [];
    const ask = ({ address }: { readonly address: string }): Reply => {
      asked.push(address);
      return by.get(address)!;
    };
    const { outcome } = new Attempts(tried, app, ask(tried[0]!), ask);
    return { outcome, asked, tried, by };
  };
  const holds = (property: (race: Race) => void): void =>
    fc.assert(fc.property(race, property), { seed: 8305, numRuns: 2000 });

  it('nobody is asked twice, and who wins was up and asked', () => {
    holds((one) => {
      const { outcome, asked, by } = played(one);
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked).toContain(outcome.candidate.address);
      if (outcome.cause === '') expect(by.get(outcome.candidate.address)!.kind).toBe('up');
    });
  });

  it('a request fails only when no address tried is up, but for attempts that are abandoned', () => {
    holds((one) => {
      const { outcome, tried, by } = played(one);
      const up = tried.some(({ address }) => by.get(address)!.kind === 'up');
      if (outcome.cause === '') expect(up).toBe(true);
      else if (one.style !== 'abandoning') expect(up).toBe(false);
    });
  });

  it('the winner is no later than any other that was asked could have been', () => {
    holds((one) => {
      const { outcome, asked, by } = played(one);
      if (outcome.cause !== '') return;
      const first = by.get(asked[0]!)!;
      const abandoned = one.style === 'abandoning' && first.extra + first.roundTrip > one.delay;
      if (first.kind === 'up' && !abandoned) expect(outcome.at).toBeLessThanOrEqual(first.extra);
    });
  });
});
