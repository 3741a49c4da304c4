/** The first thing a report says: one sentence, computed. */
import {
  OUTCOMES,
  type PopulationResult,
  type RecoveryResult,
  type RunResult,
  type StrategyResult,
} from '../measure/result.ts';
import { doubtBetween } from './compare/doubt.ts';
import { clean } from './layout.ts';
import { formatCount, formatSeconds, formatShare } from './numbers.ts';

/** Name of the only strategy of a scenario that lists none. */
const UNNAMED = 'as written';
/** A gain below this ratio of user-minutes is not worth a comparison in words. */
const NOTEWORTHY_RATIO = 1.1;

/** The verdict on a run, one sentence without a line break. */
export function verdict(result: RunResult): string {
  const [first, ...others] = result.strategies;
  if (first === undefined) return 'Nothing had finished when the run was interrupted.';
  return others.length === 0 ? verdictOnOne(first) : verdictOnSeveral(result);
}

function verdictOnOne(strategy: StrategyResult): string {
  const sentence = `${sentenceOn(strategy)}.`;
  const name = clean(strategy.name);
  if (name === UNNAMED || name === '') return sentence;
  return `With ${name}, ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function sentenceOn({ requests, overall, timeline }: StrategyResult): string {
  if (requests === 0) return 'No requests were made, so there is nothing to judge';
  if (overall.recovery.affected.mean === 0) return unaffectedClause(overall, timeline.length > 0);
  return `${recoveryClause(overall.recovery)}; ${damageClause(overall)}`;
}

/** Requests also fail without a fault, and before it. */
function unaffectedClause({ outcomes }: PopulationResult, hasHappened: boolean): string {
  const counts = OUTCOMES.map((outcome) => ({
    count: outcomes[outcome],
    good: outcome.startsWith('served'),
  }));
  const sum = (list: typeof counts): number => list.reduce((before, { count }) => before + count, 0);
  const failed = sum(counts.filter(({ good }) => !good));
  const who = hasHappened ? 'No user was affected' : 'Nothing happens on the timeline';
  if (failed === 0) return `${who}: every request was served`;
  const share = formatShare(failed / sum(counts));
  if (!hasHappened) return `${who}, though ${share} of requests failed`;
  return `No user was affected by a fault, though ${share} of requests failed for other reasons`;
}

function recoveryClause({ quantiles, censored }: RecoveryResult): string {
  const { p50, p99 } = quantiles;
  const missing = formatShare(censored.mean);
  if (censored.mean === 1) return 'None of the affected users was back by the end';
  if (p50 === null) return `Of the affected users, ${missing} were not back by the end`;
  const half = `Half of the affected users are back after ${formatSeconds(p50.mean)}`;
  if (p99 === null) return `${half}, but ${missing} were not back by the end`;
  return `${half}, ${formatShare(0.99)} after ${formatSeconds(p99.mean)}`;
}

function damageClause({ recovery, userMinutesLost }: PopulationResult): string {
  const broken = `${formatShare(recovery.affected.mean)} of users were broken`;
  return `${broken}, ${minutes(userMinutesLost.mean)} lost`;
}

function minutes(count: number): string {
  return `${formatCount(count)} user-minutes`;
}

function verdictOnSeveral({ strategies, comparison }: RunResult): string {
  const ranked = rankStrategies(strategies);
  const best = ranked[0]!;
  const worst = ranked.at(-1)!;
  if (strategies.every(({ requests }) => requests === 0)) return `${sentenceOn(best)}.`;
  if (lost(worst) === 0) return 'No user was affected under any strategy.';
  const doubt = comparison ? doubtBetween(comparison, best.name, worst.name) : doubtWithoutPairs(best, worst);
  if (doubt !== undefined) return `No evidence of a difference: ${extremes(best, worst)}, but ${doubt}.`;
  return `Best is ${clean(best.name)}: ${outlook(best)}; worst is ${clean(worst.name)}: ${outlook(worst)}${ratio(best, worst)}.`;
}

/** Best first: fewest user-minutes lost, then the shortest p99, then the order of the scenario. */
export function rankStrategies(strategies: readonly StrategyResult[]): StrategyResult[] {
  return strategies
    .map((strategy, order) => ({ strategy, order }))
    .sort(
      (one, other) =>
        lost(one.strategy) - lost(other.strategy) || slower(one, other) || one.order - other.order,
    )
    .map(({ strategy }) => strategy);
}

function slower(one: { strategy: StrategyResult }, other: { strategy: StrategyResult }): number {
  return p99(one.strategy) - p99(other.strategy);
}

function lost({ overall }: StrategyResult): number {
  return overall.userMinutesLost.mean;
}

/** A number to sort by; beyond the horizon sorts last. */
function p99({ overall }: StrategyResult): number {
  return overall.recovery.quantiles.p99?.mean ?? Number.MAX_VALUE;
}

/** Overlapping intervals, or, where one replication gives none, hardly any difference. */
function doubtWithoutPairs(best: StrategyResult, worst: StrategyResult): string | undefined {
  const { high } = best.overall.userMinutesLost;
  const { low } = worst.overall.userMinutesLost;
  const hasIntervals = high !== undefined && low !== undefined;
  const isAlike = hasIntervals ? low <= high : lost(worst) < lost(best) * NOTEWORTHY_RATIO;
  return isAlike ? 'their intervals overlap' : undefined;
}

function extremes(best: StrategyResult, worst: StrategyResult): string {
  const [fewest, most] = [minutes(lost(best)), minutes(lost(worst))];
  if (fewest === most) return `each strategy lost ${fewest}`;
  return `${clean(best.name)} lost least, ${fewest}, and ${clean(worst.name)} most, ${most}`;
}

function outlook({ overall }: StrategyResult): string {
  const { affected, quantiles } = overall.recovery;
  if (affected.mean === 0) return 'no user affected';
  const back =
    quantiles.p99 === null
      ? 'some users not back by the end'
      : `${formatShare(0.99)} of affected users back after ${formatSeconds(quantiles.p99.mean)}`;
  return `${back}, ${minutes(overall.userMinutesLost.mean)} lost`;
}

function ratio(best: StrategyResult, worst: StrategyResult): string {
  if (lost(best) === 0) return '';
  return ` (${formatCount(lost(worst) / lost(best))} times as many)`;
}
