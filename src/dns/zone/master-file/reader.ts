/** Entries of a master file to records (RFC 1035 §5.1): directives, omitted owners and TTLs, included files. */
import type { Place } from '../../../base/issue.ts';
import { didYouMean } from '../../../base/suggest.ts';
import type { Seconds } from '../../../base/time.ts';
import { type Entry, EntryScanner } from '../../data/entry-scanner.ts';
import { type Name, parseName } from '../../data/name.ts';
import { TextError } from '../../data/text-error.ts';
import { TokenCursor } from '../../data/token.ts';
import { expandGenerate, MAX_GENERATED } from './generate.ts';
import { baseName, besideFile, resolveInclude } from './include-path.ts';
import type { IssueLog } from './issue-log.ts';
import { type PlacedRecord, readRecord, readTtl } from './record.ts';

/** Files within files; deeper is taken for a mistake. */
const MAX_INCLUDE_DEPTH = 16;
/** Included files in all: files that include others twice multiply. */
const MAX_INCLUDES = 1_000;

const DIRECTIVES = ['$ORIGIN', '$TTL', '$INCLUDE', '$GENERATE'] as const;

interface ReaderOptions {
  readonly file: string;
  readonly origin?: Name;
  readonly readInclude?: (path: string) => string | undefined;
}

export class MasterFileReader {
  /** Everything read so far, in order. */
  readonly records: PlacedRecord[] = [];
  private readonly log: IssueLog;
  private readonly options: ReaderOptions;
  private origin: Name | undefined;
  private owner: Name | undefined;
  /** From `$TTL` (RFC 2308 §4), or the first SOA's MINIMUM where there is none. */
  private defaultTtl: Seconds | undefined;
  /** The TTL written last, which counts where no default is known (RFC 1035 §5.1). */
  private lastTtl: Seconds | undefined;
  /** Paths being read, outermost first. */
  private readonly open: string[];
  private includes = 0;
  private generated = 0;
  private warnedLastTtl = false;

  constructor(log: IssueLog, options: ReaderOptions) {
    this.log = log;
    this.options = options;
    this.origin = options.origin;
    this.open = [baseName(options.file)];
  }

  /** Reads one text to its end, or until the log is full. */
  read(text: string): void {
    const file =
      this.open.length === 1 ? this.options.file : besideFile(this.options.file, this.open.at(-1)!);
    const scanner = new EntryScanner(text);
    for (let entry = scanner.next(); entry !== undefined && !this.log.isFull(); entry = scanner.next()) {
      this.readEntry(entry, file);
    }
  }

  private readEntry(entry: Entry, file: string): void {
    if (entry.error) {
      this.log.caught(entry.error, { file, line: entry.errorLine!, column: entry.errorColumn! });
      return;
    }
    const tokens = new TokenCursor(entry.tokens, this.origin);
    const first = entry.tokens[0]!;
    const here = (): Place => placeOf(tokens, file);
    try {
      if (first.text.startsWith('$') && !first.quoted && !entry.blankStart)
        this.readDirective(tokens, here());
      else this.addRecord(tokens, entry.blankStart, { file, line: first.line, column: first.column });
    } catch (error) {
      this.log.caught(error, here());
    }
  }

  private addRecord(tokens: TokenCursor, blankStart: boolean, place: Place): void {
    if (!blankStart) {
      // Kept as owner of later entries even when the rest of this entry is wrong.
      this.owner = undefined;
      this.owner = parseName(tokens.takeBare('owner name'), tokens.origin);
    }
    if (this.owner === undefined) {
      tokens.take('record');
      throw new TextError(
        'no-owner',
        'no record before this one gives its owner name',
        'start the line with a name',
      );
    }
    const { record, ttlSource } = readRecord(tokens, this.owner, place, this.defaultTtl, this.lastTtl);
    if (ttlSource === 'written') this.lastTtl = record.ttl;
    else this.warnAboutTtl(record, ttlSource);
    this.records.push(record);
  }

  private warnAboutTtl({ ttl, place }: PlacedRecord, source: 'default' | 'last' | 'minimum'): void {
    if (source === 'minimum') {
      this.defaultTtl = ttl;
      const hint = `write '$TTL ${ttl}' at the top of the file`;
      this.log.warn('ttl-from-soa', `no TTL is given; the SOA's MINIMUM of ${ttl} is used`, { place, hint });
    } else if (source === 'last' && !this.warnedLastTtl) {
      this.warnedLastTtl = true;
      const hint = `write '$TTL ${ttl}' at the top of the file`;
      this.log.warn('ttl-from-before', `no TTL is given; that of the record before, ${ttl}, is used`, {
        place,
        hint,
      });
    }
  }

  private readDirective(tokens: TokenCursor, place: Place): void {
    const name = tokens.takeBare('directive');
    switch (name.toUpperCase()) {
      case '$ORIGIN':
        this.origin = parseName(tokens.takeBare('origin'), this.origin);
        break;
      case '$TTL':
        this.defaultTtl = readTtl(tokens.takeBare('TTL'));
        break;
      case '$INCLUDE':
        this.include(tokens);
        break;
      case '$GENERATE':
        this.generate(tokens, place);
        break;
      default:
        throw new TextError('unknown-directive', `'${name}' is no directive`, didYouMean(name, DIRECTIVES));
    }
    tokens.end();
  }

  /** `$INCLUDE path [origin]`: neither origin nor owner outlast the included file (RFC 1035 §5.1). */
  private include(tokens: TokenCursor): void {
    const path = resolveInclude(tokens.take('path of the file to include').text);
    const origin = tokens.peek() ? parseName(tokens.takeBare('origin'), this.origin) : this.origin;
    tokens.end();
    const text = this.includedText(path);
    const before = { origin: this.origin, owner: this.owner };
    this.origin = origin;
    this.open.push(path);
    this.read(text);
    this.open.pop();
    this.origin = before.origin;
    this.owner = before.owner;
  }

  private includedText(path: string): string {
    if (this.open.includes(path)) {
      const cycle = [...this.open.slice(this.open.indexOf(path)), path].join(' -> ');
      throw new TextError('include-cycle', `the file includes itself: ${cycle}`);
    }
    if (this.open.length > MAX_INCLUDE_DEPTH || ++this.includes > MAX_INCLUDES) {
      throw new TextError('too-many-includes', 'files are included too deeply or too often');
    }
    if (this.options.readInclude === undefined) {
      throw new TextError(
        'include-unsupported',
        'files cannot be included here',
        'put the records into this file',
      );
    }
    const text = this.options.readInclude(path);
    if (text === undefined) throw new TextError('include-not-found', `there is no file '${path}'`);
    return text;
  }

  /** One entry of text for every step; the first that is wrong ends the directive. */
  private generate(tokens: TokenCursor, place: Place): void {
    for (const text of expandGenerate(tokens)) {
      if (++this.generated > MAX_GENERATED) {
        throw new TextError(
          'too-many-generated',
          `$GENERATE makes more than ${MAX_GENERATED} records in all`,
        );
      }
      const entry = new EntryScanner(text).next();
      if (entry?.error) throw entry.error;
      this.addRecord(new TokenCursor(entry?.tokens ?? [], this.origin), false, place);
    }
  }
}

/** Where the last token taken stands. */
function placeOf(tokens: TokenCursor, file: string): Place {
  const token = tokens.last()!;
  return { file, line: token.line, column: token.column };
}
