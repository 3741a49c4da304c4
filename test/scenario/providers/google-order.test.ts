/** The order in which a VPC of Google Cloud resolves names [Cloud DNS, name resolution order], step by step. */
import { describe, expect, it, test } from 'vitest';
import { World } from '../../../src/model/world.ts';
import { line, load, mustLoad } from '../base.ts';

/** `vm` stands for the metadata server of one network, `peer` for that of another, `corp` for servers on premises. */
const scenario = (name: string, vm: string, more = ''): string => `duration: 10m
start: cold
providers:
  public: { kind: google }
  private: { kind: google, client-subnet: false }
  other: { kind: google, client-subnet: false }
  internal: { servers: 1 }
  onprem: { servers: 1 }
zones:
  - name: example.com
    providers: public
    records: |
      www 60 IN A 203.0.113.1
      only.public 60 IN A 203.0.113.2
      www.corp 60 IN A 203.0.113.3
      www.peer 60 IN A 203.0.113.4
  - name: example.com
    providers: private
    private: { resolvers: PRIVATE }
    records: |
      www 60 IN A 10.1.0.1
      www.corp 60 IN A 10.1.0.3
      alias 60 IN CNAME www.example.net.
      inside 60 IN CNAME www
  - name: peer.example.com
    providers: other
    private: { resolvers: peer }
    records: |
      www 60 IN A 10.2.0.4
  - name: corp.example.com
    providers: onprem
    private: { resolvers: corp }
    records: |
      www 60 IN A 192.168.0.3
  - name: internal
    providers: internal
    private: { resolvers: vm }
    records: |
      vm-1 60 IN A 10.1.0.9
  - name: example.net
    providers: public
    records: |
      www 60 IN A 203.0.113.5
      way 60 IN CNAME www
resolvers:
  vm: { count: 1, ${vm} }
  peer: { count: 1 }
  corp: { count: 1 }
clients:
  one: { count: 5, resolvers: vm, requests: { name: ${name}, every: 10s } }
${more}`;

const ZONES = 'forward: { zones: { corp.example.com: corp, peer.example.com: peer } }';
const OUTBOUND = 'forward: { to: [corp] }';
/** The metadata server consults its own zones, or leaves everything to the servers of an outbound policy. */
const own = (text: string): string => text.replace('PRIVATE', 'vm');
const outbound = (text: string): string =>
  text.replace('PRIVATE', 'peer').replace('{ resolvers: vm }', '{ resolvers: peer }');

function answer(text: string): string {
  const { spec } = mustLoad(text).strategies[0]!;
  const seen = new Set<string>();
  const world = new World(spec, 1, 0, {
    observer: ({ address, outcome }) => seen.add(address ? `${address} ${outcome}` : outcome),
  });
  world.runUntil(spec.duration);
  return [...seen].join(' | ');
}

