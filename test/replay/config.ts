/** Resolver options for a script: what Unbound does by default, changed by the script's configuration lines. */
import { DAY, MILLISECOND, MINUTE, SECOND } from '../../src/base/time.ts';
import { parseName, ROOT } from '../../src/dns/data/name.ts';
import { type ConfiguredZone, type ResolverOptions, RFC_REFERENCE } from '../../src/dns/resolve/options.ts';
import type { Script } from './script.ts';

/** Unbound's defaults as far as they matter here (its configuration manual, measurements). */
const UNBOUND_LIKE: ResolverOptions = {
  ...RFC_REFERENCE,
  ttlCapSeconds: 86_400,
  negativeCapSeconds: 3_600,
  failureSeconds: { first: 5, factor: 1, maximum: 300 },
  serveStale: undefined,
  prefetch: undefined,
  ignoreCachedDname: true,
  nxdomainCut: false,
  acceptVolunteeredNs: false,
  nonAuthoritative: 'last-resort',
  qnameMinimisation: 'relaxed',
  firstTimeoutMicros: 376 * MILLISECOND,
  maximumTimeoutMicros: 2 * MINUTE,
  sendsPerServer: 5,
  selection: { id: 'rtt-band', bandMicros: 400 * MILLISECOND },
  budgetMicros: DAY,
  maximumQueries: 200,
};

type Block = { kind: string; values: Map<string, string[]> };

/** Options for one script. */
export function optionsFor({ config }: Script): ResolverOptions {
  const blocks = blocksOf(config);
  const server = new Map(blocks.filter(({ kind }) => kind === 'server').flatMap(({ values }) => [...values]));
  const value = (key: string): string | undefined => server.get(key)?.[0];
  const seconds = (key: string, otherwise: number): number => Number(value(key) ?? otherwise);
  const zones = blocks.filter(({ kind }) => kind.endsWith('-zone')).map(zoneOf);
  const root = zones.find(({ zone, mode }) => zone === ROOT && mode === 'stub');
  const cap = seconds('cache-max-ttl', UNBOUND_LIKE.ttlCapSeconds);
  return {
    ...UNBOUND_LIKE,
    ttlCapSeconds: cap,
    ttlFloorSeconds: seconds('cache-min-ttl', 0),
    negativeCapSeconds: Math.min(cap, seconds('cache-max-negative-ttl', UNBOUND_LIKE.negativeCapSeconds)),
    negativeFloorSeconds: seconds('cache-min-ttl', 0),
    qnameMinimisation: /yes|on/.test(value('qname-minimisation') ?? value('query-minimization') ?? 'yes')
      ? 'relaxed'
      : 'off',
    acceptVolunteeredNs: value('iter-scrub-promiscuous') === 'no',
    prefetch: value('prefetch') === 'yes' ? { remainingShare: 0.1 } : undefined,
    // Knot Resolver's scripts expect minimised queries of type NS.
    minimisedType: server.has('query-minimization') ? 'NS' : 'A',
    useIpv6: value('do-ip6') !== 'no',
    serveStale: value('serve-expired') === 'yes' ? staleOf(seconds) : undefined,
    // Deckard names the root's address outside of any block.
    rootHints: { 'hint.': root?.addresses ?? server.get('stub-addr') ?? [] },
    configuredZones: zones.filter((zone) => zone !== root),
  };
}

function staleOf(seconds: (key: string, otherwise: number) => number): ResolverOptions['serveStale'] {
  return {
    clientTimerMicros: seconds('serve-expired-client-timeout', 1_800) * MILLISECOND,
    answerTtlSeconds: seconds('serve-expired-reply-ttl', 30),
    capAtOriginalTtl: true,
    maxStaleSeconds: seconds('serve-expired-ttl', DAY / SECOND),
    recheckSeconds: 5,
    nxdomain: true,
  };
}

function blocksOf(config: Script['config']): Block[] {
  const blocks: Block[] = [{ kind: 'server', values: new Map() }];
  for (const [key, value] of config) {
    const begins = key === 'server' || (key.endsWith('-zone') && value === '') || key === 'remote-control';
    if (begins) blocks.push({ kind: key, values: new Map() });
    const { values } = blocks[blocks.length - 1]!;
    if (!begins) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return blocks;
}

function zoneOf({ kind, values }: Block): ConfiguredZone {
  const mode = kind === 'forward-zone' ? 'forward' : 'stub';
  return {
    zone: parseName(values.get('name')![0]!, ROOT),
    mode,
    addresses: values.get(`${mode}-addr`) ?? [],
    fallback: values.get(`${mode}-first`)?.[0] === 'yes',
  };
}
