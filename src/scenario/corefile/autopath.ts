/**
 * The search lists of `autopath` (CoreDNS 1.14 plugin/autopath, plugin/kubernetes/autopath.go): `@kubernetes` makes them
 * of the asking pod's namespace, and needs `pods verified` for that.
 *
 * Not modelled: the search domains of the file /etc/resolv.conf of CoreDNS itself, which stand at the end of them.
 */
import type { AutopathPlugin, KubernetesPlugin, ServerBlock } from '../../dns/corefile/plugins.ts';
import { isSubdomain, type Name, prepend } from '../../dns/data/name.ts';

const KUBERNETES = '@kubernetes';

/** Why a block's autopath does nothing; undefined when it works, or when there is none. */
export function autopathProblem(block: ServerBlock): string | undefined {
  const plugin = autopathOf(block);
  if (!plugin) return undefined;
  if (plugin.source !== KUBERNETES)
    return `autopath: the search list in ${plugin.source} is not known, so it does nothing`;
  if (verifiedZones(block).length > 0) return undefined;
  return 'autopath @kubernetes does nothing without kubernetes { pods verified } in its block';
}

export function autopathOf({ plugins }: ServerBlock): AutopathPlugin | undefined {
  return plugins.find((one): one is AutopathPlugin => one.plugin === 'autopath');
}

/** `shop.svc.cluster.local`, `svc.cluster.local`, `cluster.local` for each namespace. */
export function searchListsOf(block: ServerBlock, namespaces: readonly string[]): Name[][] {
  if (autopathOf(block)?.source !== KUBERNETES) return [];
  return verifiedZones(block).flatMap((zone) =>
    namespaces.flatMap((namespace) => {
      const services = prepend('svc', zone);
      const own = services && prepend(namespace, services);
      return services && own ? [[own, services, zone]] : [];
    }),
  );
}

/** The namespaces that the first domains of search lists name: `shop` of `shop.svc.cluster.local`. */
export function namespacesIn(firstDomains: readonly Name[], block: ServerBlock): string[] {
  const found = verifiedZones(block).flatMap((zone) => {
    const ending = `.svc.${zone}`;
    return firstDomains.flatMap((name) => (name.endsWith(ending) ? name.slice(0, -ending.length) : []));
  });
  return [...new Set(found)].filter((namespace) => namespace !== '' && !namespace.includes('.'));
}

function verifiedZones({ plugins }: ServerBlock): readonly Name[] {
  const verified = plugins.filter(
    (one): one is KubernetesPlugin => one.plugin === 'kubernetes' && one.pods === 'verified',
  );
  return verified.flatMap(({ zones }) => zones.filter((zone) => !isSubdomain(zone, 'arpa.' as Name)));
}
