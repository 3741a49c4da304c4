/**
 * `npm run check:profiles`: every measured figure of the calibration beside what the presets show in the same
 * set-up. Ends with status 1 when less than 95 % of the rows are within tolerance.
 *
 *   npm run check:profiles -- [--json] [--only unbound] [--section 4.4] [--off]
 */
import { parseArgs } from 'node:util';
import { judge } from './contract.ts';
import { ROWS } from './rows.ts';
import { formatVerdicts, REQUIRED_SHARE, tally } from './table.ts';
import { VARIANTS } from './variants.ts';

/** @returns what to print, and the exit status */
export function main(argv: readonly string[]): { readonly text: string; readonly status: number } {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      section: { type: 'string' },
      off: { type: 'boolean', default: false },
    },
  });
  const wanted = ROWS.filter(
    (row) =>
      (values.only ?? row.implementation) === row.implementation &&
      (values.section ?? row.section) === row.section,
  );
  if (wanted.length === 0) return { text: 'no such rows', status: 2 };
  const verdicts = wanted.map(judge);
  const status = verdicts.filter(({ passed }) => passed).length < REQUIRED_SHARE * verdicts.length ? 1 : 0;
  const shown = values.off ? verdicts.filter(({ passed }) => !passed) : verdicts;
  const text = values.json
    ? JSON.stringify(
        {
          versions: Object.fromEntries(Object.entries(VARIANTS).map(([id, { version }]) => [id, version])),
          rows: shown.map(({ row: { play: _, ...row }, ...rest }) => ({ ...row, ...rest })),
          summary: tally(verdicts),
        },
        undefined,
        2,
      )
    : formatVerdicts(shown, verdicts);
  return { text, status };
}
