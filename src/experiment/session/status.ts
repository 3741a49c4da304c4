/**
 * How each part of a world stands at a moment: faults in force on it, and what those do to the parts that depend
 * on it.
 *
 * Read from the timeline, not measured: a part is called affected when something it depends on is not working,
 * even while caches still hide that from users.
 */
import type { Micros } from '../../base/time.ts';
import type { EffectSpec, FaultSpec, TargetSpec, WorldSpec } from '../../model/spec.ts';
import type { World } from '../../model/world.ts';
import type { Part, Topology } from './topology.ts';

/** From well to ill; `lies`: answers, but wrongly; `affected`: itself sound, but it depends on something that is not. */
export type Level = 'works' | 'affected' | 'impaired' | 'lies' | 'failed';

export interface PartStatus {
  readonly id: string;
  readonly level: Level;
  /** A few words: `works`, `no answer`, `says down`. */
  readonly text: string;
  /** Label of the fault, or what it depends on. */
  readonly cause?: string;
}

const ORDER: readonly Level[] = ['works', 'affected', 'impaired', 'lies', 'failed'];

type Ailment = Omit<PartStatus, 'id'>;

const SOUND: Ailment = { level: 'works', text: 'works' };

/** The status of every part, in the order of the topology. */
export function statusOf(world: World, topology: Topology): readonly PartStatus[] {
  const { spec, now } = world;
  const faults = spec.timeline.filter((item) => item.kind === 'fault' && item.at <= now && item.until > now);
  const direct = new Map(
    topology.parts.map((part) => [part.id, directly(part, spec, faults as readonly FaultSpec[], now)]),
  );
  gatherServers(topology, direct);
  cascade(topology, direct, world);
  for (const part of topology.parts) {
    if (part.kind === 'checker') direct.set(part.id, verdictOf(part, world, direct.get(part.id)!));
  }
  return topology.parts.map(({ id }) => ({ id, ...direct.get(id)! }));
}

function directly(part: Part, spec: WorldSpec, faults: readonly FaultSpec[], now: Micros): Ailment {
  const hits = faults.filter(({ target }) => isHit(part, target, spec));
  return hits.map((fault) => ailmentOf(fault, now)).reduce(worse, SOUND);
}

function worse(one: Ailment, other: Ailment): Ailment {
  return ORDER.indexOf(other.level) > ORDER.indexOf(one.level) ? other : one;
}

function isHit(part: Part, target: TargetSpec, spec: WorldSpec): boolean {
  if (target.kind === 'endpoint') return part.kind === 'endpoint' && part.index === target.endpoint;
  if (target.kind === 'resolver') return part.kind === 'resolver' && part.index === target.resolver;
  if (target.kind === 'region') return standsIn(part, target.region, spec);
  if (target.kind === 'path') return false;
  if (!isAuthority(part) || part.index !== target.provider) return false;
  if (target.kind === 'server') return part.server === target.server;
  return part.server === undefined || target.plane === 'edge';
}

function isAuthority({ kind }: Part): boolean {
  return kind === 'provider' || kind === 'server' || kind === 'tld' || kind === 'root';
}

/** Whether a part stands in a region with all it has. */
function standsIn({ kind, index, server }: Part, region: number, spec: WorldSpec): boolean {
  if (kind === 'endpoint') return spec.endpoints[index]!.region === region;
  if (kind === 'resolver') return spec.resolvers[index]!.region === region;
  if (kind === 'checker') return spec.endpoints[index]!.check!.regions.every((one) => one === region);
  if (kind === 'clients') return false;
  const { servers } = spec.providers[index]!;
  const meant = server === undefined ? servers : [servers[server]!];
  return meant.every(({ sites }) => sites.every((site) => site.region === region));
}

function ailmentOf({ effect, label, at, ramp, target }: FaultSpec, now: Micros): Ailment {
  const plane = target.kind === 'plane' && target.plane !== 'edge';
  const level = plane || now < at + ramp ? 'impaired' : levelOf(effect);
  return { level, text: wordFor(effect), cause: label };
}

