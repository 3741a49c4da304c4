/** How the program ends: exit codes, and failures that carry one. */
import { formatIssue, type Issue } from '../base/issue.ts';

export const EXIT = {
  finished: 0,
  internalFailure: 1,
  wrongUsage: 2,
  scenarioInvalid: 3,
  inputOutput: 4,
  expectationFailed: 99,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What the help text says about exit codes. */
export const EXIT_CODES_HELP = `
Exit codes:
  0    finished, and every expectation was met
  1    internal failure
  2    wrong usage
  3    the scenario is invalid
  4    input could not be read or output not written
  99   an expectation was missed
  130  interrupted; results so far were written, marked partial`;

/** A failure with a message for the user; anything else that is thrown is a fault of the program. */
export class CliFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = 'CliFailure';
    this.exitCode = exitCode;
  }
}

/** A fault of the program while it played a scenario: with the seed it can be played again. */
export class RunFailure extends Error {
  readonly seed: number;

  constructor(seed: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'RunFailure';
    this.seed = seed;
  }
}

/** What V8 and Node say when memory gives out, in this thread or in a worker. */
const OUT_OF_MEMORY = /^Array buffer allocation failed|^Invalid typed array length|heap out of memory/;

/** One line for a fault of the program, and the way to more. */
export function describeFault(error: unknown): string {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
  if (OUT_OF_MEMORY.test(reason)) {
    const remedy = 'simulate fewer clients (count) that stand for as many (represents), or add --jobs 1';
    return `dnsdrill failed: there is not enough memory; ${remedy}`;
  }
  const seed = error instanceof RunFailure ? ` and seed ${error.seed}` : '';
  return `dnsdrill failed: ${reason} (please report this with the scenario${seed}; DNSDRILL_DEBUG=1 shows where)`;
}

/** The scenario cannot be used; every problem is in the message. */
export function invalidScenario(issues: readonly Issue[]): CliFailure {
  const count = issues.filter((issue) => issue.severity === 'error').length;
  const summary = count === 1 ? '1 problem found.' : `${count} problems found.`;
  return new CliFailure(EXIT.scenarioInvalid, [...issues.map(formatIssue), summary].join('\n'));
}

/** Why a file operation failed, in words. */
export function describeFileError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return FILE_ERRORS[code ?? ''] ?? message;
}

/** Whether the system refused a file; workers hand such errors on with their code. */
export function isFileError(error: unknown): boolean {
  return Object.hasOwn(FILE_ERRORS, (error as Partial<NodeJS.ErrnoException>)?.code ?? '');
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of the path is not a folder',
  ENOSPC: 'no space left',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
};
