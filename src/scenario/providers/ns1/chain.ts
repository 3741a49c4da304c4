/** Chains of filters as a scenario writes them, and what is wrong or odd about their order. */
import { z } from 'zod';
import { FILTERS } from '../../../model/authority/providers/ns1/filters/catalogue.ts';
import {
  type ChainLink,
  type FilterConfig,
  LOAD_METRICS,
  type LoadMetric,
} from '../../../model/authority/providers/ns1/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import type { Path } from '../../document/tree.ts';
import { flagKind, type Kind, numberKind, wholeKind, wordKind } from '../../kinds.ts';
import { listOf } from '../../schema/common.ts';
import { about, field, withRules } from '../../schema/field.ts';
import type { PolicyDesk } from '../format.ts';
import { CLIENT, DOCUMENTS } from './sources.ts';

const FILTER_NAMES = Object.keys(FILTERS);

type Value = number | boolean | string;

/** A setting of a filter: the word of NS1's interface, and what it is in the model. */
interface Setting {
  readonly word: string;
  readonly key: keyof FilterConfig;
  readonly kind: Kind<never>;
  readonly about: string;
  readonly fallback: Cited<Value>;
}

const off = (source: string): Cited<Value> =>
  cited<Value>(false, 'assumption', `as the box is when nobody ticks it (${source})`);

const COUNT: Setting = {
  word: 'N',
  key: 'n',
  kind: wholeKind(1, 1000) as never,
  about: 'How many stay.',
  fallback: cited<Value>(1, 'documentation', `${DOCUMENTS}, select first filters: 1`),
};
const ELIMINATE: Setting = {
  word: 'eliminate',
  key: 'eliminate',
  kind: flagKind as never,
  about: 'Keep the best tier instead of sorting.',
  fallback: off('help.ns1.com 360057880333'),
};
const BY_NETWORK: Setting = {
  word: 'sticky_by_network',
  key: 'byNetwork',
  kind: flagKind as never,
  about: 'One order for a subnet of requesters.',
  fallback: off(`${CLIENT} filter.go`),
};
const removing = (word: string): Setting => ({
  word,
  key: 'removeUntagged',
  kind: flagKind as never,
  about: 'Remove answers without such metadata once another matched.',
  fallback: off(`${CLIENT} filter.go`),
});
const METRIC: Setting = {
  word: 'metric',
  key: 'metric',
  kind: wordKind(LOAD_METRICS) as never,
  about: 'Which metadata is the load.',
  fallback: cited<Value>(
    'loadavg' satisfies LoadMetric,
    'assumption',
    `${CLIENT} filter.go takes it from the user`,
  ),
};
const THRESHOLD: Setting = {
  word: 'threshold',
  key: 'threshold',
  kind: numberKind(0) as never,
  about: 'Percent, or milliseconds beyond the fastest.',
  fallback: cited<Value>(0, 'assumption', `${DOCUMENTS}, RUM-based filters: set by the user`),
};
const UNIT: Setting = {
  word: 'unit',
  key: 'unit',
  kind: wordKind(['percent', 'milliseconds']) as never,
  about: 'What the threshold is in.',
  fallback: cited<Value>('percent', 'assumption', `${DOCUMENTS}, RUM-based filters: percent or milliseconds`),
};

const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  priority: [ELIMINATE],
  cost: [ELIMINATE],
  sticky: [BY_NETWORK],
  weighted_sticky: [BY_NETWORK],
  sticky_region: [BY_NETWORK],
  select_first_n: [COUNT],
  geofence_country: [removing('remove_no_location')],
  geofence_regional: [removing('remove_no_georegion')],
  netfence_asn: [removing('remove_no_asn')],
  netfence_prefix: [removing('remove_no_ip_prefixes')],
  ipv4_prefix_shuffle: [COUNT],
  shed_load: [METRIC],
  pulsar_performance_stabilize: [THRESHOLD, UNIT],
  pulsar_availability_threshold: [THRESHOLD],
};

