/**
 * Presets of operating systems: the stub resolver's retransmissions and the host's cache.
 *
 * A schedule is text such as `1 at 0s, 2 at 5s, all at 8s, give up at 10s`: which configured resolver is asked
 * when. Not modelled: search lists (ndots), penalties of servers across look-ups, DNS over TLS.
 */
import { cited } from './cited.ts';
import type { Preset, PresetFamily } from './preset.ts';

/** `sends` transmissions, one every `every` seconds, going round `resolvers`. */
function goRound(resolvers: number, sends: number, every: number, giveUp: number): string {
  const list = Array.from({ length: sends }, (_, send) => `${(send % resolvers) + 1} at ${send * every}s`);
  return `${list.join(', ')}, give up at ${giveUp}s`;
}

const NEUTRAL = 'neutral: one attempt per resolver';

const NONE: Preset = {
  id: 'none',
  title: 'No host cache: the application asks the resolver itself',
  notes: ['For applications with a resolver of their own, and as a neutral base of custom profiles.'],
  values: {
    'cache.mode': cited('none', 'assumption', 'nothing is kept'),
    'cache.fixed': cited('0s', 'assumption', 'unused in this mode'),
    'cache.floor': cited('0s', 'source', 'RFC 2181 §8: a TTL of 0 is legal'),
    'cache.cap': cited('unlimited', 'source', 'RFC 2181 §8: TTLs up to 2^31-1'),
    'cache.factor': cited(1, 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.add': cited('0s', 'source', 'RFC 1035 §3.2.1: the TTL is the limit'),
    'cache.negative-cap': cited('3h', 'source', 'RFC 2308 §5: one to three hours work well'),
    'cache.failure': cited('0s', 'assumption', 'nothing is kept'),
    'cache.grace': cited('0s', 'source', 'RFC 1035 §3.2.1: nothing is used after its TTL'),
    'one-resolver': cited('1 at 0s, give up at 10s', 'assumption', NEUTRAL),
    'two-resolvers': cited('1 at 0s, 2 at 5s, give up at 10s', 'assumption', NEUTRAL),
    'more-resolvers': cited('1 at 0s, 2 at 5s, 3 at 10s, give up at 15s', 'assumption', NEUTRAL),
    'next-on-failure': cited(true, 'assumption', 'neutral: a failure is a reason to ask the next resolver'),
  },
};

const GLIBC_SEND = 'glibc 2.41 resolv/res_send.c send_dg() with RES_TIMEOUT 5, RES_DFLRETRY 2';

const GLIBC: Preset = {
  id: 'glibc',
  title: 'glibc 2.41 stub resolver without a cache',
  notes: ['The list is walked from the start on every look-up: a dead first server costs 5 s each time.'],
  values: {
    'cache.mode': cited('none', 'source', 'glibc 2.41: no memory between calls'),
    'one-resolver': cited(goRound(1, 2, 5, 10), 'source', GLIBC_SEND),
    'two-resolvers': cited(goRound(2, 4, 5, 20), 'source', GLIBC_SEND),
    'more-resolvers': cited(
      '1 at 0s, 2 at 5s, 3 at 8s, 1 at 14s, 2 at 19s, 3 at 22s, give up at 28s',
      'source',
      `${GLIBC_SEND}: wait (5 << index) / servers`,
    ),
    'next-on-failure': cited(
      true,
      'source',
      'glibc 2.41 resolv/res_send.c: SERVFAIL, NOTIMP, REFUSED move on',
    ),
  },
};

const LINUX: Preset = {
  ...GLIBC,
  id: 'linux',
  title: 'Linux with glibc, neither nscd nor systemd-resolved',
  notes: [...GLIBC.notes, 'The same values as glibc.'],
};

const WINDOWS_TIMES = 'Microsoft Learn, DNS client resolution timeouts (KB 2834226)';

const WINDOWS: Preset = {
  id: 'windows',
  title: 'Windows DNS Client service (Windows 7 to 11)',
  notes: [
    'Servers after the third are first asked at 4 s, together with all others.',
    'Whether SERVFAIL ends a look-up at once differs between editions of the documentation.',
  ],
  values: {
    'cache.mode': cited('ttl', 'documentation', 'Microsoft Learn, MaxCacheTtl'),
    'cache.cap': cited('1d', 'documentation', 'MaxCacheTtl 86400 (itprotoday.com 2002 and others)'),
    'cache.negative-cap': cited('5s', 'assumption', 'commonly stated for current Windows; not confirmed'),
    'cache.failure': cited('0s', 'assumption', 'not documented'),
    'one-resolver': cited(
      '1 at 0s, 1 at 1s, 1 at 2s, 1 at 4s, 1 at 8s, give up at 10s',
      'documentation',
      WINDOWS_TIMES,
    ),
    'two-resolvers': cited(
      '1 at 0s, 2 at 1s, 2 at 2s, all at 4s, all at 8s, give up at 10s',
      'documentation',
      WINDOWS_TIMES,
    ),
    'more-resolvers': cited(
      '1 at 0s, 2 at 1s, 3 at 2s, all at 4s, all at 8s, give up at 10s',
      'documentation',
      WINDOWS_TIMES,
    ),
    'next-on-failure': cited(
      false,
      'assumption',
      'an older edition of KB 2834226: SERVFAIL ends the look-up',
    ),
  },
};

const MDNS = 'Apple mDNSResponder-2600.100.147';
const CLOSED = `${MDNS} mDNSCore/uDNS.h; shipping builds use a closed querier, and no end is fixed`;

const MACOS: Preset = {
  id: 'macos',
  title: 'macOS mDNSResponder 2600.100.147 (macOS 15)',
  notes: [
    'A server that fails to answer is penalised 60 s across look-ups; here each look-up starts afresh.',
    'Negative answers start at 60 s and double on repeats up to 3600 s before stretching; here only the upper bound.',
    'The TTL is cut to 3600 s before it is stretched; here the result is cut to 4502 s, which is the same.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${MDNS} mDNSCore/DNSCommon.c GetEffectiveTTL()`),
    'cache.factor': cited(1.25, 'source', `${MDNS} mDNSCore/DNSCommon.h RRAdjustTTL`),
    'cache.add': cited('2s', 'source', `${MDNS} mDNSCore/DNSCommon.h RRAdjustTTL`),
    'cache.floor': cited('15s', 'source', `${MDNS} mDNSCore/DNSCommon.c GetEffectiveTTL()`),
    'cache.cap': cited(
      '4502s',
      'source',
      `${MDNS} mDNSCore/DNSCommon.h mDNSMaximumUnicastTTLSeconds 3600, stretched`,
    ),
    'cache.negative-cap': cited(
      '4502s',
      'source',
      `${MDNS} mDNSCore/mDNS.c mDNSCoreReceiveNoUnicastAnswers()`,
    ),
    'cache.failure': cited('60s', 'source', `${MDNS} mDNSCore/mDNS.c mDNSCoreReceiveNoUnicastAnswers()`),
    'one-resolver': cited('1 at 0s, 1 at 1s, 1 at 3s, 1 at 9s, give up at 30s', 'assumption', CLOSED),
    'two-resolvers': cited(
      '1 at 0s, 1 at 1s, 2 at 3s, 2 at 4s, 1 at 9s, 2 at 10s, give up at 30s',
      'assumption',
      CLOSED,
    ),
    'more-resolvers': cited(
      '1 at 0s, 1 at 1s, 2 at 3s, 2 at 4s, 3 at 6s, 3 at 7s, 1 at 12s, 2 at 13s, 3 at 14s, give up at 30s',
      'assumption',
      CLOSED,
    ),
    'next-on-failure': cited(
      false,
      'assumption',
      `${MDNS} uDNS.c: SERVFAIL brings no penalty; the next step is closed`,
    ),
  },
};

const RESOLVED_CACHE = 'systemd 257 src/resolve/resolved-dns-cache.c';
const RESOLVED_TIMES = 'systemd 257 src/resolve/resolved-timeouts.h and resolved-dns-transaction.c';

const SYSTEMD_RESOLVED: Preset = {
  id: 'systemd-resolved',
  title: 'systemd-resolved 257',
  notes: [
    'The current server is sticky across look-ups; here each look-up starts with the first.',
    'A caller through glibc may give up after 10 s although the service goes on for 120 s.',
    'SERVFAIL is retried with fewer features before it is believed; here the next server is asked at once.',
  ],
  values: {
    'cache.mode': cited('ttl', 'source', `${RESOLVED_CACHE} calculate_until_valid()`),
    'cache.cap': cited('2h', 'source', `${RESOLVED_CACHE} CACHE_TTL_MAX_USEC`),
    'cache.negative-cap': cited('2h', 'source', `${RESOLVED_CACHE} CACHE_TTL_MAX_USEC`),
    'cache.failure': cited('10s', 'source', `${RESOLVED_CACHE} CACHE_TTL_STRANGE_RCODE_USEC`),
    'one-resolver': cited(goRound(1, 24, 5, 120), 'source', RESOLVED_TIMES),
    'two-resolvers': cited(goRound(2, 24, 5, 120), 'source', RESOLVED_TIMES),
    'more-resolvers': cited(goRound(3, 24, 5, 120), 'source', RESOLVED_TIMES),
    'next-on-failure': cited(true, 'source', 'systemd 257 src/resolve/resolved-dns-transaction.c'),
  },
};

/** Every operating system preset; `none` completes the others, `linux` is the default of scenarios. */
export const STUBS: PresetFamily = {
  base: NONE,
  presets: [NONE, LINUX, GLIBC, WINDOWS, MACOS, SYSTEMD_RESOLVED],
};
