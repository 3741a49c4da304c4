/**
 * `template` (CoreDNS 1.14 plugin/template/README.md): records made from the name asked for.
 *
 * Of the language of Go's templates there are the fields of the query, groups of the match and `parseInt`; an
 * answer that says more cannot be made, which is SERVFAIL as for every template that fails.
 */
import { filledIn, goPattern } from '../../../../../dns/corefile/patterns.ts';
import type { TemplatePlugin } from '../../../../../dns/corefile/plugins.ts';
import { type Message, makeMessage, type Question, type Rcode } from '../../../../../dns/data/message.ts';
import type { Name } from '../../../../../dns/data/name.ts';
import { parseRRsets } from '../../../../../dns/data/presentation.ts';
import type { RRset } from '../../../../../dns/data/rrset.ts';
import { typeToText } from '../../../../../dns/data/rrtype.ts';
import { TextError } from '../../../../../dns/data/text-error.ts';
import { chased, closest, error, type Handler, within } from '../handler.ts';

export const template: Handler<TemplatePlugin> = (statements, question, next, server) => {
  for (const statement of statements) {
    const zone = closest(statement.zones, question.name);
    if (zone === undefined || (statement.type !== undefined && statement.type !== question.type)) continue;
    const match = firstMatch(statement, question.name);
    if (match) return chased(made(statement, { question, zone, match }), question, server);
    if (!within(statement.fallthrough, question.name))
      return error(question, 'SERVFAIL', 'the name fits no template');
  }
  return next(question);
};

const PATTERNS: Map<string, RegExp | undefined> = new Map();

function firstMatch(
  { matches }: TemplatePlugin,
  name: Name,
): RegExpExecArray | readonly string[] | undefined {
  if (matches.length === 0) return [name];
  for (const text of matches) {
    if (!PATTERNS.has(text)) PATTERNS.set(text, goPattern(text));
    const match = PATTERNS.get(text)?.exec(name);
    if (match) return match;
  }
  return undefined;
}

interface Call {
  readonly question: Question;
  readonly zone: Name;
  readonly match: RegExpExecArray | readonly string[];
}

/** The same question makes the same message every time. */
const MADE: WeakMap<TemplatePlugin, Map<string, Message>> = new WeakMap();

function made(statement: TemplatePlugin, call: Call): Message {
  const { question } = call;
  const known = MADE.get(statement) ?? new Map<string, Message>();
  MADE.set(statement, known);
  const key = `${question.type} ${question.name}`;
  const message = known.get(key) ?? make(statement, call);
  known.set(key, message);
  return message;
}

function make(statement: TemplatePlugin, call: Call): Message {
  const { question } = call;
  const section = (texts: readonly string[]): RRset[] => {
    const lines = texts.map((text) => rendered(text, call));
    return parseRRsets(lines.join('\n'), '.' as Name);
  };
  try {
    return makeMessage(question, {
      rcode: statement.rcode as Rcode,
      authoritative: true,
      answer: section(statement.answer),
      authority: section(statement.authority),
      additional: section(statement.additional),
    });
  } catch (problem) {
    if (problem instanceof TextError) return error(question, 'SERVFAIL', 'the template makes no record');
    throw problem;
  }
}

/** @throws TextError for what is not modelled */
function rendered(text: string, { question, zone, match }: Call): string {
  const groups = ('groups' in match ? match.groups : undefined) ?? {};
  const fields: Readonly<Record<string, string>> = {
    '.Name': question.name,
    '.Zone': zone,
    '.Type': typeToText(question.type),
    '.Class': 'IN',
  };
  return text.replaceAll(/\{\{\s*(.*?)\s*\}\}/g, (_, said: string) => {
    const numbered = /^index \.Match (\d+)$/.exec(said);
    const named = /^(?:parseInt )?\.Group\.(\w+)(?: (\d+) \d+)?$/.exec(said);
    const value = numbered ? filledIn(`{${numbered[1]}}`, match) : named ? groups[named[1]!] : fields[said];
    if (value === undefined) throw new TextError('template', `${said} is not modelled`);
    return named?.[2] ? String(Number.parseInt(value, Number(named[2]))) : value;
  });
}
