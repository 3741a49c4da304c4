/**
 * Azure as a whole: detection and recovery by Traffic Manager's probes, nested profiles followed to the end, alias record
 * sets at the apex, and what goes on while one of its planes is down.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../../src/base/time.ts';
import type { AzureEndpoint, AzureRule } from '../../../../src/model/authority/providers/azure/rule.ts';
import type { CandidateSpec, CheckSpec, PolicySpec, WorldSpec } from '../../../../src/model/spec.ts';
import { CHECK, FAILOVER, HERE, name, PRIMARY, provider, SECONDARY, world } from '../../world.ts';
import { added, at, dead, NEW, NEW_QUERY, ON_EAST, ON_WEST, planeDown, QUERY } from './course.ts';

const RULE: AzureRule = {
  kind: 'azure',
  method: 'priority',
  enabled: true,
  endpoints: [1, 2].map((priority) => ({ status: 'enabled', priority })),
  maxReturn: 1,
  subnetDegraded: 'skipped',
};
const POLICY: PolicySpec = { ...FAILOVER, word: 'azure priority', rule: RULE };

/** From one place, every 30 s from the start on. */
const PROBES: CheckSpec = {
  ...CHECK,
  interval: 30 * SECOND,
  timeout: 10 * SECOND,
  failures: 4,
  successes: 1,
  regions: [HERE],
  quorum: 1,
  phase: 0,
  intervalFrom: 'schedule',
};

function azure(timeline: WorldSpec['timeline'], policies: readonly PolicySpec[] = [POLICY]): WorldSpec {
  const endpoints = [{ ...PRIMARY, check: PROBES }, SECONDARY];
  const providers = [provider({ kind: 'azure', propagation: 60 * SECOND })];
  return world({ endpoints, providers, policies, timeline });
}

describe('a dead endpoint [traffic-manager-monitoring: three failures tolerated, one success restores]', () => {
  // Probes at 30, 60, 90 and 120 s fail 10 s later each.
  const rows: [what: string, until: number | undefined, seconds: number, answer: string][] = [
    ['three failures are tolerated', undefined, 129, ON_EAST],
    ['the fourth counts', undefined, 131, ON_WEST],
    ['three and no more: nothing happens', 115, 200, ON_EAST],
    ['still dead', 170, 175, ON_WEST],
    ['one success restores', 170, 182, ON_EAST],
  ];
  test.each(rows)('%s', (_, until, seconds, answer) => {
    expect(at(azure([dead(11, until)]), seconds)).toBe(answer);
  });
});

describe('planes', () => {
  const changed = added(20);
  const rows: [what: string, plane: 'control' | 'health', seconds: number, query: string, answer: string][] =
    [
      ['control down: failover goes on', 'control', 140, QUERY, ON_WEST],
      ['control down: changes wait', 'control', 899, NEW_QUERY, 'NXDOMAIN aa'],
      ['control back: in force after a minute', 'control', 960, NEW_QUERY, NEW],
      ['[FAQs] health down: frozen', 'health', 899, QUERY, ON_EAST],
      ['health back: the verdict of that moment', 'health', 900, QUERY, ON_WEST],
      ['health down: changes go on', 'health', 80, NEW_QUERY, NEW],
    ];
  test.each(rows)('%s', (_, which, seconds, query, answer) => {
    expect(at(azure([planeDown(which, 5, 900), dead(11), changed]), seconds, query)).toBe(answer);
  });
});

/** A profile with one endpoint: another name, nested or as an alias record set. */
function leadingTo(target: string, owner: string, method: AzureRule['method']): PolicySpec {
  const nested: Partial<AzureEndpoint> = method === 'alias' ? {} : { minChildEndpoints: 1, priority: 1 };
  const candidate: CandidateSpec = {
    label: target,
    data: { kind: 'alias', name: name(target), ttl: 'target' },
  };
  const rule: AzureRule = { ...RULE, method, endpoints: [{ status: 'enabled', ...nested }] };
  return { ...POLICY, name: name(owner), ttl: 300, candidates: [candidate], rule };
}

describe('profiles that lead to others', () => {
  it('are followed through ten levels, under the TTL of the last', () => {
    const chain = Array.from({ length: 9 }, (_, level) =>
      leadingTo(
        level === 8 ? 'app.example.com.' : `l${level + 2}.example.com.`,
        `l${level + 1}.example.com.`,
        'priority',
      ),
    );
    const spec = azure([dead(11)], [...chain, POLICY]);
    expect(at(spec, 5, 'l1.example.com. A')).toBe('l1.example.com. 60 A 203.0.113.10');
    expect(at(spec, 140, 'l1.example.com. A')).toBe('l1.example.com. 60 A 198.51.100.20');
  });

  const rows: [what: string, target: string, answer: string][] = [
    ['a profile', 'app.example.com.', 'example.com. 60 A 203.0.113.10'],
    ['a deleted target: an empty record set', 'gone.example.com.', 'NODATA aa'],
  ];
  test.each(rows)('[dns-alias] an alias record set at the apex to %s', (_, target, answer) => {
    const spec = azure([], [leadingTo(target, 'example.com.', 'alias'), POLICY]);
    expect(at(spec, 5, 'example.com. A')).toContain(answer);
  });

  it('do not exist while they are disabled', () => {
    const off = { ...POLICY, rule: { ...RULE, enabled: false } as AzureRule };
    expect(at(azure([], [off]), 5)).toContain('NXDOMAIN');
  });
});
