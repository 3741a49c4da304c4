/** Which option of a script's configuration is which setting of a resolver. */

/** Settings by flat key, in the notation of scenario files; undefined when the value is wrong. */
type ToSettings = (value: string) => Readonly<Record<string, string | number | boolean>> | undefined;

/** One option: the settings it gives, or why it changes nothing here. */
export interface OptionRule {
  readonly settings?: ToSettings;
  /** What the option asks for that is not modelled; '' = nothing that answers or queries depend on. */
  readonly gap?: string;
  readonly decisive?: boolean;
  /** As `gap`, where it hangs on the value; decisive. */
  readonly gapOf?: (value: string) => string;
  /** The only profile it is of any meaning to; absent = all. */
  readonly profile?: string;
}

type Rules = Readonly<Record<string, OptionRule>>;

const to =
  (unit: string, ...keys: readonly string[]): ToSettings =>
  (value) =>
    /^\d+$/.test(value) ? Object.fromEntries(keys.map((key) => [key, `${value}${unit}`])) : undefined;

const count =
  (key: string): ToSettings =>
  (value) =>
    /^\d+$/.test(value) ? { [key]: Number(value) } : undefined;

const choose =
  (key: string, yes: string | boolean, no: string | boolean): ToSettings =>
  (value) =>
    /^(?:yes|on)$/.test(value) ? { [key]: yes } : /^(?:no|off)$/.test(value) ? { [key]: no } : undefined;

/** So many names at depth 0, 1, 2 and so on; -1 = all. */
const namesAhead: ToSettings = (value) => {
  const [first, second = first] = value.trim().split(/\s+/).map(Number);
  if (!(Number.isInteger(first) && Number.isInteger(second))) return undefined;
  if (first! < 0) return { 'server-addresses.names': 100, 'server-addresses.fewer-per-level': 0 };
  const fewer = Math.max(0, first! - second!);
  return { 'server-addresses.names': first!, 'server-addresses.fewer-per-level': fewer };
};

const FOREVER = '36500d';

/** Unbound's options (unbound.conf(5)) that are settings here. */
const UNBOUND_SETTINGS: Rules = {
  'cache-max-ttl': { settings: to('s', 'ttl-cap') },
  'cache-min-ttl': { settings: to('s', 'ttl-floor', 'negative-floor') },
  'cache-max-negative-ttl': { settings: to('s', 'negative-cap') },
  'cache-min-negative-ttl': { settings: to('s', 'negative-floor') },
  'qname-minimisation': { settings: choose('qname-minimisation.mode', 'relaxed', 'off') },
  'qname-minimisation-strict': {
    settings: (value) => (value === 'yes' ? { 'qname-minimisation.mode': 'strict' } : {}),
  },
  'iter-scrub-promiscuous': { settings: choose('accept-volunteered-ns', false, true) },
  'aggressive-nsec': { settings: (value) => (value === 'no' ? { 'aggressive-nsec': false } : {}) },
  'harden-below-nxdomain': { settings: (value) => (value === 'no' ? { 'nxdomain-cut': false } : {}) },
  prefetch: { settings: choose('prefetch', '10%', 'off') },
  'do-ip4': { settings: choose('ipv4', true, false) },
  'do-ip6': { settings: choose('ipv6', true, false) },
  'serve-expired': { settings: choose('serve-stale.enabled', true, false) },
  'serve-expired-ttl': {
    settings: (value) =>
      value === '0' ? { 'serve-stale.max-stale': FOREVER } : to('s', 'serve-stale.max-stale')(value),
  },
  'serve-expired-reply-ttl': { settings: to('s', 'serve-stale.answer-ttl') },
  'serve-expired-client-timeout': { settings: to('ms', 'serve-stale.client-timer') },
  'serve-expired-ttl-reset': { settings: choose('serve-stale.reset', true, false) },
  'ede-serve-expired': { settings: choose('serve-stale.ede', true, false) },
  'discard-timeout': {
    settings: (value) => (value === '0' ? { 'discard-after': 'never' } : to('ms', 'discard-after')(value)),
  },
  'jostle-timeout': { settings: to('ms', 'limits.jostle') },
  'infra-host-ttl': { settings: to('s', 'server-memory') },
  'infra-cache-min-rtt': { settings: to('ms', 'timeout.minimum') },
  'infra-cache-max-rtt': { settings: to('ms', 'timeout.maximum') },
  'unknown-server-time-limit': { settings: to('ms', 'timeout.first') },
  'max-sent-count': { settings: count('limits.queries') },
  'max-query-restarts': { settings: count('limits.cnames') },
  'num-queries-per-thread': { settings: count('limits.outstanding') },
  'target-fetch-policy': { settings: namesAhead, profile: 'unbound' },
  'deny-any': { settings: choose('any', 'notimp', 'all') },
  'access-control': {
    settings: (value) => (/\sallow_snoop$/.test(value) ? { 'without-recursion': 'referral' } : {}),
    profile: 'unbound',
  },
};

