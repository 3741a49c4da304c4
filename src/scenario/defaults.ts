/** Every default of the scenario format with its source. Defaults of software stand in `profiles/`. */
import { DAY, MILLISECOND, MINUTE, SECOND } from '../base/time.ts';
import { A, type RrType } from '../dns/data/rrtype.ts';
import type { Signing } from '../dns/zone/zone.ts';
import type { FamilyState } from '../model/spec.ts';
import { type Cited, cited } from '../profiles/cited.ts';

const CHOSEN = 'dnsdrill: a round number to start from';
const ROUTE53_CHECKS = 'Amazon Route 53 Developer Guide, how health of an endpoint is determined';

/** Defaults by the path they stand at, in the units of the model. */
export const DEFAULTS = {
  seed: cited(1, 'assumption', 'dnsdrill: any number; change it to see other draws') as Cited<number>,
  replications: cited(5, 'assumption', 'dnsdrill: enough for a first confidence interval') as Cited<number>,
  start: cited('warm', 'assumption', 'dnsdrill: drills begin in normal operation') as Cited<'warm' | 'cold'>,
  network: {
    inside: cited(
      20 * MILLISECOND,
      'assumption',
      'resolver to near authority, unicast or anycast',
    ) as Cited<number>,
    between: cited(90 * MILLISECOND, 'assumption', 'between continents 70 to 200 ms') as Cited<number>,
    spread: cited(
      1,
      'assumption',
      'constant round trips; 4 to 5 is typical of the Internet',
    ) as Cited<number>,
    loss: cited(0, 'assumption', 'a healthy network') as Cited<number>,
    stub: cited(5 * MILLISECOND, 'assumption', 'resolver of the access provider') as Cited<number>,
  },
  provider: {
    servers: cited(2, 'source', 'RFC 2182 §5: at least two servers') as Cited<number>,
    capacity: cited(
      Number.POSITIVE_INFINITY,
      'assumption',
      'overload is not the question unless said',
    ) as Cited<number>,
    propagation: cited(
      10 * SECOND,
      'assumption',
      'managed providers take seconds to a minute',
    ) as Cited<number>,
    kind: cited('generic', 'assumption', 'no vendor in particular') as Cited<string>,
    notify: cited(true, 'documentation', 'BIND 9 ARM: notify yes') as Cited<boolean>,
    readsClientSubnet: cited(
      true,
      'documentation',
      'RFC 7871; Route 53, Google Cloud DNS and Azure Traffic Manager read it',
    ) as Cited<boolean>,
    ipv6: cited(false, 'assumption', 'one family keeps results easy to follow') as Cited<boolean>,
  },
  delegationTtl: cited(172_800, 'source', 'TTL of delegations in com. and net.') as Cited<number>,
  signed: cited('off', 'assumption', 'most zones are not signed') as Cited<'off' | Signing>,
  check: {
    interval: cited(30 * SECOND, 'documentation', ROUTE53_CHECKS) as Cited<number>,
    timeout: cited(4 * SECOND, 'documentation', `${ROUTE53_CHECKS}: connect within 4 s`) as Cited<number>,
    failures: cited(3, 'documentation', ROUTE53_CHECKS) as Cited<number>,
    successes: cited(3, 'documentation', `${ROUTE53_CHECKS}: same count for down and up`) as Cited<number>,
    aggregation: cited(0, 'assumption', 'at once') as Cited<number>,
    inverted: cited(false, 'assumption', 'as it says') as Cited<boolean>,
    intervalFrom: cited('schedule', 'assumption', 'probes start every interval') as Cited<
      'schedule' | 'response'
    >,
  },
  alarm: {
    threshold: cited(0.5, 'assumption', CHOSEN) as Cited<number>,
    period: cited(MINUTE, 'documentation', 'Amazon CloudWatch: standard resolution') as Cited<number>,
    points: cited(3, 'assumption', CHOSEN) as Cited<number>,
    missing: cited('last-known', 'documentation', 'Amazon Route 53: LastKnownStatus') as Cited<
      'healthy' | 'unhealthy' | 'last-known'
    >,
  },
  policy: {
    ttl: cited(
      60,
      'documentation',
      'Amazon Route 53 Developer Guide: 60 s or less with a health check',
    ) as Cited<number>,
    bothUnhealthy: cited('primary', 'documentation', 'Amazon Route 53 Developer Guide: primary') as Cited<
      'primary' | 'secondary' | 'all' | 'none'
    >,
    unhealthy: cited(
      'ignore-health',
      'documentation',
      'Amazon Route 53 and Google Cloud DNS answer as if all were healthy',
    ) as Cited<'ignore-health' | 'all' | 'none' | 'fallback'>,
    answers: cited(8, 'documentation', 'Amazon Route 53: up to eight') as Cited<number>,
    shuffle: cited(true, 'documentation', 'Amazon Route 53 answers values in random order') as Cited<boolean>,
  },
  resolver: {
    profile: cited('isp-typical', 'assumption', CHOSEN) as Cited<string>,
    count: cited(20, 'assumption', CHOSEN) as Cited<number>,
    fragments: cited(1, 'assumption', 'one cache per instance') as Cited<number>,
    background: cited(0, 'assumption', 'only the clients of the scenario ask') as Cited<number>,
  },
  clients: {
    count: cited(10_000, 'assumption', CHOSEN) as Cited<number>,
    app: cited('fetcher', 'assumption', 'neutral: no memory of its own') as Cited<string>,
    os: cited('linux', 'assumption', 'no cache of the host; delays come from the resolvers') as Cited<string>,
    ipv4: cited('works', 'assumption', 'a path without faults') as Cited<FamilyState>,
    ipv6: cited('works', 'assumption', 'a path without faults') as Cited<FamilyState>,
    types: cited([A], 'assumption', 'one address family keeps results easy to follow') as Cited<
      readonly RrType[]
    >,
    weight: cited(1, 'assumption', 'all names alike') as Cited<number>,
    ndots: cited(1, 'documentation', 'resolv.conf(5): ndots 1') as Cited<number>,
    every: cited(MINUTE, 'assumption', CHOSEN) as Cited<number>,
    pattern: cited('poisson', 'source', 'many independent users make a Poisson process') as Cited<
      'poisson' | 'periodic' | 'sessions'
    >,
    sessionRequests: cited(5, 'assumption', CHOSEN) as Cited<number>,
    sessionPause: cited(10 * SECOND, 'assumption', CHOSEN) as Cited<number>,
    amplitude: cited(0.5, 'assumption', CHOSEN) as Cited<number>,
    peak: cited((14 / 24) * DAY, 'assumption', 'early afternoon') as Cited<number>,
  },
  fault: {
    mode: cited('silent', 'assumption', 'dead hosts and networks do not answer') as Cited<
      'silent' | 'refused'
    >,
    ramp: cited(0, 'assumption', 'at once') as Cited<number>,
    hidden: cited(false, 'assumption', 'the check sees what users see') as Cited<boolean>,
  },
  flushShare: cited(1, 'assumption', 'every instance') as Cited<number>,
  recovery: {
    target: cited(0.99, 'assumption', CHOSEN) as Cited<number>,
    hold: cited(60 * SECOND, 'assumption', CHOSEN) as Cited<number>,
  },
} as const;

/** Names that stand for what a scenario leaves out. */
export const IMPLIED = { region: 'world', provider: 'main', resolver: 'isp' } as const;
