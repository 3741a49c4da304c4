/**
 * Browsers.
 *
 * Chromium's own stub: two rounds over the configured servers, 1 s in the first and 2 s in the second (a fallback
 * period of 1 s that doubles per round), then the look-up fails; the period follows measured round trips in
 * reality and is at most 5 s.
 */
import { type Cited, cited } from '../cited.ts';
import type { Preset, SettingText } from '../preset.ts';

const CHROMIUM_JOB = 'Chromium net/dns/host_resolver_manager_job.cc';
const CHROMIUM_STUB =
  'Chromium net/dns/dns_config.h (fallback_period 1 s, attempts 2) and net/dns/resolve_context.cc';
const CHROMIUM_CONNECT = 'Chromium net/socket/transport_connect_job.h kIPv6FallbackTime';
const CHROMIUM_BASE = 'same network stack as Chromium; changes of the vendor were not checked';
const EYEBALLS = 'third-party statement of the default backup delay';

const CHROMIUM: Readonly<Record<string, Cited<SettingText>>> = {
  'cache.mode': cited('ttl', 'source', `${CHROMIUM_JOB}: entries follow the record`),
  'cache.floor': cited('60s', 'source', `${CHROMIUM_JOB} kMinimumTTLSeconds`),
  'cache.cap': cited('unlimited', 'assumption', 'no upper clamp found in the source read'),
  'cache.negative-cap': cited('1h', 'assumption', 'NXDOMAIN follows the SOA; the cap was not found'),
  'cache.failure': cited('0s', 'source', `${CHROMIUM_JOB} kNegativeCacheEntryTTLSeconds`),
  'keep-alive': cited('300s', 'source', 'Chromium net/socket client_socket_pool kUsedIdleSocketTimeout'),
  'attempt-delay': cited('300ms', 'source', CHROMIUM_CONNECT),
  'addresses.style': cited('family-race', 'source', `${CHROMIUM_CONNECT}: IPv4 is raced, each address once`),
  'lookup.path': cited('direct', 'source', 'Chromium net/base/features.cc kAsyncDns: on by default'),
  'lookup.one-resolver': cited('1 at 0s, 1 at 1s, give up at 3s', 'source', CHROMIUM_STUB),
  'lookup.two-resolvers': cited('1 at 0s, 2 at 1s, 1 at 2s, 2 at 4s, give up at 6s', 'source', CHROMIUM_STUB),
  'lookup.more-resolvers': cited(
    '1 at 0s, 2 at 1s, 3 at 2s, 1 at 3s, 2 at 5s, 3 at 7s, give up at 9s',
    'source',
    CHROMIUM_STUB,
  ),
};

/** The waits of a failed page that loads itself again; an option, for `retries.delays`. */
export const CHROME_RELOAD_DELAYS: Cited<string> = cited(
  '0s, 5s, 30s, 60s, 300s, 600s, 1800s',
  'source',
  'Chromium (2013-14) chrome/renderer/net/net_error_helper_core.cc GetAutoReloadTime',
);

const CHROME: Preset = {
  id: 'chrome',
  title: 'Chrome with its built-in resolver (about M120 to M154)',
  notes: [
    "The built-in client asks the configured resolvers itself: the operating system's cache is left out.",
    'A built-in look-up that fails goes on through the operating system in some cases; here it fails.',
    `A failed page loads itself again; \`retries: { delays: '${CHROME_RELOAD_DELAYS.value}' }\` adds that.`,
  ],
  values: CHROMIUM,
};

const CHROME_RELOADING: Preset = {
  id: 'chrome-reloading',
  title: 'Chrome whose failed pages load themselves again',
  notes: ['For users who leave the tab open; the delays come from an older source.'],
  variantOf: 'chrome',
  values: {
    'retries.delays': CHROME_RELOAD_DELAYS,
    patience: cited('never', 'assumption', 'who leaves the tab open waits as long as it takes'),
  },
};

const CHROME_SYSTEM: Preset = {
  id: 'chrome-system-resolver',
  title: 'Chrome through the OS resolver',
  notes: ['For policies that switch the built-in client off, and configurations it cannot imitate.'],
  variantOf: 'chrome',
  values: {
    'lookup.path': cited('system', 'source', `${CHROMIUM_JOB} OnSystemTaskComplete`),
    'cache.mode': cited('fixed', 'source', `${CHROMIUM_JOB} OnSystemTaskComplete: no TTL is known`),
    'cache.fixed': cited('60s', 'source', `${CHROMIUM_JOB} kCacheEntryTTLSeconds`),
    'cache.negative-cap': cited('0s', 'source', `${CHROMIUM_JOB} kNegativeCacheEntryTTLSeconds`),
  },
};

