/** `policies.*.cloudflare`: a load balancer, or a CNAME that is flattened. */
import { z } from 'zod';
import type { Name } from '../../../dns/data/name.ts';
import { A, AAAA } from '../../../dns/data/rrtype.ts';
import {
  type BalancerRule,
  type CloudflareOptions,
  type GeoPools,
  type LocationRule,
  PLAIN_OPTIONS,
  type PoolRule,
  PROXIED_TTL,
  STEERINGS,
  type Steering,
} from '../../../model/authority/providers/cloudflare/rule.ts';
import type { GenericRule } from '../../../model/authority/providers/generic/rule.ts';
import type { CandidateSpec, HealthRef } from '../../../model/spec.ts';
import { cited } from '../../../profiles/cited.ts';
import { flagKind, nameKind, Problem, textKind, wordKind } from '../../kinds.ts';
import { mapOf, oneOrMore } from '../../schema/common.ts';
import { about, field, withRules } from '../../schema/field.ts';
import type { BuiltPolicy, PolicyDesk, PolicyFormat } from '../format.ts';
import { readArea } from './area-kind.ts';
import { CLOUDFLARE_LEVERS } from './levers.ts';
import { type PoolDoc, poolsSchema } from './pool-schema.ts';
import { buildPools } from './pools.ts';

interface BalancerDoc {
  readonly pools?: Readonly<Record<string, PoolDoc>>;
  readonly cname?: Name;
  readonly proxied?: boolean;
  readonly enabled?: boolean;
  readonly steering?: Steering;
  readonly default?: readonly string[];
  readonly fallback?: string;
  readonly geo?: Readonly<Record<string, readonly string[]>>;
  readonly 'failover-across-pools'?: boolean;
  readonly 'prefer-ecs'?: LocationRule['preferEcs'];
  readonly 'location-mode'?: LocationRule['mode'];
}

const API = 'Cloudflare API, load balancers';
const ECS_KIND = wordKind(['always', 'never', 'proximity', 'geo']);
const MODE_KIND = wordKind(['pop', 'resolver-ip']);
const STEERING_KIND = wordKind(STEERINGS);

const DEFAULTS = {
  proxied: cited(false, 'documentation', `${API}: proxied false`),
  enabled: cited(true, 'documentation', `${API}: enabled true`),
  steering: cited<Steering>(
    'default',
    'documentation',
    `${API}: steering_policy, geo with geo pools, else off`,
  ),
  across: cited(false, 'documentation', `${API}: adaptive_routing.failover_across_pools false`),
  preferEcs: cited<LocationRule['preferEcs']>(
    'proximity',
    'documentation',
    `${API}: location_strategy.prefer_ecs`,
  ),
  mode: cited<LocationRule['mode']>('pop', 'documentation', `${API}: location_strategy.mode`),
};

const poolNames = (description: string): z.ZodType<string[]> =>
  oneOrMore(field(textKind, 'A pool.', { example: 'us' }), description);

const schema: z.ZodType<BalancerDoc> = withRules(
  about(
    z.strictObject({
      pools: poolsSchema.exactOptional(),
      cname: field(nameKind, 'Instead of pools: a CNAME that is flattened, as at the apex.', {
        example: 'lb.example.net',
      }).exactOptional(),
      proxied: field(flagKind, 'Whether the name resolves to the edge, which chooses for every request.', {
        fallback: DEFAULTS.proxied,
      }).exactOptional(),
      enabled: field(flagKind, 'Disabled: the DNS record of the name is served, if there is one.', {
        fallback: DEFAULTS.enabled,
      }).exactOptional(),
      steering: field(STEERING_KIND, 'How a pool is chosen.', {
        fallback: DEFAULTS.steering,
      }).exactOptional(),
      default: poolNames('Default pools in failover order. Default: all, in their order.').exactOptional(),
      fallback: field(
        textKind,
        'Pool of last resort, its health ignored, or none. Default: the last default pool.',
        {
          example: 'eu',
        },
      ).exactOptional(),
      geo: mapOf(
        poolNames('Pools of the area in failover order.'),
        'Pools by area: pop REGION, country GB, region WEU.',
        { 'region WEU': ['eu'] },
      ).exactOptional(),
      'failover-across-pools': field(
        flagKind,
        'Whether a failed connection is tried again in another pool when its own has no other endpoint up.',
        { fallback: DEFAULTS.across },
      ).exactOptional(),
      'prefer-ecs': field(ECS_KIND, "When the client's subnet says where a DNS-only query comes from.", {
        fallback: DEFAULTS.preferEcs,
      }).exactOptional(),
      'location-mode': field(MODE_KIND, 'What says it otherwise: the data centre asked, or the resolver.', {
        fallback: DEFAULTS.mode,
      }).exactOptional(),
    }) as z.ZodType<BalancerDoc>,
    'A Cloudflare load balancer, or a flattened CNAME.',
    { pools: { us: ['us-east'], eu: ['eu-west'] } },
  ),
  (doc) => {
    if ((doc.pools === undefined) !== (doc.cname === undefined)) return undefined;
    const message = 'the policy needs pools, or a CNAME';
    return { code: 'scenario-cloudflare', message, path: [], hint: 'write one of pools: or cname:' };
  },
);

export const BALANCER: PolicyFormat = {
  schema,
  build: (doc: BalancerDoc, desk) =>
    doc.pools ? buildBalancer(doc, doc.pools, desk) : buildFlattened(doc, desk),
  levers: CLOUDFLARE_LEVERS,
};

