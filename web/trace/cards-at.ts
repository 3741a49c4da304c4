/** Which hop belongs to which cache, and what a cache holds at a moment of the story. */
import type { CacheCard, TraceStory } from '../engine/trace-messages.ts';
import type { Hop } from './hops.ts';

/** The card a hop belongs to: the look into both client caches and what follows belong to the first. */
export function cardFor(where: string): string {
  if (['client caches', 'connection', 'application'].includes(where)) return 'application cache';
  return where === 'stub resolver' ? 'OS cache' : where;
}

/**
 * What each cache held before its own part in the request was over, and what it holds since.
 * @param now microseconds since the start of the run
 */
export function cardsAt(
  { at, before, after }: TraceStory,
  hops: readonly Hop[],
  now: number,
): readonly CacheCard[] {
  const byPlace = new Map(after.map((card) => [card.where, card]));
  return before.map((card) => {
    const last = hops.findLast(({ where }) => cardFor(where) === card.where);
    const isOver = last !== undefined && now > at && now >= at + last.to;
    return isOver ? (byPlace.get(card.where) ?? card) : card;
  });
}
