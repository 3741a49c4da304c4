/** Standard output and messages. Results go to stdout; everything else to stderr. */
import { STANDARD_INPUT, unwritable } from './files.ts';
import type { Surroundings } from './terminal.ts';

/**
 * Writes to stdout and waits until it has been taken. A reader that has gone away (EPIPE, for example `| head`)
 * is no failure: what is left is dropped.
 * @throws CliFailure when it cannot be written, for example on a full disk
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      const { code } = (error ?? {}) as NodeJS.ErrnoException;
      if (error && code !== 'EPIPE') reject(unwritable(STANDARD_INPUT, error));
      else resolve();
    });
  });
}

/** A message line for people. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Keeps a stdout or stderr that takes nothing from ending the program: `writeOut` tells of the one, nobody of the other. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

export function surroundings(): Surroundings {
  return { isTerminal: process.stdout.isTTY === true, env: process.env };
}
