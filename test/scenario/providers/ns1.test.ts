/** NS1 as scenarios write it: what becomes of records, feeds and monitors, what is warned of, and what is refused. */
import { describe, expect, it, test } from 'vitest';
import type { Ns1Options, Ns1Rule } from '../../../src/model/authority/providers/ns1/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { line, load, mustLoad } from '../base.ts';

const HEAD = `duration: 1h
network: { regions: [us-east, eu-west, ap-south] }
zones:
  - { name: example.com, records: "www 60 IN A 203.0.113.10" }
endpoints:
  us: { address: [203.0.113.10, 203.0.113.11], check: { tcp: true } }
  eu: { address: 198.51.100.20, region: eu-west, check: { tcp: true } }
clients:
  users: { count: 10, requests: { name: www.example.com } }
`;
const FEEDS = '{ load: { 0s: 20, 10m: 95 }, price: { 0s: 1 } }';

function text(record: string, own = `{ feeds: ${FEEDS} }`): string {
  return `${HEAD}providers: { main: { kind: ns1, ns1: ${own} } }
policies:
  app.example.com/A: { ns1: ${record} }
`;
}

function specOf(record: string, own?: string): WorldSpec {
  return mustLoad(text(record, own)).strategies[0]!.spec;
}

function policyOf(record: string, own?: string): PolicySpec {
  return specOf(record, own).policies[0]!;
}

function ruleOf(record: string, own?: string): Ns1Rule {
  return policyOf(record, own).rule as Ns1Rule;
}

/** Without the place in the text. */
function problems(record: string, own?: string): string[] {
  return load(text(record, own)).issues.map((issue) => line(issue).replace(/^\d+:\d+ /, ''));
}

describe('a record', () => {
  it('has answers with metadata, groups and a chain', () => {
    const rule = ruleOf(
      '{ answers: [{ endpoint: us, group: west, meta: { weight: 3 } }, eu], groups: { west: { priority: 2 } }, meta: { priority: 1 }, chain: [up, priority, { select_first_n: { N: 2 } }] }',
    );
    expect(rule.answers[0]).toMatchObject({
      group: 'west',
      meta: {
        weight: { kind: 'fixed', value: 3 },
        up: { kind: 'monitor', of: { kind: 'endpoint', endpoint: 0 } },
      },
    });
    expect(rule.groups).toEqual({ west: { priority: { kind: 'fixed', value: 2 } } });
    expect(rule.meta).toEqual({ priority: { kind: 'fixed', value: 1 } });
    expect(rule.chain).toEqual([
      { filter: 'up', config: {} },
      { filter: 'priority', config: { eliminate: false } },
      { filter: 'select_first_n', config: { n: 2 } },
    ]);
  });

  it('takes up from elsewhere where it is written', () => {
    const one = policyOf(
      '{ answers: [{ endpoint: us, meta: { up: { monitor: eu } } }, { endpoint: eu, meta: { up: true } }], chain: [up] }',
    );
    const { answers } = one.rule as Ns1Rule;
    expect(answers.map(({ meta }) => meta.up)).toEqual([
      { kind: 'monitor', of: { kind: 'endpoint', endpoint: 1 }, up: true, down: false },
      { kind: 'fixed', value: true },
    ]);
    expect(one.watches).toEqual([{ kind: 'endpoint', endpoint: 1 }]);
    const grouped = '{ answers: [{ endpoint: us, group: g }], groups: { g: { up: false } }, chain: [up] }';
    expect(ruleOf(grouped).answers[0]!.meta).toEqual({});
  });

  it('reads feeds and monitors for any value', () => {
    const rule = ruleOf(
      '{ answers: [{ endpoint: us, meta: { cost: { feed: price }, priority: { monitor: eu, up: 1, down: 9 }, pulsar_latency: round-trip } }], chain: [cost, priority, pulsar_performance_sort] }',
    );
    expect(rule.answers[0]!.meta).toMatchObject({
      cost: { kind: 'feed', feed: 1 },
      priority: { kind: 'monitor', up: 1, down: 9 },
      pulsar_latency: { kind: 'round-trip' },
    });
  });

  it('may be linked to another, with its chain', () => {
    const one = policyOf('{ link: www.example.com }');
    expect(one.word).toBe('ns1 link');
    expect(one.candidates).toMatchObject([{ data: { kind: 'alias', name: 'www.example.com.' } }]);
  });

  it('draws addresses out of prefixes: those of the endpoint that lie in them', () => {
    const one = policyOf(
      '{ answers: [{ endpoint: us, meta: { ip_prefixes: 203.0.113.0/24 } }, eu], chain: [{ ipv4_prefix_shuffle: { N: 1 } }] }',
    );
    expect(one.candidates.map(({ label }) => label)).toEqual(['us', 'eu', '203.0.113.10', '203.0.113.11']);
    expect((one.rule as Ns1Rule).answers.map(({ pool }) => pool)).toEqual([[2, 3], undefined]);
  });

  it('leaves disabled filters out', () => {
    expect(ruleOf('{ answers: [us], chain: [{ up: { disabled: true } }, shuffle] }').chain).toHaveLength(1);
  });
});