const NO_EFFECT: OptionRule = { gap: '' };
/** Modules of Unbound whose work is modelled, or named as missing where it matters. */
const MODULES: ReadonlySet<string> = new Set(['', 'validator', 'iterator']);
const OWN_DATA = 'zones the resolver itself serves';
const VALIDATION: OptionRule = { gap: 'DNSSEC validation', decisive: true };

/** Options that need something the simulator does not model, or nothing. */
const UNBOUND_OTHERS: Rules = {
  'trust-anchor': VALIDATION,
  'trust-anchor-file': VALIDATION,
  'auto-trust-anchor-file': VALIDATION,
  'trusted-keys-file': VALIDATION,
  'minimal-responses': { gap: 'authority and additional data in answers' },
  'harden-referral-path': { gap: 'queries that check the way to a zone' },
  'harden-glue': { gap: 'glue out of bailiwick' },
  'rrset-roundrobin': NO_EFFECT,
  'trust-anchor-signaling': NO_EFFECT,
  'module-config': {
    gapOf: (value) =>
      value
        .split(/\s+/)
        .filter((name) => !MODULES.has(name))
        .join(', '),
  },
  'local-zone': { gapOf: (value) => (/\s(?:nodefault|transparent)$/.test(value) ? '' : OWN_DATA) },
  'local-data': { gap: OWN_DATA, decisive: true },
  'local-data-ptr': { gap: OWN_DATA, decisive: true },
  'response-ip': { gap: OWN_DATA, decisive: true },
  'domain-insecure': { gap: 'DNSSEC validation' },
  'use-caps-for-id': NO_EFFECT,
  'fake-sha1': NO_EFFECT,
  'fake-dsa': NO_EFFECT,
  ede: NO_EFFECT,
  'outbound-msg-retry': NO_EFFECT, // taken over where it lies beyond what settings allow
  verbosity: NO_EFFECT,
  'log-servfail': NO_EFFECT,
  'msg-cache-size': NO_EFFECT,
  'do-not-query-localhost': NO_EFFECT, // bars.ts, as the three below
  'do-not-query-address': NO_EFFECT,
  'private-address': NO_EFFECT,
  'private-domain': NO_EFFECT,
  'val-override-date': NO_EFFECT,
};

/** Words of other suites for the same (Deckard writes them before any block). */
const OTHER_SUITES: Rules = {
  // Knot Resolver's scripts expect minimised queries of type NS (RFC 7816).
  'query-minimization': {
    settings: (value) => ({
      ...choose('qname-minimisation.mode', 'relaxed', 'off')(value),
      'qname-minimisation.type': 'NS',
    }),
  },
  // Knot Resolver's least TTL holds for every answer, one without data too.
  features: {
    settings: (value) => {
      const [, seconds] = /^min_ttl = (\d+)$/.exec(value) ?? [];
      return seconds === undefined ? {} : { 'ttl-floor': `${seconds}s`, 'negative-floor': `${seconds}s` };
    },
  },
};

/** Options of the `server:` block, or before any block, by name. */
export const OPTION_RULES: Rules = { ...UNBOUND_SETTINGS, ...UNBOUND_OTHERS, ...OTHER_SUITES };

/** Blocks that are zones served by the resolver itself. */
export const OWN_ZONES: Readonly<Record<string, string>> = {
  'auth-zone': OWN_DATA,
  rpz: 'response policy zones',
};
