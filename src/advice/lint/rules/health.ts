/** Rules about endpoints and the health checks that watch them. */
import { describeDuration, type Micros, SECOND } from '../../../base/time.ts';
import { A, typeToText } from '../../../dns/data/rrtype.ts';
import type { CandidateSpec, CheckSpec, PolicySpec, WorldSpec } from '../../../model/spec.ts';
import { type AskedSet, askedSets } from '../asked.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { outage } from '../trial.ts';
import { plain } from '../zone.ts';

/** Three failures 10 s apart: what a fix puts in place. */
const CHECK = { https: '/health', interval: '10s', failures: 3 };
/** Reserved for documentation (RFC 5737), and unlikely to be anybody's endpoint. */
const SPARE = { A: '198.51.100.251', AAAA: '2001:db8:ffff::251' };

/** Endpoints a candidate answers with. */
function endpointsOf({ data }: CandidateSpec): readonly number[] {
  return data.kind === 'endpoints' ? data.endpoints : [];
}

function policyPlace(scenario: ScenarioSubject, policy: PolicySpec): ReturnType<ScenarioSubject['place']> {
  return scenario.keyPlace(['policies', scenario.policyKey(policy)]);
}

const sameName =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    one.name === name;

/** The endpoint dies for half an hour; `remedy` is tried against it. */
function endpointTrial(name: string, remedy: Trial['remedy']): Trial {
  const fails = (spec: WorldSpec): ReturnType<Trial['timeline']> => {
    const endpoint = spec.endpoints.findIndex(sameName(name));
    return endpoint < 0 ? undefined : [outage({ kind: 'endpoint', endpoint })];
  };
  return { what: `${name} down for 30 min`, timeline: fails, ...(remedy ? { remedy } : {}) };
}

/** The sets that give endpoints a check. */
function checked(scenario: ScenarioSubject, names: readonly string[]): string[] {
  return names
    .filter((name) => scenario.has(['endpoints', name]) && !scenario.has(['endpoints', name, 'check']))
    .map((name) => `endpoints.${name}.check=${JSON.stringify(CHECK)}`);
}

const SINGLE_ENDPOINT: Rule = scenarioRule(
  {
    code: 'single-endpoint',
    severity: 'warning',
    title: 'One endpoint behind a name',
    why: 'When it is down no answer of the DNS can help.',
    source: 'checklist of DNS architecture: health checks and failover on critical endpoints',
  },
  (scenario) =>
    [...aloneByAddress(scenario)].flatMap(([address, sets]): Found[] => {
      const own = scenario.spec.endpoints.find((one) => one.addresses.includes(address));
      if (!own || own.proxy) return [];
      const known = scenario.has(['endpoints', own.name]) ? own.name : undefined;
      const remedy = {
        what: 'with a standby behind a health check',
        sets: withStandby(scenario, sets, known),
      };
      const names = sets.map(({ name }) => plain(name));
      const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
      return [
        {
          message: `${shown} ${names.length === 1 ? 'leads' : 'lead'} to ${address} alone`,
          place: sets[0]!.place,
          fix: 'add a second endpoint, and a failover policy with health checks',
          trial: {
            what: `${own.name} down for 30 min`,
            timeline: (spec) => byAddress(spec, address),
            remedy,
          },
        },
      ];
    }),
);

/** Names that lead to one address and nowhere else, by that address. */
function aloneByAddress(scenario: ScenarioSubject): Map<string, AskedSet[]> {
  const groups = new Map<string, AskedSet[]>();
  for (const set of askedSets(scenario)) {
    const [address, other] = set.addresses;
    if (set.decided || address === undefined || other !== undefined) continue;
    groups.set(address, [...(groups.get(address) ?? []), set]);
  }
  return groups;
}

function byAddress(spec: WorldSpec, address: string): ReturnType<Trial['timeline']> {
  const endpoint = spec.endpoints.findIndex(({ addresses }) => addresses.includes(address));
  return endpoint < 0 ? undefined : [outage({ kind: 'endpoint', endpoint })];
}

