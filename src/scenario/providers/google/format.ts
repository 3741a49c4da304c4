/**
 * Google Cloud DNS in the scenario format. The rules behind it, with their sources, are described in
 * src/model/authority/providers/google/README.md.
 */
import { SECOND } from '../../../base/time.ts';
import type { Name } from '../../../dns/data/name.ts';
import { cited } from '../../../profiles/cited.ts';
import type { ProviderFormat } from '../format.ts';
import { googleCheckers } from './checkers.ts';
import { GOOGLE_OPTIONS, type OptionsDoc, tierOf } from './options.ts';
import { GOOGLE_POLICY, POLICY_REFERENCES } from './policy.ts';
import { OVERVIEW } from './sources.ts';

const ZONES = 'Cloud DNS, managing zones';
const SHARDS = 'abcde';
const PER_SHARD = 4;

/** `ns-cloud-c1.googledomains.com.` to `c4`: the four servers of one of five shards; more servers, more shards. */
function serverNames(provider: string, count: number): Name[] {
  const seed = [...provider].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % SHARDS.length, 2);
  return Array.from({ length: count }, (_, index) => {
    const shard = SHARDS[(seed + Math.floor(index / PER_SHARD)) % SHARDS.length]!;
    return `ns-cloud-${shard}${(index % PER_SHARD) + 1}.googledomains.com.` as Name;
  });
}

export const GOOGLE: ProviderFormat = {
  kind: 'google',
  title: 'Google Cloud DNS',
  defaults: {
    servers: cited(4, 'documentation', `${ZONES}: ns-cloud-{a-e}{1-4}.googledomains.com`),
    propagation: cited(120 * SECOND, 'assumption', 'not guaranteed; one to two minutes are usual'),
    policyTtl: cited(300, 'documentation', `${ZONES}: the TTL of its examples`),
    readsClientSubnet: cited(true, 'documentation', `${OVERVIEW}: public zones; not in private ones`),
    soa: { ttl: 21_600, times: '1 21600 3600 259200 300', source: ZONES },
    nsTtl: 21_600,
  },
  serverNames,
  options: GOOGLE_OPTIONS,
  policies: { google: GOOGLE_POLICY },
  checkers: googleCheckers('standard'),
  checkersFor: (own: OptionsDoc) => googleCheckers(tierOf(own)),
  references: POLICY_REFERENCES,
};
