/**
 * Small worlds with clients: one name, `app.example.com.` with one address, resolvers that ask its one server
 * at 192.0.2.1 directly, and clients that remember nothing. Everything else is added by the test.
 */
import { HOUR, type Micros, SECOND } from '../../../src/base/time.ts';
import { type ResolverOptions, RFC_REFERENCE } from '../../../src/dns/resolve/options.ts';
import { RandomStreams } from '../../../src/kernel/random-streams.ts';
import type { Observation } from '../../../src/model/clients/observation.ts';
import type {
  ChangeSpec,
  PopulationSpec,
  QuestionSpec,
  ResolverSpec,
  WorldSpec,
  ZoneChangeSpec,
} from '../../../src/model/spec.ts';
import { World } from '../../../src/model/world.ts';
import type {
  ApplicationBehaviour,
  CacheRule,
  StubBehaviour,
  StubSchedule,
  StubSend,
} from '../../../src/profiles/client-behaviour.ts';
import { change, HERE, name, question, rrset, world, zone } from '../world.ts';

export const OLD_ADDRESS = '203.0.113.10';
export const NEW_ADDRESS = '198.51.100.20';

/** The index of the endpoints of `world()` that own these addresses. */
export const OLD_ENDPOINT = { kind: 'endpoint', endpoint: 0 } as const;
export const NEW_ENDPOINT = { kind: 'endpoint', endpoint: 1 } as const;

/** A cache that keeps nothing, unless told otherwise. */
export function cacheRule(parts: Partial<CacheRule> = {}): CacheRule {
  return {
    mode: 'none',
    fixedSeconds: 0,
    floorSeconds: 0,
    capSeconds: Number.POSITIVE_INFINITY,
    factor: 1,
    addSeconds: 0,
    negativeCapSeconds: 10_800,
    failureSeconds: 0,
    graceSeconds: 0,
    ...parts,
  };
}

/** An honest cache. */
export const FOLLOWS_TTL: CacheRule = cacheRule({ mode: 'ttl' });

/** A cache that keeps everything so long, whatever the record says. */
export function fixedCache(fixedSeconds: number): CacheRule {
  return cacheRule({ mode: 'fixed', fixedSeconds });
}

/** An application without memory, connections, patience limits or retries. */
export function application(parts: Partial<ApplicationBehaviour> = {}): ApplicationBehaviour {
  return {
    id: 'test',
    cache: cacheRule(),
    keepAlive: 0,
    connectTimeout: 10 * SECOND,
    attemptDelay: 0.25 * SECOND,
    patience: Number.POSITIVE_INFINITY,
    retries: { count: 0, firstDelay: SECOND, factor: 2 },
    ...parts,
  };
}

/** A schedule from text such as `1 at 0s, 2 at 5s, all at 8s, give up at 10s`. */
export function schedule(text: string): StubSchedule {
  const parts = text.split(', ').map((part) => part.split(' at '));
  const seconds = (part: readonly string[]): Micros => Number(part[1]!.slice(0, -1)) * SECOND;
  const sends = parts.slice(0, -1).map((part): StubSend => {
    const who = part[0]!;
    return { at: seconds(part), resolver: who === 'all' || who === 'next' ? who : Number(who) - 1 };
  });
  return { sends, giveUp: seconds(parts[parts.length - 1]!) };
}

/** A stub that asks its first resolver once and waits 10 s. */
export function stub(parts: Partial<StubBehaviour> = {}): StubBehaviour {
  const once = schedule('1 at 0s, give up at 10s');
  return {
    id: 'test',
    cache: cacheRule(),
    negativeFirstSeconds: 0,
    keepOnFailure: false,
    schedules: [once, once, once],
    mostResolvers: Number.POSITIVE_INFINITY,
    order: 'listed',
    penalty: { duration: 60 * SECOND, ends: 'after' },
    score: { samples: 64, fewest: 8, threshold: 0.25, validSeconds: 1800 },
    nextOnFailure: false,
    failureRepeats: 0,
    types: 'together',
    search: {
      fewDots: 'list-then-as-is',
      manyDots: 'as-is-then-list',
      nodata: 'next',
      failure: 'next',
      timeout: 'as-is',
    },
    ...parts,
  };
}

