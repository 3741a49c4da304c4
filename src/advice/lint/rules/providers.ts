/** Rules about who serves a zone, and what its servers have in common. */

import { addressFamily, addressOctets } from '../../../base/address.ts';
import type { Place } from '../../../base/issue.ts';
import { labels, type Name } from '../../../dns/data/name.ts';
import { NS } from '../../../dns/data/rrtype.ts';
import { writeMasterFile } from '../../../dns/zone/master-file-writer.ts';
import type { ProviderSpec } from '../../../model/spec.ts';
import { isLocalName } from '../inside.ts';
import { type Found, type Rule, scenarioRule } from '../rule.ts';
import type { LintZone, ScenarioSubject } from '../subject.ts';
import { outage } from '../trial.ts';
import { plain } from '../zone.ts';

/** The public zones with the providers that serve them. */
function* served(
  scenario: ScenarioSubject,
): Generator<{ zone: LintZone; index: number; providers: readonly ProviderSpec[]; place: Place }> {
  for (const zone of scenario.zones) {
    const index = zone.index!;
    const known = scenario.spec.zones.find(
      ({ origin, audience }) => origin === zone.origin && audience === undefined,
    );
    if (zone.isPrivate || isLocalName(zone.origin) || !known) continue;
    const providers = known.providers.map((at) => scenario.spec.providers[at]!);
    yield { zone, index, providers, place: scenario.place(['zones', index, 'providers']) };
  }
}

/** Those that clients of resolvers can reach: a primary that only feeds secondaries answers nobody. */
function answering(
  scenario: ScenarioSubject,
  index: number,
  providers: readonly ProviderSpec[],
): readonly ProviderSpec[] {
  const named = scenario.doc.zones[index]!.delegation?.providers;
  return named ? providers.filter(({ name }) => named.includes(name)) : providers;
}

const SECOND = 'second-provider';

/** What makes a second provider serve the zone too, its NS set filled in anew. */
function withSecond(scenario: ScenarioSubject, zone: LintZone, providers: readonly ProviderSpec[]): string[] {
  const path = `zones.${zone.index}`;
  const listed = scenario.doc.zones[zone.index!]!;
  const names = JSON.stringify([...providers.map(({ name }) => name), SECOND]);
  const main = scenario.doc.providers ? [] : ['providers.main={}'];
  const sets = [...main, `providers.${SECOND}=${JSON.stringify(likeness(scenario, providers))}`];
  const own = zone.records.some(({ name, type }) => name === zone.origin && type === NS);
  if (!own) sets.push(`${path}.providers=${names}`);
  else {
    const records = writeMasterFile(zone.zone.without(zone.origin, NS));
    sets.push(
      `${path}={name: ${JSON.stringify(zone.origin)}, records: ${JSON.stringify(records)}, providers: ${names}}`,
    );
  }
  if (!own && listed.delegation?.providers) sets.push(`${path}.delegation.providers=${names}`);
  return sets;
}

/** A provider like the last of them, with servers of its own: it understands the same records. */
function likeness(scenario: ScenarioSubject, providers: readonly ProviderSpec[]): object {
  const written = (scenario.written(['providers', providers.at(-1)!.name]) ?? {}) as Record<string, unknown>;
  const { servers: _, domain: __, transfer: ___, ...same } = written;
  return { ...same, servers: 2 };
}

const SINGLE_PROVIDER: Rule = scenarioRule(
  {
    code: 'single-provider',
    severity: 'warning',
    title: 'One DNS provider',
    why: 'Its outage is an outage of every name it serves, as soon as caches have run dry.',
    source: 'RFC 2182 §3.1; Dyn, 21 October 2016',
  },
  (scenario) =>
    [...served(scenario)].flatMap(({ zone, index, providers, place }): Found[] => {
      const [only, other] = answering(scenario, index, providers);
      if (!only || other) return [];
      const target = (spec: typeof scenario.spec) =>
        spec.providers.findIndex(({ name }) => name === only.name);
      return [
        {
          message: `${plain(zone.origin)} is served by ${only.name} alone`,
          place,
          fix: 'let a second provider serve the zone, and name the servers of both at the parent',
          trial: {
            what: `${only.name} dark for 30 min`,
            timeline: (spec) => [outage({ kind: 'plane', provider: target(spec), plane: 'edge' })],
            remedy: { what: 'with a second provider', sets: withSecond(scenario, zone, providers) },
          },
        },
      ];
    }),
);

const FEW_SERVERS: Rule = scenarioRule(
  {
    code: 'one-name-server',
    severity: 'warning',
    title: 'One name server',
    why: 'While it restarts nobody answers for the zone.',
    source: 'RFC 1034 §4.1; RFC 2182 §5: at least two',
  },
  (scenario) =>
    [...served(scenario)].flatMap(({ zone, index, providers, place }): Found[] => {
      const servers = answering(scenario, index, providers).flatMap((one) => one.servers);
      if (servers.length !== 1 || zone.records.some(({ name, type }) => name === zone.origin && type === NS))
        return [];
      return [
        {
          message: `${plain(zone.origin)} has one name server, ${plain(servers[0]!.name)}`,
          place,
          fix: 'run at least two, in different networks and places',
        },
      ];
    }),
);

const ONE_PLACE: Rule = scenarioRule(
  {
    code: 'one-failure-domain',
    severity: 'warning',
    title: 'All name servers in one failure domain',
    why: 'What they share can take all of them away at once: a region, a network, a top-level domain.',
    source: 'RFC 2182 §3.1, §3.3',
  },
  (scenario) =>
    [...served(scenario)].flatMap(({ zone, index, providers, place }) => {
      const own = answering(scenario, index, providers);
      return [
        ...sameRegion(scenario, zone, own, place),
        ...sameNetwork(scenario, zone, own, place),
        ...sameTld(zone, own, place),
      ];
    }),
);

