/** `corefile:` of a resolver: its Corefile to settings and to rules of forwarding. */
import { parseAddress } from '../../base/address.ts';
import { didYouMean } from '../../base/suggest.ts';
import { hostOf } from '../../dns/corefile/keys.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import type { AutopathOptions } from '../../dns/resolve/detour/search-names.ts';
import type { ForwardingOptions } from '../../dns/resolve/forward/options.ts';
import type { ConfiguredZone } from '../../dns/resolve/options.ts';
import { serviceAddress } from '../../model/chains.ts';
import type { ProviderSpec } from '../../model/spec.ts';
import { autopathOf, namespacesIn, searchListsOf } from '../corefile/autopath.ts';
import { type CorefileRule, type ForwarderPlan, forwarderPlan } from '../corefile/forwarder.ts';
import { corefileOf, noteQuiet, shownCorefile } from '../corefile/read-source.ts';
import type { Path } from '../document/tree.ts';
import type { ResolverDoc } from '../schema/resolvers.ts';
import { RESOLVER_SETTINGS, type ResolverSettings } from '../settings/resolver.ts';
import { forwardingOptions } from '../settings/resolver-forward.ts';
import { settingEntries, type WrittenSettings } from '../settings/table.ts';
import { textSource } from '../text-source.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';

/** Who may stand behind an address of a Corefile. */
export interface CorefileSurroundings {
  readonly zones: readonly HostedZone[];
  readonly providers: readonly ProviderSpec[];
}

/** The plan of a resolver's Corefile; nothing when it has none. Problems are reported. */
export function corefilePlan(
  draft: Draft,
  name: string,
  { corefile }: ResolverDoc,
): ForwarderPlan | undefined {
  if (corefile === undefined) return undefined;
  const path = ['resolvers', name, 'corefile'];
  const source = textSource(draft, path, corefile);
  if (!source) return undefined;
  const read = corefileOf(source, 'current');
  const shown = shownCorefile(corefile, read);
  draft.ledger.note(path, shown, draft.ledger.authorOf(path));
  noteQuiet(draft.ledger, ['resolvers', name, 'blocks'], read);
  const plan = forwarderPlan(read);
  source.report(
    plan.notes.map(({ line, message }) => ({
      severity: 'warning',
      code: 'corefile-not-modelled',
      message,
      place: { file: source.file, line, column: 1 },
    })),
  );
  return plan;
}

/** What is written, and for the rest what the Corefile says; where that is from is noted. */
export function withPlan(
  { ledger }: Draft,
  written: WrittenSettings,
  plan: ForwarderPlan | undefined,
  path: Path,
): WrittenSettings {
  if (!plan) return written;
  const settings = new Map(written);
  for (const [key, { kind }] of settingEntries(RESOLVER_SETTINGS)) {
    const said = plan.settings.get(key);
    if (!said || written.has(key)) continue;
    settings.set(key, said.value);
    ledger.note([...path, ...key.split('.')], kind.show(said.value as never), {
      kind: 'derived',
      why: said.why,
    });
  }
  return settings;
}

/** Search lists that a resolver goes along for pods: those of the namespaces that lists of clients begin with. */
export function plannedAutopath(
  { doc, ledger }: Draft,
  name: string,
  { autopath: block }: ForwarderPlan,
): AutopathOptions | undefined {
  const plugin = block && autopathOf(block);
  if (!plugin) return undefined;
  const firsts = Object.values(doc.clients).flatMap(({ search = [] }) => search.slice(0, 1));
  const lists = searchListsOf(block, namespacesIn(firsts, block));
  if (lists.length === 0) return undefined;
  const shown = lists.map((list) => list.map((one) => one.slice(0, -1)).join(' ')).join('; ');
  const why = `autopath (line ${plugin.line} of the Corefile), for the namespaces in search lists of clients`;
  ledger.note(['resolvers', name, 'autopath'], shown, { kind: 'derived', why });
  return { zones: plugin.zones, lists };
}

/** The ways of a plan. @returns rules whose upstreams the scenario has */
export function plannedZones(
  draft: Draft,
  name: string,
  doc: ResolverDoc,
  plan: ForwarderPlan,
  settings: ResolverSettings,
  around: CorefileSurroundings,
): ConfiguredZone[] {
  return plan.rules.flatMap((rule) => {
    const way = wayOf(draft, name, doc, rule, around);
    if (way) {
      const to = way.addresses.map((one) => one.replace(/^@/, '')).join(', ') || 'itself';
      const asked = way.mode === 'forward' ? shownUpstreams(rule) : '';
      const why = `line ${rule.line} of the Corefile${shownBounds(rule)}${asked}`;
      draft.ledger.note(['resolvers', name, 'ways', rule.zone.slice(0, -1) || 'root'], `${way.mode} ${to}`, {
        kind: 'derived',
        why,
      });
    }
    const forwarding = way?.mode === 'forward' ? ownForwarding(rule, settings) : undefined;
    return way
      ? [{ ...way, ...(rule.bounds && { bounds: rule.bounds }), ...(forwarding && { forwarding }) }]
      : [];
  });
}

