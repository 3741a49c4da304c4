/**
 * Server selection: which of the usable addresses of a zone is asked next. Parts are interchangeable; each
 * is one file of this folder.
 */
import type { Micros } from '../../../base/time.ts';
import type { Infra, ServerMemory } from '../infra.ts';

/** A server address as the selection sees it. */
export interface Candidate {
  readonly address: string;
  /** Sends of the current question to this address that got no reply. */
  readonly sends: number;
  /** Error replies of this address to the present fetch, and connections that failed. */
  readonly errors: number;
  /** Queries of the present fetch over UDP that it left without a reply. */
  readonly timeouts: number;
}

export interface SelectionContext {
  readonly infra: Infra;
  readonly now: Micros;
  readonly preferIpv6: boolean;
  /** Uniform in [0,1). */
  readonly random: () => number;
}

/** When a server was heard from or not. */
export interface Occasion {
  readonly now: Micros;
  /** Uniform in [0,1). */
  readonly random: () => number;
  /** How long the reply or the time-out was waited for. */
  readonly waitedMicros: Micros;
}

/** One way to choose. `replied`, `timedOut` and `passedOver` let it keep its own estimate in the server memory. */
export interface Selection<Options> {
  /** @param candidates at least one, all usable. @returns one of them */
  pick<C extends Candidate>(candidates: readonly C[], options: Options, context: SelectionContext): C;
  /** Longest wait for the candidate chosen; undefined = its own time-out. */
  cap?<C extends Candidate>(
    candidates: readonly C[],
    chosen: C,
    options: Options,
    context: SelectionContext,
  ): Micros | undefined;
  replied?(memory: ServerMemory, rttMicros: Micros, options: Options, occasion: Occasion): void;
  timedOut?(memory: ServerMemory, options: Options, occasion: Occasion): void;
  /** Another server of the zone replied, and this one was not asked. */
  passedOver?(memory: ServerMemory, options: Options, occasion: Occasion): void;
}

/** A candidate drawn uniformly. */
export function draw<C>(candidates: readonly C[], random: () => number): C {
  return candidates[Math.floor(random() * candidates.length)]!;
}

/** The candidates asked least often so far: every address gets its turn before one is asked again. */
export function leastAsked<C extends Candidate>(candidates: readonly C[]): readonly C[] {
  let fewest = candidates[0]!.sends;
  for (const candidate of candidates) fewest = Math.min(fewest, candidate.sends);
  return candidates.filter((candidate) => candidate.sends === fewest);
}

/** The candidates of the smallest value. */
export function smallest<C>(candidates: readonly C[], value: (candidate: C) => number): readonly C[] {
  let least = Number.POSITIVE_INFINITY;
  let best: C[] = [];
  for (const candidate of candidates) {
    const its = value(candidate);
    if (its > least) continue;
    if (its < least) best = [];
    least = its;
    best.push(candidate);
  }
  return best;
}

/** Of equals, those of the preferred family, when there are any. */
export function preferredFamily<C extends Candidate>(candidates: readonly C[], ipv6: boolean): readonly C[] {
  const preferred = candidates.filter(({ address }) => address.includes(':') === ipv6);
  return preferred.length > 0 ? preferred : candidates;
}
