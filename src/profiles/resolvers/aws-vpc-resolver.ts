/** The resolver Amazon provides inside a VPC. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

export const AWS_VPC_RESOLVER: Preset = {
  id: 'aws-vpc-resolver',
  title: 'Amazon VPC resolver (VPC+2, 169.254.169.253)',
  notes: [
    'A cache on the host stands in front of the fleet of the zone; here both are one.',
    'Each network interface may send 1024 packets per second; left out.',
    'In 2017 TTLs of 172800 s of a delegation came back as 60 s (RIPE Labs): set `ttl-cap: 60s` for that case.',
    'Serve-stale, failure caching and time-outs are not published; the reference values stand in for them.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited('1d', 'assumption', 'not published; the most common cap of other resolvers'),
    'serve-stale.enabled': cited(false, 'assumption', 'not published'),
    'failure.first': cited('5s', 'assumption', 'not published'),
  },
};
