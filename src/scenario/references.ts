/** Names that stand for something defined elsewhere: every one must exist, wherever it is written. */
import { didYouMean } from '../base/suggest.ts';
import { isSubdomain, type Name } from '../dns/data/name.ts';
import { childOf, type Path, type TreeNode } from './document/tree.ts';
import { checkForwarding } from './forward-references.ts';
import type { IssueList } from './issues.ts';
import { nameKind, Problem } from './kinds.ts';
import { type LeverText, leverKind } from './lever.ts';
import type { DefinedNames } from './names.ts';
import { checkProfiles, profileNames } from './profile-references.ts';
import { PROVIDER_FORMATS } from './providers/catalogue.ts';
import { resolverNames } from './schema/clients.ts';
import { PROFILE_KINDS } from './settings/profile-kinds.ts';
import { type TargetText, type TargetWord, targetKind } from './target.ts';

type Noun = 'region' | 'provider' | 'server' | 'endpoint' | 'check' | 'resolver' | 'strategy';

/** Where names of each noun stand; `*` is every key or item, `#` every item of a list, `~` the keys themselves. */
const PLACES: readonly (readonly [Noun, string])[] = [
  ['region', 'providers.*.sites.*'],
  ['region', 'providers.*.sites.*.region'],
  ['region', 'providers.*.servers.*.sites.*'],
  ['region', 'providers.*.servers.*.sites.*.region'],
  ['provider', 'providers.*.transfer.from'],
  ['region', 'providers.*.control-region'],
  ['region', 'endpoints.*.region'],
  ['region', 'endpoints.*.check.regions.*'],
  ['provider', 'endpoints.*.check.by'],
  ['endpoint', 'checks.*.endpoint'],
  ['endpoint', 'checks.*.metric'],
  ['check', 'checks.*.of.*'],
  ['provider', 'checks.*.by'],
  ['region', 'checks.*.regions.*'],
  ['region', 'resolvers.*.region'],
  ['resolver', 'resolvers.*.upstreams.*.*'],
  ['region', 'clients.*.region'],
  ['provider', 'zones.*.providers.*'],
  ['provider', 'zones.*.delegation.providers.*'],
  ['resolver', 'zones.*.private.resolvers.*'],
  ['provider', 'policies.*.provider'],
  ['provider', 'timeline.*.providers.*'],
  ['provider', 'timeline.*.provider'],
  ['provider', 'prices.~'],
  ['check', 'prices.*.inside.*'],
  ['check', 'prices.*.string-matching.*'],
  ...PROVIDER_FORMATS.flatMap(({ references = [] }) => references),
  ['strategy', 'expect.~'],
];

const TARGETS = [
  'fail',
  'slow',
  'lossy',
  'wrong',
  'flood',
  'capacity',
  'errors',
  'false-alarm',
  'random-subdomains',
  'restore',
  'flush',
];
/** Actions that name an endpoint or a check at its providers; other levers are looked up where they are moved. */
const LEVERS = ['disable', 'enable', 'invert'];
const leverText = leverKind('endpoint', 'check');
/** `delegate` before `ttl`, which it may hold too. */
const ZONE_ACTIONS = ['put', 'remove', 'delegate', 'ttl'];

const ALL_PROFILES = '; dnsdrill profiles lists all';

/** Reports every dangling reference of the document. */
export function checkReferences(tree: TreeNode, names: DefinedNames, issues: IssueList): void {
  new ReferenceCheck(tree, names, issues).run();
}

class ReferenceCheck {
  readonly #tree: TreeNode;
  readonly #names: DefinedNames;
  readonly #issues: IssueList;

  constructor(tree: TreeNode, names: DefinedNames, issues: IssueList) {
    this.#tree = tree;
    this.#names = names;
    this.#issues = issues;
  }

  run(): void {
    for (const [noun, pattern] of PLACES) this.#each(pattern, (path, text) => this.#need(noun, text, path));
    for (const kind of PROFILE_KINDS) {
      const known = profileNames(kind, this.#names);
      for (const pattern of [...kind.places, `profiles.${kind.section}.*.extends`])
        this.#each(pattern, (path, text) => this.#oneOf(kind.noun, text, known, path, ALL_PROFILES));
      checkProfiles(kind, this.#tree, this.#issues);
    }
    this.#each('network.round-trips.~', (path, key) => this.#pair(path, key));
    this.#clientResolvers();
    checkForwarding(this.#tree, this.#names.resolver, this.#issues);
    this.#timeline();
    this.#policies();
  }

  #each(pattern: string, use: (path: Path, text: string) => void): void {
    for (const [path, text] of textsAt(this.#tree, pattern.split('.'))) use(path, text);
  }

  #need(noun: Noun, text: string, path: Path): void {
    this.#oneOf(noun, text, this.#names[noun], path);
  }

  /** @param list where to find all of them when there are too many for a hint */
  #oneOf(noun: string, text: string, known: readonly string[], path: Path, list = ''): void {
    if (known.includes(text)) return;
    const near = didYouMean(text, known) ?? `the scenario defines no ${noun}`;
    const hint = near.endsWith('...') ? near + list : near;
    this.#issues.add(path, `scenario-unknown-${noun.replaceAll(' ', '-')}`, `there is no ${noun} '${text}'`, {
      hint,
    });
  }

