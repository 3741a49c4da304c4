import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type {
  EffectSpec,
  EndpointSpec,
  FaultSpec,
  PopulationSpec,
  WorldSpec,
} from '../../../src/model/spec.ts';
import { fault, HERE, THERE } from '../world.ts';
import { application, asks, drill, observe, population, stub } from './population-world.ts';

const [FIRST, SECOND_ADDRESS, THIRD] = ['203.0.113.10', '198.51.100.20', '198.51.100.30'];
const ENDPOINTS: readonly EndpointSpec[] = [
  { name: 'first', addresses: [FIRST, '2001:db8:1::1'], region: HERE },
  { name: 'second', addresses: [SECOND_ADDRESS], region: THERE },
  { name: 'third', addresses: [THIRD], region: HERE },
];

const EFFECTS: Readonly<Record<string, EffectSpec>> = {
  silent: { kind: 'down', mode: 'silent' },
  refused: { kind: 'down', mode: 'refused' },
  slow: { kind: 'slow', extra: 200 * MILLISECOND },
  failing: { kind: 'errors', share: 1, hidden: true },
  lossy: { kind: 'lossy', loss: 1 },
};

/** One client that asks for a name once, with endpoints in these states. */
function contact(states: string, owner: string, parts: Partial<PopulationSpec> = {}): WorldSpec {
  const timeline = states.split(' ').flatMap((state, endpoint): readonly FaultSpec[] => {
    const effect = EFFECTS[state];
    return effect ? [fault({ kind: 'endpoint', endpoint }, effect, { at: 0 })] : [];
  });
  const records = [
    `one 300 IN A ${FIRST}`,
    `two 300 IN A ${FIRST}\ntwo 300 IN A ${SECOND_ADDRESS}`,
    `three 300 IN A ${FIRST}\nthree 300 IN A ${SECOND_ADDRESS}\nthree 300 IN A ${THIRD}`,
    'mixed 300 IN AAAA 2001:db8:1::1\nmixed 300 IN A 198.51.100.30',
    'onlyfour 300 IN A 203.0.113.10',
    'elsewhere 300 IN A 192.0.2.200',
    'words 300 IN TXT "hello"',
  ].join('\n');
  return drill({
    start: 'warm',
    duration: 100 * SECOND,
    records: `${records}\n`,
    endpoints: ENDPOINTS,
    populations: [
      population({
        questions: [asks(owner)],
        workload: { kind: 'periodic', every: 100 * SECOND },
        ...parts,
      }),
    ],
    timeline,
  });
}

/** `served by 203.0.113.10 after 5 ms`, or the cause. */
function outcome({ outcome, cause, address, latency }: Observation): string {
  const after = `after ${latency / MILLISECOND} ms`;
  return cause === '' ? `${outcome} by ${address || 'data'} ${after}` : `${cause} ${after}`;
}

const only = (spec: WorldSpec): string => {
  const { seen } = observe(spec);
  expect(seen).toHaveLength(1);
  return outcome(seen[0]!);
};

