/** Rules about what traffic policies answer when nothing is healthy, or when nothing fits. */

import { negativeTtl } from '../../../dns/zone/soa.ts';
import type { GenericRule } from '../../../model/authority/providers/generic/rule.ts';
import { type NamedOutlook, outlooksOf } from '../../../model/authority/providers/outlooks.ts';
import type { Route53Rule } from '../../../model/authority/providers/route53/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../model/spec.ts';
import { zoneOf } from '../asked.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { fault, outage } from '../trial.ts';
import { plain } from '../zone.ts';
import { outlookPlace } from './checks.ts';

function placeOf(scenario: ScenarioSubject, policy: PolicySpec): ReturnType<ScenarioSubject['place']> {
  return scenario.keyPlace(['policies', scenario.policyKey(policy)]);
}

const generic = ({ rule }: PolicySpec): GenericRule | undefined =>
  rule.kind === 'generic' ? (rule as GenericRule) : undefined;
const route53 = ({ rule }: PolicySpec): Route53Rule | undefined =>
  rule.kind === 'route53' ? (rule as Route53Rule) : undefined;

/** Every check of the scenario fails although the services work: a broken health page, a bad deployment. */
const ALARM: Pick<Trial, 'what' | 'timeline'> = {
  what: 'a false alarm of every check for 30 min',
  timeline: (spec) => alarms(spec),
};

function alarms(spec: WorldSpec): ReturnType<Trial['timeline']> {
  return spec.endpoints.flatMap(({ check }, endpoint) =>
    check ? [fault({ kind: 'endpoint', endpoint }, { kind: 'false-alarm' })] : [],
  );
}

const ALL_UNHEALTHY: Rule = scenarioRule(
  {
    code: 'all-unhealthy',
    severity: 'note',
    title: 'What is answered when everything is unhealthy',
    why: 'Checks fail all at once when the checks themselves are wrong; what then happens differs by provider.',
    source:
      "providers' documentation: Route 53 and Google answer as if all were healthy, others by a fallback",
  },
  (scenario) => outlooksOf(scenario.spec).flatMap((outlook) => unhealthyFindings(scenario, outlook)),
);

function unhealthyFindings(scenario: ScenarioSubject, outlook: NamedOutlook): Found[] {
  const { policy, deaf, allUnhealthy, name } = outlook;
  if (!hasHealth(outlook) && deaf === undefined) return [];
  if (policy && generic(policy)?.unhealthy.kind === 'none') return [emptyAnswer(scenario, policy)];
  const words = deaf ?? allUnhealthy.words;
  if (words === undefined) return [];
  const fix = 'make sure that this is what you want: play it with false-alarm faults on every endpoint';
  const severity =
    deaf === undefined && allUnhealthy.does === 'answers-nothing' ? { severity: 'warning' as const } : {};
  return [{ ...severity, message: `${plain(name)}: ${words}`, place: outlookPlace(scenario, outlook), fix }];
}

/** Whether some check can change the answer. */
function hasHealth({ answers }: NamedOutlook): boolean {
  return answers.length > 1 && answers.some(({ watches, follows }) => watches.length > 0 || follows);
}

function emptyAnswer(scenario: ScenarioSubject, policy: PolicySpec): Found {
  const key = scenario.policyKey(policy);
  const pair = scenario.has(['policies', key, 'failover', 'both-unhealthy']);
  const zone = zoneOf(scenario, policy.name);
  const kept = zone && negativeTtl(zone.zone);
  const set = pair
    ? `policies.${key}.failover.both-unhealthy=primary`
    : `policies.${key}.unhealthy=ignore-health`;
  return {
    severity: 'warning',
    message: `${plain(policy.name)} answers nothing when all its endpoints are unhealthy${kept === undefined ? '' : `, and caches keep that for ${kept} s`}`,
    place: placeOf(scenario, policy),
    fix: 'answer as if all were healthy: a check that is wrong then costs nothing',
    trial: { ...ALARM, remedy: { what: 'answering as if all were healthy', sets: [set] } },
  };
}

const NO_DEFAULT: Rule = scenarioRule(
  {
    code: 'missing-default',
    severity: 'warning',
    title: 'A policy by place without a default',
    why: 'Clients from anywhere else, and those nobody can place, get an empty answer.',
    source: 'Amazon Route 53 Developer Guide, geolocation: no match and no default is NODATA',
  },
  (scenario) =>
    outlooksOf(scenario.spec).flatMap((outlook): Found[] => {
      const { leftOut, policy, name, word } = outlook;
      if (leftOut === undefined || !policy) return [];
      return [
        {
          message: `the ${word} of ${plain(name)} has no default: ${leftOut} get no answer`,
          place: outlookPlace(scenario, outlook),
          fix: 'add a default (`default:` or location `*`) that answers everybody else',
          trial: {
            what: 'nothing fails for an hour',
            timeline: () => [],
            remedy: { what: 'with a default', change: (spec) => withDefault(spec, policy) },
          },
        },
      ];
    }),
);

