/** The resolver Amazon provides inside a VPC. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

export const AWS_VPC_RESOLVER: Preset = {
  id: 'aws-vpc-resolver',
  title: 'Amazon VPC resolver (VPC+2, 169.254.169.253)',
  notes: [
    'A cache on the host stands in front of the fleet of the zone; here both are one.',
    'Each network interface may send 1024 packets per second: what is more is lost without a word.',
    'Serve-stale, failure caching and time-outs are not published; the reference values stand in for them.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited('1d', 'assumption', 'not published; the most common cap of other resolvers'),
    'serve-stale.enabled': cited(false, 'assumption', 'not published'),
    'failure.first': cited('5s', 'assumption', 'not published'),
    'limits.client-rate': cited(
      1024,
      'documentation',
      'Amazon VPC User Guide, DNS quotas: packets per second of each network interface to the resolver',
    ),
  },
};

/** The least that has been seen of the cap nobody publishes. */
export const AWS_VPC_RESOLVER_60S: Preset = {
  id: 'aws-vpc-resolver-60s',
  title: 'Amazon VPC resolver, TTLs cut to a minute',
  notes: ['One observation of 2017 on data of a delegation; whether it holds for other data is not known.'],
  variantOf: 'aws-vpc-resolver',
  values: {
    'ttl-cap': cited(
      '60s',
      'measured',
      'RIPE Labs, Moura, DNS TTL Violations in the Wild, 2017: 172800 of .nl came as 60 in EC2',
    ),
  },
};
