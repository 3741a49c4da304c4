/** What a traced look-up hears of the policies behind an answer. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import type { GenericRule } from '../../../src/model/authority/providers/generic/rule.ts';
import type { PolicySpec } from '../../../src/model/spec.ts';
import { deliver, FAILOVER, fault, HERE, name, THERE, world, worldAt } from '../world.ts';

const NEAREST: PolicySpec = {
  ...FAILOVER,
  word: 'latency',
  rule: { ...(FAILOVER.rule as GenericRule), arrange: { kind: 'latency' } } as GenericRule,
};
const ALIAS: PolicySpec = {
  ...FAILOVER,
  name: name('apex.example.com.'),
  word: 'simple',
  candidates: [{ label: 'app.example.com', data: { kind: 'alias', name: FAILOVER.name, ttl: 'target' } }],
};
const dead = fault({ kind: 'endpoint', endpoint: 0 }, { kind: 'down', mode: 'silent' }, { at: 11 * SECOND });

/** What the server says of its answer in a world with these policies, at a time in seconds. */
function said(
  policies: PolicySpec[],
  seconds: number,
  query: string,
  clientRegion?: number,
): string | undefined {
  const side = worldAt(world({ policies, timeline: [dead] }), seconds * SECOND);
  const delivery = deliver(side, query, { region: HERE, asker: { service: 0, clientRegion } });
  return delivery.kind === 'reply' ? delivery.message.said : undefined;
}

describe('the reason of an answer', () => {
  const rows: [
    policies: PolicySpec[],
    seconds: number,
    query: string,
    client: number | undefined,
    said: string | undefined,
  ][] = [
    [[FAILOVER], 0, 'app.example.com. A', undefined, 'failover app.example.com/A: east'],
    [[FAILOVER], 60, 'app.example.com. A', undefined, 'failover app.example.com/A: west'],
    [[FAILOVER], 0, 'www.example.com. A', undefined, 'failover app.example.com/A: east'],
    [
      [NEAREST],
      0,
      'app.example.com. A',
      THERE,
      'latency app.example.com/A: east or west, for clients in there',
    ],
    [[NEAREST], 60, 'app.example.com. A', undefined, 'latency app.example.com/A: west, for clients in here'],
    [
      [FAILOVER, ALIAS],
      0,
      'apex.example.com. A',
      undefined,
      'simple apex.example.com/A: app.example.com; failover app.example.com/A: east',
    ],
    [[], 0, 'app.example.com. A', undefined, undefined],
    [[FAILOVER], 0, 'app.example.com. AAAA', undefined, undefined],
  ];
  test.each(rows)('%#', (policies, seconds, query, client, wanted) => {
    expect(said(policies, seconds, query, client)).toBe(wanted);
  });
});

describe('policies', () => {
  it('are explained in the order in which they lead to each other', () => {
    expect(said([ALIAS, FAILOVER], 60, 'apex.example.com. A')?.split('; ').length).toBe(2);
  });
});
