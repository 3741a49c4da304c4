/** Rules about endpoints: how many there are, and from where they are watched. */
import type { Name } from '../../../dns/data/name.ts';
import type { Rdata } from '../../../dns/data/rdata.ts';
import { A, MX, SRV, typeToText } from '../../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../../model/spec.ts';
import { type AskedSet, askedSets } from '../asked.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { outage } from '../trial.ts';
import { listed, plain, setsOf } from '../zone.ts';
import { CHECK, checked } from './checks.ts';

/** Reserved for documentation (RFC 5737), and unlikely to be anybody's endpoint. */
const SPARE = { A: '198.51.100.251', AAAA: '2001:db8:ffff::251' };

const SINGLE_ENDPOINT: Rule = scenarioRule(
  {
    code: 'single-endpoint',
    severity: 'warning',
    title: 'One endpoint behind a name',
    why: 'When it is down no answer of the DNS can help.',
    source: 'checklist of DNS architecture: health checks and failover on critical endpoints',
  },
  (scenario) =>
    [...aloneByEndpoint(scenario)].flatMap(([endpoint, sets]): Found[] => {
      const own = scenario.spec.endpoints[endpoint]!;
      const address = sets[0]!.addresses[0]!;
      if (own.proxy) return [];
      const known = scenario.has(['endpoints', own.name]) ? own.name : undefined;
      const remedy = {
        what: 'with a standby behind a health check',
        sets: withStandby(scenario, sets, known),
      };
      const names = [...new Set(sets.map(({ name }) => plain(name)))];
      return [
        {
          message: `${listed(names)} ${names.length === 1 ? 'leads' : 'lead'} to ${address} alone`,
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

/** Names whose addresses of both families lead to one endpoint and nowhere else, by that endpoint. */
function aloneByEndpoint(scenario: ScenarioSubject): Map<number, AskedSet[]> {
  const groups = new Map<number, AskedSet[]>();
  const sets = askedSets(scenario).filter(({ decided }) => !decided);
  for (const set of sets) {
    const all = sets.filter(({ name }) => name === set.name).flatMap((one) => endpointsOf(scenario, one));
    const [endpoint = -1, other] = new Set(all);
    if (endpoint < 0 || other !== undefined || hasPeers(scenario, set)) continue;
    groups.set(endpoint, [...(groups.get(endpoint) ?? []), set]);
  }
  return groups;
}

function endpointsOf({ spec }: ScenarioSubject, { addresses }: AskedSet): number[] {
  return addresses.map((address) => spec.endpoints.findIndex((one) => one.addresses.includes(address)));
}

/** One of several hosts of an MX or SRV set: whoever is sent there tries the next. */
function hasPeers(scenario: ScenarioSubject, { name }: AskedSet): boolean {
  return scenario.zones.some((zone) =>
    setsOf(zone, MX, SRV).some(({ records }) => {
      const targets = new Set(records.flatMap(({ rdata }) => targetOf(rdata) ?? []));
      return targets.size > 1 && targets.has(name);
    }),
  );
}

function targetOf(rdata: Rdata): Name | undefined {
  if (rdata.kind === 'mx') return rdata.exchange;
  return rdata.kind === 'srv' ? rdata.target : undefined;
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

export const HEALTH_RULES: readonly Rule[] = [SINGLE_ENDPOINT, ONE_CHECKER];
