/** Rules about the health checks that answers hang on, whoever the provider: each says it of its own policies. */
import type { Place } from '../../../base/issue.ts';
import { describeDuration, type Micros, SECOND } from '../../../base/time.ts';
import { LUA, typeToText } from '../../../dns/data/rrtype.ts';
import type { AnswerOutlook } from '../../../model/authority/outlook.ts';
import { type NamedOutlook, outlooksOf } from '../../../model/authority/providers/outlooks.ts';
import type { HealthRef, WorldSpec } from '../../../model/spec.ts';
import { askedSets } from '../asked.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { outage } from '../trial.ts';
import { plain } from '../zone.ts';

/** Three failures 10 s apart: what a fix puts in place. */
export const CHECK = { https: '/health', interval: '10s', failures: 3 } as const;

/** Where a policy stands, or a record that decides by itself. */
export function outlookPlace(scenario: ScenarioSubject, { policy, name }: NamedOutlook): Place {
  if (policy) return scenario.keyPlace(['policies', scenario.policyKey(policy)]);
  const records = scenario.zones.flatMap((zone) => zone.records);
  return records.find((one) => one.name === name && one.type === LUA)?.place ?? scenario.place(['zones']);
}

/** The sets that give endpoints a check. */
export function checked(scenario: ScenarioSubject, names: readonly string[]): string[] {
  return [...new Set(names)]
    .filter((name) => scenario.has(['endpoints', name]) && !scenario.has(['endpoints', name, 'check']))
    .map((name) => `endpoints.${name}.check=${JSON.stringify(CHECK)}`);
}

/** The endpoint dies for half an hour; `remedy` is tried against it. */
function endpointTrial(name: string, remedy?: Trial['remedy']): Trial {
  const fails = (spec: WorldSpec): ReturnType<Trial['timeline']> => {
    const endpoint = spec.endpoints.findIndex((one) => one.name === name);
    return endpoint < 0 ? undefined : [outage({ kind: 'endpoint', endpoint })];
  };
  return { what: `${name} down for 30 min`, timeline: fails, ...(remedy ? { remedy } : {}) };
}

/** Endpoints that a policy leads to first, by name. */
function namesOf(scenario: ScenarioSubject, answers: readonly AnswerOutlook[]): string[] {
  return answers.flatMap(({ endpoints }) => endpoints.map((at) => scenario.spec.endpoints[at]!.name));
}

/** Whether nothing can ever take the answer out. */
const isBare = ({ watches, follows }: AnswerOutlook): boolean => watches.length === 0 && !follows;

/** Answers that come first while all is well. */
const firstOf = ({ answers, order }: NamedOutlook): readonly AnswerOutlook[] => {
  const least = answers.reduce((rank, one) => Math.min(rank, one.rank), Number.POSITIVE_INFINITY);
  return order === 'ranked' ? answers.filter(({ rank }) => rank === least) : answers;
};

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
  return outlooksOf(scenario.spec).flatMap((outlook): Found[] => {
    const first = firstOf(outlook);
    const [one] = first;
    if (!one || outlook.answers.length < 2) return [];
    if (outlook.deaf === undefined && !first.every(isBare)) return [];
    const names = namesOf(scenario, outlook.answers);
    const sets = outlook.deaf === undefined ? checked(scenario, names) : [];
    const dying = namesOf(scenario, first)[0];
    const remedy = sets.length > 0 ? { what: 'with health checks', sets } : undefined;
    return [
      {
        ...problemOf(outlook),
        place: outlookPlace(scenario, outlook),
        ...(dying === undefined ? {} : { trial: endpointTrial(dying, remedy) }),
      },
    ];
  });
}

function problemOf({ word, name, order, deaf, policy }: NamedOutlook): Pick<Found, 'message' | 'fix'> {
  const what = `the ${word} of ${plain(name)}`;
  if (deaf !== undefined) {
    return {
      message: `${what} does not heed health: ${deaf}`,
      fix: 'let the rule look at health, or lead to a policy that does',
    };
  }
  const never =
    order === 'ranked' ? 'never fails over: its primary has no check' : 'hears of no health check';
  const fix = policy
    ? 'give the endpoints a check: { https: /health, interval: 10s, failures: 3 }'
    : 'let the code check what it answers: ifportup or ifurlup';
  return { message: `${what} ${never}`, fix };
}