describe('the provider', () => {
  it('has four anycast servers, an SOA of 3600 s, TTL 3600 s, and feeds that take seconds', () => {
    const { providers, zones, policies } = specOf('{ answers: [us] }');
    expect(providers[0]!.servers.map(({ name }) => name.replace(/p\d\d/, 'pNN'))).toEqual([
      'dns1.pNN.nsone.net.',
      'dns2.pNN.nsone.net.',
      'dns3.pNN.nsone.net.',
      'dns4.pNN.nsone.net.',
    ]);
    expect(zones[0]!.zone.soa()).toMatchObject({ ttl: 3600 });
    expect(policies[0]).toMatchObject({ ttl: 3600 });
    expect(providers[0]!.options).toMatchObject({
      feedDelay: 5e6,
      feeds: [
        { name: 'load', first: 20, steps: [{ at: 600e6, value: 95 }] },
        { name: 'price', first: 1, steps: [] },
      ],
      disputes: { empty: 'nodata', missingUp: 'keep' },
    } satisfies Partial<Ns1Options>);
  });

  it('settings decide disputed rules', () => {
    const rule = ruleOf('{ answers: [us] }', '{ empty: first, missing-up: remove }');
    expect(rule.disputes).toEqual({ empty: 'first', missingUp: 'remove' });
  });

  const policies: [policy: string, quorum: number][] = [
    ['{}', 2],
    ['{ policy: quorum }', 2],
    ['{ policy: all }', 3],
    ['{ policy: one }', 1],
  ];
  test.each(policies)('monitors of %s: %d of three regions say down', (own, quorum) => {
    expect(specOf('{ answers: [us] }', own).endpoints[0]!.check).toMatchObject({
      quorum,
      regions: [0, 1, 2],
      failures: 1,
      successes: 1,
      interval: 60e6,
      recheck: { times: 1, after: 1e6 },
    });
  });

  const kinds: [check: string, kind: string][] = [
    ['https: /x', 'https'],
    ['tcp: true', 'tcp'],
    ['ping: true', 'ping'],
    ['dns: true', 'dns'],
  ];
  test.each(kinds)('monitors of type %s [job.go]', (check, kind) => {
    const { endpoints } = mustLoad(text('{ answers: [us] }').replace('tcp: true', check)).strategies[0]!.spec;
    expect(endpoints[0]!.check).toMatchObject({ kind });
  });

  it('shows both sources of what is disputed, and what each filter does', () => {
    const { effective } = mustLoad(text('{ answers: [us, eu], chain: [up, select_first_n] }')).strategies[0]!;
    const shown = (path: string): string => {
      const found = effective.find((one) => one.path === path)!;
      return `${found.value}: ${'source' in found.from ? found.from.source : 'why' in found.from ? found.from.why : 'written'}`;
    };
    expect(shown('providers.main.ns1.empty')).toMatch(/^nodata: .*pipe.*but IBM.*at least one answer/);
    expect(shown('providers.main.ns1.missing-up')).toMatch(/^keep: .*IBM.*but ns1-go/);
    expect(shown('policies.app.example.com/A.ns1.chain.0.filter')).toBe('up: written');
    expect(shown('policies.app.example.com/A.ns1.chain.0.effect')).toMatch(
      /^removes answers that are not up/,
    );
    expect(shown('policies.app.example.com/A.ns1.chain.1.select_first_n.N')).toMatch(/^1: IBM/);
    expect(shown('policies.app.example.com/A.ns1.answers.0.meta.up')).toMatch(/^its monitor/);
  });
});

describe('what is warned of', () => {
  const rows: [what: string, record: string, wanted: string[]][] = [
    [
      'a selection before a removal',
      '{ answers: [us, eu], chain: [select_first_n, up] }',
      [
        'warning scenario-ns1-order: select_first_n comes before up: what it keeps may be all that up removes, which leaves nothing to answer (policies.app.example.com/A.ns1.chain.1) -> put up before select_first_n, or write { up: { knowingly: true } }',
      ],
    ],
    ['unless it is meant', '{ answers: [us, eu], chain: [select_first_n, { up: { knowingly: true } }] }', []],
    ['the usual order', '{ answers: [us, eu], chain: [up, select_first_n] }', []],
    [
      'a filter without its metadata',
      '{ answers: [us, eu], chain: [weighted_shuffle, sticky_region] }',
      [
        'warning scenario-ns1-metadata: no answer has weight metadata, so weighted_shuffle changes nothing (policies.app.example.com/A.ns1.chain.0) -> add meta: { weight: ... } to the answers',
        'warning scenario-ns1-metadata: no answer has a group, so sticky_region takes all of them for one (policies.app.example.com/A.ns1.chain.1) -> add group: NAME',
      ],
    ],
  ];
  test.each(rows)('%s', (_, record, wanted) => expect(problems(record)).toEqual(wanted));
});

