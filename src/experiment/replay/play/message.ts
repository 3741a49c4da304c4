/** Entries of a script against queries and answers: does it speak to a query, what does it reply. */
import { type Message, makeMessage, type Question, type Rcode } from '../../../dns/data/message.ts';
import { isSubdomain, ROOT } from '../../../dns/data/name.ts';
import { formatRRset } from '../../../dns/data/presentation.ts';
import type { RRset } from '../../../dns/data/rrset.ts';
import { DNAME, NSEC, NSEC3, RRSIG, typeToText } from '../../../dns/data/rrtype.ts';
import type { Answer, Transport } from '../../../dns/resolve/protocol.ts';
import type { Bars } from '../options/bars.ts';
import type { ScriptEntry } from '../script.ts';

/** A query of the resolver that waits for its reply. */
export interface Pending {
  readonly exchange: number;
  readonly address: string;
  readonly question: Question;
  readonly transport: Transport;
}

const RCODES: readonly Rcode[] = ['FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN'];
/** Stands in for an empty question section. */
const NO_QUESTION: Question = { name: ROOT, type: 0 };
/** What answers of the simulator leave out: DNAME (the CNAMEs made of it stand), and DNSSEC's own records. */
const LEFT_OUT: readonly number[] = [DNAME, RRSIG, NSEC, NSEC3];

/** Whether an entry speaks to a query. */
export function speaksTo({ match, question }: ScriptEntry, query: Pending): boolean {
  if (match.has('TCP') && query.transport !== 'tcp') return false;
  if (match.has('UDP') && query.transport !== 'udp') return false;
  const whole = match.has('question');
  if ((whole || match.has('qtype')) && question?.type !== query.question.type) return false;
  if ((whole || match.has('qname')) && question?.name !== query.question.name) return false;
  return (
    !match.has('subdomain') || (question !== undefined && isSubdomain(query.question.name, question.name))
  );
}

/** The reply an entry stands for, as far as it is believed. */
export function messageOf(entry: ScriptEntry, asked: Question, { believed }: Bars): Message {
  const question = (entry.adjust.has('copy_query') ? asked : entry.question) ?? NO_QUESTION;
  return makeMessage(question, {
    rcode: rcodeOf(entry),
    authoritative: entry.reply.has('AA'),
    recursionAvailable: entry.reply.has('RA'),
    truncated: entry.reply.has('TC'),
    answer: believed(entry.answer),
    authority: entry.authority,
    additional: believed(entry.additional),
  });
}

/** The rcode an entry sends or expects. */
export function rcodeOf({ reply }: ScriptEntry): Rcode {
  if (reply.has('NOTIMPL')) return 'NOTIMP';
  return RCODES.find((rcode) => reply.has(rcode)) ?? 'NOERROR';
}

/** Records in presentation format, sorted; without what answers of the simulator leave out. */
export function recordLines(sets: readonly RRset[], withTtl: boolean): string[] {
  return sets
    .filter(({ type }) => !LEFT_OUT.includes(type))
    .flatMap((set) => formatRRset(set).map((line) => (withTtl ? line : line.replace(/ \d+ IN /, ' IN '))))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether any record is of a type that answers leave out. */
export function leavesOut(sets: readonly RRset[]): boolean {
  return sets.some(({ type }) => LEFT_OUT.includes(type));
}

export function questionText({ name, type }: Question): string {
  return `${name} ${typeToText(type)}`;
}

export function pendingText({ address, question, transport }: Pending): string {
  return `${questionText(question)} to ${address}${transport === 'tcp' ? ' over TCP' : ''}`;
}

/** The answers that belong to a question come first. */
export function indexOfAnswer(answers: readonly Answer[], question: Question | undefined): number {
  const same = answers.findIndex(
    (answer) => answer.question.name === question?.name && answer.question.type === question.type,
  );
  return Math.max(same, 0);
}
