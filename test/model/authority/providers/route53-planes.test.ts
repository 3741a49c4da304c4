/**
 * Route 53 as a whole: what goes on while its control plane is down (AWS Fault Isolation Boundaries, appendix B), when
 * a change is in force everywhere (INSYNC), and what its checkers make of a fault that only some of them see.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import { quorumForShare } from '../../../../src/model/authority/health/votes.ts';
import type { Route53Rule } from '../../../../src/model/authority/providers/route53/rule.ts';
import type { CheckSpec, EffectSpec, FaultSpec, PolicySpec, WorldSpec } from '../../../../src/model/spec.ts';
import {
  ask,
  CHECK,
  change,
  FAILOVER,
  fault,
  HERE,
  PRIMARY,
  provider,
  rrset,
  SECONDARY,
  THERE,
  world,
  worldAt,
} from '../../world.ts';

const QUERY = 'app.example.com. A';
const ON_EAST = 'app.example.com. 60 A 203.0.113.10';
const ON_WEST = 'app.example.com. 60 A 198.51.100.20';
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
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
  const dead = fault({ kind: 'endpoint', endpoint: 0 }, SILENT, { at: 11 * SECOND });
  const changed = change(20 * SECOND, { put: [rrset('new.example.com. 300 A 203.0.113.99')] });
  const spec = route53([CONTROL_REGION, dead, changed]);
  const rows: [what: string, seconds: number, query: string, answer: string][] = [
    ['answers go on', 10, QUERY, ON_EAST],
    ['health checks and failover go on', 45, QUERY, ON_WEST],
    ['a change is not taken', 899, 'new.example.com. A', 'NXDOMAIN aa'],
    ['once it is back the change is taken, but not in force', 959, 'new.example.com. A', 'NXDOMAIN aa'],
    ['60 s later it is', 960, 'new.example.com. A', 'new.example.com. 300 A 203.0.113.99'],
  ];
  test.each(rows)('%s', (_, seconds, query, answer) => {
    expect(ask(worldAt(spec, seconds * SECOND), query)).toBe(answer);
  });
});

describe('an endpoint that only the checkers here can reach', () => {
  const cut: FaultSpec = fault({ kind: 'path', from: HERE, to: THERE }, SILENT, { at: 11 * SECOND });
  const rows: [here: number, answer: string][] = [
    [3, ON_EAST], // 3 of 15 are 20 %: more than 18 %
    [2, ON_WEST], // 2 of 15 are 13 %
  ];
  test.each(rows)('%d of 15', (here, answer) => {
    expect(ask(worldAt(route53([cut], fifteen(here)), 300 * SECOND), QUERY)).toBe(answer);
  });

  it('is healthy for all while nothing is cut', () => {
    expect(ask(worldAt(route53([], fifteen(2)), 300 * SECOND), QUERY)).toBe(ON_EAST);
  });
});
