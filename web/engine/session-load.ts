/** Worker side: from a setup to a world of the right size, and what the page is told of it. */
import { SECOND } from '../../src/base/time.ts';
import { movesOf } from '../../src/experiment/session/moves.ts';
import { scaleSpec } from '../../src/experiment/session/scale.ts';
import { loadForPlay, type Playable, type PlaySetup } from '../../src/experiment/session/setup.ts';
import { topologyOf } from '../../src/experiment/session/topology.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import type { Description, Issue, Mark, Move, Setup } from './session-messages.ts';

export interface Loaded {
  /** Not larger than the setup allows. */
  readonly spec: WorldSpec;
  readonly seed: number;
  readonly description: Description;
}

/** A world, or why there is none. */
export type LoadAnswer = Loaded | { readonly issues: readonly Issue[] };

export function load(setup: Setup): LoadAnswer {
  const { playable, issues } = loadForPlay(playSetup(setup));
  if (!playable) return { issues };
  const spec = scaleSpec(playable.spec, setup.clients);
  return { spec, seed: playable.scenario.seed, description: describe(playable, spec) };
}

export function moves(setup: Setup): readonly Move[] {
  return movesOf(playSetup(setup));
}

function playSetup({ source, sets, seed, strategy, injected }: Setup): PlaySetup {
  return {
    text: source.text,
    file: source.file,
    readFile: (path) => source.files[path],
    sets,
    injected,
    ...(seed === undefined ? {} : { seed }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}

function describe({ scenario, knobs, strategies, sets }: Playable, spec: WorldSpec): Description {
  const { populations, resolvers, timeline, duration } = spec;
  const first = timeline.find(({ kind }) => kind === 'fault') ?? timeline[0];
  return {
    title: scenario.title,
    description: scenario.description,
    seed: scenario.seed,
    duration: duration / SECOND,
    faultAt: (first?.at ?? 0) / SECOND,
    clients: populations.reduce((sum, { count }) => sum + count, 0),
    represents: populations.reduce((sum, { represents }) => sum + represents, 0),
    resolverCaches: resolvers.reduce((sum, { count, fragments }) => sum + count * fragments, 0),
    knobs,
    strategies,
    topology: topologyOf(spec),
    marks: timeline.map((item): Mark => {
      const mark = { kind: item.kind, at: item.at / SECOND, label: item.label };
      if (item.kind === 'change' || item.until >= duration) return mark;
      return { ...mark, until: item.until / SECOND };
    }),
    sets,
    repeat: [...sets, ...scaling(scenario.strategies[0]!.spec, spec), 'strategies={}', 'expect=[]'],
  };
}

/** The settings that make the world as small as it is played. */
function scaling(whole: WorldSpec, { populations, resolvers }: WorldSpec): readonly string[] {
  if (whole.populations.every(({ count }, at) => count === populations[at]!.count)) return [];
  return [
    ...populations.flatMap(({ name, count, represents }) => [
      `clients.${name}.count=${count}`,
      `clients.${name}.represents=${represents}`,
    ]),
    ...resolvers.map(({ name, count }) => `resolvers.${name}.count=${count}`),
  ];
}
