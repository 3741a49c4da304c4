/** What the planes of a PowerDNS provider tell its edge. */
import type { Belief } from './targets.ts';

export type OwnState =
  /** What one process believes of a target from now on. */
  | { readonly kind: 'belief'; readonly process: number; readonly key: string; readonly belief: Belief }
  /** A process has been started again and believes nothing. */
  | { readonly kind: 'restart'; readonly process: number }
  /** The health plane looks at what was asked: nothing else changes. */
  | { readonly kind: 'reading' }
  /** The database has been gone for so many seconds; undefined: it is there. */
  | { readonly kind: 'outage'; readonly seconds: number | undefined };
