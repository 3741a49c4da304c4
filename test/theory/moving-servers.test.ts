/**
 * Moving a zone to other name servers, the old ones still answering with the old data.
 *
 * A resolver asks the old servers until its delegation has run out, and their last answer lives one TTL more: the last
 * user moves by the TTL of the delegation plus that of the address. The delegation's TTL is the parent's or the
 * child's: the greater bounds all resolvers (RFC 9199 §3.3); one that listens to the child without letting it extend
 * its own delegation takes the smaller, one that listens to the parent only the parent's.
 */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import type { ChangeSpec, WorldSpec } from '../../src/model/spec.ts';
import {
  NEW_ADDRESS,
  OLD_ADDRESS,
  observe,
  population,
  resolver,
} from '../model/clients/population-world.ts';
import { name, provider, rrset, world, zone } from '../model/world.ts';
import { expectNear } from './estimate.ts';

const [TTL, AT, COUNT] = [60, 100, 200];
const glue = [1, 2, 3].map((at) => `ns${at}.dns.test. 172800 IN A 192.0.2.${at}`).join('\n');
const registry = `com. 172800 IN NS ns1.dns.test.\ndns.test. 172800 IN NS ns1.dns.test.\n${glue}\n`;

function put(origin: string, records: readonly string[], providers: readonly number[]): ChangeSpec {
  const change = {
    kind: 'zone',
    origin: name(origin),
    put: records.map(rrset),
    remove: [],
    providers,
  } as const;
  return { kind: 'change', label: `new data of ${origin}`, at: AT * SECOND, change };
}

/** example.com. moves from ns2 to ns3, and app gets its new address at ns3 only. */
function moving(
  byParent: number,
  byChild: number,
  credibility: ResolverOptions['credibility'],
  told = true,
): WorldSpec {
  const old = zone('example.com.', `app ${TTL} IN A ${OLD_ADDRESS}\n`, 'ns2.dns.test.');
  const toNew = put(
    'example.com.',
    [`app.example.com. ${TTL} A ${NEW_ADDRESS}`, `example.com. ${byChild} NS ns3.dns.test.`],
    [2],
  );
  const delegate = put('com.', [`example.com. ${byParent} NS ns3.dns.test.`], [0]);
  return world({
    start: 'warm',
    duration: (AT + Math.max(byParent, byChild) + TTL + 100) * SECOND,
    providers: [1, 2, 3].map((first) => provider({ name: `p${first}`, first })),
    zones: [
      { origin: name('.'), zone: zone('.', registry), providers: [0] },
      { origin: name('dns.test.'), zone: zone('dns.test.', `${glue}\n`), providers: [0] },
      {
        origin: name('com.'),
        zone: zone('com.', `example ${byParent} IN NS ns2.dns.test.\n`, 'ns1.dns.test.'),
        providers: [0],
      },
      {
        origin: name('example.com.'),
        zone: old.with(rrset(`example.com. ${byChild} NS ns2.dns.test.`)),
        providers: [2, 1],
      },
    ],
    resolvers: [
      {
        ...resolver({ count: COUNT }),
        options: {
          ...RFC_REFERENCE,
          serveStale: undefined,
          useIpv6: false,
          credibility,
          rootHints: { 'ns1.dns.test.': ['192.0.2.1'] },
        },
      },
    ],
    populations: [population({ count: COUNT, workload: { kind: 'poisson', every: 2 * SECOND } })],
    timeline: told ? [toNew, delegate] : [toNew],
  });
}

/** Seconds from the change to each client's last old answer. */
function lastOld(spec: WorldSpec): number[] {
  const last = new Map<number, number>();
  for (const { at, client, outcome, cause } of observe(spec, 1).seen) {
    expect(cause).toBe('');
    if (outcome === 'served-old') last.set(client, at / SECOND - AT);
  }
  return [...last.values()];
}

describe('the last user moves by the TTL of the delegation plus that of the address', () => {
  const rows: [byParent: number, byChild: number, credibility: 'child' | 'parent', effective: number][] = [
    [600, 600, 'child', 600],
    [600, 240, 'child', 240],
    [240, 600, 'child', 240],
    [600, 240, 'parent', 600],
    [240, 600, 'parent', 240],
  ];
  test.each(rows)(
    'parent %d s, child %d s, %s-centric: %d s',
    (byParent, byChild, credibility, effective) => {
      const last = lastOld(moving(byParent, byChild, credibility));
      const slowest = Math.max(...last);
      // The next query comes two seconds after an entry has run out, on average.
      expectNear(
        `F5g last user, ${byParent}/${byChild} ${credibility}`,
        slowest,
        effective + TTL / 2,
        TTL / 2 + 15,
      );
      expect(slowest).toBeLessThanOrEqual(Math.max(byParent, byChild) + TTL + 15);
      // Delegations are renewed with the answers, so they live for whole periods of them: between D and D + T.
      const mean = last.reduce((sum, one) => sum + one, 0) / COUNT;
      expectNear(
        `F5g mean, ${byParent}/${byChild} ${credibility}`,
        mean,
        (effective + TTL / 2) / 2,
        TTL / 4 + 8,
      );
    },
  );

  it('nobody moves while the parent still names the old servers (negative control)', () => {
    expect(Math.min(...lastOld(moving(240, 240, 'child', false)))).toBeGreaterThan(240 + TTL + 60);
  });
});
