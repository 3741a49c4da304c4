#!/usr/bin/env node
/** The program: reads the command line, runs a command, and turns whatever happens into an exit code. */
import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { CliFailure, describeFault, EXIT, type ExitCode } from './exit.ts';
import { buildProgram } from './program.ts';
import { say, tolerateClosedStreams } from './streams.ts';

/** Problems that commander found; it has told the user already. */
const ASKED_FOR: readonly string[] = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

async function main(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.finished;
  try {
    await buildProgram((code) => {
      exitCode = code;
    }).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return tellFailure(error);
  }
}

function tellFailure(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 && ASKED_FOR.includes(error.code) ? EXIT.finished : EXIT.wrongUsage;
  }
  if (error instanceof CliFailure) {
    say(error.message);
    return error.exitCode;
  }
  say(describeFault(error));
  if (process.env['DNSDRILL_DEBUG'] === '1') say(inspect(error));
  return EXIT.internalFailure;
}

tolerateClosedStreams();
process.exitCode = await main(process.argv.slice(2));
