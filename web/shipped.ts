/** The scenarios that ship with dnsdrill, with the zone files and Corefiles they read, as they lie in the repository. */

const texts: Record<string, string> = import.meta.glob('../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const besides: Record<string, string> = import.meta.glob(
  ['../scenarios/**/*.zone', '../scenarios/corefiles/*'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export interface ShippedScenario {
  /** File name in the folder of scenarios. */
  readonly file: string;
  readonly title: string;
  readonly text: string;
  /** What it is about, in a few words. */
  readonly group: string;
}

/** What drills are about, and which those are, the ones to begin with first. */
export const GROUPS: readonly (readonly [group: string, files: readonly string[]])[] = [
  ['To begin with', ['failover-ttl', 'everyone', 'provider-outage', 'migration']],
  ['TTLs and caches', ['ttl-violators', 'blue-green', 'who-comes-back', 'empty-zone', 'apex-alias']],
  [
    'Providers and failover',
    [
      ...['seven-providers', 'route53-failover', 'cloudflare-proxy', 'ns1-chain-order', 'google-geofence'],
      ...['azure-geographic', 'powerdns-all-down', 'geodns-region-lost', 'two-operators'],
    ],
  ],
  [
    'Resolvers and clusters',
    [
      ...['kubernetes-chain', 'coredns-cluster', 'coredns-restart', 'unbound-backoff', 'serve-stale'],
      'split-horizon',
    ],
  ],
  ['Attacks and models', ['dyn-wave-2', 'dike', 'random-subdomains', 'every-type', 'reference']],
];
/** Drills that belong to no group stand last. */
const OTHERS = 'Others';

/** By group, in the order given there. */
export const SHIPPED: readonly ShippedScenario[] = Object.entries(texts)
  .map(([path, text]) => {
    const file = fileOf(path);
    return { file, title: titleOf(text) ?? file, text, group: groupOf(file) };
  })
  .sort((one, other) => placeOf(one.file) - placeOf(other.file) || compare(one.file, other.file));

function groupOf(file: string): string {
  return GROUPS.find(([, files]) => files.some((name) => `${name}.yaml` === file))?.[0] ?? OTHERS;
}

function placeOf(file: string): number {
  const ordered = GROUPS.flatMap(([, files]) => files);
  const place = ordered.findIndex((name) => `${name}.yaml` === file);
  return place < 0 ? ordered.length : place;
}

/** Texts of every file a scenario may include, by path below the folder of scenarios. */
export const SHIPPED_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(besides).map(([path, text]) => [fileOf(path), text]),
);

function fileOf(path: string): string {
  return path.replace('../scenarios/', '');
}

function titleOf(text: string): string | undefined {
  return /^title:[ \t]*(.+?)[ \t]*$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