function buildFlattened({ cname, proxied }: BalancerDoc, desk: PolicyDesk): BuiltPolicy {
  const alias = desk.candidate({ alias: cname! }, [...desk.path, 'cname']);
  const rule: GenericRule & { readonly proxied: boolean } = {
    kind: 'generic',
    arrange: { kind: 'listed' },
    take: 1,
    shuffle: false,
    unhealthy: { kind: 'ignore-health' },
    proxied: isProxied(proxied, desk),
  };
  return { word: 'cloudflare CNAME', candidates: [alias], rule, ...ttlOf(rule.proxied, desk) };
}

function isProxied(written: boolean | undefined, { ledger, path, type, issues }: PolicyDesk): boolean {
  const at = [...path, 'proxied'];
  const proxied = ledger.settle(at, written, flagKind, DEFAULTS.proxied);
  if (proxied && type !== A && type !== AAAA) {
    const message = 'only addresses can be proxied';
    issues.add(at, 'scenario-cloudflare', message, { hint: 'decide NAME/A' });
  }
  return proxied;
}

function ttlOf(proxied: boolean, { common, ledger, path, issues }: PolicyDesk): { readonly ttl?: number } {
  if (!proxied) return {};
  const at = [...path.slice(0, -1), 'ttl'];
  if (common.ttl !== undefined && common.ttl !== PROXIED_TTL) {
    const message = `the TTL of a proxied name is ${PROXIED_TTL} s, whatever is written`;
    issues.add(at, 'scenario-cloudflare', message, { severity: 'warning', hint: 'remove the key' });
  } else {
    ledger.note(at, `${PROXIED_TTL}s`, {
      kind: 'derived',
      why: 'fixed for proxied names (dns/manage-dns-records)',
    });
  }
  return { ttl: PROXIED_TTL };
}

function buildBalancer(
  doc: BalancerDoc,
  docs: Readonly<Record<string, PoolDoc>>,
  desk: PolicyDesk,
): BuiltPolicy {
  const { ledger, path } = desk;
  const candidates: CandidateSpec[] = [];
  const pools = buildPools(docs, desk, candidates);
  const proxied = isProxied(doc.proxied, desk);
  const named = (names: readonly string[], at: readonly (string | number)[]): number[] =>
    names.flatMap((name) => poolIndex(name, pools, [...path, ...at], desk));
  const defaults = doc.default ? named(doc.default, ['default']) : pools.map((_, at) => at);
  const fallback = fallbackOf(doc, pools, defaults, desk);
  const steering = ledger.settle([...path, 'steering'], doc.steering, STEERING_KIND, DEFAULTS.steering);
  const rule: BalancerRule = {
    kind: 'cloudflare',
    enabled: ledger.settle([...path, 'enabled'], doc.enabled, flagKind, DEFAULTS.enabled),
    steering,
    pools,
    defaults,
    ...(fallback === undefined ? {} : { fallback }),
    geo: geoOf(doc, desk, named),
    proxied,
    failoverAcrossPools: ledger.settle(
      [...path, 'failover-across-pools'],
      doc['failover-across-pools'],
      flagKind,
      DEFAULTS.across,
    ),
    location: {
      preferEcs: ledger.settle([...path, 'prefer-ecs'], doc['prefer-ecs'], ECS_KIND, DEFAULTS.preferEcs),
      mode: ledger.settle([...path, 'location-mode'], doc['location-mode'], MODE_KIND, DEFAULTS.mode),
    },
    answer: optionsOf(desk).answer,
  };
  const watches = viewsOf(pools);
  const word = `cloudflare ${proxied ? 'proxied' : 'DNS-only'} balancer`;
  // What a disabled balancer would answer stands for nothing, not even for the name.
  const offered = rule.enabled ? candidates : [];
  return {
    word,
    candidates: offered,
    rule,
    ...ttlOf(proxied, desk),
    ...(watches.length > 0 ? { watches } : {}),
  };
}

function optionsOf({ provider: { options } }: PolicyDesk): CloudflareOptions {
  return options?.kind === 'cloudflare' ? (options as CloudflareOptions) : PLAIN_OPTIONS;
}

function viewsOf(pools: readonly PoolRule[]): readonly HealthRef[] {
  return pools.flatMap(({ members }) => members.flatMap(({ views }) => [...views.values()]));
}

function poolIndex(
  name: string,
  pools: readonly PoolRule[],
  path: readonly (string | number)[],
  { issues }: PolicyDesk,
): number[] {
  const at = pools.findIndex((pool) => pool.name === name);
  if (at >= 0) return [at];
  const hint = `write one of ${pools.map((pool) => pool.name).join(', ')}`;
  issues.add(path, 'scenario-cloudflare', `there is no pool '${name}'`, { hint });
  return [];
}

function fallbackOf(
  { fallback }: BalancerDoc,
  pools: readonly PoolRule[],
  defaults: readonly number[],
  desk: PolicyDesk,
): number | undefined {
  const at = [...desk.path, 'fallback'];
  const last = pools[defaults.at(-1) ?? -1]?.name ?? 'none';
  const name = desk.ledger.derive(at, fallback, textKind, last, 'the last default pool');
  return name === 'none' ? undefined : poolIndex(name, pools, at, desk)[0];
}

function geoOf(
  { geo = {} }: BalancerDoc,
  { regions, path, issues }: PolicyDesk,
  named: (names: readonly string[], at: readonly (string | number)[]) => number[],
): GeoPools[] {
  return Object.entries(geo).flatMap(([key, names]) => {
    const area = readArea(key, regions);
    if (!(area instanceof Problem)) return [{ area, pools: named(names, ['geo', key]) }];
    const { code, message, hint } = area;
    issues.add([...path, 'geo', key], code, message, { atKey: true, hint });
    return [];
  });
}
