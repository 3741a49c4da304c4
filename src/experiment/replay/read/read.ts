/** Reads replay scripts. Every problem is reported, by line and column; nothing is passed over silently. */
import { parseAddress } from '../../../base/address.ts';
import type { Issue } from '../../../base/issue.ts';
import { didYouMean } from '../../../base/suggest.ts';
import type { Script, ScriptRange, ScriptStep } from '../script.ts';
import { readConfig, shown } from './config.ts';
import { readEntry } from './entry.ts';
import { STEPS } from './keywords.ts';
import { Findings, type Line, linesOf, wordsOf } from './lines.ts';
import { ScriptSource } from './source.ts';

/** A script, unless it has errors. */
export interface ReadResult {
  readonly script: Script | undefined;
  readonly issues: readonly Issue[];
}

interface Draft {
  title: string | undefined;
  readonly ranges: ScriptRange[];
  readonly steps: ScriptStep[];
}

/**
 * Reads a script: configuration up to CONFIG_END, then the scenario. It never throws for what the text holds.
 * @param file name for messages
 */
export function readScript(text: string, file: string): ReadResult {
  const findings = new Findings(file);
  const [head, body, bodyLine] = divide(text, findings);
  const config = readConfig(linesOf(head, 1, '#;'), findings);
  const source = new ScriptSource(linesOf(body, bodyLine, ';'), findings);
  const { title, ranges, steps } = readScenario(source);
  const issues = inOrder(findings.issues);
  if (hasErrors(issues)) return { script: undefined, issues };
  return { script: { title: title ?? '', config, ranges, steps, gaps: findings.gaps }, issues };
}

/** Whether anything keeps a script from being played. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

/** Problems in the order of their places. */
function inOrder(issues: readonly Issue[]): Issue[] {
  return [...issues].sort((a, b) => a.place!.line - b.place!.line || a.place!.column - b.place!.column);
}

/** Splits at CONFIG_END; without it all is taken for the scenario. */
function divide(text: string, findings: Findings): [head: string, body: string, firstLine: number] {
  const end = /^[ \t]*CONFIG_END/m.exec(text);
  if (end === null) {
    findings.add(
      { number: 1, column: 1 },
      'no-config-end',
      'there is no line CONFIG_END',
      'is this a replay script?',
    );
    return ['', '', 1];
  }
  const head = text.slice(0, end.index);
  const rest = text.indexOf('\n', end.index);
  return [head, rest < 0 ? '' : text.slice(rest + 1), head.split('\n').length + 1];
}

function readScenario(source: ScriptSource): Draft {
  const draft: Draft = { title: undefined, ranges: [], steps: [] };
  for (let line = source.next(); line; line = source.next()) {
    const words = wordsOf(line);
    if (words[0] === 'SCENARIO_END') return finish(source, draft);
    if (words[0] === 'SCENARIO_BEGIN') draft.title ??= words.slice(1).join(' ');
    else if (words[0] === 'RANGE_BEGIN') draft.ranges.push(readRange(source, line, words));
    else if (words[0] === 'STEP') readStep(source, draft, line, words);
    else
      source.findings.skip(line, 'unexpected-line', `'${shown(line.text)}' has no meaning here`, LINES_HINT);
  }
  if (!hasErrors(source.findings.issues)) {
    source.findings.add(
      { number: 1, column: 1 },
      'no-scenario-end',
      'the scenario is not ended by SCENARIO_END',
    );
  }
  return draft;
}

const LINES_HINT = 'a scenario holds RANGE_BEGIN ... RANGE_END and STEP';

function finish(source: ScriptSource, draft: Draft): Draft {
  const extra = source.peek();
  if (extra) source.findings.skip(extra, 'after-end', `'${shown(extra.text)}' stands after SCENARIO_END`);
  return draft;
}

function readRange(source: ScriptSource, begin: Line, words: readonly string[]): ScriptRange {
  const addresses: string[] = [];
  const entries: ScriptRange['entries'][number][] = [];
  for (const word of words.slice(3)) addAddress(source, begin, addresses, word);
  for (let line = source.inside('RANGE_END', begin); line; line = source.inside('RANGE_END', begin)) {
    const [first, address = ''] = wordsOf(line);
    if (first === 'ADDRESS') addAddress(source, line, addresses, address);
    else if (first === 'ENTRY_BEGIN') entries.push(readEntry(source, line));
    else source.findings.skip(line, 'unexpected-line', `'${shown(line.text)}' has no meaning in a range`);
  }
  return {
    from: stepNumber(source, begin, words[1]),
    to: stepNumber(source, begin, words[2]),
    addresses,
    entries,
  };
}

function addAddress(source: ScriptSource, line: Line, into: string[], text: string): void {
  const address = parseAddress(text);
  if (address !== undefined) into.push(address);
  else source.findings.add(line, 'bad-address', `'${shown(text)}' is no address`);
}

function readStep(source: ScriptSource, draft: Draft, line: Line, words: readonly string[]): void {
  const number = stepNumber(source, line, words[1]);
  const type = words[2] ?? '';
  const entry = source.peek()?.text === 'ENTRY_BEGIN' ? readEntry(source, source.next()!) : undefined;
  const kind = Object.hasOwn(STEPS, type) ? STEPS[type]! : undefined;
  const last = draft.steps[draft.steps.length - 1];
  if (last && number <= last.number) {
    source.findings.add(
      line,
      'step-order',
      `step ${number} follows step ${last.number}`,
      'step numbers rise',
    );
  }
  if (kind === undefined) {
    source.findings.skip(
      line,
      'unknown-step',
      `there is no step '${shown(type)}'`,
      didYouMean(type, Object.keys(STEPS)),
    );
    return;
  }
  if (kind.needs !== '') source.needs(line, kind.needs);
  if (type.startsWith('CHECK_') && !kind.entry) skipFile(source);
  else if (kind.entry && entry === undefined) source.findings.add(line, 'no-entry', `${type} needs an entry`);
  else if (type === 'QUERY' && entry!.question === undefined) {
    source.findings.skip(line, 'no-question', 'the query asks nothing', 'give its entry a SECTION QUESTION');
    return;
  }
  draft.steps.push({ number, type, words: words.slice(3), entry, line: line.number });
}

/** The contents a file is compared with. */
function skipFile(source: ScriptSource): void {
  const begin = source.peek();
  if (begin?.text.startsWith('FILE_BEGIN')) while (source.inside('FILE_END', begin));
}

function stepNumber(source: ScriptSource, line: Line, text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  source.findings.add(line, 'bad-number', `'${shown(text ?? '')}' is no step number`);
  return 0;
}
