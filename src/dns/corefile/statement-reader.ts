/** What readers of plugins share: words to numbers, durations and zones, with every problem at its word. */
import type { Issue } from '../../base/issue.ts';
import { didYouMean } from '../../base/suggest.ts';
import { type Micros, parseDuration, SECOND, type Seconds } from '../../base/time.ts';
import type { Name } from '../data/name.ts';
import { type RrType, typeFromText } from '../data/rrtype.ts';
import { zoneName } from './keys.ts';
import type { Fallthrough } from './plugins.ts';
import type { ReadImport, Statement } from './statements.ts';
import { problem, type Word } from './words.ts';

/** Reads one option of a plugin's block. @param words after its name */
export type OptionReader = (words: readonly Word[], option: Statement) => void;

/** What reading leads to beside plugins. */
export interface Findings {
  readonly issues: Issue[];
  /** What is understood and changes nothing, as `PLUGIN OPTION`. */
  readonly quiet: string[];
}

export class StatementReader {
  readonly statement: Statement;
  /** Zones of the server block. */
  readonly zones: readonly Name[];
  readonly readFile: ReadImport;
  readonly #findings: Findings;

  constructor(statement: Statement, zones: readonly Name[], readFile: ReadImport, findings: Findings) {
    this.statement = statement;
    this.zones = zones;
    this.readFile = readFile;
    this.#findings = findings;
  }

  get name(): Word {
    return this.statement.words[0]!;
  }

  /** Words after the plugin's name. */
  get arguments(): readonly Word[] {
    return this.statement.words.slice(1);
  }

  fail(word: Word, message: string, hint?: string): void {
    this.#findings.issues.push(problem(word, 'corefile-value', `${this.name.text}: ${message}`, { hint }));
  }

  warn(word: Word, code: string, message: string, hint?: string): void {
    this.#findings.issues.push(
      problem(word, code, `${this.name.text}: ${message}`, { hint, severity: 'warning' }),
    );
  }

  /** Something that is understood and changes nothing. */
  quiet(option: string): void {
    this.#findings.quiet.push(`${this.name.text} ${option}`);
  }

  /** Tells of a word that nobody knows what for. @param option where it stands; absent: behind the plugin's name */
  leaveOut(word: Word, option?: string): void {
    const where = option === undefined ? '' : `${option}: `;
    this.warn(word, 'corefile-left-out', `${where}nothing is known of '${word.text}': it is left out`);
  }

  /**
   * Goes through the block.
   * @param ignored options that are understood but not modelled
   * @param most how many words options take; those not named take any number
   */
  options(
    readers: Readonly<Record<string, OptionReader>>,
    ignored: readonly string[] = [],
    most: Readonly<Record<string, number>> = {},
  ): void {
    for (const option of this.statement.block ?? []) {
      const [name, ...words] = option.words as [Word, ...Word[]];
      const read = Object.hasOwn(readers, name.text) ? readers[name.text] : undefined;
      const room = Object.hasOwn(most, name.text) ? most[name.text]! : words.length;
      for (const word of words.slice(room)) this.leaveOut(word, name.text);
      if (read) read(words.slice(0, room), option);
      else if (ignored.includes(name.text)) {
        this.warn(name, 'corefile-not-modelled', `${name.text} is not modelled and has no effect`);
      } else {
        const known = [...Object.keys(readers), ...ignored];
        this.fail(name, `there is no option '${name.text}'`, didYouMean(name.text, known));
      }
    }
  }

  /** For plugins that take so many words and no block. */
  nothingElse(words: number): void {
    for (const word of this.arguments.slice(words)) this.leaveOut(word);
    this.options({});
  }

  /** A whole number; `fallback` when it is none. */
  whole(word: Word | undefined, least: number, most: number, fallback: number): number {
    const value = word && /^\d+$/.test(word.text) ? Number(word.text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const said = word ? `'${word.text}'` : 'nothing';
    this.fail(word ?? this.name, `needs a whole number from ${least} to ${most}, not ${said}`);
    return fallback;
  }

  /** A Go duration (`30s`, `1m30s`); `fallback` when it is none. */
  duration(word: Word | undefined, fallback: Micros): Micros {
    const value = word && (word.text === '0' ? 0 : parseDuration(word.text));
    if (value !== undefined) return value;
    this.fail(word ?? this.name, `needs a duration, not '${word?.text ?? ''}'`, 'write it like 30s or 1m30s');
    return fallback;
  }

  seconds(word: Word | undefined, fallback: Seconds): Seconds {
    return Math.floor(this.duration(word, fallback * SECOND) / SECOND);
  }

  oneOf<const T extends string>(word: Word | undefined, words: readonly T[], fallback: T): T {
    const found = words.find((one) => one === word?.text);
    if (found !== undefined) return found;
    const hint = word && didYouMean(word.text, words);
    this.fail(word ?? this.name, `'${word?.text ?? ''}' is none of ${words.join(', ')}`, hint);
    return fallback;
  }

  type(word: Word): RrType | undefined {
    const type = typeFromText(word.text.toUpperCase());
    if (type === undefined) this.fail(word, `there is no type '${word.text}'`);
    return type;
  }

  zone(word: Word): Name[] {
    const zone = zoneName(word.text);
    if (!zone.includes(' ')) return [zone as Name];
    this.fail(word, zone);
    return [];
  }

  /** The zones written, or those of the server block. */
  zonesOr(words: readonly Word[]): readonly Name[] {
    const written = words.flatMap((word) => this.zone(word));
    return written.length > 0 ? written : this.zones;
  }

  /** `fallthrough [ZONES...]`. @param own zones of the plugin */
  fallthrough(words: readonly Word[], own: readonly Name[]): Fallthrough {
    return words.length === 0 ? own : words.flatMap((word) => this.zone(word));
  }
}
