/** `rewrite` (CoreDNS 1.14 plugin/rewrite/README.md). */

import { goPattern } from '../patterns.ts';
import type { Matcher, RewritePlugin, RewriteRule } from '../plugins.ts';
import type { StatementReader } from '../statement-reader.ts';
import type { Word } from '../words.ts';

const HOWS: readonly Matcher['how'][] = ['exact', 'prefix', 'suffix', 'substring', 'regex'];
const NOT_MODELLED = ['class', 'edns0', 'rcode', 'cname'];

/** @returns nothing for rules that are not modelled or wrong */
export function readRewrite(reader: StatementReader): RewritePlugin | undefined {
  // A block is the same rule over several lines.
  const inside = (reader.statement.block ?? []).flatMap(({ words }) => words);
  const all = [...reader.arguments, ...inside];
  const mode = all[0]?.text;
  const words = mode === 'continue' || mode === 'stop' ? all.slice(1) : all;
  const rule = ruleOf(reader, words);
  return rule && { plugin: 'rewrite', line: reader.name.line, rule, goesOn: mode === 'continue' };
}

function ruleOf(reader: StatementReader, [field, ...words]: readonly Word[]): RewriteRule | undefined {
  if (field?.text === 'name') return nameRule(reader, field, words);
  if (field?.text === 'type') return typeRule(reader, field, words);
  if (field?.text === 'ttl') return ttlRule(reader, field, words);
  if (field && NOT_MODELLED.includes(field.text)) {
    reader.warn(
      field,
      'corefile-not-modelled',
      `rules for ${field.text} are not modelled and have no effect`,
    );
  } else {
    const hint = 'write rewrite name FROM TO, rewrite type FROM TO or rewrite ttl FROM SECONDS';
    reader.fail(field ?? reader.name, 'nothing says what is rewritten', hint);
  }
  return undefined;
}

interface Matched {
  readonly match: Matcher;
  readonly rest: readonly Word[];
}

function matchedOf(reader: StatementReader, field: Word, words: readonly Word[]): Matched | undefined {
  const how = HOWS.find((one) => one === words[0]?.text && words.length > 2);
  const [what, ...rest] = how ? words.slice(1) : words;
  if (!what || rest.length === 0) {
    reader.fail(field, 'needs what to look for and what to put there');
    return undefined;
  }
  if (how === 'regex' && !goPattern(what.text)) {
    reader.fail(what, `'${what.text}' is no pattern`);
    return undefined;
  }
  const exact = how === undefined || how === 'exact';
  return { match: { how: how ?? 'exact', what: exact ? dotted(what.text) : what.text.toLowerCase() }, rest };
}

function dotted(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

function nameRule(reader: StatementReader, field: Word, words: readonly Word[]): RewriteRule | undefined {
  const found = matchedOf(reader, field, words);
  if (!found) return undefined;
  const [to, ...answers] = found.rest as [Word, ...Word[]];
  const { match } = found;
  const target = match.how === 'exact' ? dotted(to.text) : to.text.toLowerCase();
  return { field: 'name', match, to: target, answer: answerOf(reader, answers) };
}

/** `answer auto`, or `answer name FROM TO` as often as needed. */
function answerOf(
  reader: StatementReader,
  words: readonly Word[],
): Extract<RewriteRule, { field: 'name' }>['answer'] {
  const rules: { from: string; to: string }[] = [];
  for (let at = 0; at < words.length; ) {
    const [answer, kind, from, to] = words.slice(at, at + 4);
    if (answer!.text === 'answer' && kind?.text === 'auto') return 'auto';
    if (answer!.text !== 'answer' || kind?.text !== 'name' || !from || !to || !goPattern(from.text)) {
      reader.fail(
        answer!,
        'cannot read the rule for answers',
        'write answer auto, or answer name PATTERN NAME',
      );
      return rules;
    }
    rules.push({ from: from.text, to: to.text });
    at += 4;
  }
  return rules.length > 0 ? rules : 'none';
}

function typeRule(
  reader: StatementReader,
  field: Word,
  [from, to, ...more]: readonly Word[],
): RewriteRule | undefined {
  if (!from || !to) {
    reader.fail(field, 'needs two types');
    return undefined;
  }
  for (const word of more) reader.leaveOut(word, 'type');
  const [before, after] = [reader.type(from), reader.type(to)];
  return before === undefined || after === undefined ? undefined : { field: 'type', from: before, to: after };
}

/** SECONDS, MIN-MAX, MIN- or -MAX. */
function ttlRule(reader: StatementReader, field: Word, words: readonly Word[]): RewriteRule | undefined {
  const found = matchedOf(reader, field, words);
  const said = found && /^(\d*)(-?)(\d*)$/.exec(found.rest[0]!.text);
  if (!found) return undefined;
  if (!said || (said[1] === '' && said[3] === '')) {
    reader.fail(found.rest[0]!, `'${found.rest[0]!.text}' is no TTL`, 'write seconds, or 30-300');
    return undefined;
  }
  for (const word of found.rest.slice(1)) reader.leaveOut(word, 'ttl');
  const least = said[1] === '' ? 0 : Number(said[1]);
  const most = said[3] === '' ? (said[2] === '-' ? 2 ** 31 - 1 : least) : Number(said[3]);
  return { field: 'ttl', match: found.match, least, most };
}
