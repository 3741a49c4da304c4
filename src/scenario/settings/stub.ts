/** Settings of stub resolvers: whom they ask when, what they remember, and what a failure leads to. */
import type { Micros, Seconds } from '../../base/time.ts';
import type {
  FailureRule,
  PenaltyRule,
  SearchRule,
  StubBehaviour,
  StubSchedule,
} from '../../profiles/client-behaviour.ts';
import {
  durationKind,
  type Kind,
  Problem,
  quote,
  shareKind,
  ttlKind,
  wholeKind,
  wordKind,
} from '../kinds.ts';
import { limitKind, switchKind } from './kinds.ts';
import { scheduleKind } from './schedule-kind.ts';
import type { SettingTable } from './table.ts';

export interface ServerSettings {
  readonly 'cache.negative-first': Seconds;
  readonly 'cache.keep-on-failure': boolean;
  readonly 'one-resolver': StubSchedule;
  readonly 'two-resolvers': StubSchedule;
  readonly 'more-resolvers': StubSchedule;
  readonly 'most-resolvers': number | undefined;
  readonly order: StubBehaviour['order'];
  readonly 'penalty.duration': Micros;
  readonly 'penalty.ends': PenaltyRule['ends'];
  readonly 'score.samples': number;
  readonly 'score.fewest': number;
  readonly 'score.threshold': number;
  readonly 'score.valid': Seconds;
  readonly 'next-on-failure': FailureRule;
  readonly 'failure-repeats': number;
  readonly types: StubBehaviour['types'];
  readonly 'search.few-dots': SearchRule['fewDots'];
  readonly 'search.many-dots': SearchRule['manyDots'];
  readonly 'search.nodata': SearchRule['nodata'];
  readonly 'search.failure': SearchRule['failure'];
  readonly 'search.timeout': SearchRule['timeout'];
}

const FAILURE_WORDS: ReadonlyMap<unknown, FailureRule> = new Map<unknown, FailureRule>([
  [true, true],
  ['on', true],
  [false, false],
  ['off', false],
  ['each-once', 'each-once'],
  ['ignore', 'ignore'],
]);

/** `on`, `off`, `each-once` or `ignore`. */
export const failureRuleKind: Kind<FailureRule> = {
  noun: 'on, off, each-once or ignore',
  json: { enum: ['on', 'off', true, false, 'each-once', 'ignore'] },
  read(raw) {
    const rule = FAILURE_WORDS.get(raw);
    if (rule !== undefined) return rule;
    return new Problem('scenario-bad-flag', `${quote(raw)} is neither on, off, each-once nor ignore`);
  },
  show: (value) => (value === true ? 'on' : value === false ? 'off' : value),
};

const SCHEDULE = 'Transmissions when the client has';

export const SERVER_SETTINGS: SettingTable<ServerSettings>['settings'] = {
  'cache.negative-first': {
    kind: ttlKind,
    about:
      'NXDOMAIN and NODATA count as if their TTL were at least this, doubled on each repeat; 0s: as it is.',
  },
  'cache.keep-on-failure': {
    kind: switchKind,
    about: 'When a look-up fails, data past its life is used and that life begins again.',
  },
  'one-resolver': { kind: scheduleKind(1), about: `${SCHEDULE} one resolver.` },
  'two-resolvers': { kind: scheduleKind(2), about: `${SCHEDULE} two resolvers.` },
  'more-resolvers': { kind: scheduleKind(3), about: `${SCHEDULE} three or more resolvers.` },
  'most-resolvers': { kind: limitKind, about: 'Resolvers of the list that are used; the rest is ignored.' },
  order: {
    kind: wordKind(['listed', 'rotate', 'sticky', 'penalty', 'score']),
    about:
      'Whom a look-up asks first. listed: the first of the list, always; rotate: one further each time; sticky: the current one until it fails; penalty: silent ones come last for a while; score: unreliable ones are left out.',
  },
  'penalty.duration': {
    kind: durationKind(1),
    about: 'How long a resolver that did not answer stays behind.',
  },
  'penalty.ends': {
    kind: wordKind(['after', 'clock']),
    about: 'after: so long after the failure; clock: at the next beat of the host, one every `duration`.',
  },
  'score.samples': { kind: wholeKind(1, 64), about: 'Latest look-ups a resolver is judged by.' },
  'score.fewest': { kind: wholeKind(1, 64), about: 'With fewer samples than this it is not judged.' },
  'score.threshold': { kind: shareKind, about: 'Below this share of successes it is left out.' },
  'score.valid': { kind: ttlKind, about: 'So long after its latest sample it is tried again.' },
  'next-on-failure': {
    kind: failureRuleKind,
    about:
      'What SERVFAIL or REFUSED leads to. on: the next transmission at once; off: the end of the look-up; each-once: every other resolver once; ignore: nothing, as if nobody had answered.',
  },
  'failure-repeats': {
    kind: wholeKind(0, 100),
    about: 'Before that, the same resolver is asked again at once after SERVFAIL, so many times.',
  },
  types: {
    kind: wordKind(['together', 'in-turn', 'a-decides']),
    about:
      'How several types of a name are asked. together: at once; in-turn: A first, the next once it is answered; a-decides: in turn, and nothing more when A fails.',
  },
  'search.few-dots': {
    kind: wordKind(['list-then-as-is', 'list']),
    about: 'A name with fewer dots than `ndots`: with the list, and then perhaps as it stands.',
  },
  'search.many-dots': {
    kind: wordKind(['as-is', 'as-is-then-list']),
    about: 'Any other name: as it stands, and then perhaps with the list.',
  },
  'search.nodata': {
    kind: wordKind(['next', 'end']),
    about: 'What NODATA for one name of the list leads to.',
  },
  'search.failure': {
    kind: wordKind(['next', 'as-is', 'end']),
    about: 'What SERVFAIL leads to: the next name, the name as it stands, or the end.',
  },
  'search.timeout': { kind: wordKind(['next', 'as-is', 'end']), about: 'What silence leads to.' },
};

/** Sentences for the groups of these settings. */
export const SERVER_GROUPS: Readonly<Record<string, string>> = {
  penalty: 'order penalty: how long silent resolvers stay behind.',
  score: 'order score: when a resolver is left out.',
  search: 'What happens to names without their final dot when the clients have a search list.',
};

/** The settings as the model takes them. */
export function serverBehaviour(settings: ServerSettings): Omit<StubBehaviour, 'id' | 'cache'> {
  return {
    negativeFirstSeconds: settings['cache.negative-first'],
    keepOnFailure: settings['cache.keep-on-failure'],
    schedules: [settings['one-resolver'], settings['two-resolvers'], settings['more-resolvers']],
    mostResolvers: settings['most-resolvers'] ?? Number.POSITIVE_INFINITY,
    order: settings.order,
    penalty: { duration: settings['penalty.duration'], ends: settings['penalty.ends'] },
    score: {
      samples: settings['score.samples'],
      fewest: settings['score.fewest'],
      threshold: settings['score.threshold'],
      validSeconds: settings['score.valid'],
    },
    nextOnFailure: settings['next-on-failure'],
    failureRepeats: settings['failure-repeats'],
    types: settings.types,
    search: {
      fewDots: settings['search.few-dots'],
      manyDots: settings['search.many-dots'],
      nodata: settings['search.nodata'],
      failure: settings['search.failure'],
      timeout: settings['search.timeout'],
    },
  };
}
