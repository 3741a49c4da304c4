/** A scenario as plain data: its text, every file it includes, and what the command line changes. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReadFile } from '../scenario/files.ts';
import { readText, STANDARD_INPUT } from './files.ts';

/** Enough to load the same scenario again, in another thread too. */
export interface ScenarioSource {
  readonly text: string;
  /** Name for messages. */
  readonly file: string;
  /** Files it includes: path below its folder, and text. */
  readonly files: Readonly<Record<string, string>>;
  /** `path=value`, in order. */
  readonly sets: readonly string[];
  readonly seed?: number;
  readonly replications?: number;
}

/**
 * Reads files beside a scenario: below its folder, or the current one for standard input.
 * @returns a reader that gives `undefined` for what is no file. It throws CliFailure for a file it cannot read
 */
export function readBeside(scenarioPath: string): ReadFile {
  const folder = scenarioPath === STANDARD_INPUT ? '.' : dirname(scenarioPath);
  return (path) => {
    const place = join(folder, path);
    return statSync(place, { throwIfNoEntry: false })?.isFile() ? readText(place) : undefined;
  };
}
