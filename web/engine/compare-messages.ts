/** What the compare, trace and edit places and the engine in their worker say to each other. Plain data only. */
import type { ReplicationRecord, RunResult } from '../../src/index.ts';
import type { Checked } from '../edit/check.ts';
import type { Completion } from '../edit/language/complete.ts';
import type { Hover } from '../edit/language/hover.ts';
import type { ZonePreview } from '../edit/zone-preview.ts';
import type { Play } from './play.ts';
import type { TraceAsk, TraceChoices, TraceFound, TraceStory } from './trace-messages.ts';

/** A comparison to be made, or to be gone on with: replications played before are not played again. */
export interface CompareAsk extends Play {
  /** Indexes into the strategies of the scenario. */
  readonly chosen: readonly number[];
  readonly replications: number;
  /** Of time to recovery, 0 to 1. */
  readonly quantile: number;
}

/** How far a comparison is. */
export interface CompareProgress {
  /** Of everything asked for, 0 to 1. */
  readonly fraction: number;
  /** What has finished under every strategy, when that is news. */
  readonly result?: RunResult;
}

/** One task of a comparison, for a worker that plays. */
export interface PlayAsk extends Play {
  readonly strategy: number;
  readonly replication: number;
}

/** Every kind of job: what is asked, what is told meanwhile, what is answered. */
export interface Jobs {
  readonly check: { readonly ask: Play; readonly answer: Checked; readonly progress: never };
  readonly complete: {
    readonly ask: { readonly text: string; readonly offset: number };
    readonly answer: Completion | undefined;
    readonly progress: never;
  };
  readonly hover: {
    readonly ask: { readonly text: string; readonly offset: number };
    readonly answer: Hover | undefined;
    readonly progress: never;
  };
  readonly zone: {
    readonly ask: { readonly text: string; readonly file: string; readonly origin?: string };
    readonly answer: ZonePreview;
    readonly progress: never;
  };
  /** Answered with what had finished when it was stopped; undefined when nothing had. */
  readonly compare: {
    readonly ask: CompareAsk;
    readonly answer: RunResult | undefined;
    readonly progress: CompareProgress;
  };
  readonly stop: { readonly ask: null; readonly answer: null; readonly progress: never };
  readonly play: { readonly ask: PlayAsk; readonly answer: ReplicationRecord; readonly progress: number };
  readonly choices: { readonly ask: Play; readonly answer: TraceChoices; readonly progress: never };
  readonly trace: { readonly ask: TraceAsk; readonly answer: TraceStory; readonly progress: never };
  readonly find: { readonly ask: TraceAsk; readonly answer: TraceFound; readonly progress: never };
}

export type JobKind = keyof Jobs;

/** Page to worker. */
export interface Asked<K extends JobKind = JobKind> {
  readonly id: number;
  readonly kind: K;
  readonly ask: Jobs[K]['ask'];
}

/** Worker to page; `answer` and `failed` are the last to their job. */
export type Told =
  | { readonly id: number; readonly answer: Jobs[JobKind]['answer'] }
  | { readonly id: number; readonly progress: Jobs[JobKind]['progress'] }
  | { readonly id: number; readonly failed: string };
