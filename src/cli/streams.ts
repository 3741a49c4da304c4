/** Standard output and messages. Results go to stdout; everything else to stderr. */
import type { Surroundings } from './terminal.ts';

/**
 * Writes to stdout and waits until it has been taken. A reader that has gone away (EPIPE, for example `| head`)
 * is no failure: what is left is dropped.
 */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      const { code } = (error ?? {}) as NodeJS.ErrnoException;
      if (error && code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** A message line for people. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Keeps a closed stdout or stderr from ending the program. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

export function surroundings(): Surroundings {
  return { isTerminal: process.stdout.isTTY === true, env: process.env };
}
