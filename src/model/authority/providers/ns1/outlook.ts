/** What answers of NS1 records hang on: metadata, as far as the chain reads them. Sources: README.md beside this file. */
import type { Micros } from '../../../../base/time.ts';
import type { PolicySpec, WorldSpec } from '../../../spec.ts';
import {
  type AnswerOutlook,
  answerOf,
  type Emergency,
  type Outlook,
  type OutlookOf,
  watchOf,
} from '../../outlook.ts';
import { FILTERS } from './filters/catalogue.ts';
import type { MetaKey, MetaSource, Ns1Options, Ns1Rule } from './rule.ts';

/** Filters that leave the order to chance, or to who asks. */
const SHUFFLES = ['shuffle', 'weighted_shuffle', 'sticky', 'weighted_sticky', 'sticky_region'];
const SELECTS = ['select_first_n', 'select_first_region'];
const FENCES = ['geofence_country', 'geofence_regional', 'netfence_asn', 'netfence_prefix'];

export const ns1Outlook: OutlookOf = (policy, spec) => {
  const { chain, answers } = policy.rule as Ns1Rule;
  const names = chain.map(({ filter }) => filter);
  const all = answers.map((_, at) => answerAt(policy, at, spec));
  const deaf = 'the chain has no filter `up`, so that monitors change nothing';
  const isDeaf = !names.includes('up') && all.some(({ watches }) => watches.length > 0);
  return {
    order: orderOf(names),
    answers: isDeaf ? all.map((one) => ({ ...one, watches: [] })) : all,
    ...(isDeaf ? { deaf } : {}),
    allUnhealthy: emergencyOf(policy.rule as Ns1Rule, names),
    ...(FENCES.some((one) => names.includes(one)) ? fencedOut(policy.rule as Ns1Rule) : {}),
  };
};

function orderOf(names: readonly string[]): Outlook['order'] {
  if (names.some((name) => FILTERS[name]!.isScoped)) return 'placed';
  const isShared =
    names.some((name) => SHUFFLES.includes(name)) || !names.some((name) => SELECTS.includes(name));
  return isShared ? 'shared' : 'ranked';
}

function answerAt(policy: PolicySpec, at: number, spec: WorldSpec): AnswerOutlook {
  const { feedDelay = 0 } = (spec.providers[policy.provider]?.options ?? {}) as Partial<Ns1Options>;
  const rule = policy.rule as Ns1Rule;
  const priority = sourceOf(rule, at, 'priority');
  const isByPriority = rule.chain.some(({ filter }) => filter === 'priority') && priority?.kind === 'fixed';
  const own = answerOf(spec, policy.candidates[at]!, isByPriority ? Number(priority.value) : at);
  return { ...own, watches: liveUp(sourceOf(rule, at, 'up'), spec, feedDelay) };
}

/** A monitor that says up, or a feed. */
function liveUp(source: MetaSource | undefined, spec: WorldSpec, delay: Micros): AnswerOutlook['watches'] {
  if (source?.kind === 'feed') return [{ detection: delay }];
  return source?.kind === 'monitor' ? watchOf(spec, source.of, delay) : [];
}

/** The answer's own value, else its group's, else the record's. */
function sourceOf({ answers, groups, meta }: Ns1Rule, at: number, key: MetaKey): MetaSource | undefined {
  const { group, meta: own } = answers[at]!;
  return own[key] ?? (group === undefined ? undefined : groups[group]?.[key]) ?? meta[key];
}

function emergencyOf({ disputes }: Ns1Rule, names: readonly string[]): Emergency {
  if (!names.includes('up')) return { does: 'ignores-health' };
  if (disputes.empty === 'first')
    return { does: 'falls-back', words: 'a chain that removes everything answers the first' };
  return {
    does: 'answers-nothing',
    words: 'the filter `up` leaves no answer at all when every monitor says down',
  };
}

/** A fence that removes whoever says nothing leaves other places with nothing. */
function fencedOut({ chain, answers }: Ns1Rule): Pick<Outlook, 'leftOut'> {
  const fence = chain.find(({ filter, config }) => FENCES.includes(filter) && config.removeUntagged);
  const keys: readonly MetaKey[] = ['country', 'us_state', 'ca_province', 'georegion', 'asn', 'ip_prefixes'];
  const isTagged = answers.every(({ meta }) => keys.some((key) => meta[key] !== undefined));
  return fence && isTagged ? { leftOut: 'clients behind no fence' } : {};
}
