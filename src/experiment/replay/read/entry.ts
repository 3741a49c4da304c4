/** Entries: ENTRY_BEGIN to ENTRY_END. */
import { didYouMean } from '../../../base/suggest.ts';
import { type Name, parseName, ROOT } from '../../../dns/data/name.ts';
import { gatherRRsets, type ResourceRecord } from '../../../dns/data/rrset.ts';
import { TextError } from '../../../dns/data/text-error.ts';
import type { TokenCursor } from '../../../dns/data/token.ts';
import type { ScriptEntry } from '../script.ts';
import { shown } from './config.ts';
import { ADJUST, MATCH, REPLY } from './keywords.ts';
import type { Line } from './lines.ts';
import { wordsOf } from './lines.ts';
import { readQuestion, readRecord, readTtl, tokensOf } from './records.ts';
import type { ScriptSource } from './source.ts';

type Section = 'QUESTION' | 'ANSWER' | 'AUTHORITY' | 'ADDITIONAL';

const SECTIONS: readonly string[] = ['QUESTION', 'ANSWER', 'AUTHORITY', 'ADDITIONAL'];
const TABLES: Readonly<Record<string, readonly [word: string, keywords: Readonly<Record<string, string>>]>> =
  {
    MATCH: ['MATCH', MATCH],
    ADJUST: ['ADJUST', ADJUST],
    REPLY: ['REPLY', REPLY],
    FLAGS: ['REPLY', REPLY],
  };
/** Parts of an entry that end with a word of their own. */
const RAW: Readonly<Record<string, string>> = {
  HEX_ANSWER_BEGIN: 'HEX_ANSWER_END',
  HEX_EDNSDATA_BEGIN: 'HEX_EDNSDATA_END',
  HEX_EDNS_BEGIN: 'HEX_EDNS_END',
};

interface Draft {
  readonly keywords: Readonly<Record<string, Set<string>>>;
  readonly records: Record<Section, ResourceRecord[]>;
  question: ScriptEntry['question'];
  section: Section | undefined;
}

/** Reads the rest of an entry whose first line was taken. */
export function readEntry(source: ScriptSource, begin: Line): ScriptEntry {
  const draft: Draft = {
    keywords: { MATCH: new Set(), ADJUST: new Set(), REPLY: new Set() },
    records: { QUESTION: [], ANSWER: [], AUTHORITY: [], ADDITIONAL: [] },
    question: undefined,
    section: 'QUESTION',
  };
  for (let line = source.inside('ENTRY_END', begin); line; line = source.inside('ENTRY_END', begin)) {
    readLine(source, draft, line);
  }
  const { keywords, records, question } = draft;
  return {
    match: keywords['MATCH']!,
    adjust: keywords['ADJUST']!,
    reply: keywords['REPLY']!,
    question,
    answer: gatherRRsets(records.ANSWER),
    authority: gatherRRsets(records.AUTHORITY),
    additional: gatherRRsets(records.ADDITIONAL),
    line: begin.number,
  };
}

function readLine(source: ScriptSource, draft: Draft, line: Line): void {
  const words = wordsOf(line);
  const first = words[0]!;
  const table = Object.hasOwn(TABLES, first) ? TABLES[first] : undefined;
  if (table) addKeywords(source, draft.keywords[table[0]]!, table[1], words, line);
  else if (first === 'SECTION') draft.section = readSection(source, line, words[1] ?? '');
  else if (Object.hasOwn(RAW, first)) skipRaw(source, line, RAW[first]!);
  else if (first === 'RAW') skipLine(source, line);
  else if (first === 'EXTRA_PACKET') source.findings.gap(line, 'several packets in one TCP stream', true);
  else readData(source, draft, line);
}

function addKeywords(
  source: ScriptSource,
  into: Set<string>,
  known: Readonly<Record<string, string>>,
  words: readonly string[],
  line: Line,
): void {
  for (const word of words.slice(1)) {
    if (word.startsWith('#')) return;
    const parts = keywordsIn(word, known);
    if (parts === undefined) {
      const hint = didYouMean(word, Object.keys(known));
      const message = `${words[0]} knows no '${shown(word)}'`;
      source.findings.skip(line, 'unknown-keyword', message, hint, line.text.indexOf(word));
    }
    for (const part of parts ?? []) {
      const name = nameIn(part);
      if (known[name] !== '') source.needs(line, known[name]!);
      into.add(name === 'ede' ? part : name);
    }
  }
}

