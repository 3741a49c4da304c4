/** Resolvers of access providers: blends, not products. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

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
  variantOf: 'isp-typical',
  values: {
    'ttl-floor': cited(
      '300s',
      'assumption',
      'a middle of floors seen with RIPE Atlas (gist darkk/7d61760628e3694062a10b3baf0fdd7c)',
    ),
  },
};
