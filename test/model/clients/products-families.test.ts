/** Products on a path where one address family is dead, and with one type of address coming late. */
import { describe, expect, it, test } from 'vitest';
import { MILLISECOND, type Micros, SECOND } from '../../../src/base/time.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type { EndpointSpec, FamilyState, PopulationSpec, WorldSpec } from '../../../src/model/spec.ts';
import { fault, HERE } from '../world.ts';
import { asks, drill, observe } from './population-world.ts';
import { product, users } from './products.ts';

const SIX = '2001:db8:1::1';
const FOUR = '203.0.113.10';
const ENDPOINTS: readonly EndpointSpec[] = [
  { name: 'web', addresses: [FOUR, SIX, '2001:db8:1::2', '203.0.113.11'], region: HERE },
];

/** One client of a product that asks once for AAAA and A of a name with one address of each, from warm caches. */
function dualStack(id: string, states: { ipv4?: FamilyState; ipv6?: FamilyState }, name = 'both'): WorldSpec {
  const families = { ipv4: 'works', ipv6: 'works', ...states } as const;
  const questions = [asks(`${name}.example.com. AAAA A`)];
  return drill({
    start: 'warm',
    duration: SECOND,
    endpoints: ENDPOINTS,
    records: [
      `both 3600 IN AAAA ${SIX}\nboth 3600 IN A ${FOUR}`,
      `pair 3600 IN AAAA ${SIX}\npair 3600 IN AAAA 2001:db8:1::2\npair 3600 IN A ${FOUR}`,
    ].join('\n'),
    populations: [users({ ...product(id), keepAlive: 0 }, 1, { questions, families })],
  });
}

const told = ({ outcome, address, cause, latency }: Observation): string =>
  `${cause || `${outcome} by ${address}`} after ${latency / MILLISECOND} ms`;
const only = (spec: WorldSpec): string => told(observe(spec).seen[0]!);

describe('a client whose path swallows IPv6', () => {
  // 5 ms to look up; then the product's own patience with the dead family.
  const rows: [what: string, source: string, id: string, delay: Micros][] = [
    ['Chrome', 'kIPv6FallbackTime 300 ms', 'chrome', 300 * MILLISECOND],
    ['Firefox', 'backup attempt after 250 ms', 'firefox', 250 * MILLISECOND],
    ['Safari', 'RFC 8305 §5: 250 ms', 'safari', 250 * MILLISECOND],
    ['Go', 'FallbackDelay 300 ms', 'go', 300 * MILLISECOND],
    ['Node.js', 'autoSelectFamilyAttemptTimeout 250 ms', 'node', 250 * MILLISECOND],
    ['curl', 'CURL_HET_DEFAULT 200 ms', 'curl', 200 * MILLISECOND],
    ['aiohttp', 'happy_eyeballs_delay 250 ms', 'python-aiohttp', 250 * MILLISECOND],
    ['reqwest', 'happy_eyeballs_timeout 300 ms', 'rust-reqwest', 300 * MILLISECOND],
    ['JVM', 'IPv4 first', 'jvm', 0],
    ['Python', 'in order, full time-out', 'python', 10 * SECOND],
    ['.NET', 'in order, full time-out', 'dotnet', 10 * SECOND],
  ];
  test.each(rows)('%s (%s)', (_what, _source, id, delay) => {
    expect(only(dualStack(id, { ipv6: 'silent' }))).toBe(
      `served by ${FOUR} after ${delay / MILLISECOND + 5} ms`,
    );
  });

  test.each(['chrome', 'python', 'go'])('%s loses nothing where IPv6 is refused at once', (id) => {
    expect(only(dualStack(id, { ipv6: 'unreachable' }))).toBe(`served by ${FOUR} after 5 ms`);
  });

  test.each(['chrome', 'python', 'go', 'safari'])(
    '%s loses nothing where IPv6 works (negative control)',
    (id) => {
      expect(only(dualStack(id, {}))).toBe(`served by ${SIX} after 5 ms`);
    },
  );

  it('Safari interleaves: the second IPv6 address comes after IPv4', () => {
    expect(only(dualStack('safari', { ipv6: 'silent' }, 'pair'))).toBe(`served by ${FOUR} after 255 ms`);
  });

  it('Python walks through both IPv6 addresses first', () => {
    expect(only(dualStack('python', { ipv6: 'silent' }, 'pair'))).toBe(`served by ${FOUR} after 20005 ms`);
  });

  it('Envoy LOGICAL_DNS knows one address only, and says why', () => {
    expect(only(dualStack('envoy-logical-dns', { ipv6: 'silent' }))).toBe(
      'dead-family/authority after 5005 ms',
    );
  });

  it('a dead IPv4 path hurts only who prefers it', () => {
    expect(only(dualStack('jvm', { ipv4: 'silent' }))).toBe(`served by ${SIX} after 10005 ms`);
    expect(only(dualStack('chrome', { ipv4: 'silent' }))).toBe(`served by ${SIX} after 5 ms`);
  });

  it('counts in the tight loop as outside it', () => {
    const spec = dualStack('fetcher', { ipv4: 'silent' });
    const busy: PopulationSpec = {
      ...spec.populations[0]!,
      count: 50,
      questions: [asks('both.example.com. A')],
      workload: { kind: 'poisson', every: 10 * SECOND },
    };
    const { seen, world } = observe({ ...spec, duration: 60 * SECOND, populations: [busy] });
    expect(seen.length).toBeGreaterThan(200);
    expect(world.populations[0]!.tally.served.reduce((sum, count) => sum + count, 0)).toBe(0);
  });
});

