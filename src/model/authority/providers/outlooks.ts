/** The outlook of every policy of a world, and of every record that decides by itself, by kind of rule. */
import type { Name } from '../../../dns/data/name.ts';
import type { RrType } from '../../../dns/data/rrtype.ts';
import type { PolicySpec, WorldSpec } from '../../spec.ts';
import type { Outlook, OutlookOf } from '../outlook.ts';
import { azureOutlook } from './azure/outlook.ts';
import { cloudflareOutlook } from './cloudflare/outlook.ts';
import { genericOutlook } from './generic/outlook.ts';
import { googleOutlook } from './google/outlook.ts';
import { ns1Outlook } from './ns1/outlook.ts';
import { luaOutlooks } from './powerdns/outlook.ts';
import { route53Outlook } from './route53/outlook.ts';

/** CoreDNS has none: it runs generic policies only, and checks nothing itself. */
const BY_RULE: Readonly<Record<string, OutlookOf>> = {
  azure: azureOutlook,
  cloudflare: cloudflareOutlook,
  generic: genericOutlook,
  google: googleOutlook,
  ns1: ns1Outlook,
  route53: route53Outlook,
};

export interface NamedOutlook extends Outlook {
  readonly name: Name;
  readonly type: RrType;
  /** TTL of its answers, in seconds. */
  readonly ttl: number;
  /** What people call it: `route53 weighted policy`, `LUA record`. */
  readonly word: string;
  /** Index of the provider that decides. */
  readonly provider: number;
  /** Absent: a record decides, not a policy. */
  readonly policy?: PolicySpec;
}

/** In the order of the policies, then of the providers with records that decide. */
export function outlooksOf(spec: WorldSpec): readonly NamedOutlook[] {
  const policies = spec.policies.flatMap((policy): NamedOutlook[] => {
    const { name, type, ttl, word, provider, rule } = policy;
    const outlook = BY_RULE[rule.kind]?.(policy, spec);
    return outlook ? [{ ...outlook, name, type, ttl, word: `${word} policy`, provider, policy }] : [];
  });
  const records = spec.providers.flatMap(({ kind }, provider) => {
    if (kind !== 'powerdns') return [];
    return luaOutlooks(spec, provider).map(({ outlook, ...set }) => {
      return { ...outlook, ...set, word: 'LUA record', provider };
    });
  });
  return [...policies, ...records];
}
