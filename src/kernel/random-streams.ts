/**
 * Named random streams: one per entity and purpose, seeded by (seed, replication, name).
 *
 * A new entity therefore disturbs no other, and strategies that are compared share their draws. The
 * generator is Alea (J. Baagøe, 2010) as seedrandom has it; its streams of similar names do not correlate.
 */
import alea from 'seedrandom/lib/alea.js';

/** Anything that gives uniform numbers in [0, 1). */
export interface UniformSource {
  uniform(): number;
}

export class RandomStream implements UniformSource {
  readonly name: string;
  /** A uniform number in [0, 1) of 53 bits. */
  readonly uniform: () => number;
  /** A uniform integer in [-2^31, 2^31). */
  readonly int32: () => number;

  constructor(seedText: string, name: string) {
    const generator = alea(seedText);
    this.name = name;
    this.uniform = generator.double;
    this.int32 = generator.int32;
  }

  /** A uniform integer in [0, n), n up to 2^32. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }
}

export class RandomStreams {
  readonly #prefix: string;
  readonly #opened: Set<string> = new Set();

  constructor(seed: number, replication = 0) {
    this.#prefix = `${seed}/${replication}/`;
  }

  /** Opens the stream of this name. @throws Error when it is open already: two users would share draws. */
  open(name: string): RandomStream {
    if (this.#opened.has(name)) throw new Error(`random stream ${name} is already open`);
    this.#opened.add(name);
    return new RandomStream(this.#prefix + name, name);
  }
}