function sameRegion(
  scenario: ScenarioSubject,
  zone: LintZone,
  providers: readonly ProviderSpec[],
  place: Place,
): Found[] {
  const { regions } = scenario.spec.network;
  const used = new Set(
    providers.flatMap(({ servers }) => servers.flatMap(({ sites }) => sites.map(({ region }) => region))),
  );
  const [region] = used;
  if (regions.length < 2 || used.size !== 1 || region === undefined) return [];
  const names = providers.map(({ name }) => name);
  return [
    {
      message: `all name servers of ${plain(zone.origin)} stand in the region ${regions[region]}`,
      place,
      fix: 'let servers stand in different regions, or add a provider elsewhere',
      trial: {
        what: `name servers in ${regions[region]} unreachable for 30 min`,
        timeline: (spec) => {
          return spec.providers.flatMap(({ name, servers }, provider) =>
            names.includes(name)
              ? servers.flatMap(({ sites }, server) =>
                  sites.flatMap((site, at) =>
                    site.region === region ? [outage({ kind: 'server', provider, server, site: at })] : [],
                  ),
                )
              : [],
          );
        },
        remedy: { what: 'with servers in different regions', change: (spec) => spreadOut(spec, names) },
      },
    },
  ];
}

/** The same world with one server of these providers in each region, by turns. */
function spreadOut(spec: ScenarioSubject['spec'], names: readonly string[]): ScenarioSubject['spec'] {
  const { length } = spec.network.regions;
  const providers = spec.providers.map((one) => {
    if (!names.includes(one.name)) return one;
    const servers = one.servers.map((server, at) => ({
      ...server,
      sites: [{ ...server.sites[0]!, region: at % length }],
    }));
    return { ...one, servers };
  });
  return { ...spec, providers };
}

/** Addresses that are written: generated ones say nothing about a design. */
function sameNetwork(
  scenario: ScenarioSubject,
  zone: LintZone,
  providers: readonly ProviderSpec[],
  place: Place,
): Found[] {
  const written = providers.every(({ name }) => hasWrittenAddresses(scenario, name));
  const servers = providers.flatMap((one) => one.servers);
  if (!written || servers.length < 2) return [];
  const listed = servers.flatMap(({ addresses }) => addresses);
  const networks = new Set(listed.map(networkOf));
  if (networks.size !== 1) return [];
  return [
    {
      message: `all name servers of ${plain(zone.origin)} have addresses in ${[...networks][0]}`,
      place,
      fix: 'use networks that are announced and connected independently',
    },
  ];
}

function hasWrittenAddresses({ doc }: ScenarioSubject, provider: string): boolean {
  const servers = doc.providers?.[provider]?.servers;
  return typeof servers === 'object' && servers.every(({ addresses }) => addresses !== undefined);
}

/** The block of an address that is announced as one: 24 bits of IPv4, 48 of IPv6. */
export function networkOf(address: string): string {
  const octets = addressOctets(address)!;
  if (addressFamily(address) === 4) return `${octets.slice(0, 3).join('.')}.0/24`;
  const hex = [...octets.slice(0, 6)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 4)}:${hex.slice(4, 8)}:${hex.slice(8)}::/48`;
}

function sameTld(zone: LintZone, providers: readonly ProviderSpec[], place: Place): Found[] {
  const written = providers.length > 1 || providers.every(({ kind }) => kind !== 'generic');
  const names = providers.flatMap(({ servers }) => servers.map(({ name }) => name));
  const tlds = new Set(names.map(tldOf));
  if (!written || names.length < 2 || tlds.size !== 1) return [];
  return [
    {
      severity: 'note',
      message: `all name servers of ${plain(zone.origin)} have names under ${[...tlds][0]}`,
      place,
      fix: 'name some servers under another top-level domain: its outage, or a lost registration, then leaves the rest',
    },
  ];
}

export function tldOf(name: Name): string {
  return labels(name).at(-1) ?? '.';
}

const ONE_SIDED_POLICY: Rule = scenarioRule(
  {
    code: 'policy-at-one-provider',
    severity: 'warning',
    title: 'A policy that only one provider runs',
    why: 'The other providers of the zone answer the plain record, healthy or not: some users never fail over.',
    source: 'RFC 8901 §3: every provider must give the same answers',
  },
  (scenario) =>
    scenario.spec.policies.flatMap((policy): Found[] => {
      const hosts = [...served(scenario)].filter(({ providers }) =>
        providers.includes(scenario.spec.providers[policy.provider]!),
      );
      const host = hosts.find(
        ({ zone }) => policy.name === zone.origin || policy.name.endsWith(`.${zone.origin}`),
      );
      const own = host ? answering(scenario, host.index, host.providers) : [];
      const others = own.filter((one) => one !== scenario.spec.providers[policy.provider]);
      if (others.length === 0) return [];
      return [
        {
          message: `${others.map(({ name }) => name).join(', ')} cannot run the ${policy.word} policy of ${plain(policy.name)}`,
          place: scenario.keyPlace(['policies', scenario.policyKey(policy)]),
          fix: 'run the policy at every provider of the zone, or delegate the name to one that does',
        },
      ];
    }),
);

export const PROVIDER_RULES: readonly Rule[] = [SINGLE_PROVIDER, FEW_SERVERS, ONE_PLACE, ONE_SIDED_POLICY];
