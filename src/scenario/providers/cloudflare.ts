/**
 * Cloudflare in the scenario format. The rules behind it, with their sources, are described in
 * src/model/authority/providers/cloudflare/README.md.
 */
import { SECOND } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import type { CloudflareOptions } from '../../model/authority/providers/cloudflare/rule.ts';
import type { PolicySpec, RuleSpec } from '../../model/spec.ts';
import { cited } from '../../profiles/cited.ts';
import { candidateReferences } from './candidate.ts';
import { BALANCER } from './cloudflare/balancer.ts';
import { MONITORS, monitorsFor } from './cloudflare/monitors.ts';
import { OPTIONS } from './cloudflare/options.ts';
import { review } from './cloudflare/review.ts';
import type { ProviderFormat } from './format.ts';

/** First names, as Cloudflare's servers bear. */
const FIRST_NAMES = [
  'ada',
  'ben',
  'carl',
  'dana',
  'elle',
  'finn',
  'gina',
  'hugh',
  'iris',
  'jim',
  'kate',
  'leo',
];

function serverNames(provider: string, count: number): Name[] {
  const seed = [...provider].reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % FIRST_NAMES.length,
    5,
  );
  return Array.from({ length: count }, (_, index) => {
    const turn = Math.floor(index / FIRST_NAMES.length);
    const label = `${FIRST_NAMES[(seed + 5 * index) % FIRST_NAMES.length]}${turn > 0 ? turn + 1 : ''}`;
    return `${label}.ns.cloudflare.com.` as Name;
  });
}

function proxiedNames(options: RuleSpec, policies: readonly PolicySpec[]): readonly Name[] {
  const balanced = policies.filter(({ rule }) => {
    const { enabled = true, proxied = false } = rule as { enabled?: boolean; proxied?: boolean };
    return enabled && proxied;
  });
  return [...new Set([...(options as CloudflareOptions).proxied, ...balanced.map(({ name }) => name)])];
}

export const CLOUDFLARE: ProviderFormat = {
  kind: 'cloudflare',
  title: 'Cloudflare',
  defaults: {
    servers: cited(2, 'documentation', 'Cloudflare, dns/nameservers/nameserver-options'),
    propagation: cited(
      5 * SECOND,
      'assumption',
      'blog.cloudflare.com/dns-build-improvement: seconds; staff: up to 60 s',
    ),
    policyTtl: cited(30, 'assumption', 'the TTL in the examples of the API'),
    readsClientSubnet: cited(
      true,
      'documentation',
      'Cloudflare API, load balancers: location_strategy.prefer_ecs',
    ),
    nsTtl: 86_400,
    soa: { ttl: 1800, times: '1 10000 2400 604800 1800', source: 'observed: public answers of its servers' },
  },
  serverNames,
  options: OPTIONS,
  policies: { cloudflare: BALANCER },
  checkers: MONITORS,
  checkersFor: monitorsFor,
  proxied: proxiedNames,
  review,
  references: [
    ['region', 'providers.*.cloudflare.regions.~'],
    ...['policies.*.cloudflare.pools.*.#', 'policies.*.cloudflare.pools.*.endpoints.#'].flatMap((pattern) => [
      ['endpoint', pattern] as const,
      ['region', `${pattern}.views.~`] as const,
      ['check', `${pattern}.views.*`] as const,
      ...candidateReferences(pattern),
    ]),
    ['endpoint', 'policies.*.cloudflare.pools.*.endpoints.~'],
  ],
};