describe('with private, forwarding and peering zones', () => {
  const rows: [what: string, name: string, answer: string][] = [
    ['3: the private zone, not the public one', 'www.example.com', '10.1.0.1 served'],
    ['3: no such record in it: NXDOMAIN, never the public one', 'only.public.example.com', 'nxdomain'],
    ['3: a forwarding zone has the longer suffix', 'www.corp.example.com', '192.168.0.3 served'],
    ["3: a peering zone: the other network's private zone", 'www.peer.example.com', '10.2.0.4 served'],
    ['3: no such record there either: NXDOMAIN', 'none.peer.example.com', 'nxdomain'],
    ['4: internal names', 'vm-1.internal', '10.1.0.9 served'],
    ['5: public DNS', 'www.example.net', '203.0.113.5 served'],
    ['the target of a private alias: not in public [CNAME chasing]', 'alias.example.com', 'nodata'],
    ['but in private zones', 'inside.example.com', '10.1.0.1 served'],
    ['the target of a public alias: in public', 'way.example.net', '203.0.113.5 served'],
  ];
  test.each(rows)('%s', (_, name, wanted) => {
    expect(answer(own(scenario(name, ZONES)))).toBe(wanted);
  });

  const EACH_HOP = (text: string): string =>
    text.replace(
      '{ kind: google, client-subnet: false }',
      '{ kind: google, client-subnet: false, google: { cname-chasing: each-hop } }',
    );
  it('each hop of a CNAME anew, from 5 January 2027 on', () => {
    expect(answer(EACH_HOP(own(scenario('alias.example.com', ZONES))))).toBe('203.0.113.5 served');
  });
  it('a public alias into the private zone is told: today its target is looked for in public', () => {
    const text = own(scenario('www.example.com', ZONES)).replace(
      'way 60 IN CNAME www',
      'way 60 IN CNAME www.example.com.',
    );
    expect(load(text).issues.map(line)).toEqual([
      expect.stringMatching(
        /warning scenario-cname-chasing: way\.example\.net\. leads from public DNS into the private zone example\.com\./,
      ),
    ]);
    expect(load(EACH_HOP(text)).issues.map(line)).toEqual([]);
  });

  it('3: without the forwarding zone the private zone answers', () => {
    expect(answer(own(scenario('www.corp.example.com', 'profile: unbound')))).toBe('10.1.0.3 served');
  });

  it('3: a forwarding target that is down is SERVFAIL, not the private or the public zone', () => {
    const lost = 'timeline: [{ at: 0s, fail: resolver corp }]\n';
    expect(answer(own(scenario('www.corp.example.com', ZONES, lost)))).toBe('servfail');
    expect(answer(own(scenario('www.example.com', ZONES, lost)))).toBe('10.1.0.1 served');
  });
});

/** One rule each, beside the forwarding and peering zones. */
const policy = (...rules: string[]): string =>
  `response-policy: { rules: { ${rules.join(', ')} }, aliases: followed }, ${ZONES}`;
const ALL = "'*.example.com': 60 IN A 10.9.0.9";

