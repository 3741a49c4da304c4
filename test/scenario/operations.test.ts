/** What operators move at providers while a scenario runs: from the file to the answers, phases and traces. */
import { describe, expect, it, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { ask, question, worldAt } from '../model/world.ts';
import { line, load, mustLoad } from './base.ts';

const WORLD = `duration: 2h
providers:
  aws: { kind: route53, servers: 1 }
  az: { kind: azure, servers: 1 }
  cf: { kind: cloudflare, servers: 1 }
  gcp: { kind: google, servers: 1 }
  ns: { kind: ns1, servers: 1, ns1: { feed-delay: 3s, feeds: { load: { 0s: 20 } } } }
  own: { servers: 1, propagation: 10s }
zones:
  - { name: aws.test, providers: [aws] }
  - { name: az.test, providers: [az] }
  - { name: cf.test, providers: [cf], records: 'www 200 IN A 203.0.113.10' }
  - { name: gcp.test, providers: [gcp] }
  - { name: ns.test, providers: [ns] }
  - { name: own.test, providers: [own] }
endpoints:
  blue: { address: 203.0.113.10, check: { tcp: true } }
  green: { address: 198.51.100.20, check: { tcp: true } }
policies:
  app.aws.test/A: { route53: { weighted: { blue: 100, green: 0 } }, ttl: 30s }
  two.aws.test/A: { route53: { failover: { primary: blue, secondary: green } } }
  app.az.test/A: { azure: { weighted: { blue: 1000, green: 1 } } }
  one.az.test/A: { azure: { priority: [blue, green] } }
  app.cf.test/A: { cloudflare: { pools: { b: [blue], g: [green] } } }
  in.cf.test/A: { cloudflare: { pools: { all: { endpoints: { blue: 1, green: 0 } } } } }
  app.gcp.test/A: { google: { wrr: { blue: 1, green: 0 } } }
  app.ns.test/A: { ns1: { answers: [blue, green], chain: [up, { select_first_n: { N: 1 } }] } }
  load.ns.test/A:
    ns1:
      answers:
        - { endpoint: blue, meta: { loadavg: { feed: load }, low_watermark: 50, high_watermark: 90 } }
        - { endpoint: green, meta: { loadavg: 0, low_watermark: 50, high_watermark: 90 } }
      chain: [{ shed_load: { metric: loadavg } }, { select_first_n: { N: 1 } }]
  app.own.test/A: { weighted: { blue: 1, green: 0 }, ttl: 30s }
resolvers: { isp: { profile: unbound } }
clients: { users: { count: 10, requests: { name: app.aws.test } } }
timeline:
`;

function worldOf(...entries: readonly string[]): WorldSpec {
  const text = WORLD + entries.map((entry) => `  - { at: 10m, ${entry} }\n`).join('');
  return mustLoad(text).strategies[0]!.spec;
}

/** The addresses a name has at a time, each for some draw. */
function answers(spec: WorldSpec, name: string, minutes: number): string {
  const { provider } = spec.policies.find((one) => one.name === `${name}.`)!;
  const address = spec.providers[provider]!.servers[0]!.addresses[0]!;
  const side = worldAt(spec, minutes * MINUTE);
  const shown = [0.01, 0.99].map((draw) => ask(side, `${name}. A`, { address, draw: () => draw }));
  return [...new Set(shown.map((one) => COLOURS[one.split(' ')[3] ?? ''] ?? one))].join(' or ');
}

const COLOURS: Readonly<Record<string, string>> = { '203.0.113.10': 'blue', '198.51.100.20': 'green' };

describe('moved at its provider', () => {
  test.each([
    ['app.aws.test', 'weight: policy app.aws.test/A, to: { blue: 0, green: 9 }', 'blue', 'green'],
    ['app.aws.test', 'weight: policy app.aws.test/A, to: { green: 100 }', 'blue', 'blue or green'],
    ['two.aws.test', 'disable: check blue', 'blue', 'blue'],
    ['two.aws.test', 'invert: check blue', 'blue', 'green'],
    ['app.az.test', 'weight: policy app.az.test/A, to: { green: 1000 }', 'blue', 'blue or green'],
    ['app.az.test', 'disable: endpoint blue', 'blue', 'green'],
    ['one.az.test', 'disable: endpoint blue', 'blue', 'green'],
    ['one.az.test', 'disable: endpoint blue, policy: app.az.test/A', 'blue', 'blue'],
    ['one.az.test', 'disable: policy one.az.test/A', 'blue', 'NXDOMAIN aa'],
    ['app.cf.test', 'disable: pool b', 'blue', 'green'],
    ['app.cf.test', 'disable: endpoint blue', 'blue', 'green'],
    ['app.cf.test', 'disable: policy app.cf.test/A', 'blue', 'NXDOMAIN aa'],
    ['in.cf.test', 'weight: policy in.cf.test/A, to: { blue: 0, green: 1 }', 'blue', 'green'],
    ['app.gcp.test', 'weight: policy app.gcp.test/A, to: { blue: 0, green: 1 }', 'blue', 'green'],
    ['app.ns.test', 'disable: endpoint blue', 'blue', 'green'],
    ['load.ns.test', 'push: feed load, to: 95', 'blue', 'green'],
    ['load.ns.test', 'push: feed load, to: 30', 'blue', 'blue'],
    ['app.own.test', 'weight: policy app.own.test/A, to: { blue: 0, green: 1 }', 'blue', 'green'],
  ])('%s: %s', (name, entry, before, after) => {
    const spec = worldOf(entry);
    expect([answers(spec, name, 9.9), answers(spec, name, 12)]).toEqual([before, after]);
  });

  test.each([
    ['app.cf.test', 'disable: policy app.cf.test/A', 'enable: policy app.cf.test/A'],
    ['app.cf.test', 'disable: pool b', 'enable: pool b'],
    ['one.az.test', 'disable: endpoint blue', 'enable: endpoint blue'],
    ['app.ns.test', 'disable: endpoint blue', 'enable: endpoint blue'],
    ['two.aws.test', 'invert: check blue', 'invert: check blue'],
  ])('%s: %s, then %s', (name, first, second) => {
    const spec = worldOf(first, second.replace(/^/, 'label: back, '));
    expect(answers(spec, name, 12)).toBe('blue');
  });

  it('a disabled and inverted check is unhealthy for ever, as Route 53 has it', () => {
    const spec = worldOf('disable: check blue', 'invert: check blue');
    expect(answers(spec, 'two.aws.test', 12)).toBe('green');
  });

  it('a disabled check does not see a dead endpoint, an enabled one does', () => {
    const dead = worldOf('fail: endpoint blue');
    const blind = worldOf('disable: check blue', 'fail: endpoint blue');
    expect([answers(dead, 'two.aws.test', 20), answers(blind, 'two.aws.test', 20)]).toEqual([
      'green',
      'blue',
    ]);
  });
});

describe('a check that is enabled again begins anew [a new check is healthy until there is data]', () => {
  const course = (endpoint: string, ...minutes: readonly number[]): string[] => {
    const entries = ['10m, fail: endpoint blue', '20m, disable: check blue', '30m, enable: check blue'];
    const text = WORLD.replace('blue: { address: 203.0.113.10, check: { tcp: true } }', endpoint);
    const { spec } = mustLoad(text + entries.map((entry) => `  - { at: ${entry} }\n`).join(''))
      .strategies[0]!;
    return minutes.map((minute) => answers(spec, 'two.aws.test', minute));
  };
  it('so a dead endpoint is answered until it has failed often enough', () => {
    // The setting is in force a minute later; then three failures, 30 s apart.
    const plain = 'blue: { address: 203.0.113.10, check: { tcp: true } }';
    expect(course(plain, 19, 22, 31.5, 34)).toEqual(['green', 'blue', 'blue', 'green']);
  });
  it('inverted it is unhealthy, and then healthy as the endpoint fails', () => {
    const inverted = 'blue: { address: 203.0.113.10, check: { tcp: true, inverted: true } }';
    expect(course(inverted, 19, 22, 31.5, 34)).toEqual(['blue', 'green', 'green', 'blue']);
  });
});

describe('behind the proxy and out from behind it', () => {
  const address = (spec: WorldSpec): string => spec.providers[2]!.servers[0]!.addresses[0]!;
  const www = (spec: WorldSpec, minutes: number): string =>
    ask(worldAt(spec, minutes * MINUTE), 'www.cf.test. A', { address: address(spec) });

  it('a record resolves to the edge from then on', () => {
    const spec = worldOf('proxy: www.cf.test, to: proxied');
    const edge = spec.endpoints.find(({ proxy }) => proxy?.name === 'www.cf.test.')!;
    expect(www(spec, 9.9)).toBe('www.cf.test. 200 A 203.0.113.10');
    expect(www(spec, 12)).toContain(`www.cf.test. 300 A ${edge.addresses[0]}`);
  });

  it('and to itself again', () => {
    const spec = mustLoad(
      WORLD.replace('kind: cloudflare,', 'kind: cloudflare, cloudflare: { proxied: [www.cf.test] },') +
        '  - { at: 10m, proxy: www.cf.test, to: dns-only }\n',
    ).strategies[0]!.spec;
    expect(www(spec, 9.9)).toContain('www.cf.test. 300 A ');
    expect(www(spec, 12)).toBe('www.cf.test. 200 A 203.0.113.10');
  });
});

describe('the control plane', () => {
  const WEIGHT = 'weight: policy app.own.test/A, to: { blue: 0, green: 1 }';
  const own = (spec: WorldSpec, seconds: number): string => answers(spec, 'app.own.test', seconds / 60);
  const truth = (spec: WorldSpec, seconds: number): string =>
    worldAt(spec, seconds * SECOND)
      .truth(question('app.own.test. A'), 0)
      .map((one) => COLOURS[one])
      .join();

  it('takes its propagation time, while the new answer is the true one', () => {
    const spec = worldOf(WEIGHT);
    const rows = [599, 600, 609, 610].map((at) => [at, own(spec, at), truth(spec, at)]);
    expect(rows).toEqual([
      [599, 'blue', 'blue'],
      [600, 'blue', 'green'],
      [609, 'blue', 'green'],
      [610, 'green', 'green'],
    ]);
  });

  it('lets changes wait while it is down', () => {
    const spec = worldOf('fail: plane own/control, for: 5m', WEIGHT);
    expect([own(spec, 890), truth(spec, 890), own(spec, 911)]).toEqual(['blue', 'blue', 'green']);
  });

  it('is told in reactions, and in what a policy gives as its reason', () => {
    const spec = worldOf(`${WEIGHT}, label: all green`);
    const side = worldAt(spec, 11 * MINUTE);
    expect(side.reactions).toEqual([
      { at: 10 * MINUTE, stage: 'decide', label: 'all green' },
      { at: 10 * MINUTE + 10 * SECOND, stage: 'publish', label: 'at every edge of own: all green' },
    ]);
    const address = spec.providers[5]!.servers[0]!.addresses[0]!;
    const [asked] = [{ region: 0, text: 'app.own.test. A' }];
    const reply = side.ask(address, question(asked.text), 0, 'udp', 0, () => 0.5);
    expect(reply.kind === 'reply' && reply.message.said).toBe(
      "weighted app.own.test/A: green, since the change 'all green'",
    );
  });
});

describe('what cannot be moved', () => {
  test.each([
    [
      'weight: policy nowhere.test/A, to: { blue: 1 }',
      "38:24 scenario-unknown-policy: there is no policy 'nowhere.test/A' (timeline.0.weight)",
    ],
    [
      'weight: policy app.own.test/A, to: { red: 1 }',
      "38:58 scenario-no-weight: app.own.test/A has nothing called 'red' with a weight (timeline.0.to.red) -> name an endpoint or a pool of a weighted policy",
    ],
    [
      'weight: policy two.aws.test/A, to: { blue: 1 }',
      "scenario-no-weight: two.aws.test/A has nothing called 'blue' with a weight",
    ],
    ['weight: policy app.aws.test/A, to: { blue: 256 }', '256'],
    ['weight: endpoint blue, to: { blue: 1 }', "'endpoint blue' cannot be operated"],
    ['disable: endpoint red', "scenario-unknown-endpoint: there is no endpoint 'red'"],
    ['disable: pool west', 'scenario-no-switch: no policy can switch the pool west'],
    [
      'disable: policy app.own.test/A',
      'scenario-no-switch: a weighted policy cannot switch itself (timeline.0.disable) -> profiles of azure and balancers of cloudflare have such a switch',
    ],
    [
      'disable: endpoint blue, policy: app.aws.test/A',
      'scenario-no-switch: a route53 policy cannot switch the endpoint blue',
    ],
    ['invert: check us', "scenario-unknown-check: there is no check 'us'"],
    ['push: feed lod, to: 1', "there is no data feed 'lod' (timeline.0.push) -> did you mean 'load'?"],
    ['proxy: app.aws.test, to: proxied', 'scenario-no-proxy: no provider of app.aws.test. has a proxy'],
    ['proxy: www.cf.test, to: on', "'on'"],
  ])('%s', (entry, message) => {
    const { scenario, issues } = load(`${WORLD}  - { at: 10m, ${entry} }\n`);
    expect(scenario).toBeUndefined();
    expect(issues.map(line).join('\n')).toContain(message);
  });
});

describe('copies of a zone', () => {
  const COPIES = `duration: 1h
providers: { out: { servers: 1, propagation: 0s }, in: { servers: 1, propagation: 0s } }
zones:
  - { name: example.com, providers: out, records: 'www 60 IN A 203.0.113.10' }
  - { name: example.com, providers: in, private: { resolvers: isp }, records: "www 60 IN A 10.0.0.1\\nwiki 60 IN A 10.0.0.2" }
  - { name: corp.test, providers: in, private: { resolvers: isp }, records: 'db 60 IN A 10.0.0.3' }
resolvers: { isp: { profile: unbound } }
clients: { users: { count: 10, requests: { name: wiki.example.com } } }
timeline:
`;
  const spec = (...entries: readonly string[]): WorldSpec =>
    mustLoad(COPIES + entries.map((entry) => `  - { at: 10m, ${entry} }\n`).join('')).strategies[0]!.spec;
  const ask2 = (world: WorldSpec, name: string): string[] =>
    [0, 1].map((provider) =>
      ask(worldAt(world, 11 * MINUTE), `${name}. A`, {
        address: world.providers[provider]!.servers[0]!.addresses[0]!,
      }),
    );

  test.each([
    ['put: example.com, records: "www 60 A 192.0.2.1"', 'www.example.com', '192.0.2.1', '10.0.0.1'],
    [
      'put: example.com, providers: in, records: "www 60 A 10.9.9.9"',
      'www.example.com',
      '203.0.113.10',
      '10.9.9.9',
    ],
    [
      'put: example.com, providers: [in, out], records: "www 60 A 192.0.2.7"',
      'www.example.com',
      '192.0.2.7',
      '192.0.2.7',
    ],
    ['remove: example.com, name: www, providers: in', 'www.example.com', '203.0.113.10', 'NXDOMAIN'],
    [
      'ttl: example.com, name: wiki, type: A, to: 5s, providers: in',
      'wiki.example.com',
      'NXDOMAIN',
      ' 5 A 10.0.0.2',
    ],
    ['put: corp.test, records: "db 60 A 10.0.0.9"', 'db.corp.test', 'REFUSED', '10.0.0.9'],
  ])('%s', (entry, name, open, hidden) => {
    const [atOpen, atHidden] = ask2(spec(entry), name);
    expect([atOpen, atHidden]).toEqual([expect.stringContaining(open), expect.stringContaining(hidden)]);
  });

  it('knows names that only a private copy holds, and says where they are', () => {
    const { issues } = load(`${COPIES}  - { at: 10m, ttl: example.com, name: wiki, type: A, to: 5s }\n`);
    expect(issues.map(line).join('\n')).toContain(
      'scenario-no-such-record: the zone example.com. has no wiki.example.com. A at that time (timeline.0.name) -> the copy at in has it: write providers: in',
    );
    expect(load(COPIES.replace('timeline:\n', '')).issues).toEqual([]);
    const missing = load(COPIES.replace('timeline:\n', '').replace('name: wiki.', 'name: wikki.'));
    expect(missing.issues.map(line).join('\n')).toContain(
      "scenario-no-such-name: wikki.example.com. does not exist at the start: clients get NXDOMAIN (clients.users.requests.name) -> did you mean 'wiki.example.com.'?",
    );
  });
});
