/** `dnsdrill trace`: one request through every cache and server. */
import { parseDuration } from '../../base/time.ts';
import { parseName } from '../../dns/data/name.ts';
import { TextError } from '../../dns/data/text-error.ts';
import type { WorldSpec } from '../../model/spec.ts';
import { type TraceOptions, traceRequest } from '../../model/trace.ts';
import { renderJson } from '../../report/json.ts';
import { renderTrace } from '../../report/trace.ts';
import { CliFailure, EXIT, type ExitCode } from '../exit.ts';
import { chooseStrategies, loadFromPath, type ScenarioOptions } from '../scenario.ts';
import { surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';

export interface TraceCommandOptions extends ScenarioOptions {
  readonly at: string;
  readonly client: number;
  readonly population?: string;
  readonly name?: string;
  readonly strategy?: string;
  readonly json?: boolean;
}

/** @throws CliFailure for what the user can put right */
export async function runTrace(path: string, options: TraceCommandOptions): Promise<ExitCode> {
  const { scenario } = loadFromPath(path, options);
  const [index] = chooseStrategies(scenario, options.strategy === undefined ? [] : [options.strategy]);
  const { spec } = scenario.strategies[index!]!;
  const population = populationIn(spec, options.population);
  const request = readRequest({ ...options, population });
  const steps = usageErrors(() => traceRequest(spec, scenario.seed, 0, request));
  const title = `Client ${options.client} of ${population} makes a request at ${options.at}`;
  const text = options.json
    ? renderJson(steps)
    : renderTrace(title, steps, textOptionsFor(options.color, surroundings()));
  await writeOut(text);
  return EXIT.finished;
}

/** The population of this name, or the first part of one that is made of several; the first of all without a name. */
function populationIn({ populations, groups }: WorldSpec, name: string | undefined): string {
  const group = groups?.find((one) => one.name === name);
  if (name !== undefined && group === undefined) return name;
  return populations[group?.populations[0] ?? 0]!.name;
}

function readRequest({ at, client, population, name }: TraceCommandOptions): TraceOptions {
  const instant = parseDuration(at);
  if (instant === undefined) {
    throw new CliFailure(EXIT.wrongUsage, `--at ${at} is no time: write 90s, 10m or 1h30m.`);
  }
  return {
    at: instant,
    client,
    ...(population !== undefined && { population }),
    ...(name !== undefined && { name: usageErrors(() => parseName(name)) }),
  };
}

/** What the model refuses here was asked for on the command line. */
function usageErrors<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TextError)) throw error;
    const message = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
    throw new CliFailure(EXIT.wrongUsage, message);
  }
}
