/**
 * The phases of one recovery: detect, decide, publish, drain caches, reconnect.
 *
 * They cut the longest recovery of any client into consecutive parts: up to the first detection after the fault,
 * to the decision, to its publication at the last edge, to the last request that still failed, and to that
 * client's return. Recoveries without a published reaction (the fault just ended) have no phases.
 */
import type { Micros } from '../base/time.ts';
import type { Reaction } from '../model/outside.ts';
import type { PhaseRecord } from './record.ts';
import type { PhaseReasons } from './result.ts';

/** The phases, and the reactions that end the first three of them. */
export interface Phases {
  readonly phases: PhaseRecord;
  readonly because: PhaseReasons;
}

export function phasesOf(
  reactions: readonly Reaction[],
  faultAt: Micros,
  lastFailureAt: Micros,
  longest: Micros | null,
): Phases | undefined {
  if (longest === null) return undefined;
  const end = faultAt + longest;
  const during = reactions.filter(({ at }) => at >= faultAt && at <= end);
  const published = during.find(({ stage }) => stage === 'publish');
  if (published === undefined) return undefined;
  const before = (stage: Reaction['stage'], limit: Micros): Reaction | undefined =>
    during.find((reaction) => reaction.stage === stage && reaction.at <= limit);
  const decided = before('decide', published.at);
  const decidedAt = decided?.at ?? published.at;
  const detected = before('detect', decidedAt);
  const detectedAt = detected?.at ?? decidedAt;
  const drained = Math.min(Math.max(lastFailureAt, published.at), end);
  const phases = {
    detect: detectedAt - faultAt,
    decide: decidedAt - detectedAt,
    publish: published.at - decidedAt,
    drain: drained - published.at,
    reconnect: end - drained,
  };
  const because = {
    ...(detected && { detect: inWords(detected) }),
    ...(decided && { decide: inWords(decided) }),
    publish: inWords(published),
  };
  return { phases, because };
}

function inWords({ label, rule }: Reaction): string {
  return rule === undefined ? label : `${label} (${rule})`;
}