describe('addresses are tried in order', () => {
  // 5 ms to the resolver and back, 10 ms to the endpoints here, 80 ms there; attempts 250 ms apart, time-out 10 s.
  const rows: [states: string, owner: string, expected: string][] = [
    ['up', 'one', `served by ${FIRST} after 5 ms`],
    ['silent', 'one', 'dead-address/authority after 10005 ms'],
    ['refused', 'one', 'dead-address/authority after 15 ms'],
    ['slow', 'one', `served by ${FIRST} after 205 ms`],
    ['failing', 'one', 'endpoint-errors/authority after 5 ms'],
    ['lossy', 'one', 'endpoint-loss/authority after 10005 ms'],
    ['silent up', 'two', `served by ${SECOND_ADDRESS} after 255 ms`],
    ['refused up', 'two', `served by ${SECOND_ADDRESS} after 15 ms`],
    ['lossy up', 'two', `served by ${SECOND_ADDRESS} after 255 ms`],
    ['up silent', 'two', `served by ${FIRST} after 5 ms`],
    ['failing up', 'two', 'endpoint-errors/authority after 5 ms'],
    ['slow up', 'two', `served by ${FIRST} after 205 ms`],
    ['silent silent', 'two', 'dead-address/authority after 10255 ms'],
    ['refused refused', 'two', 'dead-address/authority after 95 ms'],
    ['silent refused', 'two', 'dead-address/authority after 10005 ms'],
    ['refused silent', 'two', 'dead-address/authority after 10015 ms'],
    ['lossy silent', 'two', 'dead-address/authority after 10255 ms'],
    ['lossy lossy', 'two', 'endpoint-loss/authority after 10255 ms'],
    ['silent slow', 'two', `served by ${SECOND_ADDRESS} after 455 ms`],
    ['silent silent up', 'three', `served by ${THIRD} after 505 ms`],
    ['silent refused up', 'three', `served by ${THIRD} after 335 ms`],
    ['silent silent silent', 'three', 'dead-address/authority after 10505 ms'],
  ];
  test.each(rows)('%s, %s: %s', (states, owner, expected) => {
    expect(only(contact(states, `${owner}.example.com. A`))).toBe(expected);
  });

  it('with the attempt delay and time-out of the application', () => {
    const hasty = application({ attemptDelay: 100 * MILLISECOND, connectTimeout: 2 * SECOND });
    const states = (text: string): string =>
      only(contact(text, 'two.example.com. A', { application: hasty }));
    expect(states('silent up')).toBe(`served by ${SECOND_ADDRESS} after 105 ms`);
    expect(states('silent silent')).toBe('dead-address/authority after 2105 ms');
  });
});

describe('several types', () => {
  const rows: [states: string, owner: string, expected: string][] = [
    ['up up up', 'mixed.example.com. AAAA A', 'served by 2001:db8:1::1 after 5 ms'],
    ['silent up up', 'mixed.example.com. AAAA A', `served by ${THIRD} after 255 ms`],
    ['refused up up', 'mixed.example.com. AAAA A', `served by ${THIRD} after 15 ms`],
    ['up up silent', 'mixed.example.com. AAAA A', 'served by 2001:db8:1::1 after 5 ms'],
    ['silent up silent', 'mixed.example.com. AAAA A', 'dead-address/authority after 10255 ms'],
    ['up up up', 'mixed.example.com. A AAAA', `served by ${THIRD} after 5 ms`],
    ['up', 'onlyfour.example.com. AAAA A', `served by ${FIRST} after 5 ms`],
    ['silent', 'onlyfour.example.com. AAAA A', 'dead-address/authority after 10005 ms'],
    ['up', 'one.example.com. AAAA', 'nodata/resolver-cache@192.0.2.1 after 5 ms'],
    ['up', 'gone.example.com. AAAA', 'nxdomain/resolver-cache@192.0.2.1 after 5 ms'],
    ['up', 'words.example.com. TXT', 'served by data after 5 ms'],
    ['up', 'elsewhere.example.com. A', 'served by 192.0.2.200 after 5 ms'],
  ];
  test.each(rows)('%s, %s: %s', (states, owner, expected) => {
    // What a test asks once a long while may have run out of the cache: all is asked within the first second.
    const workload = { kind: 'periodic', every: SECOND } as const;
    const spec = contact(states, owner, { workload });
    expect(only({ ...spec, duration: SECOND })).toBe(expected);
  });

  it('the slower look-up of the two counts', () => {
    const spec = contact('up up up', 'mixed.example.com. AAAA A');
    expect(only({ ...spec, start: 'cold' })).toBe('served by 2001:db8:1::1 after 15 ms');
  });

  it('a failure to resolve one type outweighs the absence of the other', () => {
    const servfail = fault(
      { kind: 'plane', provider: 0, plane: 'edge' },
      { kind: 'rcode', rcode: 'SERVFAIL' },
      { at: 0 },
    );
    const spec = contact('up', 'one.example.com. AAAA A');
    expect(only({ ...spec, start: 'cold', timeline: [servfail] })).toBe(
      'servfail/server-failure after 15 ms',
    );
  });
});

