/** The resolver Azure provides inside a virtual network. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

export const AZURE_RESOLVER: Preset = {
  id: 'azure-resolver',
  title: 'Azure-provided resolver (168.63.129.16)',
  notes: [
    'Every virtual machine may send 1000 queries per second and have 200 waiting, the rest is dropped (Azure limits, dns-limits, October 2024); left out.',
    'A link with NxDomainRedirect asks public DNS after an NXDOMAIN of a private zone; left out.',
    'TTLs, serve-stale, failure caching and time-outs are not published; the reference values stand in for them.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited('1d', 'assumption', 'not published; the most common cap of other resolvers'),
    'serve-stale.enabled': cited(false, 'assumption', 'not published'),
    'failure.first': cited('5s', 'assumption', 'not published'),
  },
};
