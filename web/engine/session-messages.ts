/**
 * What the page and a live session in its worker say to each other. Plain data only; the states of the cache
 * field travel as one transferred array of octets.
 */
import type { Issue } from '../../src/base/issue.ts';
import type { Knob } from '../../src/experiment/session/knob.ts';
import type { Move } from '../../src/experiment/session/move.ts';
import type { SessionOutcome } from '../../src/experiment/session/outcome.ts';
import type { InjectedEntry } from '../../src/experiment/session/setup.ts';
import type { PartStatus } from '../../src/experiment/session/status.ts';
import type { Topology } from '../../src/experiment/session/topology.ts';
import type { WhyStep } from '../../src/experiment/session/why.ts';
import type { Source } from './messages.ts';

export type { InjectedEntry, Issue, Knob, Move, PartStatus, SessionOutcome, Source, Topology, WhyStep };

/** The world to be played. */
export interface Setup {
  readonly source: Source;
  /** `path=value`, in order. */
  readonly sets: readonly string[];
  /** Instead of what the scenario says. */
  readonly seed?: number;
  readonly strategy?: string;
  readonly injected: readonly InjectedEntry[];
  /** At most so many simulated clients. */
  readonly clients: number;
}

/** A world by its setup, or the one the page opens with, which the worker has at hand. */
export type Wanted = Setup | 'opening';

export type SessionRequest =
  /** Opens a world for live play. `at`: seconds; absent: shortly before the first fault. */
  | { readonly kind: 'open'; readonly id: number; readonly setup: Wanted; readonly at?: number }
  /** Plays a world to its end as fast as it goes. `preview`: small copies, several replications. */
  | { readonly kind: 'study'; readonly id: number; readonly setup: Wanted; readonly preview: boolean }
  /** Virtual seconds per second. */
  | { readonly kind: 'play'; readonly speed: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'seek'; readonly to: number }
  /** To the next change in the cache field, or back to what it was before the last one. */
  | { readonly kind: 'step'; readonly direction: 1 | -1 }
  | { readonly kind: 'why'; readonly place: number }
  /** What operators can move at the providers of a world that has been opened. */
  | { readonly kind: 'moves'; readonly id: number; readonly setup: Setup }
  /** Ends whatever is under way. */
  | { readonly kind: 'stop' };

export interface Mark {
  readonly kind: 'fault' | 'change';
  readonly at: number;
  /** Absent: to the end, or an instant. */
  readonly until?: number;
  readonly label: string;
}

/** What there is to know of a world before it is played. Times in seconds. */
export interface Description {
  readonly title: string;
  readonly description: string;
  readonly seed: number;
  readonly duration: number;
  readonly faultAt: number;
  readonly clients: number;
  readonly represents: number;
  readonly resolverCaches: number;
  readonly knobs: readonly Knob[];
  readonly strategies: readonly string[];
  readonly topology: Topology;
  readonly marks: readonly Mark[];
  /** Everything added to the file. */
  readonly sets: readonly string[];
  /** Settings with which the command line plays this very world: those, its size, and no other strategy. */
  readonly repeat: readonly string[];
}

/** Flow through one part, in represented units per second. */
export interface Flow {
  readonly id: string;
  readonly perSecond: number;
  /** Share of requests that failed lately, for clients. */
  readonly failing?: number;
}

/** The world at one moment. */
export interface Frame {
  readonly now: number;
  /** By place of the field: index into the states of caches. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** Places by state. */
  readonly counts: readonly number[];
  /** Places by the endpoint their cache leads to. */
  readonly towards: readonly number[];
  readonly status: readonly PartStatus[];
  readonly flows: readonly Flow[];
  readonly lostUserMinutes: number;
  /** Real speed is below the one asked for. */
  readonly slow: boolean;
}

export type SessionReply =
  | { readonly kind: 'refused'; readonly id: number; readonly issues: readonly Issue[] }
  | {
      readonly kind: 'opened';
      readonly id: number;
      readonly description: Description;
      readonly places: readonly string[];
    }
  | { readonly kind: 'described'; readonly id: number; readonly description: Description }
  | { readonly kind: 'frame'; readonly id: number; readonly frame: Frame }
  /** On the way to an instant, or through a run: 0 to 1. */
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number }
  | {
      readonly kind: 'outcome';
      readonly id: number;
      readonly outcome: SessionOutcome;
      readonly preview: boolean;
    }
  | { readonly kind: 'ended'; readonly id: number }
  | { readonly kind: 'why'; readonly place: number; readonly now: number; readonly steps: readonly WhyStep[] }
  | { readonly kind: 'moves'; readonly id: number; readonly moves: readonly Move[] }
  | { readonly kind: 'failed'; readonly message: string };
