/**
 * What a Corefile says to a forwarder: its settings, where questions go, and what is left out. Pure: whoever knows
 * the scenario says who stands at an address.
 *
 * Every `forward` asks its upstreams in its own way. A resolver here has one cache, so that of the block of the root (else
 * the first) stands for all blocks, but for the bounds of TTLs, which every block has for itself; others that differ are
 * told.
 */
import { SECOND } from '../../base/time.ts';
import type {
  CachePlugin,
  Corefile,
  ForwardPlugin,
  Plugin,
  ServerBlock,
} from '../../dns/corefile/plugins.ts';
import { isSubdomain, type Name, ROOT } from '../../dns/data/name.ts';
import type { TtlBounds } from '../../dns/resolve/options.ts';
import { autopathOf, autopathProblem } from './autopath.ts';
import {
  type CorefileSetting,
  putForward,
  putter,
  reasonOf,
  type Settings,
  type UpstreamRules,
  upstreamRules,
} from './upstreams.ts';

/** Where questions for names of a zone go. */
export interface CorefileRule {
  readonly zone: Name;
  /** `forward`: to these upstreams, as written. `own`: answered by a plugin of the block. `nobody`: by none. */
  readonly way: 'forward' | 'own' | 'nobody';
  readonly to: readonly string[];
  readonly line: number;
  /** How long its answers are kept, where that differs from the settings. */
  readonly bounds?: TtlBounds;
  /** `forward`: how its upstreams are asked, where that differs from the settings. */
  readonly upstreams?: UpstreamRules;
}

export interface CorefileNote {
  readonly line: number;
  readonly message: string;
}

export interface ForwarderPlan {
  readonly settings: ReadonlyMap<string, CorefileSetting>;
  /** The closest rule at or above a name counts. */
  readonly rules: readonly CorefileRule[];
  /** The block that goes along search lists of pods. */
  readonly autopath: ServerBlock | undefined;
  /** What the Corefile says and a resolver here cannot do. */
  readonly notes: readonly CorefileNote[];
}

/** @param port the port that is asked */
export function forwarderPlan({ blocks }: Corefile, port = 53): ForwarderPlan {
  const mine = blocks.filter((block) => block.port === port);
  const main = mine.find(({ zones }) => zones.includes(ROOT)) ?? mine[0];
  const forwards = mine.flatMap(forwardsOf);
  const settings = main ? settingsOf(main) : new Map<string, CorefileSetting>();
  // What one forward may have under way is what the resolver may; of several each has its own limit.
  const limit = forwards.length === 1 ? forwards[0]!.maxConcurrent : undefined;
  if (limit !== undefined) putter(settings, reasonOf(forwards[0]!))({ 'limits.outstanding': limit });
  const isAlone = forwards.length <= 1;
  return {
    settings,
    rules: mine.flatMap((block) => withBounds(rulesOf(block, settings, isAlone), block, main!)),
    autopath: mine.find((block) => autopathOf(block) !== undefined),
    notes: mine.flatMap((block) => notesOf(block, main!, settings)),
  };
}

function settingsOf(block: ServerBlock): Settings {
  const settings: Settings = new Map();
  const cache = pluginOf(block, 'cache');
  const [forward] = forwardsOf(block);
  if (cache) putCache(settings, cache);
  else putNoCache(settings, block);
  if (forward) putForward(settings, forward);
  return settings;
}

function forwardsOf({ plugins }: ServerBlock): ForwardPlugin[] {
  return plugins.filter((one) => one.plugin === 'forward');
}

function pluginOf<P extends Plugin['plugin']>(
  block: ServerBlock,
  name: P,
): Extract<Plugin, { plugin: P }> | undefined {
  return block.plugins.find((one) => one.plugin === name) as Extract<Plugin, { plugin: P }> | undefined;
}

function putCache(settings: Settings, cache: CachePlugin): void {
  const { success, denial, servfailSeconds, prefetch, serveStale } = cache;
  const put = putter(settings, `cache (line ${cache.line} of the Corefile)`);
  put({
    'ttl-cap': success.ttlSeconds,
    'ttl-floor': Math.min(success.leastSeconds, success.ttlSeconds),
    'negative-cap': denial.ttlSeconds,
    'negative-floor': Math.min(denial.leastSeconds, denial.ttlSeconds),
    'cached-names': success.capacity,
    'cached-denials': denial.capacity,
    'forward.keep-ttl': cache.keepTtl,
    'failure.first': servfailSeconds,
    'failure.maximum': servfailSeconds,
    'serve-stale.enabled': serveStale !== undefined,
  });
  if (serveStale) {
    put({
      'serve-stale.client-timer': serveStale.mode === 'immediate' ? 0 : serveStale.patience,
      'serve-stale.max-stale': Math.floor(serveStale.upTo / SECOND),
      'serve-stale.answer-ttl': serveStale.ttlSeconds,
      'serve-stale.recheck': serveStale.recheckSeconds,
    });
  }
  if (!prefetch || prefetch.amount === 0) return;
  put({
    prefetch: { remainingShare: prefetch.percentage / 100 },
    'prefetch-hits': prefetch.amount,
    'prefetch-gap': Math.floor(prefetch.gap / SECOND),
  });
}

