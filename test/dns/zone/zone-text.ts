/** Zones and answers in presentation format, for tables. */
import { formatIssue } from '../../../src/base/issue.ts';
import type { Message } from '../../../src/dns/data/message.ts';
import { type Name, parseName } from '../../../src/dns/data/name.ts';
import { formatRRset, parseRRsets } from '../../../src/dns/data/presentation.ts';
import type { RRset } from '../../../src/dns/data/rrset.ts';
import { typeFromText } from '../../../src/dns/data/rrtype.ts';
import { type LookupOptions, lookup } from '../../../src/dns/zone/lookup.ts';
import { readMasterFile } from '../../../src/dns/zone/master-file.ts';
import { type HostedZones, hostedZones } from '../../../src/dns/zone/view.ts';
import { Zone } from '../../../src/dns/zone/zone.ts';

/** Reads a master file that must be free of errors; warnings are let pass. */
export function zoneOf(origin: string, text: string): Zone {
  const { zone, issues } = readMasterFile(text, { file: 'test.zone', origin: parseName(origin) });
  if (zone === undefined) throw new Error(issues.map(formatIssue).join('\n'));
  return zone;
}

/** A zone of records written in full, without any check. */
export function rawZone(origin: string, text: string): Zone {
  return Zone.of(parseName(origin), parseRRsets(text, parseName(origin)));
}

/** The zones of one server. */
export function host(...zones: Zone[]): HostedZones {
  return hostedZones(zones);
}

/** `ask(zones, 'www.example.com. A')` */
export function ask(zones: HostedZones, question: string, options?: LookupOptions): Message {
  const [name, type] = question.split(' ') as [string, string];
  return lookup(zones, { name: parseName(name), type: typeFromText(type)! }, options);
}

/** Records of a section, one line each: `owner TTL type rdata`, sorted. */
export function lines(rrsets: readonly RRset[], origin?: Name): string[] {
  return rrsets
    .flatMap((rrset) => formatRRset(rrset, origin))
    .map((line) => line.replace(' IN ', ' '))
    .sort();
}

/** The answer in one text: code, flag AA, then sections by their initials. */
export function summary(message: Message): string[] {
  return [
    `${message.rcode}${message.authoritative ? ' aa' : ''}`,
    ...lines(message.answer).map((line) => `an ${line}`),
    ...lines(message.authority).map((line) => `au ${line}`),
    ...lines(message.additional).map((line) => `ad ${line}`),
  ];
}
