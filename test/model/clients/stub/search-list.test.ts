import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type CandidateOutcome,
  nextCandidate,
  outcomeOf,
} from '../../../../src/model/clients/stub/joint-lookups.ts';
import { searchFor } from '../../../../src/model/clients/stub/search-list.ts';
import { name } from '../../world.ts';
import { presetStub } from './preset-stub.ts';

const CLUSTER = ['default.svc.cluster.local.', 'svc.cluster.local.', 'cluster.local.'].map(name);

/** The candidates of a name, each shortened to what follows it: `default svc cluster .`. */
function candidatesOf(id: string, asked: string, ndots: number): string {
  const { candidates } = searchFor(name(`${asked}.`), CLUSTER, ndots, presetStub(id).search);
  return candidates
    .map((one) => one.slice(asked.length + 1).replace(/^((default|svc|cluster)).*/, '$1') || '.')
    .join(' ');
}

describe('names a relative name may mean', () => {
  test.each([
    // glibc 2.41 resolv/res_query.c __res_context_search()
    ['glibc', 'api', 5, 'default svc cluster .'],
    ['glibc', 'api.example.com', 5, 'default svc cluster .'],
    ['glibc', 'a.b.c.d.e.f', 5, '. default svc cluster'],
    ['glibc', 'a.b.c.d.e', 5, 'default svc cluster .'],
    ['glibc', 'api', 1, 'default svc cluster .'],
    ['glibc', 'api.example', 1, '. default svc cluster'],
    ['glibc', 'api', 0, '. default svc cluster'],
    // musl 1.2.5 src/network/lookup_name.c: never the list with enough dots
    ['musl', 'api.example.com', 5, 'default svc cluster .'],
    ['musl', 'a.b.c.d.e.f', 5, '.'],
    ['musl', 'api.example', 1, '.'],
    // systemd-resolved(8): the list for single labels, which are not asked as they stand
    ['systemd-resolved', 'api', 1, 'default svc cluster'],
    ['systemd-resolved', 'api.example', 1, '.'],
    // AppendToMultiLabelName, not set
    ['windows', 'api', 1, 'default svc cluster'],
    ['windows', 'api.example', 1, '.'],
    // ClientRequests.c AlwaysAppendSearchDomains, false
    ['macos', 'api', 1, 'default svc cluster .'],
    ['macos', 'api.example', 1, '.'],
    ['android', 'api.example', 1, '. default svc cluster'],
  ])('%s asks %s with ndots %d as: %s', (id, asked, ndots, expected) => {
    expect(candidatesOf(id, asked, ndots)).toBe(expected);
  });

  it('a domain that makes the name too long is left out', () => {
    const long = name(`${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(40)}.`);
    const asked = name(`${'e'.repeat(40)}.`);
    const { candidates } = searchFor(asked, [long, ...CLUSTER], 1, presetStub('glibc').search);
    expect(candidates.length).toBe(4);
  });

  it('the name as it stands is asked once at most and where asIs says; every other candidate is under the list', () => {
    const label = fc.constantFrom('a', 'bb', 'x1');
    const asked = fc.array(label, { minLength: 1, maxLength: 6 });
    const ids = fc.constantFrom('glibc', 'musl', 'windows', 'macos', 'systemd-resolved', 'android');
    fc.assert(
      fc.property(asked, fc.nat(6), ids, (labels, ndots, id) => {
        const whole = name(`${labels.join('.')}.`);
        const { candidates, asIs } = searchFor(whole, CLUSTER, ndots, presetStub(id).search);
        expect(candidates.length).toBeGreaterThan(0);
        expect(candidates.indexOf(whole)).toBe(asIs);
        expect(new Set(candidates).size).toBe(candidates.length);
        const others = candidates.filter((one) => one !== whole);
        expect(others.every((one) => CLUSTER.some((domain) => one.endsWith(`.${domain}`)))).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('what follows an outcome', () => {
  const listFirst = { asked: 'api', candidates: CLUSTER, asIs: 2 };
  const asIsFirst = { asked: 'api', candidates: CLUSTER, asIs: 0 };
  const rows: [id: string, outcome: CandidateOutcome, expected: number | string][] = [
    ['glibc', 'data', 'end'],
    ['glibc', 'nxdomain', 1],
    ['glibc', 'nodata', 1],
    ['glibc', 'failure', 1],
    ['glibc', 'timeout', 2],
    ['musl', 'nxdomain', 1],
    ['musl', 'nodata', 'end'],
    ['musl', 'failure', 'end'],
    ['musl', 'timeout', 'end'],
    ['systemd-resolved', 'nodata', 'end'],
    ['systemd-resolved', 'failure', 1],
    ['macos', 'nodata', 1],
  ];
  test.each(rows)('%s, %s: %s', (id, outcome, expected) => {
    expect(nextCandidate(listFirst, 0, outcome, presetStub(id).search)).toBe(expected);
  });

  test.each<[CandidateOutcome, number | string]>([
    ['nxdomain', 1],
    ['timeout', 'exhausted'], // the name as it stands has been asked
  ])('glibc with the name as it stands asked first, %s: %s', (outcome, expected) => {
    expect(nextCandidate(asIsFirst, 0, outcome, presetStub('glibc').search)).toBe(expected);
    expect(nextCandidate(asIsFirst, 2, outcome, presetStub('glibc').search)).toBe('exhausted');
  });

  test.each<[CandidateOutcome[], CandidateOutcome]>([
    [['nodata', 'data'], 'data'],
    [['timeout', 'data'], 'data'],
    [['nodata', 'timeout'], 'timeout'],
    [['nxdomain', 'nodata'], 'nodata'],
    [['nxdomain', 'nxdomain'], 'nxdomain'],
  ])('%j together are %s', (outcomes, expected) => {
    expect(outcomeOf(outcomes)).toBe(expected);
  });
});
