/**
 * The caches on a client's own machine: the application's in front of the operating system's.
 *
 * What a lower layer hands up carries the time it has left, so honest layers add nothing; floors, fixed
 * lifetimes and stretching do (facts and sources stand with the presets in `profiles/`).
 */
import { type Micros, SECOND } from '../../base/time.ts';
import { FROM_APPLICATION_CACHE, FROM_OS_CACHE, type LayerCode } from '../outcome.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';
import { type AnswerKind, lifetime } from './cache-rule.ts';
import type { Population } from './population.ts';
import { sinceRestart, untilRestart } from './process-life.ts';

export interface CacheHit {
  answer: AnswerId;
  layer: LayerCode;
  /** Time the answer may still be used; negative when past its expiry but within the grace. */
  left: Micros;
}

/** The one result object of `lookInClientCaches`: read it before the next call. */
const hit: CacheHit = { answer: 0, layer: FROM_OS_CACHE, left: 0 };

/** The answer a slot holds at `now`, from the nearest cache; `undefined` on a miss in both. Only data has a grace. */
export function lookInClientCaches(
  population: Population,
  slot: number,
  now: Micros,
  skipApplication: boolean,
  answers: AnswerTable,
): CacheHit | undefined {
  const { tally } = population;
  const bucket = Math.floor(now / tally.bucket);
  if (!skipApplication) tally.furtherLookups[bucket]! += 1;
  if (population.applicationExpiry.length > 0 && !skipApplication) {
    const left = population.applicationExpiry[slot]! - now;
    const answer = population.applicationAnswer[slot]!;
    const grace = population.spec.application.cache.graceSeconds * SECOND;
    if (answer !== 0 && (left > 0 || (left + grace > 0 && answers.get(answer).kind === 'data'))) {
      tally.applicationHits += 1;
      return fill(answer, FROM_APPLICATION_CACHE, left);
    }
  }
  tally.osQueries[bucket]! += 1;
  if (population.osExpiry.length > 0) {
    const left = population.osExpiry[slot]! - now;
    if (left > 0) {
      tally.osHits += 1;
      return fill(population.osAnswer[slot]!, FROM_OS_CACHE, left);
    }
  }
  return undefined;
}

function fill(answer: AnswerId, layer: LayerCode, left: Micros): CacheHit {
  hit.answer = answer;
  hit.layer = layer;
  hit.left = left;
  return hit;
}

/** Keeps an answer in the operating system's cache, by its rule. */
export function keepInOs(
  population: Population,
  slot: number,
  answer: AnswerId,
  kind: AnswerKind,
  ttl: Micros,
  now: Micros,
): void {
  if (population.osExpiry.length === 0) return;
  const keep = lifetime(population.spec.stub.cache, kind, ttl);
  if (keep <= 0) return;
  population.osExpiry[slot] = now + keep;
  population.osAnswer[slot] = answer;
}

/** Keeps an answer in the application's cache, by its rule. */
export function keepInApplication(
  population: Population,
  slot: number,
  answer: AnswerId,
  kind: AnswerKind,
  ttl: Micros,
  now: Micros,
): void {
  if (population.applicationExpiry.length === 0) return;
  let keep = lifetime(population.spec.application.cache, kind, ttl);
  if (!population.plain) {
    keep = Math.min(keep, untilRestart(population, Math.floor(slot / population.slotCount), now));
    if (kind === 'data' && population.goodAt.length > 0) population.goodAt[slot] = now;
  }
  if (keep <= 0) return;
  population.applicationExpiry[slot] = now + keep;
  population.applicationAnswer[slot] = answer;
}

/**
 * A look-up failed. Where the application then goes on with the data it holds, renews that by its rule.
 * @returns whether it does
 */
export function holdInApplication(
  population: Population,
  slot: number,
  holdsData: boolean,
  kind: AnswerKind,
  now: Micros,
): boolean {
  const { hold, cache } = population.spec.application;
  if (hold === undefined || !holdsData || (kind === 'negative' && !hold.negativeToo)) return false;
  const age = now - population.goodAt[slot]!;
  const client = Math.floor(slot / population.slotCount);
  if (age >= hold.after || age >= sinceRestart(population, client, now)) return false;
  const again = cache.mode === 'ttl' ? cache.failureSeconds * SECOND : lifetime(cache, 'data', 0);
  const left = Math.min(again, hold.after - age, untilRestart(population, client, now));
  population.applicationExpiry[slot] = Math.max(population.applicationExpiry[slot]!, now + left);
  return true;
}
