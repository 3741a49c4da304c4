/** `dnsdrill explain`: every effective value and where it comes from. */
import { renderExplanation } from '../../report/explain.ts';
import { renderJson } from '../../report/json.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { chooseStrategies, loadFromPath, type ScenarioOptions } from '../scenario.ts';
import { surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';

export interface ExplainOptions extends ScenarioOptions {
  readonly strategy?: string;
  readonly json?: boolean;
}

/** @throws CliFailure for what the user can put right */
export async function runExplain(path: string, options: ExplainOptions): Promise<ExitCode> {
  const { scenario } = loadFromPath(path, options);
  const [index] = chooseStrategies(scenario, options.strategy === undefined ? [] : [options.strategy]);
  const { effective } = scenario.strategies[index!]!;
  const text = options.json
    ? renderJson(effective)
    : renderExplanation(effective, textOptionsFor(options.color, surroundings()));
  await writeOut(text);
  return EXIT.finished;
}
