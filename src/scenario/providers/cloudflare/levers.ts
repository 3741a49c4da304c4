/** What an operator can move in a load balancer: weights, endpoints, pools, the balancer itself, its proxy. */
import { numberKind } from '../../kinds.ts';
import { type PolicyLevers, withChanged, withWeight } from '../levers.ts';
import type { PoolDoc } from './pool-schema.ts';

interface BalancerDoc {
  readonly pools?: Readonly<Record<string, PoolDoc>>;
}

/** Every pool changed that can be; nothing when none can. */
function inPools(
  doc: BalancerDoc,
  change: (pool: PoolDoc, name: string) => PoolDoc | undefined,
): BalancerDoc | undefined {
  const pools = Object.entries(doc.pools ?? {}).map(([name, pool]) => {
    return { name, pool, after: change(pool, name) };
  });
  if (pools.every(({ after }) => after === undefined)) return undefined;
  return { ...doc, pools: Object.fromEntries(pools.map(({ name, pool, after }) => [name, after ?? pool])) };
}

function withMembers(pool: PoolDoc, endpoints: PoolDoc['endpoints'] | undefined): PoolDoc | undefined {
  return endpoints && { ...pool, endpoints };
}

export const CLOUDFLARE_LEVERS: PolicyLevers = {
  weights: numberKind(0),
  /** A pool goes before an endpoint of the same name. */
  weigh: (doc: BalancerDoc, name, weight) =>
    inPools(doc, (pool, own) => (own === name ? { ...pool, weight } : undefined)) ??
    inPools(doc, (pool) => withMembers(pool, withWeight(pool.endpoints, name, weight))),
  endpoint: (doc: BalancerDoc, name, isOn) =>
    inPools(doc, (pool) =>
      withMembers(
        pool,
        withChanged(pool.endpoints, name, (one) => ({ ...one, enabled: isOn })),
      ),
    ),
  pool: (doc: BalancerDoc, name, isOn) =>
    inPools(doc, (pool, own) => (own === name ? { ...pool, enabled: isOn } : undefined)),
  whole: (doc: BalancerDoc, isOn) => (doc.pools ? { ...doc, enabled: isOn } : undefined),
  proxy: (doc: object, proxied) => ({ ...doc, proxied }),
};
