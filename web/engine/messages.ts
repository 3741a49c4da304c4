/** What the page and the engine in its worker say to each other. Plain data only. */
import type { Issue } from '../../src/index.ts';

/** A scenario with everything it may read. */
export interface Source {
  readonly text: string;
  /** Name for messages. */
  readonly file: string;
  /** Texts of files beside the scenario, by path. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Request {
  /** `check` only lists problems. */
  readonly kind: 'check' | 'run';
  readonly source: Source;
}

/** A result in every form the page shows or hands out. */
export interface Report {
  /** One sentence. */
  readonly verdict: string;
  /** The report of the command line. */
  readonly text: string;
  /** Availability over time. */
  readonly svg: string;
  /** The result document: the same bytes as from the command line. */
  readonly json: string;
}

/** Every reply but `progress` is the last to its request. A run of an invalid scenario is answered by `checked`. */
export type Reply =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'checked'; readonly issues: readonly Issue[] }
  | { readonly kind: 'finished'; readonly report: Report }
  | { readonly kind: 'failed'; readonly message: string };