/** How the upstreams of a rule are asked, where its forward says so itself. */
function ownForwarding(
  { upstreams }: CorefileRule,
  settings: ResolverSettings,
): ForwardingOptions | undefined {
  if (!upstreams) return undefined;
  const own = Object.fromEntries([...upstreams.settings].map(([key, { value }]) => [key, value]));
  const options = forwardingOptions({ ...settings, ...own });
  const { failfast, probeName, concurrent } = upstreams;
  const health = options?.health && {
    ...options.health,
    ...(probeName !== undefined && { name: probeName }),
  };
  return options && { ...options, health, failfast, concurrent };
}

/** `, where forward.policy is sequential`: what a forward says otherwise than the settings. */
function shownUpstreams({ upstreams }: CorefileRule): string {
  if (!upstreams) return '';
  const kinds = new Map(settingEntries(RESOLVER_SETTINGS).map(([key, { kind }]) => [key as string, kind]));
  const { settings, failfast, probeName, concurrent } = upstreams;
  const said = [...settings].map(([key, { value }]) => `${key} is ${kinds.get(key)!.show(value as never)}`);
  if (concurrent !== undefined) said.push(`at most ${concurrent} queries are under way, more are refused`);
  if (failfast) said.push('nobody is asked once all are down');
  if (probeName !== undefined) said.push(`probes ask for ${probeName} NS`);
  return `, where ${said.join(', ')}`;
}

/** What the cache of a block keeps, where that differs from the settings. */
function shownBounds({ bounds }: CorefileRule): string {
  if (!bounds) return '';
  const { ttlFloorSeconds, ttlCapSeconds, negativeFloorSeconds, negativeCapSeconds } = bounds;
  if (ttlCapSeconds === 0) return ', whose block has no cache';
  const denials = `denials ${negativeFloorSeconds}s to ${negativeCapSeconds}s`;
  return `, whose block keeps data ${ttlFloorSeconds}s to ${ttlCapSeconds}s, ${denials}`;
}

function wayOf(
  draft: Draft,
  name: string,
  doc: ResolverDoc,
  rule: CorefileRule,
  around: CorefileSurroundings,
): ConfiguredZone | undefined {
  const { zone, way, to } = rule;
  if (way === 'own') return ownWay(zone, around) ?? reportUnserved(draft, name, rule);
  if (way === 'nobody') return { zone, mode: 'iterate', addresses: [], fallback: false };
  const found = to.flatMap((one) => upstreamAt(one, doc, draft, around) ?? []);
  const services = found.filter((one) => one.startsWith('@'));
  if (found.length === 0) reportNobody(draft, name, doc, rule);
  if (services.length > 0) return { zone, mode: 'forward', addresses: services, fallback: false };
  return found.length > 0 ? { zone, mode: 'stub', addresses: found, fallback: false } : undefined;
}

/** A plugin of the block answers: the provider that serves the zone stands for it. */
function ownWay(zone: Name, { zones, providers }: CorefileSurroundings): ConfiguredZone | undefined {
  const hosted = zones.find((one) => one.zone.origin === zone);
  const servers = hosted?.providers.flatMap((one) => providers[one]?.servers ?? []) ?? [];
  if (servers.length === 0) return undefined;
  return { zone, mode: 'stub', addresses: servers.flatMap(({ addresses }) => addresses), fallback: false };
}

/** A resolver of the scenario by what `upstreams:` says or by its name, or a server by its address. */
function upstreamAt(
  to: string,
  { upstreams = {} }: ResolverDoc,
  draft: Draft,
  { providers }: CorefileSurroundings,
): readonly string[] | undefined {
  const host = hostOf(to);
  const named = upstreams[to] ?? upstreams[host];
  if (named) return named.map(serviceAddress);
  if (Object.hasOwn(draft.doc.resolvers ?? {}, host)) return [serviceAddress(host)];
  const address = parseAddress(host);
  const servers = providers.flatMap((one) => one.servers);
  return address !== undefined && servers.some(({ addresses }) => addresses.includes(address))
    ? [address]
    : undefined;
}

function reportNobody(
  draft: Draft,
  name: string,
  { upstreams = {} }: ResolverDoc,
  { to, line, zone }: CorefileRule,
): void {
  const message = `the Corefile forwards ${zone} to ${to.join(' ')} (line ${line}), where nobody stands`;
  const near = didYouMean(to[0] ?? '', Object.keys(upstreams)) ?? '';
  const hint = near.startsWith('did') ? near : `write upstreams: { '${to[0]}': RESOLVER } beside corefile:`;
  draft.issues.add(['resolvers', name, 'corefile'], 'scenario-corefile-upstream', message, { hint });
}

/** Without a provider for it the zone goes the way of the zone above, where CoreDNS would answer by itself. */
function reportUnserved(draft: Draft, name: string, { zone, line }: CorefileRule): undefined {
  if (isSubdomain(zone, 'arpa.' as Name)) return;
  const message = `the Corefile answers ${zone} by itself (line ${line}), but no provider of the scenario serves it`;
  const hint = 'list the zone, with a provider of kind coredns';
  const path = ['resolvers', name, 'corefile'];
  draft.issues.add(path, 'scenario-corefile-zone', message, { hint, severity: 'warning' });
}