describe('RFC 8305 §3: the resolution delay', () => {
  /** IPv4 is cached, every AAAA query takes half a second longer. */
  function late(id: string, types: string, parts: Partial<PopulationSpec> = {}): WorldSpec {
    const edge = { kind: 'plane', provider: 0, plane: 'edge' } as const;
    const [slow, quick] = types.startsWith('A ') ? ['A', 'AAAA'] : ['AAAA', 'A'];
    const [address, other] = slow === 'AAAA' ? [SIX, FOUR] : [FOUR, SIX];
    const app = { ...product(id), keepAlive: 0 };
    return drill({
      duration: 100 * SECOND,
      endpoints: ENDPOINTS,
      records: `late 1 IN ${slow} ${address}\nlate 3600 IN ${quick} ${other}`,
      populations: [users(app, 10, { questions: [asks('late.example.com. AAAA A')], ...parts })],
      timeline: [fault(edge, { kind: 'slow', extra: 500 * MILLISECOND }, { at: 20 * SECOND })],
    });
  }
  const last = (spec: WorldSpec): Observation => observe(spec).seen.at(-1)!;

  it('Safari goes ahead with IPv4 after 50 ms', () => {
    expect(told(last(late('safari', 'AAAA A')))).toBe(`served by ${FOUR} after 55 ms`);
  });

  it('Safari goes ahead with IPv6 at once', () => {
    expect(told(last(late('safari', 'A AAAA')))).toBe(`served by ${SIX} after 5 ms`);
  });

  it('getaddrinfo waits for both (negative control)', () => {
    expect(told(last(late('go', 'AAAA A')))).toBe(`served by ${SIX} after 515 ms`);
  });

  it('the late type joins in when the early one does not work', () => {
    const users = { families: { ipv4: 'silent', ipv6: 'works' } } as const;
    expect(told(last(late('safari', 'AAAA A', users)))).toBe(`served by ${SIX} after 515 ms`);
  });

  it('each request is counted once', () => {
    const { seen, world } = observe(late('safari', 'AAAA A'));
    expect(seen).toHaveLength(10);
    expect(world.populations[0]!.tally.answered).toBe(10);
  });
});
