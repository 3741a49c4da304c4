/** `dnsdrill profiles`: the profiles that ship, one explained, or two compared. */
import { didYouMean } from '../../base/suggest.ts';
import { renderJson } from '../../report/json.ts';
import { clean, clip } from '../../report/layout.ts';
import {
  compareProfiles,
  explainProfile,
  listProfiles,
  searchProfiles,
} from '../../report/profiles/catalogue.ts';
import type { ProfileExplanation } from '../../report/profiles/explanation.ts';
import { renderProfile, renderProfileComparison, renderProfileList } from '../../report/profiles/text.ts';
import { CliFailure, EXIT, type ExitCode } from '../exit.ts';
import { surroundings, writeOut } from '../streams.ts';
import { textOptionsFor } from '../terminal.ts';

export interface ProfilesOptions {
  readonly diff?: boolean;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** Profiles a message names at most. */
const MOST_SHOWN = 8;

/** @throws CliFailure when a name is unknown, or two of different kinds are to be compared */
export async function runProfiles(names: readonly string[], options: ProfilesOptions): Promise<ExitCode> {
  const text = options.diff ? comparison(names, options) : explanations(names, options);
  await writeOut(text);
  return EXIT.finished;
}

function explanations(names: readonly string[], options: ProfilesOptions): string {
  const style = textOptionsFor(options.color, surroundings());
  const found = names.flatMap(find);
  if (names.length === 0) {
    return options.json ? renderJson(listProfiles()) : renderProfileList(listProfiles(), style);
  }
  return options.json ? renderJson(found) : found.map((one) => renderProfile(one, style)).join('\n');
}

function comparison(names: readonly string[], options: ProfilesOptions): string {
  const [one, other] = names;
  if (one === undefined || other === undefined || names.length > 2) {
    throw new CliFailure(EXIT.wrongUsage, '--diff takes two profiles: dnsdrill profiles --diff unbound bind');
  }
  const [[first], [second]] = [find(one), find(other)];
  if (first!.section === 'populations' && second!.section === 'populations') {
    throw new CliFailure(EXIT.wrongUsage, 'Populations are not compared: name both without --diff.');
  }
  const compared = compareProfiles(one, other);
  if (!compared) {
    const kinds = `${one} is ${kindOf(first!)}, ${other} ${kindOf(second!)}`;
    throw new CliFailure(EXIT.wrongUsage, `${kinds}: only profiles of one kind can be compared.`);
  }
  const style = textOptionsFor(options.color, surroundings());
  return options.json ? renderJson(compared) : renderProfileComparison(compared, style);
}

function kindOf({ noun }: ProfileExplanation): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function find(name: string): readonly ProfileExplanation[] {
  const found = explainProfile(name);
  if (found.length > 0) return found;
  const shown = clip(clean(name), 40);
  const near = searchProfiles(name);
  const hint =
    near.length > 0
      ? `perhaps ${near.slice(0, MOST_SHOWN).join(', ')}${near.length > MOST_SHOWN ? ', ...' : ''}`
      : didYouMean(name, new Set(listProfiles().map(({ id }) => id)));
  throw new CliFailure(
    EXIT.wrongUsage,
    `There is no profile '${shown}': ${hint}\ndnsdrill profiles lists them all.`,
  );
}
