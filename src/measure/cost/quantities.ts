/** Quantities that do not depend on traffic: zones, health checks, load balancing. */
import type { BillingSpec } from '../../model/billing-spec.ts';
import type { CandidateSpec, WorldSpec } from '../../model/spec.ts';
import type { PriceKey } from '../../profiles/prices/price.ts';
import { routeOf } from './route.ts';

/** Units per month by key of their price; keys without units are left out. */
export function standingQuantities(spec: WorldSpec, billing: BillingSpec): ReadonlyMap<PriceKey, number> {
  const routed = spec.policies.filter(
    (policy) =>
      policy.provider === billing.provider && billing.list.routes[routeOf(policy)] === 'query-routed',
  );
  const endpoints = new Set(routed.flatMap(({ candidates }) => candidates.flatMap(endpointsOf)));
  return new Map<PriceKey, number>([
    ['zone', billing.zones.length],
    ['record', extraRecords(spec, billing)],
    ...checkQuantities(billing),
    ['balancing', routed.length > 0 ? 1 : 0],
    ['endpoint', endpoints.size],
    ['contract', 1],
    ['licence', 1],
  ]);
}

/** Record sets beyond those that the price of their zone covers. */
function extraRecords(spec: WorldSpec, { provider, zones, list: { recordsIncluded } }: BillingSpec): number {
  if (recordsIncluded === undefined) return 0;
  const own = spec.zones.filter((one) => zones.includes(one.origin) && one.providers.includes(provider));
  return own.reduce((sum, { zone }) => sum + Math.max(0, [...zone.rrsets()].length - recordsIncluded), 0);
}

/** Disabled checks would be billed as well; a scenario has none. */
function checkQuantities({ checks, list }: BillingSpec): [PriceKey, number][] {
  const optionsOf = (inside: boolean): number =>
    checks
      .filter((check) => check.inside === inside)
      .flatMap(({ options }) => options.filter((option) => list.options.includes(option))).length;
  const inside = checks.filter((check) => check.inside).length;
  return [
    ['check', inside],
    ['check-elsewhere', checks.length - inside],
    ['check-option', optionsOf(true)],
    ['check-option-elsewhere', optionsOf(false)],
  ];
}

/** What tells one endpoint of a candidate from another. */
function endpointsOf({ data, label }: CandidateSpec): readonly string[] {
  return data.kind === 'endpoints' ? data.endpoints.map((one) => `endpoint ${one}`) : [`data ${label}`];
}