/** Without the plugin nothing is kept. */
function putNoCache(settings: Settings, block: ServerBlock): void {
  putter(
    settings,
    `no cache in the block at line ${block.line} of the Corefile`,
  )({
    'ttl-cap': 0,
    'ttl-floor': 0,
    'negative-cap': 0,
    'negative-floor': 0,
    'failure.first': 0,
    'failure.maximum': 0,
  });
}

const SERVING = ['kubernetes', 'file', 'auto', 'secondary'] as const;

/** The rules of a block with the bounds of its own cache, where these are not those of the main block. */
function withBounds(rules: CorefileRule[], block: ServerBlock, main: ServerBlock): CorefileRule[] {
  const bounds = boundsOf(block);
  if (JSON.stringify(bounds) === JSON.stringify(boundsOf(main))) return rules;
  return rules.map((rule) => ({ ...rule, bounds }));
}

/** Each block has a cache of its own; one without keeps nothing. */
function boundsOf(block: ServerBlock): TtlBounds {
  const cache = pluginOf(block, 'cache');
  if (!cache) return { ttlFloorSeconds: 0, ttlCapSeconds: 0, negativeFloorSeconds: 0, negativeCapSeconds: 0 };
  const { success, denial } = cache;
  return {
    ttlFloorSeconds: Math.min(success.leastSeconds, success.ttlSeconds),
    ttlCapSeconds: success.ttlSeconds,
    negativeFloorSeconds: Math.min(denial.leastSeconds, denial.ttlSeconds),
    negativeCapSeconds: denial.ttlSeconds,
  };
}

/** Rules of one block, those of its plugins before those of what is forwarded. */
function rulesOf(block: ServerBlock, settings: Settings, isAlone: boolean): CorefileRule[] {
  return block.zones.flatMap((zone) => {
    const own = block.plugins.flatMap((plugin) => {
      if (!SERVING.some((one) => one === plugin.plugin) || !('zones' in plugin)) return [];
      const inside = plugin.zones.filter((one) => isSubdomain(one, zone));
      return inside.map((one): CorefileRule => ({ zone: one, way: 'own', to: [], line: plugin.line }));
    });
    const ways = forwardsOf(block).flatMap((one) => {
      const upstreams = upstreamRules(one, settings, isAlone);
      return forwardRules(one, zone).map((rule) =>
        upstreams && rule.way === 'forward' ? { ...rule, upstreams } : rule,
      );
    });
    const rest = [...own, ...ways].some((rule) => rule.zone === zone);
    const nobody: CorefileRule[] = rest ? [] : [{ zone, way: 'nobody', to: [], line: block.line }];
    return distinctZones([...own, ...ways, ...nobody]);
  });
}

function forwardRules({ from, to, except, line }: ForwardPlugin, zone: Name): CorefileRule[] {
  const at = isSubdomain(from, zone) ? from : isSubdomain(zone, from) ? zone : undefined;
  if (at === undefined) return [];
  const spared = except.filter((name) => isSubdomain(name, at));
  return [
    { zone: at, way: 'forward', to, line },
    ...spared.map((name): CorefileRule => ({ zone: name, way: 'nobody', to: [], line })),
  ];
}

/** The first rule of a zone counts, as the first forward that matches does. */
function distinctZones(rules: readonly CorefileRule[]): CorefileRule[] {
  return rules.filter(({ zone }, at) => rules.findIndex((other) => other.zone === zone) === at);
}

function notesOf(block: ServerBlock, main: ServerBlock, settings: Settings): CorefileNote[] {
  const lost: readonly Plugin['plugin'][] = ['hosts', 'template', 'rewrite', 'acl', 'dns64', 'any'];
  const plugins = block.plugins.filter(({ plugin }) => lost.includes(plugin));
  const notes = plugins.map(({ plugin, line }) => ({
    line,
    message: `${plugin} has no effect on a resolver; a provider of kind coredns plays it`,
  }));
  for (const plugin of block.plugins) {
    if (plugin.plugin !== 'forward') continue;
    const others = plugin.failover.filter((rcode) => rcode !== 'SERVFAIL' && rcode !== 'REFUSED');
    if (others.length > 0) {
      notes.push({
        line: plugin.line,
        message: `failover ${others.join(' ')} is not modelled in a resolver`,
      });
    }
    if (plugin.next.length > 0)
      notes.push({ line: plugin.line, message: 'next is not modelled in a resolver' });
  }
  const cache = pluginOf(block, 'cache');
  if (cache && !block.zones.every((zone) => cache.zones.some((one) => isSubdomain(zone, one)))) {
    notes.push({
      line: cache.line,
      message: 'a cache for single zones is not modelled in a resolver: it caches all',
    });
  }
  const autopath = autopathProblem(block);
  if (autopath !== undefined) notes.push({ line: autopathOf(block)!.line, message: autopath });
  if (block !== main && differs(settingsOf(block), settings)) {
    const message = `the cache of ${main.zones.join(' ')} stands for this block too, but for the TTLs`;
    notes.push({ line: block.line, message });
  }
  return notes;
}

/** Settings that every block, or every forward, has for itself. */
const OWN = /^(ttl|negative)-(cap|floor)$|^forward\.(?!keep-ttl)|^limits\./;

function differs(a: Settings, b: Settings): boolean {
  const told = (settings: Settings): string =>
    JSON.stringify([...settings].flatMap(([key, { value }]) => (OWN.test(key) ? [] : [[key, value]])));
  return told(a) !== told(b);
}