/** The sets that put a standby beside the one endpoint of these names. */
function withStandby(
  scenario: ScenarioSubject,
  sets: readonly AskedSet[],
  endpoint: string | undefined,
): string[] {
  const [first] = sets;
  const primary = endpoint ?? 'lint-primary';
  const address = first!.addresses[0];
  const made = endpoint
    ? checked(scenario, [endpoint])
    : [`endpoints.${primary}=${JSON.stringify({ address, check: CHECK })}`];
  const policy = { failover: { primary, secondary: 'lint-standby', ttl: '60s' } };
  const added = sets.map(({ name, type }) => [`${plain(name)}/${typeToText(type)}`, policy]);
  const policies = {
    ...(scenario.written(['policies']) as object | undefined),
    ...Object.fromEntries(added),
  };
  return [
    ...made,
    `endpoints.lint-standby=${JSON.stringify({ address: first!.type === A ? SPARE.A : SPARE.AAAA })}`,
    `policies=${JSON.stringify(policies)}`,
  ];
}

const NO_CHECK: Rule = scenarioRule(
  {
    code: 'no-health-check',
    severity: 'warning',
    title: 'No health checks',
    why: 'The DNS goes on pointing at a dead endpoint: what has no check counts as healthy.',
    source: 'Amazon Route 53 Developer Guide, how records are chosen with health checks',
  },
  (scenario) => [...uncheckedPolicies(scenario), ...uncheckedSets(scenario)],
);

function uncheckedPolicies(scenario: ScenarioSubject): Found[] {
  return scenario.spec.policies.flatMap((policy): Found[] => {
    const { candidates, word, name } = policy;
    const known = candidates.filter((one) => one.health !== undefined || one.data.kind === 'alias');
    const first = candidates[0];
    const never = isFailover(policy)
      ? first?.health === undefined && first?.data.kind !== 'alias'
      : known.length === 0;
    if (!first || candidates.length < 2 || !never || watched(policy)) return [];
    const names = candidates.flatMap(endpointsOf).map((at) => scenario.spec.endpoints[at]!.name);
    const sets = checked(scenario, names);
    const trial =
      names[0] !== undefined &&
      endpointTrial(names[0], sets.length > 0 ? { what: 'with health checks', sets } : undefined);
    return [
      {
        message: `the ${word} policy of ${plain(name)} ${isFailover(policy) ? 'never fails over: its primary has no check' : 'hears of no health check'}`,
        place: policyPlace(scenario, policy),
        fix: 'give the endpoints a check: { https: /health, interval: 10s, failures: 3 }',
        ...(trial ? { trial } : {}),
      },
    ];
  });
}

/** Kinds whose health stands elsewhere than at the candidates. */
function watched({ watches, rule }: PolicySpec): boolean {
  return (watches?.length ?? 0) > 0 || !['generic', 'route53'].includes(rule.kind);
}

function uncheckedSets(scenario: ScenarioSubject): Found[] {
  return askedSets(scenario).flatMap(({ name, type, addresses, place, decided }): Found[] => {
    if (decided || addresses.length < 2) return [];
    const text = typeToText(type);
    return [
      {
        message: `${plain(name)} ${text} lists ${addresses.length} addresses, healthy or not`,
        place,
        fix: 'let a multivalue policy with health checks decide the answer',
        trial: {
          what: `${addresses[0]} down for 30 min`,
          timeline: (spec) => byAddress(spec, addresses[0]!),
        },
      },
    ];
  });
}

/** Whether the order of the candidates means primary and secondary. */
function isFailover({ rule }: PolicySpec): boolean {
  const { arrange, routing } = rule as { arrange?: { kind: string }; routing?: string };
  return arrange?.kind === 'listed' || routing === 'failover';
}

