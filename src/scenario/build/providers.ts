/** `providers:` to servers with addresses and sites; the operators of the root and of top-level domains. */

import { MINUTE } from '../../base/time.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { A, AAAA } from '../../dns/data/rrtype.ts';
import type { ProviderSpec, RuleSpec, ServerSpec, SiteSpec } from '../../model/spec.ts';
import { DEFAULTS, IMPLIED } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import {
  addressKind,
  capacityKind,
  durationKind,
  flagKind,
  nameKind,
  textKind,
  wholeKind,
  wordKind,
} from '../kinds.ts';
import { generatedServerNames, rootServerNames, serverCount, tldServerNames } from '../names.ts';
import { formatOf, PROVIDER_KINDS } from '../providers/catalogue.ts';
import type { ProviderFormat } from '../providers/format.ts';
import type { ProviderDoc, ServerDoc, SiteDoc } from '../schema/providers.ts';
import { type TextSource, textSource } from '../text-source.ts';
import type { AddressPool } from './addresses.ts';
import type { Draft } from './draft.ts';

const { provider: defaults } = DEFAULTS;

/** The providers of the scenario, in its order; one, `main`, when it lists none. */
export function buildProviders(draft: Draft, pool: AddressPool): ProviderSpec[] {
  const docs = Object.entries(draft.doc.providers ?? { [IMPLIED.provider]: {} });
  return docs.map(([name, doc]) => buildProvider(draft, pool, name, doc));
}

function buildProvider(draft: Draft, pool: AddressPool, name: string, doc: ProviderDoc): ProviderSpec {
  const { ledger } = draft;
  const path = ['providers', name];
  if (name === 'root' || name.endsWith('.')) {
    const message = `the name '${name}' is kept for the generated operators of the root and of top-level domains`;
    draft.issues.add(path, 'scenario-reserved-name', message, { atKey: true });
  }
  const kind = ledger.settle([...path, 'kind'], doc.kind, wordKind(PROVIDER_KINDS), defaults.kind);
  const format = formatOf(kind);
  const capacity = ledger.settle([...path, 'capacity'], doc.capacity, capacityKind, defaults.capacity);
  const sites = sitesOf(draft, doc.sites, capacity, [...path, 'sites']);
  const own = optionsOf(draft, format, doc, path);
  return {
    name,
    kind,
    servers: serverDocs(draft, name, doc, format).map((server, index) => {
      return buildServer(draft, pool, server, { capacity, sites, path: [...path, 'servers', index] });
    }),
    propagation: ledger.settle(
      [...path, 'propagation'],
      doc.propagation,
      durationKind(),
      (own.options && format.propagation?.(own.options)) ??
        format.defaults?.propagation ??
        defaults.propagation,
    ),
    readsClientSubnet: ledger.settle(
      [...path, 'client-subnet'],
      doc['client-subnet'],
      flagKind,
      format.defaults?.readsClientSubnet ?? defaults.readsClientSubnet,
    ),
    ...transferOf(draft, name, doc, path),
    ...controlRegionOf(draft, format, doc, path),
    ...own,
  };
}

/** The primary of a secondary; it must be another provider that is none itself. */
function transferOf(
  { doc: { providers = {} }, ledger, issues }: Draft,
  name: string,
  { transfer }: ProviderDoc,
  path: Path,
): Pick<ProviderSpec, 'transfer'> {
  if (!transfer) return {};
  const at = [...path, 'transfer'];
  if (transfer.from === name || providers[transfer.from]?.transfer) {
    const message = `the provider ${transfer.from} is no primary`;
    const hint = 'name a provider without transfer';
    issues.add([...at, 'from'], 'scenario-no-primary', message, { hint });
  }
  const notify = ledger.settle([...at, 'notify'], transfer.notify, flagKind, defaults.notify);
  return { transfer: { from: Object.keys(providers).indexOf(transfer.from), notify } };
}

/** Where the control plane stands; nowhere when neither the document nor the kind says so. */
function controlRegionOf(
  { ledger, regions }: Draft,
  { defaults: own, title }: ProviderFormat,
  doc: ProviderDoc,
  path: Path,
): { readonly controlRegion?: number } {
  const usual = own?.controlRegions?.find((name) => regions.includes(name));
  const name = doc['control-region'] ?? usual;
  if (name === undefined) return {};
  ledger.derive([...path, 'control-region'], doc['control-region'], textKind, name, `where ${title} has it`);
  return { controlRegion: regions.indexOf(name) };
}

