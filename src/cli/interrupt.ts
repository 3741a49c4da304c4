/** Ctrl-C: the first asks the run to stop and report, the second ends the program at once. */
import { EXIT } from './exit.ts';
import { say } from './streams.ts';

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual meaning back. */
  release(): void;
}

export function onInterrupt(): Interrupt {
  const stopping = new AbortController();
  const listener = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT.interrupted);
    stopping.abort();
    say('Interrupted: writing what has finished. Press Ctrl-C again to leave at once.');
  };
  process.on('SIGINT', listener);
  return { signal: stopping.signal, release: () => process.off('SIGINT', listener) };
}
