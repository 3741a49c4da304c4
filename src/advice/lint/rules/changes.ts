/**
 * Rules about planned changes in the timeline: how long caches will keep what is changed.
 *
 * Not modelled: changes that only some providers get, and clients that keep data longer than the TTL says.
 */
import { describeDuration, MINUTE, type Micros, SECOND } from '../../../base/time.ts';
import type { Name } from '../../../dns/data/name.ts';
import { type RRset, sameRecords, withTtl } from '../../../dns/data/rrset.ts';
import { NS, typeToText } from '../../../dns/data/rrtype.ts';
import type { TimelineSpec, WorldSpec, ZoneChangeSpec } from '../../../model/spec.ts';
import { type Found, type Rule, scenarioRule, type Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { OUTAGE_BEGINS, outage } from '../trial.ts';
import { plain } from '../zone.ts';
import { lastingMoves, lateMoves } from './moves.ts';

/** What caches may keep without anybody noticing much: five minutes, as of active services. */
const PATIENCE: Micros = 300 * SECOND;

/** One RRset that a planned change replaces or takes away. */
interface PlannedChange {
  readonly at: Micros;
  readonly origin: Name;
  readonly before: RRset;
  /** Absent: it is removed. */
  readonly after?: RRset;
  /** How long a cache may still hold the old data, at worst. */
  readonly kept: Micros;
  /** Whether it changes again later. */
  readonly again: boolean;
  readonly place: ReturnType<ScenarioSubject['place']>;
}

interface Version {
  readonly ttl: number;
  /** When another TTL took its place. */
  readonly until: Micros;
}

/** Every change of data, in order of time; changes of a TTL alone only count for what follows. */
function plannedChanges(scenario: ScenarioSubject): PlannedChange[] {
  const current = new Map<string, RRset>();
  const past = new Map<string, Version[]>();
  const places = placesOf(scenario);
  const changes: PlannedChange[] = [];
  const keyOf = (origin: Name, one: Pick<RRset, 'name' | 'type'>): string =>
    `${origin} ${one.name} ${one.type}`;
  const nowAt = (origin: Name, one: Pick<RRset, 'name' | 'type'>): RRset | undefined =>
    current.get(keyOf(origin, one)) ??
    scenario.spec.zones.find((zone) => zone.origin === origin)?.zone.get(one.name, one.type);
  for (const { at, change } of zoneChanges(scenario.spec.timeline)) {
    const place = places.get(at)?.shift() ?? scenario.place(['timeline']);
    for (const after of change.put) {
      const before = nowAt(change.origin, after);
      const key = keyOf(change.origin, after);
      if (before && !sameRecords(before, after)) {
        const kept = keptFor(at, before, past.get(key) ?? []);
        changes.push({ at, origin: change.origin, before, after, kept, again: false, place });
      }
      if (before) past.set(key, [...(past.get(key) ?? []), { ttl: before.ttl, until: at }]);
      current.set(key, after);
    }
  }
  return changes.map((one, index) => {
    const same = (other: PlannedChange): boolean =>
      keyOf(other.origin, other.before) === keyOf(one.origin, one.before);
    return { ...one, again: changes.slice(index + 1).some(same) };
  });
}

function* zoneChanges(timeline: readonly TimelineSpec[]): Generator<{ at: Micros; change: ZoneChangeSpec }> {
  for (const item of timeline) {
    if (item.kind === 'change' && item.change.kind === 'zone') yield { at: item.at, change: item.change };
  }
}

/** Places of the entries that change zones, by time, in file order. */
function placesOf({
  doc,
  spec,
  place,
}: ScenarioSubject): Map<Micros, ReturnType<ScenarioSubject['place']>[]> {
  const places = new Map<Micros, ReturnType<ScenarioSubject['place']>[]>();
  for (const [index, entry] of (doc.timeline ?? []).entries()) {
    if (!('put' in entry || 'remove' in entry || 'ttl' in entry || 'delegate' in entry)) continue;
    // A new delegation changes the zone and its parent.
    const parts =
      'delegate' in entry ? [...zoneChanges(spec.timeline)].filter(({ at }) => at === entry.at).length : 1;
    const known = places.get(entry.at) ?? [];
    places.set(entry.at, [...known, ...Array.from({ length: parts }, () => place(['timeline', index]))]);
  }
  return places;
}

/** The longest any version asked for so far may still live. */
function keptFor(at: Micros, before: RRset, past: readonly Version[]): Micros {
  const earlier = past.map(({ ttl, until }) => ttl * SECOND - (at - until));
  return Math.max(before.ttl * SECOND, ...earlier);
}

const BEFORE_CHANGE: Rule = scenarioRule(
  {
    code: 'ttl-before-change',
    severity: 'warning',
    title: 'A high TTL before a planned change',
    why: 'Caches keep the old data for as long as the TTL they learned, whatever it was lowered to since.',
    source: 'RFC 1034 §3.6: lower the TTL before a change; practice: 24 to 48 h ahead',
  },
  (scenario) => [
    ...lateMoves(scenario, PATIENCE),
    ...plannedChanges(scenario)
      .filter(({ kept }) => kept > PATIENCE)
      .map((change): Found => {
        const { before, kept, at, place } = change;
        const what = `${plain(before.name)} ${typeToText(before.type)}`;
        const trial = before.type === NS ? undefined : movedTrial(scenario, change);
        return {
          severity: before.type === NS ? 'note' : 'warning',
          message: `when ${what} changes at ${describeDuration(at)}, caches may keep the old data for ${describeDuration(kept)} more`,
          place,
          fix:
            before.type === NS
              ? 'let the old servers answer for that much longer: the TTL of a delegation is the parent’s'
              : `lower the TTL to 60 s at least ${describeDuration(before.ttl * SECOND)} before, and keep the old endpoint until caches have run out`,
          ...(trial ? { trial } : {}),
        };
      }),
  ],
);

/** The record moves at the TTL it has, and the old endpoint is switched off five minutes later. */
function movedTrial(scenario: ScenarioSubject, { before, after, origin }: PlannedChange): Trial | undefined {
  const address = before.rdata[0]?.kind === 'address' ? before.rdata[0].address : undefined;
  const endpoint = scenario.spec.endpoints.findIndex(
    ({ addresses }) => address !== undefined && addresses.includes(address),
  );
  if (endpoint < 0 || !after) return undefined;
  const label = 'trial';
  const change = { kind: 'zone', origin, put: [after], remove: [] } as const;
  return {
    what: 'the record moves, and the old endpoint is switched off 5 min later',
    timeline: () => [
      { kind: 'change', label, at: OUTAGE_BEGINS, change },
      {
        ...outage({ kind: 'endpoint', endpoint }),
        at: OUTAGE_BEGINS + 5 * MINUTE,
        until: Number.POSITIVE_INFINITY,
      },
    ],
    remedy: { what: 'with a TTL of 60 s well before', change: (spec) => lowered(spec, origin, before) },
  };
}

function lowered(spec: WorldSpec, origin: Name, { name, type }: RRset): WorldSpec {
  const zones = spec.zones.map((one) => {
    const rrset = one.origin === origin ? one.zone.get(name, type) : undefined;
    return rrset ? { ...one, zone: one.zone.with(withTtl(rrset, 60)) } : one;
  });
  return { ...spec, zones };
}

const NO_ROLLBACK: Rule = scenarioRule(
  {
    code: 'no-rollback',
    severity: 'note',
    title: 'A change that cannot be taken back quickly',
    why: 'If the new data are wrong, every cache that has them keeps them for their TTL.',
    source: 'practice: raise the TTL again once the change is confirmed',
  },
  (scenario) => [
    ...lastingMoves(scenario, PATIENCE),
    ...plannedChanges(scenario).flatMap(({ after, again, place }): Found[] => {
      if (!after || again || after.type === NS || after.ttl * SECOND <= PATIENCE) return [];
      return [
        {
          message: `the new ${plain(after.name)} ${typeToText(after.type)} starts with a TTL of ${after.ttl} s, and nothing follows it`,
          place,
          fix: 'publish it with 60 s, look at the result, then raise the TTL with a later change',
        },
      ];
    }),
  ],
);

export const CHANGE_RULES: readonly Rule[] = [BEFORE_CHANGE, NO_ROLLBACK];
