/** The asking end of a worker of the compare, trace and edit places. */
import type { Asked, JobKind, Jobs, Told } from './compare-messages.ts';

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((progress: never) => void) | undefined;
}

/** Thrown to whoever still waits when the worker is ended. */
export class Ended extends Error {}

export class Desk {
  readonly #begin: () => Worker;
  #worker: Worker | undefined;
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  /** @param begin starts the worker, when it is first needed */
  constructor(begin: () => Worker) {
    this.#begin = begin;
  }

  /** @throws Error with a sentence for the user; `Ended` when the worker was ended first */
  ask<K extends JobKind>(
    kind: K,
    ask: Jobs[K]['ask'],
    progress?: (progress: Jobs[K]['progress']) => void,
  ): Promise<Jobs[K]['answer']> {
    this.#worker ??= this.#start();
    const id = this.#next++;
    const asked: Asked<K> = { id, kind, ask };
    this.#worker.postMessage(asked);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, progress }));
  }

  /** Ends the worker and everything it was doing; the next question starts a new one. */
  end(reason: Error = new Ended('ended')): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(reason);
  }

  #start(): Worker {
    const worker = this.#begin();
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => this.#hear(data));
    worker.addEventListener('error', ({ message }) =>
      this.end(new Error(message || 'The engine could not start.')),
    );
    return worker;
  }

  #hear(told: Told): void {
    const pending = this.#pending.get(told.id);
    if (!pending) return;
    if ('progress' in told) {
      pending.progress?.(told.progress as never);
      return;
    }
    this.#pending.delete(told.id);
    if ('failed' in told) pending.reject(new Error(told.failed));
    else pending.resolve(told.answer as never);
  }
}
