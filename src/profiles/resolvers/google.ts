/** Google Public DNS. The operator publishes few numbers: much is assumed. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

export const GOOGLE_PUBLIC_DNS: Preset = {
  id: 'google-public-dns',
  title: 'Google Public DNS 8.8.8.8',
  notes: [
    'Many caches stand behind one address, so answers of one client differ in TTL and many repeats miss.',
    'Time-outs, failure caching and serve-stale are not published; the reference values stand in for them.',
    'It limits clients to 1500 queries per second, which is left out.',
  ],
  fragments: cited(
    16,
    'assumption',
    'several caches per site are inferred (Randall et al., IMC 2020), their number is not; 2 to 16 reproduce ' +
      'the misses seen by Moura et al., IMC 2018',
  ),
  values: {
    ecs: cited(
      true,
      'documentation',
      'developers.google.com/speed/public-dns/docs/ecs: sent to servers that understand it',
    ),
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited(
      '6h',
      'measured',
      'nullrouted.space, DNS TTL Limits at Public DNS Resolvers, 2023: 86400 came as 21600',
    ),
    'serve-stale.enabled': cited(false, 'assumption', 'not published'),
    'failure.first': cited('5s', 'assumption', 'not published'),
  },
};
