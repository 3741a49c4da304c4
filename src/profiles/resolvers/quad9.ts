/** Quad9: several implementations behind one front end, so a mixture; few numbers are published. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

export const QUAD9: Preset = {
  id: 'quad9',
  title: 'Quad9 9.9.9.9',
  notes: [
    'Unbound, PowerDNS Recursor and (in 2020) BIND stand behind dnsdist, so behaviour differs from query to query; ' +
      'here all behave alike.',
    'Serve-stale, failure caching and time-outs are not published; the reference values stand in for them.',
    'About 85 % of its traffic comes from forwarding caches, not from end hosts.',
  ],
  fragments: cited(
    4,
    'assumption',
    'several back ends with caches of their own behind dnsdist (isc.org/blogs/quad9-2020-06); their number is not ' +
      'published',
  ),
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited(
      '12h',
      'measured',
      'nullrouted.space, DNS TTL Limits at Public DNS Resolvers, 2023: 86400 came as 43200',
    ),
    'serve-stale.enabled': cited(
      false,
      'assumption',
      'not published; off by default in the software it runs',
    ),
    'failure.first': cited('5s', 'assumption', 'not published'),
  },
};
