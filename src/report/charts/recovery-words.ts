/** What the chart of times to recovery says in words and numbers. */
import { quantileAt, type RecoveryDistribution, type RecoveryQuantile } from '../../measure/comparison.ts';
import { clean } from '../layout.ts';
import { formatSeconds, formatShare } from '../numbers.ts';
import type { Cell, ChartTable } from './chart.ts';
import { listing, spaced } from './drawing.ts';

export interface RecoveryData {
  readonly strategies: readonly RecoverySeries[];
  /** The share of affected clients to read times at, 0 to 1; drawn as a rule. */
  readonly quantile: number;
}

export interface RecoverySeries {
  readonly name: string;
  readonly recovery: RecoveryDistribution;
}

/** The time at a quantile, from long to short. */
export function waitTexts(
  { seconds, low, high }: RecoveryQuantile,
  recovery: RecoveryDistribution,
): string[] {
  const missing = recovery.notRecovered.mean;
  if (recovery.affected === 0) return ['nobody was affected'];
  if (seconds === null)
    return [`beyond the end, ${formatShare(missing)} not back`, `${formatShare(missing)} not back`];
  const time = formatSeconds(seconds);
  if (low === undefined || high === undefined) return [time];
  const end = high === null ? 'beyond the end' : formatSeconds(high);
  return end === formatSeconds(low) ? [time] : [`${time} (${formatSeconds(low)} – ${end})`, time];
}

const LEVELS: readonly number[] = [0.5, 0.9, 0.95, 0.99];

/** Quantiles per strategy, the chosen one with its interval. */
export function recoveryTable({ strategies, quantile }: RecoveryData): ChartTable {
  const levels = [...new Set([...LEVELS, quantile])].sort((one, other) => one - other);
  return {
    columns: [
      { heading: 'strategy' },
      { heading: 'affected clients, all runs', format: 'exact' },
      ...levels.map((level) => ({ heading: `${formatShare(level)} back after`, format: 'seconds' as const })),
      { heading: `${formatShare(quantile)}, low`, format: 'seconds' },
      { heading: `${formatShare(quantile)}, high`, format: 'seconds' },
      { heading: 'not back by the end', format: 'share' },
    ],
    rows: strategies.map(({ name, recovery }): Cell[] => {
      const chosen = quantileAt(recovery, quantile);
      const times = levels.map((level) =>
        recovery.affected === 0 ? 0 : quantileAt(recovery, level).seconds,
      );
      const interval = [
        chosen.low ?? chosen.seconds,
        chosen.high === undefined ? chosen.seconds : chosen.high,
      ];
      return [name, recovery.affected, ...times, ...interval, recovery.notRecovered.mean];
    }),
  };
}

/** Who is back first and who last, at the quantile. */
export function recoveryFinding({ strategies, quantile }: RecoveryData): string {
  const known = strategies
    .filter(({ recovery }) => recovery.affected > 0)
    .map(({ name, recovery }) => ({
      name: clean(name),
      seconds: quantileAt(recovery, quantile).seconds,
      missing: recovery.notRecovered.mean,
    }))
    .sort(
      (one, other) =>
        (one.seconds ?? Number.MAX_VALUE) - (other.seconds ?? Number.MAX_VALUE) ||
        one.missing - other.missing,
    );
  const [best, worst] = [known[0], known.at(-1)];
  if (best === undefined || worst === undefined) return 'Nobody was affected.';
  const who = `${formatShare(quantile)} of affected clients`;
  const say = ({ seconds, missing }: typeof best): string =>
    seconds === null
      ? `not by the end, where ${formatShare(missing)} are still waiting,`
      : `after ${formatSeconds(seconds)}`;
  const unaffected = strategies.filter(({ recovery }) => recovery.affected === 0).map(({ name }) => name);
  const rest = unaffected.length === 0 ? '' : `; nobody was affected with ${listing(unaffected)}`;
  const named = strategies.length > 1 ? ` with ${best.name}` : '';
  if (known.length === 1) return spaced(`${who} are back ${say(best)}${named}${rest}.`.replace(/,\.$/, '.'));
  return spaced(
    `${who} are back ${say(best)} with ${best.name} and ${say(worst)} with ${worst.name}${rest}.`,
  );
}
