/**
 * Looking into a world that stands still: what each cache holds for a question, and what that is worth now.
 *
 * Nothing here changes the world: a run that was looked at gives the same bytes as one that was not.
 */
import { type Micros, SECOND } from '../base/time.ts';
import { upstreamName } from '../dns/resolve/forward/notes.ts';
import type { Answer } from '../dns/resolve/protocol.ts';
import type { Cell } from './cell.ts';
import type { AnswerId } from './clients/answer-table.ts';
import type { Cohort } from './clients/cohort.ts';
import { type WayPoint, wayOf } from './resolvers/way.ts';
import type { World } from './world.ts';

/**
 * What a cache would hand out: nothing; the current data, alive; other data than the current, alive; an address
 * where nobody answers (or somebody else does); a "no" or a failure.
 */
export const CACHE_STATES = ['empty', 'fresh', 'stale', 'wrong', 'error'] as const;
export type CacheState = (typeof CACHE_STATES)[number];

export interface Holding {
  readonly state: CacheState;
  /** Addresses held, or the code of a negative answer; empty when nothing is held. */
  readonly holds: string;
  /** When it expires; 0 when nothing is held. */
  readonly until: Micros;
  /** When it was fetched, and from which server, where the cache remembers. */
  readonly storedAt?: Micros;
  readonly from?: string;
}

const EMPTY: Holding = { state: 'empty', holds: '', until: 0 };

/** A client's place in its world. */
export interface Seat {
  readonly cell: Cell;
  readonly cohort: Cohort;
  readonly client: number;
}

/** Where a client lives. @throws RangeError when there is no such client */
export function seatOf(world: World, population: number, client: number): Seat {
  for (const cell of world.cells) {
    for (const cohort of cell.cohorts) {
      const local = client - cohort.first;
      if (cohort.population.index === population && local >= 0 && local < cohort.count) {
        return { cell, cohort, client };
      }
    }
  }
  throw new RangeError(`population ${population} has no client ${client}`);
}

/** The resolvers between a client and the authorities, nearest first. */
export function resolversOf({ spec }: World, { cell, cohort, client }: Seat): readonly WayPoint[] {
  return wayOf(spec.resolvers, cell.pools, cell.lists[cohort.list]!, client);
}

/** What the application's cache of a client holds for one slot. */
export function applicationHolding(world: World, { cohort, client }: Seat, slot: number): Holding {
  const { applicationExpiry, applicationAnswer, slotCount, spec } = cohort.population;
  const at = client * slotCount + slot;
  const grace = spec.application.cache.graceSeconds * SECOND;
  return held(world, applicationAnswer[at], applicationExpiry[at], spec.region, grace);
}

/** The address a client's open connection for its question number `question` leads to. */
export function connectionHolding(world: World, { cohort, client }: Seat, question: number): Holding {
  const { connectionExpiry, connectionAnswer, slots, spec } = cohort.population;
  const at = client * slots.length + question;
  return held(world, connectionAnswer[at], connectionExpiry[at], spec.region, 0);
}

/** What the operating system's cache of a client holds for one slot. */
export function osHolding(world: World, { cohort, client }: Seat, slot: number): Holding {
  const { osExpiry, osAnswer, slotCount, spec } = cohort.population;
  const at = client * slotCount + slot;
  return held(world, osAnswer[at], osExpiry[at], spec.region, 0);
}

/** What a resolver's cache holds for question number `question` of the answer table. */
export function resolverHolding(
  world: World,
  cell: Cell,
  pool: number,
  fragment: number,
  question: number,
): Holding {
  const { fragments, spec } = cell.pools[pool]!;
  const answer = fragments[fragment]!.peek(world.answers.questions[question]!, world.now);
  if (answer === undefined) return EMPTY;
  const id = world.answers.intern(question, answer);
  const { state, holds } = held(world, id, Number.POSITIVE_INFINITY, spec.region, 0);
  return {
    state: answer.reason === 'stale' && state === 'fresh' ? 'stale' : state,
    holds,
    until: untilOf(answer, world.now),
    ...(answer.storedAt === undefined ? {} : { storedAt: answer.storedAt }),
    ...(answer.from === undefined ? {} : { from: upstreamName(answer.from) }),
  };
}

function untilOf(answer: Answer, now: Micros): Micros {
  return answer.until ?? now + answer.ttl * SECOND;
}

function held(
  world: World,
  id: AnswerId | undefined,
  until: Micros | undefined,
  region: number,
  grace: Micros,
): Holding {
  if (id === undefined || until === undefined || id === 0) return EMPTY;
  const { addresses, code, kind } = world.answers.get(id);
  if (!(until + (kind === 'data' ? grace : 0) > world.now)) return EMPTY;
  const state = stateOf(world, id, region);
  const expired = until <= world.now;
  return {
    state: expired && state === 'fresh' ? 'stale' : state,
    holds: addresses.join(', ') || code,
    until,
  };
}

/** What an answer is worth to clients of a region, now. */
function stateOf(world: World, id: AnswerId, region: number): CacheState {
  const { kind, question, addresses } = world.answers.get(id);
  if (kind !== 'data') return 'error';
  const [address] = addresses;
  if (address === undefined) return 'fresh';
  const current = world.answers.isTrue(question, address);
  const endpoint = world.outside.endpointOf(address);
  if (endpoint < 0)
    return current ? 'fresh' : world.answers.wasEverTrue(question, address) ? 'stale' : 'wrong';
  const { down, loss } = world.outside.endpointState(endpoint, region);
  if (down !== 'none' || loss === 1) return 'wrong';
  return current ? 'fresh' : 'stale';
}
