/** What an operator can move at providers, as a timeline entry names it: `endpoint us-east`, `pool eu`, `check us`. */
import { didYouMean } from '../base/suggest.ts';
import { type Kind, Problem, quote } from './kinds.ts';

export const LEVER_FORMS = {
  endpoint: 'endpoint NAME',
  pool: 'pool NAME',
  check: 'check NAME',
  policy: 'policy NAME/TYPE',
  feed: 'feed NAME',
} as const;

export type LeverWord = keyof typeof LEVER_FORMS;

/** A lever split into its parts; names are not looked up yet. */
export interface LeverText {
  readonly word: LeverWord;
  readonly name: string;
}

/** Levers of some sorts. */
export function leverKind(...words: readonly LeverWord[]): Kind<LeverText> {
  return {
    noun: 'something to operate',
    json: { type: 'string', pattern: `^(${words.join('|')}) .+$` },
    read(raw) {
      const parts = typeof raw === 'string' ? /^\s*(\S+)\s+(.+?)\s*$/.exec(raw) : null;
      const word = words.find((one) => one === parts?.[1]);
      if (word !== undefined) return { word, name: parts![2]! };
      const forms = words.map((one) => LEVER_FORMS[one]).join(', ');
      const hint = (parts && didYouMean(parts[1]!, words)) ?? `write ${forms}`;
      return new Problem('scenario-bad-target', `${quote(raw)} cannot be operated`, hint);
    },
    show: ({ word, name }) => `${word} ${name}`,
  };
}
