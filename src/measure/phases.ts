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

export function phasesOf(
  reactions: readonly Reaction[],
  faultAt: Micros,
  lastFailureAt: Micros,
  longest: Micros | null,
): PhaseRecord | undefined {
  if (longest === null) return undefined;
  const end = faultAt + longest;
  const during = reactions.filter(({ at }) => at >= faultAt && at <= end);
  const published = during.find(({ stage }) => stage === 'publish')?.at;
  if (published === undefined) return undefined;
  const before = (stage: Reaction['stage'], limit: Micros): Micros | undefined =>
    during.find((reaction) => reaction.stage === stage && reaction.at <= limit)?.at;
  const decided = before('decide', published) ?? published;
  const detected = before('detect', decided) ?? decided;
  const drained = Math.min(Math.max(lastFailureAt, published), end);
  return {
    detect: detected - faultAt,
    decide: decided - detected,
    publish: published - decided,
    drain: drained - published,
    reconnect: end - drained,
  };
}
