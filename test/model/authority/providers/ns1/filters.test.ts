/**
 * The filters of NS1, each from ns1-go rest/model/filter/filter.go [go], the IBM NS1 Connect documentation [ibm] or
 * the knowledge base at help.ns1.com [kb]. Where sources differ, both readings are rows.
 */
import { describe, expect, it, test } from 'vitest';
import type { Ns1Rule } from '../../../../../src/model/authority/providers/ns1/rule.ts';
import type { PolicySpec } from '../../../../../src/model/spec.ts';
import {
  AP,
  answers,
  answerText,
  EU,
  NOWHERE,
  placedWorld,
  query,
  shares,
  surroundings,
  US,
} from '../worlds.ts';
import { decider, type Link, LOGICS, logicsWith, monitor, type Row, record } from './lab.ts';

const ALL: readonly Row[] = [['us'], ['eu'], ['ap']];

function answer(one: PolicySpec, region: number = US, unhealthy: readonly string[] = []): string {
  return answers(LOGICS, one, surroundings(unhealthy), region);
}

describe('status and tiers', () => {
  const tiers: Row[] = [
    ['us', { priority: 2, cost: 1 }],
    ['eu', { priority: 1, cost: 3 }],
    ['ap', { priority: 1, cost: 2 }],
  ];
  const rows: [what: string, answers: readonly Row[], chain: Link[], wanted: string][] = [
    ['no chain: all answers in their order [go]', ALL, [], 'us+eu+ap'],
    [
      'up removes what is not up [go, ibm]',
      [
        ['us', { up: false }],
        ['eu', { up: true }],
      ],
      ['up'],
      'eu',
    ],
    ['up keeps what has no such metadata [ibm]', [['us'], ['eu', { up: false }]], ['up'], 'us'],
    ['up may leave nothing', [['us', { up: false }]], ['up'], 'NODATA'],
    ['priority sorts, 1 first; equals keep their order [kb 360057880333]', tiers, ['priority'], 'eu+ap+us'],
    ['priority with eliminate keeps the best tier [kb]', tiers, [['priority', { eliminate: true }]], 'eu+ap'],
    ['cost sorts, cheapest first [kb]', tiers, ['cost'], 'us+ap+eu'],
    ['cost with eliminate keeps the cheapest [kb]', tiers, [['cost', { eliminate: true }]], 'us'],
    ['without a priority: last', [['us'], ['eu', { priority: 9 }]], ['priority'], 'eu+us'],
    ['select_first_n keeps one [ibm]', ALL, ['select_first_n'], 'us'],
    ['select_first_n keeps N [go]', ALL, [['select_first_n', { n: 2 }]], 'us+eu'],
    ['more than there are: all', ALL, [['select_first_n', { n: 9 }]], 'us+eu+ap'],
    [
      "select_first_region keeps the first answer's group [ibm]",
      [
        ['us', {}, 'a'],
        ['eu', {}, 'b'],
        ['ap', {}, 'a'],
      ],
      ['select_first_region'],
      'us+ap',
    ],
    [
      'answers without a group are a group [kb]',
      [['us'], ['eu', {}, 'b'], ['ap']],
      ['select_first_region'],
      'us+ap',
    ],
  ];
  test.each(rows)('%s', (_, list, chain, wanted) => {
    expect(answer(record(list, chain))).toBe(wanted);
  });

  it('the order of filters matters: select_first_n before up may empty the answer', () => {
    const list: Row[] = [
      ['us', { up: false }],
      ['eu', { up: true }],
    ];
    expect(answer(record(list, ['up', 'select_first_n']))).toBe('eu');
    expect(answer(record(list, ['select_first_n', 'up']))).toBe('NODATA');
  });

  it('both readings of what sources dispute', () => {
    const dead: Row[] = [
      ['us', { up: false }],
      ['eu', { up: false }],
    ];
    const first = { disputes: { empty: 'first', missingUp: 'keep' } } as const;
    expect(answer(record(dead, ['up']))).toBe('NODATA');
    expect(answer(record(dead, ['up'], first))).toBe('us');
    const strict = { disputes: { empty: 'nodata', missingUp: 'remove' } } as const;
    expect(answer(record([['us'], ['eu', { up: true }]], ['up'], strict))).toBe('eu');
  });
});

