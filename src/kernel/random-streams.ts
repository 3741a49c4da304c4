/**
 * Named random streams: one per entity and purpose, seeded by (seed, replication, name). So a new entity
 * disturbs no other, and strategies that are compared share their draws.
 *
 * The generator is Alea (J. Baagøe, 2010) as seedrandom has it; its streams of similar names do not correlate.
 */
import alea from 'seedrandom/lib/alea.js';

/** Anything that gives uniform numbers in [0, 1). */
export interface UniformSource {
  uniform(): number;
}

/** One Alea generator. */
export class RandomStream implements UniformSource {
  /** A uniform number in [0, 1) of 53 bits. */
  readonly uniform: () => number;
  /** A uniform integer in [-2^31, 2^31). */
  readonly int32: () => number;

  constructor(seed: string) {
    const generator = alea(seed);
    this.uniform = generator.double;
    this.int32 = generator.int32;
  }

  /** A uniform integer in [0, n), n up to 2^32. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }
}

/** The streams of one replication, opened by name. */
export class RandomStreams {
  readonly #prefix: string;
  readonly #opened: Set<string> = new Set();

  constructor(seed: number, replication = 0) {
    this.#prefix = `${seed}/${replication}/`;
  }

  /** @throws Error when the name is open already: two users would take draws from each other. */
  open(name: string): RandomStream {
    if (this.#opened.has(name)) throw new Error(`random stream ${name} is already open`);
    this.#opened.add(name);
    return new RandomStream(this.#prefix + name);
  }
}
