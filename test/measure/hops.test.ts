/** Load and hits at every hop, worked out by hand for one client that asks every ten seconds. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import type { HopRecord } from '../../src/measure/record.ts';
import { simulateReplication } from '../../src/measure/simulate.ts';
import type { PopulationSpec } from '../../src/model/spec.ts';
import {
  application,
  asks,
  cacheRule,
  drill,
  FOLLOWS_TTL,
  OLD_ENDPOINT,
  population,
  resolver,
  stub,
} from '../model/clients/population-world.ts';
import { fault } from '../model/world.ts';

/** `application cache 27/30`: hits over queries, without the hops that have no hits told. */
function told(hops: readonly HopRecord[]): string {
  return hops
    .map(({ hop, queries, hits }) => (hits === undefined ? `${hop} ${queries}` : `${hop} ${hits}/${queries}`))
    .join(', ');
}

const FAILING = [fault(OLD_ENDPOINT, { kind: 'errors', share: 1, hidden: true }, { at: 0 })];

function hops(users: Partial<PopulationSpec>, parts: Parameters<typeof drill>[0] = {}): readonly HopRecord[] {
  const workload = { kind: 'periodic', every: 10 * SECOND } as const;
  const spec = drill({
    ttl: 95,
    records: 'app 95 IN AAAA 2001:db8::80\n',
    duration: 300 * SECOND,
    populations: [population({ workload, ...users })],
    ...parts,
  });
  return simulateReplication(spec, 1, 0).hops;
}

describe('hops', () => {
  const cached = application({ cache: FOLLOWS_TTL });
  const os = stub({ cache: FOLLOWS_TTL });
  const both = [asks('app.example.com. A AAAA')];
  // Thirty requests; an answer fetched for one serves the nine after it.
  const rows: [what: string, users: Partial<PopulationSpec>, expected: string][] = [
    ['no caches', {}, 'application cache 0/30, OS cache 0/30, resolver isp 27/30, main 3'],
    ['operating system', { stub: os }, 'application cache 0/30, OS cache 27/30, resolver isp 0/3, main 3'],
    [
      'application',
      { application: cached },
      'application cache 27/30, OS cache 0/3, resolver isp 0/3, main 3',
    ],
    [
      'application of 45 s over operating system',
      { application: application({ cache: cacheRule({ mode: 'fixed', fixedSeconds: 45 }) }), stub: os },
      'application cache 24/30, OS cache 3/6, resolver isp 0/3, main 3',
    ],
    [
      'two types',
      { application: cached, questions: both },
      'application cache 54/60, OS cache 0/6, resolver isp 0/6, main 6',
    ],
    [
      'kept connections',
      { application: application({ keepAlive: 1000 * SECOND }) },
      'kept connections 29/30, application cache 0/1, OS cache 0/1, resolver isp 0/1, main 1',
    ],
    [
      'kept connections, two types',
      { application: application({ keepAlive: 1000 * SECOND, cache: FOLLOWS_TTL }), questions: both },
      'kept connections 29/30, application cache 0/2, OS cache 0/2, resolver isp 0/2, main 2',
    ],
  ];
  test.each(rows)('%s', (_, users, expected) => {
    expect(told(hops(users))).toBe(expected);
  });

  it('each attempt of a request looks up', () => {
    const retrying = application({ retries: { count: 2, firstDelay: SECOND, factor: 1 } });
    const seen = told(hops({ application: retrying }, { timeline: FAILING }));
    expect(seen).toBe('application cache 0/90, OS cache 0/90, resolver isp 87/90, main 3');
  });

  it('a refresh behind the back of the user is no query to the application', () => {
    const patient = application({ cache: cacheRule({ mode: 'ttl', graceSeconds: 20 }) });
    const seen = told(hops({ application: patient }));
    expect(seen).toBe('application cache 29/30, OS cache 0/3, resolver isp 0/3, main 3');
  });

  it('hits never exceed queries, whatever the clients', () => {
    for (const { queries, hits, peakPerSecond } of hops({
      application: cached,
      questions: both,
      count: 50,
    })) {
      expect(hits ?? 0).toBeLessThanOrEqual(queries);
      expect(peakPerSecond).toBeLessThanOrEqual(queries);
    }
  });

  it('the peak is that of the busiest bucket, per second', () => {
    const [, operating] = hops(
      { count: 40, workload: { kind: 'periodic', every: 100 * SECOND } },
      { duration: 100 * SECOND },
    );
    // One second a bucket and forty clients spread over a hundred.
    expect(operating!.queries).toBe(40);
    expect(operating!.peakPerSecond).toBeGreaterThanOrEqual(1);
    expect(operating!.peakPerSecond).toBeLessThanOrEqual(6);
  });

  it('each resolver has its own', () => {
    const workload = { kind: 'periodic', every: 10 * SECOND } as const;
    const seen = hops(
      {},
      {
        resolvers: [resolver({ name: 'a' }), resolver({ name: 'b' })],
        populations: [
          population({ name: 'u', workload, resolvers: [{ share: 1, resolvers: [0] }] }),
          population({ name: 'v', workload, resolvers: [{ share: 1, resolvers: [1] }] }),
        ],
      },
    );
    expect(told(seen)).toBe(
      'application cache 0/60, OS cache 0/60, resolver a 27/30, resolver b 27/30, main 6',
    );
  });
});
