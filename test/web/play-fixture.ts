/** One small world played to its end, for tests of what Play makes of it. */
import { OutcomeBuilder, type SessionOutcome } from '../../src/experiment/session/outcome.ts';
import { loadForPlay } from '../../src/experiment/session/setup.ts';
import type { WorldSpec } from '../../src/model/spec.ts';
import { World } from '../../src/model/world.ts';
import { TEXT } from '../experiment/session/scenario.ts';

export const NBSP = '\u00a0';

/** Texts as they read, whatever spaces they are written with. */
export function plain(text: string): string {
  return text.replaceAll(NBSP, ' ');
}

const { playable } = loadForPlay({ text: TEXT, file: 'small.yaml' });
export const SPEC: WorldSpec = playable!.spec;
const WORLD = new World(SPEC, 3, 0);
const BUILDER = new OutcomeBuilder();
for (let at = 0; at < 60; at++) {
  WORLD.runUntil((at + 1) * 60e6);
  BUILDER.sample(WORLD);
}
BUILDER.add(WORLD);
/** What the small scenario comes to. */
export const OUTCOME: SessionOutcome = BUILDER.build('small');

type Recovery = SessionOutcome['result']['overall']['recovery'];

/** An outcome with these times; everybody was affected unless told otherwise. */
export function outcome(
  half: number | null,
  nearlyAll: number | null,
  affected = 1,
  censored = 0,
): SessionOutcome {
  const { result } = OUTCOME;
  const recovery: Recovery = {
    ...result.overall.recovery,
    affected: { mean: affected },
    censored: { mean: censored },
  };
  return { ...OUTCOME, half, nearlyAll, result: { ...result, overall: { ...result.overall, recovery } } };
}
