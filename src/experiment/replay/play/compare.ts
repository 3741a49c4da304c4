/**
 * Expected and actual answers, compared by level. Records are compared as sets: their order is left to the
 * software, and names are always in lower case.
 */
import type { Answer } from '../../../dns/resolve/protocol.ts';
import type { Difference, Level } from '../../../measure/script-verdict.ts';
import type { ScriptEntry, ScriptStep } from '../script.ts';
import { rcodeOf, recordLines } from './message.ts';

/** What one level says of a step. */
export interface Compared {
  readonly level: Level;
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

/** What an expected answer asks to be compared, level by level. */
export function compareAnswer({ match, ...entry }: ScriptEntry, answer: Answer): Compared[] {
  const all = match.has('all') || match.has('all_noedns');
  const whole = all || match.has('answer');
  const compared: Compared[] = [];
  const add = (level: Level, expected: readonly string[], got: readonly string[]): void => {
    compared.push({ level, expected, got });
  };
  if (all || match.has('rcode')) add('rcode', [rcodeOf({ match, ...entry })], [answer.rcode]);
  if (whole) add('answer', recordLines(entry.answer, false), recordLines(answer.answer, false));
  if (whole && match.has('ttl'))
    add('ttl', recordLines(entry.answer, true), recordLines(answer.answer, true));
  const errors = [...match].filter((word) => /^ede=\d+$/.test(word));
  if (all || errors.length > 0) {
    const others = all ? [...entry.authority, ...entry.additional] : [];
    const got = all ? answer.authority : [];
    const error = answer.ede && errors.length > 0 ? [`ede=${answer.ede.code}`] : [];
    const ttl = match.has('ttl');
    add('authority', [...errors, ...recordLines(others, ttl)], [...error, ...recordLines(got, ttl)]);
  }
  return compared;
}

/** The difference of one comparison; undefined when both sides say the same. */
export function differenceAt({ number, line }: ScriptStep, compared: Compared): Difference | undefined {
  const { expected, got } = compared;
  const same = expected.length === got.length && expected.every((text, index) => text === got[index]);
  return same ? undefined : { step: number, line, ...compared };
}
