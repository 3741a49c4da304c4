/** Which request is followed, and how its end is told. */
import { describeDuration } from '../../src/base/time.ts';
import type { TraceChoices, TraceStory } from '../engine/trace-messages.ts';
import type { ViewState } from '../share/contract.ts';

/** The request that is asked for. */
export interface Choice {
  /** Index. */
  readonly strategy: number;
  readonly population: string;
  readonly client: number;
  readonly name: string;
  /** Microseconds. */
  readonly at: number;
}

const SECOND = 1_000_000;

/** What was chosen before where it still exists, else what the link says, else a minute after the first fault. */
export function choiceOf(
  { populations, durationMicros, marks, strategies }: TraceChoices,
  before: Choice | undefined,
  state: ViewState,
): Choice {
  const wanted = before?.population ?? state['population'];
  const population = populations.find(({ name }) => name === wanted) ?? populations[0]!;
  const strategy = Math.min(before?.strategy ?? amount(state['strategy'], 0), strategies.length - 1);
  const fault = marks[strategy]?.find(({ kind }) => kind === 'fault') ?? marks[strategy]?.[0];
  const at = before?.at ?? amount(state['at'], (fault?.atSeconds ?? 0) + 60) * SECOND;
  return {
    strategy,
    population: population.name,
    client: Math.min(before?.client ?? amount(state['client'], 0), population.clients - 1),
    name: population.names.find((name) => name === before?.name) ?? population.names[0]!,
    at: Math.max(0, Math.min(at, durationMicros - SECOND)),
  };
}

function amount(value: string | number | undefined, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value : fallback;
}

/** The choice as a link holds it. */
export function stateOf({ at, client, strategy, population }: Choice): ViewState {
  return { at: at / SECOND, client, strategy, population };
}

/** How the request ended, in a sentence. */
export function verdictOf({ steps, at }: TraceStory, { population, client, name }: Choice): string {
  const start = steps[0]?.at ?? at;
  const last = steps.findLast(({ code }) => code === 'outcome') ?? steps.at(-1);
  const who = `Client ${client} of ${population}`;
  if (!last) return `${who} has nothing to tell.`;
  const took = describeDuration(last.at - start);
  return `${who} asks for ${name.replace(/\.$/, '')} at ${describeDuration(at)} and ${last.text} (${took}).`;
}
