/** `providers.*.azure`: settings of Azure where its documentation leaves room, or contradicts itself. */
import { z } from 'zod';
import type { Seconds } from '../../../base/time.ts';
import type { AzureOptions, SubnetDegraded } from '../../../model/authority/providers/azure/rule.ts';
import { cited } from '../../../profiles/cited.ts';
import { ttlKind, wordKind } from '../../kinds.ts';
import { about, field } from '../../schema/field.ts';
import type { OptionsFormat, PolicyDesk } from '../format.ts';
import { METHODS, MONITORING, PERFORMANCE } from './sources.ts';

export type CheckTier = 'standard' | 'fast';

export interface OptionsDoc {
  readonly 'default-ttl'?: Seconds;
  readonly 'check-tier'?: CheckTier;
  readonly 'subnet-degraded'?: SubnetDegraded;
  readonly 'probe-vote'?: ProbeVote;
}

/** How many probing locations must find an endpoint degraded for it to be. */
export type ProbeVote = 'majority' | 'any' | 'all';

const TIER_KIND = wordKind(['standard', 'fast']);
const SUBNET_KIND = wordKind(['skipped', 'answered']);

const DEFAULT_TTL = cited<Seconds>(
  300,
  'documentation',
  `${PERFORMANCE}: 300 s; new profiles of the portal have 60 s (as seen there, not documented)`,
);
const CHECK_TIER = cited<CheckTier>('standard', 'documentation', `${MONITORING}: 30 s unless 10 s is chosen`);
const VOTE_KIND = wordKind(['majority', 'any', 'all']);
const PROBE_VOTE = cited<ProbeVote>(
  'majority',
  'assumption',
  `${MONITORING}: failures are counted in each location by itself; how locations agree is not documented`,
);
const SUBNET_DEGRADED = cited<SubnetDegraded>(
  'skipped',
  'assumption',
  `${MONITORING}: Degraded endpoints are not answered; ${METHODS} names no exception for subnets, nor a rule`,
);

export const AZURE_OPTIONS: OptionsFormat = {
  schema: about(
    z.strictObject({
      'default-ttl': field(ttlKind, 'TTL of profiles that say nothing: 300 s or 60 s.', {
        fallback: DEFAULT_TTL,
      }).exactOptional(),
      'check-tier': field(TIER_KIND, 'Probes every 30 s (10 s to answer), or every 10 s (9 s).', {
        fallback: CHECK_TIER,
      }).exactOptional(),
      'probe-vote': field(VOTE_KIND, 'How many probing locations make an endpoint Degraded.', {
        fallback: PROBE_VOTE,
      }).exactOptional(),
      'subnet-degraded': field(
        SUBNET_KIND,
        'Subnet routing: a Degraded endpoint leaves its clients to the catch-all, or is answered all the same.',
        { fallback: SUBNET_DEGRADED },
      ).exactOptional(),
    }),
    'Settings of Azure DNS and Traffic Manager.',
  ),
  build(doc: OptionsDoc, path, { ledger }): AzureOptions {
    ledger.settle([...path, 'check-tier'], doc['check-tier'], TIER_KIND, CHECK_TIER);
    ledger.settle([...path, 'probe-vote'], doc['probe-vote'], VOTE_KIND, PROBE_VOTE);
    return {
      kind: 'azure',
      defaultTtl: ledger.settle([...path, 'default-ttl'], doc['default-ttl'], ttlKind, DEFAULT_TTL),
      subnetDegraded: ledger.settle(
        [...path, 'subnet-degraded'],
        doc['subnet-degraded'],
        SUBNET_KIND,
        SUBNET_DEGRADED,
      ),
    };
  },
};

/** The settings of the provider that runs a policy; the defaults where it is of another kind, which is reported. */
export function optionsOf({ provider: { options } }: PolicyDesk): AzureOptions {
  if (options?.kind === 'azure') return options as AzureOptions;
  return { kind: 'azure', defaultTtl: DEFAULT_TTL.value, subnetDegraded: SUBNET_DEGRADED.value };
}

/** How often probes come, as a document asks for. */
export function tierOf(doc: OptionsDoc): CheckTier {
  return doc['check-tier'] ?? CHECK_TIER.value;
}

/** How probing locations agree, as a document asks for. */
export function voteOf(doc: OptionsDoc): ProbeVote {
  return doc['probe-vote'] ?? PROBE_VOTE.value;
}

/** Why a profile's TTL is what it is when neither it nor the provider says. */
export const DEFAULT_TTL_SOURCE: string = DEFAULT_TTL.source;
