/** The strategies of a scenario as presets to choose from. */

/** A choice among the strategies of a file. */
export interface Preset {
  readonly name: string;
  /** Absent: the file as written. */
  readonly strategy?: string;
}

/**
 * @param strategies names, in the order of the file
 * @param text of the scenario
 */
export function presetsOf(strategies: readonly string[], text: string): readonly Preset[] {
  if (strategies.length === 0) return [];
  const plain = plainStrategyOf(text);
  const presets = strategies.map((name): Preset => (name === plain ? { name } : { name, strategy: name }));
  return strategies.some((name) => name === plain) ? presets : [{ name: 'as written' }, ...presets];
}

/** The strategy that changes nothing, `name: {}` below `strategies:`; undefined when each one changes something. */
function plainStrategyOf(text: string): string | undefined {
  const [, block = ''] = /^strategies:[ \t]*\n((?:(?:[ \t#].*)?\n)*)/m.exec(`${text}\n`) ?? [];
  return /^ {2}(['"]?)([^'"\n]+?)\1:[ \t]*\{[ \t]*\}/m.exec(block)?.[2];
}
