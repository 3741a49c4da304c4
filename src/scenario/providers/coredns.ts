/**
 * CoreDNS as an authoritative server in the scenario format. The rules behind it, with their sources, are described
 * in src/model/authority/providers/coredns/README.md.
 */
import { z } from 'zod';
import { MINUTE, SECOND } from '../../base/time.ts';
import { hostOf } from '../../dns/corefile/keys.ts';
import { CAPACITY } from '../../dns/corefile/options/cache.ts';
import type { PluginOrder } from '../../dns/corefile/order.ts';
import type { Corefile, Plugin } from '../../dns/corefile/plugins.ts';
import { readCorefile } from '../../dns/corefile/read.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import { closest } from '../../model/authority/providers/coredns/handler.ts';
import type { CorednsOptions } from '../../model/authority/providers/coredns/rule.ts';
import type { RuleSpec } from '../../model/spec.ts';
import { cited } from '../../profiles/cited.ts';
import { autopathOf, autopathProblem, searchListsOf } from '../corefile/autopath.ts';
import { clusterZones, type ServiceDoc, type ServicesDoc } from '../corefile/cluster.ts';
import { corefileOf, noteQuiet, shownCorefile } from '../corefile/read-source.ts';
import type { Path } from '../document/tree.ts';
import { addressKind, nameKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import { mapOf, oneOrMore } from '../schema/common.ts';
import { about, field } from '../schema/field.ts';
import { switchKind } from '../settings/kinds.ts';
import type { OptionsDesk, ProviderFormat, ServedZone } from './format.ts';

const SOURCE = 'CoreDNS 1.14';

interface OptionsDoc {
  readonly corefile?: string;
  readonly port?: number;
  readonly order?: PluginOrder;
  readonly restarts?: boolean;
  readonly 'cache-memory'?: boolean;
  readonly service?: boolean;
  readonly services?: ServicesDoc;
  readonly pods?: Readonly<Record<string, readonly string[]>>;
}

const ORDER_KIND = wordKind(['current', 'before-1.14.2']);
const PORT_KIND = wholeKind(1, 65_535);

const PORT = cited(53, 'documentation', 'RFC 1035 §4.2');
const ORDER = cited<PluginOrder>(
  'current',
  'source',
  `${SOURCE} plugin.cfg since rewrite stands before acl, and acl before cache (coredns pull requests 7882, 8289)`,
);
const HOLDS = cited(
  true,
  'source',
  `${SOURCE} plugin/cache/cache.go; assumption: every name is asked all the time`,
);
const RESTARTS = cited(true, 'assumption', 'a server that was down comes back as a new process');

const addresses = (description: string): z.ZodType<string[]> =>
  oneOrMore(field(addressKind, 'An address.', { example: '10.96.0.20' }), description);

const service: z.ZodType<ServiceDoc> = about(
  z.strictObject({
    address: addresses('Cluster addresses of the service.').exactOptional(),
    pods: addresses('Addresses of its pods; a headless service answers with them.').exactOptional(),
    headless: field(switchKind, 'Whether it has no cluster address (clusterIP: None).').exactOptional(),
    external: field(nameKind, 'The name it stands for (type ExternalName).').exactOptional(),
    ports: mapOf(field(PORT_KIND, 'Number of the port.', { example: 80 }), 'TCP ports by name, for SRV.', {
      http: 80,
    }).exactOptional(),
  }) as z.ZodType<ServiceDoc>,
  'A Kubernetes service.',
);

const options: z.ZodType<OptionsDoc> = about(
  z.strictObject({
    corefile: field(
      textKind,
      'The Corefile: a file beside the scenario, or its text. Default: all zones, plainly.',
      {
        example: 'Corefile',
      },
    ).exactOptional(),
    port: field(PORT_KIND, 'The port that is asked; blocks of other ports are out of reach.', {
      fallback: PORT,
    }).exactOptional(),
    order: field(
      ORDER_KIND,
      'The order of plugins: current, or before-1.14.2 with acl first and rewrite after cache.',
      {
        fallback: ORDER,
      },
    ).exactOptional(),
    restarts: field(switchKind, 'Whether a server that was down has lost what it kept in memory.', {
      fallback: RESTARTS,
    }).exactOptional(),
    'cache-memory': field(switchKind, 'Whether cache answers with what it holds; off: it only bounds TTLs.', {
      fallback: HOLDS,
    }).exactOptional(),
    service: field(
      switchKind,
      'Whether a Service of Kubernetes stands in front, so that servers that are not ready get no queries. ' +
        'Default: where the Corefile has ready and kubernetes.',
    ).exactOptional(),
    services: mapOf(service, 'Services of the cluster by NAMESPACE/NAME, for the kubernetes plugin.', {
      'shop/web': { address: '10.96.0.20' },
    }).exactOptional(),
    pods: mapOf(addresses('Addresses.'), 'Addresses of pods by namespace, for pods verified.', {
      shop: ['10.244.1.7'],
    }).exactOptional(),
  }) as z.ZodType<OptionsDoc>,
  'A CoreDNS that serves zones.',
);

/** Serves every zone it is given. */
const PLAIN = '. {\n  auto {\n    directory zones\n  }\n}\n';

function build(doc: OptionsDoc, path: Path, desk: OptionsDesk): CorednsOptions {
  const { ledger } = desk;
  const order = ledger.settle([...path, 'order'], doc.order, ORDER_KIND, ORDER);
  const corefile = corefileAt(doc, path, desk, order);
  noteBlocks(corefile, path, desk);
  noteQuiet(desk.ledger, [...path, 'blocks'], corefile);
  return {
    kind: 'coredns',
    corefile,
    port: ledger.settle([...path, 'port'], doc.port, PORT_KIND, PORT),
    clusterZones: clusterZones(corefile, doc.services ?? {}),
    searchLists: corefile.blocks.flatMap((block) => searchListsOf(block, Object.keys(doc.pods ?? {}))),
    pods: new Map(Object.entries(doc.pods ?? {}).map(([namespace, list]) => [namespace, new Set(list)])),
    holds: ledger.settle([...path, 'cache-memory'], doc['cache-memory'], switchKind, HOLDS),
    isCluster: ledger.derive([...path, 'service'], doc.service, switchKind, isInCluster(corefile), CLUSTER),
    restarts: ledger.settle([...path, 'restarts'], doc.restarts, switchKind, RESTARTS),
  };
}

/** What the stock manifests install has both, and its readiness probe asks `ready`. */
const CLUSTER =
  'on where the Corefile has ready and kubernetes (coredns/deployment kubernetes/coredns.yaml.sed)';

function isInCluster({ blocks }: Corefile): boolean {
  return blocks.some(({ plugins, quiet }) => {
    return quiet.includes('ready') && plugins.some(({ plugin }) => plugin === 'kubernetes');
  });
}

function corefileAt(doc: OptionsDoc, path: Path, desk: OptionsDesk, order: PluginOrder): Corefile {
  const at = [...path, 'corefile'];
  if (doc.corefile === undefined) {
    desk.ledger.note(at, 'all zones', { kind: 'derived', why: 'no Corefile: every zone is served as it is' });
    return readCorefile(PLAIN, { file: 'Corefile' }).corefile;
  }
  const source = desk.text(at, doc.corefile);
  const corefile = source ? corefileOf(source, order) : { blocks: [] };
  for (const block of corefile.blocks) {
    const message = autopathProblem(block);
    const place = { file: source!.file, line: autopathOf(block)?.line ?? block.line, column: 1 };
    if (message) source!.report([{ severity: 'warning', code: 'corefile-not-modelled', message, place }]);
  }
  desk.ledger.note(at, shownCorefile(doc.corefile, corefile), desk.ledger.authorOf(at));
  return corefile;
}

/** What was understood of each block, for `explain`. */
function noteBlocks({ blocks }: Corefile, path: Path, { ledger }: OptionsDesk): void {
  for (const { zones, port, line, plugins } of blocks) {
    const at = [...path, 'blocks', `${zones.join(' ')}:${port}`];
    const chain = plugins.map((one) => one.plugin).join(', ') || 'nothing';
    ledger.note([...at, 'chain'], chain, {
      kind: 'derived',
      why: `line ${line}, in the compiled order (plugin.cfg)`,
    });
    const idle = plugins.flatMap(idleOptions);
    if (idle.length > 0) {
      const why = 'a provider does not play them, a resolver with this Corefile does';
      ledger.note([...at, 'idle'], [...new Set(idle)].join(', '), { kind: 'derived', why });
    }
  }
}

/** Options of a plugin that make no difference here. */
function idleOptions(plugin: Plugin): readonly string[] {
  if (plugin.plugin === 'forward') return ['health and choice of the upstreams of forward'];
  if (plugin.plugin !== 'cache') return [];
  const isSet = plugin.success.capacity !== CAPACITY || plugin.denial.capacity !== CAPACITY;
  return isSet ? ['capacity of cache'] : [];
}

/** The data of a zone of the scenario as this CoreDNS serves it, or why it does not. */
function served(rule: RuleSpec, { origin, zone }: ServedZone): ServedZone | { readonly problem: string } {
  const { corefile, port, clusterZones: cluster } = rule as CorednsOptions;
  const blocks = corefile.blocks.filter((block) => block.port === port);
  const nearest = closest(
    blocks.flatMap(({ zones }) => zones),
    origin,
  );
  const plugins = blocks.find(({ zones }) => nearest && zones.includes(nearest))?.plugins ?? [];
  const dynamic = plugins.some(({ plugin }) => ['template', 'hosts', 'rewrite'].includes(plugin));
  if (!dynamic && !plugins.some((plugin) => serves(plugin, origin))) {
    return { problem: `no plugin of the Corefile serves ${origin}: its names are errors` };
  }
  const own = cluster.get(origin);
  return { origin, zone: own ? merged(zone, own) : zone, dynamic };
}

function serves(plugin: Plugin, origin: Name): boolean {
  if (plugin.plugin === 'auto') return plugin.zones.some((zone) => isSubdomain(origin, zone));
  if (plugin.plugin === 'forward') return isSubdomain(origin, plugin.from);
  if (plugin.plugin === 'file' || plugin.plugin === 'secondary' || plugin.plugin === 'kubernetes') {
    return plugin.zones.includes(origin);
  }
  return false;
}

/** Services over what the scenario lists; the NS set stays, since the delegation needs it. */
function merged(zone: ServedZone['zone'], own: ServedZone['zone']): ServedZone['zone'] {
  const NS = 2;
  return zone.with(...[...own.rrsets()].filter(({ name, type }) => name !== zone.origin || type !== NS));
}

/** `transfer from` of every secondary. */
function primaries(rule: RuleSpec): readonly string[] {
  const { corefile } = rule as CorednsOptions;
  const plugins = corefile.blocks.flatMap((block) => block.plugins);
  return plugins.flatMap((one) => (one.plugin === 'secondary' ? one.from.map(hostOf) : []));
}

/** Addresses that hosts entries and fixed templates give out. */
function* addressesOf(rule: RuleSpec): Generator<string> {
  for (const { plugins } of (rule as CorednsOptions).corefile.blocks) {
    for (const plugin of plugins) {
      if (plugin.plugin === 'hosts') yield* plugin.entries.map(({ address }) => address);
      if (plugin.plugin === 'template') {
        for (const text of plugin.answer) {
          const fixed = / (?:A|AAAA) ([0-9a-fA-F.:]+)\s*$/.exec(text);
          if (fixed) yield fixed[1]!;
        }
      }
    }
  }
}

export const COREDNS: ProviderFormat = {
  kind: 'coredns',
  title: 'CoreDNS',
  defaults: {
    servers: cited(
      2,
      'documentation',
      'Kubernetes cluster/addons/dns/coredns: two replicas; elsewhere as installed',
    ),
    propagation: cited(MINUTE, 'documentation', `${SOURCE} plugin/file/README.md reload: at most a minute`),
    readsClientSubnet: cited(false, 'source', `${SOURCE} plugin/file: no use of RFC 7871`),
  },
  propagation: (rule) => {
    const { blocks } = (rule as CorednsOptions).corefile;
    const plugins = blocks.flatMap((block) => block.plugins);
    const files = plugins.flatMap((one) =>
      one.plugin === 'file' || one.plugin === 'auto' ? [one.reload] : [],
    );
    if (files.length > 0) {
      return cited(
        Math.max(...files),
        'documentation',
        `${SOURCE} plugin/file/README.md: looked for every reload`,
      );
    }
    return plugins.some(({ plugin }) => plugin === 'kubernetes')
      ? cited(SECOND, 'assumption', 'a watch on the API server tells of changes at once')
      : undefined;
  },
  options: { schema: options, build: build as never },
  policies: {},
  served,
  primaries,
  addresses: addressesOf,
};
