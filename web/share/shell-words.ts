/** Command lines and workflow files that repeat what the page shows. */
import type { Shared } from './codec.ts';

/** A word as a POSIX shell reads it (IEEE 1003.1, 2.2.2: between single quotes nothing is special). */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a command repeats. */
export type Repeatable = Pick<Shared, 'file' | 'sets' | 'seed'>;

/** `dnsdrill compare drill.yaml --set duration=2h --seed 7`, without the program that runs it. */
export function commandWords(
  command: string,
  { file, sets, seed }: Repeatable,
  more: readonly string[] = [],
): string[] {
  return [
    'dnsdrill',
    command,
    file,
    ...sets.flatMap((set) => ['--set', set]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...more,
  ];
}

/** A line for a terminal. */
export function commandLine(command: string, what: Repeatable, more: readonly string[] = []): string {
  return `npx ${commandWords(command, what, more).map(shellWord).join(' ')}`;
}
