/** What stands at a place of a scenario, explained. */
import type { Effective } from '../check.ts';
import { placeAt } from './cursor.ts';
import { meaningOf, samplesOf } from './schema-notes.ts';

export interface Hover {
  /** The piece of text that is explained. */
  readonly from: number;
  readonly to: number;
  /** Path in the document. */
  readonly path: string;
  /** Sentences. */
  readonly lines: readonly string[];
}

/** @param effective values of the last scenario that could be played */
export function hover(text: string, offset: number, effective: readonly Effective[] = []): Hover | undefined {
  const place = placeAt(text, offset);
  if (!place) return undefined;
  const path = place.path.join('.');
  const meaning = meaningOf(place.path);
  const examples = samplesOf(place.path).flatMap(({ text: sample, about }) =>
    about === 'example' ? [sample] : [],
  );
  const inForce = effective
    .filter((value) => value.path === path || value.path.startsWith(`${path}.`))
    .slice(0, 6);
  const lines = [
    ...meaning,
    ...(examples.length > 0 ? [`For example ${examples.join(', ')}.`] : []),
    ...inForce.map(
      (value) => `In force: ${value.path === path ? '' : `${value.path} `}${value.value}, ${value.source}.`,
    ),
  ];
  return lines.length > 0 ? { from: place.from, to: place.to, path, lines } : undefined;
}