describe('shuffles', () => {
  const weights: Row[] = [
    ['us', { weight: 70 }],
    ['eu', { weight: 20 }],
    ['ap', { weight: 10 }],
  ];
  const one: Link = ['select_first_n', { n: 1 }];
  const rows: [what: string, answers: readonly Row[], chain: Link[], wanted: string][] = [
    ['shuffle: each first as often as the others [go]', [['us'], ['eu']], ['shuffle'], 'us+eu 50, eu+us 50'],
    ['shuffle, then one', [['us'], ['eu']], ['shuffle', one], 'us 50, eu 50'],
    ['weighted_shuffle: by weight [go, ibm]', weights, ['weighted_shuffle', one], 'us 70, eu 20, ap 10'],
    [
      'weights need not add up to anything',
      [
        ['us', { weight: 3 }],
        ['eu', { weight: 1 }],
      ],
      ['weighted_shuffle', one],
      'us 75, eu 25',
    ],
    [
      'weight 0 is never first',
      [
        ['us', { weight: 0 }],
        ['eu', { weight: 1 }],
      ],
      ['weighted_shuffle', one],
      'eu 100',
    ],
    [
      'all weights 0: alike',
      [
        ['us', { weight: 0 }],
        ['eu', { weight: 0 }],
      ],
      ['weighted_shuffle', one],
      'us 50, eu 50',
    ],
    [
      'several in order: drawn one after the other',
      [
        ['us', { weight: 2 }],
        ['eu', { weight: 1 }],
        ['ap', { weight: 1 }],
      ],
      ['weighted_shuffle', ['select_first_n', { n: 2 }]],
      'us+eu 25, us+ap 25, eu+us 17, eu+ap 8, ap+us 17, ap+eu 8',
    ],
    [
      'what was removed has no share',
      [
        ['us', { weight: 90, up: false }],
        ['eu', { weight: 1 }],
      ],
      ['up', 'weighted_shuffle', one],
      'eu 100',
    ],
  ];
  test.each(rows)('%s', (_, list, chain, wanted) => {
    expect(shares(LOGICS, record(list, chain), surroundings([]))).toBe(wanted);
  });

  it('draws nothing where there is one result', () => {
    const none = (): number => {
      throw new Error('no draw expected');
    };
    const chain = record([['us', { up: false }], ['eu']], ['up', 'shuffle', 'select_first_n']);
    expect(answerText(decider(chain, surroundings([])).decide(query(US, none)))).toBe('eu');
  });

  it('many weighted answers: the head by weight, without every order there is', () => {
    const many: Row[] = Array.from({ length: 12 }, (_, at) => [
      `${['us', 'eu', 'ap'][at] ?? `x${at + 1}`}`,
      { weight: 1 },
    ]);
    expect(decider(record(many, ['weighted_shuffle']), surroundings([])).possible(US)).toHaveLength(12);
  });
});

