/** A checked document to the world that is played. */
import type { RRset } from '../../dns/data/rrset.ts';
import type { TimelineSpec, WorldSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import type { TreeNode } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import type { FolderFiles } from '../files.ts';
import type { IssueList } from '../issues.ts';
import { durationKind, shareKind, wordKind } from '../kinds.ts';
import type { ScenarioDoc } from '../schema/scenario.ts';
import { AddressPool } from './addresses.ts';
import { buildNamedChecks } from './checks.ts';
import { buildPopulations } from './clients.ts';
import type { Draft } from './draft.ts';
import { buildEndpoints, impliedEndpoints } from './endpoints.ts';
import type { HostedZone } from './hierarchy.ts';
import { checkLuaRecords, luaAddresses } from './lua-records.ts';
import { buildNetwork } from './network.ts';
import { buildPolicies, withPolicyRecords } from './policies.ts';
import { buildBilling } from './prices.ts';
import { withPrivateZones } from './private-zones.ts';
import { checkOwnProfiles } from './profiles.ts';
import { buildProviders, registryProviders } from './providers.ts';
import { proxyEndpoints, reviewProviders } from './proxies.ts';
import { buildResolvers } from './resolvers.ts';
import { localAddresses, localData } from './response-policy.ts';
import { ownAddresses, servedZones, withPrimaries } from './served.ts';
import { signedZones, withTrust } from './signing.ts';
import { buildTimeline } from './timeline.ts';
import type { ReadZone } from './zone-text.ts';
import { allZones, listedZones, tldsFor } from './zones.ts';

export interface WorldInput {
  readonly doc: ScenarioDoc;
  readonly tree: TreeNode;
  readonly issues: IssueList;
  readonly ledger: Ledger;
  readonly zones: readonly ReadZone[];
  readonly files: FolderFiles;
}

/** Builds the world. When `input.issues` has failed afterwards, what is returned must not be played. */
export function buildWorld({ doc, tree, issues, ledger, zones, files }: WorldInput): WorldSpec {
  const duration = ledger.written(['duration'], doc.duration, durationKind());
  const start = ledger.settle(['start'], doc.start, wordKind(['warm', 'cold']), DEFAULTS.start);
  const network = buildNetwork(doc.network, ledger);
  const draft: Draft = { doc, tree, issues, ledger, regions: network.regions, zones, files };
  checkOwnProfiles(draft);
  const pool = new AddressPool(writtenAddresses(draft));
  const own = withPrimaries(draft, buildProviders(draft, pool));
  const tlds = tldsFor(draft, own);
  const providers = [...own, ...registryProviders(tlds, network.regions.length, pool)];
  const endpoints = buildEndpoints(draft);
  const bare = signedZones(draft, servedZones(draft, listedZones(draft, own), own));
  const checks = buildNamedChecks(
    draft,
    endpoints,
    own.map(({ name }) => name),
  );
  const around = { zones: bare, providers: own, endpoints, checks };
  const policies = buildPolicies(draft, around);
  const listed = withPolicyRecords(draft, bare, policies, endpoints);
  const hosted = withTrust(draft, allZones(listed, own, providers, tlds), listed);
  const resolvers = withPrivateZones(
    draft,
    buildResolvers(draft, providers.at(-1)!, { zones: listed, providers: own }),
    listed,
    own,
  );
  const populations = buildPopulations(draft, listed);
  const context = { draft, listed, providers, endpoints, resolvers };
  const timeline = buildTimeline(context, hosted, { draft, around, policies });
  checkServerAddresses(draft, providers, endpoints);
  const proxies = proxyEndpoints(draft, { providers: own, policies, zones: listed }, pool);
  reviewProviders(draft, own, policies);
  checkLuaRecords(draft, listed, providers);
  const implied = impliedEndpoints(draft, endpoints, providers, [
    ...addressSources(listed, timeline),
    ...ownAddresses(own),
    ...localData(resolvers),
  ]);
  return {
    duration,
    network,
    zones: hosted.map(({ zone, providers: serving, audience }) => ({
      origin: zone.origin,
      zone,
      providers: serving,
      ...(audience ? { audience } : {}),
    })),
    providers,
    endpoints: [...endpoints, ...proxies, ...implied],
    ...(checks.length > 0 ? { checks } : {}),
    policies,
    resolvers,
    populations,
    timeline,
    recovery: buildRecovery(doc, ledger),
    billing: buildBilling(draft, own, { zones: listed, endpoints, checks }),
    start,
  };
}

function buildRecovery(doc: ScenarioDoc, ledger: Ledger): WorldSpec['recovery'] {
  const { target, hold } = DEFAULTS.recovery;
  return {
    target: ledger.settle(['recovery', 'target'], doc.recovery?.target, shareKind, target),
    hold: ledger.settle(['recovery', 'hold'], doc.recovery?.hold, durationKind(), hold),
  };
}

function* writtenAddresses({ doc, zones }: Draft): Generator<string> {
  for (const { address } of Object.values(doc.endpoints ?? {})) yield* address;
  for (const { servers } of Object.values(doc.providers ?? {})) {
    if (typeof servers === 'object') for (const server of servers) yield* server.addresses ?? [];
  }
  yield* localAddresses(doc.resolvers ?? {});
  for (const { zone } of zones) {
    for (const rrset of zone.rrsets()) {
      for (const one of rrset.rdata) if (one.kind === 'address') yield one.address;
      yield* luaAddresses(rrset);
    }
  }
}

/** An address belongs to one server, and not to an endpoint as well. */
function checkServerAddresses(
  draft: Draft,
  providers: WorldSpec['providers'],
  endpoints: WorldSpec['endpoints'],
): void {
  const owners = new Map(
    endpoints.flatMap(({ name, addresses }) => addresses.map((one) => [one, `endpoint ${name}`])),
  );
  for (const { name: provider, servers } of providers) {
    for (const { name, addresses } of servers) {
      for (const address of addresses) {
        const other = owners.get(address);
        if (other !== undefined && other !== name) {
          const message = `${address} belongs to ${name} and to ${other}`;
          draft.issues.add(['providers', provider], 'scenario-duplicate-address', message);
        }
        owners.set(address, name);
      }
    }
  }
}

function* addressSources(listed: readonly HostedZone[], timeline: readonly TimelineSpec[]): Generator<RRset> {
  for (const { zone } of listed) yield* zone.rrsets();
  for (const item of timeline)
    if (item.kind === 'change' && item.change.kind === 'zone') yield* item.change.put;
}
