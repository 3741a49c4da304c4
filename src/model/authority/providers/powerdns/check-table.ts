/**
 * The health checks of one process: a table that begins empty and knows nothing of other processes
 * (pdns/lua-record.cc, IsUpOracle).
 *
 * Down after `minimumFailures` failures in a row, up after one success. A target that has failed less often than
 * that counts as up, even one that was never up. What nobody asks for is forgotten after a while.
 */
import type { Micros } from '../../../../base/time.ts';
import type { Belief, Target } from './targets.ts';

export interface CheckEntry {
  readonly target: Target;
  belief: Belief;
  failures: number;
  /** When its last probe was sent; undefined before the first. */
  startedAt: Micros | undefined;
  /** When records ceased to ask for it; undefined while they do. */
  unusedSince: Micros | undefined;
  /** A probe is under way. */
  isPending: boolean;
}

export class CheckTable {
  readonly #entries: Map<string, CheckEntry> = new Map();

  get entries(): Iterable<CheckEntry> {
    return this.#entries.values();
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(key: string): CheckEntry | undefined {
    return this.#entries.get(key);
  }

  /** A target asked for the first time. */
  add(target: Target, belief: Belief): CheckEntry {
    const entry: CheckEntry = {
      target,
      belief,
      failures: 0,
      startedAt: undefined,
      unusedSince: undefined,
      isPending: false,
    };
    this.#entries.set(target.key, entry);
    return entry;
  }

  /** These targets are asked for at present, and no others. */
  use(keys: ReadonlySet<string>, now: Micros): void {
    for (const [key, entry] of this.#entries) {
      if (keys.has(key)) entry.unusedSince = undefined;
      else entry.unusedSince ??= now;
    }
  }

  /** Forgets what was not asked for since before `limit`, and says what. */
  expire(limit: Micros): CheckEntry[] {
    const gone = [...this.#entries.values()].filter(
      ({ unusedSince = Number.POSITIVE_INFINITY, belief }) => belief !== 'unknown' && unusedSince < limit,
    );
    for (const { target } of gone) this.#entries.delete(target.key);
    return gone;
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** Takes a result. Returns whether the belief turned. */
export function takeResult(entry: CheckEntry, success: boolean): boolean {
  const before = entry.belief;
  entry.failures = success ? 0 : entry.failures + 1;
  entry.belief = entry.failures < entry.target.failures ? 'up' : 'down';
  return entry.belief !== before;
}
