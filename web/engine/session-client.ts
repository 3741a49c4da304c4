/** The page's end of a worker that plays worlds. */
import { isOpening } from './opening.ts';
import type { SessionReply, SessionRequest } from './session-messages.ts';

function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'session' });
}

/** The first one is fetched while the rest of the page is still being made. */
let spare: Worker | undefined = typeof Worker === 'undefined' ? undefined : startWorker();

/** Starts its worker with the first request. */
export class SessionClient {
  readonly #listener: (reply: SessionReply) => void;
  #worker: Worker | undefined;

  constructor(listener: (reply: SessionReply) => void) {
    this.#listener = listener;
  }

  send(request: SessionRequest): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(shortened(request));
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #begin(): Worker {
    const worker = spare ?? startWorker();
    spare = undefined;
    worker.addEventListener('message', ({ data }: MessageEvent<SessionReply>) => this.#listener(data));
    worker.addEventListener('error', ({ message }) => {
      this.#listener({ kind: 'failed', message: message || 'the engine could not be started' });
    });
    return worker;
  }
}

function shortened(request: SessionRequest): SessionRequest {
  const { kind } = request;
  if ((kind !== 'open' && kind !== 'study') || request.setup === 'opening') return request;
  return isOpening(request.setup) ? { ...request, setup: 'opening' } : request;
}
