/** RRsets and messages as text: one record a line, as in master files (RFC 1035 §5.1) and in the output of dig. */

import { EntryScanner } from './entry-scanner.ts';
import type { Message } from './message.ts';
import { type Name, parseName, relativize } from './name.ts';
import { parseRdata } from './rdata-text.ts';
import { gatherRRsets, type ResourceRecord, type RRset } from './rrset.ts';
import { typeFromText, typeToText } from './rrtype.ts';
import { TextError } from './text-error.ts';
import { type Token, TokenCursor } from './token.ts';
import { MAX_TTL, parseTtl } from './ttl.ts';

/** One line a record, `owner TTL IN TYPE RDATA`; the owner relative to `origin` where one is given. */
export function formatRRset(rrset: RRset, origin?: Name): string[] {
  const owner = origin === undefined ? rrset.name : relativize(rrset.name, origin);
  const start = `${owner} ${rrset.ttl} IN ${typeToText(rrset.type)} `;
  return rrset.rdata.map((rdata) => start + rdata.text);
}

/** A message in sections, for traces and tests: header line, question, then each section that holds records. */
export function formatMessage(message: Message): string {
  const flags = [
    ...(message.authoritative ? ['aa'] : []),
    ...(message.truncated ? ['tc'] : []),
    ...(message.recursionAvailable ? ['ra'] : []),
  ];
  const { name, type } = message.question;
  const lines = [[message.rcode, ...flags].join(' '), `question: ${name} ${typeToText(type)}`];
  for (const section of ['answer', 'authority', 'additional'] as const) {
    const records = message[section].flatMap((rrset) => formatRRset(rrset));
    if (records.length > 0) lines.push(`${section}:`, ...records.map((record) => `  ${record}`));
  }
  return lines.join('\n');
}

/**
 * Reads records written in full, `owner TTL [IN] TYPE RDATA` a line, into RRsets. No directives, nothing left
 * out: for constants and tests; files go through the master-file reader.
 * @throws TextError at the first line that is wrong
 */
export function parseRRsets(text: string, origin?: Name): RRset[] {
  const scanner = new EntryScanner(text);
  const records: ResourceRecord[] = [];
  for (let entry = scanner.next(); entry !== undefined; entry = scanner.next()) {
    if (entry.error) throw entry.error;
    records.push(parseRecord(entry.tokens, origin));
  }
  return gatherRRsets(records);
}

function parseRecord(entry: readonly Token[], origin: Name | undefined): ResourceRecord {
  const tokens = new TokenCursor(entry, origin);
  const name = parseName(tokens.takeBare('owner name'), origin);
  const ttlText = tokens.takeBare('TTL');
  const ttl = parseTtl(ttlText);
  if (ttl === undefined || ttl > MAX_TTL) throw new TextError('bad-ttl', `'${ttlText}' is no TTL`);
  if (tokens.peek()?.text.toUpperCase() === 'IN') tokens.take('class');
  const typeText = tokens.takeBare('type');
  const type = typeFromText(typeText);
  if (type === undefined) throw new TextError('unknown-type', `'${typeText}' is no RR type`);
  return { name, type, ttl, rdata: parseRdata(type, tokens) };
}
