/** The page's end of a worker that runs the engine. */
import type { Reply, Request } from './messages.ts';

type Listener = (reply: Reply) => void;

/** Does one job at a time: a new job takes the place of the one under way. */
export class Engine {
  #worker: Worker | undefined;
  #listener: Listener | undefined;

  start(request: Request, listener: Listener): void {
    this.cancel();
    this.#listener = listener;
    this.#worker ??= this.#begin();
    this.#worker.postMessage(request);
  }

  /** Ends the job under way; its listener hears nothing more. The simulation itself cannot be interrupted. */
  cancel(): void {
    if (this.#listener === undefined) return;
    this.#listener = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#hear(data));
    worker.addEventListener('error', ({ message }) => this.#hear({ kind: 'failed', message }));
    return worker;
  }

  #hear(reply: Reply): void {
    const listener = this.#listener;
    if (reply.kind !== 'progress') this.#listener = undefined;
    listener?.(reply);
  }
}