const SECONDARY: Rule = scenarioRule(
  {
    code: 'secondary-without-check',
    severity: 'warning',
    title: 'A secondary that nobody checks',
    why: 'A secondary without a check is always usable, even when it is dead: failover then leads nowhere.',
    source: 'Amazon Route 53 Developer Guide, failover records',
  },
  (scenario) =>
    scenario.spec.policies.filter(isFailover).flatMap((policy): Found[] => {
      const [first, ...others] = policy.candidates;
      const bare = others.filter((one) => one.health === undefined && one.data.kind !== 'alias');
      if (!first?.health || bare.length === 0) return [];
      return [
        {
          message: `${bare.map(({ label }) => label).join(', ')} takes over for ${plain(policy.name)} without a check of its own`,
          place: policyPlace(scenario, policy),
          fix: 'check the secondary as well, and drill the failover: a standby that is broken shows only then',
        },
      ];
    }),
);

const SLOW_CHECK: Rule = scenarioRule(
  {
    code: 'check-slower-than-ttl',
    severity: 'warning',
    title: 'Health checks slower than the TTL pretends',
    why: 'Users wait for detection and then for the TTL; a short TTL is of no use while detection takes longer.',
    source: 'Amazon Route 53 Developer Guide: interval times threshold, then the TTL',
  },
  (scenario) =>
    scenario.spec.policies.flatMap((policy): Found[] => {
      const probes = policy.candidates.flatMap((one) => probeOf(scenario.spec, one) ?? []);
      const slowest = probes.reduce((most, { check }) => Math.max(most, detectionOf(check)), 0);
      const slow = probes.find(({ check }) => detectionOf(check) === slowest);
      if (!slow || slowest <= policy.ttl * SECOND) return [];
      const at = slow.endpoint;
      const faster = [`endpoints.${at}.check.interval=10s`, `endpoints.${at}.check.failures=3`];
      const first = policy.candidates.flatMap(endpointsOf)[0];
      const dying = first === undefined ? undefined : scenario.spec.endpoints[first]!.name;
      const useful = slow.check.interval * slow.check.failures > 30 * SECOND && at !== undefined;
      return [
        {
          severity: slowest > 2 * policy.ttl * SECOND ? 'warning' : 'note',
          message: `detection for ${plain(policy.name)} takes up to ${describeDuration(slowest)}, its TTL is ${policy.ttl} s`,
          place: at ? scenario.place(['endpoints', at, 'check']) : policyPlace(scenario, policy),
          fix: 'probe every 10 s and decide after three failures, or let the TTL be as long as detection',
          ...(dying && useful
            ? { trial: endpointTrial(dying, { what: 'with checks every 10 s', sets: faster }) }
            : {}),
        },
      ];
    }),
);

interface KnownProbe {
  readonly check: CheckSpec;
  /** Endpoint whose own check it is. */
  readonly endpoint?: string;
}

function probeOf(spec: WorldSpec, { health }: CandidateSpec): KnownProbe | undefined {
  if (health?.kind === 'endpoint') {
    const { check, name } = spec.endpoints[health.endpoint]!;
    return check && { check, endpoint: name };
  }
  const signal = health && spec.checks?.[health.check]?.check;
  return signal?.kind === 'probe' ? { check: signal.probe } : undefined;
}

/** From the fault to the verdict, at worst: the last probe that passed was just before. */
function detectionOf(check: CheckSpec): Micros {
  return check.interval * check.failures + check.timeout + (check.aggregation ?? 0);
}

const ONE_CHECKER: Rule = scenarioRule(
  {
    code: 'one-checker',
    severity: 'note',
    title: 'A health check with a single checker',
    why: 'Trouble on the path of one checker looks like trouble of the endpoint and moves every user.',
    source: 'Amazon Route 53 Developer Guide: checkers in several regions, healthy above 18 %',
  },
  (scenario) =>
    scenario.spec.endpoints.flatMap(({ name, check }): Found[] => {
      if (check?.regions.length !== 1 || scenario.spec.network.regions.length < 2) return [];
      return [
        {
          message: `${name} is watched from ${scenario.spec.network.regions[check.regions[0]!]} only`,
          place: scenario.place(['endpoints', name, 'check']),
          fix: 'check from at least three regions and let a majority decide',
        },
      ];
    }),
);

export const HEALTH_RULES: readonly Rule[] = [SINGLE_ENDPOINT, NO_CHECK, SECONDARY, SLOW_CHECK, ONE_CHECKER];
