/**
 * The engine for the places that ask rather than watch: compare, trace and edit. A comparison starts more workers
 * of this kind, which play.
 */
import { playTask, type Scenario } from '../../src/index.ts';
import { check } from '../edit/check.ts';
import { complete } from '../edit/language/complete.ts';
import { hover } from '../edit/language/hover.ts';
import { previewZone } from '../edit/zone-preview.ts';
import { Desk } from './compare.ts';
import type { Asked, JobKind, Jobs, Told } from './compare-messages.ts';
import { Comparisons, type Player } from './compare-play.ts';
import { fetchCorefileReader } from './corefile-reader.ts';
import type { Play } from './play.ts';
import { fetchKinds } from './provider-kinds.ts';
import { findAstray, loadPlay, traceChoices, traceStory } from './trace-story.ts';

type Work<K extends JobKind> = (
  ask: Jobs[K]['ask'],
  progress: (progress: Jobs[K]['progress']) => void,
) => Jobs[K]['answer'] | Promise<Jobs[K]['answer']>;

/** Values in force in the last scenario without errors. */
let effective: Jobs['check']['answer']['effective'] = [];
/** The scenario loaded last: most jobs come several at a time. */
let loaded: { readonly key: string; readonly scenario: Scenario } | undefined;

async function scenarioOf(play: Play): Promise<Scenario> {
  await fetchCorefileReader(play);
  const key = JSON.stringify([play.source, play.sets, play.seed]);
  if (loaded?.key !== key) loaded = { key, scenario: loadPlay(play) };
  const { scenario } = loaded;
  await fetchKinds(scenario.strategies.map(({ spec }) => spec));
  return scenario;
}

/** A player is this same worker, asked to play. */
function beginPlayer(): Player {
  const desk = new Desk(() => new Worker(location.href, { type: 'module', name: self.name }));
  return {
    play: (ask, onProgress) => desk.ask('play', ask, onProgress),
    end: () => desk.end(),
  };
}

const comparisons = new Comparisons(beginPlayer, Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1)));

const WORK: { readonly [K in JobKind]: Work<K> } = {
  check: async ({ source, sets }) => {
    await fetchCorefileReader({ source, sets });
    const checked = check(source, sets);
    if (checked.effective.length > 0) effective = checked.effective;
    return checked;
  },
  complete: ({ text, offset }) => complete(text, offset, effective),
  hover: ({ text, offset }) => hover(text, offset, effective),
  zone: ({ text, file, origin }) => previewZone(text, file, origin),
  compare: async (ask, progress) => comparisons.compare(await scenarioOf(ask), ask, progress),
  stop: () => {
    comparisons.stop();
    return null;
  },
  play: async (ask, progress) => {
    const scenario = await scenarioOf(ask);
    const onProgress = (reached: number): boolean => {
      progress(reached / scenario.duration);
      return true;
    };
    return playTask(scenario, ask, { onProgress });
  },
  choices: async (ask) => traceChoices(await scenarioOf(ask)),
  trace: async (ask) => traceStory(await scenarioOf(ask), ask),
  find: async (ask) => findAstray(await scenarioOf(ask), ask),
};

/** Does what is asked and tells what comes of it. */
export async function work<K extends JobKind>({ id, kind, ask }: Asked<K>): Promise<void> {
  const tell = (told: Told): void => postMessage(told);
  try {
    const run: Work<K> = WORK[kind];
    tell({ id, answer: await run(ask, (progress) => tell({ id, progress })) });
  } catch (error) {
    tell({ id, failed: error instanceof Error ? error.message : String(error) });
  }
}
