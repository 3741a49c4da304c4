/** Settings of recursive resolvers: how the resolvers of `forward:` are asked. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { ForwardingOptions, ForwardPolicy } from '../../dns/resolve/forward/options.ts';
import { durationKind, wholeKind, wordKind } from '../kinds.ts';
import { limitKind, switchKind, ttlCapKind } from './kinds.ts';
import type { SettingTable } from './table.ts';

export interface ResolverForwardSettings {
  readonly 'forward.policy': ForwardPolicy | 'own';
  readonly 'forward.timeout': Micros;
  readonly 'forward.rounds': number | undefined;
  readonly 'forward.total': Micros;
  readonly 'forward.resend-errors': boolean;
  readonly 'forward.silent': boolean;
  readonly 'forward.fallback': boolean;
  readonly 'forward.fresh-ttl': 'received' | 'kept';
  readonly 'forward.shown-ttl-cap': Seconds;
  readonly 'forward.keep-ttl': boolean;
  readonly 'forward.probe-failures': number;
  readonly 'forward.probe-pause': Micros;
  readonly 'forward.probe-timeout': Micros;
  readonly 'forward.sticky-questions': number;
  readonly 'forward.sticky-time': Micros;
}

/** What `unlimited` stands for (RFC 2181 §8). */
const LARGEST_TTL: Seconds = 2 ** 31 - 1;

const at = <T>(kind: T, about: string): { readonly kind: T; readonly about: string } => ({ kind, about });

/** The part of the settings table that is about forwarding. */
export const RESOLVER_FORWARD_SETTINGS: SettingTable<ResolverForwardSettings>['settings'] = {
  'forward.policy': at(
    wordKind(['own', 'sticky-fastest', 'random', 'round-robin', 'sequential']),
    'How an upstream is picked; own: as a server of a zone is, by selection, timeout and limits.',
  ),
  'forward.timeout': at(durationKind(1), 'How long one transmission to an upstream is waited for.'),
  'forward.rounds': at(limitKind, 'How often one question goes round the list of upstreams.'),
  'forward.total': at(durationKind(), 'No transmission begins this long after the first.'),
  'forward.resend-errors': at(
    switchKind,
    'Whether SERVFAIL or REFUSED of one upstream sends the question to the others.',
  ),
  'forward.silent': at(
    switchKind,
    'Whether the client gets no answer at all where no upstream answers, instead of SERVFAIL.',
  ),
  'forward.fallback': at(
    switchKind,
    'Whether the resolver asks authoritative servers itself once its upstreams have failed.',
  ),
  'forward.fresh-ttl': at(
    wordKind(['received', 'kept']),
    'TTL of an answer just fetched: as the upstream told it, or as the cache keeps it.',
  ),
  'forward.shown-ttl-cap': at(
    ttlCapKind,
    'No TTL above this is told to clients, however long data are kept.',
  ),
  'forward.keep-ttl': at(
    switchKind,
    'Whether data from the cache are told with the whole TTL, however old they are.',
  ),
  'forward.probe-failures': at(
    wholeKind(0, 1000),
    'An upstream that did not answer is probed, and down after so many failed probes; 0: no probes.',
  ),
  'forward.probe-pause': at(durationKind(1), 'From a failed probe to the next.'),
  'forward.probe-timeout': at(durationKind(1), 'A probe without an answer fails after this long.'),
  'forward.sticky-questions': at(
    wholeKind(0),
    'sticky-fastest: all upstreams are asked again after more than so many questions ...',
  ),
  'forward.sticky-time': at(
    durationKind(),
    'sticky-fastest: ... or more than this long after the last time.',
  ),
};

/** The rule of picking upstreams as the resolver takes it; undefined: as servers of a zone are picked. */
export function forwardingOptions(settings: ResolverForwardSettings): ForwardingOptions | undefined {
  const policy = settings['forward.policy'];
  if (policy === 'own') return undefined;
  const cap = settings['forward.shown-ttl-cap'];
  const failures = settings['forward.probe-failures'];
  const health = {
    failures,
    pauseMicros: settings['forward.probe-pause'],
    timeoutMicros: settings['forward.probe-timeout'],
  };
  return {
    policy,
    timeoutMicros: settings['forward.timeout'],
    rounds: settings['forward.rounds'],
    totalMicros: settings['forward.total'],
    resendErrors: settings['forward.resend-errors'],
    silent: settings['forward.silent'],
    freshTtl: settings['forward.fresh-ttl'],
    keepsTtl: settings['forward.keep-ttl'],
    shownTtlCapSeconds: cap < LARGEST_TTL ? cap : undefined,
    health: failures > 0 ? health : undefined,
    stickyQuestions: settings['forward.sticky-questions'],
    stickyMicros: settings['forward.sticky-time'],
  };
}
