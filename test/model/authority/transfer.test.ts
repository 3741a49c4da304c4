/** Secondaries: NOTIFY, refresh, retry and expiry by the SOA of the copy (RFC 1035 §3.3.13, RFC 1996). */
import { describe, expect, it, test } from 'vitest';
import { SECOND } from '../../../src/base/time.ts';
import { rdataFromText } from '../../../src/dns/data/rdata-text.ts';
import { makeRRset } from '../../../src/dns/data/rrset.ts';
import { SOA } from '../../../src/dns/data/rrtype.ts';
import type { EffectSpec, FaultSpec, TargetSpec, WorldSpec } from '../../../src/model/spec.ts';
import { ask, change, fault, name, outside, play, provider, rrset, world, worldAt, zone } from '../world.ts';

const QUERY = 'app.example.com. A';
const OLD = 'app.example.com. 300 A 203.0.113.10';
const NEW = 'app.example.com. 300 A 203.0.113.99';
const SILENT: EffectSpec = { kind: 'down', mode: 'silent' };
const PRIMARY: TargetSpec = { kind: 'plane', provider: 0, plane: 'edge' };
const AT_SECONDARY = { address: '192.0.2.2' };

/** A primary (192.0.2.1) and a secondary (192.0.2.2); refresh 1000 s, retry 100 s, expire 3000 s. */
function pair(notify: boolean, timeline: WorldSpec['timeline']): WorldSpec {
  const providers = [
    provider({ name: 'first' }),
    provider({ name: 'second', first: 2, transfer: { from: 0, notify } }),
  ];
  const plain = zone('example.com.', 'app 300 IN A 203.0.113.10\n');
  const times = 'ns1.dns.test. h.dns.test. 1 1000 100 3000 30';
  const soa = makeRRset(name('example.com.'), SOA, 3600, [rdataFromText(SOA, times)]);
  return world({
    providers,
    timeline,
    duration: 20_000 * SECOND,
    zones: [{ origin: name('example.com.'), zone: plain.with(soa), providers: [0, 1] }],
  });
}

const moved = change(50 * SECOND, { put: [rrset('app.example.com. 300 A 203.0.113.99')] });
const down = (from: number, until: number): FaultSpec =>
  fault(PRIMARY, SILENT, { at: from * SECOND, until: until * SECOND });

/** Second at which the secondary begins to give this answer; looks every second. */
function since(spec: WorldSpec, answer: string, end: number): number | undefined {
  const side = outside(spec);
  for (let second = 0; second <= end; second++) {
    if (ask(play(side, second * SECOND), QUERY, AT_SECONDARY) === answer) return second;
  }
  return undefined;
}

describe('a secondary', () => {
  it('has a change 6 s after the primary, when it is told (5 s until NOTIFY, 1 s of transfer)', () => {
    expect(ask(worldAt(pair(true, [moved]), 50 * SECOND), QUERY)).toBe(NEW);
    expect(since(pair(true, [moved]), NEW, 100)).toBe(56);
  });

  it('finds it at the next refresh, when it is not told', () => {
    const found = since(pair(false, [moved]), NEW, 1100)!;
    expect(found).toBeGreaterThan(56);
    expect(found).toBeLessThanOrEqual(1051);
  });

  it('whose NOTIFY finds the primary cut off asks again every retry', () => {
    // The change is accepted at 50 s; the primary answers nobody from 52 s until 2500 s.
    const found = since(pair(true, [moved, down(52, 2500)]), NEW, 2700)!;
    expect(found).toBeGreaterThanOrEqual(2501);
    expect(found).toBeLessThanOrEqual(2601);
  });

  it('answers on with its copy until it expires, then SERVFAIL, then again', () => {
    const spec = pair(true, [down(10, 9000)]);
    const gone = since(spec, 'SERVFAIL', 5000)!;
    // The last contact was at most a refresh before the fault.
    expect(gone).toBeGreaterThan(2000);
    expect(gone).toBeLessThanOrEqual(3011);
    expect(ask(worldAt(spec, (gone - 1) * SECOND), QUERY, AT_SECONDARY)).toBe(OLD);
    expect(ask(worldAt(spec, 8999 * SECOND), QUERY, AT_SECONDARY)).toBe('SERVFAIL');
    expect(ask(worldAt(spec, 9102 * SECOND), QUERY, AT_SECONDARY)).toBe(OLD);
  });

  const plane: TargetSpec = { kind: 'plane', provider: 1, plane: 'control' };
  it('fetches nothing while its own control plane is down', () => {
    const spec = pair(true, [moved, fault(plane, SILENT, { at: 0, until: 500 * SECOND })]);
    const found = since(spec, NEW, 2000)!;
    expect(found).toBeGreaterThanOrEqual(501);
  });

  test.each([true, false])('keeps its copy while all is well (notify %s)', (notify) => {
    expect(since(pair(notify, []), 'SERVFAIL', 12_000)).toBe(undefined);
  });

  it('does not count as behind: the truth is what the primary holds', () => {
    const side = worldAt(pair(false, [moved]), 51 * SECOND);
    expect(side.truth({ name: name('app.example.com.'), type: 1 }, 0)).toEqual(['203.0.113.99']);
  });
});
