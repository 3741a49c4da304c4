/** Settings of applications and operating systems: what `app:` and `os:` take besides a profile's name. */
import type { Micros, Seconds } from '../../base/time.ts';
import type { ApplicationBehaviour, CacheRule, StubBehaviour } from '../../profiles/client-behaviour.ts';
import { durationKind, numberKind, patienceKind, ttlKind, wholeKind, wordKind } from '../kinds.ts';
import { SPECIAL_SETTINGS, type SpecialSettings, specialBehaviour } from './application.ts';
import { delaysKind, ttlCapKind } from './kinds.ts';
import { SERVER_GROUPS, SERVER_SETTINGS, type ServerSettings, serverBehaviour } from './stub.ts';
import type { SettingTable } from './table.ts';

interface CacheSettings {
  readonly 'cache.mode': CacheRule['mode'];
  readonly 'cache.fixed': Seconds;
  readonly 'cache.floor': Seconds;
  readonly 'cache.cap': Seconds;
  readonly 'cache.factor': number;
  readonly 'cache.add': Seconds;
  readonly 'cache.negative-cap': Seconds;
  readonly 'cache.failure': Seconds;
  readonly 'cache.grace': Seconds;
}

export interface ApplicationSettings extends CacheSettings, SpecialSettings {
  readonly 'keep-alive': Micros;
  readonly 'connect-timeout': Micros;
  readonly 'attempt-delay': Micros;
  readonly patience: Micros;
  readonly 'retries.count': number;
  readonly 'retries.first-delay': Micros;
  readonly 'retries.factor': number;
  readonly 'retries.delays': readonly Micros[];
}

export interface StubSettings extends CacheSettings, ServerSettings {}

const CACHE: SettingTable<CacheSettings>['settings'] = {
  'cache.mode': {
    kind: wordKind(['none', 'ttl', 'fixed', 'forever']),
    about:
      'none: nothing is kept; ttl: as long as the record allows; fixed: always `fixed`; forever: until a restart.',
  },
  'cache.fixed': { kind: ttlKind, about: 'Life of every answer in mode fixed, whatever the record says.' },
  'cache.floor': { kind: ttlKind, about: 'Shortest life of an answer in mode ttl.' },
  'cache.cap': { kind: ttlCapKind, about: 'Longest life of an answer in mode ttl.' },
  'cache.factor': { kind: numberKind(0), about: 'The remaining TTL is multiplied by this in mode ttl.' },
  'cache.add': { kind: ttlKind, about: 'Then this is added.' },
  'cache.negative-cap': { kind: ttlCapKind, about: 'Longest life of NXDOMAIN and NODATA; 0s: not kept.' },
  'cache.failure': { kind: ttlKind, about: 'Life of SERVFAIL and time-outs; 0s: not kept.' },
  'cache.grace': {
    kind: ttlKind,
    about: 'An expired answer is still used this long while it is asked anew.',
  },
};

const CACHE_GROUP = 'How long this cache keeps answers; a word alone is the mode.';
const CACHE_HEAD = { member: 'mode' };

export const APPLICATION_SETTINGS: SettingTable<ApplicationSettings> = {
  settings: {
    ...CACHE,
    'keep-alive': {
      kind: durationKind(),
      about:
        'An idle connection is kept and reused this long, pinning its address; 0s: one connection per request.',
    },
    'connect-timeout': { kind: durationKind(1), about: 'A silent address is given up after this long.' },
    'attempt-delay': {
      kind: durationKind(1),
      about: 'With several addresses the next is tried after this long (RFC 8305 §5).',
    },
    patience: { kind: patienceKind, about: 'A request that takes longer in all counts as too slow.' },
    'retries.count': { kind: wholeKind(0, 1000), about: 'Further attempts after a failed request.' },
    'retries.first-delay': { kind: durationKind(), about: 'Wait before the first further attempt.' },
    'retries.factor': { kind: numberKind(1), about: 'Each further wait is this many times the one before.' },
    'retries.delays': {
      kind: delaysKind,
      about: 'Waits before each further attempt, one by one; when given, the other three mean nothing.',
    },
    ...SPECIAL_SETTINGS.settings,
  },
  groups: {
    cache: CACHE_GROUP,
    retries: 'What the application does after a failed request.',
    ...SPECIAL_SETTINGS.groups,
  },
  heads: { cache: CACHE_HEAD, ...SPECIAL_SETTINGS.heads },
  ascending: [['cache.floor', 'cache.cap']],
};

export const STUB_SETTINGS: SettingTable<StubSettings> = {
  settings: {
    ...CACHE,
    ...SERVER_SETTINGS,
  },
  groups: { cache: CACHE_GROUP, ...SERVER_GROUPS },
  heads: { cache: CACHE_HEAD },
  ascending: [
    ['cache.floor', 'cache.cap'],
    ['score.fewest', 'score.samples'],
  ],
};

function cacheRule(settings: CacheSettings): CacheRule {
  return {
    mode: settings['cache.mode'],
    fixedSeconds: settings['cache.fixed'],
    floorSeconds: settings['cache.floor'],
    capSeconds: settings['cache.cap'],
    factor: settings['cache.factor'],
    addSeconds: settings['cache.add'],
    negativeCapSeconds: settings['cache.negative-cap'],
    failureSeconds: settings['cache.failure'],
    graceSeconds: settings['cache.grace'],
  };
}

/** @param id name of the profile, `custom` for one written in the scenario */
export function applicationBehaviour(id: string, settings: ApplicationSettings): ApplicationBehaviour {
  return {
    id,
    cache: cacheRule(settings),
    keepAlive: settings['keep-alive'],
    connectTimeout: settings['connect-timeout'],
    attemptDelay: settings['attempt-delay'],
    patience: settings.patience,
    retries: {
      count: settings['retries.count'],
      firstDelay: settings['retries.first-delay'],
      factor: settings['retries.factor'],
      ...(settings['retries.delays'].length > 0 ? { delays: settings['retries.delays'] } : {}),
    },
    ...specialBehaviour(settings, settings['connect-timeout']),
  };
}

/** @param id name of the profile, `custom` for one written in the scenario */
export function stubBehaviour(id: string, settings: StubSettings): StubBehaviour {
  return { id, cache: cacheRule(settings), ...serverBehaviour(settings) };
}
