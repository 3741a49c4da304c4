/** "Why does this one still answer the old address?" for applications with a memory of their own. */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { explainPlace, type WhyStep } from '../../../src/experiment/session/why.ts';
import { World } from '../../../src/model/world.ts';
import { drill, moveAddress, OLD_ADDRESS } from '../../model/clients/population-world.ts';
import { product, users } from '../../model/clients/products.ts';

/** What stands between a client of a product and the data, 100 s after the address has moved; TTL 10 s. */
function steps(id: string): readonly WhyStep[] {
  const spec = drill({
    ttl: 10,
    duration: 400 * SECOND,
    populations: [users(product(id), 2)],
    timeline: [moveAddress(200 * SECOND, 10)],
  });
  const world = new World(spec, 1, 0);
  world.runUntil(300 * SECOND);
  return explainPlace(world, { kind: 'client', label: 'client 0', population: 0, client: 0 });
}

describe('the first step', () => {
  it('is the pooled connection, which asks nobody', () => {
    const [first] = steps('dotnet');
    expect(first).toMatchObject({ where: 'pooled connection', state: 'stale' });
    expect(first!.text).toContain(`Leads to ${OLD_ADDRESS}`);
    expect(first!.text).toContain('dotnet keeps it open for up to 1 min');
  });

  it('is the cache where no connection is kept (negative control)', () => {
    expect(steps('fetcher')[0]!.where).toBe('application cache');
  });
});

test.each([
  ['jvm-security-manager', 'stale', `Holds ${OLD_ADDRESS}, without an end.`],
  ['jvm-security-manager', 'stale', 'jvm-security-manager keeps an answer for ever, whatever its TTL.'],
  ['envoy-strict-dns', 'fresh', 'envoy-strict-dns asks anew every 5 s, keeps old data without an end'],
  ['haproxy-resolvers', 'fresh', 'asks anew every 1 s, keeps old data for 30 s while look-ups fail'],
  ['nginx-resolve', 'fresh', 'nginx-resolve asks anew when the TTL ends'],
] as const)('%s is %s: %s', (id, state, text) => {
  const step = steps(id).find(({ where }) => where === 'application cache')!;
  expect(step.state).toBe(state);
  expect(step.text).toContain(text);
});
