/** One request, told: what each cache held before, what happened, what each cache holds afterwards. */

import { describeDuration } from '../../src/base/time.ts';
import { parseName } from '../../src/dns/data/name.ts';
import { typeToText } from '../../src/dns/data/rrtype.ts';
import { explainPlace } from '../../src/experiment/session/why.ts';
import { loadScenario, type Scenario } from '../../src/index.ts';
import {
  applicationHolding,
  type CacheState,
  type Holding,
  osHolding,
  resolverHolding,
  resolversOf,
  type Seat,
  seatOf,
} from '../../src/model/inspect.ts';
import type { TimelineSpec } from '../../src/model/spec.ts';
import { type Asker, findAsker, traceIn } from '../../src/model/trace.ts';
import { World } from '../../src/model/world.ts';
import type { Play } from './play.ts';
import type { CacheCard, TraceAsk, TraceChoices, TraceFound, TraceStory } from './trace-messages.ts';

const MICROS = 1_000_000;

/** @throws Error with a sentence when the scenario has problems */
export function loadPlay({ source, sets, seed }: Play): Scenario {
  const { text, file, files } = source;
  const { scenario } = loadScenario({
    text,
    file,
    sets,
    readFile: (path) => files[path],
    ...(seed === undefined ? {} : { seed }),
  });
  if (!scenario) throw new Error('The scenario has problems; they are listed where it is edited.');
  return scenario;
}

/** What can be traced in a scenario. */
export function traceChoices({ strategies, duration }: Scenario): TraceChoices {
  const { populations } = strategies[0]!.spec;
  return {
    strategies: strategies.map(({ name }) => name),
    durationMicros: duration,
    populations: populations.map(({ name, count, questions }) => ({
      name,
      clients: count,
      names: questions.map((question) => question.name),
    })),
    marks: strategies.map(({ spec }) => spec.timeline.map(markOf)),
  };
}

function markOf(item: TimelineSpec): TraceChoices['marks'][number][number] {
  const { at, kind, label } = item;
  const ends = kind === 'fault' && Number.isFinite(item.until);
  return { atSeconds: at / MICROS, kind, label, ...(ends ? { untilSeconds: item.until / MICROS } : {}) };
}

interface Stage {
  readonly world: World;
  readonly asker: Asker;
}

/** The world at the moment of the request. */
function stageOf(scenario: Scenario, ask: TraceAsk): Stage {
  const { spec } = scenario.strategies[ask.strategy]!;
  const { at, population, client, name } = ask;
  const asker = findAsker(spec, { at, population, client, name: parseName(name) });
  const world = new World(spec, scenario.seed, 0);
  world.runUntil(at);
  return { world, asker };
}

export function traceStory(scenario: Scenario, ask: TraceAsk): TraceStory {
  const { world, asker } = stageOf(scenario, ask);
  const before = cardsOf(world, asker);
  const steps = traceIn(world, asker);
  const { questions } = world.spec.populations[asker.population]!;
  return {
    at: ask.at,
    steps,
    before,
    after: cardsOf(world, asker),
    afterAt: world.now,
    types: questions[asker.question]!.types.map(typeToText),
  };
}

/** Of the clients that a cache would lead astray at the moment asked for, the one it does so for longest. */
export function findAstray(scenario: Scenario, ask: TraceAsk): TraceFound {
  const { world, asker } = stageOf(scenario, ask);
  const { count } = world.spec.populations[asker.population]!;
  let found: { readonly client: number; readonly until: number } | undefined;
  let affected = 0;
  for (let client = 0; client < count; client++) {
    const until = astrayUntil(world, { ...asker, client });
    if (until === undefined) continue;
    affected += 1;
    if (!found || until > found.until) found = { client, until };
  }
  return { affected, clients: count, ...(found ? { client: found.client } : {}) };
}

/** When the nearest cache that holds anything lets go of what is of no use; undefined when it is of use. */
function astrayUntil(world: World, asker: Asker): number | undefined {
  const first = holdings(world, asker).find(({ holding }) => holding.state !== 'empty')?.holding;
  return first?.state === 'wrong' || first?.state === 'error' ? first.until : undefined;
}

interface Held {
  readonly where: string;
  readonly holding: Holding;
}

/** What is held for the question asked, nearest the client first. */
function holdings(world: World, { population, client, question }: Asker): readonly Held[] {
  const seat: Seat = seatOf(world, population, client);
  const { start, questions } = seat.cohort.population.slots[question]!;
  return [
    { where: 'application cache', holding: applicationHolding(world, seat, start) },
    { where: 'OS cache', holding: osHolding(world, seat, start) },
    ...resolversOf(world, seat).map(({ pool, first, end }) => ({
      where: `resolver ${seat.cell.pools[pool]!.spec.name}`,
      holding: mostUseful(
        Array.from({ length: end - first }, (_, at) =>
          resolverHolding(world, seat.cell, pool, first + at, questions[0]!),
        ),
      ),
    })),
  ];
}

/** Of the caches of one resolver the fullest: the request may land on any of them. */
function mostUseful(list: readonly Holding[]): Holding {
  return list.find(({ state }) => state !== 'empty') ?? list[0]!;
}

/** Every cache, and the authorities at the end. */
function cardsOf(world: World, asker: Asker): readonly CacheCard[] {
  const { population, client } = asker;
  const why = explainPlace(world, { kind: 'client', label: '', population, client });
  const rules = new Map(why.map(({ where, text }) => [where, /\([^()]*\)$/.exec(text)?.[0] ?? '']));
  const caches = holdings(world, asker).map(({ where, holding }) => {
    // A failure is remembered for a time the cache does not tell.
    const until = holding.until > world.now ? holding.until : 0;
    return {
      where,
      ...holding,
      until,
      text: `${holdingText({ ...holding, until })} ${rules.get(where) ?? ''}`.trim(),
    };
  });
  const authority = why.find(({ where }) => where === 'authority');
  return authority ? [...caches, authorityCard(world, asker, authority)] : caches;
}

/** In times of the run, so that it stays true while time passes. */
function holdingText({ state, until, storedAt, from }: Holding): string {
  if (state === 'empty') return 'Holds nothing: the next request asks further on.';
  const fetched =
    storedAt === undefined ? '' : `Fetched at ${moment(storedAt)}${from ? ` from ${from}` : ''}`;
  if (until === 0) return fetched === '' ? '' : `${fetched}.`;
  const kept = `kept until ${moment(until)}`;
  return fetched === '' ? `${kept.charAt(0).toUpperCase()}${kept.slice(1)}.` : `${fetched}, ${kept}.`;
}

/** A time of the run, to the second. */
function moment(micros: number): string {
  return describeDuration(Math.round(micros / MICROS) * MICROS);
}

function authorityCard(
  world: World,
  { population, question }: Asker,
  { where, state, text }: { where: string; state: CacheState; text: string },
): CacheCard {
  const { slots, spec } = world.populations[population]!;
  const { questions } = slots[question]!;
  const addresses = world.outside.truth(world.answers.questions[questions[0]!]!, spec.region);
  return { where, state, holds: addresses.join(', '), until: 0, text };
}
