/**
 * Route 53 as a whole: what goes on while its control plane is down (AWS Fault Isolation Boundaries, appendix B), when
 * a change is in force everywhere (INSYNC), and what its checkers make of a fault that only some of them see.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import { quorumForShare } from '../../../../src/model/authority/health/votes.ts';
import type { Route53Rule } from '../../../../src/model/authority/providers/route53/rule.ts';
import type { CheckSpec, FaultSpec, PolicySpec, WorldSpec } from '../../../../src/model/spec.ts';
import { CHECK, FAILOVER, fault, HERE, PRIMARY, provider, SECONDARY, THERE, world } from '../../world.ts';
import { added, at, dead, NEW, NEW_QUERY, ON_EAST, ON_WEST, QUERY, SILENT } from './course.ts';

/** The control plane stands there; answers and endpoints are here. */
const CONTROL_REGION = fault({ kind: 'region', region: THERE }, SILENT, {
  at: 5 * SECOND,
  until: 900 * SECOND,
});

const RULE: Route53Rule = {
  kind: 'route53',
  routing: 'failover',
  records: [{ role: 'primary' }, { role: 'secondary' }],
  negativeBias: 'divided',
  overlap: 'longest',
};
const POLICY: PolicySpec = { ...FAILOVER, word: 'route53 failover', rule: RULE };

/** `here` of fifteen checkers stand here, the rest there. */
function fifteen(here: number): CheckSpec {
  const regions = Array.from({ length: 15 }, (_, at) => (at < here ? HERE : THERE));
  return { ...CHECK, regions, quorum: quorumForShare(15, 0.18) };
}

function route53(timeline: WorldSpec['timeline'], check: CheckSpec = CHECK): WorldSpec {
  const endpoints = [
    { ...PRIMARY, check },
    { ...SECONDARY, region: HERE },
  ];
  const providers = [provider({ kind: 'route53', propagation: 60 * SECOND, controlRegion: THERE })];
  return world({ endpoints, providers, policies: [POLICY], timeline });
}

describe('an outage of the region of the control plane', () => {
  const spec = route53([CONTROL_REGION, dead(11), added(20)]);
  const rows: [what: string, seconds: number, query: string, answer: string][] = [
    ['answers go on', 10, QUERY, ON_EAST],
    ['health checks and failover go on', 45, QUERY, ON_WEST],
    ['a change is not taken', 899, NEW_QUERY, 'NXDOMAIN aa'],
    ['once it is back the change is taken, but not in force', 959, NEW_QUERY, 'NXDOMAIN aa'],
    ['60 s later it is', 960, NEW_QUERY, NEW],
  ];
  test.each(rows)('%s', (_, seconds, query, answer) => {
    expect(at(spec, seconds, query)).toBe(answer);
  });
});

describe('an endpoint that only the checkers here can reach', () => {
  const cut: FaultSpec = fault({ kind: 'path', from: HERE, to: THERE }, SILENT, { at: 11 * SECOND });
  const rows: [here: number, answer: string][] = [
    [3, ON_EAST], // 3 of 15 are 20 %: more than 18 %
    [2, ON_WEST], // 2 of 15 are 13 %
  ];
  test.each(rows)('%d of 15', (here, answer) => {
    expect(at(route53([cut], fifteen(here)), 300)).toBe(answer);
  });

  it('is healthy for all while nothing is cut', () => {
    expect(at(route53([], fifteen(2)), 300)).toBe(ON_EAST);
  });
});