/** A keyword without what follows `=` or `:`. */
function nameIn(word: string): string {
  return /^[^=:]*/.exec(word)![0];
}

/** Longest word that is looked through for keywords without blanks. */
const LONGEST_RUN = 80;

/** The keywords of a word: the scripts' own reader wants no blanks between them. Undefined: it holds something else. */
function keywordsIn(word: string, known: Readonly<Record<string, string>>): readonly string[] | undefined {
  if (Object.hasOwn(known, nameIn(word))) return [word];
  if (word.length > LONGEST_RUN) return undefined;
  for (let length = word.length - 1; length > 1; length--) {
    const rest = Object.hasOwn(known, word.slice(0, length))
      ? keywordsIn(word.slice(length), known)
      : undefined;
    if (rest) return [word.slice(0, length), ...rest];
  }
  return undefined;
}

function readSection(source: ScriptSource, line: Line, word: string): Section | undefined {
  if (SECTIONS.includes(word)) return word as Section;
  source.findings.skip(
    line,
    'unknown-section',
    `there is no section '${shown(word)}'`,
    didYouMean(word, SECTIONS),
  );
  return undefined;
}

/** A raw packet on the line that follows (Deckard). */
function skipLine(source: ScriptSource, line: Line): void {
  source.findings.gap(line, 'raw packets', true);
  if (source.peek()?.text !== 'ENTRY_END') source.next();
}

function skipRaw(source: ScriptSource, begin: Line, end: string): void {
  source.findings.gap(begin, 'raw packets', true);
  while (source.inside(end, begin));
}

function readData(source: ScriptSource, draft: Draft, line: Line): void {
  let tokens: TokenCursor | undefined;
  try {
    tokens = tokensOf(line.text, source.context.origin);
    if (line.text.startsWith('$')) readDirective(source, line);
    else if (draft.section === 'QUESTION') addQuestion(source, draft, line, tokens);
    else if (draft.section) draft.records[draft.section].push(readRecord(tokens, source.context.ttl));
    else source.findings.skip(line, 'unexpected-line', `'${shown(line.text)}' stands in no section`);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const { code, message, hint } = error;
    const column = (tokens?.last()?.column ?? 1) - 1;
    if (BROKEN_ON_PURPOSE.test(line.text)) source.findings.gap(line, 'records that are broken', true);
    else if (UNKNOWN.has(code)) source.findings.skip(line, code, message, hint, column);
    else source.findings.add(line, code, message, hint, column);
  }
}

/** Records that say nothing here: of another class, of a type that is not known. */
const UNKNOWN: ReadonlySet<string> = new Set(['class', 'unknown-type', 'unknown-directive']);

/** Scripts break records on purpose in two ways: a signature left out, RDATA in octets (RFC 3597) of a wrong length. */
const BROKEN_ON_PURPOSE = /\sRRSIG\s|\\#/;

function addQuestion(source: ScriptSource, draft: Draft, line: Line, tokens: TokenCursor): void {
  if (draft.question) source.findings.gap(line, 'several questions in one message', true);
  draft.question ??= readQuestion(tokens);
}

/** `$ORIGIN name` and `$TTL seconds`, for the rest of the script. */
function readDirective(source: ScriptSource, line: Line): void {
  const [directive, value = ''] = wordsOf(line);
  if (directive === '$ORIGIN') source.context = { ...source.context, origin: nameOf(value) };
  else if (directive === '$TTL') source.context = { ...source.context, ttl: readTtl(value) };
  else
    throw new TextError(
      'unknown-directive',
      `'${shown(directive!)}' is not known`,
      'there are $ORIGIN and $TTL',
    );
}

function nameOf(text: string): Name {
  return parseName(text, ROOT);
}