describe('with a response policy', () => {
  const rows: [what: string, rules: string[], name: string, answer: string][] = [
    [
      '2: local data, not the private zone',
      ['www.example.com: 60 IN A 10.9.0.1'],
      'www.example.com',
      '10.9.0.1 served',
    ],
    [
      '2: no rule for the name: the private zone',
      ['a.example.com: 60 IN A 10.9.0.1'],
      'www.example.com',
      '10.1.0.1 served',
    ],
    [
      '2: a name the private zone denies',
      ['only.public.example.com: 60 IN A 10.9.0.1'],
      'only.public.example.com',
      '10.9.0.1 served',
    ],
    [
      '2: not the forwarding zone, though its suffix is longer',
      [ALL],
      'www.corp.example.com',
      '10.9.0.9 served',
    ],
    ['2: not the peering zone', [ALL], 'www.peer.example.com', '10.9.0.9 served'],
    ['2: not internal names', ['vm-1.internal: 60 IN A 10.9.0.1'], 'vm-1.internal', '10.9.0.1 served'],
    ['2: not public DNS', ['www.example.net: 60 IN A 10.9.0.1'], 'www.example.net', '10.9.0.1 served'],
    [
      '2: a name that does not exist at all',
      ["'*.blocked.example.net': 60 IN A 10.9.0.1"],
      'a.b.blocked.example.net',
      '10.9.0.1 served',
    ],
    [
      '2: the longest suffix of several rules',
      [ALL, 'www.example.com: 60 IN A 10.9.0.1'],
      'www.example.com',
      '10.9.0.1 served',
    ],
    ['2: bypass: the private zone', [ALL, 'www.example.com: bypass'], 'www.example.com', '10.1.0.1 served'],
    [
      '2: bypass: the forwarding zone',
      [ALL, "'*.corp.example.com': bypass"],
      'www.corp.example.com',
      '192.168.0.3 served',
    ],
    [
      '2: bypass: the peering zone',
      [ALL, "'*.peer.example.com': bypass"],
      'www.peer.example.com',
      '10.2.0.4 served',
    ],
    [
      '2: bypass: what the private zone denies stays denied',
      [ALL, 'only.public.example.com: bypass'],
      'only.public.example.com',
      'nxdomain',
    ],
    [
      '2: no such type in local data: no data',
      ['www.example.com: 60 IN AAAA 2001:db8::1'],
      'www.example.com',
      'nodata',
    ],
    [
      '2: an alias into the private zone',
      ['a.example.net: 60 IN CNAME www.example.com'],
      'a.example.net',
      '10.1.0.1 served',
    ],
    [
      '2: an alias into public DNS',
      ['a.example.com: 60 IN CNAME www.example.net'],
      'a.example.com',
      '203.0.113.5 served',
    ],
  ];
  test.each(rows)('%s', (_, rules, name, wanted) => {
    expect(answer(own(scenario(name, policy(...rules))))).toBe(wanted);
  });

  it('2: by default the target of an alias in local data is not looked up [CNAME chasing]', () => {
    const text = own(scenario('a.example.com', policy('a.example.com: 60 IN CNAME www.example.net')));
    expect(answer(text.replace(', aliases: followed', ''))).toBe('nodata');
  });

  it('3: the order of the other network has its own response policy', () => {
    const text = own(scenario('www.peer.example.com', ZONES)).replace(
      'peer: { count: 1 }',
      'peer: { count: 1, response-policy: { rules: { www.peer.example.com: 60 IN A 10.9.0.2 } } }',
    );
    expect(answer(text)).toBe('10.9.0.2 served');
  });

  it('1: an outbound server policy comes first, and that is told', () => {
    const rules = 'response-policy: { rules: { www.example.com: 60 IN A 10.9.0.1 } }';
    const text = outbound(scenario('www.example.com', `${OUTBOUND}, ${rules}`));
    expect(answer(text)).toBe('203.0.113.1 served');
    expect(load(text).issues.map(line)).toEqual([
      '46:61 warning scenario-unused-policy: vm forwards everything, and alternative servers come before its response policy (resolvers.vm.response-policy) -> forward single zones (forward: { zones: ... }), or leave the policy to the servers it forwards to',
    ]);
  });

  const problems: [what: string, rule: string, issue: RegExp][] = [
    ['no record', 'www.example.com: 60 IN A 10.9.0.300', /scenario-bad-rule: .*address/],
    [
      'a zone of its own',
      'www.example.com: 60 IN NS ns.example.net',
      /scenario-bad-rule: .*neither SOA nor NS/,
    ],
    ['no name', "'a..b': bypass", /scenario-bad-name: 'a\.\.b' is not a domain name/],
  ];
  test.each(problems)('a rule with %s', (_, rule, issue) => {
    expect(load(own(scenario('www.example.com', policy(rule)))).issues.map(line)).toEqual([
      expect.stringMatching(issue),
    ]);
  });

  it('is explained', () => {
    const { effective } = mustLoad(own(scenario('www.example.com', policy(ALL)))).strategies[0]!;
    const shown = effective.filter(({ path }) => path.startsWith('resolvers.vm.response-policy'));
    expect(shown.map(({ path, value }) => `${path} ${value}`)).toEqual([
      'resolvers.vm.response-policy.rules.*.example.com 60 IN A 10.9.0.9',
      'resolvers.vm.response-policy.aliases followed',
    ]);
  });
});

describe('with an outbound server policy', () => {
  const rows: [what: string, name: string, answer: string][] = [
    ['1: not the private zone of the network', 'www.example.com', '203.0.113.1 served'],
    ['1: what the alternative servers know', 'www.corp.example.com', '192.168.0.3 served'],
    ['1: not the internal names', 'vm-1.internal', 'nxdomain'],
  ];
  test.each(rows)('%s', (_, name, wanted) => {
    expect(answer(outbound(scenario(name, OUTBOUND)))).toBe(wanted);
  });

  it('1: none of them alive is SERVFAIL, also for public names', () => {
    const lost = 'timeline: [{ at: 0s, fail: resolver corp }]\n';
    expect(answer(outbound(scenario('www.example.net', OUTBOUND, lost)))).toBe('servfail');
  });
});

describe('the scenario of these tests', () => {
  it('has no problems', () => {
    expect(load(own(scenario('www.example.com', ZONES))).issues.map(line)).toEqual([]);
  });
});
