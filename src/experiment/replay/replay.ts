/** One script from text to verdict. */
import type { Issue } from '../../base/issue.ts';
import { Resolver } from '../../dns/resolve/resolver.ts';
import { LEVELS, type Level, type LevelVerdict, type ReplayVerdict } from '../../measure/script-verdict.ts';
import { resolverOf, type SettingValues } from './options/options.ts';
import { type Played, playScript, ScriptFault } from './play/player.ts';
import { readScript } from './read/read.ts';

/** The fractional part of the golden ratio: its multiples fill the circle most evenly. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

export interface ReplayRequest {
  readonly text: string;
  /** Name for messages. */
  readonly file: string;
  /** Profile of the resolver, such as `unbound`. */
  readonly profile: string;
  /** Settings that override the script's configuration; see `readSetting`. */
  readonly settings?: SettingValues;
}

/** A verdict, or what keeps the script from being played; and what in it was passed over. */
export interface ReplayOutcome {
  readonly verdict: ReplayVerdict | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Reads a script and plays it. What the script holds never makes it throw.
 * @throws RangeError for an unknown profile
 */
export function replayScript({ text, file, profile, settings = new Map() }: ReplayRequest): ReplayOutcome {
  const { script, issues } = readScript(text, file);
  if (script === undefined) return { verdict: undefined, issues };
  const resolver = resolverOf(script, file, profile, settings);
  if (resolver.issues.length > 0) return { verdict: undefined, issues: [...issues, ...resolver.issues] };
  try {
    const played = playScript(script, new Resolver(resolver.options, spreadDraws()), resolver.bars);
    const gaps = [...script.gaps, ...resolver.gaps];
    return { verdict: { file, title: script.title, levels: levelsOf(played), gaps, ...played }, issues };
  } catch (error) {
    if (!(error instanceof ScriptFault)) throw error;
    return { verdict: undefined, issues: [...issues, faultIssue(error, file)] };
  }
}

/** Draws that are spread evenly over [0, 1), the same for every script: no choice falls on one side for ever. */
function spreadDraws(): () => number {
  let next = 0;
  return () => {
    const draw = next;
    next = (next + GOLDEN_RATIO) % 1;
    return draw;
  };
}

function levelsOf({ differences, checked }: Played): Record<Level, LevelVerdict> {
  const verdictOf = (level: Level): LevelVerdict => {
    if (differences.some((difference) => difference.level === level)) return 'differs';
    return checked.has(level) ? 'agrees' : 'unchecked';
  };
  return Object.fromEntries(LEVELS.map((level) => [level, verdictOf(level)])) as Record<Level, LevelVerdict>;
}

function faultIssue({ message, line }: ScriptFault, file: string): Issue {
  return { severity: 'error', code: 'replay-cannot-play', message, place: { file, line, column: 1 } };
}
