/** What is wrong or odd about a record: orders that empty answers, filters without metadata, values out of place. */
import { didYouMean } from '../../../base/suggest.ts';
import { A } from '../../../dns/data/rrtype.ts';
import { FILTERS } from '../../../model/authority/providers/ns1/filters/catalogue.ts';
import type { MetaKey, MetaTable, Ns1Rule } from '../../../model/authority/providers/ns1/rule.ts';
import type { Path } from '../../document/tree.ts';
import type { PolicyDesk } from '../format.ts';
import type { PlacedFilter } from './chain.ts';

/** Metadata without which a filter does nothing: any one of these. */
const READS: Readonly<Record<string, readonly MetaKey[]>> = {
  up: ['up'],
  priority: ['priority'],
  cost: ['cost'],
  weighted_shuffle: ['weight'],
  weighted_sticky: ['weight'],
  geotarget_country: ['country', 'us_state', 'ca_province'],
  geotarget_regional: ['georegion'],
  geotarget_latlong: ['latitude'],
  geofence_country: ['country', 'us_state', 'ca_province'],
  geofence_regional: ['georegion'],
  netfence_asn: ['asn'],
  netfence_prefix: ['ip_prefixes'],
  ipv4_prefix_shuffle: ['ip_prefixes'],
  shed_load: ['low_watermark'],
  pulsar_performance_sort: ['pulsar_latency'],
  pulsar_performance_stabilize: ['pulsar_latency'],
  pulsar_availability_sort: ['pulsar_availability'],
  pulsar_availability_threshold: ['pulsar_availability'],
};

const SELECTING: readonly string[] = ['select_first_n', 'select_first_region'];
const BY_GROUP: readonly string[] = ['select_first_region', 'sticky_region'];

/** Warns of chains that hardly do what they seem to, and reports what NS1 would refuse. */
export function adviseOn(rule: Ns1Rule, filters: readonly PlacedFilter[], desk: PolicyDesk): void {
  const placed = filters.filter(({ isDisabled }) => !isDisabled);
  const path = [...desk.path, 'chain'];
  adviseOnOrder(placed, path, desk);
  for (const { filter, at } of placed) {
    adviseOnMetadata(rule, filter, [...path, at], desk);
    if (filter === 'ipv4_prefix_shuffle' && desk.type !== A) {
      const message = 'ipv4_prefix_shuffle is for A records alone';
      desk.issues.add([...path, at], 'scenario-ns1-filter', message, { hint: 'leave it out' });
    }
  }
  adviseOnGroups(rule, desk);
  rule.answers.forEach((_, at) => {
    checkValues(rule, at, desk);
  });
}

function adviseOnOrder(placed: readonly PlacedFilter[], path: Path, { issues }: PolicyDesk): void {
  const cut = placed.find(({ filter }) => SELECTING.includes(filter));
  if (!cut) return;
  for (const { filter, at, knowingly } of placed.slice(placed.indexOf(cut) + 1)) {
    const { does } = FILTERS[filter]!;
    if (knowingly || SELECTING.includes(filter) || does === 'sorts') continue;
    if (does === 'sorts or removes' && filter !== 'shed_load') continue;
    const message = `${cut.filter} comes before ${filter}: what it keeps may be all that ${filter} removes, which leaves nothing to answer`;
    const hint = `put ${filter} before ${cut.filter}, or write { ${filter}: { knowingly: true } }`;
    issues.add([...path, at], 'scenario-ns1-order', message, { severity: 'warning', hint });
  }
}

function adviseOnMetadata(rule: Ns1Rule, filter: string, place: Path, { issues }: PolicyDesk): void {
  const keys = READS[filter] ?? [];
  if (keys.length > 0 && !tablesOf(rule).some((table) => keys.some((key) => key in table))) {
    const message = `no answer has ${keys.join(' or ')} metadata, so ${filter} changes nothing`;
    const hint = `add meta: { ${keys[0]}: ... } to the answers`;
    issues.add(place, 'scenario-ns1-metadata', message, { severity: 'warning', hint });
  }
  if (!BY_GROUP.includes(filter) || rule.answers.some(({ group }) => group !== undefined)) return;
  const message = `no answer has a group, so ${filter} takes all of them for one`;
  issues.add(place, 'scenario-ns1-metadata', message, { severity: 'warning', hint: 'add group: NAME' });
}

function tablesOf({ answers, groups, meta }: Ns1Rule): readonly MetaTable[] {
  return [...answers.map((answer) => answer.meta), ...Object.values(groups), meta];
}

function adviseOnGroups({ answers, groups }: Ns1Rule, { issues, path }: PolicyDesk): void {
  const known = Object.keys(groups);
  answers.forEach(({ group }, at) => {
    if (group === undefined || known.length === 0 || known.includes(group)) return;
    const place = [...path, 'answers', at, 'group'];
    const hint = didYouMean(group, known);
    issues.add(place, 'scenario-unknown-group', `there is no group '${group}'`, { hint });
  });
}

const MOST_PREFIXES = 1000;

function checkValues({ answers, groups, meta }: Ns1Rule, at: number, { issues, path }: PolicyDesk): void {
  const { group, meta: own } = answers[at]!;
  const fixedAt = (key: MetaKey): unknown => {
    const source = own[key] ?? (group === undefined ? undefined : groups[group]?.[key]) ?? meta[key];
    return source?.kind === 'fixed' ? source.value : undefined;
  };
  const [low, high] = [fixedAt('low_watermark'), fixedAt('high_watermark')];
  if (typeof low === 'number' && typeof high === 'number' && low >= high) {
    const message = `the low watermark ${low} is not below the high watermark ${high}`;
    issues.add([...path, 'answers', at], 'scenario-ns1-watermarks', message);
  }
  const prefixes = fixedAt('ip_prefixes');
  if (Array.isArray(prefixes) && prefixes.length > MOST_PREFIXES) {
    const message = `NS1 takes ${MOST_PREFIXES} prefixes for an answer, not ${prefixes.length}`;
    issues.add([...path, 'answers', at], 'scenario-ns1-prefixes', message, { severity: 'warning' });
  }
}