/** Settings of the kind's own. Those of another kind than the provider's are a mistake. */
function optionsOf(
  draft: Draft,
  format: ProviderFormat,
  doc: ProviderDoc,
  path: Path,
): { readonly options?: RuleSpec } {
  const { ledger, issues, regions } = draft;
  for (const other of PROVIDER_KINDS.filter((one) => one !== format.kind && one in doc)) {
    const message = `the provider is of kind ${format.kind}, so it has no settings of ${other}`;
    issues.add([...path, other], 'scenario-foreign-options', message, {
      hint: `write kind: ${other}`,
      atKey: true,
    });
  }
  if (!format.options) return {};
  const own = (doc as unknown as Readonly<Record<string, object>>)[format.kind] ?? {};
  const text = (place: Path, written: string): TextSource | undefined => textSource(draft, place, written);
  const desk = { ledger, issues, regions, text };
  return { options: format.options.build(own as never, [...path, format.kind], desk) };
}

interface ServerDraft extends ServerDoc {
  readonly ipv6: boolean;
}

function serverDocs(
  { ledger }: Draft,
  name: string,
  doc: ProviderDoc,
  format: ProviderFormat,
): ServerDraft[] {
  const path = ['providers', name];
  const ipv6 = ledger.settle([...path, 'ipv6'], doc.ipv6, flagKind, defaults.ipv6);
  if (typeof doc.servers === 'object') return doc.servers.map((server) => ({ ...server, ipv6 }));
  const count = ledger.settle([...path, 'servers'], doc.servers, wholeKind(1), serverCount(format));
  return generatedServerNames(format, name, count, doc.domain).map((server) => ({ name: server, ipv6 }));
}

interface ServerContext {
  readonly capacity: number;
  readonly sites: readonly SiteSpec[];
  readonly path: Path;
}

function buildServer(draft: Draft, pool: AddressPool, doc: ServerDraft, context: ServerContext): ServerSpec {
  const { ledger } = draft;
  const { path } = context;
  ledger.derive([...path, 'name'], undefined, nameKind, doc.name, 'name of the server');
  const inZone = zoneAddresses(draft, doc.name);
  const addresses = doc.addresses ?? (inZone.length > 0 ? inZone : pool.take(doc.ipv6));
  const why = inZone.length > 0 ? 'as the zone says' : 'generated';
  for (const [index, address] of addresses.entries()) {
    const place = [...path, 'addresses', index];
    ledger.derive(place, doc.addresses ? address : undefined, addressKind, address, why);
  }
  const sites = doc.sites ? sitesOf(draft, doc.sites, context.capacity, [...path, 'sites']) : context.sites;
  return { name: doc.name, addresses, sites };
}

/** What the listed zones say about a server's addresses. */
function zoneAddresses({ zones }: Draft, server: Name): string[] {
  return zones
    .filter(({ zone }) => isSubdomain(server, zone.origin))
    .flatMap(({ zone }) => [A, AAAA].flatMap((type) => zone.get(server, type)?.rdata ?? []))
    .flatMap((rdata) => (rdata.kind === 'address' ? [rdata.address] : []));
}

function sitesOf(
  draft: Draft,
  docs: readonly SiteDoc[] | undefined,
  capacity: number,
  path: Path,
): SiteSpec[] {
  if (docs === undefined) {
    const why = 'a site in every region';
    draft.ledger.note(path, draft.regions.join(', '), { kind: 'derived', why });
    return draft.regions.map((_, region) => ({ region, capacity }));
  }
  return docs.map((site, index) => {
    draft.ledger.note([...path, index], site.region, draft.ledger.authorOf([...path, index]));
    const own = draft.ledger.derive(
      [...path, index, 'capacity'],
      site.capacity,
      capacityKind,
      capacity,
      'as the provider',
    );
    return { region: draft.regions.indexOf(site.region), capacity: own };
  });
}

/** Operators of the root and of the top-level domains: anycast everywhere, without limits of capacity. */
export function registryProviders(tlds: readonly Name[], regions: number, pool: AddressPool): ProviderSpec[] {
  const sites = Array.from({ length: regions }, (_, region) => ({
    region,
    capacity: Number.POSITIVE_INFINITY,
  }));
  const provider = (name: string, servers: readonly Name[]): ProviderSpec => ({
    name,
    kind: 'generic',
    servers: servers.map((server) => ({ name: server, addresses: pool.take(false), sites })),
    propagation: REGISTRY_PROPAGATION,
  });
  return [...tlds.map((tld) => provider(tld, tldServerNames(tld))), provider('root', rootServerNames())];
}

/** Assumption: registries publish changes of delegations within about a minute. */
const REGISTRY_PROPAGATION = MINUTE;
