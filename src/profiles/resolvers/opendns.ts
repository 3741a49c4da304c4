/** OpenDNS, now Cisco Umbrella. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const SMART_CACHE = 'support.opendns.com, What is SmartCache?';

export const OPENDNS: Preset = {
  id: 'opendns',
  title: 'OpenDNS, Cisco Umbrella',
  notes: [
    'SmartCache gives the last good address when authorities answer SERVFAIL or not at all, to every user; in ' +
      'October 2016 it kept customers of a failed provider within reach.',
    'How old such answers may be and with which TTL they go out is not published; the reference values stand in.',
    'Each data centre has a cache of its own: write one instance (`count`) per data centre that matters.',
  ],
  values: {
    ecs: cited(
      true,
      'documentation',
      'support.opendns.com, EDNS Client Subnet: sent to authorities that take part',
    ),
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited(
      '1h',
      'measured',
      'nullrouted.space, DNS TTL Limits at Public DNS Resolvers, 2023: 86400 came as 3600',
    ),
    'serve-stale.enabled': cited(true, 'documentation', `${SMART_CACHE}: on for all users`),
    'serve-stale.client-timer': cited(
      'after-failure',
      'documentation',
      `${SMART_CACHE}: applied when the authorities fail or do not answer`,
    ),
    'failure.first': cited('5s', 'assumption', 'not published'),
  },
};
