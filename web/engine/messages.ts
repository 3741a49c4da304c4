/** What every worker of the page is given to work on. */

/** A scenario with everything it may read. */
export interface Source {
  readonly text: string;
  /** Name for messages. */
  readonly file: string;
  /** Texts of files beside the scenario, by path. */
  readonly files: Readonly<Record<string, string>>;
}
