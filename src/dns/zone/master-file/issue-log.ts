/** Collects the problems of one master file with their places. */
import type { Issue, Place, Severity } from '../../../base/issue.ts';
import { TextError } from '../../data/text-error.ts';

/** Errors after which a file is given up: nobody reads more, and each costs time. */
const MAX_ERRORS = 1_000;
/** Warnings that are kept. */
const MAX_WARNINGS = 1_000;

/** What a problem may add to its message. */
export interface IssueDetail {
  readonly place?: Place | undefined;
  readonly hint?: string | undefined;
}

export class IssueLog {
  readonly issues: Issue[] = [];
  private readonly file: string;
  private errors = 0;
  private warnings = 0;

  /** @param file where problems of the zone as a whole are placed */
  constructor(file: string) {
    this.file = file;
  }

  /** `code` without the prefix `zone-`. */
  error(code: string, message: string, detail: IssueDetail = {}): void {
    if (this.isFull()) return;
    this.errors++;
    this.add('error', code, message, detail);
    if (this.isFull())
      this.add('error', 'too-many-errors', `reading stops after ${MAX_ERRORS} errors`, detail);
  }

  warn(code: string, message: string, detail: IssueDetail = {}): void {
    this.warnings++;
    if (this.warnings <= MAX_WARNINGS) this.add('warning', code, message, detail);
    if (this.warnings === MAX_WARNINGS + 1)
      this.add('warning', 'too-many-warnings', 'further warnings are left out', {});
  }

  /** Notes what a reader of text threw; anything else is a programming error and goes on. */
  caught(error: unknown, place: Place): void {
    if (!(error instanceof TextError)) throw error;
    this.error(error.code, error.message, { place, hint: error.hint });
  }

  hasErrors(): boolean {
    return this.errors > 0;
  }

  /** Whether so many errors were found that reading on makes no sense. */
  isFull(): boolean {
    return this.errors >= MAX_ERRORS;
  }

  private add(severity: Severity, code: string, message: string, { place, hint }: IssueDetail): void {
    this.issues.push({
      severity,
      code: `zone-${code}`,
      message,
      place: place ?? { file: this.file, line: 1, column: 1 },
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
