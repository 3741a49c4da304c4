/**
 * The rules of Amazon Route 53, each from a page of its Developer Guide (named in brackets).
 */
import { describe, expect, it, test } from 'vitest';
import { quorumForShare } from '../../../../src/model/authority/health/votes.ts';
import { ROUTE53_LOGIC } from '../../../../src/model/authority/providers/route53/logic.ts';
import type {
  Route53Record,
  Route53Rule,
  Routing,
} from '../../../../src/model/authority/providers/route53/rule.ts';
import type { CandidateSpec, PolicySpec } from '../../../../src/model/spec.ts';
import { name } from '../../world.ts';
import {
  AP,
  alias,
  answers,
  EU,
  endpoint,
  NOWHERE,
  policy,
  shares,
  surroundings,
  text,
  US,
} from './worlds.ts';

const LOGICS = { route53: ROUTE53_LOGIC };

type Row = readonly [CandidateSpec | string, Route53Record?];

/** A group of records under one routing policy. */
function group(
  routing: Routing,
  rows: readonly Row[],
  more: Partial<Route53Rule> = {},
  at = 'app.example.com.',
): PolicySpec {
  const candidates = rows.map(([one]) => (typeof one === 'string' ? endpoint(one) : one));
  const records = rows.map(([, record = {}]) => record);
  const rule: Route53Rule = {
    kind: 'route53',
    routing,
    records,
    negativeBias: 'divided',
    overlap: 'longest',
    ...more,
  };
  return policy(rule, candidates, { name: name(at) });
}

const unchecked = (label: string): CandidateSpec => {
  const { health: _, ...bare } = endpoint(label);
  return bare;
};

const weighted = (...weights: readonly (readonly [CandidateSpec | string, number])[]): PolicySpec =>
  group(
    'weighted',
    weights.map(([one, weight]) => [one, { weight }] as const),
  );

describe('weighted [routing-policy-weighted, health-checks-how-route-53-chooses-records]', () => {
  const rows: [what: string, policy: PolicySpec, unhealthy: string[], shares: string][] = [
    ['by weight', weighted(['us', 70], ['eu', 30]), [], 'us 70, eu 30'],
    [
      'an unhealthy one drops out, the rest share',
      weighted(['us', 50], ['eu', 30], ['ap', 20]),
      ['us'],
      'eu 60, ap 40',
    ],
    ['weight 0 is not answered', weighted(['us', 1], ['eu', 0]), [], 'us 100'],
    ['weight 0 is answered when all others are unhealthy', weighted(['us', 1], ['eu', 0]), ['us'], 'eu 100'],
    [
      'weight 0 and others, all unhealthy: as though all were healthy',
      weighted(['us', 1], ['eu', 0]),
      ['us', 'eu'],
      'us 100',
    ],
    ['all weights 0: all alike', weighted(['us', 0], ['eu', 0]), [], 'us 50, eu 50'],
    ['all weights 0: the healthy ones', weighted(['us', 0], ['eu', 0]), ['us'], 'eu 100'],
    ['all unhealthy: by weight', weighted(['us', 70], ['eu', 30]), ['us', 'eu'], 'us 70, eu 30'],
    ['no check: always healthy', weighted([unchecked('us'), 70], ['eu', 30]), ['us', 'eu'], 'us 100'],
  ];
  test.each(rows)('%s', (_, one, unhealthy, wanted) => {
    expect(shares(LOGICS, one, surroundings(unhealthy))).toBe(wanted);
  });
});

