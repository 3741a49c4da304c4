/** Rules about what traffic policies answer when nothing is healthy, or when nothing fits. */

import { negativeTtl } from '../../../dns/zone/soa.ts';
import type { AzureRule } from '../../../model/authority/providers/azure/rule.ts';
import type { GenericRule } from '../../../model/authority/providers/generic/rule.ts';
import type { Route53Rule } from '../../../model/authority/providers/route53/rule.ts';
import type { PolicySpec, WorldSpec } from '../../../model/spec.ts';
import { zoneOf } from '../asked.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { fault, outage } from '../trial.ts';
import { plain } from '../zone.ts';

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
  (scenario) =>
    scenario.spec.policies.filter(hasHealth).flatMap((policy) => unhealthyFindings(scenario, policy)),
);

function hasHealth({ candidates, watches, rule }: PolicySpec): boolean {
  if (!['generic', 'route53', 'google'].includes(rule.kind)) return candidates.length > 1;
  return candidates.some(({ health }) => health !== undefined) || (watches?.length ?? 0) > 0;
}

function unhealthyFindings(scenario: ScenarioSubject, policy: PolicySpec): Found[] {
  const rule = generic(policy);
  if (rule?.unhealthy.kind === 'none') return [emptyAnswer(scenario, policy)];
  const message = behaviourOf(policy);
  if (message === undefined) return [];
  const fix = 'make sure that this is what you want: play it with false-alarm faults on every endpoint';
  return [{ message: `${plain(policy.name)}: ${message}`, place: placeOf(scenario, policy), fix }];
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

/** In words, where it may surprise. */
function behaviourOf(policy: PolicySpec): string | undefined {
  const routing = route53(policy)?.routing;
  if (routing !== undefined) return ROUTE53[routing] ?? 'Route 53 then answers as if all were healthy';
  const rule = generic(policy);
  if (rule)
    return rule.unhealthy.kind === 'fallback' ? 'the fallback is answered, healthy or not' : undefined;
  return KINDS[policy.rule.kind];
}

/** Amazon Route 53 Developer Guide, how records are chosen with health checks. */
const ROUTE53: Readonly<Record<string, string>> = {
  simple: 'Route 53 answers simple records whatever their health',
  failover: 'when both are unhealthy Route 53 answers the primary, not the secondary',
  geolocation: 'when a whole ladder is unhealthy Route 53 answers the smallest region, however dead',
  weighted: 'when all are unhealthy Route 53 answers by weight as if all were healthy',
  multivalue: 'when all are unhealthy Route 53 answers up to eight of the unhealthy',
};

const KINDS: Readonly<Record<string, string>> = {
  azure: 'when all are degraded Traffic Manager answers as if all were online, but geographic ones stay put',
  cloudflare:
    'when all pools are unhealthy Cloudflare answers the fallback pool without looking at its health',
  ns1: 'a filter chain with `up` may leave no answer at all when every monitor is down',
  google: 'when all are unhealthy Google Cloud DNS answers as if all were healthy',
  powerdns: 'when all are down PowerDNS picks any address of any set (backupSelector random)',
};

const NO_DEFAULT: Rule = scenarioRule(
  {
    code: 'missing-default',
    severity: 'warning',
    title: 'A policy by place without a default',
    why: 'Clients from anywhere else, and those nobody can place, get an empty answer.',
    source: 'Amazon Route 53 Developer Guide, geolocation: no match and no default is NODATA',
  },
  (scenario) =>
    scenario.spec.policies.filter(lacksDefault).map((policy): Found => {
      const word = route53(policy)?.routing ?? policy.word;
      return {
        message: `the ${word} policy of ${plain(policy.name)} has no default: clients it does not know get no answer`,
        place: placeOf(scenario, policy),
        fix: 'add a default (`default:` or location `*`) that answers everybody else',
        trial: {
          what: 'nothing fails for an hour',
          timeline: () => [],
          remedy: { what: 'with a default', change: (spec) => withDefault(spec, policy) },
        },
      };
    }),
);

function lacksDefault(policy: PolicySpec): boolean {
  const arrange = generic(policy)?.arrange;
  if (arrange?.kind === 'territory') {
    return !arrange.territories.some((own) => own.length === 0 || own.some(({ level }) => level === 'world'));
  }
  if (arrange?.kind === 'network')
    return !arrange.blocks.some((own) => own.length === 0 || own.some((one) => one.endsWith('/0')));
  if (arrange?.kind === 'region') return !arrange.regions.some((own) => own.length === 0);
  if (policy.rule.kind === 'azure') return azureLacksDefault(policy.rule as AzureRule);
  const rule = route53(policy);
  if (rule?.routing === 'geolocation')
    return !rule.records.some(({ territory }) => territory?.level === 'world');
  return rule?.routing === 'ip' && !rule.records.some(({ blocks }) => (blocks?.length ?? 0) === 0);
}

/** Unmapped places and blocks get an empty answer (Traffic Manager, geographic and subnet routing). */
function azureLacksDefault({ method, endpoints }: AzureRule): boolean {
  if (method === 'geographic') return !endpoints.some(({ territory }) => territory?.level === 'world');
  return method === 'subnet' && !endpoints.some(({ blocks }) => (blocks?.length ?? 0) === 0);
}

/** The same world with the first candidate as default. */
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
    scenario.spec.policies.flatMap((policy): Found[] => {
      const first = policy.candidates[0]?.data;
      if (!hasHealth(policy) || policy.ttl <= FAILOVER_TTL_SECONDS || policy.candidates.length < 2) return [];
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

function withPolicyTtl(spec: WorldSpec, { name, type }: PolicySpec, ttl: number): WorldSpec {
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
    return scenario.spec.policies
      .filter((policy) => hasHealth(policy) && policy.candidates.length > 1 && !drilled)
      .map((policy): Found => {
        return {
          message: `nothing in the timeline makes ${plain(policy.name)} fail over`,
          place: placeOf(scenario, policy),
          fix: `add a fault, for example { at: 10m, fail: endpoint ${policy.candidates[0]!.label} }`,
        };
      });
  },
);

export const POLICY_RULES: readonly Rule[] = [ALL_UNHEALTHY, NO_DEFAULT, LONG_TTL, UNTESTED];