describe('what is refused', () => {
  const at = 'policies.app.example.com/A.ns1';
  const rows: [what: string, record: string, wanted: RegExp[]][] = [
    [
      'a filter nobody knows',
      '{ answers: [us], chain: [wieghted_shuffle] }',
      [/scenario-bad-word.*did you mean 'weighted_shuffle'/],
    ],
    [
      'and with settings',
      '{ answers: [us], chain: [{ select_frist_n: { N: 1 } }] }',
      [/scenario-unknown-key.*did you mean 'select_first_n'/],
    ],
    [
      'a setting it does not have',
      '{ answers: [us], chain: [{ select_first_n: { n: 1 } }] }',
      [/scenario-unknown-key.*did you mean 'N'/],
    ],
    [
      'a setting out of range',
      '{ answers: [us], chain: [{ select_first_n: { N: 0 } }] }',
      [/scenario-bad-number.*from 1 to 1000/],
    ],
    [
      'two filters in one link',
      '{ answers: [us], chain: [{ up: {}, shuffle: {} }] }',
      [/scenario-ns1-filter: a link of the chain is one filter/],
    ],
    [
      'metadata nobody knows',
      '{ answers: [{ endpoint: us, meta: { wieght: 1 } }] }',
      [/scenario-unknown-key.*did you mean 'weight'/],
    ],
    [
      'a georegion nobody knows',
      '{ answers: [{ endpoint: us, meta: { georegion: US-NORTH } }], chain: [geotarget_regional] }',
      [/scenario-bad-word.*US-NORTH/],
    ],
    [
      'a feed nobody lists',
      '{ answers: [{ endpoint: us, meta: { cost: { feed: prise } } }], chain: [cost] }',
      [/scenario-unknown-feed: there is no data feed 'prise'.*did you mean 'price'/],
    ],
    [
      'a monitor nobody defines',
      '{ answers: [{ endpoint: us, meta: { up: { monitor: usa } } }], chain: [up] }',
      [/scenario-unknown-check: there is no check 'usa'.*did you mean 'us'/],
    ],
    [
      'a monitor for a number',
      '{ answers: [{ endpoint: us, meta: { cost: { monitor: us } } }], chain: [cost] }',
      [/scenario-ns1-live: a monitor says up or down; what is cost then/],
    ],
    [
      'a group nobody lists',
      '{ answers: [{ endpoint: us, group: eats }], groups: { east: { weight: 1 } } }',
      [/scenario-unknown-group.*did you mean 'east'/],
    ],
    [
      'watermarks the wrong way round',
      '{ answers: [{ endpoint: us, meta: { loadavg: 1, low_watermark: 9, high_watermark: 5 } }], chain: [shed_load] }',
      [/scenario-ns1-watermarks: the low watermark 9 is not below/],
    ],
    [
      'prefixes without addresses',
      '{ answers: [{ endpoint: eu, meta: { ip_prefixes: 203.0.113.0/24 } }], chain: [ipv4_prefix_shuffle] }',
      [/scenario-ns1-prefixes: no address of the endpoint/],
    ],
    [
      'neither answers nor a link',
      '{ chain: [up] }',
      [/scenario-ns1-record: a record has answers, or is linked/],
    ],
  ];
  test.each(rows)('%s', (_, record, wanted) => {
    const found = problems(record);
    expect(found).toHaveLength(wanted.length);
    for (const [index, pattern] of wanted.entries()) expect(found[index]).toMatch(pattern);
    expect(found.every((one) => one.includes(at))).toBe(true);
  });

  it('a link without a filter', () => {
    expect(problems('{ answers: [us], chain: [{}] }')).toEqual([
      'scenario-ns1-filter: the link has no filter (policies.app.example.com/A.ns1.chain.0) -> name a filter, for example up',
    ]);
  });

  it('feeds without a beginning, and times that are none', () => {
    expect(
      problems('{ answers: [us] }', '{ feeds: { load: { 5m: 1 }, price: { soon: 1, 0s: 2 } } }'),
    ).toEqual([
      'scenario-ns1-feed: the feed load has no value at the beginning (providers.main.ns1.feeds.load) -> add 0s: VALUE',
      "scenario-bad-duration: 'soon' is not a duration (providers.main.ns1.feeds.price.soon) -> write 90s, 1h30m, 250ms or 365d",
    ]);
  });
});
