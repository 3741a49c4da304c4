/** How a policy chooses, as far as providers price it. */
import type { GenericRule } from '../../model/authority/providers/generic/rule.ts';
import type { Route53Rule } from '../../model/authority/providers/route53/rule.ts';
import type { PolicySpec } from '../../model/spec.ts';
import type { AnswerRoute } from '../../profiles/prices/price.ts';

const BY_ARRANGEMENT: Readonly<Partial<Record<GenericRule['arrange']['kind'], AnswerRoute>>> = {
  latency: 'latency',
  distance: 'geo',
  territory: 'geo',
  region: 'geo',
  network: 'ip',
};

const BY_ROUTING: Readonly<Partial<Record<Route53Rule['routing'], AnswerRoute>>> = {
  simple: 'plain',
  latency: 'latency',
  geolocation: 'geo',
  geoproximity: 'geo',
  ip: 'ip',
};

/**
 * The route of a policy's answers. A group of Route 53 records counts as alias to resources when all of them are;
 * in a mixed group the free answers are billed like the others, which makes the sum too high.
 */
export function routeOf({ rule }: PolicySpec): AnswerRoute {
  if (rule.kind === 'generic') return BY_ARRANGEMENT[(rule as GenericRule).arrange.kind] ?? 'policy';
  if (rule.kind !== 'route53') return 'policy';
  const { routing, records } = rule as Route53Rule;
  if (records.length > 0 && records.every(({ resource }) => resource)) return 'resource';
  return BY_ROUTING[routing] ?? 'policy';
}