type ConfigDoc = Readonly<Record<string, Value>> & {
  readonly disabled?: boolean;
  readonly knowingly?: boolean;
};
export type FilterDoc = string | Readonly<Record<string, ConfigDoc>>;

const DISABLED = field(flagKind, 'Leaves the filter out.', { example: true });
const KNOWINGLY = field(flagKind, 'Its place in the chain is meant: no warning about the order.', {
  example: true,
});

function configSchema(name: string): z.ZodType {
  const settings = SETTINGS[name] ?? [];
  const shape = settings.map(({ word, kind, about: description, fallback }) => {
    return [word, field(kind, description, { fallback: fallback as never }).exactOptional()] as const;
  });
  return about(
    z.strictObject({
      ...Object.fromEntries(shape),
      disabled: DISABLED.exactOptional(),
      knowingly: KNOWINGLY.exactOptional(),
    }),
    `${FILTERS[name]!.about}.`,
  );
}

const filterSchema: z.ZodType<FilterDoc> = about(
  z.union([
    field(wordKind(FILTER_NAMES), 'A filter with nothing to set.', { example: 'up' }),
    withRules(
      z.strictObject(
        Object.fromEntries(FILTER_NAMES.map((name) => [name, configSchema(name).exactOptional()])),
      ) as unknown as z.ZodType<object>,
      (doc) => {
        const [, second] = Object.keys(doc);
        if (second === undefined) return undefined;
        const message = 'a link of the chain is one filter';
        const hint = 'write each filter as an item of its own';
        return { code: 'scenario-ns1-filter', message, path: [second], hint };
      },
    ),
  ]) as unknown as z.ZodType<FilterDoc>,
  'A filter: its name, or its name with settings.',
  { select_first_n: { N: 1 } },
);

export const chainSchema: z.ZodType<FilterDoc[]> = listOf(
  filterSchema,
  'Filters from the first to the last; each removes or reorders what the one before has left.',
);

/** A filter by its place in the document. */
export interface PlacedFilter {
  readonly filter: string;
  readonly at: number;
  /** The author knows of its place. */
  readonly knowingly: boolean;
  readonly isDisabled: boolean;
  readonly settings: ConfigDoc;
}

/** The filters a document lists; an empty map is none. */
export function filtersIn(docs: readonly FilterDoc[]): PlacedFilter[] {
  return docs.flatMap((doc, at) => {
    const [filter, settings] = typeof doc === 'string' ? [doc, {}] : (Object.entries(doc)[0] ?? []);
    if (filter === undefined) return [];
    const { knowingly = false, disabled = false } = settings as ConfigDoc;
    return [{ filter, at, knowingly, isDisabled: disabled, settings: settings as ConfigDoc }];
  });
}

/** The chain with every setting noted. Disabled filters are left out. */
export function buildChain(docs: readonly FilterDoc[], path: Path, desk: PolicyDesk): ChainLink[] {
  docs.forEach((doc, at) => {
    if (typeof doc === 'string' || Object.keys(doc).length > 0) return;
    const hint = 'name a filter, for example up';
    desk.issues.add([...path, at], 'scenario-ns1-filter', 'the link has no filter', { hint });
  });
  return filtersIn(docs).flatMap(({ filter, at, isDisabled, settings }) => {
    const place = [...path, at];
    const does = isDisabled ? 'disabled' : FILTERS[filter]!.about;
    desk.ledger.note([...place, 'filter'], filter, desk.ledger.authorOf(place));
    desk.ledger.note([...place, 'effect'], does, { kind: 'derived', why: `what ${filter} does` });
    return isDisabled ? [] : [{ filter, config: configOf(filter, settings, [...place, filter], desk) }];
  });
}

function configOf(filter: string, written: ConfigDoc, path: Path, { ledger }: PolicyDesk): FilterConfig {
  const values = (SETTINGS[filter] ?? []).map(({ word, key, kind, fallback }) => {
    return [key, ledger.settle([...path, word], written[word] as never, kind, fallback as never)] as const;
  });
  return Object.fromEntries(values);
}
