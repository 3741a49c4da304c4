/** The configuration part of a script: unbound.conf, one option or a whole block to a line. */
import type { ConfigOption } from '../script.ts';
import { type Findings, type Line, wordsOf } from './lines.ts';

/** Directives that stand between the options: whether a file follows up to its end, and what is not modelled. */
const DIRECTIVES: Readonly<
  Record<string, { readonly end?: string; readonly gap: string; readonly decisive: boolean }>
> = {
  COMMANDLINE: { gap: 'command line options', decisive: false },
  AUTOTRUST_FILE: { end: 'AUTOTRUST_END', gap: 'DNSSEC validation', decisive: true },
  TEMPFILE_NAME: { gap: 'zone files inside a script', decisive: true },
  TEMPFILE_CONTENTS: { end: 'TEMPFILE_END', gap: 'zone files inside a script', decisive: true },
};
const BLOCK = /^(?:server|remote-control|rpz|view|python|cachedb|dnstap|[a-z]+-zone)$/;

/** Reads the options; what cannot be read is noted. */
export function readConfig(lines: readonly Line[], findings: Findings): ConfigOption[] {
  const options: ConfigOption[] = [];
  let block = 0;
  let kind = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const first = wordsOf(line)[0]!;
    const directive = Object.hasOwn(DIRECTIVES, first) ? DIRECTIVES[first] : undefined;
    if (directive) {
      findings.gap(line, directive.gap, directive.decisive);
      while (directive.end !== undefined && at < lines.length && lines[at]!.text !== directive.end) at++;
      continue;
    }
    for (const [key, value] of pairsOf(line, findings)) {
      if (BLOCK.test(key) && value === '') {
        block++;
        kind = key;
      } else {
        options.push({ block, kind, key, value, line: line.number, column: line.column });
      }
    }
  }
  return options;
}

/** `key: value` as often as it stands on a line. */
function pairsOf(line: Line, findings: Findings): [key: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const word of configWords(line.text)) {
    const key = /^([a-z][a-z0-9-]*):$/.exec(word)?.[1];
    const last = pairs[pairs.length - 1];
    if (key !== undefined) pairs.push([key, '']);
    else if (last) last[1] = last[1] === '' ? word : `${last[1]} ${word}`;
    else if (/^[a-z][a-z0-9-]*:./.test(word)) pairs.push(splitWord(word));
    else {
      findings.add(line, 'bad-option', `'${shown(line.text)}' is no option`, 'write key: value');
      return [];
    }
  }
  return pairs.map(([key, value]) => [key, value.replaceAll('"', '').trim()]);
}

function splitWord(word: string): [string, string] {
  const colon = word.indexOf(':');
  return [word.slice(0, colon), word.slice(colon + 1)];
}

/** Words at blanks; a quoted text is one word. */
function configWords(text: string): string[] {
  return text.match(/"[^"]*"?|[^\s"]+/g) ?? [];
}

/** The beginning of a text, for messages. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