/** A resolver that does nothing on its own account: no stale data, no minimisation, short memory of failures. */
export function resolverOptions(parts: Partial<ResolverOptions> = {}): ResolverOptions {
  return {
    ...RFC_REFERENCE,
    serveStale: undefined,
    qnameMinimisation: 'off',
    failureSeconds: { first: 1, factor: 1, maximum: 1 },
    timeout: 'fixed',
    firstTimeoutMicros: SECOND,
    backoffFactor: 1,
    refreshDelegation: false,
    useIpv6: false,
    configuredZones: [
      { zone: name('example.com.'), mode: 'stub', addresses: ['192.0.2.1'], fallback: false },
    ],
    ...parts,
  };
}

/** One resolver named `isp`, unless told otherwise. */
export function resolver(
  parts: Partial<Omit<ResolverSpec, 'options'>> & { readonly options?: Partial<ResolverOptions> } = {},
): ResolverSpec {
  const { options, ...rest } = parts;
  return {
    name: 'isp',
    count: 1,
    fragments: 1,
    region: HERE,
    backgroundRate: 0,
    ...rest,
    options: resolverOptions(options),
  };
}

/** `app.example.com. A AAAA`, weight 1. */
export function asks(text: string, weight = 1): QuestionSpec {
  const [owner, ...types] = text.split(' ');
  return { name: name(owner!), types: types.map((type) => question(`. ${type}`).type), weight };
}

/** `count` clients of the first resolver who ask for `app.example.com. A` every 60 s on average. */
export function population(parts: Partial<PopulationSpec> = {}): PopulationSpec {
  const count = parts.count ?? 1;
  return {
    name: 'users',
    count,
    represents: count,
    region: HERE,
    application: application(),
    stub: stub(),
    resolvers: [{ share: 1, resolvers: [0] }],
    questions: [asks('app.example.com. A')],
    workload: { kind: 'poisson', every: 60 * SECOND },
    ...parts,
  };
}

export interface DrillParts extends Partial<Omit<WorldSpec, 'zones'>> {
  /** TTL of `app.example.com. A`, seconds; 300 when absent. */
  readonly ttl?: number;
  /** Further records of example.com in master-file text. */
  readonly records?: string;
  readonly zones?: WorldSpec['zones'];
}

/**
 * A world of the default provider, zone, resolver and population, unless told otherwise. The zone's own NS set
 * lives one second, so that no delegation plays a part.
 */
export function drill({ ttl = 300, records = '', ...parts }: DrillParts = {}): WorldSpec {
  const data = zone('example.com.', `app ${ttl} IN A ${OLD_ADDRESS}\n${records}`).with(
    rrset('example.com. 1 NS ns1.dns.test.'),
  );
  return world({
    zones: [
      { origin: name('example.com.'), zone: data, providers: (parts.providers ?? [0]).map((_, at) => at) },
    ],
    resolvers: [resolver()],
    populations: [population()],
    ...parts,
  });
}

/** The address of `app` moves to the other endpoint. */
export function moveAddress(at: Micros, ttl = 300, parts: Partial<ZoneChangeSpec> = {}): ChangeSpec {
  return change(at, { put: [rrset(`app.example.com. ${ttl} A ${NEW_ADDRESS}`)], ...parts });
}

/** Plays a world to its end and gives every finished request. */
export function observe(
  spec: WorldSpec,
  seed = 1,
  replication = 0,
): { readonly world: World; readonly seen: readonly Observation[] } {
  const seen: Observation[] = [];
  const played = new World(spec, seed, replication, { observer: (one) => seen.push(one) });
  played.runUntil(spec.duration);
  return { world: played, seen };
}

/** Plays a world to its end, or to `until`. */
export function playWorld(spec: WorldSpec, seed = 1, replication = 0, until: Micros = spec.duration): World {
  const played = new World(spec, seed, replication);
  played.runUntil(until);
  return played;
}

/** A random stream of the test's own. */
export function stream(label: string): ReturnType<RandomStreams['open']> {
  return new RandomStreams(20_240_607).open(label);
}

export { HOUR, SECOND };
