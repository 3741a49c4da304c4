/** Cloudflare's public resolver. Its timers are not published: they are assumed. */
import { cited } from '../cited.ts';
import type { Preset } from '../preset.ts';

const EDE =
  'Cloudflare docs, 1.1.1.1 extended DNS error codes: code 3 (Stale Answer) is among those returned';

export const CLOUDFLARE_1111: Preset = {
  id: 'cloudflare-1111',
  title: 'Cloudflare 1.1.1.1',
  notes: [
    'It does serve stale data and does cache failures; how long is not published, the reference values stand in.',
    'Each data centre has a cache of its own: write one instance (`count`) per data centre that matters.',
    'It has been reported to raise very small TTLs; the value was not confirmed, so it is left out.',
    'A local copy of the root zone, ANY refused with NOTIMP and the public purge tool are left out.',
  ],
  values: {
    'ttl-floor': cited('0s', 'assumption', 'not published'),
    'ttl-cap': cited(
      '1d',
      'measured',
      'nullrouted.space, DNS TTL Limits at Public DNS Resolvers, 2023: 86400 came whole, so at least that',
    ),
    'serve-stale.enabled': cited(true, 'documentation', EDE),
    'failure.first': cited('5s', 'assumption', 'failures are cached (EDE 13), how long is not published'),
    'aggressive-nsec': cited(
      true,
      'documentation',
      'Cloudflare blog, Introducing DNS Resolver 1.1.1.1, 2018-04-01: aggressive negative answers (RFC 8198)',
    ),
    'qname-minimisation.mode': cited('relaxed', 'documentation', 'Cloudflare docs, 1.1.1.1 FAQ: minimised'),
  },
};