describe('sticky filters', () => {
  const none = (): number => {
    throw new Error('no draw expected');
  };
  const instances = Array.from({ length: 400 }, (_, instance) => instance);
  function heads(
    one: PolicySpec,
    ask: (instance: number) => object = (instance) => ({ instance }),
  ): string[] {
    const chosen = decider(one, surroundings([]));
    return instances.map((instance) =>
      answerText(chosen.decide({ ...query(US, none), service: 0, ...ask(instance) })),
    );
  }
  function counts(found: readonly string[]): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const one of found) sums[one] = (sums[one] ?? 0) + 1;
    return sums;
  }
  const one: Link = 'select_first_n';

  it('the same requester gets the same order every time [go]', () => {
    const chain = record(ALL, ['sticky']);
    expect(heads(chain)).toEqual(heads(chain));
  });
  it('requesters spread over the answers', () => {
    const { us = 0, eu = 0, ap = 0 } = counts(heads(record(ALL, ['sticky', one])));
    expect([us, eu, ap].every((count) => count > 100 && count < 170)).toBe(true);
  });
  it('by weight, where weighted [go]', () => {
    const chain = record(
      [
        ['us', { weight: 9 }],
        ['eu', { weight: 1 }],
      ],
      ['weighted_sticky', one],
    );
    expect(counts(heads(chain)).us).toBeGreaterThan(340);
    expect(counts(heads(chain)).eu).toBeGreaterThan(15);
  });
  it('a subnet shares an order where told to [go sticky_by_network]', () => {
    const chain = record(ALL, [['sticky', { byNetwork: true }], one]);
    expect(Object.keys(counts(heads(chain)))).toHaveLength(1);
  });
  it('the subnet of a client, where the resolver sends it, tells requesters apart [ibm]', () => {
    const chain = record(ALL, [['sticky', { byNetwork: true }], one]);
    const found = heads(chain, (instance) => ({ service: instance, clientRegion: EU }));
    expect(Object.keys(counts(found))).toHaveLength(3);
  });
  it('changed weights shuffle anew [kb]', () => {
    const before = heads(
      record(
        [
          ['us', { weight: 5 }],
          ['eu', { weight: 5 }],
        ],
        ['weighted_sticky', one],
      ),
    );
    const after = heads(
      record(
        [
          ['us', { weight: 6 }],
          ['eu', { weight: 4 }],
        ],
        ['weighted_sticky', one],
      ),
    );
    expect(after.filter((head, at) => head !== before[at]).length).toBeGreaterThan(100);
  });
  it('sticky_region keeps groups together, in one order for each requester [go]', () => {
    const grouped: Row[] = [
      ['us', {}, 'a'],
      ['eu', {}, 'b'],
      ['ap', {}, 'a'],
    ];
    const possible = decider(record(grouped, ['sticky_region']), surroundings([])).possible(US);
    expect(possible.map(answerText)).toEqual(['us+ap+eu', 'ap+us+eu', 'eu+us+ap', 'eu+ap+us']);
    const chain = record(grouped, ['sticky_region', 'select_first_region']);
    const chosen = decider(chain, surroundings([]));
    const draws = [0.1, 0.9].map((draw) => {
      const asked = { ...query(US, () => draw), service: 0, instance: 3 };
      return answerText(chosen.decide(asked))
        .split('+')
        .sort((a, b) => (a < b ? -1 : 1))
        .join('+');
    });
    expect(draws[0]).toBe(draws[1]);
  });
});

describe('load shedding [ibm health check filters, go]', () => {
  const loaded = (load: number, metric: 'loadavg' | 'connections' | 'requests' = 'loadavg'): PolicySpec =>
    record(
      [['us', { [metric]: load, low_watermark: 50, high_watermark: 90 }], ['eu']],
      [['shed_load', { metric }], 'select_first_n'],
    );
  const rows: [what: string, load: number, wanted: string][] = [
    ['below the low watermark nothing happens', 49, 'us 100'],
    ['at it neither', 50, 'us 100'],
    ['a quarter of the way: a quarter goes elsewhere', 60, 'us 75, eu 25'],
    ['half of the way: half', 70, 'us 50, eu 50'],
    ['at the high watermark: removed', 90, 'eu 100'],
    ['beyond it too', 500, 'eu 100'],
  ];
  test.each(rows)('%s', (_, load, wanted) => {
    expect(shares(LOGICS, loaded(load), surroundings([]))).toBe(wanted);
  });
  test.each(['connections', 'requests'] as const)('by %s', (metric) => {
    expect(answer(loaded(90, metric))).toBe('eu');
  });
  it('reads the metric it is told to, no other', () => {
    const other = record(
      [['us', { requests: 95, low_watermark: 50, high_watermark: 90 }], ['eu']],
      [['shed_load', { metric: 'connections' }], 'select_first_n'],
    );
    expect(answer(other)).toBe('us');
  });
  it('all at the high watermark: nothing is left', () => {
    const full = { loadavg: 99, low_watermark: 50, high_watermark: 90 };
    expect(
      answer(
        record(
          [
            ['us', full],
            ['eu', full],
          ],
          ['shed_load'],
        ),
      ),
    ).toBe('NODATA');
  });
});

