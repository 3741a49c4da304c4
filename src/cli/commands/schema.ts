/** `dnsdrill schema`: the JSON Schema of scenarios. */
import { renderJson } from '../../report/json.ts';
import { jsonSchema } from '../../scenario/json-schema.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { writeOut } from '../streams.ts';

export async function runSchema(): Promise<ExitCode> {
  await writeOut(renderJson(jsonSchema()));
  return EXIT.finished;
}
