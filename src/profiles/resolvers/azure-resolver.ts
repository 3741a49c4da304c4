/** The resolver Azure provides inside a virtual network. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const LIMITS = 'Azure limits, azure-dns-limits, October 2024: of each virtual machine, more are dropped';

export const AZURE_RESOLVER: Preset = {
  id: 'azure-resolver',
  title: 'Azure-provided resolver (168.63.129.16)',
  notes: [
    'Every virtual machine may send 1000 queries per second and have 200 waiting: what is more is lost without a word. A ' +
      'forwarder is one such machine for all who ask it.',
    'A link with NxDomainRedirect asks public DNS after an NXDOMAIN: resolution-policy of the private zone.',
    'TTLs, serve-stale, failure caching and time-outs are not published; the reference values stand in for them.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited('1d', 'assumption', 'not published; the most common cap of other resolvers'),
    'serve-stale.enabled': cited(false, 'assumption', 'not published'),
    'failure.first': cited('5s', 'assumption', 'not published'),
    'limits.client-rate': cited(1000, 'documentation', LIMITS),
    'limits.client-pending': cited(200, 'documentation', LIMITS),
  },
};
