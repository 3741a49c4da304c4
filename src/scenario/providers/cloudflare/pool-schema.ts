/** Pools as a scenario writes them: endpoints in a list or with weights, or a map that says more. */
import { z } from 'zod';
import {
  ENDPOINT_STEERINGS,
  type EndpointSteering,
} from '../../../model/authority/providers/cloudflare/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import { flagKind, type Kind, numberKind, wholeKind, wordKind } from '../../kinds.ts';
import { degreesKind } from '../../place-kinds.ts';
import { listOf, mapOf, reference } from '../../schema/common.ts';
import { about, field } from '../../schema/field.ts';
import { type CandidateDoc, candidateSchema } from '../candidate.ts';

export interface MemberDoc extends CandidateDoc {
  readonly weight?: number;
  readonly enabled?: boolean;
  readonly views?: Readonly<Record<string, string>>;
}

export interface PoolDoc {
  readonly endpoints: readonly MemberDoc[];
  readonly minimum?: number;
  readonly weight?: number;
  readonly steering?: EndpointSteering;
  readonly enabled?: boolean;
  readonly latitude?: number;
  readonly longitude?: number;
}

const API = 'Cloudflare API, load balancer pools';

/** Kinds of the settings of a pool. */
export const POOL_KINDS: {
  readonly minimum: Kind<number>;
  readonly weight: Kind<number>;
  readonly steering: Kind<EndpointSteering>;
  readonly enabled: Kind<boolean>;
} = {
  minimum: wholeKind(1, 1000),
  weight: numberKind(0),
  steering: wordKind(ENDPOINT_STEERINGS),
  enabled: flagKind,
};

/** Defaults of pools and of endpoints in them. */
export const POOL_DEFAULTS: {
  readonly minimum: Cited<number>;
  readonly weight: Cited<number>;
  readonly memberWeight: Cited<number>;
  readonly memberEnabled: Cited<boolean>;
  readonly steering: Cited<EndpointSteering>;
  readonly enabled: Cited<boolean>;
} = {
  minimum: cited(1, 'documentation', `${API}: minimum_origins 1`),
  weight: cited(1, 'documentation', `${API}: random_steering.default_weight 1`),
  memberWeight: cited(1, 'documentation', `${API}: weight 1`),
  memberEnabled: cited(true, 'documentation', `${API}: origins.enabled true`),
  steering: cited<EndpointSteering>('random', 'documentation', `${API}: origin_steering random`),
  enabled: cited(true, 'documentation', `${API}: enabled true`),
};

const memberWeight = field(numberKind(0), 'Weight inside the pool, 0 to 1.', {
  fallback: POOL_DEFAULTS.memberWeight,
});

const member: z.ZodType<MemberDoc> = candidateSchema<MemberDoc>(
  'An endpoint of the pool: its name, or a map.',
  {
    weight: memberWeight.exactOptional(),
    enabled: field(POOL_KINDS.enabled, 'A disabled endpoint gets no traffic of this pool and no probes.', {
      fallback: POOL_DEFAULTS.memberEnabled,
    }).exactOptional(),
    views: mapOf(
      reference('A check.', 'us-from-eu'),
      'Checks by region whose verdict counts there before the global one (all data centers, regional health).',
      { 'eu-west': 'us-from-eu' },
    ).exactOptional(),
  },
);

const members: z.ZodType<MemberDoc[]> = about(
  z.union([
    mapOf(memberWeight, 'Weights by name of endpoint.', { 'us-east': 1 }).transform((map) =>
      Object.entries(map).map(([name, weight]) => ({ endpoint: [name], weight })),
    ),
    listOf(member, 'Endpoints of the pool.'),
  ]) as unknown as z.ZodType<MemberDoc[]>,
  'Endpoints of the pool: a list, or weights by name.',
  ['us-east'],
);

const pool: z.ZodType<PoolDoc> = about(
  z.union([
    listOf(member, 'Endpoints of the pool.').transform((endpoints) => ({ endpoints })),
    z.strictObject({
      endpoints: members,
      minimum: field(POOL_KINDS.minimum, 'Fewer endpoints up than this: critical (health threshold).', {
        fallback: POOL_DEFAULTS.minimum,
      }).exactOptional(),
      weight: field(POOL_KINDS.weight, 'Weight under random steering and by counters.', {
        fallback: POOL_DEFAULTS.weight,
      }).exactOptional(),
      steering: field(POOL_KINDS.steering, 'How endpoints of the pool share.', {
        fallback: POOL_DEFAULTS.steering,
      }).exactOptional(),
      enabled: field(POOL_KINDS.enabled, 'A disabled pool gets no traffic.', {
        fallback: POOL_DEFAULTS.enabled,
      }).exactOptional(),
      latitude: field(degreesKind(90), 'Where it stands, for proximity. Default: as its first endpoint.', {
        example: 38.9,
      }).exactOptional(),
      longitude: field(degreesKind(180), 'Where it stands, for proximity.', {
        example: -77.4,
      }).exactOptional(),
    }),
  ]) as unknown as z.ZodType<PoolDoc>,
  'A pool: its endpoints, or a map that says more.',
);

export const poolsSchema: z.ZodType<Record<string, PoolDoc>> = mapOf(pool, 'Pools by name.', {
  us: ['us-east'],
  eu: ['eu-west'],
});
