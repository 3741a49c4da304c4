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
    sentence:
      'Lessons are not here yet: eight of them, from one look-up to a failover, will be played on the very engine that Play uses. Until then, Play explains every word with a dotted line, and every square of the cache field when you point at it.',
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
    sentence:
      'Rehearsals with a facilitator, an operator and a score are not here yet. Until then, Play lets you inject faults into a running drill, wind it back and repair it.',
  },
  { view: 'edit', title: 'Edit', element: 'dnsdrill-edit', sentence: 'The editor is being built.' },
];

export function placeOf(view: View): Place {
  return PLACES.find((place) => place.view === view)!;
}

const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  ...import.meta.glob('../{compare,trace,edit}/element.ts'),
};

/** Loads a place's element. @returns its name, or undefined when there is none */
export async function loadPlace(view: View): Promise<string | undefined> {
  const { element } = placeOf(view);
  if (element === undefined || customElements.get(element)) return element;
  const mine = Object.entries(LOADERS).filter(([path]) => path.startsWith(`../${view}/`));
  await Promise.all(mine.map(([, load]) => load()));
  return customElements.get(element) ? element : undefined;
}