describe('chance', () => {
  const clients = 2000;
  const often = (states: FaultSpec[]): readonly Observation[] => {
    const users = population({
      count: clients,
      questions: [asks('two.example.com. A')],
      workload: { kind: 'periodic', every: 50 * SECOND },
    });
    return observe({ ...contact('up', 'two.example.com. A'), populations: [users], timeline: states }).seen;
  };
  const endpoint = (index: number, effect: EffectSpec): FaultSpec =>
    fault({ kind: 'endpoint', endpoint: index }, effect, { at: 0 });
  const share = (seen: readonly Observation[], test: (one: Observation) => boolean): number =>
    seen.filter(test).length / seen.length;
  const error = 4 * Math.sqrt(0.25 / (2 * clients));

  it('a lossy first address is replaced by the second in as many cases as it loses', () => {
    const seen = often([endpoint(0, { kind: 'lossy', loss: 0.3 })]);
    expect(Math.abs(share(seen, ({ address }) => address === SECOND_ADDRESS) - 0.3)).toBeLessThan(error);
    expect(share(seen, ({ cause }) => cause !== '')).toBe(0);
  });

  it('both lossy: fails with the product', () => {
    const seen = often([
      endpoint(0, { kind: 'lossy', loss: 0.5 }),
      endpoint(1, { kind: 'lossy', loss: 0.4 }),
    ]);
    expect(Math.abs(share(seen, ({ cause }) => cause === 'endpoint-loss/authority') - 0.2)).toBeLessThan(
      error,
    );
  });

  it('errors are not cured by another address', () => {
    const seen = often([endpoint(0, { kind: 'errors', share: 0.25, hidden: true })]);
    expect(Math.abs(share(seen, ({ cause }) => cause === 'endpoint-errors/authority') - 0.25)).toBeLessThan(
      error,
    );
  });
});

describe('patience', () => {
  const patient = (patience: number): Partial<PopulationSpec> => ({ application: application({ patience }) });

  it('a request that takes longer counts as too slow, though it worked', () => {
    const { seen } = observe(contact('silent up', 'two.example.com. A', patient(254 * MILLISECOND)));
    expect(seen[0]).toMatchObject({
      outcome: 'too-slow',
      cause: 'too-slow/resolver-cache',
      latency: 255_000,
    });
  });

  it('exactly as long is soon enough', () => {
    const { seen } = observe(contact('silent up', 'two.example.com. A', patient(255 * MILLISECOND)));
    expect(seen[0]).toMatchObject({ outcome: 'served', cause: '' });
  });

  it('a failure keeps its own cause', () => {
    const { seen } = observe(contact('silent', 'one.example.com. A', patient(MILLISECOND)));
    expect(seen[0]).toMatchObject({ outcome: 'connection-failed', cause: 'dead-address/authority' });
  });
});

describe('retries', () => {
  /** Latencies and outcomes of one client's requests, the endpoint dead up to `until` seconds after the first. */
  function retried(count: number, firstDelay: number, factor: number, until: number): Observation {
    const retries = { count, firstDelay: firstDelay * SECOND, factor };
    const down = fault({ kind: 'endpoint', endpoint: 0 }, EFFECTS['refused']!, {
      at: 0,
      until: until * SECOND,
    });
    const base = contact('up', 'one.example.com. A', {
      application: application({ retries }),
      stub: stub(),
      workload: { kind: 'periodic', every: 60 * SECOND },
    });
    const spec = { ...base, duration: 60 * SECOND, timeline: [down] };
    const { seen } = observe(spec, 3);
    return seen[0]!;
  }
  // Each attempt costs 5 ms to the resolver and 10 ms to be refused.
  const rows: [count: number, first: number, factor: number, retries: number, latency: number][] = [
    [0, 1, 2, 0, 15],
    [1, 1, 2, 1, 1030],
    [2, 1, 2, 2, 3045],
    [3, 1, 2, 3, 7060],
    [3, 1, 1, 3, 3060],
    [2, 0, 2, 2, 45],
    [2, 0.5, 3, 2, 2045],
  ];
  test.each(rows)(
    '%d retries, first after %s s, factor %s: %d made, %d ms',
    (count, first, factor, made, ms) => {
      const seen = retried(count, first, factor, 100);
      expect(seen).toMatchObject({
        retries: made,
        latency: ms * MILLISECOND,
        cause: 'dead-address/authority',
      });
    },
  );

  it('end with the first success, and the request is one', () => {
    const made = retried(5, 1, 2, 0).at / SECOND;
    const seen = retried(5, 1, 2, made + 2);
    expect(seen).toMatchObject({ outcome: 'served', retries: 2, latency: 3_030_000 + 5_000 });
  });
});
