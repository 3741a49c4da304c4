/** What the trace place and the engine say to each other. */
import type { TimelineMark, TraceStep } from '../../src/index.ts';
import type { CacheState } from '../../src/model/inspect.ts';
import type { Play } from './play.ts';

/** A request to be followed. */
export interface TraceAsk extends Play {
  /** Index into the strategies. */
  readonly strategy: number;
  /** Microseconds since the start of the run. */
  readonly at: number;
  readonly population: string;
  readonly client: number;
  readonly name: string;
}

/** What there is to choose from. */
export interface TraceChoices {
  readonly strategies: readonly string[];
  readonly durationMicros: number;
  readonly populations: readonly {
    readonly name: string;
    readonly clients: number;
    /** Names asked for. */
    readonly names: readonly string[];
  }[];
  /** By strategy: what is planned to happen. */
  readonly marks: readonly (readonly TimelineMark[])[];
}

/** What one cache on the way held when the request was made. */
export interface CacheCard {
  /** `application cache`, `OS cache`, `resolver isp`: as steps name the place. */
  readonly where: string;
  readonly state: CacheState;
  /** Addresses, or the code of a negative answer; empty when nothing is held. */
  readonly holds: string;
  /** When it expires, microseconds; 0 when nothing is held. */
  readonly until: number;
  /** When it was fetched, and from where, if the cache remembers. */
  readonly storedAt?: number;
  readonly from?: string;
  /** One sentence or two. */
  readonly text: string;
}

export interface TraceStory {
  readonly at: number;
  readonly steps: readonly TraceStep[];
  /** Nearest the client first, the authorities last. */
  readonly before: readonly CacheCard[];
  readonly after: readonly CacheCard[];
  /** When the world was looked at again, microseconds. */
  readonly afterAt: number;
  /** Type asked for, for example `A`. */
  readonly types: readonly string[];
}

/** A client whose nearest filled cache is of no use, and how many there are. */
export interface TraceFound {
  readonly client?: number;
  readonly affected: number;
  readonly clients: number;
}
