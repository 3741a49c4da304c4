/** What a `forward` of a Corefile says of how its upstreams are asked, as settings of a resolver. */
import type { ForwardPlugin } from '../../dns/corefile/plugins.ts';
import { type Name, ROOT } from '../../dns/data/name.ts';
import type { ResolverSettings } from '../settings/resolver.ts';

export interface CorefileSetting {
  readonly value: unknown;
  /** `cache 30 (line 12)`. */
  readonly why: string;
}

/** By the keys of `with:`. */
export type Settings = Map<string, CorefileSetting>;

/** What one `forward` says that settings of the resolver do not. */
export interface UpstreamRules {
  readonly settings: ReadonlyMap<string, CorefileSetting>;
  readonly failfast: boolean;
  /** Whose NS set probes ask for; absent: the root's. */
  readonly probeName?: Name;
  /** Most queries under way; absent: as many as the resolver takes. */
  readonly concurrent?: number;
}

/** Puts values in with one reason. Keys are those of `with:`. */
export function putter(settings: Settings, why: string): (values: Partial<ResolverSettings>) => void {
  return (values) => {
    for (const [key, value] of Object.entries(values)) settings.set(key, { value, why });
  };
}

/** `forward (line 4 of the Corefile)`. */
export function reasonOf({ line }: ForwardPlugin): string {
  return `forward (line ${line} of the Corefile)`;
}

const POLICIES = { random: 'random', round_robin: 'round-robin', sequential: 'sequential' } as const;

/** Puts in what a forward says. */
export function putForward(settings: Settings, forward: ForwardPlugin): void {
  const put = putter(settings, reasonOf(forward));
  put({
    'forward.policy': POLICIES[forward.policy],
    'forward.probe-pause': forward.healthCheck,
    'forward.resend-errors': forward.failover.some((rcode) => rcode === 'SERVFAIL' || rcode === 'REFUSED'),
  });
  const { maxConnectAttempts, to } = forward;
  if (maxConnectAttempts > 0) put({ 'forward.rounds': Math.ceil(maxConnectAttempts / to.length) });
  const { maxFails, line } = forward;
  const fails = maxFails === 0 ? 0 : maxFails + 1;
  const source = 'down after more failed probes than that, CoreDNS 1.14 plugin/pkg/proxy/proxy.go Down()';
  const why = `forward max_fails ${maxFails} (line ${line}): ${source}; plugin/forward/README.md: after that many`;
  putter(settings, why)({ 'forward.probe-failures': fails });
}

/** What a forward says beyond the settings; nothing where these say it all. */
export function upstreamRules(
  forward: ForwardPlugin,
  settings: Settings,
  isAlone: boolean,
): UpstreamRules | undefined {
  const own: Settings = new Map();
  putForward(own, forward);
  const { failfast, maxConcurrent, healthName, healthRecursion, line } = forward;
  if (!own.has('forward.rounds') && settings.has('forward.rounds')) {
    own.set('forward.rounds', { value: undefined, why: `forward (line ${line}): no max_connect_attempts` });
  }
  const others = [...own].filter(([key, { value }]) => settings.get(key)?.value !== value);
  // Who is not asked to look further always has something to say.
  const probeName = healthRecursion && healthName !== ROOT ? healthName : undefined;
  const concurrent = isAlone ? undefined : maxConcurrent;
  if (others.length === 0 && !failfast && probeName === undefined && concurrent === undefined)
    return undefined;
  return {
    settings: new Map(others),
    failfast,
    ...(probeName !== undefined && { probeName }),
    ...(concurrent !== undefined && { concurrent }),
  };
}