describe('place and network', () => {
  const countries: Row[] = [
    ['us', { country: ['US'] }],
    ['eu', { country: ['IE', 'DE'] }],
    ['ap', { country: ['SG'] }],
  ];
  const states: Row[] = [
    ['us', { country: ['US'] }],
    ['eu', { us_state: ['VA', 'OH'] }],
    ['ap', { us_state: ['CA'] }],
  ];
  const georegions: Row[] = [
    ['us', { georegion: ['US-EAST', 'US-CENTRAL'] }],
    ['eu', { georegion: ['EUROPE'] }],
    ['ap', { georegion: ['ASIAPAC'] }],
  ];
  const positions: Row[] = [
    ['us', { latitude: 40, longitude: -75 }],
    ['eu', { latitude: 50, longitude: 8 }],
    ['ap'],
  ];
  const prefixes: Row[] = [
    ['us', { ip_prefixes: ['192.0.2.0/24'] }],
    ['eu', { ip_prefixes: ['198.51.0.0/16', '203.0.113.0/24'] }],
    ['ap'],
  ];
  const rows: [what: string, answers: readonly Row[], chain: Link[], region: number, wanted: string][] = [
    [
      'geotarget_country sorts and removes nothing [kb 360057879393]',
      countries,
      ['geotarget_country'],
      EU,
      'eu+us+ap',
    ],
    ['elsewhere the nearest comes first', countries, ['geotarget_country'], AP, 'ap+eu+us'],
    ['a state before its country [kb]', states, ['geotarget_country'], US, 'eu+us+ap'],
    ['a place nobody knows: as listed', countries, ['geotarget_country'], NOWHERE, 'us+eu+ap'],
    ['geotarget_regional [kb]', georegions, ['geotarget_regional'], AP, 'ap+eu+us'],
    [
      'geotarget_regional: the own georegion, else the nearest',
      georegions,
      ['geotarget_regional'],
      EU,
      'eu+us+ap',
    ],
    ['geotarget_latlong; without a position last', positions, ['geotarget_latlong'], EU, 'eu+us+ap'],
    ['geotarget_latlong elsewhere', positions, ['geotarget_latlong'], US, 'us+eu+ap'],
    ['geofence_country removes other countries [go]', countries, ['geofence_country'], EU, 'eu'],
    ['and keeps what has none', [...countries, ['x4']], ['geofence_country'], EU, 'eu+x4'],
    [
      'which remove_no_location removes on a match [go]',
      [...countries, ['x4']],
      [['geofence_country', { removeUntagged: true }]],
      EU,
      'eu',
    ],
    [
      'but not without one',
      [['us', { country: ['US'] }], ['x4']],
      [['geofence_country', { removeUntagged: true }]],
      EU,
      'x4',
    ],
    ['states: the own one [go]', states, ['geofence_country'], US, 'us+eu'],
    [
      'nothing matches, nothing untagged: nothing',
      [['us', { country: ['US'] }]],
      ['geofence_country'],
      EU,
      'NODATA',
    ],
    ['a place nobody knows matches nothing', countries, ['geofence_country'], NOWHERE, 'NODATA'],
    ['geofence_regional [go]', [...georegions, ['x4']], ['geofence_regional'], US, 'us+x4'],
    [
      'remove_no_georegion [go]',
      [...georegions, ['x4']],
      [['geofence_regional', { removeUntagged: true }]],
      US,
      'us',
    ],
    ['netfence_prefix [ibm netfence filters]', prefixes, ['netfence_prefix'], EU, 'eu+ap'],
    ['remove_no_ip_prefixes [go]', prefixes, [['netfence_prefix', { removeUntagged: true }]], US, 'us'],
    [
      'no prefix matches: the untagged stay',
      prefixes,
      [['netfence_prefix', { removeUntagged: true }]],
      NOWHERE,
      'ap',
    ],
  ];
  test.each(rows)('%s', (_, list, chain, region, wanted) => {
    expect(answer(record(list, chain), region)).toBe(wanted);
  });

  it('netfence_asn [ibm netfence filters]', () => {
    const base = placedWorld();
    const places = base.network.places!.map((place, at) => (at === EU ? { ...place, asns: [64500] } : place));
    const around = { ...surroundings([]), spec: { ...base, network: { ...base.network, places } } };
    const list: Row[] = [['us', { asn: ['64501'] }], ['eu', { asn: ['64500'] }], ['ap']];
    expect(answers(LOGICS, record(list, ['netfence_asn']), around, EU)).toBe('eu+ap');
    expect(answers(LOGICS, record(list, ['netfence_asn']), around, US)).toBe('ap');
    const strict: Link = ['netfence_asn', { removeUntagged: true }];
    expect(answers(LOGICS, record(list, [strict]), around, EU)).toBe('eu');
  });

  it('the client counts where the resolver sends its subnet', () => {
    const chosen = decider(record(countries, ['geofence_country']), surroundings([]));
    expect(answerText(chosen.decide(query(US, () => 0, AP)))).toBe('ap');
  });

  const scoped: [filter: string, isScoped: boolean][] = [
    ['geotarget_country', true],
    ['netfence_prefix', true],
    ['pulsar_performance_sort', true],
    ['weighted_shuffle', false],
    ['up', false],
  ];
  test.each(scoped)('%s depends on the place of clients: %s', (filter, isScoped) => {
    expect(LOGICS.ns1!.isScoped(record(ALL, [filter]))).toBe(isScoped);
  });
});

