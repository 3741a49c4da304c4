/** `profiles:` of the scenario's own: what they give, where `explain` says it comes from, and what is refused. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describeSource } from '../../src/scenario/effective.ts';
import type { Scenario } from '../../src/scenario/load.ts';
import { BASE, line, load, mustLoad } from './base.ts';

const PROFILES = `profiles:
  resolvers:
    our-unbound: { extends: unbound, with: { ttl-cap: 1h, serve-stale: on } }
    our-edge: { extends: our-unbound, fragments: 4, with: { ttl-cap: 5m } }
  apps:
    patient: { extends: chrome, with: { patience: 60s, lookup: system } }
  os:
    image: { with: { next-on-failure: off } }
`;
const USED =
  PROFILES +
  BASE.replace('profile: unbound', 'profile: our-edge, with: { negative-cap: 10s }').replace(
    'count: 10,',
    'count: 10, app: { profile: patient, with: { keep-alive: 1s } }, os: image,',
  );

/** `value | source` of an effective value. */
function told({ strategies }: Scenario, path: string, strategy = 0): string {
  const one = strategies[strategy]!.effective.find((value) => value.path === path)!;
  return `${one.value} | ${describeSource(one.from)}`;
}

describe('profiles of the scenario’s own', () => {
  const scenario = mustLoad(USED);

  test.each([
    ['resolvers.isp.with.negative-cap', '10s | written at drill.yaml:18:51'],
    ['resolvers.isp.with.ttl-cap', '300s | profile our-edge, written at drill.yaml:4:70'],
    ['resolvers.isp.with.serve-stale.enabled', 'on | profile our-unbound, written at drill.yaml:3:72'],
    ['resolvers.isp.fragments', '4 | profile our-edge, written at drill.yaml:4:50'],
    ['clients.users.app.keep-alive', '1s | written at drill.yaml:20:68'],
    ['clients.users.app.patience', '1m | profile patient, written at drill.yaml:6:51'],
    ['clients.users.os.next-on-failure', 'off | profile image, written at drill.yaml:8:39'],
  ])('%s is %s', (path, expected) => {
    expect(told(scenario, path)).toBe(expected);
  });

  it('leave the rest to the preset they extend, and that to its base', () => {
    expect(told(scenario, 'resolvers.isp.with.failure.first')).toMatch(/^5s \| preset unbound \(/);
    expect(told(scenario, 'clients.users.app.cache.floor')).toMatch(/^60s \| preset chrome \(/);
    expect(told(scenario, 'clients.users.app.retries.count')).toMatch(/^0 \| preset fetcher \(/);
    expect(told(scenario, 'clients.users.os.cache.mode')).toMatch(/^none \| preset none \(/);
  });

  it('reach the world that is played', () => {
    const { resolvers, populations } = scenario.strategies[0]!.spec;
    expect(resolvers[0]).toMatchObject({
      fragments: 4,
      options: { ttlCapSeconds: 300, negativeCapSeconds: 10 },
    });
    expect(resolvers[0]!.options.serveStale).toBeDefined();
    expect(populations[0]!.application).toMatchObject({ id: 'patient, changed', patience: 60_000_000 });
    expect(populations[0]!.stub).toMatchObject({ id: 'image', nextOnFailure: false });
  });

  it('can be changed by strategies and --set', () => {
    const strategies = 'strategies:\n  long: { profiles.resolvers.our-unbound.with.ttl-cap: 2h }\n';
    const text = `${USED.replace('with: { ttl-cap: 5m }', 'with: {}')}${strategies}`;
    const changed = mustLoad(text, {}, ['profiles.apps.patient.with.patience=5s']);
    expect(told(changed, 'resolvers.isp.with.ttl-cap')).toBe('7200s | profile our-unbound, strategy long');
    expect(told(changed, 'clients.users.app.patience')).toBe(
      '5s | profile patient, --set profiles.apps.patient.with.patience=5s',
    );
  });

  it('may carry hyphens, dots and versions in their names', () => {
    const text = USED.replaceAll('our-unbound', 'unbound-1.17.1').replace(
      'with: { ttl-cap: 5m }',
      'with: {}',
    );
    const changed = mustLoad(text, {}, ['profiles.resolvers.unbound-1.17.1.with.ttl-cap=2h']);
    expect(told(changed, 'resolvers.isp.with.serve-stale.enabled')).toMatch(
      /^on \| profile unbound-1\.17\.1,/,
    );
    expect(told(changed, 'resolvers.isp.with.ttl-cap')).toMatch(/^7200s \| profile unbound-1\.17\.1, --set/);
  });
});

describe('any graph of profiles', () => {
  const names = ['a', 'b', 'c', 'd'];
  const extended = fc.constantFrom(...names, 'unbound', 'missing', undefined);

  /** Whether following `extends` from a name ends at a preset or at the base. */
  function ends(graph: readonly (string | undefined)[], name: string | undefined, steps = 0): boolean {
    if (name === undefined || name === 'unbound') return true;
    if (name === 'missing' || steps > names.length) return false;
    return ends(graph, graph[names.indexOf(name)], steps + 1);
  }

  it('is read if and only if every chain ends', () => {
    fc.assert(
      fc.property(fc.tuple(extended, extended, extended, extended), (graph) => {
        const lines = graph.map((to, index) => `    ${names[index]}: {${to ? ` extends: ${to} ` : ''}}`);
        const own = `profiles:\n  resolvers:\n${lines.join('\n')}\n`;
        const { scenario } = load(own + BASE.replace('profile: unbound', 'profile: a'));
        expect(scenario !== undefined).toBe(names.every((name) => ends(graph, name)));
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

const sub = (from: string, to: string): string => USED.replace(from, to);

describe('what is refused', () => {
  test.each([
    [
      'an unknown profile to extend',
      sub('extends: unbound', 'extends: unbuond'),
      [
        "3:29 scenario-unknown-resolver-profile: there is no resolver profile 'unbuond' (profiles.resolvers.our-unbound.extends) -> did you mean 'unbound'?",
      ],
    ],
    [
      'an own profile misspelt where it is used',
      sub('profile: our-edge', 'profile: our-egde'),
      [
        "18:19 scenario-unknown-resolver-profile: there is no resolver profile 'our-egde' (resolvers.isp.profile) -> did you mean 'our-edge'?",
      ],
    ],
    [
      'a profile of another kind',
      sub('os: image', 'os: patient'),
      [
        /^20:\d+ scenario-unknown-operating-system-profile: there is no operating system profile 'patient' \(clients\.users\.os\) -> known are image, none/,
      ],
    ],
    [
      'a profile that extends itself',
      sub('extends: unbound', 'extends: our-unbound'),
      [
        "3:29 scenario-profile-circle: the profile 'our-unbound' extends itself: our-unbound -> our-unbound (profiles.resolvers.our-unbound.extends) -> let one of them extend a profile that ships, such as unbound",
      ],
    ],
    [
      'a circle',
      sub('extends: unbound', 'extends: our-edge'),
      [
        "3:29 scenario-profile-circle: the profile 'our-unbound' extends itself: our-unbound -> our-edge -> our-unbound (profiles.resolvers.our-unbound.extends) -> let one of them extend a profile that ships, such as unbound",
        "4:26 scenario-profile-circle: the profile 'our-edge' extends itself: our-edge -> our-unbound -> our-edge (profiles.resolvers.our-edge.extends) -> let one of them extend a profile that ships, such as unbound",
      ],
    ],
    [
      'a name that is taken',
      sub('    patient:', '    firefox: {}\n    patient:'),
      [
        "6:5 scenario-profile-taken: 'firefox' is a profile that ships with dnsdrill (profiles.apps.firefox) -> choose another name and write extends: firefox",
      ],
    ],
    [
      'an unknown setting',
      sub('ttl-cap: 1h', 'ttl-cpa: 1h'),
      [
        "3:46 scenario-unknown-key: there is no key 'ttl-cpa' here (profiles.resolvers.our-unbound.with.ttl-cpa) -> did you mean 'ttl-cap'?",
      ],
    ],
    [
      'fragments of an application',
      sub('extends: chrome,', 'extends: chrome, fragments: 3,'),
      [/6:\d+ scenario-unknown-key: there is no key 'fragments' here/],
    ],
    [
      'bounds that cross, even where nobody uses the profile',
      sub('    image:', '    odd: { with: { cache: { floor: 1h, cap: 1m } } }\n    image:'),
      [
        '8:45 scenario-bounds: cache.floor (3600s) exceeds cache.cap (60s) (profiles.os.odd.with.cache.cap) -> set the other one too',
      ],
    ],
    [
      'bounds that cross only where the profile is used',
      sub('with: { negative-cap: 10s }', 'with: { ttl-floor: 1h }'),
      [
        '18:48 scenario-bounds: ttl-floor (3600s) exceeds ttl-cap (300s) (resolvers.isp.with.ttl-floor) -> set the other one too',
      ],
    ],
  ] as const)('%s', (_, text, problems) => {
    const lines = load(text).issues.map(line);
    expect(lines).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) {
      if (typeof problem === 'string') expect(lines[index]).toBe(problem);
      else expect(lines[index]).toMatch(problem);
    }
  });
});
