/** Cloudflare as scenarios write it: what becomes of it, what is explained, and what is refused. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type {
  BalancerRule,
  CloudflareOptions,
} from '../../../src/model/authority/providers/cloudflare/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../src/model/spec.ts';
import { describeSource } from '../../../src/scenario/effective.ts';
import { line, load, mustLoad } from '../base.ts';

const HEAD = `duration: 1h
network: { regions: [us-east, eu-west] }
zones:
  - name: example.com
    records: |
      www 60 IN A 203.0.113.10
      blog 60 IN CNAME www
      txt 60 IN TXT "no address"
endpoints:
  us: { address: 203.0.113.10, check: { https: / } }
  eu: { address: 198.51.100.20, region: eu-west, check: { https: / } }
  spare: { address: 198.51.100.30, region: eu-west }
checks:
  us-from-eu: { endpoint: us, https: /, regions: [eu-west] }
clients:
  users: { count: 10, requests: { name: www.example.com } }
`;

const provider = (options: string): string =>
  `providers: { cf: { kind: cloudflare${options === '' ? '' : `, cloudflare: ${options}`} } }\n`;

function specOf(more: string, options = ''): WorldSpec {
  return mustLoad(HEAD + provider(options) + more).strategies[0]!.spec;
}

function policyOf(words: string, beside = ''): PolicySpec {
  return specOf(`policies:\n  app.example.com/A: { cloudflare: ${words}${beside} }\n`).policies[0]!;
}

function told(more: string, path: string, options = ''): string {
  const { effective } = mustLoad(HEAD + provider(options) + more).strategies[0]!;
  const { value, from } = effective.find((one) => one.path === path)!;
  return `${value}, ${describeSource(from)}`;
}

const problems = (more: string, options = ''): string[] =>
  load(HEAD + provider(options) + more).issues.map(line);

describe('what a Cloudflare provider brings along', () => {
  const spec = specOf('');
  it('two name servers, an NS set of a day and its SOA', () => {
    const { zone } = spec.zones.find(({ origin }) => origin === 'example.com.')!;
    const names = spec.providers[0]!.servers.map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(names.every((name) => /^[a-z]+\.ns\.cloudflare\.com\.$/.test(name))).toBe(true);
    expect(zone.get('example.com.' as never, 2)!.ttl).toBe(86_400);
    expect([zone.soa()!.ttl, zone.soa()!.rdata[0]!.text.split(' ').slice(2).join(' ')]).toEqual([
      1800,
      '1 10000 2400 604800 1800',
    ]);
  });
  it('monitors from three data centres in every region, with a majority of both', () => {
    expect(spec.endpoints[0]!.check).toMatchObject({
      interval: 60 * SECOND,
      timeout: 5 * SECOND,
      failures: 1,
      successes: 1,
      regions: [0, 0, 0, 1, 1, 1],
      quorum: 2,
      regionQuorum: 2,
      recheck: { times: 2, after: 0 },
    });
  });
  it('checks that begin healthy, or down as a new monitor is, with the source of both', () => {
    const text = HEAD.replace('{ https: / }', '{ https: /, initial: unhealthy }');
    const endpoints = mustLoad(text + provider('')).strategies[0]!.spec.endpoints;
    expect(endpoints.slice(0, 2).map(({ check }) => check!.initial)).toEqual(['unhealthy', 'healthy']);
    expect(told('', 'endpoints.us.check.initial')).toMatch(/^healthy, .*without a result counts as down/);
  });
  it('an address of the edge in both families for each proxied name', () => {
    const proxied = specOf('', '{ proxied: [www.example.com, blog.example.com] }').endpoints.filter(
      (one) => one.proxy,
    );
    expect(proxied.map(({ proxy }) => proxy!.name)).toEqual(['www.example.com.', 'blog.example.com.']);
    const addresses = proxied.flatMap((one) => one.addresses);
    expect([addresses.length, new Set(addresses).size]).toEqual([4, 4]);
    expect(spec.endpoints.some((one) => one.proxy)).toBe(false);
  });
});

describe('balancers', () => {
  const rows: [words: string, rule: Partial<BalancerRule>][] = [
    [
      '{ pools: { us: [us], eu: [eu] } }',
      { steering: 'default', defaults: [0, 1], fallback: 1, proxied: false, answer: 'one' },
    ],
    ['{ pools: { us: [us], eu: [eu] }, default: eu }', { defaults: [1], fallback: 1 }],
    ['{ pools: { us: [us], eu: [eu] }, default: [eu, us] }', { defaults: [1, 0], fallback: 0 }],
    ['{ pools: { us: [us], eu: [eu] }, fallback: us }', { fallback: 0 }],
    [
      '{ pools: { us: [us], eu: [eu] }, steering: random, proxied: true }',
      { steering: 'random', proxied: true },
    ],
    [
      '{ pools: { us: [us], eu: [eu] }, geo: { region WEU: eu, country US: [us, eu], pop eu-west: eu } }',
      {
        geo: [
          { area: { level: 'region', code: 'WEU' }, pools: [1] },
          { area: { level: 'country', code: 'US' }, pools: [0, 1] },
          { area: { level: 'pop', region: 1 }, pools: [1] },
        ],
      },
    ],
    [
      '{ pools: { us: [us] }, prefer-ecs: always, location-mode: resolver-ip }',
      { location: { preferEcs: 'always', mode: 'resolver-ip' } },
    ],
    ['{ pools: { us: [us] }, failover-across-pools: true }', { failoverAcrossPools: true }],
  ];
  test.each(rows)('%s', (words, rule) => expect(policyOf(words).rule).toMatchObject(rule));

  it('no fallback pool', () => {
    expect(
      (policyOf('{ pools: { us: [us] }, fallback: none }').rule as BalancerRule).fallback,
    ).toBeUndefined();
  });
  it('pools in full, with weights and health by region', () => {
    const one = policyOf(
      '{ pools: { us: { endpoints: [{ endpoint: us, weight: 0.5, views: { eu-west: us-from-eu } }, spare], minimum: 2, weight: 3, steering: hash, latitude: 38.9, longitude: -77.4 }, eu: { endpoints: { eu: 0.2 } } } }',
    );
    expect(one.rule).toMatchObject({
      pools: [
        {
          name: 'us',
          minimum: 2,
          weight: 3,
          steering: 'hash',
          latitude: 38.9,
          longitude: -77.4,
          members: [
            { candidate: 0, weight: 0.5, views: new Map([[1, { kind: 'check', check: 0 }]]) },
            { candidate: 1, weight: 1 },
          ],
        },
        { name: 'eu', minimum: 1, weight: 1, members: [{ candidate: 2, weight: 0.2 }] },
      ],
    });
    expect(one.watches).toEqual([{ kind: 'check', check: 0 }]);
    expect(one.candidates.map(({ health }) => health !== undefined)).toEqual([true, false, true]);
  });
  it('TTL 30 s DNS-only, as written, and 300 s proxied', () => {
    expect(policyOf('{ pools: { us: [us] } }').ttl).toBe(30);
    expect(policyOf('{ pools: { us: [us] } }', ', ttl: 60s').ttl).toBe(60);
    expect(policyOf('{ pools: { us: [us] }, proxied: true }').ttl).toBe(300);
  });
  it('a disabled one stands for nothing', () => {
    const spec = specOf(
      'policies:\n  app.example.com/A: { cloudflare: { pools: { us: [us] }, enabled: false, proxied: true } }\n',
    );
    expect(spec.zones[0]!.zone.get('app.example.com.' as never, 1)).toBeUndefined();
    expect(spec.endpoints.some((one) => one.proxy)).toBe(false);
  });
  it('a flattened CNAME at the apex, proxied or not', () => {
    const of = (more: string): WorldSpec =>
      specOf(`policies:\n  example.com/A: { cloudflare: { cname: www.example.com${more} } }\n`);
    expect(of('').policies[0]!.candidates[0]!.data).toMatchObject({
      kind: 'alias',
      name: 'www.example.com.',
    });
    expect(of('').endpoints.filter((one) => one.proxy)).toEqual([]);
    expect(of(', proxied: true').endpoints.flatMap((one) => one.proxy?.name ?? [])).toEqual(['example.com.']);
  });
});

describe('settings', () => {
  it('are read', () => {
    const options = specOf(
      '',
      '{ plan: business, flatten: all, flattened: blog.example.com, regions: { eu-west: WEU }, dns-only-answer: all }',
    ).providers[0]!.options as CloudflareOptions;
    expect(options).toMatchObject({
      plan: 'business',
      flattensAll: true,
      flattened: ['blog.example.com.'],
      answer: 'all',
    });
    expect([...options.regions]).toEqual([[1, 'WEU']]);
  });
  it('are explained with both sources where pages differ', () => {
    expect(told('', 'providers.cf.cloudflare.dns-only-answer')).toMatch(
      /^one, .*healthy endpoint.*same page.*all/,
    );
    expect(told('', 'providers.cf.cloudflare.interval-limits')).toMatch(
      /^plan, .*60 s Pro.*limitations: 15 s/,
    );
  });
  it('explain what a failing proxy does', () => {
    expect(told('timeline: [{ at: 1m, fail: plane cf/proxy }]\n', 'timeline.0.answer')).toMatch(
      /^HTTP 5xx, /,
    );
  });
});

describe('faults of the proxy', () => {
  const fault = (words: string): unknown => specOf(`timeline: [{ at: 1m, ${words} }]\n`).timeline[0];
  const rows: [words: string, effect: object][] = [
    ['fail: plane cf/proxy', { kind: 'errors', share: 1, hidden: false }],
    ['fail: plane cf/proxy, mode: silent', { kind: 'down', mode: 'silent' }],
    ['errors: plane cf/proxy, share: 30%', { kind: 'errors', share: 0.3 }],
    ['slow: plane cf/proxy, extra: 2s', { kind: 'slow' }],
    ['fail: plane cf/control', { kind: 'down' }],
  ];
  test.each(rows)('%s', (words, effect) => expect(fault(words)).toMatchObject({ effect }));
});

describe('problems', () => {
  const policy = (words: string, key = 'app.example.com/A', beside = ''): string =>
    `policies:\n  ${key}: { cloudflare: ${words}${beside} }\n`;
  const rows: [what: string, more: string, options: string, problem: string][] = [
    [
      'a pool nobody defined',
      policy('{ pools: { us: [us] }, default: [asia] }'),
      '',
      "there is no pool 'asia'",
    ],
    [
      'a fallback nobody defined',
      policy('{ pools: { us: [us] }, fallback: asia }'),
      '',
      "there is no pool 'asia'",
    ],
    [
      'an area nobody knows',
      policy('{ pools: { us: [us] }, geo: { region EUROPE: us } }'),
      '',
      'is no area of geo steering',
    ],
    ['an endpoint nobody defined', policy('{ pools: { us: [usa] } }'), '', "there is no endpoint 'usa'"],
    [
      'an endpoint with a weight nobody defined',
      policy('{ pools: { us: { endpoints: { usa: 1 } } } }'),
      '',
      "there is no endpoint 'usa'",
    ],
    [
      'a view from nowhere',
      policy('{ pools: { us: { endpoints: [{ endpoint: us, views: { mars: us-from-eu } }] } } }'),
      '',
      "there is no region 'mars'",
    ],
    [
      'a weight above 1',
      policy('{ pools: { us: { endpoints: { us: 70 } } } }'),
      '',
      'between 0 and 1, not 70',
    ],
    ['neither pools nor CNAME', policy('{ proxied: true }'), '', 'needs pools, or a CNAME'],
    [
      'a proxied TTL',
      policy('{ pools: { us: [us] }, proxied: true }', undefined, ', ttl: 60s'),
      '',
      'the TTL of a proxied name is 300 s',
    ],
    [
      'a proxied MX',
      policy('{ cname: www.example.com, proxied: true }', 'example.com/MX'),
      '',
      'only addresses can be proxied',
    ],
    ['nothing to be proxied', '', '{ proxied: [txt.example.com] }', 'no A, AAAA or CNAME record at cf'],
    ['a region nobody defined', '', '{ regions: { mars: WEU } }', "there is no region 'mars'"],
    [
      'more endpoints in a pool than the plan allows',
      policy(`{ pools: { us: [${Array(21).fill('us').join(', ')}] } }`),
      '',
      'the plan pro allows 20 endpoints in a pool, not 21',
    ],
  ];
  test.each(rows)('%s', (_, more, options, problem) => {
    expect(problems(more, options).join('\n')).toContain(problem);
  });

  it('an interval the plan does not allow, by either page', () => {
    const of = (interval: string, options: string): string =>
      load((HEAD + provider(options)).replace('{ https: / }', `{ https: /, interval: ${interval} }`))
        .issues.map(line)
        .join('\n');
    expect(of('30s', '{ plan: pro }')).toContain('at most every 1m');
    expect(of('30s', '{ plan: pro, interval-limits: limits-page }')).toBe('');
    expect(of('10s', '{ plan: pro, interval-limits: limits-page }')).toContain('at most every 15s');
    expect(of('10s', '{ plan: business }')).toContain('at most every 15s');
    expect(of('10s', '{ plan: enterprise }')).toBe('');
  });
  it('a proxy of a provider that has none', () => {
    const text = `${HEAD}timeline: [{ at: 1m, fail: plane main/proxy }]\n`;
    expect(load(text).issues.map(line).join('\n')).toContain('has no proxy');
  });
  it('nothing to complain about', () => {
    expect(
      problems(policy('{ pools: { us: [us], eu: [eu] }, proxied: true }'), '{ proxied: [www.example.com] }'),
    ).toEqual([]);
  });
});