describe('failover [health-checks-how-route-53-chooses-records, dns-failover-types]', () => {
  const pair = (primary: CandidateSpec | string, secondary: CandidateSpec | string): PolicySpec =>
    group('failover', [
      [primary, { role: 'primary' }],
      [secondary, { role: 'secondary' }],
    ]);
  const rows: [what: string, policy: PolicySpec, unhealthy: string[], answer: string][] = [
    ['primary healthy', pair('us', 'eu'), [], 'us'],
    ['primary unhealthy', pair('us', 'eu'), ['us'], 'eu'],
    ['both unhealthy: the primary', pair('us', 'eu'), ['us', 'eu'], 'us'],
    ['secondary unhealthy', pair('us', 'eu'), ['eu'], 'us'],
    ['a secondary without a check is always usable', pair('us', unchecked('eu')), ['us', 'eu'], 'eu'],
    ['a primary without a check never fails over', pair(unchecked('us'), 'eu'), ['us'], 'us'],
  ];
  test.each(rows)('%s', (_, one, unhealthy, wanted) => {
    expect(answers(LOGICS, one, surroundings(unhealthy))).toBe(wanted);
  });

  it('does not depend on the order in which the records are listed', () => {
    const one = group('failover', [
      ['eu', { role: 'secondary' }],
      ['us', { role: 'primary' }],
    ]);
    expect(answers(LOGICS, one, surroundings([]))).toBe('us');
    expect(answers(LOGICS, one, surroundings(['us']))).toBe('eu');
    expect(answers(LOGICS, one, surroundings(['us', 'eu']))).toBe('us');
  });
});

