/** `dnsdrill init`: a commented scenario to start from. */
import { existsSync } from 'node:fs';
import { STARTER } from '../../scenario/starter.ts';
import { CliFailure, EXIT, type ExitCode } from '../exit.ts';
import { checkWritable, STANDARD_INPUT, writeWhole } from '../files.ts';
import { say, writeOut } from '../streams.ts';

export interface InitOptions {
  readonly force?: boolean;
}

/** @throws CliFailure when the file exists and `force` is not set, or cannot be written */
export async function runInit(path: string, options: InitOptions): Promise<ExitCode> {
  if (path === STANDARD_INPUT) {
    await writeOut(STARTER);
    return EXIT.finished;
  }
  if (existsSync(path) && !options.force) {
    throw new CliFailure(EXIT.inputOutput, `${path} exists already; --force overwrites it.`);
  }
  checkWritable(path);
  await writeWhole(path, STARTER);
  say(`Wrote ${path}. Next: dnsdrill run ${path}`);
  return EXIT.finished;
}
