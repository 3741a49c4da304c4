/** A script's lines without comments and outer blanks, and the problems found in them. */
import type { Issue, Severity } from '../../../base/issue.ts';
import type { Gap } from '../../../measure/script-verdict.ts';

export interface Line {
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** Of the first character that is no blank; counts from 1. */
  readonly column: number;
}

/** Where on a line something begins. */
type Spot = Pick<Line, 'number' | 'column'>;

/** Lines that say something. @param comments characters that begin a comment outside of quotes */
export function linesOf(text: string, firstNumber: number, comments: string): Line[] {
  return text.split('\n').flatMap((raw, index) => {
    const bare = withoutComment(raw, comments);
    const trimmed = bare.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const column = bare.length - bare.trimStart().length + 1;
    return [{ text: trimmed, number: firstNumber + index, column }];
  });
}

function withoutComment(line: string, comments: string): string {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (!quoted && comments.includes(line[at]!)) return line.slice(0, at);
  }
  return line;
}

/** Words of a line, at blanks. */
export function wordsOf({ text }: Line): string[] {
  return text.split(/\s+/);
}

/** Problems and gaps of one script, in the order they were found. */
export class Findings {
  readonly issues: Issue[] = [];
  readonly #file: string;
  readonly #gaps: Map<string, Gap> = new Map();

  constructor(file: string) {
    this.#file = file;
  }

  get gaps(): Gap[] {
    return [...this.#gaps.values()];
  }

  /** A problem on a line. @param column within the line's text, from 0 */
  add(line: Spot, code: string, message: string, hint?: string, column = 0): void {
    this.#note('error', line, code, message, hint, column);
  }

  /** Something unknown that is passed over: the script is played, but counts as one that needs more than there is. */
  skip(line: Spot, code: string, message: string, hint?: string, column = 0): void {
    this.#note('warning', line, code, `${message}; it is passed over`, hint, column);
    this.gap(line, 'words that are not known', true);
  }

  #note(
    severity: Severity,
    line: Spot,
    code: string,
    message: string,
    hint: string | undefined,
    column: number,
  ): void {
    const place = { file: this.#file, line: line.number, column: line.column + column };
    const issue = { severity, code: `replay-${code}`, message, place };
    this.issues.push(hint === undefined ? issue : { ...issue, hint });
  }

  /** Something that is not modelled; named once, and decisive if it ever was. */
  gap({ number: line }: Pick<Line, 'number'>, feature: string, decisive: boolean): void {
    const known = this.#gaps.get(feature);
    if (known === undefined || (decisive && !known.decisive)) {
      this.#gaps.set(feature, { feature, line: known?.line ?? line, decisive });
    }
  }
}
