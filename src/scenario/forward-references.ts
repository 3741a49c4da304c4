/** Names in `forward:`: every resolver must exist, and no question may go round in a circle. */
import { didYouMean } from '../base/suggest.ts';
import { type Name, parent, ROOT } from '../dns/data/name.ts';
import { childOf, type Path, type TreeNode } from './document/tree.ts';
import type { IssueList } from './issues.ts';
import { nameKind, Problem } from './kinds.ts';

/** One name in a list of upstreams. */
interface Mention {
  readonly name: string;
  readonly path: Path;
}

/** Where questions for a zone go; no mentions: the resolver resolves them itself. */
interface Rule {
  readonly zone: Name;
  readonly to: readonly Mention[];
}

/** Reports unknown resolvers, self references, bad zones and circles. @param resolvers their names */
export function checkForwarding(tree: TreeNode, resolvers: readonly string[], issues: IssueList): void {
  const rules = new Map<string, readonly Rule[]>();
  const services = childOf(tree, 'resolvers');
  for (const service of services?.kind === 'map' ? services.entries.keys() : []) {
    rules.set(service, rulesOf(childOf(childOf(services, service), 'forward'), service, issues));
  }
  let sound = true;
  for (const [service, its] of rules) {
    for (const mention of its.flatMap(({ to }) => to)) {
      sound = checkMention(service, mention, resolvers, issues) && sound;
    }
  }
  if (sound) checkCircles(rules, issues);
}

function checkMention(
  service: string,
  { name, path }: Mention,
  resolvers: readonly string[],
  issues: IssueList,
): boolean {
  if (name === service) {
    const hint = 'name another resolver, or remove forward: to let it resolve by itself';
    issues.add(path, 'scenario-forward-self', `'${service}' forwards to itself`, { hint });
    return false;
  }
  if (resolvers.includes(name)) return true;
  const hint = didYouMean(name, resolvers) ?? `add ${name} to resolvers:`;
  issues.add(path, 'scenario-unknown-resolver', `there is no resolver '${name}'`, { hint });
  return false;
}

function rulesOf(forward: TreeNode | undefined, service: string, issues: IssueList): readonly Rule[] {
  if (forward === undefined) return [];
  const path: Path = ['resolvers', service, 'forward'];
  if (forward.kind !== 'map') return [{ zone: ROOT, to: mentions(forward, path) }];
  const zones = childOf(forward, 'zones');
  const named = zones?.kind === 'map' ? [...zones.entries] : [];
  return [
    { zone: ROOT, to: mentions(childOf(forward, 'to'), [...path, 'to']) },
    ...mentions(childOf(forward, 'except'), []).flatMap(({ name }) => ruleFor(name, [])),
    ...named.flatMap(([zone, { node }]) => {
      const at = [...path, 'zones', zone];
      const read = nameKind.read(zone);
      if (!(read instanceof Problem)) return ruleFor(zone, mentions(node, at));
      issues.add(at, read.code, read.message, { ...(read.hint && { hint: read.hint }), atKey: true });
      return [];
    }),
  ];
}

function ruleFor(text: string, to: readonly Mention[]): readonly Rule[] {
  const zone = nameKind.read(text);
  return zone instanceof Problem ? [] : [{ zone, to }];
}

function mentions(node: TreeNode | undefined, path: Path): readonly Mention[] {
  if (node?.kind === 'scalar') return [{ name: String(node.value), path }];
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item, index) =>
    item.kind === 'scalar' ? [{ name: String(item.value), path: [...path, index] }] : [],
  );
}

/** A circle is one for the names of some zone: for other names the same resolvers may ask each other. */
function checkCircles(rules: ReadonlyMap<string, readonly Rule[]>, issues: IssueList): void {
  const zones = new Set([...rules.values()].flat().map(({ zone }) => zone));
  for (const zone of zones) {
    const upstreams = (service: string): readonly Mention[] =>
      ruleAt(rules.get(service) ?? [], zone)?.to ?? [];
    const mention = findCircle([...rules.keys()], upstreams);
    if (mention === undefined) continue;
    const [at, trail] = mention;
    const which = zone === ROOT ? '' : ` for names of ${zone}`;
    const message = `forwarding goes round in a circle${which}: ${trail.join(' -> ')}`;
    const hint = 'let one of them resolve by itself: remove its forward:, or name it in except:';
    issues.add(at, 'scenario-forward-circle', message, { hint });
    return;
  }
}

/** The closest rule at or above a zone. */
function ruleAt(rules: readonly Rule[], zone: Name): Rule | undefined {
  for (let at: Name | undefined = zone; at !== undefined; at = parent(at)) {
    const rule = rules.find((one) => one.zone === at);
    if (rule) return rule;
  }
  return undefined;
}

/** The mention that closes a circle, and the way round. */
function findCircle(
  services: readonly string[],
  upstreams: (service: string) => readonly Mention[],
): readonly [Path, readonly string[]] | undefined {
  const done = new Set<string>();
  const walk = (trail: readonly string[]): readonly [Path, readonly string[]] | undefined => {
    const service = trail.at(-1)!;
    for (const { name, path } of upstreams(service)) {
      const start = trail.indexOf(name);
      if (start >= 0) return [path, [...trail.slice(start), name]];
      const found = done.has(name) ? undefined : walk([...trail, name]);
      if (found) return found;
    }
    done.add(service);
    return undefined;
  };
  for (const service of services) {
    const found = done.has(service) ? undefined : walk([service]);
    if (found) return found;
  }
  return undefined;
}