/** A browser built on Chromium: the values stay those of `chrome`, the confidence does not. */
function chromiumBased(id: string, title: string, note: string): Preset {
  const values = Object.fromEntries(
    Object.entries(CHROMIUM).map(([key, { value }]) => [key, cited(value, 'assumption', CHROMIUM_BASE)]),
  );
  return { id, title, notes: [note], variantOf: 'chrome', values };
}

const FIREFOX_PREFS = 'mozilla-central modules/libpref/init/StaticPrefList.yaml';
const FIREFOX_NEGATIVE = 'mozilla-central netwerk/dns/nsHostResolver.cpp NEGATIVE_RECORD_LIFETIME';
const FIREFOX_REFRESH = 'mozilla-central netwerk/dns/nsHostResolver.cpp ConditionallyRefreshRecord()';

const FIREFOX: Preset = {
  id: 'firefox',
  title: 'Firefox through the OS resolver (macOS, Linux, Android)',
  notes: [
    'After an idle hour the first request may use an address up to 660 s older than its TTL allows.',
    'A failure is repeated for 60 s, but each repetition asks again behind it: the second attempt works.',
  ],
  values: {
    'cache.mode': cited('fixed', 'source', `${FIREFOX_PREFS} network.dns.get-ttl is false`),
    'cache.fixed': cited('60s', 'source', `${FIREFOX_PREFS} network.dnsCacheExpiration`),
    'cache.negative-cap': cited('60s', 'source', FIREFOX_NEGATIVE),
    'cache.failure': cited('60s', 'source', FIREFOX_NEGATIVE),
    'cache.grace': cited('600s', 'source', `${FIREFOX_PREFS} network.dnsCacheExpirationGracePeriod`),
    'cache.refresh-failures': cited('on', 'source', FIREFOX_REFRESH),
    'keep-alive': cited(
      '115s',
      'source',
      'Gecko modules/libpref/init/all.js network.http.keep-alive.timeout',
    ),
    'attempt-delay': cited('250ms', 'assumption', EYEBALLS),
    'addresses.style': cited('family-race', 'assumption', `one backup attempt; ${EYEBALLS}`),
  },
};

const FIREFOX_WINDOWS: Preset = {
  id: 'firefox-windows',
  title: 'Firefox on Windows, or with DNS over HTTPS',
  notes: ['DNS over HTTPS also leaves the OS out; add `lookup: direct` for that.'],
  variantOf: 'firefox',
  values: {
    'cache.mode': cited('ttl', 'source', `${FIREFOX_PREFS} network.dns.get-ttl (XP_WIN)`),
  },
};

const FIREFOX_SHORT_GRACE: Preset = {
  id: 'firefox-grace-60',
  title: 'Older Firefox: 60 s of grace instead of 600 s',
  notes: ['The releases in which the preference changed were not read.'],
  variantOf: 'firefox',
  values: {
    'cache.grace': cited('60s', 'documentation', 'network.dnsCacheExpirationGracePeriod of older releases'),
  },
};

const SAFARI: Preset = {
  id: 'safari',
  title: 'Safari (CFNetwork)',
  notes: [
    'Keeps nothing itself: pair it with `os: macos`.',
    'Optimistic DNS (expired answers used while asking anew) is a switch of the system, not part of this preset.',
  ],
  values: {
    'cache.mode': cited('none', 'assumption', 'caching is left to mDNSResponder; no primary source found'),
    'keep-alive': cited('60s', 'assumption', 'no published value'),
    'addresses.style': cited('interleaved', 'assumption', 'RFC 8305 §4, which Apple engineers wrote'),
    'addresses.families': cited('ipv6-first', 'assumption', 'RFC 8305 §4: the first family is usually IPv6'),
    'addresses.resolution-delay': cited('50ms', 'assumption', 'RFC 8305 §3: recommended resolution delay'),
  },
};

export const BROWSERS: readonly Preset[] = [
  CHROME,
  CHROME_RELOADING,
  CHROME_SYSTEM,
  chromiumBased('chrome-android', 'Chrome on Android', 'The built-in client is on by default there as well.'),
  chromiumBased('edge', 'Microsoft Edge', 'Taken over from chrome as a whole.'),
  chromiumBased('samsung', 'Samsung Internet', 'Taken over from chrome as a whole.'),
  FIREFOX,
  FIREFOX_WINDOWS,
  FIREFOX_SHORT_GRACE,
  SAFARI,
];