function levelOf(effect: EffectSpec): Level {
  if (effect.kind === 'down') return 'failed';
  if (effect.kind === 'lossy') return effect.loss >= 1 ? 'failed' : 'impaired';
  if (effect.kind === 'errors') return effect.share >= 1 ? 'failed' : 'impaired';
  const lies = ['rcode', 'empty-zone', 'stale-copy', 'wrong-record'].includes(effect.kind);
  return lies ? 'lies' : 'impaired';
}

const WORDS: Readonly<Partial<Record<EffectSpec['kind'], string>>> = {
  lossy: 'loses packets',
  slow: 'slow',
  errors: 'requests fail',
  'false-alarm': 'false alarm',
  'empty-zone': 'empty zone',
  'stale-copy': 'old copy',
  'wrong-record': 'wrong record',
  capacity: 'overloaded',
  flood: 'flooded',
  'random-subdomains': 'random names',
};

function wordFor(effect: EffectSpec): string {
  if (effect.kind === 'down') return effect.mode === 'refused' ? 'refuses' : 'no answer';
  return effect.kind === 'rcode' ? `says ${effect.rcode}` : (WORDS[effect.kind] ?? effect.kind);
}

/** A provider is worth what its servers are worth, and a server of a provider that is down is down. */
function gatherServers({ parts }: Topology, known: Map<string, Ailment>): void {
  for (const { id, kind } of parts) {
    if (kind !== 'provider') continue;
    const servers = parts.filter(({ within }) => within === id).map((server) => known.get(server.id)!);
    const ill = servers.filter(({ level }) => level !== 'works');
    if (ill.length === 0 || known.get(id)!.level !== 'works') continue;
    const all = ill.length === servers.length;
    const level = all ? ill.reduce(worse).level : 'impaired';
    known.set(id, { level, text: `${ill.length} of ${servers.length} servers ill` });
  }
}

/** Carries trouble from authorities to resolvers, and from both and the endpoints in use to clients. */
function cascade({ parts, links }: Topology, known: Map<string, Ailment>, world: World): void {
  const used = usedEndpoints(world);
  for (const kind of ['resolver', 'clients'] as const) {
    for (const { id } of nearestLast(parts, links, kind)) {
      if (known.get(id)!.level !== 'works') continue;
      const needs = links.filter(({ from, to, kind: what }) => {
        return from === id && (what === 'asks' || (what === 'uses' && used.has(to)));
      });
      const cause = needs.find(({ to }) => known.get(to)!.level !== 'works');
      if (cause) known.set(id, { level: 'affected', text: 'affected', cause: `depends on ${cause.to}` });
    }
  }
}

/** The parts of a kind, each after those it asks itself: trouble travels down a chain of resolvers. */
function nearestLast(parts: readonly Part[], links: Topology['links'], kind: Part['kind']): readonly Part[] {
  const ordered = new Set<Part>();
  const trail = new Set<Part>();
  const place = (part: Part): void => {
    if (ordered.has(part) || trail.has(part)) return;
    trail.add(part);
    for (const { from, to } of links) {
      const next = from === part.id ? parts.find(({ id }) => id === to) : undefined;
      if (next?.kind === kind) place(next);
    }
    ordered.add(part);
  };
  for (const part of parts) if (part.kind === kind) place(part);
  return [...ordered];
}

/** Ids of the endpoints the right answers name now. */
function usedEndpoints({ answers, outside, spec }: World): ReadonlySet<string> {
  const addresses = answers.questions.flatMap((question) =>
    spec.network.regions.flatMap((_, region) => outside.truth(question, region)),
  );
  const found = addresses.map((address) => outside.endpointOf(address)).filter((index) => index >= 0);
  return new Set(found.map((index) => `endpoint ${spec.endpoints[index]!.name}`));
}

/** What the checkers say of their endpoint at present. */
function verdictOf({ index }: Part, { outside, spec }: World, own: Ailment): Ailment {
  if (own.level !== 'works') return own;
  const { name } = spec.endpoints[index]!;
  const said = outside.reactions.findLast(({ label }) => label.startsWith(`health check marks ${name} `));
  const unhealthy = said?.label.endsWith(' unhealthy') ?? false;
  return unhealthy ? { level: 'affected', text: 'says down' } : { level: 'works', text: 'says up' };
}
