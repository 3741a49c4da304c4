/** Names that lead nowhere, and what they lead to. Each with its place, code and hint. */
import { describe, expect, test } from 'vitest';
import { BASE, line, load } from './base.ts';

const add = (text: string): string => BASE + text;
const sub = (from: string, to: string): string => BASE.replace(from, to);

const CASES: readonly [what: string, text: string, problems: readonly string[], sets?: readonly string[]][] =
  [
    [
      'a resolver profile',
      sub('profile: unbound', 'profile: unbuond'),
      [
        "10:19 scenario-unknown-resolver-profile: there is no resolver profile 'unbuond' (resolvers.isp.profile) -> did you mean 'unbound'?",
      ],
    ],
    [
      'an application profile',
      sub('count: 10,', 'count: 10, app: crome,'),
      [
        "12:28 scenario-unknown-application-profile: there is no application profile 'crome' (clients.users.app) -> did you mean 'chrome'?",
      ],
    ],
    [
      'an operating system profile',
      sub('count: 10,', 'count: 10, os: { profile: window },'),
      [
        "12:38 scenario-unknown-operating-system-profile: there is no operating system profile 'window' (clients.users.os.profile) -> did you mean 'windows'?",
      ],
    ],
    [
      'an endpoint of a fault',
      add('timeline:\n  - { at: 1m, fail: endpoint eats }\n'),
      [
        "14:21 scenario-unknown-endpoint: there is no endpoint 'eats' (timeline.0.fail) -> did you mean 'east'?",
      ],
    ],
    [
      'an endpoint of a policy',
      add('policies:\n  app.example.com/A: { failover: { primary: eats, secondary: west } }\n'),
      [
        "14:45 scenario-unknown-endpoint: there is no endpoint 'eats' (policies.app.example.com/A.failover.primary) -> did you mean 'east'?",
      ],
    ],
    [
      'a region',
      sub('address: 198.51.100.20', 'address: 198.51.100.20, region: moon'),
      ["8:43 scenario-unknown-region: there is no region 'moon' (endpoints.west.region) -> known is world"],
    ],
    [
      'a resolver',
      sub('count: 10,', 'count: 10, resolvers: { isp: 50%, ips: 50% },'),
      [
        "12:51 scenario-unknown-resolver: there is no resolver 'ips' (clients.users.resolvers.ips) -> did you mean 'isp'?",
      ],
    ],
    [
      'a provider',
      sub('    records:', '    providers: [mian]\n    records:'),
      [
        "4:17 scenario-unknown-provider: there is no provider 'mian' (zones.0.providers.0) -> did you mean 'main'?",
      ],
    ],
    [
      'a zone',
      add('timeline:\n  - { at: 1m, put: exmaple.com, records: "a 1 A 192.0.2.1" }\n'),
      [
        "14:20 scenario-unknown-zone: there is no zone 'exmaple.com' (timeline.0.put) -> did you mean 'example.com.'?",
      ],
    ],
    [
      'a server',
      add('timeline:\n  - { at: 1m, fail: server ns1.mian-dns.net }\n'),
      [
        "14:21 scenario-unknown-server: there is no server 'ns1.mian-dns.net.' (timeline.0.fail) -> did you mean 'ns1.main-dns.net.'?",
      ],
    ],
    [
      'a site',
      add('timeline:\n  - { at: 1m, fail: site ns1.main-dns.net@mars }\n'),
      ["14:21 scenario-unknown-region: there is no region 'mars' (timeline.0.fail) -> known is world"],
    ],
    [
      'a plane',
      add('timeline:\n  - { at: 1m, fail: plane main/contrl }\n'),
      [
        "14:21 scenario-bad-target: 'plane main/contrl' is not a target (timeline.0.fail) -> did you mean 'control'?",
      ],
    ],
    [
      'a strategy',
      add('strategies: { a: {} }\nexpect: { b: [recovery.p99 < 5m] }\n'),
      ["14:14 scenario-unknown-strategy: there is no strategy 'b' (expect.b) -> did you mean 'a'?"],
    ],
    [
      'pairs of regions',
      add('network: { regions: [a, b], round-trips: { a-b: 5ms, a/c: 4ms } }\n'),
      [
        "13:44 scenario-bad-pair: 'a-b' is not a pair of regions (network.round-trips.a-b) -> write REGION/REGION",
        "13:59 scenario-unknown-region: there is no region 'c' (network.round-trips.a/c) -> did you mean 'a'?",
      ],
    ],
    [
      'what a policy decides',
      add(
        'policies: { app.example.com/TXT: { failover: { primary: east, secondary: west } }, app.example.com: { failover: { primary: east, secondary: west } } }\n',
      ),
      [
        '13:57 scenario-bad-policy: an endpoint has addresses, but no TXT records (policies.app.example.com/TXT.failover.primary) -> write records: or alias:',
        '13:74 scenario-bad-policy: an endpoint has addresses, but no TXT records (policies.app.example.com/TXT.failover.secondary) -> write records: or alias:',
        "13:84 scenario-bad-policy: 'app.example.com' is not a name and a type (policies.app.example.com) -> write NAME/TYPE, for example app.example.com/A",
      ],
    ],
    [
      'a policy outside all zones',
      add('policies: { app.example.org/A: { failover: { primary: east, secondary: west } } }\n'),
      [
        "13:13 scenario-unknown-zone: no zone holds 'app.example.org.' (policies.app.example.org/A) -> known is example.com.",
      ],
    ],
    [
      'endpoints without the address family',
      add('policies: { app.example.com/AAAA: { failover: { primary: east, secondary: west } } }\n'),
      [
        '13:58 scenario-no-address: the endpoint east has no IPv6 address for AAAA (policies.app.example.com/AAAA.failover.primary)',
        '13:75 scenario-no-address: the endpoint west has no IPv6 address for AAAA (policies.app.example.com/AAAA.failover.secondary)',
      ],
    ],
    [
      'a name outside all zones',
      sub('name: app.example.com', 'name: app.example.org'),
      [
        "12:41 scenario-unknown-zone: no zone holds 'app.example.org.' (clients.users.requests.name) -> known is example.com.",
      ],
    ],
    [
      'a name that does not exist',
      sub('name: app.example.com', 'name: ap.example.com'),
      [
        "12:41 warning scenario-no-such-name: ap.example.com. does not exist at the start: clients get NXDOMAIN (clients.users.requests.name) -> did you mean 'app.example.com.'?",
      ],
    ],
    [
      'a choice of resolvers nobody made',
      sub('  isp:', '  other: {}\n  isp:'),
      [
        '13:3 scenario-which-resolver: there are several resolvers, and nothing says which these clients use (clients.users) -> add resolvers: other, or shares of several',
      ],
    ],
    [
      'an address of two endpoints',
      sub('198.51.100.20', '203.0.113.10'),
      [
        '8:20 scenario-duplicate-address: 203.0.113.10 is also an address of the endpoint east (endpoints.west.address.0)',
      ],
    ],
    [
      'a provider called root',
      add('providers: { root: {} }\n'),
      [
        "13:14 scenario-reserved-name: the name 'root' is kept for the generated operators of the root and of top-level domains (providers.root)",
      ],
    ],
    [
      'a policy for an alias',
      sub('app 60 IN A 203.0.113.10', 'app 60 IN CNAME www\n      www 60 IN A 203.0.113.10') +
        'policies: { app.example.com/A: { failover: { primary: east, secondary: west } } }\n',
      [
        '14:11 scenario-policy-alias: app.example.com. is an alias; a policy cannot decide its addresses (policies) -> name the target of the CNAME',
      ],
    ],
    [
      'a region twice',
      add('network: { regions: [us, eu, us] }\n'),
      [
        "13:30 scenario-listed-twice: the region 'us' is listed twice (network.regions.2) -> remove one of them",
      ],
    ],
    [
      'a server twice',
      add('providers: { main: { servers: [{ name: a.b.c }, { name: A.b.c. }] } }\n'),
      [
        "13:49 scenario-listed-twice: the server 'a.b.c.' is listed twice (providers.main.servers.1) -> remove one of them",
      ],
    ],
    [
      'two policies for one name',
      add(
        'policies:\n  app.example.com/A: { failover: { primary: east, secondary: west } }\n  APP.example.com./a: { failover: { primary: east, secondary: west } }\n',
      ),
      [
        '15:3 scenario-duplicate-policy: another policy decides the same name and type (policies.APP.example.com./a) -> keep one of them',
      ],
    ],
  ];

describe('problems: references', () => {
  test.each(CASES)('%s', (_, text, problems, sets = []) => {
    expect(load(text, {}, sets).issues.map(line)).toEqual(problems);
  });
});
