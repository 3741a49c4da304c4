/** The places of the page: where each comes from. Those that are not needed at once are loaded when opened. */
import type { View } from './route.ts';

export interface Place {
  readonly view: View;
  readonly title: string;
  /** Name of its element; absent while there is nothing but the sentence. */
  readonly element?: string;
  /** What it is for, one sentence. */
  readonly sentence: string;
}

export const PLACES: readonly Place[] = [
  {
    view: 'learn',
    title: 'Learn',
    element: 'dnsdrill-learn',
    sentence: 'Every drill asks a question. Guess its answer, play it, and see.',
  },
  {
    view: 'play',
    title: 'Play',
    element: 'dnsdrill-play',
    sentence: 'Play an outage and see who is broken, and why.',
  },
  {
    view: 'compare',
    title: 'Compare',
    element: 'dnsdrill-compare',
    sentence:
      'Comparing strategies on the same random draws is being built; `dnsdrill compare` does it in the terminal.',
  },
  {
    view: 'trace',
    title: 'Trace',
    element: 'dnsdrill-trace',
    sentence:
      'Following one request through every cache is being built; `dnsdrill trace` does it in the terminal.',
  },
  {
    view: 'rehearse',
    title: 'Rehearse',
    element: 'dnsdrill-rehearse',
    sentence: 'Break a running drill, find out why, repair it, and wind it back.',
  },
  { view: 'edit', title: 'Edit', element: 'dnsdrill-edit', sentence: 'The editor is being built.' },
];

export function placeOf(view: View): Place {
  return PLACES.find((place) => place.view === view)!;
}

const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  ...import.meta.glob('../{compare,trace,edit,learn,rehearse}/element.ts'),
};

/** Loads a place's element. @returns its name, or undefined when there is none */
export async function loadPlace(view: View): Promise<string | undefined> {
  const { element } = placeOf(view);
  if (element === undefined || customElements.get(element)) return element;
  const mine = Object.entries(LOADERS).filter(([path]) => path.startsWith(`../${view}/`));
  await Promise.all(mine.map(([, load]) => load()));
  return customElements.get(element) ? element : undefined;
}
