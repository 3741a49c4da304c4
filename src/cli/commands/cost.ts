/** `dnsdrill cost`: plays a scenario and says what a month of it costs. */
import { billedByQueries, costTraps } from '../../advice/cost/traps.ts';
import { shortTtls } from '../../advice/cost/ttls.ts';
import { planScenario } from '../../experiment/plan.ts';
import type { RunResult } from '../../measure/result.ts';
import { renderCost } from '../../report/cost/text.ts';
import { renderJson } from '../../report/json.ts';
import type { ExitCode } from '../exit.ts';
import { chooseStrategies, loadFromPath, type ScenarioOptions } from '../scenario.ts';
import { surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';
import { programVersion } from '../version.ts';
import { exitCodeOf, play } from './run.ts';

export interface CostOptions extends ScenarioOptions {
  readonly jobs: number;
  readonly strategy?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Only expectations of cost count here. @throws CliFailure for what the user can put right */
export async function runCost(path: string, options: CostOptions): Promise<ExitCode> {
  const { scenario, source } = loadFromPath(path, options, options.quiet);
  const strategies = chooseStrategies(scenario, options.strategy ?? []);
  const plan = planScenario(scenario, programVersion(), strategies);
  const result = ofCost(await play(plan, { source, strategies }, options));
  const priced = result.strategies.flatMap(({ name, cost }) => (cost ? [{ name, cost }] : []));
  const ttls = strategies.flatMap((index) =>
    shortTtls(scenario.strategies[index]!.spec, billedByQueries(priced)),
  );
  await writeOut(render(result, [...costTraps(priced), ...new Set(ttls)], options));
  return exitCodeOf(result, options.quiet === true);
}

function ofCost(result: RunResult): RunResult {
  const strategies = result.strategies.map((strategy) => ({
    ...strategy,
    expectations: strategy.expectations.filter(({ text }) => text.trim().startsWith('cost.')),
  }));
  return { ...result, strategies };
}

function render(result: RunResult, traps: readonly string[], { json, color }: CostOptions): string {
  if (!json) {
    return renderCost(result, {
      ...textOptionsFor(color, surroundings()),
      traps,
      age: (asOf) => ageText(asOf, new Date()),
    });
  }
  const { schemaVersion, program, scenario, seed, replications, partial } = result;
  const strategies = result.strategies.map(({ name, cost, expectations }) => ({ name, cost, expectations }));
  return renderJson({ schemaVersion, program, scenario, seed, replications, partial, strategies, traps });
}

const DAYS_PER_MONTH = 30.44;
const MILLISECONDS_PER_DAY = 86_400_000;

/** `2 months old`; nothing for a day that lies ahead or is less than a month ago. @param asOf `2026-09-20` */
export function ageText(asOf: string, today: Date): string {
  const days = (today.getTime() - new Date(`${asOf}T00:00:00Z`).getTime()) / MILLISECONDS_PER_DAY;
  const months = Math.floor(days / DAYS_PER_MONTH);
  if (!(months > 0)) return '';
  return months === 1 ? '1 month old' : `${months} months old`;
}