describe('what users measure (Pulsar) [ibm RUM-based filters]', () => {
  const measured: Row[] = [
    ['us', { pulsar_latency: 90, pulsar_availability: 99 }],
    ['eu', { pulsar_latency: 50, pulsar_availability: 80 }],
    ['ap', { pulsar_latency: 60, pulsar_availability: 100 }],
  ];
  const near: Row[] = ALL.map(([label]) => [label, { pulsar_latency: { kind: 'round-trip' } }]);
  const rows: [what: string, answers: readonly Row[], chain: Link[], region: number, wanted: string][] = [
    ['the fastest first', measured, ['pulsar_performance_sort'], US, 'eu+ap+us'],
    [
      'bypassed unless every answer has data',
      [...measured, ['x4']],
      ['pulsar_performance_sort'],
      US,
      'us+eu+ap+x4',
    ],
    ['by region, from the network of the scenario', near, ['pulsar_performance_sort'], EU, 'eu+us+ap'],
    [
      'within 20 % of the fastest',
      measured,
      [['pulsar_performance_stabilize', { threshold: 20, unit: 'percent' }]],
      US,
      'eu+ap',
    ],
    [
      'within 40 ms of it',
      measured,
      [['pulsar_performance_stabilize', { threshold: 40, unit: 'milliseconds' }]],
      US,
      'us+eu+ap',
    ],
    ['the most available first', measured, ['pulsar_availability_sort'], US, 'ap+us+eu'],
    [
      'only those at the threshold',
      measured,
      [['pulsar_availability_threshold', { threshold: 99 }]],
      US,
      'us+ap',
    ],
    [
      'cost among what is fast enough [kb cost filter]',
      measured.map(([label, meta], at) => [label, { ...meta, cost: [1, 3, 2][at]! }] as const),
      [['pulsar_performance_stabilize', { threshold: 20, unit: 'percent' }], 'cost', 'select_first_n'],
      US,
      'ap',
    ],
  ];
  test.each(rows)('%s', (_, list, chain, region, wanted) => {
    expect(answer(record(list, chain), region)).toBe(wanted);
  });
});

