/** Writes event lines in large pieces, synchronously, so that a slow reader slows the simulation down. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { STANDARD_INPUT } from './files.ts';

const STANDARD_OUTPUT = 1;
const PIECE = 1 << 16;
const RETRY_MILLISECONDS = 5;

export class EventWriter {
  readonly #file: number;
  readonly #owned: boolean;
  #pending = '';
  #readerGone = false;

  /** @param path file to append to; `-` is standard output */
  constructor(path: string) {
    this.#owned = path !== STANDARD_INPUT;
    this.#file = this.#owned ? openSync(path, 'a') : STANDARD_OUTPUT;
  }

  write(line: string): void {
    this.#pending += line;
    if (this.#pending.length >= PIECE) this.#flush();
  }

  close(): void {
    this.#flush();
    if (this.#owned) closeSync(this.#file);
  }

  #flush(): void {
    let rest: Uint8Array = new TextEncoder().encode(this.#pending);
    this.#pending = '';
    while (rest.length > 0 && !this.#readerGone) rest = rest.subarray(this.#writeSome(rest));
  }

  /** Bytes taken; a full pipe takes none for now, and a reader that went away never will. */
  #writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.#file, bytes);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS);
      else if (code === 'EPIPE') this.#readerGone = true;
      else throw error;
      return 0;
    }
  }
}