function withDefault(spec: WorldSpec, { name, type }: PolicySpec): WorldSpec | undefined {
  const at = spec.policies.findIndex((one) => one.name === name && one.type === type);
  const policy = spec.policies[at];
  const rule = policy && defaulted(policy);
  if (!policy || !rule) return undefined;
  const candidates = [...policy.candidates, policy.candidates[0]!];
  return { ...spec, policies: spec.policies.with(at, { ...policy, candidates, rule }) };
}

function defaulted(policy: PolicySpec): PolicySpec['rule'] | undefined {
  const rule = generic(policy);
  if (rule?.arrange.kind === 'territory') {
    const territories = [...rule.arrange.territories, [{ level: 'world', code: '' } as const]];
    return { ...rule, arrange: { ...rule.arrange, territories } } as GenericRule;
  }
  if (rule?.arrange.kind === 'region') {
    return { ...rule, arrange: { ...rule.arrange, regions: [...rule.arrange.regions, []] } } as GenericRule;
  }
  const own = route53(policy);
  if (own?.routing !== 'geolocation') return undefined;
  return { ...own, records: [...own.records, { territory: { level: 'world', code: '' } }] } as Route53Rule;
}

/** Longer keeps users at a dead endpoint after the switch. */
const FAILOVER_TTL_SECONDS = 300;

const LONG_TTL: Rule = scenarioRule(
  {
    code: 'failover-ttl',
    severity: 'warning',
    title: 'A failover that caches outlive',
    why: 'After the switch everybody with a warm cache keeps the dead address for one more TTL.',
    source: 'Amazon Route 53 Developer Guide: 60 s or less with a health check',
  },
  (scenario) =>
    outlooksOf(scenario.spec).flatMap((outlook): Found[] => {
      const { policy } = outlook;
      if (!policy || !hasHealth(outlook) || policy.ttl <= FAILOVER_TTL_SECONDS) return [];
      const first = policy.candidates[0]?.data;
      const endpoint = first?.kind === 'endpoints' ? first.endpoints[0] : undefined;
      const trial: Trial | undefined =
        endpoint === undefined
          ? undefined
          : {
              what: `${scenario.spec.endpoints[endpoint]!.name} down for 30 min`,
              timeline: () => [outage({ kind: 'endpoint', endpoint })],
              remedy: { what: 'with a TTL of 60 s', change: (spec) => withPolicyTtl(spec, policy, 60) },
            };
      return [
        {
          message: `the ${policy.word} policy of ${plain(policy.name)} answers with a TTL of ${policy.ttl} s`,
          place: placeOf(scenario, policy),
          fix: 'use 60 s for names that fail over, 300 s at most',
          ...(trial ? { trial } : {}),
        },
      ];
    }),
);

/** The world with another TTL of one policy. */
export function withPolicyTtl(spec: WorldSpec, { name, type }: PolicySpec, ttl: number): WorldSpec {
  const same = (one: PolicySpec): boolean => one.name === name && one.type === type;
  return { ...spec, policies: spec.policies.map((one) => (same(one) ? { ...one, ttl } : one)) };
}

/** Virtual time in which a drill of the failover would show something. */
const UNTESTED: Rule = scenarioRule(
  {
    code: 'failover-not-drilled',
    severity: 'note',
    title: 'A failover that is never drilled',
    why: 'A failover that nobody has tried works in theory: it is what should be played first.',
    source: 'checklist of DNS architecture: test failover regularly',
  },
  (scenario) => {
    const drilled = scenario.spec.timeline.some((item) => item.kind === 'fault' && item.until > item.at);
    return outlooksOf(scenario.spec)
      .filter((outlook) => hasHealth(outlook) && !drilled)
      .map((outlook): Found => {
        return {
          message: `nothing in the timeline makes ${plain(outlook.name)} fail over`,
          place: outlookPlace(scenario, outlook),
          fix: `add a fault, for example { at: 10m, fail: endpoint ${outlook.answers[0]!.label} }`,
        };
      });
  },
);

export const POLICY_RULES: readonly Rule[] = [ALL_UNHEALTHY, NO_DEFAULT, LONG_TTL, UNTESTED];
