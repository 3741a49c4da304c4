/**
 * Replay scripts as data: the scenarios of resolver test-suites (`.rpl`) in which replies of servers, queries of
 * clients, expected answers and passing time are written down step by step.
 *
 * Not modelled: message ids, opcodes other than QUERY, EDNS, classes other than IN, and raw packets. Scripts that
 * use them are read, and say so in `gaps`.
 */
import type { Name } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import type { Gap } from '../../measure/script-verdict.ts';

/** One option of the configuration part, in the notation of unbound.conf. */
export interface ConfigOption {
  /** Number of the block it stands in; 0 before the first. */
  readonly block: number;
  /** Kind of that block, such as `server` or `stub-zone`. */
  readonly kind: string;
  readonly key: string;
  /** Without quotes; words of a longer value stand one space apart. */
  readonly value: string;
  readonly line: number;
  readonly column: number;
}

/** A query to be sent, a reply to be given, or a message to be compared with. */
export interface ScriptEntry {
  /** Keywords after MATCH. */
  readonly match: ReadonlySet<string>;
  /** Keywords after ADJUST. */
  readonly adjust: ReadonlySet<string>;
  /** Flags and rcode after REPLY. */
  readonly reply: ReadonlySet<string>;
  readonly question: { readonly name: Name; readonly type: RrType } | undefined;
  readonly answer: readonly RRset[];
  readonly authority: readonly RRset[];
  readonly additional: readonly RRset[];
  /** Line it begins on, from 1. */
  readonly line: number;
}

/** Replies that stand ready while the current step is one of `from` to `to`. */
export interface ScriptRange {
  readonly from: number;
  readonly to: number;
  /** Servers that give them; none = any address. */
  readonly addresses: readonly string[];
  readonly entries: readonly ScriptEntry[];
}

export interface ScriptStep {
  readonly number: number;
  /** `QUERY`, `CHECK_ANSWER`, `TIME_PASSES` ... */
  readonly type: string;
  /** What follows the type on its line. */
  readonly words: readonly string[];
  readonly entry: ScriptEntry | undefined;
  readonly line: number;
}

export interface Script {
  readonly title: string;
  readonly config: readonly ConfigOption[];
  readonly ranges: readonly ScriptRange[];
  readonly steps: readonly ScriptStep[];
  /** Each feature once. */
  readonly gaps: readonly Gap[];
}
