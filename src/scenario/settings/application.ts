/** Settings of applications beyond cache, patience and retries: own stub, timers, connections, addresses. */
import { type Micros, SECOND, type Seconds } from '../../base/time.ts';
import {
  ADDRESS_STYLES,
  type AddressRule,
  type AddressStyle,
  type ApplicationBehaviour,
  FAMILY_ORDERS,
  type FamilyOrder,
  type StubSchedule,
} from '../../profiles/client-behaviour.ts';
import { durationKind, patienceKind, wordKind } from '../kinds.ts';
import { pollKind, silenceKind, switchKind, ttlCapKind, waitKind } from './kinds.ts';
import { scheduleKind } from './schedule-kind.ts';
import type { SettingTable } from './table.ts';

export interface SpecialSettings {
  readonly 'cache.hold': Seconds;
  readonly 'cache.hold-negative': boolean;
  readonly 'cache.refresh-failures': boolean;
  readonly 'restart-every': Micros;
  readonly 'poll.every': Micros | 'ttl' | undefined;
  readonly 'poll.retry': Micros;
  readonly 'connections.lifetime': Micros;
  readonly 'connections.silence': Micros | undefined;
  readonly 'connections.close-on-change': boolean;
  readonly 'addresses.style': AddressStyle;
  readonly 'addresses.families': FamilyOrder;
  readonly 'addresses.resolution-delay': Micros | undefined;
  readonly 'addresses.avoid': Micros;
  readonly 'lookup.path': 'system' | 'direct';
  readonly 'lookup.one-resolver': StubSchedule;
  readonly 'lookup.two-resolvers': StubSchedule;
  readonly 'lookup.more-resolvers': StubSchedule;
}

const OWN_SCHEDULE = 'direct: transmissions when the client has';

export const SPECIAL_SETTINGS: SettingTable<SpecialSettings> = {
  settings: {
    'cache.hold': {
      kind: ttlCapKind,
      about:
        'While look-ups fail, data is used this long after the last good one; 0s: a failure replaces it.',
    },
    'cache.hold-negative': {
      kind: switchKind,
      about: 'on: NXDOMAIN and NODATA count as failing for `hold`; off: they replace the data.',
    },
    'cache.refresh-failures': {
      kind: switchKind,
      about: 'A hit on a kept failure starts a look-up in the background.',
    },
    'restart-every': {
      kind: patienceKind,
      about: 'The process restarts this often and forgets its cache and connections.',
    },
    'poll.every': {
      kind: pollKind,
      about: 'A timer refreshes the addresses: so often, or when the TTL ends; off: requests look up.',
    },
    'poll.retry': { kind: durationKind(1), about: 'Time to the next look-up after a failed one.' },
    'connections.lifetime': {
      kind: patienceKind,
      about: 'A kept connection is closed at this age, busy or not.',
    },
    'connections.silence': {
      kind: silenceKind,
      about: 'A request over a kept connection gives a silent endpoint up after this long.',
    },
    'connections.close-on-change': {
      kind: switchKind,
      about: 'A kept connection is closed once the addresses held no longer contain its own.',
    },
    'addresses.style': { kind: wordKind(ADDRESS_STYLES), about: 'How several addresses are tried.' },
    'addresses.families': { kind: wordKind(FAMILY_ORDERS), about: 'Which family comes first.' },
    'addresses.resolution-delay': {
      kind: waitKind,
      about:
        'How long data of one type waits for the other types (RFC 8305 §3); unlimited: until they are done.',
    },
    'addresses.avoid': {
      kind: durationKind(),
      about: 'The address that failed last is left out this long while there are others; 0s: not remembered.',
    },
    'lookup.path': {
      kind: wordKind(['system', 'direct']),
      about: "system: through the operating system; direct: by a stub of its own, past the system's cache.",
    },
    'lookup.one-resolver': { kind: scheduleKind(1), about: `${OWN_SCHEDULE} one resolver.` },
    'lookup.two-resolvers': { kind: scheduleKind(2), about: `${OWN_SCHEDULE} two resolvers.` },
    'lookup.more-resolvers': { kind: scheduleKind(3), about: `${OWN_SCHEDULE} three or more resolvers.` },
  },
  groups: {
    poll: 'Addresses refreshed by a timer instead of by requests.',
    connections: 'Pools of kept connections, beyond the idle time-out `keep-alive`.',
    addresses: 'The choice among several addresses.',
    lookup: 'Who asks the resolvers.',
  },
  heads: {
    poll: { member: 'every' },
    addresses: { member: 'style' },
    lookup: { member: 'path' },
  },
  ascending: [],
};

type Special = Pick<
  ApplicationBehaviour,
  'refreshFailures' | 'restartEvery' | 'hold' | 'polling' | 'connections' | 'addresses' | 'ownStub'
>;

const UNLIMITED: Seconds = 2 ** 31 - 1;

/** The mechanisms that are switched on; an empty object for a plain application. */
export function specialBehaviour(settings: SpecialSettings, connectTimeout: Micros): Special {
  return {
    ...(settings['cache.refresh-failures'] ? { refreshFailures: true } : {}),
    ...restarts(settings['restart-every']),
    ...hold(settings),
    ...polling(settings),
    ...connections(settings, connectTimeout),
    ...addresses(settings),
    ...ownStub(settings),
  };
}

function restarts(restartEvery: Micros): Special {
  return restartEvery === Number.POSITIVE_INFINITY ? {} : { restartEvery };
}

function hold({ 'cache.hold': seconds, 'cache.hold-negative': negativeToo }: SpecialSettings): Special {
  if (seconds === 0) return {};
  const after = seconds === UNLIMITED ? Number.POSITIVE_INFINITY : seconds * SECOND;
  return { hold: { after, negativeToo } };
}

function polling({ 'poll.every': every, 'poll.retry': retry }: SpecialSettings): Special {
  return every === undefined ? {} : { polling: { every, retry } };
}

function connections(settings: SpecialSettings, connectTimeout: Micros): Special {
  const rule = {
    lifetime: settings['connections.lifetime'],
    silence: settings['connections.silence'] ?? connectTimeout,
    closeOnChange: settings['connections.close-on-change'],
  };
  const plain =
    rule.lifetime === Number.POSITIVE_INFINITY && rule.silence === connectTimeout && !rule.closeOnChange;
  return plain ? {} : { connections: rule };
}

function addresses(settings: SpecialSettings): Special {
  const { 'addresses.style': style, 'addresses.families': families } = settings;
  const resolutionDelay = settings['addresses.resolution-delay'];
  const avoid = settings['addresses.avoid'];
  const rule: AddressRule = {
    style,
    families,
    ...(resolutionDelay === undefined ? {} : { resolutionDelay }),
    ...(avoid === 0 ? {} : { avoid }),
  };
  const plain = style === 'staggered' && families === 'as-asked' && Object.keys(rule).length === 2;
  return plain ? {} : { addresses: rule };
}

function ownStub(settings: SpecialSettings): Special {
  if (settings['lookup.path'] === 'system') return {};
  const schedules = [
    settings['lookup.one-resolver'],
    settings['lookup.two-resolvers'],
    settings['lookup.more-resolvers'],
  ] as const;
  return { ownStub: { schedules } };
}
