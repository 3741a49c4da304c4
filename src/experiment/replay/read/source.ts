/** The lines of the scenario part, taken one by one. */

import { ROOT } from '../../../dns/data/name.ts';
import type { Findings, Line } from './lines.ts';
import type { RecordContext } from './records.ts';

/** TTL of records that name none, seconds: the convention of these scripts. */
const DEFAULT_TTL = 3_600;

export class ScriptSource {
  readonly findings: Findings;
  context: RecordContext = { origin: ROOT, ttl: DEFAULT_TTL };
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(lines: readonly Line[], findings: Findings) {
    this.#lines = lines;
    this.findings = findings;
  }

  peek(): Line | undefined {
    return this.#lines[this.#at];
  }

  next(): Line | undefined {
    return this.#lines[this.#at++];
  }

  /**
   * The next line of a part that ends with a line `end`; undefined at that line, or at the end of the script, which
   * is noted for the innermost part only.
   */
  inside(end: string, begin: Line): Line | undefined {
    const line = this.next();
    const isFirstMiss = this.#at === this.#lines.length + 1;
    if (line === undefined && isFirstMiss) {
      this.findings.add(begin, 'never-ends', `what begins here is not ended by ${end}`);
    }
    return line && firstWord(line.text) === end ? undefined : line;
  }

  /** Notes what a keyword needs; a leading `!` marks what answers depend on. */
  needs(line: Line, needs: string): void {
    const decisive = needs.startsWith('!');
    this.findings.gap(line, decisive ? needs.slice(1) : needs, decisive);
  }
}

function firstWord(text: string): string {
  return /^\S*/.exec(text)![0];
}