describe('addresses out of prefixes [go NewIPv4PrefixShuffle]', () => {
  function pooled(n: number): PolicySpec {
    const one = record([['us'], ['eu']], [['ipv4_prefix_shuffle', { n }]]);
    const rule = one.rule as Ns1Rule;
    const [us, eu] = rule.answers;
    const pool = ['x4', 'x5', 'x6'].map((label) => record([[label]], []).candidates[0]!);
    return {
      ...one,
      candidates: [...one.candidates, ...pool],
      rule: { ...one.rule, answers: [{ ...us, pool: [2, 3, 4] }, eu] },
    } as PolicySpec;
  }
  it('N of each answer that has prefixes', () => {
    expect(answer(pooled(1))).toBe('x4+eu | x5+eu | x6+eu');
    expect(answer(pooled(2))).toBe('x4+x5+eu | x5+x6+eu | x6+x4+eu');
  });
});

describe('metadata [go rest/model/data/meta.go]', () => {
  it("the answer's own value, else its group's, else the record's", () => {
    const list: Row[] = [['us', {}, 'g'], ['eu', { priority: 1 }, 'g'], ['ap']];
    const one = record(list, ['priority'], {
      groups: { g: { priority: { kind: 'fixed', value: 3 } } },
      meta: { priority: { kind: 'fixed', value: 2 } },
    });
    expect(answer(one)).toBe('eu+ap+us');
  });
  it('a monitor feeds up, and any other value', () => {
    const chain = record([['us', { up: monitor('us') }], ['eu']], ['up', 'select_first_n']);
    expect(answer(chain)).toBe('us');
    expect(answer(chain, US, ['us'])).toBe('eu');
    expect(answer(chain, US, ['eu'])).toBe('us');
    const tier = { ...monitor('us'), up: 1, down: 9 } as never;
    const tiers = record(
      [
        ['us', { priority: tier }],
        ['eu', { priority: 5 }],
      ],
      ['priority', 'select_first_n'],
    );
    expect(answer(tiers)).toBe('us');
    expect(answer(tiers, US, ['us'])).toBe('eu');
  });
  it('a data feed gives the value it has', () => {
    const fed = record(
      [
        ['us', { cost: { kind: 'feed', feed: 0 } }],
        ['eu', { cost: 5 }],
      ],
      ['cost', 'select_first_n'],
    );
    expect(answers(logicsWith([1]), fed, surroundings([]))).toBe('us');
    expect(answers(logicsWith([9]), fed, surroundings([]))).toBe('eu');
  });
});

describe('what a chain says of itself', () => {
  const list: Row[] = [
    ['us', { up: monitor('us'), priority: 2 }],
    ['eu', { up: monitor('eu'), priority: 1 }],
  ];
  const rows: [what: string, chain: Link[], unhealthy: string[], choice: string, reason: string][] = [
    ['a reordering', ['priority'], [], 'eu and us', 'priority puts eu first'],
    ['a removal', ['up', 'select_first_n'], ['us'], 'eu', 'up removes us'],
    ['a selection', ['up', 'select_first_n'], [], 'us', 'select_first_n keeps us'],
    [
      'an empty list',
      ['select_first_n', 'up'],
      ['us'],
      'no address',
      'select_first_n keeps us; up removes us: nothing is left',
    ],
    ['a draw', ['shuffle', 'select_first_n'], [], 'us or eu', 'shuffle draws; select_first_n keeps us'],
    ['nothing done', ['up'], [], 'us and eu', ''],
  ];
  test.each(rows)('%s', (_, chain, unhealthy, choice, reason) => {
    const one = decider(record(list, chain), surroundings(unhealthy));
    expect(one.choice).toBe(choice);
    expect(one.reason!()).toBe(reason);
  });
  it('the chance that an answer is put last', () => {
    const loaded = record(
      [['us', { loadavg: 60, low_watermark: 50, high_watermark: 90 }], ['eu']],
      ['shed_load'],
    );
    expect(decider(loaded, surroundings([])).reason!()).toBe('shed_load puts us last in 25 %');
  });
  it('regions apart where they differ', () => {
    const fenced = record(
      [['us', { country: ['US'] }], ['eu', { country: ['IE'] }], ['ap']],
      ['geofence_country'],
    );
    expect(decider(fenced, surroundings([])).reason!()).toBe(
      'in us: geofence_country removes eu | in eu: geofence_country removes us | in ap, nowhere: geofence_country removes us and eu',
    );
  });
});