  #pair(path: Path, key: string): void {
    const ends = key.split('/').map((end) => end.trim());
    if (ends.length === 2) for (const end of ends) this.#need('region', end, path);
    else {
      const hint = 'write REGION/REGION';
      this.#issues.add(path, 'scenario-bad-pair', `'${key}' is not a pair of regions`, { hint, atKey: true });
    }
  }

  #clientResolvers(): void {
    this.#each('clients.*.resolvers.*', (path, text) => {
      const inMap = typeof path.at(-1) === 'string' && path.at(-1) !== 'resolvers';
      if (!inMap) this.#need('resolver', text, path);
    });
    this.#each('clients.*.resolvers.~', (path, key) => {
      for (const name of resolverNames(key)) this.#need('resolver', name, path);
    });
  }

  #timeline(): void {
    const timeline = childOf(this.#tree, 'timeline');
    if (timeline?.kind !== 'list') return;
    for (const [index, entry] of timeline.items.entries()) this.#entry(entry, ['timeline', index]);
  }

  #entry(entry: TreeNode, path: Path): void {
    for (const action of TARGETS) {
      const target = targetKind.read(scalarAt(entry, action));
      if (!(target instanceof Problem)) this.#target(target, [...path, action]);
    }
    for (const action of LEVERS) {
      const lever = leverText.read(scalarAt(entry, action));
      if (!(lever instanceof Problem)) this.#lever(lever, [...path, action]);
    }
    const zoneAction = ZONE_ACTIONS.find((action) => childOf(entry, action));
    if (zoneAction) this.#zone([...path, zoneAction], scalarAt(entry, zoneAction));
    if (zoneAction !== 'delegate') return;
    for (const [at, text] of textsAt(childOf(entry, 'to'), ['*'], [...path, 'to']))
      this.#need('provider', text, at);
  }

  #lever({ word, name }: LeverText, path: Path): void {
    if (word === 'endpoint') this.#need('endpoint', name, path);
    else
      this.#oneOf(
        'check',
        name,
        this.#names.check.filter((one) => one !== 'none'),
        path,
      );
  }

  #target({ word, name, detail }: TargetText, path: Path): void {
    const { server, provider, generatedServer, generatedProvider } = this.#names;
    const noun = NOUN_OF_TARGET[word];
    if (noun === 'server') this.#oneOf(noun, name, [...server, ...generatedServer], path);
    else if (noun === 'provider') this.#oneOf(noun, name, [...provider, ...generatedProvider], path);
    else this.#oneOf(noun, name, this.#names[noun], path);
    if (word === 'site' || word === 'path') this.#oneOf('region', detail!, this.#names.region, path);
  }

  #zone(path: Path, text: unknown): void {
    const name = nameKind.read(text);
    if (name instanceof Problem || this.#names.zone.includes(name)) return;
    const hint = didYouMean(name, this.#names.zone);
    this.#issues.add(path, 'scenario-unknown-zone', `there is no zone '${text}'`, { hint });
  }

  #policies(): void {
    this.#each('policies.~', (path, key) => {
      const slash = key.lastIndexOf('/');
      const name = nameKind.read(slash < 0 ? key : key.slice(0, slash));
      if (name instanceof Problem) return;
      this.#inSomeZone(name, path);
    });
  }

  #inSomeZone(name: Name, path: Path): void {
    if (this.#names.zone.some((zone) => isSubdomain(name, zone))) return;
    const hint = didYouMean(name, this.#names.zone);
    this.#issues.add(path, 'scenario-unknown-zone', `no zone holds '${name}'`, { hint, atKey: true });
  }
}

const NOUN_OF_TARGET: Readonly<Record<TargetWord, Noun>> = {
  endpoint: 'endpoint',
  server: 'server',
  site: 'server',
  provider: 'provider',
  plane: 'provider',
  region: 'region',
  resolver: 'resolver',
  path: 'region',
};

function scalarAt(entry: TreeNode, key: string): unknown {
  const node = childOf(entry, key);
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** Scalars (or keys, for `~`) at the places a pattern names. A last `*` also takes a lone scalar. */
function* textsAt(
  node: TreeNode | undefined,
  pattern: readonly string[],
  path: Path = [],
): Generator<[Path, string]> {
  const [step, ...rest] = pattern;
  if (!node) return;
  if (step === undefined || (node.kind === 'scalar' && step === '*' && rest.length === 0)) {
    if (node.kind === 'scalar' && node.value !== null) yield [path, String(node.value)];
  } else if (step === '~') {
    if (node.kind === 'map') for (const key of node.entries.keys()) yield [[...path, key], key];
  } else if (step === '#') {
    if (node.kind === 'list') yield* textsAt(node, ['*', ...rest], path);
  } else if (step !== '*') yield* textsAt(childOf(node, step), rest, [...path, step]);
  else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* textsAt(item, rest, [...path, index]);
  } else if (node.kind === 'map') {
    for (const [key, entry] of node.entries) yield* textsAt(entry.node, rest, [...path, key]);
  }
}
