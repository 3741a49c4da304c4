/** Verdicts as text for people. */
import { IMPLEMENTATIONS, RULES, type Verdict } from './contract.ts';

/** Least share of rows within tolerance, over all and for each implementation. */
export const REQUIRED_SHARE = 0.95;

export interface Tally {
  readonly of: string;
  readonly passed: number;
  readonly total: number;
}

/** How many passed, over all and by implementation. */
export function tally(verdicts: readonly Verdict[]): Tally[] {
  const count = (of: string, some: readonly Verdict[]): Tally => {
    return { of, passed: some.filter(({ passed }) => passed).length, total: some.length };
  };
  const each = IMPLEMENTATIONS.map((id) =>
    count(
      id,
      verdicts.filter(({ row }) => row.implementation === id),
    ),
  );
  return [...each.filter(({ total }) => total > 0), count('all', verdicts)];
}

/** A table of the verdicts shown, one line a row, then the summary of all. */
export function formatVerdicts(shown: readonly Verdict[], verdicts: readonly Verdict[]): string {
  const lines = shown.map((verdict) => [
    verdict.row.id,
    `${show(verdict.row.measured)}${range(verdict)}`,
    show(verdict.simulated),
    verdict.row.unit,
    verdict.difference === undefined ? '' : show(verdict.difference),
    verdictText(verdict),
  ]);
  const table = [['row', 'measured', 'simulated', 'unit', 'difference', 'verdict'], ...lines];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const text = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [...text, '', ...tally(verdicts).map(formatTally), formatChance(verdicts)].join('\n');
}

function verdictText({ passed, byChance, row }: Verdict): string {
  if (!passed) return `OFF (allowed: ${RULES[row.kind].about})`;
  return byChance ? 'ok, by the range of the seeds' : 'ok';
}

function formatChance(verdicts: readonly Verdict[]): string {
  const count = verdicts.filter(({ byChance }) => byChance).length;
  return `${count} of them only since single runs differ as much: their median is further off than the tolerance`;
}

function formatTally({ of, passed, total }: Tally): string {
  const percent = ((100 * passed) / Math.max(total, 1)).toFixed(1);
  return `${of.padEnd(14)} ${passed} of ${total} rows within tolerance (${percent} %)`;
}

function range({ row }: Verdict): string {
  return row.measuredTo === undefined ? '' : ` to ${row.measuredTo}`;
}

function show(value: number | string): string {
  return typeof value === 'string' ? value : String(Math.round(value * 1000) / 1000);
}