function uncheckedSets(scenario: ScenarioSubject): Found[] {
  const { spec } = scenario;
  return askedSets(scenario).flatMap(({ name, type, addresses, place, decided }): Found[] => {
    if (decided || addresses.length < 2) return [];
    const timeline: Trial['timeline'] = ({ endpoints }) => {
      const endpoint = endpoints.findIndex((one) => one.addresses.includes(addresses[0]!));
      return endpoint < 0 ? undefined : [outage({ kind: 'endpoint', endpoint })];
    };
    const onlyCoredns = spec.zones
      .filter((zone) => name === zone.origin || name.endsWith(`.${zone.origin}`))
      .some(
        ({ providers }) =>
          providers.length > 0 && providers.every((at) => spec.providers[at]!.kind === 'coredns'),
      );
    return [
      {
        message: `${plain(name)} ${typeToText(type)} lists ${addresses.length} addresses, healthy or not`,
        place,
        fix: onlyCoredns
          ? 'CoreDNS checks nothing itself: let readiness probes take endpoints out, or delegate the name to a provider that checks'
          : 'let a multivalue policy with health checks decide the answer',
        trial: { what: `${addresses[0]} down for 30 min`, timeline },
      },
    ];
  });
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
    outlooksOf(scenario.spec).flatMap((outlook): Found[] => {
      const first = firstOf(outlook);
      const others = outlook.answers.filter((one) => !first.includes(one));
      const bare = others.filter(isBare);
      if (outlook.deaf !== undefined || outlook.order !== 'ranked') return [];
      if (bare.length === 0 || first.every(isBare)) return [];
      return [
        {
          message: `${bare.map(({ label }) => label).join(', ')} takes over for ${plain(outlook.name)} without a check of its own`,
          place: outlookPlace(scenario, outlook),
          fix: 'check the secondary as well, and drill the failover: a standby that is broken shows only then',
          ...trialOf(scenario, first, bare),
        },
      ];
    }),
);

/** The primary dies while the secondary is broken: what nobody checks nobody has repaired; with a check it works. */
function trialOf(
  scenario: ScenarioSubject,
  first: readonly AnswerOutlook[],
  bare: readonly AnswerOutlook[],
): Pick<Found, 'trial'> {
  const [dying, broken] = [namesOf(scenario, first), namesOf(scenario, bare)];
  const sets = checked(scenario, broken);
  if (dying.length === 0 || sets.length === 0) return {};
  const timeline: Trial['timeline'] = ({ endpoints }) =>
    endpoints.flatMap(({ name, check }, endpoint) =>
      dying.includes(name) || (broken.includes(name) && !check)
        ? [outage({ kind: 'endpoint', endpoint })]
        : [],
    );
  const what = `${[...new Set(dying)].join(' and ')} down for 30 min while ${[...new Set(broken)].join(' and ')} is broken unnoticed`;
  const remedy = { what: 'with a check that had it repaired', sets };
  return { trial: { what, timeline, remedy } };
}

const SLOW_CHECK: Rule = scenarioRule(
  {
    code: 'check-slower-than-ttl',
    severity: 'warning',
    title: 'Health checks slower than the TTL pretends',
    why: 'Users wait for detection and then for the TTL; a short TTL is of no use while detection takes longer.',
    source: 'Amazon Route 53 Developer Guide: interval times threshold, then the TTL',
  },
  (scenario) =>
    outlooksOf(scenario.spec).flatMap((outlook): Found[] => {
      const watches = outlook.answers.flatMap((one) => one.watches);
      const slowest = watches.reduce((most, { detection }) => Math.max(most, detection), 0);
      if (outlook.deaf !== undefined || slowest <= outlook.ttl * SECOND) return [];
      const check = watches.find(({ detection }) => detection === slowest)!.check;
      const at = ownCheck(scenario, check);
      const dying = namesOf(scenario, firstOf(outlook))[0];
      const useful = at !== undefined && dying !== undefined && slowest > USEFUL;
      const faster = [`endpoints.${at}.check.interval=10s`, `endpoints.${at}.check.failures=3`];
      return [
        {
          severity: slowest > 2 * outlook.ttl * SECOND ? 'warning' : 'note',
          message: `detection for ${plain(outlook.name)} takes up to ${describeDuration(slowest)}, its TTL is ${outlook.ttl} s`,
          place:
            at === undefined ? outlookPlace(scenario, outlook) : scenario.place(['endpoints', at, 'check']),
          fix: 'probe every 10 s and decide after three failures, or let the TTL be as long as detection',
          ...(useful
            ? { trial: endpointTrial(dying, { what: 'with checks every 10 s', sets: faster }) }
            : {}),
        },
      ];
    }),
);

/** A check this fast gains nothing that a trial could show. */
const USEFUL: Micros = 45 * SECOND;

/** The endpoint whose own check it is. */
function ownCheck({ spec }: ScenarioSubject, check: HealthRef | undefined): string | undefined {
  return check?.kind === 'endpoint' ? spec.endpoints[check.endpoint]!.name : undefined;
}

export const CHECK_RULES: readonly Rule[] = [NO_CHECK, SECONDARY, SLOW_CHECK];
