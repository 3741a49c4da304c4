/**
 * Reads replay scripts (`.rpl`) of other resolvers' test-suites into data: configuration lines, ranges of
 * scripted replies, and steps. Only what resolvers without validation need is understood; an unknown step or
 * keyword is an error, so that nothing is passed over silently.
 */
import { type Name, parseName, ROOT } from '../../src/dns/data/name.ts';
import { rdataFromText } from '../../src/dns/data/rdata-text.ts';
import { gatherRRsets, type ResourceRecord, type RRset } from '../../src/dns/data/rrset.ts';
import { typeFromText } from '../../src/dns/data/rrtype.ts';

export interface ScriptEntry {
  /** Keywords after MATCH. */
  readonly match: ReadonlySet<string>;
  /** Keywords after ADJUST. */
  readonly adjust: ReadonlySet<string>;
  /** Keywords after REPLY: flags and rcode. */
  readonly reply: ReadonlySet<string>;
  readonly question: { readonly name: Name; readonly type: number } | undefined;
  readonly answer: readonly RRset[];
  readonly authority: readonly RRset[];
  readonly additional: readonly RRset[];
}

export interface ScriptRange {
  readonly from: number;
  readonly to: number;
  /** Empty: any address. */
  readonly addresses: readonly string[];
  readonly entries: readonly ScriptEntry[];
}

export interface ScriptStep {
  readonly number: number;
  readonly type: string;
  readonly words: readonly string[];
  readonly entry: ScriptEntry | undefined;
}

export interface Script {
  /** Configuration lines `[keyword, value]`, blocks flattened in order. */
  readonly config: readonly (readonly [string, string])[];
  readonly ranges: readonly ScriptRange[];
  readonly steps: readonly ScriptStep[];
}

const DEFAULT_TTL = 3600;

export function parseScript(text: string): Script {
  const [head, body] = text.split(/^\s*CONFIG_END.*$/m) as [string, string];
  const lines = body
    .split('\n')
    .map((line) => line.replace(/;.*$/, '').trim())
    .filter((line) => line !== '');
  const reader = new Reader(lines);
  return { config: readConfig(head), ...reader.scenario() };
}

function readConfig(head: string): [string, string][] {
  const config: [string, string][] = [];
  for (const raw of head.split('\n')) {
    const line = raw.replace(/[#;].*$/, '').trim();
    for (const [, key, value] of line.matchAll(/([a-z0-9-]+):\s*("[^"]*"|[^\s:]+(?::[^\s]+)*(?=\s|$))?/g)) {
      config.push([key!, (value ?? '').replaceAll('"', '')]);
    }
  }
  return config;
}

class Reader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  scenario(): { ranges: ScriptRange[]; steps: ScriptStep[] } {
    const ranges: ScriptRange[] = [];
    const steps: ScriptStep[] = [];
    for (let line = this.#next(); line !== 'SCENARIO_END'; line = this.#next()) {
      const words = line.split(/\s+/);
      if (words[0] === 'SCENARIO_BEGIN') continue;
      if (words[0] === 'RANGE_BEGIN')
        ranges.push(this.#range(Number(words[1]), Number(words[2]), words.slice(3)));
      else if (words[0] === 'STEP') steps.push(this.#step(words));
      else throw new Error(`unexpected line: ${line}`);
    }
    return { ranges, steps };
  }

  #next(): string {
    const line = this.#lines[this.#at++];
    if (line === undefined) throw new Error('unexpected end of script');
    return line;
  }

  #range(from: number, to: number, inline: readonly string[]): ScriptRange {
    const addresses: string[] = [...inline];
    const entries: ScriptEntry[] = [];
    for (let line = this.#next(); line !== 'RANGE_END'; line = this.#next()) {
      if (line.startsWith('ADDRESS')) addresses.push(line.split(/\s+/)[1]!);
      else if (line === 'ENTRY_BEGIN') entries.push(this.#entry());
      else throw new Error(`unexpected line in range: ${line}`);
    }
    return { from, to, addresses, entries };
  }

  #step(words: readonly string[]): ScriptStep {
    const hasEntry = this.#lines[this.#at] === 'ENTRY_BEGIN';
    if (hasEntry) this.#at++;
    return {
      number: Number(words[1]),
      type: words[2]!,
      words: words.slice(3),
      entry: hasEntry ? this.#entry() : undefined,
    };
  }

  #entry(): ScriptEntry {
    const sets = { MATCH: new Set<string>(), ADJUST: new Set<string>(), REPLY: new Set<string>() };
    const records: Record<string, ResourceRecord[]> = { ANSWER: [], AUTHORITY: [], ADDITIONAL: [] };
    let question: ScriptEntry['question'];
    let section = '';
    for (let line = this.#next(); line !== 'ENTRY_END'; line = this.#next()) {
      const words = line.split(/\s+/);
      const keyword = (words[0] === 'FLAGS' ? 'REPLY' : words[0]) as keyof typeof sets;
      if (keyword in sets) for (const word of words.slice(1)) sets[keyword].add(word);
      else if (words[0] === 'SECTION') section = words[1]!;
      else if (section === 'QUESTION') question = readQuestion(words);
      else records[section]!.push(readRecord(line));
    }
    return {
      match: sets.MATCH,
      adjust: sets.ADJUST,
      reply: sets.REPLY,
      question,
      answer: gatherRRsets(records['ANSWER']!),
      authority: gatherRRsets(records['AUTHORITY']!),
      additional: gatherRRsets(records['ADDITIONAL']!),
    };
  }
}

function readQuestion(words: readonly string[]): { name: Name; type: number } {
  const type = typeFromText(words[words.length - 1]!);
  if (type === undefined) throw new Error(`unknown type: ${words.join(' ')}`);
  return { name: parseName(words[0]!, ROOT), type };
}

/** `owner [TTL] [IN] TYPE RDATA`, TTL and class in either order. */
function readRecord(line: string): ResourceRecord {
  const match = /^(\S+)((?:\s+(?:\d+|IN|CH))*)\s+([A-Za-z0-9]+)\s*(.*)$/.exec(line);
  const type = match && typeFromText(match[3]!);
  if (!match || type === undefined) throw new Error(`cannot read record: ${line}`);
  const ttl = /\d+/.exec(match[2]!)?.[0];
  return {
    name: parseName(match[1]!, ROOT),
    type: type!,
    ttl: ttl === undefined ? DEFAULT_TTL : Number(ttl),
    rdata: rdataFromText(type!, match[4]!.trim(), ROOT),
  };
}
