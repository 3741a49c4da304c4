/**
 * Planned changes of policies (weights, endpoints taken out): how long caches keep what was answered before. A change
 * that is made in an emergency waits for the same caches.
 */
import type { Place } from '../../../base/issue.ts';
import { describeDuration, MINUTE, type Micros, SECOND } from '../../../base/time.ts';
import { typeToText } from '../../../dns/data/rrtype.ts';
import { outlooksOf } from '../../../model/authority/providers/outlooks.ts';
import type { PolicySpec, WorldSpec } from '../../../model/spec.ts';
import type { Found, Trial } from '../rule.ts';
import type { ScenarioSubject } from '../subject.ts';
import { OUTAGE_BEGINS, outage } from '../trial.ts';
import { plain } from '../zone.ts';
import { withPolicyTtl } from './policies.ts';

interface Move {
  readonly at: Micros;
  readonly before: PolicySpec;
  readonly after: PolicySpec;
  /** Whether it moves again later. */
  readonly again: boolean;
  readonly place: Place;
}

const VERBS = ['weight', 'disable', 'enable', 'proxy'];

const isSame = (one: PolicySpec, other: PolicySpec): boolean =>
  one.name === other.name && one.type === other.type && one.provider === other.provider;

/** Every move of a policy, in order of time. */
function movesOf(scenario: ScenarioSubject): Move[] {
  let current = scenario.spec.policies;
  const moves: Move[] = [];
  for (const { at, ...item } of scenario.spec.timeline) {
    if (item.kind !== 'change' || item.change.kind !== 'policies') continue;
    for (const after of item.change.policies) {
      const before = current.find((one) => isSame(one, after));
      if (before) moves.push({ at, before, after, again: false, place: placeAt(scenario, at) });
      current = current.map((one) => (isSame(one, after) ? after : one));
    }
  }
  return moves.map((move, index) => {
    return { ...move, again: moves.slice(index + 1).some(({ after }) => isSame(after, move.after)) };
  });
}

/** The first entry of that time that moves a policy. */
function placeAt({ doc, place }: ScenarioSubject, at: Micros): Place {
  const index = (doc.timeline ?? []).findIndex(
    (entry) => entry.at === at && VERBS.some((verb) => verb in entry),
  );
  return place(index < 0 ? ['timeline'] : ['timeline', index]);
}

/** Moves whose old answers stay in caches for longer than `patience`. */
export function lateMoves(scenario: ScenarioSubject, patience: Micros): Found[] {
  return movesOf(scenario)
    .filter(({ before }) => before.ttl * SECOND > patience)
    .map((move): Found => {
      const { before, at, place } = move;
      const kept = before.ttl * SECOND;
      const trial = movedTrial(scenario, move);
      return {
        message: `when the ${before.word} policy of ${plain(before.name)} ${typeToText(before.type)} changes at ${describeDuration(at)}, caches may keep the old answer for ${describeDuration(kept)} more`,
        place,
        fix: `let the policy answer with 60 s from ${describeDuration(kept)} before on, and keep the old endpoint until caches have run out`,
        ...(trial ? { trial } : {}),
      };
    });
}

/** Moves that leave behind answers which cannot be taken back within `patience`. */
export function lastingMoves(scenario: ScenarioSubject, patience: Micros): Found[] {
  return movesOf(scenario).flatMap(({ after, again, place }): Found[] => {
    if (again || after.ttl * SECOND <= patience) return [];
    return [
      {
        message: `the new answers of ${plain(after.name)} ${typeToText(after.type)} have a TTL of ${after.ttl} s, and nothing follows them`,
        place,
        fix: 'answer with 60 s until the result is confirmed, and plan the step back',
      },
    ];
  });
}

/** The policy changes, and what it no longer answers is switched off five minutes later. */
function movedTrial({ spec }: ScenarioSubject, { before, after }: Move): Trial | undefined {
  const kept = answeredBy(spec, after);
  const retired = answeredBy(spec, before).filter((endpoint) => !kept.includes(endpoint));
  if (retired.length === 0) return undefined;
  return {
    what: 'the policy changes, and what it left is switched off 5 min later',
    timeline: ({ policies }) => {
      const { ttl } = policies.find((one) => isSame(one, after)) ?? after;
      const change = { kind: 'policies', policies: [{ ...after, ttl }] } as const;
      const off = { at: OUTAGE_BEGINS + 5 * MINUTE, until: Number.POSITIVE_INFINITY };
      return [
        { kind: 'change', label: 'trial', at: OUTAGE_BEGINS, change },
        ...retired.map((endpoint) => ({ ...outage({ kind: 'endpoint', endpoint }), ...off })),
      ];
    },
    remedy: { what: 'with a TTL of 60 s', change: (world) => withPolicyTtl(world, before, 60) },
  };
}

/** Endpoints answered while all is well. */
function answeredBy(spec: WorldSpec, policy: PolicySpec): readonly number[] {
  const answers = outlooksOf({ ...spec, providers: [], policies: [policy] }).flatMap((one) => one.answers);
  return answers.filter(({ rank }) => rank === 0).flatMap(({ endpoints }) => endpoints);
}