describe('multivalue [routing-policy-multivalue]', () => {
  const many = ['us', 'eu', 'ap', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9', 'x10'];
  const sizes = (unhealthy: readonly string[]): number[] => {
    const one = group(
      'multivalue',
      many.map((label) => [label] as const),
    );
    const found = answers(LOGICS, one, surroundings(unhealthy)).split(' | ');
    return [...new Set(found.map((answer) => answer.split('+').length))];
  };
  it('answers with up to eight healthy records', () => expect(sizes([])).toEqual([8]));
  it('answers with fewer when fewer are healthy', () => expect(sizes(many.slice(0, 7))).toEqual([3]));
  it('answers with up to eight when all are unhealthy', () => expect(sizes(many)).toEqual([8]));
  it('leaves unhealthy records out', () => {
    const one = group('multivalue', [['us'], ['eu'], ['ap']]);
    expect(answers(LOGICS, one, surroundings(['eu']))).toBe('us+ap | ap+us');
  });
  it('uses every record alike', () => {
    const one = group(
      'multivalue',
      many.map((label) => [label] as const),
    );
    const first = shares(LOGICS, one, surroundings([]))
      .split(', ')
      .map((share) => share.split('+')[0]);
    expect(new Set(first).size).toBe(many.length);
  });
});

describe('simple [routing-policy-simple]', () => {
  it('answers all values, every one of them first in turn, without health checks', () => {
    const one = group('simple', [['us'], ['eu']]);
    expect(answers(LOGICS, one, surroundings(['us']))).toBe('us+eu | eu+us');
  });
});

describe('latency [routing-policy-latency]', () => {
  const one = group('latency', [['us'], ['eu'], ['ap']]);
  const rows: [what: string, region: number, unhealthy: string[], answer: string][] = [
    ['the nearest', EU, [], 'eu'],
    ['the next nearest when that is unhealthy', EU, ['eu'], 'us'],
    ['the last one left', EU, ['eu', 'us'], 'ap'],
    ['all unhealthy: the nearest', AP, ['us', 'eu', 'ap'], 'ap'],
    ['equally near ones: all alike', NOWHERE, [], 'us | eu | ap'],
  ];
  test.each(rows)('%s', (_, region, unhealthy, wanted) => {
    expect(answers(LOGICS, one, surroundings(unhealthy), region)).toBe(wanted);
  });
});

describe('geolocation [routing-policy-geo, resource-record-sets-values-geo]', () => {
  const state: Row = ['x4', { territory: { level: 'subdivision', code: 'US-VA' } }];
  const country: Row = ['us', { territory: { level: 'country', code: 'US' } }];
  const continent: Row = ['x5', { territory: { level: 'continent', code: 'NA' } }];
  const world: Row = ['eu', { territory: { level: 'world', code: '' } }];
  const ladder = [world, continent, country, state];
  const rows: [what: string, records: Row[], region: number, unhealthy: string[], answer: string][] = [
    ['the smallest territory', ladder, US, [], 'x4'],
    ['an unhealthy state: the country', ladder, US, ['x4'], 'us'],
    ['an unhealthy country too: the continent', ladder, US, ['x4', 'us'], 'x5'],
    ['an unhealthy continent too: the default', ladder, US, ['x4', 'us', 'x5'], 'eu'],
    ['all of the ladder unhealthy: the smallest', ladder, US, ['x4', 'us', 'x5', 'eu'], 'x4'],
    ['nothing closer: the default', ladder, AP, [], 'eu'],
    ['no match and no default', [country, continent], AP, [], 'NODATA'],
    ['no default, the match unhealthy', [country], US, ['us'], 'us'],
    ['a place nobody knows: the default', ladder, NOWHERE, [], 'eu'],
    ['a place nobody knows, no default', [country], NOWHERE, [], 'NODATA'],
  ];
  test.each(rows)('%s', (_, records, region, unhealthy, wanted) => {
    expect(answers(LOGICS, group('geolocation', records), surroundings(unhealthy), region)).toBe(wanted);
  });
});

describe('geoproximity [routing-policy-geoproximity]', () => {
  // From EU: us 5463 km, eu 0, ap 11155 km.
  const near = (usBias: number, apBias: number, negativeBias: Route53Rule['negativeBias']): PolicySpec =>
    group(
      'geoproximity',
      [
        ['us', { bias: usBias }],
        ['ap', { bias: apBias }],
      ],
      { negativeBias },
    );
  const rows: [what: string, us: number, ap: number, formula: Route53Rule['negativeBias'], answer: string][] =
    [
      ['no bias: the nearest', 0, 0, 'divided', 'us'],
      ['a positive bias draws in: 11155 (1 - 0.6) < 5463', 0, 60, 'divided', 'ap'],
      ['not far enough: 11155 (1 - 0.4) > 5463', 0, 40, 'divided', 'us'],
      ['a negative bias, divided: 5463 / (1 - 0.6) > 11155', -60, 0, 'divided', 'ap'],
      ['the same, multiplied: 5463 (1 + 0.6) < 11155', -60, 0, 'multiplied', 'us'],
    ];
  test.each(rows)('%s', (_, us, ap, formula, wanted) => {
    expect(answers(LOGICS, near(us, ap, formula), surroundings([]), EU)).toBe(wanted);
  });
  it('goes to the next nearest when the nearest is unhealthy', () => {
    expect(answers(LOGICS, near(0, 0, 'divided'), surroundings(['us']), EU)).toBe('ap');
    expect(answers(LOGICS, near(0, 0, 'divided'), surroundings(['us', 'ap']), EU)).toBe('us');
  });
});

describe('IP-based [routing-policy-ipbased]', () => {
  const wide: Row = ['us', { blocks: ['192.0.0.0/16'] }];
  const close: Row = ['eu', { blocks: ['192.0.2.0/24'] }];
  const longer: Row = ['ap', { blocks: ['192.0.2.0/25'] }];
  const rest: Row = ['x4', { blocks: [] }];
  const rows: [
    what: string,
    records: Row[],
    region: number,
    overlap: Route53Rule['overlap'],
    answer: string,
  ][] = [
    ['a block that holds the client', [wide, rest], US, 'longest', 'us'],
    ['of two, the longest', [wide, close, rest], US, 'longest', 'eu'],
    ['of two, the first, as the option says', [wide, close, rest], US, 'first', 'us'],
    ['a source shorter than the block does not match', [longer, rest], US, 'longest', 'x4'],
    ['elsewhere: the default', [wide, close, rest], EU, 'longest', 'x4'],
    ['elsewhere without a default', [wide], EU, 'longest', 'NODATA'],
  ];
  test.each(rows)('%s', (_, records, region, overlap, wanted) => {
    expect(answers(LOGICS, group('ip', records, { overlap }), surroundings([]), region)).toBe(wanted);
  });
});

describe('alias records [dns-failover-complex-configs]', () => {
  const below = group(
    'weighted',
    [
      ['us', { weight: 1 }],
      ['x4', { weight: 1 }],
    ],
    {},
    'us.example.com.',
  );
  const tree = (evaluatesTarget: boolean, check: Partial<CandidateSpec> = {}): PolicySpec =>
    group('failover', [
      [
        { ...alias('us.example.com.'), ...check },
        { role: 'primary', evaluatesTarget },
      ],
      ['eu', { role: 'secondary' }],
    ]);
  const own = { health: { kind: 'endpoint', endpoint: 2 } } as const;
  const rows: [what: string, policy: PolicySpec, unhealthy: string[], answer: string][] = [
    ['healthy while one record below is', tree(true), ['us'], 'alias us.example.com.'],
    ['leaves the branch when all below are unhealthy', tree(true), ['us', 'x4'], 'eu'],
    ['without evaluation: commits to the branch', tree(false), ['us', 'x4'], 'alias us.example.com.'],
    ['everything unhealthy: the primary', tree(true), ['us', 'x4', 'eu'], 'alias us.example.com.'],
    ['with a check too, both must pass: check fails', tree(true, own), ['ap'], 'eu'],
    ['with a check too, both must pass: target fails', tree(true, own), ['us', 'x4'], 'eu'],
    ['with a check too: both pass', tree(true, own), [], 'alias us.example.com.'],
  ];
  test.each(rows)('%s', (_, one, unhealthy, wanted) => {
    expect(answers(LOGICS, one, surroundings(unhealthy, [below, one]))).toBe(wanted);
  });

  it('takes a target without a policy for healthy: such a record has no check', () => {
    const one = tree(true);
    expect(answers(LOGICS, one, surroundings(['us', 'x4'], [one]))).toBe('alias us.example.com.');
  });

  it('an alias to a load balancer follows the health of the resource when it evaluates it', () => {
    const { health: target, ...elb } = endpoint('us');
    const row = (evaluatesTarget: boolean): PolicySpec =>
      group('failover', [
        [elb, { role: 'primary', evaluatesTarget, ...(evaluatesTarget ? { target: target! } : {}) }],
        ['eu', { role: 'secondary' }],
      ]);
    expect(answers(LOGICS, row(true), surroundings(['us']))).toBe('eu');
    expect(answers(LOGICS, row(false), surroundings(['us']))).toBe('us');
  });

  it('two aliases at each other come to an end', () => {
    const one = group('failover', [
      [alias('app.example.com.'), { role: 'primary', evaluatesTarget: true }],
      ['eu', { role: 'secondary' }],
    ]);
    expect(answers(LOGICS, one, surroundings([], [one]))).toBe('alias app.example.com.');
  });
});

describe('health checks [dns-failover-determining-health-of-endpoints]', () => {
  it('healthy while more than 18 % of fifteen checkers say so: three do, two do not', () => {
    const quorum = quorumForShare(15, 0.18);
    expect([15 - 3 < quorum, 15 - 2 < quorum]).toEqual([true, false]);
  });
});

describe('what depends on the place of the client', () => {
  const rows: [Routing, boolean][] = [
    ['simple', false],
    ['weighted', false],
    ['failover', false],
    ['multivalue', false],
    ['latency', true],
    ['geolocation', true],
    ['geoproximity', true],
    ['ip', true],
  ];
  test.each(rows)('%s: %s', (routing, scoped) => {
    expect(ROUTE53_LOGIC.isScoped(group(routing, [[text('192.0.2.1')]]))).toBe(scoped);
  });
});
