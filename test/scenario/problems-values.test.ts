/** Values that cannot be. Each with its place, code and hint. */
import { describe, expect, test } from 'vitest';
import { BASE, line, load } from './base.ts';

const add = (text: string): string => BASE + text;
const sub = (from: string, to: string): string => BASE.replace(from, to);

type Case = readonly [what: string, text: string, problems: readonly string[], sets?: readonly string[]];

const CASES: readonly Case[] = [
  [
    'a number for a duration',
    sub('1h', '60'),
    ["1:11 scenario-bad-duration: '60' is not a duration (duration) -> write 60s or 60m"],
  ],
  [
    'a word for a duration',
    sub('1h', 'soon'),
    ["1:11 scenario-bad-duration: 'soon' is not a duration (duration) -> write 90s, 1h30m, 250ms or 365d"],
  ],
  ...(
    [
      ['10min', 'write 10m'],
      ['2 Hours', 'write 2h'],
      ['5M', 'write 5m'],
      ['3 months', 'write 90s, 1h30m, 250ms or 365d'],
      ['-5m', 'durations and times are never negative'],
    ] as const
  ).map(
    ([written, hint]) =>
      [
        `${written} for a duration`,
        sub('1h', written),
        [`1:11 scenario-bad-duration: '${written}' is not a duration (duration) -> ${hint}`],
      ] as const,
  ),
  [
    'more than an age',
    sub('1h', '99999999999d'),
    [
      "1:11 scenario-bad-duration: '99999999999d' is longer than 100 years (duration) -> write at most 36500d",
    ],
  ],
  ...(
    [
      ['1_000', '1000'],
      ['"20,000"', '20000'],
      ['10k', '10000'],
      ['"7"', '7'],
    ] as const
  ).map(
    ([written, digits]) =>
      [
        `${written} for a number`,
        sub('count: 10', `count: ${written}`),
        [
          `12:19 scenario-bad-number: '${written.replaceAll('"', '')}' is not a whole number from 1 to 1000000000 (clients.users.count) -> write the number in digits only: ${digits}`,
        ],
      ] as const,
  ),
  [
    'a port for a flag',
    sub('address: 198.51.100.20', 'address: 198.51.100.20, check: { tcp: 443 }'),
    [
      "8:49 scenario-bad-flag: '443' is not true or false (endpoints.west.check.tcp) -> A TCP connection is enough.",
    ],
  ],
  [
    'no duration at all',
    sub('1h', '0s'),
    ["1:11 scenario-bad-duration: '0s' is too short (duration) -> write at least 1us"],
  ],
  [
    'a share above one',
    add('network: { loss: 130% }\n'),
    ["13:18 scenario-bad-share: '130%' is not a share (network.loss) -> write 30% or 0.3, from 0 to 100%"],
  ],
  [
    'half a second of TTL',
    add('policies: { app.example.com/A: { failover: { primary: east, secondary: west, ttl: 1.5s } } }\n'),
    [
      "13:83 scenario-bad-ttl: '1.5s' is not a TTL (policies.app.example.com/A.failover.ttl) -> a TTL is whole seconds (RFC 1035 §3.2.1)",
    ],
  ],
  [
    'a bad address',
    sub('198.51.100.20', '198.51.100.300'),
    ["8:20 scenario-bad-address: '198.51.100.300' is not an IPv4 or IPv6 address (endpoints.west.address)"],
  ],
  [
    'a bad name',
    sub('name: app.example.com', 'name: app..example.com'),
    [
      "12:41 scenario-bad-name: 'app..example.com' is not a domain name: two dots in a row leave an empty label (clients.users.requests.name)",
    ],
  ],
  [
    'a bad type',
    sub('name: app.example.com', 'name: app.example.com, types: [A, AAA]'),
    [
      "12:69 scenario-bad-type: 'AAA' is not a record type (clients.users.requests.types.1) -> did you mean 'AAAA'?",
    ],
  ],
  [
    'shares that do not add up',
    sub('count: 10,', 'count: 10, resolvers: { isp: 50% },'),
    [
      '12:34 scenario-shares: the shares add up to 50% instead of 100% (clients.users.resolvers) -> change them so that they add up to 100%',
    ],
  ],
  [
    'a quorum of more than all',
    sub('tcp: true', 'tcp: true, quorum: 2'),
    [
      '7:62 scenario-quorum: a quorum of 2 needs as many checkers, but there is 1 (endpoints.east.check.quorum) -> list more regions or lower the quorum',
    ],
  ],
  [
    'a check of two kinds',
    sub('tcp: true', 'tcp: true, https: /'),
    [
      '7:41 scenario-check-kind: the check probes in more than one way (endpoints.east.check) -> write one of https: /path, http: /path, tcp: true, ping: true, dns: true',
    ],
  ],
  [
    'a check of no kind',
    sub('tcp: true', 'interval: 5s'),
    [
      '7:41 scenario-check-kind: the check does not say what it probes (endpoints.east.check) -> write one of https: /path, http: /path, tcp: true, ping: true, dns: true',
    ],
  ],
  [
    'a failover to itself',
    add('policies: { app.example.com/A: { failover: { primary: east, secondary: east } } }\n'),
    [
      '13:72 scenario-same-endpoint: primary and secondary are the same endpoint (policies.app.example.com/A.failover.secondary) -> name another endpoint',
    ],
  ],
  [
    'name and names',
    sub('name: app.example.com', 'name: app.example.com, names: [{ name: app.example.com }]'),
    [
      '12:41 scenario-both-names: name and names exclude each other (clients.users.requests.name) -> move it into the list',
    ],
  ],
  [
    'no name',
    sub('name: app.example.com', 'every: 5s'),
    [
      '12:33 scenario-missing: the requests ask for no name (clients.users.requests) -> write name: app.example.com, or names: with a list',
    ],
  ],
  [
    'a pause without sessions',
    sub('name: app.example.com', 'name: app.example.com, pause: 5s'),
    [
      '12:65 scenario-pattern-key: pause means nothing to the pattern poisson (clients.users.requests.pause) -> set pattern: sessions',
    ],
  ],
  [
    'a daily cycle of periodic requests',
    sub('name: app.example.com', 'name: app.example.com, pattern: periodic, diurnal: {}'),
    [
      '12:86 scenario-pattern-key: periodic requests have no daily cycle (clients.users.requests.diurnal) -> use the pattern poisson or sessions',
    ],
  ],
  [
    'expectations',
    add(
      'expect: [recovery.p98 < 5m, recovery.p99 < 50%, availability.min, users.availability.mni > 5%, load.main.peak < fast]\n',
    ),
    [
      "13:10 scenario-unknown-metric: there is no metric 'recovery.p98' (expect.0) -> did you mean 'recovery.p90'?",
      "13:29 scenario-bad-duration: recovery.p99: '50%' is not a duration (expect.1) -> write 90s, 1h30m, 250ms or 365d",
      "13:49 scenario-bad-expectation: 'availability.min' is not an expectation (expect.2) -> write METRIC OPERATOR VALUE, for example recovery.p99 < 5m",
      "13:67 scenario-unknown-metric: there is no metric 'users.availability.mni' (expect.3) -> did you mean 'users.availability.min'?",
      "13:96 scenario-bad-number: load.main.peak: 'fast' is not a number of queries per second of at least 0 (expect.4)",
    ],
  ],
  [
    'settings of a resolver',
    sub(
      'count: 2',
      'count: 2, with: { serve-stale: perhaps, prefetch: 5, ttl-flor: 5s, timeout: { first: 0s } }',
    ),
    [
      "10:59 scenario-bad-flag: 'perhaps' is neither on nor off (resolvers.isp.with.serve-stale) -> Whether expired data are served when fresh data cannot be had (RFC 8767).",
      "10:78 scenario-bad-prefetch: '5' is not a prefetch rule (resolvers.isp.with.prefetch) -> write off, 10%, 1% + 5s, or 2s of 9s",
      "10:81 scenario-unknown-key: there is no key 'ttl-flor' here (resolvers.isp.with.ttl-flor) -> did you mean 'ttl-floor'?",
      "10:113 scenario-bad-duration: '0s' is too short (resolvers.isp.with.timeout.first) -> write at least 1us",
    ],
  ],
  [
    'a schedule',
    sub('count: 10,', "count: 10, os: { one-resolver: '1 at 5s, give up' },"),
    [
      "12:43 scenario-bad-schedule: '1 at 5s, give up' is not a schedule (clients.users.os.one-resolver) -> write for example '1 at 0s, 2 at 5s, all at 8s, give up at 10s', or 'glibc, timeout 2s, attempts 3'",
    ],
  ],
  [
    'settings that contradict each other',
    sub('count: 2', 'count: 2, with: { ttl-floor: 2d, timeout: { maximum: 10ms } }'),
    [
      '10:57 scenario-bounds: ttl-floor (172800s) exceeds ttl-cap (86400s) (resolvers.isp.with.ttl-floor) -> set the other one too',
      '10:81 scenario-bounds: timeout.minimum (50ms) exceeds timeout.maximum (10ms) (resolvers.isp.with.timeout.maximum) -> set the other one too',
    ],
  ],
  [
    'a cache whose floor is above its cap',
    sub('count: 10,', 'count: 10, app: { cache: { mode: ttl, floor: 60s, cap: 30s } },'),
    [
      '12:67 scenario-bounds: cache.floor (60s) exceeds cache.cap (30s) (clients.users.app.cache.cap) -> set the other one too',
    ],
  ],
  [
    'a schedule of more resolvers than there are',
    sub('count: 10,', "count: 10, os: { one-resolver: '2 at 0s, give up at 9s' },"),
    [
      '12:43 scenario-bad-schedule: the schedule asks resolver 2, but there is 1 (clients.users.os.one-resolver) -> use numbers up to that, next, or all',
    ],
  ],
];

describe('problems: values', () => {
  for (const [what, text, problems, sets = []] of CASES) {
    test(what, () => {
      expect(load(text, {}, sets).issues.map(line)).toEqual(problems);
    });
  }
});
