/** Pools of a load balancer: from what is written to the rule's data. */
import type { PoolMember, PoolRule } from '../../../model/authority/providers/cloudflare/rule.ts';
import type { CandidateSpec, HealthRef } from '../../../model/spec.ts';
import type { Path } from '../../document/tree.ts';
import type { PolicyDesk } from '../format.ts';
import { type MemberDoc, POOL_DEFAULTS, POOL_KINDS, type PoolDoc } from './pool-schema.ts';

/** @param candidates gets those of all pools, in order */
export function buildPools(
  docs: Readonly<Record<string, PoolDoc>>,
  desk: PolicyDesk,
  candidates: CandidateSpec[],
): PoolRule[] {
  return Object.entries(docs).map(([name, doc]) => buildPool(name, doc, desk, candidates));
}

function buildPool(name: string, doc: PoolDoc, desk: PolicyDesk, candidates: CandidateSpec[]): PoolRule {
  const { ledger } = desk;
  const path = [...desk.path, 'pools', name];
  const at = desk.isMap(path) ? [...path, 'endpoints'] : path;
  const { latitude, longitude } = doc;
  return {
    name,
    members: doc.endpoints.map((member, index) => {
      const place = [...at, desk.isMap(at) ? (member.endpoint?.[0] ?? index) : index];
      return buildMember(member, place, desk, candidates);
    }),
    minimum: ledger.settle([...path, 'minimum'], doc.minimum, POOL_KINDS.minimum, POOL_DEFAULTS.minimum),
    weight: ledger.settle([...path, 'weight'], doc.weight, POOL_KINDS.weight, POOL_DEFAULTS.weight),
    steering: ledger.settle([...path, 'steering'], doc.steering, POOL_KINDS.steering, POOL_DEFAULTS.steering),
    enabled: ledger.settle([...path, 'enabled'], doc.enabled, POOL_KINDS.enabled, POOL_DEFAULTS.enabled),
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
  };
}

function buildMember(doc: MemberDoc, place: Path, desk: PolicyDesk, candidates: CandidateSpec[]): PoolMember {
  const { weight = POOL_DEFAULTS.memberWeight.value, views = {} } = doc;
  if (weight > 1) {
    const message = `an endpoint's weight is between 0 and 1, not ${weight}`;
    desk.issues.add(place, 'scenario-cloudflare', message, { hint: 'divide all weights of the pool' });
  }
  const candidate = candidates.push(desk.candidate(doc, place)) - 1;
  const seen = Object.entries(views).flatMap(([region, check]): [number, HealthRef][] => {
    const health = desk.health(check);
    return health ? [[desk.regions.indexOf(region), health]] : [];
  });
  const enabled = desk.ledger.settle(
    [...place, 'enabled'],
    doc.enabled,
    POOL_KINDS.enabled,
    POOL_DEFAULTS.memberEnabled,
  );
  return { candidate, weight, views: new Map(seen), ...(enabled ? {} : { enabled }) };
}
