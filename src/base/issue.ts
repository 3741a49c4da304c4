/**
 * Problems a person can act on.
 *
 * Every reader of outside input (scenario, master file, command line) collects issues and reports all of
 * them at once; only a programming error throws.
 */

/** Where in a file a problem stands. Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = 'error' | 'warning';

/** One problem: what is wrong (`message`), where (`place`, `path`), and what to do (`hint`). */
export interface Issue {
  readonly severity: Severity;
  /** Stable machine name, for example `zone-unknown-type` or `scenario-unknown-key`. */
  readonly code: string;
  readonly message: string;
  /** Path in the document, for example `clients.browsers.count`; empty where the document has no tree. */
  readonly path?: string;
  readonly place?: Place;
  readonly hint?: string;
}

/**
 * `file:line:column: code message`, as compilers print, with the hint on a line of its own. Control characters of the
 * input are spelt out, so that they cannot steer a terminal.
 */
export function formatIssue(issue: Issue): string {
  const place = issue.place ? `${issue.place.file}:${issue.place.line}:${issue.place.column}: ` : '';
  const path = issue.path ? ` (at ${issue.path})` : '';
  const hintLine = issue.hint ? `\n    hint: ${visible(issue.hint)}` : '';
  return visible(`${place}${issue.severity} ${issue.code}: ${issue.message}${path}`) + hintLine;
}

function visible(text: string): string {
  return text.replaceAll(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Thrown across floors when input cannot be used; carries every problem found. */
export class InvalidInput extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
    this.name = 'InvalidInput';
    this.issues = issues;
  }
}
