/**
 * `rewrite` (CoreDNS 1.14 plugin/rewrite/README.md): rules in order, to the first that matches unless it says
 * `continue`. The question is always put back; names in the answer only where a rule says so, else resolvers find
 * an answer to a question they have not asked.
 */
import { filledIn, goPattern } from '../../../../../dns/corefile/patterns.ts';
import type { Matcher, RewritePlugin, RewriteRule } from '../../../../../dns/corefile/plugins.ts';
import type { Message, Question } from '../../../../../dns/data/message.ts';
import { type Name, parseName } from '../../../../../dns/data/name.ts';
import { type RRset, renamed, withTtl } from '../../../../../dns/data/rrset.ts';
import { TextError } from '../../../../../dns/data/text-error.ts';
import { error, type Handler } from '../handler.ts';

/** Changes the answer on its way back. */
type Revert = (rrset: RRset) => RRset;

export const rewrite: Handler<RewritePlugin> = (statements, question, next) => {
  let asked = question;
  const reverts: Revert[] = [];
  for (const { rule, goesOn } of statements) {
    const done = applied(rule, asked, reverts);
    if (done === 'bad-name') return error(question, 'SERVFAIL');
    if (!done) continue;
    asked = done;
    if (!goesOn) break;
  }
  const reply = next(asked);
  return reply === 'drop' ? reply : putBack(reply, question, reverts);
};

function putBack(reply: Message, question: Question, reverts: readonly Revert[]): Message {
  if (reply.question === question && reverts.length === 0) return reply;
  const answer = reply.answer.map((rrset) => reverts.reduceRight((one, revert) => revert(one), rrset));
  return { ...reply, question, answer };
}

/** The question after one rule; `undefined` when the rule does not match. */
function applied(
  rule: RewriteRule,
  question: Question,
  reverts: Revert[],
): Question | undefined | 'bad-name' {
  if (rule.field === 'type') return question.type === rule.from ? { ...question, type: rule.to } : undefined;
  if (rule.field === 'ttl') {
    if (replaced(rule.match, question.name, '') === undefined) return undefined;
    reverts.push((rrset) => withTtl(rrset, Math.min(Math.max(rrset.ttl, rule.least), rule.most)));
    return question;
  }
  const text = replaced(rule.match, question.name, rule.to);
  if (text === undefined) return undefined;
  const name = nameOf(text);
  if (name === undefined) return 'bad-name';
  if (rule.answer !== 'none') reverts.push(revertOf(rule.answer, name, question.name));
  return { ...question, name };
}

function revertOf(
  answer: Exclude<Extract<RewriteRule, { field: 'name' }>['answer'], 'none'>,
  rewritten: Name,
  original: Name,
): Revert {
  if (answer === 'auto') return (rrset) => (rrset.name === rewritten ? renamed(rrset, original) : rrset);
  return (rrset) => {
    for (const { from, to } of answer) {
      const match = goPattern(from)?.exec(rrset.name);
      const name = match && nameOf(filledIn(to, match));
      if (name) return renamed(rrset, name);
    }
    return rrset;
  };
}

/** The text with what matches put in; `undefined` when nothing matches. */
function replaced({ how, what }: Matcher, name: Name, to: string): string | undefined {
  switch (how) {
    case 'exact':
      return name === what ? to : undefined;
    case 'prefix':
      return name.startsWith(what) ? to + name.slice(what.length) : undefined;
    case 'suffix':
      return name.endsWith(what) ? name.slice(0, name.length - what.length) + to : undefined;
    case 'substring':
      return name.includes(what) ? name.replaceAll(what, to) : undefined;
    case 'regex': {
      const match = goPattern(what)?.exec(name);
      return match ? filledIn(to, match) : undefined;
    }
  }
}

function nameOf(text: string): Name | undefined {
  try {
    return parseName(text.endsWith('.') ? text : `${text}.`);
  } catch (problem) {
    if (problem instanceof TextError) return undefined;
    throw problem;
  }
}
