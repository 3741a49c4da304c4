/** Turning knobs: settings by path, the latest for each path. */
import { type Knob, setFor } from '../../src/experiment/session/knob.ts';

/** The path a setting, or a knob's template, sets. */
export function pathOf(set: string): string {
  return set.split('=', 1)[0]!;
}

/** The settings with a knob turned; what was set at its path, or below it, is replaced. */
export function turned(
  sets: readonly string[],
  knob: Pick<Knob, 'template'>,
  value: string | number,
): readonly string[] {
  const set = setFor(knob, value);
  const path = pathOf(set);
  const others = sets.filter((one) => pathOf(one) !== path && !pathOf(one).startsWith(`${path}.`));
  return [...others, set];
}
