/** Public resolver services and access providers. Their operators publish few numbers: much is assumed. */
import { cited } from './cited.ts';
import type { Preset } from './preset.ts';

export const GOOGLE_PUBLIC_DNS: Preset = {
  id: 'google-public-dns',
  title: 'Google Public DNS 8.8.8.8',
  notes: [
    'Many caches stand behind one address, so answers of one client differ in TTL: set `fragments`.',
    'Time-outs, failure caching and serve-stale are not published; the reference values stand in for them.',
    'It sends the client subnet (ECS) and limits clients to 1500 queries per second; both left out.',
  ],
  values: {
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

const BLEND = 'a blend of the defaults of BIND, Unbound and PowerDNS Recursor';

export const ISP_TYPICAL: Preset = {
  id: 'isp-typical',
  title: 'Resolver of an access provider that follows TTLs',
  notes: ['A blend, not a measurement: use the preset of the software where you know it.'],
  values: {
    'ttl-floor': cited('0s', 'assumption', BLEND),
    'ttl-cap': cited('1d', 'assumption', BLEND),
    'negative-cap': cited('1h', 'assumption', BLEND),
    'failure.first': cited('5s', 'assumption', BLEND),
    'failure.factor': cited(1, 'assumption', BLEND),
    'failure.maximum': cited('5s', 'assumption', BLEND),
    'serve-stale.enabled': cited(false, 'assumption', `${BLEND}: off in all three`),
    prefetch: cited('off', 'assumption', BLEND),
    'sends-per-server': cited(3, 'assumption', BLEND),
    'timeout.first': cited('800ms', 'assumption', BLEND),
    'timeout.backoff': cited(2, 'assumption', BLEND),
    'limits.time': cited('10s', 'assumption', BLEND),
    'selection.by': cited('lowest-rtt', 'assumption', BLEND),
  },
};

export const ISP_TTL_FLOOR: Preset = {
  id: 'isp-ttl-floor',
  title: 'Resolver of an access provider that stretches short TTLs',
  notes: ['Floors of 60, 120, 150 to 600, 600 and 3600 s have been seen: try several.'],
  values: {
    ...ISP_TYPICAL.values,
    'ttl-floor': cited(
      '300s',
      'assumption',
      'a middle of floors seen with RIPE Atlas (gist darkk/7d61760628e3694062a10b3baf0fdd7c)',
    ),
  },
};
